"""Which place a report is about: the one with most evidence, by where and how places are named.

Start at `home_place`. `_Evidence` weighs the places: of the title, the signature and the index table most, then those
before the name of a body (X县卫生健康局) and behind 健康, then every mention; places that send or get help from outside
count for nothing. 我县, 全市, 市卫健委 tell which level to prefer (`_Evidence.level`), 我国 speaks for all the country.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from healthie.document_words import any_word, template
from healthie.gazetteer import read_rows
from healthie.places import Place, is_under, month_of, resolve_region, table
from healthie.region_names import is_free_right
from healthie.regions import find_regions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthie.page import Page
    from healthie.records import Entity, Region

__all__ = ["home_place"]

_NATION = "100000"
# Weights of a place by where it is named; a mention anywhere in the text has half a point.
_IN_TITLE, _IN_SIGNATURE, _IN_CELL, _IN_SOURCE, _IN_PAGE = 12.0, 9.0, 8.0, 4.0, 1.5
_BEFORE_ORGAN, _MENTION = 1.5, 0.5
_MOST_ORGANS, _MOST_MENTIONS, _MOST_IN_PAGE = 6, 12, 3
# What is left of the weight of a place of another level than 全市, 我县 speak of; and of one that the title names.
_OTHER_LEVEL, _OTHER_LEVEL_IN_TITLE = 0.4, 0.6
# What part of the mentions a place must have to be what a piece of national news is about.
_LEADING_PART = 0.6
# How much weight a place needs to count at all, and how much if it is of that level.
_LEAST, _LEAST_BY_LEVEL = 0.9, 0.5
# So many provinces that weigh the same are only listed.
_MANY = 3
# the depth of a city
_CITY = 2
_LONGEST_NAME = 15
_LONGEST_WORK = 30
# Names of places that are words of every report.
_EVERYWHERE = frozenset({"城区", "郊区", "矿区", "市区", "新区", "全州", "城镇", "中心区"})
_CLAUSE = regex.compile(r"(?:^|[\s,。;])(?=\p{Han}{1,6}[省市县区旗州盟]\p{Han})")
_NATION_IN_TITLE = regex.compile("我国|全国|(?<!健康)中国")
_HEALTHY = regex.compile(r"健康(?=\p{Han}{2,8})")


def home_place(text: str, page: Page, published: str) -> Region | None:
    """Return the place that a report is about, or None where nothing shows it.

    Parameters
    ----------
    text : str
        The text as given.
    page : Page
        Its form.
    published : str
        Its date, which decides between old and new names and codes.

    Returns
    -------
    Region or None
        Without a span in the text.
    """
    entities = find_regions(text, published=published)
    evidence = _Evidence(page, entities, published)
    local = evidence.by_level()
    if any_word("nationmedia").search(page.head) and not evidence.leads():
        local = {}
    nation = _nation(page)
    if not local or max(local.values()) < nation:
        is_national = nation > 0 or any(entity.id == _NATION for entity in entities)
        return resolve_region(_NATION) if is_national else None
    best = max(local, key=lambda code: (local[code], _depth(code)))
    provinces = {code[:2] for code, weight in local.items() if weight == local[best]}
    # a list of provinces (甲省、乙省、丙省等多地) is about none of them
    best = best if evidence.titled or evidence.level() else _above_equals(best, local)
    return resolve_region(best if len(provinces) < _MANY else _NATION, published=published)


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Return the names that often are no places, but parts of other words."""
    return frozenset(word for word, use in read_rows("region_words") if use == "2")


def _depth(code: str) -> int:
    """Return 1 for a province, 2 for a city, 3 for a county."""
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def _above_equals(best: str, weights: dict[str, float]) -> str:
    """Return a city, or the province above it where other cities of it weigh the same (a road from one to another)."""
    above = best[:2] + "0000"
    equals = [code for code in weights if _depth(code) == _CITY and code[:2] == best[:2] and code != best]
    is_one_of = _depth(best) == _CITY and any(weights[code] == weights[best] for code in equals)
    return above if is_one_of else best


class _Name(NamedTuple):
    """A name at a place of the text where only the report's own place stands, and the codes that it may mean."""

    start: int
    end: int
    codes: tuple[str, ...]


class _Evidence:
    """Weighs the places of one report."""

    def __init__(self, page: Page, entities: tuple[Entity, ...], published: str) -> None:
        self.page = page
        self.folded = page.folded
        self.published = published
        self.month = month_of(published)
        self.names = table().by_name
        self.begins, self.ends = table().begins, table().ends
        self.mentions: Counter[str] = Counter()
        self.context: Counter[str] = Counter()
        self.weights: defaultdict[str, float] = defaultdict(float)
        self.titled: set[str] = set()
        self._count(entities)
        self._weigh()

    # --- mentions -----------------------------------------------------------------------------------------------------

    def _count(self, entities: tuple[Entity, ...]) -> None:
        """Count the places named in the report, of two in a row (X市X区) the narrower one."""
        self.national = sum(e.id == _NATION for e in entities)
        coded = [e for e in entities if e.id.isdigit() and e.id != _NATION and e.text[:1] == e.name[:1]]
        follows = {e.start: e for e in coded}
        self.found = {e.start: _Name(e.start, e.end, (e.id,)) for e in coded}
        for entity in coded:
            if self._in_page(entity.start) or self._in_work(entity.start):
                continue
            self.context[entity.id] += 1
            inner = follows.get(entity.end)
            is_outer = inner is not None and is_under(inner.id, entity.id)
            if not is_outer and not self._is_of_helper(entity.start, entity.end):
                self.mentions[entity.id] += 1

    def _in_page(self, at: int) -> bool:
        """Tell whether an offset stands in the furniture of the page."""
        i = bisect_right(self.page.page, (at, len(self.folded))) - 1
        return i >= 0 and at < self.page.page[i][1]

    def _in_work(self, at: int) -> bool:
        """Tell whether an offset stands inside the title of a work, which tells of anywhere (《梦回敦煌》)."""
        opened = self.folded.rfind("《", max(0, at - _LONGEST_WORK), at)
        return 0 <= opened < at - 1 and "》" not in self.folded[opened:at] and "\n" not in self.folded[opened:at]

    def _is_of_helper(self, start: int, end: int) -> bool:
        """Tell whether a place is where help or visitors come from or go to (由X市选派, 支援X省)."""
        before = self.folded[max(0, start - 6) : start]
        gives = template(r"(?:{organ})?(?:{gives}|{sends}[^,。;\n]{0,24}?{here})")
        return bool(template("(?:{helpto})$").search(before) or gives.match(self.folded, end))

    # --- names by where they stand ------------------------------------------------------------------------------------

    def _weigh(self) -> None:
        page, weights = self.page, self.weights
        for code, count in self.mentions.items():
            weights[code] += min(count, _MOST_MENTIONS) * _MENTION
        for span in filter(None, (page.title, page.subtitle)):
            for name in self._of_title(*span):
                self.titled |= {code} if (code := self._meant(name)) else set()
            self.titled -= {code for code in self.titled if any(is_under(other, code) for other in self.titled)}
        for code in self.titled:
            weights[code] += _IN_TITLE
        signed = self.folded[slice(*page.signature)] if page.signature else ""
        for cell, weight in ((signed, _IN_SIGNATURE), (page.body_cell, _IN_CELL), (page.source_cell, _IN_SOURCE)):
            if cell and not any_word("media").search(cell):  # a paper writes about many places
                at = page.signature[0] if page.signature and cell is signed else self.folded.find(cell)
                self._add(self._at(at, at + len(cell)) if at >= 0 else None, weight)
        for names, weight, most in (
            (self._before_organs(), _BEFORE_ORGAN, _MOST_ORGANS),
            (self._of_sites(), _IN_PAGE, _MOST_IN_PAGE),
            (self._of_clauses(), _MENTION, _MOST_MENTIONS),
        ):
            for code, count in Counter(filter(None, map(self._meant, names))).items():
                weights[code] += min(count, most) * weight

    def _add(self, name: _Name | None, weight: float) -> None:
        if name and (code := self._meant(name)):
            self.weights[code] += weight

    def _of_title(self, start: int, end: int) -> Iterator[_Name]:
        """Find the names of the title: at its beginning, before a body, behind 健康, and every sure one."""
        title = self.folded[start:end]
        start = at = start + len(title) - len(title.lstrip("-"))
        while at < end:
            can_begin = at == start or template("(?<={titleleft})").match(self.folded, at) is not None
            name = self._at(at, end, is_sure=can_begin) or self.found.get(at)
            if (
                name
                and at not in self.found
                and (self._runs_on(name) or (name.end - name.start == 2 and not can_begin))
            ):
                name = None
            if name and not self._is_of_helper(name.start, name.end) and not self._is_venue(name):
                yield name
            at = name.end if name else at + 1

    def _is_venue(self, name: _Name) -> bool:
        """Tell whether a name only says where the meeting was that a title tells of (全区工作会议在甲市召开)."""
        if self.folded[max(0, name.start - 1) : name.start] != "在":
            return False
        return template("(?:成功|隆重|顺利)?{convened}").match(self.folded, name.end) is not None

    def _runs_on(self, name: _Name) -> bool:
        """Tell whether a short name begins a longer word (解放军, 中西部)."""
        word = self.folded[name.start : name.end]
        return word in _common_words() and not is_free_right(self.folded, name.end)

    def _before_organs(self) -> Iterator[_Name]:
        """Find the names right before bodies, and behind 健康 (健康海盐), in the whole text."""
        for match in any_word("organ").finditer(self.folded):
            name = self._before(match.start())
            if name and not self._is_of_helper(name.start, match.end()):
                yield name
        for match in _HEALTHY.finditer(self.folded):
            name = self._at(match.end(), match.end() + 8)
            if name and template(r"[”\"]?(?:{healthy}|[\s,。、”\"])").match(self.folded, name.end):
                yield name

    def _of_clauses(self) -> Iterator[_Name]:
        """Find the full names that open a clause and were not found as places, being words too (和平区扎实推进)."""
        for match in _CLAUSE.finditer(self.folded):
            if match.end() not in self.found:
                name = self._at(match.end(), match.end() + _LONGEST_NAME, is_sure=False)
                is_long = name and (name.end - name.start > 2 or self._recurs(name))
                if name and is_long and not self._is_of_helper(name.start, name.end):
                    yield name

    def _recurs(self, name: _Name) -> bool:
        """Tell whether a name of two characters stands in the text again, so that it is no chance (易县)."""
        return self.folded.count(self.folded[name.start : name.end]) > 1

    def _of_sites(self) -> Iterator[_Name]:
        """Find the names of sites and publishers in the lines around the report."""
        for start, end in self.page.page:
            for match in any_word("site").finditer(self.folded, start, end):
                if name := self._before(match.start()):
                    yield name

    # --- names by the table -------------------------------------------------------------------------------------------

    def _at(self, start: int, end: int, *, is_sure: bool = True, is_inner: bool = False) -> _Name | None:
        """Return the name that begins at an offset, of a path of names (X市X区) the last; not sure: only full names."""
        end = min(end, len(self.folded))
        while start < end and self.folded[start] in ' "“(':
            start += 1
        if self.folded[start : start + 2] not in self.begins:
            return None
        for size in range(min(_LONGEST_NAME, end - start), 1, -1):
            name = self.folded[start : start + size]
            codes = self._codes(name, with_shorts=is_sure)
            if codes and (is_inner or name not in _EVERYWHERE):
                inner = self._at(start + size, end, is_inner=True)
                within = tuple(c for c in inner.codes if any(is_under(c, code) for code in codes)) if inner else ()
                return _Name(start, inner.end, within) if inner and within else _Name(start, start + size, codes)
        return None

    def _before(self, end: int) -> _Name | None:
        """Return the name that ends at an offset, the longest one."""
        if self.folded[max(0, end - 2) : end] not in self.ends:
            return None
        for size in range(min(_LONGEST_NAME, end), 1, -1):
            name = self.folded[end - size : end]
            codes = self._codes(name, with_shorts=True)
            if codes:
                outer = self._before(end - size)
                within = tuple(c for c in codes if any(is_under(c, code) for code in outer.codes)) if outer else ()
                if within or name not in _EVERYWHERE:
                    return _Name(end - size, end, within or codes)
        return None

    def _codes(self, name: str, *, with_shorts: bool) -> tuple[str, ...]:
        """Return the codes of the places of a name, of those in force if there are any."""
        if name not in self.names:
            return ()
        places = [p for p in self.names[name] if (with_shorts or p.name == name) and p.code != _NATION]
        held = [p for p in places if p.holds(self.month)]
        places = [p for p in places if p.name == name]
        return tuple({p.code: p for p in held or places})

    def _meant(self, name: _Name) -> str:
        """Return the code that a name means here: the one whose city and province the text names most."""
        ranked = sorted(((self._kin(code), -_depth(code), code) for code in name.codes), reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]):
            return ""
        return ranked[0][2]

    def _kin(self, code: str) -> float:
        """Weigh what the text names of the places above and beside one."""
        near = {code[:2] + "0000": 2.0, code[:4] + "00": 4.0} | {code: 5.0}
        own = sum(self.context[other] * weight for other, weight in near.items())
        beside = sum(n for other, n in self.context.items() if other[:4] == code[:4] and other != code)
        return own + beside / 2

    # --- the level ----------------------------------------------------------------------------------------------------

    def by_level(self) -> dict[str, float]:
        """Lift the places of the level that 全市, 我县 speak of, and those above the places named; drop faint ones."""
        lifted = dict(self.weights)
        for code, weight in self.weights.items():
            for above in {code[:2] + "0000", code[:4] + "00"} - {code}:
                if above in self.weights or weight < _IN_TITLE / 2:  # a county of the title is no sign of its city
                    lifted[above] = lifted.get(above, 0.0) + min(weight, 2.0) / 2
        usual = self.level()
        kept = {}
        for code, weight in lifted.items():
            name = self._name(code)
            fits = bool(usual) and _is_of_level(name, usual)
            other = _OTHER_LEVEL_IN_TITLE if code in self.titled else _OTHER_LEVEL
            if name and weight >= (_LEAST_BY_LEVEL if fits else _LEAST):
                kept[code] = weight if fits or not usual else weight * other
        if kept or (not usual and any_word("country").search(self.folded)):
            return kept
        return {code: weight for code, weight in self.weights.items() if self._name(code)}

    def leads(self) -> bool:
        """Tell whether the title names a place, or most mentions are of one province, not of others or the country."""
        provinces: Counter[str] = Counter()
        for code, count in self.mentions.items():
            provinces[code[:2]] += count
        most = max(provinces.values(), default=0)
        return bool(self.titled) or most > _LEADING_PART * (self.national + sum(provinces.values()))

    def level(self) -> str:
        """Return the type of place that the text speaks of as its own: 县, 市, 区; empty where it does not."""
        types: Counter[str] = Counter()
        for match in template("(?:(?P<c>{compared})|(?P<our>我|本)|全)(?P<type>{type})(?!域)").finditer(self.folded):
            types[match["type"]] += 0 if match["c"] else 3 if match["our"] else 2
        for match in template(r"(?<![\p{Han}])(?P<type>{type})(?:级|直|属|{organ})").finditer(self.folded):
            types[match["type"]] += 1
        return max(types, key=types.__getitem__) if any(types.values()) else ""

    def _name(self, code: str) -> str:
        """Return the name of the place under a code, empty where there is none, as under 110100."""
        place: Place | None = table().at(code, self.month)
        return place.name if place else ""


def _is_of_level(name: str, level: str) -> bool:
    if level in ("自治区", "地区"):
        return name.endswith(level)
    return name.endswith(level) and not (level == "区" and name.endswith("地区"))


def _nation(page: Page) -> float:
    """Weigh the evidence that a text is about the whole country."""
    ours, bodies = any_word("nation").findall(page.folded), any_word("nationorgan").findall(page.folded)
    in_title = bool(_NATION_IN_TITLE.search(page.name)) and not any_word("organ").search(page.name)
    return min(len(ours), 8) + 0.75 * min(len(bodies), 6) + _IN_TITLE * in_title
