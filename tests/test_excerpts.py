"""Sentences without an end: what a fact repeats of its sentence is bounded, so what is written grows with the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import any_text
import pytest
from hypothesis import given
from hypothesis import strategies as st

import healthie
from healthie.excerpts import LONGEST_SENTENCE, excerpts_of

PIECES = ("2倍", "8所、", "全县有卫生院8所，", "签约率81%，比上年增长5个百分点，", "8" * 30 + "所")
SIZE = 3_000


def endless(piece: str, size: int = SIZE) -> str:
    return (piece * size)[:size]


def of_docbin(report: healthie.Report) -> int:
    return len(report.to_docbin().to_bytes())


def of_arrow(report: healthie.Report) -> int:
    return int(report.to_arrow().nbytes)


def of_doc(report: healthie.Report) -> int:
    return len(healthie.load()(report.text).to_bytes())


@pytest.mark.parametrize("piece", PIECES)
def test_a_fact_has_a_bounded_stretch_that_holds_its_quantity(piece: str) -> None:
    text = endless(piece)
    found = healthie.extract(text).facts
    assert len(found) > SIZE / 40
    for fact in found:
        sentence, quantity = fact.sentence, fact.quantity
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.start <= quantity.start < quantity.end <= sentence.end
        assert LONGEST_SENTENCE / 2 < len(sentence.text) <= LONGEST_SENTENCE


@pytest.mark.parametrize("piece", ["全县有卫生院8所，", "全县有卫生院8所 ", "全县有卫生院8所、"])
def test_a_stretch_ends_behind_a_mark_of_clause(piece: str) -> None:
    text = endless(piece)
    ends = {fact.sentence.end for fact in healthie.extract(text).facts}
    assert len(ends) > 2
    assert {text[end - 1] for end in ends - {len(text)}} == {piece[-1]}


@pytest.mark.parametrize("size", [LONGEST_SENTENCE - 1, LONGEST_SENTENCE])
def test_a_sentence_within_the_bound_is_whole(size: int) -> None:
    text = endless("全县有卫生院8所，", size)
    sentences = {fact.sentence for fact in healthie.extract(f"有站6个。\n{text}").facts[1:]}
    assert [sentence.text for sentence in sentences] == [text]


@pytest.mark.parametrize("piece", PIECES)
def test_linking_reads_the_whole_sentence(piece: str) -> None:
    opening = "卫生院共60所，其中"
    whole = opening + endless(piece, LONGEST_SENTENCE - len(opening))
    cut = whole + endless(piece, 100)
    long, short = healthie.extract(whole).facts, healthie.extract(cut).facts
    assert long[0].sentence.text == whole
    middle = short[0].sentence.end
    assert 400 < middle < 700
    before_the_end = [fact for fact in long if fact.quantity.end < len(whole) - 100]
    assert any(fact.quantity.start > middle for fact in before_the_end)
    for one, other in zip(before_the_end, short, strict=False):
        assert other == replace(one, sentence=other.sentence)


@pytest.mark.parametrize("piece", PIECES[:3])
@pytest.mark.parametrize(
    "size_of",
    [
        lambda report: len(report.to_csv()),
        lambda report: len(report.to_jsonl()),
        lambda report: len(report.to_json()),
        lambda report: len(report.to_html()),
        lambda report: len(report.to_brat()),
        lambda report: len(report.to_web_annotations()),
        of_arrow,
        of_docbin,
        of_doc,
    ],
    ids=["csv", "jsonl", "json", "html", "brat", "web annotations", "arrow", "docbin", "load"],
)
def test_what_is_written_grows_with_the_text(piece: str, size_of: Callable[[healthie.Report], int]) -> None:
    once, more = (size_of(healthie.extract(endless(piece, size))) for size in (SIZE, 4 * SIZE))
    assert more < 1.3 * 4 * once


@given(st.lists(st.sampled_from(["村", "，", "8" * 400 + "所", "9家", " ", "站" * 90]), min_size=1, max_size=80))
def test_stretches_are_the_sentence_and_cut_no_quantity(pieces: list[str]) -> None:
    text = "".join(pieces)
    quantities = list(healthie.find_quantities(text))
    cut = excerpts_of(text, 0, len(text), quantities)
    assert "".join(text[start:end] for start, end in cut) == text
    whole = {(quantity.start, quantity.end) for quantity in quantities}
    assert all(start < end and (end - start <= LONGEST_SENTENCE or (start, end) in whole) for start, end in cut)
    assert not any(start < edge < end for start, end in whole for _, edge in cut)


@pytest.mark.parametrize("piece", PIECES)
def test_all_that_is_promised_holds(piece: str) -> None:
    any_text.check_same(endless(piece))
    any_text.check_exports(healthie.extract(endless(piece)))
