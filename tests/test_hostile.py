"""Files made to harm: refused in one plain sentence or shown as text. Each test makes its file.

What takes time or memory without end is in test_limits.py; what goes out of the process, in test_offline.py.
"""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

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
