"""Fetched pages as WARC 1.1, which every web-archive tool reads (ISO 28500:2017).

Each record is a gzip member of its own, so a file that was cut off is good up to its last whole
record; opening it again cuts the rest off and goes on from there. A file that is broken otherwise,
or is something else, is refused as it stands.
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
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO
from urllib.parse import urlsplit

from newsextract.errors import ArchiveError, FetchError
from newsextract.locking import locked
from newsextract.transport import Answer
from newsextract.urls import checked, joined

STEP = 1 << 20
HEAD = 1 << 18
"""Bytes of a record in which its WARC and HTTP headers must end."""

OTHER = "it was left as it is: give another name"
FREE = "free some space, or name a place that can be written"


class WarcWriter:
    """Appends request and response records to ``path`` (``.warc.gz``), made if it is not there.

    ``urls`` holds the addresses that a second run can leave out: those whose page is in the file,
    also by way of redirects, and those that are gone (404, 410). Use it as a context manager;
    ``add`` fits ``fetch_many(record=…)``. Raises ``ArchiveError`` where the file is no WARC file,
    is broken, cannot be written, or is just being written by another program.
    """

    def __init__(self, path: Path | str) -> None:
        path = Path(path)
        if not path.name.endswith(".warc.gz"):
            what = f"a WARC file cannot be named {path.name!r}"
            raise ArchiveError(what, advice="give a name that ends in .warc.gz")
        self.urls: set[str] = set()
        self._sent_here: dict[str, list[str]] = {}
        self._path = path
        if not path.parent.is_dir():
            what = f"there is no folder {path.parent}"
            raise ArchiveError(what, source=str(path), advice="create it first")
        with self._writing():
            self._file: IO[bytes] = path.open("a+b")
        try:
            self._take()
            end = self._known()
        except ArchiveError:
            self._file.close()
            raise
        with self._writing():
            self._file.seek(end)
            self._file.truncate()
            if end == 0:
                self._info()

    def _take(self) -> None:
        with self._writing():
            ours = locked(self._file)
        if not ours:
            what = "another program is writing to it"
            advice = "wait for it, or give another name: an archive may be many such files"
            raise ArchiveError(what, source=str(self._path), advice=advice)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            what = f"cannot be written ({error.strerror})"
            raise ArchiveError(what, source=str(self._path), advice=FREE) from error

    def _known(self) -> int:
        """Read what the file holds; returns where its last whole record ends."""
        end = 0
        for head, stop in _records(self._file, str(self._path)):
            end = stop
            fields, _, http = head.partition(b"\r\n\r\n")
            about = _fields(fields)
            if about.get("warc-type") == "response" and "warc-target-uri" in about:
                status = http[9:12].decode("ascii", "replace")  # behind "HTTP/1.1 "
                where = _fields(http.partition(b"\r\n\r\n")[0]).get("location")
                self._settle(about["warc-target-uri"], status, where)
        return end

    def _settle(self, url: str, status: str, location: str | None) -> None:
        """Note what an answer means for a second run."""
        if (status.startswith("2") and status != "206") or status in ("404", "410"):
            done = [url]
            while done:  # and whatever led here
                self.urls.add(address := done.pop())
                done += self._sent_here.pop(address, [])
        elif status.startswith("3") and location is not None:
            with suppress(FetchError):  # to nowhere: it failed
                target = joined(url, location)
                if target in self.urls:
                    self.urls.add(url)
                else:
                    self._sent_here.setdefault(target, []).append(url)

    def __enter__(self) -> WarcWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def holds(self, url: str) -> bool:
        """Whether ``url``, in whatever form, can be left out; a wrong address never is."""
        with suppress(FetchError):
            return checked(url) in self.urls
        return False

    def close(self) -> None:
        """Write what is buffered to the disk and close the file."""
        try:
            with self._writing():
                self._file.flush()
                os.fsync(self._file.fileno())
        finally:
            with suppress(OSError):  # said above
                self._file.close()

    def add(self, answer: Answer) -> None:
        """Write the request and the response of ``answer``, the body as it came over the wire."""
        with self._writing():
            self._add(answer)
        self._settle(answer.url, str(answer.status), answer.header("location"))

    def _add(self, answer: Answer) -> None:
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


def _records(file: IO[bytes], source: str) -> Iterator[tuple[bytes, int]]:
    """The first bytes and end offset of each whole gzip member of ``file``, up to a cut."""
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
            except zlib.error as error:
                what = f"is broken at byte {start:,}" if start else "is no WARC file"
                raise ArchiveError(what, source=source, advice=OTHER) from error
            used += len(chunk) - len(inflate.unused_data)
            left = inflate.unused_data
        start += used
        if not head.startswith(b"WARC/"):
            raise ArchiveError("is no WARC file", source=source, advice=OTHER)
        yield bytes(head), start


def _inflated(inflate: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    while chunk and not inflate.eof:
        yield inflate.decompress(chunk, STEP)
        chunk = inflate.unconsumed_tail


def _fields(head: bytes) -> dict[str, str]:
    """Header lines below a first one, by name in lower case."""
    lines = head.decode("utf-8", "replace").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return {k.strip().lower(): v.strip() for k, _, v in pairs}
