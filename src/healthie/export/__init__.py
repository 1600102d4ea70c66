"""Reports in the forms they are handed on in: one format a file.

Start at `facts_table`, one tidy table of the facts of many reports; `Table` has a method for each table format. The
columns of facts are declared in columns.py. `to_table` shows facts on a screen; brat, web annotations and spaCy files
hold each fact where it stands in the text.
"""

from __future__ import annotations

from healthie.export.columns import COLUMNS, FACT_COLUMNS
from healthie.export.console import to_table
from healthie.export.facts import facts_table
from healthie.export.json_text import to_json
from healthie.export.table import Column, Table

__all__ = [
    "COLUMNS",
    "FACT_COLUMNS",
    "Column",
    "Table",
    "facts_table",
    "to_json",
    "to_table",
]
