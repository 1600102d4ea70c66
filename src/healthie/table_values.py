"""Bare numbers in the cells of tables that a report holds as plain text: each with the unit that its table states once.

Start at `find_table_values`. The unit stands in the head of the column or row (床位（张）), in a column of units
(计量单位), or in a line above (单位：万人).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from healthie.stretches import Stretch
from healthie.table_cells import BARE_NUMBER, UNIT_COLUMN, Row, find_rows
from healthie.units import find_unit

__all__ = ["TableValue", "find_table_values"]

_HEAD_UNIT = regex.compile(r"\((?:单位:)?([^()\d]{1,8})\)$")
# what a column counts that states no unit (病例数)
_COUNTS = regex.compile(r"(?<![指系分参常倍])数$|人次$")
# columns whose numbers name or order what stands in their row
_NO_MEASURE = regex.compile(r"序号|编号|代码|年份|年度|排名|名次|位次|电话|备注|邮编|日期|时间|序数|编码")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_MAGNITUDES = "十百千万亿"


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
    return [value for row in find_rows(shape, _lines(shape)) for value in _values(shape, row)]


def _lines(shape: str) -> Iterator[Stretch]:
    """Yield the lines that hold something."""
    start = 0
    for line in shape.splitlines(keepends=True):
        if not line.isspace():
            yield start, start + len(line.rstrip())
        start += len(line)


def _values(shape: str, row: Row) -> Iterator[TableValue]:
    """Yield the numbers of a row that measure something."""
    first, *said = (shape[slice(*cell)] for cell in row.cells)
    heads = [shape[slice(*head)] for head in row.heads]
    beside = next((cell for cell, head in zip(said, heads, strict=True) if head in UNIT_COLUMN), "")
    in_row = _unit_in(first) or beside or _unit(shape[slice(*row.unit)])
    for (start, end), cell, head in zip(row.cells[1:], said, heads, strict=True):
        unit = _unit_in(head) or in_row
        if not BARE_NUMBER.fullmatch(cell) or _NO_MEASURE.search(head) or (_YEAR.fullmatch(cell) and not unit):
            continue
        if unit or _COUNTS.search(head):
            yield TableValue(start, end, _unit(unit))


def _unit_in(head: str) -> str:
    """Return the unit in the brackets of a head; an empty string where they hold none (州府 in 图们市(州府))."""
    bracketed = _HEAD_UNIT.search(head)
    return _unit(bracketed[1]) if bracketed else ""


def _unit(said: str) -> str:
    """Return words that are a unit, with a magnitude or without (百分点, 万人); an empty string for others."""
    units = (find_unit(said, at) for at in (0, len(said) - len(said.lstrip(_MAGNITUDES))))
    return said if any(unit is not None and unit[1] == len(said) for unit in units) else ""
