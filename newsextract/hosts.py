"""What is known of each host while pages are fetched, and how fast it may be asked."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from aiolimiter import AsyncLimiter

from newsextract.policy import Policy
from newsextract.robots import Robots
from newsextract.sites import host_of


class Host:
    """One host: how many requests it has at once, how far apart, and its robots.txt.

    ``gate`` is held while a page of the host is fetched, ``lock`` while robots.txt is.
    """

    def __init__(self, policy: Policy) -> None:
        self.gate = asyncio.Semaphore(policy.per_host)
        self.lock = asyncio.Lock()
        self.robots: Robots | None = None
        self._pace: AsyncLimiter | None = None
        if policy.delay > 0:
            self.slow_down(policy.delay)

    def slow_down(self, delay: float) -> None:
        """Ask at most once in ``delay`` seconds from now on."""
        self._pace = AsyncLimiter(1, delay)

    async def turn(self) -> None:
        """Wait until the host may be asked again."""
        if self._pace is not None:
            await self._pace.acquire()


class Hosts:
    """Every host that was asked under one policy; ``www.`` and the bare name are one host."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._known: dict[str, Host] = {}

    def of(self, url: str) -> Host:
        """The host, with a port that is not the usual one, of a checked URL."""
        port = urlsplit(url).port
        name = host_of(url) if port in (None, 80, 443) else f"{host_of(url)}:{port}"
        if name not in self._known:
            self._known[name] = Host(self._policy)
        return self._known[name]


class Cookies:
    """The cookies of one page's redirects, sent back to their host and forgotten with the page.

    Portals set one and redirect to the same address to see it come back.
    """

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, str]] = {}

    def take(self, url: str, sent: Iterable[str]) -> bool:
        """Keep what the Set-Cookie headers ``sent`` by ``url`` say; whether any is new."""
        kept = self._kept.setdefault(urlsplit(url).netloc, {})
        before = dict(kept)
        for header in sent:
            name, _, value = header.partition(";")[0].partition("=")
            if name.strip() and len(kept) < MAX_COOKIES:
                kept[name.strip()] = value.strip()
        return kept != before

    def header(self, url: str) -> dict[str, str]:
        """The Cookie header for a request of ``url``, if there is anything to say."""
        kept = self._kept.get(urlsplit(url).netloc)
        return {"Cookie": "; ".join(f"{k}={v}" for k, v in kept.items())} if kept else {}


MAX_COOKIES = 50
"""Cookies of one host, as many as browsers must keep (RFC 6265 §6.1)."""


def seconds_of(retry_after: str | None) -> float | None:
    """Retry-After, a number of seconds or a date, as seconds from now."""
    if retry_after is None:
        return None
    with suppress(ValueError):
        return max(0.0, float(retry_after))
    with suppress(ValueError, TypeError):
        when = parsedate_to_datetime(retry_after)
        when = when if when.tzinfo else when.replace(tzinfo=dt.UTC)
        return max(0.0, (when - dt.datetime.now(dt.UTC)).total_seconds())
    return None
