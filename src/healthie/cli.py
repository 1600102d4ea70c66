"""The command ``healthie``: report files in, facts out.

Start at `extract`. What is wrong with a file is told on standard error in one sentence; the other files are still done,
and the exit status is 2 in the end.
"""

from __future__ import annotations

import io
import shutil
import sys
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from healthie import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthie.reading import Given
    from healthie.report import Report

__all__ = ["app"]

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


class Format(str, Enum):
    """How facts are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"healthie {__version__}")
        raise typer.Exit


@app.callback()
def main(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Turn Chinese government health reports into facts: what, how much, where, when, compared with what."""


@app.command()
def extract(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Report files; - is standard input.")],
    *,
    form: Annotated[
        Format,
        typer.Option(
            "--format", "-f", help="table to read, csv or jsonl with one fact a line, json with reports in full."
        ),
    ] = Format.TABLE,
    region: Annotated[
        str, typer.Option(help="The reports' place, by GB/T 2260 code or name; else each report says it.")
    ] = "",
    published: Annotated[
        str, typer.Option(metavar="YYYY[-MM[-DD]]", help="The reports' date; else each report says it.")
    ] = "",
) -> None:
    """Write the facts of report files to standard output.

    Files are plain text, web pages, PDF, DOCX or OFD. A file that cannot be read is named on standard error, the others
    are still done, and the exit status is 2.
    """
    from healthie.reading import read_given

    if isinstance(sys.stdout, io.TextIOWrapper):
        # A file or a pipe gets UTF-8 wherever it is made; a screen gets what it can show.
        sys.stdout.reconfigure(encoding=None if sys.stdout.isatty() else "utf-8", errors="backslashreplace")
    try:
        given = read_given(region, published)
    except ValueError as error:
        _complain(str(error))
        raise typer.Exit(2) from None
    failed: list[str] = []
    for piece in _format(_read(files, given, failed), form, many=len(files) > 1):
        sys.stdout.write(piece)
    if failed:
        raise typer.Exit(2)


def _complain(sentence: str) -> None:
    typer.echo(f"healthie: {sentence}", err=True)


def _read(files: list[str], given: Given, failed: list[str]) -> Iterator[tuple[str, Report]]:
    """Yield each file's name and report; tell of those that cannot be read, and add them to `failed`."""
    from healthie.pipeline import extract_given
    from healthie.readers import read, read_bytes

    for name in files:
        try:
            source = read_bytes(sys.stdin.buffer.read()) if name == "-" else read(name)
        except (ImportError, OSError, ValueError) as error:
            failed.append(name)
            _complain(f"{name}: {_reason(error).removeprefix(f'{name}: ')}")
        else:
            yield name, extract_given(source, given)


def _reason(error: ImportError | OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file."
        case IsADirectoryError():
            return "it is a folder: name the files in it."
        case PermissionError():
            return "it may not be read: its permissions forbid it."
        case OSError():
            return f"it cannot be read: {error.strerror}."
        case _:
            return str(error)


def _format(reports: Iterator[tuple[str, Report]], form: Format, *, many: bool) -> Iterator[str]:
    """Yield the output piece by piece, so that a long run holds one report at a time."""
    from healthie.export import to_csv, to_json, to_jsonl, to_rows, to_table

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    if form is Format.JSON:
        yield "["
    if form is Format.CSV:
        yield to_csv([])
    for number, (name, report) in enumerate(reports):
        match form:
            case Format.TABLE:
                yield ("\n" if number else "") + (f"{name}: " if many else "") + to_table(report, width=width)
            case Format.JSON:
                yield (",\n" if number else "\n") + to_json(report, source=name)
            case Format.JSONL:
                yield to_jsonl(to_rows(report, source=name))
            case Format.CSV:
                yield to_csv(to_rows(report, source=name), header=False)
    if form is Format.JSON:
        yield "\n]\n"
