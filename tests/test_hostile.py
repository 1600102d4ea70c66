"""Files made to harm: refused in one plain sentence or shown as text. Each test makes its file.

What takes time or memory without end is in test_limits.py; what goes out of the process, in test_offline.py.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import struct
import subprocess
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
import regex
from hostile import CATALOG, FONT, PAGE, PAGES, SENTENCE, ofd_parts, packed, pdf, pdf_page, stream, word_parts

import healthie
from healthie import Limits
from healthie.readers import read_bytes

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><body>{body}<p>{SENTENCE}</p><p>{SENTENCE}</p></body></html>".encode()


def outcome(data: bytes) -> str:
    """Return the text of a file, or the sentence that refuses it."""
    try:
        return read_bytes(data).text
    except ValueError as error:
        return str(error)


@pytest.mark.parametrize("tag", ["<div>", "<table><tr><td>", "<ul><li>", "<b>", "<blockquote>", "<svg><g>", "<!--"])
def test_tags_in_each_other_without_end_are_read_or_refused(tag: str) -> None:
    assert regex.fullmatch(
        r"it holds no article: .*\.|(?:全县建成村卫生室86所。\s*){1,2}", outcome(page(tag * (90_000 // tag.count("<"))))
    )


def test_attributes_without_end_are_refused() -> None:
    many = " ".join(f"a{number}=1" for number in range(100_000))
    with pytest.raises(ValueError, match=r"it has a tag with more than 1,000 attributes, .* save its text alone\.$"):
        read_bytes(page(f"<p {many}>8</p>"))
    few = " ".join(f"a{number}=1" for number in range(900))
    assert SENTENCE in read_bytes(page(f"<p {few}>8</p>")).text


@pytest.mark.parametrize(
    "rows",
    [
        "<tr>" + "<td colspan=100 rowspan=100>8</td>" * 60 + "</tr>" + "<tr><td>8</td></tr>" * 100,
        ("<tr>" + "<td colspan=100 rowspan=100>8</td>" * 20 + "</tr>") * 40,
        "<tr>" + "<td rowspan=65534>8</td>" * 90 + "</tr>" + "<tr><td>8</td></tr>" * 300,
        "<tr><td colspan=100>8</td></tr>" * 300,
        "<tr>" + "<td>8</td>" * 100 + "</tr>" + "<tr><td>8</td></tr>" * 300,
    ],
)
def test_cells_over_many_columns_and_rows_make_no_long_text(rows: str) -> None:
    text = read_bytes(page(f"<table>{rows}</table>")).text
    assert text.count("8") > rows.count(">8<")
    assert len(text) < len(rows) + 40_000


@pytest.mark.parametrize(
    "part",
    [
        "<table><tr><td>9</td></tr></table>",
        "<ul><li>9</li></ul>",
        "<table><tr><td>9<table><tr><td>x</td></tr></table></td></tr></table>",
        "<table><td>9</td></table>",
        "<blockquote>9</blockquote>",
        "9<br><br>",
        "<p>9</p>",
    ],
)
def test_many_small_parts_of_a_page_are_read_whole(part: str) -> None:
    assert read_bytes(page(part * 15_000)).text.count("9") == 15_000


def test_a_row_of_cells_without_end_is_refused() -> None:
    for row in (
        "<tr>{}</tr>",
        "{}",
        "<tbody>{}</tbody><tbody>{}</tbody>",
        "<tr><td><table><tr>{}</tr></table></td></tr>",
    ):
        table = f"<table>{row.replace('{}', '<td>9所</td>' * 1_001)}</table>"
        with pytest.raises(ValueError, match=r"it has a table with more than 1,000 cells in a row, .* text alone\.$"):
            read_bytes(page(table))
    rows = f"<tr>{'<td>9所</td>' * 1_000}</tr>" * 3
    assert read_bytes(page(f"<table>{rows}</table>")).text.count("9所") == 3_000


def test_short_rows_beside_a_long_one_are_not_filled_up_without_end() -> None:
    for cell in ("<td>9</td>" * 100, "<td colspan=10>9</td>" * 10):
        rows = f"<tr>{cell}</tr>" + "<tr><td>9</td></tr>" * 10_000
        with pytest.raises(ValueError, match=r"its tables have more than 1,000,000 cells: split it, or save its text"):
            read_bytes(page(f"<table>{rows}</table>"))


def test_elements_without_end_are_refused() -> None:
    with pytest.raises(
        ValueError, match=r"it is a web page of more than 100,000 elements: split it, or save it as PDF"
    ):
        read_bytes(page("<p></p>9" * 100_001))


def test_a_cell_spans_what_its_table_has() -> None:
    head = "<tr><td rowspan=2>地区</td><td colspan=2>床位</td></tr><tr><td>编制</td><td>实有</td></tr>"
    rows = f"{head}<tr><td>白水县</td><td>8</td><td>9</td></tr><tr><td colspan={'9' * 5000}>合计</td></tr>"
    text = read_bytes(
        f"<html><body><article><p>{SENTENCE}</p><table>{rows}</table></article></body></html>".encode()
    ).text
    assert text.splitlines()[1:] == ["地区 | 床位", "| 编制 | 实有", "白水县 | 8 | 9", "合计"]


@pytest.mark.parametrize(
    "body",
    [
        "<script>document.write('卫生院9所')</script>",
        "<img src='data:image/png;base64," + "A" * 2_000_000 + "'>",
        "<iframe src='data:text/html,<p>卫生院9所</p>'></iframe>",
        "<object data='file:///etc/passwd'></object><embed src='file:///etc/passwd'>",
        "<link rel=stylesheet href='http://192.0.2.1/'><img src='http://192.0.2.1/' onerror='alert(9)'>",
        "<svg onload=alert(9)><text>9</text></svg>",
    ],
    ids=["script", "data", "frame", "object", "link", "svg"],
)
def test_what_a_page_brings_along_is_not_text(body: str) -> None:
    text = read_bytes(page(body)).text
    assert SENTENCE in text
    assert not [word for word in ("9", "alert", "root:") if word in text]


def test_html_in_a_report_is_text_in_a_chart() -> None:
    report = healthie.extract(healthie.Source(f"2019年，白水县{EVIL}签约率达到81.5%。", path=f"{EVIL}.txt"))
    chart = healthie.plot({EVIL: report})
    spec = json.dumps(chart.to_dict(), ensure_ascii=False)
    assert "＜script>alert(1)＜/script>＜img src=x onerror=alert(1)>" in spec
    assert "<img src=x" not in chart.to_html()


# --- archives: DOCX and OFD -------------------------------------------------------------------------------------------

BOMBS: dict[str, Callable[[], dict[str, str]]] = {
    "word": lambda: word_parts("<w:p/>" * 9_000_000),
    "word, in a part that is not read": lambda: word_parts() | {"word/media/a.png": "0" * 301_000_000},
    "ofd": lambda: ofd_parts(" " * 51_000_000),
}


@cache
def bomb(name: str) -> bytes:
    return packed({**BOMBS[name]()})


@pytest.mark.parametrize("name", BOMBS)
def test_archives_that_unpack_to_too_much_are_refused_by_what_they_declare(name: str) -> None:
    assert len(bomb(name)) < 1_000_000
    with pytest.raises(
        ValueError, match=r"it unpacks to [\d,]+ bytes (?:of XML|in 4 parts), more than the .* split it"
    ):
        read_bytes(bomb(name))


def with_size(data: bytes, part: str, size: int) -> bytes:
    """Return an archive that declares another size of a part, in its directory and before the part."""
    changed = bytearray(data)
    for mark, length_at, name_at, size_at in ((b"PK\x01\x02", 28, 46, 24), (b"PK\x03\x04", 26, 30, 22)):
        at = changed.find(mark)
        while at >= 0:
            (length,) = struct.unpack_from("<H", changed, at + length_at)
            if changed[at + name_at : at + name_at + length] == part.encode():
                struct.pack_into("<I", changed, at + size_at, size)
            at = changed.find(mark, at + 4)
    return bytes(changed)


@pytest.mark.parametrize("declared", [0, 10, 49_000_000, 2**32 - 2])
@pytest.mark.parametrize(
    ("kind", "part"), [("word", "word/document.xml"), ("ofd", "Doc_0/Pages/Page_0/Content.xml")], ids=["word", "ofd"]
)
def test_archives_that_lie_about_their_sizes_are_refused(kind: str, part: str, declared: int) -> None:
    sentence = "it unpacks to 4,294,9" if declared > 2**31 else f"it is damaged, its part '{part}' cannot be unpacked"
    with pytest.raises(ValueError, match=sentence):
        read_bytes(with_size(bomb(kind), part, declared))


def test_a_directory_without_end_is_refused_before_it_is_read() -> None:
    entry = b"PK\x01\x02" + b"\0" * 42
    with pytest.raises(ValueError, match="it holds 1,000,000 parts, more than the 10,000 that are read"):
        read_bytes(b"PK\x03\x04" + entry * 1_000_000)


LAUGHS = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
ENTITIES = {
    "laughs": (f'<!DOCTYPE w [<!ENTITY a "哈">{LAUGHS}]>', "&j;"),
    "outside": ('<!DOCTYPE w [<!ENTITY b SYSTEM "file:///etc/hostname">]>', "&b;"),
    "parameter": ('<!DOCTYPE w [<!ENTITY % a SYSTEM "http://192.0.2.1/a.dtd"> %a;]>', ""),
}
PARTS = [(word_parts, part) for part in (*word_parts(), "docProps/core.xml", "word/_rels/document.xml.rels")]
PARTS += [(ofd_parts, part) for part in (*ofd_parts(), "Doc_0/Annots.xml")]


@pytest.mark.parametrize("kind", ENTITIES)
@pytest.mark.parametrize(("make", "part"), PARTS, ids=[part for _, part in PARTS])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_any_part_are_refused(
    kind: str, make: Callable[[], dict[str, str | bytes]], part: str, encoding: str
) -> None:
    declared, used = ENTITIES[kind]
    parts = make()
    xml = parts.get(part, "<a/>")
    assert isinstance(xml, str)
    parts[part] = (declared + xml.replace(SENTENCE, used)).encode(encoding)
    with pytest.raises(ValueError, match="it declares XML entities, which no honest file of its kind does"):
        read_bytes(packed(parts))


OVERRIDE = '<Override PartName="/word/document.xml"'


def renamed_word(body: str, types: str = OVERRIDE) -> dict[str, str]:
    """Return the parts of a DOCX file whose text is in a part that is not called .xml, beside one that is not read."""
    parts = word_parts(body)
    moved = {name: part.replace("word/document.xml", "word/evil.bin") for name, part in word_parts().items()}
    moved["word/evil.bin"] = parts["word/document.xml"]
    moved["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(OVERRIDE, types)
    return moved


def renamed_ofd(page: str = "", resources: str = "") -> dict[str, str]:
    """Return the parts of an OFD file none of which but the first is called .xml."""
    return {
        name if name == "OFD.xml" else name.replace(".xml", ".bin"): part.replace(".xml", ".bin")
        for name, part in ofd_parts(page, resources).items()
    }


TYPED = ['<Override PartName="/word/evil.bin"', '<Override PartName="/Word/EVIL.bin"', '<Default Extension="BIN"']


@pytest.mark.parametrize("kind", ENTITIES)
@pytest.mark.parametrize("types", TYPED)
def test_entities_in_a_part_of_a_word_file_that_is_not_called_xml_are_refused(kind: str, types: str) -> None:
    declared, used = ENTITIES[kind]
    parts = renamed_word(f"<w:p><w:r><w:t>8{used}</w:t></w:r></w:p>", types)
    parts["word/evil.bin"] = declared + parts["word/evil.bin"]
    with pytest.raises(ValueError, match="it declares XML entities, which no honest file of its kind does"):
        read_bytes(packed({**parts}))


@pytest.mark.parametrize("kind", ENTITIES)
def test_entities_in_a_part_of_an_ofd_file_that_is_not_called_xml_stay_unread(kind: str) -> None:
    declared, used = ENTITIES[kind]
    parts = renamed_ofd()
    page = "Doc_0/Pages/Page_0/Content.bin"
    parts[page] = declared + parts[page].replace("86", used)
    assert regex.fullmatch(r"全县建成村卫生室所。\n|it is damaged, .*", outcome(packed({**parts})))


@pytest.mark.parametrize("types", TYPED)
def test_xml_counts_whatever_its_part_of_a_word_file_is_called(types: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("healthie.readers.limits.MOST_XML", 100_000)
    with pytest.raises(
        ValueError, match=r"it unpacks to 1\d\d,\d{3} bytes of XML, more than the 100,000 that are read"
    ):
        read_bytes(packed({**renamed_word("<w:p/>" * 17_000, types)}))


@pytest.mark.parametrize("before", ["", " " * 70, "\ufeff"], ids=["none", "spaces", "mark"])
def test_xml_counts_whatever_its_part_of_an_ofd_file_is_called(before: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("healthie.readers.limits.MOST_XML", 100_000)
    parts = renamed_ofd("<ofd:Layer/>" * 9_000)
    parts["Doc_0/Pages/Page_0/Content.bin"] = before + parts["Doc_0/Pages/Page_0/Content.bin"]
    with pytest.raises(
        ValueError, match=r"it unpacks to 1\d\d,\d{3} bytes of XML, more than the 100,000 that are read"
    ):
        read_bytes(packed({**parts}))


def test_pictures_and_web_pages_in_a_word_file_are_no_xml_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("healthie.readers.limits.MOST_XML", 100_000)
    parts = word_parts(relations='<Relationship Id="r2" Type="http://a/image" Target="word/a.svg"/>')
    parts["word/a.svg"] = parts["word/a.htm"] = "<!DOCTYPE svg><svg/>" + " " * 100_000
    svg = '<Default Extension="svg" ContentType="image/svg+xml"/><Default Extension="htm" ContentType="text/html"/>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", f"{svg}</Types>")
    assert outcome(packed({**parts})) == SENTENCE


def test_parts_of_any_name_are_read() -> None:
    text = f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"
    assert {outcome(packed({**renamed_word(text, types)})) for types in TYPED} == {SENTENCE}
    assert outcome(packed({**renamed_ofd()})).strip() == SENTENCE


@pytest.mark.parametrize("types", ["<Types", "", "<Types/>"])
def test_a_word_file_whose_types_are_damaged_or_not_there_is_damaged(types: str) -> None:
    parts = word_parts() | {"[Content_Types].xml": types}
    assert outcome(packed({**parts})).startswith("it is damaged, it cannot be opened as a Word file")
    del parts["[Content_Types].xml"]
    assert outcome(packed({**parts})).startswith("it is damaged, it cannot be opened as a Word file")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_drawings_in_a_part_of_any_name_or_of_a_name_that_comes_twice_are_found() -> None:
    unit = f'<ofd:CompositeGraphicUnit ID="7"><ofd:Content>{"<a/>" * 25_000}</ofd:Content></ofd:CompositeGraphicUnit>'
    uses = '<ofd:CompositeObject ID="6" ResourceID="7" Boundary="0 0 9 9"/>' * 1_999
    evil = f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits>"
    sentence = "it nests or repeats drawings beyond what is read: save it as PDF"
    with pytest.raises(ValueError, match=sentence):
        read_bytes(packed({**renamed_ofd(uses, evil)}))
    twice = io.BytesIO(packed({**ofd_parts(uses, evil)}))
    with zipfile.ZipFile(twice, "a") as archive:
        archive.writestr("Doc_0/Res.xml", "<a/>")
    with pytest.raises(ValueError, match=sentence):
        read_bytes(twice.getvalue())


OUTSIDE = ["../../../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://192.0.2.1/a.xml", "C:\\a.xml"]


@pytest.mark.parametrize("place", OUTSIDE)
def test_paths_that_climb_out_of_an_archive_lead_nowhere(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    assert outcome(packed(word_parts() | {place: "8"})) == SENTENCE
    relation = f'<Relationship Id="r2" Type="http://a/image" Target="{place}" TargetMode="%s"/>'
    assert outcome(packed(word_parts(relations=relation % "External"))) == SENTENCE
    assert regex.fullmatch(
        f"{SENTENCE}|it is damaged, .*", outcome(packed(word_parts(relations=relation % "Internal")))
    )
    for part, name in (("OFD.xml", "Doc_0/Document.xml"), ("Doc_0/Document.xml", "Pages/Page_0/Content.xml")):
        parts = ofd_parts()
        parts[part] = parts[part].replace(name, place)
        assert outcome(packed(parts)).startswith(("it is damaged", "its pages are pictures without text"))
    assert [path.name for path in tmp_path.rglob("*")] == ["inner"]


@pytest.mark.parametrize("times", [100, 240, 5_000])
@pytest.mark.parametrize("tag", ["w:sdt", "w:tbl><w:tr><w:tc", "w:smartTag", "w:p><w:r><w:txbxContent"])
def test_word_elements_in_each_other_without_end(tag: str, times: int) -> None:
    text = f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"
    ends = "".join(f"</{name}>" for name in reversed(tag.split("><")))
    read = outcome(packed(word_parts(f"<{tag}>" * times + text + ends * times)))
    assert read == SENTENCE or read.startswith("it is damaged, it cannot be opened as a Word file")


def test_ofd_pages_and_drawings_that_come_again_and_again() -> None:
    parts = ofd_parts()
    again = '<ofd:Page ID="2" BaseLoc="Pages/Page_0/Content.xml"/>' * 2_000
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace("</ofd:Pages>", again + "</ofd:Pages>")
    with pytest.raises(ValueError, match="it has 2,001 pages, more than the 2,000 that are read"):
        read_bytes(packed(parts))
    text = f'<ofd:TextObject ID="8"><ofd:TextCode>{"8" * 100_000}</ofd:TextCode></ofd:TextObject>'
    unit = f'<ofd:CompositeGraphicUnit ID="7"><ofd:Content>{text}</ofd:Content></ofd:CompositeGraphicUnit>'
    uses = '<ofd:CompositeObject ID="6" ResourceID="7" Boundary="0 0 9 9"/>' * 1_999
    parts = ofd_parts(uses, f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits>")
    with pytest.raises(ValueError, match="it nests or repeats drawings beyond what is read: save it as PDF"):
        read_bytes(packed(parts))


# --- PDF -----------------------------------------------------------------------------------------------------------

DRAWN = "BT /F 12 Tf 9 99 Td (8 beds) Tj ET"
GOOD = pdf_page(DRAWN)
TABLE_AT = int(re.search(rb"startxref\n(\d+)", GOOD)[1])  # type: ignore[index]
FORM = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>/Font<</F 5 0 R>>>>"


def tree(depth: int, width: int) -> bytes:
    """Return a PDF file whose page tree has the same branch so many times at each level."""
    levels = [
        f"<</Type/Pages/Kids[{f'{level + 3} 0 R ' * width}]/Count {width ** (depth - level)}>>"
        for level in range(depth)
    ]
    return pdf(CATALOG, *levels, "<</Type/Page/MediaBox[0 0 595 842]>>")


def object_stream_in_itself() -> bytes:
    """Return a PDF file with an object stream that holds and extends itself, and a table that follows itself."""
    data = b"%PDF-1.7\n"
    root = len(data)
    data += b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    held = b"2 0 4 0 <</Type/Pages/Kids[3 0 R]/Count 1>>"
    data += b"4 0 obj\n" + stream(held, "/Type/ObjStm/N 2/First 8/Extends 4 0 R") + b"\nendobj\n"
    table = len(data)
    rows = [(0, 0, 0), (1, root, 0), (2, 4, 0), (2, 4, 1), (2, 4, 1), (1, table, 0)]
    body = b"".join(struct.pack(">BHB", *row) for row in rows)
    data += b"5 0 obj\n" + stream(body, f"/Type/XRef/Size 6/W[1 2 1]/Root 1 0 R/Prev {table}") + b"\nendobj\n"
    return data + b"startxref\n%d\n%%%%EOF\n" % table


PDF_FILES = {
    "tree, a page of itself": (pdf(CATALOG, "<</Type/Pages/Kids[2 0 R]/Count 1>>"), "pictures"),
    "tree, a ring": (
        pdf(CATALOG, "<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>", "<</Type/Pages/Kids[2 0 R]/Count 3>>"),
        "pictures",
    ),
    "tree, its own parent": (
        pdf(CATALOG, "<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>", PAGE, stream(DRAWN), FONT),
        "8 beds",
    ),
    "tree, 1,000 leaves": (tree(3, 10), "pictures"),
    "tree, a billion leaves": (tree(9, 10), "damaged"),
    "count, a billion": (GOOD.replace(b"/Count 1", b"/Count 1000000000"), "8 beds"),
    "count, beyond an int": (GOOD.replace(b"/Count 1", b"/Count 2147483647"), "8 beds"),
    "count, below 0": (GOOD.replace(b"/Count 1", b"/Count -1"), "8 beds"),
    "pages, 3,000": (pdf(CATALOG, f"<</Type/Pages/Kids[{'3 0 R ' * 3_000}]/Count 3000>>", PAGE), "3,000 pages"),
    "table, after itself": (GOOD.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % TABLE_AT), "8 beds"),
    "table, before the file": (GOOD.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev -5"), "8 beds"),
    "table, two billion rows": (re.sub(rb"/Size \d+", b"/Size 2147483647", GOOD), "8 beds"),
    "object stream, of itself": (object_stream_in_itself(), "pictures"),
    "form, of itself": (pdf_page("/X Do", stream(f"{DRAWN} /X Do", FORM)), "8 beds"),
    "stream, its length is itself": (
        pdf(CATALOG, PAGES, PAGE, b"<</Length 4 0 R>>\nstream\n" + DRAWN.encode() + b"\nendstream", FONT),
        "8 beds",
    ),
    "stream, 50 million bytes": (
        pdf(CATALOG, PAGES, PAGE, stream(zlib.compress(bytes(50_000_000)), "/Filter/FlateDecode"), FONT),
        "pictures",
    ),
    "brackets": (pdf(CATALOG, PAGES, PAGE, "[" * 100_000 + "]" * 100_000, FONT), "pictures"),
    "states": (pdf_page("q " * 200_000 + DRAWN), "8 beds"),
    "script": (GOOD.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(9\\))>>"), "8 beds"),
}


@pytest.mark.parametrize("name", PDF_FILES)
def test_pdf_files_made_to_harm(name: str) -> None:
    data, wanted = PDF_FILES[name]
    # In a process of its own: what PDFium does with these is its own affair, and none may take the tests along.
    try:
        told = read_bytes(data, limits=Limits(seconds=120)).text
    except ValueError as error:
        told = str(error)
    assert wanted in told, told
    assert "reading it takes more" not in told


def test_pages_of_too_many_characters_are_refused() -> None:
    many = pdf_page("BT /F 12 Tf 9 99 Td " + "(8 beds) Tj " * 2_000 + "ET")
    with pytest.raises(ValueError, match="it has more characters of text than the 9,000 that are read"):
        read_bytes(many, limits=Limits(characters=9_000))


# --- names and links ------------------------------------------------------------------------------------------------

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def call(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "healthie", *words]
        return subprocess.run(
            command,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            check=False,
        )

    return call


def sources(output: str) -> set[str]:
    return {row["source"] for row in csv.DictReader(io.StringIO(output, newline=""))}


needs_links = pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="links need rights on Windows")


@needs_links
def test_links_out_of_a_folder_and_rings_are_named_and_stop_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("全县有急救站7777777所。", encoding="utf-8")
    folder = tmp_path / "reports"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.txt").write_text(SENTENCE, encoding="utf-8")
    links = {"b.txt": "../secret.txt", "c.txt": "a.txt", "d.txt": "d.txt", "e.txt": "f.txt", "f.txt": "e.txt"}
    links |= {"g.txt": "none.txt", "h.txt": str(tmp_path / "secret.txt"), "inner/up": "..", "inner/self": "self"}
    for name, target in links.items():
        (folder / name).symlink_to(target)
    result = run("extract", "reports", "--format", "csv")
    assert sources(result.stdout) == {"reports/a.txt"}
    assert "7777777" not in result.stdout
    told = result.stderr.splitlines()
    outside = "it is a link out of this folder; give a pattern or its name to read it."
    assert f"healthie: reports/b.txt: {outside}" in told
    assert f"healthie: reports/h.txt: {outside}" in told
    assert "healthie: reports/g.txt: there is no such file." in told
    assert [line for line in told if line.startswith("healthie: reports/d.txt: it cannot be read: ")]
    assert sources(run("extract", "reports/b*.txt", "--format", "csv").stdout) == {"reports/b.txt"}


@needs_links
def test_pages_are_not_written_through_links_out_of_the_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "deep/c.txt"):
        (tmp_path / "in" / name).write_text(f"{name}{SENTENCE}", encoding="utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "pages" / "a.html").symlink_to(tmp_path / "mine.txt")
    (tmp_path / "pages" / "deep").symlink_to(tmp_path / "elsewhere")
    result = run("view", "in", "--output", "pages")
    assert result.returncode == 2
    for name in ("a", "deep/c"):
        sentence = f"in/{name}.txt: its page pages/{name}.html is a link out of the output folder: remove it."
        assert f"healthie: {sentence}" in result.stderr
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert not list((tmp_path / "elsewhere").iterdir())
    assert (tmp_path / "pages" / "b.html").is_file()


@needs_links
@pytest.mark.parametrize("link", [".out.healthie.csv", "out.csv.part"])
@pytest.mark.parametrize("resume", [[], ["--resume"]])
def test_links_put_in_the_place_of_what_is_written_meanwhile_are_not_followed(
    run: Run, tmp_path: Path, link: str, resume: list[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / link).symlink_to("mine.txt")
    result = run("extract", "a.txt", "--output", "out.csv", *resume)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"
    if resume and link == "out.csv.part":
        assert result.returncode == 74
        assert regex.fullmatch(r"healthie: out\.csv\.part: it cannot be written \(.*\): .*\.\n", result.stderr)
    else:
        assert (result.returncode, result.stderr) == (0, "")
        assert not (tmp_path / "out.csv").is_symlink()
        assert "86" in (tmp_path / "out.csv").read_text(encoding="utf-8")


# A link put between the moment when the way is cleared and the moment when the file is made.
RACE = """
import os, sys
def hook(event, values):
    name = os.fspath(values[0]) if event == "open" and isinstance(values[0], str | os.PathLike) else ""
    if name.endswith((".healthie.csv", ".healthie.xlsx", ".healthie.parquet", ".healthie.html", ".part")):
        os.path.lexists(name) or os.symlink(os.path.abspath("mine.txt"), name)
sys.addaudithook(hook)
from healthie.cli import main
main()
"""


@needs_links
@pytest.mark.parametrize(
    "words",
    [
        "extract a.txt -o out.csv",
        "panel a.txt -o out.csv",
        "panel a.txt -o out.xlsx",
        "panel a.txt -o out.parquet",
        "view a.txt -o out.html",
    ],
)
def test_a_link_put_there_in_between_is_not_followed(tmp_path: Path, words: str) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    command = [sys.executable, "-c", RACE, *words.split()]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert result.returncode == 74
    assert regex.fullmatch(r"healthie: out\.\S+: it cannot be written \(File exists\): .*\.\n", result.stderr)


NAMES = ["--output=evil.csv.txt", "-o.txt", "--help.txt", "-.txt", "$(touch evil).txt", "a;touch evil.txt", "../a.txt"]
NAMES = [name for name in NAMES if "/" not in name]


def test_names_that_look_like_options_or_commands_are_names(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        (folder / name).write_text(f"{number}{SENTENCE}", encoding="utf-8")
    (folder / "-").write_text(SENTENCE, encoding="utf-8")
    wanted = {f"reports/{name}" for name in NAMES}
    assert sources(run("extract", "reports", "--format", "csv").stdout) == wanted
    assert sources(run("extract", "reports/*", "--format", "csv").stdout) == {*wanted, "reports/-"}
    assert run("view", "reports", "--output", "pages").returncode == 0
    assert len(list((tmp_path / "pages").rglob("*.html"))) == len(NAMES)
    assert not [path.name for path in tmp_path.rglob("*") if path.name in {"evil", "evil.csv", "evil.csv.txt"}]


def test_a_file_called_as_standard_input_is_a_file_under_a_pattern(run: Run, tmp_path: Path) -> None:
    (tmp_path / "-").write_text(SENTENCE, encoding="utf-8")
    assert sources(run("extract", "*", "--format", "csv").stdout) == {"./-"}
    assert run("extract", "--format", "csv", "--", "--help").stderr == "healthie: --help: there is no such file.\n"


def test_nothing_of_a_file_or_its_name_steers_the_terminal(run: Run, tmp_path: Path) -> None:
    for name, text in {"\x1b]0;a\x07.txt": f"\x1b[2J{SENTENCE}\x1b]8;;http://a\x07", "\x1b[2J.pdf": "%PDF-"}.items():
        (tmp_path / name).write_text(
            f"白水县\x1b[31m卫生局\n2019年，全县\x1b[31m卫生院8所。{text}{SENTENCE * 50}", encoding="utf-8"
        )
    for command in ("extract", "check", "panel", "info"):
        result = run(command, "*")
        assert result.stdout
        assert not set(result.stdout + result.stderr) & {"\x1b", "\x07"}, command


STEERING = (
    "白水县\x1b[31m卫生局\n2019年，全县\x1b[31m卫生院8所。白水县\x1b[2J“\u2066\x9b31m\u202e签约”率达到81.5%。"
    f"16个\x1b[31m项目中，已有6个竣工，竣工率50%。{SENTENCE * 50}"
)


def on_a_terminal(folder: Path, *words: str) -> str:
    """Return what the command writes where its standard output is a terminal."""
    leader, follower = os.openpty()
    command = [sys.executable, "-m", "healthie", *words]
    told = b""
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=follower) as process:
        os.close(follower)
        with contextlib.suppress(OSError):  # what a terminal raises at its end
            while piece := os.read(leader, 100_000):
                told += piece
        os.close(leader)
        assert process.wait(60) == 0
    return told.decode().replace("\r\n", "\n")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no such terminals here")
@pytest.mark.parametrize(
    "words", ["extract -f csv", "extract -f jsonl", "extract -f json", "panel -f csv", "panel -f json", "view"]
)
def test_nothing_of_a_report_steers_the_terminal_in_any_format(run: Run, tmp_path: Path, words: str) -> None:
    (tmp_path / "a.txt").write_text(STEERING, encoding="utf-8")
    shown = on_a_terminal(tmp_path, *words.split(), "a.txt")
    assert not [char for char in shown if unicodedata.category(char) in {"Cc", "Cf"} and char not in "\n\t"]
    assert "\\u009b31m" in shown
    piped = run(*words.split(), "a.txt").stdout
    assert "\x9b31m" in piped
    if words.endswith("json"):
        assert json.loads(shown) == json.loads(piped)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no such terminals here")
def test_a_terminal_is_shown_all_else_as_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"白水县\u3000卫生局\n{SENTENCE}", encoding="utf-8")
    for form in ("csv", "jsonl", "json"):
        assert on_a_terminal(tmp_path, "extract", "a.txt", "-f", form) == run("extract", "a.txt", "-f", form).stdout


# --- what is shown and exported -------------------------------------------------------------------------------------

SIGNS = "=+-@\t＝＋－＠"
FORMULAS = [f"{sign}HYPERLINK(A1)" for sign in SIGNS]


OWN = regex.compile(r"[=+-]|[+-]?\d+(?:\.\d+)?(?:E[+-]?\d+)?")  # healthie's own signs, and numbers


def is_formula(cell: str) -> bool:
    return cell.startswith(tuple(SIGNS)) and not OWN.fullmatch(cell)


def formula_reports() -> dict[str, healthie.Report]:
    """Return reports whose names and words all begin as formulas do."""
    reports = {}
    for number, formula in enumerate(FORMULAS):
        text = f"{formula}卫生局\n{formula}“{formula}床位”{number + 2}张；\n{formula}占比50%，比上年增加{formula}6张。"
        reports[f"{formula}.txt"] = healthie.extract(text, region="白水县", published=str(2010 + number))
    return reports


def tables() -> dict[str, healthie.Table]:
    reports = formula_reports()
    one = next(iter(reports.values()))
    return {
        "facts": healthie.facts_table(reports),
        "report": one.to_table(),
        "panel": healthie.panel(reports),
        "compare": healthie.compare(reports, {f"{name}2": report for name, report in reports.items()}),
    }


@pytest.mark.parametrize("name", ["facts", "report", "panel", "compare"])
def test_no_cell_is_a_formula(name: str, tmp_path: Path) -> None:
    table = tables()[name]
    assert len(table)
    held = [cell for row in table.rows for cell in row if isinstance(cell, str) and "HYPERLINK" in cell]
    assert held
    rows = list(csv.reader(io.StringIO(table.to_csv(), newline="")))
    assert not [cell for row in rows for cell in row if is_formula(cell)]
    table.to_excel(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if "HYPERLINK" in str(cell.value)]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink is not None]


@pytest.mark.parametrize("command", ["extract", "check", "panel"])
def test_no_cell_that_the_command_writes_is_a_formula(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "reports").mkdir()
    for number, formula in enumerate(FORMULAS):
        text = f"{formula}局\n{formula}“{formula}床位”{number + 2}张。\n{formula}16个项目中，已有6个竣工，竣工率50%。"
        (tmp_path / "reports" / f"{formula}.txt").write_text(text, encoding="utf-8")
    for name in ("a.csv", "a.xlsx"):
        assert run(command, "reports", "--region", "白水县", "--published", "2012", "--output", name).returncode in {
            0,
            1,
        }
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8"), newline="")))
    assert len(rows) > 1
    assert not [cell for row in rows for cell in row if is_formula(cell)]
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


class Tags(HTMLParser):
    """Counts the tags and attributes of a page; what is in scripts is no tag."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: set[tuple[str, str]] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen |= {(tag, ""), *((tag, name) for name, _ in attributes)}


HARMS = [
    EVIL,
    '"><svg onload=alert(1)>',
    "'><iframe src=javascript:alert(1)>",
    "</script><base href=//a>",
    "{{7919*7907}}${7919*7907}",
]
SHOWS: dict[str, Callable[[healthie.Report, str], str]] = {
    "page": lambda report, _: report.to_html(lang="en", findings=healthie.check(report)),
    "notebook": lambda report, _: report._repr_html_(),
    "table": lambda report, name: healthie.facts_table({name: report})._repr_html_(),
    "panel": lambda report, name: healthie.panel({name: report})._repr_html_(),
    "chart": lambda report, name: healthie.plot({name: report}).to_html(),
}


@pytest.mark.parametrize("show", SHOWS)
@pytest.mark.parametrize("harm", HARMS)
def test_html_in_a_report_is_text_wherever_it_is_shown(show: str, harm: str) -> None:
    def shown(word: str) -> str:
        text = (
            f"白水县{word}卫生局\n2019年，白水县{word}“{word}签约”率达到81.5%，"
            f"16个{word}项目中，已有6个竣工，竣工率50%。"
        )
        source = healthie.Source(text, path=f"{word}.txt", title=word)
        report = healthie.extract(source)
        assert report.facts
        return SHOWS[show](replace(report, source=source), f"{word}.txt")

    page, plain = shown(harm), shown("清泉")
    assert Tags(page).seen <= Tags(plain).seen
    assert page.lower().count("<script") == plain.lower().count("<script")
    assert page.lower().count("</script") == plain.lower().count("</script")
    assert str(7919 * 7907) not in page  # no template runs what a report says


def test_html_of_a_report_in_formats_for_other_tools_is_json() -> None:
    report = healthie.extract(healthie.Source(f"2019年，白水县{EVIL}签约率达到81.5%。", path=EVIL))
    for line in (*report.to_jsonl().splitlines(), report.to_json(), report.to_web_annotations()):
        json.loads(line)
    assert all(line[0] in "TARE#*" for line in report.to_brat().splitlines())
