"""Where a number may begin in a text, and the patterns tried there.

A number in words begins with one of a few words, one in figures with a run of digits; dates and
codes are matched too, so that nothing is read inside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from operator import itemgetter

from newsextract.letters import BLANK, END, LETTER
from newsextract.numeral_words import (
    DIGITS,
    FIGURE,
    HALF,
    figures_source,
    first_words,
    order_source,
    scale_source,
    scales,
    spelled_source,
)
from newsextract.qualifiers import Words, words_before
from newsextract.vocabulary import alternation, vocabulary

_TO = ("đến", "tới")
_FOLLOWING = ("hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười")
_SHORT = (
    *("tr", "trđ", "trđồng", "ng", "ngđ", "ngđồng", "tỷđ", "tỉđ", "tỷđồng", "triệuđ", "triệuđồng"),
    *("nghìnđ", "ngànđ"),
)
_place = itemgetter(0)


Run = tuple[int, int, Words | None]
"""A run of the digits 0 to 9: where it begins and ends, and its ``words_before``.

One of no length is where a number in words may begin.
"""


def number_places(text: str) -> list[Run]:
    """Every place where a number may begin, in order."""
    found: list[Run] = [(m.start() + 1, m.start() + 1, None) for m in _spaced().finditer(text)]
    if _first_word().match(text):
        found.append((0, 0, None))  # no character stands before it
    for m in _signs().finditer(text):
        start, end = m.span()
        digits = "0" <= text[start] <= "9"
        found.append((start, end, words_before(text, start)) if digits else (end, end, None))
    found.sort(key=_place)
    return found


def is_inside(text: str, at: int) -> bool:
    """Whether ``at`` is inside a word, a name or a rate: ``Covid-19``, ``Km 5 + 300``, ``ca/10.000
    dân``."""
    last = text[at - 1] if at else " "
    if "/" in text[max(0, at - 2) : at] and _is_base(text, at):
        return True
    if last in " \xa0":
        if text[at - 2 : at - 1] == "+":
            return text[max(0, at - 4) : at - 2].rstrip()[-1:].isdigit()
        return text[at - 2 : at - 1].isdigit() and _is_group(text, at)
    if last.isalnum():
        return True
    if at < 2 or last not in "-+.,":
        return False
    before = text[at - 2]
    if last == ".":
        if before in "lo" and not text[at - 3 : at - 2].isalnum():
            return True  # "l.200.000", misread
        return before.isdigit() or before.isupper() or before == " "  # "giảm .5%" lacks its nought
    if last == "," or not before.isalnum():
        return before.isdigit()
    return last != "-" or _unit_before().search(text, max(0, at - 7), at) is None


@cache
def _unit_before() -> re.Pattern[str]:
    """The unit of the lower end of a range: 80kg-120kg."""
    return re.compile(r"\d(?:kg|ha|k?m[23]?|cm|mm|tấn|tạ|lít|đ)-\Z")


def _is_group(text: str, at: int) -> bool:
    """Whether the figures at ``at`` may be the later part of a number: 12 500 người."""
    found = _group().search(text, max(0, at - 4), at + 4)
    return found is not None and found.end() == at


ROUND = r"1(?:0{0,2}(?:[.]000){1,2}|0{1,6})?(?![.,]?\d)"
"""The figures of what a rate is per, for a pattern: ``1``, ``100``, ``1.000``, ``100.000``."""


def _is_base(text: str, at: int) -> bool:
    """Whether a rate is per so many: ca/100.000 dân; "5 xã/10 xã" are a part and the whole."""
    found = _base().search(text, max(0, at - 16), at + 24)
    return found is not None and found.start("base") == at


@cache
def _base() -> re.Pattern[str]:
    word = rf"(?<![{LETTER}])(?P<word>[{LETTER}]+[23²³]?)"
    return re.compile(rf"{word}{BLANK}?/{BLANK}?(?P<base>{ROUND})(?!{BLANK}?(?P=word){END})")


@cache
def _group() -> re.Pattern[str]:
    return re.compile(r"(?<![\d.,/:-])\d{1,3}[ \xa0](?=\d{3}(?!\d))")


@cache
def number_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is matched where a word begins, and where a figure does.

    The last group that matched says what it is: ``code``, ``order``, ``bare`` (a scale word),
    ``low`` (one number), or with a second number ``high``, ``next``, ``whole``, ``parts``.
    """
    one = f"(?>{figures_source()}|(?i:{spelled_source()}))"
    to = f"(?>{BLANK}?[-–—÷~]{BLANK}?|{BLANK}+(?:{'|'.join(_TO)}){BLANK}+(?:dưới{BLANK}+)?)"
    # 06/2017/NĐ-CP, 1-2-3; the plates 36A-123.45 and 22 S 1-6844; the boat 11213 TS.
    code = (
        r"(?>\d++(?:[/-]\d++)*+/[A-ZĐ][\w/-]*+|\d++(?:[/-]\d++){2,}+(?:[/-]\w++)*+"
        r"|\d\d[ ]?[A-ZĐ]{1,2}[ ]?\d?[ ]?[-–.][ ]?\d{3}(?:[.]\d\d|\d\d?)(?!\d)"
        r"|\d\d[A-ZĐ]{1,2}\d?[ ]\d{3}[.]\d\d(?!\d)|\d{4,5}[ ]?[-–]?[ ]?TS(?!\w))"
    )
    parts = f"(?i:{BLANK}+phần{BLANK}+(?P<parts>hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười){END})"
    following = f"(?P<next>{'|'.join(_FOLLOWING)}){END}(?!{BLANK}+(?:mươi|trăm))"
    over = rf"{BLANK}?/{BLANK}?(?P<whole>{FIGURE})"
    rest = rf"(?:{over}|{to}(?P<high>{one})|{parts}|,?{BLANK}{following})?"
    words = rf"(?P<low>(?i:{spelled_source()})){rest}"
    bare = rf"(?:[Nn]ửa{BLANK}+)?{scale_source()}{{1,3}}+(?:{BLANK}+{HALF}{END}{_MORE}?+)?"
    order = rf"(?P<order>(?i:{order_source()}))|(?P<bare>{bare})|(?P<pair>(?i:{_pairs()}))"
    figures = rf"(?P<low>{figures_source()}){rest}"
    return re.compile(rf"{order}|{words}"), re.compile(rf"(?P<code>{code})|{figures}")


_MORE = rf"(?:{BLANK}+(?:nghìn|ngàn|triệu|tỷ|tỉ)(?!{BLANK}+(?:lệ|phú)){END})"
_PAIRS = (
    *("một hai", "hai ba", "ba bốn", "bốn năm", "sáu bảy", "bảy tám", "tám chín"),
    *("năm sáu", "năm bảy", "chín mười"),
)


def _pairs() -> str:
    """Two digits that say about how many, with the scale they share: hai ba trăm, năm bảy."""
    # "năm sáu mươi" is a year.
    pairs, tens = _alternatives(_PAIRS), _alternatives(_PAIRS[:7])
    scale = rf"(?={BLANK}+(?:{'|'.join(scales())}){END})"
    scaled = rf"(?:{tens}{BLANK}+mươi{END}|{pairs}{scale}){scale_source()}{{0,3}}+"
    more = alternation([*DIGITS, *scales(), "mươi", "tư", "lăm", "nhăm"])
    return rf"{scaled}|năm{BLANK}+bảy{END}(?!{BLANK}+{more}{END})"


def _alternatives(pairs: Iterable[str]) -> str:
    return alternation(pair.replace(" ", between) for pair in pairs for between in (" ", ", "))


@cache
def plain_figure() -> re.Pattern[str]:
    """A figure, and the word or sign after it; most numbers are written so.

    Where that word is none of ``going_on``, ``number_patterns`` have nothing more to find.
    """
    # A capital may belong to a code (36A-123.45, 11213 TS); behind a comma the number may go on.
    comma = rf",(?!\d|{BLANK}(?:{'|'.join(_FOLLOWING)}))"
    return re.compile(
        rf"(\d++(?:[.,]\d++)*+)(?:[ ]?+(?![A-ZĐ])([{LETTER}]++|[%;:)])|({comma}|\.(?!{BLANK}?\d)))"
    )


@cache
def going_on() -> frozenset[str]:
    """The words with which a number in figures goes on: a scale, and what a second opens with."""
    return frozenset({*scales(), *_SHORT, *_TO, "phần", *_FOLLOWING})


@cache
def _spaced() -> re.Pattern[str]:
    """Where a number in words may begin after a space, as most do."""
    # It opens with one character, which the engine looks for in a third of the time of a class.
    return re.compile(rf"[ ]{_word()}")


@cache
def _signs() -> re.Pattern[str]:
    """A run of digits, or any other sign after which a number in words may begin."""
    return re.compile(rf"[^{LETTER} ](?:(?<=[0-9])[0-9]*+|(?={_word()}))")


@cache
def _word() -> str:
    """The word with which a number begins, for a pattern."""
    # "một" alone is an article unless a qualifier stands before it, and "năm 2019" a year.
    more = alternation([*scales(), *"mươi phần đến tới hai ba bốn sáu bảy tám chín mười".split()])
    said = "".join(rf"(?<!{word} một)" for word in vocabulary("numerals")["before một"])
    alone = rf"(?<=[mM]ột){said}{BLANK}+(?!(?i:{more}))[{LETTER}]|(?<=[nN]ăm){BLANK}[0-9]"
    return rf"{first_words()}(?!{alone})"


@cache
def _first_word() -> re.Pattern[str]:
    return re.compile(first_words())
