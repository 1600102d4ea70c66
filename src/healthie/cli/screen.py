"""Text for a screen: columns under one another, with Chinese characters counted as two wide.

Start at `aligned`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["aligned"]


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
