"""A file read: its text, what the file says of itself, and the way from a character back to a page or a paragraph.

Start at `Source`. `healthie.read` makes one of a path; `healthie.extract` reads it as it reads a str.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

__all__ = ["FileKind", "Part", "PartKind", "Source"]

FileKind = Literal["pdf", "docx", "ofd", "html", "text", ""]
PartKind = Literal["page", "paragraph", ""]


@dataclass(frozen=True, slots=True)
class Part:
    """A page or a paragraph of a file.

    Attributes
    ----------
    number : int
        Its number in the file, from 1.
    start, end : int
        Its characters in the text, end exclusive.
    """

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A file read.

    Attributes
    ----------
    text : str
        Its text: what facts count their offsets in.
    path : str
        Where it was read from; empty if it was no file.
    title : str
        The title that the file states of itself, or empty.
    published : str
        The date that the file states of itself, ``YYYY[-MM[-DD]]``, or empty.
    part_kind : {"page", "paragraph", ""}
        What `parts` are; empty where the format has neither.
    parts : tuple of Part
        In the order of the text.
    kind : {"pdf", "docx", "ofd", "html", "text", ""}
        As what it was read; empty if it was no file.
    encoding : str
        In which the bytes of plain text were read, as ``"gb18030"``; empty for other kinds.
    """

    text: str
    path: str = ""
    title: str = ""
    published: str = ""
    part_kind: PartKind = ""
    parts: tuple[Part, ...] = ()
    kind: FileKind = ""
    encoding: str = ""

    def part(self, offset: int) -> Part | None:
        """Return the page or paragraph in which a character stands.

        Parameters
        ----------
        offset : int
            Characters from the start of the text.

        Returns
        -------
        Part or None
            The last one that begins at or before it; None where the format has none.

        Examples
        --------
        >>> source = Source("卫生院8所。卫生室60所。", part_kind="page", parts=(Part(1, 0, 6), Part(2, 6, 13)))
        >>> source.part(9).number
        2
        """
        i = bisect_right(self.parts, offset, key=lambda part: part.start) - 1
        return self.parts[i] if i >= 0 else None
