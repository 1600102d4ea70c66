"""Gaps that do not fit the value they are measured from: 56.5%，高出全省23.5个百分点, with 35% for the province elsewhere.

Start at `check_gaps`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from healthie.checks.evidence import Evidence
from healthie.checks.finding import Finding

__all__ = ["check_gaps"]

_SURE = 0.6


def check_gaps(evidence: Evidence) -> Iterator[Finding]:
    """Find gaps that are not the difference between the value here and the one of the place compared with."""
    for gap in evidence.where("gap"):
        fact = evidence.facts[gap]
        if fact.of is None or evidence.facts[fact.of].role != "level" or fact.quantity.unit == "%":
            continue
        yardstick = _yardstick(evidence, gap, fact.of)
        if yardstick is not None:
            yield from _compare(evidence, gap, fact.of, yardstick)


def _yardstick(evidence: Evidence, gap: int, level: int) -> int | None:
    """Return the value of the same indicator for the place that the gap is from, if there is one and only one."""
    codes = _places_named(evidence, gap)
    found = [
        i
        for i in evidence.where("level", status=evidence.facts[level].status)
        if i != level
        and _code(evidence, i) in codes
        and evidence.same_indicator(i, level)
        and evidence.comparable(i, level)
        and evidence.same_time(i, level)
        and min(evidence.facts[k].confidence for k in (i, level, gap)) >= _SURE
    ]
    return found[0] if len({evidence.size(i) for i in found}) == 1 else None


def _places_named(evidence: Evidence, gap: int) -> set[str]:
    """Return the codes of the places that the words compared with name."""
    span = evidence.facts[gap].reference
    if span is None:
        return set()
    entities = evidence.report.entities
    return {e.id for e in entities if e.label == "REGION" and span.start <= e.start < span.end} - {""}


def _code(evidence: Evidence, i: int) -> str:
    region = evidence.facts[i].region
    return region.code if region else ""


def _compare(evidence: Evidence, gap: int, level: int, yardstick: int) -> Iterator[Finding]:
    fact = evidence.facts[gap]
    expected = evidence.size(level) - evidence.size(yardstick)
    if fact.quantity.unit == "百分点" and evidence.quantity(level).unit == "%":
        expected = expected.times(Fraction(100))
    elif not evidence.comparable(gap, level):
        return
    stated = evidence.size(gap) if fact.direction != "-" else evidence.size(gap).opposite()
    if not expected.distance(stated):
        return
    sign = fact.direction or "+"
    yield evidence.finding(
        "gap",
        (gap, level, yardstick),
        stated=gap,
        expected=expected,
        severity=evidence.severity(expected, gap, stated),
        message=f"{evidence.quote(level)} against {evidence.quote(yardstick)} is a gap of "
        f"{evidence.show(expected, gap)}, not {sign}{evidence.quote(gap)}.",
        message_zh=f"{evidence.quote(level)}与{evidence.quote(yardstick)}相差{evidence.show(expected, gap)}，"
        f"不是{sign}{evidence.quote(gap)}。",
    )
