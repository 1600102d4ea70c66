"""Regions in a text: names, short names, words that point to the report's own place, and places without a code.

Start at `find_regions`; `RegionFinder` takes places of one's own too. `healthie.region_names` gives the names that
their neighbours allow; `_Reader` goes through them in order and decides which place each one means, by the report's
place, the names around it and what the text has named before; `healthie.settlements` adds towns and villages.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from healthie.abbreviations import find_abbreviations
from healthie.gazetteer import Gazetteer, Rows
from healthie.places import Place, current, is_under, month_of, parents, resolve_region, table
from healthie.records import Entity, Region
from healthie.region_names import Entry, Hit, is_free_left, is_free_right, own_names, scan, stands_free
from healthie.settlements import find_settlements
from healthie.text import fold

__all__ = ["RegionFinder", "current", "find_regions", "parents", "resolve_region"]

_LEVEL_ENDS = "级属直定"
# 安全|区, 基本|市: what before the first character of a pointing word makes it the end of another.
_NO_LEFT = {"本": frozenset("基根日资成样书版课剧原标文"), "我": frozenset("自忘"), "全": frozenset("安健完齐")}
_LIST = regex.compile(r"[、,，/·和与及\s]{1,2}|以及")
_ZONE_SUFFIX = regex.compile("经济区|经济圈|经济带|城市群|都市圈|一体化示范区|生态绿色一体化发展示范区")
_NEAR, _FAR = 60, 400
_LISTED = 6  # names of one list, those that are looked at
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})  # of two districts of one name the better known one
_SHORT_PRIOR = {"1": 6, "2": 4, "3": 0, "0": 6}


class _Choice(NamedTuple):
    """One place that a name may mean, its weight, and what supports it.

    The support is ``"parent"`` or ``"province"`` right before the name, ``"list"`` beside it, or nothing.
    """

    score: int
    support: str
    place: Place
    is_short: bool


class RegionFinder:
    """Finds places in texts; takes places of one's own besides the packaged ones.

    Parameters
    ----------
    rows : path or iterable, optional
        Names, or rows of a name, its code of six digits (or nothing) and its variants parted by ``|``; or the path of
        such a table of tab-separated values. Of these names and the packaged ones the longest match counts; of two as
        long, that of these rows.

    Raises
    ------
    TypeError
        If a row is neither a str nor a sequence of str.
    ValueError
        If a row has no name, a code is not of six digits, or the file is not UTF-8.
    FileNotFoundError
        If there is no such file.

    Examples
    --------
    >>> find = RegionFinder([("滨江新城", "", "滨江片区"), ("瓷都高新区", "360298")])
    >>> [(e.text, e.id, e.name) for e in find("滨江片区与瓷都高新区各建医院1所")]
    [('滨江片区', '滨江新城', '滨江新城'), ('瓷都高新区', '360298', '瓷都高新区')]
    """

    __slots__ = ("_own",)

    def __init__(self, rows: Rows = ()) -> None:
        """Build the scan over the caller's places."""
        self._own = own_names(rows)

    def __call__(
        self, text: str, *, home: Region | None = None, published: str = "", levels: bool = False
    ) -> tuple[Entity, ...]:
        """Find the places that a text names or points to, as `find_regions` does.

        Parameters
        ----------
        text : str
            Any text.
        home : Region, optional
            The place the text reports on.
        published : str
            The date of the text, ``YYYY[-MM[-DD]]``.
        levels : bool
            True to find also the words for a level of government.

        Returns
        -------
        tuple of Entity
            In the order of the text; `id` is the code, or the name of a place without one.
        """
        plain = fold(text)
        month = month_of(published)
        reader = _Reader(plain, self._own, home, month, levels)
        found = [
            Entity(hit.start, hit.end, text[hit.start : hit.end], "REGION", hit.code or hit.name, hit.name)
            for hit in reader.read()
        ]
        found.extend(find_settlements(text, plain, found))
        found.extend(find_abbreviations(text, plain, reader.home, found, month))
        return tuple(sorted(found, key=lambda entity: entity.start))


_packaged = lru_cache(maxsize=1)(RegionFinder)


def find_regions(
    text: str, *, home: Region | None = None, published: str = "", levels: bool = False
) -> tuple[Entity, ...]:
    """Find the places that a text names or points to.

    Parameters
    ----------
    text : str
        Any text.
    home : Region, optional
        The place the text reports on: what 全县 and 我市 point to, and what decides between places of one name.
    published : str
        The date of the text (``YYYY[-MM[-DD]]``): codes and names are those in force then; today's without it.
    levels : bool
        True to find also the words for a level of government (市属, 省定, 县域), resolved in the same way.

    Returns
    -------
    tuple of Entity
        In the order of the text, with the label ``REGION``. `id` is the GB/T 2260 code; the name itself for a place
        without one (长三角, 花溪村) or one that nothing in the text tells from others of its name.

    Examples
    --------
    >>> found = find_regions("全县与安吉、德清共建", home=resolve_region("长兴县"))
    >>> [(e.text, e.id) for e in found]
    [('全县', '330522'), ('安吉', '330523'), ('德清', '330521')]
    """
    return _packaged()(text, home=home, published=published, levels=levels)


class _Reader:
    """Goes through the hits of one text and decides what each means."""

    def __init__(self, plain: str, own: Gazetteer[Entry] | None, home: Region | None, month: str, levels: bool) -> None:
        self.plain = plain
        self.month = month
        self.levels = levels
        self.home = table().chain(home.code, month) if home and home.code else []
        self.is_national = not self.home
        self.hits = list(scan(plain, own))
        self.done: list[Hit] = []
        self.named: dict[str, str] = {}  # surface → code it was decided to mean
        self.codes: set[str] = set()  # codes named in full anywhere in the text
        self._note_full_names()

    def _note_full_names(self) -> None:
        for hit in self.hits:
            held = {place.code for place in hit.entry.full if place.holds(self.month)}
            if len(held) == 1 and not hit.entry.is_word:
                self.codes |= held

    def read(self) -> list[Hit]:
        """Return the hits that mean a place."""
        for at, hit in enumerate(self.hits):
            if self._is_whole(hit) and self._decide(hit, at):
                self.done.append(hit)
        return self.done

    def _is_whole(self, hit: Hit) -> bool:
        """Drop 达州 before 级 (the words are 达 and 州级) and 西安区 before 域."""
        if self.plain.startswith("域", hit.end) and self.plain[hit.end - 1] == "区":
            return False
        if hit.end < len(self.plain) and self.plain[hit.end] in _LEVEL_ENDS and hit.entry.short:
            return self.plain[hit.end - 1] not in "省市州县区旗"
        return True

    def _decide(self, hit: Hit, at: int) -> bool:
        entry = hit.entry
        if entry.own:
            hit.name, hit.place = entry.own.name, table().at(entry.own.code, self.month)
            return True
        is_name = bool(entry.full or entry.short)
        follows = bool(self.done) and self.done[-1].end == hit.start
        if is_name and entry.kind and follows and self._choose(hit, at):  # 广西全州
            return True
        if entry.kind and (entry.marked or self.levels) and self._point(hit):
            return True
        if is_name:
            return self._choose(hit, at) and self._cut_level(hit)
        if entry.zone and (not entry.is_word or stands_free(self.plain, hit.start, hit.end)):
            suffix = _ZONE_SUFFIX.match(self.plain, hit.end)
            hit.end = suffix.end() if suffix else hit.end
            hit.name = entry.zone + (suffix[0] if suffix else "")
            return True
        return False

    def _cut_level(self, hit: Hit) -> bool:
        """Take 县 off the last name of a list of short ones before 域: 海盐、桐乡县域 is 海盐, 桐乡 and 县域."""
        before = self.done[-1] if self.done else None
        if self.plain.startswith("域", hit.end) and before and before.place and hit.place:
            in_list = _LIST.fullmatch(self.plain[before.end : hit.start][:3])
            if in_list and self.plain[before.end - 1] != before.place.name[-1] and hit.end - hit.start > 2:
                hit.end -= 1
        return True

    # Words that point

    def _point(self, hit: Hit) -> bool:
        kind = hit.entry.kind
        if kind == "国":
            hit.place, hit.name = table().at("100000", self.month), "全国"
            return True
        if kind == "首都":
            is_ours = self.home[-1].code == "110000" if self.home else stands_free(self.plain, hit.start, hit.end)
            hit.place = table().at("110000", self.month) if is_ours else None
        elif self._is_bare_fit(hit):
            hit.place = self._pointed_at(hit, kind)
        if hit.place is None:
            return False
        hit.name = hit.place.name
        return True

    def _is_bare_fit(self, hit: Hit) -> bool:
        """Tell whether the characters around a pointing word let it be one."""
        left = self.plain[hit.start - 1] if hit.start else ""
        right = self.plain[hit.end : hit.end + 1]
        first = self.plain[hit.start]
        if first in _NO_LEFT:
            return left not in _NO_LEFT[first]
        if hit.entry.kind == "自治区":
            return left not in ("(", "各", "个", "、") and right not in ("、", ")", "级", "属", "直", "管")
        return is_free_left(self.plain, hit.start)

    def _pointed_at(self, hit: Hit, kind: str) -> Place | None:
        """Return the place of the right type: right before the word, the report's own, or the nearest in the text."""
        before = self.done[-1] if self.done else None
        if before and before.end == hit.start and before.place and _is_kind(before.place, kind):
            return before.place
        for place in self.home:
            if _is_kind(place, kind):
                return place
        if kind == "区" and self.home and self.home[-1].name.endswith("自治区"):
            return self.home[-1]
        return self._nearest(hit, kind)

    def _nearest(self, hit: Hit, kind: str) -> Place | None:
        for other in reversed(self.done[-8:]):
            if hit.start - other.end > _FAR:
                break
            if other.place and _is_kind(other.place, kind):
                return other.place
        return None

    # Names

    def _choose(self, hit: Hit, at: int) -> bool:
        """Choose among the places of a name."""
        entry = hit.entry
        surface = self.plain[hit.start : hit.end]
        scored: dict[str, _Choice] = {}
        after = self._following(hit, at)
        for places, is_short in ((entry.full, False), (entry.short, True)):
            for place in places:
                score, support = self._score(hit, place, is_short, after)
                score += 4 * (self.named.get(surface) == place.code)
                if place.code not in scored or score > scored[place.code].score:
                    scored[place.code] = _Choice(score, support, place, is_short)
        ranked = sorted(scored.values(), key=lambda choice: (-choice.score, choice.place.level))
        best = ranked[0]
        is_even = len(ranked) > 1 and ranked[1].score == best.score
        if is_even and not is_under(ranked[1].place.code, best.place.code):
            if best.is_short or entry.is_word:
                return False
            if best.place.holds(self.month):
                hit.name = surface
                return True
            last = _last_held([choice for choice in ranked if choice.score == best.score])
            if last is None:
                return False
            best = last
        if not self._accept(hit, best):
            return False
        hit.place, hit.name = best.place, best.place.name
        self.named[surface] = best.place.code
        return True

    def _accept(self, hit: Hit, choice: _Choice) -> bool:
        """Tell whether a name may be taken at its word."""
        place = choice.place
        if choice.support:
            is_safe = hit.entry.use == "0" or (hit.entry.use == "1" and choice.support != "province")
            return choice.support == "list" or is_safe or is_free_right(self.plain, hit.end)
        is_known = place.code in self.codes or any(place.code == own.code for own in self.home)
        if hit.entry.is_word:
            return self._accept_word(hit, choice, is_known=is_known)
        if not place.holds(self.month):
            return not choice.is_short and hit.end - hit.start > 2
        if not choice.is_short or place.level != "3" or is_known:
            return True
        is_near = bool(self.home) and place.code[:2] == self.home[-1].code[:2]
        is_city = place.name.endswith("市") and is_free_left(self.plain, hit.start)  # 涿州|受灾企业
        return is_near or is_city or stands_free(self.plain, hit.start, hit.end)

    def _accept_word(self, hit: Hit, choice: _Choice, *, is_known: bool) -> bool:
        """Tell the same of a name that is an ordinary word too, and that no parent or list supports."""
        left, right = is_free_left(self.plain, hit.start), is_free_right(self.plain, hit.end)
        is_ours = is_known or (bool(self.home) and choice.place.code[:4] == self.home[0].code[:4])
        if not choice.is_short:
            if hit.entry.use == "0" and left and self._is_only_one(hit, choice.place):
                return True
            return is_ours and (left or (hit.end - hit.start > 2 and hit.entry.use == "0"))
        if hit.entry.use != "0":
            return is_known and left and right
        return (left or right) if is_known else left and (right or is_ours)

    def _is_only_one(self, hit: Hit, place: Place) -> bool:
        """Tell whether the report's own province has no other place of this name."""
        ours = self.home[-1].code[:2] if self.home else ""
        near = {other.code for other in hit.entry.full if other.code[:2] == ours and other.holds(self.month)}
        return near == {place.code}

    def _following(self, hit: Hit, at: int) -> Place | None:
        """Return the next name that is no ordinary word, if it is sure and listed with this one."""
        end = hit.end
        for other in self.hits[at + 1 : at + _LISTED]:
            if not _LIST.fullmatch(self.plain[end : other.start][:3]):
                return None
            if not other.entry.is_word:
                places = {p.code: p for p in other.entry.full or other.entry.short if p.holds(self.month)}
                return next(iter(places.values())) if len(places) == 1 else None
            end = other.end
        return None

    def _score(self, hit: Hit, place: Place, is_short: bool, after: Place | None) -> tuple[int, str]:
        """Weigh one place: how well it fits, and what in the text around the name supports it."""
        score = _SHORT_PRIOR[place.level] if is_short else 0
        score += place.code[:2] in _MUNICIPALITIES
        if not place.holds(self.month):
            is_ours = bool(self.home) and self.home[0].level != "1" and is_under(place.code, self.home[0].code)
            score -= 3 if is_ours else 15
        if self.home:
            score += _kinship(place, self.home[0])
        support = ""
        for other in reversed(self.done[-4:]):
            gap = hit.start - other.end
            if gap > _NEAR:
                break
            if other.place is None or other.entry.kind:
                continue
            between = self.plain[other.end : hit.start]
            if gap == 0 and is_under(place.code, other.place.code):
                score, support = score + 14, "parent" if place.parent == other.place.code else "province"
            elif gap <= 2 and _LIST.fullmatch(between) and _are_peers(place, other.place):
                score, support = score + (7 if place.parent == other.place.parent else 5), support or "list"
            else:
                score += _kinship(place, other.place) // 2
        if after is not None and _are_peers(place, after):
            score, support = score + (7 if place.parent == after.parent else 5), support or "list"
        return score, support


def _last_held(choices: list[_Choice]) -> _Choice | None:
    """Return the last of the codes that one place of the past had, or None if they are of several places."""
    today = {current(Region(choice.place.code, choice.place.name)).code for choice in choices}
    return max(choices, key=lambda choice: choice.place.end) if len(today) == 1 else None


def _is_kind(place: Place, kind: str) -> bool:
    """Tell whether a place is of the type that a pointing word asks for."""
    if kind == "自治区":
        return place.name.endswith("自治区")
    if kind == "区":
        return place.name.endswith("区") and not place.name.endswith(("自治区", "地区", "特别行政区"))
    return place.name.endswith(kind)


def _are_peers(one: Place, other: Place) -> bool:
    """Tell whether two places may well stand in one list: of one level, and in one province."""
    is_near = one.parent == other.parent or one.code[:2] == other.code[:2]
    return one.level == other.level and is_near and one.code != other.code


def _kinship(place: Place, other: Place) -> int:
    """Return how near two places are to each other in the tree."""
    if place.code == other.code:
        return 8
    if is_under(place.code, other.code) or is_under(other.code, place.code):
        return 7
    if place.level == "3" and place.code[:4] == other.code[:4]:
        return 6
    return 3 if place.code[:2] == other.code[:2] else 0
