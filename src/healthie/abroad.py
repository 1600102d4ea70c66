"""Places in other countries: they have no code of GB/T 2260, and a fact about them names them as the text does.

Start at `last_abroad`. `data/lexicon.tsv` (abroad) lists countries, cities and those who speak for them;
`data/countries.tsv` tells which country the latter are of.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from healthie.gazetteer import Gazetteer, read_rows
from healthie.lexicon import pattern, words

__all__ = ["Abroad", "abroad_names", "country_of", "last_abroad"]

_NO_COUNTRY = "-"
# what a name stands right behind, and right before, that is part of a longer one
_LONGER_NAME = r"(?<!国)\p{Han}省"
# the rest of a list of parts of a country (甲州、乙州等多州)
_ROW_OF_PARTS = r"(?:[、和及][^,。;]{2,40})?等多?{part_of_country}"
_INSIDE_NAME = r"\p{Han}{2}[州省](?:[东西南北])?$"


class Abroad(NamedTuple):
    """A place in another country: where its name stands, or that of who acts for it, and what it is called."""

    start: int
    end: int
    name: str


@lru_cache(maxsize=1)
def abroad_names() -> Gazetteer[str]:
    """Return all names of other countries, their cities and those who speak for them."""
    return Gazetteer((word, word) for word in words("abroad"))


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Return the country of each word for those who speak or act for one; an empty name for bodies of none."""
    rows = ((name, said.split()) for name, said in read_rows("countries"))
    return {word: "" if name == _NO_COUNTRY else name for name, said in rows for word in said}


def country_of(short: str) -> str:
    """Return the country that one character stands for in headlines; an empty name where it is none.

    Parameters
    ----------
    short : str
        The character.

    Returns
    -------
    str
        Its name.

    Examples
    --------
    >>> country_of("美"), country_of("云")
    ('美国', '')
    """
    names = (name for name, _ in read_rows("countries") if name != _NO_COUNTRY)
    return next((name for name in names if name.startswith(short)), "") if short in words("short_country") else ""


def last_abroad(text: str, start: int, end: int) -> Abroad | None:
    """Return the last place in another country that a stretch names; else the country of who acts in it.

    Parameters
    ----------
    text : str
        Folded text.
    start, end : int
        The stretch.

    Returns
    -------
    Abroad or None
        Offsets into `text`; None where none is named.

    Examples
    --------
    >>> last_abroad("以军称,黎巴嫩南部12人死亡", 0, 10)
    Abroad(start=4, end=7, name='黎巴嫩')
    >>> last_abroad("俄军控制3个居民点", 0, 4).name
    '俄罗斯'
    """
    acting = named = part = None
    for first, last, _ in reversed(list(abroad_names().spans(text[start:end]))):
        word = text[start + first : start + last]
        if pattern(_INSIDE_NAME).search(text, start, start + first) or pattern(_LONGER_NAME).match(text, start + last):
            continue  # 田纳西州马里恩县, 马里卜省
        if pattern(_ROW_OF_PARTS).match(text, start + last):
            part = part or Abroad(start + first, start + last, word)
            continue
        given = pattern("{gives_to}").match(text, start + last) is not None
        if given and text[start + first - 1 : start + first] in words("toward"):
            part = part or Abroad(start + first, start + last, _countries().get(word) or word)
            continue  # 甲国|向|乙国提供
        country = _countries().get(word)
        if named is None and pattern("{foreign_named}(?!生)").match(text, start + last):
            named = Abroad(start + first, start + last, country or word)  # 甲国的|乙国|医院
        elif country is None:
            return Abroad(start + first, start + last, word)
        if country and acting is None:
            acting = Abroad(start + first, start + last, country)
    return acting or named or part
