"""What the bars of the page show: rates with what they are compared with, and changes to both sides of nothing.

Start at `rates` and `changes`. Lengths and places are in percent of the width of the chart.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from healthie.view.figures import digits, value_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthie.records import Fact

__all__ = ["Bar", "Tick", "changes", "rates"]

POINTS = "百分点"
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Tick:
    """A value that a rate is held against.

    Attributes
    ----------
    fact : int
        The number of the fact that says it.
    at : float
        Its place.
    text : str
        Its words and value: ``年度目标 70``.
    is_target : bool
        Whether it is stated as a target of the same indicator.
    """

    fact: int
    at: float
    text: str
    is_target: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One fact as a bar.

    Attributes
    ----------
    fact : int
        Its number.
    start, length : float
        Where the bar begins, and how long it is.
    ticks : tuple of Tick
        What it is held against.
    """

    fact: int
    start: float
    length: float
    ticks: tuple[Tick, ...] = ()


def rates(facts: Sequence[Fact]) -> list[Bar]:
    """Return a bar for each level or share in percent, from 0 to 100.

    A target of the same indicator, place and role is a tick on what was reached, not a bar. So is the other side of a
    gap: a rate of 71.4% that is 1.4 points above the year's target has a tick at 70.

    Parameters
    ----------
    facts : sequence of Fact
        All facts of a report.

    Returns
    -------
    list of Bar
        In the order of the facts.

    Examples
    --------
    >>> import healthie
    >>> facts = healthie.extract("签约率71.4%，高出年度目标1.4个百分点。").facts
    >>> [(bar.length, [(tick.at, tick.text) for tick in bar.ticks]) for bar in rates(facts)]
    [(71.4, [(70.0, '年度目标 70')])]
    """
    shown = [number for number, fact in enumerate(facts) if _is_rate(fact)]
    reached = {_key(facts[number]): number for number in shown if facts[number].status == "actual"}
    ticks: dict[int, list[Tick]] = defaultdict(list)
    for number in shown:
        match = reached.get(_key(facts[number]))
        if facts[number].status == "target" and match is not None:
            ticks[match].append(Tick(number, float(facts[number].quantity.value), value_text(facts[number]), True))
    bars = set(shown) - {tick.fact for each in ticks.values() for tick in each}
    for number, fact in enumerate(facts):
        if fact.of is not None and fact.of in bars and (tick := _other_side(number, fact, facts[fact.of])):
            ticks[fact.of].append(tick)
    return [Bar(number, 0.0, float(facts[number].quantity.value), tuple(ticks[number])) for number in sorted(bars)]


def _is_rate(fact: Fact) -> bool:
    quantity = fact.quantity
    return fact.role in {"level", "share"} and quantity.unit == "%" and 0 <= quantity.value <= _WHOLE


def _key(fact: Fact) -> tuple[str, str, str]:
    region = fact.region.code or fact.region.name if fact.region else ""
    return fact.indicator.id or fact.indicator.text, region, fact.role


def _other_side(number: int, gap: Fact, rate: Fact) -> Tick | None:
    """Return what a rate is a gap away from, where the text says how far and to which side."""
    quantity = gap.quantity
    if gap.role != "gap" or quantity.unit != POINTS or not gap.direction or quantity.value_max is not None:
        return None
    other = rate.quantity.value - quantity.value * (1 if gap.direction == "+" else -1)
    words = gap.reference.text if gap.reference else ""
    return Tick(number, float(other), f"{words} {digits(other)}".strip(), False) if 0 <= other <= _WHOLE else None


def changes(facts: Sequence[Fact], unit: str) -> list[Bar]:
    """Return a bar for each change in one unit, to the left or the right of the middle; the longest is half the width.

    Parameters
    ----------
    facts : sequence of Fact
        All facts of a report.
    unit : str
        ``%`` or ``百分点``.

    Returns
    -------
    list of Bar
        In the order of the facts.

    Examples
    --------
    >>> import healthie
    >>> facts = healthie.extract("门诊、住院人次分别增长4%、下降2%。").facts
    >>> [(bar.start, bar.length) for bar in changes(facts, "%")]
    [(50.0, 50.0), (25.0, 25.0)]
    """
    shown = [
        n for n, fact in enumerate(facts) if fact.role == "change" and fact.direction and fact.quantity.unit == unit
    ]
    most = max((abs(facts[number].quantity.value) for number in shown), default=Decimal(0))
    if not most:
        return []
    bars = []
    for number in shown:
        length = float(abs(facts[number].quantity.value) / most * 50)
        bars.append(Bar(number, 50.0 - length * (facts[number].direction == "-"), length))
    return bars
