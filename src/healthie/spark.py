"""Reports in a Spark DataFrame into facts in a Spark DataFrame, read by all executors.

Start at `extract`: it hands `healthie.arrow.extract_batches` to Spark. How to size a cluster and how to bring healthie
to its machines: docs/cluster.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthie.arrow import INPUT_COLUMNS, check_columns, extract_batches, facts_schema
from healthie.extras import need

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["extract"]


def extract(documents: DataFrame) -> DataFrame:
    """Read the documents of a DataFrame, when Spark asks for their facts.

    Parameters
    ----------
    documents : pyspark.sql.DataFrame
        With the columns ``id`` and ``text``, and if you like ``region`` and ``published``, as
        `healthie.arrow.extract_batches` takes them. Other columns do not go to the executors.

    Returns
    -------
    pyspark.sql.DataFrame
        A row for each fact, in the columns of `healthie.arrow.facts_schema`; a document that cannot be read is one row
        with ``error``. Join it to other columns of yours by ``id``, which is text.

    Raises
    ------
    ValueError
        If there is no column ``id`` or ``text``.
    ImportError
        If PySpark is not installed.

    Examples
    --------
    In a session of Spark::

        facts = healthie.spark.extract(spark.read.parquet("reports.parquet"))
        facts.where("error is null").write.parquet("facts.parquet")
    """
    types = need("pyspark.sql.pandas.types", "Reading with Spark", extra="spark")
    check_columns(documents.columns)
    columns = [column.name for column in INPUT_COLUMNS if column.name in documents.columns]
    return documents.select(*columns).mapInArrow(extract_batches, types.from_arrow_schema(facts_schema()))
