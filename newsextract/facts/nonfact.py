"""What is written with numbers and is no fact; it keeps those numbers from being counted.

Its value is the sort of thing it is: a time ("trong 5 năm", "45 tuổi"), a label ("lớp 5", "Quốc lộ
1", "quận 3") or a bare year ("Đầu 2018 người dân …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from newsextract.amount import Amount
from newsextract.counted import phrase_at
from newsextract.facts.reading import Kind, Reading
from newsextract.letters import BLANK, BLANKS
from newsextract.model import Fact
from newsextract.nouns import sort_at
from newsextract.vocabulary import openings, vocabulary, whole_words, word_set

_labels = partial(word_set, "labels")
_MEMBERS = ("people", "matters", "things")
"""Sorts of nouns that make a group out of a number: nhóm 5 giải pháp."""
_MINUTES = (15, 30, 45)
"""What stands after an hour without the word phút."""


@cache
def _time() -> re.Pattern[str]:
    words = vocabulary("labels")
    return re.compile(
        rf"{BLANKS}(?!{whole_words(words['not time'])})"
        rf"{whole_words(words['time'])}"
    )


@cache
def _times() -> frozenset[str]:
    return openings(vocabulary("labels")["time"])


def _read(reading: Reading) -> Iterator[Fact[str]]:
    text, listed, times, ends = reading.text, 0, _times(), _label_ends()
    counted = 0  # the end of the last number that may be a quantity
    before = -_NOUN  # the end of the number before, of whatever it is
    for amount in reading.amounts:
        start, end = amount.start, amount.end
        inner, before = start - before < _NOUN and _is_in_noun(text, before, start), end
        if inner:
            continue
        last = amount.before[-1] if amount.before else ""
        if amount.after in times and (m := _time().match(text, end)):
            yield reading.fact("nonfact", start, m.end(), "time", rule="time")
        elif last == "giờ" and _is_minutes(amount):
            yield reading.fact("nonfact", start, end, "time", rule="minutes")
        elif _is_code(text, amount):
            yield reading.fact("nonfact", start, end, "label", rule="code")
        elif last in _labels("holders") and _is_held(text, amount, counted):
            counted = end
        elif (last in ends or amount.after == "bánh") and _is_label(text, amount):
            listed = end if last in _labels("listed labels") else 0
            yield reading.fact("nonfact", start, end, "label", rule="label")
        elif listed and start == amount.first and _is_listed(text, amount, listed):
            # In "tổ 42, 52 phường Minh Tân" the second number is a name like the first.
            listed = end
            yield reading.fact("nonfact", start, end, "label", rule="label")
        elif _is_year(text, amount):
            yield reading.fact("nonfact", start, end, "year", rule="year")
        else:
            counted = end


_NOUN = 16  # characters of what is counted, up to a number inside its name


def _is_in_noun(text: str, counted: int, at: int) -> bool:
    """Whether what is counted has the number at ``at`` in its name: 3 căn nhà cấp 4, 2 ngã ba."""
    phrase = phrase_at(text, counted)
    return phrase is not None and phrase[1] > at


def _is_held(text: str, amount: Amount, counted: int) -> bool:
    """Whether the word before is counted itself and holds what this counts: 2 tầng 8 phòng."""
    between = text[counted : amount.start].split()
    return counted > 0 and len(between) == 1 and sort_at(text, amount.end) is not None


def _is_code(text: str, amount: Amount) -> bool:
    """Whether it ends a road post (Km604 +800), a clock (GMT +7), a plate, or a torn ratio."""
    if amount.after == "ts" and amount.low >= _PLATE:
        return "." not in text[amount.first : amount.end]
    before = text[max(0, amount.first - 2) : amount.first]
    if before[-1:] != "+" and not (before[-1:] == " " and before[0].isdigit()):
        return False
    return _torn().search(text, max(0, amount.first - 16), amount.first) is not None


_PLATE = 10_000


@cache
def _torn() -> re.Pattern[str]:
    """What the rest of a number follows: Km604 +800, GMT +7; and 7 7/7 7 phiếu, which was 77/77."""
    return re.compile(rf"(?:(?i:km){BLANK}?\d+|GMT|UTC){BLANK}?\+\Z|\d \d+/\d+[.,]? \Z")


def _is_listed(text: str, amount: Amount, listed: int) -> bool:
    """Whether the number goes on a list of labels; behind a dash "tổ 5 - 120 hộ" counts."""
    joint = _comma().fullmatch(text, listed, amount.start)
    dashed = joint is not None and joint[0].strip() in ("-", "–")
    return joint is not None and not (dashed and _counted().match(text, amount.end))


@cache
def _comma() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}*(?:,|;|và|-|–|,{BLANK}*và){BLANK}*")


def _is_minutes(amount: Amount) -> bool:
    """Whether, after "giờ", it may be the minutes: "từ 7 giờ 30 học sinh đến trường"."""
    return amount.before[0].isdigit() and amount.low in _MINUTES


def _is_label(text: str, amount: Amount) -> bool:
    """Whether the noun before the number takes it as its name: ``lớp 5``, ``Điều 12``."""
    if not amount.before or amount.qualifier != "exact" or _is_behind_age(amount):
        return False
    last = amount.before[-1]
    if last not in _label_ends():
        return amount.after == "bánh" and last in _labels("wheeled")
    two = " ".join(amount.before[-2:])
    if two in _labels("not labels"):
        return False
    if last not in _labels("firm labels") and _counted().match(text, amount.end):
        return False
    if last == "điều" and _is_sent(text, amount):
        return False
    if amount.low >= 1000 and "." in text[amount.first : amount.end]:
        return last == "km"
    if last == "cấp":
        line = text[max(0, amount.start - 24) : amount.start].rpartition("\n")[2]
        return f" {line}".rstrip().lower().endswith(_grades())
    if amount.in_words:
        return last in _labels("spelled labels") or two in _labels("spelled labels")
    return two in _labels("labels") or _is_own_label(text, amount, last, two)


def _is_own_label(text: str, amount: Amount, last: str, two: str) -> bool:
    """Whether the word before the number takes it as its name, and is not of so many members."""
    if last in _labels("groups") or two in _labels("groups"):
        named = text[amount.end : amount.end + 2].strip()[:1].isupper()
        return named or sort_at(text, amount.end) not in _MEMBERS
    if last in _labels("classes"):
        return sort_at(text, amount.end) != "people"
    return last in _labels("labels")


def _is_sent(text: str, amount: Amount) -> bool:
    """Whether "điều" is the verb: điều 14 xe chữa cháy; "khoản 1 điều 14 xe" is of a law."""
    written = text[max(0, amount.start - 5) : amount.start].rstrip()[-4:]
    if written != "điều" or not _dispatched().match(text, amount.end):
        return False
    lead = amount.before[-2] if len(amount.before) > 1 else ""
    return lead.isalpha() and lead not in _labels("before article")


@cache
def _dispatched() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}+{whole_words(vocabulary('labels')['dispatched'])}")


def _is_behind_age(amount: Amount) -> bool:
    """Whether "tuổi" before the number has one of its own: 3 tuổi 89 cháu."""
    return amount.before[-1] == "tuổi" and amount.before[0].isdigit()


@cache
def _grades() -> tuple[str, ...]:
    return tuple(f" {word} cấp" for word in vocabulary("labels")["levels"])


@cache
def _label_ends() -> frozenset[str]:
    """The last words of all that may label a number."""
    sections = ("labels", "groups", "classes", "spelled labels")
    return frozenset({"cấp", "km", *(w.rsplit(" ", 1)[-1] for s in sections for w in _labels(s))})


@cache
def _counted() -> re.Pattern[str]:
    words = whole_words(vocabulary("labels")["counted after"])
    one = rf"hộ{BLANK}+(?:gia{BLANK}+đình{BLANK}+)?(?:ông|bà|anh|chị|cụ)(?!\w)"  # tổ 3 hộ bà Lan
    return re.compile(rf"{BLANK}+(?!{one}){words}")


_STEMS = frozenset("giáp ất bính đinh mậu kỷ kỉ canh tân nhâm quý quí".split())
_BRANCHES = frozenset("tý tí sửu dần mão mẹo thìn tỵ tị ngọ mùi thân dậu tuất hợi".split())


def _is_old_year(text: str, amount: Amount) -> bool:
    """Whether the number is the year that a name of the cycle of sixty tells: Canh Tuất 1010."""
    printed = text[amount.first : amount.end]
    return amount.before[0] in _STEMS and printed.isdigit() and len(printed) in (3, 4)


def _is_year(text: str, amount: Amount) -> bool:
    """Whether 1900 to 2099 is a year: bare, unless a verb or qualifier makes it a quantity."""
    if amount.before and amount.before[-1] in _BRANCHES:
        return _is_old_year(text, amount)
    if not 1900 <= amount.low <= amount.high <= 2099 or amount.qualifier != "exact":
        return False
    printed = text[amount.first : amount.end]
    if not printed[:4].isdigit() or "." in printed:
        return False
    return not amount.before or amount.before[-1] not in _labels("year before")


KIND = Kind("nonfact", 75, _read, is_fact=False)
