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
| nặng 2 tấn rưỡi, cao 1 mét 7, cao 1m65 | 2.5 tấn · 1.7 m · 1.65 m |
| bãi rộng 2 mẫu, vườn 3 công rưỡi | 2 mẫu · 3.5 công |
| hai trăm ki-lô-gam trên một héc-ta | 200 kg/ha |
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

from newsextract.amount import Amount
from newsextract.facts.falseunits import is_code, is_hour
from newsextract.facts.reading import Kind, Reading
from newsextract.letters import BLANK, BLANKS
from newsextract.model import Fact, Number, Qualifier
from newsextract.numeral_words import HALF
from newsextract.quantities import Quantity, below_zero, in_clause, per_source, per_text, quantities
from newsextract.vocabulary import alternation, openings, vocabulary, whole_words, word_set


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


_LISTS = ("unclear", "not units", "sized", "proved", "proof", "sampled")
_SPLIT = frozenset(("m", "kg", "tạ", "tấn", "lít", "sào", "ha", "độ", "ly"))
"""Units whose tenths may be said after them: cao 1 mét 7."""

_SHARED = frozenset(("ha", "m2", "m3", "km2", "lít", "kg", "g", "tấn", "tạ", "sào", "mẫu", "công"))


def _unit_of(written: str) -> str:
    """The unit that a known spelling names, whatever blanks stand in it."""
    return _spellings()[" ".join(written.split())]


def _plain(under: str) -> str:
    """What stands under a stroke in its canonical letters: m² → m2."""
    return under.lower().replace("²", "2").replace("³", "3")


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
    # "15g ngày 21-3" is an hour, "V-League" and "V.League" a name, "92V, 103B" are medals.
    hour = rf"g{BLANKS}(?:\d|ngày|sáng|trưa|chiều|tối|đêm|hôm|cùng|chủ{BLANK}nhật|thứ{BLANK})"
    hour = rf"{hour}|V\.[A-Z]|V{BLANK}?[-,;]{BLANK}?\d+B"
    place = rf"độ{BLANKS}\d+{BLANKS}(?:phút|['’′])"  # of a map: 9 độ 12 phút vĩ Bắc
    return re.compile(
        rf"{BLANKS}(?!{false}|{hour}|{place})"
        rf"(?P<unit>{whole_words(_spellings())}(?![^\W_]|-[^\W\d_])|k?m[23](?=[a-zđà-ỹ]{{2}})"
        r"|m(?=\d{1,2}(?!\w|[.,]\d)))"
        rf"(?:(?P<under>{under}{{1,3}}+)(?![^\W_]|{BLANK}?/(?!\d)))?(?P<per>{per_source()})?"
    )


@cache
def _density() -> re.Pattern[str]:
    """Things per unit: ``500 con/kg``, ``2.000 cây/ha``, ``1.200 người/km2``."""
    things = alternation(vocabulary("rates")["things"])
    under = alternation(w for w in vocabulary("rates")["physical"] if w not in ("h", "s", "giờ"))
    one = rf"(?:một|mỗi){BLANK}+|1{BLANK}*"
    weights = whole_words(w for w, unit in _spellings().items() if unit in _WEIGHED)
    room = whole_words(w for w, unit in _spellings().items() if unit in _ROOM)
    words = rf"{BLANK}+(?:một{BLANK}+(?P<weight>{weights})|trên{BLANK}+(?:{one})?(?P<room>{room}))"
    return re.compile(
        rf"{BLANKS}(?P<thing>{things})"
        rf"(?:{BLANK}?/{BLANK}?(?:1{BLANK}?)?(?P<under>{under})(?!\w)|{words}(?!\w))"
    )


_WEIGHED = frozenset(("kg", "ký", "cân", "lạng"))
_ROOM = frozenset(("ha", "m2", "m3", "km2"))


def _read(reading: Reading) -> Iterator[Fact[Measure]]:
    match, density, text = _pattern().match, _density().match, reading.text

    def unit_at(amount: Amount) -> tuple[tuple[str, str | None, str], int] | None:
        m = match(text, amount.end)
        if m is None and (m := density(text, amount.end)):
            said = m["weight"] or m["room"]
            under = _unit_of(said) if said else _plain(m["under"])
            return (f"{m['thing'].lower()}/{under}", None, "density"), m.end()
        if m is None or not _is_unit(text, amount, m):
            return None
        if _is_tall(text, amount, m):
            return ("m", None, "unit"), m.start("unit") + 1
        unit, end = _unit_of(m.group("unit")), m.end()
        if below := per_text(m.group("under")):
            unit += "/" + _plain(below)
        elif m.group("per") is None and (rate := _on_one().match(text, end)):
            unit, end = f"{unit}/{_unit_of(rate['under'])}", rate.end()
        return (unit, per_text(m.group("per")), "unit"), end

    found = reading.amounts
    places = [i for i, a in enumerate(found) if a.after in _openings()]
    for q in quantities(text, found, places, unit_at, lists=True):
        unit, per, rule = q.unit
        if q.high == 1 and _is_for_every(text, q, unit):
            continue
        if _is_size(text, q):
            q = q._replace(start=q.amount.first, qualifier="exact")
        start, low, high = below_zero(text, q)
        more, end = (0, q.end) if q.shared or low < high else _fraction(text, q.end, unit)
        more = more if low >= 0 else -more
        value = Measure(low + more, high + more, unit, per, q.qualifier)
        yield reading.fact("measure", start, end, value, rule="shared" if q.shared else rule)


_TEN = 10
"""From ten on, "ký" and "cân" behind a number in words are no verbs: mười lăm ký."""


def _is_unit(text: str, amount: Amount, m: re.Match[str]) -> bool:
    """Whether what stands behind the number is the unit that it may be."""
    words, said = vocabulary("units"), m.group("unit")
    if is_code(text, amount, m) or (said == "g" and is_hour(text, amount)):
        return False
    if said in words["proved"]:
        return _is_proved(text, amount, m)
    if said in ("ly", "li"):
        return amount.before[-1:] in _THICK
    if said == "m" and text[m.end("unit") : m.end("unit") + 1].isdigit():
        return isinstance(amount.high, int) and amount.high < _LONG and not amount.in_words
    if amount.in_words and said in words["unclear"]:
        return said in ("cân", "ký", "kí") and amount.low >= _TEN
    return True


def _is_tall(text: str, amount: Amount, m: re.Match[str]) -> bool:
    """Whether the figure behind "m" is of its tenths: cao 1m2, which is no area."""
    if m["unit"] not in ("m2", "m3") or text[amount.end] != "m" or m["under"] or m["per"]:
        return False
    return isinstance(amount.high, int) and amount.before[-1:] in _TALL


_TALL = (("cao",), ("sâu",), ("dài",), ("dày",))
_THICK = (("dày",), ("dầy",), ("mỏng",), ("phi",), ("súng",), ("liên",), ("kính",))
"""Before so many "ly", which else are glasses."""


def _is_proved(text: str, amount: Amount, m: re.Match[str]) -> bool:
    """Whether "mẫu" is no sample and "công" no day's work: rộng 2 mẫu, 1,5 mẫu, vườn 3 công."""
    clause = text[max(0, amount.start - _CLAUSE) : amount.start]
    if _sampled().search(clause):
        return False
    half = _half().match(text, m.end("unit"))
    if m.group("unit") != "công" and (half or not isinstance(amount.low, int)):
        return True
    near = text[max(0, amount.start - _NEAR) : m.end() + _NEAR]
    return bool(half and half["land"]) or bool(_proof().search(clause) or _land().search(near))


_LAND = frozenset(("ha", "m2", "km2", "sào", "mẫu", "công"))
_LONG = 100
_CLAUSE, _NEAR = 40, 32


@cache
def _sampled() -> re.Pattern[str]:
    return in_clause(vocabulary("units")["sampled"])


@cache
def _proof() -> re.Pattern[str]:
    return in_clause(vocabulary("units")["proof"], without=r"\d")


@cache
def _land() -> re.Pattern[str]:
    """A number of another unit of land: từ 3 sào đến 1 mẫu."""
    return re.compile(rf"\d{BLANK}?(?:sào|công{BLANK}đất|mẫu{BLANK}ruộng)(?!\w)")


@cache
def _half() -> re.Pattern[str]:
    """The half of a unit behind it, and the land that it measures: ba công rưỡi đất."""
    land = r"(?P<land>đất|ruộng|vườn|ao|rẫy|lúa)(?!\w)"
    less = rf"\d{{1,2}}{BLANK}?(?:sào|thước)(?!\w)"  # 2 mẫu 7 sào
    return re.compile(rf"{BLANK}+(?:{less}|{HALF}(?!\w)(?:{BLANK}+{land})?)")


@cache
def _on_one() -> re.Pattern[str]:
    """A rate of land in words: 300 kg trên một héc-ta; how much breath held is said otherwise."""
    under = whole_words(w for w, unit in _spellings().items() if unit in _LAND)
    return re.compile(rf"{BLANK}+trên{BLANK}+(?:một|1|mỗi){BLANK}*(?P<under>{under})(?!\w)")


def _fraction(text: str, end: int, unit: str) -> tuple[Number, int]:
    """What is said of the unit after it, and where that ends: 2 tấn rưỡi, dài 4 mét 5."""
    m = _calibre().match(text, end) or _after_unit().match(text, end)
    if m is None or (m[1] and unit not in _SPLIT) or (m[2] and unit != "m"):
        return 0, end
    tenths = m[1] or m[2]
    return Decimal(int(tenths)).scaleb(-len(tenths)) if tenths else Decimal("0.5"), m.end()


@cache
def _calibre() -> re.Pattern[str]:
    """The tenths of a machine gun's bore, whatever follows: súng 12 ly 7 của địch."""
    return re.compile(rf"(?<=1[24] ly){BLANK}(\d)(?!\w|[.,]\d)()?")


@cache
def _after_unit() -> re.Pattern[str]:
    # A figure is the fraction of the unit only where nothing follows that it might count.
    stop = rf"(?={BLANK}*(?:[.,;:!?)](?!\d)|$|\n))"
    return re.compile(rf"{BLANK}+(?:{HALF}(?!\w)|(\d{{1,2}}){stop})|(?<=m)(\d{{1,2}})(?!\w)")


def _is_size(text: str, q: Quantity[tuple[str, str | None, str]]) -> bool:
    """Whether "cỡ" says of what size things are, not about how much: tôm thẻ cỡ 50 con/kg."""
    if text[q.start : q.amount.first].strip().lower() != "cỡ":
        return False
    unit, per, rule = q.unit
    rated = per is not None and "/" in text[q.amount.end : q.end]
    return rule == "density" or rated or unit in ("mm", "cm", "inch")


def _is_for_every(text: str, q: Quantity[tuple[str, str | None, str]], unit: str) -> bool:
    """Whether "trên" says of what it is a rate: 0,9 mg trên 1 lít khí thở, lãi trên một ha."""
    if text[q.start : q.amount.first].strip().lower() != "trên" or unit not in _SHARED:
        return False
    if q.unit[1] is not None:
        return False  # "loại trên 1kg/con"
    return word_set("units", "sized").isdisjoint(q.amount.before[-1:])


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
