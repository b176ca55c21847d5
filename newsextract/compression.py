"""Compressed streams, read a little at a time and never further than they can be trusted."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from typing import IO, Any, cast

from newsextract.errors import BrokenMember, MissingExtra, OversizedMember, TruncatedMember
from newsextract.gunzip import MAGIC as GZIP

ZSTD = b"\x28\xb5\x2f\xfd"
LZ4 = b"\x04\x22\x4d\x18"
XZ = b"\xfd7zXZ\x00"
BZIP2 = b"BZh"
ENDINGS = (".gz", ".zst", ".xz", ".bz2")

TRUSTED = 128 << 20
"""Bytes a stream may unpack to before its ratio is looked at."""
MAX_RATIO = 400
"""Unpacked to packed bytes. Archives of near-identical pages reach about 100 with zstd; bombs
made of zeros reach 1,000 (gzip) to 40,000 (zstd)."""

Stream = IO[bytes]

# zlib and lzma have error classes of their own; the rest of the codecs raise OSError or EOFError.
DAMAGE = (OSError, EOFError, zlib.error, lzma.LZMAError)


def _is_zstd_note(head: bytes) -> bool:
    """Whether zstd begins with a frame of notes, as pzstd writes it (RFC 8878 §3.1.2)."""
    return head[1:4] == b"\x2a\x4d\x18" and 0x50 <= head[0] <= 0x5F


def codec_of(head: bytes) -> Callable[[Stream], Any] | None:
    """What unpacks a stream that begins with ``head`` (6 bytes at least), None if not packed."""
    if _is_zstd_note(head):
        return _Zstd
    return next((opener for magic, opener in _CODECS if head.startswith(magic)), None)


class _Zstd:
    """A zstd stream of one frame or many that knows when its last frame is cut off.

    The library's own stream reader ends silently there. A frame's block of 4 bytes may unpack to
    128 KB, so the frame is fed in small pieces.
    """

    _PIECE = 1024

    def __init__(self, file: Stream) -> None:
        try:
            import zstandard
        except ImportError:
            raise MissingExtra.of("zstd", "zstandard") from None
        self._file = file
        self._new = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj
        self._frame: Any = None
        self._rest = b""
        self._out = io.BytesIO()

    def read(self, size: int) -> bytes:
        while not (out := self._out.read(size)):
            piece = self._rest or self._file.read(self._PIECE)
            if not piece:
                if self._frame is not None:
                    raise EOFError
                return b""
            self._feed(piece)
        return out

    def _feed(self, piece: bytes) -> None:
        if self._frame is None:
            self._frame = self._new()
        self._out = io.BytesIO(self._frame.decompress(piece))
        self._rest = b""
        if self._frame.eof:
            self._rest, self._frame = self._frame.unused_data, None


_CODECS: tuple[tuple[bytes, Callable[[Stream], Any]], ...] = (
    (GZIP, lambda file: gzip.GzipFile(fileobj=file)),
    (ZSTD, _Zstd),
    (XZ, lzma.LZMAFile),
    (BZIP2, bz2.BZ2File),
)


class Unpacked(io.RawIOBase):
    """The bytes of a packed stream; damage and bombs are raised as the archive's own errors.

    ``packed`` must be readable; what is not seekable is read once, front to back. Raises
    ``TruncatedMember``, ``BrokenMember`` or ``OversizedMember`` from ``read``.
    """

    def __init__(self, packed: Stream, opener: Callable[[Stream], Any], name: str) -> None:
        self._packed = Counted(packed)
        self._stream = opener(cast("Stream", self._packed))
        self._name = name
        self._out = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` as far as one read goes; 0 at the end."""
        try:
            data = self._stream.read(len(buffer))
        except EOFError:
            raise TruncatedMember("compressed data ends early", source=self._name) from None
        except Exception as error:
            if not isinstance(error, DAMAGE) and type(error).__name__ != "ZstdError":
                raise
            raise BrokenMember(f"cannot be unpacked: {error}", source=self._name) from None
        self._out += len(data)
        if self._out > TRUSTED and self._out > MAX_RATIO * self._packed.count:
            what = f"unpacks to over {MAX_RATIO} times its size"
            raise OversizedMember(what, source=self._name)
        buffer[: len(data)] = data
        return len(data)


class Counted(io.RawIOBase):
    """Passes a stream on and counts what was taken from it."""

    def __init__(self, file: Stream) -> None:
        self._file = file
        self.count = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` as far as one read goes; 0 at the end."""
        data = self._file.read(len(buffer))
        self.count += len(data)
        buffer[: len(data)] = data
        return len(data)


def unpacked(file: Stream, name: str) -> tuple[io.BufferedReader, bool]:
    """``file`` unpacked if it is packed, with room to peek; and whether it was packed."""
    peekable = file if isinstance(file, io.BufferedReader) else io.BufferedReader(cast("Any", file))
    opener = codec_of(peekable.peek(6)[:6])
    if opener is None:
        return peekable, False
    return io.BufferedReader(Unpacked(cast("Stream", peekable), opener, name), 1 << 16), True
