"""What governs a quantity from further away: its time and its place.

Start at `Scope`: one object for a text, asked once for each quantity.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from healthie.document_record import Document
from healthie.drafts import Draft
from healthie.lexicon import find_words, last_match, pattern, prefix, skip, suffix, words
from healthie.phrases import Stretch
from healthie.placement import Placement
from healthie.prose import Prose
from healthie.records import Entity, Fact, Period, Region
from healthie.roles import is_part
from healthie.sections import Sections
from healthie.timecontext import add_years

__all__ = ["Scope"]

# How many times and places back, and how many characters before a place in its clause, are looked at.
_FARTHEST = 60
# What opens a sentence stands within so many characters of its head, or of its source's; so many before a quantity may
# open its own.
_OPENING = 6
_SOURCE = 60
# The first value of a change stands within so many characters before the last.
_OPENED = 40
# A line of one sentence that heads the paragraph below it is no longer than this.
_HEADLINE = 70
_SOURCE_LEAD = r"{source_lead}[^,。;:]{0,12}[,:]$"
_RECENT = 60
_NATION = "100000"
# The hours of a day whose figures are reported (5日0-24时).
_HOURS = r"\d{1,2}时?[-至到]\d{1,2}[时点]"
# What opens a clause with a time that is not dated: 春节假期,…; 过去两周,….
_UNDATED = r"[,;](?:\d{4}年?)?(?:{undated+turning}|过去的?(?:\d+|{digit}+|两|几|数)个?[周天月]|过去的?\d+小时)"
# a time long ago (十年前) is that of its own sentence only
_AGO = "前"
# what leads from the first value of a change to the last (提高到, 增至)
_GOES_TO = r"\p{Han}{0,4}[到至]\d"
# what leads from the first value, whose number ends with its unit, to the last
_COMES_TO = r"{from}[^,。;]{0,16}?\d[^,。;]{0,8}?(?:{rise+fall}了?|跃升|发展|壮大)[到至为]{hedge}*+$"
# what opens a sentence that tells what a plan asks for (根据“十五五”规划的建议,…)
_BY_PLAN = r"{by}[^,。;]{0,40}{plan_paper}|《[^》]{0,40}{plan_paper}[^》]{0,10}》"
# what stands at the end of several years is a stock by its noun or its verb
_STOCK_NOUN = r"{stock_noun}"
_STOCK = r"{standing}$|{stock_noun}{reach+hedge}*+$"
# the attribute of a place that opens a clause (在率先试点的湖北,…; 位于西部的广西,…; 受强降雨影响的云县供水恢复,…)
_ATTRIBUTE = r"[^,。;:]{2,24}的$"
# several places as one (三地, 五省)
_SEVERAL = r"(?:两|{digit}|\d|等)(?:地|省区?市?|市州?|县市?|区县?)(?=[\p{Han},])"
# a time from one to another
_FROM_TO = r"\d年?[到至]\d"
# a figure of the whole world
_OF_THE_WORLD = r"{lead}*+(?:全球|全世界)(?!首|第|最|领先|唯一|化|性|知名|百|前|\d)\p{Han}{2}"
# the country as a whole, which a sentence turns to from the place told of before
_OF_ALL = r"我国"
# what belongs to the place of the report, behind one of its parts (甲县…,市属企业利润…)
_OWN_LEVEL = r"[,;。][省市区州县]属"
# people of another country (近百名美国人, 8名以军士兵)
_FOREIGNERS = r"[的名余多]?{abroad}(?:[人民军籍]|士兵|公民)"
# what is told of a place stands in a clause of its own (甲地的一个园区,…)
_THING_OF = r"的[^,。;:]{2,20},"
# the rest of a name that a list goes on behind (甲地机场、乙地机场)
_LISTED_NAME = r"\p{Han}{1,8}、"
_LONGEST_VERB = 6
_SHORTEST_FULL = 2
# A country speaks where it opens a clause; it is looked for so many characters back.
_COUNTRY = (
    r"(?:^|(?<=[,;。:.)>\n #据在]))(?P<abroad>{abroad})"
    r"|[致对在](?P<abroad>{short_country})(?=\d)"
    r"|(?:^|(?<=[.)>\n]))(?P<abroad>{short_country})(?!{no_country})\p{Han}"
    r"|{home_country}(?!{home_noun})"
)
_FARTHEST_COUNTRY = 200


class Scope:
    """The governing times and places of one text.

    Parameters
    ----------
    prose : Prose
        The text.
    document : Document
        What the report says of itself.
    periods : sequence of (start, end, Period)
        The times, with where they stand in ``prose.text``.
    regions : sequence of (start, end, Entity)
        The places.
    sentences : sequence of (int, int)
        The sentences.
    """

    def __init__(
        self,
        prose: Prose,
        document: Document,
        periods: Sequence[tuple[int, int, Period]],
        regions: Sequence[tuple[int, int, Entity]],
        sentences: Sequence[Stretch],
    ) -> None:
        self._text = prose.text
        self._document = document
        self._is_wide = _is_wide(document)
        self._is_national = document.region is not None and document.region.code == _NATION
        self._periods = list(periods)
        self._period_starts = [p[0] for p in self._periods]
        self._period_ends = [p[1] for p in self._periods]
        self._regions = [r for r in regions if r[2].id]
        self._region_ends = [r[1] for r in self._regions]
        self._placed = Placement(self._text, self._regions)
        self._pointers = [match.span() for match in pattern("{there}").finditer(self._text)]
        self._pointer_ends = [end for _, end in self._pointers]
        self._paragraphs = prose.paragraphs
        self._sentences = list(sentences)
        self.sections = Sections(prose, document, self._periods)
        self._leads = self._read_leads()

    def _read_leads(self) -> list[int]:
        """Return for each paragraph the one that leads in the list with dashes it is in; itself outside such lists."""
        leads: list[int] = []
        for number, (start, _) in enumerate(self._paragraphs):
            listed = number > 0 and self._text.startswith("--", start)
            leads.append(leads[-1] if listed else number)
        return leads

    def period(self, sentence: Stretch, draft: Draft, qualified: Fact | None, since: int) -> Period | None:
        """Return the time that governs a quantity.

        That is the nearest before it in its clause, else that of the fact it qualifies (which stands at `since`), else
        the nearest in its sentence, else the last that opens a sentence of its paragraph, else its section's or the
        report's own. A time that it is compared with, or that another quantity starts from (由2020年的), does not
        govern it.
        """
        if qualified is not None and draft.cue.role == "change" and self._is_at_end(qualified, since):
            qualified = None  # what stands at the end of several years changed over them
        nearest = bisect_right(self._period_ends, draft.span[0]) - 1
        for i in range(nearest, max(-1, nearest - _FARTHEST), -1):
            start = self._periods[i][0]
            if start < sentence[0] or self._is_undated(i, draft):
                break
            if qualified is not None and start < min(since, draft.clause.start):
                return qualified.period
            if not self._is_of_another(i, draft) and not self._only_dates(i) and not self._is_end_of_mean(i, draft):
                found = self._in_section(self._so_far(i, sentence), draft)
                return self._at_edge(draft, found) or found
        if qualified is not None:
            return qualified.period
        governing = self._period_from_afar(sentence, draft)
        if governing is not None and (edge := self._at_edge(draft, governing)):
            return edge
        # several years are the time of what was done in them, not of what stands at their end
        if governing is not None and governing.kind in ("multiyear", "since") and self._is_stock(draft, governing):
            return self._document.period
        return governing

    def _period_from_afar(self, sentence: Stretch, draft: Draft) -> Period | None:
        """Return the time that an earlier sentence, the section or the whole text gives."""
        at = draft.span[0]
        if pattern(_BY_PLAN).match(self._text, sentence[0], at):
            return self.sections.years_of_plan(sentence[0], at) or self.sections.at(at).period or self._document.period
        opening = self._period_that_opens(sentence, draft)
        if opening is not None:
            return opening
        section = self.sections.at(at).period or self.sections.review(at)
        return self._lead(at) or self._headline(at) or section or self._document.period

    def _is_at_end(self, fact: Fact, since: int) -> bool:
        """Tell whether the time of a fact that stands at an offset is that of the end of several years."""
        if fact.period is self._document.period:
            return True
        return pattern(_COMES_TO).search(self._text, max(0, since - _OPENED), since) is not None

    def _is_stock(self, draft: Draft, period: Period) -> bool:
        """Tell whether a quantity says what stands at the end of several years (床位达到90张)."""
        flows = draft.deed is not None or draft.quantity.unit in words("flow_unit")
        if draft.cue.role not in {"level", "rank"} or flows or period.start is None or period.end is None:
            return False
        years, now = period.end.year - period.start.year, self._document.period
        is_past = now is None or now.end is None or period.end <= now.end
        if years > 1 and is_past and self._only_names(draft):
            return True
        said = _STOCK_NOUN if draft.cue.role == "rank" else _STOCK
        return years > 1 and is_past and pattern(said).search(self._text, *draft.left) is not None

    def _only_names(self, draft: Draft) -> bool:
        """Tell whether a clause only names what there is (“灯塔工厂”3家,国家级智能工厂16家), without a verb."""
        is_count = draft.quantity.unit in words("place_unit") and draft.cue.role == "level" and draft.own
        noun_end = draft.pieces[-1][1] if draft.pieces else -1
        opens = self._text[draft.left[0] - 1 : draft.left[0]] not in words("list_mark")
        closes = self._text[draft.span[1] : draft.span[1] + 1] in {"", "、", *words("clause_mark")}
        names = is_count and opens and closes and noun_end == draft.span[0]
        return names and not any(find_words(self._text, *draft.left, "act", "stop", "addition"))

    def _at_edge(self, draft: Draft, period: Period) -> Period | None:
        """Return the time of either value of a change over several years (从58%提高到64%): before them, or the last.

        None for any other quantity, and for 近三年从2亿元增加到3亿元, which is from the first of them.
        """
        if period.kind != "multiyear" or period.text[:1] in words("lately") or draft.cue.role != "level":
            return None
        start, end = draft.span
        if self._text[start - 1 : start] in words("from") and pattern(_GOES_TO).match(self._text, end):
            return _day_before(period)
        return _last_year(period) if pattern(_COMES_TO).search(self._text, draft.clause.start, start) else None

    def is_default(self, period: Period | None, at: int) -> bool:
        """Tell whether a time is only that of the section or of the whole text."""
        section = self.sections.at(at).period or self.sections.review(at)
        return period is self._document.period or period is section

    def _is_undated(self, i: int, draft: Draft) -> bool:
        """Tell whether a time that has no dates stands behind a time (今年春节,…; …,春节前三天接待…)."""
        return (
            self._names_feast(i)
            or pattern(_UNDATED).search(self._text, self._period_ends[i], draft.span[0]) is not None
        )

    def _names_feast(self, i: int) -> bool:
        """Tell whether 今年 only says which feast is meant (今年春节,…)."""
        _, end, period = self._periods[i]
        return period.text in words("this_year") and bool(prefix(self._text, end, end + _LONGEST_VERB, "undated"))

    def _is_end_of_mean(self, i: int, draft: Draft) -> bool:
        """Tell whether a time only ends the years of a yearly mean (由2020年的…增长到2025年的…,年均增长7%)."""
        end = self._period_ends[i]
        is_mean = draft.cue.role == "change" and pattern("{yearly}").search(self._text, *draft.left) is not None
        return is_mean and self._text[end : end + 1] == "的"

    def _only_dates(self, i: int) -> bool:
        """Tell whether a time in brackets only gives the date of the one right before it (截至今天(7月16日))."""
        start = self._periods[i][0]
        return i > 0 and self._text[start - 1] == "(" and self._period_ends[i - 1] == start - 1

    def _so_far(self, i: int, sentence: Stretch) -> Period:
        """Return a time; 今年 behind 截至5月底 ends on that day."""
        period = self._periods[i][2]
        before = i - 2 if i > 1 and self._only_dates(i - 1) else i - 1
        if before < 0 or period.text not in words("this_year") or self._periods[before][0] < sentence[0]:
            return period
        end = self._periods[before][2].end
        if self._periods[before][2].kind != "until" or end is None or period.start is None or period.end is None:
            return period
        return replace(period, end=end) if period.start < end < period.end else period

    def _period_that_opens(self, sentence: Stretch, draft: Draft) -> Period | None:
        """Return the last time that opens an earlier sentence of the paragraph and goes on from there."""
        if not self._paragraphs:
            return None
        if prefix(self._text, sentence[0], draft.span[0], "turning"):
            return None  # 最近,…: from here on it is of another time
        paragraph = self._paragraphs[self.sections.number(draft.span[0])][0]
        nearest = bisect_left(self._period_starts, sentence[0]) - 1
        for i in range(nearest, max(-1, nearest - _FARTHEST), -1):
            start, _, period = self._periods[i]
            if start < paragraph:
                break
            if self._opens_sentence(start) and self._carries(i, draft) and not self._is_of_another(i, draft):
                return self._in_section(period, draft)
        return None

    def _lead(self, at: int) -> Period | None:
        """Return the time that opens the lead-in of a list with dashes (到2025年,…:——健康水平…)."""
        number = self.sections.number(at)
        if not self._paragraphs or self._leads[number] == number:
            return None
        start, end = self._paragraphs[self._leads[number]]
        period = self.sections.period_in(start, end)
        opens = period is not None and self._text.find(period.text, start, start + len(period.text) + 4) >= 0
        return period if opens else None

    def _headline(self, at: int) -> Period | None:
        """Return the time that opens a line of one sentence above a paragraph (五年来,医院换了新貌。)."""
        number = self.sections.number(at)
        if not number:
            return None
        start, end = self._paragraphs[number - 1]
        i = bisect_left(self._period_starts, start)
        # the lines of a list head nothing
        if (
            self._text[end - 1] == ";"
            or end - start > _HEADLINE
            or i == len(self._periods)
            or self._periods[i][0] > start + _OPENING
        ):
            return None
        is_one = self._text.find("。", start, end) in (-1, end - 1)
        return self._periods[i][2] if is_one and self._periods[i][2].kind in ("multiyear", "since") else None

    def _carries(self, i: int, draft: Draft) -> bool:
        """Tell whether the time that opens a sentence governs the sentences after it.

        A deadline does so only as the lead-in of a list with semicolons (到2026年底,…;…).
        """
        start, end, period = self._periods[i]
        if self._names_feast(i) or suffix(self._text, max(0, start - _OPENING), start, "cause"):
            return False
        if period.kind != "deadline":
            is_day = period.start == period.end and not pattern(_HOURS).match(self._text, end)
            is_ago = period.kind == "interval" and period.text.endswith(_AGO)
            return period.kind != "compared" and not (is_day or is_ago)
        return self._text[end : end + 1] == "," and self._text.find("。", end, draft.span[0]) < 0

    def _in_section(self, period: Period, draft: Draft) -> Period:
        """Return a time without a year of its own as of the year that the heading of its section names."""
        section, own = self.sections.at(draft.span[0]).period, self._document.period
        if (
            section is None
            or own is None
            or section.end is None
            or own.end is None
            or pattern(r"\d{4}").search(period.text)
        ):
            return period
        years = section.end.year - own.end.year
        if years > 0 and period.start == period.end:
            return period  # the day of the news is not in the year that it tells of
        if period.end is None or period.end.year != own.end.year or not years:
            return period
        return replace(period, start=add_years(period.start, years), end=add_years(period.end, years))

    def _is_of_another(self, i: int, draft: Draft) -> bool:
        """Tell whether a time belongs to a comparison, or to a quantity between it and the draft."""
        start, end, period = self._periods[i]
        if period.text in words("base_time") or _overlap((start, end), draft.reference):
            return True
        if self._text[start - 1 : start] in words("list_mark") and i and self._period_ends[i - 1] == start - 1:
            return self._is_of_another(i - 1, draft)  # 比一季度、上年同期回落
        compared = suffix(self._text, max(0, start - 4), start, "compares")
        if period.kind == "compared" or compared:
            return draft.span[0] != end + 1 or self._text[end] != "的"
        if period.kind == "since" or pattern(_FROM_TO).search(period.text):
            return False  # 从2017年开始, 从2017年到2021年
        opens = self._text[start] in words("from") or self._text[start] == "自"
        opened = opens or self._text[max(0, start - 1)] in words("from")
        return opened and end <= draft.opening

    def _opens_sentence(self, at: int) -> bool:
        i = bisect_right(self._sentences, (at, 1 << 60)) - 1
        if i < 0:
            return False
        start = self._sentences[i][0]
        if at - start <= _SOURCE and pattern(_SOURCE_LEAD).search(self._text, start, at):
            return True
        return at - start <= _OPENING and not pattern(r"[,:]").search(self._text, start, at)

    def region(self, sentence: Stretch, draft: Draft, qualified: Fact | None, since: int) -> Region | None:
        """Return the place that governs a quantity.

        That is one named before it in its clause, else that of the fact it qualifies (which stands at `since`), else
        one at the head of an earlier clause of its sentence, else the report's own. A place that it is compared with
        does not govern it.
        """
        nearest = bisect_right(self._region_ends, draft.span[0]) - 1
        for i in range(nearest, max(-1, nearest - _FARTHEST), -1):
            start, end, entity = self._regions[i]
            if start < sentence[0]:
                break
            if qualified is not None and start < min(since, draft.clause.start):
                return qualified.region
            if pattern(_OWN_LEVEL).search(self._text, end, draft.span[0]):
                return self._document.region
            if _overlap((start, end), draft.reference) or not self._governs((start, end), entity.id, sentence, draft):
                continue
            if self._is_own(entity) or self._placed.in_row(start, end):
                return self._document.region
            if start >= draft.clause.start or suffix(self._text, sentence[0], self._placed.outermost(start), "located"):
                return self.as_region(entity)
            if self._opens_clause(start, sentence):
                outer = self._placed.outermost(start)
                led_in = self._text[outer - 1 : outer] in words("done_in")
                if led_in or self._goes_on_about(end, entity):
                    return self.as_region(entity)
                break
        if qualified is not None:
            return qualified.region
        place = self._named_there(sentence[0], draft.span[0]) or self._place_behind(draft)
        own = pattern(_OF_ALL).search(self._text, sentence[0], draft.span[0])
        if place is None and own is None and not pattern(_SEVERAL).search(self._text, draft.clause.start, draft.span[0]):
            place = self._told_of(draft.clause.start)
        return place or (None if self._is_abroad(draft) else self._document.region)

    def _place_behind(self, draft: Draft) -> Region | None:
        """Return the place behind a count of wide news in which those counted do something (有数万游客在云县…)."""
        if not self._is_wide:
            return None
        i = bisect_left(self._region_ends, draft.span[1])
        if i == len(self._regions) or self._regions[i][1] > draft.right[1]:
            return None
        start, end, entity = self._regions[i]
        while i + 1 < len(self._regions) and self._regions[i + 1][0] == end:
            i += 1
            _, end, entity = self._regions[i]
        acts = prefix(self._text, end, end + _LONGEST_VERB, "act", "stop")
        return self.as_region(entity) if acts and self._text[start - 1 : start] in words("done_in") else None

    def _told_of(self, at: int) -> Region | None:
        """Return the place that a paragraph of wide news has told of before a clause.

        That is the last one that something is said to be done in (在甲省乙市启用), or that opens a sentence, unless
        the place of the whole text is named behind it.
        """
        if not self._is_wide or self._document.region is None:
            return None
        paragraph = self._paragraphs[self.sections.number(at)][0]
        last = bisect_right(self._region_ends, at) - 1
        for i in range(last, max(-1, last - _FARTHEST), -1):
            start, end, entity = self._regions[i]
            if start < paragraph:
                return None
            if entity.id in {_NATION, self._document.region.code}:
                if self._text[start - 1 : start] in words("clause_mark"):
                    return None
                continue  # 全国十大市场之一 does not turn to the country
            if self._placed.in_row(start, end):
                return None
            if self._placed.ends_route(start, end):
                continue
            outer = self._placed.outermost(start)
            done_in = self._text[max(0, outer - 1) : outer] in words("done_in")
            opens = entity.id.isdigit() and self._opens_sentence(outer) and not self._starts_anew(at)
            listed = pattern(_LISTED_NAME).match(self._text, end)
            named = listed or prefix(self._text, end, end + _LONGEST_VERB, "event") or self._placed.in_title(start, end)
            if (done_in or opens) and not named and self._text[end : end + 1] not in words("list_mark"):
                return self.as_region(entity)
        return None

    def _is_own(self, entity: Entity) -> bool:
        return self._document.region is not None and entity.id == self._document.region.code

    def _starts_anew(self, at: int) -> bool:
        """Tell whether a time opened the sentence that goes on at an offset: it turns from the place told of before."""
        i = bisect_right(self._sentences, (at, 1 << 60)) - 1
        since = max(at - _RECENT, self._sentences[i][0] if i >= 0 else 0)
        opened = self._periods[bisect_left(self._period_ends, since) : bisect_right(self._period_ends, at + 1)]
        return any(self._opens_sentence(start) and not pattern("{feast}").search(p.text) for start, _, p in opened)

    def _is_abroad(self, draft: Draft) -> bool:
        """Tell whether a national text counts people of another country, or last spoke of one (据美国媒体报道)."""
        if not self._is_national:
            return False
        if pattern(_FOREIGNERS).match(self._text, draft.span[1]) or pattern(_OF_THE_WORLD).match(
            self._text, draft.clause.start, draft.span[0]
        ):
            return True
        at = draft.span[0]
        start = self._paragraphs[self.sections.number(at)][0]
        last = last_match(_COUNTRY, self._text, max(start, at - _FARTHEST_COUNTRY), at)
        return last is not None and last["abroad"] is not None

    def _named_there(self, start: int, at: int) -> Region | None:
        """Return the place that 当地, 该县 or 全镇 points at: the last one named before it in its paragraph."""
        last = bisect_right(self._pointer_ends, at) - 1
        there = self._pointers[last][0] if last >= 0 else -1
        if there < start:
            return None
        level = self._text[self._pointer_ends[last] - 1]
        paragraph = self._paragraphs[self.sections.number(there)][0]
        before = bisect_right(self._region_ends, there) - 1
        for i in range(before, max(-1, before - _FARTHEST), -1):
            if self._regions[i][0] < paragraph:
                return None
            if level not in words("small_level") or self._text[self._region_ends[i] - 1] == level:
                return self.as_region(self._regions[i][2])
        return None

    def carries_over(self, region: Region | None, before: Fact, at: int) -> bool:
        """Tell whether the place of the fact before goes on: in a paragraph of a national text that told of a place."""
        own = self._document.region
        if not self._is_national or region is not own or before.region is own or before.region is None:
            return False
        if self.sections.number(before.quantity.start) != self.sections.number(at):
            return False
        if self._starts_anew(at):
            return False
        since, until = bisect_left(self._region_ends, before.sentence.start), bisect_right(self._region_ends, at)
        between = self._regions[max(since, until - _FARTHEST) : until]
        return not any(
            e.id == _NATION or (s > before.sentence.end and self._placed.in_row(s, t)) for s, t, e in between
        )

    def as_region(self, entity: Entity) -> Region:
        """Return a place that is named as the region of a fact."""
        code = entity.id if entity.id.isdigit() else ""
        return Region(code, entity.name or entity.text, entity.text, entity.start, entity.end)

    def _opens_clause(self, start: int, sentence: Stretch) -> bool:
        """Tell whether only adverbs, connectives and the places it lies in stand before a place in its clause."""
        start = self._placed.outermost(start)
        first = max(sentence[0], start - _FARTHEST)
        left = start
        while left > first and self._text[left - 1] not in ",:;。!? \n":
            left -= 1
        has_attribute = pattern(_ATTRIBUTE).fullmatch(self._text, left, start) is not None
        return has_attribute or skip(self._text, left, start, "lead") == start

    def _goes_on_about(self, end: int, entity: Entity) -> bool:
        """Tell whether the clauses behind that of a place are about it too (云县完成…,新建…).

        A short name with a noun behind it only begins the name of something there (云县水厂投产,…).
        """
        i = bisect_left(self._period_starts, end)
        if i < len(self._periods) and self._periods[i][0] == end:
            end = self._period_ends[i]  # 甲地今年建成…
        if pattern(_THING_OF).match(self._text, end):
            return True
        is_full = len(entity.text) > _SHORTEST_FULL and entity.text[-1] in words("level_end")
        if is_full or _points_at_place(entity) or self._text[end : end + 1] in ",:、":
            return True
        verbs = ("act", "stop", "adverb", "hedge", "preposition", "rise", "fall")
        return bool(prefix(self._text, end, end + _LONGEST_VERB, *verbs))

    def _governs(self, place: Stretch, code: str, sentence: Stretch, draft: Draft) -> bool:
        """Tell a place that something is reported of from one that it is compared with, sent to or listed with."""
        start, end = place
        left, right = self._text[start - 1 : start], self._text[end : end + 1]
        if end == draft.span[0] and left not in words("list_mark"):
            return code != _NATION or not is_part(draft.quantity)  # 保持在全国1/20
        if (
            self._placed.in_title(start, end)
            or "-" in (left, right)
            or prefix(self._text, end, end + _LONGEST_VERB, "event")
        ):
            return False
        if (
            self._placed.exemplifies(place, draft.span[0])
            or self._placed.ends_route(start, end)
            or self._placed.leads_list(place, code, draft.span[0])
        ):
            return False
        led_by = suffix(self._text, sentence[0], self._placed.outermost(start), "not_governing")
        # 在云县,新建…; in news of many places 在云县新建… too
        acts = self._is_wide and prefix(self._text, end, end + _LONGEST_VERB, "act")
        stands_alone = led_by in words("done_in") and (right == "," or acts)
        if (led_by and not stands_alone) or right == "第" or self._placed.hands_on(end):
            return False
        own = self._document.region
        wider = own is not None and code == _NATION != own.code
        if wider and not pattern(r"{national}|有\d").match(self._text, end):
            return False
        follows = start > sentence[0] and start != draft.left[0] and left in words("list_mark")
        return right not in words("list_mark") and not follows


def _is_wide(document: Document) -> bool:
    """Tell whether a text is news of the country or of a province, which tells of many places in it."""
    code = document.region.code if document.region else ""
    return code == _NATION or (document.kind == "press" and code.endswith("0000"))


def _day_before(period: Period) -> Period:
    """Return the day before several years, on which stands what they start from."""
    if period.start is None or period.start <= date.min:
        return period
    return replace(period, start=None, end=period.start - timedelta(days=1), kind="until")


def _last_year(period: Period) -> Period:
    """Return the last of several years."""
    if period.end is None:
        return period
    return replace(period, start=date(period.end.year, 1, 1), kind="interval")


def _points_at_place(entity: Entity) -> bool:
    return entity.text[0] in words("deixis")


def _overlap(stretch: Stretch, other: Stretch | None) -> bool:
    return other is not None and stretch[0] < other[1] and other[0] < stretch[1]
