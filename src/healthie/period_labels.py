"""Short names of periods, the same for every report: ``2019``, ``2019H1``, ``2019Q3``, ``2019-07``, ``../2019-12-31``.

Start at `label`; `is_month_end` is asked wherever days are told as months.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthie.records import Period

__all__ = ["is_month_end", "label"]

# The first and the last month of what has a name of its own within a year.
_NAMED = {(1, 12): "", (1, 6): "H1", (7, 12): "H2", (1, 3): "Q1", (4, 6): "Q2", (7, 9): "Q3", (10, 12): "Q4"}


def label(period: Period | None) -> str:
    """Return the short name of a period.

    Parameters
    ----------
    period : Period or None
        Days, open or closed.

    Returns
    -------
    str
        A year, half, quarter, month or day where it is exactly one; else its two ends as ISO 8601 writes an interval,
        each as a year, a month or a day, ``..`` for an open one. Empty without a period.

    Examples
    --------
    >>> from healthie.records import Period
    >>> label(Period(date(2019, 1, 1), date(2019, 6, 30))), label(Period(None, date(2019, 12, 31)))
    ('2019H1', '../2019-12-31')
    >>> label(Period(date(2016, 1, 1), date(2020, 12, 31))), label(Period(date(2019, 1, 1), date(2019, 9, 30)))
    ('2016/2020', '2019-01/2019-09')
    """
    if period is None or (period.start is None and period.end is None):
        return ""
    start, end = period.start, period.end
    if start is None or end is None:
        return f"{_day(start)}/{_day(end)}"
    if start == end:
        return _day(start)
    if not (_is_first(start) and is_month_end(end)):
        return f"{_day(start)}/{_day(end)}"
    return _months(start, end)


def _months(start: date, end: date) -> str:
    """Return the label of a period of whole months."""
    months = (start.month, end.month)
    if start.year == end.year:
        if months in _NAMED:
            return f"{start.year:04}{_NAMED[months]}"
        if start.month == end.month:
            return _month(start)
    elif months == (1, 12):
        return f"{start.year:04}/{end.year:04}"
    return f"{_month(start)}/{_month(end)}"


def _is_first(day: date) -> bool:
    return day.day == 1


def is_month_end(day: date) -> bool:
    """Tell whether a day is the last of its month.

    Examples
    --------
    >>> is_month_end(date(2020, 2, 28)), is_month_end(date(2020, 2, 29))
    (False, True)
    """
    return day.day == monthrange(day.year, day.month)[1]


def _month(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ".."
