"""Asynchronous work from ordinary code, also where a loop already runs (a notebook)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any, TypeVar

T = TypeVar("T")


def drawn(source: AsyncIterator[T]) -> Iterator[T]:
    """``source`` as an ordinary iterator, run in a loop of its own thread.

    Closing it, or an exception such as Ctrl-C while it waits, cancels what ``source`` awaits.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="newsextract-fetch", daemon=True)
    thread.start()
    end = object()

    async def step() -> T | object:
        return await anext(source, end)

    future = None
    try:
        while True:
            future = asyncio.run_coroutine_threadsafe(step(), loop)
            item = future.result()
            if item is end:
                return
            yield item  # type: ignore[misc]  # all but the end mark is a T
    finally:
        if future is not None:
            future.cancel()  # Ctrl-C came while a page was awaited
        asyncio.run_coroutine_threadsafe(_close(source), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(source: Any) -> None:
    while source.ag_running:  # a cancelled step is still on its way out
        await asyncio.sleep(0.01)
    await source.aclose()
