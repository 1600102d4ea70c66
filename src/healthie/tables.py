"""Reads the tables in ``healthie/data``: tab-separated, headed by comment lines that name source, date and licence."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

import ahocorasick_rs

__all__ = ["Finder", "read_rows", "read_words"]


class Finder:
    """Finds fixed words in a text, the longest at each place.

    Parameters
    ----------
    words : iterable of str
        The words.

    Examples
    --------
    >>> Finder(["一般", "一般人"]).spans("一般人群")
    [(0, 3)]
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._index = ahocorasick_rs.AhoCorasick(list(words), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the words stand, in order; no two overlap.

        Parameters
        ----------
        text : str
            Any text.

        Returns
        -------
        list of (int, int)
            Start and end offsets.
        """
        return [(start, end) for _, start, end in self._index.find_matches_as_indexes(text)]


def read_rows(name: str) -> list[list[str]]:
    """Return the rows of a table, comments and empty lines left out.

    Parameters
    ----------
    name : str
        The file's name in ``healthie/data``.

    Returns
    -------
    list of list of str
        The cells of each row.

    Examples
    --------
    >>> read_rows("units.tsv")[0][:2]
    ['%', 'rate']
    """
    text = files("healthie").joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def read_words(name: str) -> list[str]:
    """Return the words of a table whose last column holds words parted by spaces.

    Parameters
    ----------
    name : str
        The file's name in ``healthie/data``.

    Returns
    -------
    list of str
        Every word once, in the order of the file.

    Examples
    --------
    >>> "一般" in read_words("number_words.tsv")
    True
    """
    return list(dict.fromkeys(word for row in read_rows(name) for word in row[-1].split()))
