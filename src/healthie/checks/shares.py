"""Shares that do not fit the part and the whole they are of: 6 of 16 given as 50 %.

Start at `check_shares`.
"""

from __future__ import annotations

from collections.abc import Iterator

from healthie.checks.evidence import Evidence
from healthie.checks.finding import Finding
from healthie.checks.parts import list_of
from healthie.checks.vocabulary import find
from healthie.text import fold

__all__ = ["check_shares"]

_TRIPLE = tuple[int, int, int]
# 其中公立医院18家，占56.3%: the share of a part in its list names no whole, or only 总数.
_OF_THE_LIST = r"^[^,;。()]{0,12}[,(]{roundly}?{whole_of}(?:比|{all_of}的)?(?:{reaches}|{roundly})?$"
_STARTS = r"[由从](?:\d{4}年的?)?$"
# 应体检1200人，实际体检1100人
_DUE = r"应(?![急用对届])[^,;。]{1,12}$"
_RATE = r"^,([^,;。]{2,10})率{reaches}?$"
_OUTCOME = r"^\p{Han}{0,8}[,、](?:其中)?{in_fact}?({outcome})$"
_DONE = r"^[^,;。]{0,8}[,、]{in_fact}[^,;。]{1,12}$"


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
    totals = _totals(evidence)
    for i, fact in enumerate(evidence.facts):
        if fact.quantity.unit not in {"%", "‰"} or fact.role not in {"share", "level"}:
            continue
        found = (
            _whole_inside(evidence, i)
            or _listed(evidence, i, totals)
            or _counted(evidence, i)
            or _due(evidence, i)
            or _whole_elsewhere(evidence, i)
        )
        if found and evidence.same_time(i, found[0]) and evidence.comparable(*found) and _is_proper(evidence, *found):
            yield (i, *found)


def _totals(evidence: Evidence) -> dict[int, int]:
    """Return the total of every part of a list."""
    lists = (list_of(evidence, total) for total in evidence.where("level"))
    return {part: found.total for found in lists if found for part in found.close}


def _listed(evidence: Evidence, share: int, totals: dict[int, int]) -> tuple[int, int] | None:
    """Read 医院32家，其中公立医院18家（占56.3%）."""
    part = share - 1
    starts_change = find(_STARTS, evidence.clause_lead(part))  # 由1207人(占41%)增至…: of the whole as it was then
    if part not in totals or starts_change or not evidence.same_sentence(part, share):
        return None
    return (part, totals[part]) if find(_OF_THE_LIST, evidence.between(part, share)) else None


def _due(evidence: Evidence, share: int) -> tuple[int, int] | None:
    """Read 应体检1200人，实际体检1100人，体检率91.7% and 抽检500批次，合格490批次，合格率98%."""
    whole, part = share - 2, share - 1
    if whole < 0 or not evidence.same_sentence(whole, share) or evidence.quantity(part).dimension != "count":
        return None
    done, rate = evidence.between(whole, part), find(_RATE, evidence.between(part, share))
    if not rate:
        return None
    if find(_DUE, evidence.lead(whole)) and find(_DONE, done):
        return part, whole
    outcome = find(_OUTCOME, done)
    return (part, whole) if outcome and outcome[1] == rate[1] else None


def _is_proper(evidence: Evidence, part: int, whole: int) -> bool:
    """Tell a part from what is no part by its size: that is for the check of parts."""
    return evidence.size(part).low <= evidence.size(whole).high


def _whole_inside(evidence: Evidence, share: int) -> tuple[int, int] | None:
    """Read 45.6万人，占总人口380万人的12% and 占总人口（380万人）的12%."""
    whole, part = share - 1, share - 2
    if part < 0 or not evidence.same_sentence(part, share):
        return None
    behind = evidence.between(whole, share).strip()
    is_share = find(r"^[^,;。]{0,12},?[^,;。]{0,6}占[^,;。占()]{0,16}(\()?$", evidence.between(part, whole))
    return (part, whole) if is_share and behind == (")的" if is_share[1] else "的") else None


def _counted(evidence: Evidence, share: int) -> tuple[int, int] | None:
    """Read 16个项目中有6个竣工，占37.5% or 竣工率37.5%: the part is counted as a share of a count right before."""
    part = share - 1
    if part < 0 or not evidence.same_sentence(part, share):
        return None
    counted, percentage = evidence.facts[part], evidence.facts[share]
    if counted.role != "share" or counted.of is None or counted.quantity.dimension != "count":
        return None
    if percentage.role == "share":
        return (part, counted.of) if percentage.of in {part, counted.of} and not _own_whole(evidence, share) else None
    *topics, words = [fold(piece.text) for piece in percentage.indicator.spans] or [""]
    # 总体完成率 weighs what is counted
    if find("{weighed}", evidence.lead(share)) or not all(topic in fold(counted.indicator.text) for topic in topics):
        return None
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
    # behind the part, or before it as in 医院中，公立医院18家（占56.3%）
    is_named_here = fact.reference.start >= evidence.quantity(part).end or (
        fact.reference.start >= fact.sentence.start and evidence.text.startswith("中", fact.reference.end)
    )
    if not is_named_here or evidence.facts[part].role != "level" or not evidence.same_sentence(part, share):
        return None
    wholes = [
        i
        for i in evidence.levels(fact.reference.text, status=fact.status)
        if i not in {part, share}
        and evidence.comparable(i, part)
        and evidence.same_place(i, part)
        and evidence.same_time(i, part)
    ]
    return (part, wholes[0]) if len({evidence.size(i) for i in wholes}) == 1 else None
