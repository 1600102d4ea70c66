"""One indicator given twice: with two values, or in units that do not fit (‰ for %, 元 for 万元).

Start at `check_values`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from healthie.checks.evidence import Evidence
from healthie.checks.finding import Finding
from healthie.checks.interval import as_written
from healthie.checks.vocabulary import find
from healthie.records import Quantity
from healthie.text import fold

__all__ = ["check_values"]

_SURE = 0.8
# Values of one indicator lie within this factor of one another, or at least most do.
_ALIKE = Fraction(3, 2)
_NEAR = 12
_FAR = 80
_TEN_THOUSAND = Fraction(10**4)


def check_values(evidence: Evidence) -> Iterator[Finding]:
    """Find indicators that have two values for one place and time, and those whose unit changes by the way."""
    starts = {earlier for earlier, _, _ in evidence.moves()}
    groups: dict[tuple[str, str], list[int]] = {}
    for i, fact in enumerate(evidence.facts):
        if fact.role == "level" and fact.confidence >= _SURE and evidence.stands_alone(i) and i not in starts:
            place = fact.region.code or fact.region.name if fact.region else ""
            groups.setdefault((fold(fact.indicator.text), place), []).append(i)
    for members in groups.values():
        if not evidence.levels(evidence.facts[members[0]].indicator.text):
            continue  # words of so many values are no name of one thing
        for one, other in combinations(members, 2):
            yield from _unlike_units(evidence, one, other)
            yield from _two_values(evidence, one, other)


def _two_values(evidence: Evidence, one: int, other: int) -> Iterator[Finding]:
    first, second = evidence.facts[one], evidence.facts[other]
    is_same = first.quantity.unit == second.quantity.unit and first.status == second.status
    if not is_same or evidence.same_sentence(one, other) or not evidence.same_time(one, other):
        return
    if not _is_state(evidence, one):
        return
    if not _alike(first.quantity, second.quantity) and not (
        _is_plain(evidence, one) and _is_plain(evidence, other) and not _has_topic(evidence, other)
    ):
        return
    if not evidence.size(one).distance(evidence.size(other)):
        return
    name = first.indicator.text
    yield evidence.finding(
        "conflict",
        (one, other),
        stated=other,
        expected=evidence.size(one),
        severity="question",
        message=f"{name} is {evidence.quote(one)} in one place and {evidence.quote(other)} in another.",
        message_zh=f"{name}一处为{evidence.quote(one)}，另一处为{evidence.quote(other)}。",
    )


def _alike(one: Quantity, other: Quantity) -> bool:
    """Tell whether two figures, whatever their units, are of one size: else they are not said of the same thing."""
    small, large = sorted(Fraction(quantity.value) for quantity in (one, other))
    return small > 0 and large / small <= _ALIKE


def _is_plain(evidence: Evidence, i: int) -> bool:
    """Tell whether nothing in the clause of a value sets it apart (其中, 最高): then any other one contradicts it."""
    is_exact = evidence.quantity(i).modifier == "=" and evidence.quantity(i).value_max is None
    lead = evidence.clause_lead(i).replace(fold(evidence.facts[i].indicator.text), "")
    words = lead + evidence.behind(i)[:_NEAR]
    return is_exact and not find("{sets_apart}", words) and not find(r"^[(的]", evidence.behind(i))


def _has_topic(evidence: Evidence, i: int) -> bool:
    """Tell whether a sentence without a figure stands before that of a value: it may say of whom the value is."""
    start = evidence.facts[i].sentence.start
    before = evidence.text[max(0, start - _FAR) : start].rstrip("。;!?\n ")
    return not find(r"\d[^。;!?\n]*$", before)


def _is_state(evidence: Evidence, i: int) -> bool:
    """Tell a rate, an average or a total from deeds that are done time and again."""
    fact = evidence.facts[i]
    is_rate = fact.quantity.dimension in {"rate", "age"} or bool(fact.quantity.per)
    return is_rate or bool(find("^平均|{totals}$", fact.indicator.text))


def _unlike_units(evidence: Evidence, one: int, other: int) -> Iterator[Finding]:
    """Find a rate in two units, or an amount with and without 万, whose figures are alike all the same."""
    if not evidence.comparable(one, other) or not (
        _rates_in_two_units(evidence, one, other) or _amounts_of_two_sizes(evidence, one, other)
    ):
        return
    name = evidence.facts[one].indicator.text
    yield evidence.finding(
        "unit",
        (one, other),
        stated=other,
        expected=evidence.size(one),
        severity="question",
        message=f"{name} is {evidence.quote(one)} in one place and {evidence.quote(other)} in another: "
        f"the figures are alike, the units are not.",
        message_zh=f"{name}一处为{evidence.quote(one)}，另一处为{evidence.quote(other)}：数字相近，单位不同。",
    )


def _rates_in_two_units(evidence: Evidence, one: int, other: int) -> bool:
    first, second = evidence.quantity(one), evidence.quantity(other)
    is_rate = first.dimension == second.dimension == "rate"
    return is_rate and first.unit != second.unit and _alike(first, second)


def _amounts_of_two_sizes(evidence: Evidence, one: int, other: int) -> bool:
    """Tell whether two amounts lie ten thousand times apart, and one is written in 万."""
    small, large = sorted((evidence.quantity(one), evidence.quantity(other)), key=lambda quantity: quantity.value)
    is_amount = find("(?:{totals}|{amounts})$", evidence.facts[one].indicator.text)
    if not is_amount or as_written(large)[0] != _TEN_THOUSAND * as_written(small)[0]:
        return False
    return _alike(replace(small, value=small.value * int(_TEN_THOUSAND)), large)
