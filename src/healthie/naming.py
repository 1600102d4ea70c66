"""What the name finders share: hits, the choice among overlapping ones, lines put together, and a caller's own rows."""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import regex

from healthie.gazetteer import Rows, own_rows
from healthie.text import paragraphs

__all__ = ["A_NUMBER_OF", "Hit", "Joined", "Rows", "first_of", "longest", "named_rows"]

# a number of bodies, behind what would else be the name of one
A_NUMBER_OF = r"\d[\d,.]*+[余多]?(?:[家所]|个(?!\p{Han}))"
_BREAK = regex.compile(r"[^\S\n]*+\n\s*+")


class Hit(NamedTuple):
    """A name found: where it stands, and what it is a name of (empty: of itself)."""

    start: int
    end: int
    name: str = ""
    id: str = ""


class Joined:
    r"""A text without the line breaks that a page's width put into its paragraphs, and the way back to its offsets.

    Parameters
    ----------
    text : str
        Any text.

    Attributes
    ----------
    text : str
        The text without those breaks and the white space around them.

    Examples
    --------
    >>> joined = Joined("各项工作进展顺利，全县参加新型农村合作\n医疗八万人。")
    >>> joined.text[13:21], joined.span(13, 21)
    ('新型农村合作医疗', (13, 22))
    """

    __slots__ = ("_at", "_removed", "text")

    def __init__(self, text: str) -> None:
        """Take the breaks out."""
        pieces: list[str] = []
        last = removed = 0
        self._at: list[int] = []  # in the joined text, where a break was
        self._removed = [0]  # how much is gone after that many breaks
        for start, end in _breaks(text):
            pieces.append(text[last:start])
            self._at.append(start - removed)
            removed += end - start
            self._removed.append(removed)
            last = end
        self.text = "".join((*pieces, text[last:])) if pieces else text

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the text as it was given."""
        return (
            start + self._removed[bisect_right(self._at, start)],
            end + self._removed[bisect_left(self._at, end)],
        )


def _breaks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the breaks inside paragraphs, with the white space around them."""
    for start, end in paragraphs(text):
        if text.find("\n", start, end) >= 0:
            for match in _BREAK.finditer(text, start, end):
                yield match.span()


def first_of(patterns: Mapping[str, regex.Pattern[str]], text: str) -> Iterator[tuple[str, regex.Match[str]]]:
    """Yield what one alternation of some patterns would find, and which of them found it.

    Each pattern looks for its next match by itself, which is several times faster: it knows what a match of its own
    must hold, and an alternation does not.

    Parameters
    ----------
    patterns : mapping
        Patterns that match no empty string, by their names; of two that match at one place the first counts.
    text : str
        Any text.

    Yields
    ------
    tuple
        The name of the pattern and the match, in the order of the text, none overlapping.

    Examples
    --------
    >>> patterns = {"dash": regex.compile("-+"), "word": regex.compile("[a-z-]+")}
    >>> [(name, match[0]) for name, match in first_of(patterns, "ab-c --d")]
    [('word', 'ab-c'), ('dash', '--'), ('word', 'd')]
    """
    ahead = {name: match for name, pattern in patterns.items() if (match := pattern.search(text))}
    while ahead:
        name, match = min(ahead.items(), key=lambda item: item[1].start())
        yield name, match
        for other in [other for other, waiting in ahead.items() if waiting.start() < match.end()]:
            if following := patterns[other].search(text, match.end()):
                ahead[other] = following
            else:
                del ahead[other]


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
        if taken.find(1, hit.start, hit.end) < 0:
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
    source: Iterable[str | Sequence[str]] = own_rows(rows) if isinstance(rows, (str, os.PathLike)) else rows
    for row in source:
        cells = [row] if isinstance(row, str) else list(row)
        if not cells or not all(isinstance(cell, str) for cell in cells):
            raise TypeError(f"{row!r} is no row of names: give a str, or a name and its variants parted by |.")
        yield cells[0], cells[0]
        for variant in cells[1].split("|") if len(cells) > 1 else ():
            if variant:
                yield variant, cells[0]
