"""Parts that do not fit their total: one larger than it, full lists that do not add up, 元 for 万元.

Start at `check_sums`. Parts may overlap (其中党员5人、女性8人), so a list is added up only where its members exclude
one another: by ``data/partitions.tsv``, where 其他 ends it, or where it fills a bracket behind the total.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from operator import add

from healthie.checks.evidence import Evidence
from healthie.checks.finding import Finding
from healthie.checks.interval import Interval
from healthie.checks.parts import PartList, list_of
from healthie.checks.vocabulary import find, partitions

__all__ = ["check_sums"]

# 每平方千米护士1.2人,其中甲市9.4人: what is counted per something is no total
_PER_UNIT = "{per_unit}"
_IN_TURN = "分别占(?:比|总数的|总量的|全部的)?(?:为|达到?|约)?$"
_ALL = Interval(Fraction(1), Fraction(1))
# No row of the table has so many sorts.
_MOST = 12
_TEN_THOUSAND = Fraction(10**4)


def check_sums(evidence: Evidence) -> Iterator[Finding]:
    """Find parts that are larger than their total, and lists of parts that do not add up to it."""
    for total in evidence.where("level"):
        found = list_of(evidence, total)
        if found is None or find(_PER_UNIT, evidence.facts[total].indicator.text):
            continue
        if (wrong := _wrong_unit(evidence, found)) is not None:
            yield wrong
            continue
        larger = [_larger(evidence, total, part) for part in found.close if _is_larger(evidence, part, total)]
        yield from larger
        if not larger:
            yield from _added_up(evidence, found)
    yield from _shares_of_counts(evidence)
    yield from _shares_added_up(evidence)
    yield from _shares_in_turn(evidence)


def _is_larger(evidence: Evidence, part: int, total: int) -> bool:
    return evidence.size(part).low > evidence.size(total).high


def _larger(evidence: Evidence, total: int, part: int) -> Finding:
    return evidence.finding(
        "part",
        (total, part),
        stated=part,
        expected=Interval(Fraction(0), evidence.size(total).high),
        message=f"A part of {evidence.quote(total)} cannot be {evidence.quote(part)}.",
        message_zh=f"{evidence.quote(part)}是{evidence.quote(total)}的一部分，不可能比它大。",
    )


def _shares_of_counts(evidence: Evidence) -> Iterator[Finding]:
    """Find counted parts that are larger than what they are of (14个项目中，已有19个开工)."""
    for part in evidence.where("share"):
        whole = evidence.facts[part].of
        if whole is None or whole >= part or not evidence.same_sentence(part, whole):
            continue
        is_count = evidence.quantity(part).dimension == evidence.quantity(whole).dimension == "count"
        if is_count and evidence.comparable(part, whole) and _is_larger(evidence, part, whole):
            yield _larger(evidence, whole, part)


def _shares_added_up(evidence: Evidence) -> Iterator[Finding]:
    """Find shares of one whole that exclude one another and come to more than 100 %, or to less where they are all."""
    shares = [i for i in evidence.where("share") if evidence.quantity(i).unit == "%"]
    for first, second in pairwise(shares):
        words = [evidence.facts[i].reference for i in (first, second)]
        if words[0] is None or words[0] != words[1] or not evidence.same_sentence(first, second):
            continue
        expected, sorts = _sum(evidence, (first, second)), _sorts(evidence, (first, second))
        if sorts is None or (expected.low <= 1 and (sorts == "apart" or not expected.distance(_ALL))):
            continue
        terms = f"{evidence.quote(first)} + {evidence.quote(second)}"
        yield evidence.finding(
            "sum",
            (first, second),
            stated=second,
            expected=_ALL - evidence.size(first),
            severity=evidence.severity(expected, second, _ALL),
            message=f"{terms} is {evidence.show(expected, second)}, not 100%.",
            message_zh=f"{terms}等于{evidence.show(expected, second)}，不是100%。",
        )


def _shares_in_turn(evidence: Evidence) -> Iterator[Finding]:
    """Find shares of sorts that exclude one another, named in turn (男、女分别占56%、54%), and over 100 %."""
    for first in evidence.where("share"):
        if evidence.quantity(first).unit != "%" or not find(_IN_TURN, evidence.lead(first)):
            continue
        parts = [first]
        for i in range(first + 1, min(first + _MOST, len(evidence.facts))):
            is_next = evidence.same_sentence(first, i) and find("^(?:[、,和及]|以及)$", evidence.between(i - 1, i))
            if not is_next or evidence.quantity(i).unit != "%" or evidence.facts[i].role != "share":
                break
            parts.append(i)
        expected = _sum(evidence, tuple(parts))
        if len(parts) < 2 or expected.low <= 1 or _sorts(evidence, tuple(parts)) is None:
            continue
        terms = " + ".join(map(evidence.quote, parts))
        yield evidence.finding(
            "sum",
            parts,
            stated=parts[-1],
            expected=_ALL - _sum(evidence, tuple(parts[:-1])),
            severity=evidence.severity(expected, parts[-1], _ALL),
            message=f"{terms} is {evidence.show(expected, parts[-1])}, not 100%.",
            message_zh=f"{terms}等于{evidence.show(expected, parts[-1])}，不是100%。",
        )


def _sum(evidence: Evidence, parts: tuple[int, ...]) -> Interval:
    return reduce(add, map(evidence.size, parts))


def _added_up(evidence: Evidence, found: PartList) -> Iterator[Finding]:
    """Compare the sum of parts that exclude one another with the total."""
    total = evidence.size(found.total)
    most = len(found.parts)
    for size in (most, *range(min(most - 1, _MOST), 1, -1)) if most > 1 else ():
        parts = found.parts[:size]
        sorts = _sorts(evidence, parts)
        is_rest = _ends_with_rest(evidence, parts)
        fills_bracket = found.fills_bracket and parts == found.parts
        if sorts is None and not is_rest and not fills_bracket:
            continue
        expected = _sum(evidence, parts)
        if expected.low > total.high or (sorts != "apart" and expected.distance(total)):
            sure = sorts is not None or is_rest
            yield _does_not_add_up(evidence, found.total, parts, expected, sure=sure)
        return


def _does_not_add_up(
    evidence: Evidence, total: int, parts: tuple[int, ...], expected: Interval, *, sure: bool
) -> Finding:
    terms = " + ".join(map(evidence.quote, parts))
    added = evidence.show(expected, total)
    return evidence.finding(
        "sum",
        (total, *parts),
        stated=total,
        expected=expected,
        severity=evidence.severity(expected, total, evidence.size(total)) if sure else "question",
        message=f"{terms} is {added}, not {evidence.quote(total)}.",
        message_zh=f"{terms}等于{added}，不是{evidence.quote(total)}。",
    )


def _sorts(evidence: Evidence, parts: tuple[int, ...]) -> str | None:
    """Return "whole" where the parts are all the sorts of a row of the table, "apart" where they are some of them."""
    if len(parts) > _MOST:
        return None
    for row in partitions():
        named = [row.sort_of(evidence.facts[part].indicator.text) for part in parts]
        if None not in named and len(set(named)) == len(named):
            return "whole" if row.is_whole and len(named) == len(row.sorts) else "apart"
    return None


def _ends_with_rest(evidence: Evidence, parts: tuple[int, ...]) -> bool:
    """Tell whether the last part is what remains (其他700人)."""
    return bool(find(r"^[、,;和及]?{other}[^,;。]*$", evidence.lead(parts[-1])))


def _wrong_unit(evidence: Evidence, found: PartList) -> Finding | None:
    """Return a part whose unit seems to lack 万, since the list adds up exactly with it."""
    total = evidence.size(found.total)
    if not 2 <= len(found.close) <= _MOST or not _sum(evidence, found.close).distance(total):
        return None
    for part in found.close:
        rest = tuple(other for other in found.close if other != part)
        larger = evidence.size(part).times(_TEN_THOUSAND)
        if "万" not in evidence.quote(part) and not (_sum(evidence, rest) + larger).distance(total):
            return evidence.finding(
                "unit",
                (found.total, *found.close),
                stated=part,
                expected=larger,
                severity="question",
                message=f"With 万 in {evidence.quote(part)} the parts add up to {evidence.quote(found.total)}.",
                message_zh=f"{evidence.quote(part)}加上“万”，各部分之和才等于{evidence.quote(found.total)}。",
            )
    return None
