"""What is to be read: files, and those in folders and under patterns.

Start at `find_files`. `InputFile.report` reads one.
"""

from __future__ import annotations

import glob
import os
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthie.readers import Limits
    from healthie.reading import Given
    from healthie.report import Report

__all__ = ["Failed", "InputFile", "find_files"]

# What is read in a folder; a file that is named is read whatever its name. The readers refuse the last four and say how
# they can be read: no report in a folder is passed over in silence.
_SUFFIXES = (
    ".txt",
    ".md",
    ".html",
    ".htm",
    ".xhtml",
    ".shtml",
    ".pdf",
    ".docx",
    ".ofd",
    ".doc",
    ".wps",
    ".rtf",
    ".odt",
)


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read.

    Attributes
    ----------
    name : str
        Its path as it was given or found; ``-`` is standard input.
    below : str
        Its path from the folder that was named, or its bare name.
    data : bytes or None
        What standard input held, else None.
    limits : Limits or None
        The most that reading it may take; without them it is read in this process.
    """

    name: str
    below: str
    data: bytes | None = None
    limits: Limits | None = None

    def report(self, given: Given) -> Report:
        """Return what is found in it.

        Parameters
        ----------
        given : Given
            What the options say of it.

        Raises
        ------
        OSError, ValueError, ImportError
            If it cannot be read.
        """
        from healthie.pipeline import extract_given
        from healthie.readers import read, read_bytes

        limits = self.limits
        source = read(self.name, limits=limits) if self.data is None else read_bytes(self.data, limits=limits)
        return extract_given(source, given)

    def state(self) -> str:
        """Return what changes when the file does: its size and time, or the digest of standard input.

        Raises
        ------
        OSError
            If there is no such file.
        """
        if self.data is not None:
            return sha256(self.data).hexdigest()
        status = Path(self.name).stat()
        return f"{status.st_size} {status.st_mtime_ns}"


@dataclass(frozen=True, slots=True)
class Failed:
    """A name of which nothing could be made.

    Attributes
    ----------
    name : str
        As it was given or found.
    reason : str
        A sentence.
    """

    name: str
    reason: str


def find_files(
    names: list[str], *, besides: Path | None = None, limits: Limits | None = None
) -> tuple[list[InputFile], list[Failed]]:
    """Return the files that names stand for, each once.

    Parameters
    ----------
    names : list of str
        Paths of files and folders, patterns, or ``-``.
    besides : Path, optional
        The output, a file or a folder, which is no input.
    limits : Limits, optional
        The most that reading one of them may take.

    Returns
    -------
    (list of InputFile, list of Failed)
        The files in the order of the names, within a folder by name; and the folders and patterns that hold none.
    """
    files: dict[str, InputFile] = {}
    failed: list[Failed] = []
    output = os.path.realpath(besides) if besides else None
    for name in names:
        found = list(_expand(name, failed, limits))
        for file in found:
            real = file.name if file.name == "-" else os.path.realpath(file.name)
            if output is None or not (real == output or real.startswith(output + os.sep)):
                files.setdefault(real, file)
    return list(files.values()), failed


def _expand(name: str, failed: list[Failed], limits: Limits | None) -> Iterator[InputFile]:
    if name == "-" and sys.stdin is None:
        failed.append(Failed(name, "standard input is closed; give a file, or a text through a pipe."))
    elif name == "-":
        yield InputFile(name, "standard input", _standard_input(limits), limits)
    elif Path(name).is_dir():
        yield from _in_folder(name, failed, limits)
    elif glob.has_magic(name) and not os.path.lexists(name):
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - the pattern may be absolute
        if not matches:
            failed.append(Failed(name, "no file fits this pattern."))
        for match in matches:  # a file called - is one, here
            yield from _expand(os.path.join(".", match) if match == "-" else match, failed, limits)  # noqa: PTH118
    else:
        yield InputFile(name, Path(name).name, limits=limits)


def _standard_input(limits: Limits | None) -> bytes:
    """Return what standard input holds, as far as it takes to see that it is too much."""
    from healthie.readers import Limits

    return sys.stdin.buffer.read((limits or Limits()).size + 1)


def _in_folder(folder: str, failed: list[Failed], limits: Limits | None) -> Iterator[InputFile]:
    before = len(failed)
    empty = True
    inside = os.path.join(os.path.realpath(folder), "")  # noqa: PTH118 - with the separator at its end
    for place, folders, names in os.walk(folder, onerror=lambda error: failed.append(_unread(error))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            # What begins like that is hidden, or the lock of an office program.
            if Path(name).suffix.lower() in _SUFFIXES and not name.startswith((".", "~$")):
                empty = False
                path = os.path.join(place, name)  # noqa: PTH118 - as it was given: ./a stays ./a
                if not os.path.realpath(path).startswith(inside):
                    failed.append(
                        Failed(path, "it is a link out of this folder; give a pattern or its name to read it.")
                    )
                else:
                    yield InputFile(path, os.path.relpath(path, folder), limits=limits)
    if empty and len(failed) == before:
        failed.append(Failed(folder, f"there is no report in this folder: none of {', '.join(_SUFFIXES)}."))


def _unread(error: OSError) -> Failed:
    return Failed(str(error.filename), f"it cannot be opened: {error.strerror}.")
