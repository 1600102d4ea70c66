"""The words of report prose by class, as `data/lexicon.tsv` lists them, and the few ways linking asks for them.

Start at `words`. `suffix` and `prefix` look for the longest word of a class at the end or the head of a stretch of
text, `find_words` for all of them in it; `pattern` compiles a construction that names classes, so that no pattern
holds a list of words.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from functools import lru_cache

import regex

from healthie.gazetteer import read_rows

__all__ = ["find_words", "is_compound", "joints", "last_match", "pattern", "prefix", "skip", "suffix", "words"]

# classes within a pattern, what is looked back for, and how long the list of a class is that is not written twice
_CLASS = regex.compile(r"\{([a-z_+]+)\}")
_LOOKED_BACK_FOR = regex.compile(r"\(\?<[=!][^()]*(?:\([^()]*\)[^()]*)*\)")
_LONG_LIST = 1000


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    """Read the table: the words of every class."""
    table: dict[str, set[str]] = {}
    # a class may go on over several lines
    for name, cell in read_rows("lexicon"):
        table.setdefault(name, set()).update(cell.split())
    return {name: frozenset(cells) for name, cells in table.items()}


@lru_cache(maxsize=1024)
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


@lru_cache(maxsize=1024)
def _by_edge(classes: tuple[str, ...], edge: int) -> tuple[dict[str, tuple[int, ...]], frozenset[str]]:
    """Return how long the words with a given character at an edge are, longest first, and all the words.

    Edge 0 is the first character, -1 the last.
    """
    table: dict[str, set[int]] = {}
    for name in classes:
        for char, sizes in _sizes_by_edge(name, edge).items():
            table.setdefault(char, set()).update(sizes)
    return {char: tuple(sorted(sizes, reverse=True)) for char, sizes in table.items()}, words(*classes)


@lru_cache(maxsize=1024)
def _sizes_by_edge(name: str, edge: int) -> dict[str, set[int]]:
    """Return how long the words of one class with a given character at an edge are: many lists are made of few."""
    table: dict[str, set[int]] = {}
    for word in words(name):
        table.setdefault(word[edge], set()).add(len(word))
    return table


def suffix(text: str, start: int, end: int, *classes: str) -> str:
    """Return the longest word of the classes that ends ``text[start:end]``, or an empty string."""
    if end <= start:
        return ""
    sizes, known = _by_edge(classes, -1)
    for size in sizes.get(text[end - 1], ()):
        if size <= end - start and text[end - size : end] in known:
            return text[end - size : end]
    return ""


def prefix(text: str, start: int, end: int, *classes: str) -> str:
    """Return the longest word of the classes that opens ``text[start:end]``, or an empty string."""
    if end <= start:
        return ""
    sizes, known = _by_edge(classes, 0)
    for size in sizes.get(text[start : start + 1], ()):  # an end may lie behind the text, and so a start
        if size <= end - start and text[start : start + size] in known:
            return text[start : start + size]
    return ""


def find_words(text: str, start: int, end: int, *classes: str) -> Iterator[tuple[int, int]]:
    """Yield where words of the classes stand in ``text[start:end]``: the longest at each place, none in another.

    It finds what ``pattern("{a+b}").finditer`` finds, and many times as fast where the classes are large.
    """
    sizes, known = _by_edge(classes, 0)
    while start < end:
        for size in sizes.get(text[start], ()):
            if size <= end - start and text[start : start + size] in known:
                yield start, start + size
                start += size
                break
        else:
            start += 1


def is_compound(text: str, start: int, end: int, first: str, second: str) -> bool:
    """Tell whether ``text[start:end]`` is a word of one class with a word of a second right behind it."""
    return any(text[start:at] in words(first) and text[at:end] in words(second) for at in range(start + 1, end))


@lru_cache(maxsize=16)
def joints(*classes: str) -> frozenset[str]:
    """Return each two characters that stand side by side in a word of the classes: a cut between others parts none."""
    return frozenset(word[at : at + 2] for word in words(*classes) for at in range(len(word) - 1))


def skip(text: str, start: int, end: int, *classes: str) -> int:
    """Return where ``text[start:end]`` goes on behind the words of the classes that open it."""
    while word := prefix(text, start, end, *classes):
        start += len(word)
    return start


@lru_cache(maxsize=1024)
def pattern(template: str) -> regex.Pattern[str]:
    """Compile a pattern in which ``{class}`` stands for any word of that class, longest first.

    Parameters
    ----------
    template : str
        A regular expression; braces that hold a class, or several joined by ``+``, become a group of their words.

    Returns
    -------
    regex.Pattern
        The compiled pattern.

    Examples
    --------
    >>> pattern("{rise}$").search("同比增长").group()
    '增长'
    """
    # what is compiled takes as long as it has characters: a long list that recurs is written once
    named = {classes: f"list{i}" for i, classes in enumerate(_recurring(template))}
    lists = "".join(f"(?P<{name}>{_alternatives(classes)})" for classes, name in named.items())

    def written(match: regex.Match[str]) -> str:
        return f"(?&{named[match[1]]})" if match[1] in named else _alternatives(match[1])

    body = _CLASS.sub(written, template)
    return regex.compile(f"(?(DEFINE){lists})(?:{body})" if lists else body)


def _recurring(template: str) -> list[str]:
    """Return the long lists that a template names more than once, none of them looked back for."""
    uses = Counter(_CLASS.findall(_LOOKED_BACK_FOR.sub("", template)))
    return [classes for classes, count in uses.items() if count > 1 and len(_alternatives(classes)) > _LONG_LIST]


@lru_cache(maxsize=1024)
def _alternatives(classes: str) -> str:
    """Return the words of classes joined by ``+`` as a group of a pattern, longest first."""
    known = sorted(sorted(words(*classes.split("+"))), key=len, reverse=True)
    return f"(?:{'|'.join(word if word.isalnum() else regex.escape(word) for word in known)})"


def last_match(template: str, text: str, start: int, end: int) -> regex.Match[str] | None:
    """Return the last match of a pattern in ``text[start:end]``, or None."""
    found = deque(pattern(template).finditer(text, start, end), maxlen=1)
    return found[0] if found else None
