"""Facts of a folder of Parquet files with Spark: ``spark-submit spark_facts.py REPORTS FACTS``.

REPORTS holds the columns id and text, and if you like region and published.
"""

import sys

from pyspark.sql import SparkSession

import healthie.spark

reports, facts = sys.argv[1:]
spark = SparkSession.builder.appName("healthie").getOrCreate()
spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 200)
documents = spark.read.parquet(reports).repartition(spark.sparkContext.defaultParallelism * 20)
healthie.spark.extract(documents).write.mode("overwrite").parquet(facts)
