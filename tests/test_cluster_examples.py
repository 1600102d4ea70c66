"""The examples of docs/cluster.md, each run as a user runs it. Run with ``pytest -m cluster``."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pyarrow.dataset
import pyarrow.parquet
import pytest

import healthie

pytestmark = pytest.mark.cluster

ROOT = Path(__file__).parents[1]
ENGINES = {"spark": "pyspark", "ray": "ray.data", "dask": "dask"}


@pytest.fixture(scope="module")
def texts() -> dict[str, str | None]:
    """Return our own reports by name, and one that cannot be read."""
    reports = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpora").glob("*.txt"))}
    return {**reports, "null": None}


@pytest.fixture(scope="module")
def folder(texts: dict[str, str | None], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with them in two Parquet files."""
    reports = tmp_path_factory.mktemp("reports")
    table = pa.table({"id": list(texts), "text": list(texts.values())})
    half = len(texts) // 2 + 1
    for number in range(2):
        pyarrow.parquet.write_table(table.slice(number * half, half), reports / f"part-{number}.parquet")
    return reports


@pytest.fixture(scope="module")
def wanted(texts: dict[str, str | None]) -> list[tuple[object, ...]]:
    return [
        (name, None, *(float(cell) if isinstance(cell, Decimal) else cell for cell in row.values()))
        for name, text in texts.items()
        if text
        for row in healthie.facts_table({name: healthie.extract(text)})
    ]


@pytest.fixture(params=ENGINES)
def script(request: pytest.FixtureRequest, need_module: Callable[[str], ModuleType]) -> Path:
    need_module(ENGINES[request.param])
    if request.param == "spark":
        request.getfixturevalue("java")
    return ROOT / "examples" / "cluster" / f"{request.param}_facts.py"


def test_an_example_writes_the_facts_of_the_serial_run(
    script: Path, folder: Path, wanted: list[tuple[object, ...]], tmp_path: Path
) -> None:
    facts = tmp_path / "facts"
    environment = os.environ | {"PYSPARK_PYTHON": sys.executable, "RAY_USAGE_STATS_ENABLED": "0"}
    result = subprocess.run(
        [sys.executable, script, folder, facts],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert result.returncode == 0, result.stderr
    # Engines hide their own files behind a dot or an underscore; Spark's checksums among them.
    seen = [tuple(row.values()) for row in pyarrow.dataset.dataset(facts, format="parquet").to_table().to_pylist()]
    assert sorted((row for row in seen if row[1] is None), key=lambda row: (row[0], row[3])) == wanted
    assert [row[:2] for row in seen if row[1] is not None] == [("null", "ValueError: the text is null.")]
