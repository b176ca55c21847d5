"""Finding a site's articles: sitemaps, feeds, and section pages with their paging."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from newsextract.clock import VIETNAM
from newsextract.errors import (
    ConnectFailed,
    FetchError,
    FetchTimeout,
    NewsextractError,
    TlsFailed,
)
from newsextract.feeds import Listed, listed
from newsextract.fetcher import Fetcher
from newsextract.given import expect
from newsextract.links import links
from newsextract.loops import drawn
from newsextract.model import Raw
from newsextract.policy import PAGE_TYPES, Policy, policy_or_default
from newsextract.sites import host_of
from newsextract.urls import canonical, checked, joined

LISTING_TYPES = (
    *PAGE_TYPES,
    "application/xml",
    "text/xml",
    "application/rss+xml",
    "application/atom+xml",
    "application/gzip",
    "application/x-gzip",
)
SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/sitemap-news.xml", "/news-sitemap.xml")
FEEDS = ("/rss", "/rss.xml", "/feed")

# An article's address ends in a long slug or in a number; a section's does not.
_NUMBER = re.compile(
    r"[-_/.]\d{4,}(?:\.(?:s?html?|aspx|htmx|ldo|epi|tpo|ptv|vnp|chn))?$", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?:^|&)(?:id|newsid|articleid|itemid|p)=\d", re.IGNORECASE)
_PAGING = re.compile(
    r"(?:\d{1,4}|>+|»+|›+|trang (?:sau|tiếp|kế)|(?:trang |xem )?tiếp(?: theo)?|sau|next|older"
    r"|xem thêm|xem tin theo ngày)",
    re.IGNORECASE,
)
_FEED_LINK = re.compile(r"(?:/rss|\.rss|/feed)(?:[/.?]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """An article's address, when it was published if the listing says so, and the listing."""

    url: str
    published: dt.datetime | None
    via: str


def discover(
    site: str, *, limit: int = 1_000, listings: int = 50, policy: Policy | None = None
) -> Iterator[Found]:
    """The addresses of a site's articles, the newest first, those without a date last.

    ``site`` is a domain, or the address of a section page, which is then read with its paging.
    At most ``limit`` articles are returned and ``listings`` sitemaps, feeds or section pages
    fetched; every address is on the same site and each article is named once. Raises the
    ``FetchError`` of ``site`` itself if nothing could be read; a broken listing is passed over.
    All is read before the first address comes.
    """
    expect("limit", limit, int, "a whole number")
    expect("listings", listings, int, "a whole number")
    if limit < 1 or listings < 1:
        raise ValueError("limit and listings are at least 1")
    start = checked(site if not isinstance(site, str) or "://" in site else f"https://{site}")
    search = _Search(start, limit, listings, policy_or_default(policy))
    if "://" not in site:
        search.advice = f"if it has no https, give http://{site}"
    return drawn(search.run())


class _Search:
    """One run of ``discover``: what is found, what was read, what is still allowed."""

    def __init__(self, start: str, limit: int, listings: int, policy: Policy) -> None:
        self.start = start
        self.limit = limit
        self.left = listings
        self.fetcher = Fetcher(replace(policy, content_types=LISTING_TYPES))
        self.found: dict[str, Found] = {}
        self.read: set[str] = set()
        self.error: FetchError | None = None
        self.advice = ""

    async def run(self) -> AsyncIterator[Found]:
        async with self.fetcher:
            section = urlsplit(self.start).path.strip("/") != ""
            if not section:
                await self._sitemaps()
            if len(self.found) < self.limit:
                await self._sections()
        if not self.found and self.error is not None:
            if isinstance(self.error, ConnectFailed | TlsFailed | FetchTimeout):
                self.error.advice = self.advice or self.error.advice  # type: ignore[misc]  # as errors
            raise self.error
        oldest = dt.datetime.min.replace(tzinfo=VIETNAM)
        newest = sorted(self.found.values(), key=lambda f: f.published or oldest, reverse=True)
        for found in newest[: self.limit]:
            yield found

    async def _get(self, url: str) -> Raw | None:
        """A listing, or None if it was read before, is one too many, or cannot be had."""
        key = canonical(url)
        if key in self.read or self.left <= 0:
            return None
        self.read.add(key)
        self.left -= 1
        try:
            return await self.fetcher.get(url)
        except FetchError as error:
            if url == self.start:
                self.error = error
            return None

    def _add(self, url: str, when: dt.datetime | None, via: str) -> None:
        """Keep an article's address, which may be relative to the listing it stands in."""
        try:
            url = joined(via, url)
        except NewsextractError:
            return
        if not urlsplit(url).path.strip("/") and not urlsplit(url).query:
            return  # the site itself
        if not _same_site(url, self.start):  # sitemaps may name other hosts
            return
        key = canonical(url).replace("http://", "https://", 1)
        known = self.found.get(key)
        if known is None or (known.published is None and when is not None):
            self.found[key] = Found(url, when, via)

    async def _sitemaps(self) -> None:
        robots = await self.fetcher.robots(self.start)
        named = [*robots.sitemaps, *(urljoin(self.start, p) for p in (*SITEMAPS, *FEEDS))]
        queue = [Listed(url, None, is_sitemap=True) for url in named]
        while queue and len(self.found) < self.limit:
            queue.sort(key=_freshness)
            listing = queue.pop(0)
            try:
                url = joined(self.start, listing.url)
            except NewsextractError:
                continue
            raw = await self._get(url) if _same_site(url, self.start) else None
            if raw is not None:
                queue += self._take(raw)

    def _take(self, raw: Raw) -> list[Listed]:
        """Keep the articles of a sitemap or feed; the sitemaps it names are returned."""
        sitemaps: list[Listed] = []
        with suppress(NewsextractError):  # what stood before the damage is good
            for entry in listed(raw.body):
                if entry.is_sitemap:
                    sitemaps.append(entry)
                else:
                    self._add(entry.url, entry.when, raw.url or "")
        return sitemaps

    async def _sections(self) -> None:
        """Read the start page, its paging and feeds; links that look like articles are kept."""
        queue = [self.start]
        while queue and len(self.found) < self.limit:
            raw = await self._get(queue.pop(0))
            if raw is None:
                continue
            if "xml" in (raw.content_type or ""):
                self._take(raw)
                continue
            for target, text in _targets(raw, self.start):
                if _FEED_LINK.search(target) or _is_paging(target, text, self.start):
                    queue.append(target)
                elif _is_article(target) and len(text.split()) >= 3:
                    self._add(target, None, raw.url or "")


def _targets(raw: Raw, start: str) -> Iterator[tuple[str, str]]:
    """The links of a page that stay on the site, with their text."""
    for href, text in links(raw.body.decode("utf-8", "replace"), raw.url or start):
        try:
            target = checked(href)
        except NewsextractError:
            continue
        if _same_site(target, start):
            yield target, text


def _is_article(url: str) -> bool:
    """Whether an address ends in a slug of five words or in a number, as articles' do."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    words = [word for word in path.rpartition("/")[2].split("-") if word]
    return len(words) >= 5 or bool(_NUMBER.search(path) or _NUMBERED.search(parts.query))


def _freshness(listing: Listed) -> float:
    # Undated listings first: an index and a news sitemap seldom carry a date of their own.
    return -listing.when.timestamp() if listing.when else -float("inf")


def _same_site(url: str, start: str) -> bool:
    host, home = host_of(url), host_of(start)
    return host == home or host.endswith(f".{home}")


def _is_paging(url: str, text: str, start: str) -> bool:
    """Whether a link leads to another page of the same section."""
    if not _PAGING.fullmatch(text.strip()):
        return False
    section = urlsplit(start).path.rstrip("/").rsplit(".", 1)[0]
    return urlsplit(url).path.startswith(section)
