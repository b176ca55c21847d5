"""A database made ready: its tables made if there are none, brought up to date if older."""

# ruff: noqa: S608  # nothing in these statements comes from outside
from __future__ import annotations

import time
from collections.abc import Iterator

from newsextract import ddl, schema
from newsextract.connection import Connection
from newsextract.errors import StoreError


def prepare(connection: Connection) -> None:
    """Make or migrate the schema. ``StoreError`` if a newer version or another program made it."""
    found = _found_version(connection)
    if found is None:
        _create(connection)
    elif found > schema.VERSION:
        raise StoreError(
            f"made by a newer newsextract (schema {found}, this one knows {schema.VERSION})",
            source=connection.name,
            advice="update newsextract",
        )
    elif found < schema.VERSION:
        connection.create(_migration(connection, found))


def _found_version(connection: Connection) -> int | None:
    with connection.reading() as session:
        if connection.backend == "sqlite":
            tables = session.run("SELECT name FROM sqlite_master WHERE type = 'table'")
        else:
            here = "DATABASE()" if connection.backend == "mysql" else "CURRENT_SCHEMA()"
            sql = "SELECT table_name FROM information_schema.tables WHERE table_schema = "
            tables = session.run(sql + here)
        names = {t[0] for t in tables}
        if "about" in names:
            rows = session.run("SELECT value FROM about WHERE name = 'schema_version'")
            if rows:
                return int(rows[0][0])
    taken = sorted(names & set(schema.METADATA.tables))
    if taken:
        what = f"it has tables of its own named {', '.join(taken)}"
        raise StoreError(what, source=connection.name, advice="give newsextract its own database")
    return None


def _create(connection: Connection) -> None:
    for wait in (0.1, 0.5, 2.0):
        try:
            return connection.create(_creation(connection))
        except StoreError:  # perhaps another program makes the same tables at this moment
            time.sleep(wait)
            if _found_version(connection) is not None:
                return None
    return connection.create(_creation(connection))


def _creation(connection: Connection) -> Iterator[str]:
    yield from ddl.create_statements(connection.dialect)
    yield f"INSERT INTO about (name, value) VALUES ('schema_version', '{schema.VERSION}')"


def _migration(connection: Connection, found: int) -> Iterator[str]:
    for version in range(found, schema.VERSION):
        for table, column in schema.MIGRATIONS[version]:
            yield ddl.add_column(table, column, connection.dialect)
    yield from ddl.view_statements(connection.dialect)
    yield f"UPDATE about SET value = '{schema.VERSION}' WHERE name = 'schema_version'"
