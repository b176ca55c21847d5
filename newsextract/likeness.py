"""Which articles resemble one that is stored: the sketches that a store keeps, and their search.

``text_sketch`` holds one text of each group of near-duplicates, the first that came: so a
thousand versions of one weather report are one row, and the search stays short. It is written
before the articles are. What a ``kill -9`` leaves there without its article, the article finds
when it comes again; the sketch of a text that no article has finds nobody.
"""

# ruff: noqa: S608  # the names in these statements are the schema's own
from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from newsextract.flat import text_hash
from newsextract.model import Result
from newsextract.scratch import Scratch
from newsextract.sketch import ALIKE, BANDS, agreement, bands

_BAND = tuple(f"band_{n}" for n in range(1, BANDS + 1))
_COLUMNS = ("text_hash", *_BAND)
_MOST = 2000
"""Rows that one search looks at: texts that share a band and yet differ are few."""
_CHUNK = 500


class Shelf(Protocol):
    """Where sketches stand: a session with a database."""

    def run(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        """Execute one statement with ``:name`` for parameters; a list fills an IN."""

    def insert(self, table: str, columns: Sequence[str], rows: Any) -> None:
        """Add rows."""


class _Known(NamedTuple):
    text_hash: str
    sketch: str


def compare(shelf: Shelf, results: Sequence[Result]) -> list[tuple[str, str]]:
    """The source of each result that resembles an article of the shelf or of an earlier result,
    with the source of that one. Sketches that resemble none are kept for later.

    An article that comes again, or its text, is no near-duplicate. ``results`` are about to be
    written; those without a sketch are passed over.
    """
    found: list[tuple[str, str]] = []
    some = [r for r in results if r.sketch and r.article is not None]
    for start in range(0, len(some), _CHUNK):
        found += _Comparison(shelf, some[start : start + _CHUNK]).pairs()
    return found


class _Comparison:
    def __init__(self, shelf: Shelf, results: list[Result]) -> None:
        self._shelf = shelf
        self._arrivals = [(_known(r), _id(r), r.source) for r in results]
        self._by_band: dict[tuple[int, str], list[_Known]] = {}
        self._names: dict[str, tuple[str, str]] = {}  # a text's hash → its article and source
        self._ids: set[str] = set()  # of articles that are stored, as far as they matter here

    def pairs(self) -> list[tuple[str, str]]:
        for number, column in enumerate(_BAND):
            keys = sorted({bands(known.sketch)[number] for known, _, _ in self._arrivals})
            select = f"SELECT {', '.join(_COLUMNS)} FROM text_sketch"
            sql = f"{select} WHERE {column} IN :some LIMIT {_MOST}"
            for text, *parts in self._shelf.run(sql, some=keys):
                known = _Known(text, "".join(parts))
                self._by_band.setdefault((number, parts[number]), []).append(known)
        self._look_up_names()
        found, fresh = self._sorted_out()
        self._keep(fresh)
        return found

    def _look_up_names(self) -> None:
        """What is stored of the texts that arrivals resemble, and of these arrivals themselves."""
        ids, texts = set(), set()
        for arrival, article_id, _ in self._arrivals:
            if alike := self._alike(arrival):
                ids.add(article_id)
                texts |= {arrival.text_hash, *(known.text_hash for known in alike)}
        for column, keys in (("id", ids), ("text_hash", texts)):
            sql = f"SELECT id, text_hash, source FROM article WHERE {column} IN :some"
            rows = self._shelf.run(sql, some=sorted(keys)) if keys else []
            self._names.update((text, (key, source)) for key, text, source in rows)
            self._ids.update(key for key, _, _ in rows)

    def _sorted_out(self) -> tuple[list[tuple[str, str]], list[_Known]]:
        """The pairs, and the arrivals that resemble nothing."""
        found, fresh = [], []
        for arrival, article_id, source in self._arrivals:
            alike = [k for k in self._alike(arrival) if self._stands(k, arrival, article_id)]
            if not alike:
                fresh.append(arrival)
                for place in enumerate(bands(arrival.sketch)):
                    self._by_band.setdefault(place, []).append(arrival)
            elif article_id not in self._ids and arrival.text_hash not in self._names:
                best = max(alike, key=lambda k: (agreement(arrival.sketch, k.sketch), k.text_hash))
                found.append((source, self._names[best.text_hash][1]))
            self._names.setdefault(arrival.text_hash, (article_id, source))
            self._ids.add(article_id)
        return found, fresh

    def _alike(self, arrival: _Known) -> set[_Known]:
        places = enumerate(bands(arrival.sketch))
        near = {known for place in places for known in self._by_band.get(place, ())}
        return {known for known in near if agreement(arrival.sketch, known.sketch) >= ALIKE}

    def _stands(self, known: _Known, arrival: _Known, article_id: str) -> bool:
        """Whether an article has the text, and it is not the arrival's own older text."""
        has_it = self._names.get(known.text_hash, ("",))[0]
        return bool(has_it) and (has_it != article_id or known == arrival)

    def _keep(self, fresh: list[_Known]) -> None:
        rows = {known.text_hash: (known.text_hash, *bands(known.sketch)) for known in fresh}
        if rows:
            sql = "DELETE FROM text_sketch WHERE text_hash IN :some"
            self._shelf.run(sql, some=sorted(rows))
            self._shelf.insert("text_sketch", _COLUMNS, list(rows.values()))


def _known(result: Result) -> _Known:
    assert result.article is not None  # noqa: S101  # compare hands over articles
    return _Known(text_hash(result.article.text), result.sketch)


def _id(result: Result) -> str:
    return result.article.id if result.article is not None else ""


class Memory:
    """A shelf for a store that keeps no sketches: a temporary file, with it the memory ends."""

    def __init__(self) -> None:
        parts = ", ".join(f"{name} TEXT" for name in _BAND)
        self._db = Scratch(
            "CREATE TABLE article (id TEXT PRIMARY KEY, text_hash TEXT, source TEXT) WITHOUT ROWID;"
            "CREATE INDEX article_text_hash ON article (text_hash);"
            f"CREATE TABLE text_sketch (text_hash TEXT PRIMARY KEY, {parts});"
            + "".join(f"CREATE INDEX {name} ON text_sketch ({name});" for name in _BAND),
            cache=4096,
        )

    def run(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        """Execute one statement; a list fills an IN."""
        (some,) = params.values()
        marks = ", ".join("?" * len(some))
        return self._db.execute(re.sub(r":\w+", f"({marks})", sql), some).fetchall()

    def insert(self, table: str, columns: Sequence[str], rows: Any) -> None:
        """Add rows, or replace those of the same key."""
        marks = ", ".join("?" * len(columns))
        self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)

    def compare(self, results: Sequence[Result]) -> list[tuple[str, str]]:
        """As ``compare``; all results count as stored from now on."""
        found = compare(self, results)
        rows = [(_id(r), _known(r).text_hash, r.source) for r in results if r.sketch]
        self.insert("article", ("id", "text_hash", "source"), rows)
        return found

    def close(self) -> None:
        """Forget everything."""
        self._db.close()
