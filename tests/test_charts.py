from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import altair as alt
import pytest

import healthie
from healthie.report import Report

REPORT = """青川县2022年卫生健康工作总结
2022年，全县家庭医生签约率达到81.5%，产前检查率达到97.2%，公立医院药占比下降1.7个百分点，总诊疗37.4万人次，同比增长5.8%。
力争到2023年底，高血压患者规范管理率达到72%以上。
"""


@pytest.fixture(scope="module")
def report() -> Report:
    return healthie.extract(REPORT)


@pytest.fixture(scope="module")
def years() -> dict[str, Report]:
    """Return reports of two places over three years, with targets for the year to come."""
    rates = {"白水县": (41.5, 52, 60.5), "洛川县": (48, 50, 49.5)}
    return {
        f"{place}{year}": healthie.extract(
            f"{place}{year}年卫生健康工作总结\n"
            f"{year}年，全县家庭医生签约率达到{rate}%，总诊疗{20 + year - 2018}万人次。\n"
            f"力争到{year + 1}年底，家庭医生签约率达到50%以上。",
        )
        for place, values in rates.items()
        for year, rate in zip((2018, 2019, 2020), values, strict=True)
    }


def data(chart: alt.LayerChart) -> list[dict[str, Any]]:
    """Return what the chart holds, a row for each bar or point."""
    # A line across all bars has a set of its own, with nothing in it.
    [rows] = (rows for rows in chart.to_dict()["datasets"].values() if rows != [{}])
    return list(rows)


def encodings(chart: dict[str, Any]) -> list[dict[str, Any]]:
    inner = [encoding for layer in chart.get("layer", []) for encoding in encodings(layer)]
    return inner + ([chart["encoding"]] if "encoding" in chart else [])


def test_rates_from_the_highest_down(report: Report) -> None:
    chart = healthie.plot(report)
    assert isinstance(chart, alt.LayerChart)
    shown = [(row["label"], row["value"], row["shown"], row["status"]) for row in data(chart)]
    assert shown == [
        ("产前检查率", 97.2, "97.2%", "实际"),
        ("家庭医生签约率", 81.5, "81.5%", "实际"),
        ("高血压患者规范管理率", 72, "≥72%", "目标"),
    ]
    bars = encodings(chart.to_dict())[0]
    assert bars["x"]["field"] == "value"
    assert bars["y"]["field"] == "label"
    assert bars["y"]["sort"] == [label for label, *_ in shown]
    assert bars["color"]["field"] == "status"


def test_title_and_unit_stand_over_it(report: Report) -> None:
    title = healthie.plot(report, indicator="家庭医生签约率", kind="places").to_dict()["title"]
    assert title == {"text": "青川县家庭医生签约率（2022）", "subtitle": "单位：%"}
    assert healthie.plot(report).to_dict()["title"]["text"] == "青川县各项比率"


def test_changes_on_both_sides_of_zero(report: Report) -> None:
    chart = healthie.plot(report, kind="changes")
    shown = [(row["label"], row["value"], row["shown"]) for row in data(chart)]
    assert shown == [("总诊疗人次", 5.8, "+5.8%"), ("药占比（公立医院）", -1.7, "−1.7百分点")]
    colours = encodings(chart.to_dict())[0]["color"]
    assert "value" in colours["condition"]
    assert colours["value"] != colours["condition"]["value"]


def test_years_where_a_place_states_several(years: dict[str, Report]) -> None:
    chart = healthie.plot(years, indicator="家庭医生签约率")
    points = {(row["region"], row["when"]): row["value"] for row in data(chart)}
    assert points == {
        ("白水县", "2018"): 41.5,
        ("白水县", "2019"): 52,
        ("白水县", "2020"): 60.5,
        ("洛川县", "2018"): 48,
        ("洛川县", "2019"): 50,
        ("洛川县", "2020"): 49.5,
    }
    line = encodings(chart.to_dict())[0]
    assert (line["x"]["field"], line["x"]["sort"]) == ("when", ["2018", "2019", "2020"])
    assert line["color"]["field"] == "label"
    # Several lines have their last value written, one line has all.
    assert sum(row["written"] != "" for row in data(chart)) == 2
    one = healthie.plot([report for name, report in years.items() if "白水" in name], indicator="家庭医生签约率")
    assert [row["written"] for row in data(one)] == ["41.5%", "52%", "60.5%"]


def test_places_by_their_latest_value(years: dict[str, Report]) -> None:
    chart = healthie.plot(years, indicator="家庭医生签约率", kind="places")
    assert [(row["label"], row["value"]) for row in data(chart)] == [("白水县", 60.5), ("洛川县", 49.5)]
    firsts = [report for name, report in years.items() if "2018" in name]
    assert [row["label"] for row in data(healthie.plot(firsts, indicator="家庭医生签约率"))] == ["洛川县", "白水县"]
    assert chart.to_dict()["title"]["text"] == "家庭医生签约率（2020）"


def test_targets_and_what_was_reached(years: dict[str, Report]) -> None:
    rows = {row["label"]: row for row in data(healthie.plot(years, kind="targets"))}
    reached, missed = rows["家庭医生签约率（白水县）"], rows["家庭医生签约率（洛川县）"]
    assert (reached["value"], reached["met"], reached["shown"]) == (121, "达到目标", "60.5%，目标 ≥50%")
    assert (missed["value"], missed["met"]) == (99, "未达目标")


@pytest.mark.parametrize(("reached", "met"), [("27.5", "达到目标"), ("28.5", "未达目标")])
def test_a_target_at_most_is_met_from_below(reached: str, met: str) -> None:
    text = f"2020年，白水县平均住院日{reached}天。\n力争到2020年底，白水县平均住院日控制在28天以内。"
    [row] = data(healthie.plot(healthie.extract(text), kind="targets"))
    assert row["met"] == met


def test_a_panel_draws_what_its_reports_draw(years: dict[str, Report]) -> None:
    panel = healthie.panel(years)
    for options in ({"indicator": "家庭医生签约率"}, {"kind": "targets"}):
        assert healthie.plot(panel, **options).to_dict() == healthie.plot(years, **options).to_dict()  # type: ignore[arg-type]


def test_an_indicator_by_its_id(years: dict[str, Report]) -> None:
    [identifier] = {row["indicator_id"] for row in healthie.panel(years) if row["indicator"] == "家庭医生签约率"}
    by_id = healthie.plot(years, indicator=identifier)
    assert by_id.to_dict() == healthie.plot(years, indicator="家庭医生签约率").to_dict()


def test_the_surest_are_kept(report: Report) -> None:
    assert len(data(healthie.plot(report, most=1))) == 1


def test_large_numbers_are_written_as_chinese_readers_do(years: dict[str, Report]) -> None:
    chart = healthie.plot(years, indicator="总诊疗人次", kind="places")
    assert [row["shown"] for row in data(chart)] == ["22万人次", "22万人次"]
    assert "万" in encodings(chart.to_dict())[0]["x"]["axis"]["labelExpr"]


def test_equal_names_are_told_apart() -> None:
    text = "2019年，白水县家庭医生签约率达到41.5%。2020年，白水县家庭医生签约率达到52%，洛川县家庭医生签约率达到50%。"
    labels = [row["label"] for row in data(healthie.plot(healthie.extract(text)))]
    assert len(set(labels)) == 3
    assert labels[0] == "家庭医生签约率（白水县，2020）"


@pytest.mark.parametrize("text", ["8%", "，8%，", "8%。9%。", "白水县2020年8%"])
def test_a_rate_of_nothing_named_is_drawn(text: str) -> None:
    rows = data(healthie.plot(healthie.extract(text)))
    assert rows
    assert [row["indicator"] for row in rows] == ["未写明指标"] * len(rows)
    assert all(row["label"].startswith("未写明指标") for row in rows)
    assert len({row["label"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kind": "pies"}, "kind='pies' is unknown: use one of 'rates', 'changes'"),
        ({"kind": "years"}, 'kind="years" is of one indicator: name it'),
        ({"indicator": "无此指标"}, "there is no fact of 无此指标"),
        ({"kind": "targets"}, "it needs a target and a value reached"),
        ({"most": 0}, "most=0 leaves nothing to draw: use 1 or more"),
    ],
)
def test_what_cannot_be_drawn(report: Report, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        healthie.plot(report, **options)


def test_a_table_that_is_no_panel_cannot_be_drawn(report: Report) -> None:
    for table in (healthie.compare(report, report), report.to_table()):
        with pytest.raises(ValueError, match=f"a table of {table.name} cannot be drawn: give reports or their panel"):
            healthie.plot(table)


def test_a_panel_of_another_role_is_told(report: Report) -> None:
    with pytest.raises(ValueError, match='of the role "level": make the panel with role="change"'):
        healthie.plot(healthie.panel(report), kind="changes")
    with pytest.raises(ValueError, match='of the role "change": make the panel with role="level"'):
        healthie.plot(healthie.panel(report, role="change"))
    changes = healthie.plot(healthie.panel(report, role="change"), kind="changes")
    assert data(changes) == data(healthie.plot(report, kind="changes"))


def test_without_altair_it_says_what_to_install(run_python: Callable[..., str]) -> None:
    code = """
import sys
sys.modules["altair"] = None
import healthie
try:
    healthie.plot(healthie.extract("2019年，白水县家庭医生签约率达到41.5%。"))
except ImportError as error:
    print(error)
"""
    assert run_python(code).strip() == "Drawing charts needs altair: pip install 'healthie[plot]'."


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a chart needs no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("kind", ["rates", "changes"])
def test_pictures(report: Report, tmp_path: Path, kind: Any) -> None:
    chart = healthie.plot(report, kind=kind)
    for suffix in ("png", "svg", "html", "json"):
        # The page holds the library that draws it.
        options = {"inline": True} if suffix == "html" else {}
        chart.save(tmp_path / f"chart.{suffix}", **options)
    svg = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    for row in data(chart):
        assert row["label"] in svg
        assert row["shown"] in svg
    png = (tmp_path / "chart.png").read_bytes()
    assert png.startswith(b"\x89PNG")
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    assert width > 500
    assert height > 80
    html = (tmp_path / "chart.html").read_text(encoding="utf-8")
    assert 'src="http' not in html
    assert "vega" in html
    assert json.loads((tmp_path / "chart.json").read_text(encoding="utf-8")) == chart.to_dict()


@pytest.mark.usefixtures("no_network")
def test_chinese_characters_are_drawn(tmp_path: Path) -> None:
    """Two charts that differ in one character look different: none of the two is an empty box."""
    pictures = []
    for place in ("青川县", "剑阁县"):
        healthie.plot(healthie.extract(REPORT.replace("青川县", place))).save(tmp_path / "chart.png")
        pictures.append((tmp_path / "chart.png").read_bytes())
    assert pictures[0] != pictures[1]
