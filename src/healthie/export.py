"""Reports as rows and as text: one row a fact, and the four formats of the command.

Start at `to_rows`: the tidy schema. `to_csv` and `to_jsonl` write those rows, `to_table` shows the main columns to a
reader, and `to_json` gives a report in full.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from healthie.records import Fact, Period
    from healthie.report import Report

__all__ = ["COLUMNS", "to_csv", "to_json", "to_jsonl", "to_rows", "to_table"]

COLUMNS = (
    "source",
    "fact",
    "indicator",
    "indicator_id",
    "value",
    "value_max",
    "unit",
    "modifier",
    "role",
    "direction",
    "status",
    "reference",
    "of",
    "period_start",
    "period_end",
    "region_code",
    "region_name",
    "programme",
    "confidence",
    "text",
    "start",
    "end",
    "sentence",
)
_SIGNS = {"=": "", "~": "≈ ", ">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ "}
_WIDEST = 10_000


def to_rows(report: Report, *, source: str = "") -> list[dict[str, Any]]:
    """Return one flat row for each fact.

    Parameters
    ----------
    report : Report
        A report read.
    source : str
        Where it is from: the first column.

    Returns
    -------
    list of dict
        Each with the keys `COLUMNS` in that order; what is not stated is None.

    Examples
    --------
    >>> import healthie
    >>> row = to_rows(healthie.extract("白水县建成村卫生室86所。"), source="note")[0]
    >>> row["source"], row["indicator"], row["value"], row["unit"]
    ('note', '建成村卫生室', 86, '所')
    """
    return [_row(report, number, fact, source) for number, fact in enumerate(report.facts)]


def _row(report: Report, number: int, fact: Fact, source: str) -> dict[str, Any]:
    data = fact.to_dict()
    period, region, reference = data["period"] or {}, data["region"] or {}, data["reference"] or {}
    row = data | {
        "source": source or None,
        "fact": number,
        "indicator": data["indicator"]["text"],
        "indicator_id": data["indicator"]["id"],
        "reference": reference.get("text"),
        "period_start": period.get("start"),
        "period_end": period.get("end"),
        "region_code": region.get("code"),
        "region_name": region.get("name"),
        "programme": data["programme"] and data["programme"]["id"],
        "sentence": report.text[fact.sentence.start : fact.sentence.end],
    }
    return {column: None if row[column] == "" else row[column] for column in COLUMNS}


def to_json(report: Report, *, source: str = "") -> str:
    """Return a report in full, in the shape of `Report.to_dict`, as indented JSON.

    Parameters
    ----------
    report : Report
        A report read.
    source : str
        Where it is from: one more key, if given.

    Returns
    -------
    str
        A JSON object.
    """
    head = {"source": source} if source else {}
    return json.dumps(head | report.to_dict(), ensure_ascii=False, indent=2)


def to_jsonl(rows: Iterable[dict[str, Any]]) -> str:
    """Return rows as JSON, one object a line.

    Parameters
    ----------
    rows : iterable of dict
        Of `to_rows`.

    Returns
    -------
    str
        Lines, each with its end.
    """
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def to_csv(rows: Iterable[dict[str, Any]], *, header: bool = True) -> str:
    """Return rows as CSV.

    Parameters
    ----------
    rows : iterable of dict
        Of `to_rows`.
    header : bool
        Whether to begin with the names of the columns.

    Returns
    -------
    str
        Lines, each with its end.
    """
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    if header:
        writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def to_table(report: Report, *, width: int | None = None) -> str:
    """Return the main columns of the facts as a table to read, with Chinese characters counted as two wide.

    Parameters
    ----------
    report : Report
        A report read.
    width : int, optional
        The width of the screen, to which long cells are broken; without it, every row is one line.

    Returns
    -------
    str
        Lines, each with its end: what the report is, then its facts.

    Examples
    --------
    >>> import healthie
    >>> report = healthie.extract("2019年底，全县建成村卫生室86所。", region="白水县", published="2019")
    >>> print(to_table(report).partition("fact")[2])
    #  indicator     value  unit  role   compared with  period        region  status  sure
    0  建成村卫生室     86  所    level                 ..2019-12-31  白水县  actual  0...
    """
    # rich takes longer to import than the rest of this module, and only a table needs it.
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="", padding=(0, 2, 0, 0))
    for name in ("#", "indicator", "value", "unit", "role", "compared with", "period", "region", "status", "sure"):
        justify: Literal["left", "right"] = "right" if name in {"#", "value", "sure"} else "left"
        is_long = name in {"indicator", "compared with", "period", "region"}
        table.add_column(name, justify=justify, overflow="fold", no_wrap=width is None or not is_long)
    for number, fact in enumerate(report.facts):
        table.add_row(*(Text(_printable(cell)) for cell in _cells(number, fact)))
    file = io.StringIO()
    # Without a width of the screen, the table is as wide as it needs.
    Console(file=file, width=width or _WIDEST, color_system=None, force_terminal=False).print(table)
    if not report.facts:
        return _title(report) + "\n"
    lines = [_title(report), "", *(line.rstrip() for line in file.getvalue().splitlines())]
    return "".join(line + "\n" for line in lines)


def _title(report: Report) -> str:
    """Return the line over a table: what the report says of itself, and how many facts it holds."""
    document, count = report.document, len(report.facts)
    parts = [document.title]
    if document.region:
        parts.append(f"{document.region.name} {document.region.code}")
    if document.period:
        parts.append(_days(document.period))
    parts.append(f"{count} fact" if count == 1 else f"{count} facts")
    return " · ".join(_printable(part).strip() for part in parts if part)


def _cells(number: int, fact: Fact) -> tuple[str, ...]:
    return (
        str(number),
        fact.indicator.text,
        _value(fact),
        fact.quantity.unit,
        fact.role,
        fact.reference.text if fact.reference else "",
        _days(fact.period) if fact.period else "",
        fact.region.name if fact.region else "",
        fact.status,
        f"{fact.confidence:.2f}",
    )


def _value(fact: Fact) -> str:
    """Return a value with all that belongs to it: ``≥ 30``, ``+12.6``, ``1–2``."""
    quantity = fact.quantity
    value = _digits(quantity.value)
    if quantity.value_max is not None:
        value = f"{value}–{_digits(quantity.value_max)}"
    return _SIGNS[quantity.modifier] + fact.direction.replace("-", "−") + value


def _digits(value: Decimal) -> str:
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _days(period: Period) -> str:
    return f"{period.start or ''}..{period.end or ''}"


def _printable(text: str) -> str:
    """Return text on one line, with nothing in it that could steer a terminal."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
