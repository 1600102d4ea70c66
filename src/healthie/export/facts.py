"""Reports as one tidy table: one row a fact, in the columns of columns.py.

Start at `facts_table`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from healthie.export.columns import COLUMNS, FACT_COLUMNS
from healthie.export.table import Table
from healthie.indicators import describe
from healthie.period_labels import label
from healthie.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthie.export.table import Cell
    from healthie.records import Fact

__all__ = [
    "Reports",
    "document_id",
    "facts_table",
    "indicator_name",
    "named_reports",
    "page_of",
    "source_of",
]

Reports = Report | Iterable[Report] | Mapping[str, Report]


def facts_table(reports: Reports) -> Table:
    """Return one table of all facts.

    Parameters
    ----------
    reports : Report, iterable of Report, or mapping of str to Report
        Reports read; in a mapping, the keys are what the column ``source`` says.

    Returns
    -------
    Table
        One row a fact, in the order of the reports and of their texts; its columns are told of in docs/columns.md.

    Raises
    ------
    TypeError
        If one of the reports is none.

    Examples
    --------
    >>> import healthie
    >>> reports = healthie.extract_many(["白水县建成村卫生室86所。", "洛川县有卫生院16所。"])
    >>> for row in facts_table(reports):
    ...     print(row["region_name"], row["indicator"], row["value"], row["unit"])
    白水县 建成村卫生室 86 所
    洛川县 卫生院 16 所
    """
    rows = tuple(row for source, report in named_reports(reports) for row in _rows(report, source))
    return Table(FACT_COLUMNS, rows, "facts")


def named_reports(reports: Reports) -> list[tuple[str, Report]]:
    """Return reports with their names, as the column ``source`` has them.

    Parameters
    ----------
    reports : Report, iterable of Report, or mapping of str to Report
        As for `facts_table`.

    Returns
    -------
    list of (str, Report)
        A name is empty where nothing names the report.

    Raises
    ------
    TypeError
        If one of the reports is none.
    """
    if isinstance(reports, Report):
        reports = (reports,)
    pairs = reports.items() if isinstance(reports, Mapping) else (("", report) for report in reports)
    named = []
    for name, report in pairs:
        if not isinstance(report, Report):
            raise TypeError(f"one of the reports is a {type(report).__name__}: read it with healthie.extract first.")
        named.append((name or source_of(report), report))
    return named


def source_of(report: Report) -> str:
    """Return where a report is from: the path of its file, else its title, else nothing."""
    return (report.source.path if report.source else "") or report.document.title


def document_id(report: Report) -> str:
    """Return the id of a report: the first 16 hexadecimal digits of the SHA-256 of its text.

    Parameters
    ----------
    report : Report
        A report read.

    Returns
    -------
    str
        The same for the same text, whatever file it stood in.
    """
    return _digest(report.text)


@lru_cache(maxsize=8)
def _digest(text: str) -> str:
    """Return the id of a text; a panel asks for it at every fact, and hashing takes as long as the text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def page_of(report: Report, offset: int) -> tuple[int | None, str | None]:
    """Return the number of the page or paragraph in which a character stands, and which of the two it is."""
    part = report.source.part(offset) if report.source else None
    if part is None or report.source is None:
        return None, None
    return part.number, report.source.part_kind


def _rows(report: Report, source: str) -> Iterator[tuple[Cell, ...]]:
    head: dict[str, Cell] = {
        "source": source,
        "document": document_id(report),
        "title": report.document.title,
        "published": report.document.published,
    }
    for number, fact in enumerate(report.facts):
        page, page_kind = page_of(report, fact.quantity.start)
        row = head | {"fact": number, "page": page, "page_kind": page_kind} | _fields(fact, report.text)
        yield tuple(None if row[column] == "" else row[column] for column in COLUMNS)


def _fields(fact: Fact, text: str) -> dict[str, Cell]:
    """Return what a row takes from the fact alone."""
    quantity, period, region = fact.quantity, fact.period, fact.region
    return {
        "indicator": fact.indicator.text,
        "indicator_id": fact.indicator.id,
        "indicator_name": indicator_name(fact.indicator.id),
        "indicator_spans": " ".join(f"{span.start}:{span.end}" for span in fact.indicator.spans),
        "value": quantity.value,
        "value_max": quantity.value_max,
        "unit": quantity.unit,
        "dimension": quantity.dimension,
        "modifier": quantity.modifier,
        "role": fact.role,
        "direction": fact.direction,
        "status": fact.status,
        "reference": fact.reference.text if fact.reference else None,
        "of": fact.of,
        "period": label(period),
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "region_code": region.code if region else None,
        "region_name": region.name if region else None,
        "programme": fact.programme.id if fact.programme else None,
        "confidence": fact.confidence,
        "text": quantity.text,
        "start": quantity.start,
        "end": quantity.end,
        "sentence": text[fact.sentence.start : fact.sentence.end],
        "sentence_start": fact.sentence.start,
        "sentence_end": fact.sentence.end,
    }


def indicator_name(identifier: str) -> str:
    """Return the Chinese name of a canonical indicator; empty for none, and for one of the caller's own."""
    try:
        return describe(identifier).name if identifier else ""
    except ValueError:
        return ""
