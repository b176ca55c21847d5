"""Fetching pages: polite to hosts, guarded against them, and never losing one for another."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
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
    WrongType,
)
from newsextract.hosts import Host, Hosts, seconds_of
from newsextract.loops import drawn
from newsextract.model import Raw
from newsextract.pagecache import PageCache
from newsextract.policy import Policy
from newsextract.robots import Robots, rules_of
from newsextract.transport import Answer, Transport
from newsextract.urls import checked, joined

WINDOW = 1_000
"""URLs that are looked at ahead, so that a list sorted by host still keeps many hosts busy."""

RETRIED = frozenset({429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Retries are logged by stamina; without any handler Python would print a bare line for each.
logging.getLogger("stamina").addHandler(logging.NullHandler())

REPORT = "please report it with the address"


def fetch(url: str, *, policy: Policy | None = None) -> Raw:
    """Fetch one page; raises a ``FetchError`` that names the URL, the cause and what to do."""
    for answer in fetch_many([url], policy=policy):
        if isinstance(answer, FetchError):
            raise answer
        return answer
    raise AssertionError("one URL gives one answer")


def fetch_many(
    urls: Iterable[str],
    *,
    policy: Policy | None = None,
    record: Callable[[Answer], None] | None = None,
) -> Iterator[Raw | FetchError]:
    """Fetch pages side by side; each is yielded as it comes, in any order, failures as errors.

    ``urls`` is read lazily and memory does not grow with its length. ``record`` is called with
    every answer as it was sent (a WARC writer). Closing the iterator, or Ctrl-C, stops the rest.
    """

    async def answers() -> AsyncIterator[Raw | FetchError]:
        async with Fetcher(policy, record=record) as fetcher:
            async for answer in fetcher.stream(urls):
                yield answer

    return drawn(answers())


class Fetcher:
    """Fetches under one policy; use it as ``async with Fetcher(policy) as fetcher``.

    ``client`` replaces the HTTP client, ``connector`` what opens connections (for tests).
    """

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        client: Any = None,
        connector: Any = None,
        record: Callable[[Answer], None] | None = None,
    ) -> None:
        self.policy = policy or Policy()
        self._transport = Transport(self.policy, client=client, connector=connector)
        self._record = record
        self._hosts = Hosts(self.policy)
        self._active = asyncio.Semaphore(self.policy.concurrency)
        self._cache = PageCache(self.policy.cache) if self.policy.cache else None

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._transport.close()

    async def get(self, url: str) -> Raw:
        """One page, with retries; raises ``FetchError``."""
        url = checked(url)
        policy = self.policy
        attempts = stamina.retry_context(
            on=self._wait_before_retry,
            attempts=policy.retries + 1,
            timeout=None,
            wait_initial=policy.first_wait,
            wait_max=policy.longest_wait,
            wait_jitter=policy.first_wait / 2,
        )
        async for attempt in attempts:
            with attempt:
                return await self._follow(url)
        raise AssertionError("the last attempt raises")

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

    async def stream(self, urls: Iterable[str]) -> AsyncIterator[Raw | FetchError]:
        """Every page of ``urls`` as it comes, or its error."""
        tasks: set[asyncio.Task[None]] = set()
        answers: asyncio.Queue[Raw | FetchError] = asyncio.Queue(self.policy.concurrency)
        source = iter(urls)
        owed, more = 0, True

        async def one(url: str) -> None:
            # The answer is put while the place is still held, so bodies do not pile up.
            async with self._place(url):
                await answers.put(await self._answer(url))

        try:
            while more or owed:
                while more and owed < WINDOW:
                    url = next(source, None)
                    more = url is not None
                    if url is not None:
                        task = asyncio.create_task(one(url))
                        tasks.add(task)
                        task.add_done_callback(tasks.discard)
                        owed += 1
                if owed:
                    yield await answers.get()
                    owed -= 1
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _answer(self, url: str) -> Raw | FetchError:
        try:
            return await self.get(url)
        except FetchError as error:
            error.source = error.source or url
            return error
        except Exception as error:  # a fault of ours must not lose the other pages
            return FetchError(f"{type(error).__name__}: {error}", source=url, advice=REPORT)

    @asynccontextmanager
    async def _place(self, url: str) -> AsyncIterator[None]:
        # First the host's own gate: a task that waits for its host must not hold a common place.
        async with self._hosts.of(url).gate, self._active:
            yield

    def _wait_before_retry(self, error: Exception) -> bool | float:
        if isinstance(error, HttpStatus) and error.status in RETRIED:
            asked = error.retry_after
            return True if asked is None else asked <= self.policy.longest_wait and asked
        return isinstance(error, ConnectFailed | Truncated)

    async def _follow(self, url: str) -> Raw:
        """One attempt: the page behind ``url``, redirects followed by hand."""
        seen = {url}
        left = self.policy.deadline
        first = url
        while True:
            await self._ask_leave(url)
            kept = self._cache.get(url) if self._cache else None
            began = time.monotonic()
            answer = await self._send(url, kept[1] if kept else {}, left)
            left -= time.monotonic() - began
            if self._record is not None:
                self._record(answer)
            if answer.status == 304 and kept:
                return replace(kept[0], fetched=_now())
            target = answer.header("location") if answer.status in REDIRECTS else None
            if target is None:
                return self._page(answer)
            url = joined(url, target)
            if url in seen:
                raise Redirected(f"redirects in a loop, back to {url}", source=first)
            if len(seen) > self.policy.max_redirects:
                raise Redirected(f"over {self.policy.max_redirects} redirects", source=first)
            seen.add(url)

    async def _send(self, url: str, extra: dict[str, str], seconds: float) -> Answer:
        headers = {
            "User-Agent": self.policy.user_agent,
            "Accept": ", ".join((*self.policy.content_types, "*/*;q=0.1")),
            "Accept-Encoding": "gzip, deflate",
            "Accept-Language": "vi, en;q=0.5",
            **extra,
        }
        try:
            async with asyncio.timeout(max(seconds, 0)):
                keep = self._record is not None
                answer = await self._transport.get(url, headers, keep_wire=keep)
        except TimeoutError as error:
            what = f"not complete after {self.policy.deadline:g} s"
            raise FetchTimeout(what, source=url) from error
        return answer

    async def _ask_leave(self, url: str) -> None:
        """Wait for the host's turn; raises ``RobotsDenied``."""
        host = self._hosts.of(url)
        if self.policy.robots:
            async with host.lock:
                if host.robots is None:
                    host.robots = await self._robots(url, host)
            if not host.robots.allows(url, self.policy.user_agent):
                raise RobotsDenied("robots.txt does not allow it", source=url)
        await host.turn()

    async def _robots(self, url: str, host: Host) -> Robots:
        """The rules for ``url``'s site, and its Crawl-delay put in force."""
        policy = self.policy
        target = urljoin(url, "/robots.txt")
        await host.turn()
        try:
            answer = await self._robots_answer(target)
        except FetchError as error:
            if isinstance(error, BlockedAddress | ConnectFailed | TlsFailed | FetchTimeout):
                raise  # the page's own request would end the same way
            return Robots(None)
        rules = rules_of(answer.status, answer.body)
        asked = min(rules.delay(policy.user_agent), policy.longest_delay)
        if asked > policy.delay:
            host.slow_down(asked)
            await host.turn()  # counts the request for robots.txt itself
        return rules

    async def _robots_answer(self, url: str) -> Answer:
        # RFC 9309 §2.3.1.2: at least five redirects are followed, to other hosts too.
        for _ in range(self.policy.max_redirects + 1):
            answer = await self._send(url, {}, self.policy.deadline)
            target = answer.header("location") if answer.status in REDIRECTS else None
            if target is None:
                return answer
            url = joined(url, target)
        raise Redirected("robots.txt redirects too often", source=url)

    def _page(self, answer: Answer) -> Raw:
        if not 200 <= answer.status < 300:
            raise HttpStatus.of(answer.status, answer.url, seconds_of(answer.header("retry-after")))
        content_type = answer.header("content-type")
        plain = (content_type or self.policy.content_types[0]).partition(";")[0].strip().lower()
        if plain not in self.policy.content_types:
            raise WrongType(f"the answer is {plain[:80]}", source=answer.url)
        raw = Raw(answer.body, answer.url, content_type, answer.status, _now())
        if self._cache:
            etag, modified = answer.header("etag"), answer.header("last-modified")
            self._cache.put(answer.url, raw, etag=etag, modified=modified)
        return raw


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
