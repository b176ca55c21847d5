"""Physical quantities: area, length, weight, volume, power, temperature, speed, yield.

12,5ha                    → 12.5 ha
40.56 héc ta              → 40.56 ha
dài hơn 2km               → 2 km, over
hàng trăm m2 đất          → 100 m2, order
40 - 60 km/giờ            → 40 to 60 km/giờ
120 lít/người/ngày        → 120 lít, per người/ngày
từ 20 lên 30 ha           → 20 ha · 30 ha
500 con/kg                → 500 con/kg
12 mẫu xét nghiệm         → –
2 phân khu chức năng      → –
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


_LISTS = ("unclear", "not units")


@cache
def _spellings() -> MappingProxyType[str, str]:
    units = vocabulary("units").items()
    named = {w: name for name, words in units if name not in _LISTS for w in words}
    return MappingProxyType(named)


@cache
def _pattern() -> re.Pattern[str]:
    rates = vocabulary("rates")
    under = alternation({*rates["physical"], *rates["time"]})
    false = alternation(vocabulary("units")["not units"])
    # "15g ngày 21-3" is an hour, "V-League" a name.
    hour = r"g[^\S\n]*+(?:\d|ngày|sáng|trưa|chiều|tối|đêm|hôm|cùng)"
    return re.compile(
        rf"[^\S\n]*+(?!{false}(?!\w)|{hour})(?P<unit>{alternation(_spellings())})(?![^\W_]|-[^\W\d_])"
        rf"(?:[^\S\n]?/[^\S\n]?(?P<under>{under})(?![^\W_])(?![^\S\n]?/))?(?P<per>{per_source()})?"
    )


@cache
def _density() -> re.Pattern[str]:
    """Things per unit: ``500 con/kg``, ``2.000 cây/ha``, ``1.200 người/km2``."""
    things = alternation(vocabulary("rates")["things"])
    under = alternation(w for w in vocabulary("rates")["physical"] if w not in ("h", "s", "giờ"))
    return re.compile(
        rf"[^\S\n]*+(?P<thing>{things})[^\S\n]?/[^\S\n]?(?:1[^\S\n]?)?(?P<under>{under})(?!\w)"
    )


def _read(reading: Reading) -> Iterator[Fact[Measure]]:
    match, density, text = _pattern().match, _density().match, reading.text

    def unit_at(amount: Amount) -> tuple[tuple[str, str | None], int] | None:
        m = match(text, amount.end)
        if m is None and (m := density(text, amount.end)):
            unit = f"{m.group('thing').lower()}/{m.group('under').lower()}"
            return (unit, None), m.end()
        if m is None or (amount.in_words and m.group("unit") in vocabulary("units")["unclear"]):
            return None
        unit = _spellings()[" ".join(m.group("unit").split())]
        if m.group("under"):
            unit += "/" + m.group("under").lower()
        return (unit, per_text(m.group("per"))), m.end()

    for q in quantities(text, reading.amounts, unit_at):
        value = Measure(q.low, q.high, *q.unit, q.qualifier)
        yield reading.fact("measure", q.start, q.end, value, "shared" if q.shared else "unit")


KIND = Kind("measure", 70, _read)
