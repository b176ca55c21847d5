"""Numbers in a text: one vocabulary → one pattern → ``Amount``, with what is said about them.

1.420 · 1,5 triệu · 365 tỷ 592 triệu · 40.56 · 02 · 10.500 - 11.000 · từ 15 đến 20 · hai trăm linh
năm · hàng trăm · vài chục · 262/286; gần, trên, khoảng, ít nhất … before them and trở lên after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from types import MappingProxyType

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
from newsextract.vocabulary import LETTER, UPPER, alternation, vocabulary

_SAID: tuple[Qualifier, ...] = ("about", "nearly", "under", "over", "at_least", "at_most")
_BREAKS = str.maketrans(dict.fromkeys(".,;:!?…()[]{}“”\"‘’'|/*", "\n"))
_REACH = 40  # characters before a number in which its qualifier and label may stand
_B = r"[^\S\n]"


@dataclass(frozen=True, slots=True)
class Amount:
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


@cache
def _inside() -> re.Pattern[str]:
    """What stands before a seed that is inside a word or a name: ``Covid-19``, ``Q.1``."""
    return re.compile(rf"(?<=[{LETTER}\d])|(?<=[{LETTER}\d][-+])|(?<=[{UPPER}]\.)")


def amounts(text: str) -> Iterator[Amount]:
    """Every number of ``text`` in order; dates such as ``9/6/2017`` and codes are left out."""
    found = list(_scan(text))
    for amount, following in pairwise(found):
        yield _leaning(text, amount, following)
    yield from found[-1:]


def _scan(text: str) -> Iterator[Amount]:
    seed, inside, match = _seed().search, _inside().match, _pattern().match
    at = 0
    while start := seed(text, at):
        at = start.start()
        m = None if inside(text, at) else match(text, at)
        amount = None if m is None or m.lastgroup == "code" else _read(text, m)
        at = amount.end if amount else m.end() if m else start.end()
        if amount:
            yield amount


def _read(text: str, m: re.Match[str]) -> Amount | None:
    if source := m.group("order") or m.group("bare"):
        return _magnitude(text, m, source)
    source, low, end = m.group("low"), written(m.group("low")), m.end()
    if low is None:
        return None
    high, whole = low, None
    if ratio := m.group("whole") or m.group("parts"):
        whole = written(ratio)
    elif m.group("next") and written(m.group("next")) != low + 1:
        end = m.end("low")
    elif second := m.group("high") or m.group("next"):
        low, high = _range(source, second)
    if low > high or ((whole or low != high) and _more().match(text, end)):
        return None
    said = _said(text, m.start(), end, (low, high, whole))
    if source[0].isdigit():
        grouped = _commas().fullmatch(source)
        return replace(said, thousands=int(source.replace(",", ""))) if grouped else said
    return said if _is_number(text, said, source) else None


def _magnitude(text: str, m: re.Match[str], source: str) -> Amount | None:
    value = written(source)
    if value is None:
        return None
    said = _said(text, m.start(), m.end(), (value, value, None))
    if m.group("order"):
        return replace(said, start=m.start(), qualifier="order", in_words=True)
    return said if said.qualifier != "exact" or source[0] == "n" != source[1] != "g" else None


def _range(first: str, second: str) -> tuple[Number, Number]:
    """Both ends; "5 - 6 triệu" scales both, "1.000 - 2 nghìn" the second only."""
    low, high = written(first), written(second)
    if low is None or high is None or low == high:
        return 1, 0
    scale = scale_value(second)
    shared = scale > 1 and scale_value(first) == 1 and low * scale < high
    return (exact(low * scale) if shared else low), high


@cache
def _more() -> re.Pattern[str]:
    return re.compile(r"[/-]\d")


@cache
def _commas() -> re.Pattern[str]:
    return re.compile(r"[1-9]\d{0,2},\d{3}")


def _said(text: str, first: int, end: int, values: tuple[Number, Number, Number | None]) -> Amount:
    """The amount with its qualifier: the longest that stands right before it, "từ" left out."""
    low, high, whole = values
    reach = text[max(0, first - _REACH) : first].lower()
    clause = reach.translate(_BREAKS).rpartition("\n")[2]
    words = clause.split()
    start = first
    qualifier: Qualifier = "exact"
    if words and words[-1] == "từ" and low != high:
        start = _back(text, start, words.pop())
    for size in range(min(4, len(words)), 0, -1):
        phrase = " ".join(words[-size:])
        if phrase in _false():
            break
        if phrase in _qualifiers():
            if phrase not in _compared() or not _against().match(text, end):
                qualifier = _qualifiers()[phrase]
                for _ in range(size):
                    start = _back(text, start, words.pop())
            break
    return Amount(start, end, low, high, qualifier, first, tuple(words[-4:]), whole)


def _back(text: str, at: int, word: str) -> int:
    """Where the word that stands right before ``at`` begins."""
    while text[at - 1].isspace():
        at -= 1
    return at - len(word)


def _is_number(text: str, said: Amount, source: str) -> bool:
    """Whether a number word is one: not a name (ông Ba), not the year (năm), not an article."""
    word = source.lower()
    if word == "một" and said.whole is None and said.low == said.high:
        return False
    if word == "năm" and said.before and said.before[-1] in vocabulary("numerals")["before năm"]:
        return False
    return not source[0].isupper() or _starts_sentence(text, said.start)


def _starts_sentence(text: str, at: int) -> bool:
    head = text[max(0, at - 4) : at].rstrip(" ")
    return not head or head[-1] in '.!?:;…\n-–+•*“"('


def _leaning(text: str, amount: Amount, following: Amount) -> Amount:
    """``amount`` with the unit's place marked where a change shares it: "từ 5 lên 7 xã"."""
    if amount.before[-1:] != ("từ",) or not 0 < following.start - amount.end < 16:
        return amount
    if not _change().fullmatch(text, amount.end, following.start):
        return amount
    low = amount.low
    scale = scale_value(text[following.first : following.end])
    if scale > 1 and scale_value(text[amount.first : amount.end]) == 1:
        low = exact(low * scale) if low * scale < 20 * following.low else low
    return replace(amount, leans=True, low=low, high=low)


def closing(text: str, at: int) -> tuple[Qualifier | None, int]:
    """The qualifier that follows a unit ending at ``at`` (trở lên, có lẻ), and where it ends."""
    m = _closing_pattern().match(text, at)
    if m is None:
        return None, at
    return _closing_words()[" ".join(m.group(1).split())], m.end()


@cache
def _closing_words() -> MappingProxyType[str, Qualifier]:
    words = vocabulary("numerals")
    return MappingProxyType({w: q for q in _SAID for w in words.get(f"after {q}", ())})


@cache
def _closing_pattern() -> re.Pattern[str]:
    return re.compile(rf"{_B}+({alternation(_closing_words())}){END}")


@cache
def _qualifiers() -> MappingProxyType[str, Qualifier]:
    words = vocabulary("numerals")
    return MappingProxyType({w: q for q in _SAID for w in words[q]})


@cache
def _compared() -> frozenset[str]:
    return frozenset(vocabulary("numerals")["compared"])


@cache
def _false() -> frozenset[str]:
    return frozenset(vocabulary("numerals")["not qualifiers"])


@cache
def _against() -> re.Pattern[str]:
    return re.compile(r"[^.;:!?\n]{0,45}?\bso với\b")


@cache
def _change() -> re.Pattern[str]:
    words = alternation(vocabulary("numerals")["change"])
    return re.compile(rf"{_B}+{words}{_B}+")
