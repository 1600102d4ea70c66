"""Facts again: what a small error in the linker gets wrong and no other table holds."""

from __future__ import annotations

import pytest

import healthie


@pytest.mark.parametrize(
    ("text", "programmes"),
    [
        ("基本公共卫生服务项目投入资金300万元。", ["基本公共卫生服务项目"]),
        ("新建卫生室8个。家庭医生签约服务覆盖4.6万人。", [None, "家庭医生签约服务"]),
        ("家庭医生签约服务覆盖4.6万人。新建卫生室8个。", ["家庭医生签约服务", None]),
    ],
)
def test_the_programme_is_that_of_the_sentence(text, programmes):
    facts = healthie.extract(text).facts
    assert [fact.programme.text if fact.programme else None for fact in facts] == programmes


def test_a_breakdown_is_of_the_time_of_what_it_breaks_down():
    text = "2019年,全县登记患者820人。其中,男性患者430人。"
    first, second = healthie.extract(text, published="2022-01-10").facts
    assert first.period == second.period
    assert str(second.period.start) == "2019-01-01"
