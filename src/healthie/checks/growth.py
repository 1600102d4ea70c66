"""Growth that does not fit the two values it is between: 由3200张增加到3500张，增长15%.

Start at `check_growth`. The earlier value stands before the later one (由A增加到B), or is that of the year before, given
anywhere in the report for the same indicator and place.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from healthie.checks.evidence import Evidence
from healthie.checks.finding import Finding
from healthie.checks.interval import Interval
from healthie.checks.vocabulary import find

__all__ = ["check_directions", "check_growth"]

_ONE = Interval(Fraction(1), Fraction(1))
_POINTS = Fraction(1, 100)
_SURE = 0.7


def check_directions(evidence: Evidence) -> Iterator[Finding]:
    """Find moves that go the other way than their verb: 由3500张增加到3200张."""
    for earlier, later, way in evidence.moves():
        if find("{place}", evidence.facts[later].indicator.text + evidence.lead(earlier)):
            continue  # 排名由第9位上升到第5位
        one, other = evidence.size(earlier), evidence.size(later)
        if (one.low > other.high) if way > 0 else (one.high < other.low):
            verb, word = ("rise", "增加") if way > 0 else ("fall", "减少")
            yield evidence.finding(
                "direction",
                (earlier, later),
                stated=later,
                expected=Interval(one.low, float("inf")) if way > 0 else Interval(-float("inf"), one.high),
                message=f"From {evidence.quote(earlier)} to {evidence.quote(later)} is no {verb}.",
                message_zh=f"由{evidence.quote(earlier)}到{evidence.quote(later)}不是{word}。",
            )


def check_growth(evidence: Evidence) -> Iterator[Finding]:
    """Find changes that are not the difference, or the growth rate, of the two values."""
    moves = {later: earlier for earlier, later, _ in evidence.moves()}
    for change in evidence.where("change"):
        later = evidence.facts[change].of
        if later is None or not _is_plain(evidence, change, later):
            continue
        earlier = _from(evidence, change, moves[later]) if later in moves else _last_year(evidence, change)
        if earlier is not None:
            yield from _compare(evidence, change, earlier, later)
        yield from _two_changes(evidence, change, later)


def _is_plain(evidence: Evidence, change: int, later: int) -> bool:
    """Tell a change between two values as they stand from an average or adjusted one (年均增长, 扣除价格因素)."""
    is_of_value = evidence.facts[later].role in {"level", "share"} and evidence.same_sentence(change, later)
    words = evidence.facts[later].indicator.text + evidence.lead(later)
    return is_of_value and not find("{adjusted}", evidence.lead(change)) and not find("{at_constant_prices}", words)


def _two_changes(evidence: Evidence, rate: int, later: int) -> Iterator[Finding]:
    """Compare the two changes of 3500张，比上年增加300张，增长9.4%: the earlier value is the later one without the first."""
    amount = rate - 1
    if amount < 0 or evidence.quantity(rate).unit != "%" or evidence.facts[amount].role != "change":
        return
    first, second = evidence.facts[amount], evidence.facts[rate]
    is_pair = first.of == later and first.direction == second.direction and first.quantity.unit != "%"
    if not is_pair or first.quantity.unit != evidence.quantity(later).unit:
        return
    if not find(r"^[,、(]?(?:{upward}|{downward}|增幅|降幅)(?:率|了|为|达)?$", evidence.between(amount, rate)):
        return
    change = evidence.size(amount) if first.direction == "+" else evidence.size(amount).opposite()
    expected = (evidence.size(later)).over(evidence.size(later) - change)
    stated = evidence.size(rate) if first.direction == "+" else evidence.size(rate).opposite()
    if expected is None or not (expected - _ONE).distance(stated):
        return
    expected = expected - _ONE
    sign = first.direction
    yield evidence.finding(
        "growth",
        (rate, amount, later),
        stated=rate,
        expected=expected,
        severity=evidence.severity(expected, rate, stated),
        message=f"{sign}{evidence.quote(amount)} to {evidence.quote(later)} is a change of "
        f"{evidence.show(expected, rate)}, not {sign}{evidence.quote(rate)}.",
        message_zh=f"变化{sign}{evidence.quote(amount)}至{evidence.quote(later)}，变化率为{evidence.show(expected, rate)}，"
        f"不是{sign}{evidence.quote(rate)}。",
    )


def _from(evidence: Evidence, change: int, earlier: int) -> int | None:
    """Return the A of 由A增加到B, unless the change is said to be from another time (同比)."""
    reference = evidence.facts[change].reference
    return earlier if reference is None or reference.text in evidence.lead(earlier) else None


def _last_year(evidence: Evidence, change: int) -> int | None:
    """Return the value of the year before, if there is one and only one."""
    fact = evidence.facts[change]
    if fact.of is None or fact.reference is None or not find("{last_year}", fact.reference.text):
        return None
    found = [
        i
        for i in evidence.where("level", status="actual")
        if i != fact.of
        and evidence.same_indicator(i, fact.of)
        and evidence.comparable(i, fact.of)
        and evidence.same_place(i, fact.of)
        and evidence.year_before(i, fact.of)
        and min(evidence.facts[k].confidence for k in (i, fact.of, change)) >= _SURE
    ]
    return found[0] if len({evidence.size(i) for i in found}) == 1 else None


def _compare(evidence: Evidence, change: int, earlier: int, later: int) -> Iterator[Finding]:
    """Compare a change with the two values, as a growth rate, in points or in their own unit, as its unit says."""
    unit = evidence.quantity(change).unit
    difference = evidence.size(later) - evidence.size(earlier)
    stated = evidence.size(change)
    if evidence.facts[change].direction == "-":
        stated = stated.opposite()
    if unit == "百分点" and evidence.quantity(later).unit == "%":
        yield from _unlike(evidence, (change, earlier, later), difference.times(1 / _POINTS), stated)
    elif unit in {"%", "倍"} and "翻" not in evidence.quote(change):
        ratio = evidence.size(later).over(evidence.size(earlier))
        if ratio is None or not (ratio - _ONE).distance(stated):
            return
        if unit == evidence.quantity(later).unit == "%" and not difference.distance(stated):
            yield _points(evidence, (change, earlier, later), ratio - _ONE)
        else:
            yield from _unlike(evidence, (change, earlier, later), ratio - _ONE, stated)
    elif unit == evidence.quantity(later).unit:
        yield from _unlike(evidence, (change, earlier, later), difference, stated)


def _unlike(
    evidence: Evidence, triple: tuple[int, int, int], expected: Interval, stated: Interval
) -> Iterator[Finding]:
    change, earlier, later = triple
    if not expected.distance(stated):
        return
    sign = "-" if evidence.facts[change].direction == "-" else "+"
    yield evidence.finding(
        "growth",
        triple,
        stated=change,
        expected=expected,
        severity=evidence.severity(expected, change, stated),
        message=f"From {evidence.quote(earlier)} to {evidence.quote(later)} is a change of "
        f"{evidence.show(expected, change)}, not {sign}{evidence.quote(change)}.",
        message_zh=f"由{evidence.quote(earlier)}到{evidence.quote(later)}，变化为{evidence.show(expected, change)}，"
        f"不是{sign}{evidence.quote(change)}。",
    )


def _points(evidence: Evidence, triple: tuple[int, int, int], expected: Interval) -> Finding:
    change, earlier, later = triple
    figure = evidence.quote(change).rstrip("%％")
    return evidence.finding(
        "points",
        triple,
        stated=change,
        expected=expected,
        message=f"From {evidence.quote(earlier)} to {evidence.quote(later)} is {figure} percentage points, "
        f"not {evidence.quote(change)}; as a growth rate it is {evidence.show(expected, change)}.",
        message_zh=f"由{evidence.quote(earlier)}到{evidence.quote(later)}是{figure}个百分点，不是{evidence.quote(change)}；"
        f"按增长率算是{evidence.show(expected, change)}。",
    )
