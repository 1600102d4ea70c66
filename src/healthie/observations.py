"""Facts of many reports made comparable: one name and one unit for an indicator, and one fact for what several say.

Start at `observe`, which brings facts to common units, and `settle`, which joins those that say the same thing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from healthie.cues import EARLIER_VALUE
from healthie.export.facts import document_id, indicator_name, page_of
from healthie.indicator_tables import packaged_grammar
from healthie.indicators import describe
from healthie.lexicon import pattern
from healthie.period_labels import label
from healthie.text import fold
from healthie.units import unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from healthie.export.table import Cell
    from healthie.indicators import CanonicalIndicator
    from healthie.records import Fact, Period, Quantity, Role
    from healthie.report import Report

__all__ = ["Observation", "Settled", "observe", "settle"]

_OCCASIONS = "次"
_LEAD = 24  # more than the words between 由 and a value have
# What a rate of so many to a base may be counted in: 14.3人/10万 is 14.3/10万.
_NUMERATORS = ("人", "例", "1")


@dataclass(frozen=True, slots=True)
class Observation:
    """A fact of one of several reports.

    Attributes
    ----------
    source : str
        The name of the report.
    report : Report
        The report.
    number : int
        The index of the fact in the report.
    fact : Fact
        The fact.
    indicator : str
        The name of the canonical indicator; without one, the fact's own words.
    quantity : Quantity
        The fact's quantity in the unit of the indicator.
    """

    source: str
    report: Report = field(repr=False)
    number: int
    fact: Fact
    indicator: str
    quantity: Quantity

    @property
    def key(self) -> tuple[str, str]:
        """The indicator: its id, or else its words."""
        return (self.fact.indicator.id, "" if self.fact.indicator.id else self.indicator)

    @property
    def identity(self) -> tuple[int, int]:
        """Which fact of which report it is; quick to compare, where a report is not."""
        return (id(self.report), self.number)

    @property
    def reference(self) -> str:
        """The words compared with, without white space."""
        return _words(self.fact.reference.text) if self.fact.reference else ""

    @property
    def place(self) -> tuple[str, ...]:
        """The place: its code, or the name of one without a code beside the code of the report's own; empty without."""
        region, home = self.fact.region, self.report.document.region
        if region is None:
            return ()
        return (region.code,) if region.code else (home.code if home else "", region.name)

    @property
    def days(self) -> Period | None:
        """The period without the words that name it; None where neither end is known."""
        period = self.fact.period
        if period is None or not (period.start or period.end):
            return None
        return replace(period, text="", char_start=0, char_end=0, kind="interval")

    @property
    def value(self) -> tuple[str, Decimal, Decimal | None]:
        """What must be equal in two facts that agree."""
        return (self.fact.direction, self.quantity.value, self.quantity.value_max)

    def cells(self) -> dict[str, Cell]:
        """Return the cells that a panel and a comparison take from the fact shown."""
        fact, quantity, region, period = self.fact, self.quantity, self.fact.region, self.days
        page, page_kind = page_of(self.report, quantity.start)
        return {
            "indicator": self.indicator,
            "indicator_id": fact.indicator.id,
            "unit": quantity.unit,
            "region_code": region.code if region else None,
            "region_name": region.name if region else None,
            "period": label(period),
            "period_start": period.start if period else None,
            "period_end": period.end if period else None,
            "status": fact.status,
            "role": fact.role,
            "reference": self.reference,
            "value": quantity.value,
            "value_max": quantity.value_max,
            "modifier": quantity.modifier,
            "direction": fact.direction,
            "confidence": fact.confidence,
            "source": self.source,
            "document": document_id(self.report),
            "fact": self.number,
            "text": quantity.text,
            "start": quantity.start,
            "end": quantity.end,
            "page": page,
            "page_kind": page_kind,
        }


class Settled(NamedTuple):
    """The facts that say one thing: of one indicator, unit, place, period, status and reference.

    Attributes
    ----------
    shown : Observation
        The one that counts.
    others : tuple of Observation
        The rest, in the order in which they would have counted.
    """

    shown: Observation
    others: tuple[Observation, ...]

    @property
    def conflicts(self) -> int:
        """How many of the others state another value; what a value rose or fell from is none."""
        left = _left_behind((self.shown, *self.others))
        return sum(other.value != self.shown.value and other.identity not in left for other in self.others)


def observe(reports: Iterable[tuple[str, Report]], role: Role) -> list[Observation]:
    """Return the facts of one role, each in the unit of its indicator.

    Parameters
    ----------
    reports : iterable of (str, Report)
        Reports with their names.
    role : {"level", "change", "gap", "share", "rank"}
        The role wanted.

    Returns
    -------
    list of Observation
        In the order of the reports and their texts.
    """
    found = [
        Observation(source, report, number, fact, _indicator(fact), fact.quantity)
        for source, report in reports
        for number, fact in enumerate(report.facts)
        if fact.role == role
    ]
    groups: dict[tuple[str, str], list[Quantity]] = {}
    for one in found:
        groups.setdefault(one.key, []).append(one.quantity)
    # A change or a share is counted otherwise than its indicator: it has the unit that most of its kind have.
    rows = {key: _canonical(key[0]) if role == "level" else None for key in groups}
    common = {key: _common_units(quantities) for key, quantities in groups.items()}
    return [replace(one, quantity=_in_unit(one.quantity, rows[one.key], common[one.key])) for one in found]


def settle(observations: Sequence[Observation]) -> list[Settled]:
    """Join the facts that say the same thing, and choose the one that counts.

    The more confident one counts; of equal ones that of the report published later, then the one that came first. What
    a value rose or fell from (由50元提高到55元) counts last. Facts without a place or a period are joined within their
    report alone.

    Parameters
    ----------
    observations : sequence of Observation
        Of `observe`.

    Returns
    -------
    list of Settled
        In the order in which the first of each came.
    """
    groups: dict[tuple[object, ...], list[Observation]] = {}
    for one in observations:
        own = "" if one.place and one.days else document_id(one.report)
        key = (one.key, one.quantity.unit, one.place, one.days, own, one.fact.status, one.reference)
        groups.setdefault(key, []).append(one)
    return [_settled(group) for group in groups.values()]


def _settled(group: Sequence[Observation]) -> Settled:
    left = _left_behind(group)

    def weight(one: Observation) -> tuple[bool, float, str]:
        return one.identity not in left, one.fact.confidence, one.report.document.published

    shown, *others = sorted(group, key=weight, reverse=True)
    return Settled(shown, tuple(others))


def _left_behind(group: Sequence[Observation]) -> set[tuple[int, int]]:
    """Return the identities of the values that a later value of the same sentence rose or fell from.

    A group may be most of a report, so each is held against the last value of its sentence, not against all the others.
    """
    last: dict[tuple[int, int, int], int] = {}
    for one in group:
        sentence, start = _sentence(one), one.fact.quantity.start
        last[sentence] = max(start, last.get(sentence, start))
    return {
        one.identity for one in group if last[_sentence(one)] > one.fact.quantity.start and _is_said_to_be_left(one)
    }


def _sentence(one: Observation) -> tuple[int, int, int]:
    """Return which sentence of which report a fact stands in."""
    return (id(one.report), one.fact.sentence.start, one.fact.sentence.end)


def _is_said_to_be_left(one: Observation) -> bool:
    """Tell whether the words before a value say that something rose or fell from it."""
    start = one.fact.quantity.start
    before = fold(one.report.text[max(0, start - _LEAD) : start])
    return pattern(EARLIER_VALUE).search(before) is not None


def _indicator(fact: Fact) -> str:
    identifier = fact.indicator.id
    return (indicator_name(identifier) or identifier) if identifier else _words(fact.indicator.text)


def _words(text: str) -> str:
    """Return words as two reports would both write them: half width, without white space."""
    return "".join(fold(text).split())


def _canonical(identifier: str) -> CanonicalIndicator | None:
    """Return the row of an indicator; None without an id, and for an indicator of the caller's own."""
    try:
        return describe(identifier) if identifier else None
    except ValueError:
        return None


def _common_units(quantities: Iterable[Quantity]) -> dict[str, str]:
    """Return, for each base unit, the unit that most quantities have; of two, the one that came first."""
    counts = Counter(quantity.unit for quantity in quantities)
    common: dict[str, str] = {}
    for name, _ in counts.most_common():
        unit = unit_of(name)
        if unit:
            common.setdefault(unit.base, name)
    return common


def _in_unit(quantity: Quantity, row: CanonicalIndicator | None, common: dict[str, str]) -> Quantity:
    """Return a quantity in the unit of its indicator, or as it is where that cannot be."""
    if row is not None:
        return _in_canonical_unit(quantity, row)
    unit = unit_of(quantity.unit)
    return quantity.to(common[unit.base]) if unit and unit.base in common else quantity


def _in_canonical_unit(quantity: Quantity, row: CanonicalIndicator) -> Quantity:
    wanted, name = row.units[0], quantity.unit
    if not name:
        # 床位4800: the indicator says what is counted; of a rate it does not say whether % or ‰.
        return quantity if row.dimension == "rate" else replace(quantity, unit=wanted)
    numerator, slash, base = name.partition("/")
    if row.dimension == "rate" and slash and numerator in _NUMERATORS:
        quantity = replace(quantity, unit=f"/{base}")
    own, target = unit_of(quantity.unit), unit_of(wanted)
    if own and target and own.base == target.base:
        return quantity.to(wanted)
    return replace(quantity, unit=wanted) if _is_same_count(name, wanted) else quantity


def _is_same_count(name: str, wanted: str) -> bool:
    """Tell whether a unit counts the same for an indicator: 86个 are 86所, and 80元 for each are 80元/人."""
    if wanted.startswith(f"{name}/"):
        return True
    units = (unit_of(name), unit_of(wanted))
    is_counted = all(unit is not None and unit.dimension == "count" for unit in units)
    # Visits are not visitors, whatever the indicator.
    is_alike = wanted == _OCCASIONS or (_OCCASIONS in name) == (_OCCASIONS in wanted)
    return is_counted and is_alike and name in packaged_grammar().units.get(wanted, ())
