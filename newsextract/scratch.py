"""A temporary SQLite file: what a batch must remember and memory should not hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from newsextract.errors import NewsextractError

T = TypeVar("T")


class Scratch:
    """Tables by ``schema`` that nobody else sees; they end with the program.

    ``cache`` is KB of memory. Raises ``NewsextractError`` when there is no room on the disk.
    """

    def __init__(self, schema: str, *, cache: int) -> None:
        self._db = sqlite3.connect("", isolation_level=None)  # no name: a file of its own
        self._db.executescript(
            f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-{cache}; {schema}"
        )

    def execute(self, sql: str, values: Sequence[Any]) -> sqlite3.Cursor:
        """One statement."""
        return _said(lambda: self._db.execute(sql, values))

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement for each row."""
        _said(lambda: self._db.executemany(sql, rows))

    def close(self) -> None:
        """Forget everything."""
        self._db.close()


def _said(run: Callable[[], T]) -> T:
    try:
        return run()
    except sqlite3.Error as error:
        raise NewsextractError(
            f"a temporary file cannot be written: {error}",
            advice="make room in the folder for temporary files, or name another in TMPDIR",
        ) from error
