"""Small archives for tests, made by hand so that they can be damaged exactly."""

from __future__ import annotations

import gzip

HTML = b"Content-Type: text/html; charset=utf-8\r\n"
DATE = "2019-05-07T01:02:03Z"


def page(n: int, figures: str = "262/286 xã") -> bytes:
    """An article of its own, as HTML in UTF-8."""
    body = "".join(
        f"<p>Trong kỳ {n}, đoạn {i}, toàn tỉnh có {figures} đạt chuẩn nông thôn mới, "
        f"tăng {n + i + 10} hộ so với năm trước theo báo cáo của cơ quan chuyên môn.</p>"
        for i in range(5)
    )
    title = f"Xây dựng nông thôn mới, bản tin số {n}"
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def http(body: bytes, head: bytes = HTML, status: bytes = b"200 OK") -> bytes:
    """An HTTP response."""
    return b"HTTP/1.1 " + status + b"\r\n" + head + b"\r\n" + body


def record(
    url: str,
    content: bytes,
    *,
    kind: str = "response",
    content_type: str = "application/http; msgtype=response",
    more: str = "",
) -> bytes:
    """One WARC record, not compressed."""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:test:{url[-20:]}>\r\n"
        f"WARC-Date: {DATE}\r\nWARC-Target-URI: {url}\r\nContent-Type: {content_type}\r\n"
        f"{more}Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def records(count: int) -> list[bytes]:
    """Response records of so many different articles."""
    return [record(f"https://bao.example/{n}.html", http(page(n))) for n in range(count)]


def zipped(parts: list[bytes]) -> bytes:
    """Each part a gzip member of its own, as a ``.warc.gz`` has its records."""
    return b"".join(gzip.compress(part, 1) for part in parts)
