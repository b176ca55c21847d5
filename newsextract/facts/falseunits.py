"""Letters behind a number that look like a unit and are none: of a code, of an hour."""

from __future__ import annotations

import re
from functools import cache

from newsextract.amount import Amount
from newsextract.letters import BLANKS
from newsextract.vocabulary import word_set


def is_code(text: str, amount: Amount, m: re.Match[str]) -> bool:
    """Whether a label takes the number with its letter, or without: chuyên án 918L, QL 14 km 12."""
    labels = word_set("labels", "labels")
    if labels.isdisjoint((" ".join(amount.before[-2:]), *amount.before[-1:])):
        return False
    letter = len(m["unit"]) == 1 and text[amount.end].isupper()
    return letter or text[m.end() : m.end() + 2].strip()[:1].isdigit()


def is_hour(text: str, amount: Amount) -> bool:
    """Whether "g" is that of the clock: đến 14g, mở cửa từ 6g đến 21g."""
    if amount.low > _DAY or amount.before[-1:] not in _CLOCKED:
        return False
    return text[amount.end] == "g" and _clock_ends().match(text, amount.end + 1) is not None


_DAY = 24
_CLOCKED = tuple((w,) for w in ("lúc", "hồi", "vào", "từ", "đến", "tới", "trước", "sau"))


@cache
def _clock_ends() -> re.Pattern[str]:
    stop = rf"{BLANKS}(?:[.,;:!?)\n]|\Z)"
    return re.compile(rf"{stop}|{BLANKS}(?:đến|tới|-|–){BLANKS}\d\d?g{stop}")
