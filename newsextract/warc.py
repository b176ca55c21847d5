"""WARC files (ISO 28500) and slices of them → pages: the only module that imports fastwarc.

fastwarc ends silently where a record is cut off and gives up at a damaged one. Here every length
is compared with the announced one, and reading goes on at the next record that can be found.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, cast

from newsextract.compression import LZ4, Stream, codec_of, unpacked
from newsextract.errors import (
    ArchiveError,
    BrokenMember,
    MissingExtra,
    NotAPage,
    TruncatedMember,
)
from newsextract.gunzip import MAGIC as GZIP
from newsextract.gunzip import gunzipped
from newsextract.media import MAX_PAGE, oversized, refused_type, shown
from newsextract.model import Raw
from newsextract.segments import RECORD, Forward, Members, Plain, member_at

if TYPE_CHECKING:
    from fastwarc.warc import ArchiveIterator, WarcRecord

DICTIONARY = b"\x5d\x2a\x4d\x18"
"""The first bytes of a WARC.zst that brings its own dictionary, which fastwarc knows to use."""


def is_warc(head: bytes) -> bool:
    """Whether a file that begins with ``head`` (some KB) is a WARC, plain or in gzip."""
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, len(RECORD))
        except zlib.error:
            return False  # who unpacks it will tell
    return head.startswith(RECORD)


def read_warc(
    file: Stream, name: str, *, start: int = 0, stop: int | None = None
) -> Iterator[Raw | ArchiveError]:
    """The pages of a WARC in order; a damaged record is an error and the rest goes on.

    ``start`` and ``stop`` are byte offsets: of a ``.warc.gz`` only the gzip members that begin
    there are read, so that slices share a file and neither double nor lose a record; of any
    other form the first slice is everything. Requests, metadata and revisits are passed over.
    """
    stream = _stream(file, name, start, stop)
    fresh = True
    plain = isinstance(stream, Plain)
    while stream is not None:
        after = 0
        said: ArchiveError | None = None
        problem: ArchiveError | None = None
        try:
            for record in _records(stream):
                item = _page(record, name, plain=plain)
                whole = not isinstance(item, TruncatedMember)
                after = record.stream_pos + (record.content_length if whole else 1)
                fresh = True
                if item is not None:
                    said = item if isinstance(item, TruncatedMember) else None
                    yield item
                if said is not None and plain:
                    break  # its length may reach into the next record, which can be found
        except OSError as error:
            problem = BrokenMember(f"a record is damaged: {error}", source=name)
        problem = problem or stream.error
        # One damaged place is one error, though it may take several steps to get behind it.
        if problem is not None and fresh and said is None:
            yield problem
        fresh = False
        if (problem is None and said is None) or not stream.resume(after):
            return


def _stream(file: Stream, name: str, start: int, stop: int | None) -> Forward | None:
    if not file.seekable():
        return Forward(cast("Stream", unpacked(file, name)[0]))
    file.seek(0)
    head = file.read(6)
    file.seek(0)
    if head.startswith(GZIP):
        return Members(file, name, start, stop)
    if head.startswith((LZ4, DICTIONARY)):
        return None if start else Forward(file)
    if codec_of(head) is not None:
        return None if start else Forward(cast("Stream", unpacked(file, name)[0]))
    if not head.startswith(RECORD) and member_at(file, 0) is not None:
        return Members(file, name, start, stop)  # only its beginning is damaged
    file.seek(0)
    return None if start else Plain(file)


def _records(stream: Forward) -> ArchiveIterator:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise MissingExtra.of("warc", "fastwarc") from None
    types = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    return ArchiveIterator(stream, record_types=types, parse_http=False)


def _page(record: WarcRecord, name: str, *, plain: bool) -> Raw | ArchiveError | None:
    """The page of a record, an error in its place, or None where none is to be expected."""
    headers = record.headers
    url = (headers.get("WARC-Target-URI") or "").strip("<>") or None
    source = f"{name}!{shown((headers.get('WARC-Record-ID') or '').strip('<>') or url or '?')}"
    if url is not None and url.startswith(("dns:", "metadata:", "urn:")):
        return None
    if error := _refused(record, url, source):
        return error
    content = record.reader.read(record.content_length)
    if what := _cut(content, record.content_length, plain=plain):
        return TruncatedMember(f"{url or 'a record'} {what}", source=source)
    kind, status, body = headers.get("Content-Type"), None, content
    # Some crawlers leave out the Content-Type, or give the page's own.
    if record.is_http or content.startswith((b"HTTP/1.", b"HTTP/2", b"HTTP/3")):
        try:
            kind, status, body = _answer(content)
        except EOFError:
            what = f"{url or 'its content'} ends early in its compressed form"
            return TruncatedMember(what, source=source, advice="fetch the page again")
        except OSError as error:
            return BrokenMember(f"{url or 'its content'} cannot be decoded: {error}", source=source)
        if status == 206 or _falls_short(content, body):
            what = f"{url or 'its content'} ends before the length that its server announced"
            return TruncatedMember(what, source=source, advice="fetch the page again")
    if status is not None and 300 <= status < 400:
        return NotAPage(f"{url} is a redirect", source=source)
    if len(body) > MAX_PAGE:
        return oversized(len(body), source)
    return refused_type(kind, source) or Raw(body, url, kind, status, record.record_date, source)


def _cut(content: bytes, announced: int, *, plain: bool) -> str:
    """What tells that a record is not whole; "" where it is. Where it is packed, checksums tell."""
    if len(content) < announced:
        return f"has {len(content):,} of {announced:,} bytes"
    if plain and b"\r\n\r\nWARC/1." in content:
        return "has lost some of its bytes: its length reaches into the next record"
    return ""


def _refused(record: WarcRecord, url: str | None, source: str) -> ArchiveError | None:
    length = record.headers.get("Content-Length") or ""
    if url is None and not length:
        return TruncatedMember("a record's header is cut off", source=source)
    if not (length := length.strip()).isdecimal() or int(length) != record.content_length:
        return BrokenMember(f"{url or 'a record'} has no readable length", source=source)
    if record.content_length > MAX_PAGE:
        return oversized(record.content_length, source)
    if (reason := record.headers.get("WARC-Truncated")) is not None:
        what = f"{url} was cut off when it was archived ({shown(reason)})"
        return TruncatedMember(what, source=source, advice="fetch the page again")
    return None


def _answer(content: bytes) -> tuple[str | None, int | None, bytes]:
    """Content type, status and decoded body of an HTTP response.

    Raises ``OSError``, and ``EOFError`` where the compressed body is cut off.
    """
    content = _with_line_ends(content)
    try:
        return _decoded(content)
    except OSError:
        # Many crawlers store a body decoded and its headers as they came.
        kind, status, body, _ = _opened(content, "none")
        if not body.lstrip().startswith(b"<"):
            raise
        return kind, status, body


def _with_line_ends(content: bytes) -> bytes:
    """An answer whose head has CRLF at its line ends; some scripts write bare LF."""
    if content[: content.find(b"\n") + 1].endswith(b"\r\n"):
        return content
    end = content.find(b"\n\n", 0, 1 << 16)
    if end < 0 or b"\r" in content[:end]:
        return content
    return content[:end].replace(b"\n", b"\r\n") + b"\r\n\r\n" + content[end + 2 :]


def _falls_short(content: bytes, body: bytes) -> bool:
    """Whether an HTTP answer broke off while it was archived, and its page did not end before."""
    end = content.find(b"\r\n\r\n")
    if end < 0 or b"</html" in body[-4096:].lower():
        return False
    head, rest = content[:end].lower(), end + 4
    if re.search(rb"\r\ntransfer-encoding:[^\r\n]*chunked", head):
        # Where it was stored without its chunks, no length stands at its beginning.
        chunked = re.compile(rb"[0-9a-f]+[^\r\n]{0,200}\r\n", re.IGNORECASE).match(content, rest)
        last = re.search(
            rb"\r\n0+[ \t]*(?:;[^\r\n]*)?\r\n", content[max(rest, len(content) - 4096) :]
        )
        return chunked is not None and last is None and not chunked[0].startswith(b"0\r\n")
    announced = re.search(rb"\r\ncontent-length:[ \t]*(\d{1,12})", head)
    return announced is not None and len(content) - rest < int(announced[1])


def _decoded(content: bytes) -> tuple[str | None, int | None, bytes]:
    kind, status, body, encoding = _opened(content, "transfer")
    if encoding in ("gzip", "x-gzip", "deflate"):  # fastwarc takes what is cut off for whole
        return kind, status, _inflated(body)
    if encoding not in ("", "identity"):
        kind, status, body, _ = _opened(content, "all")
    return kind, status, body


def _opened(
    content: bytes, how: Literal["all", "transfer", "none"]
) -> tuple[str | None, int | None, bytes, str]:
    """Content type, status, body and content encoding of an HTTP response."""
    from fastwarc.warc import WarcRecord

    # A record of its own: one that fails to decode would take the file's reader with it.
    record = WarcRecord()
    record.is_http = True
    record.set_bytes_content(content)
    record.parse_http(auto_decode=how)
    headers = record.http_headers
    body = record.reader.read(MAX_PAGE + 1)
    encoding = (headers.get("Content-Encoding") or "").strip().lower()
    return headers.get("Content-Type"), headers.status_code, body, encoding


def _inflated(packed: bytes) -> bytes:
    """A body out of gzip or deflate, which some servers send without the head of zlib."""
    if packed.startswith(GZIP):
        try:
            body, stream = gunzipped(packed, MAX_PAGE)
        except zlib.error as error:
            raise OSError(str(error)) from None
        if not stream.whole and len(body) <= MAX_PAGE:
            raise EOFError
        return body
    for form in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        decoder = zlib.decompressobj(form)
        with suppress(zlib.error):
            body = decoder.decompress(packed, MAX_PAGE + 1)
            if decoder.eof or len(body) > MAX_PAGE:
                return body
            if form > 0:
                raise EOFError
    raise OSError("neither gzip nor deflate")
