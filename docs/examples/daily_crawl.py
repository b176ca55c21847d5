"""A daily crawl of one site: find new articles, keep the pages as WARC, read them into a database.

    python daily_crawl.py baothaibinh.com.vn --contact https://your.site/about

Run it from cron. Pages that an earlier run fetched are neither fetched nor read again, and a run
that was killed is simply run once more.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import newsextract as nx
from newsextract.warcwriter import WarcWriter


def crawl(site: str, folder: Path, policy: nx.Policy, limit: int = 200) -> nx.Report:
    """Fetch up to ``limit`` of the newest articles of ``site`` and read all that is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = folder / "pages.warc.gz"
    with WarcWriter(pages) as warc:
        new = (f.url for f in nx.discover(site, limit=limit, policy=policy))
        wanted = (url for url in new if not warc.holds(url))
        for answer in nx.fetch_many(wanted, policy=policy, record=warc.add):
            if isinstance(answer, nx.FetchError):
                print(answer)
    return nx.batch(pages, to=f"sqlite:///{folder}/facts.db")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("site")
    parser.add_argument("--folder", type=Path, default=Path("crawl"))
    parser.add_argument("--contact", required=True, help="where the site can reach you")
    given = parser.parse_args()
    print(crawl(given.site, given.folder, nx.Policy(contact=given.contact)))


if __name__ == "__main__":
    main()
