"""Sums of money, with their currency and what they are paid per.

    hơn 1,2 tỷ đồng                     → 1200000000 VND, over
    365 tỷ 592 triệu đồng               → 365592000000 VND
    65 triệu đồng/người/năm             → 65000000 VND, per người/năm
    từ 2,5 đến 3 triệu đồng/tháng       → 2500000 to 3000000 VND, per tháng
    15.000đ/kg                          → 15000 VND, per kg
    38 tỷ USD                           → 38000000000 USD
    thu 5 tỷ đồng, chi 3 tỷ             → 5000000000 VND · 3000000000 VND
    20 đồng chí                         → –
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact, Number, Qualifier
from newsextract.numerals import Amount
from newsextract.quantities import per_source, per_text, quantities
from newsextract.vocabulary import alternation, vocabulary


@dataclass(frozen=True, slots=True)
class Money:
    """``low`` to ``high`` in ``currency`` (ISO 4217); ``per`` as written: "người/năm"."""

    low: Number
    high: Number
    currency: str
    per: str | None = None
    qualifier: Qualifier = "exact"


@cache
def _names() -> MappingProxyType[str, str]:
    currencies = vocabulary("currencies").items()
    return MappingProxyType({w: code for code, words in currencies if code.isupper() for w in words})


@cache
def _currency() -> re.Pattern[str]:
    words = vocabulary("currencies")
    return re.compile(
        rf"[^\S\n]*+(?!{alternation(words['not currencies'])}(?!\w))"
        rf"(?P<name>{alternation(_names())})(?!\w)(?P<per>{per_source()})?"
    )


@cache
def _bare() -> re.Pattern[str]:
    # A bare "tỷ" is money where nothing is counted after it.
    return re.compile(rf"(?P<per>{per_source()})|(?=[^\S\n]*+(?:[.,;:)”\"…\n/-]|$))")


@cache
def _money_words() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternation(vocabulary('currencies')['context'])}(?!\w)", re.I)


def _read(reading: Reading) -> Iterator[Fact[Money]]:
    text = reading.text

    def unit_at(amount: Amount) -> tuple[tuple[str, str | None], int] | None:
        m = _currency().match(text, amount.end)
        code = "VND"
        if m:
            code = _names()[" ".join(m.group("name").split())]
        elif not (m := _bare_money(reading, amount)):
            return None
        return (code, per_text(m.group("per"))), m.end()

    for q in quantities(text, reading.amounts, unit_at):
        amount = q.amount
        low, high = q.low, q.high
        if amount.thousands is not None and low == high:
            low = high = amount.thousands
        value = Money(low, high, *q.unit, q.qualifier)
        yield reading.fact("money", q.start, q.end, value, "shared" if q.shared else "currency")


def _bare_money(reading: Reading, amount: Amount) -> re.Match[str] | None:
    text = reading.text
    if not text[amount.first : amount.end].endswith(("tỷ", "tỉ", "triệu")):
        return None
    m = _bare().match(text, amount.end)
    if m is None:
        return None
    start, end = reading.sentence(amount.start, amount.end)
    return m if _money_words().search(text, start, end) else None


KIND = Kind("money", 60, _read)
