"""What a batch has met and kept, in a temporary file: memory stays flat however much it is."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from newsextract.exchange import decode, encode
from newsextract.scratch import Scratch
from newsextract.storing import Settled, Written

_TABLES = """
CREATE TABLE seen (fingerprint BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE kept (fingerprint BLOB PRIMARY KEY, kinds TEXT) WITHOUT ROWID;
"""


class Net(NamedTuple):
    """By how much a write changes what a batch says in the end; counts may be below zero."""

    written: Written
    kinds: Counter[str]  # of the facts


class Seen:
    """Fingerprints of the inputs of one batch; a context manager."""

    def __init__(self) -> None:
        self._db = Scratch(_TABLES, cache=2048)

    def __enter__(self) -> Seen:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Forget everything."""
        self._db.close()

    def saw(self, fingerprint: str) -> bool:
        """Whether this batch has met the input before; it is remembered from now on."""
        add = "INSERT OR IGNORE INTO seen VALUES (?)"
        return self._db.execute(add, (bytes.fromhex(fingerprint),)).rowcount == 0

    def net(self, settled: Settled) -> Net:
        """What a write adds to the batch.

        An article that the batch itself kept before, and another input has displaced, turns into
        a duplicate. Only articles from before the batch are superseded.
        """
        kinds: Counter[str] = Counter()
        back = [mine for f in settled.gone if (mine := self._taken_back(f)) is not None]
        for mine in back:
            kinds.subtract(mine)
        rows = []
        for fingerprint, result in settled.kept.items():
            own = Counter(f.kind for f in result.facts)
            kinds.update(own)
            rows.append((fingerprint, encode(own)))
        self._db.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", rows)
        n, had = len(back), settled.written
        written = Written(
            had.articles - n,
            kinds.total(),
            had.failures,
            had.duplicates + n,
            had.superseded - n,
        )
        return Net(written, kinds)

    def _taken_back(self, fingerprint: str) -> dict[str, int] | None:
        where = "FROM kept WHERE fingerprint = ?"
        row = self._db.execute(f"SELECT kinds {where}", (fingerprint,)).fetchone()
        if row is None:
            return None
        self._db.execute(f"DELETE {where}", (fingerprint,))
        return dict(decode(row[0]))
