"""Values and days as a reader writes them.

Start at `value_text` and `days_text`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import healthie.value_text as text
from healthie.period_labels import is_month_end

if TYPE_CHECKING:
    from decimal import Decimal

    from healthie.records import Fact, Period

__all__ = ["days_text", "digits", "value_text"]


def digits(value: Decimal) -> str:
    """Return a number in full, with its thousands apart: ``6,324,000``."""
    return text.digits(value, thousands=True)


def value_text(fact: Fact) -> str:
    """Return a fact's value with its modifier and its direction, its thousands apart, without the unit.

    Examples
    --------
    >>> import healthie
    >>> value_text(healthie.extract("门诊量同比下降5.80%。").facts[0])
    '−5.8'
    """
    return text.value_text(fact, thousands=True)


def days_text(period: Period) -> str:
    """Return the days of a period as short as they are exact: whole years and months without their days.

    Examples
    --------
    >>> import healthie
    >>> days_text(healthie.find_periods("2018年上半年")[0])
    '2018-01 – 2018-06'
    >>> days_text(healthie.find_periods("截至2018年7月底")[0])
    '→ 2018-07-31'
    """
    start, end = period.start, period.end
    if start is None or end is None:
        return f"→ {end}" if end else f"{start} →" if start else ""
    if start == end:
        return start.isoformat()
    length = 10
    if start.day == 1 and is_month_end(end):
        length = 4 if (start.month, end.month) == (1, 12) else 7
    first, last = start.isoformat()[:length], end.isoformat()[:length]
    return first if first == last else f"{first} – {last}"
