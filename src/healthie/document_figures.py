"""Which time the figures of a report hold for: the times of its text, weighed by the figures that they govern.

Start at `Figures`. Each time of the text has a weight: the figures up to the next time, and more if it stands in the
opening. Times compared with and times of what is still to be done do not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from healthie.document_words import any_word
from healthie.records import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from healthie.document_cues import Governed

__all__ = ["LEAST_DAYS", "Figures", "is_whole_year", "spans_years"]

# A time shorter than this is the day of an event, not the time that is reported on.
LEAST_DAYS = 27
# The shortest part of a year, and the shortest span of several years, that a report covers without saying so.
_PART, _LONG = 80, 700
# A state is still the report's if it lies so many days before its date.
_FRESH_DAYS = 75
# 近五年 is a side remark, 五年来 is what a report covers.
_RECENT = ("近", "最近")

_Key = TypeVar("_Key")


def spans_years(time: Period) -> bool:
    """Tell whether a time begins in one year and ends in another."""
    return bool(time.start and time.end and time.start.year != time.end.year)


def is_whole_year(time: Period) -> bool:
    """Tell whether a time is one year of the calendar."""
    if time.start is None or time.end is None or time.start.year != time.end.year:
        return False
    return (time.start.month, time.start.day, time.end.month, time.end.day) == (1, 1, 12, 31)


def _sum(pairs: Iterable[tuple[_Key, float]]) -> dict[_Key, float]:
    """Add up the weights of each key."""
    sums: dict[_Key, float] = {}
    for key, weight in pairs:
        sums[key] = sums.get(key, 0.0) + weight
    return sums


@dataclass(frozen=True, slots=True)
class Figures:
    """The times of a text that figures hold for.

    Attributes
    ----------
    folded : str
        The folded text.
    governed : sequence of Governed
        The times, without those of what is still to be done.
    last : date or None
        The last day on which the report can have come out.
    is_news : bool
        Whether it is written as news.
    """

    folded: str
    governed: Sequence[Governed]
    last: date | None
    is_news: bool

    def years(self) -> dict[int, float]:
        """Weigh each year; 全年 and 年末 alone are of whichever year it turns out to be."""
        return _sum(
            (g.period.end.year, g.weight)
            for g in self.governed
            if g.period.end
            and not spans_years(g.period)
            and _is_long(g.period)
            and any_word("ownyear").search(self.folded, g.period.char_start, g.period.char_end)
        )

    def several_years(self, best: float, *, is_titled: bool) -> Period | None:
        """Return several years that the opening names, if more hangs on them than on the best single year.

        Where the title counts years, half as much is enough.
        """
        long = [g for g in self.governed if _days(g.period) >= _LONG and not g.period.text.startswith(_RECENT)]
        weights = _sum(((g.period.start, g.period.end), g.weight) for g in long)
        if not weights:
            return None
        span, weight = max(weights.items(), key=lambda item: item[1])
        opens = any(g.is_opening for g in long if (g.period.start, g.period.end) == span)
        return Period(*span) if opens and weight > best * (0.5 if is_titled else 1) else None

    def part_of(self, year: int) -> tuple[Period | None, bool]:
        """Return the part of a year that most figures hang on (前三季度), and whether it is most of all figures.

        For news the part has to stand in its opening.
        """
        own = [g for g in self.governed if g.period.end and g.period.end.year == year and _is_long(g.period)]
        parts = [g for g in own if g.period.start and g.period.start.year == year and g.period.end != self.last]
        weights = _sum(((g.period.start, g.period.end), g.weight) for g in parts if _days(g.period) >= _PART)
        if not weights:
            return None, False
        span, weight = max(weights.items(), key=lambda item: item[1])
        part = Period(*span)
        is_over = self.last is None or part.end is None or part.end <= self.last
        is_placed = not self.is_news or any(g.is_opening for g in parts if (g.period.start, g.period.end) == span)
        if weight <= sum(weights.values()) / 2 or not is_over or not is_placed or is_whole_year(part):
            return None, False
        return part, weight > sum(g.weight for g in own) / 2

    def opens_with_since(self) -> bool:
        """Tell whether the opening speaks of the time up to now (今年以来)."""
        return any(g.is_opening and g.period.kind == "since" for g in self.governed)

    def state(self) -> date | None:
        """Return the day of the latest state that the report gives (截至9月底); for news, one of its opening."""
        last = self.last
        states = _sum(
            (g.period.end, g.weight)
            for g in self.governed
            if last
            and g.period.end
            and g.period.kind == "until"
            and timedelta(0) < last - g.period.end <= timedelta(_FRESH_DAYS)
            and (g.is_opening or not self.is_news)
        )
        return max(states, key=lambda day: (states[day], day)) if states else None


def _days(time: Period) -> int:
    return (time.end - time.start).days if time.start and time.end else 0


def _is_long(time: Period) -> bool:
    """Tell whether a time is of some length: not a day of news."""
    return time.start is None or time.end is None or _days(time) >= LEAST_DAYS
