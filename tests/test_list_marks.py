"""A sentence says the same as an item of a list, behind its number, and behind words that lead in to it.

Every sentence of fact_sentences.tsv is read alone and behind each mark: quantities, indicators, places, times and the
rest must not change.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

import healthie
from healthie.records import Fact

_ROWS = (Path(__file__).parent / "fact_sentences.tsv").read_text("utf-8").splitlines()
SENTENCES = [row.split("\t")[0] for row in _ROWS if row and not row.startswith("#") and "\\n" not in row.split("\t")[0]]
MARKS = ["（一）", "2、", "3.", "——", "二是", "首先，", "此外，"]
# a mark stands before no other mark, and before no figure (3. and 5位 would be 3.5位)
_NO_MARK_BEFORE = regex.compile(r"其中|[一二三四五六七八九十\d（(—-]")


def read(text: str, *, skipped: int) -> list[tuple[object, ...]]:
    """Return what a text says, with offsets counted behind a mark."""
    return [row(fact, skipped) for fact in healthie.extract(text, region="渭南市", published="2024-01-20").facts]


def row(fact: Fact, skipped: int) -> tuple[object, ...]:
    """Return all that a fact says but its score, which doubts words before it."""
    quantity, reference = fact.quantity, fact.reference
    return (
        (quantity.start - skipped, quantity.end - skipped, quantity.value, quantity.value_max, quantity.unit),
        (quantity.modifier, fact.role, fact.direction, fact.status, fact.of),
        [(piece.start - skipped, piece.end - skipped) for piece in fact.indicator.spans],
        reference and (reference.start - skipped, reference.end - skipped),
        fact.period and (fact.period.start, fact.period.end),
        fact.region and (fact.region.code, fact.region.name),
    )


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_before_a_sentence_changes_no_fact(mark: str) -> None:
    plain = [sentence for sentence in SENTENCES if not _NO_MARK_BEFORE.match(sentence)]
    changed = [s for s in plain if read(mark + s, skipped=len(mark)) != read(s, skipped=0)]
    assert changed == []
