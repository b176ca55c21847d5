"""Fetching pages: polite to hosts, guarded against them, and never losing one for another."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Iterable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any

from newsextract.errors import BadUrl, FetchError, FetchTimeout, Redirected, Truncated, WrongType
from newsextract.given import expect, expect_each
from newsextract.hosts import Cookies
from newsextract.loops import Lent, drawn, each
from newsextract.manners import REDIRECTS, Manners, status_error
from newsextract.model import Raw
from newsextract.pagecache import PageCache
from newsextract.policy import Policy, policy_or_default
from newsextract.robots import Robots
from newsextract.transport import Answer, Transport
from newsextract.urls import checked, joined

WINDOW = 1_000
"""URLs that are looked at ahead, so that a list sorted by host still keeps many hosts busy."""

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

    ``urls`` is read lazily, in the thread that asks for the next page, and memory does not grow
    with its length. ``record`` is called with every whole answer as it was sent (a WARC writer),
    in a thread of its own; what it raises ends the rest, as does closing the iterator or Ctrl-C.
    """
    if isinstance(urls, str):
        raise TypeError("urls is one string: give a list of addresses, or use fetch(url)")
    expect_each("urls", urls, "addresses")
    if record is not None:
        expect("record", record, Callable, "a function that takes an Answer, or None")  # type: ignore[arg-type]  # an abstract class
    policy = policy_or_default(policy)
    lent = Lent(urls)

    async def answers() -> AsyncGenerator[Raw | FetchError, None]:
        async with (
            Fetcher(policy, record=record) as fetcher,
            aclosing(fetcher.stream(lent)) as stream,
        ):
            async for answer in stream:
                yield answer

    return drawn(answers(), lent)


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
        self.policy = policy_or_default(policy)
        self._transport = Transport(self.policy, client=client, connector=connector)
        self._record = record
        self._unrecorded: Exception | None = None
        self._manners = Manners(self.policy, self._send)
        self._cache = PageCache(Path(self.policy.cache)) if self.policy.cache else None

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._transport.close()

    async def get(self, url: str) -> Raw:
        """One page, with retries; raises ``FetchError``."""
        url = checked(url)
        async for attempt in self._manners.attempts():
            with attempt:
                return await self._attempt(url)
        raise AssertionError("the last attempt raises")

    async def robots(self, url: str) -> Robots:
        """The robots.txt rules of ``url``'s site; none where they cannot be had."""
        return await self._manners.robots(checked(url))

    async def stream(
        self, urls: Iterable[str] | AsyncIterable[str]
    ) -> AsyncGenerator[Raw | FetchError, None]:
        """Every page of ``urls`` as it comes, or its error; what ``urls`` raises ends it."""
        answers: asyncio.Queue[Raw | FetchError | None] = asyncio.Queue(self.policy.concurrency)
        ahead = asyncio.Semaphore(WINDOW)

        async def one(url: str) -> None:
            try:
                url = checked(url)
            except BadUrl as error:
                await answers.put(error)
                return
            # The answer is put while the place is still held, so bodies do not pile up.
            async with self._manners.place(url):
                await answers.put(await self._answer(url))

        async def every() -> None:
            failure = None
            try:
                async with asyncio.TaskGroup() as tasks:
                    async for url in each(urls):
                        await ahead.acquire()
                        tasks.create_task(one(url))
            except* Exception as group:
                failure = group.exceptions[0]
            await answers.put(None)
            if failure is not None:
                raise failure

        work = asyncio.create_task(every())
        try:
            while (answer := await answers.get()) is not None:
                ahead.release()
                yield answer
            await work
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)

    async def _answer(self, url: str) -> Raw | FetchError:
        try:
            return await self.get(url)
        except Exception as error:
            if error is self._unrecorded:  # what cannot be kept need not be fetched
                raise
            if not isinstance(error, FetchError):  # a fault of ours must not lose the other pages
                return FetchError(f"{type(error).__name__}: {error}", source=url, advice=REPORT)
            error.source = error.source or url
            return error

    async def _attempt(self, url: str) -> Raw:
        """One attempt; an error names ``url`` and, where that redirects, the address it is of."""
        try:
            return await self._follow(url)
        except FetchError as error:
            if error.source not in (None, url):
                error.what = f"redirects to {error.source}: {error.what}"
            error.source = url
            raise

    async def _follow(self, url: str) -> Raw:
        """The page behind ``url``, redirects followed by hand."""
        first, seen, cookies = url, {url}, Cookies()
        left = self.policy.deadline
        for _ in range(self.policy.max_redirects + 1):
            await self._manners.leave(url)
            # A record without its body would not be the page, so where it is recorded it is sent.
            kept = self._cache.get(url) if self._cache and self._record is None else None
            asks = kept[1] if kept else {}
            began = time.monotonic()
            extra = {**asks, **cookies.header(url)}
            answer = await self._send(url, extra, seconds=left, look=self._look)
            left -= time.monotonic() - began
            self._keep(answer)
            if answer.status == 304 and kept:
                return replace(kept[0], fetched=_now())
            target = answer.header("location") if answer.status in REDIRECTS else None
            if target is None:
                return self._page(answer)
            fresh = cookies.take(url, answer.all("set-cookie"))
            url = joined(url, target)
            if url in seen and not fresh:
                raise Redirected(f"redirects in a loop, back to {url}", source=first)
            seen.add(url)
        raise Redirected(f"over {self.policy.max_redirects} redirects", source=first)

    def _keep(self, answer: Answer) -> None:
        if self._record is not None:
            try:
                self._record(answer)
            except Exception as error:
                self._unrecorded = error
                raise

    async def _send(
        self,
        url: str,
        extra: Mapping[str, str] | None = None,
        *,
        seconds: float | None = None,
        look: Callable[[Answer], None] | None = None,
    ) -> Answer:
        headers = {
            "User-Agent": self.policy.user_agent,
            "Accept": ", ".join((*self.policy.content_types, "*/*;q=0.1")),
            "Accept-Encoding": "gzip, deflate",
            "Accept-Language": "vi, en;q=0.5",
            **(extra or {}),
        }
        keep = self._record is not None
        seconds = self.policy.deadline if seconds is None else max(seconds, 0)
        try:
            async with asyncio.timeout(seconds):
                return await self._transport.get(url, headers, keep_wire=keep, look=look)
        except TimeoutError as error:
            what = f"not complete after {self.policy.deadline:g} s"
            raise FetchTimeout(what, source=url) from error

    def _look(self, answer: Answer) -> None:
        """Refuse an answer of another type before its body is read."""
        content_type = answer.header("content-type") or self.policy.content_types[0]
        plain = content_type.partition(";")[0].strip().lower()
        if 200 <= answer.status < 300 and plain not in self.policy.content_types:
            raise WrongType(f"the answer is {plain[:80]}", source=answer.url)

    def _page(self, answer: Answer) -> Raw:
        if not 200 <= answer.status < 300:
            raise status_error(answer)
        if answer.status == 206:  # nobody asked for a part
            raise Truncated("the server sent only a part of the page (206)", source=answer.url)
        content_type = answer.header("content-type")
        raw = Raw(answer.body, answer.url, content_type, answer.status, _now())
        if self._cache:
            etag, modified = answer.header("etag"), answer.header("last-modified")
            self._cache.put(answer.url, raw, etag=etag, modified=modified)
        return raw


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
