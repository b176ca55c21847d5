"""A connection to any of the databases: SQL in, rows out, errors as ``StoreError``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from newsextract import bulk
from newsextract.complaints import advice_on, advice_on_reading
from newsextract.errors import StoreError
from newsextract.schema import DUCKDB
from newsextract.sessions import Alchemy, Duck, Session, backend_of
from newsextract.storing import FORMS, BadStoreUrl

_DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "duckdb": "duckdb",
}
_BUSY_SECONDS = 30
_NO_ROOM_BESIDE = ("SQLITE_READONLY_DIRECTORY", "SQLITE_READONLY_CANTINIT")
_BESIDE = (
    "SQLite must write beside the file: make its folder writable, copy the file, or give"
    " sqlite:///file:PATH?immutable=1&uri=true if nothing changes it"
)
_SQLITE_OPTIONS = frozenset(
    ("uri", "timeout", "isolation_level", "detect_types", "check_same_thread", "cached_statements")
)
"""What SQLAlchemy hands to ``sqlite3.connect``; with ``uri`` SQLite itself reads all others."""
_LOCK = "LEFT(CONCAT('newsextract ', DATABASE()), 64)"


class Connection:
    """A database by URL. ``backend`` is sqlite, postgresql, mysql or duckdb; ``name`` is safe."""

    def __init__(self, url: str) -> None:
        parsed = _parse(url)
        self.backend = backend_of(parsed.get_backend_name())
        self.name = _safe(parsed)
        self._secret = str(parsed.password) if parsed.password else None
        self._errors: tuple[type[Exception], ...] = (
            sa.exc.SQLAlchemyError,
            *bulk.driver_errors(self.backend),
            OSError,
            UnicodeEncodeError,  # half of a surrogate pair in what is asked for
        )
        self._closed = False
        self._duck: Any = None
        self._engine: sa.Engine | None = None
        with self._guard():
            if self.backend == "duckdb":
                self._duck = bulk.duckdb_connect(parsed.database or "")
            else:
                self._engine = _engine(parsed, self.backend)

    @property
    def dialect(self) -> sa.Dialect:
        """SQLAlchemy's dialect, for DDL."""
        return self._engine.dialect if self._engine else DUCKDB

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for queries, in which the database itself refuses every change."""
        with self._session(write=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that alone may write until it ends; an error undoes all of it."""
        with self._session(write=True) as session:
            if self.backend in ("postgresql", "mysql"):
                session.run("SELECT value FROM about WHERE name = 'schema_version' FOR UPDATE")
            yield session

    @contextmanager
    def _session(self, *, write: bool) -> Iterator[Session]:
        if self._closed:
            raise StoreError("the store is closed", source=self.name, advice="open it again")
        with self._guard(write=write):
            if self._engine is None:
                yield from self._duck_session(write=write)
                return
            with self._connect(self._engine) as connection:
                options: dict[str, Any] = {"newsextract_write": write}
                if self.backend == "postgresql":
                    options["postgresql_readonly"] = not write
                connection = connection.execution_options(**options)
                with connection.begin() as transaction:
                    if self.backend == "mysql":  # for the session: DDL ends a transaction
                        mode = "WRITE" if write else "ONLY"
                        connection.exec_driver_sql(f"SET SESSION TRANSACTION READ {mode}")
                    yield Alchemy(connection)
                    if not write:
                        transaction.rollback()

    @staticmethod
    def _connect(engine: sa.Engine) -> sa.Connection:
        try:
            return engine.connect()
        except TypeError as error:  # so PyMySQL tells of an option that it does not know
            raise sa.exc.ArgumentError(str(error)) from error

    def _duck_session(self, *, write: bool) -> Iterator[Session]:
        self._duck.execute("BEGIN TRANSACTION" if write else "BEGIN TRANSACTION READ ONLY")
        try:
            yield Duck("duckdb", self._duck)
        except BaseException:
            self._duck.execute("ROLLBACK")
            raise
        self._duck.execute("COMMIT" if write else "ROLLBACK")

    def create(self, statements: Iterator[str]) -> None:
        """Run DDL in one transaction (MySQL commits each statement), one program at a time."""
        if self.backend == "sqlite" and self._engine is not None:
            with self._guard(), self._engine.connect() as connection:
                raw = connection.connection.dbapi_connection
                raw.execute("PRAGMA journal_mode = WAL")  # type: ignore[union-attr]
        with self._session(write=True) as session:
            if self.backend == "postgresql":
                session.run("SELECT pg_advisory_xact_lock(781207)")
                statements = iter([";\n".join(statements)])  # one journey in place of a hundred
            if self.backend == "mysql":
                session.run(f"SELECT GET_LOCK({_LOCK}, {_BUSY_SECONDS})")
            try:
                for statement in statements:
                    session.run(_no_parameters(statement))
            finally:
                if self.backend == "mysql":
                    session.run(f"SELECT RELEASE_LOCK({_LOCK})")

    @contextmanager
    def _guard(self, *, write: bool = True) -> Iterator[None]:
        try:
            yield
        except self._errors as error:
            cause = getattr(error, "orig", None) or error
            what = str(cause).strip().split("\n")[0].partition(" (Background on")[0]
            if self._secret:
                what = what.replace(self._secret, "***")
            advice = advice_on(what) if write else advice_on_reading(what)
            if getattr(cause, "sqlite_errorname", "") in _NO_ROOM_BESIDE:
                advice = _BESIDE
            raise StoreError(what, source=self.name, advice=advice) from error

    def close(self) -> None:
        """Let go of the database."""
        self._closed = True
        if self._engine is not None:
            self._engine.dispose()
        if self._duck is not None:
            self._duck.close()
            self._duck = None


def _no_parameters(sql: str) -> str:
    return re.sub(r":(?=\w)", r"\:", sql)


def _parse(url: str) -> sa.URL:
    try:
        parsed = sa.make_url(re.sub(r"^(postgres|mariadb)(?=://|\+)", _alias, url))
    except (sa.exc.ArgumentError, ValueError):
        # The original error quotes the URL, which may hold a password.
        raise BadStoreUrl("not a database URL", advice=FORMS) from None
    backend = backend_of(parsed.get_backend_name())
    driver = _DRIVERS.get(backend)
    if driver is None or parsed.drivername not in (backend, driver):
        raise BadStoreUrl(f"no store for {parsed.drivername}://", advice=FORMS)
    path = parsed.database or ""
    unknown = sorted(set(parsed.query) - _SQLITE_OPTIONS)
    if backend == "sqlite" and unknown and "uri" not in parsed.query:
        what = f"SQLite has no option {', '.join(unknown)} for a plain file name"
        advice = f"leave it out, or write sqlite:///file:{path}?{unknown[0]}=…&uri=true"
        raise BadStoreUrl(what, advice=advice)
    folder = Path(path).parent
    if backend in ("sqlite", "duckdb") and not path.startswith("file:") and not folder.is_dir():
        raise StoreError(f"there is no folder {folder}", advice="create it first")
    return parsed.set(drivername=driver)


def _alias(match: re.Match[str]) -> str:
    return "postgresql" if match[1] == "postgres" else "mysql"


def _safe(url: sa.URL) -> str:
    place = f"{url.host or ''}{f':{url.port}' if url.port else ''}"
    return f"{url.get_backend_name()}://{place}/{url.database or ''}"


def _engine(url: sa.URL, backend: str) -> sa.Engine:
    if backend != "sqlite":
        # Whatever the user's locale says; and a server may have been started anew meanwhile.
        utf8 = {"client_encoding": "utf8"} if backend == "postgresql" else {}
        return sa.create_engine(url, hide_parameters=True, connect_args=utf8, pool_pre_ping=True)
    memory = url.database in (None, "", ":memory:")
    engine = sa.create_engine(
        url,
        hide_parameters=True,
        connect_args={"timeout": _BUSY_SECONDS},
        poolclass=sa.pool.StaticPool if memory else sa.pool.QueuePool,
    )
    sa.event.listen(engine, "connect", _tune)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _tune(raw: Any, _record: Any) -> None:
    raw.isolation_level = None  # transactions are begun here, not by the driver's guess
    # A larger cache writes no faster (measured to 40,000 articles) and is memory a batch keeps.
    for pragma in ("foreign_keys = ON", "synchronous = NORMAL", "cache_size = -8192"):
        raw.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    # A writer takes its lock at once: a reader that turns writer half-way can lose to another.
    write = connection.get_execution_options().get("newsextract_write")
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if write else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
