"""The fast way into each database, over its own driver; only this file imports the drivers.

Rows are lists in the order of ``columns``, of str, int, ``Decimal``, bool, date, naive datetime or
None. SQLite takes one prepared statement, PostgreSQL a COPY, DuckDB an Arrow table, MySQL rows
joined into long statements. ``upsert`` replaces the row of the same first column.
"""

# ruff: noqa: S608  # names of tables and columns are the schema's own
from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from types import NoneType
from typing import Any

from newsextract.errors import MissingExtra
from newsextract.factlines import FactRows
from newsextract.factrows import INT64
from newsextract.flat import DATE, NUMBER

Rows = Sequence[Any]  # of lists or tuples
EXTRAS = {"postgresql": "postgres", "mysql": "mysql", "duckdb": "duckdb"}


def driver_errors(backend: str) -> tuple[type[Exception], ...]:
    """The root error of a database's driver; ``MissingExtra`` if it is not installed."""
    try:
        if backend == "postgresql":
            import psycopg

            return (psycopg.Error,)
        if backend == "mysql":
            import pymysql  # type: ignore[import-untyped]

            return (pymysql.MySQLError,)
        if backend == "duckdb":
            import duckdb

            return (duckdb.Error,)
    except ImportError as error:
        package = {"postgresql": "psycopg", "mysql": "pymysql"}.get(backend, backend)
        raise MissingExtra.of(EXTRAS[backend], package) from error
    return (sqlite3.Error,)


def duckdb_connect(path: str) -> Any:
    """A DuckDB connection to a file, or to memory for an empty path."""
    import duckdb

    return duckdb.connect(path or ":memory:")


def insert(raw: Any, backend: str, table: str, content: tuple[Sequence[str], Rows]) -> None:
    """Add rows over the driver's connection ``raw``; ``content`` is the columns and the rows."""
    columns, rows = content
    if rows:
        _INSERT[backend](raw, table, columns, rows)


def upsert(raw: Any, backend: str, table: str, content: tuple[Sequence[str], Rows]) -> None:
    """Add rows or replace those with the same value in the first column."""
    columns, rows = content
    if not rows:
        return
    conflict = _on_conflict(columns)
    if backend == "sqlite":
        _run_many(raw, _into(table, columns) + conflict, _sqlite_rows(columns, rows))
    elif backend == "mysql":
        sets = ", ".join(f"`{c}` = VALUES(`{c}`)" for c in columns[1:])
        _insert_mysql(raw, table, columns, rows, f" ON DUPLICATE KEY UPDATE {sets}")
    elif backend == "duckdb":
        _insert_duckdb(raw, table, columns, rows, conflict)
    else:
        staging, names = f"newsextract_{table}", _names(columns)
        with raw.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE {staging} ON COMMIT DROP AS SELECT * FROM {table} LIMIT 0"
            )
            _insert_postgresql(raw, staging, columns, rows)
            select = f"SELECT {names} FROM {staging}"
            cursor.execute(f"INSERT INTO {table} ({names}) {select}{conflict}")
            cursor.execute(f"DROP TABLE {staging}")


def insert_facts(raw: Any, backend: str, rows: FactRows) -> None:
    """Add facts: PostgreSQL reads them while they are made; else kind by kind.

    A row of only the columns that a kind fills costs the other databases half as much.
    """
    if backend == "postgresql":
        with raw.cursor() as cursor, cursor.copy(_copy("fact", rows.columns)) as copy:
            for block in _blocks(rows.lines()):
                copy.write(block)
        return
    for columns, some in rows.groups():
        _INSERT[backend](raw, "fact", columns, some)


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    """Text in pieces that are worth a call of the system each."""
    some: list[str] = []
    size = 0
    for text in lines:
        some.append(text)
        size += len(text)
        if size > _BLOCK:
            yield "".join(some)
            some, size = [], 0
    yield "".join(some)


_BLOCK = 1 << 15


def _copy(table: str, columns: Sequence[str]) -> str:
    return f"COPY {table} ({_names(columns)}) FROM STDIN"


def _names(columns: Sequence[str], quote: str = '"') -> str:
    return ", ".join(f"{quote}{c}{quote}" for c in columns)


def _into(table: str, columns: Sequence[str]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({_names(columns)}) VALUES ({marks})"


def _on_conflict(columns: Sequence[str]) -> str:
    sets = ", ".join(f'"{c}" = excluded."{c}"' for c in columns[1:])
    return f' ON CONFLICT ("{columns[0]}") DO UPDATE SET {sets}'


def _run_many(raw: Any, sql: str, rows: Any) -> None:
    cursor = raw.cursor()
    try:
        cursor.executemany(sql, rows)
    finally:
        cursor.close()


def _insert_sqlite(raw: Any, table: str, columns: Sequence[str], rows: Rows) -> None:
    _run_many(raw, _into(table, columns), _sqlite_rows(columns, rows))


_NUMBERS = frozenset(NUMBER)
_TIMES = frozenset((*DATE, "published", "fetched"))


def _sqlite_rows(columns: Sequence[str], rows: Rows) -> Rows:
    """The rows with what SQLite's driver takes; changed in place, for speed."""
    numbers = [i for i, name in enumerate(columns) if name in _NUMBERS]
    times = [i for i, name in enumerate(columns) if name in _TIMES]
    if numbers or times:
        for row in rows:
            for i in numbers:
                value = row[i]
                # A decimal of up to 15 digits comes back from a real as it was (see ``flat``).
                if value is not None and (type(value) is not int or not -INT64 <= value < INT64):
                    row[i] = float(value)
            for i in times:
                if row[i] is not None:
                    row[i] = str(row[i])
    return rows


_MOST_CHARACTERS = 250_000  # of a statement: in bytes less than any server's max_allowed_packet


def _insert_mysql(raw: Any, table: str, columns: Sequence[str], rows: Rows, tail: str = "") -> None:
    head = f"INSERT INTO {table} ({_names(columns, '`')}) VALUES "
    literal = _mysql_literals(raw)
    with raw.cursor() as cursor:
        some: list[str] = []
        size = 0
        for row in rows:
            words = f"({','.join(map(literal, row))})"
            size += len(words)
            if some and size > _MOST_CHARACTERS:
                cursor.execute(head + ",".join(some) + tail)
                some, size = [], len(words)
            some.append(words)
        cursor.execute(head + ",".join(some) + tail)


def _mysql_literals(raw: Any) -> Callable[[Any], str]:
    """Says a cell in SQL, three times as fast as the driver, which is asked in doubt."""

    def text(value: str) -> str:
        plain = "'" not in value and "\\" not in value
        return f"'{value}'" if plain else str(raw.escape(value))

    kinds: dict[type[Any], Callable[[Any], str]] = {
        NoneType: lambda _: "NULL",
        int: str,
        str: text,
        Decimal: "{:f}".format,  # 1E+5 would be a float
    }
    return lambda value: kinds.get(value.__class__, raw.escape)(value)


def _insert_postgresql(
    raw: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    with (
        raw.cursor() as cursor,
        cursor.copy(_copy(table, columns)) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _insert_duckdb(
    raw: Any, table: str, columns: Sequence[str], rows: Rows, tail: str = ""
) -> None:
    from newsextract.arrow import columns_table

    # Never over raw.cursor(): that is a connection of its own, outside the transaction.
    raw.register("newsextract_rows", columns_table(columns, rows))
    names = _names(columns)
    raw.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM newsextract_rows{tail}")
    raw.unregister("newsextract_rows")


_INSERT = {
    "sqlite": _insert_sqlite,
    "mysql": _insert_mysql,
    "postgresql": _insert_postgresql,
    "duckdb": _insert_duckdb,
}
