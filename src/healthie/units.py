"""Units of measure and counters: what they measure, and how to convert between those that measure the same.

Start at `find_unit`, which reads the unit that begins at a place of a text, or at `convert`. The table is
``data/units.tsv``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import regex

from healthie.gazetteer import read_rows
from healthie.numerals import canonical
from healthie.records import Quantity

__all__ = ["Unit", "convert", "find_unit", "unit_of"]

_MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_SLASH = regex.compile(r"[ ]?/[ ]?(?:\r?\n[ \t]{0,4})?")
_BASE = regex.compile(r"(?:\d{1,7}|[一二三四五六七八九十])?[百千万亿]{0,2}")
_PER_MANY = regex.compile(r"/(\d*)([百千万]?)(?:人|人口)?")
_PRODUCT = regex.compile(r"(?:人口|人|台|床)?·?(?:人口|年|月|天|日|时|h|min|d|s)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the table.

    Attributes
    ----------
    name : str
        As it is written.
    dimension : str
        What it measures: ``count``, ``money``, ``area``, ``rate`` …
    base : str
        The unit that `factor` refers to; only units with the same base can be converted.
    factor : Fraction
        How many of the base unit one of it is, exactly.
    kind : {"count", "rare", "noun", "name", "measure", "rate", "time", "age", "point"}
        How it behaves behind a number; see the head of the table.
    """

    name: str
    dimension: str
    base: str
    factor: Fraction
    kind: str


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[Unit, regex.Pattern[str] | None]]:
    """Return every unit by its name, with the pattern of what may not follow it."""
    table = {}
    for name, dimension, base, factor, kind, *stop in read_rows("units"):
        unit = Unit(name, dimension, base, Fraction(factor), kind)
        table[name] = (unit, regex.compile(stop[0]) if stop and stop[0] else None)
    return table


@lru_cache(maxsize=1)
def _by_first() -> dict[str, tuple[str, ...]]:
    """Return the names of the units by their first character, longest first."""
    groups: dict[str, list[str]] = {}
    for name in _table():
        groups.setdefault(name[0], []).append(name)
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in groups.items()}


def find_unit(shape: str, start: int) -> tuple[Unit, int] | None:
    """Return the longest unit that begins at a place, and where it ends; None where there is none.

    Parameters
    ----------
    shape : str
        A folded text.
    start : int
        Where the unit would begin.

    Returns
    -------
    (Unit, int) or None
        The unit, compound ones (``元/月``, ``/10万``) included.

    Examples
    --------
    >>> unit, end = find_unit("37.26元/月的补助", 5)
    >>> unit.name, unit.dimension, end
    ('元/月', 'money/月', 8)
    """
    for name in _by_first().get(shape[start : start + 1], ()):
        unit, stop = _table()[name]
        end = start + len(name)
        if shape.startswith(name, start) and not (stop and stop.match(shape, end)):
            return _compound(shape, unit, end)
    return _rate(shape, start)


def _compound(shape: str, unit: Unit, end: int) -> tuple[Unit, int]:
    """Read ``/月``, ``/人·年``, ``/10万`` behind a unit."""
    tail = _denominator(shape, end)
    if tail is None:
        return unit, end
    per = "".join(shape[end:tail].split())
    return Unit(unit.name + per, unit.dimension + per, unit.base + per, unit.factor, unit.kind), tail


def _denominator(shape: str, start: int) -> int | None:
    """Return where a denominator that begins at a place ends (``/月``, ``/10万人``); None where there is none."""
    slash = _SLASH.match(shape, start)
    if not slash:
        return None
    if (plain := _simple(shape, slash.end())) is not None:
        return plain
    base = _BASE.match(shape, slash.end())
    end: int = base.end() if base else slash.end()
    if end == slash.end():
        return None
    inner = _simple(shape, end)
    return end if inner is None else inner


def _simple(shape: str, start: int) -> int | None:
    """Return where a plain unit of a denominator ends."""
    names = _by_first().get(shape[start : start + 1], ())
    ends = [start + len(name) for name in names if shape.startswith(name, start)]
    product = _PRODUCT.match(shape, start)
    if product:
        ends.append(product.end())
    return max(ends, default=None)


def _rate(shape: str, start: int) -> tuple[Unit, int] | None:
    """Read a denominator without a unit before it: ``14.3/10万``."""
    end = _denominator(shape, start)
    if end is None:
        return None
    name = "".join(shape[start:end].split())
    found = _PER_MANY.fullmatch(name)
    if not found or not (found[1] or found[2]):
        return None
    base = Fraction(found[1] or 1) * _MAGNITUDES.get(found[2], 1)
    if base < 100:
        return None
    return Unit(name, "rate", "1", 1 / base, "rate"), end


def unit_of(name: str) -> Unit | None:
    """Return the unit of a name; None for a unit that the table does not hold.

    Parameters
    ----------
    name : str
        A unit as on `Quantity.unit`.

    Returns
    -------
    Unit or None
        The row of the table; for compound units and rates one made from their parts.

    Examples
    --------
    >>> unit_of("公顷").base
    '平方米'
    """
    if name in _table():
        return _table()[name][0]
    if not name:
        return None
    found = find_unit(name, 0)
    return found[0] if found and found[1] == len(name) else None


def _target(name: str) -> tuple[Unit, int] | None:
    """Return a unit that may carry a magnitude (``万元``), and how many of the bare unit it is."""
    if unit := unit_of(name):
        return unit, 1
    scale = 1
    while name and name[0] in _MAGNITUDES:
        scale *= _MAGNITUDES[name[0]]
        name = name[1:]
    unit = unit_of(name)
    return (unit, scale) if unit else None


def convert(quantity: Quantity, unit: str) -> Quantity:
    """Return a quantity in another unit of the same dimension.

    Parameters
    ----------
    quantity : Quantity
        What to convert.
    unit : str
        The unit wanted, with a magnitude if you like: ``元``, ``万元``, ``公顷``, ``%``.

    Returns
    -------
    Quantity
        The same place and text; value, value_max and unit changed.

    Raises
    ------
    ValueError
        If the table does not hold one of the units, or they do not measure the same.

    Examples
    --------
    >>> from decimal import Decimal
    >>> money = Quantity(0, 7, "37.26万元", Decimal(372600), unit="元")
    >>> convert(money, "万元").value
    Decimal('37.26')
    """
    source, wanted = unit_of(quantity.unit), _target(unit)
    if not quantity.unit:
        raise ValueError(f"{quantity.text!r} has no unit and cannot be given in {unit!r}.")
    if source is None or wanted is None:
        missing = quantity.unit if source is None else unit
        raise ValueError(f"The unit {missing!r} is not in the unit table, so {quantity.text!r} cannot be converted.")
    target, scale = wanted
    if source.base != target.base:
        raise ValueError(
            f"{quantity.text!r} measures {source.dimension} in {source.base} and cannot be given in {unit!r}; "
            f"choose a unit of {source.dimension}."
        )
    factor = source.factor / (target.factor * scale)
    upper = None if quantity.value_max is None else _times(quantity.value_max, factor)
    return replace(quantity, value=_times(quantity.value, factor), value_max=upper, unit=unit)


def _times(value: Decimal, factor: Fraction) -> Decimal:
    """Multiply before dividing, so that what comes out even is even: 1.5公顷 is 22.5亩."""
    return canonical(value * factor.numerator / factor.denominator)
