"""What is special to stores that are databases."""

from __future__ import annotations

import itertools
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from results import TITLE, failure, result
from sqlalchemy import create_mock_engine
from storekinds import DATABASES, MARIADB, NUMBERS, state

from newsextract import Count, Official, bulk, ddl, schema
from newsextract.cli import main
from newsextract.connection import Connection
from newsextract.errors import StoreError
from newsextract.model import Fact, Span
from newsextract.stores import Store, Written, open_store


@pytest.mark.skipif(MARIADB is None, reason="no MariaDB server is installed")
def test_mariadb_is_among_the_databases():
    assert "mysql" in DATABASES


def test_the_schema_can_be_said_in_mysql():
    statements = list(ddl.create_statements(create_mock_engine("mysql://", print).dialect))
    assert sum("CHARSET=utf8mb4" in s for s in statements) == len(schema.METADATA.tables)
    assert "CREATE INDEX fact_name ON fact (name(190))" in statements
    assert any("longtext" in s.lower() and "COMMENT 'headline'" in s for s in statements)


def test_all_numbers_are_exact_in_every_database(database: str):
    made = result()
    facts = tuple(
        Fact("count", 0, 4, "Tỉnh", Count(n, n, "người"), "count.test", Span(0, 9)) for n in NUMBERS
    )
    with open_store(database) as store:
        store.write([replace(made, facts=facts)])
        found = store.facts(made.article.id)  # type: ignore[union-attr]
        assert [f.to_dict() for f in found] == [f.to_dict() for f in facts]
        whole = store.rows("SELECT COUNT(*) AS n FROM count WHERE low = 9223372036854775807")
        assert whole == [{"n": 1}]


NAMES = ("Hòa", "Hoa", "Hoá", "hòa", "Đào", "Dào", "Đảo", "Hòa ")


def test_names_that_differ_in_a_mark_are_different_names(database: str):
    made = result()
    facts = tuple(
        Fact("official", 0, 4, "Tỉnh", Official(name, (name,), "ông"), "official.test", Span(0, 9))
        for name in NAMES
    )
    with open_store(database) as store:
        store.write([replace(made, facts=facts)])
        for name in NAMES[:-1]:
            found = store.rows("SELECT name FROM official WHERE name = :name", {"name": name})
            assert {f["name"].strip() for f in found} == {name}
            found = store.rows("SELECT n FROM official_title WHERE title = :name", {"name": name})
            assert NAMES.index(name) in [f["n"] for f in found]
        assert [f.value.name for f in store.facts(made.article.id)] == list(NAMES)  # type: ignore[union-attr]


def test_tables_half_made_in_mysql_are_made_anew(url_of: Any):
    if MARIADB is None:
        pytest.skip("no MariaDB server is installed")
    url = url_of("mysql")
    with open_store(url) as store, store._connection.writing() as session:  # type: ignore[attr-defined]
        session.run("DROP TABLE official_title")
        session.run("DROP VIEW ratio")
        session.run("UPDATE about SET value = '0' WHERE name = 'schema_version'")
    with open_store(url) as store:
        assert store.write([result()]) == Written(1, 9, 0, 0)
        assert len(store.rows("SELECT * FROM ratio")) == 1
    with open_store(url) as store, store._connection.writing() as session:  # type: ignore[attr-defined]
        session.run("ALTER TABLE article DROP COLUMN charset")  # as if a migration was cut off
        session.run("UPDATE about SET value = '1' WHERE name = 'schema_version'")
    with open_store(url) as store:
        assert store.counts() == Written(1, 9, 0, 0)
        assert store.write([result(2)]) == Written(1, 9, 0, 0)


@pytest.mark.parametrize("own", ["about", "article"])
def test_another_database_of_something_else_is_left_alone(url_of: Any, own: str):
    for kind in DATABASES:
        url = url_of(kind)
        with closing(Connection(url)) as other:
            other.create(iter([f"CREATE TABLE {own} (sku VARCHAR(9))"]))
        with pytest.raises(StoreError, match=f"tables or views of its own named {own}"):
            open_store(url)


@pytest.mark.parametrize("kind", [k for k in DATABASES if k in ("postgresql", "mysql")])
def test_writers_of_a_server_take_turns(url_of: Any, kind: str):
    url = url_of(kind)
    with ThreadPoolExecutor(3) as pool:
        stores = list(pool.map(open_store, [url] * 3))  # made at the same moment, too

        def write(turn: tuple[int, Store]) -> None:
            n, store = turn
            for i in range(4):
                store.write([result(i), result(f"{n} {i}")])
            store.close()

        list(pool.map(write, enumerate(stores)))
    with open_store(url) as store:
        assert store.counts() == Written(16, 16 * 9, 0, 0)


def test_a_command_tells_no_password(url_of: Any, tmp_path: Path):
    address = url_of("postgresql").replace("postgresql://postgres:", "postgresql://postgres:s3cret")
    assert "s3cret" in address
    with open_store(tmp_path / "facts.jsonl") as lines:
        lines.write([result()])
    for command in (
        ["load", f"{tmp_path}/facts.jsonl", "--to", address],
        ["report", address, "-o", f"{tmp_path}/report.html"],
        ["search", "thái", "bình", "--in", address],
        ["search", "thái", "--in", address.replace("/postgres?", "/none?")],
    ):
        done = CliRunner().invoke(main, command)
        assert done.output
        assert "s3cret" not in done.output
    assert "s3cret" not in (tmp_path / "report.html").read_text("utf-8")


def test_a_question_is_one_short_select(database: str):
    with open_store(database) as store:
        store.write([result()])

        def ask(sql: str) -> list[tuple[Any, ...]]:
            return [tuple(r.values()) for r in store.rows(sql)]

        assert ask("SELECT part, whole, unit FROM ratio") == [(262, 286, "xã, phường, thị trấn")]
        assert ask("SELECT low, unit, qualifier FROM count") == [(300, "đối tượng", "nearly")]
        assert ask("SELECT currency, per FROM money WHERE low > 1000000000") == [("VND", "năm")]
        assert ask("SELECT unit FROM measure WHERE low BETWEEN 12.4 AND 12.6") == [("ha",)]
        assert ask("SELECT name, titles, honorific FROM official") == [
            ("Phạm Văn Xuân", "Tỉnh ủy viên; Phó Chủ tịch UBND tỉnh", "đồng chí")
        ]
        assert ask("SELECT title FROM official_title ORDER BY position") == [
            ("Tỉnh ủy viên",),
            ("Phó Chủ tịch UBND tỉnh",),
        ]
        assert [(a, b, str(c)) for a, b, c in ask("SELECT type, number, issued FROM document")] == [
            ("Quyết định", "06", "2017-06-09")
        ]
        assert [str(c) for (c,) in ask("SELECT date_start FROM date")] == ["2019-04-25"]
        assert ask("SELECT COUNT(*) FROM percent WHERE points") == [(1,)]
        assert ask("SELECT title, site, province, url FROM ratio") == [
            (TITLE, "bao.example", "Thái Bình", "https://bao.example/tin-1.html")
        ]
        day = "CAST(published AS DATE)" if store.backend != "sqlite" else "date(published)"  # type: ignore[attr-defined]
        # 01:30 in Vietnam is the day before in UTC: the day must be the one the page printed.
        assert [str(c) for (c,) in ask(f"SELECT {day} FROM ratio")] == ["2019-04-25"]
        found = store.rows("SELECT n FROM ratio WHERE part > :part", {"part": 261})
        assert found == [{"n": 0}]


def test_an_error_in_a_write_undoes_all_of_it(database: str, monkeypatch: pytest.MonkeyPatch):
    real = bulk.insert

    def breaks(raw: Any, backend: str, table: str, content: Any) -> None:
        if table == "failure":
            raise OSError(28, "No space left on device")
        real(raw, backend, table, content)

    with open_store(database) as store:
        store.write([result(1)])
        before = state(store)
        monkeypatch.setattr(bulk, "insert", breaks)
        with pytest.raises(StoreError, match="No space left"):
            store.write([replace(result(1), facts=()), result(2), failure()])
        monkeypatch.undo()
        assert state(store) == before
        assert store.write([result(2), failure()]) == Written(1, 9, 1, 0)


def test_foreign_keys_are_kept(url_of: Any):
    for kind in (k for k in DATABASES if k != "duckdb"):
        with open_store(url_of(kind)) as store:
            store.write([result()])
            with pytest.raises(StoreError), store._connection.writing() as session:  # type: ignore[attr-defined]
                session.run("DELETE FROM article")
            assert store.counts().articles == 1


def test_tables_and_columns_say_what_they_hold(url_of: Any):
    with open_store(url_of("sqlite")) as store:
        (row,) = store.rows("SELECT sql FROM sqlite_master WHERE name = 'fact'")
        assert "/* ratio: of so many */" in row["sql"]
    with open_store(url_of("postgresql")) as store:
        sql = "SELECT col_description('fact'::regclass, ordinal_position) AS c FROM"
        sql += " information_schema.columns WHERE table_name = 'fact' AND column_name = 'whole'"
        assert store.rows(sql + " AND table_schema = CURRENT_SCHEMA()") == [
            {"c": "ratio: of so many"}
        ]
    with open_store(url_of("duckdb")) as store:
        sql = "SELECT comment FROM duckdb_columns() WHERE column_name = 'whole'"
        assert store.rows(sql + " AND table_name = 'fact'") == [{"comment": "ratio: of so many"}]


def test_every_column_has_a_comment():
    for table in schema.METADATA.tables.values():
        assert table.comment
        assert [c.name for c in table.columns if not c.comment] == []


def older(url: str) -> None:
    """Make a store as version 1 made it: without the tables and columns that came later."""
    with open_store(url) as store, store._connection.writing() as session:  # type: ignore[attr-defined]
        for kind in ddl.VIEWS:
            session.run(f"DROP VIEW {kind}")
        later = set(itertools.chain(*schema.NEW_TABLES.values()))
        for table in later:
            session.run(f"DROP TABLE {table.name}")
        if url.startswith("postgresql"):
            keys = {"fact": "article_id", "duplicate": "kept_id"}
            for name, key in keys.items():
                session.run(f"ALTER TABLE {name} DROP CONSTRAINT {name}_{key}_fkey")
            for table, column in ((c.table, c) for c in schema.ids() if c.table not in later):
                alter = f"ALTER TABLE {table.name} ALTER {column.name}"
                session.run(f'{alter} TYPE VARCHAR(32) COLLATE "default"')
            for name, key in keys.items():
                session.run(f"ALTER TABLE {name} ADD FOREIGN KEY ({key}) REFERENCES article (id)")
        for table, column in itertools.chain(*schema.MIGRATIONS.values()):
            session.run(f"ALTER TABLE {table.name} DROP COLUMN {column}")
        session.run("UPDATE about SET value = '1' WHERE name = 'schema_version'")
        session.run(
            "INSERT INTO article"
            " (id, url, title, text, blocks, chars, text_hash, fingerprint, version)"
            " VALUES ('a1', 'https://b.example/1', 'Cũ', 'Cũ', '[]', 2, 'h', 'f', '0.0.1')"
        )


def test_an_older_schema_is_brought_up_to_date(database: str):
    older(database)
    with open_store(database) as store:
        (row,) = store.rows("SELECT value FROM about WHERE name = 'schema_version'")
        assert row["value"] == str(schema.VERSION)
        assert store.article("a1").title is None
        assert store.article("a1").province is None
        assert store.write([result()]) == Written(1, 9, 0, 0)
        assert store.rows("SELECT province FROM ratio") == [{"province": "Thái Bình"}]
        assert store.counts().articles == 2


def test_failures_from_before_they_had_an_address_are_kept(database: str):
    with open_store(database) as store:
        store.write([result(), failure("old")])
        with store._connection.writing() as session:  # type: ignore[attr-defined]
            for kind in ddl.VIEWS:
                session.run(f"DROP VIEW {kind}")
            session.run("ALTER TABLE failure DROP COLUMN url")
            session.run("UPDATE about SET value = '3' WHERE name = 'schema_version'")
    with open_store(database) as store:
        store.write([failure("new", url="https://bao.example/new")])
        found = {f["source"]: f["url"] for f in store.failures()}
        assert found == {"bao.zip!old.html": None, "bao.zip!new.html": "https://bao.example/new"}
        assert store.counts() == Written(1, 9, 2, 0)
        assert len(store.rows("SELECT * FROM ratio")) == 1


def test_an_older_schema_becomes_the_same_as_a_new_one(url_of: Any, tmp_path: Path):
    url = url_of("postgresql")
    older(url)
    open_store(url).close()
    fresh = f"{url}_fresh"
    with closing(Connection(url)) as connection:
        connection.create(iter([f"CREATE SCHEMA {fresh.rpartition('%3D')[2]}"]))
    columns = "attrelid::regclass::text AS t, attname, attnotnull, attcompression::text AS c"
    kind = "format_type(atttypid, atttypmod) AS k, attcollation::regcollation::text AS o"
    keys = "conrelid::regclass::text AS t, pg_get_constraintdef(oid) AS d"
    here = "namespace = CURRENT_SCHEMA()::regnamespace"
    tables = f"attrelid IN (SELECT oid FROM pg_class WHERE rel{here} AND relkind = 'r')"
    living = "attnum > 0 AND NOT attisdropped"
    asked = (
        f"SELECT {columns}, {kind} FROM pg_attribute WHERE {tables} AND {living}",
        f"SELECT {keys} FROM pg_constraint WHERE con{here}",
        "SELECT indexname AS n FROM pg_indexes WHERE schemaname = CURRENT_SCHEMA()",
    )
    with open_store(url) as one, open_store(fresh) as two:
        for sql in asked:
            first, second = ({tuple(r.values()) for r in s.rows(sql)} for s in (one, two))
            assert first == second
            assert len(first) > 5
        (row,) = one.rows(f"{asked[0]} AND attrelid = 'fact'::regclass AND attname = 'article_id'")
        assert row["o"] == '"C"'


def test_a_newer_schema_is_refused(database: str):
    with open_store(database) as store, store._connection.writing() as session:  # type: ignore[attr-defined]
        session.run("UPDATE about SET value = '999' WHERE name = 'schema_version'")
    with pytest.raises(StoreError, match=r"newer newsextract.*update"):
        open_store(database)


@pytest.mark.parametrize(
    ("made", "named"),
    [("TABLE article (sku TEXT)", "article"), ("VIEW ratio AS SELECT a FROM gone", "ratio")],
)
def test_a_database_of_something_else_is_left_alone(tmp_path: Path, made: str, named: str):
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as shop:
        shop.execute(f"CREATE {made}")
    shop.close()
    with pytest.raises(StoreError, match=f"tables or views of its own named {named}"):
        open_store(path)
    with sqlite3.connect(path) as shop:
        assert shop.execute("SELECT COUNT(*) FROM sqlite_master").fetchone() == (1,)
    shop.close()


def test_two_writers_take_turns(tmp_path: Path):
    path = f"sqlite:///{tmp_path}/f.db"
    with open_store(path) as one, open_store(path) as two:
        for n in range(6):
            (one if n % 2 else two).write([result(n)])
        assert one.counts() == two.counts() == Written(6, 54, 0, 0)


def test_stores_made_at_the_same_moment(tmp_path: Path):
    code = f"from newsextract.stores import open_store; open_store('{tmp_path}/f.db').close()"
    makers = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]
    assert [m.wait() for m in makers] == [0, 0, 0]
    with open_store(tmp_path / "f.db") as store:
        assert store.write([result()]).articles == 1


def test_long_words_stop_nothing(database: str):
    made = result(site="x" * 300)
    fact = Fact("count", 0, 1, "T", Count(1, 1, "u" * 5000), "r" * 300, Span(0, 2))
    with open_store(database) as store:
        store.write([replace(made, facts=(fact,))])
        assert store.article(made.article.id).site == "x" * 300  # type: ignore[union-attr]
        assert store.facts(made.article.id) == (fact,)  # type: ignore[union-attr]


def test_a_reader_sees_whole_writes_only(tmp_path: Path):
    path = f"sqlite:///{tmp_path}/f.db"
    with open_store(path) as store, open_store(path) as reader:
        with store._connection.writing() as session:  # type: ignore[attr-defined]
            session.run("INSERT INTO about VALUES ('x', 'y')")
            assert len(reader.rows("SELECT * FROM about")) == 1
        assert len(reader.rows("SELECT * FROM about")) == 2


CHANGES = (
    "DELETE FROM fact",
    "UPDATE article SET title = 'x'",
    "INSERT INTO about (name, value) VALUES ('x', 'y')",
    "DROP TABLE fact",
    "CREATE TABLE mine (a INTEGER)",
    "DROP VIEW ratio",
    "ALTER TABLE article ADD COLUMN mine INTEGER",
    "SELECT 1; DELETE FROM fact",
    "COMMIT; DELETE FROM fact",
    "SELECT 1; COMMIT; DELETE FROM fact",
    "ROLLBACK",
)


@pytest.mark.parametrize("sql", CHANGES)
def test_rows_changes_nothing(database: str, sql: str):
    with open_store(database) as store:
        store.write([result(), failure()])
        before = state(store)
        if sql != "ROLLBACK":  # it ends the transaction, and nothing follows it
            with pytest.raises(StoreError) as caught:
                store.rows(sql)
            assert "SELECT" in caught.value.advice or "statement" in caught.value.what
        else:
            with suppress(StoreError):
                store.rows(sql)
        assert state(store) == before
        assert store.rows("SELECT COUNT(*) AS n FROM fact") == [{"n": 9}]
        store.write([result(2)])  # and the store can be written as before
    with open_store(database) as store:
        assert store.counts() == Written(2, 18, 1, 0)


def test_a_setting_made_in_rows_opens_no_way_to_write(database: str):
    opening = {
        "sqlite": "PRAGMA query_only = OFF",
        "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
        "mysql": "SET SESSION TRANSACTION READ WRITE",
        "duckdb": "SET threads = 1",
    }
    with open_store(database) as store:
        store.write([result()])
        with suppress(StoreError):
            store.rows(opening[store.backend])  # type: ignore[attr-defined]
        with pytest.raises(StoreError):
            store.rows("DELETE FROM fact")
        assert store.counts() == Written(1, 9, 0, 0)


def test_colons_in_a_literal_are_no_parameters(database: str):
    sql = "SELECT ':x' AS a, 'it''s :y' AS b, :z AS c WHERE ':' <> ' :w'"
    with open_store(database) as store:
        (row,) = store.rows(sql, {"z": "one"})
    assert tuple(row.values()) == (":x", "it's :y", "one")


def test_a_parameter_without_a_value_says_what_to_do(database: str):
    with open_store(database) as store:
        with pytest.raises(StoreError, match="give a value for each :name") as caught:
            store.rows("SELECT title FROM article WHERE id = :name")
        assert "http" not in str(caught.value)
        with pytest.raises(TypeError, match="params maps each :name"):
            store.rows("SELECT 1", ("x",))  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="rows takes a SELECT as str, not NoneType"):
            store.rows(None)  # type: ignore[arg-type]
