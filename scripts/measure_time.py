"""Search for text that takes more time than its length: ``python scripts/measure_time.py [--every N] [--first N]``.

Texts are one piece repeated: each hostile piece and figure, the words of each class of each table of the package, by
themselves and beside a figure, and pairs and triples of classes by chance. Every piece is read at 5,000 and 20,000
characters; where that takes more than `SUSPECT` times as long, at 10,000, 20,000, 40,000 and 80,000, best of `ROUNDS`,
in time of the processor. Python's garbage collector rests meanwhile: where its passes fall is chance. It prints the
worst, and ends with 1 if 8 times the text takes more than `MOST` times as long.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

sys.path.append(str(Path(__file__).parents[1] / "tests"))

import any_text

import healthie
from healthie.readers import read_bytes

SIZES = (10_000, 20_000, 40_000, 80_000)
SCREEN = (5_000, 20_000)
SUSPECT, MOST, ROUNDS = 5.5, 12.0, 3
JOINTS = (
    "",
    "、",
    "，",
    "8个",
    "8%、",
    "分别为",
    "（",
    "“",
    "\n",
    "。",
    "其中",
    "和",
    "的",
    "比上年增长8%，",
    "2019年",
)
# What facts are to one another: a panel, a comparison and the checks hold facts of one indicator against each other.
RELATED = (
    "签约率由8%提高到9%，提高1个百分点。",
    "从8%升至9%、",
    "由8所增加到9所，",
    "全县有8所，其中公立3所、民营5所。",
    "签约率8%，比上年提高1个百分点，居全市第3位。",
    "甲县8所，占全市的8%。",
    "甲、乙、丙县分别为8%、9%、10%。",
    "计划建8家，已建9家。",
    "高于全国8个百分点，",
    "每千人口8张。",
    "8—9所，",
)


def report_of(text: str) -> healthie.Report:
    """Read a text for those who take a report; not timed."""
    return healthie.extract(text)


# What takes a text, and what takes a report of one.
ON_TEXT: dict[str, Callable[[str], object]] = {
    "extract": healthie.extract,
    "resolve_region": lambda text: _tried(healthie.resolve_region, text),
    "parse_number": lambda text: _tried(healthie.parse_number, text),
    "read_bytes": lambda text: _tried(read_bytes, text.encode("utf-8", "replace")),
    "read_bytes of a page": lambda text: _tried(read_bytes, f"<html><p>{text}</p></html>".encode("utf-8", "replace")),
}
ON_REPORT: dict[str, Callable[[healthie.Report], object]] = {
    "check": healthie.check,
    "to_html": lambda report: report.to_html(),
    "notebook": lambda report: report._repr_html_(),
    "to_csv": lambda report: report.to_csv(),
    "to_jsonl": lambda report: report.to_jsonl(),
    "to_brat": lambda report: report.to_brat(),
    "to_web_annotations": lambda report: report.to_web_annotations(),
    "to_docbin": lambda report: report.to_docbin(),
    "panel": lambda report: healthie.panel([report]),
    "compare": lambda report: healthie.compare(report, report),
}


def _tried(function: Callable[..., object], argument: str | bytes) -> object:
    try:
        return function(argument)
    except ValueError as error:  # the documented answer to what is no place, number or file
        return error


def pieces(pairs: int, seed: int) -> Iterator[str]:
    """Yield what is repeated."""
    yield from any_text.HOSTILE
    yield from any_text.FIGURES
    classes = any_text.words_by_class()
    for words in classes.values():
        some = words[:6]
        yield some[0]
        yield "".join(some)
        yield "8个".join([*some, ""])
    chance = random.Random(seed)  # noqa: S311 - the same search every time
    names = sorted(classes)
    for _ in range(pairs):
        chosen = [chance.choice(classes[name]) for name in chance.sample(names, chance.choice((2, 2, 3)))]
        yield "".join(word + chance.choice(JOINTS) for word in chosen)


def repeated(piece: str, size: int, number: int) -> str:
    """Return a text of so many characters; each number gives another, as the last texts read are kept folded."""
    return ("甲乙丙丁戊"[number] + piece * (size // len(piece) + 1))[:size]


def seconds(function: Callable[..., object], arguments: list[object]) -> float:
    """Return the least time of the processor."""
    least = float("inf")
    for argument in arguments:
        start = process_time()
        function(argument)
        least = min(least, process_time() - start)
    return least


def measure(
    name: str, function: Callable[..., object], make: Callable[[str], object], piece: str
) -> list[float] | None:
    """Return the times for `SIZES`, or None where the screen shows nothing."""

    def time_of(size: int, rounds: int) -> float:
        return seconds(function, [make(repeated(piece, size, number)) for number in range(rounds)])

    few, many = SCREEN
    long = time_of(many, 1)
    if long < 0.02 or long < SUSPECT * time_of(few, 2):
        return None
    times: list[float] = []
    for size in SIZES:
        times.append(time_of(size, ROUNDS))
        if times[-1] > 30:
            break
    print(f"{name:<22}{piece[:40]!r:<44}" + "".join(f"{time:9.3f}" for time in times), flush=True)
    return times


def main() -> None:
    """Search, and print what is worst."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--reports", action="store_true", help="measure what takes a report, on figures and clauses")
    parser.add_argument("--every", type=int, default=1, help="measure only every so many pieces")
    parser.add_argument("--first", type=int, default=0, help="the piece to begin with, counted from 0")
    options = parser.parse_args()
    healthie.extract("全县建成村卫生室86所。")
    gc.disable()
    found, tried = [], 0
    todo = list(dict.fromkeys(pieces(options.pairs, options.seed)))
    if options.reports:
        figures = any_text.FIGURES[::2]
        clauses = any_text.clauses()[::200]
        todo = [*RELATED, *figures, *clauses, *(piece + "。" for piece in (*figures, *clauses))]
    for piece in todo[options.first :: options.every]:
        gc.collect()
        of_text = list(ON_TEXT.items()) if options.reports else [("extract", healthie.extract)]
        jobs = [(name, function, str) for name, function in of_text]
        jobs += [(name, function, report_of) for name, function in ON_REPORT.items()] if options.reports else []
        for name, function, make in jobs:
            tried += 1
            times = measure(name, function, make, piece)
            if times and (len(times) < len(SIZES) or times[-1] > MOST * times[0]):
                found.append((times[-1] / times[0], name, piece))
    print(f"{tried:,} pieces tried, {len(found)} take more than {MOST:g} times as long for 8 times the text")
    for ratio, name, piece in sorted(found, reverse=True):
        print(f"{ratio:6.1f}  {name}  {piece!r}")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
