"""What a batch is given to read → its pages, a list of them at a time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence

from newsextract.archive import Where, open_archive
from newsextract.errors import NewsextractError
from newsextract.model import Raw

Page = Raw | NewsextractError
Item = Page | bytes | Where
Given = Iterable[Item] | Where | Sequence[Where]

CHUNK = 64
CHUNK_BYTES = 8 << 20
"""Pages that are looked up in the store together: so many, or of so many bytes."""
PATIENCE = 2.0
"""Seconds after which a list is given away though it has fewer."""

_ITEMS = "Raw, bytes or paths"
_BYTES = bytes | bytearray | memoryview


def opened(given: Given) -> Iterable[Item]:
    """The archive at a path or several, or ``given`` itself where it holds pages.

    Raises ``ArchiveError`` for paths that cannot be opened, ``TypeError`` for what holds no pages.
    """
    if isinstance(given, str | os.PathLike):
        return open_archive(given)
    if isinstance(given, Raw | _BYTES | Mapping) or not isinstance(given, Iterable):
        name = type(given).__name__
        raise TypeError(f"a batch reads an archive, or a list or iterable of {_ITEMS}, not {name}")
    if isinstance(given, list | tuple):
        if all(isinstance(item, str | os.PathLike) for item in given):
            return open_archive(given)
        for item in given:
            _check(item)
    return given


def pages(items: Iterable[Item]) -> Iterator[Page]:
    """Each page, those of the archives among them; an archive that cannot be opened is its error.

    Raises ``TypeError`` for an item that is no page.
    """
    for item in items:
        _check(item)
        if isinstance(item, Raw | NewsextractError):
            yield item
        elif isinstance(item, str | os.PathLike):
            yield from _held(item)
        else:
            yield Raw(bytes(item))


def _check(item: object) -> None:
    if not isinstance(item, Raw | NewsextractError | _BYTES | str | os.PathLike):
        raise TypeError(f"a batch reads {_ITEMS}, not {type(item).__name__}")


def _held(path: Where) -> Iterator[Page]:
    try:
        archive = open_archive(path)
    except NewsextractError as error:
        yield error
    else:
        yield from archive


def in_chunks(found: Iterable[Page]) -> Iterator[list[Page]]:
    """Pages in lists that are short where pages come slowly (fetched) or are large."""
    chunk: list[Page] = []
    size, began = 0, time.monotonic()
    for page in found:
        chunk.append(page)
        size += len(page.body) if isinstance(page, Raw) else 0
        late = time.monotonic() - began > PATIENCE
        if len(chunk) >= CHUNK or size >= CHUNK_BYTES or late:
            yield chunk
            chunk, size, began = [], 0, time.monotonic()
    if chunk:
        yield chunk


def name_of(items: Iterable[Item]) -> list[str] | str:
    """What the record of a run says was read."""
    paths = getattr(items, "paths", None) or getattr(items, "sources", None)
    return list(map(str, paths[:20])) if paths else type(items).__name__
