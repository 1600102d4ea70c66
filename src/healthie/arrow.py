"""Reports in Arrow batches into facts in Arrow batches: the way into Spark, Ray Data, Dask and whatever speaks Arrow.

Start at `extract_batches`: it is the very function that Spark's ``mapInArrow`` takes. What it gives has one schema,
`facts_schema`, made from the columns of every other table of facts. A document that cannot be read is a row that says
why, and stops no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthie.export.columns import FACT_COLUMNS
from healthie.export.facts import facts_table
from healthie.export.table import Column, Table
from healthie.extras import need
from healthie.pipeline import extract

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from healthie.export.table import Cell

__all__ = ["INPUT_COLUMNS", "OUTPUT_COLUMNS", "check_columns", "extract_batches", "extract_table", "facts_schema"]

INPUT_COLUMNS = (
    Column("id", "text", "What the reader of the facts knows the document by."),
    Column("text", "text", "The text of the report."),
    Column("region", "text", "Its place, by GB/T 2260 code or by name; empty, or no column, where the text says it."),
    Column("published", "text", "Its date, YYYY[-MM[-DD]] or a date; empty, or no column, where the text says it."),
)
OUTPUT_COLUMNS = (
    Column("id", "text", "The id of the document, as text."),
    Column(
        "error", "text", "Why the document cannot be read; such a row has nothing but the id. Empty in a row of a fact."
    ),
    *FACT_COLUMNS,
)
_REQUIRED = ("id", "text")
_NO_FACT = (None,) * len(FACT_COLUMNS)
_ROWS_A_BATCH = 4096  # some megabytes: bounds what is held, however many documents come in one batch


def facts_schema() -> pa.Schema:
    """Return the schema of what `extract_batches` gives: id, error, and the columns of every table of facts.

    Returns
    -------
    pyarrow.Schema
        Every field with its meaning in its metadata; docs/columns.md tells of them.

    Raises
    ------
    ImportError
        If pyarrow is not installed.

    Examples
    --------
    >>> facts_schema().names[:5]
    ['id', 'error', 'source', 'fact', 'indicator']
    """
    return Table(OUTPUT_COLUMNS, (), "facts").to_arrow().schema


def extract_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Read the documents of record batches, lazily and in order.

    Parameters
    ----------
    batches : iterable of pyarrow.RecordBatch
        With the columns ``id`` and ``text``, and if you like ``region`` and ``published``, as `INPUT_COLUMNS` tells.
        Other columns are passed over.

    Yields
    ------
    pyarrow.RecordBatch
        In the schema of `facts_schema`: a row for each fact, in the order of the documents and of their texts; one row
        with ``error`` for a document that cannot be read; none for one without facts. ``source`` is the id.

    Raises
    ------
    ValueError
        If a batch has no column ``id`` or ``text``.
    ImportError
        If pyarrow is not installed.

    Examples
    --------
    >>> import pyarrow
    >>> batch = pyarrow.record_batch({"id": ["a", "b"], "text": ["全县有卫生院8所。", None]})
    >>> for facts in extract_batches([batch]):
    ...     print(facts.select(["id", "indicator", "value", "error"]).to_pylist())
    [{'id': 'a', 'indicator': '卫生院', 'value': 8.0, 'error': None},
     {'id': 'b', 'indicator': None, 'value': None, 'error': 'ValueError: the text is null.'}]
    """
    need("pyarrow", "Reading Arrow batches", extra="tables")
    for batch in batches:
        check_columns(batch.schema.names)
        names = [column.name for column in INPUT_COLUMNS if column.name in batch.schema.names]
        rows: list[tuple[Cell, ...]] = []
        for scalars in zip(*map(batch.column, names), strict=True):
            rows += _rows(dict(zip(names, scalars, strict=True)))
            if len(rows) >= _ROWS_A_BATCH:
                yield _record_batch(rows)
                rows = []
        if rows:
            yield _record_batch(rows)


def extract_table(table: pa.Table) -> pa.Table:
    """Read the documents of a table: `extract_batches` in one piece, as Ray Data's ``map_batches`` takes it.

    Parameters
    ----------
    table : pyarrow.Table
        With the columns that `extract_batches` takes.

    Returns
    -------
    pyarrow.Table
        In the schema of `facts_schema`, whether there are facts or none.

    Raises
    ------
    ValueError
        If there is no column ``id`` or ``text``.
    ImportError
        If pyarrow is not installed.

    Examples
    --------
    >>> import pyarrow
    >>> facts = extract_table(pyarrow.table({"id": [7], "text": ["全县拥有卫生院8所，床位60张。"]}))
    >>> facts["id"].to_pylist(), facts["value"].to_pylist()
    (['7', '7'], [8.0, 60.0])
    """
    arrow = need("pyarrow", "Reading Arrow tables", extra="tables")
    check_columns(table.schema.names)
    return arrow.Table.from_batches(extract_batches(table.to_batches()), schema=facts_schema())


def check_columns(names: list[str]) -> None:
    """Check that documents have the columns they must have.

    Parameters
    ----------
    names : list of str
        Their columns.

    Raises
    ------
    ValueError
        If ``id`` or ``text`` is not among them.
    """
    missing = [name for name in _REQUIRED if name not in names]
    if missing:
        raise ValueError(f"there is no column {' or '.join(missing)}: name the columns id, text, region, published.")


def _rows(document: dict[str, pa.Scalar]) -> list[tuple[Cell, ...]]:
    """Return the rows of one document. Its cells are read here, as one that is no UTF-8 fails only when it is read."""
    name = None
    try:
        name = _text_of(document["id"])
        given = {column: scalar.as_py() for column, scalar in document.items() if column != "id"}
        if given["text"] is None:
            raise ValueError("the text is null.")
        table = facts_table({name or "": extract(**given)})
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told in its row and stops no other document
        return [(name, f"{type(error).__name__}: {error}", *_NO_FACT)]
    return [(name, None, *row) for row in table.rows]


def _text_of(scalar: pa.Scalar) -> str | None:
    value = scalar.as_py()
    return None if value is None else str(value)


def _record_batch(rows: list[tuple[Cell, ...]]) -> pa.RecordBatch:
    (batch,) = Table(OUTPUT_COLUMNS, tuple(rows), "facts").to_arrow().to_batches()
    return batch
