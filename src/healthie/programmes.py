"""Programmes: those of the table, and others by the form of their names.

Start at `programme_hits`. The table gives each variant its canonical name. By form, a name is a run of words that ends
in 工程, 行动, 计划 and the like (`_runs`), or one in quotation marks (`_quoted`) that has such a word in it or behind
it, or that a verb of carrying out governs; its id is the name without quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from healthie.gazetteer import Gazetteer, read_rows
from healthie.naming import Hit, Rows, named_rows
from healthie.outline import level_with_quotes, outline

__all__ = ["programme_gazetteer", "programme_hits"]

_BODY = "[IiVvGgNnQqLlPpRrczKkOoWwTtUuSsMmDd0-]"
_YEARS = r"(?:\(0{4}.0{4}[Mm]\))?+"
_RUN = regex.compile(rf"(?<!{_BODY})(?P<body>{_BODY}{{2,30}}?)(?P<head>[AB][ab]*+)(?P<years>{_YEARS})")
_QUOTED = regex.compile("“(?P<inner>[^“”\n。；;]{1,24})”")
_BEHIND = regex.compile(r"[IiVvGgc]{0,8}?A[a]*+")  # “…”组织力提升工程
_BEFORE = regex.compile("(?:[EeVv]|^|[^A-Za-z])(?P<left>(?:[IiVvGgc]{2,10}))$")
_GOVERNED = regex.compile(f"(?P<verb>Ee*+){_BODY}{{0,10}}$")
_LISTED = regex.compile("(?:”“|”、“)?等[^，。；“”]{0,6}$")
_OPTIONAL_QUOTES = regex.compile(r"\[([^\]]*)\]")
# What goes off the front of a run: a count, a place, a verb that governs the name.
_TRIM = regex.compile("(?:0|Dd*+)+(?:Mm*+){1,2}|0++|(?:Rr*+)+(?:Ll*+)?|L(?=[A-Zc])|Kk*+|Mm*+|Uu*+")
_VERBS = regex.compile("(?:Vv*+)+")
_STRIP = str.maketrans("", "", "“”《》\n ")
_NUMBERED = regex.compile(r"[一二两三四五六七八九十百千万双N\d].{0,3}[一二两三四五六七八九十百千万双N\d]|^[一二两三四五六七八九十双\d]")
_SHORTEST_BODY = 3
_SHORTEST_WEAK = 5
_NOT = "not"  # the kind of the rows that only keep a name from being seen inside a longer word
_KIND = 2


class _Quote(NamedTuple):
    """A stretch in quotation marks: with them, and without."""

    start: int
    end: int
    inner: str


def programme_gazetteer(rows: Rows = ()) -> Gazetteer[str]:
    """Build the scan over the packaged programmes, and over a caller's own, which go first.

    Parameters
    ----------
    rows : path or iterable, optional
        Names, or rows of a canonical name and its variants; see `healthie.naming.named_rows`.

    Returns
    -------
    Gazetteer
        Of every surface, with the canonical name; empty for a surface that is no programme.
    """
    surfaces = dict(_surfaces((row[0] if row[_KIND : _KIND + 1] != (_NOT,) else "", *row[1:]) for row in read_rows("programmes")))
    surfaces.update(_surfaces(rows))
    return Gazetteer(surfaces.items())


def _surfaces(rows: Rows) -> Iterator[tuple[str, str]]:
    """Yield every surface of the rows, with quotation marks and without, and its canonical name."""
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
    known = [Hit(found.start, found.end, found.payloads[0], found.payloads[0]) for found in gazetteer.find(plain, folded=True)]
    known = [hit for hit in known if hit.id and _is_whole(marks, hit)]
    yield from known
    yield from _runs(plain, marks)
    yield from _quoted(plain, marks, known)


def _is_whole(marks: str, hit: Hit) -> bool:
    """Tell whether a short name is not the end of one word and the beginning of the next."""
    return hit.end - hit.start > 4 or not marks[hit.start].islower() or marks[hit.start] in "cz"


def _named(plain: str, start: int, end: int) -> Hit:
    name = plain[start:end].translate(_STRIP)
    return Hit(start, end, name, name)


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(row[1].split()) for row in read_rows("programme_words")}


@lru_cache(maxsize=8)
def _longest_word(role: str) -> int:
    return max(map(len, _words()[role]))


def _prefix(plain: str, start: int, role: str) -> int:
    """Return the length of the longest word of a role that begins at `start`, or 0."""
    words = _words()[role]
    return next((size for size in range(_longest_word(role), 0, -1) if plain[start : start + size] in words), 0)


def _suffix(plain: str, role: str) -> int:
    """Return the length of the longest word of a role that ends a string, or 0."""
    words = _words()[role]
    return next((size for size in range(_longest_word(role), 0, -1) if plain[-size:] in words), 0)


def _runs(plain: str, marks: str) -> Iterator[Hit]:
    """Find runs of words that end in the last word of a programme's name."""
    for match in _RUN.finditer(marks):
        start, head = match.start(), match.start("head")
        triggered = bool(_suffix(plain[max(0, start - 6) : start], "trigger"))
        while trimmed := _TRIM.match(marks, start, head):
            start = trimmed.end()
        if not triggered and (verbs := _VERBS.match(marks, start, head)) and head - verbs.end() >= _SHORTEST_BODY:
            start = verbs.end()
        if _is_run(plain, marks, start, match, triggered):
            yield _named(plain, start, match.end())


def _is_run(plain: str, marks: str, start: int, match: regex.Match[str], triggered: bool) -> bool:
    """Tell whether a run makes a name: it says something of its own, and a weak last word has support."""
    head, end = match.span("head")
    body = marks[start:head]
    if len(body) < _SHORTEST_BODY or not regex.search("[IcORW]", body):
        return False
    if marks[head] == "A":
        return marks[match.end() : match.end() + 1] not in tuple("AB")
    if marks[end : end + 1] in tuple("cIVGWOAB"):
        return False
    word = plain[head:end]
    if word == "项目":
        return len(body) > _SHORTEST_BODY and bool(regex.search("V[v]*+$", body))
    if word.endswith("改革"):
        return len(body) >= _SHORTEST_WEAK or triggered and len(body) > _SHORTEST_BODY
    return word in ("计划", "战略") and triggered


def _quoted(plain: str, marks: str, known: list[Hit]) -> Iterator[Hit]:
    """Find names in quotation marks, with the last word that stands behind them."""
    ends = {hit.end for hit in known}
    starts = {hit.start: hit for hit in known}
    for match in _QUOTED.finditer(plain):
        quote = _Quote(match.start(), match.end(), match["inner"])
        if quote.inner in _words()["slogan"] or quote.start in starts:
            continue
        inside = starts.get(quote.start + 1)
        if inside is not None and inside.end == quote.end - 1:
            continue
        follower = starts.get(quote.end)
        if follower is not None and _NUMBERED.search(quote.inner) and len(quote.inner) <= 8:
            yield Hit(quote.start, follower.end, follower.name, follower.id)  # “1+1+X”家庭医生签约服务
            continue
        yield from _one_quoted(plain, marks, quote, ends)


def _one_quoted(plain: str, marks: str, quote: _Quote, ends: set[int]) -> Iterator[Hit]:
    titled = _suffix(quote.inner, "title")
    is_title = bool(titled) and len(quote.inner) >= 4 and len(quote.inner) - titled >= 2
    end = quote.end + _prefix(plain, quote.end, "quoted")
    if end == quote.end and (behind := _BEHIND.match(marks, quote.end)):
        end = behind.end()
    is_joined = end > quote.end and marks[end : end + 1] not in tuple("cIiABaVv") and len(quote.inner) > 1
    if is_joined and (not is_title or plain.startswith("活动", quote.end)):
        yield _named(plain, _left(marks, quote, end, ends), end)
    elif is_title or _is_governed(plain, marks, quote):
        yield _named(plain, quote.start + 1, quote.end - 1)


def _left(marks: str, quote: _Quote, end: int, ends: set[int]) -> int:
    """Return where the name begins whose middle is in quotation marks: 健康促进“一二三”工作模式."""
    if end - quote.end < 4:
        return quote.start
    before = _BEFORE.search(marks, max(0, quote.start - 12), quote.start)
    return before.start("left") if before else quote.start


def _is_governed(plain: str, marks: str, quote: _Quote) -> bool:
    """Tell whether a stretch in quotation marks is what someone carries out."""
    if len(quote.inner) < 3:
        return False
    work = bool(_prefix(plain, quote.end, "work"))
    listed = regex.match("(?:[、]?“[^”\n]{1,30}”){0,6}等[^，。；“”、\n]{0,8}", plain, pos=quote.end)
    if listed and _suffix(listed.group(), "work"):
        return True
    verb = _GOVERNED.search(marks, max(0, quote.start - 18), quote.start)
    triggered = bool(verb) and plain[verb.start("verb") : verb.end("verb")] in _words()["trigger"]
    numbered = bool(_NUMBERED.search(quote.inner))
    return (triggered and work) or (numbered and (triggered or work))
