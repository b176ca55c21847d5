"""A real HTTP server on 127.0.0.1 that misbehaves in every way a provincial site does."""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import gzip
import socket
import struct
import threading
import time
import zlib
from collections import Counter

PAGE = (
    '<html lang="vi"><head><meta charset="utf-8"><title>Xã Tân Lập về đích</title></head><body>'
    + "<p>Đến nay, toàn huyện có 17/21 xã đạt chuẩn nông thôn mới.</p>" * 400
    + "</body></html>"
).encode()
HTML = {"Content-Type": "text/html; charset=utf-8"}
HOSTS = [f"127.0.0.{i}" for i in range(1, 22)]


def bomb(megabytes: int) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = b"\0" * (1 << 20)
    return b"".join(squeeze.compress(zeros) for _ in range(megabytes)) + squeeze.flush()


def bare_deflate(body: bytes) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(body) + squeeze.flush()


def gzip_parts(body: bytes) -> bytes:
    """``body`` as some servers send it: each piece that was flushed is a member of its own."""
    return b"".join(gzip.compress(body[at : at + 700]) for at in range(0, len(body), 700))


def answer(status: int, body: bytes = b"", **headers: str) -> bytes:
    fields = {
        "Content-Length": str(len(body)),
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }
    lines = "".join(f"{k}: {v}\r\n" for k, v in fields.items())
    return f"HTTP/1.1 {status} -\r\n{lines}\r\n".encode() + body


def in_two_seconds() -> str:
    return email.utils.formatdate(time.time() + 2, usegmt=True)


ANSWERS = {
    "gzip": lambda: answer(200, gzip.compress(PAGE), Content_Encoding="gzip", **HTML),
    "parts": lambda: answer(200, gzip_parts(PAGE), Content_Encoding="gzip", **HTML),
    "cutparts": lambda: answer(200, gzip_parts(PAGE)[:-20], Content_Encoding="gzip", **HTML),
    "junk": lambda: answer(200, gzip.compress(PAGE) + b"\n-- x", Content_Encoding="gzip", **HTML),
    "deflate": lambda: answer(200, zlib.compress(PAGE), Content_Encoding="deflate", **HTML),
    "baredeflate": lambda: answer(200, bare_deflate(PAGE), Content_Encoding="deflate", **HTML),
    "badgzip": lambda: answer(200, gzip.compress(PAGE)[:100], Content_Encoding="gzip", **HTML),
    "brotli": lambda: answer(200, b"\x1b\x00\x00", Content_Encoding="br", **HTML),
    "bomb": lambda: answer(200, bomb(64), Content_Encoding="gzip", **HTML),
    "busyday": lambda: answer(429, Retry_After="86400"),
    "down": lambda: answer(503),
    "gone": lambda: answer(404),
    "part": lambda: answer(206, PAGE[:500], Content_Range=f"bytes 0-499/{len(PAGE)}", **HTML),
    "loop": lambda: answer(302, Location="/loop2"),
    "loop2": lambda: answer(302, Location="/loop"),
    "hops": lambda: answer(302, Location=f"/hops/{time.monotonic_ns()}"),
    "moved": lambda: answer(301, Location="/page?id=1#top"),
    "private": lambda: answer(302, Location="http://10.11.12.13/latest/meta-data"),
    "togone": lambda: answer(302, Location="/gone"),
    "tofile": lambda: answer(302, Location="file:///etc/passwd"),
    "short": lambda: answer(200, b"<p>cut", Content_Length="5000", **HTML),
    "charset": lambda: answer(200, PAGE, Content_Type="text/html; charset=klingon"),
    "image": lambda: answer(200, b"\x89PNG....", Content_Type="image/png"),
    "charsetcoding": lambda: answer(200, PAGE, Content_Encoding="UTF-8", **HTML),
    "huge": lambda: answer(200, Content_Length="3000001", **HTML),
    "video": lambda: answer(200, Content_Length="3000001", Content_Type="video/mp4"),
    "cookie": lambda: answer(200, PAGE, Set_Cookie="a=b; Path=/", **HTML),
}
"""What each path answers; any other path answers the page."""

LATER = {
    "busy": (lambda: answer(429, Retry_After="1"), 1),
    "busydate": (lambda: answer(429, Retry_After=in_two_seconds()), 1),
    "busyplain": (lambda: answer(429), 1),
    "busynow": (lambda: answer(503, Retry_After="0"), 1),
    "flaky": (lambda: answer(500), 2),
}
"""What a path answers at first, and how often, before the page comes."""


class Server:
    """Runs in a thread; ``log`` holds (when, host header, path) of every request."""

    def __init__(self) -> None:
        self.log: list[tuple[float, str, str]] = []
        self.seen: Counter[str] = Counter()
        self.headers: dict[str, dict[str, str]] = {}
        self.robots = answer(404)
        self.robots_first: list[bytes] = []
        self._open: set[asyncio.StreamWriter] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._main()), daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        first = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = first.sockets[0].getsockname()[1]
        rest = await asyncio.start_server(self._serve, HOSTS[1:], self.port)
        self._ready.set()
        async with first, rest:
            await self._stop.wait()
            for writer in [*self._open]:
                writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, TimeoutError):
            while not self._stop.is_set():
                request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                lines = request.split("\r\n")
                path = lines[0].split(" ")[1]
                head = {k.lower(): v.strip() for k, _, v in (x.partition(":") for x in lines[1:])}
                self.log.append((time.monotonic(), head.get("host", ""), path))
                self.seen[path] += 1
                self.headers[path] = head
                if not await self._reply(path, head, writer):
                    break
        self._open.discard(writer)
        with contextlib.suppress(ConnectionError):
            writer.close()

    async def _reply(self, path: str, head: dict[str, str], writer: asyncio.StreamWriter) -> bool:
        """Write the answer; False ends the connection."""
        if path in ("/drip", "/endless"):
            await self._flow(path, writer)
            return False
        if path == "/silent":
            await asyncio.sleep(30)
            return False
        if path == "/reset":
            writer.write(answer(200, b"<p>cut", Content_Length="5000", **HTML))
            await writer.drain()
            # No time to linger: the connection is reset and not closed.
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            return False
        out = self._body(path, head)
        writer.write(out)
        await writer.drain()
        return path not in ("/short", "/badgzip", "/cutparts")

    async def _flow(self, path: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(4000):
            writer.write(b"x" * (1 if path == "/drip" else 1 << 16))
            await writer.drain()
            await asyncio.sleep(0.1 if path == "/drip" else 0)

    def _body(self, path: str, head: dict[str, str]) -> bytes:
        name = path.partition("?")[0].strip("/").split("/")[0]
        if name == "robots.txt":
            return self.robots_first.pop(0) if self.robots_first else self.robots
        if name == "wall" and head.get("cookie") != "seen=1; lang=vi":
            return (
                answer(302, Location="/wall", Set_Cookie="seen=1; HttpOnly")
                if "cookie" not in head
                else answer(302, Location="/wall", Set_Cookie="lang=vi")
            )
        if name == "etag":
            known = head.get("if-none-match") == '"v1"'
            return answer(304, ETag='"v1"') if known else answer(200, PAGE, ETag='"v1"', **HTML)
        if name in LATER:
            first, times = LATER[name]
            return first() if self.seen[path] <= times else answer(200, PAGE, **HTML)
        return ANSWERS.get(name, lambda: answer(200, PAGE, **HTML))()
