"""Physical quantities: area, length, weight, volume, power, temperature, speed, yield.

    12,5ha                    → 12.5 ha
    40.56 héc ta              → 40.56 ha
    dài hơn 2km               → 2 km, over
    hàng trăm m2 đất          → 100 m2, order
    40 - 60 km/giờ            → 40 to 60 km/giờ
    120 lít/người/ngày        → 120 lít, per người/ngày
    từ 20 lên 30 ha           → 20 ha · 30 ha
    12 mẫu xét nghiệm         → –
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact, Number, Qualifier
from newsextract.numerals import Amount
from newsextract.quantities import per_source, per_text, quantities
from newsextract.vocabulary import alternation, vocabulary


@dataclass(frozen=True, slots=True)
class Measure:
    """``low`` to ``high`` of ``unit``, canonical and lower-case ("ha", "km/giờ").

    ``per`` is what stands under a stroke that is no physical unit: "người/ngày".
    """

    low: Number
    high: Number
    unit: str
    per: str | None = None
    qualifier: Qualifier = "exact"


@cache
def _spellings() -> MappingProxyType[str, str]:
    return MappingProxyType({w: unit for unit, words in vocabulary("units").items() for w in words})


@cache
def _pattern() -> re.Pattern[str]:
    rates = vocabulary("rates")
    under = alternation({*rates["physical"], *rates["time"]})
    return re.compile(
        rf"[^\S\n]*+(?P<unit>{alternation(_spellings())})(?![^\W_])"
        rf"(?:[^\S\n]?/[^\S\n]?(?P<under>{under})(?![^\W_])(?![^\S\n]?/))?(?P<per>{per_source()})?"
    )


def _read(reading: Reading) -> Iterator[Fact[Measure]]:
    match, text = _pattern().match, reading.text

    def unit_at(amount: Amount) -> tuple[tuple[str, str | None], int] | None:
        m = match(text, amount.end)
        if m is None:
            return None
        unit = _spellings()[" ".join(m.group("unit").split())]
        if m.group("under"):
            unit += "/" + m.group("under").lower()
        return (unit, per_text(m.group("per"))), m.end()

    for q in quantities(text, reading.amounts, unit_at):
        value = Measure(q.low, q.high, *q.unit, q.qualifier)
        yield reading.fact("measure", q.start, q.end, value, "shared" if q.shared else "unit")


KIND = Kind("measure", 70, _read)
