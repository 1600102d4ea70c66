"""Limits of time, memory and characters: the same text within them, one plain sentence beyond."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import SENTENCE, endless_pdf, ofd_parts, packed, pdf_page, word_parts

import healthie
from healthie import Limits
from healthie.readers import read_bytes

FILES = {
    "报告.txt": SENTENCE.encode("gb18030"),
    "报告.html": f"<html><body><p>{SENTENCE}</p><p>{SENTENCE}</p></body></html>".encode(),
    "报告.docx": packed(word_parts()),
    "报告.ofd": packed(ofd_parts()),
    "报告.pdf": pdf_page("BT /F 12 Tf 9 99 Td (8 beds) Tj ET"),
}


@pytest.mark.parametrize("name", FILES)
def test_within_limits_all_is_read_as_without(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(FILES[name])
    assert healthie.read(name, limits=Limits()) == healthie.read(name)


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(seconds=0.001), "reading it takes more than the 0.001 seconds that are allowed: allow more, or leave"),
        (Limits(characters=10), "it has more characters of text than the 10 that are read: split it."),
        (Limits(size=10), "it has more bytes than the 10 that are read: split it."),
    ],
)
def test_beyond_a_limit_it_is_refused(limits: Limits, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.txt: ") as told:
        healthie.read(path, limits=limits)
    assert str(told.value).startswith(f"{path}: {sentence}")


def test_what_takes_time_without_end_is_stopped() -> None:
    with pytest.raises(ValueError, match="it takes more than the 1 seconds that are allowed"):
        read_bytes(endless_pdf(), limits=Limits(seconds=1, memory=8_000_000_000))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
@pytest.mark.parametrize("data", [packed(word_parts("<w:p/>" * 3_000_000)), endless_pdf()], ids=["docx", "pdf"])
def test_what_takes_memory_without_end_is_stopped(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"it takes more than the 200,000,000 bytes of memory .*, or leave it out"):
        read_bytes(data, limits=Limits(seconds=300, memory=200_000_000))


def test_characters_are_counted_in_every_format() -> None:
    for name, data in FILES.items():
        with pytest.raises(ValueError, match="more characters of text than the 5 that are read"):
            read_bytes(data, name=name, limits=Limits(characters=5))


def test_a_text_with_every_character_comes_back() -> None:
    text = "全县\u2028\ufeff\x1d有卫生院8所\U0001f600\x85。\r\n" * 3
    assert read_bytes(text.encode(), limits=Limits()).text == text


def test_where_it_is_called_from_is_no_place_to_import_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("json", "zipfile", "docx", "healthie"):
        (tmp_path / f"{module}.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend("")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert read_bytes(FILES["报告.docx"], limits=Limits()).text == SENTENCE


def test_a_long_or_odd_name_is_no_trouble() -> None:
    page = f"<p>{SENTENCE}</p><p>{SENTENCE}</p>".encode()
    for name in ("报" * 200_000 + ".html", "a." + "b" * 200_000, "\ud800\0.html", ".html", "a.SHTML"):
        assert read_bytes(page, name=name, limits=Limits()) == read_bytes(page, name=name), name[-20:]


# What reads Word files, put in the place of the real one: it is imported in the process that reads.
BAD_READERS = {
    "import os; os.abort()": "ValueError: reading it takes more than the 2,000,000,000 bytes of memory",
    "import os; os.kill(os.getpid(), 9)": "ValueError: reading it takes more than the 2,000,000,000 bytes of memory",
    "raise MemoryError": "ValueError: reading it takes more than the 2,000,000,000 bytes of memory",
    "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)": "ValueError: the process that read it ended by SIGSEGV",
    "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)": "ValueError: reading it takes more than the 60 seconds ",
    "raise SystemExit": "RuntimeError: the process that read it ended without an answer, with status 0.",
    "import os; os._exit(8)": "RuntimeError: the process that read it ended without an answer, with status 8.",
    "raise KeyError('a')": "RuntimeError: KeyError: 'a'",
    "raise ValueError('it is blue.')": "ValueError: it is blue.",
    "import no_such_package": "ImportError: No module named 'no_such_package'",
}


def outcome(reader: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what comes of a Word file with such a reader of Word files."""
    (folder / "docx.py").write_text(reader, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    try:
        return read_bytes(FILES["报告.docx"], limits=Limits()).text
    except (ValueError, ImportError, RuntimeError) as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.skipif(os.name == "nt", reason="no such signals here")
@pytest.mark.parametrize("reader", BAD_READERS)
def test_what_ends_the_reading_is_told_as_what_it_is(
    reader: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert outcome(reader, tmp_path, monkeypatch).startswith(BAD_READERS[reader])


@pytest.mark.skipif(os.name == "nt", reason="Windows holds no process to anything")
def test_the_process_writes_no_file_and_what_it_prints_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    reader = f"""
print("8")
try:
    with open({os.fspath(path)!r}, "w") as file:
        file.write("8")
except OSError as error:
    raise ValueError("refused") from None
"""
    assert outcome(reader, tmp_path, monkeypatch) == "ValueError: refused"
    assert path.read_bytes() == b""


def test_a_python_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    with pytest.raises(RuntimeError, match=r"^Limits need a process to read in, and none can be started \(.*none runs"):
        read_bytes(FILES["报告.txt"], limits=Limits())


def test_without_a_python_there_are_no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(RuntimeError, match=r"sys\.executable names none: set it\.$"):
        read_bytes(FILES["报告.txt"], limits=Limits())


@pytest.mark.parametrize(
    ("given", "error", "sentence"),
    [
        ({"seconds": 0}, ValueError, "seconds=0 is no limit: give a number above 0."),
        ({"seconds": float("nan")}, ValueError, "seconds=nan is no limit: give a number above 0."),
        ({"seconds": float("inf")}, ValueError, "seconds=inf is no limit: give a number above 0."),
        ({"seconds": 5e6}, ValueError, "seconds=5000000.0 is too long to wait for: give 1000000 or less."),
        ({"pages": -1}, ValueError, "pages=-1 is no limit: give a number above 0."),
        ({"memory": 1_000}, ValueError, "memory=1000 is too little to read a file: give 200000000 or more."),
        ({"characters": 1.5}, TypeError, "characters is a float: give a whole number."),
        ({"size": True}, TypeError, "size is a bool: give a whole number."),
        ({"seconds": "20"}, TypeError, "seconds is a str: give a number."),
    ],
)
def test_what_is_no_limit(given: dict[str, object], error: type[Exception], sentence: str) -> None:
    with pytest.raises(error) as told:
        Limits(**given)  # type: ignore[arg-type]
    assert str(told.value) == sentence


# --- the command ----------------------------------------------------------------------------------------------------

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "long.txt").write_text(SENTENCE * 100, encoding="utf-8")

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "healthie", *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    return call


@pytest.mark.parametrize("command", ["extract", "check", "panel", "info"])
@pytest.mark.parametrize("n_process", ["1", "2"])
def test_the_command_holds_to_limits(run: Run, command: str, n_process: str) -> None:
    result = run(
        command, "a.txt", "long.txt", "--limit", "characters=100", "--limit", "seconds=60.5", "--n-process", n_process
    )
    assert result.returncode == 2
    assert "healthie: long.txt: it has more characters of text than the 100 that are read: split it.\n" in result.stderr
    assert "healthie: 1 of 2 failed; the others are done." in result.stderr


def test_a_module_in_the_folder_worked_in_reads_no_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(FILES["报告.docx"])
    for module in ("docx", "lxml"):  # no others: with -m the command itself, as any, imports from there
        (tmp_path / f"{module}.py").write_text("raise ValueError('imported')", encoding="utf-8")
    assert "imported" in run("extract", "a.docx").stderr
    for n_process in ("1", "2"):
        result = run("extract", "a.docx", "a.txt", "--limit", "seconds=60", "--n-process", n_process)
        assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("limits", [None, Limits(seconds=2)])
def test_a_pipe_is_refused_before_it_is_opened(limits: Limits | None, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(ValueError, match=r"a\.txt: it is a pipe or a device, which may never end, and no file: save"):
        healthie.read(tmp_path / "a.txt", limits=limits)


def test_a_folder_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=str(tmp_path.name)):
        healthie.read(tmp_path)


@pytest.mark.parametrize("limits", [5, {}, {"seconds": 2}])
def test_limits_of_another_type_are_told(limits: Limits, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    sentence = f"limits is a {type(limits).__name__}: give a healthie.Limits"
    with pytest.raises(TypeError, match=sentence):
        healthie.read(tmp_path / "a.txt", limits=limits)
    with pytest.raises(TypeError, match=sentence):
        read_bytes(SENTENCE.encode(), limits=limits)


def test_info_reads_a_file_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    count = (
        "import sys; from healthie.cli import main; sys.argv[0] = 'healthie'\n"
        "def tell(event, given):\n"
        "    if event == 'open' and given[:2] == ('a.txt', 'r'): print('read', file=sys.stderr)\n"
        "sys.addaudithook(tell)\n"
        "main()"
    )
    command = [sys.executable, "-c", count, "info", "a.txt", "-f", "json", "--limit", "seconds=60"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert [one["characters"] for one in json.loads(result.stdout)] == [len(SENTENCE)]
    assert result.stderr == "read\n"


def test_a_page_within_limits(run: Run, tmp_path: Path) -> None:
    assert run("view", "a.txt", "-o", "a.html", "--limit", "seconds=60").returncode == 0
    assert "86所" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert run("view", "long.txt", "-o", "b.html", "--limit", "size=60").returncode == 2
    assert not (tmp_path / "b.html").exists()


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [
        ("time=20", "--limit time=20: there is no such limit: write one of seconds, memory, characters, size, "),
        ("seconds", "--limit seconds: '' is no number: write seconds=NUMBER."),
        ("memory=1e9", "--limit memory=1e9: '1e9' is no whole number: write memory=NUMBER."),
        ("seconds=5e6", "--limit: seconds=5000000.0 is too long to wait for: give 1000000 or less."),
        ("pages=0", "--limit: pages=0 is no limit: give a number above 0."),
    ],
)
def test_the_command_tells_what_is_no_limit(run: Run, limit: str, sentence: str) -> None:
    result = run("extract", "a.txt", "--limit", limit)
    assert (result.returncode, result.stdout) == (64, "")
    assert result.stderr.startswith(f"healthie: {sentence}")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no device without end here")
def test_standard_input_without_end_is_refused() -> None:
    with Path("/dev/zero").open("rb") as zeros:
        command = [sys.executable, "-m", "healthie", "extract", "-", "--limit", "size=1000"]
        result = subprocess.run(command, stdin=zeros, capture_output=True, text=True, check=False)
    assert result.stderr == "healthie: -: it has more bytes than the 1,000 that are read: split it.\n"
