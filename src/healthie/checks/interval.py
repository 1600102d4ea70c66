"""What a number as written can stand for: 56.5% lies between 56.45 and 56.55, 3.2万 between 31500 and 32500.

Start at `written`. Arithmetic on `Interval` gives all values that the result can have.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import inf

import regex

from healthie.records import Quantity
from healthie.text import fold

__all__ = ["Bound", "Interval", "as_written", "last_place", "written"]

Bound = Fraction | float  # a float is an infinity
_FIGURES = regex.compile(r"\d[\d,]*(?:\.(\d+))?")
_ROUNDED = regex.compile(r"[万亿成半分]")
_SOME_MORE = regex.compile(r"[余多几数]")
# 约 is read as within one of the last figure that is not nought, or within 1 % where the figure is given more finely.
_ABOUT = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between two, both included.

    Attributes
    ----------
    low, high : Fraction or float
        The ends; minus or plus infinity where it is open.

    Examples
    --------
    >>> Interval(Fraction(2), Fraction(3)) + Interval(Fraction(1), Fraction(1))
    Interval(low=Fraction(3, 1), high=Fraction(4, 1))
    """

    low: Bound
    high: Bound

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def times(self, factor: Fraction) -> Interval:
        """Return it scaled by a number above nought."""
        return Interval(self.low * factor, self.high * factor)

    def over(self, other: Interval) -> Interval | None:
        """Return the quotient by another; None where one of them may be nought or less."""
        if self.low <= 0 or other.low <= 0:
            return None
        return Interval(self.low / other.high, self.high / other.low)

    def opposite(self) -> Interval:
        """Return it with the other sign."""
        return Interval(-self.high, -self.low)

    def distance(self, other: Interval) -> Bound:
        """Return how far two intervals are apart; nought where they meet."""
        return max(self.low - other.high, other.low - self.high, Fraction(0))


def written(quantity: Quantity) -> Interval:
    """Return what a quantity can stand for, in its unit.

    Counts without a magnitude (512家) are exact; every other number is rounded to its last figure. 约 widens it, 余,
    以上 and the like open it on one side.

    Parameters
    ----------
    quantity : Quantity
        As the finders give it.

    Returns
    -------
    Interval
        Both ends in the unit of the quantity, magnitudes folded in.

    Examples
    --------
    >>> from healthie import find_quantities
    >>> for q in find_quantities("床位3.2万张，使用率56.5%，医院512家，投入300余万元"):
    ...     interval = written(q)
    ...     print(q.text, float(interval.low), float(interval.high))
    3.2万张 31500.0 32500.0
    56.5% 56.45 56.55
    512家 512.0 512.0
    300余万元 3000000.0 4000000.0
    """
    value, top = Fraction(quantity.value), Fraction(quantity.value_max or quantity.value)
    if quantity.modifier in {">", ">="}:
        more = quantity.modifier == ">" and _SOME_MORE.search(quantity.text)
        return Interval(value, value + _last_figure(quantity.value) if more else inf)
    if quantity.modifier in {"<", "<="}:
        return Interval(-inf, top)
    half = last_place(quantity) / 2
    if quantity.modifier == "~":
        half = max(half, _last_figure(quantity.value), abs(value) * _ABOUT)
    return Interval(value - half, top + half)


def last_place(quantity: Quantity) -> Fraction:
    """Return what one more in the last figure of a quantity is worth; nought where it is exact.

    Parameters
    ----------
    quantity : Quantity
        As the finders give it.

    Returns
    -------
    Fraction
        In the unit of the quantity.
    """
    figures = _FIGURES.findall(_number_of(quantity))
    if len(figures) != 1:
        is_rounded = quantity.dimension not in {"count", "rank"} or _ROUNDED.search(quantity.text)
        return _last_figure(quantity.value) if is_rounded else Fraction(0)
    magnitude, _ = as_written(quantity)
    place = Fraction(1, 10 ** len(figures[0]))
    is_exact = magnitude == place == 1 and quantity.dimension in {"count", "rank"}
    return Fraction(0) if is_exact else abs(place * magnitude)


def as_written(quantity: Quantity) -> tuple[Fraction, str]:
    """Return the magnitude that a quantity is written in, and what stands behind its figures: 10000 and 万人.

    Parameters
    ----------
    quantity : Quantity
        As the finders give it.

    Returns
    -------
    (Fraction, str)
        1 and the unit where it is not written in one row of figures.
    """
    text, figures = _number_of(quantity), list(_FIGURES.finditer(_number_of(quantity)))
    number = Fraction(figures[0].group().replace(",", "")) if len(figures) == 1 else Fraction(0)
    if not number or not quantity.value:
        return Fraction(1), quantity.unit
    denominator = quantity.unit[quantity.unit.find("/") :] if "/" in quantity.unit else ""
    unit = _SOME_MORE.sub("", text[figures[0].end() :]) + denominator
    return abs(Fraction(quantity.value) / number), unit or quantity.unit


def _number_of(quantity: Quantity) -> str:
    """Return a quantity as written without white space and without the base of a rate (/10万)."""
    text = "".join(fold(quantity.text).split())
    return text.partition("/")[0] if "/" in quantity.unit else text


def _last_figure(value: Decimal) -> Fraction:
    """Return the place of the last figure that is not nought: 100 for 4500, 0.1 for 56.5."""
    exponent = value.normalize().as_tuple().exponent
    return Fraction(10) ** exponent if isinstance(exponent, int) and value else Fraction(1)
