"""Shares that do not fit the part and the whole they are of: 9 of 14 given as 70 %.

Start at `check_shares`.
"""

from __future__ import annotations

from collections.abc import Iterator

from healthie.checks.evidence import Evidence
from healthie.checks.finding import Finding
from healthie.checks.vocabulary import find
from healthie.text import fold

__all__ = ["check_shares"]

_TRIPLE = tuple[int, int, int]


def check_shares(evidence: Evidence) -> Iterator[Finding]:
    """Find percentages that are not the part divided by the whole."""
    for share, part, whole in _stated(evidence):
        expected = evidence.size(part).over(evidence.size(whole))
        stated = evidence.size(share)
        if expected is None or not expected.distance(stated):
            continue
        yield evidence.finding(
            "share",
            (share, part, whole),
            stated=share,
            expected=expected,
            severity=evidence.severity(expected, share, stated),
            message=f"{evidence.quote(part)} of {evidence.quote(whole)} is {evidence.show(expected, share)}, "
            f"not {evidence.quote(share)}.",
            message_zh=f"{evidence.quote(part)}占{evidence.quote(whole)}的{evidence.show(expected, share)}，"
            f"不是{evidence.quote(share)}。",
        )


def _stated(evidence: Evidence) -> Iterator[_TRIPLE]:
    """Return every share with its part and its whole, where all three are stated."""
    for i, fact in enumerate(evidence.facts):
        if fact.quantity.unit not in {"%", "‰"} or fact.role not in {"share", "level"}:
            continue
        found = _whole_inside(evidence, i) or _counted(evidence, i) or _whole_elsewhere(evidence, i)
        if found and evidence.comparable(*found) and _is_proper(evidence, *found):
            yield (i, *found)


def _is_proper(evidence: Evidence, part: int, whole: int) -> bool:
    """Tell a part from what is no part by its size: that is for the check of parts."""
    return evidence.size(part).low <= evidence.size(whole).high


def _whole_inside(evidence: Evidence, share: int) -> tuple[int, int] | None:
    """Read 45.6万人，占总人口380万人的12%."""
    whole, part = share - 1, share - 2
    if part < 0 or not evidence.same_sentence(part, share) or evidence.between(whole, share).strip() != "的":
        return None
    is_share = find(r"^[^,;。]{0,12},?[^,;。]{0,6}占[^,;。占]{0,16}$", evidence.between(part, whole))
    return (part, whole) if is_share else None


def _counted(evidence: Evidence, share: int) -> tuple[int, int] | None:
    """Read 14个项目中有9个开工，占64.3% or 开工率64.3%: the part is counted as a share of a count right before."""
    part = share - 1
    if part < 0 or not evidence.same_sentence(part, share):
        return None
    counted, percentage = evidence.facts[part], evidence.facts[share]
    if counted.role != "share" or counted.of is None or counted.quantity.dimension != "count":
        return None
    if percentage.role == "share":
        return (part, counted.of) if percentage.of in {part, counted.of} and not _own_whole(evidence, share) else None
    words = fold(percentage.indicator.text)
    done = fold(counted.indicator.spans[-1].text) if counted.indicator.spans else ""
    return (part, counted.of) if words.endswith("率") and len(words) >= 3 and words[:-1] in done else None


def _own_whole(evidence: Evidence, share: int) -> bool:
    """Tell whether a share names a whole of its own (占全省的6%)."""
    return bool(find(r"占(?!比)[^,;。约达]{2,}", evidence.lead(share)))


def _whole_elsewhere(evidence: Evidence, share: int) -> tuple[int, int] | None:
    """Read 老年人口45.6万人，占常住人口的12% where 常住人口 has been given: once, for the same place and time."""
    fact = evidence.facts[share]
    part = fact.of
    if fact.role != "share" or fact.reference is None or part is None or part >= share:
        return None
    if evidence.facts[part].role != "level" or not evidence.same_sentence(part, share):
        return None
    wholes = [
        i
        for i in evidence.where("level", status=fact.status)
        if i not in {part, share}
        and fold(evidence.facts[i].indicator.text) == fold(fact.reference.text)
        and evidence.comparable(i, part)
        and evidence.same_place(i, part)
        and evidence.same_time(i, part)
    ]
    return (part, wholes[0]) if len({evidence.size(i) for i in wholes}) == 1 else None
