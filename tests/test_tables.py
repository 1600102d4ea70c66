"""Tables in every format, read back by the programs that the formats are for."""

from __future__ import annotations

import csv
import gc
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.utils.escape import unescape

import healthie
from healthie.export.columns import COMPARE_COLUMNS, FACT_COLUMNS, PANEL_COLUMNS
from healthie.source import Part, Source

ROOT = Path(__file__).parents[1]
COLUMNS = (
    healthie.Column("name", "text", "Any text."),
    healthie.Column("role", "word", "A word."),
    healthie.Column("count", "integer", "A count."),
    healthie.Column("value", "number", "A number.", "元"),
    healthie.Column("day", "date", "A day."),
    healthie.Column("flag", "boolean", "Whether."),
)
HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "+86",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠1",
)
ROWS: tuple[tuple[Any, ...], ...] = (
    ("卫生院，“甲”\n二行", "=", 8, Decimal("37.26"), date(2019, 12, 31), True),
    (None, None, None, None, None, None),
    ('a\rb\r\nc,"d"', ">=", 0, Decimal(-1), date(2000, 2, 29), False),
    ("", "+", -3, Decimal("1E+12"), date(1949, 10, 1), True),
    ("\U00020000 x\u2028y", "-", 2**40, Decimal("0.1"), date(1898, 1, 2), None),
    *((text, "=", 1, Decimal(1), date(2020, 1, 1), True) for text in HOSTILE),
)


@pytest.fixture
def table() -> healthie.Table:
    return healthie.Table(COLUMNS, ROWS, "sheet")


@pytest.fixture(scope="module")
def report(report_text: str) -> healthie.Report:
    return healthie.extract(report_text)


@pytest.fixture(scope="module")
def facts(report: healthie.Report) -> healthie.Table:
    return report.to_table()


# ---------------------------------------------------------------------- the table itself


def test_a_row_of_another_width_is_told() -> None:
    with pytest.raises(ValueError, match="row 1 of the table beds has 1 cells for 2 columns"):
        healthie.Table(COLUMNS[:2], (("a", "b"), ("a",)), "beds")


def test_two_columns_of_one_name_are_told() -> None:
    with pytest.raises(ValueError, match="two columns of the table beds have one name"):
        healthie.Table((COLUMNS[0], COLUMNS[0]), (), "beds")


def test_lone_surrogates_become_what_utf_8_can_write() -> None:
    table = healthie.Table(COLUMNS[:1], (("甲\ud800乙",),))
    assert next(iter(table))["name"] == "甲\ufffd乙"
    assert table.to_arrow().to_pylist() == [{"name": "甲\ufffd乙"}]


def test_a_notebook_shows_the_first_rows_and_runs_nothing_of_them() -> None:
    table = healthie.Table(COLUMNS[:1], tuple((f"<script>{number}",) for number in range(30)))
    html = table._repr_html_()
    assert "&lt;script&gt;19<" in html
    assert "&lt;script&gt;20<" not in html
    assert "<script" not in html
    assert "30 rows" in html


# ---------------------------------------------------------------------- text formats


def test_json_and_jsonl_read_back(table: healthie.Table) -> None:
    wanted = table.to_dicts()
    assert json.loads(table.to_json()) == wanted
    assert [json.loads(line) for line in table.to_jsonl().split("\n")[:-1]] == wanted
    assert wanted[0] == {
        "name": "卫生院，“甲”\n二行",
        "role": "=",
        "count": 8,
        "value": 37.26,
        "day": "2019-12-31",
        "flag": True,
    }


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_csv_reads_back(table: healthie.Table) -> None:
    head, *body = read_csv(table.to_csv())
    assert head == list(table.names)
    for cells, row in zip(body, table.to_dicts(), strict=True):
        texts = {True: "true", False: "false"} | {None: ""}
        wanted = [texts[v] if v is None or isinstance(v, bool) else str(v) for v in row.values()]
        assert cells[1:] == wanted[1:]
        assert cells[0].removeprefix("'") == wanted[0]


def test_no_cell_of_text_begins_as_a_formula(table: healthie.Table) -> None:
    names = [cells[0] for cells in read_csv(table.to_csv())[1:]]
    assert not [name for name in names if name.startswith(tuple("=+-@\t\r＝＋－＠"))]
    assert names[-len(HOSTILE) :] == [f"'{text}" for text in HOSTILE]


def test_healthies_own_words_are_written_as_they_are(table: healthie.Table) -> None:
    assert [cells[1] for cells in read_csv(table.to_csv())[1:6]] == ["=", "", ">=", "+", "-"]


def test_csv_has_no_null_characters() -> None:
    assert healthie.Table(COLUMNS[:1], (("a\0b",),)).to_csv() == "name\na\ufffdb\n"


def test_csv_for_excel_begins_with_the_mark(table: healthie.Table, tmp_path: Path) -> None:
    text = table.to_csv(tmp_path / "a.csv", bom=True)
    data = (tmp_path / "a.csv").read_bytes()
    assert data == text.encode()
    assert data.startswith(b"\xef\xbb\xbfname,role,")
    assert not table.to_csv().startswith("\ufeff")
    assert table.to_csv(header=False) == table.to_csv().split("\n", 1)[1]


def test_csv_is_read_by_pandas_and_polars(facts: healthie.Table, tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    facts.to_csv(path, bom=True)
    wanted = [row["value"] for row in facts.to_dicts()]
    assert pd.read_csv(path)["value"].tolist() == wanted
    assert pl.read_csv(path)["value"].to_list() == wanted
    assert pl.read_csv(path, infer_schema_length=0)["text"].to_list() == [row["text"] for row in facts.to_dicts()]


# ---------------------------------------------------------------------- frames


def test_arrow_holds_the_values_and_says_what_they_mean(table: healthie.Table) -> None:
    arrow = table.to_arrow()
    types = [pa.string(), pa.string(), pa.int64(), pa.float64(), pa.date32(), pa.bool_()]
    assert arrow.schema.types == types
    assert arrow.schema.field("value").metadata == {b"meaning": b"A number.", b"unit": "元".encode()}
    rows = [{name: float(v) if isinstance(v, Decimal) else v for name, v in row.items()} for row in table]
    assert arrow.to_pylist() == rows


def test_pandas_types_and_values(table: healthie.Table) -> None:
    frame = table.to_pandas()
    assert [str(kind) for kind in frame.dtypes][1:4] == ["string", "Int64", "float64"]
    assert frame["day"].dtype.kind == "M"
    assert str(frame["flag"].dtype) == "boolean"
    assert frame["value"].sum() == pytest.approx(float(sum(row[3] or 0 for row in ROWS)))
    assert frame["day"][4] == pd.Timestamp(1898, 1, 2)
    for name in ("name", "role", "count"):
        assert [None if pd.isna(v) else v for v in frame[name]] == [row[name] for row in table]


def test_polars_types_and_values(table: healthie.Table) -> None:
    frame = table.to_polars()
    assert frame.dtypes == [pl.String, pl.String, pl.Int64, pl.Float64, pl.Date, pl.Boolean]
    assert frame.rows() == [tuple(float(v) if isinstance(v, Decimal) else v for v in row) for row in ROWS]


def test_parquet_is_read_by_another_program(table: healthie.Table, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table.to_parquet(path)
    assert pl.read_parquet(path, use_pyarrow=False).rows() == table.to_polars().rows()
    assert pq.read_schema(path).field("value").metadata[b"meaning"] == b"A number."


def test_a_table_without_rows_keeps_its_types() -> None:
    table = healthie.Table(COLUMNS, ())
    assert table.to_arrow().schema.types[2] == pa.int64()
    assert table.to_polars().shape == (0, 6)
    assert table.to_pandas().empty
    assert table.to_csv() == "name,role,count,value,day,flag\n"
    assert (table.to_json(), table.to_jsonl()) == ("[]", "")


# ---------------------------------------------------------------------- Excel


def test_excel_cells_are_typed(table: healthie.Table, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    table.to_excel(path)
    sheet = openpyxl.load_workbook(path)["sheet"]
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == list(table.names)
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "n", "n", "d", "b"]
    assert sheet["E2"].value == datetime(2019, 12, 31)  # noqa: DTZ001  a cell has no zone
    assert sheet["E2"].number_format == "yyyy-mm-dd"
    assert [cell.value for cell in sheet["A"][-len(HOSTILE) :]] == [text.replace("\r", "\n") for text in HOSTILE]
    assert {cell.data_type for cell in sheet["A"][-len(HOSTILE) :]} == {"s"}
    assert sheet["D5"].value == 10**12
    assert sheet["E6"].value == "1898-01-02"  # before the first day that Excel knows
    assert 8 <= sheet.column_dimensions["A"].width <= 60


def test_equal_tables_are_equal_excel_files_whenever_they_are_written(table: healthie.Table, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    table.to_excel(path)
    with ZipFile(path) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = openpyxl.load_workbook(path).properties
    assert about.created == about.modified == datetime(1980, 1, 1)  # noqa: DTZ001  openpyxl gives no zone


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
@pytest.mark.parametrize("room", [300, 20_000, 100_000])
def test_excel_without_room_for_its_temporary_file(tmp_path: Path, room: int) -> None:
    code = (
        "import resource, sys, healthie; from healthie.export import FACT_COLUMNS\n"
        "table = healthie.Table(FACT_COLUMNS[:1], tuple((f'卫生院{n}',) for n in range(3000)))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)\n"
        "try:\n    table.to_excel('a.xlsx')\nexcept OSError as error:\n    print(error.strerror)"
    )
    command = [sys.executable, "-c", code, str(room)]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, "File too large\n", "")


def test_what_excel_refuses_is_replaced(tmp_path: Path) -> None:
    texts = ["a\x00b\x0bc", "甲" * 40_000, "_x0041_"]
    path = tmp_path / "a.xlsx"
    healthie.Table(COLUMNS[:1], tuple((text,) for text in texts)).to_excel(path)
    first, second, third = (cell.value for cell in openpyxl.load_workbook(path).active["A"][1:])
    assert first == "a\ufffdb\ufffdc"
    assert second == "甲" * 32_766 + "…"
    assert unescape(third) == "_x0041_"  # as Excel does; openpyxl leaves it to its users


def test_a_sheet_is_named_as_excel_allows(tmp_path: Path) -> None:
    healthie.Table(COLUMNS[:1], (), "2018/2019: " + "床位" * 20).to_excel(tmp_path / "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["2018 2019  " + "床位" * 10]


def test_facts_read_back_from_excel(facts: healthie.Table, tmp_path: Path) -> None:
    facts.to_excel(tmp_path / "facts.xlsx")
    frame = pd.read_excel(tmp_path / "facts.xlsx", dtype={"region_code": str, "indicator": str})
    assert frame["value"].tolist() == [row["value"] for row in facts.to_dicts()]
    assert frame["period_end"].dt.date.tolist() == [row["period_end"] for row in facts]
    assert frame["region_code"].tolist() == [row["region_code"] for row in facts]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the command of LibreOffice, if it is there with Calc."""
    found = shutil.which("soffice")
    folder = tmp_path_factory.mktemp("office")
    (folder / "a.csv").write_text("a\n1\n", encoding="utf-8")
    if found and by_office(found, folder / "a.csv", folder):
        return found
    if os.environ.get("HEALTHIE_REQUIRE_PROGRAMS") == "1":
        pytest.fail("LibreOffice Calc is not installed: apt-get install libreoffice-calc-nogui.")
    pytest.skip("LibreOffice Calc is not installed")


def by_office(office: str, path: Path, folder: Path) -> list[list[str]]:
    """Return the cells of a file as LibreOffice shows them; nothing where it cannot read it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    # Separator, quote, UTF-8, from line 1; then cells as shown, and no formulas.
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    made = folder / "out" / f"{path.stem}.csv"
    return read_csv(made.read_text("utf-8")) if made.exists() else []


def test_libreoffice_reads_the_facts_of_an_excel_file(office: str, facts: healthie.Table, tmp_path: Path) -> None:
    facts.to_excel(tmp_path / "facts.xlsx")
    head, *body = by_office(office, tmp_path / "facts.xlsx", tmp_path)
    assert head == list(facts.names)
    assert len(body) == len(facts) > 8
    for cells, row in zip(body, facts.to_dicts(), strict=True):
        shown = dict(zip(head, cells, strict=True))
        assert {name: shown[name] or None for name in ("text", "unit", "period_end", "region_code", "modifier")} == {
            name: row[name] for name in ("text", "unit", "period_end", "region_code", "modifier")
        }
        assert float(shown["value"]) == row["value"]


def test_libreoffice_runs_no_cell(office: str, table: healthie.Table, tmp_path: Path) -> None:
    table.to_excel(tmp_path / "a.xlsx")
    names = [cells[0] for cells in by_office(office, tmp_path / "a.xlsx", tmp_path)[1:]]
    assert names[-len(HOSTILE) :] == [text.replace("\r", "\n") for text in HOSTILE]


# ---------------------------------------------------------------------- facts


def test_the_same_values_in_every_format(facts: healthie.Table, tmp_path: Path) -> None:
    facts.to_excel(tmp_path / "facts.xlsx")
    facts.to_parquet(tmp_path / "facts.parquet")
    wanted = [[float(row["value"]), row["start"], row["text"]] for row in facts.to_dicts()]
    assert len(wanted) > 8

    def of_frame(frame: Any) -> list[list[Any]]:
        return [
            [float(a), int(b), str(c)] for a, b, c in zip(frame["value"], frame["start"], frame["text"], strict=True)
        ]

    frames = [
        facts.to_pandas(),
        facts.to_polars(),
        pd.DataFrame(facts.to_arrow().to_pylist()),
        pd.DataFrame(json.loads(facts.to_json())),
        pd.read_csv(io.StringIO(facts.to_csv())),
        pd.read_excel(tmp_path / "facts.xlsx"),
        pd.read_parquet(tmp_path / "facts.parquet"),
    ]
    for frame in frames:
        assert of_frame(frame) == wanted


def test_the_methods_of_a_report_are_those_of_its_table(report: healthie.Report, tmp_path: Path) -> None:
    table = report.to_table()
    assert report.to_csv() == table.to_csv()
    assert report.to_csv(bom=True) == table.to_csv(bom=True)
    assert report.to_jsonl() == table.to_jsonl()
    assert report.to_pandas().equals(table.to_pandas())
    assert report.to_polars().equals(table.to_polars())
    assert report.to_arrow().equals(table.to_arrow())
    assert json.loads(report.to_json()) == json.loads(json.dumps(report.to_dict()))
    report.to_excel(tmp_path / "a.xlsx")
    report.to_parquet(tmp_path / "a.parquet")
    assert (
        pd.read_parquet(tmp_path / "a.parquet")["text"].tolist() == pd.read_excel(tmp_path / "a.xlsx")["text"].tolist()
    )


def test_pages_and_names_of_the_source() -> None:
    text = "全县拥有卫生院8所。全县拥有床位60张。"
    cut = text.index("全县", 1)
    parts = (Part(3, 0, cut), Part(4, cut, len(text)))
    source = Source(text, path="reports/a.pdf", part_kind="page", parts=parts)
    report = replace(healthie.extract(text, region="白水县"), source=source)
    assert [(row["page"], row["page_kind"], row["source"]) for row in report.to_table()] == [
        (3, "page", "reports/a.pdf"),
        (4, "page", "reports/a.pdf"),
    ]
    assert json.loads(report.to_json())["source"] == "reports/a.pdf"
    assert {row["source"] for row in healthie.facts_table({"name given": report})} == {"name given"}


def test_one_table_of_many_reports() -> None:
    texts = ["白水县卫生健康局2019年工作总结\n全县拥有卫生院16所。", "洛川县拥有卫生院9所，床位60张。"]
    table = healthie.facts_table(healthie.extract_many(texts))
    assert [(row["source"], row["fact"], row["region_name"]) for row in table] == [
        ("白水县卫生健康局2019年工作总结", 0, "白水县"),
        (None, 0, "洛川县"),
        (None, 1, "洛川县"),
    ]
    assert len({row["document"] for row in table}) == 2
    assert len({(row["document"], row["fact"]) for row in table}) == len(table)


def test_offsets_of_a_row_hold_in_the_text(report: healthie.Report) -> None:
    for row in report.to_table():
        assert report.text[row["start"] : row["end"]] == row["text"]
        assert report.text[row["sentence_start"] : row["sentence_end"]] == row["sentence"]
        pieces = [tuple(map(int, piece.split(":"))) for piece in str(row["indicator_spans"]).split()]
        assert "".join(report.text[start:end] for start, end in pieces) == row["indicator"]


@pytest.mark.parametrize("columns", [FACT_COLUMNS, PANEL_COLUMNS, COMPARE_COLUMNS])
def test_every_column_has_a_name_of_its_own_and_a_meaning(columns: tuple[healthie.Column, ...]) -> None:
    assert len({column.name for column in columns}) == len(columns)
    assert all(column.meaning.endswith(".") for column in columns)


def page_rows(text: str) -> Iterator[tuple[str, ...]]:
    for line in text.splitlines():
        if line.startswith("| `"):
            yield tuple(cell.strip() for cell in line.strip("|").split(" | "))


@pytest.mark.parametrize(
    ("heading", "columns"), [("Facts", FACT_COLUMNS), ("Panels", PANEL_COLUMNS), ("Comparisons", COMPARE_COLUMNS)]
)
def test_the_page_of_columns_is_that_of_the_code(heading: str, columns: tuple[healthie.Column, ...]) -> None:
    page = (ROOT / "docs" / "columns.md").read_text("utf-8")
    section = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    # On the page the two sides of a comparison stand in one row.
    declared = [
        (f"`{column.name}`", column.type, column.unit or "–", column.meaning.replace("|", "\\|"))
        for column in columns
        if not column.name.endswith("_b")
    ]
    assert list(page_rows(section)) == declared


@pytest.mark.parametrize(
    ("package", "call", "doing"),
    [
        ("pandas", "to_pandas()", "Making a pandas frame"),
        ("polars", "to_polars()", "Making a polars frame"),
        ("pyarrow", "to_arrow()", "Making an Arrow table"),
        ("pyarrow", "to_parquet('a.parquet')", "Writing Parquet files"),
        ("openpyxl", "to_excel('a.xlsx')", "Writing Excel files"),
    ],
)
def test_a_package_that_is_missing_is_named(package: str, call: str, doing: str, tmp_path: Path) -> None:
    code = f"""
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == {package!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Missing())
import healthie
try:
    healthie.extract("全县拥有卫生院8所。").{call}
except ImportError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{doing} needs {package}: pip install 'healthie[tables]'."


def test_a_missing_folder_is_told_by_its_name_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        healthie.extract("全县有医院6所。").to_excel(tmp_path / "nowhere" / "a.xlsx")
    gc.collect()
    assert capsys.readouterr().err == ""
