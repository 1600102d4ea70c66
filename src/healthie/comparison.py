"""Two years or two places side by side.

Start at `compare`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from healthie.export.columns import COMPARE_COLUMNS
from healthie.export.facts import named_reports
from healthie.export.table import Table
from healthie.observations import observe, settle
from healthie.period_labels import is_month_end

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from healthie.export.facts import Reports
    from healthie.export.table import Cell
    from healthie.observations import Settled
    from healthie.report import Report

__all__ = ["compare"]

_SHARED = ("indicator", "indicator_id", "unit", "status")
_Value = TypeVar("_Value")


def compare(a: Reports, b: Reports) -> Table:
    r"""Return two years, or two places, side by side: the levels that both state, then what only one of them states.

    Parameters
    ----------
    a, b : Report, iterable of Report, or mapping of str to Report
        The two sides.

    Returns
    -------
    Table
        A row for each indicator, unit, place, period and status, with the columns of `panel` once for each side,
        ``difference`` (b minus a) and ``ratio`` (b by a). If each side is of one place, and the two differ, they stand
        for each other; if each side is of one year, and the two differ, so do the years (the first half of one is
        compared with the first half of the other). A state at a day (``../2019-12-31``) is also compared with the part
        of the year that ends on it (``2019``). What is left is listed with the other side empty.

    Raises
    ------
    TypeError
        If one of the reports is none.

    Examples
    --------
    >>> import healthie
    >>> a = healthie.extract("白水县2018年工作总结\n2018年，全县有卫生院床位480张。")
    >>> b = healthie.extract("白水县2019年工作总结\n2019年，全县有卫生院床位504张。")
    >>> [row] = compare(a, b)
    >>> row["period_a"], row["value_a"], row["period_b"], row["value_b"], row["difference"], row["ratio"]
    ('2018', Decimal('480'), '2019', Decimal('504'), Decimal('24'), Decimal('1.05'))
    """
    reports_a, reports_b = named_reports(a), named_reports(b)
    # Both at once, so that an indicator has one unit on both sides.
    found = observe((*reports_a, *reports_b), "level")
    cut = sum(fact.role == "level" for _, report in reports_a for fact in report.facts)
    point_a, point_b = _points(reports_a, reports_b)
    side_a = [_Slot.of(one, point_a) for one in settle(found[:cut])]
    side_b = [_Slot.of(one, point_b) for one in settle(found[cut:])]
    same, side_a, side_b = _pair([(slot.whole(), slot) for slot in side_a], [(slot.whole(), slot) for slot in side_b])
    states, side_a, side_b = _pair(
        [(slot.end(state=True), slot) for slot in side_a], [(slot.end(state=False), slot) for slot in side_b]
    )
    years, side_a, side_b = _pair(
        [(slot.end(state=False), slot) for slot in side_a], [(slot.end(state=True), slot) for slot in side_b]
    )
    pairs = [*same, *states, *years]
    rows = [
        *(_row(one.settled, other.settled) for one, other in pairs),
        *(_row(one.settled, None) for one in side_a),
        *(_row(None, other.settled) for other in side_b),
    ]
    return Table(COMPARE_COLUMNS, tuple(rows), "comparison")


class _Point(NamedTuple):
    """From where a side counts, as far as the two sides stand elsewhere: its own place, and its own year or 0."""

    place: tuple[str, ...]
    year: int


class _Slot(NamedTuple):
    """What must be the same on both sides: the indicator with its unit and status, the place, and the period."""

    settled: Settled
    what: Hashable
    first: tuple[int, int, int] | None
    last: tuple[int, int, int] | None

    @classmethod
    def of(cls, settled: Settled, point: _Point) -> _Slot:
        one = settled.shown
        place = ("here",) if one.place and one.place == point.place else one.place
        days = one.days
        return cls(
            settled,
            (one.key, one.quantity.unit, one.fact.status, place),
            _day(days.start, point.year, end=False) if days else None,
            _day(days.end, point.year, end=True) if days else None,
        )

    def whole(self) -> Hashable:
        return (self.what, self.first, self.last)

    def end(self, *, state: bool) -> Hashable:
        """Return what a state at a day and the year up to that day share; None for what is not the one wanted."""
        if self.last is None:
            return None
        is_year_to_date = self.first is not None and self.first == (self.last[0], 1, 1)
        is_wanted = self.first is None if state else is_year_to_date
        return (self.what, self.last) if is_wanted else None


def _day(day: date | None, year: int, *, end: bool) -> tuple[int, int, int] | None:
    """Return a day as years from a year, month and day of the month; the last one of any February is the same."""
    if day is None:
        return None
    return day.year - year, day.month, 31 if end and is_month_end(day) else day.day


def _points(a: Sequence[tuple[str, Report]], b: Sequence[tuple[str, Report]]) -> tuple[_Point, _Point]:
    """Return from where the two sides count."""
    places = _stand_apart((_home(report) for _, report in a), (_home(report) for _, report in b), ())
    years = _stand_apart((_year(report) for _, report in a), (_year(report) for _, report in b), 0)
    return _Point(places[0], years[0]), _Point(places[1], years[1])


def _stand_apart(a: Iterable[_Value], b: Iterable[_Value], nothing: _Value) -> tuple[_Value, _Value]:
    """Return the one value of each side where each has one and the two differ."""
    first, second = set(a), set(b)
    if len(first) == len(second) == 1 and first != second and nothing not in first | second:
        return first.pop(), second.pop()
    return nothing, nothing


def _home(report: Report) -> tuple[str, ...]:
    region = report.document.region
    if region is None:
        return ()
    return (region.code,) if region.code else ("", region.name)


def _year(report: Report) -> int:
    period = report.document.period
    day = (period.end or period.start) if period else None
    return day.year if day else int(report.document.published[:4] or 0)


def _pair(
    a: Iterable[tuple[Hashable, _Slot]], b: Iterable[tuple[Hashable, _Slot]]
) -> tuple[list[tuple[_Slot, _Slot]], list[_Slot], list[_Slot]]:
    """Return the pairs with equal keys, and what is left of both sides; None is no key."""
    waiting: dict[Hashable, list[_Slot]] = {}
    for key, slot in b:
        waiting.setdefault(key, []).append(slot)
    keyless = waiting.pop(None, [])
    pairs, left = [], []
    for key, slot in a:
        if waiting.get(key):
            pairs.append((slot, waiting[key].pop(0)))
        else:
            left.append(slot)
    return pairs, left, [*keyless, *(slot for slots in waiting.values() for slot in slots)]


def _row(a: Settled | None, b: Settled | None) -> tuple[Cell, ...]:
    sides = {"a": _cells(a), "b": _cells(b)}
    shared = sides["a"] or sides["b"]
    row: dict[str, Cell] = {name: shared[name] for name in _SHARED}
    for side, cells in sides.items():
        row |= {f"{name}_{side}": cell for name, cell in cells.items()}
    if a and b:
        row["difference"], row["ratio"] = _distance(a, b)
    return tuple(None if row.get(column.name) == "" else row.get(column.name) for column in COMPARE_COLUMNS)


def _cells(settled: Settled | None) -> dict[str, Cell]:
    return settled.shown.cells() | {"conflicts": settled.conflicts} if settled else {}


def _distance(a: Settled, b: Settled) -> tuple[Decimal | None, Decimal | None]:
    """Return difference and ratio of two values that are no ranges."""
    first, second = a.shown.quantity, b.shown.quantity
    if first.value_max is not None or second.value_max is not None:
        return None, None
    ratio = second.value / first.value if first.value else None
    return second.value - first.value, ratio
