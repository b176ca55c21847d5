"""Plain-text dumps → Article: what archives and other tools leave of a page, lists and all."""

from __future__ import annotations

from collections.abc import Collection

from newsextract.model import Article, Raw
from newsextract.sites import find_site


def read_plain(
    text: str,
    raw: Raw | None = None,
    *,
    charset: str | None = None,
    repairs: tuple[str, ...] = (),
    repeated: Collection[str] = frozenset(),
) -> Article:
    """The article of a plain-text dump."""
    raw = raw or Raw(b"")
    site = find_site(raw.url)
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    rows = [
        ("title" if i == 0 else "paragraph", line, f"line {n}") for i, (n, line) in enumerate(lines)
    ]
    return Article.assemble(
        rows,
        url=raw.url,
        source=raw.source,
        fetched=raw.fetched,
        site=site.name if site else None,
        province=site.province if site else None,
        charset=charset or None,
        repairs=repairs,
    )
