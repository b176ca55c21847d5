"""A currency that stands before its sum: ``$500``, ``US$ 3 triệu``, ``USD 1,5 tỷ``."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from newsextract.amount import Amount
from newsextract.facts.baresum import ends_in_scale
from newsextract.letters import BLANK
from newsextract.model import Qualifier
from newsextract.qualifiers import before
from newsextract.quantities import Quantity
from newsextract.vocabulary import alternation, vocabulary

_SIGNS = "$€£"
_LONGEST = 6  # characters of the longest sign, with one before it and a blank behind


def signed(text: str, amount: Amount) -> re.Match[str] | None:
    """The sign or code (group ``name``) right before the figures of ``amount``.

    A code in letters counts before a scale word only: in "giá USD 23.500" it names what is sold.
    """
    near = text[max(0, amount.first - _LONGEST) : amount.first]
    last = near.rstrip(" ")[-1:]
    if not last or (last not in _SIGNS and not (last.isupper() and ends_in_scale(text, amount))):
        return None
    return _sign().search(text, amount.first - len(near), amount.first)


def opening(text: str, quantity: Quantity[Any]) -> tuple[int, Qualifier]:
    """Where a sum with a sign before it begins, and what is said of it: before the sign, or after
    the sum."""
    sign = signed(text, quantity.amount)
    if sign is None:
        return quantity.start, quantity.qualifier
    span = sign.start("name"), quantity.end
    start, said, _ = before(text, span, None, ranged=quantity.low != quantity.high)
    return start, said if quantity.qualifier == "exact" else quantity.qualifier


@cache
def _sign() -> re.Pattern[str]:
    names = [w for code, words in vocabulary("currencies").items() if code.isupper() for w in words]
    signs = [w for w in names if re.fullmatch(rf"[A-Z]{{0,2}}[{_SIGNS}]|[A-ZĐ]{{3}}", w)]
    return re.compile(rf"(?<![\w.,$])(?P<name>{alternation(signs)}){BLANK}?\Z")
