"""How a file's kind is told, what is refused and how, and what plain text and `extract` do with a file."""

from __future__ import annotations

import io
import socket
import sys
import zipfile
from pathlib import Path

import pytest

import healthie
from healthie.readers import Limits, read, read_bytes
from healthie.readers.plain import decode
from healthie.source import Part, Source

SIMPLE = "全县建成村卫生室86所，签约居民12.5万人。\r\n"
TRADITIONAL = "全縣建成村衛生室86所，簽約居民12.5萬人，較上年增長3.2個百分點，為貧困人口減免醫療費用。"


def packed(**parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


# --- encodings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [SIMPLE, TRADITIONAL, "ASCII only 8%", "生僻字𠮷和emoji😀都在，其余是常用的字。"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_known_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs"])
def test_big5(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)) == TRADITIONAL
    assert (
        decode("嘅喺啲：全港有公立醫院43間，病牀3萬張。".encode("big5hkscs"))
        == "嘅喺啲：全港有公立醫院43間，病牀3萬張。"
    )


@pytest.mark.parametrize("text", [SIMPLE, TRADITIONAL, "二〇二二年工作总结，全县签约居民十二万人。", "工作总结\n\n8%"])
@pytest.mark.parametrize("order", ["le", "be"])
def test_utf_16_with_its_mark_and_without(text: str, order: str) -> None:
    mark = b"\xff\xfe" if order == "le" else b"\xfe\xff"
    assert decode(mark + text.encode(f"utf-16-{order}")) == text
    assert decode(text.encode(f"utf-16-{order}")) == text


def test_what_a_page_declares_is_asked_where_the_bytes_do_not_tell() -> None:
    data = SIMPLE.encode("gb18030") * 100 + b"\xff"
    with pytest.raises(ValueError, match="its encoding is not known"):
        decode(data)
    assert decode(data, declared="gb2312") == SIMPLE * 100 + "\ufffd"
    assert decode(SIMPLE.encode(), declared="gb2312") == SIMPLE
    assert decode(SIMPLE.encode("gb18030"), declared="no such thing") == SIMPLE


@pytest.mark.parametrize("text", [SIMPLE, TRADITIONAL])
def test_every_encoding_of_a_report_is_told_apart(text: str) -> None:
    long = text * 40
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5"):
        if text is SIMPLE and encoding == "big5":
            continue
        assert decode(long.encode(encoding)) == long


# --- refused --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "it is empty: get or save a new copy, or leave it out."),
        (b" \r\n\t", "it is empty: get or save a new copy, or leave it out."),
        ("\ufeff\u3000".encode(), "it is empty: get or save a new copy, or leave it out."),
        (b"\0\0\0\1\0\0\x10\0", "it is not text, it holds zero bytes: save it as UTF-8 text."),
        (b"\x01\x02\x03\x04 text", "it is not text, it holds control characters: save it as UTF-8 text."),
        ("café naïve".encode("latin-1"), "its encoding is not known"),
        ("全国の病院は約8300施設であり、前年より増加した。".encode("shift_jis"), "its encoding is not known"),
        (SIMPLE.encode("utf-8")[:-6] + b"\xff\xff", "its encoding is not known"),
        (b"\xff\xfe\x00", "its encoding is not known"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "it is an old Word, WPS or Excel file"),
        (b"{\\rtf1\\ansi}", "it is an RTF file: save it as DOCX or PDF."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it is a picture: run text recognition"),
        (b"%PDF-1.4\n8", "it is damaged, it cannot be opened as a PDF file: get or save a new copy."),
        (b"PK\x03\x04abc", "it is damaged, the archive that it is cannot be opened: get or save a new copy."),
        (packed(**{"xl/workbook.xml": "<a/>"}), "it is an Excel file, not a report"),
        (packed(**{"ppt/presentation.xml": "<a/>"}), "it is a PowerPoint file"),
        (packed(**{"content.xml": "<a/>"}), "it is an OpenDocument file"),
        (packed(**{"报告.txt": SIMPLE}), "it is an archive: unpack it"),
        (
            packed(**{"word/document.xml": "<w"}),
            "it is damaged, it cannot be opened as a Word file: get or save a new copy.",
        ),
        (packed(**{"OFD.xml": "<ofd"}), "it is damaged, it cannot be opened as an OFD file: get or save a new copy."),
    ],
)
def test_what_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message) as error:
        read_bytes(data)
    assert "\n" not in str(error.value)
    assert str(error.value).endswith(".")


LAUGHS = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'


@pytest.mark.parametrize("main", ["word/document.xml", "OFD.xml"])
@pytest.mark.parametrize("xml", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(main: str, xml: str, encoding: str) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(main, xml.encode(encoding))
    with pytest.raises(ValueError, match="it declares XML entities"):
        read_bytes(data.getvalue())


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    zeros = "0" * 4_000_000
    data = packed(**{"word/document.xml": "<a/>", **{f"word/media/{i}": zeros for i in range(100)}})
    assert len(data) < 1_000_000
    with pytest.raises(ValueError, match=r"it unpacks to 400,000,004 bytes in 101 parts, more than the 300,000,000"):
        read_bytes(data)
    with pytest.raises(ValueError, match="more than the 1,000 bytes"):
        read_bytes(packed(**{"OFD.xml": "0" * 1_001}), limits=Limits(unpacked=1_000))


def test_parts_without_number_are_refused() -> None:
    with pytest.raises(ValueError, match=r"10,002 parts"):
        read_bytes(packed(**{"word/document.xml": "", **{f"{i}": "" for i in range(10_001)}}))


def test_a_file_that_is_too_big(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(SIMPLE.encode() * 10)
    with pytest.raises(ValueError, match=r"报告\.txt: it has more bytes than the 100 that are read: split it\."):
        read(path, limits=Limits(size=100))


def test_a_locked_archive() -> None:
    data = bytearray(packed(**{"word/document.xml": "<a/>"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ValueError, match="it is locked by a password"):
        read_bytes(bytes(data))


# --- kinds ----------------------------------------------------------------------------------------------------------


def test_content_counts_before_the_name(tmp_path: Path) -> None:
    page = f"<!-- 存档 -->\n<!DOCTYPE html><html><body><p>{SIMPLE}</p></body></html>"
    for name in ("report.doc", "report.txt", "report.html", "report"):
        (tmp_path / name).write_text(page, encoding="utf-8")
        assert read(tmp_path / name).text == SIMPLE.strip()
    (tmp_path / "report.pdf").write_text(SIMPLE, encoding="utf-8", newline="")
    assert read(tmp_path / "report.pdf").text == SIMPLE


def test_the_name_counts_where_the_content_does_not_tell() -> None:
    fragment = f"<p>{SIMPLE}</p>".encode()
    assert read_bytes(fragment, name="页面.HTM").text == SIMPLE.strip()
    assert read_bytes(fragment, name="页面.md").text == f"<p>{SIMPLE}</p>"


def test_plain_text_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "报告.md"
    text = "# 工作总结\r\n\r\n\t全县有卫生院8所。\u3000\r\n"
    path.write_bytes(text.encode("gb18030"))
    source = Source(text, path=str(path), kind="text", encoding="gb18030")
    assert read(path) == read(str(path)) == healthie.read(path) == source


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.txt")
    with pytest.raises((IsADirectoryError, PermissionError)):
        read(tmp_path)


@pytest.mark.parametrize(
    ("module", "data", "kind"),
    [
        ("trafilatura", b"<html><p>8</p></html>", "web pages needs trafilatura"),
        ("pypdfium2", b"%PDF-1.7", "PDF files needs pypdfium2"),
        ("docx", packed(**{"word/document.xml": "<a/>"}), "Word files needs python-docx"),
        ("ofdkit", packed(**{"OFD.xml": "<a/>"}), "OFD files needs ofdkit"),
    ],
)
def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, module: str, data: bytes, kind: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError, match=rf"Reading {kind}: pip install 'healthie\[files\]'"):
        read_bytes(data)
    assert read_bytes(SIMPLE.encode()).text == SIMPLE


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a socket was made")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    page = (
        f'<html><base href="http://example.org/"><iframe src="a.html"></iframe><img src="b.png"><p>{SIMPLE}</p></html>'
    )
    assert SIMPLE.strip() in read_bytes(page.encode()).text


def test_web_pages_without_an_article() -> None:
    for page in (b"<html></html>", b"<html><body><script>8</script></body></html>"):
        with pytest.raises(ValueError, match="it holds no article"):
            read_bytes(page)


def test_web_pages_laid_out_by_tables() -> None:
    article = "".join(f"<p>{i}村有卫生室{i}所，签约居民{i}万人，门诊{i}万人次。</p>" for i in range(3, 20))
    page = (
        "<html><body><table><tr><td><a href='/'>首页</a></td><td><table><tr><td>"
        f"{article}<table><tr><td>门诊量</td><td>3.5</td></tr><tr><td>急诊量</td><td>2.5</td></tr></table>"
        "</td></tr></table></td></tr></table></body></html>"
    )
    lines = read_bytes(page.encode("gb18030")).text.splitlines()
    assert lines[0] == "3村有卫生室3所，签约居民3万人，门诊3万人次。"
    assert len(lines) == 19
    assert lines[-2:] == ["门诊量 | 3.5", "急诊量 | 2.5"]


def test_buttons_at_the_end_of_a_page_disturb_nothing() -> None:
    wanted = healthie.extract("2022年，全县建成卫生室132所")
    for buttons in ("【打印】【关闭】", "\n【打印】【关闭】", "\n【打印本页】 【关闭窗口】", " [打印] [关闭]"):
        report = healthie.extract(wanted.text + buttons)
        assert [(f.indicator.text, f.quantity) for f in report.facts] == [
            (f.indicator.text, f.quantity) for f in wanted.facts
        ]
        assert (report.document.region, report.document.period) == (wanted.document.region, wanted.document.period)


# --- extract --------------------------------------------------------------------------------------------------------


def test_extract_takes_a_path_and_a_source(tmp_path: Path, report_text: str) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(report_text.encode("gb18030"))
    told = healthie.extract(report_text)
    read_so = healthie.extract(path)
    assert (read_so.text, read_so.document, read_so.facts) == (told.text, told.document, told.facts)
    assert told.source is None
    assert read_so.source == read(path)
    assert healthie.extract(read(path)) == read_so


def test_a_str_is_always_text(tmp_path: Path) -> None:
    path = tmp_path / "报告2022.txt"
    path.write_text(SIMPLE, encoding="utf-8")
    assert healthie.extract(str(path)).text == str(path)


@pytest.mark.parametrize("n_process", [1, 2])
def test_a_stream_of_all_three(tmp_path: Path, n_process: int) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(SIMPLE, encoding="utf-8", newline="")
    reports = list(healthie.extract_many([SIMPLE, path, Source(SIMPLE, part_kind="page")], n_process=n_process))
    assert [len(report.facts) for report in reports] == [2, 2, 2]
    assert [report.source and report.source.path for report in reports] == [None, str(path), ""]


def test_one_report_is_no_stream(tmp_path: Path) -> None:
    for report in (tmp_path / "报告.txt", Source(SIMPLE)):
        with pytest.raises(TypeError, match="give an iterable"):
            healthie.extract_many(report)  # type: ignore[arg-type]


def test_a_bad_file_names_itself(tmp_path: Path) -> None:
    path = tmp_path / "报告.pdf"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(ValueError, match=r"报告\.pdf: it is damaged"):
        healthie.extract(path)


@pytest.mark.parametrize(
    ("text", "filed", "published", "end"),
    [
        ("上半年，全县建成村卫生室86所。", "2019-07-20", "2019-07-20", "2019-06-30"),
        ("上半年，全县建成村卫生室86所。", "", "", None),
        ("2019年上半年，全县建成村卫生室86所。", "2019-07-20", "2019-07-20", "2019-06-30"),
        ("2012年，全县建成村卫生室86所。", "2026-11-30", "", "2012-12-31"),
        (
            "白水县卫生健康局2019年工作总结\n全县建成村卫生室86所。\n白水县卫生健康局\n2020年1月5日",
            "2020-08-01",
            "2020-01-05",
            "2019-12-31",
        ),
    ],
    ids=["where the text says none", "nowhere", "beside a year", "made anew later", "below what is signed"],
)
def test_the_date_of_a_file(text: str, filed: str, published: str, end: str | None) -> None:
    report = healthie.extract(Source(text, published=filed))
    assert report.document.published == published
    assert end == (report.facts[0].period and report.facts[0].period.end.isoformat())


def test_what_the_caller_says_counts_before_the_file() -> None:
    report = healthie.extract(Source("上半年，全县建成村卫生室86所。", published="2019-07-20"), published="2018")
    assert report.document.published == "2018"


def test_the_title_of_a_file() -> None:
    assert healthie.extract(Source("全县建成村卫生室86所。", title="工作总结")).document.title == "工作总结"
    titled = Source("白水县2019年工作总结\n\n全县建成村卫生室86所。", title="别的")
    assert healthie.extract(titled).document.title == "白水县2019年工作总结"


def test_parts_lead_back() -> None:
    source = Source("卫生院8所。卫生室60所。", part_kind="page", parts=(Part(1, 0, 6), Part(2, 6, 13)))
    report = healthie.extract(source)
    assert report.source is source
    assert [source.part(fact.quantity.start) for fact in report.facts] == [Part(1, 0, 6), Part(2, 6, 13)]
