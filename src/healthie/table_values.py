"""Bare numbers in the cells of tables that a report holds as plain text: each with the unit that its table states once.

Start at `find_table_values`. The unit stands in the head of the column or row (床位（张）), in a column of units
(计量单位), or in a line above (单位：万人).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from healthie.stretches import Stretch
from healthie.table_cells import BARE_NUMBER, RULE, UNIT_COLUMN, cells_of_line, is_no_value
from healthie.units import find_unit

__all__ = ["TableValue", "find_table_values"]

_HEAD_UNIT = regex.compile(r"\((?:单位:)?([^()\d]{1,8})\)$")
_UNIT_ABOVE = regex.compile(r"(?<!\p{Han})\(?单位:\s*+([^\s()|:]{1,6})\)?\s*$")
# what a column counts that states no unit (病例数)
_COUNTS = regex.compile(r"(?<![指系分参常倍])数$|人次$")
# columns whose numbers name or order what stands in their row
_NO_MEASURE = regex.compile(r"序号|编号|代码|年份|年度|排名|名次|位次|电话|备注|邮编|日期|时间|序数|编码")
# a cell that holds a number, with its unit or without
_WRITTEN = regex.compile(r"[+-]?\d")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_MAGNITUDES = "十百千万亿"
_FEWEST_CELLS = 2


class TableValue(NamedTuple):
    """A number in a cell, and the unit with its magnitude (万人) that its table states; empty if it states none."""

    start: int
    end: int
    unit: str


def find_table_values(shape: str) -> list[TableValue]:
    r"""Find the bare numbers in the cells of tables.

    Parameters
    ----------
    shape : str
        A folded text.

    Returns
    -------
    list of TableValue
        In the order of the text. A number that states its own unit is none of them.

    Examples
    --------
    >>> text = "县区  床位(张)  医师数\n甲县  412  97"
    >>> [(text[start:end], unit) for start, end, unit in find_table_values(text)]
    [('412', '张'), ('97', '')]
    """
    if "\n" not in shape:
        return []
    found: list[TableValue] = []
    heads: list[str] = []
    above = unit_above = ""
    for start, end in _lines(shape):
        cells = cells_of_line(shape, start, end)
        said = [shape[slice(*cell)] for cell in cells]
        if heads and _is_row(said, heads):
            found.extend(_values(cells, said, heads, unit_above))
        elif unit := _unit(_UNIT_ABOVE.search(shape, start, end)):
            above, heads = unit, []
        elif not RULE.fullmatch(shape, start, end):
            heads = said if len(said) >= _FEWEST_CELLS and not any(map(BARE_NUMBER.fullmatch, said)) else []
            unit_above, above = (above, "") if heads else ("", above)
    return found


def _lines(shape: str) -> Iterator[Stretch]:
    """Yield the lines that hold something."""
    start = 0
    for line in shape.splitlines(keepends=True):
        if not line.isspace():
            yield start, start + len(line.rstrip())
        start += len(line)


def _is_row(said: Sequence[str], heads: Sequence[str]) -> bool:
    """Tell whether a line has a cell for each head: words in the first, numbers, units or dashes in the others."""
    if len(said) - len(heads) not in (0, 1) or BARE_NUMBER.fullmatch(said[0]):
        return False
    numbers = [cell for cell in said[1:] if BARE_NUMBER.fullmatch(cell)]
    others = [cell for cell, head in zip(said[1:], _heads_of(said, heads), strict=True) if head not in UNIT_COLUMN]
    return bool(numbers) and all(_WRITTEN.match(cell) or is_no_value(cell) for cell in others)


def _heads_of(said: Sequence[str], heads: Sequence[str]) -> Sequence[str]:
    """Return the heads of the cells behind the first; a line of heads may leave out that of the first column."""
    return heads[len(heads) - len(said) + 1 :]


def _values(cells: list[Stretch], said: list[str], heads: list[str], above: str) -> Iterator[TableValue]:
    """Yield the numbers of a row that measure something."""
    columns = list(zip(cells[1:], said[1:], _heads_of(said, heads), strict=True))
    beside = next((cell for _, cell, head in columns if head in UNIT_COLUMN), "")
    in_row = _unit(_HEAD_UNIT.search(said[0])) or beside or above
    for (start, end), cell, head in columns:
        unit = _unit(_HEAD_UNIT.search(head)) or in_row
        if not BARE_NUMBER.fullmatch(cell) or _NO_MEASURE.search(head) or (_YEAR.fullmatch(cell) and not unit):
            continue
        if unit or _COUNTS.search(head):
            yield TableValue(start, end, unit if _is_unit(unit) else "")


def _unit(stated: regex.Match[str] | None) -> str:
    """Return the unit that words state; an empty string where they state none (州府 in 图们市(州府))."""
    return stated[1] if stated is not None and _is_unit(stated[1]) else ""


def _is_unit(said: str) -> bool:
    """Tell whether words are a unit, with a magnitude or without (百分点, 万人)."""
    units = (find_unit(said, at) for at in (0, len(said) - len(said.lstrip(_MAGNITUDES))))
    return any(unit is not None and unit[1] == len(said) for unit in units)
