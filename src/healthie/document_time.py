"""Which time a report covers: by its title, by what it says it reports on, and by the times that its figures hold for.

Start at `covered_time`: it asks `_Times` one question after the other, and the first answer counts. A title tells the
time of a summary or a plan (`of_title`); a meeting or a press conference says which time it tells of (`of_statement`,
in `healthie.document_cues`); else the times are weighed by the figures that they govern (`of_figures`), with the habits
of the trade: reviews given early in a year are of the year before, news is of the year up to its day.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import regex

from healthie.document_cues import Governed, governed_times, titled_section, stated_time
from healthie.document_words import any_word, template
from healthie.periods import find_periods
from healthie.records import Period
from healthie.timecontext import LAST_MONTH_OF_REVIEW, Clock, known_days
from healthie.timewords import values

if TYPE_CHECKING:
    from healthie.page import Page
    from healthie.records import DocumentKind

__all__ = ["covered_time", "is_reposted", "provisional_year"]

# A time in the title shorter than this is the day of an event, not the time that is reported on.
_LEAST_DAYS = 27
_PART = 80
_LONG = 700
# 近五年 is a side remark, 五年来 is what a report covers.
_RECENT = ("近", "最近")
_OFTEN = 3
# A state is still the report's if it lies so many days before its date; a summary is put on the web so much later.
_FRESH_DAYS = 75
_REPOSTED_DAYS = 300
_FIVE = 5
# What it counts that a review given early in a year is of the year before, in figures of the text.
_USUAL = 12


def covered_time(page: Page, kind: DocumentKind, published: str) -> Period | None:
    """Return the time that a report covers, or None where nothing shows it.

    Parameters
    ----------
    page : Page
        The form of the report.
    kind : str
        What sort of report it is.
    published : str
        Its date, or an empty string.

    Returns
    -------
    Period or None
        Without a span in the text.
    """
    times = _Times(page, kind, published)
    return times.of_title() or times.of_half_year() or times.of_statement() or times.of_text() or times.of_named_title()


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
    titled = regex.search(r"(?<!\d)(?:19|20)\d\d(?=年|-)", page.name)
    if titled:
        return int(titled[0])
    years = template(r"(?<!{notown})(?<!\d)(?P<y>(?:19|20)\d\d)年(?!{notownafter})").finditer(page.folded)
    counted = Counter(int(match["y"]) for match in years)
    return max(counted, key=lambda year: (counted[year], year)) if counted else None


def _whole(first: int, last: int | None = None) -> Period:
    return Period(date(first, 1, 1), date(last or first, 12, 31))


def _spans_years(time: Period) -> bool:
    return bool(time.start and time.end and time.start.year != time.end.year)


def _is_whole(time: Period) -> bool:
    return bool(time.start and time.end) and (time.start, time.end) == (
        date(time.end.year, 1, 1),
        date(time.end.year, 12, 31),
    )


def _titled(title: str, published: str) -> tuple[Period, ...]:
    """Find the times of a title: there a bare “十四五” is a time, and so are the years of a plan or a meeting."""
    between = regex.search(r"(?<!\d)((?:19|20)\d\d)年?\s?[-至]{1,2}\s?((?:19|20)\d\d)年", title)
    if between and between[1] < between[2]:
        return (_whole(int(between[1]), int(between[2])),)
    found = find_periods(title, published=published)
    for name, first in values("plan").items():
        if not found and regex.search(rf"[“‘\"]?{name}[”’\"]?(?![一二三四五六七八九十])", title) and len(name) > 2:
            found = (Period(date(int(first), 1, 1), date(int(first) + 4, 12, 31), name, 0, 0, "multiyear"),)
    for year in regex.findall(r"(?<!\d)(?:19|20)\d\d(?=年)", title):
        found = found or (_whole(int(year)),)
    return found


@dataclass
class _Times:
    """What the title, the kind, the date and the times of a text say of the time that the report covers."""

    page: Page
    kind: DocumentKind
    published: str

    def __post_init__(self) -> None:
        """Find the times of the text; without a date they are counted from the year that it speaks of most."""
        self.first, self.last = known_days(self.published) or (None, None)
        guess = None if self.published else provisional_year(self.page)
        every = find_periods(self.page.folded, published=self.published, period=_whole(guess) if guess else None)
        span = self.page.title or (0, 0)
        self.text = tuple(p for p in every if not span[0] <= p.char_start < span[1])
        self.name = regex.sub(r"^【[^】]*】", "", self.page.name)
        self.title = _titled(self.name, self.published)

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
        return self.last if self.first == self.last else None

    # --- by the title ---------------------------------------------------------------------------------------------

    def of_title(self) -> Period | None:
        """Read 2021年上半年工作总结, 2024年政府工作报告, “十四五”回眸, 五年答卷."""
        if five := self._of_five_years():
            return five
        times = [p for p in self.title if p.start and p.end and p.kind not in ("compared", "deadline")]
        times = [p for p in times if p.start and p.end and (p.end - p.start).days >= _LEAST_DAYS]
        if not times:
            return None
        time = times[0]
        if time.kind in ("multiyear", "since") or _spans_years(time):
            return self._of_several_years(time)
        return self._of_titled_year(time)

    def _of_five_years(self) -> Period | None:
        """Read 五年答卷, 这五年: the five years up to the last one that is over, or that is nearly so."""
        if not any_word("fivetitle").search(self.name) or self.last is None:
            return None
        if self.is_early:
            return _whole(self.last.year - _FIVE, self.last.year - 1)
        return Period(date(self.last.year - _FIVE + 1, 1, 1), self.day or date(self.last.year, 12, 31))

    def _of_titled_year(self, time: Period) -> Period | None:
        """Read a title's year: a work report given at the year's beginning looks back a year, a meeting where it says."""
        year = time.end.year if time.end else 0
        if not _is_whole(time):
            return Period(time.start, time.end)
        if self.kind == "half-year summary":
            return Period(date(year, 1, 1), date(year, 6, 30))
        given_early = self.first is None or (self.first.year == year and self.first.month <= LAST_MONTH_OF_REVIEW)
        if any_word("government").search(self.name) and given_early:
            return self._of_term(year - 1) or _whole(year - 1)
        is_named = template(r"(?:{forward}|{holds})[^,。]{0,8}$").search(self.name[: time.char_start])
        is_meeting = self.kind == "press" and any_word("meeting").search(self.name)
        return None if is_named or is_meeting else _whole(year)

    def of_named_title(self) -> Period | None:
        """Read the year of a title that only names a meeting or what is planned, where nothing else tells."""
        time = next((p for p in self.title if p.end and p.kind != "compared"), None)
        return _whole(time.end.year) if time and time.end else None

    def _of_several_years(self, time: Period) -> Period | None:
        """Read a title of several years: news covers them up to its day."""
        if time.start and self.is_news and self.day and (time.end is None or time.start < self.day <= time.end):
            return Period(time.start, self.day)
        return Period(time.start, time.end)

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
        years = regex.findall(rf"((?:19|20)\d\d)(?:{any_word('lastyear').pattern})", self.page.folded)
        return max(map(int, years)) + 1 if years else None

    def of_statement(self) -> Period | None:
        """Read what the report says it tells of: 会议总结2020年工作, or the heading 一、2020年工作回顾."""
        if self.kind == "plan":
            return None
        time = stated_time(self.page, self.text) or titled_section(self.page, self.text)
        if time is None or time.end is None or (time.start and (time.end - time.start).days < _LEAST_DAYS):
            return None
        if time.kind == "until":
            return _whole(time.end.year) if (time.end.month, time.end.day) == (12, 31) else None
        if _spans_years(time):
            term = self._of_term(time.end.year) if self.name and any_word("government").search(self.name) else None
            return term or self._of_several_years(time)
        return Period(time.start, time.end)

    def _of_term(self, year: int) -> Period | None:
        """Read the report of a government at the end of its term: 一、过去五年工作回顾."""
        is_term = template(r"(?:^|\n)[\s#*]{0,8}[(]?[一二][、)]?[^。\n]{0,6}{fiveyears}").search(self.page.folded)
        return _whole(year - _FIVE + 1, year) if is_term else None

    # --- by the figures ---------------------------------------------------------------------------------------------

    def of_text(self) -> Period | None:
        """Weigh the times of the text by the figures that they govern."""
        ranges = Counter((p.start, p.end) for p in self.text if p.kind == "interval" and _spans_years(p))
        if ranges and not self.is_news and ranges.most_common(1)[0][1] >= _OFTEN:
            return Period(*ranges.most_common(1)[0][0])
        if self.is_early and not self.is_news and self.kind in ("annual", "") and self.first and self._says_five():
            return _whole(self.first.year - _FIVE, self.first.year - 1)
        years = self._weigh_years()
        if several := self._several(max(years.values(), default=0.0)):
            return several
        years = self._by_habit(years)
        if not years:
            behind = self._year_behind()
            return _whole(behind) if behind else None
        return self._extent(max(years, key=lambda year: (years[year], year)))

    @cached_property
    def _governed(self) -> list[Governed]:
        return [g for g in governed_times(self.page, self.text) if not g.is_ahead]

    def _says_five(self) -> bool:
        """Tell whether an excerpt looks back on the five years of a plan: it says so, or gives yearly averages."""
        text = self.page.folded
        if self.name or not self.first or (self.first.year - 1) % _FIVE:
            return False
        averages = bool(any_word("yearly").search(text)) and not any_word("multi").search(text)
        return bool(any_word("fiveyears").search(text)) or (averages and not self._years()[self.first.year - 1])

    def _weigh_years(self) -> Counter[int]:
        """Weigh each year by its figures; 全年 and 年末 alone are of whichever year it turns out to be."""
        weights: Counter[int] = Counter()
        for governed in self._governed:
            time = governed.period
            is_one = time.end and (time.start is None or time.start.year == time.end.year)
            if time.end and is_one and self._is_own(time) and any_word("ownyear").search(time.text):
                weights[time.end.year] += _weight(governed)  # type: ignore[assignment]
        return weights

    def _by_habit(self, weights: Counter[int]) -> Counter[int]:
        """Add what is usual: reviews put out early in a year are of the year before, the rest of its own year."""
        if self.first is None:
            return weights
        this = self.first.year
        reviews = self.is_early or self.first.month != (self.last or self.first).month
        if reviews and not self.is_news and (self.kind in ("annual", "") or self._is_bulletin()):
            weights[this - 1] += _USUAL
        elif self.is_news and self.first.month <= 2:
            weights.update({this: 2, this - 1: 2})
        else:
            weights[this] += 4
        near = Counter({year: weight for year, weight in weights.items() if this - 1 <= year <= this})
        return near if self._is_date_sure() else Counter({y: w for y, w in weights.items() if y <= this})

    def _is_own(self, time: Period) -> bool:
        """Tell whether a time is of some length: not a day of news."""
        return time.start is None or time.end is None or (time.end - time.start).days >= _LEAST_DAYS

    def _is_date_sure(self) -> bool:
        return self.page.published != self.published or self.page.date_source not in ("page", "tail", "compact")

    def _is_bulletin(self) -> bool:
        words = any_word("bulletinwords").findall(self.page.folded)
        return self.kind == "bulletin" or (len(words) >= _OFTEN and "今年" not in self.page.folded)

    def _several(self, best: float) -> Period | None:
        """Return several years that the opening names and most figures hang on."""
        weights: Counter[tuple[date, date]] = Counter()
        opening: set[tuple[date, date]] = set()
        for governed in self._governed:
            time = governed.period
            is_long = time.start and time.end and (time.end - time.start).days >= _LONG
            if time.start and time.end and is_long and not time.text.startswith(_RECENT):
                weights[time.start, time.end] += _weight(governed)  # type: ignore[assignment]
                opening |= {(time.start, time.end)} if governed.is_opening else set()
        if not weights:
            return None
        (start, end), weight = weights.most_common(1)[0]
        if (start, end) not in opening or weight <= best:
            return None
        return self._of_several_years(Period(start, end))

    def _extent(self, year: int) -> Period:
        """Return how much of a year is covered: the part that most figures hang on, up to a day, or all of it."""
        if self.kind in ("annual", "bulletin", "plan"):
            return _whole(year)
        is_current = self.first is not None and self.first.year == year
        part, is_most = self._part(year)
        opening = [g.period for g in self._governed if g.is_opening]
        if is_current and not is_most and self.is_news and self.day and any(p.kind == "since" for p in opening):
            return Period(date(year, 1, 1), self.day)
        return part or (self._up_to_now(year) if is_current else None) or _whole(year)

    def _part(self, year: int) -> tuple[Period | None, bool]:
        """Return the part of a year that most figures hang on (前三季度), and whether it is most of all figures.

        For news the part has to stand in its opening.
        """
        parts: Counter[tuple[date, date]] = Counter()
        opening: set[tuple[date, date]] = set()
        total = 0.0
        for governed in self._governed:
            start, end = governed.period.start, governed.period.end
            if end is None or end.year != year or not self._is_own(governed.period):
                continue
            total += _weight(governed)
            if start and start.year == year and end != self.last and (end - start).days >= _PART:
                parts[start, end] += _weight(governed)  # type: ignore[assignment]
                opening |= {(start, end)} if governed.is_opening else set()
        if not parts:
            return None, False
        (start, end), weight = parts.most_common(1)[0]
        is_over = self.last is None or end <= self.last
        is_placed = not self.is_news or (start, end) in opening
        if weight <= sum(parts.values()) / 2 or not is_over or not is_placed or _is_whole(Period(start, end)):
            return None, False
        return Period(start, end), weight > total / 2

    def _up_to_now(self, year: int) -> Period | None:
        """Return the year up to the state that the report gives (截至9月底), or up to the day of news."""
        states: Counter[date] = Counter()
        for governed in self._governed:
            time = governed.period
            is_fresh = time.end and self.last and timedelta(0) < self.last - time.end <= timedelta(_FRESH_DAYS)
            if time.end and is_fresh and time.kind == "until" and (governed.is_opening or not self.is_news):
                states[time.end] += _weight(governed)  # type: ignore[assignment]
        if states:
            return Period(date(year, 1, 1), max(states, key=lambda end: (states[end], end)))
        return Period(date(year, 1, 1), self.day) if self.is_news and self.day else None

    # --- by the years named -----------------------------------------------------------------------------------------

    def _years(self) -> Counter[int]:
        """Count the years that the text speaks of, without those of comparisons and deadlines."""
        kinds = ("interval", "until", "since")
        named = (p for p in self.text if p.kind in kinds and p.end and regex.search(r"\d{4}|〇|零", p.text))
        return Counter(p.end.year for p in named if p.end and (p.start is None or p.start.year == p.end.year))

    def _most_named(self) -> int | None:
        """Return the year named most, of several the latest."""
        years = self._years()
        return max(years, key=lambda year: (years[year], year)) if years else None


def _weight(governed: Governed) -> float:
    return 1 + governed.figures / 2 + 3 * governed.is_opening
