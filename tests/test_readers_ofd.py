"""OFD files are written here by the standard (GB/T 33190): no program of a free licence on this machine makes them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

import healthie
from healthie.readers import Limits, read, read_bytes

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
WIDTH = 20  # characters in a line
SIZE = 5.6  # millimetres, size 3 of print

SENTENCE = (
    "2022年，全县建成标准化村卫生室132所，较上年增加9所；家庭医生签约服务覆盖4.6万人，"
    "重点人群签约率达到81.5%，高于全市6.2个百分点，其中老年人签约率达到83.7%。"
)


def wrapped(paragraph: str) -> list[str]:
    return [paragraph[i : i + WIDTH] for i in range(0, len(paragraph), WIDTH)]


def line_xml(text: str, x: float, y: float, number: int) -> str:
    """Return a line of text as its own object, each character placed by DeltaX."""
    deltas = " ".join(f"{SIZE if ord(char) > 255 else SIZE / 2}" for char in text[:-1])
    width = SIZE * len(text)
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{x} {y} {width} {SIZE}" Font="1" Size="{SIZE}">'
        f'<ofd:TextCode X="0" Y="{SIZE}" DeltaX="{deltas}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def page_xml(lines: list[str], template: str = "") -> str:
    drawn = "".join(line_xml(line, 30, 40 + 10 * i, 100 + i) for i, line in enumerate(lines) if line)
    return (
        f"<ofd:Page {NS}><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>{template}"
        f'<ofd:Content><ofd:Layer ID="2">{drawn}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def ofd(pages: list[list[str]], *, title: str = "", created: str = "", resources: str = "", **parts: str) -> bytes:
    info = f"<ofd:Title>{title}</ofd:Title>" * bool(title) + f"<ofd:CreationDate>{created}</ofd:CreationDate>" * bool(
        created
    )
    listed = "".join(f'<ofd:Page ID="{i + 10}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
    common = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>" * bool(resources)
    files = {
        "OFD.xml": f'<ofd:OFD {NS} DocType="OFD"><ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Pages/Page_{i}/Content.xml": page_xml(lines) for i, lines in enumerate(pages)},
        **({"Doc_0/PublicRes.xml": resources} if resources else {}),
        **parts,
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def test_the_same_facts_as_of_plain_text(tmp_path: Path) -> None:
    lines = wrapped(SENTENCE)
    pages = [["青川县卫生健康局2022年工作总结", *lines[:2], "", "— 1 —"], [*lines[2:], "", "— 2 —"]]
    path = tmp_path / "总结.ofd"
    path.write_bytes(ofd(pages, title="工作总结", created="2023-01-12"))
    report, wanted = healthie.extract(path), healthie.extract(f"青川县卫生健康局2022年工作总结\n{SENTENCE}")
    assert [(f.indicator.text, f.quantity.value, f.quantity.unit, f.role) for f in report.facts] == [
        (f.indicator.text, f.quantity.value, f.quantity.unit, f.role) for f in wanted.facts
    ]
    assert len(report.facts) == 6
    assert report.source is not None
    assert [report.source.part(f.quantity.start).number for f in report.facts] == [1, 1, 2, 2, 2, 2]
    assert (report.source.title, report.source.published, report.source.part_kind) == ("工作总结", "2023-01-12", "page")
    assert (report.document.title, report.document.published) == ("青川县卫生健康局2022年工作总结", "2023-01-12")


def test_lines_in_any_order_of_the_file_are_read_from_the_top() -> None:
    data = ofd([["全县有卫生院8所。", "全县有村卫生室60所。"]])
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.read("Doc_0/Pages/Page_0/Content.xml").count(b"TextObject ID") == 2
    assert read_bytes(data).text.split() == ["全县有卫生院8所。", "全县有村卫生室60所。"]


def test_pages_without_text() -> None:
    with pytest.raises(ValueError, match="its pages are pictures without text"):
        read_bytes(ofd([[], []]))


def test_too_many_pages() -> None:
    with pytest.raises(ValueError, match="it has 3 pages, more than the 2"):
        read_bytes(ofd([["8所"]] * 3), limits=Limits(pages=2))


def test_a_page_in_too_many_pieces() -> None:
    with pytest.raises(ValueError, match="its page 1 is in more than 5,000 pieces"):
        read_bytes(ofd([["8"] * 5_001]))


def test_drawings_made_of_drawings() -> None:
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{i}"><ofd:Content>'
        + f'<ofd:CompositeObject ResourceID="{i + 1}"/>' * 9
        + "</ofd:Content></ofd:CompositeGraphicUnit>"
        for i in range(30)
    )
    resources = f"<ofd:Res {NS}><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>"
    for encoded in (resources, '<?xml version="1.0" encoding="utf-16"?>' + resources):
        with pytest.raises(ValueError, match="it nests or repeats drawings"):
            read_bytes(ofd([["8所"]], resources=encoded))


def test_an_encoding_that_would_hide_them() -> None:
    with pytest.raises(ValueError, match=r"the encoding of its part 'Doc_0/PublicRes\.xml' is unknown"):
        read_bytes(ofd([["8所"]], resources='<?xml version="1.0" encoding="utf-7"?><Res/>'))


def test_damaged_files(tmp_path: Path) -> None:
    data = ofd([["全县有卫生院8所。"]])
    with pytest.raises(ValueError, match="it is damaged"):
        read_bytes(data[: len(data) // 2])
    path = tmp_path / "a.ofd"
    path.write_bytes(ofd([["8所"]], **{"Doc_0/Document.xml": "<a"}))
    with pytest.raises(ValueError, match=r"a\.ofd: it is damaged"):
        read(path)
