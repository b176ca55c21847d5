"""What a user names on the command line → the inputs it holds."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from newsextract.archive import open_archive
from newsextract.discovery import discover
from newsextract.errors import FetchError, NewsextractError
from newsextract.fetcher import fetch_many
from newsextract.model import Raw
from newsextract.policy import Policy
from newsextract.urls import checked

STDIN_LIMIT = 50_000_000
"""Bytes read from standard input at most: one page, not an archive."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Every page that the named sources hold, or the error in its place; may be iterated again.

    A source is a file, a folder, an archive, a glob, a URL, or ``-`` for one page on standard
    input. URLs are fetched together at the end, so that hosts can be waited for side by side.
    """

    sources: tuple[str, ...]
    policy: Policy | None = None

    def __iter__(self) -> Iterator[Raw | NewsextractError]:
        urls = [s for s in self.sources if is_web(s)]
        for source in self.sources:
            if source == "-":
                yield Raw(sys.stdin.buffer.read(STDIN_LIMIT), source="<stdin>")
            elif not is_web(source):
                yield from _held(source)
        if urls:
            yield from fetch_many(urls, policy=self.policy)


def is_web(source: str) -> bool:
    """Whether ``source`` is an address to fetch and not a path."""
    return source.lower().startswith(("http://", "https://"))


def _held(path: str) -> Iterator[Raw | NewsextractError]:
    try:
        yield from open_archive(path)
    except NewsextractError as error:
        yield error


def addresses(
    urls: Iterable[str], limit: int | None, policy: Policy, known: Collection[str]
) -> Iterator[str]:
    """The addresses to fetch: ``urls`` themselves, or with a ``limit`` what their sites list.

    What is in ``known`` is left out. An address that is wrong is passed on, to fail by its name.
    """
    for url in urls:
        found = (f.url for f in discover(url, limit=limit, policy=policy)) if limit else (url,)
        for address in found:
            try:
                done = checked(address) in known
            except FetchError:
                done = False
            if not done:
                yield address
