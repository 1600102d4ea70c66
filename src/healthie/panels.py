"""Many reports as one panel: indicator by place by period.

Start at `panel`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from healthie.export.columns import PANEL_COLUMNS
from healthie.export.facts import named_reports
from healthie.export.table import Table
from healthie.observations import Settled, observe, settle
from healthie.records import Role

if TYPE_CHECKING:
    from healthie.export.facts import Reports
    from healthie.export.table import Cell

__all__ = ["panel"]


def panel(reports: Reports, *, role: Role = "level") -> Table:
    """Return what reports say as one tidy table: a row for each indicator, place, period and status.

    Parameters
    ----------
    reports : Report, iterable of Report, or mapping of str to Report
        Reports read; in a mapping, the keys are what the column ``source`` says.
    role : {"level", "change", "gap", "share", "rank"}
        Which facts: levels, or one of the others, with a row for each reference too. They are never mixed.

    Returns
    -------
    Table
        Values of an indicator in one unit; what cannot be converted has rows of its own. Where several facts state one
        row, the most confident is shown, of equal ones that of the report published later, then the one that came
        first; ``facts`` counts them, ``conflicts`` those with another value, and ``others`` says where they stand. Rows
        stand in the order in which the indicators came, then by place and period. docs/panel.md tells more,
        docs/columns.md of each column.

    Raises
    ------
    TypeError
        If one of the reports is none.
    ValueError
        If there is no such role.

    Examples
    --------
    >>> import healthie
    >>> report = healthie.extract("2019年，白水县投入资金1.2亿元。2020年，白水县投入资金9800万元。")
    >>> for row in panel(report):
    ...     print(row["region_name"], row["indicator"], row["period"], row["value"], row["unit"])
    白水县 投入资金 2019 120000000 元
    白水县 投入资金 2020 98000000 元
    """
    if role not in get_args(Role):
        raise ValueError(f"role={role!r} is unknown: use one of {', '.join(map(repr, get_args(Role)))}.")
    settled = settle(observe(named_reports(reports), role))
    order: dict[tuple[str, str], int] = {}
    for one in settled:
        order.setdefault(one.shown.key, len(order))
    settled.sort(key=lambda one: (order[one.shown.key], *_position(one)))
    return Table(PANEL_COLUMNS, tuple(map(_row, settled)), "panel")


def _position(one: Settled) -> tuple[str, ...]:
    """Return by what the rows of an indicator are ordered: unit, place, end and start of the period, status."""
    shown, days = one.shown, one.shown.days
    start, end = (days.start, days.end) if days else (None, None)
    return (shown.quantity.unit, "".join(shown.place), str(end or ""), str(start or ""), shown.fact.status)


def _row(one: Settled) -> tuple[Cell, ...]:
    others = " | ".join(
        f"{other.source}:{other.fact.quantity.start}:{other.fact.quantity.end} {_one_line(other.fact.quantity.text)}"
        for other in one.others
    )
    counts: dict[str, Cell] = {"facts": len(one.others) + 1, "conflicts": one.conflicts, "others": others}
    row: dict[str, Cell] = one.shown.cells() | counts
    return tuple(None if row[column.name] == "" else row[column.name] for column in PANEL_COLUMNS)


def _one_line(text: str) -> str:
    return "".join(text.split())
