"""Time every compiled pattern by itself: ``python scripts/measure_patterns.py [--every N]``.

First every pattern of healthie is found, and how long a stretch the code lets it see: reports, and hostile pieces
repeated to `SEEN` characters, are read, checked and shown with patterns that note it. A pattern that sees no more than
`SHORT` characters however long the text is cannot make it slow. Each of the others looks through hostile texts of 5,000
and 20,000 characters by itself, and where that takes more than `SUSPECT` times as long, of 10,000, 20,000, 40,000 and
80,000. It prints the worst, and ends with 1 if one that is not `ALLOWED` takes more than `MOST` times as long for 8
times the text.
"""

from __future__ import annotations

import argparse
import gc
import re
import sys
from collections.abc import Callable, Iterator
from inspect import currentframe
from pathlib import Path
from time import process_time
from typing import Any

import regex

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))

SIZES = (10_000, 20_000, 40_000, 80_000)
SCREEN = (5_000, 20_000)
SEEN, SHORT = 4_000, 1_000
SUSPECT, MOST, ROUNDS = 6.0, 12.0, 3
WORTH = 0.004  # seconds for 20,000 characters
LOOKS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")
# Modules and openings of patterns that may take longer where they are timed, and why that costs nothing.
ALLOWED = {
    ("healthie.readers.html", r"\s*+(?:<!--"): "how a web page opens: asked once a file, at its first character only",
}
FOUND: dict[tuple[str, int], Noted] = {}


class Noted:
    """A compiled pattern that notes the longest stretch that each of its methods is given."""

    def __init__(self, compiled: Any, module: str) -> None:  # noqa: ANN401 - of re or of regex
        self.compiled, self.module = compiled, module
        self.longest: dict[str, int] = {}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        found = getattr(self.compiled, name)
        return self._noting(name, found) if name in LOOKS else found

    def _noting(self, name: str, look: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401
            text, *where = arguments[1:] if name in {"sub", "subn"} else arguments
            places = [place for place in where if isinstance(place, int)]
            start, end = [*places, 0][0], ([*places, len(text)][1] if len(places) > 1 else len(text))
            self.longest[name] = max(self.longest.get(name, 0), min(end, len(text)) - start)
            return look(*arguments, **options)

        return noted


def note_patterns() -> None:
    """Let all that healthie compiles from now on be noted."""

    def noting(compile_: Callable[..., Any]) -> Callable[..., Any]:
        def compiled(pattern: str, flags: int = 0, **options: Any) -> Any:  # noqa: ANN401
            caller = currentframe()
            module = caller.f_back.f_globals.get("__name__", "") if caller and caller.f_back else ""
            made = compile_(pattern, flags, **options)
            if not module.startswith("healthie") or isinstance(pattern, bytes):
                return made
            return FOUND.setdefault((pattern, int(flags)), Noted(made, module))

        return compiled

    regex.compile, re.compile = noting(regex.compile), noting(re.compile)


def allowed(noted: Noted) -> str:
    """Return why a pattern may take longer; empty if it may not."""
    return next(
        (
            why
            for (module, opening), why in ALLOWED.items()
            if noted.module == module and noted.compiled.pattern.startswith(opening)
        ),
        "",
    )


def pieces(any_text: Any, every: int) -> Iterator[str]:  # noqa: ANN401 - a module
    """Yield what hostile texts repeat."""
    yield from any_text.HOSTILE
    yield from any_text.FIGURES
    for words in any_text.words_by_class().values():
        yield words[0]
        yield "8个".join([*words[:6], ""])
    yield from any_text.clauses()[:: 40 * every]


def seconds(look: Callable[[str], object], text: str, rounds: int) -> float:
    """Return the least time of the processor."""
    least = float("inf")
    for _ in range(rounds):
        start = process_time()
        look(text)
        least = min(least, process_time() - start)
    return least


def looked(noted: Noted, name: str) -> Callable[[str], object]:
    """Return how a pattern looks through a whole text as the code lets it."""
    look = getattr(noted.compiled, name)
    if name in {"sub", "subn"}:
        return lambda text: look("", text)
    if name == "match":  # it is asked at one place after the other
        return lambda text: sum(1 for at in range(0, len(text), 16) if look(text, at))
    if name == "finditer":
        return lambda text: sum(1 for _ in look(text))
    return look  # type: ignore[no-any-return]


def timed(long: list[tuple[Noted, str]], todo: list[str]) -> Iterator[tuple[float, int, Noted, str, str, list[float]]]:
    """Yield the looks that may take more time than their text: ratio, sizes timed, pattern, method, piece, seconds."""
    gc.disable()
    for noted, name in long:
        look = looked(noted, name)
        for piece in todo:
            few, many = ((piece * size)[:size] for size in SCREEN)
            slow = seconds(look, many, 1)
            if slow < WORTH or slow < SUSPECT * seconds(look, few, 2):
                continue
            times: list[float] = []
            for size in SIZES:
                times.append(seconds(look, (piece * size)[:size], ROUNDS))
                if times[-1] > 10:
                    break
            yield times[-1] / times[0], len(times), noted, name, piece, times


def main() -> None:
    """Note, time, and print what is worst."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="look through only every so many texts")
    options = parser.parse_args()
    note_patterns()
    import any_text  # noqa: PLC0415 - what it compiles is noted

    import healthie  # noqa: PLC0415 - what it compiles is noted
    from healthie.readers import read_bytes  # noqa: PLC0415 - what it compiles is noted

    def read(text: str) -> None:
        report = healthie.extract(text)
        healthie.check(report)
        report.to_html()
        healthie.panel([report])
        try:
            read_bytes(f"<html><p>{text}</p></html>".encode("utf-8", "replace"))
        except ValueError:  # no text in it
            return

    for path in sorted((ROOT / "corpora").glob("*.txt")):
        read(path.read_text(encoding="utf-8"))
    todo = list(dict.fromkeys(pieces(any_text, options.every)))[:: options.every]
    for piece in todo:
        read((piece * SEEN)[:SEEN])
    long = [(noted, name) for noted in FOUND.values() for name, size in noted.longest.items() if size > SHORT]
    unused = sum(not noted.longest for noted in FOUND.values())
    print(f"{len(FOUND)} patterns, {unused} never asked, {len({id(noted) for noted, _ in long})} see long stretches")
    worst = list(timed(long, todo))
    worst.sort(key=lambda row: -row[0])
    wrong = [row for row in worst if row[0] > MOST or row[1] < len(SIZES)]
    faults = [row for row in wrong if not allowed(row[2])]
    print(f"{len(long) * len(todo):,} looks timed, {len(worst)} in full, {len(wrong)} over {MOST:g} times as long")
    for why in sorted({allowed(row[2]) for row in wrong} - {""}):
        print(f"{sum(allowed(row[2]) == why for row in wrong)} of these allowed: {why}")
    for ratio, _, noted, name, piece, times in worst[:40]:
        shown = " ".join(f"{time:.4f}" for time in times)
        print(f"{ratio:6.1f}  {noted.module}.{name}  {noted.compiled.pattern[:60]!r}  {piece[:20]!r}  {shown}")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
