"""Inputs that a batch has met, in a temporary file: memory stays flat however many they are."""

from __future__ import annotations

import sqlite3


class Seen:
    """Fingerprints of inputs; a context manager."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)  # a file that nobody else sees
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-2048;"
            "CREATE TABLE seen (fingerprint BLOB PRIMARY KEY) WITHOUT ROWID;"
        )

    def __enter__(self) -> Seen:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def saw(self, fingerprint: str) -> bool:
        """Whether this batch has met the input before; it is remembered from now on."""
        add = "INSERT OR IGNORE INTO seen VALUES (?)"
        return self._db.execute(add, (bytes.fromhex(fingerprint),)).rowcount == 0
