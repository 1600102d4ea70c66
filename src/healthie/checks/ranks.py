"""Ranks that do not fit the number ranked: 在10个县区中排名第12位.

Start at `check_ranks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from healthie.checks.evidence import Evidence
from healthie.checks.finding import Finding
from healthie.checks.interval import Interval
from healthie.checks.vocabulary import find

__all__ = ["check_ranks"]

_AMONG = r"^\p{Han}{0,8}?(?:{among}|{takes_place})?\p{Han}{0,4}$"


def check_ranks(evidence: Evidence) -> Iterator[Finding]:
    """Find ranks that are behind the last place."""
    for rank in evidence.where("rank"):
        ranked = rank - 1
        if ranked < 0 or not _is_among(evidence, rank, ranked):
            continue
        if evidence.size(rank).low <= evidence.size(ranked).high:
            continue
        yield evidence.finding(
            "rank",
            (rank, ranked),
            stated=rank,
            expected=Interval(Fraction(1), evidence.size(ranked).high),
            message=f"Among {evidence.quote(ranked)} there is no place {evidence.quote(rank)}.",
            message_zh=f"{evidence.quote(ranked)}中没有{evidence.quote(rank)}。",
        )


def _is_among(evidence: Evidence, rank: int, ranked: int) -> bool:
    """Tell whether a count right before a rank is that of those ranked."""
    if not evidence.same_sentence(rank, ranked) or evidence.facts[ranked].role not in {"level", "share"}:
        return False
    words = evidence.between(ranked, rank)
    return bool(find(_AMONG, words)) and bool(find("{ranked}", words + evidence.quantity(ranked).unit))
