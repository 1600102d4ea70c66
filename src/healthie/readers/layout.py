"""Where the lines of a page stand, and what that says of paragraphs: `place` for the lines of PDF and OFD pages.

A line that begins two characters right of where others do opens a paragraph; one that does not reach to where the
others of its column end closes it. Lines that stand side by side are columns, and a line over them is none of theirs.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median
from typing import TYPE_CHECKING

from healthie.readers.pages import PageLine, PageLines

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Line", "place"]

# In widths of a Chinese character:
_INDENT = (1.5, 2.6)
_SAME_COLUMN = 4.0
_SAME_HEIGHT = 0.5
# In widths of the widest line of the page, or of its column: what is shorter is a title or a signature.
_LEAST_WIDTH = 0.4
_TITLE_SIZE = 1.15
_EDGE_ROWS = 2
_MOST_LINES = 2_000  # each is compared with each; no honest page has more


@dataclass(frozen=True, slots=True)
class Line:
    """A line and where it stands, in any unit.

    Attributes
    ----------
    text : str
        Its text.
    left, right : float
        Where it begins and ends.
    top : float
        How far down the page it stands.
    em : float
        The width of a Chinese character in it; 0 if it is not known where the line stands.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    em: float = 0.0


def place(lines: Sequence[Line], ends: tuple[float, float] | None = None) -> PageLines:
    """Tell what the place of each line on a page says of it.

    Parameters
    ----------
    lines : sequence of Line
        In the order in which they are read.
    ends : tuple of (float, float), optional
        Where the page begins and ends, as far down as the lines stand.

    Returns
    -------
    PageLines
        In the same order.

    Examples
    --------
    >>> lines = [Line("全县有卫生院", 20, 80, 1, 10), Line("八所及村卫生室六", 0, 80, 2, 10)]
    >>> page = place([*lines, Line("十所。", 0, 30, 3, 10)])
    >>> [(line.is_indented, line.slack) for line in page.lines]
    [(True, 0.0), (False, 0.0), (False, inf)]
    """
    if len(lines) > _MOST_LINES:
        return PageLines([PageLine(line.text) for line in lines], [])
    rows = _rows(lines) or [[i] for i in range(len(lines))]
    edges = sorted({i for row in [*rows[:_EDGE_ROWS], *rows[-_EDGE_ROWS:]] for i in row})
    lefts = Counter(round(line.left) for line in lines if line.em)
    shared = [left for left, count in lefts.items() if count > 1]
    columns = _columns(lines, rows)
    placed = [
        _placed(line, lines, shared, column) if line.em else PageLine(line.text)
        for line, column in zip(lines, columns, strict=True)
    ]
    return PageLines(placed, edges, rows, ends)


def _rows(lines: Sequence[Line]) -> list[list[int]]:
    """Return the lines of each height, from the top of the page, without those of which it is not known."""
    rows: list[list[int]] = []
    for i in sorted((i for i, line in enumerate(lines) if line.em), key=lambda i: lines[i].top):
        if rows and lines[i].top - lines[rows[-1][0]].top <= _SAME_HEIGHT * lines[i].em:
            rows[-1].append(i)
        else:
            rows.append([i])
    return rows


def _columns(lines: Sequence[Line], rows: Sequence[Sequence[int]]) -> list[float | None]:
    """Return for each line where the next column begins, infinite in the last one; None outside of columns."""
    found: list[float | None] = [None] * len(lines)
    for row in rows:
        for i, after in pairwise(sorted(row, key=lambda i: lines[i].left)):
            if lines[i].right <= lines[after].left:
                found[i] = lines[after].left
                found[after] = inf
    for i, (before, line) in enumerate(pairwise(lines), start=1):  # the last lines of the longer column
        column = found[i - 1]
        is_near = before.top < line.top and abs(line.left - before.left) <= max(_INDENT) * line.em
        if found[i] is None and column is not None and is_near and line.right <= column:
            found[i] = column
    return found


def _placed(line: Line, lines: Sequence[Line], shared: Sequence[int], column: float | None) -> PageLine:
    """Tell by the other lines whether one opens a paragraph, and how much of its column it leaves empty."""
    least, most = _INDENT
    is_indented = any(least * line.em <= line.left - left <= most * line.em for left in shared)
    beside = _beside(line, lines, column)
    width = max(other.right - other.left for other in (lines if column is None else beside))
    is_long = line.right - line.left >= _LEAST_WIDTH * width
    slack = (_end([other.right for other in beside], line.em) - line.right) / line.em if is_long else inf
    is_title = line.em >= _TITLE_SIZE * median(other.em for other in lines)  # centred, not indented
    return PageLine(
        line.text,
        slack=slack,
        is_indented=is_indented and not is_title,
        size=line.em,
        left=line.left,
        top=line.top,
    )


def _beside(line: Line, lines: Sequence[Line], column: float | None) -> list[Line]:
    """Return the lines that begin about where one does, without those that run over the next column."""
    most = inf if column is None else column
    return [other for other in lines if abs(other.left - line.left) <= _SAME_COLUMN * line.em and other.right <= most]


def _end(rights: Sequence[float], em: float) -> float:
    """Return where lines end: the last place that two of them reach."""
    rights = sorted(rights)
    ends = [right for before, right in pairwise(rights) if right - before <= em]
    return ends[-1] if ends else rights[-1]
