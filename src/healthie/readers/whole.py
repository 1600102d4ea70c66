"""A whole file that is in memory, read in this process: `read_whole`.

Start there: `healthie.readers.kinds` tells the kind of file, and a module of that name reads it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from healthie.readers.docx import read_docx
from healthie.readers.html import decode_html, is_html, read_html
from healthie.readers.kinds import kind_of
from healthie.readers.ofd import read_ofd
from healthie.readers.pdf import read_pdf
from healthie.readers.plain import read_plain

if TYPE_CHECKING:
    from healthie.readers.limits import Limits
    from healthie.source import Source

__all__ = ["read_whole"]


def read_whole(data: bytes, name: str, limits: Limits) -> Source:
    """Read a file.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        Its name: the extension tells a web page that does not begin like one.
    limits : Limits
        The most that is read of it; its seconds and memory are for a process to hold, and not looked at here.

    Returns
    -------
    Source
        Without a path.

    Raises
    ------
    ImportError
        If what reads its kind is not installed.
    ValueError
        If it is empty, damaged, locked, too big, or of a kind that is not read.

    Examples
    --------
    >>> from healthie.readers.limits import Limits
    >>> read_whole("全县有卫生院8所。".encode("gb18030"), "", Limits()).text
    '全县有卫生院8所。'
    """
    limits.check_size(len(data))
    source = _read(data, name, limits)
    limits.check_characters(len(source.text))
    return source


def _read(data: bytes, name: str, limits: Limits) -> Source:
    kind = kind_of(data, name, limits)
    if kind == "text" and is_html(decode_html(data)):
        kind = "html"
    match kind:
        case "pdf":
            source = read_pdf(data, limits)
        case "docx":
            source = read_docx(data, limits)
        case "ofd":
            source = read_ofd(data, limits)
        case "html":
            source = read_html(data)
        case "text":
            source = read_plain(data)
    return replace(source, kind=kind)
