"""Bytes → text: the charset found, old Vietnamese encodings repaired, NFC. Only charset-normalizer.

Nearly every page is strict UTF-8 already in NFC, and its bytes are handed on as they came. What had
to be done beyond that is named in ``Decoded.repairs``.
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from typing import NamedTuple

from newsextract.errors import EmptyPage, NotText, PageTooLarge, TruncatedPage
from newsextract.filetypes import DOCUMENTS, FOR_ARCHIVES, SAVE, binary_type
from newsextract.gunzip import MAGIC, gunzipped
from newsextract.legacy import best_reading, plausibility
from newsextract.model import Raw
from newsextract.tidying import accented_part, encoded, tidied

MAX_BYTES = 50_000_000
"""The most bytes a page may have, unpacked; a news page is rarely over 5 MB."""


class Decoded(NamedTuple):
    """A page in UTF-8 (NFC, still with its markup), its charset, and what was repaired."""

    utf8: bytes
    charset: str
    repairs: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The page as ``str``, decoded when asked for: the HTML parser takes bytes."""
        return self.utf8.decode()


def decode(raw: Raw) -> Decoded:
    """``raw`` in UTF-8: BOM, strict UTF-8, declared charset, UTF-16, old encodings, detection.

    Raises ``EmptyPage``, ``NotText`` (an image, a PDF, an archive, …), ``PageTooLarge``, or
    ``TruncatedPage`` for gzip data that is cut off.
    """
    body, repairs = _unpacked(raw)
    if not body or body.isspace():
        raise EmptyPage(
            "the page has no bytes" if not body else "only white space", source=raw.name
        )
    _refuse_binary(body, raw)
    text, charset, utf8 = _read(body, raw, repairs)
    utf8 = tidied(utf8 or encoded(text), text, repairs)
    if _is_blank(utf8):
        raise EmptyPage("the page holds no visible character", source=raw.name)
    return Decoded(utf8, charset, tuple(repairs))


def _is_blank(utf8: bytes) -> bool:
    # A few bytes tell nearly always; those of white space beyond ASCII need the characters.
    return not utf8[:100].decode("utf-8", "ignore").strip() and not utf8.decode().strip()


def _unpacked(raw: Raw) -> tuple[bytes, list[str]]:
    body = raw.body
    repairs: list[str] = []
    while body.startswith(MAGIC) and len(repairs) < 3:
        body = _gunzipped(body, raw)
        repairs.append("gzip")
        if len(body) > MAX_BYTES:
            break
    if len(body) > MAX_BYTES:
        raise PageTooLarge(f"more than {MAX_BYTES:,} bytes", source=raw.name)
    return body, repairs


def _gunzipped(packed: bytes, raw: Raw) -> bytes:
    """All members of gzip data, as ``gzip`` unpacks them; a part of a page is not taken for it."""
    try:
        body, stream = gunzipped(packed, MAX_BYTES)
    except zlib.error as error:
        raise NotText(f"damaged gzip data ({error})", source=raw.name) from None
    if len(body) <= MAX_BYTES and not stream.whole:
        raise TruncatedPage("its gzip data ends early", source=raw.name)
    if stream.junk:
        raise NotText("damaged gzip data (something else stands behind it)", source=raw.name)
    return body


def _refuse_binary(body: bytes, raw: Raw) -> None:
    if kind := binary_type(body):
        advice = "read it with newsextract.open_archive" if kind in FOR_ARCHIVES else None
        advice = SAVE if kind in DOCUMENTS.values() else advice
        raise NotText(f"the bytes are {kind}", source=raw.name, advice=advice)


_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def _read(body: bytes, raw: Raw, repairs: list[str]) -> tuple[str, str, bytes]:
    """Text, charset and no bytes; of strict UTF-8 only the accented part, but with all bytes."""
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return _lenient(body[len(bom) :], charset, repairs), charset, b""
    if b"\x00" in body:
        body = _without_nul(body, raw, repairs)
        if wide := _wide_charset(body):
            return _lenient(body, wide, repairs), wide, b""
    try:
        return accented_part(body).decode(), "utf-8", body
    except UnicodeDecodeError:
        return *_read_other(body, raw, repairs), b""


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


def decode_text(text: str, source: str | None = None) -> Decoded:
    """The same repairs for text that is already ``str``; its charset is empty."""
    repairs: list[str] = []
    if len(text) > MAX_BYTES:
        raise PageTooLarge(f"more than {MAX_BYTES:,} characters", source=source)
    if "\x00" in text:
        text = text.replace("\x00", "")
        repairs.append("NUL characters removed")
    try:
        utf8 = text.encode()
    except UnicodeEncodeError:  # halves of a character, as JSON escapes cut in two leave them
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        utf8 = text.encode()
        repairs.append("broken surrogates replaced")
    utf8 = tidied(utf8, text, repairs)
    if _is_blank(utf8):
        raise EmptyPage("the text holds no visible character", source=source)
    return Decoded(utf8, "", tuple(repairs))
