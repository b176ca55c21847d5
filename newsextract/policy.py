"""How politely, and how far, pages are fetched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
"""Content types that hold a page; an answer without one is read as HTML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a ``Fetcher`` may do. Times are seconds, sizes bytes.

    ``contact`` (a URL or mail address) goes into the user agent so that a site can reach you.
    ``delay`` is the least time between two requests to one host; a longer Crawl-delay wins, up
    to ``longest_delay``. ``deadline`` bounds one attempt with its redirects and body; retries
    are made after 429, 5xx and broken connections only, and a Retry-After over ``longest_wait``
    is not waited for. ``allow_private`` holds addresses, networks (``10.0.0.0/8``) or host names
    that may be reached although they are not public. ``old_tls`` and ``broken_certificates``
    name hosts for which TLS 1.0 or an unverifiable certificate is accepted. ``cache`` is a folder.
    """

    contact: str | None = None
    per_host: int = 2
    concurrency: int = 32
    delay: float = 1.0
    longest_delay: float = 60.0
    robots: bool = True
    retries: int = 3
    first_wait: float = 1.0
    longest_wait: float = 120.0
    timeout: float = 15.0
    deadline: float = 60.0
    max_redirects: int = 5
    max_wire: int = 20_000_000
    max_body: int = 50_000_000
    max_ratio: int = 200
    content_types: tuple[str, ...] = PAGE_TYPES
    allow_private: frozenset[str] = frozenset()
    old_tls: frozenset[str] = frozenset()
    broken_certificates: frozenset[str] = frozenset()
    cache: Path | None = None

    @property
    def user_agent(self) -> str:
        """The User-Agent header: the library, its version, and whom to ask."""
        from newsextract import __version__  # the package stands right of all its modules

        about = f"newsextract/{__version__}"
        return f"{about} (+{self.contact})" if self.contact else about
