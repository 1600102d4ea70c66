"""Time expressions as dates: 截至7月, 1—7月份, “十四五”期间, 年底前, 去年同期, to closed intervals of days.

Start at `find_periods`. It walks through the paragraphs, lets `healthie.timewords` find the expressions, and gives
each to a `_Dater`, which asks `healthie.timecontext` what stands around it: first which year (`_Dater.year`), then
which days (one method for each form of expression), then what kind of time it is (`_Dater.close`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import regex

from healthie.records import Period, PeriodKind
from healthie.text import fold, paragraphs
from healthie.timecontext import (
    Clock,
    Passage,
    add_months,
    add_years,
    day_of,
    is_aimed_at,
    is_compared,
    is_estimated,
    is_followed_by_aim,
    is_meeting,
    is_of_target,
    is_reached,
    is_still_to_do,
    name_spans,
)
from healthie.timewords import Moment, TimeWords, scan

if TYPE_CHECKING:
    from healthie.timewords import MonthDay

__all__ = ["find_periods"]

# A day and month without a year belong to the news of the report's own day if they lie so many days before it.
_NEWS_DAYS = 45
# A state (截至3月底) is reported so many days later.
_FRESH_DAYS = 75
_YEAR_END = (12, 31)
_HOURS_OF_DAY = 24
_UP_TO = "至"
_WITHIN = "年内"
_ORIGIN = ("由", "从")
# behind the time of a value that stands in a bracket beside the one of the report (占32%(2019年|为30%))
_OF_OLD_VALUE, _LONGEST_BRACKET = regex.compile(r"[^()。;]{0,8}?\d[^()。;]{0,8}\)"), 20
# 五年来 counts the years that it speaks of, 七十年来 counts from a founding.
_LONGEST_COUNTED = 15


def find_periods(text: str, *, published: str = "", period: Period | None = None) -> tuple[Period, ...]:
    """Find the time expressions of a text and date them.

    Parameters
    ----------
    text : str
        Any text.
    published : str, optional
        When it was published, ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``: the day that 今年, 截至目前 and 以来 count from.
    period : Period, optional
        The time that the report covers: its year is that of 上半年, 全年, 年末 without a year.

    Returns
    -------
    tuple of Period
        In the order of the text, none overlapping. Where neither the text nor the two options give a year, an
        expression that needs one is left out; ``start`` and ``end`` are None where the time is open.

    Raises
    ------
    ValueError
        If `published` is not a date.

    Examples
    --------
    >>> for found in find_periods("上半年签约8万人,年底前达到12万人。", published="2021-07-15"):
    ...     print(found.text, found.start, found.end, found.kind)
    上半年 2021-01-01 2021-06-30 interval
    年底前 None 2021-12-31 deadline
    """
    clock, passage = Clock.set(published, period), Passage()
    folded, expressions = _expressions(text)
    found: list[Period] = []
    for (start, end), every in expressions:
        passage.enter(folded[start:end], start)
        for words in every:
            dated = _Dater(words, folded, clock, passage).dates()
            if dated is not None:
                first, last, kind = dated
                found.append(Period(first, last, text[words.start : words.end], words.start, words.end, kind))
                is_origin = folded[words.start - 1 : words.start] in _ORIGIN or words.lead == "from"
                in_bracket = folded[words.start - 1 : words.start] == "("
                old = _OF_OLD_VALUE.match(folded, words.end, words.end + _LONGEST_BRACKET) if in_bracket else None
                is_origin = is_origin or old is not None
                passage.note(words, first, last, kind, is_origin=is_origin and words.tail != "since")
    return tuple(found)


@lru_cache(maxsize=2)  # a report is read twice: for the time that it covers, and then with that time
def _expressions(text: str) -> tuple[str, tuple[tuple[tuple[int, int], tuple[TimeWords, ...]], ...]]:
    """Return the folded text, and its paragraphs with the expressions of each."""
    folded = fold(text)
    in_name = bytearray(len(folded))
    for start, end in name_spans(folded):
        in_name[start:end] = b"\1" * (end - start)

    def is_time(words: TimeWords) -> bool:
        return not (in_name[words.start] or is_meeting(folded, words) or is_of_target(folded, words))

    return folded, tuple((span, tuple(filter(is_time, scan(folded, *span)))) for span in paragraphs(text))


def _ends_year(end: date | None) -> bool:
    """Tell whether a day is the last of its year."""
    return end is not None and (end.month, end.day) == _YEAR_END


class _Dated(NamedTuple):
    start: date | None
    end: date | None
    kind: PeriodKind


@dataclass(slots=True)
class _Dater:
    """Dates one expression."""

    words: TimeWords
    folded: str
    clock: Clock
    passage: Passage

    def dates(self) -> _Dated | None:
        """Return the dates and the kind; None where there is no year, or no such day."""
        try:
            found: _Dated | None = getattr(self, f"date_{self.words.form}")()
        except (ValueError, OverflowError):
            return None
        return found

    @property
    def compared(self) -> bool:
        return is_compared(self.folded, self.words)

    @property
    def looks_forward(self) -> bool:
        words = self.words
        reaches = words.lead == "reach" and not self._closes_review
        ahead = words.tail == "before" or reaches or self.passage.looks_ahead
        return ahead or is_aimed_at(self.folded, words)

    @property
    def _closes_review(self) -> bool:
        """Whether 至12月底 stands in a review put out after it: that is up to then, and not by then."""
        words, clock = self.words, self.clock
        by_month = words.right is not None and words.right.first is not None and not words.names_year
        return by_month and clock.is_late and self.folded[words.start] in _UP_TO and not self.passage.looks_ahead

    def since(self, start: date, kind: PeriodKind = "since") -> _Dated:
        """Begin on a day and end with the report."""
        today = self.clock.today
        return _Dated(start, today if today and today >= start else None, kind)

    # --- one method for each form ---------------------------------------------------------------------------------

    def date_now(self) -> _Dated:
        """截至目前: up to the day of the report."""
        return _Dated(None, self.clock.today, "until")

    def date_day(self) -> _Dated | None:
        """今天, 当日."""
        day = self.passage.day if self.words.value[:1] in ("当", "同") else None
        day = day or self.clock.exact_day
        if day is None:
            return None
        day += timedelta(days=self.words.number)
        if self.words.lead == "until":
            return _Dated(None, day, "until")
        return self.since(day) if self.words.tail == "since" else _Dated(day, day, "interval")

    def date_month(self) -> _Dated | None:
        """本月, 上月, 月底: counted from the time named last, from a report of one month, or from the report's day."""
        clock = self.clock
        today = (None if self.words.value[:1] in ("本", "下") else self.passage.last[1]) or clock.today
        if clock.start and clock.end and (clock.start.year, clock.start.month) == (clock.end.year, clock.end.month):
            today = clock.end
        if today is None:
            return None
        month = add_months(date(today.year, today.month, 1), self.words.number)
        right = self.words.right or Moment()
        first, last = right.first or (0, 1), right.last or (0, 0)
        return self.close(day_of(month.year, (month.month, first[1])), day_of(month.year, (month.month, last[1])))

    def date_quarter(self) -> _Dated | None:
        """本季度, 上季度."""
        today = self.passage.last[1] or self.clock.end or self.clock.today
        if today is None:
            return None
        start = add_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * self.words.number)
        return self.close(start, add_months(start, 3) - timedelta(days=1))

    def date_week(self) -> _Dated | None:
        """本周, 上周: from Monday to Sunday, counted from the day of the report."""
        today = self.clock.exact_day
        if today is None:
            return None
        start = today - timedelta(days=today.weekday() - 7 * self.words.number)
        return self.close(start, start + timedelta(days=6))

    def date_event(self) -> _Dated:
        """党的十八大以来."""
        return self.since(date(int(self.words.value), 1, 1), "multiyear")

    def date_plan(self) -> _Dated:
        """“十四五”期间, “十四五”末, “十四五”前四年."""
        words, first = self.words, int(self.words.value)
        start, end = date(first, 1, 1), date(first + 4, 12, 31)
        if self.compared:
            return _Dated(None if words.tail == "end" else start, end, "compared")
        if words.tail == "end" or words.lead == "until":
            ahead = words.lead != "until" and self.clock.horizon is not None and end > self.clock.horizon
            return _Dated(None, end, "deadline" if ahead else "until")
        if words.tail == "since":
            return self.since(start, "multiyear")
        if words.tail == "first":
            end = date(first + max(words.number, 1) - 1, 12, 31)
        elif words.tail == "last":
            start = date(first + 5 - words.number, 1, 1)
        return _Dated(start, end, "multiyear" if start.year != end.year else "interval")

    def date_span(self) -> _Dated | None:
        """近三年, 五年来, 未来两年."""
        words, clock = self.words, self.clock
        kind: PeriodKind = "compared" if self.compared else "multiyear" if words.number > 1 else "interval"
        if words.value == "future":
            if clock.today is None:
                return None
            first = clock.today.year + (clock.today.month > 6)
            return _Dated(date(first, 1, 1), date(first + words.number - 1, 12, 31), kind)
        end = clock.end or clock.today
        to_day = words.number == 1 and clock.end is not None and clock.end == clock.exact_day
        if clock.first and clock.is_early and not clock.is_late and not _ends_year(clock.end) and not to_day:
            end = date(clock.first.year - 1, 12, 31)
        elif not to_day and clock.start and clock.end and clock.end.year - clock.start.year + 1 == words.number:
            return _Dated(clock.start, clock.end, kind)
        if end is None:
            return None
        is_whole = _ends_year(end) and words.number <= _LONGEST_COUNTED
        if words.number == 1 and not is_whole:
            return _Dated(add_months(end, -12) + timedelta(days=1), end, kind)
        back = words.number - (is_whole or words.value == "recent")
        return _Dated(date(end.year - back, 1, 1), end, kind)

    def date_over(self) -> _Dated | None:
        """三年多来: up to the day of the report."""
        end = self.clock.today
        if end is None:
            return None
        kind: PeriodKind = "compared" if self.compared else "multiyear"
        return _Dated(date(end.year - self.words.number, 1, 1), end, kind)

    def date_past(self) -> _Dated | None:
        """过去24小时, 过去三个月: up to the day just named, else to that of the report; 未来三天: from the next on."""
        last = self.passage.last
        end = last[1] if last[0] == last[1] else None
        end = end or self.clock.exact_day
        if end is None:
            return None
        size, unit = self.words.number, self.words.value
        if self.words.tail == "ahead":
            days = ceil(size / _HOURS_OF_DAY) if unit == "hour" else size * int(unit) if unit.isdigit() else 0
            return _Dated(end + timedelta(days=1), end + timedelta(days=days), "interval") if days else None
        if unit == "month":
            start = add_months(end, -size) + timedelta(days=1)
        else:
            start = end - timedelta(days=ceil(size / _HOURS_OF_DAY) if unit == "hour" else size * int(unit) - 1)
        return _Dated(start, end, "compared" if self.compared else "interval")

    def date_ago(self) -> _Dated | None:
        """三年前, 十多年前: the year so many before that of the report."""
        year = self.clock.now_year
        if year is None:
            return None
        start, end = date(year - self.words.number, 1, 1), date(year - self.words.number, 12, 31)
        return _Dated(start, end, "compared" if self.compared else "interval")

    def date_years(self) -> _Dated:
        """上世纪90年代, 2023学年."""
        left, right = self.words.left or Moment(), self.words.right or Moment()
        kind: PeriodKind = "multiyear" if right.year - left.year > 1 else "interval"
        start, end = day_of(left.year, left.first or (1, 1)), day_of(right.year, right.last or _YEAR_END)
        return _Dated(start, end, "compared" if self.compared else kind)

    def date_same(self) -> _Dated | None:
        """同期 alone: the same time of the year before where something is compared, else the time just named."""
        start, end = self._governing()
        if end is None:
            return None
        if self.compared:
            return _Dated(add_years(start, -1), add_years(end, -1), "compared")
        return _Dated(start, end, "interval")

    def _governing(self) -> tuple[date | None, date | None]:
        """Return the time named last in the paragraph, else the report's own."""
        return self.passage.last if self.passage.last[1] else (self.clock.start, self.clock.end)

    def date_calendar(self) -> _Dated | None:
        """Everything that names a year, or a part of one: 2019年, 上半年, 6月11日, 2012年到2020年."""
        words = self.words
        right = words.right or Moment()
        left = words.left or right
        if words.left and left.first and right.first and right.last and right.first[0] == 0:  # 6月1日至15日
            month = left.first[0]
            right = right._replace(first=(month, right.first[1]), last=(month, right.last[1]))
        if right.first and right.first[0] == 0:
            return self._days_alone(left.first[1] if left.first else 0, right.first[1])
        year = self.year(left if left.base else right)
        last_year = self.year(right) if left.base and right.base else year
        if year is None or last_year is None:
            return None
        if left.last and right.last and right.last < left.last and year == last_year:  # 10月至3月, 10月至次年3月
            year, last_year = (year, year + 1) if left.base else (year - 1, year)
        if words.tail == "same":
            return self._same_of(year)
        start, end = day_of(year, left.first or (1, 1)), day_of(last_year, right.last or _YEAR_END)
        return self.close(start, end) if start <= end else None

    def _same_of(self, year: int) -> _Dated:
        """去年同期: the time just named, or the report's own, in another year."""
        start, end = self._governing()
        kind: PeriodKind = "compared" if self.compared else "interval"
        if end is None:
            return _Dated(date(year, 1, 1), date(year, 12, 31), kind)
        return _Dated(add_years(start, year - end.year), add_years(end, year - end.year), kind)

    def _days_alone(self, first: int, last: int) -> _Dated | None:
        """9日到11日: the last as `_day_alone` dates it; the first before it, in the month before where it is later."""
        found = self._day_alone(last)
        if found is None or found.end is None or first in (0, last):
            return found
        start = found.end if first < last else add_months(found.end, -1)
        return found._replace(start=day_of(start.year, (start.month, first)))

    def _day_alone(self, day: int) -> _Dated | None:
        """11日 alone: of the month named last, or the latest before the day of the report."""
        near = self.passage.day or self.clock.today
        if near is None:
            return None
        found = day_of(near.year, (near.month, day))
        if self.passage.day is None and found > near:
            found = add_months(found, -1)
        if self.words.tail == "since":
            return self.since(found)
        return _Dated(None, found, "until") if self.words.lead == "until" else _Dated(found, found, "interval")

    # --- which year -----------------------------------------------------------------------------------------------

    def year(self, moment: Moment) -> int | None:
        """Return the year of one end of an expression."""
        if moment.base == "abs":
            return moment.year
        if moment.base == "now":
            year = self._this_year(moment)
            return year and year + moment.year
        if moment.base in ("own", "near"):
            year = self.passage.nearest or self.clock.own_year()
            return year and year + moment.year
        return self._unnamed_year(moment)

    def _this_year(self, moment: Moment) -> int | None:
        """Return the year that 今年 means: that of publication, but for a review put out early in the next year."""
        clock, passage, words = self.clock, self.passage, self.words
        year, own = clock.now_year, clock.own_year()
        if not clock.is_late or year is None or clock.first is None or clock.last is None:
            return year
        if moment.year == -1 and self.compared:  # 比去年: the year before the one that is reported on
            return passage.year or own
        if moment.year != 0 or passage.looks_ahead or words.tail == "before" or is_aimed_at(self.folded, words):
            return year
        if words.tail == "since":
            return own if clock.first.month <= 2 else year
        begins_later = moment.first is not None and day_of(year, moment.first) > clock.last
        return own if begins_later and not is_followed_by_aim(self.folded, words) else year

    def _unnamed_year(self, moment: Moment) -> int | None:
        """Return the year of a part of the year that names none."""
        clock, nearest, day = self.clock, self.passage.nearest, self.passage.day
        first, last = moment.first or (1, 1), moment.last or _YEAR_END
        if day and first == last == (day.month, day.day):  # 今天(4月1日)
            return day.year
        is_first_figure = clock.is_late and not self.passage.looks_ahead and is_estimated(self.folded, self.words)
        if self.looks_forward and clock.first and not is_first_figure:
            year = nearest or self.passage.deadline or clock.own_year(first, last) or clock.first.year
            return year if day_of(year, last) >= clock.first else self._next_year(last, clock.first)
        if self.passage.deadline and not self.passage.year and self.words.value == _WITHIN:
            return self.passage.deadline
        if self.words.lead == "until" and not self.passage.year and (fresh := self._fresh_year(last)):
            return fresh
        is_month = first[0] == last[0] and not (self.words.is_state and last == _YEAR_END)
        if nearest or not is_month:
            own = clock.own_year((1, 1) if self.words.is_state else first, last)
            return own if nearest != own and self._is_to_come(own, last) else nearest or own
        return self._year_of_month(first, last)

    def _is_to_come(self, year: int | None, last: MonthDay) -> bool:
        """Tell whether something is still to be done in the year of publication (下半年还将新建)."""
        today = self.clock.first
        is_open = today is not None and today.year == year and day_of(year, last) >= today
        return is_open and is_still_to_do(self.folded, self.words.end)

    def _fresh_year(self, last: MonthDay) -> int | None:
        """Return the year of 截至3月底 if that day lies just before the report."""
        clock = self.clock
        if clock.first is None or clock.last is None:
            return None
        latest = clock.first.year - (day_of(clock.first.year, last) > clock.last)
        return latest if (clock.last - day_of(latest, last)).days <= _FRESH_DAYS else None

    @staticmethod
    def _next_year(last: tuple[int, int], today: date) -> int:
        return today.year + (day_of(today.year, last) < today)

    def _year_of_month(self, first: tuple[int, int], last: tuple[int, int]) -> int | None:
        """Return the year of 6月 or 6月11日: of the latest news, of the time covered, or the latest possible."""
        clock, own = self.clock, self.clock.own_year(first, last)
        if own is None or clock.first is None or clock.last is None:
            return own
        latest = clock.first.year - (day_of(clock.first.year, first) > clock.last)
        if first == last and (clock.last - day_of(latest, last)).days <= _NEWS_DAYS:
            return latest
        if clock.start and clock.end and clock.start <= day_of(own, first) and day_of(own, last) <= clock.end:
            return own
        is_next = (day_of(latest + 1, first) - clock.last).days <= _NEWS_DAYS
        return latest + is_next

    # --- what kind ------------------------------------------------------------------------------------------------

    def close(self, start: date, end: date) -> _Dated:
        """Close or open the interval by what stands before and behind the words."""
        words = self.words
        if self.compared:
            return _Dated(None if words.is_state else start, end, "compared")
        if words.tail == "since":
            return self.since(start)
        if words.lead == "until" and words.tail != "before":
            return _Dated(None, end, "until")
        if words.is_state or words.tail == "before" or is_reached(self.folded, words):
            return _Dated(None, end, "deadline" if self._is_ahead(end) else "until")
        return _Dated(start, end, "interval")

    def _is_ahead(self, end: date) -> bool:
        """Tell whether a date is still to come for the report."""
        clock = self.clock
        if self.words.tail == "before" and (clock.first is None or end >= clock.first):
            return True
        if clock.horizon is None:
            return is_aimed_at(self.folded, self.words)
        if clock.last is None and clock.start and clock.end and clock.start.year < clock.end.year <= end.year:
            return self.words.lead == "reach"  # 到2025年 in a plan without a date
        return end > clock.horizon
