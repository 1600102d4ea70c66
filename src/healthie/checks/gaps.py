"""Gaps that do not fit the value they are from: 87.3%，比全省高8.9个百分点, with 81% for the province elsewhere.

Start at `check_gaps`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from healthie.checks.evidence import Evidence
from healthie.checks.finding import Finding
from healthie.checks.vocabulary import find

__all__ = ["check_gaps"]

_SURE = 0.6
_COMPARED = r"^[,]?(?:(?P<up>{above})|(?P<down>{below})|{compared_with})[^,;。()]{2,14}\($"
_DIFFERS = r"^\)(?:(?P<up>{upward}|{above}|{more})|(?P<down>{downward}|{below}|{less})|)了?$"


def check_gaps(evidence: Evidence) -> Iterator[Finding]:
    """Find gaps that are not the difference between the value here and the one compared with."""
    for gap in evidence.where("gap"):
        fact = evidence.facts[gap]
        if fact.of is None or evidence.facts[fact.of].role not in {"level", "share"}:
            continue
        yardstick = _in_bracket_behind(evidence, gap)
        if yardstick is None:
            yardstick = _elsewhere(evidence, gap, fact.of)
        if yardstick is not None:
            yield from _compare(evidence, gap, fact.of, yardstick, -1 if fact.direction == "-" else 1)
    for yardstick in range(1, len(evidence.facts) - 1):
        if (way := _bracket_before(evidence, yardstick)) != 0:
            yield from _compare(evidence, yardstick + 1, yardstick - 1, yardstick, way)


def _in_bracket_behind(evidence: Evidence, gap: int) -> int | None:
    """Return the value in 高于全国平均水平1.2个百分点（全国为29.7%）."""
    reference = evidence.facts[gap].reference
    if reference is None or gap + 1 >= len(evidence.facts):
        return None
    named = find(r"^\((\p{Han}{2,10}?)(?:{average})*(?:[:]|{is})?$", evidence.between(gap, gap + 1))
    return gap + 1 if named and named[1] in reference.text else None


def _bracket_before(evidence: Evidence, yardstick: int) -> int:
    """Return the way of a gap from a value in a bracket (比全省（24.1%）高1.2个百分点): 1, -1, or 0 for none."""
    level, gap = yardstick - 1, yardstick + 1
    if not evidence.same_sentence(level, gap) or not evidence.continues(level, yardstick):
        return 0
    before = find(_COMPARED, evidence.between(level, yardstick))
    behind = find(_DIFFERS, evidence.between(yardstick, gap))
    is_growth = evidence.facts[gap].role == "change" and bool(find("年", evidence.between(level, yardstick)))
    if not before or not behind or is_growth:
        return 0
    is_up, is_down = (bool(before[way] or behind[way]) for way in ("up", "down"))
    return is_up - is_down


def _elsewhere(evidence: Evidence, gap: int, level: int) -> int | None:
    """Return the value that the gap is from, if the report gives one and only one: of a place named, or a target."""
    codes, reference = _places_named(evidence, gap), evidence.facts[gap].reference
    is_to_target = reference is not None and bool(find("{aim}$", reference.text))
    status = "target" if is_to_target else evidence.facts[level].status
    found = [
        i
        for i in evidence.levels(evidence.facts[level].indicator.text, status=status)
        if i != level
        and (evidence.same_place(i, level) if is_to_target else _code(evidence, i) in codes - {_code(evidence, level)})
        and evidence.same_measure(i, level)
        and (is_to_target or evidence.same_time(i, level))
        and min(evidence.facts[k].confidence for k in (i, level, gap)) >= _SURE
    ]
    return found[0] if len({evidence.size(i) for i in found}) == 1 else None


def _places_named(evidence: Evidence, gap: int) -> set[str]:
    """Return the codes of the places that the words compared with name."""
    span = evidence.facts[gap].reference
    if span is None:
        return set()
    return evidence.places_within(span) - {""}


def _code(evidence: Evidence, i: int) -> str:
    region = evidence.facts[i].region
    return region.code if region else ""


def _compare(evidence: Evidence, gap: int, level: int, yardstick: int, way: int) -> Iterator[Finding]:
    expected = evidence.size(level) - evidence.size(yardstick)
    if evidence.in_points(gap, level):
        expected = expected.times(Fraction(100))
    elif evidence.quantity(gap).unit != evidence.quantity(level).unit or evidence.quantity(gap).unit == "%":
        return
    stated = evidence.size(gap) if way > 0 else evidence.size(gap).opposite()
    if not expected.distance(stated):
        return
    sign = "+" if way > 0 else "-"
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
