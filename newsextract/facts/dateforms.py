"""The forms of a date: each reader finds what stands at one figure and says by which rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from newsextract.facts.calendar import YEAR, month_number, month_words
from newsextract.facts.datechain import Period, Point, amount_after, first_of, last_of, read_chain
from newsextract.facts.datecues import (
    NEAR,
    before_figure,
    day_cue,
    is_bound,
    is_bracketed,
    is_length,
    start_of,
)
from newsextract.letters import BLANK, BLANKS, LETTER
from newsextract.vocabulary import alternation

Unit = Literal["month", "quarter", "year"]
Precision = Literal["day", "month", "quarter", "half", "year", "decade", "term"]

INSIDE = (",", "/", ".", "-")
"""Before a figure these make it the later part of a number or date."""


class Found(NamedTuple):
    """A period of the text, how exactly it is named, and the rule that read it."""

    start: int
    period: Period
    precision: Precision
    rule: str


_NAME = {"month": "tháng", "quarter": "quý", "year": "năm"}


@cache
def _lunar() -> re.Pattern[str]:
    return re.compile(rf"{BLANKS}\(?(?:(?i:âm{BLANK}+lịch)|ÂL\b|AL\b)")


def days(text: str, at: int, before: str) -> Iterator[Found]:
    """Days at a figure; one without a year needs a word before it that says so."""
    word, cue, bracketed = day_cue(text, at, before)
    if not word and text[at - 1 : at].isalpha():
        return
    periods = read_chain(text, at, "day")
    if not periods or _lunar().match(text, periods[-1].end):
        return
    solar = word not in ("", "mùng", "mồng")
    if solar and is_length(text, cue, at):
        # "2 ngày 5 và 6/3" tells which two all the same.
        solar = len(periods) > 1 or periods[0].first != periods[0].last
    start = cue if word == "ngày" and not bracketed else at
    for period in periods:
        ranged = period.first != period.last
        bound = before == "từ" if ranged else is_bound(text, at, before, period.end)
        bound = bound or (text[at - 1 : at] == "(" and is_bracketed(text, at, period.end))
        if solar or bound or not period.first.startswith("--"):
            place = start if period is periods[0] else period.start
            yield Found(place, period, "day", "range" if ranged else "day")


@cache
def _name(unit: str) -> re.Pattern[str]:
    name = rf"(?<![{LETTER}0-9]){_NAME[unit]}{BLANKS}[:(“\"]?{BLANKS}\Z"
    return re.compile(name, re.IGNORECASE)


def named(text: str, at: int, unit: Unit) -> Iterator[Found]:
    """Months after "tháng", quarters after "quý", years after "năm"."""
    start = start_of(_NAME[unit], text, at)
    if start is None:
        near = max(at - NEAR, 0)
        name = _name(unit).search(text[near:at])
        if name is None:
            return
        start = near + name.start()
    if is_length(text, start, at) or (unit == "month" and _is_lunar(text, at)):
        return
    periods = read_chain(text, at, unit)
    if not periods or _lunar().match(text, periods[-1].end):
        return
    for period in periods:
        place = start if period is periods[0] else period.start
        yield Found(place, period, unit, unit)


_SINCE = frozenset(("từ", "hồi", "đến", "tới", "hết", "trước", "sau"))


def bare_months(text: str, at: int, before: str) -> Iterator[Found]:
    """A month and its year without the word: "từ 9/2019", "hồi 7/2014", "bổ nhiệm (9/2016)"."""
    bracketed = text[at - 1 : at] == "("
    if not (bracketed or before in _SINCE):
        return
    for period in read_chain(text, at, "month"):
        whole = period.first[:4].isdecimal() and not _lunar().match(text, period.end)
        if whole and (not bracketed or text[period.end : period.end + 1] == ")"):
            yield Found(period.start, period, "month", "month")


def _is_lunar(text: str, at: int) -> bool:
    """Whether the month in figures at ``at`` is one of the moon's year."""
    return _full_moon().search(text[max(at - NEAR, 0) : at]) is not None


@cache
def _full_moon() -> re.Pattern[str]:
    """Before a month of the moon's year: rằm tháng 7, mùng 10 tháng 3."""
    return re.compile(
        rf"(?<!\w)(?:rằm|m[ùồ]ng{BLANK}+\d{{1,2}}){BLANK}+tháng{BLANKS}\Z", re.IGNORECASE
    )


@cache
def _two_years() -> re.Pattern[str]:
    link = rf"{BLANKS}(?:[–-]|đến(?:{BLANK}+năm)?){BLANKS}"
    return re.compile(rf"({YEAR}){link}({YEAR})(?![/.,-]?[0-9])(?P<open>{BLANKS}[\w%])?")


@cache
def _decade() -> re.Pattern[str]:
    return re.compile(rf"(?<![{LETTER}])những{BLANK}+năm{BLANK}+\Z", re.IGNORECASE)


def years(text: str, at: int, before: str) -> Iterator[Found]:
    """A span of years ("giai đoạn 2016-2020"), a term of office, a decade, or plain years."""
    window = text[max(at - NEAR, 0) : at]
    two = _two_years().match(text, at)
    if two and 0 < int(two[2]) - int(two[1]) <= 60 and text[at - 1 : at] not in INSIDE:
        term = before_figure("term").search(window)
        cue = term or before_figure("span").search(window)
        counted = amount_after("counted").match(text, two.end(2))
        if not two["open"] or (cue and not (counted and cue["word"].lower() == "từ")):
            says = cue and cue["word"] != "từ" and "(" not in cue.group()
            start = at - len(window) + cue.start() if cue and says else at
            period = Period(start, two.end(2), f"{two[1]}-01-01", f"{two[2]}-12-31")
            rule = "term" if term else "years"
            yield Found(start, period, "term" if term else "year", rule)
    elif before == "năm":
        decade = _decade().search(window) if text[at + 3] == "0" else None
        if decade:
            year = int(text[at : at + 4])
            start = at - len(window) + decade.start()
            period = Period(start, at + 4, f"{year}-01-01", f"{year + 9}-12-31")
            yield Found(start, period, "decade", "decade")
        elif text[at] == "1" and text[at + 1] < "8":
            yield from _old_year(text, at)
        else:
            yield from named(text, at, "year")


def _old_year(text: str, at: int) -> Iterator[Found]:
    """A year before 1800, where nothing stands behind that it could count: "năm 1428,"."""
    start = start_of("năm", text, at)
    if start is None or is_length(text, start, at) or _closes().match(text, at + 4) is None:
        return
    year = text[at : at + 4]
    yield Found(start, Period(start, at + 4, f"{year}-01-01", f"{year}-12-31"), "year", "year")


@cache
def _closes() -> re.Pattern[str]:
    return re.compile(rf"{BLANKS}(?:[,;:)(]|\.(?![0-9])|\n|\Z)(?!{BLANK}?[0-9])")


@cache
def _span_of_months() -> re.Pattern[str]:
    year = rf"(?:{BLANK}+(?P<y>{YEAR}))?"
    return re.compile(
        rf"tháng{BLANK}+(?P<side>đầu|cuối){BLANK}+(?:của{BLANK}+)?năm(?!{BLANK}+học){year}(?![0-9])",
        re.IGNORECASE,
    )


@cache
def _word_month() -> re.Pattern[str]:
    month = alternation(month_words())
    comma = rf"{BLANKS}(?:/|,?{BLANKS}năm{BLANK}+)"
    return re.compile(rf"tháng{BLANK}+(?P<m>{month}){comma}(?P<y>{YEAR})", re.IGNORECASE)


@cache
def _how_many() -> re.Pattern[str]:
    number = rf"(?P<n>1[01]|[2-9]|{alternation(month_words())})"
    return re.compile(rf"(?<![{LETTER}0-9/.,-])0?{number}{BLANK}+\Z", re.IGNORECASE)


def months(text: str, at: int) -> Iterator[Found]:
    """ "6 tháng đầu năm 2019" from its figure, and months in words with a year."""
    if text[at - 1 : at].isalpha():
        return
    span, word = _span_of_months().match(text, at), _word_month().match(text, at)
    if span:
        window = text[max(at - 12, 0) : at]
        many = _how_many().search(window)
        if not many:
            return
        n = month_number(many["n"])
        first, last = (1, n) if span["side"].lower() == "đầu" else (13 - n, 12)
        year = int(span["y"]) if span["y"] else None
        start = at - len(window) + many.start()
        ends = first_of(Point(0, 0, year, first)), last_of(Point(0, 0, year, last))
        precision: Precision = "half" if n == 6 else "month"
        yield Found(start, Period(start, span.end(), *ends), precision, "months")
    elif word and not _lunar().match(text, word.end()):
        point = Point(at, word.end(), int(word["y"]), month_number(word["m"]))
        period = Period(at, word.end(), first_of(point), last_of(point))
        yield Found(at, period, "month", "month")
