"""Sentences that differ in one word and say the same of it: the place, the indicator and the role must not change.

Each table is a grid of words that real reports use; a test reads one row of the grid with every word of the other axis.
"""

from __future__ import annotations

from itertools import product

import pytest

import healthie

_DEEDS = (
    "", "共有", "现有", "目前有", "辖区内有", "累计建成", "先后建成", "新建", "改扩建", "迁建", "撤并", "关停",
    "取缔", "抽检", "查处", "验收", "命名", "升级", "购置", "资助", "托管", "计划新建",
)  # fmt: skip
_COUNTED = (
    "卫生院8所", "村卫生室8个", "医院8家", "学校8所", "诊所8家", "标准化村卫生室8个", "乡镇卫生院8所",
    "妇幼保健院8所", "养老机构8家", "社区卫生服务中心8个", "托育机构8家",
)  # fmt: skip
_PLACES = {"任城区": "370811", "邹城市": "370883", "鱼台县": "370827"}
_EARLIER = (
    "上年", "上年度", "上一年度", "去年同期", "去年底", "去年年底", "上年同期水平", "2022年", "2022年度",
    "2022年底", "“十三五”末", "三年前", "改革前", "基线调查", "上季度",
)  # fmt: skip
_MEASURES = {
    "家庭医生签约率": ("86.3%", "2.1个百分点"),
    "住院率": ("16.3%", "2.1个百分点"),
    "门诊次均费用": ("268元", "12元"),
    "人均预期寿命": ("79.1岁", "0.5岁"),
    "孕产妇死亡率": ("8.6/10万", "1.2/10万"),
}


def _facts(text):
    report = healthie.extract(text, region="370800", published="2024-03")
    return [(fact, "".join(text[piece.start : piece.end] for piece in fact.indicator.spans)) for fact in report.facts]


@pytest.mark.parametrize("deed", _DEEDS)
def test_what_a_place_has_or_does_is_of_the_place(deed):
    for counted, (place, code) in product(_COUNTED, _PLACES.items()):
        [(fact, said)] = _facts(f"{place}{deed}{counted}。")
        assert fact.region.code == code, (place, deed, counted)
        assert counted.rstrip("8所个家") in said, (place, deed, counted)


@pytest.mark.parametrize("earlier", _EARLIER)
def test_a_change_is_of_the_measure_before_it(earlier):
    for (measure, (value, step)), (verb, sign) in product(_MEASURES.items(), {"提高": "+", "下降": "-"}.items()):
        for comparison in (f"较{earlier}{verb}", f"比{earlier}{verb}", f"与{earlier}相比{verb}"):
            text = f"2023年，全市{measure}为{value}，{comparison}{step}。"
            (_, level), (change, said) = _facts(text)
            assert (change.role, change.direction, change.of) == ("change", sign, 0), text
            assert level == said == measure, text
            assert text[change.reference.start : change.reference.end] == earlier, text


@pytest.mark.parametrize("measure", _MEASURES)
@pytest.mark.parametrize(
    "form",
    ["{a}、{b}、{c}{m}分别为{v}、{v}、{v}", "{m}{a}、{b}和{c}分别为{v}、{v}和{v}", "{a}{m}{v}，{b}{v}，{c}{v}",
     "{m}：{a}{v}、{b}{v}、{c}{v}", "{m}较高的有{a}（{v}）、{b}（{v}）、{c}（{v}）"],
)  # fmt: skip
def test_each_place_has_its_value(measure, form):
    a, b, c = _PLACES
    found = _facts(form.format(a=a, b=b, c=c, m=measure, v=_MEASURES[measure][0]) + "。")
    assert [(fact.region.code, said) for fact, said in found] == [(code, measure) for code in _PLACES.values()]
