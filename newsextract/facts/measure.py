"""Physical quantities: area, length, weight, volume, power, temperature, speed, yield.

| text | value |
|---|---|
| 12,5ha | 12.5 ha |
| 40.56 héc ta | 40.56 ha |
| dài hơn 2km | > 2 km |
| hàng trăm m2 đất | order of 100 m2 |
| 40 - 60 km/giờ | 40 to 60 km/giờ |
| 120 lít/người/ngày | 120 lít per người/ngày |
| từ 20 lên 30 ha | 20 ha · 30 ha |
| nặng 2 tấn rưỡi, cao 1 mét 7 | 2.5 tấn · 1.7 m |
| mật độ 500 con/kg | 500 con/kg |
| âm 2 độ C, có nơi từ -1 đến 3 độ C | -2 độ c · -1 to 3 độ c |
| 12 mẫu xét nghiệm | nothing |
| 2 phân khu chức năng | nothing |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from newsextract.facts.reading import Kind, Reading
from newsextract.letters import BLANK, BLANKS
from newsextract.model import Fact, Number, Qualifier
from newsextract.numerals import Amount
from newsextract.quantities import Quantity, below_zero, per_source, per_text, quantities
from newsextract.vocabulary import alternation, openings, vocabulary, whole_words


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


_LISTS = ("unclear", "not units", "sized")
_SPLIT = frozenset(("m", "kg", "tạ", "tấn", "lít", "sào", "ha", "độ"))
"""Units whose tenths may be said after them: cao 1 mét 7."""

_SHARED = frozenset(("ha", "m2", "m3", "km2", "lít", "kg", "g", "tấn", "tạ", "sào", "mẫu", "công"))


@cache
def _spellings() -> MappingProxyType[str, str]:
    units = vocabulary("units").items()
    named = {w: name for name, words in units if name not in _LISTS for w in words}
    return MappingProxyType(named)


@cache
def _openings() -> frozenset[str]:
    return openings([*_spellings(), *vocabulary("rates")["things"]])


@cache
def _pattern() -> re.Pattern[str]:
    rates = vocabulary("rates")
    millilitres = alternation(vocabulary("units")["ml"])
    span = rf"(?:[1-9]\d?{BLANK}?(?:giờ|h|tiếng|ngày)|100{BLANK}?{millilitres})"
    stroke = rf"{BLANK}?/{BLANK}?(?:1{BLANK}?(?=\D))?"
    under = rf"(?:{stroke}(?:{span}|{whole_words({*rates['physical'], *rates['time']})}))"
    false = whole_words(vocabulary("units")["not units"])
    # "15g ngày 21-3" is an hour, "V-League" a name, "92V, 103B" are medals.
    hour = rf"g{BLANKS}(?:\d|ngày|sáng|trưa|chiều|tối|đêm|hôm|cùng)|V{BLANK}?[-,;]{BLANK}?\d+B"
    return re.compile(
        rf"{BLANKS}(?!{false}|{hour})"
        rf"(?P<unit>{whole_words(_spellings())}(?![^\W_]|-[^\W\d_])|k?m[23](?=[a-zđà-ỹ]{{2}}))"
        rf"(?:(?P<under>{under}{{1,3}}+)(?![^\W_]|{BLANK}?/))?(?P<per>{per_source()})?"
    )


@cache
def _density() -> re.Pattern[str]:
    """Things per unit: ``500 con/kg``, ``2.000 cây/ha``, ``1.200 người/km2``."""
    things = alternation(vocabulary("rates")["things"])
    under = alternation(w for w in vocabulary("rates")["physical"] if w not in ("h", "s", "giờ"))
    return re.compile(
        rf"{BLANKS}(?P<thing>{things}){BLANK}?/{BLANK}?(?:1{BLANK}?)?(?P<under>{under})(?!\w)"
    )


def _read(reading: Reading) -> Iterator[Fact[Measure]]:
    match, density, text = _pattern().match, _density().match, reading.text

    def unit_at(amount: Amount) -> tuple[tuple[str, str | None, str], int] | None:
        m = match(text, amount.end)
        if m is None and (m := density(text, amount.end)):
            unit = f"{m.group('thing').lower()}/{m.group('under').lower()}"
            return (unit, None, "density"), m.end()
        if m is None or (amount.in_words and m.group("unit") in vocabulary("units")["unclear"]):
            return None
        unit = _spellings()[" ".join(m.group("unit").split())]
        if under := per_text(m.group("under")):
            unit += "/" + under.lower()
        return (unit, per_text(m.group("per")), "unit"), m.end()

    found = reading.amounts
    places = [i for i, a in enumerate(found) if a.after in _openings()]
    for q in quantities(text, found, places, unit_at, lists=True):
        unit, per, rule = q.unit
        if q.high == 1 and _is_for_every(text, q, unit):
            continue
        start, low, high = below_zero(text, q)
        more, end = (0, q.end) if q.shared or low < high else _fraction(text, q.end, unit)
        more = more if low >= 0 else -more
        value = Measure(low + more, high + more, unit, per, q.qualifier)
        yield reading.fact("measure", start, end, value, rule="shared" if q.shared else rule)


def _fraction(text: str, end: int, unit: str) -> tuple[Number, int]:
    """What is said of the unit after it, and where that ends: 2 tấn rưỡi, dài 4 mét 5."""
    m = _after_unit().match(text, end)
    if m is None or (m[1] and unit not in _SPLIT):
        return 0, end
    return Decimal(int(m[1])).scaleb(-len(m[1])) if m[1] else Decimal("0.5"), m.end()


@cache
def _after_unit() -> re.Pattern[str]:
    # A figure is the fraction of the unit only where nothing follows that it might count.
    stop = rf"(?={BLANK}*(?:[.,;:!?)](?!\d)|$|\n))"
    return re.compile(rf"{BLANK}+(?:rưỡi(?!\w)|(\d{{1,2}}){stop})")


def _is_for_every(text: str, q: Quantity[tuple[str, str | None, str]], unit: str) -> bool:
    """Whether "trên" says of what it is a rate: 0,9 mg trên 1 lít khí thở, lãi trên một ha."""
    if text[q.start : q.amount.first].strip().lower() != "trên" or unit not in _SHARED:
        return False
    return q.amount.before[-1:] not in {(word,) for word in vocabulary("units")["sized"]}


def _value(low: int, unit: str) -> dict[str, Any]:
    return {"low": low, "high": low, "unit": unit, "per": None, "qualifier": "exact"}


KIND = Kind(
    "measure",
    70,
    _read,
    examples=(
        ("unit", "năng suất 62 tạ/ha", _value(62, "tạ/ha")),
        ("density", "mật độ 60 con/m2", _value(60, "con/m2")),
        ("shared", "mở rộng từ 5 lên 7 m", _value(5, "m")),
        ("unit", "mạng 5G, lúc 15g ngày 21-3", None),
    ),
)
