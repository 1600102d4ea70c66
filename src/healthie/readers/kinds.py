"""What sort of file it is: by its first bytes, and only where they do not tell by its name.

Start at `kind_of`. What is not read is refused here, in a sentence that says how to mend it.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from healthie.readers.limits import open_archive

if TYPE_CHECKING:
    from healthie.readers.limits import Limits

__all__ = ["Kind", "kind_of"]

Kind = Literal["pdf", "docx", "ofd", "html", "text"]

_PDF_HEAD = 1024  # where readers of PDF look for its mark
_WEB_PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_PACKED: tuple[tuple[str, Kind], ...] = (("word/document.xml", "docx"), ("ofd.xml", "ofd"))
_REFUSED_PACKED = (
    ("xl/workbook.xml", "it is an Excel file, not a report: save the sheet as text or PDF."),
    ("xl/workbook.bin", "it is an Excel file, not a report: save the sheet as text or PDF."),
    ("ppt/presentation.xml", "it is a PowerPoint file: save it as PDF."),
    ("content.xml", "it is an OpenDocument file: save it as DOCX or PDF."),
)
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "it is an old Word, WPS or Excel file (.doc, .wps, .xls): save it as DOCX or PDF."),
    (b"{\\rtf", "it is an RTF file: save it as DOCX or PDF."),
    (b"\x89PNG", "it is a picture: run text recognition (OCR) on it first."),
    (b"\xff\xd8\xff", "it is a picture: run text recognition (OCR) on it first."),
    (b"II*\0", "it is a picture: run text recognition (OCR) on it first."),
    (b"MM\0*", "it is a picture: run text recognition (OCR) on it first."),
    (b"Rar!", "it is an archive: unpack it and give the files in it."),
    (b"7z\xbc\xaf", "it is an archive: unpack it and give the files in it."),
    (b"\x1f\x8b", "it is an archive: unpack it and give the files in it."),
)


def kind_of(data: bytes, name: str, limits: Limits) -> Kind:
    r"""Tell how a file is read.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        Its name, or empty: only asked whether what is text is a web page.
    limits : Limits
        How much an archive may unpack to.

    Returns
    -------
    {"pdf", "docx", "ofd", "html", "text"}
        ``html`` by the name; a page that says so itself is for the reader of text to see.

    Raises
    ------
    ValueError
        If it is of a kind that is not read.

    Examples
    --------
    >>> from healthie.readers.limits import Limits
    >>> kind_of(b"%PDF-1.7\n", "report.txt", Limits())
    'pdf'
    >>> kind_of(b"\xd0\xcf\x11\xe0", "report.doc", Limits())
    Traceback (most recent call last):
    ValueError: it is an old Word, WPS or Excel file (.doc, .wps, .xls): save it as DOCX or PDF.
    """
    for mark, sentence in _REFUSED:
        if data.startswith(mark):
            raise ValueError(sentence)
    if data.startswith(b"PK\x03\x04"):
        return _packed_kind(data, limits)
    if b"%PDF-" in data[:_PDF_HEAD]:
        return "pdf"
    return "html" if PurePath(name).suffix.lower() in _WEB_PAGES else "text"


def _packed_kind(data: bytes, limits: Limits) -> Kind:
    with open_archive(data, limits) as archive:
        names = {name.lower().replace("\\", "/").lstrip("/") for name in archive.namelist()}
    for part, kind in _PACKED:
        if part in names:
            return kind
    for part, sentence in _REFUSED_PACKED:
        if part in names:
            raise ValueError(sentence)
    raise ValueError("it is an archive: unpack it and give the files in it.")
