"""What is known of each host while pages are fetched, and how fast it may be asked."""

from __future__ import annotations

import asyncio
import datetime as dt
from contextlib import suppress
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from aiolimiter import AsyncLimiter

from newsextract.policy import Policy
from newsextract.robots import Robots


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
        """The host, with its port, of a checked URL."""
        name = urlsplit(url).netloc.lower().removeprefix("www.")
        if name not in self._known:
            self._known[name] = Host(self._policy)
        return self._known[name]


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
