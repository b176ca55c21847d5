"""Percentages and percentage points, with ranges.

trên 95% số hộ            → 95, over
35-37%                    → 35 to 37
từ 20% đến 30%            → 20 to 30
tăng 0,5 điểm phần trăm   → 0.5 points
tăng từ 60 lên 65%        → 60 · 65
hai mươi phần trăm        → 20
lãi suất 24/24            → –
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact, Number, Qualifier
from newsextract.numerals import Amount
from newsextract.quantities import quantities


@dataclass(frozen=True, slots=True)
class Percent:
    """``low`` to ``high`` per hundred (equal where one number is said); ``points`` of it."""

    low: Number
    high: Number
    qualifier: Qualifier = "exact"
    points: bool = False


@cache
def _sign() -> re.Pattern[str]:
    return re.compile(r"[^\S\n]?(?P<points>điểm[^\S\n]*+)?(?:%|phần[^\S\n]+trăm)(?!\w)")


def _read(reading: Reading) -> Iterator[Fact[Percent]]:
    sign, text = _sign().match, reading.text

    def points(amount: Amount) -> tuple[bool, int] | None:
        m = sign(text, amount.end)
        return m and (m.group("points") is not None, m.end())

    for q in quantities(text, reading.amounts, points):
        value = Percent(q.low, q.high, q.qualifier, q.unit)
        yield reading.fact("percent", q.start, q.end, value, "shared" if q.shared else "percent")


KIND = Kind("percent", 50, _read)
