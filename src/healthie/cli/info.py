"""``healthie info``: what a file is, and what it says of itself."""

from __future__ import annotations

import json
from collections import Counter
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from healthie.cli.ending import ending
from healthie.cli.inputs import InputFile
from healthie.cli.options import Files, LimitNames, NProcess, Published, RegionName, limits_of
from healthie.cli.output import opened
from healthie.cli.run import begin, given_of, work
from healthie.cli.screen import aligned

if TYPE_CHECKING:
    from healthie.reading import Given
    from healthie.report import Report

__all__ = ["info"]

_SURE, _DOUBTFUL = 0.9, 0.5


class InfoFormat(str, Enum):
    """How it is written."""

    TABLE = "table"
    JSON = "json"


def info(  # noqa: PLR0913  one for each option
    files: Files,
    *,
    form: Annotated[InfoFormat, typer.Option("--format", "-f", help="How to write.")] = InfoFormat.TABLE,
    n_process: NProcess = 1,
    region: RegionName = "",
    published: Published = "",
    limit: LimitNames = None,
) -> None:
    """Tell what files are: kind, encoding, pages, title, place, period, date, and how many facts of which sort."""
    with ending():
        given = given_of(region, published)
        run = begin(files, n_process=n_process, limits=limits_of(limit))
        told = (data for _, data in work(run, partial(describe, given=given)))
        with opened(None) as stream:
            if form is InfoFormat.JSON:
                stream.write(json.dumps(list(told), ensure_ascii=False, indent=2) + "\n")
            else:
                for number, data in enumerate(told):
                    stream.write("\n" * bool(number) + aligned([(f"{key}:", _words(data[key])) for key in data]))
        run.end()


def describe(file: InputFile, *, given: Given) -> dict[str, Any]:
    """Return what a file is, as JSON values.

    Parameters
    ----------
    file : InputFile
        The file.
    given : Given
        What the options say of it.

    Returns
    -------
    dict
        What is not known is None.

    Raises
    ------
    OSError, ValueError
        If it cannot be read.
    """
    report = file.report(given)
    document, source = report.document.to_dict(), report.source
    return {
        "file": file.name,
        "kind": source.kind if source else None,
        "encoding": (source.encoding or None) if source else None,
        "parts": {source.part_kind: len(source.parts)} if source and source.part_kind else None,
        "characters": len(report.text),
        "title": document["title"] or None,
        "sort": report.document.kind or None,
        "body": report.document.body or None,
        "number": report.document.number or None,
        "region": document["region"],
        "period": document["period"],
        "published": document["published"] or None,
        "facts": len(report.facts),
        "roles": _roles(report),
        "status": dict(Counter(fact.status for fact in report.facts)),
        "confidence": _sureness(report),
    }


def _roles(report: Report) -> dict[str, int]:
    from healthie.records import Role

    counts = Counter(fact.role for fact in report.facts)
    return {role: counts[role] for role in get_args(Role) if counts[role]}


def _sureness(report: Report) -> dict[str, int]:
    """Return how many facts are how sure, under the bounds of each class."""
    marks = [fact.confidence for fact in report.facts]
    return {
        "0.9..1": sum(mark >= _SURE for mark in marks),
        "0.5..0.9": sum(_DOUBTFUL <= mark < _SURE for mark in marks),
        "0..0.5": sum(mark < _DOUBTFUL for mark in marks),
    }


def _words(value: Any) -> str:  # noqa: ANN401 - a JSON value
    match value:
        case None:
            return "-"
        case {"start": start, "end": end}:
            return f"{start or ''}..{end or ''}"
        case {"code": code, "name": name}:
            return f"{name} {code}"
        case dict():
            return ", ".join(f"{name} {count}" for name, count in value.items()) or "-"
        case _:
            return str(value)
