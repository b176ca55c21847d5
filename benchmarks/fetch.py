"""Pages a second from 127.0.0.1: ours, bare httpx and aiohttp under the same limits, in one run.

    python -m benchmarks.fetch [PAGES]

Then PAGES over 20 hosts (127.0.0.2 … 127.0.0.21) with a pace for each: the server's own log says
how far apart the requests to one host came, and memory is read at the start and at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing as mp
import resource
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from itertools import pairwise
from multiprocessing.connection import Connection

import aiohttp
import httpx

import newsextract as nx
from newsextract.policy import Policy

PAGE = (
    "<html><body>" + "<p>Toàn tỉnh có 98/108 xã đạt chuẩn, gần 1.200 hộ thoát nghèo.</p>" * 500
).encode()
HOSTS = [f"127.0.0.{i}" for i in range(2, 22)]
AT_ONCE = 16
LOCAL = frozenset({"127.0.0.0/8"})


def serve(pipe: Connection) -> None:
    """A small HTTP server; its log of (host, when) goes back through ``pipe`` at the end."""
    log: list[tuple[str, float]] = []
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(PAGE)}\r\n\r\n"

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                host = request.lower().partition(b"host: ")[2].partition(b":")[0].decode()
                log.append((host, time.monotonic()))
                writer.write(head.encode() + PAGE)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=512)
        port = server.sockets[0].getsockname()[1]
        await asyncio.start_server(answer, HOSTS, port, backlog=512)
        pipe.send(port)
        await asyncio.to_thread(pipe.recv)
        pipe.send(log)

    asyncio.run(main())


async def bare_httpx(urls: list[str]) -> int:
    limits = httpx.Limits(max_connections=AT_ONCE)
    async with httpx.AsyncClient(limits=limits, timeout=None) as client:
        return await gathered(urls, lambda url: read_httpx(client, url))


async def read_httpx(client: httpx.AsyncClient, url: str) -> int:
    return len((await client.get(url)).content)


async def with_aiohttp(urls: list[str]) -> int:
    connector = aiohttp.TCPConnector(limit=AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as session:
        return await gathered(urls, lambda url: read_aiohttp(session, url))


async def read_aiohttp(session: aiohttp.ClientSession, url: str) -> int:
    async with session.get(url) as response:
        return len(await response.read())


async def gathered(urls: list[str], get: Callable[[str], Awaitable[int]]) -> int:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(url: str) -> int:
        async with gate:
            return await get(url)

    return sum(await asyncio.gather(*map(one, urls)))


def ours(urls: list[str]) -> int:
    policy = Policy(
        allow_private=LOCAL, delay=0, robots=False, per_host=AT_ONCE, concurrency=AT_ONCE
    )
    return sum(len(r.body) for r in nx.fetch_many(urls, policy=policy) if isinstance(r, nx.Raw))


def rate(name: str, run: Callable[[list[str]], int], urls: list[str]) -> float:
    began = time.perf_counter()
    assert run(urls) == len(urls) * len(PAGE)
    pages = len(urls) / (time.perf_counter() - began)
    print(f"{name:12} {pages:8.0f} pages/s")
    return pages


def paced(port: int, pages: int, ask: Callable[[], list[tuple[str, float]]]) -> None:
    """``pages`` over all hosts, one request to a host every 20 ms."""
    policy = Policy(allow_private=LOCAL, delay=0.02, robots=False, per_host=2)
    urls = (f"http://{h}:{port}/tin-{i}.html" for h in HOSTS for i in range(pages // len(HOSTS)))
    memory = []
    for count, result in enumerate(nx.fetch_many(urls, policy=policy)):
        assert isinstance(result, nx.Raw), result
        if count in (pages // 10, pages - 1):
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    spaces = defaultdict(list)
    for host, when in ask():
        spaces[host].append(when)
    gaps = sorted(b - a for h in HOSTS for a, b in pairwise(spaces[h]))
    mean = sum(gaps) / len(gaps)
    print(
        f"paced        {pages} pages, {len(HOSTS)} hosts, 20 ms asked: mean {mean * 1e3:.1f} ms, "
        f"least {gaps[0] * 1e3:.1f} ms, 1st percentile {gaps[len(gaps) // 100] * 1e3:.1f} ms; "
        f"peak memory {memory[0]} MB after a tenth, {memory[-1]} MB at the end"
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("pages", nargs="?", type=int, default=2_000)
    pages = asked.parse_args().pages
    here, there = mp.Pipe()
    server = mp.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    server.start()
    port = here.recv()
    urls = [f"http://127.0.0.1:{port}/tin-{i}.html" for i in range(pages)]
    ours(urls[:50])
    bare = rate("httpx", lambda u: asyncio.run(bare_httpx(u)), urls)
    peer = rate("aiohttp", lambda u: asyncio.run(with_aiohttp(u)), urls)
    own = rate("newsextract", ours, urls)
    print(f"ratio        {own / bare:.2f} of httpx, {own / peer:.2f} of aiohttp")

    def ask() -> list[tuple[str, float]]:
        here.send("log")
        return list(here.recv())

    paced(port, pages, ask)
    server.join(5)


if __name__ == "__main__":
    main()
