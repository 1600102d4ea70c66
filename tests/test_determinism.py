"""The same text gives the same result: from several threads at once, and in every process, however its hashes fall."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import healthie

CORPORA = Path(__file__).parents[1] / "corpora"
TEXTS = [path.read_text("utf-8") for path in sorted(CORPORA.glob("*.txt"))]

# Every output of some reports as lines of text; the tables and the page are built from all that the facts hold.
OUTPUTS = """
import sys
from pathlib import Path
import healthie
reports = [healthie.extract(path.read_text("utf-8")) for path in sorted(Path("corpora").glob("[ab]0[1-4]*.txt"))]
out = [report.to_json() for report in reports]
out += [healthie.panel(reports).to_csv()]
out += [repr(healthie.check(report)) for report in reports]
out += [report.to_html(findings=healthie.check(report)) for report in reports]
sys.stdout.buffer.write("\\n".join(out).encode())
"""

# The first calls of a process, from eight threads at once: tables are built while others ask for them.
COLD_THREADS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
import healthie
texts = [path.read_text("utf-8") for path in sorted(Path("corpora").glob("[ab]*.txt"))][:16]
barrier = Barrier(8)
def read(share):
    barrier.wait()
    return [healthie.extract(text).to_json() for text in share]
sys.setswitchinterval(1e-5)
with ThreadPoolExecutor(8) as pool:
    threaded = [done for share in pool.map(read, [texts[i::8] for i in range(8)]) for done in share]
serial = [healthie.extract(text).to_json() for i in range(8) for text in texts[i::8]]
print(len(serial), threaded == serial)
"""


def outputs(seed: str) -> bytes:
    """Return what a fresh process writes under a seed of its hashes."""
    return subprocess.run(
        [sys.executable, "-c", OUTPUTS],
        env=os.environ | {"PYTHONHASHSEED": seed},
        cwd=CORPORA.parent,
        capture_output=True,
        check=True,
    ).stdout


def test_every_process_writes_the_same_bytes() -> None:
    first = outputs("0")
    assert len(first) > 100_000
    for seed in ("1", "42", "4294967295", "random"):
        assert outputs(seed) == first, f"PYTHONHASHSEED={seed}"


def test_a_second_reading_gives_the_same() -> None:
    first = [healthie.extract(text).to_json() for text in TEXTS[:6]]
    assert [healthie.extract(text).to_json() for text in reversed(TEXTS[:6])] == first[::-1]


def test_eight_threads_give_what_one_gives() -> None:
    interval = sys.getswitchinterval()
    serial = [healthie.extract(text) for text in TEXTS]
    sys.setswitchinterval(1e-5)  # threads change places in the middle of nearly everything
    try:
        with ThreadPoolExecutor(8) as pool:
            threaded = list(pool.map(healthie.extract, TEXTS))
    finally:
        sys.setswitchinterval(interval)
    assert threaded == serial


@pytest.mark.parametrize("attempt", range(2))
def test_first_calls_from_eight_threads(run_python, attempt) -> None:
    assert run_python(COLD_THREADS) == "16 True\n", attempt
