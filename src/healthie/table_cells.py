"""Tables that a report holds as plain text: their rows, and for each value the head of its row and of its column.

Start at `find_rows`. A table is a line of heads and, right below it, lines of as many cells, of which all but the
first hold one value each; tabs, bars or spaces part the cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from healthie.stretches import Stretch

__all__ = ["BARE_NUMBER", "UNIT_COLUMN", "Cell", "Row", "find_cells", "find_rows"]

_CELL = regex.compile(r"[^\s|]++(?:\([^()\n]{1,20}\))?")
# a line of a table has no mark of a sentence
_NO_ROW = regex.compile(r"[。;!?:]|,(?!\d{3}(?!\d))")
# a row may say that it is a part of the one above (其中:离退休人员)
_AMONG = regex.compile(r"\s{0,20}+其中:")
# a line that says once what all values of a table are counted in
_UNIT_LINE = regex.compile(r"(?<!\p{Han})\(?单位:\s*+([^\s()|:]{1,6})\)?\s*$")
# the heads of a column that holds the units of its rows
UNIT_COLUMN = frozenset({"单位", "计量单位"})
BARE_NUMBER = regex.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})++|\d+)(?:\.\d+)?")
# a value with its unit, which is no head; a year, a month or a quarter may be one
_VALUE = regex.compile(r"[+-]?\d[\d,.]*+(?![年季月]|[-至到]\d{1,2}月)")
# what a cell that is no word begins with
_WRITTEN = regex.compile(r"[+-]?\d")
_RULE = regex.compile(r"[\s|:+-]+")
_NO_VALUE = frozenset({"-", "--", "/", "—", "——", "…", "*", "无"})
_LONGEST_LINE = 400
_FEWEST_CELLS = 2


class Row(NamedTuple):
    """A line of values in a table.

    Attributes
    ----------
    cells : list of (int, int)
        Its cells; the first is its head.
    heads : list of (int, int)
        The heads of the columns, one for each cell behind the first.
    caption : (int, int)
        The line above the heads; empty at the start of the text.
    unit : (int, int)
        The unit that stands in a line above the heads (单位:万人); empty without one.
    """

    cells: list[Stretch]
    heads: list[Stretch]
    caption: Stretch
    unit: Stretch


class Cell(NamedTuple):
    """Where a value belongs in its table.

    Attributes
    ----------
    row, column : (int, int)
        The head of its row and of its column.
    number : int
        Which column it is in, from 1; 0 is the column of the heads.
    caption : (int, int)
        The line above the heads; empty at the start of the text.
    """

    row: Stretch
    column: Stretch
    number: int
    caption: Stretch


def find_rows(text: str, lines: Iterable[Stretch]) -> Iterator[Row]:
    r"""Find the rows of tables.

    Parameters
    ----------
    text : str
        Folded text.
    lines : iterable of (int, int)
        Its lines that hold something, in order.

    Yields
    ------
    Row
        Each line that has values below heads.

    Examples
    --------
    >>> text = "县区 床位(张) 医师\n甲县 412 97"
    >>> [[text[slice(*cell)] for cell in row.heads] for row in find_rows(text, [(0, 12), (13, 22)])]
    [['床位(张)', '医师']]
    """
    heads: list[Stretch] = []
    above = caption = unit = unit_above = (0, 0)
    for start, end in lines:
        if _RULE.fullmatch(text, start, end):
            continue
        cells = _cells(text, start, end)
        if heads and _is_row(text, cells, heads):
            yield Row(cells, _behind_first(cells, heads), caption, unit)
        elif stated := _UNIT_LINE.search(text, start, end):
            unit_above, heads = stated.span(1), []
        else:
            heads = cells if _are_heads(text, cells) else []
            caption, above = above, (start, end)
            if heads:
                unit, unit_above = unit_above, (0, 0)


def find_cells(text: str, lines: Iterable[Stretch], values: Iterable[Stretch]) -> dict[int, Cell]:
    r"""Find the values that stand in tables.

    Parameters
    ----------
    text : str
        Folded text.
    lines : iterable of (int, int)
        Its paragraphs, in order.
    values : iterable of (int, int)
        The quantities in it.

    Returns
    -------
    dict
        The cell of each value in a table, by where the value begins.

    Examples
    --------
    >>> text = "县区 参保率 住院率\n甲县 97% 85%"
    >>> cell = find_cells(text, [(0, 10), (11, 21)], [(14, 17), (18, 21)])[18]
    >>> text[slice(*cell.row)], text[slice(*cell.column)], cell.number
    ('甲县', '住院率', 2)
    """
    known = set(values)
    return {
        cell[0]: Cell(row.cells[0], head, number, row.caption)
        for row in find_rows(text, lines)
        for number, (cell, head) in enumerate(zip(row.cells[1:], row.heads, strict=True), 1)
        if cell in known
    }


def _cells(text: str, start: int, end: int) -> list[Stretch]:
    """Return the cells of a line; none where it is a sentence."""
    if end - start > _LONGEST_LINE:
        return []
    among = _AMONG.match(text, start, end)
    if _NO_ROW.search(text, among.end() if among else start, end):
        return []
    return [match.span() for match in _CELL.finditer(text, start, end)]


def _are_heads(text: str, cells: Sequence[Stretch]) -> bool:
    """Tell whether the cells of a line may be heads: two or more, and no value."""
    return len(cells) >= _FEWEST_CELLS and not any(_VALUE.match(text, *cell) for cell in cells)


def _is_row(text: str, cells: Sequence[Stretch], heads: Sequence[Stretch]) -> bool:
    """Tell whether a line has a cell for each head: words in the first, values, units or dashes in the others."""
    if len(cells) < _FEWEST_CELLS or len(cells) - len(heads) not in (0, 1) or _VALUE.match(text, *cells[0]):
        return False
    columns = zip(cells[1:], _behind_first(cells, heads), strict=True)
    others = [cell for cell, head in columns if text[slice(*head)] not in UNIT_COLUMN]
    written = [_WRITTEN.match(text, *cell) is not None for cell in others]
    return any(written) and all(
        is_written or text[slice(*cell)] in _NO_VALUE for cell, is_written in zip(others, written, strict=True)
    )


def _behind_first(cells: Sequence[Stretch], heads: Sequence[Stretch]) -> list[Stretch]:
    """Return the heads of the cells behind the first; a line of heads may leave out that of the first column."""
    return list(heads[len(heads) - len(cells) + 1 :])
