"""Reports made to act where they are shown: as formulas of a spreadsheet, or as the HTML of a page."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
import regex

import healthie

Run = Callable[..., "subprocess.CompletedProcess[str]"]
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>"


SIGNS = "=+-@\t＝＋－＠"
FORMULAS = [f"{sign}HYPERLINK(A1)" for sign in SIGNS]


OWN = regex.compile(r"[=+-]|[+-]?\d+(?:\.\d+)?(?:E[+-]?\d+)?")  # healthie's own signs, and numbers


def is_formula(cell: str) -> bool:
    return cell.startswith(tuple(SIGNS)) and not OWN.fullmatch(cell)


def formula_reports() -> dict[str, healthie.Report]:
    """Return reports whose names and words all begin as formulas do."""
    reports = {}
    for number, formula in enumerate(FORMULAS):
        text = f"{formula}卫生局\n{formula}“{formula}床位”{number + 2}张；\n{formula}占比50%，比上年增加{formula}6张。"
        reports[f"{formula}.txt"] = healthie.extract(text, region="白水县", published=str(2010 + number))
    return reports


def tables() -> dict[str, healthie.Table]:
    reports = formula_reports()
    one = next(iter(reports.values()))
    return {
        "facts": healthie.facts_table(reports),
        "report": one.to_table(),
        "panel": healthie.panel(reports),
        "compare": healthie.compare(reports, {f"{name}2": report for name, report in reports.items()}),
    }


@pytest.mark.parametrize("name", ["facts", "report", "panel", "compare"])
def test_no_cell_is_a_formula(name: str, tmp_path: Path) -> None:
    table = tables()[name]
    assert len(table)
    held = [cell for row in table.rows for cell in row if isinstance(cell, str) and "HYPERLINK" in cell]
    assert held
    rows = list(csv.reader(io.StringIO(table.to_csv(), newline="")))
    assert not [cell for row in rows for cell in row if is_formula(cell)]
    table.to_excel(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if "HYPERLINK" in str(cell.value)]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink is not None]


@pytest.mark.parametrize("command", ["extract", "check", "panel"])
def test_no_cell_that_the_command_writes_is_a_formula(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "reports").mkdir()
    for number, formula in enumerate(FORMULAS):
        text = f"{formula}局\n{formula}“{formula}床位”{number + 2}张。\n{formula}16个项目中，已有6个竣工，竣工率50%。"
        (tmp_path / "reports" / f"{formula}.txt").write_text(text, encoding="utf-8")
    for name in ("a.csv", "a.xlsx"):
        assert run(command, "reports", "--region", "白水县", "--published", "2012", "--output", name).returncode in {
            0,
            1,
        }
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8"), newline="")))
    assert len(rows) > 1
    assert not [cell for row in rows for cell in row if is_formula(cell)]
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


class Tags(HTMLParser):
    """Counts the tags and attributes of a page; what is in scripts is no tag."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: set[tuple[str, str]] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen |= {(tag, ""), *((tag, name) for name, _ in attributes)}


HARMS = [
    EVIL,
    '"><svg onload=alert(1)>',
    "'><iframe src=javascript:alert(1)>",
    "</script><base href=//a>",
    "{{7919*7907}}${7919*7907}",
]
SHOWS: dict[str, Callable[[healthie.Report, str], str]] = {
    "page": lambda report, _: report.to_html(lang="en", findings=healthie.check(report)),
    "notebook": lambda report, _: report._repr_html_(),
    "table": lambda report, name: healthie.facts_table({name: report})._repr_html_(),
    "panel": lambda report, name: healthie.panel({name: report})._repr_html_(),
    "chart": lambda report, name: healthie.plot({name: report}).to_html(),
}


@pytest.mark.parametrize("show", SHOWS)
@pytest.mark.parametrize("harm", HARMS)
def test_html_in_a_report_is_text_wherever_it_is_shown(show: str, harm: str) -> None:
    def shown(word: str) -> str:
        text = (
            f"白水县{word}卫生局\n2019年，白水县{word}“{word}签约”率达到81.5%，"
            f"16个{word}项目中，已有6个竣工，竣工率50%。"
        )
        source = healthie.Source(text, path=f"{word}.txt", title=word)
        report = healthie.extract(source)
        assert report.facts
        return SHOWS[show](replace(report, source=source), f"{word}.txt")

    page, plain = shown(harm), shown("清泉")
    assert Tags(page).seen <= Tags(plain).seen
    assert page.lower().count("<script") == plain.lower().count("<script")
    assert page.lower().count("</script") == plain.lower().count("</script")
    assert str(7919 * 7907) not in page  # no template runs what a report says


def test_html_of_a_report_in_formats_for_other_tools_is_json() -> None:
    report = healthie.extract(healthie.Source(f"2019年，白水县{EVIL}签约率达到81.5%。", path=EVIL))
    for line in (*report.to_jsonl().splitlines(), report.to_json(), report.to_web_annotations()):
        json.loads(line)
    assert all(line[0] in "TARE#*" for line in report.to_brat().splitlines())
