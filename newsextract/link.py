"""One mention tied to what it speaks of: what every resolver gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from newsextract.model import Fact


class Context(NamedTuple):
    """What resolvers read besides the facts: the one text, and the day it was published."""

    text: str
    published: dt.date | None


@dataclass(frozen=True, slots=True)
class Link:
    """The mention ``text[start:end]`` and the fact it speaks of.

    ``target`` is the fullest fact of the same thing, ``id`` its canonical id: the same document
    has the same id in every article, the same official within one article. ``value`` is the
    mention's value with what it leaves out filled in, None where nothing is added. ``check`` is
    for figures that state one thing twice: whether they agree. ``rule`` names the resolver's rule.
    """

    start: int
    end: int
    rule: str
    target: Fact[Any]
    id: str | None = None
    value: Any = None
    check: bool | None = None


Resolver = Callable[[Sequence[Fact[Any]], Context], Iterable[Link]]
"""A pure function from the facts of one text to links; what is ambiguous it leaves out."""
