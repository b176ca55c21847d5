"""Numbers in a text: one vocabulary → one pattern → ``Amount``, with what is said about them.

1.420 · 1,5 triệu · 365 tỷ 592 triệu · 40.56 · 02 · 10.500 - 11.000 · từ 15 đến 20 · hai trăm linh
năm · hàng trăm · vài chục · 262/286.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from newsextract.model import Number, Qualifier
from newsextract.numeral_words import (
    END,
    FIGURE,
    exact,
    figures_source,
    first_letters,
    order_source,
    scale_source,
    scale_value,
    spelled_source,
    written,
)
from newsextract.qualifiers import before
from newsextract.vocabulary import alternation, vocabulary

_B = r"[^\S\n]"


class Amount(NamedTuple):
    """A number as printed: ``text[start:end]`` from its qualifier to its last digit or word.

    ``first`` is where the number itself begins; ``before`` holds the up to four words of the
    clause before ``start``, lower-case. ``whole`` is the second number of ``262/286``. ``leans``
    says that the unit stands at the next number ("từ 5 lên 7 xã"). ``thousands`` is the value of
    ``1,420`` if its comma groups digits; read as a decimal it is ``low``.
    """

    start: int
    end: int
    low: Number
    high: Number
    qualifier: Qualifier = "exact"
    first: int = 0
    before: tuple[str, ...] = ()
    whole: Number | None = None
    in_words: bool = False
    leans: bool = False
    thousands: int | None = None


def amounts(text: str) -> Iterator[Amount]:
    """Every number of ``text`` in order; dates such as ``9/6/2017`` and codes are left out."""
    found = list(_scan(text))
    for amount, following in pairwise(found):
        leaning = amount.before and amount.before[-1] == "từ"
        yield _leaning(text, amount, following) if leaning else amount
    yield from found[-1:]


@cache
def _pattern() -> re.Pattern[str]:
    one = f"(?>{figures_source()}|(?i:{spelled_source()}))"
    to = f"(?>{_B}?[-–—]{_B}?|{_B}+(?:đến|tới){_B}+)"
    code = r"(?>\d++(?:[/-]\d++)*+/[A-ZĐ][\w/-]*+|\d++(?:[/-]\d++){2,}+(?:[/-]\w++)*+)"
    parts = f"(?i:{_B}+phần{_B}+(?P<parts>hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười){END})"
    following = f"(?P<next>hai|ba|bốn|sáu|bảy|tám|chín|mười){END}(?!{_B}+(?:mươi|trăm))"
    return re.compile(
        rf"(?:(?P<code>{code})|(?P<order>(?i:{order_source()}))"
        rf"|(?P<bare>(?:nửa{_B}+)?{scale_source()}{{1,3}}+)"
        rf"|(?P<low>{one})(?:{_B}?/{_B}?(?P<whole>{FIGURE})|{to}(?P<high>{one})|{parts}"
        rf"|,?{_B}{following})?)"
    )


@cache
def _seed() -> re.Pattern[str]:
    """Where a number may begin; literals only, so that ``re`` skips to them quickly."""
    return re.compile("|".join([*"0123456789", *first_letters()]))


def _is_inside(text: str, at: int) -> bool:
    """Whether ``at`` is inside a word or a name: ``Covid-19``, ``Q.1``, ``Km 5 + 300``."""
    last = text[at - 1] if at else " "
    if last.isalnum():
        return True
    if last == " " and text[at - 2 : at - 1] == "+":
        return text[max(0, at - 4) : at - 2].rstrip()[-1:].isdigit()
    if at < 2 or last not in "-+.,":
        return False
    if last in ".,":
        return text[at - 2].isdigit() or (last == "." and text[at - 2].isupper())
    return text[at - 2].isalnum()


def _scan(text: str) -> Iterator[Amount]:
    seed, match = _seed().search, _pattern().match
    at = 0
    while start := seed(text, at):
        at = start.start()
        m = None if _is_inside(text, at) else match(text, at)
        amount = _READERS[m.lastgroup or ""](text, m) if m else None
        at = amount.end if amount else m.end() if m else start.end()
        if amount:
            yield amount


def _code(_text: str, _m: re.Match[str]) -> None:
    return None


def _magnitude(text: str, m: re.Match[str]) -> Amount | None:
    """``hàng trăm``, ``nửa triệu``; ``trăm`` alone only with a qualifier: gần trăm."""
    source, first, end = m.group(), m.start(), m.end()
    value = written(source)
    if value is None:
        return None
    start, qualifier, words = before(text, first, end, ranged=False)
    if m.lastgroup == "order":
        return Amount(first, end, value, value, "order", first, words, in_words=True)
    if qualifier == "exact" and not source.startswith("nửa"):
        return None
    return Amount(start, end, value, value, qualifier, first, words, in_words=True)


def _number(text: str, m: re.Match[str]) -> Amount | None:
    """One number, a range (``15-20``, ``hai, ba``) or two over a stroke."""
    first, end, source = m.start(), m.end(), m.group("low")
    low = written(source)
    if low is None:
        return None
    high, whole, kind = low, None, m.lastgroup
    if kind in ("whole", "parts"):
        whole = written(m.group(kind))
    elif kind == "next" and written(m.group(kind)) != low + 1:
        end = m.end("low")
    elif kind in ("high", "next"):
        low, high = _range(source, m.group(kind))
    if low > high or (kind != "low" and _more().match(text, end)):
        return None
    if low == high and "(" in text[end : end + 2]:
        end = _repeated(text, end, low)
    start, qualifier, words = before(text, first, end, ranged=low != high)
    thousands, spelled = None, not source[0].isdigit()
    if spelled and not _is_spelled(text, start, m, words):
        return None
    if "," in source and _commas().fullmatch(source):
        thousands = int(source.replace(",", ""))
    return Amount(
        start, end, low, high, qualifier, first, words, whole, spelled, thousands=thousands
    )


_READERS = {"code": _code, "order": _magnitude, "bare": _magnitude} | dict.fromkeys(
    ("low", "whole", "high", "parts", "next"), _number
)


def _range(first: str, second: str) -> tuple[Number, Number]:
    """Both ends; "5 - 6 triệu" scales both, "1.000 - 2 nghìn" the second only."""
    low, high = written(first), written(second)
    if low is None or high is None or low == high:
        return 1, 0
    scale = scale_value(second)
    shared = scale > 1 and scale_value(first) == 1 and low * scale < high
    return (exact(low * scale) if shared else low), high


def _repeated(text: str, end: int, value: Number) -> int:
    """Where ``value`` ends if it is said again in brackets: 03 (ba) người."""
    m = _again().match(text, end)
    return m.end() if m and written(m.group(1)) == value else end


@cache
def _again() -> re.Pattern[str]:
    return re.compile(rf"{_B}?\({_B}*+({figures_source()}|(?i:{spelled_source()})){_B}*+\)")


@cache
def _more() -> re.Pattern[str]:
    return re.compile(r"[/-]\d")


@cache
def _commas() -> re.Pattern[str]:
    return re.compile(r"[1-9]\d{0,2},\d{3}")


def _is_spelled(text: str, start: int, m: re.Match[str], words: tuple[str, ...]) -> bool:
    """Whether a number word is one: not a name (ông Ba), not the year (năm), not an article."""
    word = m.group("low").lower()
    if word == "một" and m.lastgroup == "low":
        return False
    if word == "năm" and words and words[-1] in vocabulary("numerals")["before năm"]:
        return False
    return m.group()[0].islower() or _starts_sentence(text, start)


def _starts_sentence(text: str, at: int) -> bool:
    head = text[max(0, at - 4) : at].rstrip(" ")
    return not head or head[-1] in '.!?:;…\n-–+•*“"('


def _leaning(text: str, amount: Amount, following: Amount) -> Amount:
    """``amount`` with the unit's place marked where a change shares it: "từ 5 lên 7 xã"."""
    if not 0 < following.start - amount.end < 16:
        return amount
    if not _change().fullmatch(text, amount.end, following.start):
        return amount
    low = amount.low
    scale = scale_value(text[following.first : following.end])
    if scale > 1 and scale_value(text[amount.first : amount.end]) == 1:
        low = exact(low * scale) if low * scale < 20 * following.low else low
    return amount._replace(leans=True, low=low, high=low)


@cache
def _change() -> re.Pattern[str]:
    words = alternation(vocabulary("numerals")["change"])
    return re.compile(rf"{_B}+{words}{_B}+")
