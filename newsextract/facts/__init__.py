"""Facts: ``extract`` runs the kinds over a text and settles their overlaps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from newsextract.facts.count import KIND as COUNT
from newsextract.facts.date import KIND as DATE
from newsextract.facts.document import KIND as DOCUMENT
from newsextract.facts.measure import KIND as MEASURE
from newsextract.facts.money import KIND as MONEY
from newsextract.facts.nonfact import KIND as NONFACT
from newsextract.facts.official import KIND as OFFICIAL
from newsextract.facts.percent import KIND as PERCENT
from newsextract.facts.ratio import KIND as RATIO
from newsextract.facts.reading import Kind, Reading
from newsextract.model import Article, Fact, Facts

__all__ = ["KINDS", "Kind", "Reading", "Verdict", "explain", "extract"]

KINDS: tuple[Kind, ...] = (
    DOCUMENT, DATE, OFFICIAL, NONFACT, RATIO, PERCENT, MONEY, MEASURE, COUNT
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One reading of a text: the fact it would be, and the fact it lost to, if it lost."""

    fact: Fact[Any]
    lost_to: Fact[Any] | None
    why: str

    @property
    def won(self) -> bool:
        return self.lost_to is None


def extract(source: Article | str, *, kinds: tuple[Kind, ...] = KINDS) -> Facts:
    """The facts of an article or text in order of appearance.

    Offsets speak of ``source.text``, or of the string as given. For every fact
    ``text[fact.start:fact.end] == fact.text``; no two facts overlap.
    """
    reading = Reading(source if isinstance(source, str) else source.text)
    names = {k.name for k in kinds if k.is_fact}
    won = [v.fact for v in _settle(reading, kinds) if v.won and v.fact.kind in names]
    won.sort(key=lambda f: f.start)
    return Facts(replace(f, sentence=reading.sentence(f.start, f.end)) for f in won)


def explain(source: Article | str, *, kinds: tuple[Kind, ...] = KINDS) -> tuple[Verdict, ...]:
    """Every reading of every rule in order, with the one it lost to and why."""
    reading = Reading(source if isinstance(source, str) else source.text)
    return tuple(sorted(_settle(reading, kinds), key=lambda v: (v.fact.start, v.fact.end)))


def _settle(reading: Reading, kinds: Iterable[Kind]) -> list[Verdict]:
    """Greedy by rank, then length, then place; each reading keeps or loses its span for good."""
    order = sorted(
        ((k.rank, f.start - f.end, f.start, i), f)
        for k in kinds
        for i, f in enumerate(k.read(reading))
    )
    starts: list[int] = []
    kept: list[Fact[Any]] = []
    verdicts = []
    for _, fact in order:
        at = bisect_left(starts, fact.start)
        rival = _rival(kept, at, fact)
        if rival is None:
            starts.insert(at, fact.start)
            kept.insert(at, fact)
        verdicts.append(Verdict(fact, rival, _why(fact, rival)))
    return verdicts


def _rival(kept: list[Fact[Any]], at: int, fact: Fact[Any]) -> Fact[Any] | None:
    # Kept spans never overlap, so only the neighbours on either side can.
    if at < len(kept) and kept[at].start < fact.end:
        return kept[at]
    if at and kept[at - 1].end > fact.start:
        return kept[at - 1]
    return None


def _why(fact: Fact[Any], rival: Fact[Any] | None) -> str:
    if rival is None:
        return "nothing overlaps it that ranks higher"
    if rival.kind != fact.kind:
        return f"{rival.kind} ranks before {fact.kind}"
    return "the longer or earlier reading of a kind wins"
