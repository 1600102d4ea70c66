"""`eval` is a function that every process knows; the items are what it shall do there."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from healthie.parallel import Failure, ordered

DIE = "__import__('os')._exit(1)"
KILLED = "__import__('os').kill(__import__('os').getpid(), 9)"


def outcomes(items: list[str], n_process: int, a_task: int = 1) -> list[object]:
    """Return results, and for failures their indexes and messages."""
    return [
        (outcome.index, str(outcome.error)) if isinstance(outcome, Failure) else outcome
        for outcome in ordered(eval, items, n_process=n_process, a_task=a_task)
    ]


@pytest.mark.parametrize(("n_process", "a_task"), [(1, 1), (2, 1), (2, 3), (3, 2)])
def test_results_come_in_order(n_process: int, a_task: int) -> None:
    items = ["__import__('time').sleep(0.2)", *map(str, range(40))]
    assert outcomes(items, n_process, a_task) == [None, *range(40)]


@pytest.mark.parametrize("n_process", [1, 2])
def test_what_is_raised_is_told_in_its_place(n_process: int) -> None:
    assert outcomes(["1", "1 / 0", "3", "int('x')"], n_process, 2) == [
        1,
        (1, "division by zero"),
        3,
        (3, "invalid literal for int() with base 10: 'x'"),
    ]


def test_an_error_keeps_its_type_and_says_where_it_was_raised() -> None:
    (failure,) = ordered(eval, ["1 / 0"], n_process=2)
    assert isinstance(failure.error, ZeroDivisionError)
    if sys.version_info >= (3, 11):
        assert "parallel.py" in failure.error.__notes__[0]


def test_an_error_that_cannot_be_sent_says_the_same() -> None:
    bad = "(_ for _ in ()).throw(type('Odd', (Exception,), {})('no class of a module'))"
    assert outcomes(["1", bad, "3"], 2) == [1, (1, "Odd: no class of a module"), 3]


def test_a_result_that_cannot_be_sent_fails_alone() -> None:
    first, second, third = outcomes(["1", "lambda: 0", "3"], 2, 3)
    assert (first, third) == (1, 3)
    assert second[0] == 1  # type: ignore[index]
    gc.collect()  # what the error left behind once ended Python 3.12 itself


@pytest.mark.skipif(os.name == "nt", reason="no such signal here")
@pytest.mark.parametrize("death", [DIE, KILLED])
@pytest.mark.parametrize("a_task", [1, 4])
def test_a_process_that_dies_takes_no_other_item_with_it(death: str, a_task: int) -> None:
    items = [*map(str, range(5)), death, *map(str, range(6, 20)), death, "21"]
    told = "the process that read it died, and so did a second one."
    wanted = [(number, told) if number in {5, 20} else number for number in range(22)]
    assert outcomes(items, 2, a_task) == wanted


def test_an_item_is_done_again_after_the_death_of_its_process(tmp_path: Path) -> None:
    marker = f"__import__('pathlib').Path({os.fspath(tmp_path / 'marker')!r})"
    once = f"8 if {marker}.exists() else ({marker}.touch(), {DIE})"
    assert outcomes(["1", once, "3"], 2) == [1, 8, 3]


@pytest.mark.skipif(os.name == "nt", reason="no such signal here")
def test_a_process_that_is_killed_within_a_long_result_hangs_nothing(tmp_path: Path) -> None:
    code = f"""
import os, pathlib, signal
from multiprocessing.connection import Connection
marker = pathlib.Path({os.fspath(tmp_path / "marker")!r})
def send_half(self, data):
    os.write(self.fileno(), bytes(data)[:9_000])
    os.kill(os.getpid(), signal.SIGKILL)
if not marker.exists():
    marker.touch()
    Connection._send = send_half
"""
    long = f"(exec({code!r}), '8' * 100_000)[1]"
    assert outcomes(["1", long, "3", "4"], 2) == [1, "8" * 100_000, 3, 4]
    assert (tmp_path / "marker").exists()


def test_only_a_little_is_read_ahead() -> None:
    taken: list[str] = []
    items = (taken.append(item) or item for item in map(str, range(10_000)))
    stream = ordered(eval, items, n_process=2, a_task=4)
    assert taken == []
    assert list(islice(stream, 3)) == [0, 1, 2]
    assert len(taken) <= 40
    stream.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("n_process", [1, 2])
@pytest.mark.parametrize("a_task", [1, 4])
def test_what_came_before_an_error_of_the_items_themselves_is_done(n_process: int, a_task: int) -> None:
    def items() -> Iterator[str]:
        yield from map(str, range(10))
        raise OSError("the line was cut")

    stream = ordered(eval, items(), n_process=n_process, a_task=a_task)
    assert [next(stream) for _ in range(10)] == list(range(10))
    with pytest.raises(OSError, match="the line was cut"):
        next(stream)


def children_of(process: int) -> set[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:  # it has ended
                continue
    return {child for child, parent in parents.items() if parent == process}


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the processes of others cannot be seen here")
def test_the_processes_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "from healthie.parallel import ordered\n"
        "if __name__ == '__main__':\n"
        "    for outcome in ordered(eval, ['1', '__import__(\"time\").sleep(600)'] * 4, n_process=2):\n"
        "        print(outcome, flush=True)\n",
        encoding="utf-8",
    )
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "1\n"
        children = children_of(parent.pid)
        assert len(children) >= 2
        parent.send_signal(signal.SIGKILL)
    end = time.monotonic() + 60
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < end, "a process outlives its parent"
        time.sleep(0.1)


FEW_FILES = """
import gc, multiprocessing, os, resource, time
from multiprocessing import resource_tracker
from healthie.parallel import ordered

def told(most):
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    try:
        return str(list(ordered(abs, [8, 60], n_process=2)))
    except RuntimeError as error:
        return str(error)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

def left():
    gc.collect()
    return len(multiprocessing.active_children()), len(os.listdir("/proc/self/fd"))

if __name__ == "__main__":
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource_tracker.ensure_running()
    before = left()
    for most in range(4, 60):
        sentence = told(most)
        print(sentence)
        if "cannot be started" not in sentence:
            break
    end = time.monotonic() + 60
    while left() != before and time.monotonic() < end:
        time.sleep(0.05)
    print(left() == before)
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the open files of a process cannot be seen here")
def test_where_not_all_processes_start_none_is_left(tmp_path: Path) -> None:
    script = tmp_path / "few.py"
    script.write_text(FEW_FILES, encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    *told, last = done.stdout.splitlines()
    refused = " of 2 cannot be started (Too many open files): use fewer processes."
    assert {f"Process {number}{refused}" for number in (1, 2)} < set(told)
    assert last == "True"
