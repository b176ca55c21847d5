"""Pages in Parquet → facts in Parquet, on a Spark cluster.

    pip install 'newsextract[parquet]' pyspark
    python spark_extract.py pages/ facts/ --body html

Every row of ``pages/`` is one page: its body, and ``url``, ``source`` and ``content_type`` if it
has them.
``facts/`` gets one row a page with its article and facts, or the reason why there are none. Spark
gives up after ``spark.task.maxFailures`` (4) tries of a task whose process dies.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from newsextract.arrow import RESULT, extract_batches

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

ABOUT = ("url", "source", "content_type")
ROWS = "64"


def extract_all(spark: SparkSession, pages: str, *, body: str = "body") -> DataFrame:
    """The results of the pages below ``pages``, one row each, computed when it is written."""
    from pyspark.sql.pandas.types import from_arrow_schema

    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", ROWS)
    frame = spark.read.parquet(pages)
    about = [name for name in ABOUT if name in frame.columns]
    frame = frame.select(frame[body].alias("body"), *about)
    return frame.mapInArrow(extract_batches, from_arrow_schema(RESULT, prefer_timestamp_ntz=True))


def main() -> None:
    """The command line."""
    from pyspark.sql import SparkSession

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages")
    parser.add_argument("to")
    parser.add_argument("--body", default="body", help="the column that holds the page")
    given = parser.parse_args()
    spark = SparkSession.builder.appName("newsextract").getOrCreate()
    extract_all(spark, given.pages, body=given.body).write.parquet(given.to)


if __name__ == "__main__":
    main()
