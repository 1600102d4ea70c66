"""Lists of parts behind their total: 医院32家，其中公立医院18家、民营医院14家.

Start at `list_of`. A list opens with 其中, 包括, 含 or a bracket right behind the total.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from healthie.checks.evidence import Evidence
from healthie.checks.vocabulary import find
from healthie.text import fold

__all__ = ["PartList", "list_of"]

_OPENER = r"^[^,;:。()]{0,20}[,:]?\(?{opens_parts}"
_BARE_BRACKET = r"^[^,;:。()]{0,12}\("
# A list of several before 其中: which of them it parts, only the words tell.
_GOES_BACK = r",{opens_parts}"
_IN_A_LIST = r"^[、,;]?(?:{opens_parts}|和|及|以及)?[为是:]?$"
_RIVALS = 12
_ADDS_UP = frozenset({"count", "money", "area", "length", "volume", "mass"})


@dataclass(frozen=True, slots=True)
class PartList:
    """A total and its parts, as indices of facts.

    Attributes
    ----------
    total : int
        The total.
    parts : tuple of int
        All that may be its parts.
    close : tuple of int
        Those that are for sure: parted from the first by no comma, or listed behind a colon.
    fills_bracket : bool
        Whether the list stands in a bracket that opens with its first part.
    """

    total: int
    parts: tuple[int, ...]
    close: tuple[int, ...]
    fills_bracket: bool


def list_of(evidence: Evidence, total: int) -> PartList | None:
    """Return the parts listed behind a total; None where it has none, or is no sum (a rate, an average)."""
    quantity, first = evidence.quantity(total), _first_behind(evidence, total)
    if quantity.dimension not in _ADDS_UP or quantity.per or first is None:
        return None
    words = evidence.between(first - 1, first)
    is_named, is_open = find(_OPENER, words), words.count("(") > words.count(")")
    only_first = find("{leading}", evidence.between(total, first))  # 4923例,居前五位的依次为…
    if only_first or find("{excludes}", words) or not (is_named or (is_open and find(_BARE_BRACKET, words))):
        return None
    has_colon = ":" in words
    parts = tuple(_parts(evidence, total, first, has_colon=has_colon))
    if not is_open and find(_GOES_BACK, words) and (rivals := _rivals(evidence, total)):
        parts = tuple(takewhile(lambda part: _repeats(evidence, part, total, rivals), parts))
    commas = [bool(find("[,;。]", evidence.lead(part))) for part in parts[1:]]
    close = len(parts) if has_colon or True not in commas else commas.index(True) + 1
    return PartList(total, parts, parts[:close], is_open and not is_named) if parts else None


def _rivals(evidence: Evidence, total: int) -> list[int]:
    """Return the amounts before the last of a list (门诊30万人次、住院2万人次，其中…) that 其中 may go back to."""
    rivals: list[int] = []
    if not _is_listed(evidence, total):
        return rivals
    for i in range(total - 1, max(-1, total - _RIVALS - 1), -1):
        if not evidence.same_sentence(i, total):
            break
        if evidence.facts[i].role == "level" and evidence.comparable(i, total):
            rivals.append(i)
    return rivals


def _is_listed(evidence: Evidence, i: int) -> bool:
    """Tell whether nothing but its name stands between a quantity and the one before it."""
    words = evidence.lead(i)
    for span in evidence.facts[i].indicator.spans:
        words = words.replace(fold(span.text), "", 1)
    return bool(find(_IN_A_LIST, words))


def _repeats(evidence: Evidence, part: int, total: int, rivals: list[int]) -> bool:
    """Tell whether a part repeats more of the words of its total than of any other amount before it."""
    words, *others = (fold(evidence.facts[i].indicator.text) for i in (total, *rivals))
    name = fold(evidence.facts[part].indicator.text)
    return _in_common(name, words) > max(1, *(_in_common(name, other) for other in others))


def _in_common(one: str, other: str) -> int:
    """Return how many characters the longest words have that two names share; names are cut at their last 20."""
    match = SequenceMatcher(None, one[-20:], other[-20:], autojunk=False).find_longest_match()
    return match.size


def _first_behind(evidence: Evidence, total: int) -> int | None:
    """Return the first fact behind a total that is not said of it (how it grew, its rank), if in its sentence."""
    for i in range(total + 1, len(evidence.facts)):
        if not evidence.same_sentence(total, i):
            return None
        if evidence.facts[i].of != total or evidence.facts[i].role not in {"change", "gap", "rank"}:
            return i
    return None


def _parts(evidence: Evidence, total: int, first: int, *, has_colon: bool) -> Iterator[int]:
    """Return the counts behind a total, at one depth of brackets and in its unit, until something else begins."""
    together = evidence.same_stretch if has_colon else evidence.same_sentence
    depth = first_depth = 0
    for i in range(first, len(evidence.facts)):
        words = evidence.between(i - 1, i)
        depth += words.count("(") - words.count(")")
        if i == first:
            first_depth = depth
        elif not together(total, i) or depth < first_depth or find(_OPENER + "|{besides}", words):
            return
        fact = evidence.facts[i]
        if depth > first_depth or fact.role not in {"level", "share"} or _is_percentage(evidence, i):
            continue
        if not evidence.comparable(total, i) or fact.status != evidence.facts[total].status:
            return
        yield i


def _is_percentage(evidence: Evidence, i: int) -> bool:
    return evidence.quantity(i).dimension in {"rate", "points"}
