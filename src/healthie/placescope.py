"""The place that governs a quantity from further away: named in its clause, told of before, or the report's own.

Start at `PlaceScope.region`: one object for a text, asked once for each quantity.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from healthie.abroad import last_abroad
from healthie.abroadscope import AbroadScope
from healthie.cues import THAN, is_part
from healthie.document_record import Document
from healthie.drafts import Draft
from healthie.lexicon import last_match, pattern, prefix, skip, suffix, words
from healthie.placement import NamedPlaces, Placement
from healthie.places import is_under
from healthie.prose import Prose
from healthie.records import Entity, Fact, Region
from healthie.stretches import Stretch, overlap
from healthie.timescope import TimeScope

__all__ = ["PlaceScope"]

# How many times and places back, and how many characters before a place in its clause, are looked at.
_FARTHEST, _LONGEST_OPENING = 24, 60
# a row of places that opens a clause is no longer than this
_LONGEST_ROW = 400
_RECENT = 60
_NATION = "100000"
# the attribute of a place that opens a clause (在率先试点的湖北,…; 位于西部的广西,…; 受强降雨影响的云县供水恢复,…)
_ATTRIBUTE = r"[^,。;:]{2,24}的$"
# what a place is called, before its name (在有名的药材大县|甲省乙县)
_CALLED, _LONGEST_CALLED = r"在[^,。;:]{2,16}{epithet}$", 24
# several places as one (三地, 五省)
_SEVERAL = r"(?:两|{digit}|\d|等)(?:地|省区?市?|市州?|县市?|区县?)(?=[\p{Han},])"
_ROW_OF_PLACES = r"(?:目前|其中|此外|同时)?,?\p{Han}{2,8}(?:、\p{Han}{2,8})*+$"
_PLACES_AS_ONE = r"(?:这)?(?:两|{digit})(?:地|市|县|区|省|州|县市|县区)(?:合计|共|占|累计)"
# what is measured over all parts of a place
_SPREAD = r"{spread}[^,。;]{0,8}$"
# the country as a whole, or the bodies of the place of the report, which a sentence turns to from the place told of
_OF_ALL = r"我国|(?<!\p{Han})[省市州盟](?:级|直|属|本级|财政)"
# where something was said, which is not what it tells of (在北京举行的发布会上,…)
_VENUE = r"(?:举[行办]|召开)的[^,。;]{2,20}上"
# a body in which others met (在云县医院召开的会议上)
_MEETS_IN = r"[^,。;]{2,30}(?:举[行办]|召开)"
# what took place there (计划在甲市启动,…)
_HELD = r"{held_there}(?:[^,。;]{0,16}(?:会|仪式|活动|论坛))?[,。;]"
# a site of a place (在云县的工厂)
_SITE = r"的\p{Han}{0,8}?{site_noun}"
# what belongs to the place of the report, behind one of its parts (甲县…,市属企业利润…)
_OWN_LEVEL = r"[,;。][省市区州县]属"
# what is told of a place stands in a clause of its own (甲地的一个园区,…)
_THING_OF = r"的[^,。;:]{2,20},"
# the rest of a name that a list goes on behind (甲地机场、乙地机场)
_LISTED_NAME = r"\p{Han}{1,8}、"
# how something of a place fares, which news goes on about (甲省|消费持续回暖,…)
_FARES = r"\p{Han}{2,8}?{steadily}\p{Han}{2}"
# what says of which place a value is the highest or lowest
_NAMES_FIRST = r"{superlative_word}的\p{Han}{0,4}(?:{being_verb}|有)$"
# what is of the whole country in a report on a part of it (全国共有…, 全国婴儿死亡率为…)
_NATIONAL = r"{national}|有\d|\p{Han}{2,10}?{rate_noun}[为是达]|[为是达]{hedge}*+\d"
_COMES_FIRST = r"{superlative_word},?{reach+hedge}*+"
_LONGEST_VERB = 6
# words that turn to another place stand at most so far before a quantity
_FARTHEST_WORD = 200
_SHORTEST_FULL = 2


class PlaceScope:
    """The governing places of one text.

    Parameters
    ----------
    prose : Prose
        The text.
    document : Document
        What the report says of itself.
    places : NamedPlaces
        The places, with where they stand in ``prose.text``.
    sentences : sequence of (int, int)
        The sentences.
    times : TimeScope
        The times of the text: a time that opens a sentence turns from the place told of before.
    """

    def __init__(
        self,
        prose: Prose,
        document: Document,
        places: NamedPlaces,
        sentences: Sequence[Stretch],
        times: TimeScope,
    ) -> None:
        self._prose = prose
        self._text = prose.text
        self._document = document
        self._times = times
        self._is_wide = _is_wide(document)
        self._is_national = document.region is not None and document.region.code == _NATION
        self._regions = [r for r in places.regions if r[2].id]
        self._region_ends = [r[1] for r in self._regions]
        self._placed = Placement(self._text, self._regions)
        self._seats = places.seats
        self._seat_starts = [start for start, _ in places.seats]
        self._pointers = [match.span() for match in pattern("{there}").finditer(self._text)]
        self._pointer_ends = [end for _, end in self._pointers]
        self._paragraphs = prose.paragraphs
        self._abroad = AbroadScope(prose, document, times)
        self._sentences = list(sentences)

    def region(self, sentence: Stretch, draft: Draft, qualified: Fact | None, since: int) -> Region | None:
        """Return the place that governs a quantity.

        That is one named before it in its clause, else that of the fact it qualifies (which stands at `since`), else
        one at the head of an earlier clause of its sentence, else the report's own. A place that it is compared with
        does not govern it.
        """
        own_clause = (draft.clause.start, draft.span[0])
        spreads = self._first_place(*own_clause) is None and pattern(_SPREAD).search(self._text, *draft.left)
        if spreads or pattern(_PLACES_AS_ONE).match(self._text, *own_clause):
            return self._document.region  # 甲县21例、乙市9例,两地占七成; 最低的甲县为3张,极差4张
        first = min(since, draft.clause.start) if qualified is not None else sentence[0]
        nearest = bisect_right(self._region_ends, draft.span[0]) - 1
        if nearest >= 0 and self._opens_bracket(self._regions[nearest], draft):
            return self.as_region(self._regions[nearest][2])
        for i in range(nearest, max(-1, nearest - _FARTHEST), -1):
            start, end, entity = self._regions[i]
            if start < first:
                break
            if start >= draft.clause.start and self._lists_places(start, end, draft):
                return self._document.region
            compared = overlap((start, end), draft.reference)
            governs = not compared and self._governs((start, end), entity.id, sentence, draft)
            if governs and (self._is_own(entity) or self._placed.in_row(start, end) or self._turns_home(end, draft)):
                return self._document.region
            if governs and self._reaches(i, sentence, draft):
                return self.as_region(entity)
            if governs and self._opens_clause(start, sentence):
                break
            if start < draft.clause.start and self._text[start - 1 : start] in words("clause_mark"):
                break  # 甲市建成…,乙市博物馆成为…,达标率…
        return qualified.region if qualified is not None else self._place_from_afar(sentence, draft)

    def _opens_bracket(self, place: tuple[int, int, Entity], draft: Draft) -> bool:
        """Tell whether a quantity alone stands in the bracket behind a place (较高的有甲县(12%)、乙县(9%))."""
        end, entity = place[1:]
        opens = self._text[end : end + 1] == "(" and end + 1 == draft.span[0]
        return opens and entity.id != _NATION and self._text[draft.span[1] : draft.span[1] + 1] == ")"

    def _lists_places(self, start: int, end: int, draft: Draft) -> bool:
        """Tell whether a place is one of several that a clause opens with (…,甲省、乙省|收购200万吨)."""
        rows = self._placed.in_row(start, end) and not overlap((start, end), draft.reference)
        rows = rows and end - draft.clause.start <= _LONGEST_ROW
        return rows and pattern(_ROW_OF_PLACES).match(self._text, draft.clause.start, end) is not None

    def _reaches(self, i: int, sentence: Stretch, draft: Draft) -> bool:
        """Tell whether a place of a sentence governs as far as a quantity: from its clause, or from the head of one."""
        start, end, entity = self._regions[i]
        if entity.id == _NATION and start < draft.clause.start and not self._is_national:
            return False  # 同期全国为6.7张,东部、西部依次为…
        outer = self._placed.outermost(start)
        led_in = self._text[outer - 1 : outer] in words("done_in") or self._apposed(outer, sentence)
        if start < draft.clause.start and led_in and pattern(_HELD).match(self._text, end):
            return False
        if start >= draft.clause.start or suffix(self._text, sentence[0], outer, "located"):
            return True
        if pattern(_COMES_FIRST).fullmatch(self._text, end, draft.span[0]):
            return True  # 占比甲省最高,达67%
        is_first = self._is_named_first(sentence, start)
        if is_first and self._text[end : draft.clause.start].strip() == ",":
            return True  # 签约率最高的是甲县,为32%
        return self._opens_clause(start, sentence) and (led_in or self._goes_on_about(end, entity))

    def _is_named_first(self, sentence: Stretch, start: int) -> bool:
        """Tell whether a place is named as the one with the highest or lowest value (签约率最高的是|甲县)."""
        return last_match(_NAMES_FIRST, self._text, max(sentence[0], start - _RECENT), start) is not None

    def _apposed(self, outer: int, sentence: Stretch) -> bool:
        """Tell whether a place stands behind what it is called, where something is done (在药材大县|甲省乙县,…)."""
        called = pattern(_CALLED).search(self._text, max(sentence[0], outer - _LONGEST_CALLED), outer)
        return called is not None and self._text[called.start() - 1] in ("", *words("clause_mark"), "\n")

    def _turns_home(self, end: int, draft: Draft) -> bool:
        """Tell whether what belongs to the place of the report stands between one of its parts and a quantity."""
        since = max(end, draft.span[0] - _FARTHEST_WORD)
        return pattern(_OWN_LEVEL).search(self._text, since, draft.span[0]) is not None

    def _place_from_afar(self, sentence: Stretch, draft: Draft) -> Region | None:
        """Return the place that is pointed at, named behind, or told of before a sentence; else the report's own."""
        at = draft.span[0]
        place = (
            self._place_of_body(sentence, draft)
            or self._place_of_topic(draft)
            or self._named_there(sentence[0], at)
            or self._place_behind(draft)
        )
        if place is None and not self._is_of_all(sentence, draft):
            place = self._told_of(draft.clause.start)
        if place is not None:
            return place
        is_abroad = self._document.region is None or self._abroad.is_abroad(draft)
        return self._abroad.place(draft) if is_abroad else self._document.region

    def _place_of_body(self, sentence: Stretch, draft: Draft) -> Region | None:
        """Return the place in the name of the body that opens a clause (云县人民医院|新增床位90张,设…)."""
        i = bisect_left(self._seat_starts, draft.span[0]) - 1
        if i < 0 or self._seat_starts[i] < sentence[0] or not self._opens_clause(self._seat_starts[i], sentence):
            return None
        if self._seat_starts[i] < draft.clause.start and self._first_place(self._seat_starts[i], draft.span[0]):
            return None
        start, entity = self._seats[i]
        own = self._document.region
        within = entity.id.isdigit() and (own is None or is_under(entity.id, own.code))
        led_by = suffix(self._text, sentence[0], start, "not_governing")
        return self.as_region(entity) if within and not led_by and not self._is_own(entity) else None

    def _place_of_topic(self, draft: Draft) -> Region | None:
        """Return the place right before a topic that an earlier clause names (甲县|检验中心扩容升级,年检测量…)."""
        start = draft.pieces[0][0] if draft.pieces else draft.clause.start
        i = bisect_left(self._region_ends, start)
        if start >= draft.clause.start or i == len(self._regions) or self._regions[i][1] != start:
            return None
        entity = self._regions[i][2]
        is_other = entity.id == _NATION or self._is_own(entity) or self._placed.holds_contest(*self._regions[i][:2])
        return None if is_other else self.as_region(entity)

    def _is_of_all(self, sentence: Stretch, draft: Draft) -> bool:
        """Tell whether a sentence turns from the place told of before to the country or to several places as one."""
        at = draft.span[0]
        ours = pattern(_OF_ALL).search(self._text, max(sentence[0], at - _FARTHEST_WORD), at)
        return bool(ours or pattern(_SEVERAL).search(self._text, max(draft.clause.start, at - _FARTHEST_WORD), at))

    def _place_behind(self, draft: Draft) -> Region | None:
        """Return the place behind a count of wide news in which those counted do something (有数万游客在云县…)."""
        if not self._is_wide and self._document.region is not None:
            return None
        i = bisect_left(self._region_ends, draft.span[1])
        if i == len(self._regions) or self._regions[i][1] > draft.right[1]:
            return None
        start, end, entity = self._regions[i]
        while i + 1 < len(self._regions) and self._regions[i + 1][0] == end:
            i += 1
            _, end, entity = self._regions[i]
        acts = prefix(self._text, end, end + _LONGEST_VERB, "act", "stop")
        done_there = acts and self._text[start - 1 : start] in words("done_in")
        return self.as_region(entity) if done_there or suffix(self._text, draft.span[1], start, "goes_to") else None

    def _told_of(self, at: int) -> Region | None:
        """Return the place that a paragraph of wide news has told of before a clause.

        That is the last one that something is said to be done in (在甲省乙市启用), or that opens a sentence, unless
        the place of the whole text is named behind it.
        """
        if not self._is_wide or self._document.region is None:
            return None
        paragraph = self._paragraphs[self._times.sections.number(at)][0]
        last = bisect_right(self._region_ends, at) - 1
        for i in range(last, max(-1, last - _FARTHEST), -1):
            start, end, entity = self._regions[i]
            if start < paragraph:
                break
            if entity.id in {_NATION, self._document.region.code}:
                if self._text[start - 1 : start] in words("clause_mark"):
                    return None
                continue  # 全国十大市场之一 does not turn to the country
            if self._placed.in_row(start, end):
                return None
            if is_under(self._document.region.code, entity.id):
                continue  # 在全省率先…
            if self._placed.ends_route(start, end):
                continue
            outer = self._placed.outermost(start)
            done_in = suffix(self._text, max(0, outer - 2), outer, "done_in", "goes_to")
            opens = entity.id.isdigit() and self._heads_sentence(outer, end)
            opens = opens and not self._starts_anew(at, since=end)
            listed = pattern(_LISTED_NAME).match(self._text, end)
            listed = listed or pattern(_HELD).match(self._text, end)
            named = listed or prefix(self._text, end, end + _LONGEST_VERB, "event") or self._placed.in_title(start, end)
            if (done_in or opens) and not named and self._text[end : end + 1] not in words("list_mark"):
                return self.as_region(entity)
        return self._told_of_body(paragraph, at)

    def _told_of_body(self, since: int, at: int) -> Region | None:
        """Return the place in the name of the last body that a sentence opens with being in (在云县博物馆,…)."""
        last = bisect_left(self._seat_starts, at) - 1
        for i in range(last, max(-1, last - _FARTHEST), -1):
            start, entity = self._seats[i]
            if start < since:
                break
            if entity.id.isdigit() and self._text[start - 1 : start] in words("done_in"):
                tells = self._times.opens_sentence(start - 1) and not pattern(_MEETS_IN).match(self._text, start)
                return self.as_region(entity) if tells else None
        return None

    def _heads_sentence(self, at: int, end: int) -> bool:
        """Tell whether a place opens its sentence, or stands behind the time that does (今天上午,|甲市水厂投产)."""
        i = bisect_right(self._sentences, (at, 1 << 60)) - 1
        start = self._sentences[i][0] if i >= 0 else at
        past = self._times.past_time(start)
        led = past > start and pattern("{part_of_day}?,").fullmatch(self._text, past, at) is not None
        led = led and not self._text.startswith("的", self._placed.innermost(end))  # 2024年9月,甲省乙市的患儿入学
        return led or self._times.opens_sentence(at)

    def _is_own(self, entity: Entity) -> bool:
        return self._document.region is not None and entity.id == self._document.region.code

    def _is_wider(self, code: str) -> bool:
        """Tell whether a place is the report's own, or one that it lies in."""
        own = self._document.region
        return own is None or code == own.code or is_under(own.code, code)

    def _starts_anew(self, at: int, since: int = 0) -> bool:
        """Tell whether a time opened the sentence that goes on at an offset: it turns from the place told of before.

        That place ends at `since`; a time before it in the sentence (今天,甲市水厂投产,|投资2亿元) does not.
        """
        i = bisect_right(self._sentences, (at, 1 << 60)) - 1
        since = max(since, at - _RECENT, self._sentences[i][0] if i >= 0 else 0)
        return self._times.turns(since, at)

    def _named_there(self, start: int, at: int) -> Region | None:
        """Return the place that 当地, 该县 or 全镇 points at: the last one named before it in its paragraph."""
        last = bisect_right(self._pointer_ends, at) - 1
        there = self._pointers[last][0] if last >= 0 else -1
        if there < start:
            return None
        level = self._text[self._pointer_ends[last] - 1]
        paragraph = self._paragraphs[self._times.sections.number(there)][0]
        before = bisect_right(self._region_ends, there) - 1
        for i in range(before, max(-1, before - _FARTHEST), -1):
            if self._regions[i][0] < paragraph:
                break
            if level not in words("small_level") or self._text[self._region_ends[i] - 1] == level:
                return self.as_region(self._regions[i][2])
        return self._town_of_body(0, there, level)

    def _town_of_body(self, start: int, end: int, level: str) -> Region | None:
        """Return the town or village in the name of the last body that a stretch names (花溪镇卫生院…:全镇…)."""
        i = bisect_left(self._seat_starts, end) - 1
        if i < 0 or self._seat_starts[i] < start:
            return None
        town = self._seats[i][1]
        return self.as_region(town) if level in words("small_level") and town.text[-1:] == level else None

    def carries_over(self, region: Region | None, before: Region | None, told: Stretch, at: int) -> bool:
        """Tell whether the place of the fact before goes on: in a paragraph of a national text that told of a place.

        `told` is where that fact stands, up to the end of its sentence.
        """
        own = self._document.region
        if region is not own or before is own or before is None:
            return False
        if not self._is_national:
            return bool(before.code) and self._goes_on_in_list(before, told[0], at)
        if not before.code and last_abroad(before.text, 0, len(before.text)):
            return False
        if self._times.sections.number(told[0]) != self._times.sections.number(at):
            return False
        if self._starts_anew(at):
            return False
        since, until = bisect_left(self._region_ends, told[0]), bisect_right(self._region_ends, at)
        between = self._regions[max(since, until - _FARTHEST) : until]
        return not any(e.id == _NATION or (s > told[1] and self._placed.in_row(s, t)) for s, t, e in between)

    def of_part(self, region: Region | None, whole: Region | None, draft: Draft) -> Region | None:
        """Return the place of a part: that of its whole, where no place is named between and the whole is elsewhere."""
        own = self._document.region
        named = whole is not None and whole.text and self._first_place(draft.clause.start, draft.span[0]) is None
        return whole if named and region is own and whole is not own else region

    def _goes_on_in_list(self, before: Region, told: int, at: int) -> bool:
        """Tell whether a member of a list without a place goes on about that of the member before.

        As in 甲县完成投资2亿元;新增床位90张: the place opens its member, and a verb the next.
        """
        last, this = (self._sentences[bisect_right(self._sentences, (x, len(self._text))) - 1] for x in (told, at))
        opens = skip(self._text, this[0], at, "adverb", "hedge")
        if last[1] + 1 < this[0] or self._text[last[1] : this[0]].strip() not in {"", ";"}:
            return False
        if ";" not in self._text[this[0] - 1 : this[0]] + self._text[last[1] : this[0]]:
            return False
        if not prefix(self._text, opens, at, "act") or self._first_place(this[0], at) is not None:
            return False
        first = self._first_place(last[0], told)
        if first is None:
            return self._text[last[0] - 1 : last[0]] == ";"
        return self._opens_clause(first[0], last) and self.as_region(first[2]).code == before.code

    def _first_place(self, start: int, end: int) -> tuple[int, int, Entity] | None:
        """Return the first place in a stretch."""
        i = bisect_left(self._region_ends, start)
        return self._regions[i] if i < len(self._regions) and self._regions[i][1] <= end else None

    def as_region(self, entity: Entity) -> Region:
        """Return a place that is named as the region of a fact."""
        code = entity.id if entity.id.isdigit() else ""
        return Region(code, entity.name or entity.text, entity.text, entity.start, entity.end)

    def _opens_clause(self, start: int, sentence: Stretch) -> bool:
        """Tell whether only adverbs, connectives and the places it lies in stand before a place in its clause."""
        start = self._placed.outermost(start)
        first = max(sentence[0], start - _LONGEST_OPENING)
        left = start
        while left > first and self._text[left - 1] not in ",:;。!? \n“(":
            left -= 1
        has_attribute = pattern(_ATTRIBUTE).fullmatch(self._text, left, start) is not None
        has_attribute = has_attribute or self._apposed(start, sentence)
        is_object = suffix(self._text, left, start, "completes")  # 完成|甲区“青山工程”建设,城市…
        return has_attribute or (skip(self._text, left, start, "lead") == start and not is_object)

    def _goes_on_about(self, end: int, entity: Entity) -> bool:
        """Tell whether the clauses behind that of a place are about it too (云县完成…,新建…).

        A short name with a noun behind it only begins the name of something there (云县水厂投产,…).
        """
        end = self._times.past_time(end)  # 甲地今年建成…
        if pattern(_THING_OF).match(self._text, end):
            return True
        is_full = len(entity.text) > _SHORTEST_FULL and entity.text[-1] in words("level_end")
        if is_full or _points_at_place(entity) or self._text[end : end + 1] in ",:、":
            return True
        if self._is_wide and pattern(_FARES).match(self._text, end):
            return True
        verbs = ("act", "stop", "adverb", "hedge", "preposition", "rise", "fall", "undergo", "lead", "superlative_word")
        return bool(prefix(self._text, end, end + _LONGEST_VERB, *verbs))

    def _governs(self, place: Stretch, code: str, sentence: Stretch, draft: Draft) -> bool:
        """Tell a place that something is reported of from one that it is compared with, sent to or listed with."""
        start, end = place
        left, right = self._text[start - 1 : start], self._text[end : end + 1]
        reached = code == _NATION and suffix(self._text, sentence[0], start, "reaches_out")
        if end == draft.span[0] and left not in words("list_mark"):
            return code != _NATION or not (is_part(draft.quantity) or reached)  # 保持在全国1/20, 惠及全国8个省份
        if (
            pattern(_VENUE).match(self._text, end)
            or self._placed.holds_contest(start, end)
            or self._placed.in_title(start, end)
            or right == "-"
            or (left == "-" and start > sentence[0])
            or prefix(self._text, end, end + _LONGEST_VERB, "event")
            or (self._is_wider(code) and prefix(self._text, end, end + _LONGEST_VERB, "first_of"))
        ):
            return False  # 云县查办全市首例…: the first of all is not of all
        if (
            self._placed.exemplifies(place, draft.span[0])
            or self._placed.ends_route(start, end)
            or self._placed.leads_list(place, code, draft.span[0])
        ):
            return False
        outer = self._placed.outermost(start)
        led_by = suffix(self._text, sentence[0], outer, "not_governing")
        if led_by == "比" and not pattern(THAN).match(self._text, outer - 1, outer):
            led_by = ""  # 床位占比|甲市最高
        # 在云县,新建…; in news of many places 在云县新建… too
        acts = self._is_wide and prefix(self._text, end, end + _LONGEST_VERB, "act")
        acts = acts or (self._is_wide and pattern(_SITE).match(self._text, end))
        # 签约率以甲市最高
        is_first = led_by == "以" and prefix(self._text, end, end + _LONGEST_VERB, "superlative_word")
        is_named = self._is_named_first(sentence, start)  # 最高的是甲市
        stands_alone = is_first or is_named or (led_by in words("done_in") and (right == "," or acts))
        own = self._document.region
        within = own is not None and own.code != _NATION and is_under(code, own.code)
        if (led_by and not stands_alone) or right == "第" or self._placed.hands_on(end, within=within):
            return False
        wider = own is not None and code == _NATION != own.code
        if wider and not pattern(_NATIONAL).match(self._text, end):
            return False
        follows = start > sentence[0] and start != draft.left[0] and left in words("list_mark")
        return right not in words("list_mark") and not follows


def _is_wide(document: Document) -> bool:
    """Tell whether a text is news of the country, a province or a prefecture, which tells of many places in it."""
    code = document.region.code if document.region else ""
    return code == _NATION or (document.kind == "press" and code.endswith("00"))


def _points_at_place(entity: Entity) -> bool:
    return entity.text[0] in words("deixis")
