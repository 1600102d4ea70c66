"""``healthie panel``: many reports as one table, indicator by place by period."""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

import healthie
from healthie.cli.ending import ending
from healthie.cli.inputs import InputFile
from healthie.cli.layout import Format, format_of, table_text, write_table
from healthie.cli.options import Files, FormatName, LimitNames, NProcess, Output, Published, RegionName, limits_of
from healthie.cli.output import is_device, opened, replacing
from healthie.cli.run import begin, given_of, work
from healthie.cli.screen import aligned

if TYPE_CHECKING:
    from healthie.export import Table

__all__ = ["panel"]

_SHOWN = ("indicator", "region_name", "period", "status", "value", "unit", "facts", "conflicts", "source")


class RoleName(str, Enum):
    """Which facts stand in a panel."""

    LEVEL = "level"
    CHANGE = "change"
    GAP = "gap"
    SHARE = "share"
    RANK = "rank"


def panel(  # noqa: PLR0913  one for each option
    files: Files,
    *,
    output: Output = None,
    form: FormatName = None,
    role: Annotated[RoleName, typer.Option(help="Which facts: levels, or one of the others.")] = RoleName.LEVEL,
    n_process: NProcess = 1,
    region: RegionName = "",
    published: Published = "",
    limit: LimitNames = None,
) -> None:
    """Write reports side by side: a row for each indicator, place and period, in common units."""
    with ending():
        form = format_of(form, output)
        given = given_of(region, published)
        run = begin(files, output=output, n_process=n_process, limits=limits_of(limit))
        reports = {file.name: report for file, report in work(run, partial(InputFile.report, given=given))}
        table = healthie.panel(reports, role=role.value)
        if output is None or is_device(output):
            with opened(output) as screen:
                screen.write(_text(table, form))
        elif form.is_binary:
            with replacing(output) as stream:
                write_table(table, form, stream)
        else:
            with replacing(output) as stream:
                stream.write(_text(table, form).encode())
        run.end()


def _text(table: Table, form: Format) -> str:
    if form is not Format.TABLE:
        return table_text(table, form)
    rows = ([row[name] for name in _SHOWN] for row in table.to_dicts())
    return aligned([_SHOWN, *(["" if cell is None else str(cell) for cell in row] for row in rows)])
