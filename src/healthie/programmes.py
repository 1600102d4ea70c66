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
_BEFORE = regex.compile("(?:[EeVv]|^|[^A-Za-z])(?P<left>[IiVvGgQqc]{2,10})$")
_GOVERNED = regex.compile(f"(?P<verb>Ee*+){_BODY}{{0,10}}$")
_LISTED = regex.compile("(?:、?“[^”\n]{1,30}”){0,6}等(?P<kind>[^,，。；;“”、\n]{1,8})")
_OPTIONAL_QUOTES = regex.compile(r"\[([^\]]*)\]")
# What goes off the front of a run: a count, a place, a verb that governs the name.
_TRIM = regex.compile("(?:0|Dd*+)+(?:Mm*+){1,2}|0++|(?:Rr*+)+(?:Ll*+)?|L(?=[A-NP-VX-Zc])|Kk*+|Mm*+|Uu*+")
_VERBS = regex.compile("(?:Vv*+)+")
_HEALTHY = regex.compile("Ii(?P<place>(?P<region>Rr++)(?![LPO])|[cM]{2,3}(?=VvE|Vv.|Vv$|Aa|”))")
_HEALTHY_WORD, _HEALTHY_DEED, _SIGNS = "健康", "行动", frozenset("省市县区州旗盟")
_STRIP = str.maketrans("", "", "“”《》\n ")
_NUMBERED = regex.compile(r"[一二两三四五六七八九十百千万双N\d].{0,3}[一二两三四五六七八九十百千万双N\d]|^[一二两三四五六七八九十双\d]")
_REFORM = "改革"  # behind a known name it is no part of it: 两票制|改革
_LONG_HEAD = 4  # 服务模式, 工作机制: with these a known name in quotation marks makes a longer one
_SHORT, _MIDDLING = 2, 4
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
    yield from _healthy_places(plain, marks)
    spans = {(hit.start, hit.end) for hit in known}
    yield from (hit for hit in _runs(plain, marks) if (hit.start, hit.end - len(_REFORM)) not in spans or not hit.name.endswith(_REFORM))
    yield from _quoted(plain, marks, known)


def _is_whole(marks: str, hit: Hit) -> bool:
    """Tell whether a short name is not the end of one word and the beginning of the next."""
    size = hit.end - hit.start
    if size <= _SHORT and marks[max(0, hit.start - 1) : hit.start] == "c":
        return False  # 科|创城
    return size > _MIDDLING or not marks[hit.start].islower() or marks[hit.start] in "cz"


def _named(plain: str, start: int, end: int) -> Hit:
    name = plain[start:end].translate(_STRIP)
    return Hit(start, end, name, name)


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(row[1].split()) for row in read_rows("programme_words")}


@lru_cache(maxsize=8)
def _words_of(role: str) -> tuple[str, ...]:
    return tuple(_words()[role])


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


def _healthy_places(plain: str, marks: str) -> Iterator[Hit]:
    """Find 健康任城, 健康海东行动: the name of a place without its sign, made a programme."""
    for match in _HEALTHY.finditer(marks):
        place = match.end("place")
        if not plain.startswith(_HEALTHY_WORD, match.start()) or plain[place - 1] in _SIGNS:
            continue
        deed = plain.startswith(_HEALTHY_DEED, place)
        if match["region"] or deed or plain.startswith(("建设", "”"), place):
            yield _named(plain, match.start(), place + deed * len(_HEALTHY_DEED))


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
        if plain.startswith("工程", head) and _suffix(plain[start:head], "works"):
            return False
        follower = marks[match.end() : match.end() + 1]
        return follower not in ("A", "B") and not (plain.endswith("试点", head, end) and follower in ("c", "I", "V"))
    if marks[end : end + 1] in tuple("cIVGWOAB"):
        return False
    word = plain[head:end]
    if word == "项目":
        return len(body) > _SHORTEST_BODY and bool(regex.search("V[v]*+$", body))
    if word.endswith("改革"):
        return len(body) >= _SHORTEST_WEAK or triggered and len(body) > _SHORTEST_BODY
    return word in ("计划", "战略") and (triggered or len(body) > _SHORTEST_WEAK and marks[end : end + 1] in ("E", ".", "》", ")"))


def _quoted(plain: str, marks: str, known: list[Hit]) -> Iterator[Hit]:
    """Find names in quotation marks, with the last word that stands behind them."""
    ends = {hit.end for hit in known}
    starts = {hit.start: hit for hit in known}
    for match in _QUOTED.finditer(plain):
        quote = _Quote(match.start(), match.end(), match["inner"])
        if quote.inner in _words()["slogan"] or quote.start in starts:
            continue
        if plain.startswith(_words_of("other"), quote.end):
            continue
        if _is_known(quote, starts) and _prefix(plain, quote.end, "quoted") < _LONG_HEAD:
            continue
        follower = starts.get(quote.end)
        if follower is not None and _NUMBERED.search(quote.inner) and len(quote.inner) <= 8:
            yield Hit(quote.start, follower.end, follower.name, follower.id)  # “1+1+X”家庭医生签约服务
            continue
        yield from _one_quoted(plain, marks, quote, ends)


def _is_known(quote: _Quote, starts: dict[int, Hit]) -> bool:
    """Tell whether a stretch in quotation marks is for the greater part a known name."""
    known = sum(starts[at].end - at for at in range(quote.start + 1, quote.end) if at in starts)
    return 2 * known > len(quote.inner)


def _one_quoted(plain: str, marks: str, quote: _Quote, ends: set[int]) -> Iterator[Hit]:
    titled = _suffix(quote.inner, "title")
    is_title = bool(titled) and len(quote.inner) >= 4 and len(quote.inner) - titled >= 2
    end = quote.end + _prefix(plain, quote.end, "quoted")
    if end == quote.end and (behind := _BEHIND.match(marks, quote.end)):
        end = behind.end()
    is_joined = end > quote.end and not regex.match("[a-bd-y]", marks[end : end + 1]) and len(quote.inner) > 1
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
    listed = _LISTED.match(plain, quote.end)
    if listed and any(word in listed["kind"] for word in _words()["work"]):
        return True
    verb = _GOVERNED.search(marks, max(0, quote.start - 18), quote.start)
    triggered = bool(verb) and plain[verb.start("verb") : verb.end("verb")] in _words()["trigger"]
    numbered = bool(_NUMBERED.search(quote.inner))
    return (triggered and work) or (numbered and (triggered or work))
