from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

import healthie
from healthie.report import Report

PLACES = {"白水县": "610527", "洛川县": "610629", "旬邑县": "610429"}
# Funds in 元, family doctor contracts in %, infant deaths and beds: of each place for 2018 and 2019, as it writes them.
YEARS = {
    ("白水县", 2018): ("9800万元", "41.5%", "4.2‰", "480张"),
    ("白水县", 2019): ("1.2亿元", "46.5%", "3.9‰", "504张"),
    ("洛川县", 2018): ("8600万元", "38.2%", "0.51%", "1.1万张"),
    ("洛川县", 2019): ("0.91亿元", "39.7%", "4.8‰", "620张"),
    ("旬邑县", 2018): ("7000万元", "52%", "3.3‰", "350张"),
    ("旬邑县", 2019): ("7350万元", "55.1%", "3.1‰", "371张"),
}


def read(place: str, year: int, *sentences: str) -> Report:
    head = f"{place}卫生健康局{year}年工作总结\n"
    return healthie.extract(head + "\n".join(sentences), published=str(year + 1))


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    return {
        f"{place} {year}": read(
            place,
            year,
            f"{year}年，全县投入卫生健康经费{funds}，家庭医生签约率达到{contracts}，婴儿死亡率为{deaths}。",
            f"截至{year}年底，全县卫生院床位{beds}，同比增长5.8%。",
            f"力争到{year + 1}年底，家庭医生签约率达到60%以上。",
        )
        for (place, year), (funds, contracts, deaths, beds) in YEARS.items()
    }


def rows(table: healthie.Table, **wanted: object) -> list[dict[str, Any]]:
    return [row for row in table if all(row[key] == value for key, value in wanted.items())]


def one(table: healthie.Table, **wanted: object) -> dict[str, Any]:
    [row] = rows(table, **wanted)
    return row


# ---------------------------------------------------------------------- panel


def test_a_row_for_each_indicator_place_and_period(reports: dict[str, Report]) -> None:
    panel = healthie.panel(reports)
    funds = rows(panel, indicator="投入卫生健康经费")
    assert {(row["region_code"], row["period"]): row["value"] for row in funds} == {
        ("610527", "2018"): 98000000,
        ("610527", "2019"): 120000000,
        ("610629", "2018"): 86000000,
        ("610629", "2019"): 91000000,
        ("610429", "2018"): 70000000,
        ("610429", "2019"): 73500000,
    }
    assert {row["unit"] for row in funds} == {"元"}
    assert len(panel) == len({(r["indicator"], r["region_code"], r["period"], r["status"], r["unit"]) for r in panel})


def test_every_row_says_where_its_value_stands(reports: dict[str, Report]) -> None:
    for row in healthie.panel(reports):
        report = reports[row["source"]]
        assert report.text[row["start"] : row["end"]] == row["text"]
        assert report.facts[row["fact"]].quantity.text == row["text"]


def test_rates_have_the_unit_of_the_indicator(reports: dict[str, Report]) -> None:
    deaths = rows(healthie.panel(reports), indicator_id="infant-mortality")
    assert {row["unit"] for row in deaths} == {"‰"}
    row = one(healthie.panel(reports), indicator_id="infant-mortality", region_name="洛川县", period="2018")
    assert (row["value"], row["text"]) == (Decimal("5.1"), "0.51%")


def test_targets_stand_apart_from_what_was_reached(reports: dict[str, Report]) -> None:
    found = rows(healthie.panel(reports), indicator_id="family-doctor-contract-rate", region_name="白水县")
    assert [(row["period"], row["status"], row["value"], row["modifier"]) for row in found] == [
        ("2018", "actual", Decimal("41.5"), "="),
        ("../2019-12-31", "target", 60, ">="),
        ("2019", "actual", Decimal("46.5"), "="),
        ("../2020-12-31", "target", 60, ">="),
    ]


def test_changes_are_not_mixed_with_levels(reports: dict[str, Report]) -> None:
    assert {row["role"] for row in healthie.panel(reports)} == {"level"}
    changes = healthie.panel(reports, role="change")
    assert {(row["value"], row["unit"], row["direction"], row["reference"]) for row in changes} == {
        (Decimal("5.8"), "%", "+", "同比")
    }
    assert len(changes) == 6


def test_a_role_that_is_none_is_told() -> None:
    with pytest.raises(ValueError, match="role='levels' is unknown: use one of 'level', 'change'"):
        healthie.panel([], role="levels")  # type: ignore[arg-type]


def test_no_reports_make_an_empty_panel() -> None:
    assert len(healthie.panel([])) == 0
    assert healthie.panel([]).to_pandas().shape == (0, len(healthie.panel([]).columns))


def test_what_is_no_report_is_told() -> None:
    with pytest.raises(TypeError, match=r"one of the reports is a str: read it with healthie\.extract first"):
        healthie.panel(["白水县有卫生院8所。"])  # type: ignore[list-item]


def test_facts_that_agree_are_one_row() -> None:
    first = read("白水县", 2019, "2019年，全县拥有卫生院16所。")
    second = read("白水县", 2019, "2019年，全县拥有卫生院16个。")
    row = one(healthie.panel({"a": first, "b": second}))
    assert (row["value"], row["facts"], row["conflicts"]) == (16, 2, 0)
    other = second.facts[0].quantity
    assert row["others"] == f"b:{other.start}:{other.end} 16个"


def test_of_facts_that_differ_the_later_report_counts_and_the_other_is_a_conflict() -> None:
    text = "白水县卫生健康局2019年工作总结\n2019年，全县拥有卫生院{}所。"
    early = healthie.extract(text.format(16), published="2020-01")
    late = healthie.extract(text.format(17), published="2020-06")
    for reports in ({"early": early, "late": late}, {"late": late, "early": early}):
        row = one(healthie.panel(reports))
        assert (row["source"], row["value"], row["facts"], row["conflicts"]) == ("late", 17, 2, 1)
        assert row["others"].startswith("early:")
        assert row["others"].endswith(" 16所")


def test_of_facts_that_differ_the_more_confident_counts() -> None:
    text = "白水县卫生健康局2019年工作总结\n2019年，全县拥有卫生院{}所。"
    sure, unsure = (healthie.extract(text.format(number), published="2020") for number in (16, 17))
    [fact] = unsure.facts
    unsure = replace(unsure, facts=(replace(fact, confidence=0.1),))
    assert one(healthie.panel([unsure, sure]))["value"] == 16


def test_of_two_values_in_one_text_the_first_counts() -> None:
    report = read("白水县", 2019, "2019年，全县拥有卫生院16所。", "2019年，全县拥有卫生院17所。")
    row = one(healthie.panel(report))
    assert (row["value"], row["conflicts"]) == (16, 1)


def test_what_a_value_rose_from_gives_way_and_is_no_conflict() -> None:
    report = read("白水县", 2019, "2019年，全县基本公共卫生服务人均补助标准由55元提高到69元。")
    row = one(healthie.panel(report))
    assert (row["value"], row["facts"], row["conflicts"]) == (69, 2, 0)


@pytest.mark.parametrize(
    ("texts", "values", "unit"),
    [
        (("新增用房8600平方米", "新增用房1.2公顷"), [8600, 12000], "平方米"),
        (("投入帮扶资金320万元", "投入帮扶资金0.8亿元"), [3200000, 80000000], "元"),
        (("孕产妇死亡率为14.3/10万", "孕产妇死亡率为0.12‰"), [Decimal("14.3"), 12], "/10万"),
        (("床位总数4800", "床位320张"), [4800, 320], "张"),
    ],
)
def test_one_unit_for_an_indicator(texts: tuple[str, str], values: list[object], unit: str) -> None:
    reports = [
        read(place, 2019, f"2019年，全县{text}。") for place, text in zip(("白水县", "洛川县"), texts, strict=True)
    ]
    panel = healthie.panel(reports)
    assert {row["indicator"] for row in panel} == {next(iter(panel))["indicator"]}
    assert {row["unit"] for row in panel} == {unit}
    assert [row["value"] for row in panel] == values


def test_visits_are_not_made_visitors() -> None:
    reports = [read("白水县", 2019, "2019年，全县住院3.1万人次。"), read("洛川县", 2019, "2019年，全县住院2.4万人。")]
    panel = healthie.panel(reports)
    assert {row["indicator_id"] for row in panel} == {"admissions"}
    assert {(row["value"], row["unit"]) for row in panel} == {(31000, "人次"), (24000, "人")}


def test_what_has_no_place_is_not_merged_with_another_report() -> None:
    reports = [healthie.extract(f"2019年，拥有卫生院{number}所。") for number in (16, 17)]
    assert [report.facts[0].region for report in reports] == [None, None]
    assert [(row["value"], row["conflicts"]) for row in healthie.panel(reports)] == [(16, 0), (17, 0)]


# ---------------------------------------------------------------------- compare


def test_two_years_of_a_place(reports: dict[str, Report]) -> None:
    table = healthie.compare(reports["白水县 2018"], reports["白水县 2019"])
    funds = one(table, indicator="投入卫生健康经费")
    assert (funds["period_a"], funds["value_a"], funds["period_b"], funds["value_b"], funds["unit"]) == (
        "2018",
        98000000,
        "2019",
        120000000,
        "元",
    )
    assert funds["difference"] == 22000000
    assert funds["ratio"] == Decimal(120) / Decimal(98)
    beds = one(table, unit="张")
    assert (beds["period_a"], beds["period_b"], beds["difference"], beds["ratio"]) == (
        "../2018-12-31",
        "../2019-12-31",
        24,
        Decimal("1.05"),
    )
    target = one(table, status="target")
    assert (target["period_a"], target["period_b"], target["difference"]) == ("../2019-12-31", "../2020-12-31", 0)
    assert all(row["value_a"] is not None and row["value_b"] is not None for row in table)


def test_two_places_in_one_year_with_the_units_the_same(reports: dict[str, Report]) -> None:
    table = healthie.compare(reports["白水县 2018"], reports["洛川县 2018"])
    deaths = one(table, indicator_id="infant-mortality")
    assert (deaths["region_name_a"], deaths["region_name_b"]) == ("白水县", "洛川县")
    assert (deaths["value_a"], deaths["value_b"], deaths["unit"]) == (Decimal("4.2"), Decimal("5.1"), "‰")
    assert deaths["difference"] == Decimal("0.9")


def test_two_places_over_years(reports: dict[str, Report]) -> None:
    first, second = (
        [report for name, report in reports.items() if name.startswith(place)] for place in ("白水县", "旬邑县")
    )
    funds = rows(healthie.compare(first, second), indicator="投入卫生健康经费")
    assert [(row["period_a"], row["period_b"], row["difference"]) for row in funds] == [
        ("2018", "2018", 70000000 - 98000000),
        ("2019", "2019", 73500000 - 120000000),
    ]


def test_the_same_places_in_two_years(reports: dict[str, Report]) -> None:
    first, second = ([report for name, report in reports.items() if name.endswith(year)] for year in ("2018", "2019"))
    funds = rows(healthie.compare(first, second), indicator="投入卫生健康经费")
    assert [(row["region_name_a"], row["region_name_b"], row["difference"]) for row in funds] == [
        ("白水县", "白水县", 22000000),
        ("洛川县", "洛川县", 5000000),
        ("旬邑县", "旬邑县", 3500000),
    ]


def test_both_sides_say_where_they_stand(reports: dict[str, Report]) -> None:
    sides = {"a": reports["白水县 2018"], "b": reports["白水县 2019"]}
    for row in healthie.compare(*sides.values()):
        for side, report in sides.items():
            assert report.text[row[f"start_{side}"] : row[f"end_{side}"]] == row[f"text_{side}"]


def test_what_one_side_states_is_listed_with_the_other_empty() -> None:
    a = read("白水县", 2018, "2018年，全县拥有卫生院16所。")
    b = read("白水县", 2019, "2019年，全县家庭医生签约率达到46.5%。")
    first, second = healthie.compare(a, b)
    assert (first["value_a"], first["value_b"], first["source_b"], first["difference"]) == (16, None, None, None)
    assert (second["value_a"], second["value_b"], second["ratio"]) == (None, Decimal("46.5"), None)


def test_a_state_is_compared_with_the_year_up_to_its_day() -> None:
    a = read("白水县", 2018, "2018年，全县拥有卫生院16所。")
    b = read("白水县", 2019, "截至2019年底，全县拥有卫生院18所。")
    assert one(healthie.compare(a, b))["difference"] == 2
    assert one(healthie.compare(b, a))["difference"] == -2


def test_a_half_is_not_compared_with_a_year() -> None:
    a = read("白水县", 2018, "2018年，全县拥有卫生院16所。")
    b = read("白水县", 2019, "2019年上半年，全县拥有卫生院18所。")
    assert [(row["value_a"], row["value_b"]) for row in healthie.compare(a, b)] == [(16, None), (None, 18)]


def test_a_leap_year_does_not_keep_february_apart() -> None:
    a = read("白水县", 2019, "2019年2月，全县拥有卫生院16所。")
    b = read("白水县", 2020, "2020年2月，全县拥有卫生院18所。")
    assert one(healthie.compare(a, b))["difference"] == 2


def test_there_is_no_ratio_to_nothing_and_none_of_ranges() -> None:
    a = read("白水县", 2018, "2018年，全县拥有卫生院0所。", "2018年，全县拥有村医6至8名。")
    b = read("白水县", 2019, "2019年，全县拥有卫生院18所。", "2019年，全县拥有村医9名。")
    table = healthie.compare(a, b)
    assert [(row["value_a"], row["value_max_a"], row["difference"], row["ratio"]) for row in table] == [
        (0, None, 18, None),
        (6, 8, None, None),
    ]


def test_a_report_compared_with_itself_has_no_difference(reports: dict[str, Report]) -> None:
    report = reports["洛川县 2019"]
    table = healthie.compare(report, report)
    assert len(table) == len(healthie.panel(report))
    assert {row["difference"] for row in table} == {0}
