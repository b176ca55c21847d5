"""One transaction in any of the databases: SQL in, rows out."""

# ruff: noqa: D102  # ``Session`` documents the methods
from __future__ import annotations

import abc
import re
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from newsextract import bulk
from newsextract.exchange import encode
from newsextract.factlines import FactRows
from newsextract.schema import DUCKDB


class Session(abc.ABC):
    """One transaction. ``run`` takes SQL with ``:name`` for parameters; a list fills an IN."""

    def __init__(self, backend: str, raw: Any) -> None:
        self.backend = backend
        self._raw = raw

    @abc.abstractmethod
    def run(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        """Execute one statement; its rows, if it gives any."""

    @abc.abstractmethod
    def select(self, sql: str, params: dict[str, Any]) -> list[dict[str, Any]]:
        """The rows of a query as dicts."""

    def insert(self, table: str, columns: Sequence[str], rows: bulk.Rows) -> None:
        """Add rows the fast way."""
        bulk.insert(self._raw, self.backend, table, (columns, rows))

    def insert_facts(self, rows: FactRows) -> None:
        """Add the rows of facts the fast way."""
        bulk.insert_facts(self._raw, self.backend, rows)

    def upsert(self, table: str, columns: Sequence[str], rows: bulk.Rows) -> None:
        """Add rows or replace those of the same first column, the fast way."""
        bulk.upsert(self._raw, self.backend, table, (columns, rows))


class Alchemy(Session):
    """Over SQLAlchemy: SQLite, PostgreSQL, MySQL."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        super().__init__(
            backend_of(connection.dialect.name), connection.connection.dbapi_connection
        )

    def run(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        result = self._execute(sql, params)
        return [tuple(r) for r in result] if result.returns_rows else []

    def select(self, sql: str, params: dict[str, Any]) -> list[dict[str, Any]]:
        if self.backend == "postgresql":
            before, self._raw.prepare_threshold = self._raw.prepare_threshold, 0
        try:
            result = self._execute(sql, params)
        finally:  # what is prepared is one statement, never several; DDL comes several at once
            if self.backend == "postgresql":
                self._raw.prepare_threshold = before
        return [dict(r._mapping) for r in result] if result.returns_rows else []

    def _execute(self, sql: str, params: dict[str, Any]) -> sa.CursorResult[Any]:
        if self.backend in _JSON_LISTS:  # a driver takes long over a list of hundreds
            lists = [name for name in _LIST.findall(sql) if name in params]
            params = params | {name: encode(params[name]) for name in lists}
        return self._connection.execute(_statement(sql, params, self.backend), params)


class Duck(Session):
    """Over DuckDB's own connection."""

    def run(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        return list(self._execute(sql, params).fetchall())

    def select(self, sql: str, params: dict[str, Any]) -> list[dict[str, Any]]:
        found = self._execute(sql, params)
        names = [d[0] for d in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def _execute(self, sql: str, params: dict[str, Any]) -> Any:
        made = _statement(sql, params, self.backend).compile(dialect=DUCKDB)
        names = made.positiontup or ()
        if unsaid := set(names) - set(params):
            raise sa.exc.InvalidRequestError(f"no value for {', '.join(sorted(unsaid))}")
        if len(self._raw.extract_statements(str(made))) > 1:  # one could end the transaction
            raise sa.exc.InvalidRequestError("more than one statement")
        return self._raw.execute(str(made), [params[name] for name in names])


_LIST = re.compile(r"\bIN :(\w+)", re.IGNORECASE)
_JSON_LISTS = ("sqlite", "postgresql")
_IN = {
    "sqlite": r"IN (SELECT value FROM json_each(:\1))",
    "postgresql": r"= ANY(ARRAY(SELECT json_array_elements_text(:\1)))",
    "duckdb": r"IN (SELECT unnest(:\1))",
}


def _statement(sql: str, params: dict[str, Any], backend: str) -> sa.TextClause:
    """``sql`` with its lists: one value where the database has such, else a parameter each."""
    if backend in _IN:
        return sa.text(_LIST.sub(_IN[backend], sql))
    lists = [name for name, value in params.items() if isinstance(value, list)]
    return sa.text(sql).bindparams(*(sa.bindparam(name, expanding=True) for name in lists))


def backend_of(dialect: str) -> str:
    """The backend of a dialect: MariaDB is MySQL."""
    return "mysql" if dialect == "mariadb" else dialect
