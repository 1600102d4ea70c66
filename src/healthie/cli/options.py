"""The options that several commands share, each with its one type and help."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthie.cli.ending import usage_error
from healthie.cli.layout import Format

if TYPE_CHECKING:
    from healthie.readers import Limits

__all__ = [
    "Files",
    "FormatName",
    "Language",
    "LanguageName",
    "LimitNames",
    "NProcess",
    "Output",
    "Published",
    "RegionName",
    "Resume",
    "limits_of",
    "may_resume",
]


class Language(str, Enum):
    """Of what healthie says, not of what reports say."""

    EN = "en"
    ZH = "zh"


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE", help="Files, folders (with all below them) or patterns ('2019/*.pdf'); - is standard input."
    ),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write; else standard output.")
]
FormatName = Annotated[
    Format | None,
    typer.Option("--format", "-f", help="How to write; else as the suffix of the output says, else a table to read."),
]
LanguageName = Annotated[Language, typer.Option("--lang", help="The language of healthie's own sentences.")]
NProcess = Annotated[int, typer.Option(min=1, metavar="N", help="Read with so many processes.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on where a run with the same output was ended.")]
RegionName = Annotated[
    str, typer.Option("--region", help="The reports' place, by GB/T 2260 code or name; else each report says it.")
]
Published = Annotated[str, typer.Option(metavar="YYYY[-MM[-DD]]", help="The reports' date; else each report says it.")]
LimitNames = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=NUMBER",
        help="Read each file in a process of its own within limits: seconds, memory, size and unpacked (bytes), pages, "
        "characters; as often as you like (--limit seconds=20 --limit memory=500000000).",
    ),
]


def limits_of(named: list[str] | None) -> Limits | None:
    """Return the limits that the options name; None where they name none.

    Raises
    ------
    Ended
        If one is unknown or no number.
    """
    if not named:
        return None
    from healthie.readers import Limits

    kinds = {field.name: float if field.name == "seconds" else int for field in fields(Limits)}
    given: dict[str, float] = {}
    for limit in named:
        name, _, number = limit.partition("=")
        if name not in kinds:
            raise usage_error(
                f"--limit {limit}: there is no such limit: write one of {', '.join(kinds)} as NAME=NUMBER."
            )
        try:
            given[name] = kinds[name](number)
        except ValueError:
            kind = "number" if kinds[name] is float else "whole number"
            raise usage_error(f"--limit {limit}: {number!r} is no {kind}: write {name}=NUMBER.") from None
    try:
        return Limits(**given)  # type: ignore[arg-type]  # ints but for the seconds
    except ValueError as error:
        raise usage_error(f"--limit: {error}") from None


def may_resume(output: Path | None, *, resume: bool) -> None:
    """Check that there is an output to resume.

    Raises
    ------
    Ended
        If there is none.
    """
    if resume and output is None:
        raise usage_error("--resume needs --output: standard output is not kept.")
