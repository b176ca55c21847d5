"""A sum said without its currency: ``chi 3 tỷ``, ``lương 80 triệu``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from newsextract.amount import Amount
from newsextract.facts.reading import Reading
from newsextract.letters import BLANK, BLANKS
from newsextract.nouns import after_blanks, noun_at
from newsextract.quantities import in_clause, per_source
from newsextract.vocabulary import vocabulary, whole_words, word_set

_THOUSANDS = ("nghìn", "ngàn")
_NO_UNITS = ("not units", "sized", "proof", "sampled")
_CLAUSE = 48  # characters before a number in which its clause may name what is counted
_NEAR = 250  # characters of the sentence on either side in which money is spoken of


def ends_in_scale(text: str, amount: Amount) -> bool:
    """Whether the number ends in triệu or tỷ."""
    return _ends_in(text, amount, ("tỷ", "tỉ", "triệu", "tr"))


def may_be_price(text: str, amount: Amount) -> bool:
    """Whether the number ends in nghìn, and what follows allows that it is a sum."""
    return not amount.after[:1].isalpha() and _ends_in(text, amount, _THOUSANDS)


def _ends_in(text: str, amount: Amount, scales: tuple[str, ...]) -> bool:
    tenth = text[amount.end - 1].isdigit()
    if tenth and not (text[amount.end - 2].isspace() and text[amount.end - 3].isalpha()):
        return False
    return _scale(text, amount).endswith(scales)


def bare_sum(reading: Reading, amount: Amount) -> re.Match[str] | None:
    """What follows ``amount``, with its rate as group ``per``, if it is a sum; else None.

    A bare "tỷ" is money unless something counted by the billion or weighed follows; a bare
    "triệu" only before a stop or a word that is no noun, behind a verb of paying or in a sentence
    that speaks of money. Behind "dân số" and its like neither is.
    """
    if unicodedata.category(reading.text[amount.first - 1 : amount.first] or " ") == "Sc":
        return None  # "¥5 tỷ": of which currency, yen or yuan, the sign does not say
    paid = set(amount.before[-1:]) & word_set("currencies", "paying")
    if _counts(bool(paid)).search(reading.text, max(0, amount.start - _CLAUSE), amount.start):
        return None
    if not paid and _goes_on_counting(reading, amount):
        return None
    scale = _scale(reading.text, amount)
    if scale.endswith(("tỷ", "tỉ")):
        return _after_billion().match(reading.text, amount.end)
    if scale.endswith(_THOUSANDS):
        return _thousands(reading, amount)
    if not scale.endswith(("triệu", "tr")):
        return None
    if each := _for_each().match(reading.text, amount.end):
        return each  # unlike "58 triệu/lít", which may be litres
    m = _after_million().match(reading.text, amount.end)
    if m is None or paid:
        return m
    return m if _speaks_of_money(reading, amount) else None


def _goes_on_counting(reading: Reading, amount: Amount) -> bool:
    """Whether the number before it counted something, and nothing was said of money since.

    3,6 triệu thuê bao, mạng kia có 3 triệu.
    """
    start = max(reading.sentence(amount.start, amount.end).start, amount.start - _NEAR)
    text, noun = reading.text, None
    for m in _scaled().finditer(text, start, amount.start):
        after = after_blanks(text, m.end())
        noun = noun_at(text, after) or (noun if text.startswith(_JOINTS, after) else None)
    return noun is not None and not _money_words().search(text, noun.end, amount.start)


_JOINTS = (",", ";", ")", "và ")


@cache
def _scaled() -> re.Pattern[str]:
    return re.compile(rf"\d{BLANK}*+(?:triệu|tỷ|tỉ)(?!\w)")


def _thousands(reading: Reading, amount: Amount) -> re.Match[str] | None:
    """A bare nghìn that is a sum: per what is sold, or behind a verb of paying and before a stop.

    5 ngàn/kg · thuê xe 120 nghìn/ngày · phạt 300 nghìn.
    """
    m = _price().match(reading.text, amount.end)
    if m:
        return m if m["sold"] or _speaks_of_money(reading, amount) else None
    if not set(amount.before[-1:]) & word_set("currencies", "small paying"):
        return None
    return _after_thousand().match(reading.text, amount.end)


def _speaks_of_money(reading: Reading, amount: Amount) -> bool:
    start, end = reading.sentence(amount.start, amount.end)
    near = max(start, amount.start - _NEAR), min(end, amount.end + _NEAR)
    return _money_words().search(reading.text, *near) is not None


def _scale(text: str, amount: Amount) -> str:
    number = text[max(amount.first, amount.end - 10) : amount.end]
    if number[-1].isdigit():
        number = number[:-1]  # 1 tỷ 2
    return number.lower().removesuffix("rưỡi").removesuffix("rưởi").rstrip(" .")


@cache
def _after_billion() -> re.Pattern[str]:
    units = {w for name, ws in vocabulary("units").items() if name not in _NO_UNITS for w in ws}
    words = whole_words({w.lower() for w in (*vocabulary("nouns")["billions"], *units)})
    # "2 tỷ 5" and "3 tỷ 200" say more than two and three billions.
    more = rf"{BLANK}+\d{{1,3}}{BLANKS}(?:[.,;:!?()”\"](?!\d)|$|\n)"
    return re.compile(rf"(?P<per>{per_source()})|(?!{more}|{BLANKS}(?i:{words})|{BLANK}?[%/])")


@cache
def _after_million() -> re.Pattern[str]:
    after = whole_words(vocabulary("currencies")["after bare"])
    return re.compile(rf"(?P<per>{per_source()})|(?={BLANKS}(?:[.,;:)?!”\"…\n/–-]|$|{after}))")


@cache
def _for_each() -> re.Pattern[str]:
    """A rate whose first word is counted: nobody writes of things 2 triệu/hộ."""
    things = whole_words(vocabulary("rates")["per"])
    return re.compile(rf"(?={BLANK}?/{BLANK}?{things})(?P<per>{per_source()})(?!{BLANK}?/?\d)")


@cache
def _counts(paid: bool) -> re.Pattern[str]:
    """What is counted, named in the clause before its number.

    Behind a verb of paying an own number was it: diện tích 90 m2, or "diện tích 90 m2 giá 3 tỷ".
    """
    return in_clause(vocabulary("currencies")["no sum"], without="0-9" if paid else "")


@cache
def _price() -> re.Pattern[str]:
    words = vocabulary("currencies")
    sold, time = whole_words(words["priced"]), whole_words(words["priced time"])
    return re.compile(
        rf"(?P<per>{BLANK}?/{BLANK}?(?:(?P<sold>{sold})|{time})"
        rf"(?:{BLANK}?/{BLANK}?(?:{sold}|{time}))?+)(?!{BLANK}?[/\d])"
    )


@cache
def _after_thousand() -> re.Pattern[str]:
    return re.compile(rf"(?P<per>(?!))?(?={BLANKS}(?:[.,;:)?!”\"…](?!\d)|$|\n))")


@cache
def _money_words() -> re.Pattern[str]:
    words = vocabulary("currencies")
    false, true = whole_words(words["not context"]), whole_words(words["context"])
    return re.compile(rf"(?<!\w)(?!{false}){true}", re.IGNORECASE)
