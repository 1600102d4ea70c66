from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from rich.cells import cell_len

import healthie
from healthie.document_record import Document
from healthie.export import COLUMNS, facts_table, to_json, to_table
from healthie.records import Entity, Fact, Indicator, Modifier, Period, Quantity, Region, Span
from healthie.report import Report

TEXT = "签约率达到\n81.5%，高于全市6.2至7个百分点"


def fact(**change: object) -> Fact:
    fields: dict[str, object] = {
        "quantity": Quantity(17, 25, "6.2至7个百分点", Decimal("6.20"), Decimal(7), "百分点"),
        "indicator": Indicator((Span(0, 3, "签约率"),), "contract-rate"),
        "role": "gap",
        "direction": "+",
        "status": "actual",
        "reference": Span(15, 17, "全市"),
        "of": 0,
        "period": Period(date(2022, 1, 1), date(2022, 12, 31)),
        "region": Region("510822", "青川县"),
        "programme": Entity(0, 2, "签约", "PROGRAMME", "家庭医生签约服务", "家庭医生签约服务"),
        "sentence": Span(0, 25, TEXT),
        "confidence": 0.93,
    }
    return Fact(**(fields | change))  # type: ignore[arg-type]


@pytest.fixture
def report() -> Report:
    level = fact(
        quantity=Quantity(6, 11, "81.5%", Decimal("81.5"), None, "%"),
        role="level",
        direction="",
        reference=None,
        of=None,
        period=Period(None, date(2022, 12, 31)),
        region=None,
        programme=None,
    )
    document = Document(Region("510822", "青川县"), Period(date(2022, 1, 1), date(2022, 12, 31)), "2023", "总结")
    return Report(TEXT, document, (level, fact()), ())


def test_one_row_a_fact(report: Report) -> None:
    rows = facts_table({"a.txt": report}).to_dicts()
    assert [tuple(row) for row in rows] == [COLUMNS, COLUMNS]
    assert rows[1] == {
        "source": "a.txt",
        "document": "8d8781bb98fa4318",
        "title": "总结",
        "published": "2023",
        "fact": 1,
        "indicator": "签约率",
        "indicator_id": "contract-rate",
        "indicator_name": None,
        "indicator_spans": "0:3",
        "value": 6.2,
        "value_max": 7,
        "unit": "百分点",
        "dimension": None,
        "modifier": "=",
        "role": "gap",
        "direction": "+",
        "status": "actual",
        "reference": "全市",
        "of": 0,
        "period": "2022",
        "period_start": "2022-01-01",
        "period_end": "2022-12-31",
        "region_code": "510822",
        "region_name": "青川县",
        "programme": "家庭医生签约服务",
        "confidence": 0.93,
        "text": "6.2至7个百分点",
        "start": 17,
        "end": 25,
        "page": None,
        "page_kind": None,
        "sentence": TEXT,
        "sentence_start": 0,
        "sentence_end": 25,
    }


def test_what_is_not_stated_is_none(report: Report) -> None:
    row = facts_table(report).to_dicts()[0]
    missing = {
        "indicator_name",
        "value_max",
        "dimension",
        "direction",
        "reference",
        "of",
        "period_start",
        "region_code",
        "region_name",
        "programme",
        "page",
        "page_kind",
    }
    assert {column for column in COLUMNS if row[column] is None} == missing


def test_csv_reads_back(report: Report) -> None:
    table = facts_table({'a,"b".txt': report})
    read = list(csv.DictReader(io.StringIO(table.to_csv())))
    assert read == [
        {key: "" if value is None else str(value) for key, value in row.items()} for row in table.to_dicts()
    ]
    assert table.to_csv(header=False) == table.to_csv().split("\n", 1)[1]


def test_jsonl_reads_back(report: Report) -> None:
    table = facts_table(report)
    assert [json.loads(line) for line in table.to_jsonl().splitlines()] == table.to_dicts()


def test_json_is_the_whole_report(report: Report) -> None:
    assert json.loads(to_json(report)) == json.loads(json.dumps(report.to_dict()))
    assert json.loads(to_json(report, source="a.txt"))["source"] == "a.txt"


def test_the_table_lines_up_where_characters_are_two_wide(report: Report) -> None:
    title, blank, head, *lines = to_table(report).splitlines()
    assert title == "总结 · 青川县 510822 · 2022-01-01..2022-12-31 · 2 facts"
    assert blank == ""
    column = cell_len(head[: head.index("role")])
    for line, role in zip(lines, ("level", "gap"), strict=True):
        assert cell_len(line[: line.index(role)]) == column


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({}, "6.2–7"),
        ({"modifier": ">="}, "≥ 6.2–7"),
        ({"value_max": None, "value": Decimal("1E+8")}, "100000000"),
        ({"value_max": None, "value": Decimal("0.3333"), "modifier": "~"}, "≈ 0.3333"),
        ({"value_max": None, "value": Decimal("0.00")}, "0"),
    ],
)
def test_values_are_shown_as_written_out(change: dict[str, object], shown: str) -> None:
    fields = {"start": 0, "end": 1, "text": "6", "value": Decimal("6.20"), "value_max": Decimal(7), "unit": "%"}
    quantity = Quantity(**(fields | change))  # type: ignore[arg-type]
    lines = to_table(Report("6", Document(), (fact(quantity=quantity, direction=""),), ())).splitlines()
    assert f" {shown}  %" in lines[-1]


@pytest.mark.parametrize("width", [40, 60, 80])
def test_the_table_fits_the_screen(report: Report, width: int) -> None:
    lines = to_table(report, width=width).splitlines()
    assert max(cell_len(line) for line in lines[1:]) <= width


def test_a_narrow_screen_keeps_the_figures_and_names_what_is_left_out(report: Report) -> None:
    wide, narrow = to_table(report).splitlines(), to_table(report, width=40).splitlines()
    assert [line.split()[1:3] for line in wide[3:5]] == [line.split()[:2] for line in narrow[3:5]]
    assert " ".join(narrow[-2:]).endswith("status, sure.")


def test_nothing_in_a_report_steers_a_terminal() -> None:
    text = "\x1b[31m[bold]:smile:\u202e\n率"
    quantity = Quantity(0, 1, "8", Decimal(8), unit="\x07家")
    hostile = fact(quantity=quantity, indicator=Indicator((Span(0, len(text), text),)))
    table = to_table(Report(text, Document(title=text), (hostile,), ()))
    assert not {"\x1b", "\x07", "\u202e"} & set(table)
    assert "[bold]:smile:" in table.splitlines()[0]
    assert "[bold]:smile: 率" in table.splitlines()[3]


def test_a_report_without_facts_is_one_line() -> None:
    assert to_table(healthie.Report("", Document(), (), ())) == "0 facts\n"


@pytest.mark.parametrize("modifier", ["=", "~", ">", ">=", "<", "<="])
def test_every_modifier_has_a_sign(modifier: Modifier) -> None:
    quantity = Quantity(0, 1, "6", Decimal(6), unit="%", modifier=modifier)
    assert to_table(Report("6", Document(), (fact(quantity=quantity),), ()))
