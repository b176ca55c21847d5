"""The body of an HTTP answer, decoded in bounded steps and never by the HTTP library."""

from __future__ import annotations

import zlib

from newsextract.errors import BadEncoding, DecompressionBomb, TooLarge, Truncated
from newsextract.gunzip import Gunzip
from newsextract.policy import Policy

# Some servers name the charset here, or that there is no coding; browsers look past it.
UNCODED = frozenset({"", "identity", "none", "utf-8", "utf8"})


class Decoder:
    """A body decoded as it comes, in steps of 256 KB, stopped at the policy's sizes and ratio."""

    def __init__(self, encoding: str, policy: Policy) -> None:
        names = [e.strip().lower() for e in encoding.split(",")]
        names = [n for n in names if n not in UNCODED]
        if len(names) > 1 or (names and names[0] not in ("gzip", "x-gzip", "deflate")):
            raise BadEncoding(f"content encoding {encoding[:80]!r} was not asked for")
        self._policy = policy
        self._wire = 0
        self._out = bytearray()
        # 47: zlib or gzip header, told apart by zlib itself.
        self._inflate = Gunzip(47) if names else None

    def expect(self, length: str) -> None:
        """Refuse at once a body whose Content-Length is over the limit."""
        if length.isdecimal() and len(length) < 20 and int(length) > self._policy.max_wire:
            raise TooLarge(f"it has {int(length):,} bytes, over {self._policy.max_wire:,}")

    def feed(self, chunk: bytes) -> None:
        """Take bytes as they were sent."""
        self._wire += len(chunk)
        if self._wire > self._policy.max_wire:
            raise TooLarge(f"over {self._policy.max_wire:,} bytes were sent")
        if self._inflate is None:
            self._out += chunk
            self._measure()
            return
        try:
            self._decode(self._inflate, chunk)
        except zlib.error as error:
            raise BadEncoding(f"the compressed body is broken ({error})") from error

    def _decode(self, inflate: Gunzip, chunk: bytes) -> None:
        if not self._out and self._wire == len(chunk) and _is_bare_deflate(chunk):
            inflate = self._inflate = Gunzip(-15)
        for piece in inflate.feed(chunk):
            self._out += piece
            self._measure()

    def _measure(self) -> None:
        size = len(self._out)
        if size > self._policy.max_body:
            raise TooLarge(f"the page has over {self._policy.max_body:,} bytes")
        if self._inflate and size > self._policy.max_ratio * self._wire + (1 << 20):
            raise DecompressionBomb(f"{self._wire:,} bytes grew to over {size:,}")

    def finish(self) -> bytes:
        """The whole decoded body; a compressed one that ends early is an error."""
        if self._inflate is not None and self._wire and not self._inflate.whole:
            raise Truncated("the compressed body ends early")
        return bytes(self._out)


def _is_bare_deflate(chunk: bytes) -> bool:
    # RFC 1950: a zlib header has method 8 and is a multiple of 31; some servers leave it out.
    if chunk[:2] == b"\x1f\x8b" or len(chunk) < 2:
        return False
    return chunk[0] & 15 != 8 or (chunk[0] << 8 | chunk[1]) % 31 != 0
