"""Inputs that a batch has met, in a temporary file: memory stays flat however many they are."""

from __future__ import annotations

from newsextract.scratch import Scratch


class Seen:
    """Fingerprints of inputs; a context manager."""

    def __init__(self) -> None:
        table = "CREATE TABLE seen (fingerprint BLOB PRIMARY KEY) WITHOUT ROWID;"
        self._db = Scratch(table, cache=2048)

    def __enter__(self) -> Seen:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def saw(self, fingerprint: str) -> bool:
        """Whether this batch has met the input before; it is remembered from now on."""
        add = "INSERT OR IGNORE INTO seen VALUES (?)"
        return self._db.execute(add, (bytes.fromhex(fingerprint),)).rowcount == 0
