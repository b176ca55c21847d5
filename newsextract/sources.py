"""What a user names on the command line → the inputs it holds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO

from newsextract.archive import Archive, open_archive
from newsextract.errors import EmptyPage, FetchError, NewsextractError, NotAPage, StoreError
from newsextract.model import Raw
from newsextract.piped import read_piped
from newsextract.policy import Policy


@dataclass(frozen=True, slots=True)
class Inputs:
    """Every page that the named sources hold, or the error in its place; may be iterated again.

    A source is a file, a folder, an archive, a glob, a URL, or ``-`` for a page or an archive on
    standard input. URLs are fetched together at the end, so that hosts can be waited for side by
    side. ``columns`` are those of ``open_archive``.
    ``tell`` is called with what is wrong with a whole source, or a file of a folder.
    """

    sources: tuple[str, ...]
    policy: Policy | None = None
    tell: Callable[[NewsextractError], None] | None = None
    columns: Mapping[str, str] | None = None
    _opened: list[Archive] = field(default_factory=list, compare=False, repr=False)

    def __iter__(self) -> Iterator[Raw | NewsextractError]:
        for raw in self._all():
            if self.tell and isinstance(raw, NewsextractError) and not _is_of_a_member(raw):
                self.tell(raw)
            yield raw

    def _all(self) -> Iterator[Raw | NewsextractError]:
        self._opened.clear()
        urls = [s for s in self.sources if is_web(s)]
        for source in self.sources:
            if source == "-":
                yield from self._standard_input()
            elif not is_web(source):
                yield from self._held(source)
        if urls:
            from newsextract.fetcher import fetch_many  # a third of a second, only for the web

            yield from fetch_many(urls, policy=self.policy)

    def _held(self, path: str) -> Iterator[Raw | NewsextractError]:
        try:
            archive = open_archive(path, columns=self.columns, policy=self.policy)
            self._opened.append(archive)
        except NewsextractError as error:
            yield error
        else:
            yield from self._opened[-1]

    def _standard_input(self) -> Iterator[Raw | NewsextractError]:
        if sys.stdin is None:
            yield EmptyPage("it is closed", source="<stdin>", advice="give a page there, or a path")
            return
        yield from read_piped(sys.stdin.buffer, columns=self.columns, policy=self.policy)

    def check(self) -> None:
        """Raise the error of the first source if none can be read: then there is nothing to do."""
        first: NewsextractError | None = None
        for source in self.sources:
            if source == "-" or is_web(source):
                return
            try:
                open_archive(source)
            except NewsextractError as error:
                first = first or error
            else:
                return
        if first is not None:
            raise first

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


def standard_lines() -> IO[bytes]:
    """Standard input to read lines from. ``StoreError`` where it is closed."""
    if sys.stdin is None:
        raise StoreError("it is closed", source="<stdin>", advice="give lines there, or a file")
    return sys.stdin.buffer


def _is_of_a_member(error: NewsextractError) -> bool:
    """Whether only a member of an archive, or a file that is no page, is missed."""
    return isinstance(error, NotAPage) or "!" in (error.source or "")


def is_web(source: str) -> bool:
    """Whether ``source`` is an address to fetch and not a path."""
    return source.lower().startswith(("http://", "https://"))


def addresses(url: str, limit: int | None, policy: Policy) -> list[str]:
    """The addresses to fetch: ``url`` itself, or with a ``limit`` the newest its site lists.

    Raises the ``FetchError`` of a site that cannot be read or lists nothing.
    """
    if limit is None:
        return [url]
    from newsextract.discovery import discover  # only for the web, as above

    found = [f.url for f in discover(url, limit=limit, policy=policy)]
    if not found:
        raise FetchError("no article is listed there", source=url, advice="name a section page")
    return found
