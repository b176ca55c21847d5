"""Ratio."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact, Number, Qualifier


@dataclass(frozen=True, slots=True)
class Ratio:
    """TODO."""

    part: Number
    whole: Number
    unit: str
    qualifier: Qualifier = "exact"


def read(reading: Reading) -> Iterator[Fact[Ratio]]:
    """TODO."""
    yield from ()


KIND = Kind("ratio", 40, read)
