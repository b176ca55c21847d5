"""Percent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact, Number, Qualifier


@dataclass(frozen=True, slots=True)
class Percent:
    """TODO."""

    low: Number
    high: Number
    qualifier: Qualifier = "exact"
    points: bool = False


def read(reading: Reading) -> Iterator[Fact[Percent]]:
    """TODO."""
    yield from ()


KIND = Kind("percent", 50, read)
