"""Numbers of countable things; the unit is the noun phrase that is counted.

    gần 300 đối tượng truy nã      → 300 đối tượng truy nã, nearly
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact, Number, Qualifier
from newsextract.nouns import phrase_at
from newsextract.numerals import Amount
from newsextract.quantities import quantities


@dataclass(frozen=True, slots=True)
class Count:
    """``low`` to ``high`` of ``unit``: the counted noun phrase as written, classifier first."""

    low: Number
    high: Number
    unit: str
    qualifier: Qualifier = "exact"


def _read(reading: Reading) -> Iterator[Fact[Count]]:
    text = reading.text

    def unit_at(amount: Amount) -> tuple[str, int] | None:
        if not isinstance(amount.high, int) and amount.thousands is None:
            return None
        return phrase_at(text, amount.end)

    for q in quantities(text, reading.amounts, unit_at):
        low, high = q.low, q.high
        if q.amount.thousands is not None and low == high:
            low = high = q.amount.thousands
        value = Count(low, high, q.unit, q.qualifier)
        yield reading.fact("count", q.start, q.end, value, "shared" if q.shared else "noun")


KIND = Kind("count", 80, _read)
