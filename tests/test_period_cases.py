"""Time expressions again: what a small error in the code gets wrong and no other table holds.

A row of period_sentences.tsv is the day of a report, the time that it covers, and a sentence with its times marked.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from marked_times import found, strip

from healthie.records import Period

_ROWS = (Path(__file__).parent / "period_sentences.tsv").read_text("utf-8").splitlines()
SENTENCES = [row.replace("\\n", "\n").split("\t") for row in _ROWS if row and not row.startswith("#")]


@pytest.mark.parametrize(("published", "covered", "marked"), SENTENCES)
def test_sentences(published, covered, marked):
    text, gold = strip(marked)
    first, _, last = covered.partition("..")
    period = Period(date.fromisoformat(first), date.fromisoformat(last)) if covered else None
    assert found(text, published, period) == gold
