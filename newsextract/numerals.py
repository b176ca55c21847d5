"""Numbers in a text: one vocabulary → one pattern → ``Amount``, with what is said about them.

1.420 · 1,5 triệu · 365 tỷ 592 triệu · 40.56 · 02 · 10.500 - 11.000 · từ 15 đến 20 · hai trăm linh
năm · hàng trăm · vài chục · 262/286.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from newsextract.model import Number, Qualifier
from newsextract.numeral_words import (
    END,
    FIGURE,
    exact,
    figures_source,
    first_words,
    order_source,
    scale_source,
    scale_value,
    scales,
    spelled_source,
    written,
)
from newsextract.qualifiers import before
from newsextract.vocabulary import LETTER, alternation, vocabulary

_B = r"[^\S\n]"
_place = itemgetter(0)


class Amount(NamedTuple):
    """A number as printed: ``text[start:end]`` from its qualifier to its last digit or word.

    ``first`` is where the number itself begins; ``before`` holds the up to two words of the
    clause before ``start``, lower-case. ``whole`` is the second number of ``262/286``. ``leans``
    says that the unit stands at the next number ("từ 5 lên 7 xã"). ``thousands`` is the value of
    ``1,420`` if its comma groups digits; read as a decimal it is ``low``. ``after`` is the word
    or sign after ``end``, lower-case: most kinds see from it that they have no unit there.
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
    after: str = ""


def amounts(text: str, runs: Iterable[tuple[int, int]] | None = None) -> Iterator[Amount]:
    """Every number of ``text`` in order; dates such as ``9/6/2017`` and codes are left out.

    ``runs`` are its ``digit_runs`` where the caller has them already.
    """
    found = list(_scan(text, digit_runs(text) if runs is None else runs))
    for amount, following in pairwise(found):
        leaning = amount.before and amount.before[-1] == "từ"
        yield _leaning(text, amount, following) if leaning else amount
    yield from found[-1:]


def digit_runs(text: str) -> list[tuple[int, int]]:
    """Where every run of the digits 0 to 9 begins and ends, in order."""
    return [run.span() for run in _digits().finditer(text)]


@cache
def _digits() -> re.Pattern[str]:
    # Not [0-9]+: a pattern that opens with a repeat is tried at every character.
    return re.compile("[0-9][0-9]*+")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is tried where a word begins, and where a figure does."""
    one = f"(?>{figures_source()}|(?i:{spelled_source()}))"
    to = f"(?>{_B}?[-–—]{_B}?|{_B}+(?:đến|tới){_B}+)"
    # 06/2017/NĐ-CP, 1-2-3; the plates 36A-123.45 and 22 S 1-6844; the boat 11213 TS.
    code = (
        r"(?>\d++(?:[/-]\d++)*+/[A-ZĐ][\w/-]*+|\d++(?:[/-]\d++){2,}+(?:[/-]\w++)*+"
        r"|\d\d[ ]?[A-ZĐ]{1,2}[ ]?\d?[ ]?[-–.][ ]?\d{3}(?:[.]\d\d|\d\d?)(?!\d)"
        r"|\d\d[A-ZĐ]{1,2}\d?[ ]\d{3}[.]\d\d(?!\d)|\d{4,5}[ ]?[-–]?[ ]?TS(?!\w))"
    )
    parts = f"(?i:{_B}+phần{_B}+(?P<parts>hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười){END})"
    following = f"(?P<next>hai|ba|bốn|sáu|bảy|tám|chín|mười){END}(?!{_B}+(?:mươi|trăm))"
    rest = rf"(?:{_B}?/{_B}?(?P<whole>{FIGURE})|{to}(?P<high>{one})|{parts}|,?{_B}{following})?"
    words = rf"(?P<low>(?i:{spelled_source()})){rest}"
    order = rf"(?P<order>(?i:{order_source()}))|(?P<bare>(?:nửa{_B}+)?{scale_source()}{{1,3}}+)"
    figures = rf"(?P<low>{figures_source()}){rest}"
    return re.compile(rf"{order}|{words}"), re.compile(rf"(?P<code>{code})|{figures}")


@cache
def _word() -> re.Pattern[str]:
    """Where a number in words may begin, after any one character that is no letter."""
    # "một" alone is an article unless a qualifier stands before it, and "năm 2019" a year.
    more = alternation([*scales(), *"mươi phần đến tới hai ba bốn sáu bảy tám chín mười".split()])
    said = "".join(rf"(?<!{word} một)" for word in vocabulary("numerals")["before một"])
    alone = rf"(?<=[mM]ột){said}{_B}+(?!(?i:{more}))[{LETTER}]|(?<=[nN]ăm){_B}[0-9]"
    # "3 vụ/năm" is a rate: a number in words stands under no stroke.
    return re.compile(rf"(?<!/)[^{LETTER}/]{first_words()}(?!{alone})")


@cache
def _first_word() -> re.Pattern[str]:
    return re.compile(first_words())


def _is_inside(text: str, at: int) -> bool:
    """Whether ``at`` is inside a word or a name: ``Covid-19``, ``Q.1``, ``Km 5 + 300``."""
    last = text[at - 1] if at else " "
    if last == " ":
        plus = text[at - 2 : at - 1] == "+"
        return plus and text[max(0, at - 4) : at - 2].rstrip()[-1:].isdigit()
    if last.isalnum():
        return True
    if at < 2 or last not in "-+.,":
        return False
    if last in ".,":
        return text[at - 2].isdigit() or (last == "." and text[at - 2].isupper())
    return text[at - 2].isalnum()


def _scan(text: str, runs: Iterable[tuple[int, int]]) -> Iterator[Amount]:
    words, figures = _patterns()
    seeds = [(m.start() + 1, words) for m in _word().finditer(text)]
    seeds += [(start, figures) for start, _ in runs]
    if _first_word().match(text):
        seeds.append((0, words))  # no character stands before it
    seeds.sort(key=_place)
    at = 0
    for start, pattern in seeds:
        if start < at or _is_inside(text, start):
            continue
        m = pattern.match(text, start)
        if m is None:
            continue
        amount = _READERS[m.lastgroup or ""](text, m)
        if amount is None:
            at = m.end()
        else:
            at = amount.end
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
        return Amount(
            first,
            end,
            value,
            value,
            "order",
            first,
            words,
            in_words=True,
            after=_word_at(text, end),
        )
    if qualifier == "exact" and not source.startswith("nửa"):
        return None
    return Amount(
        start, end, value, value, qualifier, first, words, in_words=True, after=_word_at(text, end)
    )


def _number(text: str, m: re.Match[str]) -> Amount | None:
    """One number, a range (``15-20``, ``hai, ba``) or two over a stroke."""
    first, end, source = m.start(), m.end(), m["low"]
    low = high = written(source)
    if low is None or high is None:
        return None
    whole, kind = None, m.lastgroup
    if kind != "low":
        if kind in ("whole", "parts"):
            whole = written(m[kind])
        elif kind == "next" and written(m[kind]) != low + 1:
            end = m.end("low")
        elif kind:
            low, high = _range(source, m[kind])
        if low > high or _more().match(text, end):
            return None
    if low == high and "(" in text[end : end + 2]:
        end = _repeated(text, end, low)
    start, qualifier, words = before(text, first, end, ranged=low != high)
    spelled = not source[0].isdigit()
    if spelled and not _is_spelled(text, start, m, words):
        return None
    if low == high == 1 and spelled and whole is None and qualifier == "exact":
        return None  # the article
    thousands = None if spelled else _grouped_by_commas(source)
    found = (start, end, low, high, qualifier, first, words, whole, spelled, False, thousands)
    return Amount(*found, _word_at(text, end))


def _grouped_by_commas(source: str) -> int | None:
    """What the figures say where their commas are marks of thousands, as in English."""
    grouped = "," in source and _commas().fullmatch(source)
    return int(source.replace(",", "")) if grouped else None


def _word_at(text: str, at: int) -> str:
    """The word or else the sign that stands at ``at``, after blanks."""
    m = _next_word().match(text, at)
    return m[1].lower() if m else ""


@cache
def _next_word() -> re.Pattern[str]:
    return re.compile(rf"[^\S\n]*+([{LETTER}]++|\S)")


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
    """Whether a number word is one: not a name (ông Ba), nor the year, nor vague (dăm bảy)."""
    word = m.group("low").lower()
    if words and words[-1] in vocabulary("numerals")["vague"]:
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
