"""Spark with two executors, each a process of its own, as on two machines. Run with ``pytest -m cluster``."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

import healthie
from healthie.arrow import facts_schema
from healthie.spark import extract

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

pytestmark = [pytest.mark.cluster, pytest.mark.filterwarnings("ignore::FutureWarning")]  # PySpark, of newer pandas

ROOT = Path(__file__).parents[1]
DOCUMENTS, PARTITIONS = 2000, 20
COLUMNS = "id string, text string, region string, published string"
Document = tuple[str, str | None, str | None, str | None]


@pytest.fixture(scope="module")
def spark(
    java: str, need_module: Callable[[str], ModuleType], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SparkSession]:
    sql = need_module("pyspark.sql")
    assert java
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.local.dir": str(tmp_path_factory.mktemp("spark")),
        "spark.sql.adaptive.enabled": "false",  # the tasks are as many as the partitions
        "spark.sql.execution.arrow.maxRecordsPerBatch": "40",
        "spark.ui.enabled": "false",
    }
    builder = sql.SparkSession.builder.master("local-cluster[2,1,1024]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)  # the executors' Python; else it is the python3 of the path
        session = builder.getOrCreate()
        yield session
        session.stop()


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    """Return reports in whole and line by line, no two alike."""
    reports = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpora").glob("*.txt"))]
    lines = [line for report in reports for line in report.splitlines() if re.search("[0-9]", line)]

    def varied(text: str, by: int) -> str:
        return re.sub("[0-9]", lambda digit: str((int(digit[0]) + by) % 10), text) + f"\n第{by}号"

    texts = [*reports, *(varied(line, number) for number, line in enumerate(islice(cycle(lines), DOCUMENTS)))]
    given = cycle([(None, None), ("610527", "2019"), (None, "2021-07"), ("青川县", None)])
    return [(f"{number:05}", text, *place) for number, (text, place) in enumerate(zip(texts, given, strict=False))]


@pytest.fixture(scope="module")
def wanted(documents: list[Document]) -> list[tuple[object, ...]]:
    """Return the rows of the serial run, which knows nothing of Arrow."""
    return [
        (name, None, *(float(cell) if isinstance(cell, Decimal) else cell for cell in row.values()))
        for name, text, region, published in documents
        for row in healthie.facts_table({name: healthie.extract(text or "", region=region, published=published)})
    ]


def rows(frame: DataFrame) -> list[tuple[object, ...]]:
    """Return the rows in the order of the documents; Spark keeps none."""
    return sorted((tuple(row) for row in frame.collect()), key=lambda row: (row[0], row[3] or 0))


def test_the_output_is_that_of_the_serial_run(
    spark: SparkSession, documents: list[Document], wanted: list[tuple[object, ...]]
) -> None:
    assert len(documents) >= 2000
    facts = extract(spark.createDataFrame(documents, COLUMNS).repartition(PARTITIONS))
    assert facts.columns == facts_schema().names
    assert rows(facts) == wanted


def test_a_poisoned_document_is_in_the_error_column_and_nothing_is_lost(
    spark: SparkSession, documents: list[Document], wanted: list[tuple[object, ...]]
) -> None:
    some = documents[:200]
    poisoned: list[Document] = [
        ("null", None, None, None),
        ("place", "全县有卫生院8所。", "无此地", None),
        ("time", "全县有卫生院8所。", None, "July"),
    ]
    not_utf8 = spark.sql(
        "select 'bytes' as id, cast(X'E58EBFFF38' as string) as text, cast(null as string) as region, "
        "cast(null as string) as published"
    )
    frame = spark.createDataFrame([*some, *poisoned], COLUMNS).union(not_utf8).repartition(3)
    seen = rows(extract(frame))
    errors = {row[0]: str(row[1]) for row in seen if row[1] is not None}
    assert {name: error.partition(":")[0] for name, error in errors.items()} == {
        "null": "ValueError",
        "place": "ValueError",
        "time": "ValueError",
        "bytes": "UnicodeDecodeError",
    }
    names = {name for name, *_ in some}
    assert [row for row in seen if row[1] is None] == [row for row in wanted if row[0] in names]


def test_text_of_another_type_is_told_of_in_every_row(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(1, 8), (2, 9)], "id int, text int")
    seen = extract(frame).select("id", "error").collect()
    assert [(row.id, row.error.partition(":")[0]) for row in seen] == [("1", "TypeError"), ("2", "TypeError")]


def test_a_column_that_must_be_there_is_named(spark: SparkSession) -> None:
    with pytest.raises(ValueError, match="there is no column id"):
        extract(spark.createDataFrame([("甲",)], "text string"))


def test_other_columns_stay_where_they_are(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(7, "全县有卫生院8所。", "x")], "id long, text string, note string")
    (row,) = extract(frame).collect()
    assert (row.id, row.value, "note" in row) == ("7", 8.0, False)


def executors(spark: SparkSession, psutil: ModuleType) -> list[int]:
    """Return the processes that Spark has started for us to work in."""
    driver = psutil.Process(spark.sparkContext._gateway.proc.pid)
    children = (child.as_dict(["pid", "cmdline"], ad_value=[]) for child in driver.children())
    return [child["pid"] for child in children if any("CoarseGrainedExecutor" in word for word in child["cmdline"])]


def stage(spark: SparkSession) -> int:
    """Wait until some of the tasks are done, and return the stage that they belong to."""
    tracker, end = spark.sparkContext.statusTracker(), time.monotonic() + 120
    while time.monotonic() < end:
        for number in tracker.getActiveStageIds():
            seen = tracker.getStageInfo(number)
            if seen and seen.numTasks == PARTITIONS and 2 <= seen.numCompletedTasks <= PARTITIONS // 2:
                return number
        time.sleep(0.02)
    pytest.fail("the job has not come to its middle")


@pytest.mark.skipif(os.name == "nt", reason="no such signal here")
def test_an_executor_killed_in_the_middle_is_survived(
    spark: SparkSession,
    documents: list[Document],
    wanted: list[tuple[object, ...]],
    need_module: Callable[[str], ModuleType],
) -> None:
    psutil = need_module("psutil")
    facts = extract(spark.createDataFrame(documents, COLUMNS).repartition(PARTITIONS))
    with ThreadPoolExecutor(1) as thread:
        job = thread.submit(rows, facts)
        number = stage(spark)
        before = executors(spark, psutil)
        assert len(before) == 2
        psutil.Process(before[0]).kill()
        assert not job.done()
        assert job.result(timeout=300) == wanted
    assert before[0] not in executors(spark, psutil)
    seen = spark.sparkContext.statusTracker().getStageInfo(number)
    assert seen.numFailedTasks + seen.currentAttemptId >= 1  # tasks, or all that was left of the stage, done again
