"""So many of so many things.

| text | value |
|---|---|
| 262/286 xã, phường, thị trấn | 262 of 286 xã, phường, thị trấn |
| 52 xã/136 xã | 52 of 136 xã |
| 43 trong tổng số 108 trường THPT | 43 of 108 trường THPT |
| 17 hộ trên tổng số 82 hộ | 17 of 82 hộ |
| hơn 2/3 số hộ | > 2 of 3 hộ |
| hai phần ba số hộ | 2 of 3 hộ |
| Huyện có 12/12 người trúng cử; xã có 1/1 | 12 of 12 người · 1 of 1 người |
| sáng 6/2 người dân | nothing |
| quy hoạch 1/500 khu dân cư | nothing |
| 9 vụ/17 đối tượng | nothing |
| xếp thứ 5/14 địa phương | nothing |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Any

from newsextract.counted import is_house_number, phrase_at
from newsextract.facts.reading import Kind, Reading
from newsextract.facts.stroke import is_no_ratio, is_rank
from newsextract.letters import BLANK, END
from newsextract.model import Fact, Number, Qualifier
from newsextract.numerals import Amount
from newsextract.qualifiers import closing
from newsextract.vocabulary import alternation, vocabulary


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
        elif following is not None and 0 < following.first - amount.end < 60:
            hit = _words(text, amount, following)
        else:
            continue
        if hit:
            value, end, rule = hit
            known, known_to = value.unit, reading.sentence(amount.start, end).end
            yield reading.fact("ratio", amount.start, end, value, rule=rule)


def _stroke(text: str, amount: Amount, known: str) -> _Found | None:
    """``262/286 xã``, ``2/3 số hộ``, and ``3/3`` where the sentence has named the unit."""
    part, whole = amount.low, amount.whole
    if whole is None or is_no_ratio(text, amount, whole):
        return None
    of = _number_of().match(text, amount.end)
    # "(18.087/244.835) trường hợp": the unit stands outside the brackets.
    shut = text.startswith(")", amount.end)
    unit = phrase_at(text, of.end() if of else amount.end + shut)
    if is_house_number(text, amount.end):
        return None
    if unit is not None:
        if not of and part < whole <= 10 and unit[0].split()[0] in vocabulary("nouns")["masses"]:
            return None
        qualifier = "exact" if part == whole else amount.qualifier
        closed, end = closing(text, unit[1])  # "từ 2/3 số đại biểu trở lên"
        value = Ratio(part, whole, unit[0], closed or qualifier)
        return value, amount.end if shut and not closed else end, "stroke"
    if known and part <= whole and amount.before[-1:] in (("có",), ("đạt",), ("được",)):
        return Ratio(part, whole, known, amount.qualifier), amount.end, "unit of the sentence"
    return None


def _words(text: str, amount: Amount, second: Amount) -> _Found | None:
    """``43 trong tổng số 108 trường``, ``52 xã/136 xã``."""
    if second.whole is not None:
        return None
    gap = text[amount.end : second.first]
    if not ("/" in gap or "tr" in gap or "tổng" in gap):
        return None
    if amount.low != amount.high or second.low != second.high or amount.low > second.low:
        return None
    own = phrase_at(text, amount.end)
    at = own[1] if own else amount.end
    # In "35 trên 40 trạm" the word is no qualifier; in "35 trên hơn 40 trạm" one follows it.
    between = _of().fullmatch(text, at, second.first) or _of().fullmatch(text, at, second.start)
    if between is None or is_rank(amount):
        return None
    total = phrase_at(text, second.end)
    if own and total and not _same(own[0].lower(), total[0].lower()):
        return None
    if own and not ("/" in between.group() or "số" in between.group()):
        return None
    unit, end = total or (own[0] if own else "", second.end)
    value = Ratio(amount.low, second.low, unit, amount.qualifier)
    return (value, end, "words") if unit else None


def _same(one: str, other: str) -> bool:
    """Whether both are the same things: 52 xã/136 xã, not 100 bé gái/112 bé trai."""
    if one.split()[0] != other.split()[0]:
        return False
    return one == other or not {one.split()[-1], other.split()[-1]} <= {"trai", "gái", "nam", "nữ"}


@cache
def _of() -> re.Pattern[str]:
    """What stands between part and whole in words: "trên tổng số", "trong số", a stroke."""
    words = alternation(vocabulary("numerals")["of"])
    return re.compile(rf"(?:{BLANK}+|{BLANK}*[(/,]{BLANK}*){words}{BLANK}+|{BLANK}?/{BLANK}?")


@cache
def _number_of() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}+(?:tổng{BLANK}+)?số{END}")


def _value(part: int, whole: int, unit: str) -> dict[str, Any]:
    return {"part": part, "whole": whole, "unit": unit, "qualifier": "exact"}


KIND = Kind(
    "ratio",
    40,
    _read,
    examples=(
        ("stroke", "có 18/20 chỉ tiêu đạt", _value(18, 20, "chỉ tiêu")),
        ("words", "35 trên tổng số 40 hộ", _value(35, 40, "hộ")),
        ("unit of the sentence", "Có 7/8 xã; huyện bên có 3/4.", _value(3, 4, "xã")),
        ("stroke", "chiều 10/7 đại biểu họp", None),
        ("words", "3 xã trong 5 huyện", None),
    ),
)
