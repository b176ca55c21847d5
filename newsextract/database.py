"""A store in a database: SQLite, PostgreSQL, MySQL or DuckDB, all of one schema."""

# ruff: noqa: S608, D102  # table names are the schema's own; ``Store`` documents the methods
from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from newsextract import likeness, textsearch, upgrade
from newsextract.clock import VIETNAM
from newsextract.connection import Connection
from newsextract.errors import StoreError
from newsextract.exchange import decode, encode
from newsextract.flat import ARTICLE, FACT, article_of, fact_of
from newsextract.model import Article, Fact, Facts, Result
from newsextract.storing import Found, Settled, Store, Written, check_id, check_search
from newsextract.writing import CHUNK, FAILURE, Write, chunks

_FACT = FACT[:-2] + FACT[-1:]  # titles have a table of their own
_JSON = ("blocks", "repairs", "warnings")


class Database(Store):
    """A database by URL; its tables are brought up to date, and made if there are none.

    With ``create=False`` they are not made: ``StoreError`` if there are none.
    """

    keeps_sketches = True

    def __init__(self, url: str, *, create: bool = True) -> None:
        self._connection = Connection(url)
        self.name = self._connection.name
        self.backend = self._connection.backend
        try:
            upgrade.prepare(self._connection, create=create)
        except BaseException:
            self._connection.close()
            raise

    def settle(self, results: Sequence[Result]) -> Settled:
        with self._connection.writing() as session:
            return Write(session, self.version).apply(results)

    def compare(self, results: Sequence[Result]) -> list[tuple[str, str]]:
        with self._connection.writing() as session:
            return likeness.compare(session, results)

    def done(self, fingerprints: Iterable[str]) -> set[str]:
        found: set[str] = set()
        with self._connection.reading() as session:
            for some in chunks([f for f in fingerprints if f]):
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
            page = self.rows(f"{sql} WHERE id > :last ORDER BY id LIMIT {CHUNK}", {"last": last})
            yield from map(_article, page)
            if len(page) < CHUNK:
                return
            last = page[-1]["id"]

    def newest(self) -> Iterator[Article]:
        sql = "SELECT id FROM article ORDER BY published IS NULL, published DESC, id DESC"
        with self._connection.reading() as session:
            ids = [row[0] for row in session.run(sql)]
        sql = f"SELECT {_quoted(ARTICLE, self.backend)} FROM article WHERE id IN :some"
        for some in chunks(ids):
            found = {row["id"]: row for row in self.rows(sql, {"some": some})}
            yield from (_article(found[key]) for key in some if key in found)

    def article(self, article_id: str) -> Article:
        check_id(article_id)
        sql = f"SELECT {_quoted(ARTICLE, self.backend)} FROM article WHERE id = :id"
        found = self.rows(sql, {"id": article_id})
        if not found:
            raise StoreError(f"there is no article {article_id!r}", source=self.name)
        return _article(found[0])

    def facts(self, article_id: str) -> Facts:
        check_id(article_id)
        where = "WHERE article_id = :id ORDER BY n"
        sql = f"SELECT {_quoted(_FACT, self.backend)} FROM fact {where}"
        rows = self.rows(sql, {"id": article_id})
        titles: dict[int, list[str]] = {}
        sql = f"SELECT n, title FROM official_title {where}, position"
        for row in self.rows(sql, {"id": article_id}):
            titles.setdefault(row["n"], []).append(row["title"])
        return Facts(_fact(row, titles.get(row["n"], [])) for row in rows)

    def failures(self) -> Iterator[dict[str, Any]]:
        last = ""
        while True:
            where = f"WHERE id > :last ORDER BY id LIMIT {CHUNK}"
            page = self.rows(f"SELECT {', '.join(FAILURE)} FROM failure {where}", {"last": last})
            yield from ({k: v for k, v in row.items() if k != "id"} for row in page)
            if len(page) < CHUNK:
                return
            last = page[-1]["id"]

    def forget_failures(self, ids: Iterable[str]) -> None:
        with self._connection.writing() as session:
            for some in chunks(list(ids)):
                session.run("DELETE FROM failure WHERE id IN :some", some=some)

    def counts(self) -> Written:
        tables = ("article", "fact", "failure", "duplicate")
        sql = ", ".join(f"(SELECT COUNT(*) FROM {t})" for t in tables)
        with self._connection.reading() as session:
            return Written(*map(int, session.run(f"SELECT {sql}")[0]))

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        if not isinstance(sql, str):
            raise TypeError(f"rows takes a SELECT as str, not {type(sql).__name__}")
        if params is not None and not isinstance(params, Mapping):
            name = type(params).__name__
            raise TypeError(f"params maps each :name of the SELECT to its value; it is no {name}")
        with self._connection.reading() as session:
            return session.select(_LITERAL.sub(_escaped, sql), dict(params or {}))

    def search(self, query: str, limit: int = 20) -> tuple[Found, ...]:
        check_search(query, limit)
        if self.backend not in textsearch.BACKENDS:
            return super().search(query, limit)
        try:
            ids = textsearch.search(self._connection, query, limit)
        except StoreError as error:
            if "readonly" not in error.what:
                raise
            return super().search(query, limit)  # no index can be kept in a file that is only read
        return tuple(textsearch.excerpt(self.article(i), query) for i in ids)

    def close(self) -> None:
        self._connection.close()


_LITERAL = re.compile(r"'[^']*+'")


def _escaped(literal: re.Match[str]) -> str:
    # SQLAlchemy sees a parameter in ':x' too.
    return re.sub(r"(?<![:\w\\]):(?=\w)", r"\:", literal.group())


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


def _now() -> str:
    return f"{dt.datetime.now(VIETNAM):%Y-%m-%d %H:%M:%S}"
