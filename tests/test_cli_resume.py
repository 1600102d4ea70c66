"""Runs that are killed, stopped or out of room, and go on. A hook holds a run where a test wants it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from healthie.cli.inputs import InputFile
from healthie.cli.journal import Journal, Piece

COMMAND = [sys.executable, "-c", "import sys; from healthie.cli import main; sys.argv[0] = 'healthie'; main()"]
NAMES = ("a.txt", "b.txt", "c.txt", "d.txt")
TEXT = "白水县2019年工作总结\n2019年，全县有卫生院{}所，比上年增加2所。"

# Every process of a run, those that it starts too, waits before it opens c.txt.
HOOK = """
import os, sys, time

def hold(event, arguments):
    while event == "open" and os.path.basename(str(arguments[0])) == "c.txt" and os.path.exists({!r}):
        time.sleep(0.02)

sys.addaudithook(hold)
"""

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signals here")


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of four reports of which the third is not opened until `mend`."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for count, name in enumerate(NAMES, 8):
        (folder / name).write_text(TEXT.format(count), encoding="utf-8")
    held = tmp_path / "hook" / "held"
    held.parent.mkdir()
    held.touch()
    (held.parent / "sitecustomize.py").write_text(HOOK.format(os.fspath(held)), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([os.fspath(held.parent), os.environ.get("PYTHONPATH", "")]))
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([*COMMAND, *arguments], cwd=folder, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def until(happens: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not happens():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def mend(folder: Path) -> None:
    (folder.parent / "hook" / "held").unlink()


@pytest.mark.parametrize(
    ("command", "output", "n_process"),
    [
        ("extract", "out.csv", "1"),
        ("extract", "out.json", "2"),
        ("check", "out.jsonl", "1"),
        ("extract", "out.txt", "1"),
        ("extract", "out.xlsx", "1"),
        ("extract", "out.parquet", "1"),
    ],
)
def test_a_killed_run_goes_on_to_the_same_output(reports: Path, command: str, output: str, n_process: str) -> None:
    arguments = [command, *NAMES, "-o", output, "--n-process", n_process]
    process = start(reports, *arguments)
    journal = reports / f"{output}.part"
    until(lambda: lines(journal) == 3)  # its head, a.txt and b.txt
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert not (reports / output).exists()
    mend(reports)
    with journal.open("ab") as file:
        file.write(b'{"name": "c.txt", "state": "')  # a line that was torn
    before = {name: (reports / name).stat().st_mtime_ns for name in NAMES}
    assert run(reports, *arguments, "--resume").returncode == 0
    assert not journal.exists()
    killed = (reports / output).read_bytes()
    assert run(reports, *arguments).returncode == 0
    assert killed == (reports / output).read_bytes()
    assert before == {name: (reports / name).stat().st_mtime_ns for name in NAMES}
    assert sorted(path.name for path in reports.iterdir()) == sorted([*NAMES, output])


def test_what_is_done_is_not_read_again(reports: Path) -> None:
    arguments = ["extract", *NAMES, "-o", "out.csv"]
    process = start(reports, *arguments)
    journal = reports / "out.csv.part"
    until(lambda: lines(journal) == 3)
    process.kill()
    process.communicate()
    mend(reports)
    # Were a.txt read again, it would fail; b.txt has changed and is.
    status = (reports / "a.txt").stat()
    (reports / "a.txt").write_bytes(b"\0" * status.st_size)
    os.utime(reports / "a.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    (reports / "b.txt").write_text(TEXT.format(777), encoding="utf-8")
    result = run(reports, *arguments, "--resume")
    assert (result.returncode, result.stderr) == (0, "")
    written = (reports / "out.csv").read_text(encoding="utf-8")
    assert "卫生院8所" in written
    assert "卫生院777所" in written
    assert "卫生院9所" not in written


def test_pages_of_a_killed_run(reports: Path) -> None:
    arguments = ["view", *NAMES, "-o", "pages"]
    process = start(reports, *arguments)
    until(lambda: lines(reports / "pages" / ".healthie.part") == 3)
    process.kill()
    process.communicate()
    assert sorted(path.name for path in (reports / "pages").glob("*.html")) == ["a.html", "b.html"]
    mend(reports)
    made = (reports / "pages" / "a.html").stat().st_mtime_ns
    (reports / "pages" / "b.html").unlink()
    assert run(reports, *arguments, "--resume").returncode == 0
    assert sorted(path.name for path in (reports / "pages").iterdir()) == ["a.html", "b.html", "c.html", "d.html"]
    assert (reports / "pages" / "a.html").stat().st_mtime_ns == made


def test_a_run_with_other_options_is_not_resumed(reports: Path) -> None:
    mend(reports)
    with Journal(reports / "out.csv.part", {"command": "extract", "region": "510822"}, resume=False):
        pass
    result = run(reports, "extract", "a.txt", "-o", "out.csv", "--resume")
    assert result.returncode == 64
    assert "out.csv.part: it is of a run with other options" in result.stderr
    assert run(reports, "extract", "a.txt", "-o", "out.csv").returncode == 0


@pytest.mark.parametrize(
    ("command", "output", "part"),
    [
        ("extract", "out.csv", "out.csv.part"),
        ("check", "out.csv", "out.csv.part"),
        ("view", "pages", "pages/.healthie.part"),
    ],
)
def test_a_run_with_other_limits_is_not_resumed(reports: Path, command: str, output: str, part: str) -> None:
    arguments = [command, *NAMES, "-o", output]
    process = start(reports, *arguments)
    until(lambda: lines(reports / part) == 3)
    process.kill()
    process.communicate()
    mend(reports)
    kept = (reports / part).read_bytes()
    result = run(reports, *arguments, "--resume", "--limit", "characters=10")
    assert (result.returncode, result.stdout) == (64, "")
    assert f"{part}: it is of a run with other options" in result.stderr
    assert (reports / part).read_bytes() == kept
    assert run(reports, *arguments, "--resume").returncode == 0


@pytest.mark.parametrize(
    "line",
    [
        b"7",
        b"{}",
        b"[]",
        b"null",
        b'{"name": 1}',
        b'{"name": "a", "state": "", "rows": 1, "text": null}',
        b"[" * 99_999,
    ],
    ids=lambda line: line[:50].decode(),
)
def test_a_damaged_line_is_cut_off(tmp_path: Path, line: bytes) -> None:
    files = [InputFile(name, name) for name in (os.fspath(tmp_path / "a.txt"), os.fspath(tmp_path / "b.txt"))]
    for file in files:
        Path(file.name).write_text("甲", encoding="utf-8")
    path = tmp_path / "out.part"
    with Journal(path, {"command": "extract"}, resume=False) as journal:
        for file in files:
            assert not journal.has(file)
            journal.add(file, Piece("甲\n", 1))
    head, first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(head + first + line + b"\n" + second)
    with Journal(path, {"command": "extract"}, resume=True) as journal:
        assert [journal.has(file) for file in files] == [True, False]
    assert path.read_bytes() == head + first


def test_a_journal_cut_anywhere_keeps_what_is_whole(tmp_path: Path) -> None:
    files = [InputFile(name, name) for name in (os.fspath(tmp_path / "a.txt"), os.fspath(tmp_path / "b.txt"))]
    for file in files:
        Path(file.name).write_text("甲", encoding="utf-8")
    pieces = [Piece("甲\n", 1), Piece("乙", 2)]
    path = tmp_path / "out.part"

    def go_on() -> list[int]:
        """Do what a run does; return which files it had to read."""
        with Journal(path, {"command": "extract"}, resume=True) as journal:
            todo = [number for number, file in enumerate(files) if not journal.has(file)]
            for number in todo:
                journal.add(files[number], pieces[number])
            assert [piece for _, piece in journal.pieces(files)] == pieces
        return todo

    assert go_on() == [0, 1]
    whole = path.read_bytes()
    ends = [place + 1 for place, byte in enumerate(whole) if byte == ord("\n")]
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        assert go_on() == [number for number in (0, 1) if cut < ends[number + 1]]
        assert path.read_bytes() == whole


@pytest.mark.parametrize("n_process", ["1", "2"])
def test_ctrl_c_is_one_line(reports: Path, n_process: str) -> None:
    process = start(reports, "extract", *NAMES, "-o", "out.csv", "--n-process", n_process)
    until(lambda: lines(reports / "out.csv.part") == 3)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=120)
    assert (process.returncode, told) == (130, "healthie: stopped.\n")
    mend(reports)
    assert run(reports, "extract", *NAMES, "-o", "out.csv", "--resume").returncode == 0


# Where what Ctrl-C raises is lost: regex has finalisers, and some libraries make another error of all that is raised.
LOST = {
    "in a finaliser": """
class Gone:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

def interrupt():
    Gone()
""",
    "in what catches all": """
def interrupt():
    try:
        signal.raise_signal(signal.SIGINT)
    except BaseException:
        raise OSError(5, "the file cannot be read") from None
""",
    "not at all": """
def interrupt():
    signal.raise_signal(signal.SIGINT)
""",
}


def hooked(reports: Path, code: str) -> None:
    """Have every Python of a test begin with some code."""
    place = reports.parent / "hook"
    (place / "sitecustomize.py").write_text("import os, signal, sys, time\n" + code, encoding="utf-8")


@pytest.mark.parametrize("how", LOST)
@pytest.mark.parametrize("command", ["extract", "panel", "view"])
def test_ctrl_c_is_heeded_wherever_it_is_lost(reports: Path, how: str, command: str) -> None:
    hook = """
asked = []

def hook(event, arguments):
    if event == "open" and os.path.basename(str(arguments[0])) == "b.txt" and not asked:
        asked.append(event)  # a second one would end it at once
        interrupt()

sys.addaudithook(hook)
"""
    output = {"extract": "out.csv", "panel": "out.csv", "view": "pages"}[command]
    hooked(reports, LOST[how] + hook)
    ended = run(reports, command, *NAMES, "-o", output)
    assert (ended.returncode, ended.stderr) == (130, "healthie: stopped.\n")
    assert not (reports / "out.csv").exists()
    assert not list(reports.glob(".*.csv"))
    hooked(reports, "")
    if command == "extract":
        assert lines(reports / "out.csv.part") == 2
        assert run(reports, command, *NAMES, "-o", output, "--resume").returncode == 0
        assert not (reports / "out.csv.part").exists()


def test_ctrl_c_while_it_starts_is_one_line(reports: Path) -> None:
    hook = """
def hook(event, arguments):
    if event == "import" and arguments[0] == "typer":
        signal.raise_signal(signal.SIGINT)

sys.addaudithook(hook)
"""
    hooked(reports, hook)
    ended = run(reports, "extract", *NAMES, "-o", "out.csv")
    assert (ended.returncode, ended.stderr) == (130, "healthie: stopped.\n")


def test_ctrl_c_while_workers_start_is_one_line(reports: Path) -> None:
    hook = """
if "--multiprocessing-fork" in sys.argv:
    open("starting", "w").close()
    time.sleep(1)
"""
    hooked(reports, hook)
    command = [*COMMAND, "extract", *NAMES, "-o", "out.csv", "--n-process", "2"]
    process = subprocess.Popen(
        command, cwd=reports, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True
    )
    until((reports / "starting").exists)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    _, told = process.communicate(timeout=120)
    assert (process.returncode, told) == (130, "healthie: stopped.\n")


def test_a_second_ctrl_c_ends_at_once(reports: Path) -> None:
    hook = """
def hook(event, arguments):
    while event == "open" and os.path.basename(str(arguments[0])) == "b.txt":
        try:
            open("waiting", "a").close()
            time.sleep(600)
        except BaseException:
            open("lost", "w").close()

sys.addaudithook(hook)
"""
    hooked(reports, hook)
    process = start(reports, "extract", *NAMES, "-o", "out.csv")
    until((reports / "waiting").exists)
    process.send_signal(signal.SIGINT)
    until((reports / "lost").exists)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=120)
    assert (process.returncode, told) == (-signal.SIGINT, "")


def test_a_disk_that_is_full_in_the_middle(reports: Path) -> None:
    mend(reports)
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000)); "
    command = [sys.executable, "-c", limit + COMMAND[2], "extract", *NAMES, "-o", "out.jsonl"]
    full = subprocess.run(command, cwd=reports, capture_output=True, text=True, encoding="utf-8", check=False)
    assert full.returncode == 74
    assert (
        full.stderr
        == "healthie: out.jsonl.part: it cannot be written (File too large): make room, or write elsewhere.\n"
    )
    assert not (reports / "out.jsonl").exists()
    assert run(reports, "extract", *NAMES, "-o", "out.jsonl", "--resume").returncode == 0
    resumed = (reports / "out.jsonl").read_bytes()
    assert run(reports, "extract", *NAMES, "-o", "out.jsonl").returncode == 0
    assert resumed == (reports / "out.jsonl").read_bytes()


def workers_of(process: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == process and b"--multiprocessing-fork" in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:  # it has ended
                continue
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the processes of others cannot be seen here")
def test_processes_that_are_killed_lose_no_file(reports: Path) -> None:
    process = start(reports, "extract", *NAMES, "-o", "out.jsonl", "--n-process", "2")
    until(lambda: lines(reports / "out.jsonl.part") == 3)
    workers = set(workers_of(process.pid))
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    until(lambda: not workers.intersection(workers_of(process.pid)))
    # The report is read once more, in a process of its own, which this time comes to its end.
    mend(reports)
    _, told = process.communicate(timeout=120)
    assert (process.returncode, told) == (0, "")
    rows = (reports / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert list(dict.fromkeys(json.loads(row)["source"] for row in rows)) == list(NAMES)
