"""Feeding PostgreSQL, and asking it.

    pip install 'newsextract[postgres]'
    python feed_postgres.py postgresql://user@host/news pages/ 2019.warc.gz

The tables, their comments and a view a kind are made on the first run; see the schema page.
"""

from __future__ import annotations

import sys

import newsextract as nx

QUESTION = """
select site, count(*) as stated, round(avg(100 * part / whole), 1) as mean_percent
from ratio
where whole > 0
group by site
order by stated desc
"""


def feed(url: str, archives: list[str]) -> list[dict[str, object]]:
    """Read ``archives`` into the database at ``url``; returns the answer to ``QUESTION``."""
    print(nx.batch(nx.open_archive(archives), to=url, workers=2))
    with nx.open_store(url) as store:
        return store.rows(QUESTION)


if __name__ == "__main__":
    for row in feed(sys.argv[1], sys.argv[2:]):
        print(row)
