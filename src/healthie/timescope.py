"""The time that governs a quantity from further away: of its clause, its sentence, its passage or the report.

Start at `TimeScope.period`: one object for a text, asked once for each quantity.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from healthie.cues import MET_ALREADY, OF_GOAL
from healthie.document_record import Document
from healthie.drafts import Draft
from healthie.lexicon import last_match, pattern, prefix, suffix, words
from healthie.period_parts import day_before, first_year, last_year, part_of_time
from healthie.prose import Prose
from healthie.records import Fact, Period
from healthie.sections import Sections
from healthie.stocks import is_stock
from healthie.stretches import Stretch, overlap
from healthie.timecontext import add_years

__all__ = ["TimeScope"]

# How many times back are looked at.
_FARTHEST = 60
# What opens a sentence stands within so many characters of its head, or of its source's; so many before a quantity may
# open its own.
_OPENING = 6
_SOURCE = 60
# The first value of a change stands within so many characters before the last.
_OPENED = 40
# A line of one sentence that heads the paragraph below it is no longer than this.
_HEADLINE = 70
# A time behind a count stands within so many characters; before it only the noun that is counted, or a clause without
# figures; behind it, where it is a deadline, that it is met.
_BEHIND = 24
_COUNTED = r"(?!的)\p{Han}{2,12}(?<![从自至到比较由的与和])"
# the date of a day (三个局今天|(3月5日)|印发通知)
_DATED = r"\(\d{1,2}月\d{1,2}日\)"
_NEXT_CLAUSE = r"\p{Han}{0,12},"
_GETS_DONE = r"(?:将|要|前)?{all_of}?{done}(?![\p{Han}“《\d])"
# what may stand before a time that governs the rest of its sentence: short clauses without figures (首先,截至6月底,…)
_LED_IN = r"(?:[^,。;:!?\d]{1,30},){1,2}[^,。;:!?\d]{0,4}"
# months named in passing (采暖季高发,1-2月收治…)
_MONTHS = r"(?:\d{4}年)?\d{1,2}(?:月?份?[-至到]\d{1,2})?月"
_SOURCE_LEAD = r"{source_lead}[^,。;:]{0,12}[,:]$"
# The hours of a day whose figures are reported (5日0-24时).
_HOURS = r"\d{1,2}时?[-至到]\d{1,2}[时点]"
# What opens a clause with a time that is not dated: 春节假期,…; 过去两周,….
_UNDATED = r"[,;](?:\d{4}年?)?(?:{undated+turning}|过去的?(?:\d+|{digit}+|两|几|数)个?[周天月]|过去的?\d+小时)"
# between a time and the value that it had then (较2010年“六普”时的|17%)
_VALUE_THEN = r"(?:“[^”]{1,6}”(?:时|时期|期间)?)?的"
# a time long ago (十年前) is that of its own sentence only
_AGO = "前"
# the time of work that is looked at in another (对10个县|二季度|工作进行督导)
_OF_WORK = r"的?\p{Han}{0,6}{looked_into}[^,。;]{0,6}?{looks_into}"
_WORKED_ON, _LONGEST_OBJECT = r"(?<!针)[对就][^,。;]{0,20}$", 24
# what counts years up to the day of the text
_UP_TO_NOW = ("来", "间")
# what leads from the first value of a change to the last (提高到, 增至)
_GOES_TO = r"\p{Han}{0,4}[到至]第?\d"
# what stands before the first (从|58%, 从全国|第9位)
_LEAVES = r"{from}(?:{benchmark+world})?$"
# what leads from the first value, whose number ends with its unit, to the last
_COMES_TO = r"{from}[^,。;]{0,16}?\d[^,。;]{0,8}?(?:{rise+fall}了?|{grown})[到至为]{hedge}*+$"
# what opens a sentence that tells what a plan asks for (按照五年规划,…)
_BY_PLAN = r"{by}[^,。;]{0,40}{plan_paper}|《[^》]{0,40}{plan_paper}[^》]{0,10}》"
# a value of another time ends with its bracket (率为11‰(上年同期为9‰),|另一率); a time alone in one is of the value
_OPENS_BRACKET, _CLOSES_BRACKET, _LONGEST_BRACKET = r"\([^()]*$", r"[^()]+\)", 40
# 2020年到2025年
_COURSE = r"(?:从|自)?\d{4}年?[到至—–~～-]{1,2}\d{4}年(?:间|期间)?|同期|其间|期间"
# times that go on with the story of a place: feasts, and the day that it is told on (目前)
_GOES_ON = r"{feast}|^{up_to_now}$"
# what says that a time is only that of the first value, or of the one compared with (床位|从|2012年的900张增至…)
_VALUE_OF = r"\p{Han}{from+compares}.?$"
# the years of the first and the last value of a change
_FIRST_TO_LAST = r"{from}(?P<first>(?:19|20)\d\d)年[^。;]{1,40}?[到至](?P<last>(?:19|20)\d\d)年的"
_FARTHEST_YEARS = 120
# a time without dates turns from the one before it so far before a quantity
_FARTHEST_WORD = 400
# the year of a goal that is met (提前达到|2025年|目标的31项)
_MET_ALREADY = MET_ALREADY + "$"
# what says that a day is the one that all is told of, among the first times of an article
_IS_DAY_OF = r"(?:\([^()]{2,8}\))?,?[是为][^。;]{0,16}?(?:假期|首日|第(?:\d|{digit}){1,2}[天日]|最后一[天日])"
_LEAD_TIMES = 3
# a time from one to another
_FROM_TO = r"\d年?[到至]\d"
_LONGEST_VERB = 6


class TimeScope:
    """The governing times of one text.

    Parameters
    ----------
    prose : Prose
        The text.
    document : Document
        What the report says of itself.
    periods : sequence of (start, end, Period)
        The times, with where they stand in ``prose.text``.
    sentences : sequence of (int, int)
        The sentences.
    """

    def __init__(
        self,
        prose: Prose,
        document: Document,
        periods: Sequence[tuple[int, int, Period]],
        sentences: Sequence[Stretch],
    ) -> None:
        self._text = prose.text
        self._document = document
        self._periods = [p for p in periods if not _dates_goal(self._text, *p[:2])]
        self._period_starts = [p[0] for p in self._periods]
        self._period_ends = [p[1] for p in self._periods]
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
        own = self._years_of_mean(sentence, draft) or self._time_in_row(sentence, draft)
        return own or self._named_or_governing(sentence, draft, qualified, since)

    def _time_in_row(self, sentence: Stretch, draft: Draft) -> Period | None:
        """Return the time of one value of a row that times are shared out to (2020—2022年分别为…; 1月、2月分别…)."""
        size, at = len(draft.group), draft.span[0]
        each = pattern("{each}").search(self._text, draft.opening, at)
        if size == 1 or each is None:
            return None
        turn = draft.group.index(draft.index)
        last = bisect_right(self._period_ends, at) - 1
        if last < 0 or self._periods[last][0] < sentence[0] or self._periods[last][2].kind == "compared":
            return None
        first = last
        while first > 0 and last - first < size and self._are_listed(first - 1, first):
            first -= 1
        if suffix(self._text, sentence[0], self._period_starts[first], "compares"):
            return None  # 较2017、2018年分别上升…
        if last - first + 1 == size:
            return self._periods[first + turn][2]
        # 前两个月门诊和住院收入分别增长…: the values are of two nouns, not of two months
        behind = self._periods[last][1]
        nouns = pattern("{list_mark}").search(self._text, behind, max(behind, each.start()))
        return part_of_time(self._periods[last][2], size, turn) if first == last and not nouns else None

    def _are_listed(self, i: int, following: int) -> bool:
        """Tell whether two times stand side by side in a list (1月、2月)."""
        between = self._text[self._period_ends[i] : self._period_starts[following]]
        return between in words("list_mark")

    def _named_or_governing(self, sentence: Stretch, draft: Draft, qualified: Fact | None, since: int) -> Period | None:
        """Return the time named in a sentence, else that of what a quantity qualifies, else the one from afar."""
        nearest = bisect_right(self._period_ends, draft.span[0]) - 1
        for i in range(nearest, max(-1, nearest - _FARTHEST), -1):
            start = self._periods[i][0]
            if start < sentence[0] or self._is_undated(i, draft):
                break
            if qualified is not None and start < min(since, draft.clause.start):
                return qualified.period
            if not self._is_of_another(i, draft) and not self._only_dates(i):
                return self._of_stock_or_flow(draft, self._in_section(self._so_far(i, sentence), draft))
        if qualified is not None:
            return qualified.period
        governing = self._period_behind(draft) or self._period_from_afar(sentence, draft)
        return self._of_stock_or_flow(draft, governing) if governing else None

    def _of_stock_or_flow(self, draft: Draft, period: Period) -> Period | None:
        """Return a time; of several years those of what was done in them, not of what stands at their end."""
        if edge := self._at_edge(draft, period):
            return edge
        since = max(draft.clause.start, draft.span[0] - _OPENED)
        moves = pattern(_COMES_TO).search(self._text, since, draft.span[0]) is not None  # 近三年从2亿元增加到3亿元
        stands = (
            period.kind in ("multiyear", "since")
            and not moves
            and is_stock(self._text, draft, period, self._document.period)
        )
        return self._at_end(period) if stands else period

    def _at_end(self, period: Period) -> Period | None:
        """Return the time at which something stands at the end of several years: theirs, if before the report's."""
        own = self._document.period
        ends_before = own is not None and own.end is not None and period.end is not None and period.end < own.end
        ends_before = ends_before and not period.text.endswith(_UP_TO_NOW)  # 十年来
        return replace(period, start=None) if ends_before else own

    def _period_behind(self, draft: Draft) -> Period | None:
        """Return the time behind a count and its noun, of what those counted do (21家医院上半年接诊), or are done by.

        The day by which they are done may open the next clause (剩余的58次筛查,11月底前完成).
        """
        start, end = draft.span[1], draft.right[1]
        i = bisect_left(self._period_starts, start)
        if draft.cue.role != "level" or i == len(self._periods) or self._periods[i][0] > start + _BEHIND:
            return None
        at, behind, period = self._periods[i]
        if again := pattern(_DATED).match(self._text, behind, end):
            behind = int(again.end())
        counted = at == start or pattern(_COUNTED).fullmatch(self._text, start, at) is not None
        if behind <= end and counted and period.kind != "compared":
            acts = prefix(self._text, behind, end, "act", "stop", "adverb", "hedge", "reach", "rise", "fall")
            return period if acts else None
        is_deadline = period.kind == "deadline" and pattern(_NEXT_CLAUSE).fullmatch(self._text, start, at)
        return period if is_deadline and pattern(_GETS_DONE).match(self._text, behind) else None

    def _period_from_afar(self, sentence: Stretch, draft: Draft) -> Period | None:
        """Return the time that an earlier sentence, the section or the whole text gives."""
        at = draft.span[0]
        if pattern(_BY_PLAN).match(self._text, sentence[0], at):
            return self.sections.years_of_plan(sentence[0], at) or self.sections.at(at).period or self._document.period
        opening = self._period_that_opens(sentence, draft)
        if opening is not None:
            return opening
        section = self.sections.at(at).period or self.sections.review(at)
        return self._lead(at) or self._headline(at) or self._day_told_of(at) or section or self._document.period

    def _day_told_of(self, at: int) -> Period | None:
        """Return the day that an article says it is the news of (今天是假期第一天,…), before an offset."""
        if self._document.kind != "press":
            return None
        for start, end, period in self._periods[:_LEAD_TIMES]:
            if end <= at and period.start == period.end and pattern(_IS_DAY_OF).match(self._text, end):
                return period if self._text[start - 1 : start] in ("", ":", "。", "\n") else None
        return None

    def _is_at_end(self, fact: Fact, since: int) -> bool:
        """Tell whether the time of a fact that stands at an offset is that of the end of several years."""
        if fact.period is self._document.period:
            return True
        return pattern(_COMES_TO).search(self._text, max(0, since - _OPENED), since) is not None

    def _at_edge(self, draft: Draft, period: Period) -> Period | None:
        """Return the time of either value of a change over several years (从58%提高到64%): before them, or the last.

        None for any other quantity, and for 近三年从2亿元增加到3亿元, which is from the first of them.
        """
        named = pattern(_COURSE).fullmatch(period.text)
        if (period.kind != "multiyear" and named is None) or period.text[:1] in words("lately"):
            return None
        if draft.cue.role not in ("level", "share", "rank"):
            return None
        start, end = draft.span
        leaves = pattern(_LEAVES).search(self._text, max(draft.clause.start, start - _OPENED), start)
        if leaves and pattern(_GOES_TO).match(self._text, end):
            return first_year(period) if named else day_before(period)
        since = max(draft.clause.start, start - _OPENED)
        return last_year(period) if pattern(_COMES_TO).search(self._text, since, start) else None

    def is_default(self, period: Period | None, at: int) -> bool:
        """Tell whether a time is only that of the section or of the whole text."""
        section = self.sections.at(at).period or self.sections.review(at)
        return period is self._document.period or period is section

    def _is_undated(self, i: int, draft: Draft) -> bool:
        """Tell whether a time that has no dates stands behind a time (今年春节,…; …,春节前三天接待…)."""
        since = max(self._period_ends[i], draft.span[0] - _FARTHEST_WORD)
        return self._names_feast(i) or pattern(_UNDATED).search(self._text, since, draft.span[0]) is not None

    def _names_feast(self, i: int) -> bool:
        """Tell whether 今年 only says which feast is meant (今年春节,…)."""
        _, end, period = self._periods[i]
        return period.text in words("this_year") and bool(prefix(self._text, end, end + _LONGEST_VERB, "undated"))

    def _years_of_mean(self, sentence: Stretch, draft: Draft) -> Period | None:
        """Return the years of a yearly mean whose first and last value stand before it (由2020年的…增至2025年的…)."""
        if draft.cue.role != "change" or not pattern("{yearly}").search(self._text, *draft.left):
            return None
        named = last_match(_FIRST_TO_LAST, self._text, max(sentence[0], draft.span[0] - _FARTHEST_YEARS), draft.span[0])
        if named is None or named["first"] >= named["last"]:
            return None
        last = self._periods[max(0, bisect_right(self._period_starts, named.start("last")) - 1)][2]
        return replace(last, start=date(int(named["first"]), 1, 1), kind="multiyear")

    def _only_dates(self, i: int) -> bool:
        """Tell whether a time in brackets only gives the date of the one right before it (截至今天(7月16日))."""
        start = self._periods[i][0]
        return i > 0 and self._text[start - 1] == "(" and self._period_ends[i - 1] == start - 1

    def _so_far(self, i: int, sentence: Stretch) -> Period:
        """Return a time; 今年 behind 截至5月底 ends on that day, and 截至目前 behind 自2月10日以来 begins on that."""
        period = self._periods[i][2]
        if period.kind == "until" and i > 0 and self._periods[i - 1][2].kind == "since":
            return self._periods[i - 1][2] if self._period_ends[i - 1] >= self._period_starts[i] - 1 else period
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
            if self._heads(i, sentence, draft) and self._carries(i, draft) and not self._is_of_another(i, draft):
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
        if self._names_feast(i) or suffix(self._text, max(0, start - _OPENING), start, "owing_to"):
            return False
        if period.kind != "deadline":
            is_day = period.start == period.end and not pattern(_HOURS).match(self._text, end)
            is_day = is_day and not pattern("{attends}").match(self._text, *draft.right)  # 180人参加会议
            is_ago = period.kind == "interval" and period.text.endswith(_AGO)
            return period.kind != "compared" and not (is_day or is_ago)
        # a month by which one thing is done is of no other (6月底前建成甲;招聘20人)
        by_year = "月" not in period.text
        return by_year and self._text[end : end + 1] == "," and self._text.find("。", end, draft.span[0]) < 0

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
        while self._text[self._periods[i][0] - 1 : self._periods[i][0]] in words("list_mark") and self._joins(i):
            i -= 1  # 比一季度、上年同期回落
        start, end, period = self._periods[i]
        if period.text in words("base_time") or overlap((start, end), draft.reference):
            return True
        since = max(0, start - _LONGEST_OBJECT)
        if pattern(_OF_WORK).match(self._text, end) and pattern(_WORKED_ON).search(self._text, since, start):
            return True
        if pattern(_OPENS_BRACKET).search(self._text, max(0, start - _LONGEST_BRACKET), start) and pattern(
            _CLOSES_BRACKET
        ).match(self._text, end, draft.span[0]):
            return True
        compared = bool(suffix(self._text, max(0, start - 4), start, "compares"))
        if pattern("(?:{ratio_word}比|{own_whole})$").search(self._text, max(0, start - 4), start):
            compared = False  # 药占比年底前降到, 床护比2022年为
        if period.kind == "compared" or compared:
            return pattern(_VALUE_THEN).fullmatch(self._text, end, draft.span[0]) is None
        if period.kind == "since" or pattern(_FROM_TO).search(period.text):
            return False  # 从2017年开始, 从2017年到2021年
        opens = self._text[start] in words("from") or self._text[start] == "自"
        opened = opens or self._text[max(0, start - 1)] in words("from")
        return opened and end <= draft.opening

    def _joins(self, i: int) -> bool:
        """Tell whether only a mark parts a time from the one before it."""
        return i > 0 and self._period_ends[i - 1] == self._periods[i][0] - 1

    def opens_sentence(self, at: int) -> bool:
        """Tell whether a time at an offset opens its sentence, or stands behind who tells of it."""
        i = bisect_right(self._sentences, (at, 1 << 60)) - 1
        if i < 0:
            return False
        start = self._sentences[i][0]
        if at - start <= _SOURCE and pattern(_SOURCE_LEAD).search(self._text, start, at):
            return True
        return at - start <= _OPENING and not pattern(r"[,:]").search(self._text, start, at)

    def _heads(self, i: int, sentence: Stretch, draft: Draft) -> bool:
        """Tell whether a time opens an earlier sentence, if only behind short clauses without figures.

        One that opens an item (一是上半年…;二是…) heads no other item; months named in passing head
        nothing behind a full stop.
        """
        at, own = self._periods[i][0], bisect_right(self._sentences, (self._periods[i][0], 1 << 60)) - 1
        if own < 0 or (self._is_item(self._sentences[own][0]) and self._is_item(sentence[0])):
            return False
        if self.opens_sentence(at):
            return True
        if pattern(_LED_IN).fullmatch(self._text, self._sentences[own][0], at) is None:
            return False
        if self._text.find("。", at, draft.span[0]) < 0:
            return True
        return pattern(_MONTHS).match(self._text, at) is None and self.sections.review(draft.span[0]) is None

    def _is_item(self, at: int) -> bool:
        """Tell whether the words at an offset are those of an item (二是|…)."""
        return self._text[at - 1 : at] in words("item_end")

    def turns(self, since: int, at: int) -> bool:
        """Tell whether a time in a stretch opens its sentence, and is more than a feast or the day of the report."""
        opened = self._periods[bisect_left(self._period_ends, since) : bisect_right(self._period_ends, at + 1)]
        return any(
            self.opens_sentence(start)
            and not pattern(_GOES_ON).search(p.text)
            and not pattern(_VALUE_OF).search(self._text, max(0, start - _OPENING), start + 1)
            for start, _, p in opened
        )

    def past_time(self, at: int) -> int:
        """Return where a time that begins at an offset ends; the offset where none does."""
        i = bisect_left(self._period_starts, at)
        return self._period_ends[i] if i < len(self._periods) and self._period_starts[i] == at else at


def _dates_goal(text: str, start: int, end: int) -> bool:
    """Tell whether a time only says of when a goal is that is met (提前达到|2025年目标)."""
    year = start + text.startswith("到", start)  # 提前达|到2025年
    is_goal = pattern(OF_GOAL).match(text, end) is not None
    return is_goal and pattern(_MET_ALREADY).search(text, max(0, start - _OPENING), year) is not None
