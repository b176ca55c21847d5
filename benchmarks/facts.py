"""Text → facts: MB/s, milliseconds per 5,000 characters, and the share of each kind.

    python benchmarks/facts.py [ARTICLES.jsonl[.gz]] [--rounds N]

ARTICLES has one object with a "text" a line. Without it the texts of ``fixtures/facts`` are read,
joined to articles of about 5,000 characters; they hold far more facts than news does.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from newsextract.facts import KINDS, extract
from newsextract.facts.reading import Reading

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "facts"
PAGE = 5_000
GOAL = 1.0


def corpus(path: Path) -> list[str]:
    """The texts of a JSON-lines file, NFC."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [unicodedata.normalize("NFC", json.loads(line)["text"]) for line in raw.splitlines()]


def fixtures() -> list[str]:
    """The sentences of the fixtures in articles of about ``PAGE`` characters."""
    sentences = [t for path in sorted(FIXTURES.glob("*.jsonl")) for t in corpus(path)]
    pages, page = [], ""
    for sentence in sentences:
        page += sentence + "\n"
        if len(page) >= PAGE:
            pages.append(page)
            page = ""
    return [*pages, page]


def spent(run: Callable[[str], object], texts: list[str]) -> float:
    """Processor seconds of ``run`` over ``texts``."""
    started = time.process_time()
    for text in texts:
        run(text)
    return time.process_time() - started


def per_page(seconds: float, texts: list[str]) -> float:
    return seconds * 1000 * PAGE / sum(map(len, texts))


def shares(texts: list[str]) -> dict[str, float]:
    """Milliseconds per page of what the kinds share and of each kind alone."""
    readings = [Reading(text) for text in texts]
    parts = {}
    for name in ("sentences", "runs", "amounts"):
        started = time.process_time()
        for reading in readings:
            getattr(reading, name)
        parts[name] = per_page(time.process_time() - started, texts)
    for kind in KINDS:
        started = time.process_time()
        for reading in readings:
            for _ in kind.read(reading):
                pass
        parts[kind.name] = per_page(time.process_time() - started, texts)
    return parts


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("articles", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    texts = corpus(given.articles) if given.articles else fixtures()
    spent(extract, texts[:50])  # compiles the patterns
    best = min(spent(extract, texts) for _ in range(given.rounds))
    size = sum(len(text.encode()) for text in texts)
    found = Counter(fact.kind for text in texts for fact in extract(text))
    print(f"{len(texts)} texts, {size / 1e6:.1f} MB, {sum(found.values())} facts")
    print(f"{size / 1e6 / best:.1f} MB/s, {per_page(best, texts):.2f} ms per {PAGE:,} characters")
    print(f"goal: {GOAL} ms\n\n{'part':10} {'ms':>6} {'share':>6} {'facts':>7}")
    parts = shares(texts)
    for name, took in sorted(parts.items(), key=lambda p: -p[1]):
        share = took / sum(parts.values())
        print(f"{name:10} {took:6.3f} {share:6.1%} {found.get(name, 0) or '':>7}")


if __name__ == "__main__":
    main()
