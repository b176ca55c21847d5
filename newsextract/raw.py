"""``Raw``: what was fetched or read from an archive, before anything is understood."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from numbers import Integral
from typing import Any

from newsextract.given import expect
from newsextract.wording import many


def plain(value: Any) -> Any:
    """A field of a value in the exchange form: lists for tuples, ISO for dates."""
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def brief(name: str, size: str, about: dict[str, Any]) -> str:
    """What a shell or a log prints of a thing that holds a page: not the whole page."""
    known = {k: plain(v) for k, v in about.items() if v is not None}
    return f"{name}({', '.join([size, *(f'{k}={v!r}' for k, v in known.items())])})"


_ABOUT = (
    ("url", str, "a str"),
    ("content_type", str, "a str, the header as it was sent,"),
    ("status", Integral, "a number, as int,"),
    ("fetched", dt.datetime, "an aware datetime (datetime.fromisoformat reads a str)"),
    ("source", str, "a str"),
)
"""What is known of a page, where it is known."""


@dataclass(frozen=True, slots=True)
class Raw:
    """What was fetched or read from an archive, before anything is understood.

    ``source`` says where it came from when that is not the URL: a file, or an archive and its
    member (``"2019.zip!a/b.html"``). ``content_type`` is the header as sent. ``fetched`` is aware;
    a year that no page can be fetched in (before 1990, after 2200) is a wrong clock's: None.
    """

    body: bytes
    url: str | None = None
    content_type: str | None = None
    status: int | None = None
    fetched: dt.datetime | None = None
    source: str | None = None
    _fingerprint: str = field(default="", init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.body, bytes):
            name = type(self.body).__name__
            raise TypeError(
                f"the body of a Raw is bytes, not {name}; newsextract.parse takes a str"
            )
        for name, wanted, words in _ABOUT:
            if (value := getattr(self, name)) is not None:
                expect(name, value, wanted, f"{words} or None")
        if self.fetched and self.fetched.tzinfo is None:
            raise ValueError("fetched has no time zone: give it one, as fetched.astimezone() does")
        if self.fetched and not 1990 <= self.fetched.year <= 2200:
            object.__setattr__(self, "fetched", None)

    @property
    def name(self) -> str:
        """The shortest name of this input for a message: source, else URL."""
        return self.source or self.url or "<input>"

    @property
    def fingerprint(self) -> str:
        """32 hex digits of the body: what a store remembers to know that an input is done."""
        if not self._fingerprint:
            found = hashlib.blake2b(self.body, digest_size=16).hexdigest()
            object.__setattr__(self, "_fingerprint", found)
        return self._fingerprint

    def __repr__(self) -> str:
        names = ("url", "content_type", "status", "fetched", "source")
        about = {name: getattr(self, name) for name in names}
        return brief("Raw", many(len(self.body), "byte"), about)
