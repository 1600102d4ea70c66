"""Chinese government health reports into facts: what was measured, how much, where, when, compared with what.

Start with `extract`: a report's text or file in, a `Report` out. `load` gives the same as a spaCy pipeline. Every name
below is imported when it is first used, so that ``import healthie`` opens no data and loads no spaCy.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthie.charts import plot
    from healthie.checks import Finding, check
    from healthie.comparison import compare
    from healthie.document import read_document
    from healthie.document_record import Document
    from healthie.entities import find_organisations, find_programmes, find_systems
    from healthie.export.facts import facts_table
    from healthie.export.table import Column, Table
    from healthie.facts import link
    from healthie.numbers import find_numbers, parse_number
    from healthie.panels import panel
    from healthie.periods import find_periods
    from healthie.pipeline import ReportError, extract, extract_many, load
    from healthie.quantities import find_quantities
    from healthie.readers import Limits, read
    from healthie.records import Entity, Fact, Indicator, Mentions, Number, Period, Quantity, Region, Span
    from healthie.regions import find_regions, resolve_region
    from healthie.report import Report
    from healthie.schema import report_schema
    from healthie.source import Source

__all__ = [
    "Column",
    "Document",
    "Entity",
    "Fact",
    "Finding",
    "Indicator",
    "Limits",
    "Mentions",
    "Number",
    "Period",
    "Quantity",
    "Region",
    "Report",
    "ReportError",
    "Source",
    "Span",
    "Table",
    "__version__",
    "check",
    "compare",
    "extract",
    "extract_many",
    "facts_table",
    "find_numbers",
    "find_organisations",
    "find_periods",
    "find_programmes",
    "find_quantities",
    "find_regions",
    "find_systems",
    "link",
    "load",
    "panel",
    "parse_number",
    "plot",
    "read",
    "read_document",
    "report_schema",
    "resolve_region",
]

__version__ = "0.1.0"

_HOMES = {
    "charts": ("plot",),
    "comparison": ("compare",),
    "checks": ("Finding", "check"),
    "document": ("read_document",),
    "entities": ("find_organisations", "find_programmes", "find_systems"),
    "export.facts": ("facts_table",),
    "export.table": ("Column", "Table"),
    "facts": ("link",),
    "numbers": ("find_numbers", "parse_number"),
    "panels": ("panel",),
    "periods": ("find_periods",),
    "pipeline": ("ReportError", "extract", "extract_many", "load"),
    "quantities": ("find_quantities",),
    "readers": ("Limits", "read"),
    "document_record": ("Document",),
    "records": (
        "Entity",
        "Fact",
        "Indicator",
        "Mentions",
        "Number",
        "Period",
        "Quantity",
        "Region",
        "Span",
    ),
    "regions": ("find_regions", "resolve_region"),
    "report": ("Report",),
    "schema": ("report_schema",),
    "source": ("Source",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def _load_standard_numbers() -> None:
    """Load the standard library's ``numbers`` from its own place, once.

    `decimal` imports it by name, and a script beside a file called numbers.py would give it that file instead.
    """
    spec = None if "numbers" in sys.modules else PathFinder.find_spec("numbers", [os.path.dirname(os.__file__)])  # noqa: PTH120
    if spec is not None and spec.loader is not None:
        sys.modules["numbers"] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules["numbers"])


_load_standard_numbers()


def __getattr__(name: str) -> object:
    """Import a public name from its module when it is first asked for (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, imported or not."""
    return sorted(set(__all__) | set(globals()))
