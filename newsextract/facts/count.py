"""Count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact, Number, Qualifier


@dataclass(frozen=True, slots=True)
class Count:
    """TODO."""

    low: Number
    high: Number
    unit: str
    qualifier: Qualifier = "exact"


def read(reading: Reading) -> Iterator[Fact[Count]]:
    """TODO."""
    yield from ()


KIND = Kind("count", 80, read)
