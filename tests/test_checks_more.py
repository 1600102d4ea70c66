"""Checks, continued: which total a list of parts belongs to, bases left out, values far apart, and time."""

from __future__ import annotations

import pytest

import healthie

FOUND = [
    # the part repeats the words of the last of a list
    ("part", "全镇建有健康小屋6个、健康步道12个，其中示范健康步道15个。", "A part of 12个 cannot be 15个."),
    ("part", "全镇建有健康小屋6个，健康步道12个（其中示范步道15个）。", "A part of 12个 cannot be 15个."),
    # a base that only the first of two values has
    ("growth", "次均药费由80元下降到72元，下降20%。", "From 80元 to 72元 is a change of -11～-9%, not -20%."),
    ("growth", "人均补助由40元提高到50元，提高35%。", "From 40元 to 50元 is a change of 22～28%, not +35%."),
    ("direction", "人均补助由40元提高到35元。", "From 40元 to 35元 is no rise."),
    # years of age, points of a rate per thousand
    ("gap", "人均预期寿命78.6岁，比全国平均水平（76.2岁）高1.2岁。", "is a gap of 2.3～2.5岁, not +1.2岁."),
    ("growth", "人均预期寿命由76.2岁提高到78.6岁，提高1.2岁。", "is a change of 2.3～2.5岁, not +1.2岁."),
    ("growth", "婴儿死亡率由6.4‰下降到4.1‰，下降1.2个千分点。", "is a change of -2.4～-2.2个千分点, not -1.2个千分点."),
    # values in brackets
    ("share", "全县建档居民21万人，占户籍人口（30万人）的64%。", "21万人 of 30万人 is 67～73%, not 64%."),
    ("growth", "全县门诊量60万人次，比2019年（50万人次）增长35%。", "From 50万人次 to 60万人次"),
    ("growth", "全县门诊量60万人次，较上年（50万人次）增长35%。", "From 50万人次 to 60万人次"),
]

FINE = [
    "全镇门诊3万人次、住院2000人次，其中卫生院门诊1.4万人次。",
    "全院共有职工120人，其中男职工70人，女职工50人，其中卫技人员95人。",
    "全县现有护士600人，男40人，女560人，其中高级职称150人、中级职称450人。",
    "全县现有护士600人，女560人，男40人，其中高级职称80人、中级职称200人、初级职称320人。",
    "全镇建有健康小屋6个、健康步道12个，其中示范健康小屋3个、示范健康步道5个。",
    "次均药费由80元下降到72元，下降10%。",
    "人均补助由40元提高到50元，提高25%。",
    "人均预期寿命78.6岁，比全国平均水平（76.2岁）高2.4岁。",
    "人均预期寿命由76.2岁提高到78.6岁，提高2.4岁。",
    "婴儿死亡率由6.4‰下降到4.1‰，下降2.3个千分点。",
    "全县建档居民21万人，占户籍人口（30万人）的70%。",
    "全县门诊量60万人次，比2019年（50万人次）增长20%。",
    "全县门诊量60万人次，比2019年（50万人次）增加10万人次。",
    "全县门诊量60万人次，比上年（50万人次）增长20%。",
]


def check(text: str) -> list[healthie.Finding]:
    return list(healthie.check(healthie.extract(text, region="510800", published="2023-07-10")))


@pytest.mark.parametrize(("kind", "text", "said"), FOUND)
def test_what_does_not_fit_is_found(kind: str, text: str, said: str) -> None:
    found = [finding for finding in check(text) if finding.kind == kind]
    assert [said in finding.message for finding in found] == [True], [finding.message for finding in check(text)]


@pytest.mark.parametrize("text", FINE)
def test_what_fits_raises_no_alarm(text: str) -> None:
    assert [finding.message for finding in check(text)] == []
