"""Runs that can be killed at any moment and go on: a journal beside the output.

Start at `Journal`. While a run goes on, the output ``facts.csv`` does not exist or is the old one; what is done stands
in ``facts.csv.part``: first a line that says which run it is (version, command, options), then a line of JSON for each
file, with its name, its size and time, and what was made of it. A line is written at once, so that a kill loses none. A
line that comes more than a second after the last flush to the disk is flushed, with those before it: a power cut may
lose the lines written since that flush. When all are done, the output is put together from the journal in the order of
the files, under a hidden name, flushed, and renamed over the output; then the journal is removed.

Wherever it is killed, there is an old output or the whole new one, never a half. A resumed run cuts off a torn last
line, takes over the lines of files that have not changed since, reads the others, and puts the output together as an
undisturbed run does: the same bytes.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from typing_extensions import Self

    from healthie.cli.inputs import InputFile

__all__ = ["Journal", "Piece"]

_SECONDS_UNFLUSHED = 1.0
_TYPES = {"name": str, "state": str, "rows": int, "text": str}  # of the line of a file


@dataclass(frozen=True, slots=True)
class Piece:
    """What was made of one file.

    Attributes
    ----------
    text : str
        Its part of the output.
    rows : int
        How many facts or findings it holds.
    """

    text: str
    rows: int = 0


class Journal:
    """What is done of a run.

    Parameters
    ----------
    path : Path
        The journal; it is made, or with `resume` opened if it is there.
    options : dict
        What a run has to have in common with the one that it resumes.
    resume : bool
        Whether to keep what is in it.

    Raises
    ------
    OSError
        If it cannot be written.
    ValueError
        If it is of another run.
    """

    def __init__(self, path: Path, options: dict[str, str], *, resume: bool) -> None:
        self._path = path
        self._places: dict[str, tuple[str, int]] = {}  # a file's state when it was read, and where its line begins
        self._states: dict[str, str] = {}
        self._flushed = time.monotonic()
        if not resume:
            path.unlink(missing_ok=True)
        # A link in its place, which others may have put there, is not followed.
        flags = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | (0 if resume else os.O_EXCL)
        self._file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | flags, 0o666)
        if not self._take_over(options):
            self._append(options)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)

    def has(self, file: InputFile) -> bool:
        """Return whether a file is done, and has not changed since; what was made of one that has is dropped."""
        try:
            state = file.state()
        except OSError:
            state = ""
        self._states[file.name] = state
        if file.name in self._places and self._places[file.name][0] != state:
            del self._places[file.name]
        return file.name in self._places

    def add(self, file: InputFile, piece: Piece) -> None:
        """Write down what was made of a file of which `has` was asked before it was read.

        Parameters
        ----------
        file : InputFile
            The file.
        piece : Piece
            What was made of it.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        state = self._states[file.name]
        entry = {"name": file.name, "state": state, "rows": piece.rows, "text": piece.text}
        self._places[file.name] = state, self._append(entry)

    def pieces(self, files: Iterable[InputFile]) -> Iterator[tuple[str, Piece]]:
        """Yield names and pieces of the files that are done, in the order of the files."""
        with os.fdopen(os.dup(self._file), "rb") as lines:
            for file in files:
                if file.name in self._places:
                    lines.seek(self._places[file.name][1])
                    entry = json.loads(lines.readline())
                    yield file.name, Piece(entry["text"], entry["rows"])

    def remove(self) -> None:
        """Remove it: the output is in its place."""
        self._path.unlink(missing_ok=True)

    def _append(self, entry: dict[str, Any]) -> int:
        """Write a line; return where it begins."""
        line = json.dumps(entry).encode("ascii") + b"\n"
        view = memoryview(line)
        try:
            while view:
                view = view[os.write(self._file, view) :]
            self._flush()
        except OSError as error:
            error.filename = os.fspath(self._path)
            raise
        return os.lseek(self._file, 0, os.SEEK_CUR) - len(line)

    def _flush(self) -> None:
        """Flush the lines to the disk, where they have not been for a while: it takes as long as to read a report."""
        if time.monotonic() >= self._flushed + _SECONDS_UNFLUSHED:
            os.fsync(self._file)
            self._flushed = time.monotonic()

    def _take_over(self, options: dict[str, str]) -> bool:
        """Read what another run has done; return whether there was anything.

        A line that is torn or damaged is cut off, with all after it.
        """
        whole = 0
        with os.fdopen(os.dup(self._file), "rb") as lines:
            for line in lines:
                entry = _entry(line)
                if entry is None or (whole and {key: type(entry.get(key)) for key in _TYPES} != _TYPES):
                    break
                if whole == 0 and entry != options:
                    raise ValueError(
                        f"{self._path}: it is of a run with other options, or of another version: "
                        "give the same, or leave out --resume to begin again."
                    )
                if whole:
                    self._places[entry["name"]] = entry["state"], whole
                whole += len(line)
        os.ftruncate(self._file, whole)
        return whole > 0


def _entry(line: bytes) -> dict[str, Any] | None:
    """Return a line of a journal, or None if it was torn or damaged."""
    try:
        entry = json.loads(line) if line.endswith(b"\n") else None
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) else None
