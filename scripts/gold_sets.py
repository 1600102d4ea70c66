"""Sets of reports with gold, read by the library: what fit_confidence.py and measure_accuracy.py share.

Start at `read_set`.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import healthie
from healthie import confidence

ROOT = Path(__file__).parents[1]
CORPORA = ROOT / "corpora"
sys.path.append(str(ROOT / "tests"))

import corpus_score  # noqa: E402  the scorer of the tests is no part of the package

Row = dict[str, Any]


class Reading(NamedTuple):
    """A report with gold, and what the library makes of it.

    `verdicts` has for each fact found what is wrong with it, None where it does not count; `doubts` has the doubts.
    """

    name: str
    text: str
    gold: Row
    report: Row
    doubts: list[frozenset[str]]
    verdicts: list[list[str] | None]


def read_set(golds: Path, texts: Path, split: str | None = None, *, excerpts: bool = False) -> Iterator[Reading]:
    """Read the reports of a folder, of one split if given; as `excerpts`, from the line of their first fact on."""
    for path in sorted(golds.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        doc = gold["doc"]
        if split is not None and doc.get("split") != split:
            continue
        with (texts / doc["doc"]).open(encoding="utf-8", newline="") as file:
            text = file.read()
        known = {"region": doc["region"][0], "published": doc["published"]} if doc.get("given") else {}
        if excerpts:
            text, gold = _excerpt(text, gold)
        report, doubts = _read(text, known)
        yield Reading(path.stem, text, gold, report, doubts, corpus_score.verdicts(gold, report))


def _read(text: str, known: dict[str, str]) -> tuple[Row, list[frozenset[str]]]:
    """Return a report as a dict, and the doubts of each of its facts."""
    seen: list[frozenset[str]] = []
    weigh = confidence.weigh

    def note(doubts: tuple[str, ...]) -> float:
        seen.append(frozenset(doubts))
        # the table may lack a doubt that is new
        return weigh(seen[-1] & confidence.costs().keys())

    confidence.weigh = note  # type: ignore[assignment]
    try:
        return healthie.extract(text, **known).to_dict(), seen
    finally:
        confidence.weigh = weigh


def _excerpt(text: str, gold: Row) -> tuple[str, Row]:
    """Return a report and its gold without the lines before its first fact."""
    cut = text.rfind("\n", 0, min(fact["start"] for fact in gold["facts"])) + 1
    gold = copy.deepcopy(gold)
    for fact in gold["facts"]:
        for span in (fact, fact["reference"] or {"start": 0, "end": 0}):
            span["start"] -= cut
            span["end"] -= cut
        fact["indicator"]["spans"] = [[start - cut, end - cut] for start, end in fact["indicator"]["spans"]]
    return text[cut:], gold


def reliability(scores: list[float], right: list[bool]) -> str:
    """Return the table of scores against the share of facts that are right."""
    edges = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
    lines = ["| score | facts | mean score | right |", "|---|---:|---:|---:|"]
    cases = list(zip(scores, right, strict=True))
    for low, high in pairwise(edges):
        inside = [case for case in cases if low <= case[0] < high]
        if inside:
            lines.append(_row(f"{low:.2f} to {min(high, 1.0):.2f}", inside))
    return "\n".join([*lines, _row("all", cases)])


def _row(name: str, cases: list[tuple[float, bool]]) -> str:
    facts = len(cases)
    mean, good = sum(score for score, _ in cases) / facts, sum(right for _, right in cases) / facts
    return f"| {name} | {facts} | {mean:.3f} | {good:.3f} |"
