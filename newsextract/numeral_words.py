"""How one number is written, in figures or in words, and what it is worth.

``hai trăm linh năm`` → 205, ``1,5 triệu`` → 1500000, ``hàng chục nghìn`` → 10000.
The ``…_source`` functions give pattern sources; ``written`` reads what they match. A word that is
a number only in company (tư, mốt, lăm) is read only there.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from types import MappingProxyType

from newsextract.letters import BLANK, BLANKS, END, LETTER, lowered
from newsextract.model import Number
from newsextract.vocabulary import alternation, vocabulary

DIGITS = MappingProxyType(
    {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5}
    | {"nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
)
_CASES = (str, str.capitalize)
HALF = "rư[ỡở]i"
"""And a half, in both spellings, for a pattern: hai triệu rưỡi, ngàn rưởi."""
_HALVES = ("rưỡi", "rưởi")
_ORDERS = ("hàng", "vài", "mấy", "dăm", "đôi ba", "vài ba", "dăm ba", "cả")
# A broken "1. 995" is joined: three digits after a stop begin no sentence unless a label ended it.
# Blanks that group digits are sure only before a last 000: 15 000.
FIGURE = (
    rf"(?>\d{{1,3}}\.{BLANK}\d{{3}}(?:\.\d{{3}})*+(?![\d.,]*\d)"
    r"|\d{1,3}(?:[ \xa0]\d{3}){0,3}[ \xa0]000(?![\d.,]*\d)|\d++(?:[.,]\d++)*+)"
)


@cache
def scales() -> MappingProxyType[str, int]:
    """Scale word → its value: nghìn → 1000."""
    pairs = (line.split("=") for line in vocabulary("numerals")["scales"])
    return MappingProxyType({word: int(value) for word, value in pairs})


@cache
def _worth() -> MappingProxyType[str, int]:
    """As ``scales``, with what is cut short behind figures."""
    return MappingProxyType({**scales(), "tr": 1_000_000, "ng": 1_000})


@cache
def scale_source(short: str = "") -> str:
    """One scale word after blanks or glued to its number: `` nghìn``; or ``short``, a pattern."""
    false = alternation(f(w) for w in vocabulary("numerals")["not scales"] for f in _CASES)
    # In capitals too, but not "Triệu", "Vạn": those are names, unless a sum of money follows.
    words = alternation([*scales(), *(word.upper() for word in scales()), "Tỷ", "Tỉ", "Nghìn"])
    million = rf"Triệu(?={BLANK}+(?:đồng|VN[DĐ]|USD)(?!\w))"
    return rf"(?>{BLANKS}(?!{false})(?:(?:{words}|{million}){END}{short}))"


@cache
def spelled_source() -> str:
    """A whole number in words, from ``hai`` to ``ba nghìn hai trăm linh năm tỷ``."""
    digit = "(?>một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
    # "hai mươi năm" is twenty years and "một trăm hai" may be 102 or 120: neither is read on.
    tenfold = f"(?!{BLANK}+(?:trăm|mươi|chục))"
    last = f"(?>mốt|một|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín){END}{tenfold}"
    tens = (
        f"(?:mười(?:{BLANK}+{last})?|{digit}{BLANK}+(?:"
        f"(?:mươi|chục){END}(?:{BLANK}+{last})?|(?:lăm|nhăm){END}{tenfold}))"
    )
    none = f"(?:linh|lẻ|không{BLANK}+mươi){BLANK}+{digit}"  # no ten: 105
    after = f"(?:{none}|{tens}|{digit}{BLANK}+{last}|{HALF})"
    hundreds = f"(?:(?:{digit}|không){BLANK}+trăm{END}(?:{BLANK}+{after})?)"
    part = f"(?>{hundreds}|{tens}|{digit}){END}"
    scaled = f"{part}{scale_source()}{{1,3}}+"
    # "hai nghìn năm" are years, "bốn triệu một người" is for each.
    alone = f"(?!(?:một|năm)(?!{BLANK}+(?:mươi|chục|trăm)))"
    rest = f"(?:{BLANK}+(?:{HALF}{END}|{alone}{part}(?!{scale_source()})))?+"
    return f"(?>{scaled}(?:,?{BLANK}+{scaled}){{0,5}}+{rest}|{part})"


@cache
def order_source() -> str:
    """An order of magnitude: ``hàng trăm``, ``vài chục nghìn``, ``cả triệu``."""
    scale = scale_source()
    orders = alternation(_ORDERS)
    return f"{orders}(?:{BLANK}+mươi{END}{scale}{{0,2}}+|{scale}{{1,3}}+)"


@cache
def figures_source() -> str:
    """A number in figures with its scale words: ``1.420``, ``1,5 triệu``, ``365 tỷ 592 triệu``."""
    # Cut short before the currency or a rate: 450 tr.đ, 1.200 trđ, 10 ng.đ, 15tr/hộ.
    currency = (
        rf"(?:[Tt][Rr]\.?|[Nn]g\.?|tỷ|tỉ|triệu|nghìn|ngàn)(?={BLANK}?(?:đ|đồng|VN[DĐ])(?!\w))"
    )
    scale = scale_source(rf"|{currency}|tr(?={BLANK}?/{BLANK}?[{LETTER}])")
    more = f"(?:{BLANK}+{FIGURE}{scale}{{1,3}}+){{0,4}}+"
    again = "|".join(scales())
    # "10 ngàn 500 tấn"; what three figures behind triệu are, is not sure.
    alone = rf"(?![\d.,]*\d|{BLANKS}(?:{again}){END}|{BLANK}?[/%–-])"
    rest = rf"(?:(?<=nghìn)|(?<=ngàn)){BLANK}[1-9]\d\d{alone}"
    # "1 tỷ 2," is spoken; a stop and more text behind the digit may number a list.
    to = rf"{BLANK}(?:đồng|đến|tới|mỗi){END}"
    stop = rf"{BLANKS}(?:[,;:!?()”\"\n](?!\d)|\.?{BLANKS}(?:\n|\Z))|{to}"
    rest += rf"|(?:(?<=triệu)|(?<=tỷ)|(?<=tỉ)){BLANK}[1-9](?={stop})"
    return f"{FIGURE}(?:{scale}{{1,3}}+{more}(?:{BLANK}+{HALF}{END}|{rest})?)?"


@cache
def first_words() -> str:
    """The words with which a number in words begins, in lower case or with a first capital."""
    words = {*DIGITS, "mười", *_ORDERS, "nửa"} - {"mốt", "tư", "lăm", "nhăm", "không"}
    starts = {*words, *scales(), "không trăm"}
    starts |= {w.capitalize() for w in starts}
    # Two classes of letters turn most words away in a third of the time the words themselves take.
    first, second = ("".join(sorted({w[i] for w in starts})) for i in (0, 1))
    return f"(?=[{first}][{second}]){alternation(starts)}{END}"


@lru_cache(maxsize=4096)
def figure(digits: str) -> Number | None:
    """The number that digits, dots and commas write: 1.420 → 1420, 40.56 → 40.56.

    None where they write something else: a date, 0912345678, 12.34.56.
    """
    if digits.isdecimal():
        code = len(digits) > 20 or digits.startswith("00") or (digits[0] == "0" and digits[2:])
        return None if code else int(digits)
    if re.fullmatch(r"(?!0[.\s])\d{1,3}(?:(?:\.\s?|\s)\d{3})+(?:,\d+)?", digits):
        return exact(Decimal(re.sub(r"[.\s]", "", digits).replace(",", ".")))
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", digits):
        return int(digits.replace(",", ""))
    if re.fullmatch(r"(?!0\d\d|00)\d{1,20}[.,]\d{1,9}", digits):
        return exact(Decimal(digits.replace(",", ".")))
    return None


def grouped_by_commas(digits: str) -> int | None:
    """What ``digits`` say where their commas are marks of thousands, as in English."""
    grouped = "," in digits and re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits)
    return int(digits.replace(",", "")) if grouped else None


def exact(value: Number) -> Number:
    """``value`` as int where it has no fraction."""
    return int(value) if value == int(value) else value


@cache
def _token() -> re.Pattern[str]:
    return re.compile(rf"{FIGURE}|[{LETTER}]+")


@lru_cache(maxsize=8192)
def written(source: str) -> Number | None:
    """The value of a match of one of the sources, or None where its parts do not add up."""
    words = _token().findall(lowered(source))
    if words[0][0].isdigit():
        return _scaled(words)
    if words[0] in ("hàng", "vài", "mấy", "dăm", "đôi", "cả", "nửa", *scales()):
        return _magnitude(words)
    return _spelled(words)


def _magnitude(words: list[str]) -> Number | None:
    """``nửa triệu``, ``hàng chục nghìn``, ``trăm rưỡi triệu``."""
    factors = [10 if word == "mươi" else scales().get(word, 1) for word in words]
    if not _rises([f for f in factors if f > 1]):
        return None
    half = Decimal("0.5") if words[0] == "nửa" else Decimal("1.5")
    return exact(math.prod(factors, start=half if says_half(words) else 1))


def says_half(words: list[str]) -> bool:
    """Whether one of the words of a number says a half: nửa triệu, nghìn rưỡi."""
    return words[0] == "nửa" or not set(_HALVES).isdisjoint(words)


def _scaled(words: list[str]) -> Number | None:
    total, last = Decimal(0), 0
    value: Number | None = None
    at = 0
    while at < len(words):
        if words[at] in _HALVES:
            return exact(total + last // 2)
        value = figure(words[at]) if not last else _later(words[at])
        if value is None:
            return None
        begun = at = at + 1
        while at < len(words) and words[at] in _worth():
            at += 1
        factors = [_worth()[word] for word in words[begun:at]]
        if not _rises(factors):
            return None
        scale = math.prod(factors)
        if last and value * (1 if scale > last else scale) >= last:
            return None
        if last >= _MILLION and scale == 1 and len(words[-1]) == 1:
            if total % last:
                return None  # "1,2 tỷ 5"
            value *= last // 10  # "1 tỷ 2" leaves out trăm triệu
        # "1 nghìn 200 tỷ": the larger scale that follows scales both.
        total = (total + value) * scale if last and scale > last else total + value * Decimal(scale)
        last = scale
    return exact(total)


def _later(digits: str) -> Number | None:
    """The value of figures behind a scale, which may begin with noughts: 126 tỷ 090 triệu."""
    return int(digits) if digits.isdecimal() and len(digits) <= 3 else figure(digits)


def _rises(factors: list[int]) -> bool:
    """Whether scale words may stand in a row: nghìn tỷ, not the slips triệu triệu, vạn ngàn."""
    return all(small < large for small, large in pairwise(factors))


def _spelled(words: list[str]) -> Number | None:
    total = group = last = digit = 0
    least = 0  # the scale of the part before, which the next must not reach
    for word in words:
        before, digit = digit, 0
        if word in ("linh", "lẻ", "mươi") and not group % 100:
            last = 10 if word == "mươi" else last
        elif word in _HALVES:
            group += last // 2
        elif word in DIGITS:
            digit = DIGITS[word]
            group += digit + before * 9  # "trăm hai tám" leaves out mươi
        elif word == "mười":
            group, last = group + 10, 10
        elif word in ("mươi", "chục"):
            group, last = group + group % 10 * 9, 10
        elif word == "trăm" and group < 10:
            group, last = group * 100, 100
        else:
            last = scales()[word]
            if group and least and last >= least:
                return None  # "ba nghìn, năm nghìn" are two numbers
            least = last if group else least * last
            total, group = (total + group * last, 0) if group else (total * last, 0)
    if last >= _THOUSAND and words[-1] in DIGITS and words[-2] in scales():
        group *= last // 10  # "hai triệu tám" leaves out trăm nghìn; 2,000,008 has its "linh"
    return total + group


def range_of(first: str, second: str) -> tuple[Number, Number]:
    """Both ends; "5 - 6 triệu" scales both, "1.000 - 2 nghìn" the second only; (1, 0) for none."""
    low, high = written(first), written(second)
    if low is None or high is None or low == high:
        return 1, 0
    scaled = _scaled_alike((low, first), (high, second))
    return (1, 0) if scaled is None else (scaled, high)


_THOUSAND, _MILLION = 1_000, 1_000_000
_Said = tuple[Number, str]


def _scaled_alike(lower: _Said, upper: _Said) -> Number | None:
    """The value of ``lower``, with the scale words of ``upper`` where it shares them.

    "tám chục đến một trăm triệu" is 80 to 100 million, "ba trăm đến hai nghìn" 300 to 2,000 and
    "500 - 1 tỷ" begins at 500 million; "50 - 2 triệu" may begin at any scale: None.
    """
    (low, first), (high, second) = lower, upper
    own, large = scale_value(first), scale_value(second, _THOUSAND)
    if own >= _THOUSAND:
        return low
    for shared in (scale_value(second), large) if own == 1 else (large,):
        if shared > 1 and low * shared < high:
            return exact(low * shared)
    if large < _MILLION or low >= _THOUSAND or not low:
        return low
    return exact(low * (large // _THOUSAND)) if low >= 100 else None


def scale_value(source: str, least: int = 1) -> int:
    """The product of the scale words that end ``source``: ``2,5 nghìn tỷ`` → 10**12.

    With ``least`` it ends before a smaller one: ``một trăm triệu``, from a thousand, → 10**6.
    """
    value = 1
    for word in reversed(lowered(source).split()):
        word = word.lstrip("0123456789.,").rstrip(".")
        if _worth().get(word, 0) < least:
            break
        value *= _worth()[word]
    return value
