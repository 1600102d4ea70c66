"""The value of a fact as a reader writes it, on a screen, on a page and in an annotation.

Start at `value_text`; `digits` writes a number by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from healthie.records import Fact, Modifier

__all__ = ["digits", "value_text"]

_SIGNS: dict[Modifier, str] = {"=": "", "~": "≈ ", ">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ "}
_MINUS = "\N{MINUS SIGN}"


def digits(value: Decimal, *, thousands: bool = False) -> str:
    """Return a number in full, with no zeros at the end.

    Parameters
    ----------
    value : Decimal
        A finite decimal.
    thousands : bool
        Whether its thousands stand apart.

    Returns
    -------
    str
        No exponent, however large or small it is.

    Examples
    --------
    >>> from decimal import Decimal
    >>> digits(Decimal("6.324E+6"), thousands=True), digits(Decimal("6.324E+6")), digits(Decimal("37.260"))
    ('6,324,000', '6324000', '37.26')
    """
    text = f"{value:,f}" if thousands else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def value_text(fact: Fact, *, thousands: bool = False) -> str:
    """Return a fact's value with its modifier and its direction, without the unit: ``≥ 30``, ``+12.6``, ``1–2``.

    Parameters
    ----------
    fact : Fact
        A fact.
    thousands : bool
        Whether the thousands of its numbers stand apart.

    Returns
    -------
    str
        Both ends of a range.

    Examples
    --------
    >>> import healthie
    >>> value_text(healthie.extract("门诊量同比下降5.80%。").facts[0])
    '−5.8'
    """
    quantity = fact.quantity
    value = digits(quantity.value, thousands=thousands)
    if quantity.value_max is not None:
        value = f"{value}–{digits(quantity.value_max, thousands=thousands)}"
    return _SIGNS[quantity.modifier] + fact.direction.replace("-", _MINUS) + value
