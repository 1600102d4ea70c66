"""Which time a report covers: by its title, by what it says it reports on, and by the times that its figures hold for.

Start at `covered_time`: it asks `_Times` one question after the other, and the first answer counts. A title tells the
time of a summary or a plan (`of_title`); a meeting or a press conference says which time it tells of (`of_statement`,
by `healthie.document_cues`); else the times are weighed by the figures that they govern (`of_text`, by
`healthie.document_figures`), with the habits of the trade: reviews given early in a year are of the year before, news
is of the year up to its day.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import regex

from healthie.document_cues import governed_times, stated_time, titled_section
from healthie.document_figures import LEAST_DAYS, Figures, is_whole_year, spans_years
from healthie.document_words import any_word, template
from healthie.periods import find_periods
from healthie.records import Period
from healthie.timecontext import LAST_MONTH_OF_REVIEW, Clock, known_days
from healthie.timewords import values

if TYPE_CHECKING:
    from healthie.document_record import DocumentKind
    from healthie.page import Page

__all__ = ["covered_time", "is_reposted", "provisional_year"]

_OFTEN, _FIVE = 3, 5
_TWO_YEARS = 700
# A summary is put on the web so many days behind the time it covers, not more.
_REPOSTED_DAYS = 300
# What the habits of the trade count, in figures of the text.
_REVIEWS_LAST_YEAR, _IS_OF_THIS_YEAR, _EARLY_NEWS = 12.0, 4.0, 2.0
_SET_OFF = ("(", "“", '"')
_YEAR_IN_TITLE = regex.compile(r"(?<!\d)(?:19|20)\d\d(?=年|-)")
_YEAR_OF_TITLE = regex.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_YEARS = regex.compile(r"(?<!\d)((?:19|20)\d\d)年?\s?[-至]{1,2}\s?((?:19|20)\d\d)年")
_COLUMN = regex.compile("^【[^】]*】")  # of a paper, before a title
_DIGIT = regex.compile(r"\d")
_WRITTEN_YEAR = regex.compile(r"\d{4}|〇|零")


def covered_time(text: str, page: Page, kind: DocumentKind, published: str, *, by_title: bool = False) -> Period | None:
    """Return the time that a report covers, or None where nothing shows it.

    Parameters
    ----------
    text : str
        The text as given.
    page : Page
        The form of the report.
    kind : str
        What sort of report it is.
    published : str
        Its date, or an empty string.
    by_title : bool
        True to go by the title alone, as for an article among others: a year in its text is of one of its facts.

    Returns
    -------
    Period or None
        Without a span in the text.
    """
    times = _Times(text, page, kind, published)
    if by_title:
        return _up_to(times.of_title(), known_days(published))
    return times.of_title() or times.of_half_year() or times.of_statement() or times.of_text()


def _up_to(time: Period | None, known: tuple[date, date] | None) -> Period | None:
    """Return a year up to the day of the article that is titled with it: news tells of no day to come."""
    if time is None or known is None or time.start is None or not is_whole_year(time):
        return time
    return Period(time.start, known[1]) if time.start.year == known[1].year else time


def is_reposted(page: Page, kind: DocumentKind, period: Period | None) -> bool:
    """Tell whether the date of a page is only that of a copy: a summary comes out soon after the time it covers."""
    if page.date_source not in ("page", "tail", "compact") or kind not in ("half-year summary", "annual"):
        return False
    last, end = known_days(page.published), period.end if period else None
    if last is None or end is None:
        return False
    year = provisional_year(page)
    return last[0] - end > timedelta(_REPOSTED_DAYS) or (year is not None and last[0].year - year > 1)


def provisional_year(page: Page) -> int | None:
    """Return the year that a text without a date most likely speaks of: that of the title, else the one named most."""
    titled = _YEAR_IN_TITLE.search(page.name)
    if titled:
        return int(titled[0])
    years = template(r"(?<!{notown})(?<!\d)(?P<y>(?:19|20)\d\d)年(?!{notownafter})").finditer(page.folded)
    counted = Counter(int(match["y"]) for match in years)
    return max(counted, key=lambda year: (counted[year], year)) if counted else None


def _whole(first: int, last: int | None = None) -> Period:
    return Period(date(max(first, 1), 1, 1), date(max(last or first, 1), 12, 31))


@lru_cache(maxsize=32)
def _is_plan(name: str) -> regex.Pattern[str]:
    return regex.compile(rf"[“‘\"]?{name}[”’\"]?(?![一二三四五六七八九十])")


def _titled(title: str, published: str) -> tuple[Period, ...]:
    """Find the times of a title: there a bare “十四五” is a time, and so are the years of a plan or a meeting."""
    between = _YEARS.search(title)
    if between and between[1] < between[2]:
        return (_whole(int(between[1]), int(between[2])),)
    found = find_periods(title, published=published)
    for name, first in values("plan").items():
        if not found and len(name) > 2 and name in title and _is_plan(name).search(title):
            found = (Period(date(int(first), 1, 1), date(int(first) + 4, 12, 31), name, 0, 0, "multiyear"),)
    for year in _YEAR_OF_TITLE.findall(title):
        found = found or (_whole(int(year)),)
    return found


@dataclass
class _Times:
    """What the title, the kind, the date and the times of a text say of the time that the report covers."""

    given: str
    page: Page
    kind: DocumentKind
    published: str

    def __post_init__(self) -> None:
        """Find the times of the title."""
        self.first: date | None
        self.last: date | None
        self.first, self.last = known_days(self.published) or (None, None)
        self.name = _COLUMN.sub("", self.page.name)
        self.title = _titled(self.name, self.published)

    @cached_property
    def text(self) -> tuple[Period, ...]:
        """The times of the text behind its title; without a date they are counted from the year named most."""
        guess = None if self.published else provisional_year(self.page)
        every = find_periods(self.given, published=self.published, period=_whole(guess) if guess else None)
        span = self.page.title or (0, 0)
        return tuple(p for p in every if not span[0] <= p.char_start < span[1])

    def _words(self, time: Period) -> str:
        """Return the folded words of a time."""
        return self.page.folded[time.char_start : time.char_end]

    @property
    def is_early(self) -> bool:
        """Whether the report came out in the first months of a year, which are those of reviews."""
        return Clock(self.first, self.last).is_early

    @cached_property
    def is_news(self) -> bool:
        """Whether it is written as news."""
        opening = next((self.page.folded[a:b] for a, b in self.page.body if "。" in self.page.folded[a:b]), "")
        is_told = template(r"\s*(?:{newslead}|\d{1,2}月\d{1,2}日)").match(opening)
        return self.kind == "press" or bool(is_told or any_word("newsmark").search(self.page.head))

    @property
    def day(self) -> date | None:
        """The day of the report, if it is known to the day."""
        return Clock(self.first, self.last).exact_day

    # --- by the title ---------------------------------------------------------------------------------------------

    def of_title(self) -> Period | None:
        """Read 2021年上半年工作总结, 2024年政府工作报告, “十四五”回眸, 五年答卷."""
        if five := self._of_five_years():
            return five
        times = [p for p in self.title if p.start and p.end and p.kind not in ("compared", "deadline")]
        times = [p for p in times if p.start and p.end and (p.end - p.start).days >= LEAST_DAYS]
        if not times:
            return None
        time = next((p for p in times[1:] if self._refines(p, times[0])), times[0])
        if time.kind in ("multiyear", "since") or spans_years(time):
            return self._of_several_years(time)
        return self._of_titled_year(time)

    def _refines(self, time: Period, year: Period) -> bool:
        """Tell whether a time in brackets is the part of the year before it that is meant: 2020年…通报(第三季度)."""
        is_part = year.end is not None and time.end is not None and time.end.year == year.end.year
        return is_whole_year(year) and is_part and self.name[time.char_start - 1 : time.char_start] in _SET_OFF

    def _of_five_years(self) -> Period | None:
        """Read 五年答卷, 这五年: the five years up to the last one that is over, or that is nearly so."""
        if not any_word("fivetitle").search(self.name) or self.last is None:
            return None
        if self.is_early:
            return _whole(self.last.year - _FIVE, self.last.year - 1)
        span = _whole(self.last.year - _FIVE + 1, self.last.year)
        return Period(span.start, self.day or span.end)

    def _of_titled_year(self, time: Period) -> Period | None:
        """Read a title's year: a work report given at its beginning looks back, a meeting says where to."""
        year = time.end.year if time.end else 0
        if not is_whole_year(time):
            return Period(time.start, time.end)
        if self.kind == "half-year summary":
            return Period(date(year, 1, 1), date(year, 6, 30))
        given_early = self.first is None or (self.first.year == year and self.first.month <= LAST_MONTH_OF_REVIEW)
        if any_word("government").search(self.name) and given_early:
            return self._of_term(year - 1) or _whole(year - 1)
        return None if self._only_names(time.char_start) else _whole(year)

    def _only_names(self, at: int) -> bool:
        """Tell whether the year at an offset of the title only names a meeting, or what is planned."""
        before, behind = self.name[:at], self.name[at:]
        if template(r"(?:{forward}|{holds})[^,。]{0,8}$").search(before):
            return True
        if template(r"(?:19|20)\d\d年(?:度)?[^,。]{0,8}?{forward}会").match(behind):
            return True
        if self.kind == "press":
            return bool(any_word("meeting").search(self.name))
        return bool(template("{meeting}上的").search(behind))

    def of_named_title(self) -> Period | None:
        """Read the year of a title that only names a meeting or what is planned, where nothing else tells."""
        time = next((p for p in self.title if p.end and p.kind != "compared"), None)
        return _whole(time.end.year) if time and time.end else None

    def _of_several_years(self, time: Period) -> Period | None:
        """Read a title of several years: what is told within them covers them up to its day."""
        start, end = time.start, time.end
        if start is None or self.day is None or self.kind == "plan":
            return Period(start, end)
        is_long = end is None or end - start >= timedelta(_TWO_YEARS)
        is_within = start < self.day and (end is None or self.day <= end)
        return Period(start, self.day) if is_long and is_within else Period(start, end)

    # --- by the kind and by what it says ----------------------------------------------------------------------------

    def of_half_year(self) -> Period | None:
        """Read a half-year summary whose title has no year."""
        if self.kind != "half-year summary":
            return None
        year = self.first.year if self.first else max(self._most_named() or 0, self._year_behind() or 0)
        year -= bool(self.first and self.first.month < _FIVE)
        return Period(date(year, 1, 1), date(year, 6, 30)) if year > 0 else None

    def _year_behind(self) -> int | None:
        """Return the year after the last one of which a yearly review is named (2016年度考核 is done in 2017)."""
        years = template(r"((?:19|20)\d\d)(?:{lastyear})").findall(self.page.folded)
        return max(map(int, years)) + 1 if years else None

    def of_statement(self) -> Period | None:
        """Read what the report says it tells of: 会议总结2020年工作, or the heading 一、2020年工作回顾."""
        if self.kind == "plan":
            return None
        time = stated_time(self.page, self.text) or titled_section(self.page, self.text)
        if time is None or time.end is None or (time.start and (time.end - time.start).days < LEAST_DAYS):
            return None
        if time.kind == "until":
            return _whole(time.end.year) if (time.end.month, time.end.day) == (12, 31) else None
        if spans_years(time):
            term = self._of_term(time.end.year) if self.name and any_word("government").search(self.name) else None
            return term or self._of_several_years(time)
        if self.is_news and self.day and time.end >= self.day and not _DIGIT.search(self._words(time)):
            return Period(date(self.day.year, 1, 1), self.day)
        return Period(time.start, time.end)

    def _of_term(self, year: int) -> Period | None:
        """Read the report of a government at the end of its term: 一、过去五年工作回顾."""
        is_term = template(r"(?:^|\n)[\s#*]{0,8}[(]?[一二][、)]?[^。\n]{0,6}{fiveyears}").search(self.page.folded)
        return _whole(year - _FIVE + 1, year) if is_term else None

    # --- by the figures ---------------------------------------------------------------------------------------------

    def of_text(self) -> Period | None:
        """Weigh the times of the text by the figures that they govern."""
        ranges = Counter((p.start, p.end) for p in self.text if p.kind == "interval" and spans_years(p))
        if ranges and not self.is_news and ranges.most_common(1)[0][1] >= _OFTEN:
            return Period(*ranges.most_common(1)[0][0])
        if self.is_early and not self.is_news and self.kind in ("annual", "") and self.first and self._says_five():
            return _whole(self.first.year - _FIVE, self.first.year - 1)
        years = self._figures.years()
        is_titled = bool(any_word("manyyears").search(self.name))
        if several := self._figures.several_years(max(years.values(), default=0.0), is_titled=is_titled):
            return self._of_several_years(several)
        if not years and (named := self.of_named_title()):
            return named
        years = self._by_habit(years)
        if not years:
            behind = self._year_behind()
            return _whole(behind) if behind else None
        return self._extent(max(years, key=lambda year: (years[year], year)))

    @cached_property
    def _figures(self) -> Figures:
        governed = [g for g in governed_times(self.page, self.text) if not g.is_ahead]
        return Figures(self.page.folded, governed, self.last, self.is_news)

    def _says_five(self) -> bool:
        """Tell whether an excerpt looks back on the five years of a plan: it says so, or gives yearly averages."""
        text = self.page.folded
        if self.name or not self.first or (self.first.year - 1) % _FIVE:
            return False
        averages = bool(template("{yearly}(?!{yearmean})").search(text)) and not any_word("multi").search(text)
        return bool(any_word("fiveyears").search(text)) or (averages and not self._years()[self.first.year - 1])

    def _by_habit(self, years: dict[int, float]) -> dict[int, float]:
        """Add what is usual: reviews put out early in a year are of the year before, the rest of its own year."""
        if self.first is None or self.last is None:
            return years
        this = self.first.year
        usual = {this: 0.0, this - 1: 0.0}
        is_review = self.is_early or self.first.month != self.last.month
        if is_review and not self.is_news and (self.kind in ("annual", "") or self._is_bulletin()):
            usual[this - 1] = _REVIEWS_LAST_YEAR
        elif self.is_news and self.first.month <= 2:
            looks_back = self.first.month == 1 and years.get(this - 1, 0.0) > 1
            usual = {this: _EARLY_NEWS, this - 1: _REVIEWS_LAST_YEAR if looks_back else _EARLY_NEWS}
        else:
            usual[this] = _IS_OF_THIS_YEAR
        weighed = {year: years.get(year, 0.0) + usual.get(year, 0.0) for year in {*years, *usual} if year <= this}
        if self._is_date_sure():
            weighed = {year: weight for year, weight in weighed.items() if year >= this - 1}
        return weighed

    def _is_date_sure(self) -> bool:
        """Tell whether the date is that of the report, not of a page that may be a copy."""
        return self.page.published != self.published or self.page.date_source not in ("page", "tail", "compact")

    def _is_bulletin(self) -> bool:
        words = any_word("bulletinwords").findall(self.page.folded)
        return self.kind == "bulletin" or (len(words) >= _OFTEN and "今年" not in self.page.folded)

    def _extent(self, year: int) -> Period:
        """Return how much of a year is covered: the part that most figures hang on, up to a day, or all of it."""
        if self.kind in ("annual", "bulletin", "plan"):
            return _whole(year)
        part, is_most = self._figures.part_of(year)
        if self.first is None or self.first.year != year:
            return part if part and not self.is_news else _whole(year)
        to_day = Period(date(year, 1, 1), self.day) if self.is_news and self.day else None
        if to_day and not is_most and self._figures.opens_with_since():
            return to_day
        state = self._figures.state()
        return (
            part
            or (Period(date(year, 1, 1), state) if state and state.year == year else None)
            or to_day
            or _whole(year)
        )

    # --- by the years named -----------------------------------------------------------------------------------------

    def _years(self) -> Counter[int]:
        """Count the years that the text speaks of, without those of comparisons and deadlines."""
        kinds = ("interval", "until", "since")
        named = (p for p in self.text if p.kind in kinds and p.end and _WRITTEN_YEAR.search(self._words(p)))
        return Counter(p.end.year for p in named if p.end and (p.start is None or p.start.year == p.end.year))

    def _most_named(self) -> int | None:
        """Return the year named most, of several the latest."""
        years = self._years()
        return max(years, key=lambda year: (years[year], year)) if years else None
