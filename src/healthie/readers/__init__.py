"""Files into text with a way back to pages and paragraphs: `read` for a path, `read_bytes` for what is in memory.

Start at `read_bytes`: whole.py reads a file in this process, confined.py in one of its own. Nothing is fetched from a
network, and no file is unpacked beyond the limits of `healthie.readers.limits`.
"""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from os import fspath
from pathlib import Path
from typing import TYPE_CHECKING

from healthie.readers.confined import read_confined
from healthie.readers.limits import Limits
from healthie.readers.whole import read_whole

if TYPE_CHECKING:
    from healthie.source import Source

__all__ = ["Limits", "read", "read_bytes"]

_DEFAULT = Limits()


def read(path: str | os.PathLike[str], *, limits: Limits | None = None) -> Source:
    """Read a report file: plain text or Markdown, a web page, PDF, DOCX or OFD.

    Parameters
    ----------
    path : str or os.PathLike
        The file. Its kind is told by its content, not by its name.
    limits : Limits, optional
        The most that reading it may take. Where they are given, it is read in a process of its own, so that time and
        memory are held too: give them for files of strangers.

    Returns
    -------
    Source
        Its text, the title and date that it states of itself, and where its pages or paragraphs stand.

    Raises
    ------
    OSError
        If it cannot be opened.
    ImportError
        If what reads its kind is not installed: ``pip install 'healthie[files]'``.
    TypeError
        If the limits are none.
    ValueError
        If it is a pipe or a device, empty, damaged, locked, too big, of a kind that is not read, or takes more than the
        limits allow: one sentence that opens with the path.
    RuntimeError
        If there are limits and no process can be started, or what reads the file has a fault.

    Examples
    --------
    >>> source = read("corpora/b03-yinzhou-2018-halfyear.txt")
    >>> source.text[:7], source.part_kind
    ('鄞州区2018', '')
    >>> read("corpora/b03-yinzhou-2018-halfyear.txt", limits=Limits(seconds=50)) == source
    True
    """
    name = fspath(path)
    most = _checked(limits).size
    try:
        data = _bytes_of(name, most)
        return replace(read_bytes(data, name=name, limits=limits), path=name)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def read_bytes(data: bytes, *, name: str = "", limits: Limits | None = None) -> Source:
    """Do what `read` does, for a file that is in memory.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str, optional
        Its name: the extension tells a web page that does not begin like one.
    limits : Limits, optional
        The most that reading it may take, as of `read`.

    Returns
    -------
    Source
        As of `read`, without a path.

    Raises
    ------
    ImportError
        If what reads its kind is not installed.
    TypeError
        If the limits are none.
    ValueError
        If it is empty, damaged, locked, too big, of a kind that is not read, or takes more than the limits allow.
    RuntimeError
        If there are limits and no process can be started, or what reads the file has a fault.

    Examples
    --------
    >>> read_bytes("全县有卫生院8所。".encode("gb18030")).text
    '全县有卫生院8所。'
    """
    _checked(limits)
    return read_whole(data, name, _DEFAULT) if limits is None else read_confined(data, name, limits)


def _checked(limits: object) -> Limits:
    if limits is None:
        return _DEFAULT
    if not isinstance(limits, Limits):
        raise TypeError(f"limits is a {type(limits).__name__}: give a healthie.Limits, as Limits(seconds=20).")
    return limits


def _bytes_of(name: str, most: int) -> bytes:
    """Return what a file holds, as far as it takes to see that it is too much; a pipe is not even opened."""
    _refuse_endless(Path(name).stat().st_mode)
    with open(name, "rb", opener=_open_at_once) as file:
        _refuse_endless(os.fstat(file.fileno()).st_mode)  # what stands there now may be another
        return file.read(most + 1)


def _open_at_once(name: str, flags: int) -> int:
    """Open a file without the wait for a writer that a pipe has."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _refuse_endless(mode: int) -> None:
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # a folder has an error of its own
        raise ValueError(
            "it is a pipe or a device, which may never end, and no file: save what it holds, or send it to "
            "`healthie` through standard input (-)."
        )
