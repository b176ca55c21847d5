"""Days, months, quarters, half-years, years and terms of office.

| text | value |
|---|---|
| ngày 9/6/2017 | 2017-06-09, 2017-06-09, day |
| quý I/2019 | 2019-01-01, 2019-03-31, quarter |
| nhiệm kỳ 2016-2021 | 2016-01-01, 2021-12-31, term |
| sáng 9/6 | --06-09, --06-09, day |
| mỗi tháng 3 lần | nothing |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from newsextract.facts.calendar import YEAR, month_number, month_words
from newsextract.facts.datechain import Period, Point, first_of, last_of, read_chain
from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact
from newsextract.vocabulary import LETTER, alternation, vocabulary

Precision = Literal["day", "month", "quarter", "half", "year", "decade", "term"]


@dataclass(frozen=True, slots=True)
class Date:
    """A day or period: its first and last day (ISO 8601) and how exactly the text names them.

    Where the text names no year, ``start`` and ``end`` have none: ``--06-09`` for a day, ``--06``
    for a month; ``newsextract.resolve`` fills them from the article's day where that is sure.
    """

    start: str
    end: str
    precision: Precision


def read(reading: Reading) -> Iterator[Fact[Date]]:
    """Every date: found at its figures by the word before them, or at "quý" and "tháng"."""
    text = reading.text
    for start, end, before in reading.runs:
        if end - start == 4:
            if text[start] in "12":
                yield from _years(reading, start, before)
        elif end - start > 2 or text[start - 1 : start] in _INSIDE:
            continue
        elif before.endswith("tháng"):
            yield from _named(reading, start, "month")
        elif (
            before in _cue_ends()
            or text[end : end + 1] in _INSIDE[1:]
            or text[end : end + 2] == " t"
        ):
            yield from _days(reading, start, before)
    for at in _places(text, "uý "):
        yield from _named(reading, at + 3, "quarter")
    for at in _places(text, "háng "):
        yield from _months(reading, at - 1)


_INSIDE = (",", "/", ".", "-")
_NAME = {"day": "ngày", "month": "tháng", "quarter": "quý", "year": "năm"}


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


@cache
def _before(sections: str) -> re.Pattern[str]:
    """A word of these sections of ``data/dates.txt`` at the end of what stands before a figure."""
    words = alternation(w for name in sections.split("+") for w in vocabulary("dates")[name])
    return re.compile(rf"(?<![{LETTER}0-9])(?P<word>{words})[^\S\n]*\(?\Z", re.IGNORECASE)


@cache
def _cue_ends() -> frozenset[str]:
    words = vocabulary("dates")
    return frozenset(w.rsplit(" ", 1)[-1] for w in (*words["day cue"], *words["day cue two"]))


@cache
def _length() -> re.Pattern[str]:
    number = rf"(?:{alternation(vocabulary('dates')['length'])}|[0-9]+)"
    return re.compile(
        rf"(?<![{LETTER}0-9/]){number}[^\S\n]+(?:ngày|tháng|quý|năm)[^\S\n]*\Z", re.IGNORECASE
    )


@cache
def _lunar() -> re.Pattern[str]:
    return re.compile(r"[^\S\n]*\(?(?:(?i:âm[^\S\n]+lịch)|ÂL\b|AL\b)")


def _days(reading: Reading, at: int, before: str) -> Iterator[Fact[Date]]:
    """Days at a figure; one without a year needs a word before it that says so."""
    text = reading.text
    window = text[max(at - 20, 0) : at]
    cue = _before("day cue+day cue two").search(window)
    length = _length().search(window)
    named = cue and cue["word"].lower() == "ngày" and "(" not in cue.group()
    start = at - len(window) + cue.start() if cue and named else at
    periods = list(read_chain(text, at, "day"))
    if not periods or _lunar().match(text, periods[-1].end):
        return
    if not cue and text[at - 1 : at].isalpha():
        return
    for period in periods:
        dated = not period.first.startswith("--")
        ranged = before == "từ" and period.first != period.last
        solar = cue and not length and cue["word"].lower() not in ("mùng", "mồng")
        if dated or solar or ranged:
            rule = "range" if period.first != period.last else "day"
            yield _fact(
                reading, start if period is periods[0] else period.start, period, "day", rule
            )


def _named(reading: Reading, at: int, unit: str) -> Iterator[Fact[Date]]:
    """Months after "tháng", quarters after "quý", years after "năm"."""
    text = reading.text
    window = text[max(at - 16, 0) : at]
    start = at - len(window) + window.lower().rfind(_NAME[unit])
    if start < at - len(window) or text[start - 1 : start].isalnum() or _length().search(window):
        return
    periods = list(read_chain(text, at, unit))
    if not periods or _lunar().match(text, periods[-1].end):
        return
    for period in periods:
        place = start if period is periods[0] else period.start
        yield _fact(reading, place, period, unit, unit)


@cache
def _two_years() -> re.Pattern[str]:
    link = r"[^\S\n]*(?:[–-]|đến(?:[^\S\n]+năm)?)[^\S\n]*"
    return re.compile(rf"({YEAR}){link}({YEAR})(?![/.,-]?[0-9])(?P<open>[^\S\n]*[\w%])?")


def _years(reading: Reading, at: int, before: str) -> Iterator[Fact[Date]]:
    """A span of years ("giai đoạn 2016-2020"), a term of office, a decade, or plain years."""
    text = reading.text
    window = text[max(at - 20, 0) : at]
    two = _two_years().match(text, at)
    if two and 0 < int(two[2]) - int(two[1]) <= 60 and text[at - 1 : at] not in _INSIDE:
        term = _before("term").search(window)
        cue = term or _before("span").search(window)
        if cue or not two["open"]:
            start = at - len(window) + cue.start() if cue and cue["word"] != "từ" else at
            period = Period(start, two.end(2), f"{two[1]}-01-01", f"{two[2]}-12-31")
            rule = "term" if term else "years"
            yield _fact(reading, start, period, "term" if term else "year", rule)
    elif (
        before == "năm"
        and re.search(r"(?i)những[^\S\n]+năm[^\S\n]+\Z", window)
        and text[at + 3] == "0"
    ):
        year = int(text[at : at + 4])
        period = Period(at, at + 4, f"{year}-01-01", f"{year + 9}-12-31")
        yield _fact(
            reading, at - len(window) + window.lower().rfind("những"), period, "decade", "decade"
        )
    elif before == "năm":
        yield from _named(reading, at, "year")


@cache
def _span_of_months() -> re.Pattern[str]:
    year = rf"(?:[^\S\n]+(?P<y>{YEAR}))?"
    return re.compile(
        rf"tháng[^\S\n]+(?P<side>đầu|cuối)[^\S\n]+(?:của[^\S\n]+)?năm(?![^\S\n]+học){year}(?![0-9])",
        re.IGNORECASE,
    )


@cache
def _word_month() -> re.Pattern[str]:
    month = alternation(month_words())
    comma = r"[^\S\n]*(?:/|,?[^\S\n]*năm[^\S\n]+)"
    return re.compile(rf"tháng[^\S\n]+(?P<m>{month}){comma}(?P<y>{YEAR})", re.IGNORECASE)


@cache
def _how_many() -> re.Pattern[str]:
    number = rf"(?P<n>1[01]|[2-9]|{alternation(month_words())})"
    return re.compile(rf"(?<![{LETTER}0-9/.,-])0?{number}[^\S\n]+\Z", re.IGNORECASE)


def _months(reading: Reading, at: int) -> Iterator[Fact[Date]]:
    """ "6 tháng đầu năm 2019" from its figure, and months in words with a year."""
    text = reading.text
    if text[at - 1 : at].isalpha():
        return
    span, named = _span_of_months().match(text, at), _word_month().match(text, at)
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
        yield _fact(reading, start, Period(start, span.end(), *ends), precision, "months")
    elif named and not _lunar().match(text, named.end()):
        point = Point(at, named.end(), int(named["y"]), month_number(named["m"]))
        period = Period(at, named.end(), first_of(point), last_of(point))
        yield _fact(reading, at, period, "month", "month")


def _fact(reading: Reading, start: int, period: Period, precision: Any, rule: str) -> Fact[Date]:
    value = Date(period.first, period.last, precision)
    return reading.fact("date", start, period.end, value, rule)


def _value(start: str, end: str, precision: Precision) -> dict[str, str]:
    return {"start": start, "end": end, "precision": precision}


KIND = Kind(
    "date",
    20,
    read,
    examples=(
        ("day", "ngày 9/6/2017", _value("2017-06-09", "2017-06-09", "day")),
        ("day", "sáng 9/6, mưa", _value("--06-09", "--06-09", "day")),
        ("range", "từ ngày 28/6 đến 5/7/2025", _value("2025-06-28", "2025-07-05", "day")),
        ("month", "tháng 3/2019", _value("2019-03-01", "2019-03-31", "month")),
        ("quarter", "quý I/2019", _value("2019-01-01", "2019-03-31", "quarter")),
        ("months", "6 tháng đầu năm 2019", _value("2019-01-01", "2019-06-30", "half")),
        ("year", "năm 2017", _value("2017-01-01", "2017-12-31", "year")),
        ("years", "giai đoạn 2016-2020", _value("2016-01-01", "2020-12-31", "year")),
        ("decade", "những năm 1990", _value("1990-01-01", "1999-12-31", "decade")),
        ("term", "nhiệm kỳ 2016-2021", _value("2016-01-01", "2021-12-31", "term")),
        ("month", "mỗi tháng 3 lần", None),
        ("day", "262/286 xã", None),
        ("day", "ngày 31/2/2019", None),
    ),
)
