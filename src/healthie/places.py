"""The table of administrative divisions (GB/T 2260): every code and name since 1980, with the months it held.

`Table` is the index over ``data/regions.tsv``; `table()` loads it once. `resolve_region`, `parents` and `current`
answer for one place; `healthie.regions` finds places in a text.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import regex

from healthie.gazetteer import read_rows
from healthie.records import Region
from healthie.text import fold

__all__ = ["Place", "Table", "current", "is_under", "month_of", "parents", "resolve_region", "table"]

_DATE = regex.compile(r"(\d{4})(?:-(\d{1,2}))?")
_TODAY = "999912"
_LONGEST_PATH = 100  # characters: four names, each longer than any that there is


class Place(NamedTuple):
    """One name under one code, in the months from `start` to before `end` (YYYYMM; empty is open)."""

    code: str
    name: str
    shorts: str
    level: str
    parent: str
    start: str
    end: str
    successor: str

    def holds(self, month: str) -> bool:
        """Tell whether the name was in force in a month."""
        return (not self.start or self.start <= month) and (not self.end or month < self.end)


class Table:
    """The rows of the table, by code and by name."""

    __slots__ = ("begins", "by_code", "by_name", "ends", "rows")

    def __init__(self, rows: list[Place], aliases: Iterable[tuple[str, ...]] = ()) -> None:
        """Index the rows, and the names of other making (name, code)."""
        self.rows = rows
        self.by_code: dict[str, list[Place]] = {}
        self.by_name: dict[str, list[Place]] = {}
        for row in rows:
            self.by_code.setdefault(row.code, []).append(row)
            self.by_name.setdefault(row.name, []).append(row)
            for short in row.shorts.split("|") if row.shorts else ():
                self.by_name.setdefault(short, []).append(row)
        for alias, code in aliases:
            self.by_name.setdefault(alias, []).extend(row for row in self.by_code[code] if not row.end)
        # What names begin and end with, so that a search for one gives up at once nearly everywhere.
        self.begins = frozenset(name[:2] for name in self.by_name)
        self.ends = frozenset(name[-2:] for name in self.by_name)

    def at(self, code: str, month: str) -> Place | None:
        """Return what stands under a code in a month; else the last that stood before it, else the first after it."""
        rows = self.by_code.get(code)
        if not rows:
            return None
        for row in rows:
            if row.holds(month):
                return row
        past = [row for row in rows if row.end and row.end <= month]
        return max(past, key=lambda row: row.end) if past else min(rows, key=lambda row: row.start)

    def chain(self, code: str, month: str) -> list[Place]:
        """Return a place and those above it, up to its province."""
        found: list[Place] = []
        while code and code != "100000" and len(found) < 4:
            place = self.at(code, month)
            if place is None:
                break
            found.append(place)
            code = place.parent
        return found


@lru_cache(maxsize=1)
def table() -> Table:
    """Load the packaged table, once."""
    return Table([Place._make(row) for row in read_rows("regions")], read_rows("region_aliases"))


def month_of(published: str) -> str:
    """Return the month (YYYYMM) of a date; the last of the year where no month is given; the far future without one.

    >>> month_of("2017-08-02"), month_of("2019")
    ('201708', '201912')
    """
    found = _DATE.match(published or "")
    return f"{found[1]}{int(found[2] or 12):02d}" if found else _TODAY


def resolve_region(code_or_name: str, *, published: str = "") -> Region:
    """Find the region that a code or a name stands for.

    Parameters
    ----------
    code_or_name : str
        A GB/T 2260 code of six digits (one of two or four is filled up), a full name, a short one, or a path of
        names from the province down (``江西省赣州市于都县``).
    published : str
        The date (``YYYY[-MM[-DD]]``) whose codes and names count; today's without it.

    Returns
    -------
    Region
        With its code and full name at that date.

    Raises
    ------
    TypeError
        If it is no str.
    ValueError
        If nothing has that code or name, or several places have.

    Examples
    --------
    >>> resolve_region("江西省赣州市于都县")
    Region(code='360731', name='于都县', text='', start=0, end=0)
    >>> resolve_region("余杭").code
    '330110'
    """
    if not isinstance(code_or_name, str):
        raise TypeError(f"region is a {type(code_or_name).__name__}: give a str, a six-digit GB/T 2260 code or a name.")
    month = month_of(published)
    asked = fold(code_or_name).strip()
    if asked.isdecimal():
        place = table().at(asked.ljust(6, "0"), month) if len(asked) in (2, 4, 6) else None
        if place is None:
            raise ValueError(
                f"No region has the code {code_or_name!r}; give one of GB/T 2260, such as 360731, or a name."
            )
        return Region(place.code, place.name)
    found = _by_path(asked, month)
    if not found:
        raise ValueError(f"No region is called {code_or_name!r}; give a full name such as 赣州市于都县, or a code.")
    if len(found) > 1:
        names = ", ".join(f"{_full(place, month)} ({place.code})" for place in found[:4])
        raise ValueError(f"{code_or_name!r} may be any of {names}; give the code, or the name with its province.")
    return Region(found[0].code, found[0].name)


def _full(place: Place, month: str) -> str:
    return "".join(above.name for above in reversed(table().chain(place.code, month)))


def _by_path(path: str, month: str) -> list[Place]:
    """Return the places that a name or a path of names can stand for, the highest level only."""
    if path in ("中国", "中华人民共和国"):
        path = "全国"
    if len(path) > _LONGEST_PATH:
        return []
    found = _by_name(path, month)
    cut = len(path) - 1
    while not found and cut >= 2:
        last = _by_name(path[cut:], month) if len(path) - cut >= 2 else []
        above = _by_path(path[:cut], month) if last else []
        found = [place for place in last if any(is_under(place.code, up.code) for up in above)]
        cut -= 1
    return found


def _by_name(name: str, month: str) -> list[Place]:
    places = table().by_name.get(name, [])
    held = [place for place in places if place.holds(month)]
    last = max((place.end for place in places if place.end and place.end <= month), default="")
    chosen = held or [place for place in places if place.end and place.end == last]
    full = [place for place in chosen if place.name == name]
    chosen = full or chosen
    top = min((place.level for place in chosen), default="")
    unique = {place.code: place for place in chosen if place.level == top}
    return list(unique.values())


def is_under(code: str, above: str) -> bool:
    """Tell whether a code lies under another, by its digits.

    >>> is_under("330110", "330100"), is_under("330110", "330200"), is_under("330110", "100000")
    (True, False, True)
    """
    stem = above[:2] if above[2:] == "0000" else above[:4] if above[4:] == "00" else above
    return code != above and (above == "100000" or code.startswith(stem))


def parents(region: Region, *, published: str = "") -> tuple[Region, ...]:
    """Return the places that a region lies in, from the next above it to the country.

    Parameters
    ----------
    region : Region
        Any region with a code; one without has no known parents.
    published : str
        The date whose divisions count; today's without it.

    Returns
    -------
    tuple of Region
        Empty for the country itself.

    Examples
    --------
    >>> [up.name for up in parents(resolve_region("余杭区"))]
    ['杭州市', '浙江省', '全国']
    """
    if not region.code or region.code == "100000":
        return ()
    chain = table().chain(region.code, month_of(published))
    above = [Region(place.code, place.name) for place in chain[1:]]
    return (*above, Region("100000", "全国"))


def current(region: Region) -> Region:
    """Follow a region through renames and mergers to what stands in its place today.

    Parameters
    ----------
    region : Region
        A region with a code of any year. Its name tells apart the places that had the same code at different times.

    Returns
    -------
    Region
        Today's code and name; the region unchanged where it has no code or the table knows no successor.

    Examples
    --------
    >>> current(Region("370802", "市中区")).name
    '任城区'
    """
    rows = table().by_code.get(region.code, [])
    place = next((row for row in rows if row.name == region.name), None) or table().at(region.code, _TODAY)
    seen = set()
    while place is not None and place.end and place.successor and place not in seen:
        seen.add(place)
        place = table().at(place.successor, place.end)
    if place is None or place.end:
        return region
    return Region(place.code, place.name)
