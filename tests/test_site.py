"""The tutorial says what it would say if it were run, and the pictures of the pages are what their code draws."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

import healthie

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "examples" / "tutorial.ipynb"
REPORTS = ROOT / "examples" / "reports"
RUN_SECONDS = 120  # for each cell; all of them take a few


def words(svg: str) -> list[str]:
    """Return what is written in a picture, in its order."""
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def shown(data: dict[str, str]) -> str | list[str]:
    """Return what a reader sees of an output: the words of a picture or a table, else its text.

    How sure a fact is changes a little whenever the confidence is fitted again.
    """
    if "image/svg+xml" in data:
        return words(data["image/svg+xml"])
    if "text/html" in data:
        text = re.sub(r"<style.*?</style>|<[^>]+>", " ", data["text/html"], flags=re.DOTALL)
        return re.sub(r"\b0\.\d\d\b", "sure", text).split()
    return data.get("text/plain", data.get("text", ""))


def told(cells: list[Any]) -> list[list[str | list[str]]]:
    """Return what a reader sees below each cell."""
    return [[shown(output.get("data", output)) for output in cell.get("outputs", [])] for cell in cells]


@pytest.fixture(scope="module")
def committed() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)


# What Jupyter's own libraries warn of (sockets that are not closed yet) is theirs.
@pytest.mark.filterwarnings("default")
def test_the_tutorial_runs_and_says_what_it_says(committed: Any) -> None:
    run = nbformat.read(NOTEBOOK, as_version=4)
    client = NotebookClient(run, timeout=RUN_SECONDS, resources={"metadata": {"path": str(NOTEBOOK.parent)}})
    client.execute()
    assert told(run.cells) == told(committed.cells)


def test_the_tutorial_shows_tables_and_pictures(committed: Any) -> None:
    kinds = {kind for cell in committed.cells for output in cell.get("outputs", []) for kind in output.get("data", {})}
    assert {"text/html", "image/svg+xml"} <= kinds
    assert not re.search(r"https?://(?!www\.w3\.org)", NOTEBOOK.read_text(encoding="utf-8")), "it needs a network"


def test_the_picture_of_the_quickstart_is_what_its_code_draws(tmp_path: Path) -> None:
    panel = healthie.panel(healthie.extract_many(sorted(REPORTS.iterdir())))
    healthie.plot(panel, indicator="家庭医生签约率").save(tmp_path / "chart.svg")
    drawn, shown = (
        path.read_text(encoding="utf-8") for path in (tmp_path / "chart.svg", ROOT / "docs/assets/chart.svg")
    )
    assert words(drawn) == words(shown)
    assert len(words(shown)) > 10


def test_the_first_page_shows_what_is_found() -> None:
    page = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    [quoted] = re.findall(r"^> (.*)", page, re.MULTILINE)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*", page, re.MULTILINE)]
    report = healthie.extract(re.sub("</?mark>", "", quoted))
    assert re.findall("<mark>(.*?)</mark>", quoted) == [fact.quantity.text for fact in report.facts]
    signs = {">=": "≥", "=": ""}
    assert rows[2:] == [
        [
            row["indicator"],
            f"{row['direction'] or ''}{signs[row['modifier']]}{row['value']} {row['unit']}",
            row["role"],
            row["reference"] or "",
            row["period"],
            f"{row['region_name']} {row['region_code']}",
            row["status"],
        ]
        for row in report.to_table()
    ]


def test_there_is_a_report_of_every_kind() -> None:
    files = {path.name: healthie.read(path) for path in REPORTS.iterdir()}
    assert {Path(name).suffix for name in files} == {".txt", ".html", ".docx", ".pdf"}
    encodings = {path.name: path.read_bytes() for path in REPORTS.glob("*.txt")}
    with pytest.raises(UnicodeDecodeError):
        encodings["chengcheng.txt"].decode()
    assert "澄城县" in encodings["chengcheng.txt"].decode("gb18030")
