"""Kill runs of the command at every moment, fill the disk, end workers, and count how many outputs come out wrong.

Start at `main`. An undisturbed run gives the bytes wanted. Then the run is ended again and again and taken up by
``--resume`` until it comes to its end, and its output must be those bytes, with nothing left beside it:

- at every file operation: before each open, write, flush, cut, rename and removal in turn, and in the middle of each
  write to the journal; every second time the resumed run is killed as well, somewhere else;
- at moments drawn by a seed over the time that a run takes, with one process and with two;
- by Ctrl-C at moments over that time, sent to all its processes as a terminal does: it must end soon, with 130 and one
  sentence, or be done;
- with no room left, at sizes all over that of the output;
- with one of two workers killed while it reads.

    python scripts/measure_kills.py                 # some minutes; needs a system with fork, RLIMIT_FSIZE and /proc
    python scripts/measure_kills.py --reports 2 --drawn 0 --sizes 3 --workers 0 --formats csv
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import healthie
from healthie.cli import main as run_command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMMAND = [sys.executable, "-c", "import sys; from healthie.cli import main; sys.argv[0] = 'healthie'; main()"]
TEXT = "白水县{year}年工作总结\n{year}年，全县有卫生院{a}所，比上年增加{b}所；签约居民{a}.{b}万人，同比增长{b}.{a}%。\n"
OPERATIONS = {"open", "os.remove", "os.rename", "os.truncate"}
UNWRITTEN, INTERRUPTED = 74, 130
# Before, Python itself starts, and ends by Ctrl-C in its own words; a report that is being read may come to its end.
EARLIEST, SOON = 0.1, 1.5


class Folder:
    """Reports, a command over them, and the output that it should have."""

    def __init__(self, place: Path, command: str, form: str, reports: int) -> None:
        self.place = place
        self.names = [f"{number:03}.txt" for number in range(reports)]
        for number, name in enumerate(self.names):
            text = TEXT.format(year=2001 + number % 20, a=8 + number, b=1 + number % 7)
            (place / name).write_text(text, encoding="utf-8")
        self.output = place / f"out.{form}"
        self.arguments = [command, *self.names, "-o", self.output.name]
        if command != "panel":
            self.arguments.append("--resume")
        report = healthie.extract(text)  # what is imported here need not be imported in each fork
        healthie.check(report), healthie.panel([report]).to_csv(), report.to_json()
        self.status = self.forked()
        self.wanted = self.output.read_bytes()

    def forked(self, prepare: Callable[[], None] = lambda: None) -> int:
        """Run the command in a fork; return its exit status, or minus the signal that ended it."""
        child = os.fork()
        if not child:
            os.chdir(self.place)
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 2)
            sys.argv = ["healthie", *self.arguments]
            status = 1
            try:
                prepare()
                run_command()
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else int(end.code is not None)
            finally:
                os._exit(status)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def is_whole(self) -> bool:
        """Tell whether a run that was ended left no output or the whole one."""
        return not self.output.exists() or self.output.read_bytes() == self.wanted

    def is_right(self) -> bool:
        """Tell whether there is the output wanted, and nothing beside it."""
        left = {path.name for path in self.place.iterdir()} - {*self.names, self.output.name}
        return not left and self.output.exists() and self.output.read_bytes() == self.wanted

    def clear(self) -> None:
        """Take away what a run has written."""
        for path in self.place.iterdir():
            if path.name not in self.names:
                path.unlink()


def killing(moment: int, folder: Folder, *, torn: bool) -> Callable[[], None]:
    """Return what makes a process kill itself before a file operation, or in the middle of it if it is a write."""
    seen = 0
    given = {os.fspath(folder.place / name) for name in folder.names}
    write, flush = os.write, os.fsync

    def count(begin: Callable[[], object] = lambda: None) -> None:
        nonlocal seen
        seen += 1
        if seen == moment:
            if torn:
                begin()
            os.kill(os.getpid(), signal.SIGKILL)

    def counted_write(file: int, data: memoryview) -> int:
        count(lambda: write(file, data[: len(data) // 2]))
        return write(file, data)

    def counted_flush(file: int) -> None:
        count()
        flush(file)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in OPERATIONS:
            path = arguments[0] if isinstance(arguments[0], int) else os.fspath(Path.cwd() / str(arguments[0]))
            if isinstance(path, int) or (path.startswith(os.fspath(folder.place)) and path not in given):
                count()

    def prepare() -> None:
        os.write, os.fsync = counted_write, counted_flush
        sys.addaudithook(hook)

    return prepare


def at_every_operation(folder: Folder, draw: random.Random) -> Iterator[bool]:
    """Yield for each kill whether all was well."""
    for torn in (False, True):
        moment, ended = 0, False
        while not ended:
            moment += 1
            folder.clear()
            ended = folder.forked(killing(moment, folder, torn=torn)) != -signal.SIGKILL
            well = folder.is_whole()
            if moment % 2 and not ended:
                folder.forked(killing(draw.randint(1, moment), folder, torn=torn))
                well = well and folder.is_whole()
            yield well and folder.forked() == folder.status and folder.is_right()


def at_drawn_moments(folder: Folder, count: int, n_process: int, draw: random.Random) -> Iterator[bool]:
    """Yield for each kill whether all was well."""
    command = [*COMMAND, *folder.arguments, "--n-process", str(n_process)]
    start = time.monotonic()
    folder.clear()
    subprocess.run(command, cwd=folder.place, stderr=subprocess.DEVNULL, check=False)  # noqa: S603  our own
    whole = time.monotonic() - start
    folder.clear()
    for number in range(count):
        process = subprocess.Popen(command, cwd=folder.place, stderr=subprocess.DEVNULL)  # noqa: S603  our own
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(draw.uniform(0, whole))
        process.send_signal(signal.SIGINT if number % 4 == 0 else signal.SIGKILL)
        process.wait()
        well = folder.is_whole()
        if number % 2:  # else the next run takes up what this one left, as a bureau may be cut off again and again
            well = well and folder.forked() == folder.status and folder.is_right()
            folder.clear()
        yield well


def by_ctrl_c(folder: Folder, count: int, n_process: int, draw: random.Random) -> Iterator[bool]:
    """Yield for each Ctrl-C whether all was well."""
    command = [*COMMAND, *folder.arguments, "--n-process", str(n_process)]
    start = time.monotonic()
    folder.clear()
    subprocess.run(command, cwd=folder.place, stderr=subprocess.DEVNULL, check=False)  # noqa: S603  our own
    whole = time.monotonic() - start
    for number in range(count):
        folder.clear()
        process = subprocess.Popen(command, cwd=folder.place, stderr=subprocess.PIPE, start_new_session=True)  # noqa: S603  our own
        time.sleep(EARLIEST + (whole - EARLIEST) * number / count)
        os.killpg(process.pid, signal.SIGINT)  # it may be over: then it still waits to be asked for its status
        sent = time.monotonic()
        _, told = process.communicate()
        took = time.monotonic() - sent
        # What comes after the work ends the process without a word.
        is_done = process.returncode in {folder.status, -signal.SIGINT} and not told and folder.is_right()
        is_stopped = (process.returncode, told) == (INTERRUPTED, b"healthie: stopped.\n")
        well = (is_done or is_stopped) and took < SOON and folder.is_whole()
        if not well:
            print(f"wrong: status {process.returncode}, {took:.1f} s, said {told.decode(errors='replace')}", flush=True)
        if draw.randrange(2):
            well = well and folder.forked() == folder.status and folder.is_right()
        yield well


def with_no_room(folder: Folder, count: int) -> Iterator[bool]:
    """Yield for each size that files may have at most whether all was well."""
    for number in range(count):
        size = 200 + len(folder.wanted) * 3 * number // count
        folder.clear()
        status = folder.forked(lambda size=size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
        well = status in {UNWRITTEN, folder.status} and folder.is_whole()
        yield well and folder.forked() == folder.status and folder.is_right()


def with_workers_killed(folder: Folder, count: int, draw: random.Random) -> Iterator[bool]:
    """Yield for each worker killed whether its run came to the right end."""
    command = [*COMMAND, *folder.arguments, "--n-process", "2"]
    for _ in range(count):
        folder.clear()
        process = subprocess.Popen(command, cwd=folder.place, stderr=subprocess.PIPE)  # noqa: S603  our own
        workers: list[int] = []
        while process.poll() is None and not workers:
            workers = workers_of(process.pid)
            time.sleep(0.01)
        time.sleep(draw.uniform(0.3, 1.5))  # it imports, then it reads
        with contextlib.suppress(ProcessLookupError):
            for worker in draw.sample(workers, min(1, len(workers))):
                os.kill(worker, signal.SIGKILL)
        _, told = process.communicate()
        well = process.returncode == folder.status and folder.is_right()
        if not well:
            left = sorted(path.name for path in folder.place.iterdir() if path.name not in folder.names)
            print(f"wrong: status {process.returncode}, left {left}, said {told.decode(errors='replace')}", flush=True)
        yield well


def workers_of(process: int) -> list[int]:
    """Return the processes in which another one reads."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == process and b"--multiprocessing-fork" in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
    return found


def main() -> None:
    """Kill, count, and end with 1 if any output was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=12)
    parser.add_argument("--drawn", type=int, default=60, help="kills at drawn moments, for each number of processes")
    parser.add_argument("--interrupts", type=int, default=60, help="Ctrl-C, for each number of processes")
    parser.add_argument("--sizes", type=int, default=40, help="sizes at which there is no more room, for each format")
    parser.add_argument("--workers", type=int, default=20, help="workers to kill")
    parser.add_argument("--formats", nargs="+", default=["csv", "jsonl", "json", "txt"])
    parser.add_argument("--seed", type=int, default=8)
    options = parser.parse_args()
    draw = random.Random(options.seed)  # noqa: S311  no secret
    wrong = 0

    def tell(what: str, outcomes: Iterator[bool]) -> None:
        nonlocal wrong
        found = list(outcomes)
        wrong += found.count(False)
        print(f"{what:44} {len(found):5} times, {found.count(False)} wrong", flush=True)

    for command, form in [*(("extract", form) for form in options.formats), ("check", "jsonl"), ("panel", "csv")]:
        with tempfile.TemporaryDirectory() as place:
            folder = Folder(Path(place), command, form, options.reports)
            tell(f"{command} to {form}, at every operation", at_every_operation(folder, draw))
            tell(f"{command} to {form}, no room", with_no_room(folder, options.sizes))
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place), "extract", "jsonl", options.reports)
        for n_process in (1, 2):
            kills = at_drawn_moments(folder, options.drawn, n_process, draw)
            tell(f"extract, {n_process} of processes, at drawn moments", kills)
        for n_process in (1, 2):
            kills = by_ctrl_c(folder, options.interrupts, n_process, draw)
            tell(f"extract, {n_process} of processes, by Ctrl-C", kills)
        tell("extract, one of two workers", with_workers_killed(folder, options.workers, draw))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
