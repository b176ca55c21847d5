"""Stores by URL: ``open_store(url)``, and ``load`` for JSON lines made earlier.

How the parts divide: ``storing`` is what every store can do; ``flat`` and ``factrows`` the rows;
``ledger`` which of several inputs is kept; ``lineforms`` and ``exchange`` the JSON form;
``schema``, ``connection``, ``bulk``, ``upgrade``, ``textsearch``, ``writing`` and ``database`` the
databases; ``recordfiles`` and ``parquet`` the stores that are files.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import TypeVar, cast

from newsextract import __version__
from newsextract.compression import unpacked
from newsextract.errors import NewsextractError, StoreError
from newsextract.exchange import read_lines
from newsextract.gathering import Gathered
from newsextract.lineforms import FactLine, ResultLine
from newsextract.seen import Seen
from newsextract.sketch import sketched
from newsextract.storing import FORMS, BadStoreUrl, Found, Store, Written

__all__ = ["Found", "Store", "Written", "load", "open_store"]

_BY_ENDING = {".db": "sqlite", ".sqlite": "sqlite", ".sqlite3": "sqlite", ".duckdb": "duckdb"}
T = TypeVar("T")


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
    scheme, rest = _split(url)
    if scheme in _MAGIC and rest in _MEMORY:
        what = f"{os.fspath(url)} is in memory: nothing would be kept"
        advice = f"name a file: {scheme}:///facts.{'db' if scheme == 'sqlite' else scheme}"
        raise BadStoreUrl(what, advice=advice)
    return open_store(url)


def _named(url: str | os.PathLike[str]) -> str:
    """What a store is called; ``TypeError`` and ``BadStoreUrl`` for what is no name of one."""
    if not isinstance(url, str | os.PathLike):
        raise TypeError(f"a store is named by a URL or path, not by {type(url).__name__}")
    name = os.fspath(url)
    if not name.strip():
        raise BadStoreUrl("the name of the store is empty", advice=FORMS)
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
        if scheme in ("jsonl", "csv", "parquet", "sqlite", "duckdb"):
            return scheme, rest.removeprefix("/").partition("?")[0]
        if re.fullmatch(r"(postgres|postgresql|mysql|mariadb)(\+\w+)?", scheme):
            return scheme, ""
        raise BadStoreUrl(f"no store for {scheme}://", advice=FORMS)
    path = Path(url)
    if url.endswith(("/", os.sep)) or path.is_dir():
        return "parquet", url
    ending = path.suffix.lower()
    if ending in (".jsonl", ".csv"):
        return ending[1:], url
    if ending in _BY_ENDING:
        return _BY_ENDING[ending], url
    raise BadStoreUrl(f"no store is named like {path.name!r}", advice=FORMS)


def _check(path: Path, scheme: str, *, create: bool) -> None:
    there = (path / "article").is_dir() if scheme == "parquet" else path.exists()
    if not create and not there and not str(path).startswith("file:"):
        folder = "/" * (scheme == "parquet")
        advice = f"check the name; newsextract batch ARCHIVE --to {path}{folder} makes it"
        raise StoreError("there is no such store", source=f"{scheme}:///{path}", advice=advice)
    if scheme in _MAGIC and path.is_file():
        with path.open("rb") as file:
            head = file.read(16)
        for other, magic in _MAGIC.items():
            if other != scheme and magic in head:
                advice = f"give {other}:///{path}"
                raise StoreError(
                    f"it is a file of {other}", source=f"{scheme}:///{path}", advice=advice
                )


_MAGIC = {"sqlite": b"SQLite format 3\0", "duckdb": b"DUCK"}
_MEMORY = ("", ":memory:")


File = str | os.PathLike[str] | bytes
"""A file of JSON lines, or all that it holds."""
Lines = File | Iterable[File | Iterable[bytes | str]]
"""One file, its lines, or several of both."""


def load(source: Lines, to: str | os.PathLike[str] | Store) -> Written:
    """Write JSON lines of the exchange form (files, or lines) into a store, 500 at a time.

    ``source`` is a file, which may be packed (gzip, zstd, xz, bzip2), an iterable of lines, or
    several such sources: one load, whatever their order. In it all facts on lines of their own
    belong together by article (see ``newsextract.gathering``); they bring no text, so they never
    take the place of an article that was read from its page, but those of an earlier load they
    replace. Loading the same again changes nothing.

    A line that is not in the form raises ``StoreError`` naming it: results before it are written,
    of facts on lines of their own none.
    """
    check_there(source)
    store = to if isinstance(to, Store) else open_lasting(to)
    total, seen = Written(), Seen()
    try:
        lines = Gathered(_lines(source))
        for chunk in _chunks(lines, 500):
            for version, group in groupby(chunk, key=itemgetter(0)):
                store.version = version or __version__
                results = [result for _, result in group]
                if store.keeps_sketches:  # so that a batch finds what resembles them
                    store.compare([sketched(result) for result in results])
                total = total.plus(seen.net(store.settle(results)).written)
        total = total.plus(Written(duplicates=lines.left_out))
    finally:
        seen.close()
        store.version = __version__
        if store is not to:
            store.close()
    return total


def check_there(source: Lines) -> None:
    """Raise ``StoreError`` for a file that is not there, before a store is made for it."""
    if source == "":
        raise StoreError("the path is empty", advice="name a file of JSON lines")
    for one in source if isinstance(source, list | tuple) else [source]:
        if isinstance(one, str | os.PathLike) and not _is_line(one) and not Path(one).exists():
            raise _unread("No such file or directory", Path(one))


def _unread(what: str, path: Path) -> StoreError:
    return StoreError(what, source=str(path), advice="give a file of JSON lines")


def _lines(source: Lines) -> Iterator[ResultLine | FactLine]:
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        try:
            with path.open("rb") as file:
                yield from read_lines(unpacked(file, str(path))[0], str(path))
        except OSError as error:
            raise _unread(error.strerror or str(error), path) from error
    elif isinstance(source, io.BufferedReader):  # standard input
        name = str(getattr(source, "name", "<lines>"))
        yield from read_lines(unpacked(source, name)[0], name)
    elif isinstance(source, bytes):
        yield from read_lines(source.splitlines())
    elif isinstance(source, Mapping) or not isinstance(source, Iterable):
        raise TypeError(f"load reads files or lines of JSON, not {type(source).__name__}")
    elif isinstance(source, list | tuple) and not all(map(_is_line, source)):
        for one in source:
            yield from _lines(one)
    else:
        items = iter(source)
        first = next(items, b"")
        every = chain([first], items)
        if isinstance(first, os.PathLike):
            for one in every:
                yield from _lines(one)
        else:
            yield from read_lines(cast("Iterable[bytes | str]", every))


def _is_line(one: object) -> bool:
    return isinstance(one, bytes) or (isinstance(one, str) and one.lstrip()[:1] in ("", "{"))


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Some at a time; what stood before an error comes before the error."""
    chunk: list[T] = []
    try:
        for item in items:
            chunk.append(item)
            if len(chunk) == size:
                yield chunk
                chunk = []
    except NewsextractError:
        yield chunk
        raise
    yield chunk
