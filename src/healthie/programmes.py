"""Programmes: those of the table, and others by the form of their names.

Start at `programme_hits`. The table gives each variant its canonical name. By form, a name is a run of words that ends
in 工程, 行动, 改革 and the like (`_runs`), a place made healthy (健康青川), or one in quotation marks
(`healthie.quoted`); its id is the name without quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from healthie.gazetteer import Gazetteer, read_rows
from healthie.naming import Hit, Rows, named_rows
from healthie.outline import level_with_quotes, outline
from healthie.quoted import in_role, is_role, named, quoted_hits, words_of

__all__ = ["programme_gazetteer", "programme_hits", "surfaces"]

_BODY = "[IiVvGgNnQqLlPpRrczKkOoWwTtUuSsMmDd0-]"
_YEARS = r"(?:\(0{4}.0{4}[Mm]\))?+"  # 行动计划(2024-2026年)
_RUN = regex.compile(rf"(?<!{_BODY})(?P<body>{_BODY}{{2,30}}?)(?P<head>[AB][ab]*+)(?P<years>{_YEARS})")
_SHORT_RUN = regex.compile("(?<=E[e]*+)c{2,4}(?:E[e]++)?(?P<head>[AB][ab]*+)(?![cIVGWOAB])")  # 实施青苗计划
_HEALTHY = regex.compile("Ii(?P<place>(?P<region>Rr++)(?![LPO])|[cM]{2,3})")
_MINUTES = regex.compile("(?:0++|Dd*+){1,3}Mm(?![0-9])")
_WORDS = regex.compile("[IiVvGgQqPpc]{2,6}")
# What goes off the front of a run: a count, a place, a body, and (`_VERBS`) a verb that governs the name.
_TRIM = regex.compile("(?:0|Dd*+)+(?:Mm*+){1,2}|0++|(?:Rr*+)+(?:Ll*+)?|L(?=[A-NP-VX-Zc])|Kk*+|Mm*+|Uu*+")
_VERBS = regex.compile("(?:Vv*+)+")
_SUBSTANCE = regex.compile("[IcORW]")  # of a body: what says more than that something is important, public or medical
_DEED = regex.compile("V[v]*+$")
_OPTIONAL_QUOTES = regex.compile(r"\[([^\]]*)\]")
_SHORT, _MIDDLING = 2, 4  # characters of a name that may be the end of one word and the beginning of the next
_SHORTEST_BODY = 3
_SHORTEST_WEAK = 5
_FULL = 6  # characters of a body that say enough, whatever they are
_NOT = "not"  # the kind of the rows that only keep a name from being seen inside a longer word
_KIND = 2


def programme_gazetteer(rows: Rows = ()) -> Gazetteer[str]:
    """Build the scan over the packaged programmes, and over a caller's own, which count first.

    Parameters
    ----------
    rows : path or iterable, optional
        Names, or rows of a canonical name and its variants; see `healthie.naming.named_rows`. ``[X]`` is an X that may
        stand in quotation marks.

    Returns
    -------
    Gazetteer
        Of every surface, with the canonical name; empty for a surface that is no programme.
    """
    packaged = (("", row[1]) if row[_KIND] == _NOT else row for row in read_rows("programmes"))
    return Gazetteer((dict(surfaces(packaged)) | dict(surfaces(rows))).items())


def surfaces(rows: Rows) -> Iterator[tuple[str, str]]:
    """Yield every surface of rows, with quotation marks and without.

    Parameters
    ----------
    rows : path or iterable
        As for `programme_gazetteer`.

    Yields
    ------
    tuple of (str, str)
        The surface, and its canonical name.
    """
    for surface, name in named_rows(rows):
        canonical = _OPTIONAL_QUOTES.sub(r"\1", name)
        plain = level_with_quotes(surface)
        yield _OPTIONAL_QUOTES.sub(r"\1", plain), canonical
        if "[" in plain[1:] or "]" in plain[:-1]:
            yield _OPTIONAL_QUOTES.sub(r"“\1”", plain), canonical


def programme_hits(plain: str, gazetteer: Gazetteer[str]) -> Iterator[Hit]:
    """Yield the programmes of a text, overlapping ones too.

    Parameters
    ----------
    plain : str
        A text that has been through `level_with_quotes`.
    gazetteer : Gazetteer
        The known ones, by `programme_gazetteer`.

    Yields
    ------
    Hit
        With the canonical name as its id.
    """
    marks = outline(plain)
    found = ((match.start, match.end, match.payloads[0]) for match in gazetteer.find(plain, folded=True))
    known = [Hit(start, end, name, name) for start, end, name in found if name and _is_whole(marks, start, end)]
    yield from known
    yield from _healthy_places(plain, marks)
    yield from _circles(plain, marks)
    yield from _short_runs(plain, marks)
    yield from _runs(plain, marks, {(hit.start, hit.end) for hit in known})
    yield from quoted_hits(plain, marks, known)


def _is_whole(marks: str, start: int, end: int) -> bool:
    """Tell whether a short name is not the end of one word and the beginning of the next."""
    if end - start <= _SHORT and marks[max(0, start - 1) : start] == "c":
        return False  # 科|创城
    return end - start > _MIDDLING or not marks[start].islower() or marks[start] in "cz"


def _healthy_places(plain: str, marks: str) -> Iterator[Hit]:
    """Find 健康青川, 健康海东行动: the name of a place without its sign, made a programme."""
    for match in _HEALTHY.finditer(marks):
        start, end = match.start(), match.end("place")
        has_sign = is_role(plain[end - 1], "sign") and end - match.start("place") > _SHORT
        if has_sign or not is_role(plain[start : match.start("place")], "place"):
            continue
        deed = in_role(plain, "deed", start=end)
        quoted = plain[start - 1 : start] == "“" and in_role(plain, "deed", start=end + 1)
        if quoted and plain[end : end + 1] == "”":
            yield named(plain, start - 1, end + 1 + quoted)
        elif match["region"] or deed or plain.startswith(words_of("carried"), end):
            yield named(plain, start, end + deed)


def _circles(plain: str, marks: str) -> Iterator[Hit]:
    """Find 15分钟急救圈: what everyone reaches in so many minutes."""
    for match in _MINUTES.finditer(marks):
        end = next(
            (at for at in range(match.end(), min(len(plain), match.end() + 8)) if is_role(plain[at], "circle")), 0
        )
        if end and _WORDS.fullmatch(marks, match.end(), end):
            yield named(plain, match.start(), end + 1)


def _short_runs(plain: str, marks: str) -> Iterator[Hit]:
    """Find 青苗计划 behind a verb of carrying out: characters that no word covers, and what a programme is."""
    for match in _SHORT_RUN.finditer(marks):
        start, head = match.start(), match.start("head")
        is_site = is_role(plain[head : match.end()], "site") and in_role(plain[start:head], "works", end=head - start)
        if not is_site and is_role(plain[head : match.end()], "deeds") and in_role(plain, "launch", end=start):
            yield named(plain, *match.span())


def _runs(plain: str, marks: str, known: Iterable[tuple[int, int]]) -> Iterator[Hit]:
    """Find runs of words that end in the last word of a programme's name."""
    taken = set(known)
    for match in _RUN.finditer(marks):
        start, head = match.start(), match.start("head")
        triggered = bool(in_role(plain, "trigger", end=start))
        while trimmed := _TRIM.match(marks, start, head):
            start = trimmed.end()
        if not triggered and (verbs := _VERBS.match(marks, start, head)) and head - verbs.end() >= _SHORTEST_BODY:
            start = verbs.end()
        if head - start < _SHORTEST_BODY or not (head - start >= _FULL or _SUBSTANCE.search(marks, start, head)):
            continue
        if marks[head] == "A":
            is_name = _is_strong(plain, marks, start, match)
        else:
            is_name = (start, head) not in taken and _is_weak(plain, marks, start, match, triggered=triggered)
        if is_name:
            yield named(plain, start, match.end())


def _is_strong(plain: str, marks: str, start: int, match: regex.Match[str]) -> bool:
    """Tell whether a run with 工程, 行动, 试点 makes a name: not a building site, and not 试点 as a verb."""
    head, end = match.span("head")
    if is_role(plain[head:end], "site") and in_role(plain[start:head], "works", end=head - start):
        return False
    follower = marks[match.end() : match.end() + 1]
    is_verb = bool(in_role(plain, "pilot", end=end)) and follower in ("c", "I", "V")
    return follower not in ("A", "B") and not is_verb


def _is_weak(plain: str, marks: str, start: int, match: regex.Match[str], *, triggered: bool) -> bool:
    """Tell whether a run with 项目, 改革, 计划 makes a name: these need an act in it, or a verb before it."""
    head, end = match.span("head")
    size, word = head - start, plain[head:end]
    if marks[end : end + 1] in tuple("cIVGWOAB"):
        return False
    if is_role(word, "project"):
        return size > _SHORTEST_BODY and bool(_DEED.search(marks, start, head))
    if is_role(word, "reform"):
        return size >= _SHORTEST_WEAK or (triggered and size > _SHORTEST_BODY)
    return triggered or (size > _SHORTEST_WEAK and marks[end : end + 1] in ("E", ".", "》", ")"))
