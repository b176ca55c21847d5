"""Pages in Parquet → facts in Parquet, on a Ray cluster.

    pip install 'newsextract[parquet]' 'ray[data]'
    python ray_extract.py pages/ facts/ --body html

Every row of ``pages/`` is one page: its body, and ``url``, ``source`` and ``fetched`` if it has
them. ``facts/`` gets one row a page with its article and facts, or the reason why there are none;
``newsextract.arrow.flatten`` makes flat tables of it.
"""

from __future__ import annotations

import argparse
from typing import Any

from newsextract.arrow import extract_batch

ROWS = 64


def extract_all(pages: str, to: str, *, body: str = "body") -> int:
    """Read the pages below ``pages`` and write the results below ``to``; how many there were."""
    import ray

    # Ray would run a task whose process dies again for ever: a page that kills its process must
    # cost a bounded number of tries, and then the block it is in, not the run.
    ray.data.DataContext.get_current().max_errored_blocks = 10
    dataset: Any = ray.data.read_parquet(pages)
    results = dataset.map_batches(
        extract_batch,
        fn_kwargs={"body": body},
        batch_format="pyarrow",
        batch_size=ROWS,
        max_retries=2,
    )
    results = results.materialize()
    results.write_parquet(to)
    return int(results.count())


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages")
    parser.add_argument("to")
    parser.add_argument("--body", default="body", help="the column that holds the page")
    given = parser.parse_args()
    print(f"{extract_all(given.pages, given.to, body=given.body):,} pages")


if __name__ == "__main__":
    main()
