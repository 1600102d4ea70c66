"""Targets that are reached already: 到2025年签约率达到50%, where 56% is reported.

Start at `check_targets`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import inf

from healthie.checks.evidence import Evidence
from healthie.checks.finding import Finding
from healthie.checks.interval import Interval
from healthie.checks.vocabulary import find

__all__ = ["check_targets"]

_SURE = 0.8
# Verbs of getting somewhere: what is to be held (保持在90%以上, 控制在5‰以下) may well lie behind what is reached.
_AIMS = {1: r"(?:{upward}[到至]|达到?)[^,;]{0,6}$", -1: r"{downward}[到至][^,;]{0,6}$"}


def check_targets(evidence: Evidence) -> Iterator[Finding]:
    """Find targets for a rate that are behind what is already reached."""
    for target in evidence.where("level", status="target"):
        way = _better(evidence, target)
        if not way or not find(_AIMS[way], evidence.clause_lead(target)):
            continue
        aim = Fraction(evidence.quantity(target).value) * way
        for reached in evidence.levels(evidence.facts[target].indicator.text, status="actual"):
            if _is_reached_before(evidence, reached, target):
                yield from _behind(evidence, target, reached, way, aim)


def _better(evidence: Evidence, i: int) -> int:
    """Return 1 where more of an indicator is better, -1 where less is, 0 where that is not known."""
    words = evidence.facts[i].indicator.text
    if find("{less_is_better}", words):
        return -1
    return 1 if find("{more_is_better}$", words) and _is_rate(evidence, i) else 0


def _is_rate(evidence: Evidence, i: int) -> bool:
    quantity = evidence.quantity(i)
    return quantity.dimension in {"rate", "age"} or bool(quantity.per) or "每" in evidence.facts[i].indicator.text


def _is_reached_before(evidence: Evidence, reached: int, target: int) -> bool:
    """Tell whether a value is the one that the target is for, of a year before that of the target.

    A target of the year that is reported on may well be reached.
    """
    now, then = evidence.facts[reached].period, evidence.facts[target].period
    if now is None or then is None or now.end is None or then.end is None or now.end.year >= then.end.year:
        return False
    return (
        evidence.same_measure(reached, target)
        and evidence.quantity(reached).unit == evidence.quantity(target).unit
        and evidence.same_place(reached, target)
        and min(evidence.facts[i].confidence for i in (reached, target)) >= _SURE
    )


def _behind(evidence: Evidence, target: int, reached: int, way: int, aim: Fraction) -> Iterator[Finding]:
    have = evidence.size(reached) if way > 0 else evidence.size(reached).opposite()
    if have.low <= aim * evidence.factor(target):
        return
    best = evidence.size(reached)
    yield evidence.finding(
        "target",
        (target, reached),
        stated=target,
        expected=Interval(best.low, inf) if way > 0 else Interval(-inf, best.high),
        severity="question",
        message=f"The target {evidence.quote(target)} is reached already: {evidence.quote(reached)}.",
        message_zh=f"目标{evidence.quote(target)}已经达到：现为{evidence.quote(reached)}。",
    )
