"""Document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact


@dataclass(frozen=True, slots=True)
class Document:
    """TODO."""

    type: str
    number: str | None
    date: dt.date | None = None
    issuer: str | None = None


def read(reading: Reading) -> Iterator[Fact[Document]]:
    """TODO."""
    yield from ()


KIND = Kind("document", 10, read)
