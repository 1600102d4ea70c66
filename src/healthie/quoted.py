"""Programmes named in quotation marks: “青苗”护航行动, 签订“一院一策”协议, “甲”“乙”等品牌.

Start at `quoted_hits`. The name takes the quotation marks along where a last word behind them completes it
(“…”工程); else it is what stands between them, if that ends in such a word (“…年”), or if the sentence treats it as
something that is carried out. Words are in `data/programme_words.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from healthie.gazetteer import read_rows
from healthie.naming import Hit

__all__ = ["in_role", "is_role", "named", "quoted_hits", "words_of"]

_BODY = "[IiVvGgNnQqLlPpRrczKkOoWwTtUuSsMmDd0-]"
_QUOTED = regex.compile("“(?P<inner>[^“”\n。；;]{1,24})”")
_BEHIND = regex.compile("[IiVvGgc]{0,8}?A[a]*+")  # “…”组织力提升工程
_BEFORE = regex.compile("(?:[EeVv]|^|[^A-Za-z])(?P<left>[IiVvGgQqc]{2,10})$")
_GOVERNED = regex.compile(f"(?P<verb>Ee*+){_BODY}{{0,10}}$")
_LISTED = regex.compile("(?:、?“[^”\n]{1,30}”){0,6}等(?P<kind>[^,，。；;“”、\n]{1,8})")
_MIDDLE_OF_WORD = regex.compile(
    "[a-bd-y]"
)  # of the outline: a small letter continues a word; c and z are single characters
_STRIP = str.maketrans("", "", "“”《》\n ")
_NUMERALS = "一二两三四五六七八九十百千万双N"
_NUMBERED = regex.compile(rf"[{_NUMERALS}\d].{{0,3}}[{_NUMERALS}\d]|^[{_NUMERALS}\d]")
_REACH = 18  # characters before the quotation marks in which the verb stands that governs them
_SHORTEST_TITLE = 4
_SHORTEST_GOVERNED = 3
_LONGEST_COUNT = 8  # “1+1+X”
_LONGEST_NUMBERED = 10  # 五有三促进, 一级统筹、两级联办
_LONG_HEAD = 4  # 服务模式, 工作机制: with these a known name in quotation marks makes a longer one


class _Quote(NamedTuple):
    """A stretch in quotation marks: where they begin and end, and what is between."""

    start: int
    end: int
    inner: str


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for role, cell in read_rows("programme_words"):
        table[role] = table.get(role, frozenset()) | frozenset(cell.split())
    return table


@lru_cache(maxsize=32)
def words_of(role: str) -> tuple[str, ...]:
    """Return the words of a role, longest first.

    Parameters
    ----------
    role : str
        As the first column of ``data/programme_words.tsv`` has it.

    Returns
    -------
    tuple of str
        The words.
    """
    return tuple(sorted(_table()[role], key=lambda word: (-len(word), word)))


def is_role(word: str, role: str) -> bool:
    """Tell whether a word has a role."""
    return word in _table()[role]


@lru_cache(maxsize=32)
def _longest(role: str) -> int:
    return len(words_of(role)[0])


def in_role(plain: str, role: str, *, start: int | None = None, end: int | None = None) -> int:
    """Return the length of the longest word of a role that begins at `start` or ends at `end`, or 0.

    Parameters
    ----------
    plain : str
        A text.
    role : str
        As the first column of ``data/programme_words.tsv`` has it.
    start, end : int, optional
        One of them: where the word has to begin, or to end.

    Returns
    -------
    int
        The number of characters.

    Examples
    --------
    >>> in_role("扎实开展“青苗”行动", "trigger", end=4), in_role("“青苗”行动", "quoted", start=4)
    (4, 2)
    """
    known = _table()[role]
    for size in range(_longest(role), 0, -1):
        word = plain[start : start + size] if start is not None else plain[max(0, (end or 0) - size) : end]
        if word in known:
            return len(word)
    return 0


def named(plain: str, start: int, end: int) -> Hit:
    """Return a hit that is named as it stands, without quotation marks."""
    name = plain[start:end].translate(_STRIP)
    return Hit(start, end, name, name)


def quoted_hits(plain: str, marks: str, known: list[Hit]) -> Iterator[Hit]:
    """Find names in quotation marks.

    Parameters
    ----------
    plain, marks : str
        A text that has been through `healthie.outline.level_with_quotes`, and its outline.
    known : list of Hit
        The programmes of the table in it.

    Yields
    ------
    Hit
        In the order of the text.
    """
    starts = {hit.start: hit for hit in known}
    for match in _QUOTED.finditer(plain):
        quote = _Quote(match.start(), match.end(), match["inner"])
        if is_role(quote.inner, "slogan") or quote.start in starts or plain.startswith(words_of("other"), quote.end):
            continue
        follower = starts.get(quote.end)
        if follower and len(quote.inner) <= _LONGEST_COUNT and _NUMBERED.search(quote.inner):
            yield Hit(quote.start, follower.end, follower.name, follower.id)  # “1+1+X”家庭医生签约服务
        elif not _is_known(quote, starts) or in_role(plain, "quoted", start=quote.end) >= _LONG_HEAD:
            yield from _read(plain, marks, quote)


def _is_known(quote: _Quote, starts: dict[int, Hit]) -> bool:
    """Tell whether a stretch in quotation marks is for the greater part a known name."""
    known = sum(starts[at].end - at for at in range(quote.start + 1, quote.end) if at in starts)
    return 2 * known > len(quote.inner)


def _read(plain: str, marks: str, quote: _Quote) -> Iterator[Hit]:
    """Decide what of one stretch is a name: with the words around it, without, or nothing."""
    titled = in_role(quote.inner, "title", end=len(quote.inner))
    is_title = bool(titled) and len(quote.inner) >= max(_SHORTEST_TITLE, titled + 2)
    end = _end(plain, marks, quote)
    if end and (not is_title or plain.startswith(words_of("campaign"), quote.end)):
        yield named(plain, _start(marks, quote, end), end)
    elif is_title or _is_carried_out(plain, marks, quote):
        yield named(plain, quote.start + 1, quote.end - 1)


def _end(plain: str, marks: str, quote: _Quote) -> int:
    """Return the end of the last word behind the quotation marks that completes the name, or 0."""
    end = quote.end + in_role(plain, "quoted", start=quote.end)
    if end == quote.end and (behind := _BEHIND.match(marks, quote.end)):
        end = behind.end()
    if end == quote.end or len(quote.inner) == 1 or _MIDDLE_OF_WORD.match(marks, end):
        return 0
    return end


def _start(marks: str, quote: _Quote, end: int) -> int:
    """Return where a name begins whose middle is in quotation marks: 健康促进“一二三”工作模式."""
    if end - quote.end < _LONG_HEAD and not quote.inner.isdecimal():
        return quote.start
    before = _BEFORE.search(marks, max(0, quote.start - 12), quote.start)
    return before.start("left") if before else quote.start


def _is_carried_out(plain: str, marks: str, quote: _Quote) -> bool:
    """Tell whether the sentence treats what is in quotation marks as something that is carried out."""
    listed = _LISTED.match(plain, quote.end)
    if listed and len(quote.inner) > 1 and any(word in listed["kind"] for word in words_of("work")):
        return True
    if len(quote.inner) < _SHORTEST_GOVERNED:
        return False
    is_work = bool(in_role(plain, "work", start=quote.end))
    verb = _GOVERNED.search(marks, max(0, quote.start - _REACH), quote.start)
    is_governed = bool(verb) and is_role(plain[verb.start("verb") : verb.end("verb")], "trigger")
    if len(quote.inner) <= _LONGEST_NUMBERED and _NUMBERED.search(quote.inner):
        return is_governed or is_work
    return is_governed and is_work
