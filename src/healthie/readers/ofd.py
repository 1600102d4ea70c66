"""OFD files (GB/T 33190), the government's own fixed-layout format: the text of their pages.

Start at `read_ofd`. ofdkit reads the pages; what could make it work without end in a file made to harm is looked for
first.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import regex

from healthie.extras import need
from healthie.readers.layout import Line, place
from healthie.readers.limits import (
    MOST_DRAWINGS,
    MOST_REPEATED,
    MOST_RUNS,
    check_declarations,
    check_xml_size,
    named_xml,
    open_archive,
    read_part,
)
from healthie.readers.pages import PageLines, join_pages
from healthie.source import Source

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

    from healthie.readers.limits import Limits

__all__ = ["read_ofd"]

_ENCODING = regex.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]{1,40})", regex.IGNORECASE)
_ENCODINGS = frozenset({b"utf-8", b"utf8", b"gb2312", b"gbk", b"gb18030", b"utf-16"})
_HEAD = 64
_BEFORE_XML = b" \t\r\n\0\xef\xbb\xbf\xfe\xff\x84\x31\x95\x33"  # white space, and marks of byte order, GB18030's too
_UNIT, _USE = b"COMPOSITEGRAPHICUNIT", b"COMPOSITEOBJECT"
_SAME_ROW = 0.5  # of the size of print


def read_ofd(data: bytes, limits: Limits) -> Source:
    """Read the text of an OFD file.

    Parameters
    ----------
    data : bytes
        The whole file.
    limits : Limits
        How much it may unpack to, and how many pages and characters it may have.

    Returns
    -------
    Source
        Its text, its pages, and the title and date that it states.

    Raises
    ------
    ImportError
        If ofdkit is not installed.
    ValueError
        If it is damaged, locked, too big, or holds no text.
    """
    ofdkit = need("ofdkit", "Reading OFD files", extra="files")
    with open_archive(data, limits) as archive:
        check_declarations(archive, named_xml(archive))  # ofdkit refuses them in parts called otherwise
        xml = [part for part in archive.infolist() if _looks_like_xml(archive, part)]
        check_xml_size(xml)
        _check_drawings(archive, xml)
    try:
        with ofdkit.open(BytesIO(data)) as document:
            limits.check_pages(len(document.pages))
            pages = _read_pages(document, limits)
            info = document.info
    except ofdkit.OFDError:
        raise ValueError("it is damaged, it cannot be opened as an OFD file: get or save a new copy.") from None
    except RecursionError:
        raise ValueError(
            "it is damaged, its parts are nested without end: get a new copy, or save it as PDF."
        ) from None
    text, parts = join_pages(pages)
    if not text.strip():
        raise ValueError("its pages are pictures without text: run text recognition (OCR) on it first.")
    return Source(text, title=info.title or "", published=_day(info.creation_date or ""), part_kind="page", parts=parts)


def _looks_like_xml(archive: ZipFile, part: ZipInfo) -> bool:
    """Tell whether a part could be read as XML: a file says itself where its pages are, under any name."""
    if part.filename.lower().endswith(".xml"):
        return True
    try:
        head = read_part(archive, part, _HEAD)
    except ValueError:  # no page is made of it
        return False
    head = head.lstrip(_BEFORE_XML)
    return not head or head.startswith(b"<")


def _check_drawings(archive: ZipFile, parts: list[ZipInfo]) -> None:
    """Raise if drawings are made of drawings, or of too many: text that is drawn again and again grows without end."""
    uses = drawings = 0
    for info in parts:
        part = read_part(archive, info)
        encoding = _ENCODING.search(part)
        if encoding and encoding[1].lower() not in _ENCODINGS:
            name = info.filename[:80]
            raise ValueError(
                f"it is damaged, the encoding of its part {name!r} is unknown: get a new copy, or save it as PDF."
            )
        part = part.replace(b"\0", b"").upper()
        uses += part.count(_USE)
        drawings += len(part) if _UNIT in part else 0
        if uses > MOST_DRAWINGS or uses * drawings > MOST_REPEATED or (_UNIT in part and _USE in part):
            raise ValueError("it nests or repeats drawings beyond what is read: save it as PDF.")


def _read_pages(document: Any, limits: Limits) -> list[PageLines]:
    """Return the lines of the pages, as long as they are not too many."""
    pages, characters = [], 0
    for page in document.pages:
        characters += sum(len(run.text) for run in page.runs)
        limits.check_characters(characters)
        pages.append(_read_page(page))
    return pages


def _read_page(page: Any) -> PageLines:
    """Return the lines of a page, each with the place of the pieces that it begins and ends with."""
    if len(page.runs) > MOST_RUNS:
        raise ValueError(f"its page {page.index + 1} is in more than {MOST_RUNS:,} pieces: save it as PDF.")
    rows = _rows([run for run in page.runs if run.text.strip()])
    return place([_located(line.strip(), rows) for line in page.text().splitlines() if line.strip()])


def _rows(runs: list[Any]) -> list[list[Any]]:
    """Return the pieces of text of each height, from left to right."""
    rows: list[list[Any]] = []
    for run in sorted(runs, key=lambda run: (run.y, run.x)):
        if rows and run.y - rows[-1][0].y <= _SAME_ROW * run.size:
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.x) for row in rows]


def _located(line: str, rows: list[list[Any]]) -> Line:
    """Return a line with its place, and take its pieces away; of two columns side by side none is known."""
    for row in rows:
        first, last = row[0], row[-1]
        if line.startswith(first.text.strip()) and line.endswith(last.text.strip()):
            rows.remove(row)
            return Line(line, first.x, last.x + last.width, first.y, max(first.size, last.size))
    return Line(line)


def _day(stamp: str) -> str:
    try:
        return date.fromisoformat(stamp[:10]).isoformat()
    except ValueError:
        return ""
