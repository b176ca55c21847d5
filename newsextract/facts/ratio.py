"""So many of so many things.

| text | value |
|---|---|
| 262/286 xã, phường, thị trấn | 262 of 286 xã, phường, thị trấn |
| 52 xã/136 xã | 52 of 136 xã |
| 43 trong tổng số 108 trường THPT | 43 of 108 trường THPT |
| 17 hộ trên tổng số 82 hộ | 17 of 82 hộ |
| hơn 2/3 số hộ | > 2 of 3 hộ |
| hai phần ba số hộ | 2 of 3 hộ |
| hơn 3/4 diện tích | > 3 of 4 diện tích |
| 9 hộ bị cô lập trong tổng số 40 hộ | 9 of 40 hộ |
| Huyện có 12/12 người trúng cử; xã có 1/1 | 12 of 12 người · 1 of 1 người |
| số phiếu thuận đạt 48/50 | 48 of 50 phiếu thuận |
| số xã đạt chuẩn là 15/20 (75%) | 15 of 20 xã |
| sáng 6/2 người dân | nothing |
| quy hoạch 1/500 khu dân cư | nothing |
| 9 vụ/17 đối tượng | nothing |
| xếp thứ 5/14 địa phương | nothing |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import zip_longest
from math import gcd
from typing import Any

from newsextract.amount import Amount
from newsextract.counted import is_house_number, phrase_at
from newsextract.facts.reading import Kind, Reading
from newsextract.facts.stroke import is_no_ratio, is_rank
from newsextract.letters import BLANK, END, LOWER
from newsextract.model import Fact, Number, Qualifier
from newsextract.nouns import sort_at
from newsextract.qualifiers import closing
from newsextract.vocabulary import alternation, vocabulary, whole_words, word_set


@dataclass(frozen=True, slots=True)
class Ratio:
    """``part`` of ``whole`` things; ``unit`` is the noun phrase they are, as written."""

    part: Number
    whole: Number
    unit: str
    qualifier: Qualifier = "exact"


_Found = tuple[Ratio, int, str]

_APART = 80  # characters between the part and its whole, in words


def _read(reading: Reading) -> Iterator[Fact[Ratio]]:
    text, found = reading.text, reading.amounts
    known, known_to = "", 0
    for amount, following in zip_longest(found, found[1:]):
        if amount.whole is not None:
            hit = _stroke(text, amount, known if amount.start < known_to else "")
        elif following is not None and 0 < following.first - amount.end < _APART:
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
    mass = None if unit else _things(text, of.end()) if of else _mass(text, amount, whole)
    unit = unit or mass
    if unit is not None:
        fraction = not (of or mass) and part < whole <= _TENTHS and gcd(int(part), int(whole)) == 1
        if fraction and _is_mass(unit[0]):
            return None
        qualifier = "exact" if part == whole else amount.qualifier
        closed, end = closing(text, unit[1])  # "từ 2/3 số đại biểu trở lên"
        value = Ratio(part, whole, unit[0], closed or qualifier)
        return value, amount.end if shut and not closed else end, "stroke"
    if known and part <= whole and amount.before[-1:] in (("có",), ("đạt",), ("được",)):
        return Ratio(part, whole, known, amount.qualifier), amount.end, "unit of the sentence"
    if named := _named_before(text, amount, whole):
        return Ratio(part, whole, named, amount.qualifier), amount.end, "named before"
    return None


_REACH = 60  # characters from "số" to the ratio
_CLOSE = Decimal("0.6")  # of a percent, which may be cut instead of rounded


def _named_before(text: str, amount: Amount, whole: Number) -> str:
    """What stands behind "số" before the ratio: votes, or what a percent behind it bears out."""
    said = _number_before().search(text, max(0, amount.first - _REACH), amount.first)
    unit = phrase_at(text, said.end("of")) if said else None
    if unit is None or unit[1] > amount.first or not 0 < amount.low <= whole:
        return ""
    share = _share().match(text, amount.end)
    percent = Decimal(share[1].replace(",", ".")) if share else None
    if percent is None:
        return unit[0] if unit[0].split()[0] == "phiếu" else ""
    return unit[0] if abs(percent - 100 * Decimal(amount.low) / Decimal(whole)) < _CLOSE else ""


@cache
def _number_before() -> re.Pattern[str]:
    words = rf"(?:{BLANK}+[{LOWER}]++){{1,9}}+"
    return re.compile(rf"(?<![^\W_])(?P<of>[Ss]ố){words}{BLANK}*:?{BLANK}*\Z")


@cache
def _share() -> re.Pattern[str]:
    says = rf"(?:đạt|chiếm|bằng|tương{BLANK}đương){END}"
    lead = rf"{BLANK}*[,(]?{BLANK}*(?:{says}{BLANK}+)?(?:t[ỷỉ]{BLANK}lệ{BLANK}+)?"
    return re.compile(rf"{lead}(\d{{1,3}}(?:,\d{{1,2}})?){BLANK}?%")


def _words(text: str, amount: Amount, second: Amount) -> _Found | None:
    """``43 trong tổng số 108 trường``, ``52 xã/136 xã``."""
    if second.whole is not None:
        return None
    gap = text[amount.end : second.first]
    if not ("/" in gap or "trên" in gap or "trong" in gap or "tổng" in gap):
        return None
    if amount.low != amount.high or second.low != second.high or amount.low > second.low:
        return None
    own = phrase_at(text, amount.end)
    at = own[1] if own else amount.end
    # In "35 trên 40 trạm" the word is no qualifier; in "35 trên hơn 40 trạm" one follows it.
    between = _of().fullmatch(text, at, second.first) or _of().fullmatch(text, at, second.start)
    far = between is None and own and _far().fullmatch(text, at, second.first)
    if not (between or far) or is_rank(amount):
        return None
    total = phrase_at(text, second.end)
    among = far or between
    unit = _unit_of(own, total, among[0] if among else "", far=bool(far))
    if not unit:
        return None
    value = Ratio(amount.low, second.low, unit, amount.qualifier)
    return value, total[1] if total else second.end, "words"


_Phrase = tuple[str, int] | None


def _unit_of(own: _Phrase, total: _Phrase, between: str, *, far: bool) -> str:
    """What both numbers count, or "" where they count two things."""
    if not own or not total:
        found = own or total
        named = found and not far and (not own or "/" in between or "số" in between)
        return found[0] if found and named else ""
    if not ("/" in between or "số" in between):
        return ""
    part, whole = own[0].lower(), total[0].lower()
    if _same(part, whole):
        return own[0] if part.startswith(whole) else total[0]
    alike = not far and "tổng số" in between and sort_at(part, 0) == sort_at(whole, 0)
    return own[0] if alike else ""  # "60 đoàn viên/tổng số 75 lao động"


def _same(one: str, other: str) -> bool:
    """Whether both are the same things: 52 xã/136 xã, not 100 bé gái/112 bé trai."""
    if one.split()[0] != other.split()[0] or (one != other and one.startswith("lượt ")):
        return False
    return one == other or not {one.split()[-1], other.split()[-1]} <= {"trai", "gái", "nam", "nữ"}


@cache
def _of() -> re.Pattern[str]:
    """What stands between part and whole in words: "trên tổng số", "trong số", a stroke."""
    words = alternation(vocabulary("numerals")["of"])
    return re.compile(rf"(?:{BLANK}+|{BLANK}*[(/,]{BLANK}*){words}{BLANK}+|{BLANK}?/{BLANK}?")


@cache
def _far() -> re.Pattern[str]:
    """What is said of the part before its whole: "bị ngập trong tổng số"."""
    return re.compile(rf"[^.,;:!?()/\n]*{BLANK}(?:trên|trong){BLANK}+(?:tổng{BLANK}+)?số{BLANK}+")


@cache
def _number_of() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}+(?:tổng{BLANK}+)?số(?:{BLANK}+lượng)?{END}")


def _things(text: str, at: int) -> tuple[str, int] | None:
    """What stands behind "số" and is no known noun: one or two words up to one that ends them."""
    m = _named_things().match(text, at)
    return (m[1], m.end(1)) if m else None


@cache
def _named_things() -> re.Pattern[str]:
    words = vocabulary("numerals")
    ends, never = whole_words(words["ends things"]), whole_words(words["no things"])
    word = rf"(?!{ends}|{never})[{LOWER}]++"
    stop = rf"(?=[.,;:!?)…\n]|\Z|{BLANK}+{ends})"
    return re.compile(rf"{BLANK}+({word}(?:{BLANK}+{word})?){stop}")


def _is_mass(unit: str) -> bool:
    """Whether 2/3 of ``unit`` is more likely a part of one than two of three: 2/3 đoạn đường."""
    words = unit.lower().split()
    return not word_set("nouns", "masses").isdisjoint((words[0], " ".join(words[:2])))


def _mass(text: str, amount: Amount, whole: Number) -> tuple[str, int] | None:
    """The one thing of which a fraction is said: 2/3 diện tích, một phần tư dân số."""
    if not amount.low < whole <= _TENTHS or amount.before[-1:] == ("bằng",):
        return None  # "chỉ bằng 1/3 thời gian" compares
    m = _wholes().match(text, amount.end)
    return (m[1], m.end(1)) if m else None


_TENTHS = 10
"""Nobody says fractions of more parts than tenths of one thing."""


@cache
def _wholes() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}+({whole_words(vocabulary('numerals')['wholes'])})")


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
        ("named before", "Ông được bầu với số phiếu 48/50.", _value(48, 50, "phiếu")),
        ("stroke", "chiều 10/7 đại biểu họp", None),
        ("words", "3 xã trong 5 huyện", None),
    ),
)
