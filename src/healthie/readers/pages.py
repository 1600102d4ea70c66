"""Pages into one text: `join_pages` puts paragraphs together again that lines and pages cut.

What runs along the pages (heads, feet, page numbers) is left out. It is known by coming back: the same line at the edge
of many pages, or one with a page number that goes up with the page. Where it is known how the lines stand, it must also
stand in the margin, apart from the text, and at the same height on each page: what is in doubt is kept.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, inf, isnan, nan
from statistics import median
from typing import TYPE_CHECKING

import regex

from healthie.source import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["PageLine", "PageLines", "join_pages"]

INDENT = "\u3000\u3000"
_PAGE = r"(?!(?:19|20)\d\d)\d{1,4}"  # not a year
_OF = rf"(?:(?:[/共]|of\n?)(?:共|第)?{_PAGE}页?|[（(]共{_PAGE}页[)）])"
# A number with no word beside it must stand apart from what else the line says.
_MARKED = (
    rf"(?:第(?P<page>{_PAGE})页|[Pp](?:age|\.)\n?(?P<page>{_PAGE})|[-—–―·•－]+(?P<page>{_PAGE})[-—–―·•－]+)[,，]?{_OF}?"
)
_BARE = rf"(?P<page>{_PAGE})页?{_OF}?"
_APART = regex.compile(
    rf"\W{{0,3}}(?:{_MARKED}|{_BARE})\W{{0,3}}|(?P<rest>.+?)(?:{_MARKED}|[\n|]{_BARE})|(?:{_MARKED}|{_BARE}[\n|])(?P<rest>.+)",
    regex.DOTALL,
)
_SPACE = regex.compile(r"\s+")
_NUMBER_SPACE = regex.compile(r"(?<![-—–―·•－第/共|\s])\s+(?=\d{1,4}(?!\d))|(?<=\d|页)\s+(?![-—–―·•－页/共of|\s])")
_MOST_ROWS = 2
_LONGEST = 100  # the address of a page may be long
_PROSE = regex.compile(r"[。；，,]\p{Han}|。$")
_LEAST_SHARE = 0.3  # of the pages: heads of left and right pages differ, and some chapters have none
_ALONE = regex.compile(r"\W{0,3}(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/共]\s*\d{1,4}(?:\s*页)?)?\W{0,3}")
_ENDS = tuple("。；！？：;!?:…|】》")
_HEADING = regex.compile(
    r"[(（]?[一二三四五六七八九十]{1,3}[)）、]|[(（]?\d{1,2}[)）、]|第[一二三四五六七八九十]{1,3}[章节条]"
)
_SAME_SIZE = 1.15
_SMALL = 0.9  # of the size of the text
_MARGIN = 0.12  # of the page
_LEAST_MARGIN = 3.0  # in Chinese characters
_SAME_HEIGHT = 0.5
# In the space from line to line:
_GAP, _LEAST_GAP = 1.3, 0.9
_OUTMOST = 0.05  # of the page: small print there needs no more than its own height
_LEAST_PITCH = 1.2
_SLACK = 1.0
_FIRST = regex.compile(r"(?:[A-Za-z0-9.%,+/~-]+|.)[，。；：、！？）》】”’%％]*", regex.DOTALL)


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page.

    Attributes
    ----------
    text : str
        Its text.
    slack : float
        How much room it leaves to where the lines of its column end, in Chinese characters.
    is_indented : bool
        Whether it begins right of where others do.
    size : float
        The size of its print, in any unit.
    left, top : float
        Where it begins, and how far down the page it stands, in that unit; not a number if it is not known.
    """

    text: str
    slack: float = inf
    is_indented: bool = False
    size: float = 1.0
    left: float = nan
    top: float = nan


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page.

    Attributes
    ----------
    lines : sequence of PageLine
        In the order in which they are read.
    edges : sequence of int
        Which of them stand at the top or the bottom of the page.
    rows : sequence of sequence of int
        Which of them stand side by side, from the top of the page.
    ends : tuple of (float, float), optional
        Where the page begins and ends, as far down as the lines stand.
    """

    lines: Sequence[PageLine]
    edges: Sequence[int]
    rows: Sequence[Sequence[int]] = ()
    ends: tuple[float, float] | None = None


def join_pages(pages: Sequence[PageLines]) -> tuple[str, tuple[Part, ...]]:
    r"""Join the lines of pages into one text.

    Parameters
    ----------
    pages : sequence of PageLines
        In order.

    Returns
    -------
    text : str
        A paragraph a line, without running heads, running feet and page numbers.
    parts : tuple of Part
        Where each page stands in it.

    Examples
    --------
    >>> first = PageLines([PageLine("全县有卫生院8", slack=0.5), PageLine("- 1 -")], [0, 1])
    >>> text, parts = join_pages([first, PageLines([PageLine("所。"), PageLine("- 2 -")], [0, 1])])
    >>> text
    '全县有卫生院8所。\n'
    >>> parts
    (Part(number=1, start=0, end=7), Part(number=2, start=7, end=10))
    """
    running = _running(pages)
    kept = [
        (number, line)
        for number, page in enumerate(pages, start=1)
        for i, line in enumerate(page.lines)
        if (number, i) not in running
    ]
    ends = ["" if _runs_on(before, after) else "\n" for (_, before), (_, after) in pairwise(kept)]
    texts = [(INDENT if line.is_indented else "") + line.text for _, line in kept]
    length = [0] * (len(pages) + 1)
    for (number, _), text, end in zip(kept, texts, [*ends, "\n"], strict=False):
        length[number] += len(text) + len(end)
    parts, at = [], 0
    for number in range(1, len(pages) + 1):
        parts.append(Part(number, at, at + length[number]))
        at += length[number]
    return "".join(text + end for text, end in zip(texts, [*ends, "\n"], strict=False)), tuple(parts)


def _runs_on(before: PageLine, after: PageLine) -> bool:
    """Tell whether a line goes on in the next one, which the width of the page has cut off."""
    if before.slack >= _first_width(after.text) + _SLACK or after.is_indented or "|" in before.text + after.text:
        return False
    is_same_print = max(before.size, after.size) <= _SAME_SIZE * min(before.size, after.size)
    is_latin = before.text[-1].isascii() and before.text[-1].isalpha() and after.text[0].isascii()
    return is_same_print and not is_latin and not before.text.endswith(_ENDS) and not _HEADING.match(after.text)


def _first_width(line: str) -> float:
    """Return the width of what opens a line and is not cut: a character, a word or a number, and the marks behind."""
    return sum(0.5 if char.isascii() else 1.0 for char in _FIRST.match(line)[0])


def _running(pages: Sequence[PageLines]) -> set[tuple[int, int]]:
    """Return the page and index of each line that runs along the pages."""
    body = _body(pages)
    seen: dict[tuple[str, bool], list[tuple[int, int, float]]] = defaultdict(list)
    inner: dict[tuple[int, int], Sequence[int]] = {}
    for number, page in enumerate(pages, start=1):
        for i in page.edges:
            for is_foot, height in _heights(page, i):
                for form, is_numbered in _forms(page.lines[i].text, number):
                    between = () if isnan(height) else _between(page, i, is_foot, is_numbered, body)
                    if between is not None:
                        seen[form, is_foot].append((number, i, height))
                        inner[number, i] = between
    least = max(2, ceil(_LEAST_SHARE * len(pages)))
    running: set[tuple[int, int]] = set()
    for places in seen.values():
        for level in _levels(places, _SAME_HEIGHT * body[0]):
            if len({number for number, _, _ in level}) >= least:
                running.update((number, i) for number, i, _ in level)
    running = {(number, i) for number, i in running if all((number, j) in running for j in inner[number, i])}
    # What opens the text is its title, though later pages repeat it as their head.
    opens = pages[0].lines[0] if pages and pages[0].lines else PageLine("")
    return running if not isnan(opens.top) or _ALONE.fullmatch(opens.text) else running - {(1, 0)}


def _body(pages: Sequence[PageLines]) -> tuple[float, float]:
    """Return the size of the print of the text, and the space from line to line."""
    sizes = [line.size for page in pages for line in page.lines if not isnan(line.top)]
    tops = [[page.lines[row[0]].top for row in page.rows] for page in pages]
    steps = [after - before for one in tops for before, after in pairwise(one) if after > before]
    size = median(sizes) if sizes else 0.0
    return size, max(median(steps) if steps else 0.0, _LEAST_PITCH * size)


def _heights(page: PageLines, i: int) -> Iterator[tuple[bool, float]]:
    """Yield whether a line may be a foot, and how far it stands from that end of the page; twice if it may be both."""
    top = page.lines[i].top
    if isnan(top) or not page.rows:
        yield False, nan
        return
    begin, end = page.ends or (0.0, 0.0)
    at = next(k for k, row in enumerate(page.rows) if i in row)
    if at <= len(page.rows) // 2:
        yield False, top - begin
    if at >= (len(page.rows) - 1) // 2:
        yield True, end - top


def _between(
    page: PageLines, i: int, is_foot: bool, is_numbered: bool, body: tuple[float, float]
) -> Sequence[int] | None:
    """Return which lines stand between one in the margin and the gap that parts it from the text.

    None if there is no such gap, or if the line is a heading or a row of a table.
    """
    line, (size, step) = page.lines[i], body
    is_small = line.size <= _SMALL * size
    least = step * (_LEAST_GAP if is_numbered or is_small else _GAP)
    if page.ends:
        begin, end = page.ends
        far = end - line.top if is_foot else line.top - begin
        if far > max(_MARGIN * (end - begin), _LEAST_MARGIN * size):
            return None
        if is_small and far <= _OUTMOST * (end - begin):
            least = line.size
    rows = page.rows[::-1] if is_foot else page.rows
    at = next(k for k, row in enumerate(rows) if i in row)
    beside = [page.lines[j] for row in rows[max(0, at - 1) : at + 2] for j in row if j != i]
    if line.size > _SAME_SIZE * size or any(_is_same_table(line, other) for other in beside):
        return None
    for k in range(at, _MOST_ROWS):
        if k + 1 >= len(rows) or abs(page.lines[rows[k + 1][0]].top - page.lines[rows[k][0]].top) >= least:
            return [j for row in rows[at + 1 : k + 1] for j in row]
    return None


def _is_same_table(line: PageLine, other: PageLine) -> bool:
    return "|" in line.text and "|" in other.text and abs(line.left - other.left) <= line.size


def _levels(places: Iterable[tuple[int, int, float]], same: float) -> Iterator[list[tuple[int, int, float]]]:
    """Yield those that stand at the same height together; all if that is not known."""
    level: list[tuple[int, int, float]] = []
    for place in sorted(places, key=lambda place: place[2]):
        if level and place[2] - level[0][2] > same:
            yield level
            level = []
        level.append(place)
    yield level


def _forms(line: str, page: int) -> Iterator[tuple[str, bool]]:
    """Yield a line as it is, and with its page number counted from that of the page."""
    tight = _SPACE.sub("", line)
    if not tight or len(tight) > _LONGEST:
        return
    found = _APART.fullmatch(_spaced(line))
    rest = _SPACE.sub("", found["rest"] or "") if found else tight
    if _PROSE.search(rest):
        return
    yield tight, False
    if found:
        yield f"{rest}\n{int(found['page']) - page}", True


def _spaced(line: str) -> str:
    """Return a line without spaces, but with line breaks for those beside a number."""
    parts: list[str] = _NUMBER_SPACE.split(line)
    return "\n".join(_SPACE.sub("", part) for part in parts)
