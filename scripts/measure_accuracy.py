"""Measure the library on the sets of reports with gold: ``python scripts/measure_accuracy.py [--write]``.

It prints the tables of docs/accuracy.md: our own corpora by split, and the sets of ../shared where that folder is
there. With ``--write`` it puts them into the page, between the two marks.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

sys.path.append(str(Path(__file__).parent))

from gold_sets import CORPORA, ROOT, Reading, corpus_score, read_set, reliability

PAGE = ROOT / "docs" / "accuracy.md"
SHARED = ROOT.parent / "shared"
START, END = "<!-- figures -->\n", "<!-- end of figures -->"
FAULTS = ("indicator", "period", "region", "status", "role", "of", "reference", "direction", "modifier")
LABELS = ("REGION", "PROGRAMME", "ORG", "SYSTEM")

Sets = dict[str, list[Reading]]


def read_sets() -> Sets:
    """Read every set that is there."""
    sets = {f"our {split}": list(read_set(CORPORA, CORPORA, split)) for split in ("train", "test")}
    if SHARED.is_dir():
        sets["seeds"] = list(read_set(SHARED / "gold", SHARED / "seeds"))
        sets["dev"] = list(read_set(SHARED / "dev" / "gold", SHARED / "dev" / "texts"))
    return {name: readings for name, readings in sets.items() if readings}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table, the first column to the left and the others to the right."""
    head = list(head)
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def rate(part: float, whole: float) -> str:
    """Return a share with three decimals."""
    return f"{part / whole:.3f}" if whole else "-"


def is_strict(gold: corpus_score.Row, found: corpus_score.Row) -> bool:
    """Tell whether an indicator is right to the character."""
    spans = corpus_score.characters
    return spans(gold["indicator"]["spans"]) == spans(found["indicator"]["spans"])


def headline(name: str, readings: list[Reading]) -> list[str]:
    """Return how well whole rows are read."""
    total, strict, places, times = corpus_score.Score(), 0, 0, 0
    for reading in readings:
        gold, found = reading.gold["facts"], reading.report["facts"]
        total += corpus_score.score(reading.text, reading.gold, reading.report)
        owned = {j: i for i, j in corpus_score.pair(gold, found).items()}
        right = [j for j, faults in _counted(reading) if not faults]
        strict += sum(is_strict(gold[owned[j]], found[j]) for j in right)
        said, document = reading.gold["doc"], reading.report["document"]
        place, time = document["region"] or {}, document["period"] or {}
        places += bool({place.get("code"), place.get("name")} & set(said["region"]))
        times += f"{time.get('start') or ''}..{time.get('end') or ''}" == said["period"]
    size, half = len(readings), (total.asked + total.given) / 2
    figures = [rate(figure, half) for figure in (total.quantities, total.rows, strict)]
    return [name, str(size), str(total.asked), *figures, f"{places}/{size}", f"{times}/{size}"]


def _counted(reading: Reading) -> list[tuple[int, list[str]]]:
    return [(j, faults) for j, faults in enumerate(reading.verdicts) if faults is not None]


def faults_of(readings: list[Reading]) -> list[str]:
    """Return how many facts have each fault; a fact may have several."""
    found: Counter[str] = Counter()
    missed = 0
    for reading in readings:
        for _, faults in _counted(reading):
            found.update(faults)
            found["facts"] += bool(faults)
        pairs = corpus_score.pair(reading.gold["facts"], reading.report["facts"])
        missed += sum(not fact["optional"] and i not in pairs for i, fact in enumerate(reading.gold["facts"]))
    return [str(found["facts"]), str(missed), str(found["no gold"]), *(str(found[fault]) for fault in FAULTS)]


def names_of(readings: list[Reading], label: str) -> str:
    """Return the F1 of the names of a kind: span equal, and the code of a region."""
    asked = given = right = 0
    for reading in readings:
        bodies = [(e["start"], e["end"]) for e in reading.gold["entities"] if e["label"] == "ORG"]
        gold = {(e["start"], e["end"]): e["id"] for e in reading.gold["entities"] if e["label"] == label}
        found = {(e["start"], e["end"]): e["id"] for e in reading.report["entities"] if e["label"] == label}
        for span in [span for span in found if label == "REGION" and span not in gold]:
            if any(start < span[1] and span[0] < end for start, end in bodies):
                del found[span]  # a place in the name of a body may be marked or not
        asked, given = asked + len(gold), given + len(found)
        right += sum(span in found and (label != "REGION" or found[span] == code) for span, code in gold.items())
    return rate(2 * right, asked + given)


def sureness(readings: list[Reading]) -> str:
    """Return the table of scores against the share of facts that are right."""
    cases = [
        (reading.report["facts"][j]["confidence"], not faults)
        for reading in readings
        for j, faults in _counted(reading)
    ]
    return reliability([score for score, _ in cases], [right for _, right in cases])


def page(sets: Sets) -> str:
    """Return the figures as Markdown."""
    parts = ["## Whole rows\n"]
    head = ("set", "reports", "facts", "quantity F1", "row F1", "strict F1", "place", "time")
    parts.append(table(head, (headline(name, readings) for name, readings in sets.items())))
    parts.append("\n## What is wrong\n")
    head = ("set", "facts wrong", "missed", "no gold", *FAULTS)
    parts.append(table(head, ([name, *faults_of(readings)] for name, readings in sets.items())))
    parts.append("\n## Names\n")
    rows = ([name, *(names_of(readings, label) for label in LABELS)] for name, readings in sets.items())
    parts.append(table(("set", *LABELS), rows))
    parts.append("\n## Confidence")
    for name, readings in sets.items():
        parts.append(f"\n{name[0].upper() + name[1:]}:\n\n{sureness(readings)}")
    return "\n".join(parts) + "\n"


def main() -> None:
    """Print the figures, or write them into the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="renew docs/accuracy.md")
    write = parser.parse_args().write
    if write and not SHARED.is_dir():
        sys.exit(f"{SHARED} is not there, and the page tells of its sets too: run without --write.")
    figures = page(read_sets())
    if not write:
        print(figures)
        return
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{START}\n{figures}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
