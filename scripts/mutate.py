"""How many small errors the tests notice: mutants of numbers, quantities, periods and facts, drawn by a fixed seed.

Run it from the checkout, with mutmut installed (``pip install -e '.[test,mutation]'``)::

    python scripts/mutate.py --size 100

mutmut writes the mutants of the modules named in ``[tool.mutmut]`` of pyproject.toml, and tries each in a process of
its own. A table says of each group how many of those drawn were killed, survived, ran out of time or met no
tests; survivors are listed, and ``mutmut show NAME`` prints one. Start at `main`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from mutmut.state import state
from mutmut.stats import status_by_exit_code

if TYPE_CHECKING:
    import pytest

GROUPS = {
    "numbers": ("numbers", "numerals", "value_text"),
    "quantities": ("quantities", "units", "modifiers"),
    "periods": ("periods", "timewords", "timecontext"),
    "facts": ("facts",),
}
ROOT = Path(__file__).parents[1]
MUTMUT = [sys.executable, "-m", "mutmut"]
OUTCOMES = ("killed", "survived", "timeout", "no tests", "other")


def pytest_runtest_setup() -> None:
    """Forget what the modules have cached: a mutant must be met by each test that it would be met by alone.

    mutmut loads this file as a plugin of pytest (``-p mutate``). A mutant starts in a process that has run the tests
    once already, and what is done once for all tests would be told to be met by the first of them only.
    """
    for name in (name for names in GROUPS.values() for name in names):
        for value in vars(sys.modules.get(f"healthie.{name}", object)).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the fastest tests first: one failure ends the trial of a mutant, and the slow tests are seldom needed."""
    seconds = state().duration_by_test
    items.sort(key=lambda item: seconds.get(item.nodeid, 0))


def results(module: str) -> dict[str, int | None]:
    """Return the exit code of each mutant of a module; None for one that was not tried."""
    path = ROOT / "mutants" / "src" / "healthie" / f"{module}.py.meta"
    codes: dict[str, int | None] = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return codes


def outcome(code: int | None) -> str:
    """Return what became of a mutant, by the exit code of pytest in its process."""
    said = status_by_exit_code[code]
    return said if said in OUTCOMES else "other"


def run(names: list[str], jobs: int) -> None:
    """Let mutmut try some mutants."""
    env = os.environ | {"PYTHONPATH": str(ROOT / "scripts")}
    subprocess.run([*MUTMUT, "run", "--max-children", str(jobs), *names], cwd=ROOT, env=env, check=True)  # noqa: S603


def main() -> None:
    """Draw the mutants, try them and print the table."""
    parser = argparse.ArgumentParser(description="How many small errors the tests notice.")
    parser.add_argument("groups", nargs="*", help="numbers, quantities, periods, facts; all by default")
    parser.add_argument("--size", type=int, default=100, help="mutants drawn of each group (100); 0 for all")
    parser.add_argument("--seed", type=int, default=8, help="seed of the draw (8)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at a time")
    args = parser.parse_args()
    run(["healthie.value_text*"], args.jobs)  # writes all mutants, and which tests meet which function
    drawn = {}
    for group in args.groups or GROUPS:
        names = sorted(name for module in GROUPS[group] for name in results(module))
        size = min(args.size or len(names), len(names))
        drawn[group] = sorted(random.Random(args.seed).sample(names, size)), len(names)  # noqa: S311
        run(drawn[group][0], args.jobs)
    print("\ngroup, mutants, drawn, killed, survived, timeout, no tests, other, killed of drawn")
    for group, (names, total) in drawn.items():
        codes = {name: code for module in GROUPS[group] for name, code in results(module).items()}
        count = Counter(outcome(codes[name]) for name in names)
        row = [count[key] for key in OUTCOMES]
        print(group, total, len(names), *row, f"{count['killed'] / len(names):.1%}", sep=", ")
        for name in names:
            if outcome(codes[name]) != "killed":
                print("   ", outcome(codes[name]), name)


if __name__ == "__main__":
    main()
