"""The text cut into lines, and each line into the runs between which what was found begins or ends.

Start at `cut`. A character may belong to several things at once (a programme inside an indicator, one indicator of two
facts, spans that cross): a run names all of them, so nothing need be nested.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthie.report import Report

__all__ = ["KINDS", "Line", "Run", "cut"]

Kind = Literal["quantity", "indicator", "reference", "period", "entity"]
KINDS: tuple[Kind, ...] = ("quantity", "indicator", "reference", "period", "entity")

_BREAK = re.compile(r"\r\n|[\r\n]")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that belong to the same things.

    Attributes
    ----------
    start, end : int
        Character offsets, end exclusive.
    text : str
        The characters.
    of : dict
        For each kind that is here, the numbers of its facts; of entities, their own numbers.
    opens : bool
        Whether a quantity or an entity begins here.
    """

    start: int
    end: int
    text: str
    of: dict[Kind, tuple[int, ...]]
    opens: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text.

    Attributes
    ----------
    start : int
        Offset of its first character.
    runs : tuple of Run
        All its characters, in order.
    ending : str
        The line break after it; empty at the end of the text.
    """

    start: int
    runs: tuple[Run, ...]
    ending: str

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(run.text for run in self.runs)


def cut(report: Report) -> list[Line]:
    """Return the lines of a report's text, which together hold every character of it.

    Parameters
    ----------
    report : Report
        A report read.

    Returns
    -------
    list of Line
        In order.

    Examples
    --------
    >>> import healthie
    >>> [line] = cut(healthie.extract("白水县建成卫生室86所。"))
    >>> [(run.text, *run.of) for run in line.runs]
    [('白水县', 'entity'), ('建成卫生室', 'indicator'), ('86所', 'quantity'), ('。',)]
    """
    breaks = [*_BREAK.finditer(report.text)]
    firsts = [0, *(found.end() for found in breaks)]
    lasts = [*(found.start() for found in breaks), len(report.text)]
    runs = _runs(report, {*firsts, *lasts})
    starts = [run.start for run in runs]
    return [
        Line(first, tuple(runs[bisect_left(starts, first) : bisect_left(starts, last)]), ending)
        for first, last, ending in zip(firsts, lasts, [*(found[0] for found in breaks), ""], strict=True)
    ]


def _runs(report: Report, edges: Iterable[int]) -> list[Run]:
    """Sweep over the text once, with the set of what each character belongs to."""
    begins: dict[int, set[tuple[Kind, int]]] = defaultdict(set)
    ends: dict[int, set[tuple[Kind, int]]] = defaultdict(set)
    for start, end, kind, number in _spans(report):
        if start < end:
            begins[start].add((kind, number))
            ends[end].add((kind, number))
    here: set[tuple[Kind, int]] = set()
    places = sorted({*edges, *begins, *ends})
    runs = []
    for start, end in pairwise(places):
        here = (here - ends[start]) | begins[start]
        of = {kind: tuple(sorted(number for each, number in here if each == kind)) for kind in KINDS}
        opens = any(kind in {"quantity", "entity"} for kind, _ in begins[start])
        found = {kind: numbers for kind, numbers in of.items() if numbers}
        runs.append(Run(start, end, report.text[start:end], found, opens))
    return runs


def _spans(report: Report) -> Iterator[tuple[int, int, Kind, int]]:
    for number, fact in enumerate(report.facts):
        yield fact.quantity.start, fact.quantity.end, "quantity", number
        for piece in fact.indicator.spans:
            yield piece.start, piece.end, "indicator", number
        if fact.reference:
            yield fact.reference.start, fact.reference.end, "reference", number
        if fact.period:
            yield fact.period.char_start, fact.period.char_end, "period", number
    for number, entity in enumerate(report.entities):
        yield entity.start, entity.end, "entity", number
