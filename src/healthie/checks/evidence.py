"""A report as the checks look at it: what its values can stand for, which facts speak of the same, the words between.

Start at `Evidence`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, inf
from typing import TYPE_CHECKING

from healthie.checks.finding import Finding, Kind, Severity
from healthie.checks.interval import Bound, Interval, as_written, last_place, written
from healthie.checks.vocabulary import find
from healthie.numerals import canonical
from healthie.records import Period, Quantity, Span
from healthie.text import fold
from healthie.units import unit_of

if TYPE_CHECKING:
    from healthie.report import Report

__all__ = ["Evidence"]

_MOST = 40
_LONG = 120
_MOVES = r"^[^,;。、()]{0,14}?(?:(?P<up>{upward})|{downward})了?[到至为][^,;。、()]{0,14}$"


class Evidence:
    """One report under review.

    Parameters
    ----------
    report : Report
        The report.

    Attributes
    ----------
    text : str
        Its text, folded.
    facts : tuple of Fact
        Its facts.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.text = fold(report.text)
        self.facts = report.facts
        self._written: dict[int, Interval] = {}
        self._alone: dict[int, bool] = {}
        self._levels: dict[str, list[int]] = {}
        for i in self.where("level"):
            self._levels.setdefault(fold(self.facts[i].indicator.text), []).append(i)
        self._places = sorted((e.start, fold(e.text), e.id) for e in report.entities if e.label == "REGION")
        for i in range(len(self.facts)):  # in order: a value may stand alone by the one before it
            self._alone[i] = self._opens_its_sentence(i)

    def quantity(self, i: int) -> Quantity:
        """Return the quantity of a fact."""
        return self.facts[i].quantity

    def size(self, i: int) -> Interval:
        """Return what the value of a fact can stand for, in the base of its unit (平方米 for 公顷)."""
        if i not in self._written:
            unit = unit_of(self.quantity(i).unit)
            self._written[i] = written(self.quantity(i)).times(unit.factor if unit else Fraction(1))
        return self._written[i]

    def place_value(self, i: int) -> Fraction:
        """Return what one in the last figure is worth, in the base of the unit."""
        return last_place(self.quantity(i)) * self.factor(i)

    def factor(self, i: int) -> Fraction:
        """Return how many of the base unit one in the unit of a fact is."""
        unit = unit_of(self.quantity(i).unit)
        return unit.factor if unit else Fraction(1)

    def in_points(self, i: int, j: int) -> bool:
        """Tell whether one quantity is in points (百分点, 千分点) and the other a rate that has them."""
        return self.quantity(i).dimension == "points" and self.quantity(j).unit in {"%", "‰"}

    def comparable(self, i: int, j: int) -> bool:
        """Tell whether two facts are measured in the same: one unit, or two that convert."""
        one, other = self.quantity(i), self.quantity(j)
        if one.unit == other.unit:
            return one.per == other.per or self._says_its_base(i, j)
        units = unit_of(one.unit), unit_of(other.unit)
        return units[0] is not None and units[1] is not None and units[0].base == units[1].base and bool(one.unit)

    def _says_its_base(self, i: int, j: int) -> bool:
        """Tell whether two facts of one name have the base in it (次均费用由200元下降到180元)."""
        name = fold(self.facts[i].indicator.text)
        return self.same_indicator(i, j) and all(fold(self.quantity(k).per) in name for k in (i, j))

    def continues(self, i: int, j: int) -> bool:
        """Tell whether a quantity may be measured in the same as one right before it, whose base it leaves out."""
        one, other = self.quantity(i), self.quantity(j)
        return self.comparable(i, j) or (one.unit == other.unit and not other.per)

    def lead(self, i: int) -> str:
        """Return the words of the sentence before a quantity, from the end of the quantity before it."""
        fact = self.facts[i]
        before = self.quantity(i - 1).end if i else 0
        return self.text[max(fact.sentence.start, before) : fact.quantity.start]

    def clause_lead(self, i: int) -> str:
        """Return the words of the clause before a quantity, whatever other quantities it holds."""
        fact = self.facts[i]
        sentence = self.text[max(fact.sentence.start, fact.quantity.start - _LONG) : fact.quantity.start]
        return sentence[max(sentence.rfind(mark) for mark in ",:;(") + 1 :]

    def behind(self, i: int) -> str:
        """Return the words of the sentence behind a quantity, up to the next one."""
        fact = self.facts[i]
        after = self.quantity(i + 1).start if i + 1 < len(self.facts) else len(self.text)
        return self.text[fact.quantity.end : min(fact.sentence.end, after)]

    def between(self, i: int, j: int) -> str:
        """Return the words between two quantities."""
        return self.text[self.quantity(i).end : self.quantity(j).start]

    def same_sentence(self, i: int, j: int) -> bool:
        """Tell whether two facts stand in one sentence."""
        return self.facts[i].sentence == self.facts[j].sentence

    def same_stretch(self, i: int, j: int) -> bool:
        """Tell whether two facts stand in one sentence, or in several that only ； parts."""
        return self.same_sentence(i, j) or not find("[。!?\\n]", self.between(i, j))

    def same_indicator(self, i: int, j: int) -> bool:
        """Tell whether two facts name what they measure with the same words."""
        one, other = self.facts[i].indicator, self.facts[j].indicator
        return bool(one.text) and fold(one.text) == fold(other.text)

    def same_place(self, i: int, j: int) -> bool:
        """Tell whether two facts hold for the same place."""
        one, other = self.facts[i].region, self.facts[j].region
        return (one and (one.code, one.name)) == (other and (other.code, other.name))

    def same_time(self, i: int, j: int) -> bool:
        """Tell whether two facts hold for the same days."""
        return _days(self.facts[i].period) == _days(self.facts[j].period)

    def year_before(self, i: int, j: int) -> bool:
        """Tell whether the first of two facts holds for the same days as the second, a year before."""
        one, other = self.facts[i].period, self.facts[j].period
        if one is None or other is None or one.end is None or other.end is None:
            return False
        return _a_year_on(one.end) == _month(other.end) and _a_year_on(one.start) == _month(other.start)

    def places_within(self, span: Span) -> set[str]:
        """Return the codes of the places that begin within some characters."""
        return {code for _, _, code in self._places_between(span.start, span.end)}

    def _places_between(self, start: int, end: int) -> list[tuple[int, str, str]]:
        first, last = (bisect_left(self._places, (at, "", "")) for at in (start, end))
        return self._places[first:last]

    def stands_alone(self, i: int) -> bool:
        """Tell whether a sentence opens with what a fact measures, but for its time and place.

        Else words before it may say of whom or of what institutions it is (医院方面，次均费用…), and two values of the
        same words be of different things. Only indicators of the tables say by themselves what they are of.
        """
        return self._alone[i]

    def _opens_its_sentence(self, i: int) -> bool:
        fact = self.facts[i]
        if not fact.indicator.id or not fact.indicator.spans:
            return False
        opening = self._opening(i)
        if len(opening) > _LONG:
            return False
        times = [fold(fact.period.text)] if fact.period is not None else []
        start = fact.indicator.spans[0].start - len(opening)
        found = self._places_between(start, start + len(opening))
        places = sorted({words for _, words, _ in found}, key=len, reverse=True)
        for words in (*times, *places):
            opening = opening.replace(words, "")
        return find(r"^(?:{filler}|[\s,:\d])*$", opening) is not None

    def _opening(self, i: int) -> str:
        """Return the words of the sentence before what is measured, from the last value of the same in it."""
        fact, start = self.facts[i], self.facts[i].sentence.start
        indicator = fact.indicator.spans[0].start
        if i and self.same_sentence(i - 1, i) and self._is_said_anew(i):
            start = self.quantity(i - 1).end
        return self.text[start:indicator]

    def _is_said_anew(self, i: int) -> bool:
        """Tell whether a value of another time follows one that stands alone: 2018年签约率3%，2019年签约率5%."""
        before, fact = self.facts[i - 1], self.facts[i]
        is_other_time = bool(before.period and fact.period) and not self.same_time(i - 1, i)
        is_behind = fact.indicator.spans[0].start >= before.quantity.end and self.same_indicator(i - 1, i)
        return is_other_time and is_behind and self._alone.get(i - 1, False)

    def same_measure(self, i: int, j: int) -> bool:
        """Tell whether two facts measure the same, wherever they stand: by their words, nothing said before them."""
        is_plain = self.same_sentence(i, j) or (self.stands_alone(i) and self.stands_alone(j))
        return is_plain and self.same_indicator(i, j) and self.comparable(i, j)

    def levels(self, words: str, *, status: str = "") -> list[int]:
        """Return the levels of an indicator; none where so many have its words that they cannot be of one thing."""
        found = self._levels.get(fold(words), [])
        if len(found) > _MOST:
            return []
        return [i for i in found if status in {"", self.facts[i].status}]

    def where(self, role: str, *, status: str = "") -> Iterator[int]:
        """Return the indices of the facts of a role, and of a status where one is given."""
        for i, fact in enumerate(self.facts):
            if fact.role == role and status in {"", fact.status}:
                yield i

    def moves(self) -> Iterator[tuple[int, int, int]]:
        """Find the pairs of values that something moved between (由A增加到B), with 1 for up and -1 for down."""
        for j in range(1, len(self.facts)):
            i = j - 1
            is_pair = {self.facts[i].role, self.facts[j].role} <= {"level", "share"} and self.same_sentence(i, j)
            if not is_pair or not self.continues(i, j) or not self._comes_from(i):
                continue
            way = find(_MOVES, self.between(i, j))
            if way:
                yield i, j, 1 if way["up"] else -1

    def _comes_from(self, i: int) -> bool:
        return bool(find(r"[由从](?!而|此)[^,;。、]{0,20}$", self.lead(i)))

    def quote(self, i: int) -> str:
        """Return a quantity as it stands in the text, without line breaks."""
        return "".join(self.quantity(i).text.split())

    def sign(self, i: int) -> str:
        """Return the sign of a change or gap."""
        return self.facts[i].direction or "+"

    def show(self, interval: Interval, like: int) -> str:
        """Write an interval of base units as one quantity of a fact is written: in its magnitude, figures and unit."""
        quantity = self.quantity(like)
        magnitude, unit = as_written(quantity)
        place = last_place(quantity) / magnitude
        digits = max(0, len(str(place.denominator)) - 1) if place else 0
        scale = self.factor(like) * magnitude
        low = _decimal(interval.low / scale, _half_up, digits)
        high = _decimal(interval.high / scale, _half_down, digits)
        if low is None or high is None:
            return f"≤{high}{unit}" if low is None else f"≥{low}{unit}"
        return f"{low}{unit}" if low >= high else f"{low}～{high}{unit}"

    def finding(  # noqa: PLR0913 - a finding has these parts
        self,
        kind: Kind,
        indices: Iterable[int],
        *,
        stated: int,
        expected: Interval,
        message: str,
        message_zh: str,
        severity: Severity = "error",
        spans: Iterable[Span] = (),
    ) -> Finding:
        """Make a finding about some facts; `expected` is in the base of the unit of the fact `stated`."""
        facts = tuple(sorted(set(indices)))
        looked_at = {(span.start, span.end): span for span in (*spans, *map(self._span, facts))}
        factor = self.factor(stated)
        return Finding(
            kind=kind,
            severity=severity,
            facts=facts,
            spans=tuple(looked_at[key] for key in sorted(looked_at)),
            message=message,
            message_zh=message_zh,
            stated=self.quantity(stated).value,
            expected_low=_decimal(expected.low / factor, floor),
            expected_high=_decimal(expected.high / factor, ceil),
            unit=self.quantity(stated).unit,
            confidence=min(self.facts[i].confidence for i in facts),
        )

    def _span(self, i: int) -> Span:
        quantity = self.quantity(i)
        return Span(quantity.start, quantity.end, quantity.text)

    def severity(self, expected: Interval, stated: int, value: Interval) -> Severity:
        """Return how sure a difference is: less where it is within one of the last figure, which may be cut off."""
        return "question" if expected.distance(value) <= self.place_value(stated) else "error"


def _days(period: Period | None) -> tuple[date | None, date | None] | None:
    return (period.start, period.end) if period else None


def _month(day: date | None) -> tuple[int, int] | None:
    return (day.year, day.month) if day else None


def _a_year_on(day: date | None) -> tuple[int, int] | None:
    return (day.year + 1, day.month) if day else None


def _half_up(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))


def _half_down(number: Fraction) -> int:
    return ceil(number - Fraction(1, 2))


def _decimal(number: Bound, rounding: Callable[[Fraction], int], digits: int = 6) -> Decimal | None:
    """Round a number to so many digits behind the point; None for an infinity."""
    if isinstance(number, float) and number in {inf, -inf}:
        return None
    return canonical(Decimal(f"{rounding(Fraction(number) * 10**digits)}E-{digits}"))
