"""The one schema of every database: tables, their comments, versions.

Four files import SQLAlchemy (Core only): this one, ``ddl`` that says it to a database, and
``sessions`` and ``connection`` that run statements; one language, and too long for one file.
DuckDB has no dialect in SQLAlchemy; its SQL is PostgreSQL's, so ``DUCKDB`` is that dialect with
DuckDB's types and without foreign keys (it checks them too early to replace an article's facts in
one transaction).

A fact is known by its article and its number there, ``(article_id, n)``: stable from run to run,
and the primary key finds all facts of an article, so no further index is needed for that.
``NUMBER`` columns are exact: NUMERIC in PostgreSQL, DECIMAL(38,9) in DuckDB, MySQL and Parquet. In
SQLite they are its own numbers: 64-bit integers, or reals that give back every decimal of up to 15
digits; they sort and sum. What has more digits stands whole in ``extra``, in every store.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mysql
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.types import TypeEngine

from newsextract.flat import ARTICLE, FACT, NUMBER

VERSION = 4
"""The schema's version, kept in the table ``about``; ``MIGRATIONS`` leads here from each before."""


class _DuckDB(PGDialect):
    name = "duckdb"


DUCKDB: sa.Dialect = _DuckDB(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]

# PostgreSQL would compare ids by the database's own collation, which is slow, for nothing.
_ID = sa.String(32).with_variant(sa.String(32, collation="C"), "postgresql")
# Where a length is only a limit it is left out: one long word must not stop a batch.
_NAME = sa.String(255).with_variant(sa.Text(), "postgresql", "duckdb", "mysql", "mariadb")
_WORD = sa.String(32).with_variant(sa.Text(), "postgresql", "duckdb", "mysql", "mariadb")
_TEXT = sa.Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")
_NUMBER = sa.Numeric(38, 9).with_variant(sa.Numeric(), "postgresql", "sqlite")
_TIME = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")

METADATA = sa.MetaData()


def _column(name: str, kind: TypeEngine[Any], comment: str, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, comment=comment, **{"nullable": True} | more)


def _key(name: str, kind: TypeEngine[Any], comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, comment=comment, primary_key=True, autoincrement=False)


ABOUT = sa.Table(
    "about",
    METADATA,
    _key("name", sa.String(255), "what is said: schema_version"),
    _column("value", _TEXT, "its value"),
    comment="what this database is",
)

ARTICLE_TABLE = sa.Table(
    "article",
    METADATA,
    _key("id", _ID, "32 hex digits of the canonical URL, else the URL, else the text"),
    _column("url", _TEXT, "where it was fetched"),
    _column("canonical_url", _TEXT, "the address the page gives itself"),
    _column("site", _NAME, "host or name of the site"),
    _column("province", _NAME, "province of the site, by its name of the time"),
    _column("title", _TEXT, "headline"),
    _column("lead", _TEXT, "sapo"),
    _column("author", _TEXT, "as the page states it"),
    _column("published", _TIME, "Vietnamese time; midnight where only the day is stated"),
    _column("fetched", _TIME, "Vietnamese time"),
    _column("source", _TEXT, "file, or archive and member, or URL"),
    _column("text", _TEXT, "title, lead, body, captions; one block a line; all offsets are on it"),
    _column("blocks", _TEXT, "JSON: [role, start, end, path] of each line of the text"),
    _column("charset", _NAME, "how the bytes were decoded"),
    _column("repairs", _TEXT, "JSON: what was repaired in the encoding"),
    _column("warnings", _TEXT, "JSON: what the reader doubts"),
    _column("chars", sa.Integer(), "length of the text"),
    _column("text_hash", _ID, "equal texts are one article", nullable=False),
    _column("fingerprint", _ID, "of the input's bytes", nullable=False),
    _column("version", _NAME, "of newsextract that read it", nullable=False),
    sa.Index("article_text_hash", "text_hash"),
    sa.Index("article_fingerprint", "fingerprint"),
    sa.Index("article_published", "published"),
    sa.Index("article_site", "site", mysql_length=190),
    comment="one article, kept once",
)


def _of_article(name: str = "article_id") -> sa.Column[Any]:
    key = name == "article_id"
    return sa.Column(
        name,
        _ID,
        sa.ForeignKey("article.id"),
        comment="its article",
        primary_key=key,
        nullable=False,
    )


FACT_TABLE = sa.Table(
    "fact",
    METADATA,
    _of_article(),
    _key("n", sa.Integer(), "its number in the article, from 0"),
    _column("kind", _WORD, "ratio, count, percent, money, …", nullable=False),
    _column("span_start", sa.Integer(), "first character in article.text", nullable=False),
    _column("span_end", sa.Integer(), "one past the last", nullable=False),
    _column("text", _TEXT, "the words, article.text[span_start:span_end]", nullable=False),
    _column("rule", _NAME, "the rule that read it", nullable=False),
    _column("sentence_start", sa.Integer(), "its sentence in article.text"),
    _column("sentence_end", sa.Integer(), "one past the last"),
    _column("low", _NUMBER, "count, percent, money, measure: the number, or the lower end"),
    _column("high", _NUMBER, "the number again, or the upper end"),
    _column("part", _NUMBER, "ratio: so many"),
    _column("whole", _NUMBER, "ratio: of so many"),
    _column("unit", _TEXT, "what is counted or measured, as written"),
    _column("qualifier", _WORD, "exact, about, nearly, under, over, at_least, …"),
    _column("currency", _WORD, "money: ISO 4217"),
    _column("per", _TEXT, "money, measure: per what, as written"),
    _column("points", sa.Boolean(create_constraint=False), "percent: percentage points"),
    _column("name", _TEXT, "official: the name"),
    _column("honorific", _TEXT, "official: đồng chí, ông, bà, …"),
    _column("type", _TEXT, "document: Quyết định, Thông tư, …"),
    _column("number", _TEXT, "document: the whole number as written"),
    _column("issued", sa.Date(), "document: its date"),
    _column("issuer", _TEXT, "document: who issued it, as written"),
    _column("date_start", sa.Date(), "date: the first day"),
    _column("date_end", sa.Date(), "date: the last day"),
    _column("date_precision", _WORD, "date: day, month, quarter, year, …"),
    _column("extra", _TEXT, "JSON: what the columns cannot hold exactly"),
    comment="one mention of one value",
)
# Partial, so that only officials and documents pay for them; MySQL has none and takes a prefix.
for _name in ("name", "number"):
    _is_there = FACT_TABLE.c[_name].is_not(None)
    sa.Index(
        f"fact_{_name}",
        FACT_TABLE.c[_name],
        sqlite_where=_is_there,
        postgresql_where=_is_there,
        mysql_length=190,
    )

TITLE_TABLE = sa.Table(
    "official_title",
    METADATA,
    _key("article_id", _ID, "its article"),
    _key("n", sa.Integer(), "its fact"),
    _key("position", sa.Integer(), "from 0, as written"),
    _column("title", _TEXT, "title, post or rank with its organisation", nullable=False),
    # No foreign key: each row of it would cost PostgreSQL as much again as the row itself, and
    # titles come and go with the facts of their article, which have one.
    comment="the titles of an official",
    sqlite_with_rowid=False,
)

FAILURE_TABLE = sa.Table(
    "failure",
    METADATA,
    _key("id", _ID, "the fingerprint; of the source's name where no bytes were had"),
    _column("fingerprint", _ID, "of the input's bytes; empty where none were had", nullable=False),
    _column("source", _TEXT, "file, archive member or URL"),
    _column("url", _TEXT, "where it was fetched, if that is known"),
    _column("site", _NAME, "host or name of the site"),
    _column("reason", _NAME, "short stable name of the error", nullable=False),
    _column("what", _TEXT, "what went wrong"),
    _column("advice", _TEXT, "what to do about it"),
    _column("version", _NAME, "of newsextract that met it", nullable=False),
    sa.Index("failure_fingerprint", "fingerprint"),
    comment="one input that gave no article",
)

DUPLICATE_TABLE = sa.Table(
    "duplicate",
    METADATA,
    _key("fingerprint", _ID, "of the input's bytes"),
    _of_article("kept_id"),
    _column("url_id", _ID, "the id its article would have had", nullable=False),
    _column("text_hash", _ID, "of its text", nullable=False),
    _column("source", _TEXT, "file, archive member or URL"),
    _column("url", _TEXT, "where it was fetched"),
    _column("version", _NAME, "of newsextract that read it", nullable=False),
    sa.Index("duplicate_url_id", "url_id"),
    sa.Index("duplicate_text_hash", "text_hash"),
    sa.Index("duplicate_kept_id", "kept_id"),
    comment="one input that is the same article as another that was kept",
)

SKETCH_TABLE = sa.Table(
    "text_sketch",
    METADATA,
    _key("text_hash", _ID, "of a text, as in article"),
    *(
        _column(f"band_{n}", _ID, f"sketch: part {n} of 4; near-duplicates share one")
        for n in range(1, 5)
    ),
    *(sa.Index(f"text_sketch_band_{n}", f"band_{n}") for n in range(1, 5)),
    # No foreign key: it is written before the article, which finds it if that is cut off.
    comment="by what near-duplicates are found: one text of each group of them",
)

RUN_TABLE = sa.Table(
    "run",
    METADATA,
    _key("id", sa.Integer(), "its number, from 1"),
    _column("started", _TIME, "Vietnamese time"),
    _column("finished", _TIME, "Vietnamese time; null while it runs or if it was killed"),
    _column("version", _NAME, "of newsextract"),
    _column("about", _TEXT, "JSON: what was asked for"),
    _column("report", _TEXT, "JSON: the closing report"),
    comment="one batch",
)

MIGRATIONS: dict[int, tuple[tuple[sa.Table, str], ...]] = {
    1: (
        (ARTICLE_TABLE, "province"),
        (ARTICLE_TABLE, "charset"),
        (ARTICLE_TABLE, "repairs"),
        (ARTICLE_TABLE, "warnings"),
        (FACT_TABLE, "extra"),
    ),
    2: (),
    3: ((FAILURE_TABLE, "url"),),
}
"""For each older version, the columns that the next one added.

Version 3 also changed how PostgreSQL keeps ids and texts: ``ddl.keep_statements``.
"""
NEW_TABLES: dict[int, tuple[sa.Table, ...]] = {2: (SKETCH_TABLE,)}
"""For each older version, the tables that the next one added."""


def ids() -> Iterator[sa.Column[Any]]:
    """All columns that hold an id."""
    for table in METADATA.sorted_tables:
        yield from (column for column in table.columns if column.type is _ID)


assert tuple(ARTICLE_TABLE.c.keys()) == ARTICLE  # noqa: S101  # the rows of flat fit as they are
assert tuple(FACT_TABLE.c.keys()) == tuple(c for c in FACT if c != "titles")  # noqa: S101
assert all(c in FACT_TABLE.c for c in NUMBER)  # noqa: S101
