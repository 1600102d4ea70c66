"""Times that end before they begin: 2023年7月至2023年6月.

Start at `check_times`. Only ends that both name their year are compared.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import regex

from healthie.checks.evidence import Evidence
from healthie.checks.finding import Finding
from healthie.records import Span

__all__ = ["check_times"]

_DAY = r"((?:19|20)\d\d)年(?:(\d{1,2})月(?:(\d{1,2})日)?)?"
_SPAN = regex.compile(rf"{_DAY}\s?(?:至|到|-+|~)\s?{_DAY}")


def check_times(evidence: Evidence) -> Iterator[Finding]:
    """Find times from one day to an earlier one, each with the first fact of its sentence."""
    for match in _SPAN.finditer(evidence.text):
        first, last = (tuple(int(part) for part in match.groups()[k : k + 3] if part) for k in (0, 3))
        size = min(len(first), len(last))
        fact = _first_fact(evidence, match.start())
        if first[:size] <= last[:size] or fact is None:
            continue
        words = evidence.report.text[match.start() : match.end()]
        yield evidence.finding(
            "period",
            [fact],
            stated=fact,
            expected=evidence.size(fact),
            spans=[Span(match.start(), match.end(), words)],
            message=f"{words} ends before it begins.",
            message_zh=f"{words}的结束早于开始。",
        )


def _first_fact(evidence: Evidence, at: int) -> int | None:
    """Return the first fact of the sentence that holds a place of the text."""
    last = bisect_right(evidence.facts, at, key=lambda fact: fact.sentence.start) - 1
    if last < 0 or at >= evidence.facts[last].sentence.end:
        return None
    start = evidence.facts[last].sentence.start
    return bisect_left(evidence.facts, start, key=lambda fact: fact.sentence.start)
