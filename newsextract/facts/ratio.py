"""So many of so many things.

262/286 xã, phường, thị trấn          → 262 of 286 xã, phường, thị trấn
52 xã/136 xã                          → 52 of 136 xã
43 trong tổng số 108 trường THPT      → 43 of 108 trường THPT
17 hộ trên tổng số 82 hộ              → 17 of 82 hộ
hơn 2/3 số hộ                         → 2 of 3 hộ, over
hai phần ba số hộ                     → 2 of 3 hộ
có 12/12 người trúng cử; Tòa án có 1/1 → 12 of 12 người · 1 of 1 người
sáng 6/2 người dân                    → –
quy hoạch 1/500 khu dân cư            → –
9 vụ/17 đối tượng                     → –
xếp thứ 5/14 địa phương               → –
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact, Number, Qualifier
from newsextract.nouns import phrase_at
from newsextract.numerals import Amount
from newsextract.vocabulary import alternation, vocabulary

_SCALES = frozenset((100, 200, 500, 1000, 2000, 5000, 10000, 25000, 50000, 100000, 200000, 500000))
"""Scales of maps and plans: 1/500."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """``part`` of ``whole`` things; ``unit`` is the noun phrase they are, as written."""

    part: Number
    whole: Number
    unit: str
    qualifier: Qualifier = "exact"


_Found = tuple[Ratio, int, str]


def _read(reading: Reading) -> Iterator[Fact[Ratio]]:
    text, found = reading.text, reading.amounts
    known, known_to = "", 0
    for amount, following in zip_longest(found, found[1:]):
        if amount.whole is not None:
            hit = _stroke(text, amount, known if amount.start < known_to else "")
        else:
            hit = _words(text, amount, following) if following else None
        if hit:
            value, end, rule = hit
            known, known_to = value.unit, reading.sentence(amount.start, end).end
            yield reading.fact("ratio", amount.start, end, value, rule)


def _stroke(text: str, amount: Amount, known: str) -> _Found | None:
    """``262/286 xã``, ``2/3 số hộ``, and ``3/3`` where the sentence has named the unit."""
    part, whole = amount.low, amount.whole
    if whole is None or _is_no_ratio(amount, whole):
        return None
    of = _number_of().match(text, amount.end)
    unit = phrase_at(text, of.end() if of else amount.end)
    if unit is not None:
        if not of and part < whole <= 10 and unit[0].split()[0] in vocabulary("nouns")["masses"]:
            return None
        qualifier = "exact" if part == whole else amount.qualifier
        return Ratio(part, whole, unit[0], qualifier), unit[1], "stroke"
    if known and part <= whole and amount.before[-1:] in (("có",), ("đạt",), ("được",)):
        return Ratio(part, whole, known, amount.qualifier), amount.end, "unit of the sentence"
    return None


def _is_no_ratio(amount: Amount, whole: Number) -> bool:
    """A day (6/2), a scale (1/500), an address, a rank, a school year."""
    part, before = amount.low, amount.before
    if (part == 1 and whole in _SCALES) or (1900 <= part <= 2100 and 1900 <= whole <= 2100):
        return True
    if part > whole and (whole <= 12 or whole < part / 2):
        return True
    labels = vocabulary("labels")
    if before[-1:] and before[-1] in labels["date before"]:
        return before[-2:-1] == () or before[-2] not in labels["number before date"]
    return False


def _words(text: str, amount: Amount, second: Amount) -> _Found | None:
    """``43 trong tổng số 108 trường``, ``52 xã/136 xã``."""
    if not 0 < second.first - amount.end < 60 or second.whole is not None:
        return None
    if not any(w in text[amount.end : second.start] for w in ("tr", "/", "tổng")):
        return None
    if amount.low != amount.high or second.low != second.high or amount.low > second.low:
        return None
    own = phrase_at(text, amount.end)
    between = _of().fullmatch(text, own[1] if own else amount.end, second.start)
    if between is None or _is_rank(amount):
        return None
    total = phrase_at(text, second.end)
    if own and total and own[0].split()[0].lower() != total[0].split()[0].lower():
        return None
    if own and not ("/" in between.group() or "số" in between.group()):
        return None
    unit, end = total or (own[0] if own else "", second.end)
    value = Ratio(amount.low, second.low, unit, amount.qualifier)
    return (value, end, "words") if unit else None


def _is_rank(amount: Amount) -> bool:
    """Whether the number is a place in an order: thứ 7 trong số 10 giếng."""
    return amount.before[-1:] in (("thứ",), ("hạng",))


@cache
def _of() -> re.Pattern[str]:
    """What stands between part and whole in words: "trên tổng số", "trong số", a stroke."""
    words = alternation(vocabulary("numerals")["of"])
    return re.compile(rf"(?:[^\S\n]+|[^\S\n]*[(/,][^\S\n]*){words}[^\S\n]+|[^\S\n]?/[^\S\n]?")


@cache
def _number_of() -> re.Pattern[str]:
    return re.compile(r"[^\S\n]+(?:tổng[^\S\n]+)?số(?![^\W_])")


KIND = Kind("ratio", 40, _read)
