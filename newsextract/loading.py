"""``load``: JSON lines that were made earlier → a store."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import TypeVar, cast

from newsextract import __version__
from newsextract.archive import Where
from newsextract.compression import unpacked
from newsextract.errors import NewsextractError, StoreError
from newsextract.exchange import read_lines
from newsextract.filetypes import binary_type
from newsextract.gathering import Gathered
from newsextract.lineforms import FactLine, ResultLine
from newsextract.model import Article, Fact, Result
from newsextract.seen import Seen
from newsextract.sketch import sketched
from newsextract.stores import Store, Written, open_lasting, would_be_made

T = TypeVar("T")

File = str | os.PathLike[str] | bytes
"""A file of JSON lines, or all that it holds."""
Lines = File | Iterable[File | Iterable[bytes | str]]
"""One file, its lines, or several of both. A str that begins with a brace is a line."""
_LOADED = (os.PathLike, Iterable)


def load(source: Lines, to: Where | Store) -> Written:
    """Write JSON lines of the exchange form (files, or lines) into a store, 500 at a time.

    ``source`` is a file, which may be packed (gzip, zstd, xz, bzip2), an iterable of lines, or
    several such sources: one load, whatever their order. In it all facts on lines of their own
    belong together by article (see ``newsextract.gathering``); they bring no text, so they never
    take the place of an article that was read from its page, but those of an earlier load they
    replace. Loading the same again changes nothing.

    A line that is not in the form raises ``StoreError`` naming it: results before it are written,
    of facts on lines of their own none.
    """
    return load_named(source, to)[0]


def load_named(source: Lines, to: Where | Store) -> tuple[Written, str]:
    """As ``load``, and the name of the store, without user name, password and options."""
    check_there(source)
    total, seen = Written(), Seen()
    with _Target(to) as target:
        try:
            lines = Gathered(_lines(source))
            for chunk in filter(None, _chunks(lines, 500)):
                store = target.store
                for version, group in groupby(chunk, key=itemgetter(0)):
                    store.version = version or __version__
                    results = [result for _, result in group]
                    if store.keeps_sketches:  # so that a batch finds what resembles them
                        store.compare([sketched(result) for result in results])
                    total = total.plus(seen.net(store.settle(results)).written)
        finally:
            seen.close()
        return total.plus(Written(duplicates=lines.left_out)), target.store.name


class _Target:
    """The store that is loaded into; what is not there yet is made when it is first asked for.

    So lines that are none leave no empty store behind.
    """

    def __init__(self, to: Where | Store) -> None:
        self._to = to
        self._store = to if isinstance(to, Store) else None
        if not isinstance(to, Store) and not would_be_made(to):
            self._store = open_lasting(to)

    @property
    def store(self) -> Store:
        """The store, open."""
        if self._store is None:
            assert not isinstance(self._to, Store)  # noqa: S101  # else it is open
            self._store = open_lasting(self._to)
        return self._store

    def __enter__(self) -> _Target:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._store is not None:
            self._store.version = __version__
            if self._store is not self._to:
                self._store.close()


def check_there(source: Lines) -> None:
    """Raise ``StoreError`` for a file that is not there, before a store is made for it."""
    if isinstance(source, str) and not source.strip():
        raise StoreError("the path is empty", advice="name a file of JSON lines")
    for one in source if isinstance(source, list | tuple) else [source]:
        if isinstance(one, str | os.PathLike) and not _is_line(one) and not os.path.exists(one):  # noqa: PTH110  # never raises
            raise _missing(os.fspath(one))
        if isinstance(one, Mapping) or not isinstance(one, _LOADED):
            raise _no_lines(one)


def _missing(path: str) -> StoreError:
    if path.lstrip().startswith("["):
        what, advice = "it is one array", "give a line for each result, or each fact of an article"
        return StoreError(what, source=f"{path:.40}…", advice=advice)
    return _unread("No such file or directory", Path(path))


def _no_lines(one: object) -> TypeError:
    what = f"load reads files or lines of JSON, not {type(one).__name__}"
    is_read = isinstance(one, Fact | Article | Result)
    return TypeError(what + "; an open store's write takes results" * is_read)


def _unread(what: str, path: Path) -> StoreError:
    return StoreError(what, source=str(path), advice="give a file of JSON lines")


def _lines(source: Lines) -> Iterator[ResultLine | FactLine]:
    if isinstance(source, str) and _is_line(source):
        yield from read_lines(source.split("\n"))
    elif isinstance(source, str | os.PathLike):
        yield from _in_file(Path(source))
    elif isinstance(source, io.BufferedReader):  # standard input
        name = str(getattr(source, "name", "<lines>"))
        yield from read_lines(unpacked(source, name)[0], name)
    elif isinstance(source, bytes):
        yield from read_lines(source.splitlines())
    elif isinstance(source, Mapping) or not isinstance(source, Iterable):
        raise _no_lines(source)
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


def _in_file(path: Path) -> Iterator[ResultLine | FactLine]:
    try:
        with path.open("rb") as file:
            stream = unpacked(file, str(path))[0]
            if kind := binary_type(stream.peek(1024)[:1024]):
                raise _unread(f"it is {kind}", path)
            yield from read_lines(stream, str(path))
    except OSError as error:
        raise _unread(error.strerror or str(error), path) from error


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
