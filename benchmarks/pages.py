"""Pages a second: trafilatura, resiliparse, the bare parser and newsextract on the same pages.

    python -m benchmarks.pages [FOLDER] [--rounds 3]

FOLDER holds ``*.html.gz`` (default: fixtures/pages). One process, one core, best of the rounds, the
same decoded text for all; newsextract's figure includes the scan, all metadata and the roles.
``from bytes`` is ``parse`` of the page as fetched: that finds the charset and repairs the text too.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import time
from collections.abc import Callable
from pathlib import Path

from newsextract.errors import PageError
from newsextract.model import Raw
from newsextract.page import read_page
from newsextract.reader import parse

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "pages"
Reader = Callable[[str], object]


def ours(html: str) -> object:
    try:
        return read_page(html, Raw(b""))
    except PageError as error:  # a fixture that is no article
        return error


def from_bytes(pages: list[str]) -> Reader:
    raws = {page: Raw(page.encode()) for page in pages}

    def read(html: str) -> object:
        try:
            return parse(raws[html])
        except PageError as error:
            return error

    return read


def bare_parse() -> Reader:
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser


def trafilatura() -> Reader:
    from trafilatura import bare_extraction

    return lambda html: bare_extraction(html, with_metadata=True, include_comments=False)


def resiliparse() -> Reader:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return lambda html: extract_plain_text(
        HTMLTree.parse(html), main_content=True, alt_texts=False, comments=False
    )


PEERS = {"bare parse": bare_parse, "resiliparse": resiliparse, "trafilatura": trafilatura}


def seconds(readers: dict[str, Reader], pages: list[str], rounds: int) -> dict[str, float]:
    """CPU seconds for one pass over ``pages``: of each reader its best round, taken in turn."""
    best = dict.fromkeys(readers, float("inf"))
    gc.collect()
    gc.freeze()  # what one library loaded must not slow another's garbage collection
    for _ in range(rounds):
        for name, read in readers.items():
            start = time.process_time()
            for page in pages:
                read(page)
            best[name] = min(best[name], time.process_time() - start)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FIXTURES)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    files = sorted(options.folder.glob("*.html.gz"))
    pages = [gzip.decompress(f.read_bytes()).decode("utf-8", "replace") for f in files]
    size = sum(map(len, pages)) / max(1, len(pages))
    print(f"{len(pages)} pages of {size:,.0f} characters on average")
    readers: dict[str, Reader] = {"newsextract": ours, "from bytes": from_bytes(pages)}
    for name, load in PEERS.items():
        try:
            readers[name] = load()
        except ImportError:
            print(f"{name:12} is not installed")
    spent = seconds(readers, pages, options.rounds)
    for name, cost in spent.items():
        ratio = cost / spent["newsextract"]
        print(f"{name:12} {len(pages) / cost:9.1f} pages/s {ratio:8.2f} x newsextract's time")


if __name__ == "__main__":
    main()
