"""Near-duplicates by sketch: texts that share nearly all their words in the same order.

A sketch is one-permutation min-hashing (Li, Owen & Zhang 2012) of the text's word triples: the
smallest hash in each of 16 equal ranges. Two texts agree in a place about as often as they share
triples (Jaccard). Texts that agree in one of four groups of four places are compared whole.
"""

from __future__ import annotations

import sqlite3
import struct
from operator import eq
from zlib import crc32

PLACES = 16
BAND = 4
ALIKE = 13
"""Places of 16 in which near-duplicates agree at least: they share some 80 % of their triples."""
SHORTEST = 60
"""Words a text must have: sketches of shorter ones agree by chance."""
_EMPTY = 0xFFFFFFFF
_A, _B, _C = 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D  # primes of xxHash, whose bits are well mixed
_SHAPE = struct.Struct(f">{PLACES}I")


def sketch(text: str) -> bytes:
    """64 bytes that are nearly the same for nearly the same text; empty for a short one."""
    words = text.casefold().split()
    if len(words) < SHORTEST:
        return b""
    known = {word: crc32(word.encode("utf-8", "surrogatepass")) for word in set(words)}
    first = [known[word] for word in words]
    # A triple's hash is a sum of its words' by odd factors; the last factor spreads the low bits.
    triples = zip(first, first[1:], first[2:], strict=False)
    hashes = {(a * _A + b * _B + c) * _C & _EMPTY for a, b, c in triples}
    places = [_EMPTY] * PLACES
    for value in hashes:
        place = value >> 28
        if value < places[place]:
            places[place] = value
    return _SHAPE.pack(*places)


class Sketches:
    """The sketches and inputs of one batch, in a temporary file that nobody else sees.

    On disk, as a batch may have millions: memory stays flat.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-4096;"
            "CREATE TABLE seen (fingerprint TEXT PRIMARY KEY) WITHOUT ROWID;"
            "CREATE TABLE sketch (id INTEGER PRIMARY KEY, places BLOB, name TEXT,"
            " url TEXT, text TEXT);"
            "CREATE TABLE band (key BLOB, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;"
        )

    def __enter__(self) -> Sketches:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def saw(self, fingerprint: str) -> bool:
        """Whether this batch has seen the input before; it is remembered from now on."""
        add = "INSERT OR IGNORE INTO seen VALUES (?)"
        return self._db.execute(add, (fingerprint,)).rowcount == 0

    def resembles(self, places: bytes, name: str, keys: tuple[str, str]) -> str | None:
        """The name of an earlier text that is nearly this one; it is remembered from now on.

        ``keys`` are what tells the article (its id, its text's hash): one that shares either with
        an earlier article is that article again, not one nearly like it.
        """
        if not places:
            return None
        bands = [bytes([i]) + places[i : i + 4 * BAND] for i in range(0, 4 * PLACES, 4 * BAND)]
        alike = [
            (known, {url, text})
            for known, other, url, text in self._db.execute(_CANDIDATES, bands)
            if agreement(places, other) >= ALIKE
        ]
        if any(known_keys & set(keys) for _, known_keys in alike):
            return None
        add = "INSERT INTO sketch (places, name, url, text) VALUES (?, ?, ?, ?)"
        new = self._db.execute(add, (places, name, *keys))
        rows = ((band, new.lastrowid) for band in bands)
        self._db.executemany("INSERT INTO band VALUES (?, ?)", rows)
        return alike[0][0] if alike else None


_CANDIDATES = """
SELECT name, places, url, text FROM sketch WHERE id IN (
    SELECT id FROM band WHERE key IN (?, ?, ?, ?) ORDER BY id DESC LIMIT 50
) ORDER BY id
"""


def agreement(a: bytes, b: bytes) -> int:
    """In how many of the 16 places two sketches agree."""
    return sum(map(eq, _SHAPE.unpack(a), _SHAPE.unpack(b)))
