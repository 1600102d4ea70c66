"""Periods that end before they begin: 2023年7月至2023年6月.

Start at `check_times`. Only ends that both name their year are compared.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from healthie.checks.evidence import Evidence
from healthie.checks.finding import Finding
from healthie.checks.interval import Interval
from healthie.records import Span

__all__ = ["check_times"]

_DAY = r"((?:19|20)\d\d)年(?:(\d{1,2})月(?:(\d{1,2})日)?)?"
_SPAN = regex.compile(rf"{_DAY}\s?(?:至|到|-+|~)\s?{_DAY}")


def check_times(evidence: Evidence) -> Iterator[Finding]:
    """Find times from one day to an earlier one."""
    for i, span in _periods(evidence):
        match = _SPAN.search(evidence.text, span.start, span.end)
        if not match:
            continue
        first, last = (tuple(int(part) for part in match.groups()[k : k + 3] if part) for k in (0, 3))
        size = min(len(first), len(last))
        if first[:size] > last[:size]:
            yield evidence.finding(
                "period",
                [i],
                stated=i,
                expected=Interval(evidence.size(i).low, evidence.size(i).high),
                spans=[span],
                message=f"{match.group()} ends before it begins.",
                message_zh=f"{match.group()}的结束早于开始。",
            )


def _periods(evidence: Evidence) -> Iterator[tuple[int, Span]]:
    """Return the times that facts name, each with the first of its facts."""
    seen: set[int] = set()
    for i, fact in enumerate(evidence.facts):
        period = fact.period
        if period is not None and period.text and period.char_start not in seen:
            seen.add(period.char_start)
            yield i, Span(period.char_start, period.char_end, evidence.report.text[period.char_start : period.char_end])
