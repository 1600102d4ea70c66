"""Tables and reports as JSON text.

Start at `table_to_json`; `to_json` gives a report in full.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from healthie.export.table import clean

if TYPE_CHECKING:
    from healthie.export.table import Table
    from healthie.report import Report

__all__ = ["table_to_json", "table_to_jsonl", "to_json"]

# What Python and JavaScript take for the end of a line besides those that JSON escapes by itself.
_BREAKS = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}


def table_to_json(table: Table) -> str:
    """Return a table as `Table.to_json` does."""
    return json.dumps(table.to_dicts(), ensure_ascii=False, indent=2)


def table_to_jsonl(table: Table) -> str:
    """Return a table as `Table.to_jsonl` does."""
    return "".join(json.dumps(row, ensure_ascii=False).translate(_BREAKS) + "\n" for row in table.to_dicts())


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
    return clean(json.dumps(head | report.to_dict(), ensure_ascii=False, indent=2))
