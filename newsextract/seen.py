"""What a batch has met and kept, in a temporary file: memory stays flat however much it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from newsextract.errors import NewsextractError, NotAPage
from newsextract.exchange import decode, encode
from newsextract.flat import text_hash
from newsextract.scratch import Scratch
from newsextract.storing import Settled, Written

_TABLES = """
CREATE TABLE seen (fingerprint BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE place (name TEXT PRIMARY KEY) WITHOUT ROWID;
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
        self._broken: set[str] = set()  # files that were not read to their end
        self._last = ""

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

    def met(self, error: NewsextractError) -> None:
        """Remember an error that stands in the place of an input."""
        source = error.source or ""
        self.saw(text_hash(source))
        if not isinstance(error, NotAPage):
            self._broken.add(_place(source))

    def been(self, source: str) -> None:
        """Remember the file that an input was read from."""
        place = _place(source)
        if place != self._last:  # mostly many in turn are of one file
            self._last = place
            self._db.execute("INSERT OR IGNORE INTO place VALUES (?)", (place,))

    def is_over(self, failure: Mapping[str, Any]) -> bool:
        """Whether a failure of an earlier batch is past: its file was read, and it was not met."""
        source, place = failure["source"] or "", _place(failure["source"] or "")
        if source.startswith("<") or place in self._broken:
            return False
        key = failure["fingerprint"] or text_hash(source)
        find = "SELECT 1 FROM seen WHERE fingerprint = ?"
        if self._db.execute(find, (bytes.fromhex(key),)).fetchone():
            return False
        find = "SELECT 1 FROM place WHERE name = ?"
        return self._db.execute(find, (place,)).fetchone() is not None

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


def _place(source: str) -> str:
    """The file of an input: a member's archive, else the input itself."""
    return source.partition("!")[0].encode("utf-8", "replace").decode()
