"""How much is read of one file, in one place: `Limits`, which a caller sets, and the bounds that are fixed.

Start at `Limits`. `open_archive` is for the formats that are ZIP files: everything is checked by what the archive
declares before a byte of it is unpacked, and Python's zipfile gives no more bytes than that. A part that is XML may be
called anything: which are is for the reader of the format to tell, and for `check_xml_size` to bound.
"""

from __future__ import annotations

import math
import struct
import zlib
from dataclasses import dataclass, fields
from io import BytesIO
from lzma import LZMAError
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zipfile import ZipInfo

__all__ = [
    "MOST_ATTRIBUTES",
    "MOST_BLOCKS",
    "MOST_CELLS",
    "MOST_DRAWINGS",
    "MOST_ELEMENTS",
    "MOST_IN_ROW",
    "MOST_PAGE_SOURCE",
    "MOST_REPEATED",
    "MOST_RUNS",
    "MOST_SPANNED",
    "Limits",
    "check_declarations",
    "check_xml_size",
    "named_xml",
    "open_archive",
    "read_part",
]

MOST_PARTS = 10_000  # of a DOCX or OFD file
MOST_XML = 50_000_000  # bytes of XML in it: the tree that is made of them takes some twenty times as much memory
MOST_PAGE_SOURCE = 10_000_000  # characters of the source of a web page
MOST_ATTRIBUTES = 1_000  # of a tag of a web page: the time to make a tree of it grows with their square
MOST_ELEMENTS = 100_000  # of a web page: where many are empty, the time for a page grows with their square
MOST_BLOCKS = 5_000  # paragraphs, cells and the like of a web page up to which a second look is taken for its article
MOST_IN_ROW = 1_000  # cells of a row of a table of a web page: the time for a row grows with their square
MOST_CELLS = 1_000_000  # of the tables of a web page, with those that fill up short rows
MOST_SPANNED = 10_000  # cells of the tables of a web page that are empty, as others span them
MOST_DRAWINGS = 2_000  # uses of a drawing in an OFD file
MOST_REPEATED = 100_000_000  # bytes that the drawings of an OFD file would be, each as often as there are uses
MOST_RUNS = 5_000  # pieces of text on a page of an OFD file: one each character of a full page is a third of that
_MOST_SECONDS = 1_000_000  # clocks of the system count no further than some weeks
_LEAST_MEMORY = 200_000_000  # what Python and a reader take for an empty file
_ENCRYPTED = 1
_ENTRY = b"PK\x01\x02"  # which opens each entry of the directory of an archive
# A DTD is where entities are made, those of a billion laughs and those that name a file or an address outside.
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_XML_SUFFIXES = (".xml", ".rels")

# What zipfile and what it unpacks with raise at a part that is damaged.
_DAMAGED = (
    BadZipFile,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    LZMAError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that reading one file may take.

    Where they are given, the file is read in a process of its own, which is ended when it takes too long: that is how
    to read files of strangers. Where they are not, it is read at once in this process, within the default of all but
    `seconds` and `memory`.

    Attributes
    ----------
    seconds : float
        Seconds by the clock, from the start of that process, at most 1,000,000.
    memory : int
        Bytes of address space of that process, at least 200,000,000. Held on Linux; other systems do not offer it.
    characters : int
        Characters of text.
    size : int
        Bytes of the file.
    unpacked : int
        Bytes of all that a DOCX or OFD file holds, unpacked.
    pages : int
        Pages of a PDF or OFD file.

    Raises
    ------
    TypeError
        If one is no number.
    ValueError
        If one is so small that nothing can be read, or not finite, or the seconds are too many to wait for.

    Examples
    --------
    >>> Limits(seconds=20, characters=100_000).pages
    2000
    >>> Limits(seconds=0)
    Traceback (most recent call last):
    ValueError: seconds=0 is no limit: give a number above 0.
    """

    seconds: float = 60
    memory: int = 2_000_000_000
    characters: int = 10_000_000
    size: int = 100_000_000
    unpacked: int = 300_000_000
    pages: int = 2_000

    def __post_init__(self) -> None:
        """Check that each is a number with which something can be read."""
        for name in (field.name for field in fields(self)):
            value = getattr(self, name)
            is_number = isinstance(value, int | float if name == "seconds" else int) and not isinstance(value, bool)
            if not is_number:
                kind = "number" if name == "seconds" else "whole number"
                raise TypeError(f"{name} is a {type(value).__name__}: give a {kind}.")
            if not 0 < value < math.inf:
                raise ValueError(f"{name}={value} is no limit: give a number above 0.")
        if self.seconds > _MOST_SECONDS:
            raise ValueError(f"seconds={self.seconds} is too long to wait for: give {_MOST_SECONDS} or less.")
        if self.memory < _LEAST_MEMORY:
            raise ValueError(f"memory={self.memory} is too little to read a file: give {_LEAST_MEMORY} or more.")

    def check_size(self, size: int) -> None:
        """Raise if a file of so many bytes is too big."""
        if size > self.size:
            raise ValueError(f"it has more bytes than the {self.size:,} that are read: split it.")

    def check_pages(self, pages: int) -> None:
        """Raise if a file of so many pages is too long."""
        if pages > self.pages:
            raise ValueError(f"it has {pages:,} pages, more than the {self.pages:,} that are read: split it.")

    def check_characters(self, characters: int) -> None:
        """Raise if a text of so many characters is too long."""
        if characters > self.characters:
            raise ValueError(f"it has more characters of text than the {self.characters:,} that are read: split it.")


def open_archive(data: bytes, limits: Limits) -> ZipFile:
    """Open a ZIP file that is safe to unpack.

    Parameters
    ----------
    data : bytes
        The whole file.
    limits : Limits
        How much it may unpack to.

    Returns
    -------
    zipfile.ZipFile
        None of its parts is encrypted.

    Raises
    ------
    ValueError
        If it is damaged, locked or unpacks to too much.
    """
    entries = data.count(_ENTRY)
    if entries > MOST_PARTS:  # to open it would take memory for each of them
        raise ValueError(f"it holds {entries:,} parts, more than the {MOST_PARTS:,} that are read: split it.")
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        raise ValueError("it is damaged, the archive that it is cannot be opened: get or save a new copy.") from None
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked:
        raise ValueError(
            f"it unpacks to {unpacked:,} bytes in {len(parts):,} parts, "
            f"more than the {limits.unpacked:,} bytes that are read: split it."
        )
    check_xml_size(named_xml(archive))
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise ValueError("it is locked by a password: save a copy without one.")
    return archive


def named_xml(archive: ZipFile) -> list[ZipInfo]:
    """Return the parts of an archive that are XML by their names; where a name comes twice, both."""
    return [part for part in archive.infolist() if part.filename.lower().endswith(_XML_SUFFIXES)]


def check_xml_size(parts: Iterable[ZipInfo]) -> None:
    """Raise if parts that are XML are too big together."""
    xml = sum(part.file_size for part in parts)
    if xml > MOST_XML:
        raise ValueError(f"it unpacks to {xml:,} bytes of XML, more than the {MOST_XML:,} that are read: split it.")


def check_declarations(archive: ZipFile, parts: Iterable[ZipInfo]) -> None:
    """Raise if parts that are XML declare entities, or cannot be unpacked."""
    for part in parts:
        xml = read_part(archive, part).replace(b"\0", b"").upper()  # of UTF-16 the zero bytes
        if any(declaration in xml for declaration in _DECLARATIONS):
            raise ValueError(
                "it declares XML entities, which no honest file of its kind does: "
                "get it from a source you trust, or save it as PDF."
            )


def read_part(archive: ZipFile, part: ZipInfo, most: int = -1) -> bytes:
    """Return a part of an archive, or how it begins; raise in one sentence if it is damaged."""
    try:
        with archive.open(part) as stream:
            return stream.read(most)
    except _DAMAGED:
        name = part.filename[:80]
        raise ValueError(f"it is damaged, its part {name!r} cannot be unpacked: get or save a new copy.") from None
