"""Sitemaps and feeds: what addresses they list, and when each was published.

They are read by pattern, not by an XML parser: half the provincial sites print addresses with a
bare ``&`` that no XML parser accepts, and a pattern expands no entities.
"""

from __future__ import annotations

import datetime as dt
import html
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from newsextract.clock import VIETNAM
from newsextract.errors import DecompressionBomb, NotText, Truncated
from newsextract.gunzip import MAGIC, gunzipped

MAX_SITEMAP = 52_428_800
"""Bytes of one sitemap, uncompressed (sitemaps.org allows 50 MiB)."""

# Nothing here looks past the next tag, so any text takes linear time.
_TAG = re.compile(r"<(/?)(url|sitemap|item|entry)\b[^<>]*+>", re.IGNORECASE)
_VALUE = r"\s*+(?:<!\[CDATA\[)?+([^<\]]*+)"
_LOC = re.compile(rf"<loc\b[^<>]*+>{_VALUE}", re.IGNORECASE)
_LINK = re.compile(rf"<link\b([^<>]*+)>{_VALUE}", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*+=\s*+[\"']([^\"']++)", re.IGNORECASE)
_WHEN = re.compile(
    rf"<(?:news:publication_date|lastmod|pubDate|published|updated|dc:date)\b[^<>]*+>{_VALUE}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One address of a sitemap or feed; ``is_sitemap`` where it is another sitemap."""

    url: str
    when: dt.datetime | None
    is_sitemap: bool = False


def listed(body: bytes) -> Iterator[Listed]:
    """The addresses in a sitemap, sitemap index, RSS or Atom document, gzipped or not.

    Raises ``NotText`` or ``DecompressionBomb`` before the first, ``Truncated`` behind the last.
    """
    text, whole = _text(body)
    for name, entry in _entries(text):
        url = _address(entry)
        if url:
            yield Listed(url, _when(entry), name == "sitemap")
    if not whole:
        raise Truncated("the gzipped sitemap is cut off")


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """The name and inside of each element that lists one address."""
    name, start = "", 0
    for tag in _TAG.finditer(text):
        own = tag[2].lower()
        if not tag[1] and name in ("", own):  # others may stand inside: an item's own <url>
            name, start = own, tag.end()
        elif tag[1] and name == own:
            yield name, text[start : tag.start()]
            name = ""


def _text(body: bytes) -> tuple[str, bool]:
    """The document, and whether it is there to its end."""
    whole = True
    if body.startswith(MAGIC):
        try:
            body, stream = gunzipped(body, MAX_SITEMAP)
        except zlib.error as error:
            raise NotText(f"the gzipped sitemap is broken ({error})") from error
        whole = stream.whole
        if len(body) > MAX_SITEMAP:
            raise DecompressionBomb(f"the sitemap has over {MAX_SITEMAP:,} bytes")
    return body[:MAX_SITEMAP].decode("utf-8", "replace"), whole


def _address(entry: str) -> str | None:
    loc = _LOC.search(entry)
    if loc:
        return html.unescape(loc[1]).strip()
    for link in _LINK.finditer(entry):  # RSS: the content; Atom: href, rel="alternate" or none
        href = _HREF.search(link[1])
        if href and ("rel=" not in link[1] or "alternate" in link[1]):
            return html.unescape(href[1]).strip()
        if not href and link[2].strip():
            return html.unescape(link[2]).strip()
    return None


def _when(entry: str) -> dt.datetime | None:
    found = _WHEN.search(entry)
    if found is None:
        return None
    value = html.unescape(found[1]).strip()
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            when = read(value)
            return when if when.tzinfo else when.replace(tzinfo=VIETNAM)
    return None
