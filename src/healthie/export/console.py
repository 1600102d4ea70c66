"""A report as a table to read on a screen.

Start at `to_table`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal

from healthie.value_text import value_text

if TYPE_CHECKING:
    from healthie.records import Fact, Period
    from healthie.report import Report

__all__ = ["to_table"]

_WIDEST = 10_000


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
        value_text(fact),
        fact.quantity.unit,
        fact.role,
        fact.reference.text if fact.reference else "",
        _days(fact.period) if fact.period else "",
        fact.region.name if fact.region else "",
        fact.status,
        f"{fact.confidence:.2f}",
    )


def _days(period: Period) -> str:
    return f"{period.start or ''}..{period.end or ''}"


def _printable(text: str) -> str:
    """Return text on one line, with nothing in it that could steer a terminal."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
