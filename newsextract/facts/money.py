"""Sums of money, with their currency and what they are paid per.

| text | value |
|---|---|
| hơn 1,2 tỷ đồng | > 1,200,000,000 VND |
| 65 triệu đồng/người/năm | 65,000,000 VND per người/năm |
| từ 2,5 đến 3 triệu đồng/tháng | 2,500,000 to 3,000,000 VND per tháng |
| 15.000đ/kg | 15,000 VND per kg |
| 38 tỷ USD | 38,000,000,000 USD |
| hơn US$ 3 triệu | > 3,000,000 USD |
| thu 5 tỷ đồng, chi 3 tỷ | 5,000,000,000 VND · 3,000,000,000 VND |
| cam 25 nghìn/kg, bị phạt 300 nghìn | 25,000 VND per kg · 300,000 VND |
| 20 đồng chí, 8 tỷ người | nothing |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from newsextract.amount import Amount
from newsextract.facts.baresum import bare_sum, ends_in_scale, may_be_price
from newsextract.facts.currencysign import opening, signed
from newsextract.facts.reading import Kind, Reading
from newsextract.letters import BLANK, BLANKS
from newsextract.model import Fact, Number, Qualifier
from newsextract.quantities import per_source, per_text, quantities
from newsextract.vocabulary import openings, vocabulary, whole_words

_SMALLEST = 100
"""No sum of đồng in words is below this."""
_NO_BANKNOTE = 1000
"""A smaller bare number before "đồng loạt", "đồng thời" is the last of a list: quận 5, 6, 7."""


@dataclass(frozen=True, slots=True)
class Money:
    """``low`` to ``high`` in ``currency`` (ISO 4217); ``per`` as written: "người/năm"."""

    low: Number
    high: Number
    currency: str
    per: str | None = None
    qualifier: Qualifier = "exact"


@cache
def _names() -> MappingProxyType[str, str]:
    currencies = vocabulary("currencies").items()
    return MappingProxyType(
        {w: code for code, words in currencies if code.isupper() for w in words}
    )


@cache
def _openings() -> frozenset[str]:
    return openings(_names())


@cache
def _currency(scaled: bool, small: bool) -> re.Pattern[str]:
    words = vocabulary("currencies")
    other = set() if scaled else set(words["not currencies"])
    # "3 bảng" is no money, "3 tỷ bảng" is, and so is "3 bảng Anh".
    names, false = _names().keys() - other, {*words["never currencies"], *(other - _names().keys())}
    if small:
        false.update(words["not small sums"])
    return re.compile(
        rf"{BLANKS}(?!{whole_words(false)})"
        rf"(?P<name>{whole_words(names)})(?P<per>{per_source()})?"
    )


def _is_of_bronze(text: str, amount: Amount) -> bool:
    """Whether medals of silver or gold stand before those of bronze: 5 vàng, 4 bạc, 3 đồng."""
    return _medals().search(text, max(0, amount.start - 24), amount.start) is not None


@cache
def _medals() -> re.Pattern[str]:
    medal = rf"(?:huy{BLANK}+chương{BLANK}+|HC{BLANK}?)?(?i:bạc|vàng)"
    return re.compile(rf"\d{BLANK}+{medal}(?:{BLANKS}[,;–-]{BLANKS}|{BLANK}+)(?:và{BLANK}+)?\Z")


def _is_english(text: str, amount: Amount) -> bool:
    """Whether the scale is said in English, which is not read: $1.2 million."""
    return _foreign().match(text, amount.end) is not None


@cache
def _foreign() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}?(?:[mb]illion|trillion|thousand|bn|mn|[MBK])(?![^\W_])")


@cache
def _rate() -> re.Pattern[str]:
    return re.compile(rf"(?P<per>{per_source()})?")


def _read(reading: Reading) -> Iterator[Fact[Money]]:
    text = reading.text

    def unit_at(amount: Amount) -> tuple[tuple[str, str | None, str], int] | None:
        scaled = ends_in_scale(text, amount)
        bare = not scaled and amount.high < _NO_BANKNOTE
        if m := _currency(scaled, bare).match(text, amount.end):
            code, rule = _names()[" ".join(m.group("name").split())], "currency"
            small = code == "VND" and not scaled and amount.high < _SMALLEST
            if small and (amount.in_words or _is_of_bronze(text, amount)):
                return None  # "đã chín đồng", "70 năm đồng hành"
        elif (sign := signed(text, amount)) and not _is_english(text, amount):
            code, rule, m = _names()[sign["name"]], "sign", _rate().match(text, amount.end)
        elif m := bare_sum(reading, amount):
            code, rule = "VND", "bare"
        if m is None:
            return None
        return (code, per_text(m.group("per")), rule), m.end()

    found, names = reading.amounts, _openings()
    may = (
        a.after in names or ends_in_scale(text, a) or may_be_price(text, a) or signed(text, a)
        for a in found
    )
    places = [i for i, here in enumerate(may) if here]
    for q in quantities(text, found, places, unit_at, lists=True):
        code, per, rule = q.unit
        start, said = opening(text, q) if rule == "sign" else (q.start, q.qualifier)
        value = Money(*q.in_thousands(), code, per, said)
        yield reading.fact("money", start, q.end, value, rule="shared" if q.shared else rule)


def _value(low: int, currency: str) -> dict[str, Any]:
    return {"low": low, "high": low, "currency": currency, "per": None, "qualifier": "exact"}


KIND = Kind(
    "money",
    60,
    _read,
    examples=(
        ("currency", "chi 450 triệu đồng", _value(450_000_000, "VND")),
        ("bare", "xin 10 tỷ để sửa trụ sở", _value(10_000_000_000, "VND")),
        ("sign", "vay US$ 3 triệu", _value(3_000_000, "USD")),
        ("shared", "tăng từ 200 lên 250 USD", _value(200, "USD")),
        ("currency", "mua 30 đồng hồ", None),
        ("bare", "đón 2 triệu lượt khách", None),
    ),
)
