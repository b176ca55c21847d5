"""The links of a page, by pattern: all that discovery needs, on any broken HTML, in linear time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin

MAX_TEXT = 5_000
"""Characters after a link's tag in which its text must end; a whole card may be one link."""

_OPEN = re.compile(r"<(a|base)\b([^<>]*+)>", re.IGNORECASE)
_HREF = re.compile(
    r"(?<![\w-])href\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"']++))", re.IGNORECASE
)
_CLOSE = re.compile(r"</a\b|<a\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*+>")


def links(page: str, url: str = "") -> Iterator[tuple[str, str]]:
    """Every link of an HTML page in order: its address, and its text on one line.

    The address is as the page has it, or joined to the page's own base, or else to ``url``. What
    cannot be joined is left out.
    """
    base = url
    for tag in _OPEN.finditer(page):
        href = _HREF.search(tag[2])
        target = html.unescape(href[1] or href[2] or href[3] or "").strip() if href else ""
        if not target:
            continue
        try:
            target = urljoin(base, target)
        except ValueError:  # "http://[…"
            continue
        if tag[1].lower() == "base":
            base = target
            continue
        end = _CLOSE.search(page, tag.end(), tag.end() + MAX_TEXT)
        text = page[tag.end() : end.start() if end else tag.end()]
        yield target, " ".join(html.unescape(_TAG.sub(" ", text)).split())
