"""The kinds of store that tests run on, and what two of them are compared by."""

from __future__ import annotations

import shutil
from decimal import Decimal
from typing import Any

from newsextract.stores import Store

MARIADB = shutil.which("mariadbd")
DATABASES = ("sqlite", "postgresql", "duckdb", *(("mysql",) if MARIADB else ()))
FILES = ("jsonl", "csv", "parquet")
ALL = DATABASES + FILES

# What every store must give back as it was.
NUMBERS: tuple[int | Decimal, ...] = (
    *(0, -5, 12, 2**63 - 1, 2**63, 10**25, 10**40, -(10**30)),
    *map(Decimal, ("0.5", "-12.5", "1234567.891", "123456789012.345")),
    *map(Decimal, ("12345678901234567.5", "0.0000000001")),
)


def state(store: Store) -> dict[str, Any]:
    """All that a store holds, to compare two."""
    articles = sorted(store.articles(), key=lambda a: a.id)
    failures = sorted(f["source"] for f in store.failures())
    return {
        "articles": [(a.id, a.text, a.url) for a in articles],
        "facts": {a.id: store.facts(a.id) for a in articles},
        "failures": failures,
        "duplicates": store.counts().duplicates,
    }
