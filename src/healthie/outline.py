"""The outline of a text: a string of the same length that says of every character what it may be in a name.

Start at `outline`. One scan finds the words of `data/name_words.tsv`, the heads of the other name tables and the names
of regions; each word becomes its class letter, a capital for its first character and small ones for the rest. The
grammars of `programmes`, `organisations` and `systems` are regular expressions over that string, so they hold no words.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from healthie import places
from healthie.gazetteer import Gazetteer, read_rows
from healthie.text import fold

__all__ = ["LETTERS", "level_with_quotes", "outline"]

# Of the classes that a word stands in, the first of these counts.
LETTERS = {
    "organisations.known": "K",
    "organisations.not": "I",
    "organisations.own": "W",
    "organisations.tail": "T",
    "organisations.head": "O",
    "organisations.affiliate": "U",
    "name_words.land": "F",
    "systems.head": "S",
    "systems.known": "S",
    "programme_words.not": "Y",
    "programme_words.strong": "A",
    "programme_words.project": "B",
    "programme_words.reform": "B",
    "programme_words.scheme": "B",
    "name_words.level": "L",
    "name_words.place": "P",
    "name_words.edge": "E",
    "name_words.class": "Q",
    "name_words.soft": "V",
    "regions": "R",
    "name_words.inner": "I",
    "name_words.generic": "G",
    "name_words.ordinal": "N",
    "name_words.measure": "M",
    "name_words.digit": "D",
}
_TABLES = ("name_words", "organisations", "systems", "programme_words")
_QUOTES = tuple(zip("‘’「」『』〝〞＂", "“”“”“”“””", strict=True))
_SHORTEST_SURE = 2  # 和县: a place, or the end of a list and 县
_KEPT = frozenset("“”()《》、\n")
_PAIR = regex.compile('"([^"\n]*+)"')


class _Base(dict[int, int]):
    """The class of a character that no word covers; filled as characters are met."""

    def __missing__(self, code: int) -> int:
        """Return the class of a character, and remember it."""
        char = chr(code)
        if char in _KEPT:
            letter = char
        elif char.isdecimal():
            letter = "0"
        elif char.isalpha():
            letter = "c" if regex.match(r"\p{Han}", char) else "z"
        else:
            letter = "z" if char in "+&·/" else "-" if char == "-" else "."
        self[code] = ord(letter)
        return ord(letter)


_BASE = _Base()


def level_with_quotes(text: str) -> str:
    """Return the text folded, with every kind of quotation mark written “ and ”, one for one.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        A string of the same length.

    Examples
    --------
    >>> level_with_quotes('「三减」和"三健"')
    '“三减”和“三健”'
    """
    plain = fold(text)
    for mark, quote in _QUOTES:
        plain = plain.replace(mark, quote)
    return _PAIR.sub(r"“\1”", plain) if '"' in plain else plain


@lru_cache(maxsize=1)
def _scanner() -> Gazetteer[str]:
    """Build the one scan over all the words, each with its outline, by the letter of its first class."""
    letters: dict[str, str] = {}
    words: dict[str, list[str]] = {name: [] for name in LETTERS}
    for table in _TABLES:
        for role, cell in read_rows(table):
            words.get(f"{table}.{role}", []).extend(cell.split())
    edges = set(words["name_words.edge"])
    words["regions"] = [name for name in _region_names() if len(name) > _SHORTEST_SURE or name[0] not in edges]
    for name, letter in LETTERS.items():
        for word in words[name]:
            letters.setdefault(word, letter)
    return Gazetteer((word, letter + letter.lower() * (len(word) - 1)) for word, letter in letters.items())


def _region_names() -> set[str]:
    """Return the names of regions, full and short, without the short ones that are ordinary words."""
    ordinary = {row[0] for row in read_rows("region_words")}
    names: set[str] = set()
    for place in places.table().rows:
        names.add(place.name)
        names.update(short for short in place.shorts.split("|") if len(short) > 1 and short not in ordinary)
    return names - {"全国", ""}


@lru_cache(maxsize=2)
def outline(plain: str) -> str:
    """Return the outline of a text.

    Parameters
    ----------
    plain : str
        A text that has been through `level_with_quotes`.

    Returns
    -------
    str
        A string of the same length, of class letters.

    Examples
    --------
    >>> outline("推进青蓝工程")
    'EeccAa'
    """
    base = plain.translate(_BASE)
    pieces: list[str] = []
    last = 0
    for start, end, (marks,) in _scanner().spans(plain):
        if start > last:
            pieces.append(base[last:start])
        pieces.append(marks)
        last = end
    pieces.append(base[last:])
    return "".join(pieces)
