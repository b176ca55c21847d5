"""Numbers in a text: one vocabulary → one pattern → ``Amount``, with what is said about them.

1.420 · 1,5 triệu · 365 tỷ 592 triệu · 40.56 · 02 · 10.500 - 11.000 · từ 15 đến 20 · hai trăm linh
năm · hàng trăm · vài chục · 262/286.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from newsextract.model import Number, Qualifier
from newsextract.numeral_places import digit_runs, is_inside, seeds
from newsextract.numeral_words import (
    exact,
    figures_source,
    scale_value,
    spelled_source,
    written,
)
from newsextract.qualifiers import before
from newsextract.vocabulary import LETTER, alternation, vocabulary

_B = r"[^\S\n]"


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


def _scan(text: str, runs: Iterable[tuple[int, int]]) -> Iterator[Amount]:
    at = 0
    for start, pattern in seeds(text, runs):
        if start < at or is_inside(text, start):
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
        start, qualifier = first, "order"
    elif qualifier == "exact" and not source.startswith("nửa"):
        return None
    said = Amount(start, end, value, value, qualifier, first, words, in_words=True)
    return said._replace(after=_word_at(text, end))


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
    """Whether a number word is one: no name (ông Ba), no year (3 vụ/năm), not vague (dăm bảy)."""
    word = m.group("low").lower()
    if text[max(0, m.start() - 2) : m.start()].rstrip().endswith("/"):
        return False
    if words and words[-1] in vocabulary("numerals")["vague"]:
        return False
    if word == "năm" and words and words[-1] in vocabulary("numerals")["before năm"]:
        return False
    if word == "ba" and _parents().match(text, m.end("low")):
        return False
    return m.group()[0].islower() or _starts_sentence(text, start)


@cache
def _parents() -> re.Pattern[str]:
    """After "ba", a father: ba mẹ, ba má; "ba mẹ con" are three people."""
    return re.compile(rf"{_B}+(?:mẹ(?!{_B}+con)|má)(?![{LETTER}])")


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
