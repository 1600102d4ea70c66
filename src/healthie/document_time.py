"""Which time a report covers: by its title, its kind, its date, and the years that it names.

Start at `covered_time`: it asks `_Times` four questions in turn, and the first answer counts. The rules are those of
the trade: a summary covers what its title says, a bulletin and a work report given early in a year the year before,
news the year up to its day.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import regex

from healthie.document_words import any_word
from healthie.periods import find_periods
from healthie.records import Period
from healthie.timecontext import LAST_MONTH_OF_REVIEW, Clock, known_days
from healthie.timewords import values

if TYPE_CHECKING:
    from healthie.page import Page
    from healthie.records import DocumentKind

__all__ = ["covered_time"]

# A time in the title shorter than this is the day of an event, not the time that is reported on.
_LEAST_DAYS = 27
# Figures of so many days of the year before make news of early January speak of that year.
_MANY_DAYS = 80
_OFTEN = 3


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
    times = _Times.read(page, kind, published)
    return times.of_title() or times.of_half_year() or times.of_form() or times.of_years()


def _titled(title: str, published: str) -> tuple[Period, ...]:
    """Find the times of a title: there a bare “十四五” is a time, and so is the year of a meeting."""
    found = find_periods(title, published=published)
    for name, first in values("plan").items():
        if not found and regex.search(rf"[“‘\"]?{name}[”’\"]?(?!规划|[一二三四五六七八九十])", title) and len(name) > 2:
            found = (Period(date(int(first), 1, 1), date(int(first) + 4, 12, 31), name, 0, 0, "multiyear"),)
    for year in regex.findall(r"(?<!\d)(?:19|20)\d\d(?=年)", title):
        found = found or (_whole(int(year), text=year),)
    return found


def _spans_years(time: Period) -> bool:
    return bool(time.start and time.end and time.start.year != time.end.year)


def _whole(first: int, last: int | None = None, text: str = "") -> Period:
    return Period(date(first, 1, 1), date(last or first, 12, 31), text)


@dataclass(frozen=True, slots=True)
class _Times:
    """What the title, the kind, the date and the times of a text say of the time that the report covers."""

    page: Page
    kind: DocumentKind
    first: date | None
    last: date | None
    title: tuple[Period, ...]
    text: tuple[Period, ...]

    @classmethod
    def read(cls, page: Page, kind: DocumentKind, published: str) -> _Times:
        """Find the times of the title and of the text."""
        first, last = known_days(published) or (None, None)
        span = page.title or (0, 0)
        titled = _titled(page.folded[slice(*span)], published)
        every = find_periods(page.folded, published=published)
        found = tuple(p for p in every if not span[0] <= p.char_start < span[1])
        return cls(page, kind, first, last, titled, found)

    @property
    def name(self) -> str:
        """The folded title."""
        return self.page.folded[slice(*self.page.title)] if self.page.title else ""

    @property
    def is_early(self) -> bool:
        """Whether the report came out in the first months of a year, which are those of reviews."""
        return Clock(self.first, self.last).is_early

    @property
    def is_news(self) -> bool:
        """Whether it is written as news."""
        return self.kind == "press" or bool(any_word("newsmark").search(self.page.head))

    # --- by the title ---------------------------------------------------------------------------------------------

    def of_title(self) -> Period | None:
        """Read 2021年上半年工作总结, 2024年政府工作报告, “十四五”回眸."""
        times = [p for p in self.title if p.start and p.end and p.kind != "compared"]
        times = [p for p in times if p.start and p.end and (p.end - p.start).days >= _LEAST_DAYS]
        if not times:
            return None
        time = times[0]
        if time.kind in ("multiyear", "since") or _spans_years(time):
            return self._of_several_years(time)
        return self._of_titled_year(time)

    def _of_titled_year(self, time: Period) -> Period | None:
        """Read a title's year: a work report given at the year's beginning, and a yearly meeting, look back a year."""
        year = time.end.year if time.end else 0
        if (time.start, time.end) != (date(year, 1, 1), date(year, 12, 31)):
            return Period(time.start, time.end)
        given_early = self.first is None or (self.first.year == year and self.first.month <= LAST_MONTH_OF_REVIEW)
        if any_word("government").search(self.name) and given_early:
            return _whole(year - 1)
        if self.kind == "press" and any_word("meeting").search(self.name) and self._reviews(year - 1):
            return _whole(year - 1)
        return _whole(year)

    def _reviews(self, year: int) -> bool:
        """Tell whether the text looks back on a year: it says so, or names the year again and again."""
        said = regex.search(rf"(?:{any_word('review').pattern})了?[^。\n]{{0,6}}{year}年", self.page.folded)
        return bool(said) or self._years()[year] >= _OFTEN

    def _of_several_years(self, time: Period) -> Period | None:
        """Read a title of several years: news within them covers them up to its day, news behind them does not."""
        if time.start is None or self.last is None or not self.is_news:
            return Period(time.start, time.end)
        if time.end is None or self.last <= time.end:
            return Period(time.start, self.last if self.first == self.last else time.end)
        return None

    # --- by the kind and the words of the text --------------------------------------------------------------------

    def of_half_year(self) -> Period | None:
        """Read a half-year summary whose title has no year."""
        if self.kind != "half-year summary":
            return None
        year = self.first.year if self.first else max(self._most_named() or 0, self._year_behind() or 0)
        return Period(date(year, 1, 1), date(year, 6, 30)) if year else None

    def _year_behind(self) -> int | None:
        """Return the year after the last one of which a yearly review is named (2016年度考核 is done in 2017)."""
        years = regex.findall(rf"((?:19|20)\d\d)(?:{any_word('lastyear').pattern})", self.page.folded)
        return max(map(int, years)) + 1 if years else None

    def of_form(self) -> Period | None:
        """Read a bulletin, a review at the year's beginning, a piece of news."""
        ranges = Counter((p.start, p.end) for p in self.text if p.kind == "interval" and _spans_years(p))
        if ranges and not self.is_news and ranges.most_common(1)[0][1] >= _OFTEN:
            return Period(*ranges.most_common(1)[0][0])
        if self.first is None or self.last is None:
            return None
        if self.is_news and self.first == self.last:
            return self._of_news(self.last)
        if self._is_bulletin() and (self.is_early or self.first.month != self.last.month) and not self.is_news:
            return _whole(self._most_named(until=self.first.year - 1) or self.first.year - 1)
        if self.is_early and not self.is_news and self.kind in ("annual", ""):
            return self._of_review(self.first.year - 1)
        return None

    def _is_bulletin(self) -> bool:
        words = any_word("bulletinwords").findall(self.page.folded)
        return self.kind == "bulletin" or (len(words) >= _OFTEN and "今年" not in self.page.folded)

    def _of_review(self, year: int) -> Period:
        """Read a review given at the beginning of a year: of the year before, or of the five years that end with it."""
        text = self.page.folded
        says_five = bool(any_word("fiveyears").search(text))
        averages = bool(any_word("yearly").search(text)) and not any_word("multi").search(text)
        is_five = says_five or (averages and not self._years()[year])
        return _whole(year - 4, year) if year % 5 == 0 and is_five and not self.name else _whole(year)

    def _of_news(self, day: date) -> Period:
        """Read news: since what its opening counts from, of the year before in January, else of the year so far."""
        opening = self.page.body[min(3, len(self.page.body) - 1)][1] if self.page.body else 0
        since = [p for p in self.text if p.kind == "multiyear" and p.start and p.end == day]
        early = [p for p in since if p.char_start <= opening]
        if early and len(since) > 1 and early[0].start:
            return Period(early[0].start, day)
        if self.is_early and any_word("meeting").search(self.name) and any_word("lookback").search(self.page.folded):
            return _whole(day.year - 1)
        last_year = [p for p in self.text if p.kind == "interval" and p.start and p.end and p.end.year == day.year - 1]
        if day.month == 1 and any(p.start and p.end and (p.end - p.start).days > _MANY_DAYS for p in last_year):
            return _whole(day.year - 1)
        return Period(date(day.year, 1, 1), day)

    # --- by the years named ---------------------------------------------------------------------------------------

    def _years(self) -> Counter[int]:
        """Count the years that the text speaks of, without those of comparisons and deadlines."""
        kinds = ("interval", "until", "since")
        named = (p for p in self.text if p.kind in kinds and p.end and regex.search(r"\d{4}|〇|零", p.text))
        return Counter(p.end.year for p in named if p.end and (p.start is None or p.start.year == p.end.year))

    def _most_named(self, until: int = 9999) -> int | None:
        """Return the year named most, of several the latest."""
        years = {year: count for year, count in self._years().items() if year <= until}
        return max(years, key=lambda year: (years[year], year)) if years else None

    def of_years(self) -> Period | None:
        """Read the year that the text names most, of the year of publication and the one before if that is known."""
        if self.first is None:
            year = self._most_named() or self._year_behind()
            return _whole(year) if year else None
        year = self._most_named(until=self.first.year)
        return _whole(year if year and year >= self.first.year - 1 else self.first.year)
