"""Numbers of countable things; the unit is the noun phrase that is counted.

| text | value |
|---|---|
| gần 300 đối tượng truy nã | just under 300 đối tượng truy nã |
| câu lạc bộ,1.420 tổ tự quản | 1,420 tổ tự quản |
| hàng chục nghìn hộ dân | order of 10,000 hộ dân |
| từ 15 đến 20 hộ | 15 to 20 hộ |
| từ 6.278 lên 7.737 chỗ | 6,278 chỗ · 7,737 chỗ |
| 10 xã và 5 phường | 10 xã · 5 phường |
| 1,5 triệu lượt khách | 1,500,000 lượt khách |
| 15,3 tiêu chí/xã | 15.3 tiêu chí |
| từ 10 người trở lên | ≥ 10 người |
| Hai cán bộ xã | 2 cán bộ xã |
| trong 5 năm, 3 lần | nothing |
| học sinh lớp 5 trường tiểu học | nothing |
| dịch Covid-19 người dân | nothing |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from newsextract.amount import Amount
from newsextract.counted import (
    STREETS,
    addressed_at,
    is_house_number,
    is_place_of_action,
    is_verb_after_name,
    phrase_at,
)
from newsextract.facts.reading import Kind, Reading
from newsextract.letters import BLANK, BLANKS, LETTER
from newsextract.model import Fact, Number, Qualifier
from newsextract.nouns import noun_openings, sort_at
from newsextract.numeral_words import HALF
from newsextract.quantities import Quantity, in_clause, quantities
from newsextract.vocabulary import vocabulary, whole_words

_PREPOSITIONS = frozenset(("trên", "dưới", "gần", "hơn", "quá", "cao hơn", "lớn hơn", "nhiều hơn"))


@dataclass(frozen=True, slots=True)
class Count:
    """``low`` to ``high`` of ``unit``: the counted noun phrase as written, classifier first."""

    low: Number
    high: Number
    unit: str
    qualifier: Qualifier = "exact"


_SCALES = ("triệu ", "tỷ ", "tỉ ")
"""What a digit goes on with: "3 triệu 5 khán giả" are no five, "2 tỷ 1 căn" is said of each."""
_FEW = 10
"""Nobody says nearly of fewer bodies or places: gần hai công ty is near them."""
_SITES = ("bodies", "places")
_QUOTES = frozenset("“\"‘'")
_CLOSED = ("”", '"', "’", "'")


@cache
def _openings() -> frozenset[str]:
    return noun_openings() | _QUOTES


@cache
def _quote() -> re.Pattern[str]:
    """An opening quote; a figure behind it opens a title."""
    return re.compile(rf"{BLANK}+[“\"‘'](?!\d)")


def _within_quotes(text: str, at: int) -> tuple[str, int] | None:
    """What is counted in quotes, 5 “điểm đen”; one word only whole, unlike hai “ông trùm”."""
    quote = _quote().match(text, at)
    found = phrase_at(text, quote.end()) if quote else None
    if found is None:
        return None
    closed = text[found[1] : found[1] + 1] in _CLOSED
    if quote and found[0][0].isupper():
        return _named_in_quotes(text, quote.end())
    return (found[0], found[1] + closed) if closed or " " in found[0] else None


def _named_in_quotes(text: str, at: int) -> tuple[str, int] | None:
    """What is called so by those who give it: 3 “Mái ấm tình thương”; people have nicknames."""
    if sort_at(text, at) == "people":
        return None
    m = _name_in_quotes().match(text, at)
    return (m[1], m.end()) if m else None


@cache
def _name_in_quotes() -> re.Pattern[str]:
    word = rf"[{LETTER}]++"
    return re.compile(rf"({word}(?:{BLANK}{word}){{1,5}}+)[”\"’']")


def _phrase(text: str, amount: Amount) -> tuple[str, int] | None:
    """What is counted, and where that ends."""
    if amount.after in _QUOTES:
        return _within_quotes(text, amount.end)
    found = phrase_at(text, amount.end)
    if found is None and amount.after == "điểm" and (spot := _spot(text, amount)):
        return spot
    if found is None and amount.in_words and amount.high > 1 and not _may_be_year(text, amount):
        return addressed_at(text, amount.end)
    # "cách nhà 3 cây rưỡi" is kilometres.
    return None if found and _HALF.match(text, found[1]) else found


def _spot(text: str, amount: Amount) -> tuple[str, int] | None:
    """Whether "điểm" is a place, not a mark: tại 11 điểm, sạt lở 85 điểm trên quốc lộ 15A."""
    m = _spots().match(text, amount.end)
    if m is None or not _MARKED.isdisjoint(amount.before[-1:]):
        return None
    at = amount.before[-1:] in (("tại",), ("ở",)) or amount.before == ("sạt", "lở")
    return ("điểm", m.end("spot")) if at or m["where"] else None


_MARKED = frozenset(
    ("đạt", "được", "với", "tăng", "giảm", "ghi", "cộng", "trừ", "giành", "kiếm", "lấy", "hơn")
)
"""Words before marks."""


@cache
def _spots() -> re.Pattern[str]:
    sites = whole_words(vocabulary("labels")["sites"])
    where = rf"(?P<where>{BLANK}+(?:trên|dọc|thuộc|tại|ở){BLANK}+{sites})"
    stop = rf"{BLANKS}(?:[.,;:!?)\n]|\Z)"
    return re.compile(rf"{BLANK}+(?P<spot>điểm)(?:{where}|(?={stop}))")


_HALF = re.compile(rf"{BLANK}+{HALF}(?!\w)")


def _may_be_year(text: str, amount: Amount) -> bool:
    """Whether "năm" may be the year before a name: năm anh Tám 20 tuổi."""
    return text[amount.first : amount.end].lower() == "năm"


def _is_article(text: str, amount: Amount) -> bool:
    """Whether one counts nothing: gần một ngôi chùa, trên một tuyến phố, 14 tiêu chí/1 xã."""
    if amount.high != 1:
        return False
    if not amount.in_words:
        return text[amount.first - 1 : amount.first] == "/"
    return text[amount.start : amount.first].strip().lower() in _PREPOSITIONS


def _is_whereabouts(text: str, q: Quantity[str]) -> bool:
    """Whether the word before the number says where, not how many.

    "trên 3 tuyến đường" is on three roads, "trên 300 hộ" over 300; "gần hai công ty" is near them,
    "quanh 3 hồ nước" around them.
    """
    said = text[q.start : q.amount.first]
    if is_place_of_action(said, q.unit) or said.strip().lower() == "quanh":
        return q.low % 10 != 0
    return q.qualifier == "nearly" and q.high < _FEW and sort_at(text, q.amount.end) in _SITES


def _is_slogan(text: str, q: Quantity[str]) -> bool:
    """Whether quotes hold the number and one word alone: liên kết “4 nhà”, mô hình “1 cửa”."""
    quoted = text[q.start - 1 : q.start] in _QUOTES and text[q.end : q.end + 1] in _CLOSED
    return quoted and q.start > 0 and " " not in q.unit and q.high <= _FEW


def _is_mean(text: str, amount: Amount, end: int) -> bool:
    """Whether a fraction is counted: 15,2 tiêu chí/xã; bình quân mỗi phụ nữ sinh 1,8 con."""
    if _each().match(text, end):
        return True
    return _mean().search(text, max(0, amount.start - _CLAUSE), amount.start) is not None


_CLAUSE = 64  # characters before a number in which its clause may speak of a mean


@cache
def _each() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}?/{BLANK}?(?:\d[\d.]*{BLANK})?[{LETTER}]")


@cache
def _mean() -> re.Pattern[str]:
    return in_clause(("bình quân", "trung bình"), without="0-9")


def _is_address(text: str, amount: Amount) -> bool:
    return amount.high >= _FEW and not amount.in_words and is_house_number(text, amount.end)


def _read(reading: Reading) -> Iterator[Fact[Count]]:
    text = reading.text

    def unit_at(amount: Amount) -> tuple[str, int] | None:
        if _is_article(text, amount) or text.endswith(_SCALES, 0, amount.start):
            return None
        found = _phrase(text, amount)
        # "1,420 người" groups its digits the English way.
        whole = isinstance(amount.high, int) or amount.thousands is not None
        if found and not whole and not _is_mean(text, amount, found[1]):
            return None
        if found and found[0].startswith(STREETS) and _is_address(text, amount):
            return None
        if found and is_verb_after_name(text, amount.start, found[0]):
            return None
        if found and text[amount.first : amount.end].endswith(("tỷ", "tỉ")):
            return found if _billions().match(found[0]) else None
        return found

    found = reading.amounts
    places = [i for i, a in enumerate(found) if a.after in _openings()]
    for q in quantities(text, found, places, unit_at):
        if _is_slogan(text, q):
            continue
        start, qualifier = q.start, q.qualifier
        if _is_whereabouts(text, q):
            start, qualifier = q.amount.first, "exact"
        value = Count(*q.in_thousands(), q.unit, qualifier)
        yield reading.fact("count", start, q.end, value, rule="shared" if q.shared else "noun")


@cache
def _billions() -> re.Pattern[str]:
    return re.compile(whole_words(vocabulary("nouns")["billions"]), re.IGNORECASE)


def _value(low: int, unit: str) -> dict[str, Any]:
    return {"low": low, "high": low, "unit": unit, "qualifier": "exact"}


KIND = Kind(
    "count",
    80,
    _read,
    examples=(
        ("noun", "ban hành 12 văn bản", _value(12, "văn bản")),
        ("shared", "giảm từ 401 xuống còn 208 đơn vị", _value(401, "đơn vị")),
        ("noun", "Trung ương 4 khóa XII", None),
    ),
)
