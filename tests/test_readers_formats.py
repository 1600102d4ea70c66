"""One report through every format, each file made by another program: the facts are those of its plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

import healthie
from healthie.report import Report

Convert = Callable[..., Path]

NAMES = "青溪乔庄木鱼沙州姚渡关庄竹园凉水房石三锅曲河前进黄坪瓦砾茶坝大院"
TOWNS = [f"{NAMES[i : i + 2]}镇" for i in range(0, len(NAMES), 2)]


def long_report() -> str:
    """Return a report of several pages whose sentences all differ."""
    lines = ["青川县卫生健康局2022年工作总结", "一、基层服务"]
    for i, town in enumerate(TOWNS):
        lines.append(
            f"{town}建成标准化村卫生室{12 + i}所，较上年增加{3 + i}所，配备乡村医生{31 + 2 * i}人，"
            f"完成老年人健康体检{1840 + 37 * i}人次，家庭医生签约服务覆盖{2 + i}.{i % 10}万人，"
            f"重点人群签约率达到{61 + i}.{(3 * i) % 10}%，同比提高{1 + i % 7}.{i % 10}个百分点；"
            f"开展巡回医疗{5 + i}场，义诊群众{420 + 13 * i}人次，发放宣传资料{1500 + 110 * i}份。"
        )
        lines.append(
            f"当地卫生院门诊量{3 + i}.{(7 * i) % 10}万人次，同比增长{4 + i % 5}.{i % 10}%，其中急诊{310 + 21 * i}人次。"
        )
    lines += ["二、下一步", "力争到2023年底，每千人口床位数达到6.4张以上，公立医院药占比控制在28%以内。"]
    lines += ["青川县卫生健康局", "2023年1月12日"]
    return "\n".join(lines) + "\n"


LONG = long_report()


def as_page(text: str, style: str = "") -> str:
    title, *lines = text.strip().splitlines()
    body = "\n".join(f"<p>{html.escape(line)}</p>" for line in lines)
    css = "body { font: 12pt/1.8 'Noto Serif CJK SC' } p { text-indent: 2em; margin: 0 } h1 { text-align: center }"
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{css}{style}</style></head><body><h1>{title}</h1>{body}</body></html>"
    )


def as_site(text: str) -> str:
    """Return the page of a commission's site that holds a report."""
    title, *lines = text.strip().splitlines()
    body = "\n".join(f"<p>　　{html.escape(line)}</p>" for line in lines)
    return f"""<!DOCTYPE html>
<html><head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{title}-青川县人民政府网</title><meta name="PubDate" content="2023-02-03 09:15">
</head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/jg">机构职能</a></li>
<li><a href="/gk">政务公开</a></li></ul></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/gk">政务公开</a> &gt;
<a href="/zj">工作总结</a></div>
<div class="article"><h1>{title}</h1>
<div class="info"><span>发布时间：2023-02-03 09:15</span> <span>来源：青川县卫生健康局</span>
<span>浏览次数：321</span></div>
<div class="TRS_Editor">{body}</div>
<div class="tools">【<a href="javascript:print()">打印</a>】【<a href="javascript:close()">关闭</a>】</div></div>
<div class="related"><h3>相关链接</h3><ul><li><a href="/1">全县医疗机构达到312家</a></li>
<li><a href="/2">建成医共体2个</a></li></ul></div>
<div class="footer"><p>主办单位：青川县卫生健康局 技术支持：信息中心</p><p>蜀ICP备00000000号</p></div>
</body></html>"""


def facts(report: Report) -> list[tuple[object, ...]]:
    """Return what the facts say, without where they stand and without white space."""
    return [
        (
            "".join(fact.indicator.text.split()),
            fact.quantity.value,
            fact.quantity.unit,
            fact.role,
            fact.status,
            fact.direction,
            fact.region and fact.region.code,
            fact.period and (fact.period.start, fact.period.end, fact.period.kind),
        )
        for fact in report.facts
    ]


def tight(text: str) -> str:
    return re.sub(r"\s", "", text)


def same(report: Report, text: str) -> None:
    wanted = healthie.extract(text)
    assert len(wanted.facts) > 100 or text is not LONG
    assert facts(report) == facts(wanted)
    assert report.document.published == wanted.document.published
    assert tight(report.document.title) == wanted.document.title
    assert report.document.region == wanted.document.region or tight(report.text) != tight(text)
    for fact in report.facts:
        assert report.text[fact.quantity.start : fact.quantity.end] == fact.quantity.text


def pages_of(report: Report) -> list[int]:
    assert report.source is not None
    assert report.source.part_kind == "page"
    return [part.number for fact in report.facts if (part := report.source.part(fact.quantity.start))]


# --- plain text and web pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "gb18030"])
def test_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(LONG.encode(encoding))
    same(healthie.extract(path), LONG)


def test_a_page_of_a_site(tmp_path: Path) -> None:
    path = tmp_path / "t20230203_1.html"
    path.write_bytes(as_site(LONG).encode("gb18030"))
    report = healthie.extract(path)
    same(report, LONG)
    assert report.source is not None
    assert (report.source.title, report.source.published) == ("青川县卫生健康局2022年工作总结", "2023-02-03")
    assert "ICP" not in report.text


# --- PDF ------------------------------------------------------------------------------------------------------------


def check_pdf(path: Path, least_pages: int) -> Report:
    report = healthie.extract(path)
    assert tight(report.text) == tight(LONG)  # every character, in order, and nothing of heads and feet
    same(report, LONG)
    pages = pages_of(report)
    assert pages == sorted(pages)
    assert len(set(pages)) >= least_pages
    return report


@pytest.mark.parametrize(
    "charset", ["undefined", "idna", "punycode", "unicode_escape", "raw-unicode-escape", "hex", "x-no"]
)
def test_a_page_that_declares_no_charset_of_pages(tmp_path: Path, charset: str) -> None:
    page = as_site(LONG)
    known, other = tmp_path / "known.html", tmp_path / "other.html"
    known.write_bytes(page.encode("gb18030"))
    other.write_bytes(page.replace("charset=gb2312", f"charset={charset}").encode("gb18030"))
    assert healthie.read(other).text == healthie.read(known).text


def test_pdf_by_chromium(tmp_path: Path, print_page: Convert) -> None:
    page = tmp_path / "report.html"
    page.write_text(as_page(LONG), encoding="utf-8")
    report = check_pdf(print_page(page), 3)
    assert report.source is not None
    assert report.source.title == "青川县卫生健康局2022年工作总结"
    # A sentence runs over each of the first two page breaks or a paragraph ends there; no fact is lost either way.
    assert [part.number for part in report.source.parts][:3] == [1, 2, 3]


def test_pdf_of_two_columns(tmp_path: Path, print_page: Convert) -> None:
    page = tmp_path / "columns.html"
    page.write_text(as_page(LONG, "body { column-count: 2 }"), encoding="utf-8")
    check_pdf(print_page(page), 3)


def test_pdf_of_large_print_cuts_sentences_over_pages(tmp_path: Path, print_page: Convert) -> None:
    page = tmp_path / "large.html"
    page.write_text(as_page(LONG, "@page { size: A5 } body { font-size: 20pt }"), encoding="utf-8")
    report = check_pdf(print_page(page), 10)
    assert report.source is not None
    cut = [part for part in report.source.parts[:-1] if report.text[part.end - 2] not in "。；结务步"]
    assert len(cut) > 3


def test_pdf_by_libreoffice(tmp_path: Path, office: Convert) -> None:
    page = tmp_path / "report.html"
    page.write_text(as_page(LONG), encoding="utf-8")
    document = office(page, "docx:MS Word 2007 XML", "--infilter=HTML (StarWriter)")
    check_pdf(office(document, "pdf"), 3)


def test_pdf_with_heads_and_page_numbers(tmp_path: Path, office: Convert) -> None:
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "青川县卫生健康局文件"
    add_page_number(section.footer.paragraphs[0])
    for line in LONG.strip().splitlines():
        document.add_paragraph(line)
    path = tmp_path / "numbered.docx"
    document.save(path)
    report = healthie.extract(office(path, "pdf"))
    assert tight(report.text) == tight(LONG)
    assert facts(report) == facts(healthie.extract(LONG))
    assert max(pages_of(report)) >= 3


def add_page_number(paragraph: Paragraph) -> None:
    """Add the field of the page number between dashes, as official documents have it."""
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —")


# --- Word -----------------------------------------------------------------------------------------------------------


def test_docx_by_libreoffice(tmp_path: Path, office: Convert) -> None:
    page = tmp_path / "report.html"
    page.write_text(as_page(LONG), encoding="utf-8")
    report = healthie.extract(office(page, "docx:MS Word 2007 XML", "--infilter=HTML (StarWriter)"))
    same(report, LONG)
    assert report.source is not None
    assert report.source.part_kind == "paragraph"
    lines = LONG.strip().splitlines()
    for fact in report.facts:
        part = report.source.part(fact.quantity.start)
        assert part is not None
        assert report.text[part.start : part.end] == lines[part.number - 1]


def test_docx_from_plain_text(tmp_path: Path, office: Convert) -> None:
    path = tmp_path / "report.txt"
    path.write_text(LONG, encoding="utf-8")
    same(healthie.extract(office(path, "docx:MS Word 2007 XML", "--infilter=Text (encoded):UTF8")), LONG)


# --- what nobody sees -----------------------------------------------------------------------------------------------

SHOWN = "2023年，全县建成村卫生室86所，家庭医生签约率达到46.5%，比上年提高2.1个百分点，群众满意度明显提升。"


@pytest.mark.parametrize("hidden", ['style="display: none"', "hidden"])
def test_what_a_browser_does_not_show_is_not_read(tmp_path: Path, hidden: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<html><body><p>{SHOWN}</p><p {hidden}>全县有床位777张。</p></body></html>", encoding="utf-8")
    assert healthie.read(page).text.strip() == SHOWN


def test_a_page_that_a_script_uncovers_is_read(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f'<html><body><div style="display:none"><p>{SHOWN}</p></div></body></html>', encoding="utf-8")
    assert healthie.read(page).text.strip() == SHOWN


def test_hidden_text_of_word_is_not_read(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("全县有医院6所")
    paragraph.add_run("，筹建13所").font.hidden = True
    paragraph.add_run("。")
    document.save(tmp_path / "report.docx")
    assert healthie.read(tmp_path / "report.docx").text.strip() == "全县有医院6所。"
