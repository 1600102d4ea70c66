from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

import healthie
from healthie import arrow
from healthie.arrow import OUTPUT_COLUMNS, extract_batches, extract_table, facts_schema
from healthie.export import FACT_COLUMNS

COUNTY = "全县拥有卫生院8所，床位60张。"


def rows(given: dict[str, object]) -> list[dict[str, object]]:
    return [row for batch in extract_batches([pa.record_batch(given)]) for row in batch.to_pylist()]


def errors(given: dict[str, object]) -> list[tuple[object, object, object]]:
    return [(row["id"], row["value"], row["error"]) for row in rows(given)]


def test_the_schema_is_that_of_every_table_of_facts() -> None:
    schema = facts_schema()
    table = healthie.extract(COUNTY).to_arrow().schema
    assert schema.names[:2] == ["id", "error"]
    assert list(schema)[2:] == list(table)
    assert all(field.metadata[b"meaning"] for field in schema)


def test_the_page_of_columns_tells_of_them() -> None:
    page = (Path(__file__).parents[1] / "docs" / "columns.md").read_text(encoding="utf-8")
    assert OUTPUT_COLUMNS[2:] == FACT_COLUMNS
    for column in OUTPUT_COLUMNS[:2]:
        assert f"| `{column.name}` | {column.type} | – | {column.meaning} |\n" in page


def test_a_row_is_that_of_the_serial_run(report_text: str) -> None:
    texts = [report_text, COUNTY]
    (first, second) = (healthie.extract(text) for text in texts)
    wanted = [
        {
            "id": name,
            "error": None,
            **{key: float(cell) if isinstance(cell, Decimal) else cell for key, cell in row.items()},
        }
        for name, report in (("a", first), ("b", second))
        for row in healthie.facts_table({name: report})
    ]
    assert rows({"id": ["a", "b"], "text": texts}) == wanted


def test_every_batch_has_the_schema_with_its_metadata(report_text: str) -> None:
    given = pa.record_batch({"id": ["a", "b"], "text": [report_text, None]})
    for batch in extract_batches([given, given.slice(1)]):
        assert batch.schema.equals(facts_schema(), check_metadata=True)


def test_region_and_published_are_taken_where_they_are_given() -> None:
    given = {
        "id": ["a", "b", "c", "d"],
        "text": [COUNTY] * 4,
        "region": ["白水县", "610527", None, ""],
        "published": ["2019-07", "2019-07", "2020", None],
    }
    seen = [(row["id"], row["region_code"], row["published"]) for row in rows(given)]
    one_each = list(dict.fromkeys(seen))
    assert one_each == [("a", "610527", "2019-07"), ("b", "610527", "2019-07"), ("c", None, "2020"), ("d", None, None)]


@pytest.mark.parametrize("kind", [pa.date32(), pa.timestamp("us")])
def test_published_may_be_a_date(kind: pa.DataType) -> None:
    given = {"id": ["a"], "text": [COUNTY], "published": pa.array([date(2019, 7, 3)]).cast(kind)}
    assert {row["published"] for row in rows(given)} == {"2019-07-03"}


@pytest.mark.parametrize("kind", [pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_any_kind_of_text_column_is_read(kind: pa.DataType) -> None:
    text = pa.array([COUNTY], pa.string()).cast(kind)
    assert [row["value"] for row in rows({"id": ["a"], "text": text})] == [8.0, 60.0]


def test_an_id_is_text_whatever_it_was() -> None:
    assert [row["id"] for row in rows({"id": [7, None], "text": [COUNTY, COUNTY]})] == ["7", "7", None, None]


def test_other_columns_are_passed_over() -> None:
    assert len(rows({"note": [1], "text": [COUNTY], "id": ["a"]})) == 2


def test_a_document_without_facts_gives_no_row() -> None:
    assert rows({"id": ["a", "b", "c"], "text": ["", "没有数。", COUNTY]})[0]["id"] == "c"


def not_utf8(*cells: bytes) -> pa.Array:
    """Return a column of text whose bytes nobody has checked, as a file or another program may hand it on."""
    return pa.array(cells, pa.binary()).view(pa.string())


@pytest.mark.parametrize(
    ("poison", "told"),
    [
        ({"text": [COUNTY, None, COUNTY]}, "ValueError: the text is null."),
        ({"text": not_utf8(COUNTY.encode(), b"\xff8", COUNTY.encode())}, "UnicodeDecodeError: "),
        ({"text": [COUNTY] * 3, "region": ["", "无此地", None]}, "ValueError: "),
        ({"text": [COUNTY] * 3, "published": ["", "July", None]}, "ValueError: published='July' is no date"),
    ],
)
def test_a_document_that_cannot_be_read_is_one_row_and_the_others_are_there(
    poison: dict[str, object], told: str
) -> None:
    seen = errors({"id": ["a", "b", "c"], **poison})
    assert [row[:2] for row in seen] == [("a", 8.0), ("a", 60.0), ("b", None), ("c", 8.0), ("c", 60.0)]
    assert [row[2] is None for row in seen] == [True, True, False, True, True]
    assert seen[2][2].startswith(told)  # type: ignore[attr-defined]


def test_what_healthie_itself_raises_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def extract(text: str) -> healthie.Report:
        if text == "甲":
            raise RecursionError("too deep")
        return healthie.extract(text)

    monkeypatch.setattr(arrow, "extract", extract)
    seen = errors({"id": ["a", "b"], "text": ["甲", COUNTY]})
    assert seen == [("a", None, "RecursionError: too deep"), ("b", 8.0, None), ("b", 60.0, None)]


@pytest.mark.parametrize(("column", "kind"), [([b"8"], "bytes"), ([8], "int"), ([[COUNTY]], "list")])
def test_text_of_another_type_is_an_error_of_each_document(column: list[object], kind: str) -> None:
    ((name, value, error),) = errors({"id": ["a"], "text": column})
    assert (name, value) == ("a", None)
    assert str(error).startswith(f"TypeError: text is a {kind}")


def test_an_id_that_is_no_utf8_does_not_stop_the_others() -> None:
    seen = errors({"id": not_utf8(b"\xff", b"b"), "text": [COUNTY, COUNTY]})
    assert [row[0] for row in seen] == [None, "b", "b"]
    assert "UnicodeDecodeError" in str(seen[0][2])


@pytest.mark.parametrize("names", [["id"], ["text"], []])
def test_a_column_that_must_be_there_is_named(names: list[str]) -> None:
    missing = " or ".join(name for name in ("id", "text") if name not in names)
    table = pa.table({name: [COUNTY] for name in names} | {"note": [1]})
    with pytest.raises(ValueError, match=f"there is no column {missing}: "):
        next(extract_batches(table.to_batches()))
    with pytest.raises(ValueError, match=f"there is no column {missing}: "):
        extract_table(table)


def test_a_batch_is_read_when_it_is_asked_for() -> None:
    batch = pa.record_batch({"id": ["a"], "text": [COUNTY]})
    taken: list[int] = []
    stream = extract_batches(taken.append(number) or batch for number in range(1000))
    assert taken == []
    next(stream)
    assert taken == [0]


def test_many_documents_in_one_batch_come_out_in_several(report_text: str) -> None:
    batch = pa.record_batch({"id": range(1000), "text": [report_text] * 1000})
    sizes = [facts.num_rows for facts in extract_batches([batch])]
    assert len(sizes) > 1
    assert max(sizes) < 4200
    assert sum(sizes) == 1000 * len(healthie.extract(report_text).facts)


@pytest.mark.parametrize("texts", [[], [None], [COUNTY, None]])
def test_a_table_has_the_schema_whatever_is_in_it(texts: list[str | None]) -> None:
    given = pa.table({"id": [str(number) for number in range(len(texts))], "text": pa.array(texts, "string")})
    facts = extract_table(given)
    assert facts.schema.equals(facts_schema(), check_metadata=True)
    assert facts["error"].null_count == facts.num_rows - texts.count(None)


def test_nothing_is_read_or_loaded_when_it_is_imported(run_python: Callable[..., str]) -> None:
    code = "import sys, healthie.arrow, healthie.spark\nprint({'pyarrow', 'pyspark', 'spacy'} & set(sys.modules))"
    assert run_python(code).strip() == "set()"
