"""Information systems: those known by name, and others by the form of their names.

Start at `system_hits`. A name by form is a run of words that ends in 信息系统, 管理平台 and the like
(`data/systems.tsv`), with a place before it or without.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from healthie.gazetteer import Gazetteer, read_rows
from healthie.naming import Hit, Rows, named_rows
from healthie.outline import outline

__all__ = ["system_gazetteer", "system_hits"]

_BODY = "[IiVvGgNnQqRrczPpLlSsYyKkWwOoMmAaBbDd0-]"
_RUN = regex.compile(rf"(?<!{_BODY})(?P<body>{_BODY}{{2,30}}?)(?P<head>Ss*+)(?![cISVG])")
_TRIM = regex.compile("(?:0|Dd*+)+Mm*+|L(?=[A-Zc])|Qq*+|Gg*+|Vv*+(?=[IGcV])|Uu*+")
_LATIN = regex.compile(r"[A-Za-z]")


def system_gazetteer(rows: Rows = ()) -> Gazetteer[str]:
    """Build the scan over the packaged systems and a caller's own.

    Parameters
    ----------
    rows : path or iterable, optional
        Names, or rows of a name and its variants; see `healthie.naming.named_rows`.

    Returns
    -------
    Gazetteer
        Of every surface, with the name.
    """
    packaged = [(word, word) for role, words in read_rows("systems") if role == "known" for word in words.split()]
    return Gazetteer([*named_rows(rows), *packaged])


def system_hits(plain: str, gazetteer: Gazetteer[str]) -> Iterator[Hit]:
    """Yield the systems of a text, overlapping ones too.

    Parameters
    ----------
    plain : str
        A text that has been through `level_with_quotes`.
    gazetteer : Gazetteer
        The known ones, by `system_gazetteer`.

    Yields
    ------
    Hit
        With the name of a known one.
    """
    for found in gazetteer.find(plain, folded=True):
        if _stands_alone(plain, found.start, found.end):
            yield Hit(found.start, found.end, found.payloads[0])
    yield from _runs(plain)


def _stands_alone(plain: str, start: int, end: int) -> bool:
    """Tell whether a Latin name is not part of a longer Latin word."""
    return not any(
        at > 0 and _LATIN.match(plain[at - 1]) and _LATIN.match(plain[at : at + 1]) for at in (start, end)
    )


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(word for role, words in read_rows("systems") if role == "generic" for word in words.split())


def _runs(plain: str) -> Iterator[Hit]:
    marks = outline(plain)
    for match in _RUN.finditer(marks):
        start, head = match.start(), match.start("head")
        while trimmed := _TRIM.match(marks, start, head):
            start = trimmed.end()
        if head - start > 1 and plain[start:head] not in _generic() and regex.search("[IcVzR]", marks[start:head]):
            yield Hit(start, match.end())
