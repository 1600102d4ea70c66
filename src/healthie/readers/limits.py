"""How big a file may be, and what an archive may hold: `Limits`, and `open_archive` for the formats that are ZIP files.

Start at `Limits`. Everything is checked by what the archive declares before a byte of it is unpacked; Python's zipfile
gives no more bytes than that.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile

__all__ = ["Limits", "check_xml", "open_archive", "read_part"]

_MOST_PARTS = 10_000
_ENCRYPTED = 1
# A DTD is where entities are made, those of a billion laughs and those that name a file or an address outside.
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")

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


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one file.

    Attributes
    ----------
    size : int
        Bytes of the file.
    unpacked : int
        Bytes of all that a DOCX or OFD file holds, unpacked.
    pages : int
        Pages of a PDF or OFD file.
    """

    size: int = 100_000_000
    unpacked: int = 300_000_000
    pages: int = 2_000

    def check_size(self, size: int) -> None:
        """Raise if a file of so many bytes is too big."""
        if size > self.size:
            raise ValueError(f"it has {size:,} bytes, more than the {self.size:,} that are read: split it.")

    def check_pages(self, pages: int) -> None:
        """Raise if a file of so many pages is too long."""
        if pages > self.pages:
            raise ValueError(f"it has {pages:,} pages, more than the {self.pages:,} that are read: split it.")


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
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        raise ValueError("it is damaged, the archive that it is cannot be opened: get or save a new copy.") from None
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked or len(parts) > _MOST_PARTS:
        raise ValueError(
            f"it unpacks to {unpacked:,} bytes in {len(parts):,} parts, "
            f"more than the {limits.unpacked:,} bytes or {_MOST_PARTS:,} parts that are read: split it."
        )
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise ValueError("it is locked by a password: save a copy without one.")
    return archive


def check_xml(archive: ZipFile) -> None:
    """Raise if a part that is XML declares entities, or cannot be unpacked."""
    for name in archive.namelist():
        if name.lower().endswith((".xml", ".rels")):
            part = read_part(archive, name).replace(b"\0", b"").upper()  # of UTF-16 the zero bytes
            if any(declaration in part for declaration in _DECLARATIONS):
                raise ValueError(
                    "it declares XML entities, which no honest file of its kind does: "
                    "get it from a source you trust, or save it as PDF."
                )


def read_part(archive: ZipFile, name: str) -> bytes:
    """Return a part of an archive; raise in one sentence if it is damaged."""
    try:
        return archive.read(name)
    except _DAMAGED:
        raise ValueError(f"it is damaged, its part {name[:80]!r} cannot be unpacked: get or save a new copy.") from None
