"""What a user names on the command line → the inputs it holds."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from newsextract.archive import Archive, open_archive
from newsextract.errors import EmptyPage, FetchError, NewsextractError
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
    _opened: list[Archive] = field(default_factory=list, compare=False, repr=False)

    def __iter__(self) -> Iterator[Raw | NewsextractError]:
        self._opened.clear()
        urls = [s for s in self.sources if is_web(s)]
        for source in self.sources:
            if source == "-":
                yield _standard_input()
            elif not is_web(source):
                yield from self._held(source)
        if urls:
            from newsextract.fetcher import fetch_many  # a third of a second, only for the web

            yield from fetch_many(urls, policy=self.policy)

    def _held(self, path: str) -> Iterator[Raw | NewsextractError]:
        try:
            self._opened.append(open_archive(path))
        except NewsextractError as error:
            yield error
        else:
            yield from self._opened[-1]

    @property
    def size(self) -> int:
        """Bytes of all files named, so that a batch can say how long it will take."""
        total = 0
        for source in self.sources:
            if source != "-" and not is_web(source):
                with suppress(NewsextractError):  # it is said when its turn comes
                    total += open_archive(source).size
        return total

    @property
    def position(self) -> int:
        """About how many of these bytes the last iteration has passed."""
        return sum(archive.position for archive in self._opened)


def _standard_input() -> Raw | NewsextractError:
    if sys.stdin is None:
        return EmptyPage("it is closed", source="<stdin>", advice="give a page there, or a path")
    return Raw(sys.stdin.buffer.read(STDIN_LIMIT), source="<stdin>")


def is_web(source: str) -> bool:
    """Whether ``source`` is an address to fetch and not a path."""
    return source.lower().startswith(("http://", "https://"))


def addresses(url: str, limit: int | None, policy: Policy, known: Collection[str]) -> Iterator[str]:
    """The addresses to fetch: ``url`` itself, or with a ``limit`` the newest its site lists.

    What is in ``known`` is left out. An address that is wrong is passed on, to fail by its name.
    Raises the ``FetchError`` of a site that cannot be read or lists nothing.
    """
    found = [url] if limit is None else _listed(url, limit, policy)
    for address in found:
        with suppress(FetchError):
            if checked(address) in known:
                continue
        yield address


def _listed(site: str, limit: int, policy: Policy) -> list[str]:
    from newsextract.discovery import discover  # only for the web, as above

    found = [f.url for f in discover(site, limit=limit, policy=policy)]
    if not found:
        raise FetchError("no article is listed there", source=site, advice="name a section page")
    return found
