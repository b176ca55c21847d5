"""What is asked before a page: its host's turn and its robots.txt; and when to ask once more."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urljoin

import stamina

from newsextract.errors import (
    BlockedAddress,
    ConnectFailed,
    FetchError,
    FetchTimeout,
    HttpStatus,
    Redirected,
    RobotsDenied,
    TlsFailed,
    Truncated,
)
from newsextract.hosts import Host, Hosts, seconds_of
from newsextract.policy import Policy
from newsextract.robots import Robots, rules_of
from newsextract.transport import Answer
from newsextract.urls import joined

RETRIED = frozenset({429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Retries are logged by stamina; without any handler Python would print a bare line for each.
logging.getLogger("stamina").addHandler(logging.NullHandler())


class Manners:
    """How one fetcher treats hosts; ``send`` makes one request of a URL and follows nothing."""

    def __init__(self, policy: Policy, send: Callable[[str], Awaitable[Answer]]) -> None:
        self._policy = policy
        self._send = send
        self._hosts = Hosts(policy)
        self._active = asyncio.Semaphore(policy.concurrency)

    @asynccontextmanager
    async def place(self, url: str) -> AsyncIterator[None]:
        """One of the places for pages that are fetched at once."""
        # First the host's own gate: a task that waits for its host must not hold a common place.
        async with self._hosts.of(url).gate, self._active:
            yield

    async def leave(self, url: str) -> None:
        """Wait for the host's turn; raises ``RobotsDenied``."""
        host = self._hosts.of(url)
        if self._policy.robots:
            async with host.lock:
                if host.robots is None:
                    host.robots = await self._robots(url, host)
            rules = host.robots
            if not rules.allows(url):
                what = f"could not be read ({rules.why})" if rules.why else "does not allow it"
                raise RobotsDenied(f"robots.txt {what}", source=url)
        await host.turn()

    async def robots(self, url: str) -> Robots:
        """The robots.txt rules of ``url``'s site; none where they cannot be had."""
        host = self._hosts.of(url)
        async with host.lock:
            if host.robots is None:
                try:
                    host.robots = await self._robots(url, host)
                except FetchError:
                    return Robots("")
        return host.robots

    async def _robots(self, url: str, host: Host) -> Robots:
        """The rules for ``url``'s site, and its Crawl-delay put in force."""
        try:
            answer = await self._robots_answer(urljoin(url, "/robots.txt"), host)
        except HttpStatus as error:
            return rules_of(error.status, b"")
        except FetchError as error:
            if isinstance(error, BlockedAddress | ConnectFailed | TlsFailed | FetchTimeout):
                error.source = url  # the page's own request would end the same way
                raise
            return Robots(None, why=error.what)
        rules = rules_of(answer.status, answer.body)
        asked = min(rules.delay, self._policy.longest_delay)
        if asked > self._policy.delay:
            host.slow_down(asked)
            await host.turn()  # counts the request for robots.txt itself
        return rules

    async def _robots_answer(self, url: str, host: Host) -> Answer:
        """What stands at ``url``; asked again as a page would be, for it decides over them all."""

        def busy(error: Exception) -> bool | float:
            return isinstance(error, HttpStatus) and self._wait(error)

        async for attempt in self._attempts(busy):
            with attempt:
                await host.turn()
                answer = await self._robots_redirected(url)
                if answer.status in RETRIED:
                    raise status_error(answer)
        return answer

    async def _robots_redirected(self, url: str) -> Answer:
        # RFC 9309 §2.3.1.2: at least five redirects are followed, to other hosts too.
        for _ in range(max(5, self._policy.max_redirects) + 1):
            answer = await self._send(url)
            target = answer.header("location") if answer.status in REDIRECTS else None
            if target is None:
                return answer
            url = joined(url, target)
        raise Redirected("robots.txt redirects too often", source=url)

    def attempts(self) -> Any:
        """The attempts at one page, as ``async for attempt`` and ``with attempt``."""
        return self._attempts(self._wait)

    def _attempts(self, on: Callable[[Exception], bool | float]) -> Any:
        policy = self._policy
        return stamina.retry_context(
            on=on,
            attempts=policy.retries + 1,
            timeout=None,
            wait_initial=policy.first_wait,
            wait_max=policy.longest_wait,
            wait_jitter=policy.first_wait / 2,
        )

    def _wait(self, error: Exception) -> bool | float:
        """Whether to try again after ``error``, or in how many seconds."""
        if isinstance(error, HttpStatus) and error.status in RETRIED:
            # "At once" is the server's way to say that it names no time.
            return not error.retry_after or (
                error.retry_after <= self._policy.longest_wait and error.retry_after
            )
        return isinstance(error, ConnectFailed | Truncated)


def status_error(answer: Answer) -> HttpStatus:
    """The error for an answer that is none of success."""
    return HttpStatus.of(answer.status, answer.url, seconds_of(answer.header("retry-after")))
