"""Facts: ``extract`` runs the kinds over a text and settles their overlaps."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from newsextract.composing import as_given, composed
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
from newsextract.model import Article, Fact, Facts, text_of

__all__ = ["KINDS", "Kind", "Reading", "Verdict", "explain", "extract"]

KINDS: tuple[Kind, ...] = (DOCUMENT, DATE, OFFICIAL, NONFACT, RATIO, PERCENT, MONEY, MEASURE, COUNT)
_FACTS = frozenset(k.name for k in KINDS if k.is_fact)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One reading of a text: the fact it would be, whether it won its place, and over what.

    ``lost_to`` is the reading that holds the place, None where this one won. ``over`` are the
    readings this one kept out. ``is_fact`` is False for what only keeps others away (a duration,
    a label): it may win, and is no fact all the same.
    """

    fact: Fact[Any]
    lost_to: Fact[Any] | None
    why: str
    over: tuple[Fact[Any], ...] = ()
    is_fact: bool = True

    @property
    def won(self) -> bool:
        """Whether the reading holds its place."""
        return self.lost_to is None

    @property
    def rule(self) -> str:
        """The rule that read it, as ``kind.rule``."""
        return f"{self.fact.kind}.{self.fact.rule}"


_Entry = tuple[int, int, Fact[Any]]  # rank, place in the order of reading, the candidate


def extract(
    source: Article | str, *, kinds: Kind | Iterable[Kind] | Iterable[str] = KINDS
) -> Facts:
    """The facts of an article or text in order of appearance.

    Offsets speak of ``source.text``, or of the string as given, decomposed letters (NFD) too; the
    words in a fact's value are composed (NFC). For every fact
    ``text[fact.start:fact.end] == fact.text``; no two facts overlap. Where readings overlap, the
    kind that stands first in rank wins, then the longer, then the earlier.

    ``kinds`` are names, such as ``("ratio", "money")``: everything is read and these are given; or
    ``Kind`` objects, which alone are read. One of either may stand alone.
    """
    asked, shown = _chosen(kinds)
    won = []
    for cluster in _clusters(_read(source, asked)):
        if len(cluster) == 1:
            won.append(cluster[0][2])
        elif len(cluster) == 2:
            won.append(min(cluster, key=_precedence)[2])
        else:
            won += sorted((f for f, rival in _settle(cluster) if rival is None), key=_start)
    return Facts([f for f in won if f.kind in shown])


def explain(
    source: Article | str, *, kinds: Kind | Iterable[Kind] | Iterable[str] = KINDS
) -> tuple[Verdict, ...]:
    """Every reading of every rule in order of appearance, with the one it lost to and why.

    Of ``kinds`` given by name the others are no facts here (``is_fact``).
    """
    asked, facts = _chosen(kinds)
    verdicts = []
    for cluster in _clusters(_read(source, asked)):
        settled = _settle(cluster)
        for fact, rival in settled:
            over = tuple(f for f, r in settled if r is fact)
            verdicts.append(Verdict(fact, rival, _why(fact, rival, over), over, fact.kind in facts))
    return tuple(sorted(verdicts, key=lambda v: (v.fact.start, v.fact.end)))


def _chosen(
    kinds: Kind | Iterable[Kind] | Iterable[str],
) -> tuple[tuple[Kind, ...], frozenset[str]]:
    """The kinds to read, and the names of those that are facts; ``TypeError`` for what is none."""
    if kinds is KINDS:
        return KINDS, _FACTS
    one = isinstance(kinds, str) or not isinstance(kinds, Iterable)
    given: tuple[Any, ...] = (kinds,) if one else tuple(cast("Iterable[Any]", kinds))
    names = frozenset(k for k in given if isinstance(k, str))
    asked = tuple(k for k in given if isinstance(k, Kind))
    for kind in given:
        if not isinstance(kind, Kind) and not (isinstance(kind, str) and kind in _FACTS):
            choice = ", ".join(sorted(_FACTS))
            raise TypeError(f"{kind!r} is no kind of fact; there are {choice}")
    return (*(KINDS if names else ()), *asked), names | {k.name for k in asked if k.is_fact}


def _start(fact: Fact[Any]) -> int:
    return fact.start


def _read(source: Article | str, kinds: tuple[Kind, ...]) -> list[_Entry]:
    """Every candidate of every kind, in order of place."""
    given = text_of(source)
    if unicodedata.is_normalized("NFC", given):
        reading = Reading(given, None if isinstance(source, str) else source.sentences)
        found = [(k.rank, i, f) for i, k in enumerate(kinds) for f in k.read(reading)]
    else:
        text, places = composed(given)
        entries = ((k.rank, i, f) for i, k in enumerate(kinds) for f in k.read(Reading(text)))
        found = [(rank, i, as_given(f, given, places)) for rank, i, f in entries]
    found.sort(key=lambda entry: entry[2].start)
    return found


def _clusters(found: list[_Entry]) -> Iterator[list[_Entry]]:
    """The candidates in groups of which none touches another group; most stand alone."""
    cluster: list[_Entry] = []
    reach = 0
    for entry in found:
        fact = entry[2]
        if fact.start < reach:
            cluster.append(entry)
            reach = max(reach, fact.end)
        else:
            if cluster:
                yield cluster
            cluster, reach = [entry], fact.end
    if cluster:
        yield cluster


def _precedence(entry: _Entry) -> tuple[int, int, int, int]:
    rank, place, fact = entry
    return rank, fact.start - fact.end, fact.start, place


def _settle(cluster: list[_Entry]) -> list[tuple[Fact[Any], Fact[Any] | None]]:
    """Each candidate of a cluster with the one it lost to, in order of precedence."""
    order = sorted(cluster, key=_precedence)
    starts: list[int] = []
    kept: list[Fact[Any]] = []
    settled = []
    for _, _, fact in order:
        at = bisect_left(starts, fact.start)
        rival = _rival(kept, at, fact)
        if rival is None:
            starts.insert(at, fact.start)
            kept.insert(at, fact)
        settled.append((fact, rival))
    return settled


def _rival(kept: list[Fact[Any]], at: int, fact: Fact[Any]) -> Fact[Any] | None:
    # Kept spans never overlap, so only the neighbours on either side can.
    if at < len(kept) and kept[at].start < fact.end:
        return kept[at]
    if at and kept[at - 1].end > fact.start:
        return kept[at - 1]
    return None


def _why(fact: Fact[Any], rival: Fact[Any] | None, over: tuple[Fact[Any], ...]) -> str:
    if rival is None and not over:
        return "nothing overlaps it"
    if rival is None:
        return f"stands before {', '.join(sorted({f'{f.kind}.{f.rule}' for f in over}))}"
    if rival.kind != fact.kind:
        return f"{rival.kind} ranks before {fact.kind}"
    longer = rival.end - rival.start > fact.end - fact.start
    return f"{rival.kind}.{rival.rule} is {'longer' if longer else 'as long and earlier'}"
