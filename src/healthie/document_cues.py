"""What the text of a report says of its time: the time it says it tells of, and the figures that each time governs.

Start at `stated_time` (会议总结2020年工作, 介绍今年上半年全省卫生健康工作情况) and `governed_times`.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import regex

from healthie.document_words import any_word, template
from healthie.timecontext import heading, is_still_to_do, looks_ahead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthie.page import Page
    from healthie.records import Period

__all__ = ["Governed", "governed_times", "is_telling", "opening_end", "stated_time", "titled_section"]

_FIGURE = regex.compile(r"(?<![\d.])\d[\d.,]*+(?!\s?[年月日号])")
_CLAUSE_END = regex.compile(r"[。;!?\n]")
_MOST_FIGURES = 15
# What a figure in a later paragraph counts for the time named last, and how many paragraphs later it still does.
_LATER, _MOST_LATER = 0.25, 8
_OPENING = 3
_HEAD = 1500
_LONGEST_OPENING = 600


class Governed(NamedTuple):
    """A time, and what of the text hangs on it.

    Attributes
    ----------
    period : Period
        The time as found.
    figures : float
        How many figures it governs, those of later paragraphs at a discount.
    is_opening : bool
        Whether it stands in the first paragraphs.
    is_ahead : bool
        Whether it speaks of what is still to be done.
    """

    period: Period
    figures: float
    is_opening: bool
    is_ahead: bool

    @property
    def weight(self) -> float:
        """How much the time counts among those of the report."""
        return 1 + self.figures / 2 + 3 * self.is_opening


def is_telling(period: Period) -> bool:
    """Tell whether a time can be what is told of: neither compared with nor aimed at."""
    return period.kind not in ("compared", "deadline")


def opening_end(page: Page) -> int:
    """Return where the first paragraphs of the report end."""
    paragraphs = [(a, b) for a, b in page.body if "。" in page.folded[a:b] or "," in page.folded[a:b]][:_OPENING]
    return min(paragraphs[-1][1], paragraphs[0][0] + _LONGEST_OPENING) if paragraphs else 0


def governed_times(page: Page, periods: Sequence[Period]) -> list[Governed]:
    """Return the times of the body with the figures that each governs: those up to the next time.

    Parameters
    ----------
    page : Page
        The form of the report.
    periods : sequence of Period
        The times of the text, in order.

    Returns
    -------
    list of Governed
        In order, without the times compared with.
    """
    folded, opening = page.folded, opening_end(page)
    figures = [match.start() for match in _FIGURE.finditer(folded)]
    told = [p for p in periods if p.kind != "compared"]
    ahead = _ahead_starts(page)
    found: list[Governed] = []
    at = 0
    for start, end in page.body:
        while at < len(told) and told[at].char_start < start:
            at += 1
        first = at
        while at < len(told) and told[at].char_start < end:
            period = told[at]
            at += 1
            following = min(told[at].char_start, end) if at < len(told) else end
            count = bisect_left(figures, following) - bisect_left(figures, period.char_end)
            aims = period.kind == "deadline" or is_still_to_do(folded, period.char_end)
            is_ahead = aims or _is_in(ahead, period.char_start)
            found.append(Governed(period, min(count, _MOST_FIGURES), period.char_start < opening, is_ahead))
        if first == at and found:
            found[-1] = _with_later(found[-1], bisect_left(figures, end) - bisect_left(figures, start))
    return found


def _with_later(governed: Governed, count: int) -> Governed:
    """Add the figures of a later paragraph without a time of its own."""
    return governed._replace(figures=min(governed.figures + min(count, _MOST_LATER) * _LATER, _MOST_FIGURES))


def _ahead_starts(page: Page) -> list[tuple[int, bool]]:
    """Return where parts begin that look ahead (True) or back."""
    marks: list[tuple[int, bool]] = []
    for start, end in page.body:
        line = page.folded[start:end]
        level, size = heading(line)
        if level is not None:
            turn = looks_ahead(line[:size], is_lead_in=size < len(line))
            if turn is not None or (marks and level <= 1):
                marks.append((start, bool(turn)))
        elif any_word("aheadlead").match(line):
            marks.append((start, True))
    return marks


def _is_in(marks: list[tuple[int, bool]], at: int) -> bool:
    i = bisect_left(marks, (at + 1,)) - 1
    return i >= 0 and marks[i][1]


def stated_time(page: Page, periods: Sequence[Period]) -> Period | None:
    """Return the time that a report says it tells of: 总结2020年工作, 现将上半年工作情况通报如下; None if it does not.

    Parameters
    ----------
    page : Page
        The form of the report.
    periods : sequence of Period
        The times of the text, in order.

    Returns
    -------
    Period or None
        One of `periods`.
    """
    end = page.body[0][0] + _HEAD if page.body else 0
    return next((p for p in periods if p.char_start < end and is_telling(p) and _is_stated(page.folded, p)), None)


def _is_stated(folded: str, period: Period) -> bool:
    before = _CLAUSE_END.split(folded[max(0, period.char_start - 24) : period.char_start])[-1]
    told = template(r"(?:{tell})(?!.*{forward})[^,]{0,12}$").search(before)
    return bool(told and template(r"[^,。;:!?\n]{0,24}?{work}").match(folded, period.char_end))


def titled_section(page: Page, periods: Sequence[Period]) -> Period | None:
    """Return the time of the first heading that looks back on one: 一、2023年工作回顾; None if there is none."""
    starts = {p.char_start: p for p in periods if is_telling(p)}
    for start, end in page.body:
        line = page.folded[start:end]
        level, size = heading(line)
        if level is None or looks_ahead(line[:size]) is not False or any_word("aheadwork").search(line[:size]):
            continue
        found = next((p for at, p in starts.items() if start <= at < start + size), None)
        if found:
            return found
    return None
