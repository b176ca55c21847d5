"""A number as it stands in a text, and what two that stand together say: a range, a change."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from newsextract.letters import BLANK
from newsextract.model import Number, Qualifier
from newsextract.numeral_words import exact, range_of, scale_value
from newsextract.vocabulary import alternation, vocabulary


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


NEAR = 16
"""Characters between two numbers that may have something to do with each other."""
_SOME = frozenset(("có", "chỉ", "mất", "được", "tới", "đến", "thêm"))
_FEW = 10
_THOUSAND = 1_000


def together(text: str, first: Amount, second: Amount) -> Amount | None:
    """Both as one range: mười lăm, hai mươi hộ; khoảng 3, 4 đoàn; 03 (ba) đến 05 (năm) triệu."""
    gap = text[first.end : second.start]
    if gap not in (", ", " đến ", " tới ") or first.whole or second.whole:
        return None
    if first.low != first.high or second.low != second.high or second.qualifier != "exact":
        return None
    said = [text[a.first : a.end] for a in (first, second)]
    if gap != ", ":
        alike = said[0].endswith(")") and not first.leans
    elif first.in_words or second.in_words:
        alike = first.in_words and second.in_words and first.qualifier != "order"
    else:
        some = first.qualifier != "exact" or not _SOME.isdisjoint(first.before[-1:])
        alike = some and first.low + 1 == second.low < _FEW and said[0].isdigit()
    if not alike:
        return None
    low, high = range_of(*(_bracket().sub("", s) for s in said))
    if low > high:
        return None
    return first._replace(end=second.end, low=low, high=high, after=second.after)


@cache
def _bracket() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}?\([^()]*\)")


def leaning(text: str, amount: Amount, following: Amount) -> Amount:
    """``amount`` with the unit's place marked where a change shares it: "từ 5 lên 7 xã"."""
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
