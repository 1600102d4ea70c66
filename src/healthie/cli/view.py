"""``healthie view``: reports as pages to look at."""

from __future__ import annotations

import errno
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthie import __version__
from healthie.cli.ending import ending, usage_error
from healthie.cli.inputs import Failed, InputFile
from healthie.cli.journal import Piece
from healthie.cli.options import (
    Files,
    Language,
    LanguageName,
    LimitNames,
    NProcess,
    Published,
    RegionName,
    Resume,
    limits_of,
    may_resume,
)
from healthie.cli.output import is_device, opened, opened_journal, replacing
from healthie.cli.run import begin, given_of, work

if TYPE_CHECKING:
    from healthie.cli.run import Run
    from healthie.reading import Given

__all__ = ["page", "view"]

_SUFFIXES = {".html", ".htm"}
# The name of one page is too long, or a folder or a file stands in its place: the others can be written.
_NAME_REFUSED = {errno.ENAMETOOLONG, errno.EISDIR, errno.ENOTDIR, errno.EEXIST}


def view(  # noqa: PLR0913  one for each option
    files: Files,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="PATH", help="An .html file for one report, else a folder; else standard output."
        ),
    ] = None,
    lang: LanguageName = Language.EN,
    n_process: NProcess = 1,
    resume: Resume = False,
    region: RegionName = "",
    published: Published = "",
    limit: LimitNames = None,
) -> None:
    """Write a page for each report: its text with the facts marked in it, charts, and what check finds."""
    with ending():
        may_resume(output, resume=resume)
        given = given_of(region, published)
        limits = limits_of(limit)
        run = begin(files, output=output, n_process=n_process, limits=limits)
        task = partial(page, lang=lang.value, given=given)
        into_folder = output is not None and not is_device(output) and output.suffix.lower() not in _SUFFIXES
        if not into_folder and len(run.files) > 1:
            raise usage_error(f"there are {len(run.files)} reports: name a folder for their pages with --output.")
        if output is not None and into_folder:
            options = {"healthie": __version__, "command": "view", "lang": lang.value}
            options |= {"region": region, "published": published, "limits": str(limits or "")}
            _write_pages(run, task, output, options, resume=resume)
        else:
            for _, text in work(run, task):
                _write_page(output, text)
        run.end()


def page(file: InputFile, *, lang: str, given: Given) -> str:
    """Return the page of one report.

    Parameters
    ----------
    file : InputFile
        The report.
    lang : {"en", "zh"}
        The language that the page opens in.
    given : Given
        What the options say of the report.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    OSError, ValueError
        If it cannot be read.
    """
    from healthie.checks import check

    report = file.report(given)
    return report.to_html(lang="zh" if lang == "zh" else "en", findings=check(report))


def _write_pages(run: Run, task: partial[str], folder: Path, options: dict[str, str], *, resume: bool) -> None:
    """Write a page for each report into a folder; each is whole or not there."""
    paths = _paths(run.files, folder)
    folder.mkdir(parents=True, exist_ok=True)
    with opened_journal(folder / ".healthie.part", options, resume=resume) as journal:
        todo = [file for file in run.files if not (journal.has(file) and paths[file.name].is_file())]
        for file, text in work(run, task, files=todo):
            path = paths[file.name]
            if not path.resolve().is_relative_to(folder.resolve()):
                run.failed.append(Failed(file.name, f"its page {path} is a link out of the output folder: remove it."))
                continue
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                _write_page(path, text)
            except OSError as error:
                if error.errno not in _NAME_REFUSED:
                    raise
                run.failed.append(Failed(file.name, f"its page {path} cannot be written ({error.strerror})."))
                continue
            journal.add(file, Piece(""))
        journal.remove()


def _paths(files: list[InputFile], folder: Path) -> dict[str, Path]:
    """Return where each page goes: the place below the folder named, with the suffix where two would meet."""
    short = {file.name: folder / Path(file.below).with_suffix(".html") for file in files}
    counts = Counter(short.values())
    return {
        file.name: folder / f"{file.below}.html" if counts[short[file.name]] > 1 else short[file.name] for file in files
    }


def _write_page(output: Path | None, text: str) -> None:
    if output is None or is_device(output):
        with opened(output) as screen:
            screen.write(text)
        return
    with replacing(output) as stream:
        stream.write(text.encode("utf-8", "backslashreplace"))
