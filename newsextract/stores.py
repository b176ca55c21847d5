"""Stores by URL: ``open_store(url)``.

How the parts divide: ``storing`` is what every store can do; ``flat`` and ``factrows`` the rows;
``ledger`` which of several inputs is kept; ``lineforms`` and ``exchange`` the JSON form;
``schema``, ``connection``, ``bulk``, ``upgrade``, ``textsearch``, ``writing`` and ``database`` the
databases; ``recordfiles`` and ``parquet`` the stores that are files.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from newsextract.errors import StoreError
from newsextract.storing import FORMS, BadStoreUrl, Found, Store, Written

__all__ = ["Found", "Store", "Written", "open_store"]

_BY_ENDING = {".db": "sqlite", ".sqlite": "sqlite", ".sqlite3": "sqlite", ".duckdb": "duckdb"}


def open_store(url: str | os.PathLike[str], *, create: bool = True) -> Store:
    """The store that a URL or file name says; made if it is not there, unless ``create`` is False.

    ``sqlite:///file.db``, ``postgresql://…``, ``mysql://…``, ``duckdb:///file.duckdb``,
    ``parquet:///folder`` (or ``folder/``), ``….jsonl``, ``….csv``, ``….db``, ``….duckdb``.
    Raises ``StoreError`` for anything else or what cannot be opened (no message has a password),
    ``MissingExtra`` where the driver is not installed.
    """
    scheme, rest = _split(url)
    given = os.fspath(url)
    if scheme in ("jsonl", "csv", "parquet"):
        _check(Path(rest), scheme, create=create)
        if scheme == "parquet":
            from newsextract.parquet import ParquetStore

            return ParquetStore(Path(rest))
        from newsextract.recordfiles import CsvStore, JsonLinesStore

        return CsvStore(Path(rest)) if scheme == "csv" else JsonLinesStore(Path(rest))
    from newsextract.database import Database  # loads SQLAlchemy, so only when asked for

    if scheme in _MAGIC and rest not in _MEMORY:
        _check(Path(rest), scheme, create=create)
    return Database(given if "://" in given else f"{scheme}:///{rest}", create=create)


def open_lasting(url: str | os.PathLike[str]) -> Store:
    """As ``open_store``, but none in memory, which would be gone with all that is written to it."""
    _lasting(url)
    return open_store(url)


def would_be_made(url: str | os.PathLike[str]) -> bool:
    """Whether ``open_lasting`` would make a file or folder; raises where it never could."""
    scheme, rest = _lasting(url)
    if scheme not in _IN_FILES or rest.startswith("file:"):
        return False
    _check(Path(rest), scheme, create=True)
    return not os.path.exists(rest)  # noqa: PTH110  # never raises


def _lasting(url: str | os.PathLike[str]) -> tuple[str, str]:
    """As ``_split``; raises ``BadStoreUrl`` for a database in memory."""
    scheme, rest = _split(url)
    if scheme in _MAGIC and rest in _MEMORY:
        what = f"{os.fspath(url)} is in memory: nothing would be kept"
        advice = f"name a file: {scheme}:///facts.{'db' if scheme == 'sqlite' else scheme}"
        raise BadStoreUrl(what, advice=advice)
    return scheme, rest


def _named(url: str | os.PathLike[str]) -> str:
    """What a store is called; ``TypeError`` and ``BadStoreUrl`` for what is no name of one."""
    if not isinstance(url, str | os.PathLike):
        what = f"a store is named by a URL or path, not by {type(url).__name__}"
        raise TypeError(what + "; close it, and name it" * isinstance(url, Store))
    name = os.fspath(url)
    if not name.strip():
        raise BadStoreUrl("the name of the store is empty", advice=FORMS)
    if "\0" in name:
        raise BadStoreUrl(f"{name!r} has a NUL in it, as no name has", advice=FORMS)
    if re.match(r"(?:\w+:///)?~[\w.-]*/", name):
        # To make a folder of that name would be a trap: "rm -r ~" takes away the home folder.
        what = f"{name}: the shell has left the ~ as it is"
        raise BadStoreUrl(what, advice="write the whole path of the folder it stands for")
    return name


def _split(url: str | os.PathLike[str]) -> tuple[str, str]:
    """What kind of store, and the path where it is a file."""
    url = _named(url)
    scheme, mark, rest = url.partition("://")
    if mark:
        scheme = scheme.lower()
        if scheme in _MAGIC and rest[:1] not in ("", "/") and rest not in _MEMORY:
            # Two slashes name a host, and the database would be in memory: all written is lost.
            what = f"{scheme}:// needs a third slash before the name of the file"
            raise BadStoreUrl(what, advice=f"write {scheme}:///file, or {scheme}:////folder/file")
        if scheme in _IN_FILES:
            return scheme, rest.removeprefix("/").partition("?")[0]
        if re.fullmatch(rf"(?:{_SERVERS})(\+\w+)?", scheme):
            return scheme, ""
        raise BadStoreUrl(f"no store for {scheme}://", advice=FORMS)
    if slip := re.match(rf"({'|'.join(_IN_FILES)}|{_SERVERS})(?::|//)/*", url, re.IGNORECASE):
        slashes = "///" if slip[1].lower() in _IN_FILES else "//"
        what = f"{slip[0]} is no beginning of an address"
        raise BadStoreUrl(what, advice=f"write {slip[1].lower()}:{slashes}…")
    path = Path(url)
    if url.endswith(("/", os.sep)) or os.path.isdir(url):  # noqa: PTH112  # never raises
        return "parquet", url
    ending = path.suffix.lower()
    if ending in (".jsonl", ".csv"):
        return ending[1:], url
    if ending in _BY_ENDING:
        return _BY_ENDING[ending], url
    raise BadStoreUrl(f"no store is named like {path.name!r}", advice=_instead(path))


def _instead(path: Path) -> str:
    """What to give for a name that says no store: its like, else all forms."""
    like = path.with_name(path.name.split(".")[0] or "facts")
    ending = _LIKE.get(path.suffix.lower())
    return f"give {like}{ending}; or {FORMS}" if ending else FORMS


_LIKE = {".json": ".jsonl", ".ndjson": ".jsonl", ".gz": ".jsonl", ".parquet": "/"}
_LIKE |= dict.fromkeys((".tsv", ".xls", ".xlsx"), ".csv")
"""What is near to a name that no store has, by its ending."""


def _check(path: Path, scheme: str, *, create: bool) -> None:
    """Raise ``StoreError`` for what is not there, or is another thing."""
    try:
        _look(path, scheme, create=create)
    except OSError as error:
        advice = "check the name, the folder and its permissions"
        raise StoreError(error.strerror or str(error), source=str(path), advice=advice) from error


def _look(path: Path, scheme: str, *, create: bool) -> None:
    there = (path / "article").is_dir() if scheme == "parquet" else path.exists()
    if not create and not there and not str(path).startswith("file:"):
        folder = "/" * (scheme == "parquet")
        advice = f"check the name; newsextract batch ARCHIVE --to {path}{folder} makes it"
        raise StoreError("there is no such store", source=f"{scheme}:///{path}", advice=advice)
    if scheme != "parquet" and not str(path).startswith("file:") and not path.parent.is_dir():
        raise StoreError(f"there is no folder {path.parent}", advice="create it first")
    if scheme in _MAGIC and path.is_file():
        with path.open("rb") as file:
            head = file.read(16)
        for other, magic in _MAGIC.items():
            if other != scheme and magic in head:
                advice = f"give {other}:///{path}"
                raise StoreError(
                    f"it is a file of {other}", source=f"{scheme}:///{path}", advice=advice
                )


_IN_FILES = ("jsonl", "csv", "parquet", "sqlite", "duckdb")
_SERVERS = "postgres|postgresql|mysql|mariadb"
_MAGIC = {"sqlite": b"SQLite format 3\0", "duckdb": b"DUCK"}
_MEMORY = ("", ":memory:")
