"""So many of so many things.

    262/286 xã, phường, thị trấn   → 262 of 286 xã, phường, thị trấn
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact, Number, Qualifier
from newsextract.nouns import phrase_at
from newsextract.numerals import Amount
from newsextract.vocabulary import alternation, vocabulary


@dataclass(frozen=True, slots=True)
class Ratio:
    """``part`` of ``whole`` things; ``unit`` is the noun phrase they are, as written."""

    part: Number
    whole: Number
    unit: str
    qualifier: Qualifier = "exact"


@cache
def _of() -> re.Pattern[str]:
    """What stands between part and whole in words: "trên tổng số", "trong số"."""
    words = alternation(vocabulary("numerals")["of"])
    return re.compile(rf"(?:[^\S\n]+|[^\S\n]*[(/,][^\S\n]*){words}[^\S\n]+|[^\S\n]?/[^\S\n]?")


@cache
def _number_of() -> re.Pattern[str]:
    return re.compile(r"(?:[^\S\n]+(?:tổng[^\S\n]+)?số(?![^\W_]))?")


def _read(reading: Reading) -> Iterator[Fact[Ratio]]:
    text, found = reading.text, reading.amounts
    known: tuple[int, str] | None = None
    for i, amount in enumerate(found):
        if amount.whole is not None:
            hit = _stroke(text, amount, known if known and known[0] == reading.sentence(amount.start, amount.end).start else None)
        else:
            hit = _words(text, amount, found[i + 1]) if i + 1 < len(found) else None
        if hit:
            part, whole, unit, end, rule = hit
            known = reading.sentence(amount.start, amount.end).start, unit
            value = Ratio(part, whole, unit, amount.qualifier)
            yield reading.fact("ratio", amount.start, end, value, rule)


def _stroke(
    text: str, amount: Amount, known: tuple[int, str] | None
) -> tuple[Number, Number, str, int, str] | None:
    assert amount.whole is not None
    m = _number_of().match(text, amount.end)
    at = m.end() if m else amount.end
    unit = phrase_at(text, at)
    if unit is not None:
        if amount.low > amount.whole and amount.whole <= 12:
            return None
        return amount.low, amount.whole, *unit, "stroke"
    if known and amount.low <= amount.whole and amount.before[-1:] in {("có",), ("đạt",), ("được",)}:
        return amount.low, amount.whole, known[1], amount.end, "stroke-known"
    return None


def _words(
    text: str, amount: Amount, second: Amount
) -> tuple[Number, Number, str, int, str] | None:
    if not 0 < second.first - amount.end < 60 or second.whole is not None:
        return None
    own = phrase_at(text, amount.end)
    at = own[1] if own else amount.end
    if not (m := _of().fullmatch(text, at, second.start)):
        return None
    if amount.low > second.low or amount.low != amount.high or second.low != second.high:
        return None
    unit = phrase_at(text, second.end)
    if unit and own and not _same(unit[0], own[0]):
        return None
    if own and not (m.group().strip() == "/" or "số" in m.group()):
        return None
    name = unit or (own and (own[0], second.end))
    if name is None:
        return None
    return amount.low, second.low, name[0] if unit else own[0], name[1], "words"


def _same(one: str, other: str) -> bool:
    return one.split()[0].lower() == other.split()[0].lower()


KIND = Kind("ratio", 40, _read)
