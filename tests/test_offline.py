"""The whole job with sockets forbidden, no pickle loaded, no file touched but those that were given.

offline_guard.py is the guard. `extract_many` and `--n-process` above 1 are left out: multiprocessing sends its own
pickles between the processes that it started, and those are no files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import SENTENCE, ofd_parts, packed, pdf_page, word_parts

ROOT = Path(__file__).parents[1]
REPORT = f"白水县卫生健康局2019年工作总结\n2019年，{SENTENCE}比上年增加9所，16个项目中，已有6个竣工，竣工率50%。\n"
FILES = {
    "a.txt": REPORT.encode("gb18030"),
    "b.html": f"<html><body><h1>白水县</h1><p>{REPORT}</p><p>{SENTENCE}</p></body></html>".encode(),
    "c.docx": packed(word_parts()),
    "d.ofd": packed(ofd_parts()),
    "e.pdf": pdf_page("BT /F 12 Tf 9 99 Td (8 beds) Tj ET"),
}
START = """
import json, os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from offline_guard import watch
tried = watch(readable=[sys.argv[2]], writable=[sys.argv[3]])
given, out = Path(sys.argv[2]), Path(sys.argv[3])
"""
END = """
print(json.dumps(tried))
"""


@pytest.fixture
def run(tmp_path: Path) -> Callable[[str], list[str]]:
    """Return a function that runs code under guard, and returns what it tried that is forbidden."""
    folders = {name: tmp_path / name for name in ("given", "out", "home", "work")}
    for folder in folders.values():
        folder.mkdir()
    for name, data in FILES.items():
        (folders["given"] / name).write_bytes(data)

    def call(code: str) -> list[str]:
        command = [sys.executable, "-B", "-c", START + code + END, ROOT / "tests", folders["given"], folders["out"]]
        environment = {**os.environ, "HOME": str(folders["home"]), "TMPDIR": str(folders["out"])}
        done = subprocess.run(
            command, cwd=folders["work"], env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        left = [path for folder in ("home", "work") for path in folders[folder].rglob("*")]
        assert not left
        assert {path.name: path.read_bytes() for path in folders["given"].iterdir()} == FILES
        tried: list[str] = json.loads(done.stdout.splitlines()[-1])
        return tried

    return call


def test_reading_and_linking(run: Callable[[str], list[str]]) -> None:
    code = """
import healthie
for path in given.iterdir():
    source = healthie.read(path)
    assert source.text, path
    assert healthie.read(path, limits=healthie.Limits()) == source
reports = list(healthie.extract_many(given.glob("[a-d]*")))
assert all(report.facts for report in reports)
for segmenter in ("pkuseg", "char"):
    nlp = healthie.load(segmenter=segmenter)
    doc = nlp(reports[0].text)
    assert doc.spans["healthie.facts"]
    nlp.to_disk(out / segmenter)
import spacy
assert spacy.load(out / "pkuseg")(reports[0].text).spans["healthie.facts"]
"""
    assert run(code) == []


def test_all_exports(run: Callable[[str], list[str]]) -> None:
    code = """
import healthie, healthie.arrow
reports = {path.name: healthie.extract(path) for path in sorted(given.glob("[a-d]*"))}
report = reports["a.txt"]
assert healthie.check(report)
for make in ("dict", "json", "table", "csv", "jsonl", "pandas", "polars", "arrow", "brat", "web_annotations"):
    assert getattr(report, f"to_{make}")() is not None
report.to_csv(out / "a.csv")
report.to_excel(out / "a.xlsx")
report.to_parquet(out / "a.parquet")
report.to_docbin().to_disk(out / "a.spacy")
for page in (report.to_html(lang="en", findings=healthie.check(report)), report._repr_html_()):
    (out / "a.html").write_text(page, encoding="utf-8")
for table in (healthie.facts_table(reports), healthie.panel(reports), healthie.compare(report, report)):
    assert table.to_csv() and table._repr_html_()
import pyarrow
assert healthie.arrow.extract_table(pyarrow.table({"id": [7], "text": [report.text]})).num_rows
chart = healthie.plot(reports)
assert chart.to_html()
chart.save(out / "a.svg")
chart.save(out / "a.png")
assert healthie.report_schema()
"""
    assert run(code) == []


@pytest.mark.parametrize(
    "words",
    [
        "extract GIVEN --output OUT/a.csv",
        "extract GIVEN --output OUT/a.xlsx --limit seconds=60",
        "extract GIVEN --output OUT/a.parquet",
        "extract GIVEN --format json",
        "extract GIVEN --resume --output OUT/a.jsonl",
        "check GIVEN --output OUT/c.csv",
        "view GIVEN --output OUT/pages",
        "panel GIVEN --output OUT/p.xlsx",
        "info GIVEN",
    ],
)
def test_the_command(run: Callable[[str], list[str]], words: str) -> None:
    code = f"""
from healthie.cli import main
words = {words!r}.replace("GIVEN", str(given)).replace("OUT", str(out)).split()
sys.argv = ["healthie", *words]
try:
    main()
except SystemExit as end:
    assert end.code in (0, 1), end.code
"""
    assert run(code) == []


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ("socket.connect", "import socket; socket.socket().connect(('127.0.0.1', 9))"),
        ("socket.bind", "import socket; socket.socket().bind(('127.0.0.1', 0))"),
        ("socket.getaddrinfo", "import socket; socket.getaddrinfo('localhost', 80)"),
        ("urllib.Request", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')"),
        ("pickle.find_class", "import pickle; pickle.loads(pickle.dumps(Path()))"),
        ("subprocess.Popen", "import subprocess; subprocess.run([sys.executable, '-c', ''])"),
        ("os.system", "os.system('true')"),
        ("os.fork", "os.fork()"),
        ("open", "(out.parent / 'work' / 'a').open('w')"),
        ("open", "(out / '..' / 'home' / 'a').open('ab')"),
        ("open", "Path('/etc/hosts').read_text()"),
        ("os.remove", "(given / 'a.txt').unlink()"),
        ("os.rename", "(given / 'a.txt').rename(out / 'a.txt')"),
    ],
)
def test_the_guard_sees_what_is_forbidden(run: Callable[[str], list[str]], event: str, code: str) -> None:
    caught = f"try:\n    {code}\nexcept Exception:\n    pass\n"
    assert [tried.split()[0] for tried in run(caught)] == [event]


def test_import_opens_no_file_but_modules_and_starts_nothing(run_python: Callable[..., str]) -> None:
    code = """
import os, sys, threading
seen = []
def hook(event, values):
    if event == "open" and isinstance(values[0], str):
        name = os.path.realpath(values[0])
        if not name.endswith((".py", ".pyc", ".so", ".pyd", ".zip", ".pth")):
            seen.append((event, name))
        if isinstance(values[2], int) and values[2] & (os.O_WRONLY | os.O_RDWR) and "__pycache__" not in name:
            seen.append((event, name))
    if event.startswith(("subprocess.", "os.fork", "os.posix_spawn", "os.exec", "os.system", "_thread.", "socket.")):
        seen.append((event, str(values)))
sys.addaudithook(hook)
import healthie
dir(healthie)
print(seen, threading.active_count())
"""
    assert run_python(code) == "[] 1\n"
