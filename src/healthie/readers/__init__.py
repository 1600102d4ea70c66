"""Files into text with a way back to pages and paragraphs: `read` for a path, `read_bytes` for what is in memory.

Start at `read_bytes`: `healthie.readers.kinds` tells the kind of file, and a module of that name reads it. Nothing is
fetched from a network, and no file is unpacked beyond the limits of `healthie.readers.limits`.
"""

from __future__ import annotations

from dataclasses import replace
from os import fspath
from pathlib import Path
from typing import TYPE_CHECKING

from healthie.readers.docx import read_docx
from healthie.readers.html import decode_html, is_html, read_html
from healthie.readers.kinds import kind_of
from healthie.readers.limits import Limits
from healthie.readers.ofd import read_ofd
from healthie.readers.pdf import read_pdf
from healthie.readers.plain import read_plain

if TYPE_CHECKING:
    import os

    from healthie.source import Source

__all__ = ["Limits", "read", "read_bytes"]

_DEFAULT = Limits()


def read(path: str | os.PathLike[str], *, limits: Limits = _DEFAULT) -> Source:
    """Read a report file: plain text or Markdown, a web page, PDF, DOCX or OFD.

    Parameters
    ----------
    path : str or os.PathLike
        The file. Its kind is told by its content, not by its name.
    limits : Limits, optional
        The most that is read of it.

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
    ValueError
        If it is empty, damaged, locked, too big, or of a kind that is not read: one sentence that opens with the path.

    Examples
    --------
    >>> source = read("corpora/b03-yinzhou-2018-halfyear.txt")
    >>> source.text[:7], source.part_kind
    ('鄞州区2018', '')
    """
    name = fspath(path)
    try:
        limits.check_size(Path(name).stat().st_size)
        return replace(read_bytes(Path(name).read_bytes(), name=name, limits=limits), path=name)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def read_bytes(data: bytes, *, name: str = "", limits: Limits = _DEFAULT) -> Source:
    """Do what `read` does, for a file that is in memory.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str, optional
        Its name: the extension tells a web page that does not begin like one.
    limits : Limits, optional
        The most that is read of it.

    Returns
    -------
    Source
        As of `read`, without a path.

    Raises
    ------
    ImportError
        If what reads its kind is not installed.
    ValueError
        If it is empty, damaged, locked, too big, or of a kind that is not read.

    Examples
    --------
    >>> read_bytes("全县有卫生院8所。".encode("gb18030")).text
    '全县有卫生院8所。'
    """
    limits.check_size(len(data))
    match kind_of(data, name, limits):
        case "pdf":
            return read_pdf(data, limits)
        case "docx":
            return read_docx(data, limits)
        case "ofd":
            return read_ofd(data, limits)
        case "html":
            return read_html(data)
        case "text":
            return read_html(data) if is_html(decode_html(data)) else read_plain(data)
