"""Bytes → text: the charset found, old Vietnamese encodings repaired, NFC. Only charset-normalizer.

Nearly every page is strict UTF-8 already in NFC, and for those this is one decode and a few
searches. What had to be done beyond that is named in ``Decoded.repairs``.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import cache
from typing import NamedTuple

from newsextract.errors import EmptyPage, NotText, PageTooLarge
from newsextract.filetypes import binary_type
from newsextract.garbled import repair_text
from newsextract.legacy import best_reading, plausibility
from newsextract.model import Raw

MAX_BYTES = 50_000_000
"""The most bytes a page may have, unpacked; a news page is rarely over 5 MB."""


class Decoded(NamedTuple):
    """The text of a page (NFC, still with its markup), its charset, and what was repaired."""

    text: str
    charset: str
    repairs: tuple[str, ...] = ()


def decode(raw: Raw) -> Decoded:
    """The text of ``raw``: BOM, strict UTF-8, declared charset, UTF-16, old encodings, detection.

    Raises ``EmptyPage``, ``NotText`` (an image, a PDF, an archive, …) or ``PageTooLarge``.
    """
    body, repairs = _unpacked(raw)
    if not body or body.isspace():
        raise EmptyPage(
            "the page has no bytes" if not body else "only white space", source=raw.name
        )
    _refuse_binary(body, raw)
    text, charset = _read(body, raw, repairs)
    text = _tidied(text, repairs)
    if not text or text.isspace():
        raise EmptyPage("the page holds no visible character", source=raw.name)
    return Decoded(text, charset, tuple(repairs))


def _unpacked(raw: Raw) -> tuple[bytes, list[str]]:
    body = raw.body
    repairs: list[str] = []
    while body[:3] == b"\x1f\x8b\x08" and len(repairs) < 3:
        stream = zlib.decompressobj(wbits=31)
        try:
            body = stream.decompress(body, MAX_BYTES + 1)
        except zlib.error as error:
            raise NotText(f"damaged gzip data ({error})", source=raw.name) from None
        repairs.append("gzip" if stream.eof else "gzip, cut off")
        if len(body) > MAX_BYTES:
            break
    if len(body) > MAX_BYTES:
        raise PageTooLarge(f"more than {MAX_BYTES:,} bytes", source=raw.name)
    return body, repairs


def _refuse_binary(body: bytes, raw: Raw) -> None:
    if kind := binary_type(body):
        raise NotText(f"the bytes are {kind}", source=raw.name)


_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def _read(body: bytes, raw: Raw, repairs: list[str]) -> tuple[str, str]:
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return _lenient(body[len(bom) :], charset, repairs), charset
    if b"\x00" in body:
        body = _without_nul(body, raw, repairs)
        if wide := _wide_charset(body):
            return _lenient(body, wide, repairs), wide
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _read_other(body, raw, repairs)


def _wide_charset(body: bytes) -> str | None:
    """UTF-16 without a BOM: the Latin letters of markup have a NUL on every second place."""
    head = body[:2000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.1 * half else None


def _without_nul(body: bytes, raw: Raw, repairs: list[str]) -> bytes:
    if _wide_charset(body):
        return body
    if body.count(0) * 50 > len(body):
        raise NotText("the bytes are binary: many are NUL", source=raw.name)
    repairs.append("NUL characters removed")
    return body.replace(b"\x00", b"")


def _lenient(body: bytes, charset: str, repairs: list[str]) -> str:
    try:
        return body.decode(charset)
    except UnicodeDecodeError:
        text = body.decode(charset, "replace")
    bad = text.count("\ufffd")
    repairs.append(f"{bad} characters not valid in {charset}")
    return text.rstrip("\ufffd")


@cache
def _meta_charset() -> re.Pattern[bytes]:
    return re.compile(
        rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE
    )


# Labels that pages really use. Anything else (``zip``, ``punycode``) is not for a page to choose.
_KNOWN_CHARSET = re.compile(
    r"windows-?125\d|cp-?125\d|iso-?8859-\d+|latin-?1|us-ascii|ascii|gb2312|gbk|gb18030|big5|"
    r"shift[_-]jis|euc-(?:jp|kr)|koi8-[ru]|windows-874|tis-620|utf-?16(?:le|be)?|utf-?8"
)


def _declared(body: bytes, raw: Raw) -> str | None:
    header = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", raw.content_type or "", re.IGNORECASE)
    meta = _meta_charset().search(body, 0, 4096)
    for label in (header and header[1], meta and meta[1].decode("ascii", "replace")):
        name = (label or "").lower()
        if _KNOWN_CHARSET.fullmatch(name) and "16" not in name:
            return "cp1252" if name in ("iso-8859-1", "latin1", "latin-1", "ascii") else name
    return None


def _read_other(body: bytes, raw: Raw, repairs: list[str]) -> tuple[str, str]:
    """Bytes that are not strict UTF-8."""
    head = body[:4096]
    if sum(b < 32 and b not in b"\t\n\r\f" for b in head) * 33 > len(head):
        raise NotText("the bytes are binary: many are control codes", source=raw.name)
    nearly = body.decode("utf-8", "replace")
    bad = nearly.count("\ufffd")
    accented = len(nearly) - len(nearly.encode("ascii", "ignore"))
    latin = body.decode("latin-1")
    reading, score = best_reading(latin[:500_000])
    # A cut in the middle of a letter spoils one or two characters, an old encoding most of them.
    if bad <= 2 + 0.3 * accented and plausibility(nearly) > max(0.5, score):
        repairs.append(f"{bad} characters not valid in utf-8")
        return nearly.rstrip("\ufffd"), "utf-8"
    declared = _declared(body, raw)
    # Vietnamese pages call themselves Western; a page that says it is Japanese mostly is.
    foreign = declared and not re.match(r"utf|cp125|windows-125|latin|us-ascii", declared)
    if reading and not (foreign and score < 0.9):
        repairs.append(reading.name)
        return reading.read(latin), reading.name
    charset = declared or _detected(body)
    if charset is None:
        raise NotText("the bytes are not text in any known encoding", source=raw.name)
    return _lenient(body, charset, repairs), charset


def _detected(body: bytes) -> str | None:
    from charset_normalizer import from_bytes  # only odd pages need it; loading it costs 30 ms

    best = from_bytes(body[:50_000]).best()
    return best.encoding if best else None


# Soft hyphen, zero-width and direction marks, a stray BOM: each cuts a word for every search.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_CONTROLS = "".join(map(chr, (*range(1, 9), 11, *range(14, 32), 127)))
# Browsers read these controls as windows-1252, and so do the pages that hold them.
_C1 = {b: bytes([b]).decode("cp1252", "ignore") for b in range(0x80, 0xA0)}


def _tidied(text: str, repairs: list[str]) -> str:
    # Single characters are looked for one by one: that is memchr, 40 times faster than a class.
    text, mended = repair_text(text)
    repairs += mended
    for char in _INVISIBLE:
        if char in text:
            text = text.replace(char, "")
    if "&" in text:
        text = _invisible_entity().sub("", text)
    if _has_controls(text):
        text = text.translate(dict.fromkeys(map(ord, _CONTROLS), None) | _C1)
    if any(mark in text for mark in _MARKS):
        repairs.append("decomposed letters composed (NFC)")
        text = _composed(text)
    return text


@cache
def _invisible_entity() -> re.Pattern[str]:
    return re.compile("&(?:shy|#173|#8203|#x200b|#x200B|ZeroWidthSpace|#65279|#xFEFF);")


def _has_controls(text: str) -> bool:
    data = text.encode("utf-8", "surrogatepass")
    found = len(data) != len(data.translate(None, _CONTROLS.encode()))
    return found or bool(_c1_codes().search(data))


@cache
def _c1_codes() -> re.Pattern[bytes]:
    return re.compile(b"\xc2[\x80-\x9f]")


_LATE = "\u0302\u0306\u031b"
_MARKS = "\u0300\u0301\u0303\u0309\u0323" + _LATE


def _composed(text: str) -> str:
    """NFC; the tone may even have been written before the letter's own mark ("á" and "^")."""
    # Most lines of a page are markup: known to be ASCII, they need not be looked at again.
    lines = text.split("\n")
    text = "\n".join([x if x.isascii() else unicodedata.normalize("NFC", x) for x in lines])
    if any(mark in text for mark in _LATE):
        text = re.sub(f"([^\\W\\d_])([{_LATE}])", _reordered, text)
    return text


def _reordered(match: re.Match[str]) -> str:
    letter = unicodedata.normalize("NFD", match[1])
    return unicodedata.normalize("NFC", letter[0] + match[2] + letter[1:])


def decode_text(text: str, source: str | None = None) -> Decoded:
    """The same repairs for text that is already ``str``; its charset is empty."""
    repairs: list[str] = []
    if len(text) > MAX_BYTES:
        raise PageTooLarge(f"more than {MAX_BYTES:,} characters", source=source)
    if "\x00" in text:
        text = text.replace("\x00", "")
        repairs.append("NUL characters removed")
    try:
        text.encode()
    except UnicodeEncodeError:  # halves of a character, as JSON escapes cut in two leave them
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        repairs.append("broken surrogates replaced")
    text = _tidied(text, repairs)
    if not text or text.isspace():
        raise EmptyPage("the text holds no visible character", source=source)
    return Decoded(text, "", tuple(repairs))
