"""Facts of a folder of Parquet files with Ray Data: ``python ray_facts.py REPORTS FACTS``.

REPORTS holds the columns id and text, and if you like region and published.
"""

import sys

import ray

from healthie.arrow import extract_table

reports, facts = sys.argv[1:]
documents = ray.data.read_parquet(reports)
documents.map_batches(extract_table, batch_size=200, batch_format="pyarrow").write_parquet(facts)
