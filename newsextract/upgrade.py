"""A database made ready: its tables made if there are none, brought up to date if older."""

# ruff: noqa: S608  # nothing in these statements comes from outside
from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from newsextract import ddl, schema
from newsextract.connection import Connection
from newsextract.errors import StoreError
from newsextract.sessions import Session


def prepare(connection: Connection, *, create: bool = True) -> None:
    """Make or migrate the schema. ``StoreError`` if a newer version or another program made it."""
    found = _found_version(connection)
    if found is None and not create:
        advice = "check the name; newsextract batch ARCHIVE --to … makes a store"
        raise StoreError("nothing was stored in it", source=connection.name, advice=advice)
    if not found:
        _make(connection, _creation)
    elif found > schema.VERSION:
        raise StoreError(
            f"made by a newer newsextract (schema {found}, this one knows {schema.VERSION})",
            source=connection.name,
            advice="update newsextract",
        )
    elif found < schema.VERSION:
        _make(connection, lambda c: _migration(c, found))


def _found_version(connection: Connection) -> int | None:
    """The schema's version; None in an empty database; 0 where MySQL was stopped making it."""
    with connection.reading() as session:
        columns = _columns(session)
        about = {column for table, column in columns if table == "about"}
        ours = about == {column.name for column in schema.ABOUT.columns}
        rows = session.run("SELECT name, value FROM about") if ours else []
    version = dict(rows).get("schema_version")
    if version is not None:
        return int(version)
    taken = sorted({table for table, _ in columns} & {*schema.METADATA.tables, *ddl.VIEWS})
    if connection.backend == "mysql" and taken == ["about"] and ours and not rows:
        return 0
    if taken:
        what = f"it has tables or views of its own named {', '.join(taken)}"
        raise StoreError(what, source=connection.name, advice="give newsextract its own database")
    return None


def _columns(session: Session) -> set[tuple[str, str]]:
    """Every table and view here with each of its columns (in SQLite a view has one, unnamed)."""
    if session.backend == "sqlite":
        sql = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
        tables = {(t, c) for t, c in session.run(f"{sql} WHERE m.type = 'table'")}
        # What a view has cannot be asked for where what it reads is gone.
        views = session.run("SELECT name FROM sqlite_master WHERE type = 'view'")
        return tables | {(v, "") for (v,) in views}
    here = "DATABASE()" if session.backend == "mysql" else "CURRENT_SCHEMA()"
    sql = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = "
    return {(t, c) for t, c in session.run(sql + here)}


def _make(connection: Connection, ddl_of: Callable[[Connection], Iterator[str]]) -> None:
    for wait in (0.1, 0.5, 2.0):
        try:
            return connection.create(ddl_of(connection))
        except StoreError:  # perhaps another program does the same at this moment
            time.sleep(wait)
            if _found_version(connection) == schema.VERSION:
                return None
    return connection.create(ddl_of(connection))


def _creation(connection: Connection) -> Iterator[str]:
    version = "INSERT INTO about (name, value) VALUES ('schema_version', '{}')"
    if connection.backend != "mysql":
        yield from ddl.create_statements(connection.dialect)
        yield version.format(schema.VERSION)
        return
    # MySQL commits each statement: version 0 says that they are not done, and if that is found
    # they were cut off. Another program may have made the tables while this one waited.
    found = _found_version(connection)
    if found:
        return
    about, *others = sorted(schema.METADATA.sorted_tables, key=lambda t: t is not schema.ABOUT)
    if found is None:
        yield from ddl.table_statements(about, connection.dialect)
    yield version.format(0).replace("INSERT", "INSERT IGNORE")
    yield from (f"DROP TABLE IF EXISTS {table.name}" for table in reversed(others))
    for table in others:
        yield from ddl.table_statements(table, connection.dialect)
    yield from ddl.view_statements(connection.dialect)
    yield _SET_VERSION


_KEPT_ANEW = 3  # the version from which on ids and texts are kept as they are now
_SET_VERSION = f"UPDATE about SET value = '{schema.VERSION}' WHERE name = 'schema_version'"


def _migration(connection: Connection, found: int) -> Iterator[str]:
    there: set[tuple[str, str]] = set()
    if connection.backend == "mysql":  # which may have been stopped half-way
        with connection.reading() as session:
            there = _columns(session)
    for version in range(found, schema.VERSION):
        for table, column in schema.MIGRATIONS[version]:
            if (table.name, column) not in there:
                yield ddl.add_column(table, column, connection.dialect)
        for table in schema.NEW_TABLES.get(version, ()):
            if any(name == table.name for name, _ in there):  # perhaps without its indexes
                yield f"DROP TABLE {table.name}"
            yield from ddl.table_statements(table, connection.dialect)
    if found < _KEPT_ANEW:
        yield from ddl.keep_statements(connection.dialect)
    yield from ddl.view_statements(connection.dialect)
    yield _SET_VERSION
