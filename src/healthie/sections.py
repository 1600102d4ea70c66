"""The parts of a report that tell what is to be done: sections under a heading of plans, paragraphs that turn to them.

Start at `Sections.at`. Headings, lead-ins and turns are read once, paragraph by paragraph.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from healthie.cues import MET_ALREADY, OF_GOAL
from healthie.document_record import Document
from healthie.lexicon import pattern, prefix
from healthie.prose import Prose
from healthie.records import Period
from healthie.timewords import values

__all__ = ["Section", "Sections"]

_HEADING_LENGTH = 40
_LEAD_IN_LENGTH = 60
# A time opens a paragraph behind a salutation, or one of the first sentences; a shorter one is the day of an event.
_SALUTATION, _OPENING, _LONGEST_EVENT, _TWO_YEARS = 12, 60, 27, 730

_HEADINGS = (
    r"(?:第{digit}+(?:章|部分)|{digit}+、|#{1,3} )",
    r"\({digit}+\)",
    r"\d{1,2}[.、](?!\d)",
)
# a heading behind a mark (◆ 2024年,我们这样干)
_BULLET_HEADING = r"[◆◇■□▶►★☆▲●]\s*(?:20\d\d年)?[^\d。;:?!|]{2,20}"
_PLAN_HEADING = (
    r"{plan}|{time_ahead}.{0,14}(?:{plan_noun}|重点|工作)"
    r"|\d{4}年.{0,14}(?:{plan_noun}(?!生育)|重点工作)|{plan_end}[。:]?$"
)
_NO_PLAN = r"{looked_at}|\d{4}年\s+\d{4}年|基础(?=$|[。:])|(?<!补)短板"
# a lead-in, not a plan with its figures (明年再增加3张床)
_ANNOUNCES = r"{announced}[^。;\d]{0,30}[:。]?$"
_LOOKS_BACK = r"{looked_back}[^。]{0,40}:$"
# a goal that is met, which announces nothing (提前达到2025年目标)
_GOAL_MET = MET_ALREADY + r"\d{4}年" + OF_GOAL
# what ends a part with plans: a lead-in that looks back, or the heading of the notes
_ENDS_PLANS = _LOOKS_BACK + r"|^{glossary_of}*{glossary}:?$"
# (2018年6月)
_DATE = r"\(?\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?\)?"
# what opens the part of a yearly report that looks ahead
_TURNS_TO_YEAR = r"(?:今年|(?P<year>\d{4})年)(?:是[^。]{0,40}年[,。]|{whole_place}?{year_ahead}|{whole_place}工作)"
_PLAN_NAME = r"“(?P<name>{digit}{2,3})”"
# a paragraph, or its first sentence, that says of which years it tells (这是…的五年。)
_YEARS_OF = r"[^。]{0,50}的(?:{digit}|\d)年[。!]"
# what stands before a time that opens a sentence (。回望过去五年), and behind one that governs what follows
_OPENS_SENTENCE, _GOVERNS = r"[。!;]{recalled}?$", r"[,是]|[很极]不"
# where a paragraph turns to what is to be done
# what may stand before such a turn in its sentence: a mark of a list, or a connective
_OPENS = r"(?:^|(?<=[。;]))(?:[^。;]{0,3}[,、).—是-]{1,2})?"
_TURNS = (
    r"(?:^|(?<=[。;:]))[一二三四五六七八九十]{1,2}(?:是)?要(?!求|点|素|件)"
    "|" + _OPENS + r"{next_step}(?:,|(?={next_verb}))"
    r"|^会议{meeting_asks}"
    "|" + _OPENS + r"(?:《[^》]{0,20}?{plan_document}》|{plan_document}){plan_asks}(?:[,:]|(?={act}|{next_verb}))"
    r"|(?:^|(?<=。))[^。]{2,40}{goals}[是为]?[。:]"
    r"|(?:^|(?<=。))(?:今年|\d{4}年),?{whole_place+our_place}?[^。,]{0,6}[将要]{stress}"
)


@dataclass(frozen=True, slots=True)
class Section:
    """From where on a passage tells plans (nowhere: None), and the time that its heading names."""

    since: int | None = None
    period: Period | None = None


_NO_SECTION = Section()


class Sections:
    """The sections of one text.

    Parameters
    ----------
    prose : Prose
        The text.
    document : Document
        What the report says of itself.
    periods : sequence of (start, end, Period)
        The times, with where they stand in ``prose.text``.
    """

    def __init__(self, prose: Prose, document: Document, periods: Sequence[tuple[int, int, Period]]) -> None:
        self._text = prose.text
        self._document = document
        self._periods = periods
        self._period_ends = [end for _, end, _ in periods]
        self._paragraphs = prose.paragraphs
        self._starts = [start for start, _ in prose.paragraphs]
        self._ground = Section(0) if document.kind == "plan" else _NO_SECTION
        self._sections = list(self._read())
        self._reviews = list(self._read_reviews())

    def number(self, at: int) -> int:
        """Return which paragraph an offset is in."""
        return max(0, bisect_right(self._starts, at) - 1)

    def at(self, at: int) -> Section:
        """Return the section that an offset is in; one without plans where it tells none."""
        section = self._sections[self.number(at)] if self._sections else _NO_SECTION
        return section if section.since is not None and section.since <= at else _NO_SECTION

    def review(self, at: int) -> Period | None:
        """Return the several years that the passage around an offset looks back on, or None."""
        return self._reviews[self.number(at)] if self._reviews else None

    def _read_reviews(self) -> Iterator[Period | None]:
        """Tell for each paragraph which several years it looks back on.

        Only under a heading that names the years of a plan (“十三五”时期及2020年工作回顾): from a paragraph that opens
        with them (五年来,…) up to one that opens with another time (一年来,…).
        """
        now = whole = None
        for start, end in self._paragraphs:
            body = self._text[start:end]
            rank, heading = _heading(body)
            if rank == 1 or (_stands_alone(body) and pattern(_PLAN_NAME).search(body)):
                heading = heading or body
                whole = None if self._plans(heading) else self._years_over(start, start + len(heading))
                now = whole if whole and not pattern(r"\d{4}年").search(heading) else None
            elif whole is not None and (opening := self._opening_time(start, end)) is not None:
                # a stretch in figures (2020年到2025年) is of its sentence, and ends nothing
                now = opening if _spans_years(opening) else now if _spans_figures(opening) else None
            elif whole is not None and pattern(_YEARS_OF).match(body):
                now = whole
            yield now

    def _opening_time(self, start: int, end: int) -> Period | None:
        """Return the time that a paragraph opens with, or one of its first sentences, if it governs what follows."""
        i = bisect_right(self._period_ends, start)
        while i < len(self._periods) and self._periods[i][0] <= min(start + _OPENING, end):
            at, behind, period = self._periods[i]
            opens = at <= start + _SALUTATION or pattern(_OPENS_SENTENCE).search(self._text, start, at) is not None
            governs = pattern(_GOVERNS).match(self._text, behind) or period.kind in ("multiyear", "since")
            is_long = period.start and period.end and (period.end - period.start).days > _LONGEST_EVENT
            if opens and governs and is_long and period.kind not in ("compared", "deadline"):
                return period
            i += 1
        return None

    def period_in(self, start: int, end: int) -> Period | None:
        """Return the first time named in a stretch that nothing is compared with."""
        i = bisect_left(self._period_ends, start)
        while i < len(self._periods) and self._periods[i][1] <= end:
            if self._periods[i][0] >= start and self._periods[i][2].kind != "compared":
                return self._periods[i][2]
            i += 1
        return None

    def _headed(self, start: int, end: int) -> Period | None:
        """Return the time that a heading names; there the bare name of a plan is one (“十五五”主要目标)."""
        return self.period_in(start, end) or self.years_of_plan(start, end)

    def years_of_plan(self, start: int, end: int) -> Period | None:
        """Return the five years of the plan that a stretch names (“十四五”)."""
        first = self._plan_in(self._text[start:end])
        return Period(date(first, 1, 1), date(first + 4, 12, 31), kind="multiyear") if first else None

    def _years_over(self, start: int, end: int) -> Period | None:
        """Return the five years of the plan that a stretch names, if they are over when the report's time is."""
        named, own = self.years_of_plan(start, end), self._document.period
        if named is None or named.end is None or own is None or own.end is None:
            return named
        return named if named.end.year <= own.end.year else None

    def _plan_in(self, words: str) -> int | None:
        """Return the first year of the plan that some words name."""
        named = pattern(_PLAN_NAME).search(words)
        first = values("plan").get(named["name"]) if named else None
        return int(first) if first else None

    def _read(self) -> list[Section]:
        """Tell for each paragraph whether a heading or lead-in before it announces plans, and for which time."""
        sections, now, level, numbered = [], self._ground, 0, 0
        for start, end in self._paragraphs:
            body = self._text[start:end]
            rank, heading = _heading(body)
            if rank:
                now, level = self._under_heading(start, heading, rank, now, level)
                numbered = rank
            sections.append(_of_paragraph(start, body, now))
            if not rank and not body.startswith("("):
                now, level = self._behind(start, body, now, level, numbered)
        return sections

    def _under_heading(self, start: int, heading: str, rank: int, now: Section, level: int) -> tuple[Section, int]:
        """Return the section that a heading opens and how high the heading stands that governs it."""
        if self._plans(heading):
            above = now.period if level and rank > level else None
            return Section(start, self._headed(start, start + len(heading)) or above), rank
        closes = rank <= level or (self._ground.since is not None and not level)
        if closes and pattern(_NO_PLAN).search(heading):
            return _NO_SECTION, rank
        return (self._ground if level and rank <= level else now), level

    def _behind(self, start: int, body: str, now: Section, level: int, numbered: int) -> tuple[Section, int]:
        """Return the section that a paragraph without a number opens, if it is a heading or lead-in; else `now`."""
        if _stands_alone(body) and self._plans(body) and not pattern("{headline}").search(body):
            # a heading without a number stands above those with one
            return Section(start, self._headed(start, start + len(body))), 0
        if (coming := self._coming_year(body)) is not None:
            return Section(start, coming), level if now.since is not None else 0
        if pattern(_ANNOUNCES).search(body) and not pattern("{reported}").search(body[-_LEAD_IN_LENGTH:]):
            named = self.years_of_plan(start, start + len(body))
            return Section(start, named or now.period), numbered
        if now.since is not None and pattern(_ENDS_PLANS).search(body):
            return _NO_SECTION, level
        return now, level

    def _plans(self, heading: str) -> bool:
        """Tell whether a heading announces plans: by its words, or by a year after the one reported on."""
        if pattern(_NO_PLAN).search(heading):
            return False
        heading = pattern(_GOAL_MET).sub("", heading)
        own = self._document.period
        if own is not None and own.end is not None:
            years = [int(match[1]) for match in pattern(r"(20\d{2})年").finditer(heading)]
            plan = self._plan_in(heading)
            if (years and max(years) > own.end.year) or (plan is not None and plan > own.end.year):
                return True
        return bool(pattern(_PLAN_HEADING).search(heading))

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


def _spans_years(period: Period) -> bool:
    """Tell whether a time is of several years that words count or name (五年来, “十四五”时期), not figures."""
    return _is_several(period) and not period.text[:1].isdigit()


def _spans_figures(period: Period) -> bool:
    """Tell whether a time is of several years written in figures."""
    return _is_several(period) and period.text[:1].isdigit()


def _is_several(period: Period) -> bool:
    return period.start is not None and period.end is not None and (period.end - period.start).days > _TWO_YEARS


def _of_paragraph(start: int, body: str, now: Section) -> Section:
    """Return the section of a paragraph: none where it tells of the meeting itself, its own where it turns to plans."""
    if prefix(body, 0, len(body), "told"):
        return _NO_SECTION
    turn = _turn(body) if now.since is None else None
    return now if turn is None else Section(start + turn)


def _turn(body: str) -> int | None:
    """Return where a sentence of a paragraph turns to what is to be done."""
    opens = (0, *(mark.end() for mark in pattern("[。;]").finditer(body)))
    return next((at for at in opens if pattern(_TURNS).match(body, at)), None)


def _stands_alone(body: str) -> bool:
    """Tell whether a paragraph is a heading without a number: short, with no mark of a sentence and no figures.

    A date below a title or a signature heads nothing.
    """
    if len(body) > _HEADING_LENGTH or pattern(_DATE).fullmatch(body):
        return False
    if pattern(_BULLET_HEADING).fullmatch(body):
        return True
    return not pattern(r"[。;,:?!|]|(?<!\d)\d{1,3}(?!\d)").search(body)


def _heading(body: str) -> tuple[int, str]:
    """Return how high the heading that opens a paragraph is (1 for 一、, 2 for (一), 3 for 1., 0 for none), and it."""
    head = body
    if len(body) > _HEADING_LENGTH or pattern("[。;]").search(body):
        match = pattern(r"[^。;]{0,40}[。;:]").match(body)
        head = match.group() if match else ""
    for rank, form in enumerate(_HEADINGS, 1):
        if head and pattern(form).match(head):
            return rank, head
    return 0, ""
