"""robots.txt by RFC 9309: what it allows, and how long it asks to wait."""

from __future__ import annotations

from protego import Protego

MAX_ROBOTS = 512_000
"""Bytes that are read of a robots.txt (RFC 9309 §2.5 asks for at least 500 KiB)."""

AGENT = "newsextract"
"""Our product token: rules are matched by it alone, not by the contact beside it (§2.2.1)."""


class Robots:
    """One site's rules; ``text`` None means that they could not be had, so nothing is allowed.

    ``why`` then says what kept them away.
    """

    def __init__(self, text: str | None, *, why: str = "") -> None:
        self._rules = None if text is None else Protego.parse(text)
        self.why = why

    def allows(self, url: str) -> bool:
        """Whether we may fetch ``url``."""
        return self._rules is not None and bool(self._rules.can_fetch(url, AGENT))

    @property
    def delay(self) -> float:
        """The Crawl-delay for us in seconds; 0 where there is none."""
        asked = self._rules.crawl_delay(AGENT) if self._rules else None
        return max(0.0, float(asked)) if asked is not None else 0.0

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemap addresses that the file names, in its order."""
        return tuple(self._rules.sitemaps) if self._rules else ()


def rules_of(status: int, body: bytes) -> Robots:
    """The rules of an answer to /robots.txt: 4xx allows all, 5xx nothing (RFC 9309 §2.3.1)."""
    if 200 <= status < 300:
        return Robots(body[:MAX_ROBOTS].decode("utf-8", "replace").removeprefix("\ufeff"))
    return Robots("") if status < 500 else Robots(None, why=f"the server answered {status}")
