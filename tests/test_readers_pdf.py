from __future__ import annotations

import html
import io
import logging
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import docx
import pypdf
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

import healthie
from healthie.readers import Limits, read, read_bytes
from healthie.readers.pages import PageLine, PageLines, join_pages

Convert = Callable[..., Path]

TABLE = [("指标", "单位", "2021年", "2022年"), ("门诊量", "万人次", "35.3", "37.4"), ("床位数", "张", "1203", "1260")]


def page(body: str, style: str = "") -> str:
    return f'<!DOCTYPE html><meta charset="utf-8"><style>body {{ font: 12pt "Noto Serif CJK SC" }}{style}</style>{body}'


def empty_pdf(pages: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, print_page: Convert) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("printed")

    def write(source: str) -> Path:
        path = folder / f"{len(list(folder.iterdir()))}.html"
        path.write_text(source, encoding="utf-8")
        return print_page(path)

    return write


def test_rows_of_a_table_stay_rows(printed: Callable[[str], Path]) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in TABLE)
    style = "table { border-collapse: collapse; width: 100% } td { border: 1px solid; padding: 4pt }"
    text = read(printed(page(f"<p>全县有卫生院8所。</p><table>{rows}</table><p>全县有村卫生室60所。</p>", style))).text
    assert [line.split(" | ") for line in text.splitlines() if "|" in line][:3] == [list(row) for row in TABLE]


def test_a_table_by_libreoffice(tmp_path: Path, office: Convert) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=4)
    for row, cells in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(tmp_path / "table.docx")
    lines = read(office(tmp_path / "table.docx", "pdf")).text.splitlines()
    assert [[cell.replace(" ", "") for cell in line.split(" | ")] for line in lines] == [list(row) for row in TABLE]


def test_no_spaces_between_chinese_and_digits(tmp_path: Path, office: Convert) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "2022年，全县建成村卫生室132所，签约4.6万人，签约率81.5%，收入比为2.9∶1，APP用户2万人。", encoding="utf-8"
    )
    pdf = office(office(path, "docx:MS Word 2007 XML", "--infilter=Text (encoded):UTF8"), "pdf")
    assert read(pdf).text.strip() == path.read_text(encoding="utf-8")


SPREAD = [
    "2018年，全省总诊疗人次2.71亿人次，比上年增加342.6万人次，增长1.3%。",
    "医院病床使用率84.6%，乡镇卫生院人均住院费用1826.9元，分别上涨4.8%、6.2%。",
]


@pytest.mark.parametrize(
    "style",
    [
        "letter-spacing: 2px",
        "text-align: justify; text-justify: inter-character; width: 20em",
        "text-align: justify; width: 11.6em",
        "letter-spacing: 3px; text-align: justify; text-justify: inter-character; width: 17.3em",
    ],
)
def test_spread_text_is_not_torn_apart(printed: Callable[[str], Path], style: str) -> None:
    body = "".join(f"<p>{line}</p>" for line in SPREAD)
    text = read(printed(page(body, f"p {{ margin: 0; {style} }} @page {{ margin: 25mm }}"))).text
    assert all(line in text.replace("\n", "") for line in SPREAD)
    assert "|" not in "".join(line for line in text.splitlines() if "人次" in line or "医院" in line)


def test_spread_text_by_libreoffice(tmp_path: Path, office: Convert) -> None:
    document = docx.Document()
    for line in (*SPREAD, "三、医疗服务", "2019年7月"):
        paragraph = document.add_paragraph(line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.DISTRIBUTE
        paragraph.paragraph_format.right_indent = Cm(3)
    document.save(tmp_path / "spread.docx")
    text = read(office(tmp_path / "spread.docx", "pdf")).text.replace("\n", "").replace("\u3000", "")
    assert text == "".join(SPREAD) + "三、医疗服务2019年7月"


def test_quotation_marks_of_another_font_keep_their_place(tmp_path: Path, office: Convert) -> None:
    line = f"{'全县' * 8}开展“两癌”检查{'全县' * 8}“两癌”检查101.3万人，提供“三免费”服务53.8万人。"
    document = docx.Document()
    run = document.add_paragraph().add_run(line)
    run.font.size = Pt(16)
    document.save(tmp_path / "quoted.docx")
    assert read(office(tmp_path / "quoted.docx", "pdf")).text.strip() == line


def test_short_cells_stay_cells(printed: Callable[[str], Path]) -> None:
    rows = [("甲", "1", "2", "3"), ("合计", "男", "女", "童"), ("1", "2", "3", "4")]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    text = read(printed(page(f"<table style='width: 60%'>{cells}</table>"))).text
    assert [line.strip().split(" | ") for line in text.splitlines() if "|" in line][:3] == [list(row) for row in rows]


def test_pages_are_asked_of_facts(printed: Callable[[str], Path]) -> None:
    body = "".join(f'<p style="break-after: page">第{"一二三"[i]}季度，全县新建卫生室{i + 3}所。</p>' for i in range(3))
    report = healthie.extract(printed(page(body)), published="2022-12")
    assert report.source is not None
    assert [(f.quantity.value, report.source.part(f.quantity.start).number) for f in report.facts] == [
        (3, 1),
        (4, 2),
        (5, 3),
    ]


def test_a_sentence_over_a_page_break(printed: Callable[[str], Path]) -> None:
    style = "@page { size: 120mm 40mm; margin: 8mm } p { margin: 0 }"
    sentence = (
        "2022年，全县建成标准化村卫生室132所，较上年增加9所；家庭医生签约服务覆盖4.6万人，"
        "重点人群签约率达到81.5%，高于全市6.2个百分点，其中老年人签约率达到83.7%。"
    )
    report = healthie.extract(printed(page(f"<p>{sentence}</p>", style)))
    assert report.text.strip() == sentence
    wanted = healthie.extract(sentence)
    assert [(f.indicator.text, f.quantity, f.role, f.period) for f in report.facts] == [
        (f.indicator.text, f.quantity, f.role, f.period) for f in wanted.facts
    ]
    assert report.source is not None
    assert {report.source.part(f.quantity.start).number for f in report.facts} == {1, 2}


def test_a_title_and_a_date_of_its_own(printed: Callable[[str], Path]) -> None:
    source = read(printed("<title>卫生工作总结</title>" + page("<p>上半年，全县建成村卫生室86所。</p>")))
    assert source.title == "卫生工作总结"
    assert source.published
    assert healthie.extract(source).document.published == ""  # when a file was made is not when the report came out
    year = source.published[:4]
    named = read(printed(page(f"<p>{year}年上半年，全县建成村卫生室86所。</p>")))
    assert healthie.extract(named).document.published == named.published
    dated = read(printed(page("<p>2012年，全县建成村卫生室86所。</p><p>2013年1月5日</p>")))
    assert healthie.extract(dated).document.published == "2013-01-05"


def test_pictures_without_text() -> None:
    with pytest.raises(ValueError, match="pictures without a text layer: run text recognition"):
        read_bytes(empty_pdf(2))


def test_too_many_pages() -> None:
    with pytest.raises(ValueError, match="it has 3 pages, more than the 2 that are read: split it"):
        read_bytes(empty_pdf(3), limits=Limits(pages=2))


def test_a_locked_file(printed: Callable[[str], Path]) -> None:
    writer = pypdf.PdfWriter(clone_from=printed(page("<p>全县有卫生院8所。</p>")))
    writer.encrypt("secret", algorithm="RC4-128")
    data = io.BytesIO()
    writer.write(data)
    with pytest.raises(ValueError, match="it is locked by a password: save a copy without one"):
        read_bytes(data.getvalue())


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9])
def test_files_cut_off(printed: Callable[[str], Path], cut: float) -> None:
    data = printed(page("<p>全县有卫生院8所。</p>")).read_bytes()
    with pytest.raises(ValueError, match=r"^(?:it is damaged|its pages are pictures)"):
        read_bytes(data[: int(cut * len(data))])


LOOPS = {
    "pages": b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj",
    "many": b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 2000000000>>endobj",
    "stream": b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 4 0 R>>>>>>endobj"
    b"4 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 5>>"
    b"stream\n/X Do\nendstream endobj",
}


@pytest.mark.parametrize("name", LOOPS)
def test_loops_end(name: str) -> None:
    with pytest.raises(ValueError, match=r"^it"):
        read_bytes(b"%PDF-1.7\n" + LOOPS[name] + b"\ntrailer<</Root 1 0 R>>")


def test_threads_wait_for_each_other(printed: Callable[[str], Path]) -> None:
    data = printed(page("<p>全县有卫生院8所。</p>" * 40)).read_bytes()
    found: list[str] = []
    threads = [Thread(target=lambda: found.append(read_bytes(data).text)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


PROSE = "<p>全县坚持以人民健康为中心，深入推进各项工作，完成各项任务目标。</p>"
LONG = f"<p>{PROSE[3:-4] * 14}</p>"


def in_pages(bodies: list[str], style: str = "") -> str:
    return page('<div style="break-after: page"></div>'.join(bodies), style)


def test_what_ends_each_page_is_kept(printed: Callable[[str], Path]) -> None:
    table = "<table border=1><tr><td>活产数<td>{}人<tr><td>住院分娩率<td>100%<tr><td>孕产妇死亡<td>0例</table>"
    for size in ("A4", "180mm 62mm"):
        bodies = [PROSE + table.format(count) for count in (812, 655, 1200)]
        text = read(
            printed(in_pages(bodies, f"@page {{ size: {size}; margin: 12mm }} td {{ padding: 1px 30px }}"))
        ).text
        assert (text.count("活产数 | "), text.count("住院分娩率 | 100%"), text.count("孕产妇死亡 | 0例")) == (3, 3, 3)


@pytest.mark.parametrize("heading", ["{}年", "{}", "{}年，全县有卫生院8所", "第{}季度新建村卫生室8所"])
@pytest.mark.parametrize("tag", ["h3", "p"])
def test_numbers_that_go_up_with_the_page_are_kept(printed: Callable[[str], Path], heading: str, tag: str) -> None:
    headings = [heading.format(2017 + i if "季" not in heading else 1 + i) for i in range(3)]
    bodies = [f"<{tag}>{one}</{tag}>{PROSE * 4}" for one in headings]
    lines = read(printed(in_pages(bodies, "@page { size: A4; margin: 25mm }"))).text.split()
    assert [line for line in lines if line in headings] == headings


@pytest.mark.parametrize(
    "foot",
    ['counter(page)', '"- " counter(page) " -"', '"第" counter(page) "页"', '"第 " counter(page) " 页，共 4 页"',
     'counter(page) "/" counter(pages)', '"Page " counter(page) " of 4"', '"总结\u3000\u3000" counter(page)'],
)  # fmt: skip
def test_heads_and_feet_are_left_out(printed: Callable[[str], Path], foot: str) -> None:
    margins = f'@top-center {{ content: "白水县卫生健康局" }} @bottom-center {{ content: {foot} }}'
    style = f"@page {{ size: A5; margin: 20mm; {margins} }}"
    bodies = [f"<h1>总结</h1>{LONG}", LONG, LONG, PROSE]
    text = read(printed(in_pages(bodies, style))).text
    assert text.split() == ["总结", LONG[3:-4], LONG[3:-4], LONG[3:-4], PROSE[3:-4]]


def test_a_title_that_later_pages_repeat_is_kept(tmp_path: Path, office: Convert) -> None:
    document = docx.Document()
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].header.paragraphs[0].text = "白水县工作总结"
    document.add_heading("白水县工作总结", 0)
    for _ in range(3):
        document.add_paragraph(LONG[3:-4]).paragraph_format.page_break_before = bool(_)
    document.save(tmp_path / "title.docx")
    assert read(office(tmp_path / "title.docx", "pdf")).text.split() == ["白水县工作总结", *[LONG[3:-4]] * 3]


def test_columns_under_a_line_over_them(printed: Callable[[str], Path]) -> None:
    columns = f"<div style='column-count: 3'>{''.join(f'<p>{line}</p>' for line in SPREAD * 3)}</div>"
    lines = read(printed(page(f"<p>{PROSE[3:-4] * 3}</p>{columns}", "@page { margin: 25mm }"))).text.split()
    assert [line for line in lines if line in SPREAD] == SPREAD * 3


# --- how pages are joined -------------------------------------------------------------------------------------------


def joined(*pages: list[str]) -> str:
    lines = [[PageLine(line, slack=0.0) for line in page] for page in pages]
    return join_pages([PageLines(page, range(len(page))) for page in lines])[0]


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        ([["卫生院有", "— 1 —"], ["8所。", "— 2 —"]], "卫生院有8所。\n"),
        ([["卫生院有", "第1页 共2页"], ["8所。", "第2页 共2页"]], "卫生院有8所。\n"),
        ([["卫生院有", "1/2"], ["8所。", "2/2"]], "卫生院有8所。\n"),
        ([["总结", "甲县有", "7"], ["总结", "8所。", "8"]], "总结甲县有8所。\n"),
        ([["甲县有卫生院", "8"], ["乙县有卫生院", "8"]], "甲县有卫生院乙县有卫生院\n"),
        ([["甲县有卫生院8所，", "床位60张。"], ["乙县有卫生院9所，", "床位61张。"]],
         "甲县有卫生院8所，床位60张。\n乙县有卫生院9所，床位61张。\n"),
        ([["一是建成8所。"], ["二、下一步", "建成9所。"]], "一是建成8所。\n二、下一步建成9所。\n"),
        ([["门诊 | 8"], ["急诊 | 9"]], "门诊 | 8\n急诊 | 9\n"),
        ([[], ["8所。"]], "8所。\n"),
        ([], ""),
    ],
)  # fmt: skip
def test_what_runs_along_the_pages(pages: list[list[str]], text: str) -> None:
    assert joined(*pages) == text


def test_a_line_that_leaves_room_ends_its_paragraph() -> None:
    lines = [PageLine("全县有卫生院8所", slack=9.0), PageLine("有村卫生室", slack=1.5), PageLine("60所", slack=9.0)]
    assert join_pages([PageLines(lines, [])])[0] == "全县有卫生院8所\n有村卫生室60所\n"


def test_an_indented_line_opens_a_paragraph() -> None:
    lines = [PageLine("全县有卫生院8所", slack=0.0), PageLine("有村卫生室60所", slack=0.0, is_indented=True)]
    assert join_pages([PageLines(lines, [])])[0] == "全县有卫生院8所\n\u3000\u3000有村卫生室60所\n"


def test_nothing_is_logged_or_warned(printed: Callable[[str], Path], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        read(printed(page("<p>全县有卫生院8所。</p>")))
    assert not caplog.records
