from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import signal
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import docx
import pandas as pd
import pytest

import healthie
from healthie.cli import main
from healthie.export import facts_table, to_table

if sys.platform == "win32":
    fcntl = None
else:
    import fcntl
    import termios

COMMAND = [sys.executable, "-c", "import sys; from healthie.cli import main; sys.argv[0] = 'healthie'; main()"]
Result = subprocess.CompletedProcess[str]
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command in this process, which saves its start."""

    def command(*arguments: str, data: bytes = b"") -> Result:
        streams = [io.TextIOWrapper(io.BytesIO(given), encoding="utf-8") for given in (data, b"", b"")]
        with monkeypatch.context() as patch:
            patch.chdir(tmp_path)
            patch.setattr(sys, "argv", ["healthie", *arguments])
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patch.setattr(sys, name, stream)
            ctrl_c = signal.getsignal(signal.SIGINT)
            with pytest.raises(SystemExit) as ended:
                main()
            signal.signal(signal.SIGINT, ctrl_c)  # main leaves it to the system, as it ends its process
            for stream in streams[1:]:
                stream.flush()
        out, err = (cast("io.BytesIO", stream.buffer).getvalue().decode("utf-8") for stream in streams[1:])
        return subprocess.CompletedProcess(arguments, int(ended.value.code or 0), out, err)

    return command


@pytest.fixture
def run_apart(tmp_path: Path) -> Run:
    """Return a function that runs the command in a process of its own."""

    def command(*arguments: str, data: bytes = b"", **environment: str) -> Result:
        result = subprocess.run(
            [*COMMAND, *arguments],
            cwd=tmp_path,
            input=data,
            env=os.environ | environment,
            capture_output=True,
            check=False,
        )
        out, err = (stream.decode("utf-8").replace("\r\n", "\n") for stream in (result.stdout, result.stderr))
        return subprocess.CompletedProcess(arguments, result.returncode, out, err)

    return command


@pytest.fixture
def files(tmp_path: Path, report_text: str) -> dict[str, bytes]:
    contents = {
        "a.txt": report_text.encode(),
        "b.txt": "全省有医院3个。".encode("gb18030"),
        "empty.txt": b"\n",
        "binary.dat": bytes(range(256)),
        "old.doc": b"\xd0\xcf\x11\xe0 old Word",
        "latin.txt": "café naïve".encode("latin-1"),
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder").mkdir()
    return contents


@pytest.mark.usefixtures("files")
def test_a_table(run: Run, report_text: str) -> None:
    result = run("extract", "a.txt")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == to_table(healthie.extract(report_text))


@pytest.mark.usefixtures("files")
def test_tables_of_several_files_are_named(run: Run) -> None:
    result = run("extract", "a.txt", "b.txt")
    assert result.stdout.startswith("a.txt: ")
    assert "\n\nb.txt: " in result.stdout


@pytest.mark.usefixtures("files")
def test_json(run: Run, report_text: str) -> None:
    result = run("extract", "a.txt", "b.txt", "--format", "json")
    first, second = json.loads(result.stdout)
    assert first == json.loads(json.dumps({"source": "a.txt", **healthie.extract(report_text).to_dict()}))
    assert second["source"] == "b.txt"


@pytest.mark.usefixtures("files")
def test_jsonl_and_csv_have_the_same_rows(run: Run, report_text: str) -> None:
    reports = {"a.txt": healthie.extract(report_text), "b.txt": healthie.extract("全省有医院3个。")}
    rows = facts_table(reports).to_dicts()
    lines = run("extract", "a.txt", "b.txt", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == rows
    table = list(csv.DictReader(io.StringIO(run("extract", "a.txt", "b.txt", "-f", "csv").stdout)))
    assert table == [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]


def test_standard_input_in_any_encoding(run: Run) -> None:
    for encoding in ("utf-8", "gb18030"):
        result = run("extract", "-", "--format", "json", data="全省有医院3个。".encode(encoding))
        assert json.loads(result.stdout)[0]["facts"][0]["value"] == 3


def test_a_word_file_from_a_path_and_from_standard_input(run: Run, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("全省有医院3个。")
    document.save(tmp_path / "a.docx")
    named = run("extract", "a.docx", "--format", "json")
    piped = run("extract", "-", "--format", "json", data=(tmp_path / "a.docx").read_bytes())
    assert json.loads(named.stdout)[0]["facts"] == json.loads(piped.stdout)[0]["facts"] != []
    [told] = json.loads(run("info", "a.docx", "--format", "json").stdout)
    assert (told["kind"], told["encoding"], told["parts"]) == ("docx", None, {"paragraph": 1})


def test_region_and_date(run: Run) -> None:
    result = run(
        "extract",
        "-",
        "--region",
        "青川县",
        "--published",
        "2023-01",
        "--format",
        "json",
        data="全县有卫生院8所。".encode(),
    )
    assert json.loads(result.stdout)[0]["document"]["region"] == {"code": "510822", "name": "青川县"}


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("form", "n_process"), [("table", "1"), ("json", "1"), ("jsonl", "1"), ("csv", "1"), ("csv", "2")]
)
def test_a_bad_file_stops_no_other(run: Run, form: str, n_process: str) -> None:
    bad = ["none.txt", "empty.txt", "binary.dat", "old.doc", "latin.txt"]
    result = run("extract", *bad[:3], "a.txt", *bad[3:], "b.txt", "folder", "--format", form, "--n-process", n_process)
    assert result.returncode == 2
    *told, summary = result.stderr.splitlines()
    assert [line.split(": ")[:2] for line in told] == [["healthie", name] for name in ["folder", *bad]]
    assert "healthie: none.txt: there is no such file." in told
    assert "healthie: empty.txt: it is empty: get or save a new copy, or leave it out." in told
    assert all(line.endswith(".") for line in told)
    assert summary == "healthie: 6 of 8 failed; the others are done."
    assert result.stdout == run("extract", "a.txt", "b.txt", "--format", form).stdout


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_only_bad_files_leave_an_output_that_can_be_read(run: Run, form: str) -> None:
    result = run("extract", "none.txt", "no.txt", "--format", form)
    assert result.returncode == 2
    assert result.stderr.splitlines()[-1] == "healthie: all 2 failed."
    if form == "json":
        assert json.loads(result.stdout) == []
    elif form == "csv":
        assert len(result.stdout.splitlines()) == 1
    else:
        assert result.stdout == ""


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything may be read here")
@pytest.mark.usefixtures("files")
def test_a_file_that_may_not_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").chmod(0)
    assert run("extract", "a.txt").stderr == "healthie: a.txt: it may not be read: its permissions forbid it.\n"


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--region", "无此县", "无此县"),
        ("--published", "2023-13", "published='2023-13' is no date: write YYYY, YYYY-MM"),
    ],
)
def test_a_wrong_option_is_told_in_one_sentence(run: Run, option: str, value: str, message: str) -> None:
    result = run("extract", "-", option, value)
    assert result.returncode == 64
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert message in result.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_in_a_folder_stops_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("全县有医院6所。", encoding="utf-8")
    os.mkfifo(tmp_path / "in" / "b.txt")
    result = run("extract", "in", "--format", "csv")
    assert result.returncode == 2
    assert len(result.stdout.splitlines()) == 2
    assert "in/b.txt: it is a pipe or a device, which may never end, and no file: save what it holds" in result.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("asked", ["./*.txt", "b.txt"])
@pytest.mark.parametrize("command", ["extract", "check", "view", "panel", "info"])
def test_a_pipe_that_is_named_is_refused(run: Run, tmp_path: Path, command: str, asked: str) -> None:
    os.mkfifo(tmp_path / "b.txt")
    result = run(command, asked)
    assert result.returncode == 2
    assert "b.txt: it is a pipe or a device, which may never end, and no file: save what it holds" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the shell is a POSIX one")
@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ('"$@" extract a.txt >&-', 74, "standard output is closed"),
        ('"$@" extract - <&-', 2, "standard input is closed"),
    ],
)
def test_closed_streams_are_told_in_a_sentence(tmp_path: Path, line: str, status: int, said: str) -> None:
    (tmp_path / "a.txt").write_text("全县有医院6所。", encoding="utf-8")
    shell = ["/bin/sh", "-c", line, "sh", *COMMAND]
    result = subprocess.run(shell, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == status
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("asked", ["--help", "--version"])
def test_a_full_disk_is_told_in_a_sentence(asked: str) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        result = subprocess.run([*COMMAND, asked], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 74
    assert "Traceback" not in result.stderr


def test_usage(run: Run) -> None:
    assert run("--version").stdout == f"healthie {healthie.__version__}\n"
    assert "FILE" in run("extract", "--help").stdout
    assert run("extract", "-", "--format", "xml").returncode == 64
    assert run("extract", "-", "--n-process", "0").returncode == 64
    assert run("abstract", "-").returncode == 64


def test_the_package_is_the_command(run_python: Callable[..., str]) -> None:
    code = "import runpy, sys; sys.argv = ['healthie', '--version']; runpy.run_module('healthie', run_name='__main__')"
    assert run_python(code) == f"healthie {healthie.__version__}\n"


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "facts.doc"], "facts.doc: its suffix is none of .txt, .csv"),
        (["--format", "xlsx"], "--format xlsx needs a file"),
        (["--resume"], "--resume needs --output"),
        (["-o", "folder", "-f", "csv"], "folder: it is a folder: name a file in it."),
        (["-o", "none/out.csv"], "none/out.csv: there is no folder none."),
    ],
)
def test_what_cannot_be_written_is_told_before_anything_is_read(run: Run, arguments: list[str], message: str) -> None:
    result = run("extract", "a.txt", *arguments)
    assert (result.returncode, result.stdout) == (64, "")
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


# What is read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    names = ["2/b.txt", "2/a.md", "10/c.html", "-x.txt", "10/.hidden.txt", "n.csv"]
    for count, name in enumerate(names, 1):
        path = tmp_path / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"全省有医院{count}个。", encoding="utf-8")
    return tmp_path / "reports"


def sources(result: Result) -> list[str]:
    assert result.stderr == ""
    return [json.loads(line)["source"] for line in result.stdout.splitlines()]


@pytest.mark.usefixtures("folder")
def test_a_folder_is_read_with_all_below_it(run: Run) -> None:
    found = sources(run("extract", "reports", "-f", "jsonl"))
    assert found == ["reports/-x.txt", "reports/10/c.html", "reports/2/a.md", "reports/2/b.txt"]


@pytest.mark.usefixtures("folder")
def test_patterns(run: Run) -> None:
    assert sources(run("extract", "reports/2/*", "-f", "jsonl")) == ["reports/2/a.md", "reports/2/b.txt"]
    assert sources(run("extract", "reports/**/[ab].*", "-f", "jsonl")) == ["reports/2/a.md", "reports/2/b.txt"]
    assert sources(run("extract", "reports/n.*", "-f", "jsonl")) == ["reports/n.csv"]
    result = run("extract", "reports/*.pdf", "-f", "jsonl")
    assert (result.returncode, result.stderr) == (2, "healthie: reports/*.pdf: no file fits this pattern.\n")


def test_a_name_with_the_signs_of_a_pattern_is_a_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("全省有医院3个。", encoding="utf-8")
    assert sources(run("extract", "a[1].txt", "-f", "jsonl")) == ["a[1].txt"]


def test_each_file_is_read_once(run: Run, folder: Path) -> None:
    result = run("extract", "reports/2/b.txt", "reports", str(folder / "2" / "b.txt"), "-f", "jsonl")
    assert sorted(sources(result)) == ["reports/-x.txt", "reports/10/c.html", "reports/2/a.md", "reports/2/b.txt"]


def test_a_name_that_looks_like_an_option(run: Run, tmp_path: Path) -> None:
    (tmp_path / "--format").write_text("全省有医院3个。", encoding="utf-8")
    assert sources(run("extract", "-f", "jsonl", "--", "--format")) == ["--format"]


@pytest.mark.usefixtures("folder")
def test_an_output_is_no_input(run: Run, tmp_path: Path) -> None:
    written = []
    for _ in range(2):
        assert run("extract", "reports", "-o", "reports/facts.txt").returncode == 0
        written.append((tmp_path / "reports/facts.txt").read_text(encoding="utf-8"))
    assert written[0] == written[1]
    assert "reports/facts.txt: " in run("extract", "reports").stdout


# What is written


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("suffix", "n_process"), [("txt", "1"), ("csv", "1"), ("jsonl", "1"), ("json", "1"), ("json", "2")]
)
def test_a_file_holds_what_standard_output_would(run: Run, tmp_path: Path, suffix: str, n_process: str) -> None:
    form = "table" if suffix == "txt" else suffix
    result = run("extract", "a.txt", "b.txt", "-o", f"out.{suffix}", "--n-process", n_process)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    written = (tmp_path / f"out.{suffix}").read_text(encoding="utf-8")
    assert written == run("extract", "a.txt", "b.txt", "-f", form).stdout
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == [f"out.{suffix}"]


@pytest.mark.usefixtures("files")
def test_excel_and_parquet(run: Run, tmp_path: Path, report_text: str) -> None:
    table = healthie.facts_table({"a.txt": healthie.extract(report_text)})
    for suffix in ("xlsx", "parquet"):
        assert run("extract", "a.txt", "-o", f"out.{suffix}").stderr == ""
    frame = pd.read_parquet(tmp_path / "out.parquet")
    assert frame["text"].tolist() == [row["text"] for row in table]
    assert frame["period_start"].tolist() == [row["period_start"] for row in table]
    sheet = pd.read_excel(tmp_path / "out.xlsx")
    assert sheet["value"].tolist() == [float(row["value"]) for row in table]  # type: ignore[arg-type]


@pytest.mark.usefixtures("files")
def test_what_is_missing_to_write_a_format_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    result = run("extract", "a.txt", "-o", "out.xlsx")
    assert result.returncode == 74
    assert result.stderr == "healthie: Writing Excel files needs openpyxl: pip install 'healthie[tables]'.\n"
    assert not (tmp_path / "out.xlsx").exists()
    monkeypatch.undo()
    assert run("extract", "a.txt", "-o", "out.xlsx", "--resume").returncode == 0


@pytest.mark.usefixtures("files")
def test_a_link_stays_a_link_and_an_old_output_is_replaced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("real.csv")
    assert run("extract", "b.txt", "-o", "link.csv").returncode == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert "医院" in (tmp_path / "real.csv").read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.usefixtures("files")
def test_a_full_disk_is_one_sentence(run_apart: Run) -> None:
    result = run_apart("extract", "a.txt", "-f", "csv", "-o", "/dev/full")
    assert (result.returncode, result.stdout) == (74, "")
    assert (
        result.stderr
        == "healthie: /dev/full: it cannot be written (No space left on device): make room, or write elsewhere.\n"
    )
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [*COMMAND, "extract", "-"]
        done = subprocess.run(command, input="全省有医院3个。".encode(), stdout=full, stderr=-1, check=False)
    assert done.returncode == 74
    assert (
        done.stderr.decode()
        == "healthie: standard output: it cannot be written (No space left on device): make room, or write elsewhere.\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="no such pipes here")
def test_a_reader_that_has_enough_is_no_fault(tmp_path: Path) -> None:
    for name in ("1.txt", "2.txt", "3.txt", "4.txt"):
        # Four times as much as a pipe takes.
        (tmp_path / name).write_text("".join(f"全县有卫生院{n}所。\n" for n in range(1, 100)), encoding="utf-8")
    command = [*COMMAND, "extract", ".", "-f", "jsonl"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141


@pytest.mark.skipif(fcntl is None, reason="no such terminals here")
@pytest.mark.usefixtures("files")
def test_a_terminal_is_shown_how_far_it_is(tmp_path: Path) -> None:
    leader, follower = os.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    command = [*COMMAND, "extract", "a.txt", "b.txt", "none.txt", "-o", "out.csv"]
    done = subprocess.run(command, cwd=tmp_path, stderr=follower, check=False)
    os.close(follower)
    told = ""
    with contextlib.suppress(OSError):  # what a terminal raises at its end
        while piece := os.read(leader, 100_000):
            told += piece.decode()
    os.close(leader)
    assert done.returncode == 2
    assert "0/3" in told
    assert "file/s" in told
    assert "healthie: none.txt: there is no such file." in told


# The other commands


@pytest.mark.usefixtures("files")
def test_info(run: Run, report_text: str) -> None:
    result = run("info", "a.txt", "b.txt", "-f", "json")
    assert result.returncode == 0
    first, second = json.loads(result.stdout)
    assert (first["file"], first["kind"], first["encoding"]) == ("a.txt", "text", "utf-8")
    assert second["encoding"] == "gb18030"
    assert first["region"] == {"code": "510822", "name": "青川县"}
    assert first["period"] == {"start": "2022-01-01", "end": "2022-12-31"}
    facts = healthie.extract(report_text).facts
    assert first["facts"] == len(facts) == sum(first["roles"].values()) == sum(first["confidence"].values())
    assert first["roles"]["change"] == sum(fact.role == "change" for fact in facts)
    assert first["status"]["target"] == sum(fact.status == "target" for fact in facts)
    table = run("info", "a.txt").stdout
    assert "region:      青川县 510822" in table
    assert "encoding:    utf-8" in table


def test_info_tells_the_encoding_that_was_read(run: Run, tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        (tmp_path / "a.txt").write_bytes("全县有卫生院8所。".encode(encoding))
        assert json.loads(run("info", "a.txt", "-f", "json").stdout)[0]["encoding"] == encoding.removesuffix("-sig")


BAD_SHARE = "16个改造项目中，已有6个竣工，竣工率50%。"


def test_check(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text(BAD_SHARE, encoding="utf-8")
    (tmp_path / "good.txt").write_text("全县有卫生院8所。", encoding="utf-8")
    finding = healthie.check(healthie.extract(BAD_SHARE))[0]
    result = run("check", "bad.txt", "good.txt")
    assert (result.returncode, result.stderr) == (1, "")
    assert finding.message in result.stdout
    assert "0 findings" in result.stdout
    assert finding.message_zh in run("check", "bad.txt", "--lang", "zh").stdout
    assert run("check", "good.txt").returncode == 0
    assert run("check", "bad.txt", "none.txt").returncode == 2
    first, second = json.loads(run("check", "bad.txt", "good.txt", "-f", "json").stdout)
    assert first["findings"] == [json.loads(json.dumps(finding.to_dict()))]
    assert second == {"source": "good.txt", "findings": []}
    [row] = csv.DictReader(io.StringIO(run("check", "bad.txt", "-f", "csv").stdout))
    assert (row["source"], row["message"], row["kind"]) == ("bad.txt", finding.message, finding.kind)
    assert BAD_SHARE[int(row["start"]) : int(row["end"])]


def test_panel(run: Run, tmp_path: Path) -> None:
    for year, beds in ((2018, 480), (2019, 504)):
        text = f"白水县{year}年卫生健康工作总结\n{year}年，全县有卫生院床位{beds}张。"
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
    reports = {name: healthie.extract(tmp_path / name) for name in ("2018.txt", "2019.txt")}
    table = healthie.panel(reports)
    for n_process in ("1", "2"):
        result = run("panel", "*.txt", "-f", "csv", "--n-process", n_process)
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout == table.to_csv()
    assert run("panel", "*.txt", "-o", "panel.parquet").returncode == 0
    assert len(pd.read_parquet(tmp_path / "panel.parquet")) == len(table)
    assert run("panel", "*.txt", "-o", "panel.json").returncode == 0
    assert json.loads((tmp_path / "panel.json").read_text(encoding="utf-8")) == table.to_dicts()
    assert "504" in run("panel", "2018.txt", "2019.txt").stdout
    assert len(run("panel", "*.txt", "--role", "rank", "-f", "jsonl").stdout) == 0


@pytest.mark.skipif(os.name == "nt", reason="names are counted in another way there")
def test_a_name_too_long_for_a_page_stops_no_other(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    long = "白" * 82  # 246 bytes, and a page for it has 251
    too_long = "b" * 251  # a page for it has 256
    for name in ("a", long, too_long, "c", "白z"):
        (tmp_path / "r" / f"{name}.txt").write_text(BAD_SHARE, encoding="utf-8")
    (tmp_path / "pages" / "c.html").mkdir(parents=True)
    result = run("view", "r", "-o", "pages")
    assert result.returncode == 2
    assert f"{too_long}.html cannot be written (File name too long)." in result.stderr
    assert "c.html cannot be written (Is a directory)." in result.stderr
    assert "2 of 5 failed; the others are done." in result.stderr
    pages = {path.name for path in (tmp_path / "pages").iterdir() if path.is_file()}
    assert pages == {"a.html", "白z.html", f"{long}.html"}


@pytest.mark.skipif(os.name == "nt", reason="names are counted in another way there")
def test_an_output_with_a_long_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAD_SHARE, encoding="utf-8")
    output = "白" * 82 + ".csv"
    assert run("extract", "a.txt", "-o", output).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", output]


def test_view(run: Run, tmp_path: Path) -> None:
    for name in ("r/a.txt", "r/a.md", "r/2/b.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{name}\n{BAD_SHARE}", encoding="utf-8")
    assert run("view", "r", "-o", "pages").returncode == 0
    pages = sorted(path.relative_to(tmp_path).as_posix() for path in (tmp_path / "pages").rglob("*.*"))
    assert pages == ["pages/2/b.html", "pages/a.md.html", "pages/a.txt.html"]
    report = healthie.extract(tmp_path / "r" / "2" / "b.txt")
    expected = report.to_html(lang="en", findings=healthie.check(report))
    # The page names the file as it was given.
    expected = expected.replace(str(tmp_path / "r"), "r")
    assert (tmp_path / "pages/2/b.html").read_text(encoding="utf-8") == expected
    assert run("view", "r/2/b.txt").stdout == expected
    assert run("view", "r/2/b.txt", "-o", "one.html", "--lang", "zh").returncode == 0
    assert 'lang="zh' in (tmp_path / "one.html").read_text(encoding="utf-8")
    assert "r: all that is to be read lies in the output itself." in run("view", "r", "-o", "r").stderr
    result = run("view", "r")
    assert (result.returncode, result.stdout) == (64, "")
    assert "name a folder" in result.stderr


@pytest.mark.parametrize(("line", "wanted"), [("healthie ex", "extract"), ("healthie extract --n-", "--n-process")])
def test_completion(run_apart: Run, line: str, wanted: str) -> None:
    words = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    assert wanted in run_apart(_HEALTHIE_COMPLETE="complete_bash", **words).stdout.split()


def test_the_version_needs_no_finder(run_python: Callable[..., str]) -> None:
    code = "import sys, healthie.cli; print([n for n in ('spacy', 'healthie.numbers', 'pydantic') if n in sys.modules])"
    modules = run_python(code)
    assert "spacy" not in modules
    assert "healthie.numbers" not in modules


@pytest.mark.usefixtures("files")
def test_a_pipe_gets_utf_8_whatever_the_locale(run_apart: Run) -> None:
    result = run_apart(
        "extract", "a.txt", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii"
    )
    assert "青川县" in result.stdout
