"""The options that several commands share, each with its one type and help."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from healthie.cli.ending import usage_error
from healthie.cli.layout import Format

__all__ = [
    "Files",
    "FormatName",
    "Language",
    "LanguageName",
    "NProcess",
    "Output",
    "Published",
    "RegionName",
    "Resume",
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


def may_resume(output: Path | None, *, resume: bool) -> None:
    """Check that there is an output to resume.

    Raises
    ------
    Ended
        If there is none.
    """
    if resume and output is None:
        raise usage_error("--resume needs --output: standard output is not kept.")
