"""Parts that do not fit their total: one larger than it, lists that leave nothing out and do not add up, 元 for 万元.

Start at `check_sums`. A list of parts opens with 其中, 包括, 含 or a bracket behind the total. Parts may overlap (其中党员5人、
女性8人), so a list is added up only where its members exclude one another: by `data/partitions.tsv`, or where 其他 ends it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import add

from healthie.checks.evidence import Evidence
from healthie.checks.finding import Finding
from healthie.checks.interval import Interval
from healthie.checks.vocabulary import find, partitions

__all__ = ["check_sums"]

_OPENER = r"^(?:[^,;:。()]{0,20}[,:]?\(?{opens_parts}|[^,;:。()]{0,12}\()"
_TEN_THOUSAND = Fraction(10**4)


@dataclass(frozen=True, slots=True)
class _List:
    """A total and its parts, as indices of facts."""

    total: int
    parts: tuple[int, ...]


def check_sums(evidence: Evidence) -> Iterator[Finding]:
    """Find parts that are larger than their total, and lists of parts that do not add up to it."""
    for total in evidence.where("level"):
        found = _List(total, tuple(_parts(evidence, total)))
        if not found.parts:
            continue
        if (wrong := _wrong_unit(evidence, found)) is not None:
            yield wrong
            continue
        larger = [_larger(evidence, total, part) for part in found.parts if _is_larger(evidence, part, total)]
        yield from larger
        if not larger:
            yield from _added_up(evidence, found)
    yield from _shares_of_counts(evidence)


def _parts(evidence: Evidence, total: int) -> Iterator[int]:
    """Return the parts listed behind a total: levels at one depth of brackets, in its unit, until something else begins."""
    depth = first_depth = 0
    opened = False
    for i in range(total + 1, len(evidence.facts)):
        if not evidence.same_sentence(total, i):
            return
        words = evidence.between(i - 1, i)
        depth += words.count("(") - words.count(")")
        opener = find(_OPENER, words)
        if not opened:
            if not opener or find("{excludes}", words):
                return
            opened, first_depth = True, depth
        elif depth < first_depth or (opener and find("{opens_parts}", words)):
            return
        if depth > first_depth:
            continue
        fact = evidence.facts[i]
        if fact.role == "level":
            if not evidence.comparable(total, i) or fact.status != evidence.facts[total].status:
                return
            yield i


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
        if whole is None or evidence.quantity(part).unit in {"%", "‰", "倍", "比例", "比值"} or whole >= part:
            continue
        if evidence.same_sentence(part, whole) and evidence.comparable(part, whole):
            if _is_larger(evidence, part, whole):
                yield _larger(evidence, whole, part)


def _sum(evidence: Evidence, parts: tuple[int, ...]) -> Interval:
    return reduce(add, map(evidence.size, parts))


def _added_up(evidence: Evidence, found: _List) -> Iterator[Finding]:
    """Compare the sum of parts that exclude one another with the total."""
    if len(found.parts) < 2:
        return
    sorts = _sorts(evidence, found.parts)
    is_whole = sorts == "whole" or _ends_with_rest(evidence, found.parts)
    expected, total = _sum(evidence, found.parts), evidence.size(found.total)
    too_much = sorts is not None and expected.low > total.high
    if not (too_much or (is_whole and expected.distance(total))):
        return
    terms = " + ".join(evidence.quote(part) for part in found.parts)
    added = evidence.show(expected, found.total)
    yield evidence.finding(
        "sum",
        (found.total, *found.parts),
        stated=found.total,
        expected=expected,
        severity=evidence.severity(expected, found.total, total),
        message=f"{terms} is {added}, not {evidence.quote(found.total)}.",
        message_zh=f"{terms}等于{added}，不是{evidence.quote(found.total)}。",
    )


def _sorts(evidence: Evidence, parts: tuple[int, ...]) -> str | None:
    """Return "whole" where the parts are all the sorts of a row of the table, "apart" where they are some of them."""
    for row in partitions():
        named = [row.sort_of(evidence.facts[part].indicator.text) for part in parts]
        if None not in named and len(set(named)) == len(named):
            return "whole" if row.is_whole and len(named) == len(row.sorts) else "apart"
    return None


def _ends_with_rest(evidence: Evidence, parts: tuple[int, ...]) -> bool:
    """Tell whether the last part is what remains (其他700人)."""
    return bool(find(r"^[、,;和及]?{other}[^,;。]*$", evidence.lead(parts[-1])))


def _wrong_unit(evidence: Evidence, found: _List) -> Finding | None:
    """Return a part whose unit seems to lack 万, since the list adds up exactly with it."""
    total = evidence.size(found.total)
    if len(found.parts) < 2 or not _sum(evidence, found.parts).distance(total):
        return None
    for part in found.parts:
        rest = tuple(other for other in found.parts if other != part)
        larger = evidence.size(part).times(_TEN_THOUSAND)
        if "万" not in evidence.quote(part) and not (_sum(evidence, rest) + larger).distance(total):
            return evidence.finding(
                "unit",
                (found.total, *found.parts),
                stated=part,
                expected=larger,
                severity="question",
                message=f"With 万 in {evidence.quote(part)} the parts add up to {evidence.quote(found.total)}.",
                message_zh=f"{evidence.quote(part)}加上“万”，各部分之和才等于{evidence.quote(found.total)}。",
            )
    return None
