"""Damage our own reports and measure how F1 declines.

It prints a table: for each share of damaged characters the F1 of quantities and of rows, and how many of the rows whose
quantity is unharmed are right. Every file of the folders is damaged and read too, and what holds of any text is checked
of it. The damage is the same every time.

    python scripts/measure_damage.py                # our own reports alone
    python scripts/measure_damage.py FOLDER         # the files of a folder too
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests"))

import any_text
import corpus_score
from damage import Damaged, carry, damage

import healthie
from healthie.readers import read

SHARES = (0.0, 0.01, 0.05, 0.10)
SEEDS = (1, 2, 3)


def unharmed(gold: corpus_score.Row, found: Damaged, report: corpus_score.Row) -> tuple[int, int]:
    """Return how many rows have an unharmed quantity, and how many of these are right."""
    moved = carry(gold, found.offsets)
    whole = [
        i
        for i, fact in enumerate(gold["facts"])
        if not fact["optional"] and found.hurt.isdisjoint(range(fact["start"], fact["end"]))
    ]
    owners = corpus_score.pair(moved["facts"], report["facts"])
    verdicts = corpus_score.verdicts(moved, report)
    return len(whole), sum(i in owners and verdicts[owners[i]] == [] for i in whole)


def row(share: float) -> str:
    """Return the line of the table for one share of damage."""
    total, whole, right = corpus_score.Score(), 0, 0
    for path in sorted(any_text.CORPORA.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        with (path.parent / gold["doc"]["doc"]).open(encoding="utf-8", newline="") as file:
            text = file.read()
        known = {"region": gold["doc"]["region"][0], "published": gold["doc"]["published"]}
        for seed in SEEDS if share else SEEDS[:1]:
            found = damage(text, share, seed)
            read_as = healthie.extract(found.text, **(known if gold["doc"].get("given") else {}))
            any_text.check_report(read_as)
            report = read_as.to_dict()
            total += corpus_score.score(found.text, carry(gold, found.offsets), report)
            here, good = unharmed(gold, found, report)
            whole, right = whole + here, right + good
    return f"| {share:.0%} | {total.quantity:.3f} | {total.row:.3f} | {whole / total.asked:.3f} | {right / whole:.3f} |"


def read_folder(folder: Path) -> tuple[int, int, int]:
    """Damage every file of a folder, read it and check what holds; return files, readings and characters."""
    files = readings = characters = 0
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        text = read(path).text
        files += 1
        for share in SHARES:
            for seed in SEEDS if share else SEEDS[:1]:
                found = damage(text, share, seed).text
                report = healthie.extract(found)
                any_text.check_report(report)
                if seed == SEEDS[0]:
                    any_text.check_exports(report)
                readings, characters = readings + 1, characters + len(found)
    return files, readings, characters


def folder_of(name: str) -> Path:
    """Return a folder that an argument names."""
    if not Path(name).is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {name}.")
    return Path(name)


def main() -> None:
    """Print the table, and what was read of the folders."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=folder_of, metavar="FOLDER", help="whose files are damaged too")
    folders = parser.parse_args().folders
    print("| damaged | quantities | rows | unharmed quantities | rows right of these |\n|---:|---:|---:|---:|---:|")
    for share in SHARES:
        print(row(share), flush=True)
    for folder in folders:
        files, readings, characters = read_folder(folder)
        print(f"{folder}: {files:,} files, {readings:,} readings, {characters:,} characters: nothing raised, all held")


if __name__ == "__main__":
    main()
