"""Money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact, Number, Qualifier


@dataclass(frozen=True, slots=True)
class Money:
    """TODO."""

    low: Number
    high: Number
    currency: str
    per: str | None = None
    qualifier: Qualifier = "exact"


def read(reading: Reading) -> Iterator[Fact[Money]]:
    """TODO."""
    yield from ()


KIND = Kind("money", 60, read)
