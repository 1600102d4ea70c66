"""Where what is made of files goes: standard output, or a file that is whole or not there.

Start at `deliver`. The formats themselves are in layout.py.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from healthie.cli.ending import usage_error
from healthie.cli.interrupt import stop_if_asked
from healthie.cli.journal import Journal
from healthie.cli.run import work
from healthie.cli.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO, TextIO

    from healthie.cli.inputs import InputFile
    from healthie.cli.journal import Piece
    from healthie.cli.layout import Layout
    from healthie.cli.run import Run

__all__ = ["deliver", "is_device", "opened", "opened_journal", "replacing"]

_LONGEST_NAME = 255  # bytes, on most systems


def deliver(run: Run, task: Callable[[InputFile], Piece], layout: Layout, *, resume: bool) -> None:
    """Read files and write what is made of them.

    Parameters
    ----------
    run : Run
        The files, and where to write.
    task : callable
        What to make of one.
    layout : Layout
        How the pieces become one output.
    resume : bool
        Whether to go on where another run ended.

    Raises
    ------
    Ended
        If the journal is of another run.
    OSError
        If the output cannot be written.
    """
    many = len(run.files) > 1
    if run.output is None or is_device(run.output):
        made = work(run, task, quiet=run.output is None and sys.stdout.isatty())
        pieces = _counted(run, ((file.name, piece) for file, piece in made))
        with opened(run.output) as stream:
            for text in layout.text(pieces, many=many):
                stream.write(text)
        return
    with opened_journal(run.output.with_name(f"{run.output.name}.part"), layout.options, resume=resume) as journal:
        todo = [file for file in run.files if not journal.has(file)]
        for file, piece in work(run, task, files=todo):
            journal.add(file, piece)
        with replacing(run.output) as stream:
            layout.write(stream, _counted(run, journal.pieces(run.files)), many=many)
        journal.remove()


def _counted(run: Run, pieces: Iterator[tuple[str, Piece]]) -> Iterator[tuple[str, Piece]]:
    for name, piece in pieces:
        run.rows += piece.rows
        yield name, piece


@contextmanager
def opened(output: Path | None) -> Iterator[TextIO | Screen]:
    """Open a device, or without one standard output, which is left open.

    Yields
    ------
    TextIO or Screen
        A terminal is a screen, which no report steers; files, pipes and other devices get the text as it is.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    if output is None:
        yield _safe(_standard_output())
        return
    try:
        with output.open("w", encoding="utf-8", errors="backslashreplace") as stream:
            yield _safe(stream)
    except OSError as error:
        error.filename = os.fspath(output)
        raise


def _safe(stream: TextIO) -> TextIO | Screen:
    return Screen(stream) if stream.isatty() else stream


def is_device(path: Path) -> bool:
    """Return whether a path is there and is neither file nor folder: /dev/stdout, a named pipe."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _standard_output() -> TextIO:
    """Return standard output: a file or a pipe gets UTF-8 wherever it is made, a screen what it can show."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=None if sys.stdout.isatty() else "utf-8", errors="backslashreplace")
    return sys.stdout


def opened_journal(path: Path, options: dict[str, str], *, resume: bool) -> Journal:
    """Open the journal of a run.

    Raises
    ------
    Ended
        If it is of another run, which cannot be resumed.
    OSError
        If it cannot be written.
    """
    try:
        return Journal(path, options, resume=resume)
    except ValueError as error:
        raise usage_error(str(error)) from None


def _hidden(target: Path) -> str:
    """Return the name under which an output is written, no longer than a name can be where that of the output is not.

    It is the same each time, so that a run takes away what one that was killed has left.
    """
    name = f".{target.stem}.healthie{target.suffix}"
    if len(os.fsencode(name)) <= _LONGEST_NAME:
        return name
    return f".{sha256(os.fsencode(target.name)).hexdigest()[:32]}.healthie"


@contextmanager
def replacing(output: Path) -> Iterator[BinaryIO]:
    """Give a new file to write to, and put it in the place of the output at once.

    Yields
    ------
    BinaryIO
        A file beside the output, hidden; it can be sought in.

    Raises
    ------
    OSError
        If it cannot be written: then the output is as it was.
    """
    target = Path(os.path.realpath(output))  # a link stays a link
    path = target.with_name(_hidden(target))
    try:
        path.unlink(missing_ok=True)  # a run that was killed may have left it
        # It is made here or not at all: what others put there meanwhile, a link above all, is not opened.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(path, flags, 0o666), "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        stop_if_asked()
        path.replace(target)
    except OSError as error:
        error.filename = os.fspath(output)
        raise
    finally:
        path.unlink(missing_ok=True)
