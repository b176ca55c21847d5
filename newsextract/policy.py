"""How politely, and how far, pages are fetched."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Integral, Real
from pathlib import Path

from newsextract.given import expect, expect_each

PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
"""Content types that hold a page; an answer without one is read as HTML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a ``Fetcher`` may do: times in seconds, sizes in bytes.

    Nonsense is a ``ValueError``, and a ``TypeError`` what is not even of the kind.

    ``contact`` (a URL or mail address) goes into the user agent so that a site can reach you.
    ``delay`` is the least time between two requests to one host; a longer Crawl-delay wins, up
    to ``longest_delay``. ``deadline`` bounds one attempt with its redirects and body; retries
    are made after 429, 5xx and broken connections only, and a Retry-After over ``longest_wait``
    is not waited for. ``allow_private`` holds addresses, networks (``10.0.0.0/8``) or host names
    that may be reached although they are not public. ``old_tls`` and ``broken_certificates``
    name hosts for which TLS 1.0 or an unverifiable certificate is accepted, with ``www.`` and
    without alike. ``cache`` is a folder; it is not asked for pages that are recorded.
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
    cache: Path | str | None = None

    def __post_init__(self) -> None:
        for name in (*_COUNTS, *_ATTEMPTS, *_WAITS, *_LIMITS):
            value = getattr(self, name)
            whole = name in (*_COUNTS, *_ATTEMPTS)
            words = "a whole number" if whole else "a number of seconds"
            expect(name, value, Integral if whole else Real, words)
            least = 1 if name in _COUNTS else 0
            if not value >= least or (name in _LIMITS and not value):  # "not ≥" refuses NaN too
                raise ValueError(f"{name}={value!r} is too small")
        expect("robots", self.robots, bool, "True or False")
        if self.contact is not None:
            expect("contact", self.contact, str, "a URL or mail address, as str, or None")
            if not (self.contact.isascii() and self.contact.isprintable()):
                raise ValueError(f"contact {self.contact!r}: a header holds ASCII letters only")
        if self.cache is not None:
            expect("cache", self.cache, (str, os.PathLike), "a folder, as str or Path, or None")
        object.__setattr__(self, "content_types", _types(self.content_types))
        for name in ("allow_private", "old_tls", "broken_certificates"):
            object.__setattr__(self, name, _hosts(name, getattr(self, name)))

    @property
    def user_agent(self) -> str:
        """The User-Agent header: the library, its version, and whom to ask."""
        from newsextract import __version__  # the package stands right of all its modules

        about = f"newsextract/{__version__}"
        return f"{about} (+{self.contact})" if self.contact else about


_COUNTS = ("per_host", "concurrency", "max_wire", "max_body", "max_ratio")
_ATTEMPTS = ("retries", "max_redirects")
_WAITS = ("delay", "longest_delay", "first_wait", "longest_wait")
_LIMITS = ("timeout", "deadline")


def _types(entries: Iterable[str]) -> tuple[str, ...]:
    """Content types as a tuple; raises ``ValueError`` for none, as no page would ever be read."""
    if isinstance(entries, str):
        raise ValueError("content_types: give a tuple of types, not one string")
    expect_each("content_types", entries, "types, as text/html")
    types = tuple(entries)
    if not types or not all(isinstance(one, str) and "/" in one for one in types):
        raise ValueError(f"content_types={types!r}: give a tuple of types, as ('text/html',)")
    return types


def _hosts(field: str, entries: Iterable[str]) -> frozenset[str]:
    """The hosts that a field names, as they are compared; raises ``ValueError``."""
    if isinstance(entries, str):
        raise ValueError(f"{field}={entries!r}: give a set of names, not one string")
    expect_each(field, entries, "host names")
    hosts = set()
    for entry in entries:
        expect(f"{field}: a host", entry, str, "a str")
        hosts.add(_host(field, entry.strip().lower()))
    private = field == "allow_private"  # there www.… may lead elsewhere than the bare name
    return frozenset(hosts if private else (host.removeprefix("www.") for host in hosts))


def _host(field: str, entry: str) -> str:
    host = entry.removeprefix("[").removesuffix("]")
    try:
        return str(ipaddress.ip_network(host, strict=False)) if "/" in host else _name(host)
    except ValueError as error:
        what = "is no host, address or network: leave out scheme, port and path"
        raise ValueError(f"{field}: {entry!r} {what}") from error


def _name(host: str) -> str:
    if ":" in host:
        return str(ipaddress.IPv6Address(host))
    if not re.fullmatch(r"[\w.-]+", host):
        raise ValueError(host)
    return host.encode("idna").decode()


def policy_or_default(policy: Policy | None) -> Policy:
    """``policy``, or the one that is meant where none is given; ``TypeError`` for anything else."""
    if policy is None:
        return Policy()
    expect("policy", policy, Policy, "a newsextract.Policy(timeout=…, delay=…) or None")
    return policy
