"""Fetched pages as WARC 1.1, which every web-archive tool reads (ISO 28500:2017).

Each record is a gzip member of its own, so a file that was cut off is good up to its last whole
record; opening it again cuts the rest off and goes on from there.
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import os
import uuid
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO
from urllib.parse import urlsplit

from newsextract.errors import ArchiveError
from newsextract.transport import Answer

STEP = 1 << 20
HEAD = 1 << 16
"""Bytes of a record in which its WARC header must end."""


class WarcWriter:
    """Appends request and response records to ``path`` (``.warc.gz``), made if it is not there.

    ``urls`` holds the addresses that a whole response record of the file is about, so a second
    run can leave them out. Use it as a context manager; ``add`` fits ``fetch_many(record=…)``.
    """

    def __init__(self, path: Path) -> None:
        if not path.name.endswith(".warc.gz"):
            raise ArchiveError(
                "a WARC file is written here",
                source=str(path),
                advice="give it a name that ends in .warc.gz",
            )
        self.urls: set[str] = set()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: IO[bytes] = path.open("r+b" if path.exists() else "x+b")
        except OSError as error:
            raise ArchiveError(f"cannot be written ({error})", source=str(path)) from error
        end = 0
        for head, stop in _records(self._file):
            end = stop
            if head.get("warc-type") == "response" and "warc-target-uri" in head:
                self.urls.add(head["warc-target-uri"])
        self._file.seek(end)
        self._file.truncate()
        if end == 0:
            self._info()

    def __enter__(self) -> WarcWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write what is buffered to the disk and close the file."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def add(self, answer: Answer) -> None:
        """Write the request and the response of ``answer``, the body as it came over the wire."""
        when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        response_id = _new_id()
        common = [("WARC-Target-URI", answer.url), ("WARC-Date", when)]
        self._record(
            "response",
            [
                *common,
                ("WARC-Record-ID", response_id),
                ("WARC-Payload-Digest", _digest(answer.wire)),
                ("Content-Type", "application/http;msgtype=response"),
            ],
            _http(f"HTTP/1.1 {answer.status} ", _sent(answer.headers, len(answer.wire)))
            + answer.wire,
        )
        parts = urlsplit(answer.url)
        target = parts.path or "/"
        if parts.query:
            target += f"?{parts.query}"
        self._record(
            "request",
            [
                *common,
                ("WARC-Record-ID", _new_id()),
                ("WARC-Concurrent-To", response_id),
                ("Content-Type", "application/http;msgtype=request"),
            ],
            _http(f"GET {target} HTTP/1.1", answer.request_headers),
        )
        self._file.flush()
        self.urls.add(answer.url)

    def _info(self) -> None:
        from newsextract import __version__  # the package stands right of all its modules

        fields = f"software: newsextract {__version__}\r\nformat: WARC File Format 1.1\r\n"
        when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        self._record(
            "warcinfo",
            [
                ("WARC-Record-ID", _new_id()),
                ("WARC-Date", when),
                ("Content-Type", "application/warc-fields"),
            ],
            fields.encode(),
        )

    def _record(self, kind: str, fields: list[tuple[str, str]], block: bytes) -> None:
        head = [
            ("WARC-Type", kind),
            *fields,
            ("WARC-Block-Digest", _digest(block)),
            ("Content-Length", str(len(block))),
        ]
        lines = "".join(f"{k}: {v}\r\n" for k, v in head)
        self._file.write(gzip.compress(f"WARC/1.1\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"))


def _new_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _digest(block: bytes) -> str:
    sha1 = hashlib.sha1(block, usedforsecurity=False).digest()  # what WARC tools expect
    return f"sha1:{base64.b32encode(sha1).decode()}"


def _http(first: str, headers: Iterable[tuple[str, str]]) -> bytes:
    lines = "".join(f"{k}: {v}\r\n" for k, v in headers)
    return f"{first}\r\n{lines}\r\n".encode("utf-8", "replace")


def _sent(headers: Iterable[tuple[str, str]], size: int) -> list[tuple[str, str]]:
    """Headers that fit the body kept: no chunks are left, and the length is its own."""
    gone = ("transfer-encoding", "content-length", "connection")
    return [*((k, v) for k, v in headers if k.lower() not in gone), ("Content-Length", str(size))]


def _records(file: IO[bytes]) -> Iterator[tuple[dict[str, str], int]]:
    """The header and end offset of each whole gzip member of ``file``; stops at a broken one."""
    file.seek(0)
    start, left = 0, b""
    while True:
        inflate, head, used = zlib.decompressobj(31), bytearray(), 0
        while not inflate.eof:
            chunk = left or file.read(STEP)
            left = b""
            if not chunk:
                return
            try:
                for out in _inflated(inflate, chunk):
                    head += out[: max(0, HEAD - len(head))]
            except zlib.error:
                return
            used += len(chunk) - len(inflate.unused_data)
            left = inflate.unused_data
        start += used
        yield _fields(bytes(head)), start


def _inflated(inflate: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    while chunk and not inflate.eof:
        yield inflate.decompress(chunk, STEP)
        chunk = inflate.unconsumed_tail


def _fields(head: bytes) -> dict[str, str]:
    lines = head.partition(b"\r\n\r\n")[0].decode("utf-8", "replace").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return {k.strip().lower(): v.strip() for k, _, v in pairs}
