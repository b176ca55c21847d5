"""Date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact


@dataclass(frozen=True, slots=True)
class Date:
    """TODO."""

    start: str
    end: str
    precision: str


def read(reading: Reading) -> Iterator[Fact[Date]]:
    """TODO."""
    yield from ()


KIND = Kind("date", 20, read)
