"""A report as a table to read on a screen.

Start at `to_table`.
"""

from __future__ import annotations

import io
from textwrap import wrap
from typing import TYPE_CHECKING, Literal

from healthie.period_labels import label
from healthie.value_text import value_text

if TYPE_CHECKING:
    from healthie.records import Fact, Period
    from healthie.report import Report

__all__ = ["printable", "to_table"]

_COLUMNS = ("#", "indicator", "value", "unit", "role", "compared with", "period", "region", "status", "sure")
# Those that are broken into lines on a screen, with the least room that they need, and the room between columns.
_LONG, _LEAST, _GAP = ("indicator", "compared with"), 24, 2
_GIVE_WAY = ("region", "sure", "compared with", "#", "status", "role", "period")
_WIDEST = 10_000


def to_table(report: Report, *, width: int | None = None) -> str:
    """Return the main columns of the facts as a table to read, with Chinese characters counted as two wide.

    Parameters
    ----------
    report : Report
        A report read.
    width : int, optional
        The width of the screen, to which long cells are broken, periods are written short and columns are left out
        that find no room; without it, every row is one line and whole.

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

    rows = [_cells(number, fact, is_narrow=width is not None) for number, fact in enumerate(report.facts)]
    shown = _COLUMNS if width is None else _fitting(rows, width)
    table = Table(box=None, pad_edge=False, header_style="", padding=(0, _GAP, 0, 0))
    for name in shown:
        justify: Literal["left", "right"] = "right" if name in {"#", "value", "sure"} else "left"
        table.add_column(name, justify=justify, overflow="fold", no_wrap=width is None or name not in _LONG)
    for row in rows:
        table.add_row(*(Text(row[name]) for name in shown))
    file = io.StringIO()
    # Without a width of the screen, the table is as wide as it needs.
    Console(file=file, width=width or _WIDEST, color_system=None, force_terminal=False).print(table)
    if not report.facts:
        return _title(report) + "\n"
    lines = [_title(report), "", *(line.rstrip() for line in file.getvalue().splitlines())]
    if left_out := [name for name in _COLUMNS if name not in shown]:
        said = f"Left out on this narrow screen: {', '.join(left_out)}."
        lines += ["", *wrap(said, width or _WIDEST)]
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
    return " · ".join(printable(part).strip() for part in parts if part)


def _fitting(rows: list[dict[str, str]], width: int) -> tuple[str, ...]:
    """Return the columns for which there is room; those that say least give way first."""
    from rich.cells import cell_len

    needed = {name: max(cell_len(cell) for cell in (name, *(row[name] for row in rows))) + _GAP for name in _COLUMNS}
    needed |= {name: min(needed[name], _LEAST) for name in _LONG}
    for name in _GIVE_WAY:
        if sum(needed.values()) <= width:
            break
        del needed[name]
    return tuple(needed)


def _cells(number: int, fact: Fact, *, is_narrow: bool) -> dict[str, str]:
    days = label if is_narrow else _days
    cells = (
        str(number),
        fact.indicator.text,
        value_text(fact),
        fact.quantity.unit,
        fact.role,
        fact.reference.text if fact.reference else "",
        days(fact.period) if fact.period else "",
        fact.region.name if fact.region else "",
        fact.status,
        f"{fact.confidence:.2f}",
    )
    return dict(zip(_COLUMNS, map(printable, cells), strict=True))


def _days(period: Period) -> str:
    return f"{period.start or ''}..{period.end or ''}"


def printable(text: str) -> str:
    """Return text on one line, with nothing in it that could steer a terminal."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
