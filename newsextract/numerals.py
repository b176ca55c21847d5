"""Numbers in a text: one vocabulary → one pattern → ``Amount``, with what is said about them.

1.420 · 1,5 triệu · 365 tỷ 592 triệu · 40.56 · 02 · 10.500 - 11.000 · từ 15 đến 20 · hai trăm linh
năm · hàng trăm · vài chục · 262/286.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from newsextract.letters import BLANK, BLANKS, LETTER
from newsextract.model import Number, Qualifier
from newsextract.numeral_places import (
    Run,
    going_on,
    is_inside,
    number_patterns,
    number_places,
    plain_figure,
)
from newsextract.numeral_words import (
    exact,
    figure,
    figures_source,
    scale_value,
    spelled_source,
    written,
)
from newsextract.qualifiers import Words, before, words_before
from newsextract.vocabulary import alternation, vocabulary, word_set

_new = tuple.__new__  # Amount(…) takes twice the time


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


def amounts(text: str, places: Iterable[Run] | None = None) -> list[Amount]:
    """Every number of ``text`` in order; dates such as ``9/6/2017`` and codes are left out.

    ``places`` are its ``number_places`` where the caller has them already.
    """
    found: list[Amount] = []
    at = 0
    for run in number_places(text) if places is None else places:
        start, _, near = run
        if start < at or (not (near and near[-1].isalpha()) and is_inside(text, start)):
            continue
        amount, at = _amount_at(text, run)
        if amount is not None:
            if found and found[-1].before[-1:] == ("từ",):
                found[-1] = _leaning(text, found[-1], amount)
            found.append(amount)
    return found


def _amount_at(text: str, run: Run) -> tuple[Amount | None, int]:
    """The number that begins at ``run``, and where the next may: none begins inside a code."""
    start, end, near = run
    if end - start == 1 and text[start - 2 : start] == "m " and _is_power(text, start):
        return None, end
    if start < end and (m := plain_figure().match(text, start)):
        source, after = m[1], (m[2] or m[3]).lower()
        if after not in going_on():
            return _plain(text, run, source, after), start + len(source)
    match = number_patterns()[start < end].match(text, start)
    if match is None:
        return None, start
    near = near if start < end else words_before(text, start)
    amount = _READERS[match.lastgroup or ""](text, match, near)
    return amount, match.end() if amount is None else amount.end


def _is_power(text: str, at: int) -> bool:
    """Whether the figure is a metre's, behind a blank: 1.500 m 3 đến 2.000 m 3."""
    return text[at] in "23" and text[at - 5 : at - 2].rstrip(" k")[-1:].isdigit()


def _plain(text: str, run: Run, source: str, after: str) -> Amount | None:
    """One number in figures that ``after`` parts from all that follows."""
    first, near = run[0], run[2]
    value = figure(source)
    if value is None:
        return None
    end = first + len(source)
    start, qualifier, words = before(text, (first, end), near, ranged=False)
    thousands = _grouped_by_commas(source)
    return _new(
        Amount,
        (start, end, value, value, qualifier, first, words, None, False, False, thousands, after),
    )


def _code(_text: str, _m: re.Match[str], _near: Words | None) -> None:
    return None


def _magnitude(text: str, m: re.Match[str], near: Words | None) -> Amount | None:
    """``hàng trăm``, ``nửa triệu``; ``trăm`` alone only with a qualifier: gần trăm."""
    source, first, end = m.group(), m.start(), m.end()
    value = written(source)
    if value is None:
        return None
    start, qualifier, words = before(text, (first, end), near, ranged=False)
    if m.lastgroup == "order":
        start, qualifier = first, "order"
    elif qualifier == "exact" and not source.startswith("nửa"):
        return None
    said = Amount(start, end, value, value, qualifier, first, words, in_words=True)
    return said._replace(after=_word_at(text, end))


def _number(text: str, m: re.Match[str], near: Words | None) -> Amount | None:
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
    spelled = not source[0].isdigit()
    start, qualifier, words = before(text, (first, end), near, ranged=low != high)
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
    return re.compile(rf"{BLANKS}([{LETTER}]++|\S)")


_READERS = {"code": _code, "order": _magnitude, "bare": _magnitude} | dict.fromkeys(
    ("low", "whole", "high", "parts", "next"), _number
)


def _range(first: str, second: str) -> tuple[Number, Number]:
    """Both ends; "5 - 6 triệu" scales both, "1.000 - 2 nghìn" the second only."""
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


def _repeated(text: str, end: int, value: Number) -> int:
    """Where ``value`` ends if it is said again in brackets: 03 (ba) người."""
    m = _again().match(text, end)
    return m.end() if m and written(m.group(1)) == value else end


@cache
def _again() -> re.Pattern[str]:
    return re.compile(
        rf"{BLANK}?\({BLANK}*+({figures_source()}|(?i:{spelled_source()})){BLANK}*+\)"
    )


@cache
def _more() -> re.Pattern[str]:
    return re.compile(r"[/-]\d")


@cache
def _commas() -> re.Pattern[str]:
    return re.compile(r"[1-9]\d{0,2},\d{3}")


_UP_TO = ("đến", "với", "cả")


def _is_spelled(text: str, start: int, m: re.Match[str], words: tuple[str, ...]) -> bool:
    """Whether a number word is one: no name (ông Ba), no year (3 vụ/năm), not vague (dăm bảy)."""
    word = m.group("low").lower()
    if text[max(0, m.start() - 2) : m.start()].rstrip().endswith("/"):
        return False
    if words and words[-1] in vocabulary("numerals")["vague"]:
        return False
    if word == "năm" and words and words[-1] in vocabulary("numerals")["before năm"]:
        # "một trong năm khu", unlike "một ngày trong năm"; "đến năm cái nhà", unlike "đến năm 5".
        return words[-2:] == ("một", "trong") or (
            words[-1] in _UP_TO and _word_at(text, m.end("low")) in word_set("numerals", "pieces")
        )
    if word == "năm" and text[start : m.start()].strip().lower() == "quanh":
        return False  # all the year round
    if word == "ba" and _parents().match(text, m.end("low")):
        return False
    return m.group()[0].islower() or _starts_sentence(text, start)


@cache
def _parents() -> re.Pattern[str]:
    """After "ba", a father: ba mẹ, ba má; "ba mẹ con" are three people."""
    return re.compile(rf"{BLANK}+(?:mẹ(?!{BLANK}+con)|má)(?![{LETTER}])")


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
    first, second = (text[a.first : a.end] for a in (amount, following))
    scale = scale_value(second, 1 if scale_value(first) == 1 else _THOUSAND)
    if scale > 1 and scale_value(first) < _THOUSAND:
        low = exact(low * scale) if low * scale < 20 * following.low else low
    return amount._replace(leans=True, low=low, high=low)


@cache
def _change() -> re.Pattern[str]:
    words = alternation(vocabulary("numerals")["change"])
    return re.compile(rf"{BLANK}+{words}{BLANK}+")
