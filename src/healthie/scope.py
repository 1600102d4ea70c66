"""What governs a quantity from further away: its time, its place, and whether it is reached or planned.

Start at `Scope`: one object for a text, asked once for each quantity.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from healthie.drafts import Draft
from healthie.lexicon import pattern, prefix
from healthie.phrases import Stretch
from healthie.prose import Prose
from healthie.records import Document, Entity, Fact, Period, Region, Status

__all__ = ["Scope"]

_NOT_GOVERNING = r"(?:高于|高出|低于|超过|超出|超|领先于?|优于|落后于?|占|居|列|位居|位列|名列|排名|排|比|较|与|同|和|向|赴|援|支援|对口支援|对口|来自|至|到|驻|在|从|由|被|像|含|除|及)$"
_HEADING_LENGTH = 40


@dataclass(frozen=True, slots=True)
class _Section:
    """From where on a passage tells plans (nowhere: None), and the time that its heading names."""

    since: int | None
    period: Period | None


_NO_SECTION = _Section(None, None)


class Scope:
    """The governing times, places and intentions of one text.

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
        self._periods = list(periods)
        self._period_ends = [p[1] for p in self._periods]
        self._regions = [r for r in regions if r[2].id]
        self._region_ends = [r[1] for r in self._regions]
        self._paragraphs = prose.paragraphs
        self._paragraph_starts = [start for start, _ in self._paragraphs]
        self._sentences = list(sentences)
        self._sections = self._read_sections()

    def _paragraph(self, at: int) -> int:
        return max(0, bisect_right(self._paragraph_starts, at) - 1)

    def _read_sections(self) -> list[_Section]:
        """Tell for each paragraph whether a heading or lead-in before it announces plans, and for which time."""
        ground = _Section(0, None) if self._document.kind == "plan" else _NO_SECTION
        sections, now, level, numbered = [], ground, 0, 0
        for start, end in self._paragraphs:
            body = self._text[start:end]
            rank, heading = _heading(body)
            if rank:
                if self._plans(heading):
                    now, level = _Section(start, self._period_in(start, start + len(heading))), rank
                elif pattern(_NO_PLAN).search(heading) and (rank <= level or ground.since is not None and not level):
                    now, level = _NO_SECTION, rank
                elif level and rank <= level:
                    now = ground
                numbered = rank
            turn = pattern(_TURNS).search(body)
            if pattern(_TOLD).match(body):
                sections.append(_NO_SECTION)
            elif now.since is None and turn:
                sections.append(_Section(start + turn.start(), None))
            else:
                sections.append(now)
            if rank or body.startswith("("):
                continue
            if _stands_alone(body) and self._plans(body) and not pattern(_HEADLINE).search(body):
                # a heading without a number stands above those with one
                now, level = _Section(start, self._period_in(start, end)), 0
            elif (coming := self._coming_year(body)) is not None:
                now, level = _Section(start, coming), level if now.since is not None else 0
            elif pattern(_ANNOUNCES).search(body) and not pattern(r"总结|小结|汇报|报告如下|情况").search(body[-60:]):
                now, level = _Section(start, None), numbered
            elif now.since is not None and pattern(_LOOKS_BACK).search(body):
                now = _NO_SECTION
        return sections

    def _plans(self, heading: str) -> bool:
        """Tell whether a heading announces plans: by its words, or by a year after the one reported on."""
        if pattern(_NO_PLAN).search(heading):
            return False
        own = self._document.period
        later = own is not None and own.end is not None and any(
            int(match.group(1)) > own.end.year for match in pattern(r"(20\d{2})年").finditer(heading)
        )
        return later or bool(pattern(_PLAN_HEADING).search(heading))

    def _coming_year(self, body: str) -> Period | None:
        """Return the year that a report on the year before turns to (今年是“十五五”开局之年,…)."""
        own, published = self._document.period, self._document.published[:4]
        if own is None or own.end is None or not published.isdigit() or int(published) <= own.end.year:
            return None
        year = int(published)
        match = pattern(_TURNS_TO_YEAR).match(body)
        if match is None or (match["year"] and int(match["year"]) != year):
            return None
        return Period(date(year, 1, 1), date(year, 12, 31))

    def _period_in(self, start: int, end: int) -> Period | None:
        i = bisect_left(self._period_ends, start)
        while i < len(self._periods) and self._periods[i][1] <= end:
            if self._periods[i][0] >= start and self._periods[i][2].kind != "compared":
                return self._periods[i][2]
            i += 1
        return None

    def _section(self, at: int) -> _Section:
        section = self._sections[self._paragraph(at)] if self._sections else _NO_SECTION
        return section if section.since is not None and section.since <= at else _NO_SECTION

    def period(self, sentence: Stretch, draft: Draft, qualified: Fact | None, since: int) -> Period | None:
        """Return the time that governs a quantity: the nearest before it in its clause, else that of the fact it
        qualifies, else the nearest in its sentence, else the last that opens a sentence of its paragraph, else its
        section's or the report's own. A time that it is compared with, or that another quantity starts from
        (由2020年的), does not govern it. `since` is where the qualified fact stands.
        """
        i = bisect_right(self._period_ends, draft.span[0]) - 1
        while i >= 0 and self._periods[i][0] >= sentence[0]:
            if qualified is not None and self._periods[i][0] < min(since, draft.clause.start):
                return qualified.period
            if not self._is_of_another(i, draft):
                return self._in_section(self._periods[i][2], draft)
            i -= 1
        if qualified is not None:
            return qualified.period
        paragraph = self._paragraphs[self._paragraph(draft.span[0])] if self._paragraphs else (0, 0)
        while i >= 0 and self._periods[i][0] >= paragraph[0]:
            start, _, period = self._periods[i]
            if self._opens_sentence(start) and self._carries(i, draft) and not self._is_of_another(i, draft):
                return self._in_section(period, draft)
            i -= 1
        return self._lead(draft.span[0]) or self._section(draft.span[0]).period or self._document.period

    def _lead(self, at: int) -> Period | None:
        """Return the time that opens the lead-in of a list with dashes (到2025年,…:——健康水平…)."""
        i = self._paragraph(at)
        if not self._paragraphs or not self._text.startswith("--", self._paragraphs[i][0]):
            return None
        while i > 0 and self._text.startswith("--", self._paragraphs[i][0]):
            i -= 1
        start, end = self._paragraphs[i]
        period = self._period_in(start, end)
        opens = period is not None and self._text.find(period.text, start, start + len(period.text) + 4) >= 0
        return period if opens else None

    def _carries(self, i: int, draft: Draft) -> bool:
        """Tell whether the time that opens a sentence governs the sentences after it; a deadline only as the lead-in of
        a list with semicolons (到2026年底,…;…).
        """
        _, end, period = self._periods[i]
        if period.kind != "deadline":
            return period.kind != "compared" and period.start != period.end
        return self._text[end : end + 1] == "," and "。" not in self._text[end : draft.span[0]]

    def _in_section(self, period: Period, draft: Draft) -> Period:
        """Return a time without a year of its own as of the year that the heading of its section names."""
        section, own = self._section(draft.span[0]).period, self._document.period
        if section is None or own is None or section.end is None or own.end is None or pattern(r"\d{4}").search(period.text):
            return period
        years = section.end.year - own.end.year
        if period.end is None or period.end.year != own.end.year or not years:
            return period
        return replace(period, start=_moved(period.start, years), end=_moved(period.end, years))

    def _is_of_another(self, i: int, draft: Draft) -> bool:
        """Tell whether a time belongs to a comparison, or to a quantity between it and the draft."""
        start, end, period = self._periods[i]
        if period.text == "年初" or (draft.reference is not None and start < draft.reference[1] and draft.reference[0] < end):
            return True
        if period.kind == "compared":
            return not pattern("的").fullmatch(self._text, end, draft.span[0])
        if pattern(_COMPARES).search(self._text, max(0, start - 4), start):
            return not pattern("的").fullmatch(self._text, end, draft.span[0])
        return self._text[start] in "由从" + "自" * (period.kind != "since") and end <= draft.opening or (
            self._text[max(0, start - 1)] in "由从" and end <= draft.opening
        )

    def _opens_sentence(self, at: int) -> bool:
        i = bisect_right(self._sentences, (at, 1 << 60)) - 1
        if i < 0:
            return False
        between = self._text[self._sentences[i][0] : at]
        return len(between) <= 6 and not pattern(r"[,:]").search(between)

    def region(self, sentence: Stretch, draft: Draft, qualified: Fact | None, since: int) -> Region | None:
        """Return the place that governs a quantity: one named before it in its clause, else that of the fact it
        qualifies, else one at the head of an earlier clause of its sentence, else the report's own. A place compared
        with does not govern.
        """
        i = bisect_right(self._region_ends, draft.span[0]) - 1
        while i >= 0 and self._regions[i][0] >= sentence[0]:
            start, end, entity = self._regions[i]
            i -= 1
            if qualified is not None and start < min(since, draft.clause.start):
                return qualified.region
            if draft.reference is not None and start < draft.reference[1] and draft.reference[0] < end:
                continue
            if not entity.id.isdigit() and entity.text[0] in "全我本":
                entity = self._settlement_before(start) or entity
            if not self._governs(start, end, entity.id, sentence, draft):
                continue
            if self._document.region is not None and entity.id == self._document.region.code:
                break
            if start >= draft.clause.start or self._opens_clause(start, sentence):
                return self.as_region(entity)
        return qualified.region if qualified is not None else self._document.region

    def carries_over(self, region: Region | None, before: Fact, at: int) -> bool:
        """Tell whether the place of the fact before goes on: in a paragraph of a national text that told of a place."""
        own = self._document.region
        if own is None or own.code != "100000" or region is not own or before.region is own or before.region is None:
            return False
        opened = self._periods[bisect_left(self._period_ends, at - 60) : bisect_right(self._period_ends, at)]
        if any(self._opens_sentence(start) for start, _, _ in opened):
            return False
        named = any(r[2].id == own.code for r in self._regions[bisect_left(self._region_ends, before.sentence.start) :] if r[1] <= at)
        return not named and self._paragraph(before.quantity.start) == self._paragraph(at)

    def as_region(self, entity: Entity) -> Region:
        """Return a place that is named as the region of a fact."""
        code = entity.id if entity.id.isdigit() else ""
        return Region(code, entity.name or entity.text, entity.text, entity.start, entity.end)

    def _opens_clause(self, start: int, sentence: Stretch) -> bool:
        left = start
        while left > sentence[0] and self._text[left - 1] not in ",:;。!? \n":
            left -= 1
        while word := prefix(self._text, left, start, "lead"):
            left += len(word)
        return left == start

    def _governs(self, start: int, end: int, entity_code: str, sentence: Stretch, draft: Draft) -> bool:
        if end == draft.span[0] and not pattern("[、和及与]").match(self._text, start - 1, start):
            return True
        if pattern(_NOT_GOVERNING).search(self._text, sentence[0], start) or self._text[end : end + 1] == "第":
            return False
        if pattern(_SENDS).match(self._text, end) or any(a == end for a, _, _ in self._regions_at(end)):
            return False
        own = self._document.region
        wider = own is not None and entity_code == "100000" != own.code
        if wider and not pattern(_NATIONAL).match(self._text, end):
            return False
        listed = self._text[end : end + 1] in tuple("、和及与")
        follows = start > sentence[0] and start != draft.left[0] and self._text[start - 1] in "、和及与"
        return not listed and not follows

    def _settlement_before(self, at: int) -> Entity | None:
        """Return the town or village that 全镇 or 本村 points at: the last one named before."""
        for start, _, entity in reversed(self._regions):
            if start < at and not entity.id.isdigit() and entity.text[0] not in "全我本":
                return entity
        return None

    def _regions_at(self, at: int) -> list[tuple[int, int, Entity]]:
        i = bisect_right(self._region_ends, at)
        return self._regions[i : i + 1]

    def status(self, sentence: Stretch, draft: Draft, period: Period | None, before: Fact | None) -> Status:
        """Return whether a quantity is reached or planned."""
        text, clause, at = self._text, draft.clause.start, draft.span[0]
        section = self._section(at)
        own = period is not None and period is not self._document.period and period is not section.period
        if pattern(r"[由从](?:现在|目前|现有|\d{4}年(?:底|末)?|上年|去年)?的?(?:每\p{Han}{1,4})?$").search(text, clause, at):
            return "actual"
        if own and period is not None and period.kind == "deadline":
            return "target"
        intents = list(pattern(_INTENDS).finditer(text, sentence[0], at))
        goes_on = before is not None and before.status == "target" and text[max(0, sentence[0] - 1)] == ";"
        if intents or goes_on:
            since = intents[-1].end() if intents else sentence[0]
            return "actual" if pattern(r"已(?!有)|目前|截至|截止|实际").search(text, min(since, at), at) else "target"
        if pattern(r"\p{Han}{0,6}?(?:将于|拟于|计划于|将在|预计(?:于|在))").match(text, draft.span[1], draft.clause.end):
            return "target"
        handed = pattern(r"下达|分解|交办|年度(?:任务|计划|目标)").search(text, sentence[0], at)
        if handed and draft.cue.role == "level" and pattern(r"(?:任务|计划|目标|指标)(?:数|值)?(?:为|是|:)?$").search(text, clause, at):
            return "target"
        if section.since is None or (own and self._is_past(period)):
            return "actual"
        return "actual" if pattern(r"已(?:经|有|建|完)|目前|截至|(?<![比较与同])(?:去年|上年)|现在的?$").search(text, sentence[0], at) else "target"

    def _is_past(self, period: Period | None) -> bool:
        """Tell whether a time has ended before the report was published."""
        own = self._document.period
        last = self._document.published or (own and str(own.end)) or ""
        before = own is not None and own.start is not None and period is not None and period.end is not None and period.end < own.start
        return before or bool(period and period.end and last and str(period.end) < last)


_INTENDS = (
    r"力争|争取(?=在|于|到|年|实现|达到|完成|建成|创|今年|明年)|确保|(?<![项动展设坚年才生度养升障务录资理学])计划(?!实施|执行|完成情况)(?=在|于|将|到|用|为|{act}|{lead})|拟(?={act}|于|在)|务必|有望|要求(?:达到|完成)"
    r"|目标(?:为|是|:)|预计(?=.{0,8}(?:将|未来|到|可))|应当|(?<![不需重主必纲首摘紧只])要(?={act}|{lead}|{reach}|在|于|不|按|把|对|以|紧|抓|坚)"
    r"|将(?!近)(?={act}|{reach}|{rise}|{fall}|于|在|继续|全面|进一步|重点|力争|启动|投用|投入|落地|有|再|陆续|逐步|新|带动|惠及|用|达)"
)
# what opens the part of a yearly report that looks ahead
_TURNS_TO_YEAR = (
    r"(?:今年|(?P<year>\d{4})年)(?:是[^。]{0,40}(?:年|之年)[,。]|工作的总体|政府工作的?总体|(?:全[省市县区州盟旗])?经济社会发展|(?:的)?主要预期目标|(?:的)?总体要求|全[省市县区州]工作)"
)
# where a paragraph turns to what is to be done
_TURNS = (
    r"(?:^|(?<=[。;]))(?:下一步|下步|下阶段|下半年|明年|来年|今后|接下来|四季度|第四季度)(?:[,，]|(?=再|将|要|计划|力争))|^会议(?:要求|强调|部署)"
    r"|(?:^|(?<=。))[^。]{2,40}(?:主要目标|工作目标|目标任务|重点任务|总体目标|预期目标)(?:是|为)?[。:]"
    r"|(?:^|(?<=。))(?:今年|\d{4}年)[,，]?(?:我们|全[市县省区州]|我[市县省区州委局])?[^。,]{0,6}(?:将|要)(?:重点|着力|继续|突出|抓好|以)"
)
# what a news report tells of the meeting itself, not of what the meeting asks for
_TOLD = r"(?:会上|会议(?:对|还|由|期间|听取|通报|总结|传达)|据悉|据了解)"
# the headline of a news report or the title of a summary announces no plans, even where it names them
_HEADLINE = r"总结|小结|回顾|会议|召开|部署|通报|汇报|报告|新闻|发布会|记者|启动|座谈|推进会"
_LOOKS_BACK = r"(?:过去|回顾|成绩|体现在|取得|工作总结)[^。]{0,40}:$"
_ANNOUNCES = r"(?:下一步|下半年(?:的)?(?:重点)?工作|下阶段|明年|来年|今后)[^。;]{0,30}[:。]?$"
_PLAN_HEADING = r"{plan}|(?:下半年|明年|来年|今后|下阶段|下一步).{0,14}(?:计划|打算|安排|思路|部署|要点|目标|任务|重点|工作|建议)|\d{4}年.{0,14}(?:计划(?!生育)|打算|安排|思路|部署|要点|目标|任务|重点工作|建议)|(?:计划|打算|安排|思路|保障措施|要点)[。:]?$"
_NO_PLAN = "基础(?=$|[。:])|现状|成就|形势|完成|落实|进展|回顾|总结|小结|情况|成效|存在|问题|(?<!补)短板|不足|差距|困难"
# in the report of a place, 全国 governs only where the nation's own figure follows, not in 全国重点实验室
# a place that sends help or hands down money is not the one reported on
_SENDS = r"(?:选派|派出|派驻|派|支援|援|捐赠|捐|下达|拨付|对口)"
_NATIONAL = r"(?:平均|人均|每|共有|累计|总|同期|共|卫生|医疗卫生|居民|有\d)"
_COMPARES = r"(?:比|较|与|同|跟|相较|相较于|为|是)$"
_HEADINGS = (
    r"(?:第[一二三四五六七八九十]+(?:章|部分)|[一二三四五六七八九十]+、|#{1,3} )",
    r"\([一二三四五六七八九十]+\)",
    r"\d{1,2}[.、](?!\d)",
)


def _moved(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    last = monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))


def _stands_alone(body: str) -> bool:
    """Tell whether a paragraph is a heading without a number: short, with no mark of a sentence and no figures."""
    return len(body) <= _HEADING_LENGTH and not pattern(r"[。;,:?!|]|(?<!\d)\d{1,3}(?!\d)").search(body)


def _heading(body: str) -> tuple[int, str]:
    """Return how high the heading that a paragraph is or opens with stands (1 for 一、, 2 for (一), 3 for 1., 0 for
    none), and the heading.
    """
    head = body
    if len(body) > _HEADING_LENGTH or pattern("[。;]").search(body):
        match = pattern(r"[^。;]{0,40}[。;:]").match(body)
        head = match.group() if match else ""
    for rank, form in enumerate(_HEADINGS, 1):
        if head and pattern(form).match(head):
            return rank, head
    return 0, ""

