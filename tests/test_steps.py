"""The steps that a text takes grow no faster than its length, counted and not timed, so the same on every machine.

What counts are the calls of functions, Python's and C's: it shows each search that begins again, not what one pattern
does within a match; for that scripts/measure_time.py and the tests marked speed measure time.
"""

# ruff: noqa: E501 - a table of characters, many of them as wide as two

from __future__ import annotations

import sys
from collections.abc import Callable
from hashlib import sha256

import any_text
import pytest

import healthie
from healthie.export import facts

FEW, TIMES = 300, 8
# One piece for each construction that linking looks back, ahead or around for.
PIECES = (
    "8", "8、", "8所、", "12、", "甲分别为8%和9%,", "分别", "“甲", "(甲", "《甲", "其中8家、", "全县有8所,", "该县", "海盐、桐乡、",
    "2019年", "1月至", "比上年增长8%,", "占全省的8%,", "一、医改\n", "|8|", "<b>8人</b>", "花溪村", "健康行动工程", "人民医院8家和",
    "计划建8家,", "甲|", "8\n", "河北村村", "从8%到9%,", "甲(以下简称“乙丙”)", "”8", "8/", "8:", "第8位", "每千人口8张",
)  # fmt: skip
# What stands many times, and then what stands many times behind it: each quantity may look back over all the first.
HALVES = [
    ("卫生院、", "8所、"), ("（其中", "8人）"), ("我国", "8个，"), ("全县", "8所和"), ("目前", "增长8%、"), ("门诊、住院、分别为", "8人、9人、"),
    ("截至3月底，", "8个，"), ("甲占乙的", "8%、"), ("云县、", "8人、"), ("“甲", "8人”"), ("甲中", "，8人"), ("卫生院 ", "8所 "), ("全县8个", "全县8个"),
    ("甲", "：白水县8人，"),
]  # fmt: skip


def steps(argument: object, function: Callable[..., object] = healthie.extract) -> int:
    counted = 0

    def count(_frame: object, event: str, _what: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        function(argument)
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("piece", PIECES)
def test_steps_grow_with_the_text(piece: str) -> None:
    few = (piece * FEW)[:FEW]
    healthie.extract(few * TIMES)  # the patterns that are compiled at their first use are not counted
    once, more = steps("甲" + few[:-1]), steps(few * TIMES)
    assert more < 1.5 * TIMES * once + 2_000


@pytest.mark.parametrize("piece", ["合计翻一番8.5%", "8%翻一番其中亿元和8所", "增量8%，"])
def test_an_indicator_does_not_grow_with_the_chain_of_facts_before_it(piece: str) -> None:
    few, many = (healthie.extract(piece * size).facts for size in (60, 240))
    assert max(len(fact.indicator.spans) for fact in many) <= max(len(fact.indicator.spans) for fact in few)


@pytest.mark.parametrize(("first", "second"), HALVES)
def test_steps_grow_with_two_halves(first: str, second: str) -> None:
    def halves(size: int) -> str:
        return first * (size // len(first)) + second * (size // len(second))

    healthie.extract(halves(FEW * TIMES))
    once, more = steps(halves(FEW)), steps(halves(FEW * TIMES))
    assert more < 1.5 * TIMES * once + 2_000


@pytest.mark.parametrize(
    "piece", ["签约率由8%提高到9%，提高1个百分点。", "从8%升至9%、", "全县有8所，其中公立8所。", "2倍。"]
)
@pytest.mark.parametrize(
    "function",
    [lambda report: healthie.panel([report]), lambda report: healthie.compare(report, report), healthie.check],
    ids=["panel", "compare", "check"],
)
def test_steps_grow_with_the_report(piece: str, function: Callable[[healthie.Report], object]) -> None:
    few, many = (healthie.extract(piece * count) for count in (40, 40 * TIMES))
    function(few)
    assert steps(many, function) < 1.5 * TIMES * steps(few, function) + 2_000


def test_a_panel_hashes_a_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []
    monkeypatch.setattr(facts, "sha256", lambda data: hashed.append(data) or sha256(data))
    report = healthie.extract("规范管理率73.6%。" * 61)
    healthie.panel([report])
    healthie.compare(report, report)
    assert len(hashed) == 1


@pytest.mark.speed
@pytest.mark.parametrize("kind", sorted(any_text.words_by_class()))
def test_time_is_linear_in_words_of_a_class(check_linear: object, kind: str) -> None:
    check_linear(healthie.extract, "8个".join([*any_text.words_by_class()[kind][:6], ""]), 2_000)
