"""Provinces called by one character: 沪浙两地, 在京就医, 驻粤部队.

Start at `find_abbreviations`. One character alone is hardly ever a place, so it counts only beside another one, or
between a word that leads a place in and one that may follow it. The report's own place may be called by its first
character in the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from healthie.gazetteer import read_rows
from healthie.places import Place, table
from healthie.records import Entity

__all__ = ["find_abbreviations"]

_LEADS = "驻赴抵返离来在入留"
_AFTER_CHAIN = regex.compile("高铁|铁路|高速|城际|动车|线")  # the names of railways


@lru_cache(maxsize=1)
def _signs() -> dict[str, str]:
    return {sign: code for sign, code in read_rows("region_abbreviations") if code != "after"}


@lru_cache(maxsize=64)
def _called(signs: str) -> regex.Pattern[str]:
    any_sign = f"[{regex.escape(signs)}]"
    return regex.compile(rf"(?<=[{_LEADS}]){any_sign}|{any_sign}{{2,4}}+")


@lru_cache(maxsize=1)
def _followers() -> regex.Pattern[str]:
    words = [word for word, use in read_rows("region_abbreviations") if use == "after"]
    return regex.compile(r"\P{Han}|$|" + "|".join(map(regex.escape, words)))


def find_abbreviations(
    text: str, plain: str, home: Sequence[Place], taken: Sequence[Entity], month: str = "999912"
) -> list[Entity]:
    """Find provinces and the report's own place under names of one character.

    Parameters
    ----------
    text, plain : str
        The text as given, and folded.
    home : sequence of Place
        The report's place and those above it.
    taken : sequence of Entity
        What has been found: a character inside it is passed over.
    month : str
        The month (YYYYMM) of the text.

    Returns
    -------
    list of Entity
        In the order of the text.

    Examples
    --------
    >>> text = "沪浙两地互认检查结果,专家来粤指导"
    >>> [(e.text, e.id) for e in find_abbreviations(text, text, (), ())]
    [('沪', '310000'), ('浙', '330000'), ('粤', '440000')]
    """
    codes = dict(_signs())
    own = {place.name[0]: place.code for place in home if place.level != "1"}
    signs = "".join({**codes, **own})
    starts = [(entity.start, entity.end) for entity in taken]
    inside = {at for start, end in starts for at in range(start, end)}
    codes = {**own, **codes}
    found = []
    for match in _called(signs).finditer(plain):
        if _is_called(plain, match.start(), match.end(), codes, own) and inside.isdisjoint(range(*match.span())):
            for at in range(match.start(), match.end()):
                place = table().at(codes[plain[at]], month)
                if place is not None:
                    found.append(Entity(at, at + 1, text[at], "REGION", place.code, place.name))
    return found


def _is_called(plain: str, start: int, end: int, codes: dict[str, str], own: dict[str, str]) -> bool:
    """Tell whether the characters are names here."""
    if end - start == 1:
        return bool(_followers().match(plain, end))
    has_province = any(sign in codes and sign not in own for sign in plain[start:end])
    return has_province and len(set(plain[start:end])) == end - start and not _AFTER_CHAIN.match(plain, end)
