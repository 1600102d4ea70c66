"""What decides how a time expression is read: the report's clock, the year of the passage, the words around.

Start at `Clock` (when the report came out, what time it covers) and `Passage` (which year is being spoken of); the
functions below answer one question each about the words next to an expression. `healthie.periods` puts them together.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from healthie.timewords import alternation

if TYPE_CHECKING:
    from healthie.records import Period
    from healthie.timewords import MonthDay, TimeWords

__all__ = [
    "LAST_MONTH_OF_REVIEW",
    "Clock",
    "Passage",
    "add_months",
    "add_years",
    "day_of",
    "heading",
    "is_aimed_at",
    "is_compared",
    "is_estimated",
    "is_followed_by_aim",
    "is_meeting",
    "is_of_target",
    "is_reached",
    "is_still_to_do",
    "known_days",
    "looks_ahead",
    "name_spans",
]

# A report comes out at most so many months behind the time it covers, where its own date is not known.
_MONTHS_TO_PRINT = 4
# A report that comes out by this month speaks of the year before when it says 全年 or 年末.
LAST_MONTH_OF_REVIEW = 4
_LONGEST_HEADING = 45
_LONGEST_LEAD_IN = 30
_PUBLISHED = regex.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_TITLE = regex.compile(r"《[^《》\n]{0,80}》")
_OF_A_VALUE = regex.compile(r"的[^,。;]{0,6}\d")


def day_of(year: int, month_day: MonthDay) -> date:
    """Return a day; day 0, or one that the month does not have, is its last.

    Examples
    --------
    >>> day_of(2023, (2, 0)), day_of(2023, (2, 30))
    (datetime.date(2023, 2, 28), datetime.date(2023, 2, 28))
    """
    month, day = month_day
    last = monthrange(year, month)[1]
    return date(year, month, min(day, last) or last)


def add_years(day: date | None, years: int) -> date | None:
    """Return the same day so many years later, or the last of its month; None of None.

    Examples
    --------
    >>> add_years(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    return day and day_of(day.year + years, (day.month, day.day))


def add_months(day: date, months: int) -> date:
    """Return the day so many months later, or the last of that month.

    Examples
    --------
    >>> add_months(date(2023, 10, 31), 4)
    datetime.date(2024, 2, 29)
    """
    count = day.year * 12 + day.month - 1 + months
    return day_of(count // 12, (count % 12 + 1, day.day))


@lru_cache(maxsize=16)  # every fact asks when its report came out
def known_days(published: str) -> tuple[date, date] | None:
    """Return the first and the last day that a date of less than full exactness can mean.

    Parameters
    ----------
    published : str
        ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or empty.

    Returns
    -------
    (date, date) or None
        None for an empty string.

    Raises
    ------
    ValueError
        If it is no such date.

    Examples
    --------
    >>> known_days("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    if not published:
        return None
    match = _PUBLISHED.fullmatch(published)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(n) if n else 0 for n in match.groups())
        first = date(year, month or 1, day or 1)
        return first, date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        message = f"published is {published!r}: give a date of the calendar as YYYY, YYYY-MM or YYYY-MM-DD."
        raise ValueError(message) from None


@dataclass(frozen=True, slots=True)
class Clock:
    """When the report was published and what time it covers.

    Attributes
    ----------
    first, last : date or None
        The first and the last day on which it can have been published.
    start, end : date or None
        The first and the last day that it covers.
    """

    first: date | None = None
    last: date | None = None
    start: date | None = None
    end: date | None = None

    @classmethod
    def set(cls, published: str, period: Period | None) -> Clock:
        """Set the clock by a date as text and a period."""
        first, last = known_days(published) or (None, None)
        return cls(first, last, period.start if period else None, period.end if period else None)

    @property
    def today(self) -> date | None:
        """The day of the report, as near as is known."""
        return self.last or self.end

    @property
    def exact_day(self) -> date | None:
        """The day of the report, if it is known to the day."""
        return self.last if self.first == self.last else None

    @property
    def horizon(self) -> date | None:
        """The day behind which a date lies ahead of the report."""
        return self.last or (self.end and add_months(self.end, _MONTHS_TO_PRINT))

    @property
    def is_late(self) -> bool:
        """Whether the report came out in a year behind the one it covers."""
        return bool(self.first and self.end and self.first.year > self.end.year)

    @property
    def is_early(self) -> bool:
        """Whether the report came out in the first months of a year, which look back on the year before."""
        return bool(self.first and self.last and self.first.month == self.last.month <= LAST_MONTH_OF_REVIEW)

    @property
    def now_year(self) -> int | None:
        """The year of publication."""
        day = self.first or self.end
        return day.year if day else None

    def own_year(self, first: MonthDay = (1, 1), last: MonthDay = (12, 31)) -> int | None:
        """Return the year reported on, for a part of it from one month and day to another."""
        if self.end:
            return self.end.year
        if not self.first or not self.last:
            return None
        is_whole = first == (1, 1) and last[0] == 12
        begins_later = day_of(self.first.year, first) > self.last
        return self.first.year - (self.is_early and (is_whole or begins_later))


class _Section(NamedTuple):
    """A heading: its level, the year it names, and whether it looks ahead (None where it does not say)."""

    level: int
    year: int | None
    looks_ahead: bool | None


@dataclass(slots=True)
class Passage:
    """Which time the text before speaks of: carried along from one expression to the next.

    Attributes
    ----------
    year : int or None
        The year named last in the paragraph.
    deadline : int or None
        The year of the deadline named last in the paragraph.
    last : (date or None, date or None)
        The time named last in the paragraph; both None where there is none.
    day : date or None
        The day named last.
    """

    year: int | None = None
    deadline: int | None = None
    last: tuple[date | None, date | None] = (None, None)
    day: date | None = None
    _sections: list[_Section] = field(default_factory=list)
    _heading_ends: int = 0

    @property
    def section(self) -> int | None:
        """The year that the heading of the section, or one above it, names."""
        return next((s.year for s in reversed(self._sections) if s.year is not None), None)

    @property
    def looks_ahead(self) -> bool:
        """Whether that heading speaks of plans."""
        return next((s.looks_ahead for s in reversed(self._sections) if s.looks_ahead is not None), False)

    @property
    def nearest(self) -> int | None:
        """The year of the paragraph, else that of the section."""
        return self.year or self.section

    def enter(self, paragraph: str, start: int = 0) -> None:
        """Begin a paragraph at an offset; a heading may set the year of its section."""
        self.year, self.deadline, self.last = None, None, (None, None)
        level, size = heading(paragraph)
        self._heading_ends = start + size
        if level is None:
            return
        while self._sections and self._sections[-1].level >= level:
            self._sections.pop()
        self._sections.append(_Section(level, None, looks_ahead(paragraph[:size], is_lead_in=size < len(paragraph))))

    def note(
        self, words: TimeWords, start: date | None, end: date | None, kind: str, *, is_origin: bool = False
    ) -> None:
        """Keep the time that an expression names for those behind it; that of an origin (由上年的46例) is passed by."""
        in_heading = words.start < self._heading_ends
        if kind == "deadline" and end is not None and words.names_year:
            self.deadline = end.year
        if kind in ("compared", "multiyear") or is_origin or (kind == "deadline" and not in_heading):
            return
        if kind != "since" and words.form not in ("years", "now"):
            self.last = (start, end)
        if end is None or (start is not None and start.year != end.year) or words.tail == "same":
            return
        if start == end:
            self.day = end
        if words.names_year:
            self.year = end.year
            if in_heading and self._sections and self._sections[-1].year is None:
                self._sections[-1] = self._sections[-1]._replace(year=end.year)


_ENDS = regex.compile("[。;]")
# A lead-in turns to plans only with plain words: 四、2025年目标。全市…
_POINTS_AHEAD = r"(?:{next}|{later})[^。;:,]{0,6}重点$"
_LEAD_IN_AHEAD = r"{next}|(?:20\d\d年|{year}|{part}|工作)[^。]{0,8}{ahead}"
# 2020年工作打算, 下一步工作安排; a title that opens with a place is none: the whole report lies below it.
_TIMED_HEADING = r"(?:20\d\d年|{year}|{part}|{next})[^。;:,]{0,24}?(?:{ahead}|{back})\)?$"
_HEADINGS = (
    regex.compile(r"第[一二三四五六七八九十]{1,3}(?:部分|章|篇)"),
    regex.compile(r"[一二三四五六七八九十]{1,3}[、.]"),
    regex.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    regex.compile(r"\d{1,2}[、.)](?!\d)|\(\d{1,2}\)"),
)
_HEADING_STARTS = frozenset("第一二三四五六七八九十(")


def looks_ahead(words: str, *, is_lead_in: bool = False) -> bool | None:
    """Tell whether the words of a heading look ahead (True) or back (False); None where they do neither.

    Examples
    --------
    >>> looks_ahead("三、明年工作打算"), looks_ahead("一、工作完成情况"), looks_ahead("二、医改")
    (True, False, None)
    """
    if _found("back").search(words):
        return False
    ahead = _pattern(_LEAD_IN_AHEAD).search(words) if is_lead_in else _found("ahead").search(words)
    ahead = ahead or _pattern(_POINTS_AHEAD).search(words.strip())
    return True if ahead else None


def heading(paragraph: str) -> tuple[int | None, int]:
    """Return how deep a heading stands and how long it is; None and 0 for body text.

    A heading is a short numbered line, the numbered words before the first full stop of a paragraph, or a short line
    without a number that ends in a word of plans or of reviews.

    Examples
    --------
    >>> heading("四、明年目标。新建卫生室8个。"), heading("2019年工作打算"), heading("全县建成卫生室8个。")
    ((1, 7), (0, 9), (None, 0))
    """
    text = paragraph.lstrip("#* ")
    lead = len(paragraph) - len(text)
    level = None
    if text[:1] in _HEADING_STARTS or text[:1].isdecimal():
        level = next((level for level, mark in enumerate(_HEADINGS) if mark.match(text)), None)
    if level is None and len(paragraph) > _LONGEST_HEADING:
        return None, 0
    stop = text.find("。", 0, _LONGEST_LEAD_IN)
    if level is not None and 0 < stop < len(text.rstrip()) - 1 and not _ENDS.search(text[:stop]):
        return level, lead + stop + 1
    if len(paragraph) > _LONGEST_HEADING or _ENDS.search(text):
        return None, 0
    if level is None and not (len(text) <= _LONGEST_LEAD_IN and _pattern(_TIMED_HEADING).match(text)):
        return None, 0
    return level or 0, len(paragraph)


# a month in the name of something (“新十二月市”)
_BRAND = regex.compile(r"“[^“”\d年日]{0,8}[一二三四五六七八九十]月[^“”\d年日]{1,8}”")
# a contest that bears the name of a year, unless something is said to be done in it (2023年举办运动会12场)
_CONTEST = r"(?:第[\d一二三四五六七八九十]{1,4}届)?(?:(?!{holds}|共|新|全)[^,。;:!?\n\d]){0,14}?{contest}(?!\d)"


@lru_cache(maxsize=64)
def _found(name: str) -> regex.Pattern[str]:
    return regex.compile(alternation(name))


@lru_cache(maxsize=64)
def _pattern(template: str) -> regex.Pattern[str]:
    """Compile a template in which ``{class}`` stands for any word of a class of the table."""
    return regex.compile(regex.sub(r"\{([a-z]+)\}", lambda match: alternation(match[1]), template))


def name_spans(folded: str) -> list[tuple[int, int]]:
    """Return the spans of titles, and of brackets that belong to a plan's name: years in them are no times.

    Examples
    --------
    >>> name_spans("2023年的《妇幼纲要(2021年)》")
    [(6, 19), (11, 18)]
    """
    spans = [match.span() for match in _TITLE.finditer(folded)]
    spans += [match.span() for match in _BRAND.finditer(folded)]
    in_plan = _pattern(r"{plannoun}[”\"'’」》]?(\([^()\n]{0,30}\))")
    return spans + [match.span(1) for match in in_plan.finditer(folded)]


def _before(folded: str, words: TimeWords, size: int) -> str:
    """Return the words right before an expression; a short line above it is a heading, and none of them."""
    before = folded[max(0, words.start - size) : words.start]
    lines = before.rsplit("\n", 1)
    if len(lines) > 1 and not lines[1].strip():
        at = words.start - len(lines[1]) - 1
        wraps = at - folded.rfind("\n", 0, at) > _LONGEST_HEADING
        return before.rstrip() if wraps else ""
    return lines[-1].rstrip()


def is_meeting(folded: str, words: TimeWords) -> bool:
    """Tell whether a year only names a meeting or a paper (召开2021年工作会议)."""
    if not words.names_year or words.left or words.lead or words.tail or (words.right and words.right.first):
        return False
    if _pattern(_CONTEST).match(folded, words.end):
        return True
    held = _pattern(r"{holds}了?[^,。;:!?\n]{0,4}$").search(_before(folded, words, 12))
    return bool(held and _pattern(r"(?!(?:工作)?(?:总结|回顾))[^,。;:!?\n]{0,40}?{meeting}").match(folded, words.end))


def is_of_target(folded: str, words: TimeWords) -> bool:
    """Tell whether a time only says whose target is meant (完成全年任务的65%, 对照2035年远景目标)."""
    if words.names_year and not words.lead:
        return bool(_pattern("{vision}").match(folded, words.end))
    is_whole = words.right is not None and (words.right.first, words.right.last) == ((1, 1), (12, 31))
    return is_whole and not words.names_year and bool(_pattern("(?:的|工作)?{oftarget}").match(folded, words.end))


def is_aimed_at(folded: str, words: TimeWords) -> bool:
    """Tell whether the words right before an expression name an aim (力争年底)."""
    return bool(_pattern("{aim}(?:在|于|到|至)?$").search(_before(folded, words, 6)))


def is_estimated(folded: str, words: TimeWords) -> bool:
    """Tell whether the words before an expression only say that figures are not final (预计全年接待…)."""
    return bool(_pattern("{estimate}$").search(_before(folded, words, 6)))


def is_followed_by_aim(folded: str, words: TimeWords) -> bool:
    """Tell whether the sentence goes on with an aim (9月将建成)."""
    return bool(_pattern(r"[^。;!?\n]{0,30}?{aim}").match(folded, words.end))


def is_still_to_do(folded: str, end: int) -> bool:
    """Tell whether what is said of a time that ends at an offset is still to be done, beyond doubt (下半年还将新建)."""
    return bool(_pattern(r"[^。;!?\n]{0,8}?{aimhard}").match(folded, end))


def is_reached(folded: str, words: TimeWords) -> bool:
    """Tell whether 到 or 至 before a time means by that time, and is not the end of a verb (提高到2025年的…)."""
    if words.lead != "reach" or _OF_A_VALUE.match(folded, words.end, words.end + 10):
        return False
    return not _pattern("{upto}$").search(_before(folded, words, 4))


def is_compared(folded: str, words: TimeWords) -> bool:
    """Tell whether a value is compared with the time, rather than holding at it."""
    if _found("superlative").match(folded, words.end) and (words.form in ("span", "same") or words.tail == "since"):
        return True
    if words.form in ("now", "day", "event"):
        return False
    before = _before(folded, words, 6)
    behind = [after for head, after in _AROUND if _pattern(head).search(before)]
    return any(_pattern(after).match(folded, words.end) for after in behind) or (
        words.form == "same" and bool(_pattern(r"[^,。;:!?\n]{0,3}?{change}").match(folded, words.end))
    )


# What stands before a time compared with, and what must then stand behind it.
_AROUND = (
    ("(?<![占护患药]){comparebefore}(?:了|于)?$", ""),
    ("{comparepair}$", r"[^,。;:!?\n]{0,10}?{compareafter}"),
    ("{being}$", r"的[^,。;\d]{0,3}\d[\d.]{0,8}%"),
    ("", r"的[^,。;\d一二三四五六七八九十]{0,4}(?:\d[\d.]{0,8}|[一二两三四五六七八九十几数]{1,3})[余多]?倍"),
)
