"""Opening a store by its URL, and loading into one what another wrote."""

from __future__ import annotations

import gzip
import lzma
import os
import re
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from results import BODY, failure, result
from storekinds import state

from newsextract.cli import main
from newsextract.complaints import advice_on
from newsextract.errors import MissingExtra, NewsextractError, StoreError
from newsextract.loading import load
from newsextract.stores import Written, open_store

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
    ('IO Error: Cannot open file "/d/f.duckdb": Permission denied', "give a file you may write"),
    ('server on socket "/run/.s.PGSQL.5432" failed: No such file or directory', "server runs"),
    ("connection timeout expired", "server runs"),
    ("Can't connect to MySQL server on 'h' ([Errno -2] Name or service not known)", "address"),
    ('invalid connection option "colour"', "options behind the ?"),
    ('character with byte sequence … has no equivalent in encoding "LATIN1"', "UTF8"),
    ("server closed the connection unexpectedly", "give the same command again"),
    ("(2013, 'Lost connection to MySQL server during query')", "give the same command again"),
    ("could not extend file: No space left on device", "make room"),
    ("disk I/O error", "limit on the size of files"),
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


@pytest.mark.parametrize("name", ["~/f.db", "~/facts/", "sqlite:///~/f.db", "~anna/f.csv"])
def test_a_tilde_that_the_shell_left_makes_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match="left the ~ as it is — write the whole path"):
        open_store(name)
    assert list(tmp_path.iterdir()) == []


NEARLY = (
    ("sqlite:/facts.db", "write sqlite:///…"),
    ("sqlite:facts.db", "write sqlite:///…"),
    ("sqlite//facts.db", "write sqlite:///…"),
    ("DuckDB:facts.duckdb", "write duckdb:///…"),
    ("jsonl:facts.jsonl", "write jsonl:///…"),
    ("postgres:news", "write postgres://…"),
    ("mysql:/host/news", "write mysql://…"),
    ("facts.json", "give facts.jsonl; or give sqlite"),
    ("facts.jsonl.gz", "give facts.jsonl; or give sqlite"),
    ("facts.xlsx", "give facts.csv; or give sqlite"),
    ("facts.parquet", "give facts/; or give sqlite"),
    ("facts.html", "give sqlite:///file.db"),
    ("out/facts.db", "there is no folder out — create it first"),
    ("out/facts.duckdb", "there is no folder out — create it first"),
    ("out/facts.jsonl", "there is no folder out — create it first"),
    ("out/facts.csv", "there is no folder out — create it first"),
    ("sqlite:///out/facts.db", "there is no folder out — create it first"),
)


@pytest.mark.parametrize(("name", "words"), NEARLY)
def test_what_nearly_names_a_store_says_how_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: str
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match=re.escape(words)):
        open_store(name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a" * 300 + ".db", "a\0b.jsonl", "\0/f.csv", "b" * 300 + "/"])
def test_a_name_that_no_file_can_have(tmp_path: Path, name: str):
    with pytest.raises(StoreError):
        open_store(f"{tmp_path}/{name}")
    with pytest.raises(StoreError):
        load([], f"{tmp_path}/{name}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("other", ["page.html", "pages/page.html", "article.csv"])
def test_a_folder_of_other_things_is_no_store(tmp_path: Path, other: str):
    (tmp_path / other).parent.mkdir(exist_ok=True)
    (tmp_path / other).write_text("x", "utf-8")
    for name in (str(tmp_path), f"{tmp_path}/"):
        with pytest.raises(StoreError, match=r"it holds other things: .*give newsextract its own"):
            open_store(name)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [tmp_path / other]


def test_an_empty_folder_or_file_becomes_a_store(tmp_path: Path):
    pytest.importorskip("pyarrow")
    (tmp_path / "facts" / ".git").mkdir(parents=True)
    (tmp_path / "facts.db").touch()
    with pytest.raises(StoreError, match="nothing was stored in it"):
        open_store(tmp_path / "facts.db", create=False)
    for name in ("facts", "facts.db"):
        with open_store(tmp_path / name) as store:
            store.write([result()])
        with open_store(tmp_path / name, create=False) as store:
            assert store.counts().articles == 1


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path):
    path = tmp_path / "f.db"
    open_store(path).close()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE about SET value = '99' WHERE name = 'schema_version'")
    db.close()
    for create in (True, False):
        with pytest.raises(StoreError, match=r"by a newer newsextract .* — update newsextract"):
            open_store(path, create=create)


@pytest.mark.parametrize("what", [None, 3, ["f.db"], b"f.db"])
def test_a_store_has_a_name(what: object):
    with pytest.raises(TypeError, match="a store is named by a URL or path, not by "):
        open_store(what)  # type: ignore[arg-type]


def test_an_option_that_sqlite_would_pass_over_is_refused(tmp_path: Path):
    with pytest.raises(StoreError, match=r"no option mode .*file:.*\?mode=…&uri=true"):
        open_store(f"sqlite:///{tmp_path}/f.db?mode=ro")
    assert list(tmp_path.iterdir()) == []
    open_store(f"sqlite:///{tmp_path}/f.db?timeout=3").close()


def test_a_database_that_is_only_read_is_searched_without_an_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "f.db"
    with open_store(path) as store:
        store.write([result()])
    monkeypatch.chdir(tmp_path)
    for name in (path, path.name):
        with open_store(f"sqlite:///file:{name}?mode=ro&uri=true", create=False) as store:
            assert len(store.search("xa")) == 1
    with sqlite3.connect(path) as db:
        assert not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_index'").fetchall()
    db.close()


def test_sqlite_that_cannot_write_beside_its_file_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    class Full(sqlite3.OperationalError):
        sqlite_errorname = "SQLITE_READONLY_DIRECTORY"

    def refuse(*_: object) -> None:
        raise Full("attempt to write a readonly database")

    with open_store(tmp_path / "f.db") as store:
        monkeypatch.setattr("newsextract.sessions.Alchemy.select", refuse)
        store._connection._errors = (sqlite3.Error,)  # type: ignore[attr-defined]
        with pytest.raises(StoreError, match=r"make its folder writable, .*immutable=1"):
            store.rows("SELECT 1")


def test_a_folder_of_other_files_is_no_store(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("theirs")
    for name in (tmp_path, f"{tmp_path}/"):
        with pytest.raises(StoreError, match=r"no such store — .* --to \S+/ makes it"):
            open_store(name, create=False)
    done = CliRunner().invoke(main, ["search", "xa", "--in", str(tmp_path)])
    assert done.exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


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


def test_json_lines_load_into_any_store(url: str, tmp_path: Path):
    with open_store(tmp_path / "facts-first.jsonl") as first:
        first.write([result(n) for n in range(3)])
        first.write([failure(), result("copy", body=f"{BODY} Bản tin số 1.")])
        wanted = state(first)
    assert load(tmp_path / "facts-first.jsonl", url) == Written(3, 27, 1, 0)
    with open_store(url) as store:
        assert state(store) == wanted | {"duplicates": 0}
    assert load(str(tmp_path / "facts-first.jsonl"), url) == Written(3, 27, 1, 0, 3)


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
    assert "1 article, 9 facts" in done.output
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
    with pytest.raises(StoreError, match="the path is empty"):
        load("", f"{tmp_path}/f.db")
    assert list(tmp_path.iterdir()) == []
    path = tmp_path / "wrong.jsonl"
    path.write_text('{"kind": "count"}\n')
    with pytest.raises(StoreError, match=r"wrong.jsonl: line 1 .*exchange form"):
        load(path, f"{tmp_path}/f.db")
