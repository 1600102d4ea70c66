"""The words of report prose by class, as `data/lexicon.tsv` lists them, and the few ways linking asks for them.

Start at `words`; `suffix` and `prefix` look for the longest word of a class at the end or the head of a stretch of text.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import regex

__all__ = ["pattern", "prefix", "suffix", "words"]


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    """Read the table: the words of every class."""
    table: dict[str, set[str]] = {}
    for line in files("healthie.data").joinpath("lexicon.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, cell = line.partition("\t")
            table.setdefault(name, set()).update(cell.split())
    return {name: frozenset(cells) for name, cells in table.items()}


@lru_cache(maxsize=256)
def words(*classes: str) -> frozenset[str]:
    """Return the words of some classes together.

    Parameters
    ----------
    *classes : str
        Names of classes, as the first column of ``data/lexicon.tsv`` has them.

    Returns
    -------
    frozenset of str
        The words.

    Raises
    ------
    KeyError
        If a class is not in the table.

    Examples
    --------
    >>> "达到" in words("reach")
    True
    """
    table = _classes()
    return frozenset().union(*(table[name] for name in classes))


@lru_cache(maxsize=256)
def _longest(classes: tuple[str, ...]) -> int:
    return max(map(len, words(*classes)))


def suffix(text: str, start: int, end: int, *classes: str) -> str:
    """Return the longest word of the classes that ends ``text[start:end]``, or an empty string."""
    known = words(*classes)
    for size in range(min(_longest(classes), end - start), 0, -1):
        if text[end - size : end] in known:
            return text[end - size : end]
    return ""


def prefix(text: str, start: int, end: int, *classes: str) -> str:
    """Return the longest word of the classes that opens ``text[start:end]``, or an empty string."""
    known = words(*classes)
    for size in range(min(_longest(classes), end - start), 0, -1):
        if text[start : start + size] in known:
            return text[start : start + size]
    return ""


@lru_cache(maxsize=256)
def pattern(template: str) -> regex.Pattern[str]:
    """Compile a pattern in which ``{class}`` stands for any word of that class, longest first.

    Parameters
    ----------
    template : str
        A regular expression; braces that hold a class, or several joined by ``+``, are filled in.

    Returns
    -------
    regex.Pattern
        The compiled pattern.

    Examples
    --------
    >>> pattern("(?:{rise})$").search("同比增长").group()
    '增长'
    """

    def alternatives(match: regex.Match[str]) -> str:
        known = words(*match[1].split("+"))
        return "|".join(regex.escape(word) for word in sorted(known, key=lambda word: (-len(word), word)))

    return regex.compile(regex.sub(r"\{([a-z_+]+)\}", alternatives, template))
