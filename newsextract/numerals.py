"""Numbers in a text: one vocabulary → one pattern → ``Amount``, with what is said about them.

1.420 · 1,5 triệu · 365 tỷ 592 triệu · 40.56 · 02 · 10.500 - 11.000 · từ 15 đến 20 · hai trăm linh
năm · hàng trăm · vài chục · 262/286.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from newsextract.amount import NEAR, Amount, leaning, together
from newsextract.letters import BLANK, BLANKS, LETTER, lowered
from newsextract.model import Number
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
    grouped_by_commas,
    range_of,
    says_half,
    scale_source,
    scale_value,
    scales,
    spelled_source,
    written,
)
from newsextract.qualifiers import Words, before, words_before
from newsextract.vocabulary import vocabulary, word_set

_new = tuple.__new__  # Amount(…) takes twice the time


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
        if amount is None or amount.before[-1:] == ("phẩy",):
            continue  # the decimals of "năm mươi ba phẩy hai phần trăm"
        if found and amount.start - found[-1].end < NEAR:
            if joined := together(text, found[-1], amount):
                found[-1] = joined
                continue
            if found[-1].before[-1:] == ("từ",):
                found[-1] = leaning(text, found[-1], amount)
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
    thousands = grouped_by_commas(source)
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
    if words and words[-1] in scales():
        return None  # "một trăm mấy chục"
    if m.lastgroup == "order":
        start, qualifier = first, "order"
    elif qualifier == "exact" and not says_half(lowered(source).split()):
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
        elif kind:
            named = kind == "high" and (_is_named(text, m, near) or _ends_below(text, m, near))
            low, high, end = (low, low, m.end("low")) if named else _ranged(text, m, kind, low)
        if low > high or _more().match(text, end):
            return None
    if not _BRACKETS.isdisjoint(text[end : end + 2]):
        end, scale = _bracketed(text, end, low if low == high else None)
        low, high = exact(low * scale), exact(high * scale)
    spelled = not source[0].isdigit()
    start, qualifier, words = before(text, (first, end), near, ranged=low != high)
    if spelled and not _is_spelled(text, start, m.span("low"), words):
        return None
    if low == high == 1 and spelled and whole is None and qualifier == "exact":
        return None  # the article
    thousands = None if spelled else grouped_by_commas(source)
    found = (start, end, low, high, qualifier, first, words, whole, spelled, False, thousands)
    return Amount(*found, _word_at(text, end))


def _word_at(text: str, at: int) -> str:
    """The word or else the sign that stands at ``at``, after blanks."""
    m = _next_word().match(text, at)
    return m[1].lower() if m else ""


@cache
def _next_word() -> re.Pattern[str]:
    return re.compile(rf"{BLANKS}([{LETTER}]++|\S)")


def _pair(text: str, m: re.Match[str], near: Words | None) -> Amount | None:
    """``hai ba trăm``, ``bốn năm chục triệu``, ``năm bảy``."""
    one, two, *scale = (word.rstrip(",") for word in m.group().split())
    low, high = written(" ".join((one, *scale))), written(" ".join((two, *scale)))
    if low is None or high is None:
        return None
    start, qualifier, words = before(text, m.span(), near, ranged=True)
    if not _is_spelled(text, start, (m.start(), m.start() + len(one)), words):
        return None
    said = Amount(start, m.end(), low, high, qualifier, m.start(), words, in_words=True)
    return said._replace(after=_word_at(text, m.end()))


def _bracketed(text: str, end: int, value: Number | None) -> tuple[int, int]:
    """Where a number ends with the mark of a footnote, or with ``value`` said again in brackets,
    and the scale behind them: 53(1) dân tộc, 03 (ba) người, 05 (năm) triệu đồng."""
    m = _again().match(text, end) if value is not None else None
    if m is None or written(m["said"]) != value:
        note = _note().match(text, end)
        return (note.end() if note else end), 1
    return m.end(), scale_value(m["scale"])


_BRACKETS = frozenset("([")


@cache
def _note() -> re.Pattern[str]:
    """The mark of a footnote between a number and what it counts: 53(1) dân tộc, 45,6[3] triệu."""
    return re.compile(rf"(?:\[\d\d?\]|\((?:\d|\*{{1,3}})\))(?={BLANK}[{LETTER}])")


@cache
def _again() -> re.Pattern[str]:
    said = rf"(?P<said>{figures_source()}|(?i:{spelled_source()}))"
    return re.compile(
        rf"{BLANK}?\({BLANK}*+{said}{BLANK}*+\)(?P<scale>(?:{scale_source()}{{1,3}}+)?)"
    )


def _ranged(text: str, m: re.Match[str], kind: str, low: Number) -> tuple[Number, Number, int]:
    """Both ends and where the second ends; the first number alone where the second is no end."""
    if kind == "next" and written(m[kind]) != low + 1:
        return low, low, m.end("low")
    first, last = range_of(m["low"], m[kind])
    if not _thousands().search(text, m.start("low"), m.end(kind)):
        return first, last, m.end()
    thousands = exact(low * _THOUSAND)
    if thousands < last <= thousands * _WIDEST:
        return thousands, last, m.end()  # 50-70.000 đồng
    near = last <= low * _THOUSAND  # else "ở quận 1 - 100.000 đồng"
    return (first, last, m.end()) if near else (low, low, m.end("low"))


_THOUSAND, _WIDEST, _APART = 1_000, 20, 8


def _is_named(text: str, m: re.Match[str], near: Words | None) -> bool:
    """Whether the first of two numbers with a dash and blanks between them is a name's: tổ 5 - 120
    hộ, khóa 7 - 8.000 sinh viên; of a place or a day it always is, unlike "nhóm 5 - 7 hộ"."""
    if text[m.end("low") : m.end("low") + 2] not in (" -", " –") or m["low"] == m["high"]:
        return False
    if near is None:
        near = before(text, m.span(), near, ranged=False)[2]
    two = " ".join(near)
    if not near or two in word_set("labels", "not labels") or near[0] in _EVERY:
        return False
    if {near[-1], two} & word_set("labels", "named"):
        return True
    low, high = written(m["low"]), written(m["high"])
    apart = low is not None and high is not None and high >= low * _APART
    sections = ("labels", "groups", "classes")
    return apart and any({near[-1], two} & word_set("labels", name) for name in sections)


def _ends_below(text: str, m: re.Match[str], near: Words | None) -> bool:
    """Whether the second of two numbers is a bound by itself, unlike "từ 2 đến dưới 4 tấn"."""
    if not text[m.end("low") : m.start("high")].rstrip().endswith("dưới"):
        return False
    if near is None:
        near = before(text, m.span(), near, ranged=False)[2]
    return near[-1:] != ("từ",)


_EVERY = ("mỗi", "từng", "các", "nhiều", "cả", "số")


@cache
def _thousands() -> re.Pattern[str]:
    """A dash between three figures at most and a number of whole thousands."""
    return re.compile(rf"(?<![\d.,])\d{{1,3}}{BLANK}?[-–]{BLANK}?\d{{1,3}}\.000\Z")


@cache
def _more() -> re.Pattern[str]:
    return re.compile(r"[/-]\d")


_READERS = {"code": _code, "order": _magnitude, "bare": _magnitude, "pair": _pair} | dict.fromkeys(
    ("low", "whole", "high", "parts", "next"), _number
)
_UP_TO = ("đến", "với", "cả")


def _is_spelled(text: str, start: int, span: tuple[int, int], words: Words) -> bool:
    """Whether a number word is one: no name (ông Ba), no year (3 vụ/năm), not vague (dăm bảy)."""
    first, end = span
    word = text[first:end].lower()
    if text[max(0, first - 2) : first].rstrip().endswith("/"):
        return False
    if words and words[-1] in vocabulary("numerals")["vague"]:
        return False
    if word == "năm" and words and words[-1] in vocabulary("numerals")["before năm"]:
        # "một trong năm khu", unlike "một ngày trong năm"; "đến năm cái nhà", unlike "đến năm 5".
        return words[-2:] == ("một", "trong") or (
            words[-1] in _UP_TO and _word_at(text, end) in word_set("numerals", "pieces")
        )
    if word == "năm" and text[start:first].strip().lower() == "quanh":
        return False  # all the year round
    if word == "ba" and _parents().match(text, end):
        return False
    return text[first].islower() or _starts_sentence(text, start)


@cache
def _parents() -> re.Pattern[str]:
    """After "ba", a father: ba mẹ, ba má; "ba mẹ con" are three people."""
    return re.compile(rf"{BLANK}+(?:mẹ(?!{BLANK}+con)|má)(?![{LETTER}])")


def _starts_sentence(text: str, at: int) -> bool:
    head = text[max(0, at - 4) : at].rstrip(" ")
    return not head or head[-1] in '.!?:;…\n-–+•*“"('
