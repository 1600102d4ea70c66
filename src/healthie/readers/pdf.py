"""PDF files: the text layer, in the order that PDFium reads it, line by line.

Start at `read_pdf`. PDFium gives characters and their boxes; `_lines` puts them into lines by where they stand: a wide
gap parts the cells of a table, and the small gap that a typesetter leaves between Chinese and digits is no space.
Where a line is justified or letter-spaced, its gaps are measured from those that part all its characters.
`healthie.readers.layout` tells what the place of lines says, and `healthie.readers.pages` joins them.
"""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from threading import Lock
from typing import TYPE_CHECKING, Any

import regex

from healthie.extras import need
from healthie.readers.layout import Line, place
from healthie.readers.pages import PageLines, join_pages
from healthie.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthie.readers.limits import Limits

__all__ = ["read_pdf"]

# PDFium may be called by one thread at a time.
_LOCK = Lock()
_DATE = regex.compile(r"D:(\d{4})(\d\d)(\d\d)")
_PRINTED_BY = regex.compile(r"Microsoft Word\s*-\s*")
_FILE_NAME = regex.compile(r"\.\w{3,4}$")
_HAN = regex.compile(r"[\p{Han}\p{Block=CJK_Symbols_And_Punctuation}\uff00-\uffef]")
_HYPHENS = "\ufffe\x02\xad"
# In widths of a character:
_LEAST_SPACE, _SPACE_IN_SPACED = 0.1, 0.25
_SPACED = 0.05
_SPACE_IN_MIXED = 0.4  # a typesetter's gap between Chinese and digits is a quarter
_CELL_GAP, _CELL_GAP_IN_ROW = 1.0, 0.5
_WIDE = 0.5  # characters farther apart than this are cells, unless all of their line stand as far apart
_SAME_LINE = 0.5
_BACK = 2.0  # a sign from another font may be drawn behind the next one
_WIDTH_OF_HEIGHT = 0.75
_LONGEST = 500  # characters of a line that are searched for a gap
# In parts of the gap that a line has between all its characters:
_MORE_FOR_SPACE, _MORE_FOR_CELL = 0.5, 2.0
_EVEN, _EXACT = 0.85, 0.95  # the least of the gaps, in parts of the largest
_LEAST_EVEN = 3


@dataclass(slots=True)
class _Char:
    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def em(self) -> float:
        """About the width of a Chinese character of this size."""
        return self.right - self.left if _HAN.match(self.text) else (self.top - self.bottom) * _WIDTH_OF_HEIGHT


def read_pdf(data: bytes, limits: Limits) -> Source:
    """Read the text layer of a PDF file.

    Parameters
    ----------
    data : bytes
        The whole file.
    limits : Limits
        How many pages and characters it may have.

    Returns
    -------
    Source
        Its text, its pages, and the title and date that its metadata state.

    Raises
    ------
    ImportError
        If pypdfium2 is not installed.
    ValueError
        If it is damaged, locked, too long, or holds no text.
    """
    pypdfium2 = need("pypdfium2", "Reading PDF files", extra="files")
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise ValueError(_reason(str(error))) from None
        try:
            limits.check_pages(len(document))
            pages = _read_pages(document, limits)
            title, created = _stated(document, "Title"), _stated(document, "CreationDate")
        finally:
            document.close()
    text, parts = join_pages(pages)
    if not text.strip():
        raise ValueError("its pages are pictures without a text layer: run text recognition (OCR) on it first.")
    return Source(text, title=_title(title), published=_day(created), part_kind="page", parts=parts)


def _reason(error: str) -> str:
    if "password" in error.lower() or "security" in error.lower():
        return "it is locked by a password: save a copy without one."
    return "it is damaged, it cannot be opened as a PDF file: get or save a new copy."


def _stated(document: Any, key: str) -> str:
    """Return what the metadata state of the file, empty where it is damaged."""
    try:
        return str(document.get_metadata_value(key))
    except UnicodeDecodeError:
        return ""


def _title(stated: str) -> str:
    """Return the title that the metadata state, unless it is the name of a file or not in Chinese."""
    title = _PRINTED_BY.sub("", stated).strip()
    return "" if _FILE_NAME.search(title) or not _HAN.search(title) else title


def _day(stamp: str) -> str:
    match = _DATE.match(stamp)
    try:
        return date(*map(int, match.groups())).isoformat() if match else ""
    except ValueError:
        return ""


# --- a page ---------------------------------------------------------------------------------------------------------


def _read_pages(document: Any, limits: Limits) -> list[PageLines]:
    """Return the lines of the pages, as long as they are not too many."""
    pages, characters = [], 0
    for number in range(len(document)):
        with _text_page(document, number) as (page, text_page):
            characters += text_page.count_chars() if text_page else 0
            limits.check_characters(characters)
            pages.append(_read_page(page, text_page) if text_page else PageLines([], []))
    return pages


@contextmanager
def _text_page(document: Any, number: int) -> Iterator[tuple[Any, Any]]:
    """Open a page and its text; of a page that is damaged there is none."""
    import pypdfium2

    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        yield None, None
        return
    try:
        yield page, text_page
    finally:
        text_page.close()
        page.close()


def _read_page(page: Any, text_page: Any) -> PageLines:
    lines = _lines(_characters(text_page))
    _, bottom, _, top = page.get_cropbox()
    return place(lines, (-top, -bottom))


def _characters(text_page: Any) -> list[_Char]:
    """Return the characters of a page in the order that PDFium reads them; a space of its own has no width."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    found: list[_Char] = []
    for i in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, i)
        char = chr(code) if code < 0x110000 else ""
        if pdfium.FPDFText_IsGenerated(text_page, i) == 1:
            if char == " " and found:
                last = found[-1]
                found.append(_Char(" ", last.right, last.right, last.bottom, last.top))
            continue
        if char in _HYPHENS:
            char = "-"
        if char and (char.isprintable() or char.isspace()):
            pdfium.FPDFText_GetLooseCharBox(text_page, i, ctypes.byref(box))
            found.append(_Char(" " if char in "\r\n\t" else char, box.left, box.right, box.bottom, box.top))
    return found


def _lines(chars: list[_Char]) -> list[Line]:
    """Put characters into lines."""
    lines: list[list[_Char]] = []
    for char in chars:
        if lines and (_goes_on(lines[-1][-1], char) or _fills_gap(lines[-1], char)):
            lines[-1].append(char)
        else:
            lines.append([char])
    return [line for line in map(_line, lines) if line.text]


def _goes_on(before: _Char, after: _Char) -> bool:
    """Tell whether a character stands behind another in the same line."""
    height = max(before.top - before.bottom, after.top - after.bottom)
    back = _BACK * max(before.em, after.em)
    return abs(before.middle - after.middle) <= _SAME_LINE * height and after.left >= before.left - back


def _fills_gap(line: list[_Char], char: _Char) -> bool:
    """Tell whether a character drawn late, as a quotation mark from another font, has its place within a line."""
    last, middle = line[-1], (char.left + char.right) / 2
    if (
        len(line) > _LONGEST
        or char.text.isspace()
        or abs(last.middle - char.middle) > _SAME_LINE * (last.top - last.bottom)
    ):
        return False
    is_within = any(one.right <= middle for one in line) and any(one.left >= middle for one in line)
    return is_within and not any(one.left < middle < one.right for one in line)


def _line(chars: list[_Char]) -> Line:
    """Make a line of characters, with a space or a bar where they stand apart."""
    chars = sorted(chars, key=lambda char: char.left)
    em = max(char.em for char in chars)
    drawn = [char for char in chars if not _is_made(char)]
    spaced = {id(after) for before, after in pairwise(chars) if _is_made(before)}
    pairs = list(pairwise(drawn))
    gaps = [(after.left - before.right) / em if em else 0.0 for before, after in pairs]
    usual = _usual_gaps(pairs, gaps)
    is_row = any(
        _is_cell_gap(gap, even, _CELL_GAP) and not before.text.isspace()
        for (before, _), gap, even in zip(pairs, gaps, usual, strict=True)
    )
    parts = [drawn[0].text] if drawn else []
    for (before, after), gap, even in zip(pairs, gaps, usual, strict=True):
        between = _in_row(before, after, gap, even) if is_row else _in_prose(before, after, gap, even)
        parts.extend((between if between == " | " or id(after) in spaced else "", after.text))
    right = max(char.right for char in drawn or chars)
    return Line("".join(parts).strip(), chars[0].left, right, -max(char.top for char in chars), em)


def _usual_gaps(pairs: list[tuple[_Char, _Char]], gaps: list[float]) -> list[float]:
    """Return for each pair the gap that justifying or letter-spacing its line puts between characters of its kind."""
    kinds = [_han_count(*pair) for pair in pairs]
    of_kind = {
        kind: [gap for gap, one in zip(gaps, kinds, strict=True) if one == kind and gap > -_WIDE] for kind in range(3)
    }
    chinese = _even_gap(of_kind[2], _EVEN)
    if len(of_kind[2]) < _LEAST_EVEN and not chinese:  # 2019 年 7 月
        chinese = _even_gap(of_kind[1] + of_kind[2], _EXACT)
    other = min(_low(of_kind[0]), chinese or _WIDE)
    usual = {0: 0.0 if other >= _WIDE > chinese else other, 1: chinese, 2: chinese}
    return [usual.get(kind, 0.0) for kind in kinds]


def _han_count(before: _Char, after: _Char) -> int:
    """Return how many of two characters are Chinese; -1 if one is a space."""
    if before.text.isspace() or after.text.isspace():
        return -1
    return bool(_HAN.match(before.text)) + bool(_HAN.match(after.text))


def _even_gap(gaps: list[float], even: float) -> float:
    """Return the gap that all have at least; a wide one only where all are about as wide."""
    least = _low(gaps)
    if least < _WIDE:
        return least
    return median(gaps) if len(gaps) >= _LEAST_EVEN and min(gaps) >= even * max(gaps) else 0.0


def _low(gaps: list[float]) -> float:
    """Return a gap that a quarter of those given do not reach, so that cells do not count."""
    return max(0.0, sorted(gaps)[len(gaps) // 4]) if gaps else 0.0


def _is_cell_gap(gap: float, usual: float, least: float) -> bool:
    return gap - usual >= max(least, _MORE_FOR_CELL * usual)


def _is_made(char: _Char) -> bool:
    """Tell whether a space is PDFium's own."""
    return char.text == " " and char.left == char.right


def _in_row(before: _Char, after: _Char, gap: float, usual: float) -> str:
    """Return what parts two characters in a row of a table."""
    if _is_cell_gap(gap, usual, _CELL_GAP_IN_ROW) and not before.text.isspace():
        return " | "
    return " " if usual < _LEAST_SPACE else _in_prose(before, after, gap, usual)


def _in_prose(before: _Char, after: _Char, gap: float, usual: float) -> str:
    """Return what parts two characters in a line of prose."""
    is_mixed = bool(_HAN.match(before.text)) != bool(_HAN.match(after.text))
    least = _SPACE_IN_MIXED if is_mixed else _SPACE_IN_SPACED if usual >= _SPACED else _LEAST_SPACE
    return "" if gap - usual < max(least, _MORE_FOR_SPACE * usual) else " "
