"""Cells of tables that a report holds as plain text: for each value, the head of its row and of its column.

Start at `find_cells`. A table is a line of heads and, right below it, lines of as many cells, of which all but the
first hold one value each; tabs, bars or spaces part the cells.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from healthie.stretches import Stretch

__all__ = ["BARE_NUMBER", "RULE", "UNIT_COLUMN", "Cell", "cells_of_line", "find_cells", "is_no_value"]

_CELL = regex.compile(r"[^\s|]++(?:\([^()\n]{1,20}\))?")
# a line of a table has no mark of a sentence
_NO_ROW = regex.compile(r"[。;!?:]|,(?!\d{3}(?!\d))")
# a row may say that it is a part of the one above (其中:离退休人员)
_AMONG = regex.compile(r"\s*+其中:")
# the heads of a column that holds the units of its rows
UNIT_COLUMN = frozenset({"单位", "计量单位"})
BARE_NUMBER = regex.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})++|\d+)(?:\.\d+)?")
RULE = regex.compile(r"[\s|:+-]+")
_NO_VALUE = frozenset({"-", "--", "/", "—", "——", "…", "*", "无"})
_LONGEST_LINE = 400
_FEWEST_CELLS = 2


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


def find_cells(text: str, lines: Sequence[Stretch], values: Sequence[Stretch]) -> dict[int, Cell]:
    r"""Find the values that stand in tables.

    Parameters
    ----------
    text : str
        Folded text.
    lines : sequence of (int, int)
        Its paragraphs, in order.
    values : sequence of (int, int)
        The quantities in it, in order.

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
    found: dict[int, Cell] = {}
    starts = [start for start, _ in values]
    heads: list[Stretch] = []
    above = caption = (0, 0)
    for start, end in lines:
        if RULE.fullmatch(text, start, end):
            continue
        cells = cells_of_line(text, start, end)
        held = values[bisect_left(starts, start) : bisect_left(starts, end)]
        if heads and cells and _is_row(text, cells, held, heads):
            found.update(_of_row(cells, held, heads, caption))
        else:
            numbered = any(BARE_NUMBER.fullmatch(text, *cell) for cell in cells)
            heads = cells if not held and not numbered and len(cells) >= _FEWEST_CELLS else []
            above, caption = (start, end), above
    return found


def cells_of_line(text: str, start: int, end: int) -> list[Stretch]:
    """Return the cells of a line; none where it is a sentence.

    Parameters
    ----------
    text : str
        Folded text.
    start, end : int
        The line.

    Returns
    -------
    list of (int, int)
        The cells, in order.

    Examples
    --------
    >>> cells_of_line("甲县 97% 85%", 0, 10)
    [(0, 2), (3, 6), (7, 10)]
    """
    among = _AMONG.match(text, start, end)
    if end - start > _LONGEST_LINE or _NO_ROW.search(text, among.end() if among else start, end):
        return []
    return [match.span() for match in _CELL.finditer(text, start, end)]


def is_no_value(cell: str) -> bool:
    """Tell whether a cell says that there is no value.

    Parameters
    ----------
    cell : str
        What it holds, folded.

    Returns
    -------
    bool
        Whether it holds a dash or the like.

    Examples
    --------
    >>> is_no_value("--"), is_no_value("0")
    (True, False)
    """
    return cell in _NO_VALUE


def _is_row(text: str, cells: list[Stretch], held: Sequence[Stretch], heads: list[Stretch]) -> bool:
    """Tell whether a line has a cell for each head: the first without a value, the others one value each or none."""
    if len(cells) < _FEWEST_CELLS or len(cells) - len(heads) not in (0, 1) or not held or held[0][0] < cells[0][1]:
        return False
    values = set(held)
    units = {number for number, head in enumerate(heads, len(cells) - len(heads)) if text[slice(*head)] in UNIT_COLUMN}
    return all(
        number in units or cell in values or _holds_nothing(text[slice(*cell)])
        for number, cell in enumerate(cells[1:], 1)
    )


def _holds_nothing(cell: str) -> bool:
    """Tell whether a cell has no value: a dash, or a number that only names or orders its row (编号)."""
    return is_no_value(cell) or BARE_NUMBER.fullmatch(cell) is not None


def _of_row(
    cells: list[Stretch], held: Sequence[Stretch], heads: list[Stretch], caption: Stretch
) -> Iterator[tuple[int, Cell]]:
    """Yield the values of a row, each with its cell; a line of heads may leave out that of the first column."""
    shift = len(cells) - len(heads)
    values = set(held)
    for number, cell in enumerate(cells):
        if number and cell in values:
            yield cell[0], Cell(cells[0], heads[number - shift], number, caption)
