"""Asynchronous work from ordinary code, also where a loop already runs (a notebook)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from queue import SimpleQueue
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")
S = TypeVar("S")

_END = object()


class Lent(Generic[T]):
    """``items`` for work that is ``drawn``, which awaits them one by one.

    They are taken in the thread that draws: what they come from may belong to it (a database's
    cursor), may take its time, and may be stopped by Ctrl-C.
    """

    def __init__(self, items: Iterable[T]) -> None:
        self._items = iter(items)
        self.calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()

    def __aiter__(self) -> AsyncIterator[T]:
        return self

    async def __anext__(self) -> T:
        loop = asyncio.get_running_loop()
        taken = loop.create_future()

        def take() -> None:
            loop.call_soon_threadsafe(give, next(self._items, _END))

        def give(item: T | object) -> None:
            if not taken.done():  # cancelled meanwhile
                taken.set_result(item)

        self.calls.put(take)
        item = await taken
        if item is _END:
            raise StopAsyncIteration
        return cast("T", item)


def drawn(source: AsyncIterator[T], lent: Lent[Any] | None = None) -> Iterator[T]:
    """``source`` as an ordinary iterator, run in a loop of its own thread.

    ``lent`` is what ``source`` reads from. Closing the iterator, or an exception such as Ctrl-C
    while it waits, cancels what ``source`` awaits.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="newsextract-fetch", daemon=True)
    thread.start()
    calls = lent.calls if lent else SimpleQueue()

    async def step() -> T | object:
        return await anext(source, _END)

    future = None
    try:
        while True:
            future = asyncio.run_coroutine_threadsafe(step(), loop)
            future.add_done_callback(lambda _: calls.put(None))
            while (call := calls.get()) is not None:
                call()
            item = future.result()
            if item is _END:
                return
            yield cast("T", item)
    finally:
        if future is not None:
            future.cancel()  # Ctrl-C came while a page was awaited
        asyncio.run_coroutine_threadsafe(_close(source), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def each(items: Iterable[T] | AsyncIterable[T]) -> AsyncIterator[T]:
    """``items`` as an asynchronous iterator, whichever they are."""
    if isinstance(items, AsyncIterable):
        async for item in items:
            yield item
    else:
        for item in items:
            yield item


async def _close(source: Any) -> None:
    while source.ag_running:  # a cancelled step is still on its way out
        await asyncio.sleep(0.01)
    await source.aclose()
