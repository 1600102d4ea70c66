"""``healthie check``: what a careful editor would question in reports."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from healthie import __version__
from healthie.cli.ending import FOUND, ending
from healthie.cli.inputs import InputFile
from healthie.cli.journal import Piece
from healthie.cli.layout import Format, Layout, format_of
from healthie.cli.options import (
    Files,
    FormatName,
    Language,
    LanguageName,
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
    from healthie.checks import Finding
    from healthie.export import Column
    from healthie.reading import Given
    from healthie.report import Report

__all__ = ["check", "findings_piece"]


def check(  # noqa: PLR0913  one for each option
    files: Files,
    *,
    output: Output = None,
    form: FormatName = None,
    lang: LanguageName = Language.EN,
    n_process: NProcess = 1,
    resume: Resume = False,
    region: RegionName = "",
    published: Published = "",
    limit: LimitNames = None,
) -> None:
    """Write what does not fit in reports: shares, sums, growth, targets, ranks and times.

    The exit status is 1 where something was found, 0 where nothing was.
    """
    with ending():
        may_resume(output, resume=resume)
        form = format_of(form, output)
        given = given_of(region, published)
        limits = limits_of(limit)
        options = {"lang": lang.value, "region": region, "published": published, "limits": str(limits or "")}
        run = begin(files, output=output, n_process=n_process, limits=limits)
        task = partial(findings_piece, form=form, lang=lang, given=given)
        deliver(run, task, _layout(form, options), resume=resume)
        run.end(status=FOUND if run.rows else 0)


def findings_piece(file: InputFile, *, form: Format, lang: Language, given: Given) -> Piece:
    """Return what was found in one report, in a format.

    Parameters
    ----------
    file : InputFile
        The report.
    form : Format
        How to write it.
    lang : Language
        Of the sentences in a table to read.
    given : Given
        What the options say of the report.

    Returns
    -------
    Piece
        With the number of findings.

    Raises
    ------
    OSError, ValueError
        If it cannot be read.
    """
    from healthie.checks import check as find
    from healthie.export import Table

    report = file.report(given)
    findings = find(report)
    match form:
        case Format.TABLE:
            text = _screen(report, findings, lang)
        case Format.JSON:
            data = {"source": file.name, "findings": [finding.to_dict() for finding in findings]}
            text = json.dumps(data, ensure_ascii=False, indent=2)
        case _:
            table = Table(_columns(), tuple(_row(file.name, finding) for finding in findings), "findings")
            text = table.to_csv(header=False) if form is Format.CSV else table.to_jsonl()
    return Piece(text, len(findings))


def _layout(form: Format, options: dict[str, str]) -> Layout:
    common = {"healthie": __version__, "command": "check", "format": form.value}
    return Layout(form, _columns(), "findings", common | options)


def _columns() -> tuple[Column, ...]:
    from healthie.export import Column

    return (
        Column("source", "text", "The file."),
        Column("kind", "word", "What does not fit: share, sum, growth, target …"),
        Column("severity", "word", "error: the figures cannot all be right; question: somebody should look."),
        Column("message", "text", "The arithmetic in a plain English sentence."),
        Column("message_zh", "text", "The same in Chinese."),
        Column("stated", "number", "The value that does not fit, as stated."),
        Column("expected_low", "number", "What it should be at least by the other figures; empty if open."),
        Column("expected_high", "number", "What it should be at most by the other figures; empty if open."),
        Column("unit", "text", "The unit of the three; empty without."),
        Column("confidence", "number", "How sure it is that the facts were read rightly.", "probability"),
        Column("facts", "text", "The numbers of the facts that it is about, parted by spaces."),
        Column("text", "text", "The words to look at, pieces parted by …"),
        Column("start", "integer", "Where they begin in the text of the report.", "character"),
        Column("end", "integer", "Where they end, exclusive.", "character"),
    )


def _row(name: str, finding: Finding) -> tuple[str | int | float | None, ...]:
    data = finding.to_dict()
    data |= {
        "source": name,
        "facts": " ".join(map(str, finding.facts)),
        "text": "…".join(span.text for span in finding.spans),
        "start": finding.spans[0].start,
        "end": finding.spans[-1].end,
    }
    return tuple(None if data[column.name] == "" else data[column.name] for column in _columns())


def _screen(report: Report, findings: tuple[Finding, ...], lang: Language) -> str:
    from healthie.checks.finding import describe
    from healthie.export.console import printable

    count = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
    head = " · ".join(filter(None, [printable(report.document.title), count])) + "\n"
    if not findings:
        return head
    return head + "\n" + describe(findings, chinese=lang is Language.ZH) + "\n"
