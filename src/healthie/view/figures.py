"""Values and days as a reader writes them.

Start at `value_text` and `days_text`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthie.period_labels import is_month_end

if TYPE_CHECKING:
    from decimal import Decimal

    from healthie.records import Fact, Period

__all__ = ["days_text", "digits", "value_text"]

_SIGNS = {"=": "", "~": "≈ ", ">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ "}
_MINUS = "\N{MINUS SIGN}"


def digits(value: Decimal) -> str:
    """Return a number in full, with its thousands apart and no zeros at the end.

    Examples
    --------
    >>> from decimal import Decimal
    >>> digits(Decimal("6.324E+6")), digits(Decimal("37.260"))
    ('6,324,000', '37.26')
    """
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def value_text(fact: Fact) -> str:
    """Return a fact's value with its modifier and its direction, without the unit: ``≥ 30``, ``+12.6``, ``1–2``.

    Examples
    --------
    >>> import healthie
    >>> value_text(healthie.extract("门诊量同比下降5.80%。").facts[0])
    '−5.8'
    """
    quantity = fact.quantity
    value = digits(quantity.value)
    if quantity.value_max is not None:
        value = f"{value}–{digits(quantity.value_max)}"
    return _SIGNS[quantity.modifier] + fact.direction.replace("-", _MINUS) + value


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
