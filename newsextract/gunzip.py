"""gzip data of one member or many, unpacked in bounded steps."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

MAGIC = b"\x1f\x8b\x08"
"""How data of gzip begins."""
PIECE = 1 << 14
"""Packed bytes in work at a time: zlib copies what follows a member, so a million of small members
would else take quadratic time."""
STEP = 1 << 18
"""Bytes that are unpacked at a time."""


class Gunzip:
    """A gzip stream, of as many members as it has (RFC 1952 §2.2); or one of zlib, or bare deflate.

    ``wbits`` is as in ``zlib.decompressobj``: 31 for gzip, 47 where the head tells gzip and zlib
    apart, -15 for bare deflate. ``whole`` says whether the last member was there to its end,
    ``junk`` whether something follows it that is neither a member nor zeros; that is passed over,
    as browsers and ``gzip`` do.
    """

    def __init__(self, wbits: int = 31) -> None:
        self._inflate = zlib.decompressobj(wbits)
        self._held = b""
        self.junk = False

    @property
    def whole(self) -> bool:
        """Whether what was fed so far ends where a member does."""
        return self._inflate.eof and not self._held

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """``packed`` unpacked, no more than 256 KB at a time; raises ``zlib.error``.

        It is fed when the iterator has been read to its end.
        """
        view = memoryview(packed)
        for at in range(0, len(view), PIECE):
            rest = self._held + bytes(view[at : at + PIECE])
            self._held = b""
            while rest := self._member(rest):
                yield self._inflate.decompress(rest, STEP)
                rest = self._inflate.unconsumed_tail or self._inflate.unused_data

    def _member(self, rest: bytes) -> bytes:
        """What of ``rest`` belongs to the member in work, or to one that begins with it."""
        if not self._inflate.eof:
            return rest
        rest = rest.lstrip(b"\0")  # padding, as tapes have it
        if self.junk or not MAGIC.startswith(rest[: len(MAGIC)]):
            self.junk = True
        elif len(rest) < len(MAGIC):
            self._held = rest  # the next piece will tell
        else:
            self._inflate = zlib.decompressobj(31)
            return rest
        return b""


def gunzipped(packed: bytes, most: int) -> tuple[bytes, Gunzip]:
    """``packed`` unpacked, no further than 256 KB over ``most`` bytes; raises ``zlib.error``."""
    stream, body = Gunzip(), bytearray()
    for piece in stream.feed(packed):
        body += piece
        if len(body) > most:
            break
    return bytes(body), stream
