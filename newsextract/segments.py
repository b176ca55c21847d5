"""Streams that can be opened again behind damage, for files made of records (WARC).

Each reads like a file up to the first damage, says what it was in ``error`` and ends there;
``resume`` goes to the next place where a record can begin.
"""

from __future__ import annotations

import io
import zlib
from collections import deque
from typing import Any

from newsextract.compression import MAX_RATIO, TRUSTED, Stream
from newsextract.errors import ArchiveError, BrokenMember, OversizedMember, TruncatedMember
from newsextract.gunzip import MAGIC as GZIP

CHUNK = 1 << 16
RECORD = b"WARC/"
LOOK_BACK = 10_000
"""Member starts that are remembered: more than a reader's buffer of 64 KB can hold."""


class Forward(io.RawIOBase):
    """A stream that can only be read once: what follows its first damage is lost."""

    error: ArchiveError | None = None

    def __init__(self, file: Stream) -> None:
        self._file = file

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Where the stream stands; fastwarc asks once, before it reads, and cannot do without."""
        if (offset, whence) != (0, io.SEEK_CUR):
            raise io.UnsupportedOperation("seek")
        return 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` as far as one read goes; 0 at the end and at damage."""
        try:
            data = self._file.read(len(buffer))
        except ArchiveError as error:
            self.error = error
            return 0
        buffer[: len(data)] = data
        return len(data)

    def resume(self, after: int) -> bool:  # noqa: ARG002  # there is nowhere to go
        """Go on at the first record that begins ``after`` so many bytes; False if there is none."""
        return False


class Plain(Forward):
    """An uncompressed file, searched for the next words that begin a record."""

    def __init__(self, file: Stream) -> None:
        super().__init__(file)
        self._base = 0

    def resume(self, after: int) -> bool:
        """Go on at the first record that begins ``after`` so many bytes; False if there is none."""
        at = _find(self._file, RECORD + b"1.", self._base + max(after, 1))
        if at is None:
            return False
        self._base = at
        self._file.seek(self._base)
        return True


class Members(Forward):
    """The members of a gzip file that begin in ``file[start:stop]``, unpacked one after another.

    ``name`` stands in its errors. A member that is damaged or unpacks to absurd size ends it.
    """

    def __init__(self, file: Stream, name: str, start: int = 0, stop: int | None = None) -> None:
        super().__init__(file)
        self._name = name
        self._stop = stop
        self._starts: deque[tuple[int, int]] = deque(maxlen=LOOK_BACK)
        self._open(member_at(file, start) if start else 0)

    def _open(self, at: int | None) -> None:
        self.error = None
        self._first = self._at = self._next = -1 if at is None else at
        self._member: Any = None
        self._rest = b""
        self._out = self._begun = 0
        self._starts.clear()
        self._file.seek(max(0, self._at))

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` as far as one read goes; 0 at the end and at damage."""
        while self.error is None and (self._member is not None or self._begin()):
            rest = self._rest or self._file.read(CHUNK)
            if not rest:
                self._fail(TruncatedMember("a gzip member is cut off", source=self._name))
            elif data := self._unpack(rest, len(buffer)):
                buffer[: len(data)] = data
                return len(data)
        return 0

    def _begin(self) -> bool:
        if self._is_over():
            return False
        self._rest = self._rest or self._file.read(CHUNK)
        # Some writers fill up with zeros; a disk leaves them in the middle, and all else behind.
        begin = self._next
        while self._rest and not self._rest.strip(b"\0"):
            self._next += len(self._rest)
            self._rest = self._file.read(CHUNK)
        if not self._rest and self._next - begin > CHUNK:
            what = f"its last {self._next - begin:,} bytes are zeros"
            self._fail(TruncatedMember(what, source=self._name))
        if not self._rest or self._is_over():
            return False
        self._at = self._next
        self._begun = self._out
        self._starts.append((self._out, self._at))
        self._member = zlib.decompressobj(wbits=31)
        return True

    def _is_over(self) -> bool:
        return self._next < 0 or (self._stop is not None and self._next >= self._stop)

    def _unpack(self, packed: bytes, size: int) -> bytes:
        try:
            data: bytes = self._member.decompress(packed, size)
        except zlib.error as error:
            self._fail(BrokenMember(f"a gzip member is damaged: {error}", source=self._name))
            return b""
        self._out += len(data)
        self._rest = self._member.unconsumed_tail
        if self._member.eof:
            self._rest = self._member.unused_data
            self._member = None
        self._next = self._file.tell() - len(self._rest)
        unpacked = self._out - self._begun
        if unpacked > TRUSTED and unpacked > MAX_RATIO * (self._next - self._at):
            what = f"a gzip member unpacks to over {MAX_RATIO} times its size"
            self._fail(OversizedMember(what, source=self._name))
        return data

    def _fail(self, error: ArchiveError) -> None:
        self.error = error

    def resume(self, after: int) -> bool:
        """Go on at the first record that begins ``after`` so many bytes; False if there is none."""
        # What was opened last gave nothing more: to open it again would never end.
        while self._starts and (self._starts[0][0] < after or self._starts[0][1] <= self._first):
            self._starts.popleft()
        at = self._starts[0][1] if self._starts else None
        if at is None or (self.error is not None and at == self._at):
            at = member_at(self._file, self._at + 1)
        self._open(at)
        return at is not None


def member_at(file: Stream, start: int) -> int | None:
    """Where the first gzip member that holds a record begins, from ``start`` on."""
    at = _find(file, GZIP, start)
    while at is not None:
        file.seek(at)
        try:
            if zlib.decompressobj(wbits=31).decompress(file.read(4096), 5) == RECORD:
                return at
        except zlib.error:
            pass
        at = _find(file, GZIP, at + 1)
    return None


def _find(file: Stream, what: bytes, start: int) -> int | None:
    """The offset of ``what`` in ``file`` from ``start`` on, or None."""
    file.seek(start)
    kept = b""
    while chunk := file.read(CHUNK):
        window = kept + chunk
        if (at := window.find(what)) >= 0:
            return start + at
        kept = window[-len(what) + 1 :]
        start += len(window) - len(kept)
    return None
