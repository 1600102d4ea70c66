"""Growth that does not fit the two values it is between: 由3200张增加到3500张，增长15%.

Start at `check_growth`. The earlier value stands before the later one (由A增加到B), or is that of the year before,
given somewhere for the same indicator and place, or follows from a second change (增加300张，增长9.4%).
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
_POINTS = Fraction(100)
_SURE = 0.7
_COMPARED = r"^,?(?:比|较)(?:{last_year}|[^,;。()]{0,6}年)[^,;。()]{0,8}\($"
_CHANGED = r"^\)(?:{upward}|{downward})了?$"
_ALSO = r"^[,、(]?(?:{upward}|{downward}|{growth})(?:[率了]|{reaches})?$"


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
    moves = {later: earlier for earlier, later, _ in evidence.moves()} | _compared_with(evidence)
    for change in evidence.where("change"):
        later = _value_now(evidence, change, moves)
        if later is None or not _is_plain(evidence, change, later):
            continue
        earlier = _from(evidence, change, moves[later]) if later in moves else _last_year(evidence, change, later)
        if earlier is not None:
            yield from _compare(evidence, change, earlier, later)
        yield from _two_changes(evidence, change, later)


def _compared_with(evidence: Evidence) -> dict[int, int]:
    """Return the earlier values that stand in a bracket (12家，比2018年（10家）增长20%), by the later ones."""
    return {
        change - 2: change - 1
        for change in evidence.where("change")
        if change >= 2
        and evidence.same_sentence(change - 2, change)
        and evidence.continues(change - 2, change - 1)
        and find(_COMPARED, evidence.between(change - 2, change - 1))
        and find(_CHANGED, evidence.between(change - 1, change))
    }


def _is_plain(evidence: Evidence, change: int, later: int) -> bool:
    """Tell a change between two values as they stand from an average or adjusted one (年均增长, 扣除价格因素)."""
    is_of_value = evidence.facts[later].role in {"level", "share"} and evidence.same_sentence(change, later)
    words = evidence.facts[later].indicator.text + evidence.lead(later)
    return is_of_value and not find("{adjusted}", evidence.lead(change)) and not find("{at_constant_prices}", words)


def _two_changes(evidence: Evidence, rate: int, later: int) -> Iterator[Finding]:
    """Compare the two changes of 3500张，比上年增加300张，增长9.4%: the first leads from the earlier value."""
    amount = rate - 1
    if amount < 0 or evidence.quantity(rate).unit != "%" or evidence.facts[amount].role != "change":
        return
    first, second = evidence.facts[amount], evidence.facts[rate]
    is_pair = first.of == later and first.direction == second.direction and first.quantity.unit != "%"
    if not is_pair or first.quantity.unit != evidence.quantity(later).unit:
        return
    ratio = evidence.size(later).over(evidence.size(later) - _signed(evidence, amount))
    if ratio is not None and find(_ALSO, evidence.between(amount, rate)):
        said = f"{evidence.sign(amount)}{evidence.quote(amount)}"
        yield from _unlike(
            evidence,
            (rate, amount, later),
            ratio - _ONE,
            f"A change of {said} to {evidence.quote(later)}",
            f"变化{said}达到{evidence.quote(later)}",
        )


def _signed(evidence: Evidence, change: int) -> Interval:
    size = evidence.size(change)
    return size.opposite() if evidence.facts[change].direction == "-" else size


def _from(evidence: Evidence, change: int, earlier: int) -> int | None:
    """Return the A of 由A增加到B, unless the change is said to be from another time (同比)."""
    reference = evidence.facts[change].reference
    return earlier if reference is None or reference.text in evidence.lead(earlier) else None


def _value_now(evidence: Evidence, change: int, moves: dict[int, int]) -> int | None:
    """Return the value that a change led to: in 120万人次（去年同期110万人次），增长9% not the one next to it."""
    later, before = evidence.facts[change].of, change - 1
    if before - 1 in moves and moves[before - 1] == before:  # 比2018年（100万人次）增长20%
        return before - 1
    if later is None:  # a percentage of a share (药占比由35.2%下降到28.1%，下降7.1%) is linked to none
        return before if before in moves and evidence.same_indicator(before, change) else None
    if _is_of_last_year(evidence, later):
        return later - 1 if later and evidence.same_indicator(later - 1, later) else None
    return later


def _is_of_last_year(evidence: Evidence, i: int) -> bool:
    return bool(find(r"{last_year}(?:同期)?(?:仅|只)?[为是]?$", evidence.lead(i)))


def _last_year(evidence: Evidence, change: int, later: int) -> int | None:
    """Return the value of the year before, if there is one and only one."""
    reference = evidence.facts[change].reference
    if reference is None or not find("{last_year}", reference.text):
        return None
    found = [
        i
        for i in evidence.levels(evidence.facts[later].indicator.text, status="actual")
        if i != later
        and evidence.same_measure(i, later)
        and evidence.same_place(i, later)
        and (evidence.year_before(i, later) or (evidence.same_sentence(i, later) and _is_of_last_year(evidence, i)))
        and min(evidence.facts[k].confidence for k in (i, later, change)) >= _SURE
    ]
    return found[0] if len({evidence.size(i) for i in found}) == 1 else None


def _compare(evidence: Evidence, change: int, earlier: int, later: int) -> Iterator[Finding]:
    """Compare a change with the two values, as a growth rate, in points or in their own unit, as its unit says."""
    unit, unit_of_values = evidence.quantity(change).unit, evidence.quantity(later).unit
    difference = evidence.size(later) - evidence.size(earlier)
    ratio = evidence.size(later).over(evidence.size(earlier))
    facts = (change, earlier, later)
    moved = (
        f"From {evidence.quote(earlier)} to {evidence.quote(later)}",
        f"由{evidence.quote(earlier)}到{evidence.quote(later)}",
    )
    if evidence.in_points(change, later):
        yield from _unlike(evidence, facts, difference.times(_POINTS), *moved)
    elif unit in {"%", "倍"} and "翻" not in evidence.quote(change):
        if ratio is None:
            return
        if unit == unit_of_values == "%" and not difference.distance(_signed(evidence, change)):
            yield from _points(evidence, facts, ratio - _ONE, *moved)
        else:
            yield from _unlike(evidence, facts, ratio - _ONE, *moved)
    elif unit == unit_of_values:
        yield from _unlike(evidence, facts, difference, *moved)


def _unlike(
    evidence: Evidence, facts: tuple[int, int, int], expected: Interval, moved: str, moved_zh: str
) -> Iterator[Finding]:
    """Find a change that is not what it should be."""
    change, stated = facts[0], _signed(evidence, facts[0])
    if not expected.distance(stated):
        return
    said = f"{evidence.sign(change)}{evidence.quote(change)}"
    yield evidence.finding(
        "growth",
        facts,
        stated=change,
        expected=expected,
        severity=evidence.severity(expected, change, stated),
        message=f"{moved} is a change of {evidence.show(expected, change)}, not {said}.",
        message_zh=f"{moved_zh}，变化为{evidence.show(expected, change)}，不是{said}。",
    )


def _points(
    evidence: Evidence, facts: tuple[int, int, int], expected: Interval, moved: str, moved_zh: str
) -> Iterator[Finding]:
    """Find a difference in percentage points that is given as a percentage."""
    change = facts[0]
    if not expected.distance(_signed(evidence, change)):
        return
    figure, percentage = evidence.quote(change).rstrip("%％"), evidence.quote(change)
    growth = evidence.show(expected, change)
    yield evidence.finding(
        "points",
        facts,
        stated=change,
        expected=expected,
        message=f"{moved} is {figure} percentage points, not {percentage}; as a growth rate it is {growth}.",
        message_zh=f"{moved_zh}是{figure}个百分点，不是{percentage}；按增长率算是{growth}。",
    )
