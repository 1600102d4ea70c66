"""What the three name finders share: hits, the choice among overlapping ones, and a caller's own rows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from healthie.gazetteer import read_rows

__all__ = ["Hit", "Rows", "longest", "named_rows"]

Row = str | Sequence[str]
Rows = str | os.PathLike[str] | Iterable[Row]


class Hit(NamedTuple):
    """A name found: where it stands, and what it is a name of (empty: of itself)."""

    start: int
    end: int
    name: str = ""
    id: str = ""


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits that do not overlap, the longer before the shorter, the earlier before the later.

    Parameters
    ----------
    hits : iterable of Hit
        In any order; of two with the same span the first counts.

    Returns
    -------
    list of Hit
        In the order of the text.

    Examples
    --------
    >>> [tuple(hit[:2]) for hit in longest([Hit(0, 4), Hit(2, 9), Hit(9, 11)])]
    [(2, 9), (9, 11)]
    """
    found = sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start))
    taken = bytearray(max((hit.end for hit in found), default=0))
    kept = []
    for hit in found:
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            kept.append(hit)
    return sorted(kept)


def named_rows(rows: Rows) -> Iterator[tuple[str, str]]:
    """Yield (surface, canonical name) of a caller's rows.

    Parameters
    ----------
    rows : path or iterable
        The path of a table of tab-separated values, or rows: a name, or a sequence of a name and its variants
        parted by ``|``. Further columns are passed over.

    Yields
    ------
    tuple of (str, str)
        Every variant, and the name itself, with the name.

    Raises
    ------
    TypeError
        If a row is neither a str nor a sequence of str.

    Examples
    --------
    >>> list(named_rows([("青蓝计划", "青蓝工程|青蓝")]))
    [('青蓝计划', '青蓝计划'), ('青蓝工程', '青蓝计划'), ('青蓝', '青蓝计划')]
    """
    source: Iterable[Row] = read_rows(rows) if isinstance(rows, (str, os.PathLike)) else rows
    for row in source:
        cells = [row] if isinstance(row, str) else list(row)
        if not cells or not all(isinstance(cell, str) for cell in cells):
            raise TypeError(f"{row!r} is no row of names: give a str, or a name and its variants parted by |.")
        yield cells[0], cells[0]
        for variant in cells[1].split("|") if len(cells) > 1 else ():
            if variant:
                yield variant, cells[0]
