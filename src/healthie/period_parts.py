"""Parts and edges of a period: one of its years, quarters or months, its first and last year, the day before it.

Start at `part_of_time`; `healthie.timescope` gives them to values of a row and to the ends of a change.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from healthie.records import Period
from healthie.timecontext import add_months

__all__ = ["day_before", "first_year", "last_year", "part_of_time"]

# the months of a quarter
_QUARTER = 3


def part_of_time(period: Period, size: int, turn: int) -> Period | None:
    """Return one of the years, quarters or months of a time that has just so many; None where it has not."""
    start, end = period.start, period.end
    if start is None or end is None or start.day != 1:
        return None
    months = 12 * (end.year - start.year) + end.month - start.month + 1
    unit = next((unit for unit in (12, 3, 1) if months == unit * size), 0)
    if not unit or (unit == _QUARTER and "季" not in period.text) or (unit == 1 and "月" not in period.text):
        return None
    opened = add_months(start, unit * turn)
    return replace(period, start=opened, end=add_months(opened, unit) - timedelta(days=1), kind="interval")


def day_before(period: Period) -> Period:
    """Return the day before several years, on which stands what they start from."""
    if period.start is None or period.start <= date.min:
        return period
    return replace(period, start=None, end=period.start - timedelta(days=1), kind="until")


def first_year(period: Period) -> Period:
    """Return the first of several years that both ends are named of (2020年到2025年)."""
    if period.start is None:
        return period
    return replace(period, end=date(period.start.year, 12, 31), kind="interval")


def last_year(period: Period) -> Period:
    """Return the last of several years."""
    if period.end is None:
        return period
    return replace(period, start=date(period.end.year, 1, 1), kind="interval")
