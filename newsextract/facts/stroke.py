"""What two numbers over a stroke are when they are no ratio: a day, a plan, an address, a rank."""

from __future__ import annotations

import re
from functools import partial

from newsextract.amount import Amount
from newsextract.letters import BLANK
from newsextract.model import Number
from newsextract.vocabulary import word_set

_labels = partial(word_set, "labels")
_SCALES = frozenset((100, 200, 500, 1000, 2000, 5000, 10000, 25000, 50000, 100000, 200000, 500000))
"""Scales of maps and plans: 1/500."""

_MOVES = (("xuống",), ("lên",), ("sang",), ("đến",), ("tới",))
"""From one place in an order to another: từ thứ 52/141 xuống 59/128."""
_DAYS = re.compile(r"(?<![\d/.,])(?:[012]?\d|3[01])/(?:0?\d|1[0-2])(?:,|,? và) \Z")
"""A day without its year in a list of days: 30/4, 1/5 và 2/9."""
_RANKED = re.compile(rf"(?:thứ|hạng|vị trí){BLANK}+\d+/\d+[^.;\n]*+\Z")


def is_no_ratio(text: str, amount: Amount, whole: Number) -> bool:
    """Whether ``amount`` over ``whole`` is a day (6/2), a scale (1/500), an address or a rank.

    Days are told by the word before them (sáng 6/2); "có 6/9 hộ" is a ratio though it could be
    a day. More than the whole is read only where it can be no day: 62/39 cuộc thanh tra.
    """
    part, before = amount.low, amount.before
    printed = text[amount.first : amount.end]
    years = 1900 <= part <= 2100 and 1900 <= whole <= 2100 and "." not in printed
    if years or not whole or (part == 1 and whole in _SCALES):
        return True
    if part > whole and (whole <= 12 or whole < part / 2):
        return True
    two = " ".join(before[-2:])
    said = {*before[-1:], two}
    if said & _labels("stroke before") and two not in _labels("not labels"):
        return True  # "nhà số 5/12", unlike "tổng số 209/1.700 mẫu"
    if not isinstance(part, int):
        return True  # 35,4/100 is a score
    if 1945 <= whole <= 2100 and "." not in printed and said & _labels("year before stroke"):
        return True
    if before[-1:] in _MOVES and _RANKED.search(text, max(0, amount.start - 40), amount.start):
        return True
    return part <= 31 and whole <= 12 and _is_day(text, amount, said)


def _is_day(text: str, amount: Amount, said: set[str]) -> bool:
    """Whether what could be a day is one: behind a word of time, or in a list of days."""
    before = amount.before
    if _DAYS.search(text, max(0, amount.start - 16), amount.start):
        return True
    if not said & _labels("date before"):
        return False
    if before[-1] == "nay" and before[-2:-1] in (("hiện",), ("đến",), ("tới",)):
        return False  # "hiện nay 11/12 xã", unlike "sáng nay 11/12"
    return len(before) < 2 or before[-2] not in _labels("number before date")


def is_rank(amount: Amount) -> bool:
    """Whether the number is a place in an order: thứ 7 trong số 10 giếng."""
    return amount.before[-1:] in (("thứ",), ("hạng",))
