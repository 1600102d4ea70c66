"""Bare numbers in tables of plain text: their units, what they measure, of which place and time."""

from __future__ import annotations

import pytest

import healthie

REPORT = "延边州2010年卫生统计公报\n\n"


def read(table: str) -> list[str]:
    report = healthie.extract(REPORT + table, region="222400", published="2011-03")
    return [shown(fact) for fact in report.facts]


def shown(fact: healthie.Fact) -> str:
    assert fact.indicator is not None
    assert fact.region is not None
    assert fact.period is not None
    number = f"{fact.quantity.text} {fact.quantity.value}{fact.quantity.unit}"
    return f"{number} {fact.indicator.text} {fact.role}{fact.direction} {fact.region.name} {fact.period.end}"


@pytest.mark.parametrize(
    ("table", "facts"),
    [
        pytest.param(
            "表1  2010年末各县（市）卫生资源\n县（市）  床位（张）  护士（人）\n图们市  512  203\n龙井市  618  —\n",
            [
                "512 512张 床位 level 图们市 2010-12-31",
                "203 203人 护士 level 图们市 2010-12-31",
                "618 618张 床位 level 龙井市 2010-12-31",
            ],
            id="places down, units in the heads",
        ),
        pytest.param(
            "指标名称  计量单位  2010年  比上年增减（%）\n"
            "参合农民  万人  68.2  -0.7\n"
            "其中：缴费农民  万人  66.1  1.4\n",
            [
                "68.2 682000人 参合农民 level 延边朝鲜族自治州 2010-12-31",
                "-0.7 -0.7% 参合农民 change- 延边朝鲜族自治州 2010-12-31",
                "66.1 661000人 缴费农民 level 延边朝鲜族自治州 2010-12-31",
                "1.4 1.4% 缴费农民 change+ 延边朝鲜族自治州 2010-12-31",
            ],
            id="a column of units",
        ),
        pytest.param(
            "单位：万元\n县（市）\t收入\t支出\n图们市\t1,212.5\t918\n",
            [
                "1,212.5 12125000元 收入 level 图们市 2010-12-31",
                "918 9180000元 支出 level 图们市 2010-12-31",
            ],
            id="a unit above, tabs, marks of thousands",
        ),
        pytest.param(
            "指标 2009年 2010年\n诊所数（个） 1203 1260\n",
            [
                "1203 1203个 诊所数 level 延边朝鲜族自治州 2009-12-31",
                "1260 1260个 诊所数 level 延边朝鲜族自治州 2010-12-31",
            ],
            id="years across, units in the rows",
        ),
        pytest.param(
            "县（市） 病例数 编号\n图们市 97 12\n",
            ["97 97 病例数 level 图们市 2010-12-31"],
            id="a count without a unit; a number of the row itself",
        ),
        pytest.param(
            "县（市）  床位（张）\n图们市  2010\n龙井市  1,110\n",
            ["2010 2010张 床位 level 图们市 2010-12-31", "1,110 1110张 床位 level 龙井市 2010-12-31"],
            id="a value that looks like a year",
        ),
        pytest.param(
            "单位：人\n县（市） 收治\n图们市(州府) 97\n",
            ["97 97人 收治 level 图们市 2010-12-31"],
            id="brackets that hold no unit",
        ),
        pytest.param(
            "| 县（市） | 床位（张） |\n|---|---|\n| 图们市 | 97 |\n",
            ["97 97张 床位 level 图们市 2010-12-31"],
            id="bars and a rule",
        ),
        pytest.param(
            "填报单位：县卫健委\n县（市） 病例数\n图们市 97\n",
            ["97 97 病例数 level 图们市 2010-12-31"],
            id="a body is no unit",
        ),
    ],
)
def test_a_table_gives_its_numbers_units(table: str, facts: list[str]) -> None:
    assert read(table) == facts


@pytest.mark.parametrize(
    "text",
    ["序号 电话\n甲科 62211\n", "甲县 乙县\n97 12\n", "年度  项目\n一期  2010\n", "97 12\n", "名称 金额\n甲 12 13\n"],
)
def test_other_lines_with_numbers_are_no_tables(text: str) -> None:
    assert healthie.find_quantities(text) == ()
