from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

import healthie
from healthie.readers import read, read_bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: object) -> bytes:
    data = io.BytesIO()
    document.save(data)  # type: ignore[attr-defined]
    return data.getvalue()


def with_body(*paragraphs: str) -> bytes:
    """Return a Word file with paragraphs of our own XML."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.element.body.insert(-1, parse_xml(f"<w:p {W}>{paragraph}</w:p>"))
    return saved(document)


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = "卫生统计"
    document.add_paragraph("全县有卫生院8所。")
    document.add_paragraph("")
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(table.rows, (("指标", "单位", "2022年"), ("门诊量", "万人次", "37.4")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("全县有村卫生室60所。")
    path = tmp_path / "统计.docx"
    document.save(path)
    source = read(path)
    assert source.text.splitlines() == [
        "全县有卫生院8所。",
        "指标 | 单位 | 2022年",
        "门诊量 | 万人次 | 37.4",
        "全县有村卫生室60所。",
    ]
    assert source.title == "卫生统计"
    report = healthie.extract(path)
    assert [
        (fact.quantity.text, source.part(fact.quantity.start).number) for fact in report.facts if fact.indicator.text
    ] == [
        ("8所", 1),
        ("37.4", 3),
        ("60所", 4),
    ]
    assert report.facts[1].quantity.unit == "人次"


def test_a_cell_is_one_line_and_a_merged_one_stands_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合计"
    table.cell(1, 0).text = "门诊量\n（万人次）"
    inner = table.cell(1, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "37.4", "35.3"
    assert read_bytes(saved(document)).text == "合计\n门诊量 （万人次） | 37.4 | 35.3"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (f"{run('全县有卫生院')}<w:ins>{run('8')}</w:ins>{run('所。')}", "全县有卫生院8所。"),
        (f"{run('全县有卫生院')}<w:del><w:r><w:delText>7</w:delText></w:r></w:del>{run('8所。')}", "全县有卫生院8所。"),
        (f"<w:moveFrom>{run('甲')}</w:moveFrom>{run('乙')}", "乙"),
        (f'<w:smartTag w:element="chsdate">{run("2022年")}</w:smartTag>{run("有卫生院8所。")}', "2022年有卫生院8所。"),
        (f"<w:hyperlink>{run('全县')}</w:hyperlink>{run('有卫生院8所。')}", "全县有卫生院8所。"),
        (f"<w:sdt><w:sdtContent>{run('8所')}</w:sdtContent></w:sdt>", "8所"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>", "甲\t乙\n丙"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("8所"), "8所"),
        (
            f"<w:r><w:pict><w:txbxContent><w:p>{run('框中')}</w:p></w:txbxContent></w:pict></w:r>{run('文中')}",
            "文中\n框中",
        ),
    ],
    ids=["added", "deleted", "moved", "smart tag", "link", "control", "tab and break", "field", "text box"],
)
def test_what_a_paragraph_may_hold(xml: str, text: str) -> None:
    assert read_bytes(with_body(xml)).text == text


def test_every_paragraph_is_a_part() -> None:
    source = read_bytes(with_body(run("一、卫生院"), "", run("全县有8所。")))
    assert source.part_kind == "paragraph"
    assert [(part.number, source.text[part.start : part.end]) for part in source.parts] == [
        (1, "一、卫生院"),
        (2, "全县有8所。"),
    ]


def test_a_content_control_around_paragraphs() -> None:
    document = docx.Document()
    block = f"<w:sdt {W}><w:sdtContent><w:p>{run('全县有卫生院8所。')}</w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(block))
    assert read_bytes(saved(document)).text == "全县有卫生院8所。"


def test_a_file_without_text() -> None:
    with pytest.raises(ValueError, match="it holds no text"):
        read_bytes(saved(docx.Document()))


def test_damaged_files() -> None:
    data = with_body(run("全县有卫生院8所。"))
    for broken in (
        data[: len(data) // 2],
        data.replace(b"word/document", b"word/dokument"),
        data[:200] + b"?" * 50 + data[250:],
    ):
        with pytest.raises(ValueError, match=r"^it is "):
            read_bytes(broken)


def test_deep_nesting_ends() -> None:
    deep = "<w:smartTag>" * 5000 + run("8所") + "</w:smartTag>" * 5000
    data = with_body(run("占位"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(
                name, part.replace(run("占位").encode(), deep.encode()) if name == "word/document.xml" else part
            )
    with pytest.raises(ValueError, match="it is damaged"):
        read_bytes(out.getvalue())
