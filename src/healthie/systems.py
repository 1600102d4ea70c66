"""Information systems: those known by name, and others by the form of their names.

Start at `system_hits`. A name by form is a run of words that ends in 信息系统, 管理平台 and the like
(`data/systems.tsv`), with a place before it or without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import regex

from healthie.gazetteer import Gazetteer, read_rows
from healthie.naming import Hit, Rows, named_rows
from healthie.outline import outline

__all__ = ["system_gazetteer", "system_hits"]

_BODY = "[IiVvGgNnQqRrczPpLlSsYyKkWwOoMmAaBbDd0-]"
_RUN = regex.compile(rf"(?<!{_BODY})(?P<body>{_BODY}{{2,30}}?)(?P<head>Ss*+)(?!S)")
_TRIM = regex.compile("(?:0|Dd*+)+Mm*+|L(?=[A-Zc0])|Vv*+|Uu*+")
_PLACED = regex.compile("(?<!-)(?:Rr++)++(?!.*Rr)")  # …卫生院|青川健康云平台
_NO_SYSTEM = "-"  # what a longer word leads to in which a name would else be seen
_LEVELS = frozenset({"省级", "市级", "县级", "区级", "州级"})
_LEVELS_SIZE = 2
_HEAD = regex.compile("Ss*+")
_SAYING = regex.compile("[IcVzRWO]")  # says more than that something is a system
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
    names = {word: word for role, words in read_rows("systems") if role == "known" for word in words.split()}
    blocks = {word: _NO_SYSTEM for role, words in read_rows("systems") if role == "not" for word in words.split()}
    return Gazetteer((names | blocks | dict(named_rows(rows))).items())


def system_hits(plain: str, gazetteer: Gazetteer[str], programmes: Iterable[Hit] = ()) -> Iterator[Hit]:
    """Yield the systems of a text, overlapping ones too.

    Parameters
    ----------
    plain : str
        A text that has been through `level_with_quotes`.
    gazetteer : Gazetteer
        The known ones, by `system_gazetteer`.
    programmes : iterable of Hit
        The programmes of the text: one right before a system's name begins it (两票制监管平台).

    Yields
    ------
    Hit
        With the name of a known one.
    """
    for found in gazetteer.find(plain, folded=True):
        if found.payloads[0] != _NO_SYSTEM and _stands_alone(plain, found.start, found.end):
            yield Hit(found.start, found.end, found.payloads[0])
    marks = outline(plain)
    begins: dict[int, int] = {}
    for programme in programmes:
        begins |= dict.fromkeys(range(programme.start + 1, programme.end + 1), programme.start)
        if head := _HEAD.match(marks, programme.end):
            yield Hit(programme.start, head.end())
    for hit in _runs(plain):
        yield hit._replace(start=begins.get(hit.start, hit.start))


def _stands_alone(plain: str, start: int, end: int) -> bool:
    """Tell whether a Latin name is not part of a longer Latin word."""
    return not any(at > 0 and _LATIN.match(plain[at - 1]) and _LATIN.match(plain[at : at + 1]) for at in (start, end))


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(word for role, words in read_rows("systems") if role == "generic" for word in words.split())


def _runs(plain: str) -> Iterator[Hit]:
    marks = outline(plain)
    for match in _RUN.finditer(marks):
        start, head = match.start(), match.start("head")
        while trimmed := _TRIM.match(marks, start, head):
            start = trimmed.end()
        while plain[start : start + _LEVELS_SIZE] in _LEVELS:
            start += _LEVELS_SIZE
        if place := _PLACED.search(marks, start, head):
            start = place.start()
        if head - start > 1 and plain[start:head] not in _generic() and _SAYING.search(marks, start, head):
            yield Hit(start, match.end())
