"""Checks, continued: which total a list of parts belongs to, bases left out, values far apart, and time."""

from __future__ import annotations

import pytest

import healthie
from healthie.checks.evidence import Evidence

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
    ("share", "全市建档居民21万人，占户籍人口（30万人）的64%。", "21万人 of 30万人 is 67～73%, not 64%."),
    ("growth", "全市门诊量60万人次，比2019年（50万人次）增长35%。", "From 50万人次 to 60万人次"),
    ("growth", "全市门诊量60万人次，较上年（50万人次）增长35%。", "From 50万人次 to 60万人次"),
    # shares named in turn, of sorts that exclude one another
    ("sum", "出生人口中，一孩、二孩、多孩分别占48.2%、44.1%和11.5%。", "48.2% + 44.1% + 11.5% is"),
    ("sum", "全市学员中，男、女分别占57%、49%。", "57% + 49% is 105～107%, not 100%."),
    # plain values of the very same, however far apart
    ("conflict", "全市签约率为41%。全市签约率为91%。", "签约率 is 41% in one place and 91% in another."),
    ("conflict", "全市平均住院日为7.2天。全市平均住院日为17.2天。", "平均住院日 is 7.2天 in one place"),
    (
        "conflict",
        "2022年，全市常住人口21万人。2022年，全市常住人口61万人。",
        "is 21万人 in one place and 61万人 in another.",
    ),
    # the second value in the same sentence
    ("unit", "2020年，婴儿死亡率为4.6‰，2021年，婴儿死亡率为4.1%。", "is 4.6‰ in one place and 4.1% in another"),
    ("unit", "2020年婴儿死亡率为4.6‰，2021年为4.1%。", "is 4.6‰ in one place and 4.1% in another"),
]

FINE = [
    "出生人口中，一孩、二孩、多孩分别占48.2%、40.1%和11.7%。",
    "体检中，高血压、糖尿病患者分别占57%、49%。",
    "2020年，婴儿死亡率为4.6‰，2021年，婴儿死亡率为4.1‰。",
    "全市签约率为41%。其中，城区签约率为91%。",
    "全市签约率为41%。重点人群签约率为91%。",
    "全市签约率为41%。签约率最高达91%。",
    "全市签约率为41%。部分乡镇签约率为91%。",
    "全市签约率为41%。青川县签约率为91%。",
    "全市签约率为41%。城区方面，签约率为91%。",
    "全市签约率为41%。老年人签约服务扎实推进，签约率为91%。",
    "2021年，全市签约率为41%。2022年，全市签约率为91%。",
    "城镇方面，工作扎实。全市签约率为41%。农村方面。签约率为91%。",
    "全市签约率为41%（老年人）。全市签约率为91%（儿童）。",
    "全市签约率为41%。全市签约率为91%的有3个镇。",
    "全市签约率由41%提高到91%。全市签约率为91%。",
    "全市签约率为41%。力争全市签约率达到91%。",
    "全市签约率为41%。到2025年，全市签约率达到91%。",
    "全镇门诊3万人次、住院2000人次，其中卫生院门诊1.4万人次。",
    "全院共有职工120人，其中男职工70人，女职工50人，其中卫技人员95人。",
    "全市现有护士600人，男40人，女560人，其中高级职称150人、中级职称450人。",
    "全市现有护士600人，女560人，男40人，其中高级职称80人、中级职称200人、初级职称320人。",
    "全镇建有健康小屋6个、健康步道12个，其中示范健康小屋3个、示范健康步道5个。",
    "次均药费由80元下降到72元，下降10%。",
    "人均补助由40元提高到50元，提高25%。",
    "人均预期寿命78.6岁，比全国平均水平（76.2岁）高2.4岁。",
    "人均预期寿命由76.2岁提高到78.6岁，提高2.4岁。",
    "婴儿死亡率由6.4‰下降到4.1‰，下降2.3个千分点。",
    "全市建档居民21万人，占户籍人口（30万人）的70%。",
    "全市门诊量60万人次，比2019年（50万人次）增长20%。",
    "全市门诊量60万人次，比2019年（50万人次）增加10万人次。",
    "全市门诊量60万人次，比上年（50万人次）增长20%。",
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


@pytest.mark.parametrize("text", ["全县签约率为41%。" * 2, "全县签约率为41%。" * 60, "", "。。", "其中3家", "（3家）"])
def test_repeated_and_empty_texts_raise_nothing(text: str) -> None:
    assert check(text) == []


LONG = [
    "全县有医院9000家，其中" + "、".join(f"机构{i + 1}家" for i in range(400)) + "。",
    "，".join(f"全县签约率为{i % 90}%" for i in range(400)) + "。",
    "".join(f"全县签约率为{i % 90}%。" for i in range(400)),
    "全县有医院9000家，" + "，其中".join(f"卫生院{9000 - i}家" for i in range(400)) + "。",
    "；".join(f"青川县签约率{i % 50 + 40}%，比剑阁县高{i % 7}个百分点" for i in range(300)) + "。",
    "".join("2023年7月至2022年6月，体检4万人。" for _ in range(300)),
]


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_a_fact_costs_a_bounded_number_of_looks(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Count what the checks look up, since a clock tells little on a busy machine."""
    looks = 0
    quantity = Evidence.quantity

    def counted(evidence: Evidence, i: int) -> healthie.Quantity:
        nonlocal looks
        looks += 1
        return quantity(evidence, i)

    monkeypatch.setattr(Evidence, "quantity", counted)
    report = healthie.extract(text)
    healthie.check(report)
    assert looks <= 200 * len(report.facts)
