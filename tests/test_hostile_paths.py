"""Names, links and characters made to lead out of a folder, to be taken for options, or to steer a terminal."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import regex
from hostile import SENTENCE

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def sources(output: str) -> set[str]:
    return {row["source"] for row in csv.DictReader(io.StringIO(output, newline=""))}


needs_links = pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="links need rights on Windows")


@needs_links
def test_links_out_of_a_folder_and_rings_are_named_and_stop_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("全县有急救站7777777所。", encoding="utf-8")
    folder = tmp_path / "reports"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.txt").write_text(SENTENCE, encoding="utf-8")
    links = {"b.txt": "../secret.txt", "c.txt": "a.txt", "d.txt": "d.txt", "e.txt": "f.txt", "f.txt": "e.txt"}
    links |= {"g.txt": "none.txt", "h.txt": str(tmp_path / "secret.txt"), "inner/up": "..", "inner/self": "self"}
    for name, target in links.items():
        (folder / name).symlink_to(target)
    result = run("extract", "reports", "--format", "csv")
    assert sources(result.stdout) == {"reports/a.txt"}
    assert "7777777" not in result.stdout
    told = result.stderr.splitlines()
    outside = "it is a link out of this folder; give a pattern or its name to read it."
    assert f"healthie: reports/b.txt: {outside}" in told
    assert f"healthie: reports/h.txt: {outside}" in told
    assert "healthie: reports/g.txt: there is no such file." in told
    assert [line for line in told if line.startswith("healthie: reports/d.txt: it cannot be read: ")]
    assert sources(run("extract", "reports/b*.txt", "--format", "csv").stdout) == {"reports/b.txt"}


@needs_links
def test_pages_are_not_written_through_links_out_of_the_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "deep/c.txt"):
        (tmp_path / "in" / name).write_text(f"{name}{SENTENCE}", encoding="utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "pages" / "a.html").symlink_to(tmp_path / "mine.txt")
    (tmp_path / "pages" / "deep").symlink_to(tmp_path / "elsewhere")
    result = run("view", "in", "--output", "pages")
    assert result.returncode == 2
    for name in ("a", "deep/c"):
        sentence = f"in/{name}.txt: its page pages/{name}.html is a link out of the output folder: remove it."
        assert f"healthie: {sentence}" in result.stderr
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert not list((tmp_path / "elsewhere").iterdir())
    assert (tmp_path / "pages" / "b.html").is_file()


@needs_links
@pytest.mark.parametrize("link", [".out.healthie.csv", "out.csv.part"])
@pytest.mark.parametrize("resume", [[], ["--resume"]])
def test_links_put_in_the_place_of_what_is_written_meanwhile_are_not_followed(
    run: Run, tmp_path: Path, link: str, resume: list[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / link).symlink_to("mine.txt")
    result = run("extract", "a.txt", "--output", "out.csv", *resume)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"
    if resume and link == "out.csv.part":
        assert result.returncode == 74
        assert regex.fullmatch(r"healthie: out\.csv\.part: it cannot be written \(.*\): .*\.\n", result.stderr)
    else:
        assert (result.returncode, result.stderr) == (0, "")
        assert not (tmp_path / "out.csv").is_symlink()
        assert "86" in (tmp_path / "out.csv").read_text(encoding="utf-8")


# A link put between the moment when the way is cleared and the moment when the file is made.
RACE = """
import os, sys
def hook(event, values):
    name = os.fspath(values[0]) if event == "open" and isinstance(values[0], str | os.PathLike) else ""
    if name.endswith((".healthie.csv", ".healthie.xlsx", ".healthie.parquet", ".healthie.html", ".part")):
        os.path.lexists(name) or os.symlink(os.path.abspath("mine.txt"), name)
sys.addaudithook(hook)
from healthie.cli import main
main()
"""


@needs_links
@pytest.mark.parametrize(
    "words",
    [
        "extract a.txt -o out.csv",
        "panel a.txt -o out.csv",
        "panel a.txt -o out.xlsx",
        "panel a.txt -o out.parquet",
        "view a.txt -o out.html",
    ],
)
def test_a_link_put_there_in_between_is_not_followed(tmp_path: Path, words: str) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    command = [sys.executable, "-c", RACE, *words.split()]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert result.returncode == 74
    assert regex.fullmatch(r"healthie: out\.\S+: it cannot be written \(File exists\): .*\.\n", result.stderr)


NAMES = ["--output=evil.csv.txt", "-o.txt", "--help.txt", "-.txt", "$(touch evil).txt", "a;touch evil.txt", "../a.txt"]
NAMES = [name for name in NAMES if "/" not in name]


def test_names_that_look_like_options_or_commands_are_names(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        (folder / name).write_text(f"{number}{SENTENCE}", encoding="utf-8")
    (folder / "-").write_text(SENTENCE, encoding="utf-8")
    wanted = {f"reports/{name}" for name in NAMES}
    assert sources(run("extract", "reports", "--format", "csv").stdout) == wanted
    assert sources(run("extract", "reports/*", "--format", "csv").stdout) == {*wanted, "reports/-"}
    assert run("view", "reports", "--output", "pages").returncode == 0
    assert len(list((tmp_path / "pages").rglob("*.html"))) == len(NAMES)
    assert not [path.name for path in tmp_path.rglob("*") if path.name in {"evil", "evil.csv", "evil.csv.txt"}]


def test_a_file_called_as_standard_input_is_a_file_under_a_pattern(run: Run, tmp_path: Path) -> None:
    (tmp_path / "-").write_text(SENTENCE, encoding="utf-8")
    assert sources(run("extract", "*", "--format", "csv").stdout) == {"./-"}
    assert run("extract", "--format", "csv", "--", "--help").stderr == "healthie: --help: there is no such file.\n"


def test_nothing_of_a_file_or_its_name_steers_the_terminal(run: Run, tmp_path: Path) -> None:
    for name, text in {"\x1b]0;a\x07.txt": f"\x1b[2J{SENTENCE}\x1b]8;;http://a\x07", "\x1b[2J.pdf": "%PDF-"}.items():
        (tmp_path / name).write_text(
            f"白水县\x1b[31m卫生局\n2019年，全县\x1b[31m卫生院8所。{text}{SENTENCE * 50}", encoding="utf-8"
        )
    for command in ("extract", "check", "panel", "info"):
        result = run(command, "*")
        assert result.stdout
        assert not set(result.stdout + result.stderr) & {"\x1b", "\x07"}, command


STEERING = (
    "白水县\x1b[31m卫生局\n2019年，全县\x1b[31m卫生院8所。白水县\x1b[2J“\u2066\x9b31m\u202e签约”率达到81.5%。"
    f"16个\x1b[31m项目中，已有6个竣工，竣工率50%。{SENTENCE * 50}"
)


def on_a_terminal(folder: Path, *words: str) -> str:
    """Return what the command writes where its standard output is a terminal."""
    leader, follower = os.openpty()
    command = [sys.executable, "-m", "healthie", *words]
    told = b""
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=follower) as process:
        os.close(follower)
        with contextlib.suppress(OSError):  # what a terminal raises at its end
            while piece := os.read(leader, 100_000):
                told += piece
        os.close(leader)
        assert process.wait(60) == 0
    return told.decode().replace("\r\n", "\n")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no such terminals here")
@pytest.mark.parametrize(
    "words", ["extract -f csv", "extract -f jsonl", "extract -f json", "panel -f csv", "panel -f json", "view"]
)
def test_nothing_of_a_report_steers_the_terminal_in_any_format(run: Run, tmp_path: Path, words: str) -> None:
    (tmp_path / "a.txt").write_text(STEERING, encoding="utf-8")
    shown = on_a_terminal(tmp_path, *words.split(), "a.txt")
    assert not [char for char in shown if unicodedata.category(char) in {"Cc", "Cf"} and char not in "\n\t"]
    assert "\\u009b31m" in shown
    piped = run(*words.split(), "a.txt").stdout
    assert "\x9b31m" in piped
    if words.endswith("json"):
        assert json.loads(shown) == json.loads(piped)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no such terminals here")
def test_a_terminal_is_shown_all_else_as_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"白水县\u3000卫生局\n{SENTENCE}", encoding="utf-8")
    for form in ("csv", "jsonl", "json"):
        assert on_a_terminal(tmp_path, "extract", "a.txt", "-f", form) == run("extract", "a.txt", "-f", form).stdout
