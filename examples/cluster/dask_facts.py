"""Facts of a folder of Parquet files with Dask, a task for each file: ``python dask_facts.py REPORTS FACTS``.

REPORTS holds the columns id and text, and if you like region and published. A file of facts has the name of its file of
reports. For a cluster, make a ``dask.distributed.Client`` first.
"""

import sys
from pathlib import Path

import dask
from pyarrow import parquet

from healthie.arrow import extract_batches, facts_schema


@dask.delayed
def write_facts(reports: Path, facts: Path) -> None:
    """Read one file in batches, so that memory does not grow with it."""
    with parquet.ParquetFile(reports) as file, parquet.ParquetWriter(facts, facts_schema()) as writer:
        for batch in extract_batches(file.iter_batches(batch_size=200)):
            writer.write_batch(batch)


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.mkdir(parents=True, exist_ok=True)
    dask.compute(
        *(write_facts(path, target / path.name) for path in sorted(source.glob("*.parquet"))), scheduler="processes"
    )
