"""The schema as statements for one database: tables, indexes, comments, typed views."""

# ruff: noqa: S608  # the names in these statements are the schema's own
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateColumn, CreateTable

from newsextract.schema import ARTICLE_TABLE, FACT_TABLE, METADATA, ids

VIEWS = {
    "ratio": ("part", "whole", "unit", "qualifier"),
    "count": ("low", "high", "unit", "qualifier"),
    "percent": ("low", "high", "qualifier", "points"),
    "money": ("low", "high", "currency", "per", "qualifier"),
    "measure": ("low", "high", "unit", "per", "qualifier"),
    "official": ("name", "honorific"),
    "document": ("type", "number", "issued", "issuer"),
    "date": ("date_start", "date_end", "date_precision"),
}
"""For each kind its view's own columns; those of ``_WHERE`` and ``_CONTEXT`` follow."""
# Whatever the server's default: transactions, all of Unicode, and đ is not d.
_MYSQL = " ENGINE=InnoDB CHARSET=utf8mb4 COLLATE=utf8mb4_bin"
_WHERE = ("text", "span_start", "span_end", "article_id", "n")
_CONTEXT = ("title", "published", "site", "province", "url")


@compiles(CreateColumn, "sqlite")
def _with_comment(element: Any, compiler: Any, **kw: Any) -> str:
    # SQLite keeps the words of CREATE TABLE, so a comment there is what .schema shows.
    made = compiler.visit_create_column(element, **kw)
    comment = element.element.comment
    return f"{made} /* {comment} */" if made and comment else made or ""


def create_statements(dialect: sa.Dialect) -> Iterator[str]:
    """The DDL of all tables, indexes, comments and views, in order."""
    for table in METADATA.sorted_tables:
        yield from table_statements(table, dialect)
    if dialect.name == "postgresql":
        yield _LZ4
    yield from view_statements(dialect)


def table_statements(table: sa.Table, dialect: sa.Dialect) -> Iterator[str]:
    """The DDL of one table."""
    duck = dialect.name == "duckdb"
    create = CreateTable(table, include_foreign_key_constraints=[] if duck else None)
    made = str(create.compile(dialect=dialect))
    yield made.rstrip() + (_MYSQL if dialect.name in ("mysql", "mariadb") else "")
    if not duck:  # a column store scans; its indexes only slow the load
        for index in sorted(table.indexes, key=lambda i: str(i.name)):
            yield str(sa.schema.CreateIndex(index).compile(dialect=dialect))
    if dialect.supports_comments and not dialect.inline_comments:
        yield str(sa.schema.SetTableComment(table).compile(dialect=dialect))
        for column in table.columns:
            yield str(sa.schema.SetColumnComment(column).compile(dialect=dialect))


def view_statements(dialect: sa.Dialect) -> Iterator[str]:
    """The DDL of the typed views, dropped first if they stand."""
    for kind, columns in VIEWS.items():
        fact, article = FACT_TABLE.c, ARTICLE_TABLE.c
        chosen: list[Any] = [fact[c] for c in columns]
        if kind == "official":
            chosen.insert(1, _titles(dialect.name).label("titles"))
        chosen += [fact[c] for c in _WHERE] + [article[c] for c in _CONTEXT]
        query = (
            sa.select(*chosen)
            .join_from(FACT_TABLE, ARTICLE_TABLE, fact.article_id == article.id)
            .where(fact.kind == sa.literal_column(f"'{kind}'"))
        )
        yield f"DROP VIEW IF EXISTS {kind}"
        yield f"CREATE VIEW {kind} AS {query.compile(dialect=dialect)}"


def _titles(dialect: str) -> sa.ColumnElement[str]:
    of_fact = "WHERE t.article_id = fact.article_id AND t.n = fact.n"
    joined = "string_agg(t.title, '; ' ORDER BY t.position) FROM official_title t " + of_fact
    if dialect in ("mysql", "mariadb"):
        agg = "GROUP_CONCAT(t.title ORDER BY t.position SEPARATOR '; ')"
        joined = f"{agg} FROM official_title t {of_fact}"
    elif dialect == "sqlite":
        rows = f"SELECT t.title FROM official_title t {of_fact} ORDER BY t.position"
        joined = f"group_concat(title, '; ') FROM ({rows})"
    return sa.literal_column(f"(SELECT {joined})")


# A third of the time that its own compression takes, which is most of what a text costs.
_LZ4 = """DO $$ BEGIN
IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression'
    AND 'lz4' = ANY(enumvals)) THEN
    EXECUTE 'ALTER TABLE article ALTER text SET COMPRESSION lz4,
        ALTER blocks SET COMPRESSION lz4';
END IF; END $$"""


def keep_statements(dialect: sa.Dialect) -> Iterator[str]:
    """The DDL that makes ids and texts be kept as in version 3; drops the views."""
    yield from (f"DROP VIEW IF EXISTS {kind}" for kind in VIEWS)
    if dialect.name != "postgresql":
        return
    references = [c for c in ids() if c.foreign_keys]
    for column in references:
        name = f"{column.table.name}_{column.name}_fkey"
        yield f"ALTER TABLE {column.table.name} DROP CONSTRAINT IF EXISTS {name}"
    for column in ids():
        kind = column.type.compile(dialect=dialect)
        yield f"ALTER TABLE {column.table.name} ALTER COLUMN {column.name} TYPE {kind}"
    for column in references:
        (target,) = (key.column for key in column.foreign_keys)
        key = f"FOREIGN KEY ({column.name}) REFERENCES {target.table.name} ({target.name})"
        yield f"ALTER TABLE {column.table.name} ADD {key}"
    yield _LZ4


def add_column(table: sa.Table, name: str, dialect: sa.Dialect) -> str:
    """The DDL that adds a column of the schema to a table that lacks it."""
    kind = table.c[name].type.compile(dialect=dialect)
    return f"ALTER TABLE {table.name} ADD COLUMN {name} {kind}"
