"""Names of places in a text, before it is decided which place each means.

Start at `scan`: it finds the packaged names and the caller's own (`own_names`) by longest match and drops those that
their neighbours rule out. `healthie.regions` decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from healthie.gazetteer import Gazetteer, Match, Rows, own_rows, read_rows
from healthie.places import Place, table
from healthie.records import Region
from healthie.text import fold, remembered

__all__ = ["Entry", "Hit", "is_free_left", "is_free_right", "own_names", "scan", "stands_free"]

# Before and after a short name that could be an ordinary word: what lets it be a word of its own.
_OPEN_LEFT = frozenset("在于对向从由到赴与和及是为以至的了即如像往访离抵自让把将并或等")
_OPEN_RIGHT = frozenset("的等和与及在为是市县区州两三四五六七八九十各及率先也都已将先分获被有")
_HAN = regex.compile(r"\p{Han}")
_NAMED_AFTER = regex.compile(
    "街道|[镇乡村](?![镇乡村级街卫医])|[江河湖山峡岛]|运河|[东西南北中]?(?:路(?![过经径线])|大道|大街)"
)  # 古城街道, 黄浦江, 平陆运河, 北京东路
# What is named after a place and lies elsewhere in the town before it (广州白云机场).
_SITE = regex.compile("(?:国际)?机场|(?:火车|高铁|客运|[东西南北])?站(?!位)|口岸|大桥|水库|电站|古城|港区|湿地|体育场")
_CODE = regex.compile("[0-9]{6}")


@dataclass(slots=True)
class Entry:
    """What the tables say of one surface."""

    full: tuple[Place, ...] = ()
    short: tuple[Place, ...] = ()
    zone: str = ""
    kind: str = ""  # of a deictic word: the type of the place it points to
    marked: bool = True
    is_word: bool = False
    use: str = "0"  # of a word: 1 if it often has another sense, 2 if even after a place
    is_block: bool = False
    own: Region | None = None  # the caller's own place, which is not to be decided


@dataclass(slots=True)
class Hit:
    """A surface in the text, and the place it was found to mean."""

    start: int
    end: int
    entry: Entry
    place: Place | None = None
    name: str = ""

    @property
    def code(self) -> str:
        """The code of the place, empty where it has none."""
        return self.entry.own.code if self.entry.own else self.place.code if self.place else ""


@lru_cache(maxsize=1)
def _names() -> Gazetteer[Entry]:
    """Load all packaged surfaces, once."""
    entries: dict[str, Entry] = {}
    for row in table().rows:
        if row.code == "100000":
            continue
        entries.setdefault(row.name, Entry()).full += (row,)
        for short in row.shorts.split("|") if row.shorts else ():
            entries.setdefault(short, Entry()).short += (row,)
    for name, code in read_rows("region_aliases"):
        place = table().at(code, "999912")
        if place is not None:
            entries.setdefault(name, Entry()).short += (place,)
    for word, use in read_rows("region_words"):
        entry = entries.setdefault(word, Entry())
        entry.is_word, entry.use = True, use
    for word, kind, marked in read_rows("region_deixis"):
        entry = entries.setdefault(word, Entry())
        entry.kind, entry.marked = kind, marked == "1"
    for word, name in read_rows("zones"):
        entries.setdefault(word, Entry()).zone = name
    for (word,) in read_rows("region_blocks"):
        entries[word] = Entry(is_block=True)
    return Gazetteer(entries.items())


@remembered  # a report is read twice: for its own place, and then with that place
def _packaged(plain: str) -> tuple[Match[Entry], ...]:
    return tuple(_names().find(plain, folded=True))


def own_names(rows: Rows) -> Gazetteer[Entry] | None:
    """Build the scan over a caller's places.

    Parameters
    ----------
    rows : path or iterable
        As for `healthie.regions.RegionFinder`; of two rows with one surface the later counts.

    Returns
    -------
    Gazetteer or None
        None where there are no rows.

    Raises
    ------
    ValueError
        If a code is not of six digits.
    """
    own = {surface: Entry(own=region) for surface, region in _own_places(rows)}
    return Gazetteer(own.items()) if own else None


def _own_places(rows: Rows) -> Iterator[tuple[str, Region]]:
    """Yield every surface of a caller's rows, and the place it names."""
    for row in own_rows(rows):
        name, code, variants = (*row, "", "")[:3]
        if code and not _CODE.fullmatch(code):
            raise ValueError(f"{code!r} is no code for {name!r}: give six digits, or leave the cell empty.")
        for surface in (name, *variants.split("|")):
            if surface:
                yield fold(surface), Region(code, name)


def scan(plain: str, own: Gazetteer[Entry] | None = None) -> Iterator[Hit]:
    """Yield the names of places; one that its neighbours rule out gives way to one that begins inside it.

    Parameters
    ----------
    plain : str
        A text, folded.
    own : Gazetteer, optional
        The caller's places, by `own_names`.

    Yields
    ------
    Hit
        In the order of the text; no two overlap.
    """
    matches = list(_packaged(plain))
    taken = bytearray(len(plain))
    if own is not None:
        matches = _with_own(matches, own.find(plain, folded=True), taken)
    at = last = 0
    for match in matches:
        if match.start < at:
            continue
        entry = match.payloads[0]
        start, end = match.start, match.end
        if entry.is_word and start != last and not stands_free(plain, start, end):
            inner = next(_names().find(plain[start + 1 : end + 12], folded=True), None)
            if inner is not None and start + 1 + inner.start < end < start + 1 + inner.end:
                begin, stop = start + 1 + inner.start, start + 1 + inner.end
                if not any(taken[begin:stop]):
                    start, end, entry = begin, stop, inner.payloads[0]
        if plain[end - 1] == "市" and plain.startswith("场", end):  # 义乌|市场
            short = next(_names().find(plain[start : end - 1], folded=True), None)
            if short is None or short.end != end - 1 - start:
                continue
            end, entry = end - 1, short.payloads[0]
        at = end
        is_site = start == last and _SITE.match(plain, end) is not None
        in_name = entry.short and not entry.kind and (is_site or _is_part_of_name(plain, end))
        if not entry.is_block and not in_name:
            last = end
            yield Hit(start, end, entry)


def _with_own(packaged: list[Match[Entry]], own: Iterator[Match[Entry]], taken: bytearray) -> list[Match[Entry]]:
    """Return both, of two that overlap the longer, and mark in `taken` where the caller's are."""
    lengths = [0] * len(taken)
    for match in packaged:
        lengths[match.start : match.end] = [match.end - match.start] * (match.end - match.start)
    kept = [match for match in own if max(lengths[match.start : match.end]) <= match.end - match.start]
    for match in kept:
        taken[match.start : match.end] = b"\1" * (match.end - match.start)
    kept += [match for match in packaged if not any(taken[match.start : match.end])]
    return sorted(kept, key=lambda match: match.start)


def _is_part_of_name(plain: str, end: int) -> bool:
    """Tell whether a short name only begins the name of a street, a town or a river (古城街道, 赤水河)."""
    if not _NAMED_AFTER.match(plain, end):
        return False
    following = next(_names().find(plain[end : end + 12], folded=True), None)
    return following is None or following.start > 0


def is_free_left(plain: str, start: int) -> bool:
    """Tell whether a word may begin here: behind nothing, a mark, or a character that leads a place in."""
    left = plain[start - 1] if start else ""
    return not left or left in _OPEN_LEFT or not _HAN.match(left)


def is_free_right(plain: str, end: int) -> bool:
    """Tell whether a word may end here."""
    right = plain[end : end + 1]
    return not right or right in _OPEN_RIGHT or not _HAN.match(right)


def stands_free(plain: str, start: int, end: int) -> bool:
    """Tell whether the characters on both sides let a word stand on its own."""
    return is_free_left(plain, start) and is_free_right(plain, end)
