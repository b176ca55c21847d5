"""Sitemaps and lists of addresses → the pages they lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from newsextract.errors import ArchiveError, NewsextractError
from newsextract.feeds import listed
from newsextract.media import shown
from newsextract.model import Raw
from newsextract.policy import Policy

Fetch = Callable[[str], Raw]
MAX_SITEMAPS = 50_000
"""Sitemaps that one sitemap index may list, all levels together (sitemaps.org)."""

_BLANK = b"\xef\xbb\xbf \t\r\n"
_WEB = (b"http://", b"https://")


def lists_addresses(head: bytes, *, cut: bool) -> bool:
    """Whether a file is a sitemap, or has an address on each line: the first and nearly all.

    A line of another word is a slip that is told when it is fetched; ``#`` begins a remark.
    ``head`` is the file's beginning, ``cut`` whether more follows.
    """
    start = head.lstrip(_BLANK)
    if start.startswith((b"<?xml", b"<urlset", b"<sitemapindex")):
        return b"<urlset" in head or b"<sitemapindex" in head
    lines = [line.split() for line in start.splitlines() if line.strip()]
    if cut and len(lines) > 1:
        lines.pop()
    lines = [words for words in lines if not words[0].startswith(b"#")]
    web = [words[0].lower().startswith(_WEB) for words in lines]
    alone = all(len(words) == 1 for words in lines)
    return bool(web) and web[0] and alone and 2 * sum(web) > len(web)


def pages_listed(
    body: bytes, name: str, *, fetch: Fetch | None, policy: Policy | None
) -> Iterator[Raw | NewsextractError]:
    """What a sitemap, a sitemap of sitemaps or a plain list of addresses leads to.

    ``fetch`` gets one page after the other; without it they are fetched side by side under
    ``policy``, politely to each host, and come in any order. A sitemap that cannot be had or read
    is an error in its place, and the others are read on.
    """
    walk = _Walk(body, name, fetch or _fetched_listing(policy))
    if fetch is None:
        from newsextract.fetcher import fetch_many  # loads the HTTP library, only for the web

        pages: Iterator[Raw | NewsextractError] = fetch_many(walk.urls(), policy=policy)
    else:
        pages = map(walk.got, walk.urls())
    for page in pages:
        yield from walk.told()
        yield page
    yield from walk.told()


class _Walk:
    """The addresses of a list, of the sitemaps it names too, and what went wrong on the way."""

    def __init__(self, body: bytes, name: str, fetch: Fetch) -> None:
        self._waiting = [(body, name)]
        self._name = name
        self._fetch = fetch
        self._seen: set[str] = set()
        self._errors: list[NewsextractError] = []

    def urls(self) -> Iterator[str]:
        while self._waiting:
            body, name = self._waiting.pop()
            try:
                for url, is_sitemap in _urls(body):
                    if is_sitemap:
                        self._follow(url)
                    else:
                        yield url
            except NewsextractError as error:  # a sitemap that cannot be unpacked
                error.source = error.source or name
                self._errors.append(error)

    def _follow(self, url: str) -> None:
        if url in self._seen or len(self._seen) > MAX_SITEMAPS:
            return
        self._seen.add(url)
        if len(self._seen) > MAX_SITEMAPS:
            what = f"names over {MAX_SITEMAPS:,} sitemaps; the others are left out"
            self._errors.append(ArchiveError(what, source=self._name))
            return
        got = self.got(url)
        if isinstance(got, Raw):
            self._waiting.append((got.body, url))
        else:
            self._errors.append(got)

    def got(self, url: str) -> Raw | NewsextractError:
        """What is at an address."""
        try:
            return self._fetch(url)
        except NewsextractError as error:
            error.source = error.source or f"{self._name}!{shown(url)}"
            return error

    def told(self) -> Iterator[NewsextractError]:
        """The errors since this was asked last."""
        while self._errors:
            yield self._errors.pop(0)


def _fetched_listing(policy: Policy | None) -> Fetch:
    def get(url: str) -> Raw:
        from newsextract.discovery import LISTING_TYPES
        from newsextract.fetcher import fetch

        base = policy or Policy()
        types = (*base.content_types, *LISTING_TYPES)
        return fetch(url, policy=replace(base, content_types=types))

    return get


def _urls(body: bytes) -> Iterator[tuple[str, bool]]:
    """Each address, and whether it is of another sitemap."""
    if body.lstrip(_BLANK)[:8].lower().startswith((*_WEB, b"#")):
        for line in body.decode("utf-8-sig", "replace").splitlines():
            if (url := line.strip()) and not url.startswith("#"):
                yield url, False
    else:
        yield from ((entry.url, entry.is_sitemap) for entry in listed(body))
