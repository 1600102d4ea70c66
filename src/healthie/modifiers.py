"""How exact a quantity is, by the words around it, such as ``约``, ``超过``, ``以上`` and ``不足``.

Start at `modifier_of`; `shared` lets the members of a list share one. The words are in ``data/modifiers.tsv``.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import get_args

import regex

from healthie.gazetteer import read_rows
from healthie.records import Modifier

__all__ = ["LIST_GAP", "modifier_of", "shared"]

LIST_GAP = regex.compile(r"[ ]?(?:、|和|及|与|或|以及)[ ]?")
# what says that the values of a list are each of their own noun (分别超92%和94%; 甲率、乙率超过98%、99%)
_SHARING = regex.compile(r"分别[^,。;]{0,10}$|[率度比]、[^,。;、\d]{1,12}$|\p{Han}、\p{Han}{2,10}率$")
_LONGEST_LIST = 30
_REACH = 14
_SCOPE = 30
# 过 says more than before a large part or a round number (收获过八成), not before a count (去过3次)
_ROUND = regex.compile(r"[\d.]{0,6}[一二三四五六七八九两几]?(?:成|半|%|百|千|万|亿)")
# how much of a whole, with the whole in between (不到全年任务的一成)
_OF_WHOLE = regex.compile(r"(不到|不足|不及|未到|超过|接近|约占)\p{Han}{2,14}的$")
_BRACKET = regex.compile(r"[ ]?(?:\([^()\n]{1,4}\))?[ ]?")
_SYMBOLS: dict[str, Modifier] = {symbol: symbol for symbol in get_args(Modifier)}


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, Modifier]]:
    """Return the modifier of each word, by where it stands: before, after, scope; not: none; per: behind 每."""
    table: dict[str, dict[str, Modifier]] = {}
    for side, symbol, words in read_rows("modifiers"):
        table.setdefault(side, {}).update(dict.fromkeys(words.split(), _SYMBOLS[symbol]))
    return table


@lru_cache(maxsize=2)
def _by_edge(side: str) -> dict[str, tuple[str, ...]]:
    """Return the words of a side by the character that stands next to the quantity, longest first."""
    groups: dict[str, list[str]] = {}
    for word in sorted(_words()[side], key=len, reverse=True):
        groups.setdefault(word[-1] if side == "before" else word[0], []).append(word)
    return {char: tuple(words) for char, words in groups.items()}


@lru_cache(maxsize=1)
def _scope() -> regex.Pattern[str]:
    return regex.compile(rf"({'|'.join(_words()['scope'])})[^,。;!?\n\d]{{1,24}}$")


@lru_cache(maxsize=1)
def _per() -> regex.Pattern[str]:
    """Return what per whom or what a number is, between a word and it (低于|每立方米|90微克)."""
    return regex.compile(rf"(?:每(?:{'|'.join(_words()['per'])})){{1,2}}$")


def _before(shape: str, start: int) -> Modifier:
    """Return what the longest word that ends where a quantity begins says of it."""
    left = _per().sub("", shape[max(0, start - _REACH) : start].rstrip(" \t"))
    if left[-2:] in _words()["not"]:
        return "="
    for word in _by_edge("before").get(left[-1:], ()):
        if left.endswith(word):
            return _words()["before"][word]
    if left.endswith("过") and _ROUND.match(shape, start):
        return ">"
    if whole := _OF_WHOLE.search(shape, max(0, start - _SCOPE), start):
        return _words()["before"][whole[1]]
    found = _scope().search(shape, max(0, start - _SCOPE), start)
    return _words()["scope"][found[1]] if found else "="


def _after(shape: str, end: int) -> Modifier:
    """Return what the longest word that begins where a quantity ends says of it."""
    bracket = _BRACKET.match(shape, end)
    at = bracket.end() if bracket else end
    for word in _by_edge("after").get(shape[at : at + 1], ()):
        if shape.startswith(word, at):
            return _words()["after"][word]
    return "="


def modifier_of(shape: str, start: int, end: int, own: Modifier = "=", *, gap: bool = False) -> Modifier:
    """Return how exact a quantity is.

    Parameters
    ----------
    shape : str
        The folded text.
    start, end : int
        Where the quantity stands.
    own : Modifier
        What the quantity itself says (``40余万``).
    gap : bool
        Whether the quantity is a distance, as percentage points are: then 超过 and 低于 compare and do not modify.

    Returns
    -------
    Modifier
        ``=`` where nothing is said.

    Examples
    --------
    >>> modifier_of("签约率不低于75%。", 6, 9), modifier_of("约30家", 1, 4), modifier_of("80%(含)以上", 0, 3)
    ('>=', '~', '>=')
    """
    before, after = _before(shape, start), _after(shape, end)
    if gap and before in ("<", ">"):
        before = "="
    if after not in ("=", "~"):
        return after
    if own != "=":
        return own
    return before if before != "=" else after


def shared(shape: str, spans: list[tuple[int, int]], units: list[str], modifiers: list[Modifier]) -> list[Modifier]:
    """Let the members of a list share a modifier: ``分别超92%和94%``, ``保持在85%和65%左右``.

    Parameters
    ----------
    shape : str
        The folded text.
    spans : list of (int, int)
        The quantities, in order.
    units : list of str
        Their units, or what these measure in.
    modifiers : list of Modifier
        What each has by itself.

    Returns
    -------
    list of Modifier
        The same, filled in.

    Examples
    --------
    >>> shared("分别超98%和99%", [(3, 6), (7, 10)], ["%", "%"], [">", "="])
    ['>', '>']
    """
    result = list(modifiers)
    followed = [_after(shape, end) != "=" for _, end in spans]
    listed = [i for i, (one, other) in enumerate(pairwise(spans)) if LIST_GAP.fullmatch(shape, one[1], other[0])]
    each = {i for i in listed if _SHARING.search(shape, max(0, spans[i][0] - _LONGEST_LIST), spans[i][0])}
    for i in reversed(listed):  # 左右 behind the last is said of all
        is_shared = followed[i + 1] and (i in each or result[i + 1] == "~")
        if is_shared and result[i] == "=" and units[i] == units[i + 1]:
            result[i], followed[i] = result[i + 1], True
    for i in listed:
        if i in each and result[i + 1] == "=" and not followed[i]:
            result[i + 1] = result[i]
    return result
