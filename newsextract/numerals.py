"""Numbers in figures and words: one vocabulary → one pattern → ``Amount``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsextract.model import Number, Qualifier


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as printed: ``text[start:end]`` from its qualifier to its last digit or word."""

    start: int
    end: int
    low: Number
    high: Number
    qualifier: Qualifier


def amounts(text: str) -> Iterator[Amount]:
    """Every number of ``text`` in order."""
    yield from ()
