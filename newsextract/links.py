"""The links of a page, by pattern: all that discovery needs, on any broken HTML, in linear time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

MAX_TEXT = 1_000
"""Characters after a link's tag in which its text must end."""

_OPEN = re.compile(
    r"<a\b[^<>]*?\bhref\s*+=\s*+(?:\"([^\"<>]*+)\"|'([^'<>]*+)'|([^\s<>\"']++))[^<>]*+>",
    re.IGNORECASE,
)
_CLOSE = re.compile(r"</a\b|<a\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*+>")


def links(page: str) -> Iterator[tuple[str, str]]:
    """Every link of an HTML page in order: its ``href`` and its text on one line."""
    for tag in _OPEN.finditer(page):
        end = _CLOSE.search(page, tag.end(), tag.end() + MAX_TEXT)
        text = page[tag.end() : end.start() if end else tag.end()]
        href = html.unescape(tag[1] or tag[2] or tag[3] or "").strip()
        if href:
            yield href, " ".join(html.unescape(_TAG.sub(" ", text)).split())
