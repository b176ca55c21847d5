"""Percentages and percentage points, with ranges.

| text | value |
|---|---|
| trên 95% số hộ | > 95% |
| 35-37% | 35 to 37% |
| từ 20% đến 30% | 20 to 30% |
| tăng 0,5 điểm phần trăm | 0.5 points |
| tăng từ 60 lên 65% | 60% · 65% |
| hai mươi phần trăm | 20% |
| tăng trưởng âm 3,2%, xuất khẩu -5% | -3.2% · -5% |
| trực 24/24 giờ | nothing |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from newsextract.amount import Amount
from newsextract.facts.reading import Kind, Reading
from newsextract.letters import BLANK, BLANKS
from newsextract.model import Fact, Number, Qualifier
from newsextract.quantities import below_zero, quantities
from newsextract.vocabulary import word_set


@dataclass(frozen=True, slots=True)
class Percent:
    """``low`` to ``high`` per hundred (equal where one number is said); ``points`` of it."""

    low: Number
    high: Number
    qualifier: Qualifier = "exact"
    points: bool = False


_OPENINGS = ("%", "phần", "điểm")


@cache
def _sign() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}?(?P<points>điểm{BLANKS})?(?:%|phần{BLANK}+trăm)(?!\w)")


@cache
def _yearly() -> re.Pattern[str]:
    """A year under the stroke before what closes a percentage: 12%/năm trở lên."""
    return re.compile(rf"{BLANK}?/{BLANK}?năm(?={BLANK}+trở{BLANK}+(?:lên|xuống))")


def _compared() -> frozenset[str]:
    return word_set("numerals", "compared")


def _read(reading: Reading) -> Iterator[Fact[Percent]]:
    sign, text = _sign().match, reading.text

    def points(amount: Amount) -> tuple[bool, int] | None:
        m = sign(text, amount.end)
        if m is None:
            return None
        yearly = _yearly().match(text, m.end())
        return m.group("points") is not None, (yearly or m).end()

    found = reading.amounts
    places = [i for i, a in enumerate(found) if a.after in _OPENINGS]
    for q in quantities(text, found, places, points, lists=True):
        if q.unit and text[q.start : q.amount.first].strip().lower() in _compared():
            q = q._replace(
                start=q.amount.first, qualifier="exact"
            )  # a difference has no other side
        start, low, high = below_zero(text, q)
        value = Percent(low, high, q.qualifier, q.unit)
        yield reading.fact("percent", start, q.end, value, rule="shared" if q.shared else "percent")


def _value(low: int, high: int) -> dict[str, Any]:
    return {"low": low, "high": high, "qualifier": "exact", "points": False}


KIND = Kind(
    "percent",
    50,
    _read,
    examples=(
        ("percent", "đạt 5-7% kế hoạch", _value(5, 7)),
        ("shared", "giảm từ 12 xuống 4%", _value(12, 12)),
        ("percent", "có 12 phần quà", None),
    ),
)
