"""A store in a database: SQLite, PostgreSQL, MySQL or DuckDB, all of one schema."""

# ruff: noqa: S608, D102  # table names are the schema's own; ``Store`` documents the methods
from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from newsextract import likeness, textsearch, upgrade
from newsextract.connection import Connection, Session
from newsextract.errors import StoreError
from newsextract.exchange import decode, encode
from newsextract.factlines import FactRows
from newsextract.flat import (
    ARTICLE,
    FACT,
    article_of,
    article_row,
    fact_of,
    sound,
    text_hash,
)
from newsextract.ledger import Duplicate, Entry, Ledger, version_key
from newsextract.model import Article, Fact, Facts, Result
from newsextract.storing import Found, Store, Written, entry_of, failure_id

_FACT = FACT[:-2] + FACT[-1:]  # titles have a table of their own
_TITLE = ("article_id", "n", "position", "title")
_FAILURE = ("id", "fingerprint", "source", "site", "reason", "what", "advice", "version")
_DUPLICATE = ("fingerprint", "kept_id", "url_id", "text_hash", "source", "url", "version")
_ENTRY = ("fingerprint", "id", "text_hash", "version", "fetched", "chars", "source", "url")
_TEXT, _HASH = ARTICLE.index("text"), ARTICLE.index("text_hash")
_NO_TEXT = ARTICLE[:_TEXT] + ARTICLE[_TEXT + 1 :]
_JSON = ("blocks", "repairs", "warnings")
_CHUNK = 500
_VIETNAM = dt.timezone(dt.timedelta(hours=7))


class Database(Store):
    """A database by URL; its tables are brought up to date, and made if there are none.

    With ``create=False`` they are not made: ``StoreError`` if there are none.
    """

    def __init__(self, url: str, *, create: bool = True) -> None:
        self._connection = Connection(url)
        self.name = self._connection.name
        self.backend = self._connection.backend
        try:
            upgrade.prepare(self._connection, create=create)
        except BaseException:
            self._connection.close()
            raise

    def write(self, results: Sequence[Result]) -> Written:
        with self._connection.writing() as session:
            return _Write(session, self.version).apply(results)

    def compare(self, results: Sequence[Result]) -> list[tuple[str, str]]:
        with self._connection.writing() as session:
            return likeness.compare(session, results)

    def done(self, fingerprints: Iterable[str]) -> set[str]:
        found: set[str] = set()
        with self._connection.reading() as session:
            for some in _chunks([f for f in fingerprints if f]):
                for table in ("article", "failure", "duplicate"):
                    where = "version = :version AND fingerprint IN :some"
                    sql = f"SELECT fingerprint FROM {table} WHERE {where}"
                    found.update(r[0] for r in session.run(sql, version=self.version, some=some))
        return found

    def start_run(self, **about: Any) -> int:
        with self._connection.writing() as session:
            run_id = int(session.run("SELECT COALESCE(MAX(id), 0) + 1 FROM run")[0][0])
            values = {"now": _now(), "version": self.version, "about": encode(about)}
            sql = "INSERT INTO run (id, started, version, about)"
            session.run(f"{sql} VALUES (:id, :now, :version, :about)", id=run_id, **values)
        return run_id

    def finish_run(self, run_id: int, report: Mapping[str, Any]) -> None:
        with self._connection.writing() as session:
            sql = "UPDATE run SET finished = :now, report = :report WHERE id = :id"
            session.run(sql, now=_now(), report=encode(dict(report)), id=run_id)

    def articles(self) -> Iterator[Article]:
        last = ""
        while True:
            sql = f"SELECT {_quoted(ARTICLE, self.backend)} FROM article"
            page = self.rows(f"{sql} WHERE id > :last ORDER BY id LIMIT {_CHUNK}", {"last": last})
            yield from map(_article, page)
            if len(page) < _CHUNK:
                return
            last = page[-1]["id"]

    def newest(self) -> Iterator[Article]:
        sql = "SELECT id FROM article ORDER BY published IS NULL, published DESC, id DESC"
        with self._connection.reading() as session:
            ids = [row[0] for row in session.run(sql)]
        sql = f"SELECT {_quoted(ARTICLE, self.backend)} FROM article WHERE id IN :some"
        for some in _chunks(ids):
            found = {row["id"]: row for row in self.rows(sql, {"some": some})}
            yield from (_article(found[key]) for key in some if key in found)

    def article(self, article_id: str) -> Article:
        sql = f"SELECT {_quoted(ARTICLE, self.backend)} FROM article WHERE id = :id"
        found = self.rows(sql, {"id": article_id})
        if not found:
            raise StoreError(f"there is no article {article_id!r}", source=self.name)
        return _article(found[0])

    def facts(self, article_id: str) -> Facts:
        where = "WHERE article_id = :id ORDER BY n"
        sql = f"SELECT {_quoted(_FACT, self.backend)} FROM fact {where}"
        rows = self.rows(sql, {"id": article_id})
        titles: dict[int, list[str]] = {}
        sql = f"SELECT n, title FROM official_title {where}, position"
        for row in self.rows(sql, {"id": article_id}):
            titles.setdefault(row["n"], []).append(row["title"])
        return Facts(_fact(row, titles.get(row["n"], [])) for row in rows)

    def failures(self) -> Iterator[dict[str, Any]]:
        yield from self.rows(f"SELECT {', '.join(_FAILURE[1:])} FROM failure ORDER BY id")

    def counts(self) -> Written:
        tables = ("article", "fact", "failure", "duplicate")
        sql = ", ".join(f"(SELECT COUNT(*) FROM {t})" for t in tables)
        with self._connection.reading() as session:
            return Written(*map(int, session.run(f"SELECT {sql}")[0]))

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        with self._connection.reading() as session:
            return session.select(sql, dict(params or {}))

    def search(self, query: str, limit: int = 20) -> tuple[Found, ...]:
        if self.backend not in textsearch.BACKENDS:
            return super().search(query, limit)
        ids = textsearch.search(self._connection, query, limit)
        return tuple(textsearch.excerpt(self.article(i), query) for i in ids)

    def close(self) -> None:
        self._connection.close()


class _Write:
    """One write: what is here already, the ledger's verdict, then the rows."""

    def __init__(self, session: Session, version: str) -> None:
        self.session = session
        self.version = version
        self.here: dict[str, str] = {}  # the texts' hashes of articles that arrivals can touch

    def apply(self, results: Sequence[Result]) -> Written:
        rows = [(sound(article_row(r, self.version)), r) for r in results if r.article is not None]
        entries = [entry_of(row) for row, _ in rows]
        inputs = {e.fingerprint: pair for e, pair in zip(entries, rows, strict=True)}
        failed = {failure_id(r): r for r in results if r.error is not None}
        failures = {k: failed[k] for k in self._without_article(set(failed) - set(inputs))}
        ledger = self._ledger(entries)
        for entry in entries:
            ledger.put(entry)
        unread = [text_hash(e.source) for e in entries]  # failures from before there were bytes
        self._delete("failure", "id", [*inputs, *failures, *unread])
        self._delete("duplicate", "fingerprint", [*inputs, *failures])
        displaced = ledger.displaced(self.version)
        lost = self._count_facts(displaced)
        touched = {*ledger.gone, *ledger.written} & self.here.keys()
        self._delete("official_title", "article_id", touched)
        self._delete("fact", "article_id", touched)
        chosen = [(k, *inputs[e.fingerprint]) for k, e in sorted(ledger.written.items())]
        self._put_articles([_json_cells(row) for _, row, _ in chosen])
        self._record_duplicates(ledger)
        facts = self._insert_facts((key, result) for key, _, result in chosen)
        lines = [_failure_row(key, r, self.version) for key, r in failures.items()]
        self.session.insert("failure", _FAILURE, lines)
        articles = len(chosen) - len(displaced)
        others = len(results) - articles - len(failures)
        return Written(articles, facts - lost, len(failures), others)

    def _without_article(self, failed: set[str]) -> list[str]:
        """The failures that count: an article of this version stays, an older one goes."""
        found = list(self._lookup("article", ("id", "version", "fingerprint"), fingerprint=failed))
        now = version_key(self.version)
        stale = [key for key, version, _ in found if version_key(version) < now]
        for table, column in (("official_title", "article_id"), ("fact", "article_id")):
            self._delete(table, column, stale)
        self._delete("duplicate", "kept_id", stale)
        self._delete("article", "id", stale)
        return sorted(failed - {f for _, version, f in found if version_key(version) >= now})

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
        kept = {row[1]: _known(row) for row in self._lookup("article", _ENTRY, **keys)}
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

    def _insert_facts(self, results: Iterable[tuple[str, Result]]) -> int:
        rows = FactRows(results)
        self.session.insert_facts(rows)
        self.session.insert("official_title", _TITLE, rows.titles)
        return rows.count

    def _count_facts(self, ids: list[str]) -> int:
        sql = "SELECT COUNT(*) FROM fact WHERE article_id IN :some"
        return sum(int(self.session.run(sql, some=some)[0][0]) for some in _chunks(ids))

    def _lookup(self, table: str, columns: Sequence[str], **keys: Iterable[str]) -> set[Any]:
        """The rows that have one of the values in one of the columns ``keys``."""
        found: set[Any] = set()
        select = f"SELECT {', '.join(columns)} FROM {table}"
        chunks = (_chunks(sorted(set(values))) for values in keys.values())
        for some in zip_longest(*chunks):
            given = {k: values for k, values in zip(keys, some, strict=True) if values}
            sql = " UNION ".join(f"{select} WHERE {key} IN :{key}" for key in given)
            found.update(self.session.run(sql, **given))
        return found

    def _delete(self, table: str, key: str, values: Iterable[str]) -> None:
        for some in _chunks(sorted(values)):
            self.session.run(f"DELETE FROM {table} WHERE {key} IN :some", some=some)


def _known(row: tuple[Any, ...]) -> Entry:
    fingerprint, key, text, version, fetched, *rest = row
    return Entry(fingerprint, key, text, version, str(fetched or ""), *rest)


def _json_cells(row: list[Any]) -> list[Any]:
    return [encode(v) if isinstance(v, list) else v for v in row]


def _failure_row(key: str, result: Result, version: str) -> list[Any]:
    error = result.error
    assert error is not None  # noqa: S101  # apply hands over failures
    head = [key, result.fingerprint, result.source, result.site]
    return sound([*head, error.reason, error.what, error.advice, version])


def _article(row: dict[str, Any]) -> Article:
    cells = {k: decode(row[k]) if row[k] else [] for k in _JSON}
    for name in ("published", "fetched"):
        if isinstance(row[name], str):
            cells[name] = dt.datetime.fromisoformat(row[name])
    return article_of(row | cells)


def _fact(row: dict[str, Any], titles: list[str]) -> Fact[Any]:
    extra = decode(row["extra"]) if row["extra"] else None
    return fact_of(row | {"titles": tuple(titles), "extra": extra})


def _quoted(columns: Sequence[str], backend: str) -> str:
    mark = "`" if backend == "mysql" else '"'
    return ", ".join(f"{mark}{c}{mark}" for c in columns)


def _chunks(values: list[str]) -> Iterator[list[str]]:
    return (values[i : i + _CHUNK] for i in range(0, len(values), _CHUNK))


def _now() -> str:
    return f"{dt.datetime.now(_VIETNAM):%Y-%m-%d %H:%M:%S}"
