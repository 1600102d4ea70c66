"""Rates and shares over 100 %, and falls by more than all there was.

Start at `check_rates`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from healthie.checks.evidence import Evidence
from healthie.checks.finding import Finding
from healthie.checks.interval import Interval
from healthie.checks.vocabulary import find

__all__ = ["check_rates"]

_ALL = Interval(Fraction(0), Fraction(1))


def check_rates(evidence: Evidence) -> Iterator[Finding]:
    """Find parts of a whole that are larger than it, and falls by more than 100 %."""
    for i, fact in enumerate(evidence.facts):
        if fact.quantity.unit not in {"%", "‰"} or evidence.size(i).low <= 1:
            continue
        if _is_part(evidence, i):
            yield _over(evidence, i)
        elif fact.role == "change" and fact.direction == "-" and not find("{signed}", evidence.clause_lead(i)):
            yield evidence.finding(
                "fall-over-100",
                [i],
                stated=i,
                expected=_ALL,
                message=f"What falls by {evidence.quote(i)} falls below nothing.",
                message_zh=f"下降{evidence.quote(i)}，超过了100%。",
            )


def _is_part(evidence: Evidence, i: int) -> bool:
    """Tell a part of a whole from a ratio that may exceed 1 (完成计划的112%, 病床使用率)."""
    fact, lead = evidence.facts[i], evidence.clause_lead(i)
    if fact.role == "share":
        is_of_money = fact.of is not None and evidence.quantity(fact.of).dimension == "money"
        return bool(find(r"{whole_of}(?!{bounded})[^%]*$", lead)) and not is_of_money and not find("{may_exceed}", lead)
    words = fact.indicator.text
    return fact.role == "level" and bool(find(r"{bounded}$", words)) and not find("{may_exceed}", words)


def _over(evidence: Evidence, i: int) -> Finding:
    name = evidence.facts[i].indicator.text
    return evidence.finding(
        "over-100",
        [i],
        stated=i,
        expected=_ALL,
        message=f"{name}: a part cannot be {evidence.quote(i)} of its whole.",
        message_zh=f"{name}：部分不可能是总体的{evidence.quote(i)}。",
    )
