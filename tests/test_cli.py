from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

import healthie
from healthie.export import to_rows, to_table

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def command(*arguments: str, data: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
        code = "import sys; from healthie.cli import app; sys.argv[0] = 'healthie'; app()"
        result = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=tmp_path,
            input=data,
            env=os.environ | environment,
            capture_output=True,
            check=False,
        )
        out, err = result.stdout.decode("utf-8"), result.stderr.decode("utf-8")
        return subprocess.CompletedProcess(
            arguments, result.returncode, out.replace("\r\n", "\n"), err.replace("\r\n", "\n")
        )

    return command


@pytest.fixture
def files(tmp_path: Path, report_text: str) -> dict[str, bytes]:
    contents = {
        "a.txt": report_text.encode(),
        "b.txt": "全省有医院3个。".encode("gb18030"),
        "empty.txt": b"\n",
        "binary.dat": bytes(range(256)),
        "report.pdf": b"%PDF-1.7",
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
    rows = to_rows(healthie.extract(report_text), source="a.txt") + to_rows(
        healthie.extract("全省有医院3个。"), source="b.txt"
    )
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
@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_a_bad_file_stops_no_other(run: Run, form: str) -> None:
    bad = ["none.txt", "empty.txt", "binary.dat", "report.pdf", "latin.txt", "folder"]
    result = run("extract", *bad[:3], "a.txt", *bad[3:], "b.txt", "--format", form)
    assert result.returncode == 2
    assert result.stderr.splitlines() == [
        "healthie: none.txt: there is no such file.",
        "healthie: empty.txt: it is empty.",
        "healthie: binary.dat: it is not text: it holds zero bytes.",
        "healthie: report.pdf: it is damaged: it cannot be opened as a PDF file.",
        "healthie: latin.txt: its encoding is not known: save it as UTF-8 or GB18030.",
        "healthie: folder: it is a folder: name the files in it.",
    ]
    assert result.stdout == run("extract", "a.txt", "b.txt", "--format", form).stdout


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_only_bad_files_leave_an_output_that_can_be_read(run: Run, form: str) -> None:
    result = run("extract", "none.txt", "--format", form)
    assert result.returncode == 2
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
    assert result.returncode == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert message in result.stderr


def test_usage(run: Run) -> None:
    assert run("--version").stdout == f"healthie {healthie.__version__}\n"
    assert "FILE" in run("extract", "--help").stdout
    assert run("extract").returncode == 2
    assert run("extract", "-", "--format", "xml").returncode == 2


def test_the_version_needs_no_finder(run_python: Callable[..., str]) -> None:
    code = "import sys, healthie.cli; print([n for n in ('spacy', 'healthie.numbers', 'pydantic') if n in sys.modules])"
    modules = run_python(code)
    assert "spacy" not in modules
    assert "healthie.numbers" not in modules


@pytest.mark.usefixtures("files")
def test_a_pipe_gets_utf_8_whatever_the_locale(run: Run) -> None:
    result = run("extract", "a.txt", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert "青川县" in result.stdout
