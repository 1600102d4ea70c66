"""Fit data/confidence.tsv on the train split of the corpora: ``python scripts/fit_confidence.py``.

Every report of the split is read end to end, and each of its facts judged right or wrong by the row definition of
tests/corpus_score.py; a fact without gold is wrong. A logistic regression then finds what each doubt costs. Three
things keep it modest, because the rules were written with these reports in sight:

- a cost is never a gain, and a handful of facts moves it little from the guess of the table's third column;
- the costs are scaled and shifted to fit the facts of reports that were left out of the fit;
- ``unseen`` is taken off every fact; it is set by hand, in the table, by what reports read for the first time show.

Each report is also read without what stands before its first fact, at a small weight: what a report costs that does not
say where and when is learned from that. ``--check`` fits and prints, and leaves the table as it is.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.append(str(Path(__file__).parent))

from gold_sets import CORPORA, ROOT, Reading, read_set, reliability

TABLE = ROOT / "src" / "healthie" / "data" / "confidence.tsv"
EXCERPT_WEIGHT = 0.03
# How hard a cost is held to its guess. Of 0.5, 1, 2, 3, 4, 6, 9, 12, 18, 24, 36 and 60 the one whose fits score best
# the reports that they were not made on (mean log loss of the train split of 54 reports: 0.1571, and 0.1600 at 1).
PULL = 24.0
STEPS = 600

Table = dict[str, list[str]]


class Cases(NamedTuple):
    """Facts that count: the report of each, its doubts as a row of zeros and ones, whether it is right, its weight."""

    reports: np.ndarray
    doubts: np.ndarray
    right: np.ndarray
    weight: np.ndarray

    def of(self, chosen: np.ndarray) -> Cases:
        """Return some of them."""
        return Cases(*(column[chosen] for column in self))


class Fit(NamedTuple):
    """What every fact starts from, and what each doubt adds."""

    base: float
    costs: np.ndarray

    def logits(self, doubts: np.ndarray) -> np.ndarray:
        """Return the logit of each row of doubts."""
        return self.base + doubts @ self.costs


def gather(readings: list[Reading], weight: float, names: list[str]) -> list[tuple[str, list[float], float, float]]:
    """Return the facts of some reports that count."""
    return [
        (reading.name, [float(name in had) for name in names], float(not faults), weight)
        for reading in readings
        for had, faults in zip(reading.doubts, reading.verdicts, strict=True)
        if faults is not None
    ]


def share(logits: np.ndarray) -> np.ndarray:
    """Return the probabilities of logits."""
    return 1 / (1 + np.exp(-logits))


def fit(cases: Cases, guess: np.ndarray) -> Fit:
    """Fit a logistic regression whose costs are never gains and are held to a guess, by accelerated descent."""
    rows = np.hstack([cases.doubts, np.ones((len(cases.right), 1))])
    pull = np.append(np.full(len(guess), PULL), 0.0)
    aim = np.append(guess, 3.0)
    top = np.append(np.zeros(len(guess)), np.inf)
    step = 1 / (0.25 * np.linalg.norm(rows * np.sqrt(cases.weight)[:, None], 2) ** 2 + PULL)
    now, ahead, pace = aim, aim, 1.0
    for _ in range(STEPS):
        slope = rows.T @ (cases.weight * (share(rows @ ahead) - cases.right)) + pull * (ahead - aim)
        following = np.minimum(top, ahead - step * slope)
        quicker = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = following + (pace - 1) / quicker * (following - now)
        now, pace = following, quicker
    return Fit(float(now[-1]), now[:-1])


def left_out(cases: Cases, guess: np.ndarray) -> np.ndarray:
    """Return the logit of each fact by a fit on the other reports."""
    logits = np.zeros(len(cases.right))
    for name in np.unique(cases.reports):
        rest = cases.reports != name
        logits[~rest] = fit(cases.of(rest), guess).logits(cases.doubts[~rest])
    return logits


def scale(logits: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Return the shift and the factor, of one at most, with which logits fit best what is right."""
    shift, factor = 0.0, 1.0
    for _ in range(STEPS):
        found = share(shift + factor * logits)
        bend = found * (1 - found)
        shift -= float((found - right).sum() / bend.sum())
        off = share(shift + factor * logits) - right
        factor = float(np.clip(factor - 0.5 * (off @ logits) / (bend @ logits**2), 0.5, 1.0))
    return shift, factor


def read_table() -> tuple[list[list[str]], Table]:
    """Return the lines of the table, and its rows by name."""
    lines = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()]
    return lines, {line[0]: line for line in lines if len(line) > 1 and not line[0].startswith("#")}


def read_cases(names: list[str]) -> Cases:
    """Read the train split, whole and as excerpts."""
    whole = list(read_set(CORPORA, CORPORA, "train"))
    strange = {doubt for reading in whole for had in reading.doubts for doubt in had} - set(names)
    if strange:
        sys.exit(f"{TABLE.name} has no row for {', '.join(sorted(strange))}: add each, with a guess of what it costs.")
    parts = list(read_set(CORPORA, CORPORA, "train", excerpts=True))
    rows = gather(whole, 1.0, names) + gather(parts, EXCERPT_WEIGHT, names)
    reports, doubts, right, weight = zip(*rows, strict=True)
    return Cases(np.array(reports), np.array(doubts), np.array(right), np.array(weight))


def main() -> None:
    """Fit, show and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="leave the table as it is")
    check = parser.parse_args().check
    lines, table = read_table()
    names = [name for name in table if name not in {"base", "unseen"}]
    guess = np.array([float(table[name][2]) for name in names])
    cases = read_cases(names)
    whole = cases.weight == 1
    logits, right = left_out(cases, guess)[whole], cases.right[whole]
    shift, factor = scale(logits, right)
    found = fit(cases, guess)
    scores = np.clip(share(shift + factor * logits + float(table["unseen"][1])), 0.02, 0.98)
    print(f"{len(right)} facts of {len(np.unique(cases.reports))} reports; scaled by {factor:.2f} and {shift:+.2f}.")
    print("Each report as scored by a fit on the others:\n")
    print(reliability(scores.tolist(), (right == 1).tolist()))
    table["base"][1] = f"{factor * found.base + shift:.2f}"
    for name, cost in zip(names, factor * found.costs, strict=True):
        table[name][1] = f"{cost:.2f}".removeprefix("-") if abs(cost) < 0.005 else f"{cost:.2f}"
    if check:
        print()
        print("\n".join("\t".join(row[:2]) for row in table.values()))
        return
    TABLE.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")
    print(f"\nWrote {TABLE.relative_to(ROOT)}: now renew the pages (refresh_docs.py, measure_accuracy.py --write).")


if __name__ == "__main__":
    main()
