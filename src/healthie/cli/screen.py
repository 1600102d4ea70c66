"""Text for a screen: columns under one another, Chinese characters counted as two wide, and nothing that steers it.

Start at `aligned` for columns, and at `Screen` for all else that is written to a terminal.
"""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

__all__ = ["Screen", "aligned", "harmless"]

# Of Unicode's categories: control characters, what turns or joins text without being seen, halves of characters, and
# ends of lines and paragraphs.
_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class Screen:
    r"""A terminal that is written to: what could steer it arrives as an escape, all else as it is.

    Parameters
    ----------
    stream : TextIO
        The terminal.

    Examples
    --------
    >>> import sys
    >>> _ = Screen(sys.stdout).write("白水县\x1b[2J,86\n")
    白水县\u001b[2J,86
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write text with its ends of line and tabs, and return how many characters there were."""
        self._stream.write(harmless(text, keep="\n\t"))
        return len(text)


def harmless(text: str, *, keep: str = "") -> str:
    """Return text with an escape for each character that could steer a terminal or turn its text around.

    Parameters
    ----------
    text : str
        Any text.
    keep : str
        Characters that stay as they are.

    Returns
    -------
    str
        With the escapes of JSON, so that JSON stays JSON.
    """
    if text.isprintable():
        return text
    return "".join(
        json.dumps(char)[1:-1] if char not in keep and unicodedata.category(char) in _STEERING else char
        for char in text
    )


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as lines, their cells under one another.

    Parameters
    ----------
    rows : sequence of sequence of str
        Each with the same number of cells.

    Returns
    -------
    str
        Lines, each with its end; nothing in them can steer a terminal.

    Examples
    --------
    >>> print(aligned([("place", "beds"), ("白水县", "86")]), end="")
    place   beds
    白水县  86
    """
    from rich.cells import cell_len

    from healthie.export.console import printable

    printed = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*printed, strict=True)]
    lines = (
        "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in printed
    )
    return "".join(line + "\n" for line in lines)
