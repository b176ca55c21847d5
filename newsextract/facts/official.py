"""Official."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact


@dataclass(frozen=True, slots=True)
class Official:
    """TODO."""

    name: str
    titles: tuple[str, ...]
    honorific: str | None = None


def read(reading: Reading) -> Iterator[Fact[Official]]:
    """TODO."""
    yield from ()


KIND = Kind("official", 30, read)
