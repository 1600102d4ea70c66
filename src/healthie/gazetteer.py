"""Names of any kind found in a text by longest match, and the tables they come from.

`Gazetteer` takes rows of (surface, payload) from anywhere and finds the surfaces with one Aho-Corasick pass;
a surface with several payloads keeps them all. `read_rows` reads the packaged tables, `own_rows` a caller's own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from healthie.text import fold

__all__ = ["Gazetteer", "Match", "Rows", "own_rows", "read_rows"]

T = TypeVar("T")
# what no surface holds
_PARTED = "\0"
Rows = str | os.PathLike[str] | Iterable[str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """One surface found in a text.

    Attributes
    ----------
    start, end : int
        Character offsets, end exclusive.
    payloads : tuple
        Everything the rows say of this surface, in the order of the rows.
    """

    start: int
    end: int
    payloads: tuple[T, ...]


class Gazetteer(Generic[T]):
    """A set of names, found by longest match from left to right.

    Full-width and traditional forms match plain ones, in the names and in the text (see `healthie.text.fold`).

    Parameters
    ----------
    rows : iterable of (str, object)
        The surface as it may stand in a text, and whatever it should lead to. Empty surfaces are passed over.

    Examples
    --------
    >>> names = Gazetteer([("海盐", "330424"), ("海盐县", "330424"), ("海盐县", "county")])
    >>> [(m.start, m.end, m.payloads) for m in names.find("访海盐县医院")]
    [(1, 4, ('330424', 'county'))]
    """

    __slots__ = ("_automaton", "_payloads")

    def __init__(self, rows: Iterable[tuple[str, T]]) -> None:
        """Build the automaton."""
        grouped: dict[str, tuple[T, ...]] = {}
        named = [(surface, payload) for surface, payload in rows if surface]
        for plain, (_, payload) in zip(_fold_all(surface for surface, _ in named), named, strict=True):
            grouped[plain] = (*grouped.get(plain, ()), payload)
        self._payloads = list(grouped.values())
        self._automaton = AhoCorasick(
            list(grouped), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
        )

    def __len__(self) -> int:
        """Return the number of different surfaces."""
        return len(self._payloads)

    def find(self, text: str, *, folded: bool = False) -> Iterator[Match[T]]:
        """Find the surfaces in a text.

        Parameters
        ----------
        text : str
            Any text.
        folded : bool
            True if the text has been through `healthie.text.fold` already, so that it is not folded again.

        Yields
        ------
        Match
            In the order of the text; no two overlap.
        """
        for start, end, payloads in self.spans(text if folded else fold(text)):
            yield Match(start, end, payloads)

    def spans(self, folded: str) -> Iterator[tuple[int, int, tuple[T, ...]]]:
        """Find the same as `find` in a folded text, as bare tuples, where there are too many for a record each.

        Parameters
        ----------
        folded : str
            A text that has been through `healthie.text.fold`.

        Yields
        ------
        tuple of (int, int, tuple)
            Start, end and payloads.
        """
        payloads = self._payloads
        for index, start, end in self._automaton.find_matches_as_indexes(folded):
            yield start, end, payloads[index]


def _fold_all(surfaces: Iterable[str]) -> list[str]:
    """Return surfaces folded: at once as one text, which takes a tenth of the time of some thousand short ones."""
    given = list(surfaces)
    folded = fold(_PARTED.join(given)).split(_PARTED) if given else []
    return folded if len(folded) == len(given) else [fold(surface) for surface in given]


def read_rows(source: str | os.PathLike[str]) -> list[tuple[str, ...]]:
    """Read a table of tab-separated values: lines that are empty or begin with ``#`` are passed over.

    Parameters
    ----------
    source : str or path
        The bare name of a packaged table (``"zones"``), or the path of a file of one's own.

    Returns
    -------
    list of tuple of str
        The fields of each row, as they stand.

    Raises
    ------
    FileNotFoundError
        If there is no such table and no such file.

    Examples
    --------
    >>> read_rows("zones")[0]
    ('长三角', '长三角')
    """
    name = os.fspath(source)
    if name.isidentifier():
        return _cells((resources.files("healthie") / "data" / f"{name}.tsv").read_text(encoding="utf-8"))
    return _cells(Path(name).read_text(encoding="utf-8-sig"))


def _cells(text: str) -> list[tuple[str, ...]]:
    return [tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#")]


def own_rows(rows: Rows) -> list[list[str]]:
    """Read and check rows of a caller's own, and give them as plain lists, which JSON can hold.

    Parameters
    ----------
    rows : path or iterable
        The path of a table of tab-separated values in UTF-8, or rows: a name alone, or a sequence of cells of which
        the first is the name.

    Returns
    -------
    list of list of str
        The cells of each row.

    Raises
    ------
    TypeError
        If a row is neither a str nor a sequence of str.
    ValueError
        If a row has no name, or the file is not UTF-8.
    FileNotFoundError
        If there is no such file.

    Examples
    --------
    >>> own_rows(["清泉计划", ("青蓝计划", "青蓝工程|青蓝")])
    [['清泉计划'], ['青蓝计划', '青蓝工程|青蓝']]
    """
    found: list[list[str]] = []
    source: Iterable[object] = _read_own(rows) if isinstance(rows, (str, os.PathLike)) else rows
    for number, row in enumerate(source, 1):
        cells = [row] if isinstance(row, str) else list(row) if isinstance(row, Sequence) else []
        if not cells or not all(isinstance(cell, str) for cell in cells):
            raise TypeError(f"{row!r} is no row of names: give a str, or a name and further cells, all of them str.")
        if not cells[0].strip():
            raise ValueError(f"row {number} has no name: {row!r}; write the name into its first cell.")
        found.append(cells)
    return found


def _read_own(source: str | os.PathLike[str]) -> list[tuple[str, ...]]:
    try:
        return _cells(Path(source).read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"{os.fspath(source)} is not in UTF-8: save it so and read it again.") from error
