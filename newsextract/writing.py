"""One write to a database: what is here already, the ledger's verdict, then the rows."""

# ruff: noqa: S608  # table names are the schema's own
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from newsextract.exchange import encode
from newsextract.factlines import FactRows
from newsextract.flat import ARTICLE, article_row, sound, text_hash
from newsextract.ledger import ENTRY, Duplicate, Entry, Ledger, version_key
from newsextract.model import Result
from newsextract.sessions import Session
from newsextract.storing import Settled, entry_of, failure_id

FAILURE = ("id", "fingerprint", "source", "url", "site", "reason", "what", "advice", "version")
_TITLE = ("article_id", "n", "position", "title")
_DUPLICATE = ("fingerprint", "kept_id", "url_id", "text_hash", "source", "url", "version")
_TEXT, _HASH = ARTICLE.index("text"), ARTICLE.index("text_hash")
_NO_TEXT = ARTICLE[:_TEXT] + ARTICLE[_TEXT + 1 :]
CHUNK = 500
"""How many rows are asked for, or keys are asked with, at a time."""


class Write:
    """One write in the transaction of ``session``, with rows of the library's ``version``."""

    def __init__(self, session: Session, version: str) -> None:
        self.session = session
        self.version = version
        self.here: dict[str, str] = {}  # the texts' hashes of articles that arrivals can touch

    def apply(self, results: Sequence[Result]) -> Settled:
        """As ``Store.settle``."""
        rows = [(sound(article_row(r, self.version)), r) for r in results if r.article is not None]
        entries = [entry_of(row) for row, _ in rows]
        inputs = {e.fingerprint: pair for e, pair in zip(entries, rows, strict=True)}
        failed = {failure_id(r): r for r in results if r.error is not None}
        counted, stale = self._without_article(set(failed) - set(inputs))
        failures = {k: failed[k] for k in counted}
        ledger = self._ledger(entries)
        for entry in entries:
            ledger.put(entry)
        unread = [text_hash(e.source) for e in entries]  # failures from before there were bytes
        self._delete("failure", "id", [*inputs, *failures, *unread])
        self._delete("duplicate", "fingerprint", [*inputs, *failures])
        touched = {*ledger.gone, *ledger.written} & self.here.keys()
        self._delete("official_title", "article_id", touched)
        self._delete("fact", "article_id", touched)
        chosen = [(k, *inputs[e.fingerprint]) for k, e in sorted(ledger.written.items())]
        self._put_articles([_json_cells(row) for _, row, _ in chosen])
        self._record_duplicates(ledger)
        self._insert_facts((key, result) for key, _, result in chosen)
        lines = [_failure_row(key, r, self.version) for key, r in failures.items()]
        self.session.insert("failure", FAILURE, lines)
        kept = {e.fingerprint: inputs[e.fingerprint][1] for e in ledger.written.values()}
        others = len(results) - len(kept) - len(failures)
        gone = [e.fingerprint for e in ledger.gone.values()]
        return Settled(kept, len(failures), others, gone + stale)

    def _without_article(self, failed: set[str]) -> tuple[list[str], list[str]]:
        """The failures that count: an article of this version stays, an older one goes.

        Also gives the inputs whose articles went.
        """
        found = list(self._lookup("article", ("id", "version", "fingerprint"), fingerprint=failed))
        now = version_key(self.version)
        old = [(key, f) for key, version, f in found if version_key(version) < now]
        stale = [key for key, _ in old]
        for table, column in (("official_title", "article_id"), ("fact", "article_id")):
            self._delete(table, column, stale)
        self._delete("duplicate", "kept_id", stale)
        self._delete("article", "id", stale)
        newer = {f for _, version, f in found if version_key(version) >= now}
        return sorted(failed - newer), [fingerprint for _, fingerprint in old]

    def _ledger(self, entries: list[Entry]) -> Ledger:
        """The articles here that the arrivals can touch, and the duplicates that lead to them."""
        keys = {
            "id": [e.article_id for e in entries],
            "text_hash": [e.text_hash for e in entries],
            "fingerprint": [e.fingerprint for e in entries],
        }
        duplicates = {}
        for row in self._lookup(
            "duplicate", _DUPLICATE, url_id=keys["id"], text_hash=keys["text_hash"]
        ):
            fingerprint, kept_id, url_id, text, source, url, version = row
            if version == self.version:
                entry = Entry(fingerprint, url_id, text, version, "", 0, source, url)
                duplicates[fingerprint] = Duplicate(entry, kept_id)
        keys["id"] += [d.kept_id for d in duplicates.values()]
        kept = {row[1]: _known(row) for row in self._lookup("article", ENTRY, **keys)}
        self.here = {key: entry.text_hash for key, entry in kept.items()}
        ledger = Ledger()
        for entry in kept.values():
            ledger.restore(entry)
        for duplicate in duplicates.values():
            ledger.restore(duplicate)
        return ledger

    def _put_articles(self, rows: list[list[Any]]) -> None:
        """New ones, those with another text, those with the same, which need not travel again."""
        known = [r for r in rows if r[0] in self.here]
        self.session.insert("article", ARTICLE, [r for r in rows if r[0] not in self.here])
        changed = [r for r in known if self.here[r[0]] != r[_HASH]]
        self.session.upsert("article", ARTICLE, changed)
        same = [r[:_TEXT] + r[_TEXT + 1 :] for r in known if self.here[r[0]] == r[_HASH]]
        self.session.upsert("article", _NO_TEXT, same)

    def _record_duplicates(self, ledger: Ledger) -> None:
        gone = [key for key in ledger.gone if key not in ledger.written]
        for key in gone:
            sql = "UPDATE duplicate SET kept_id = :new WHERE kept_id = :old"
            self.session.run(sql, new=ledger.kept_id(key), old=key)
        found = ledger.duplicates()
        self._delete("duplicate", "fingerprint", [e.fingerprint for e, _ in found])
        rows = [
            (e.fingerprint, kept, e.article_id, e.text_hash, e.source, e.url, e.version)
            for e, kept in found
        ]
        self.session.insert("duplicate", _DUPLICATE, rows)
        self._delete("article", "id", gone)

    def _insert_facts(self, results: Iterable[tuple[str, Result]]) -> None:
        rows = FactRows(results)
        self.session.insert_facts(rows)
        self.session.insert("official_title", _TITLE, rows.titles)

    def _lookup(self, table: str, columns: Sequence[str], **keys: Iterable[str]) -> set[Any]:
        """The rows that have one of the values in one of the columns ``keys``."""
        found: set[Any] = set()
        select = f"SELECT {', '.join(columns)} FROM {table}"
        parts = (chunks(sorted(set(values))) for values in keys.values())
        for some in zip_longest(*parts):
            given = {k: values for k, values in zip(keys, some, strict=True) if values}
            sql = " UNION ".join(f"{select} WHERE {key} IN :{key}" for key in given)
            found.update(self.session.run(sql, **given))
        return found

    def _delete(self, table: str, key: str, values: Iterable[str]) -> None:
        for some in chunks(sorted(values)):
            self.session.run(f"DELETE FROM {table} WHERE {key} IN :some", some=some)


def _known(row: tuple[Any, ...]) -> Entry:
    fingerprint, key, text, version, fetched, *rest = row
    return Entry(fingerprint, key, text, version, str(fetched or ""), *rest)


def _json_cells(row: list[Any]) -> list[Any]:
    return [encode(v) if isinstance(v, list) else v for v in row]


def _failure_row(key: str, result: Result, version: str) -> list[Any]:
    error = result.error
    assert error is not None  # noqa: S101  # apply hands over failures
    head = [key, result.fingerprint, result.source, result.url, result.site]
    return sound([*head, error.reason, error.what, error.advice, version])


def chunks(values: list[str]) -> Iterator[list[str]]:
    """``values``, ``CHUNK`` at a time."""
    return (values[i : i + CHUNK] for i in range(0, len(values), CHUNK))
