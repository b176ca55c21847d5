"""Measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact, Number, Qualifier


@dataclass(frozen=True, slots=True)
class Measure:
    """TODO."""

    low: Number
    high: Number
    unit: str
    per: str | None = None
    qualifier: Qualifier = "exact"


def read(reading: Reading) -> Iterator[Fact[Measure]]:
    """TODO."""
    yield from ()


KIND = Kind("measure", 70, read)
