"""Where the lines of a page stand, and what that says of paragraphs: `place` for the lines of PDF and OFD pages.

A line that begins two characters right of where others do opens a paragraph; one that does not reach to where the
others of its column end closes it.
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
# In widths of the widest line of the page: what is shorter is a title or a signature.
_LEAST_WIDTH = 0.4
_TITLE_SIZE = 1.15
_EDGE_LINES = 2
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


def place(lines: Sequence[Line]) -> PageLines:
    """Tell what the place of each line on a page says of it.

    Parameters
    ----------
    lines : sequence of Line
        In the order in which they are read.

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
    by_height = sorted(range(len(lines)), key=lambda i: lines[i].top)
    edges = sorted({*by_height[:_EDGE_LINES], *by_height[-_EDGE_LINES:]})
    lefts = Counter(round(line.left) for line in lines if line.em)
    shared = [left for left, count in lefts.items() if count > 1]
    return PageLines([_placed(line, lines, shared) if line.em else PageLine(line.text) for line in lines], edges)


def _placed(line: Line, lines: Sequence[Line], shared: Sequence[int]) -> PageLine:
    """Tell by the other lines whether one opens a paragraph, and how much of its column it leaves empty."""
    least, most = _INDENT
    is_indented = any(least * line.em <= line.left - left <= most * line.em for left in shared)
    widest = max(other.right - other.left for other in lines)
    is_long = line.right - line.left >= _LEAST_WIDTH * widest
    slack = (_column_end(line, lines) - line.right) / line.em if is_long else inf
    is_title = line.em >= _TITLE_SIZE * median(other.em for other in lines)  # centred, not indented
    return PageLine(line.text, slack=slack, is_indented=is_indented and not is_title, size=line.em)


def _column_end(line: Line, lines: Sequence[Line]) -> float:
    """Return where the lines end that begin about where one does: the last place that two of them reach."""
    column = sorted(other.right for other in lines if abs(other.left - line.left) <= _SAME_COLUMN * line.em)
    ends = [right for before, right in pairwise(column) if right - before <= line.em]
    return ends[-1] if ends else column[-1]
