"""``healthie extract``: reports in, facts out."""

from __future__ import annotations

import shutil
import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from healthie import __version__
from healthie.cli.ending import ending
from healthie.cli.inputs import InputFile
from healthie.cli.journal import Piece
from healthie.cli.layout import Format, Layout, format_of
from healthie.cli.options import (
    Files,
    LimitNames,
    NProcess,
    Output,
    Published,
    RegionName,
    Resume,
    limits_of,
    may_resume,
)
from healthie.cli.output import deliver
from healthie.cli.run import begin, given_of

if TYPE_CHECKING:
    from healthie.reading import Given

__all__ = ["extract", "facts_piece"]


def extract(  # noqa: PLR0913  one for each option
    files: Files,
    *,
    output: Output = None,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            help="table to read; csv, jsonl, xlsx or parquet with one row a fact; json with reports in full. "
            "Without it, as the suffix of the output says.",
        ),
    ] = None,
    n_process: NProcess = 1,
    resume: Resume = False,
    region: RegionName = "",
    published: Published = "",
    limit: LimitNames = None,
) -> None:
    """Write the facts of reports.

    A file that cannot be read is named on standard error, the others are still done, and the exit status is 2.
    """
    with ending():
        may_resume(output, resume=resume)
        form = format_of(form, output)
        given = given_of(region, published)
        width = shutil.get_terminal_size().columns if output is None and sys.stdout.isatty() else None
        limits = limits_of(limit)
        run = begin(files, output=output, n_process=n_process, limits=limits)
        task = partial(facts_piece, form=form, given=given, width=width)
        options = {"region": region, "published": published, "limits": str(limits or "")}
        deliver(run, task, facts_layout(form, options), resume=resume)
        run.end()


def facts_layout(form: Format, options: dict[str, str]) -> Layout:
    """Return how the facts of reports become one output."""
    from healthie.export import FACT_COLUMNS

    common = {"healthie": __version__, "command": "extract", "format": form.value}
    return Layout(form, FACT_COLUMNS, "facts", common | options)


def facts_piece(file: InputFile, *, form: Format, given: Given, width: int | None) -> Piece:
    """Return the facts of one report in a format.

    Parameters
    ----------
    file : InputFile
        The report.
    form : Format
        How to write its facts.
    given : Given
        What the options say of it.
    width : int or None
        Of the screen, for a table to read.

    Returns
    -------
    Piece
        With the number of its facts.

    Raises
    ------
    OSError, ValueError
        If it cannot be read.
    """
    from healthie.export import facts_table, to_json, to_table

    report = file.report(given)
    match form:
        case Format.TABLE:
            text = to_table(report, width=width)
        case Format.JSON:
            text = to_json(report, source=file.name)
        case Format.CSV:
            text = facts_table({file.name: report}).to_csv(header=False)
        case _:
            text = facts_table({file.name: report}).to_jsonl()
    return Piece(text, len(report.facts))
