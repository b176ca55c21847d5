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

from newsextract.facts.datechain import amount_after
from newsextract.facts.datecues import cue_ends
from newsextract.facts.dateforms import (
    INSIDE,
    Found,
    Precision,
    bare_months,
    days,
    months,
    named,
    years,
)
from newsextract.facts.reading import Kind, Reading
from newsextract.letters import BLANK, BLANKS
from newsextract.model import Fact


@dataclass(frozen=True, slots=True)
class Date:
    """A day or period: its first and last day (ISO 8601) and how exactly the text names them.

    Where the text names no year, ``start`` and ``end`` have none: ``--06-09`` for a day, ``--06``
    for a month; ``newsextract.resolve`` fills them from the article's day where that is sure.
    """

    start: str
    end: str
    precision: Precision


_BEFORE_YEAR = ("-", "–", "đ", "")
"""What opens the link between two years, after a blank; "" is a second blank or the end."""


def read(reading: Reading) -> Iterator[Fact[Date]]:
    """Every date of the text; candidates may overlap, and the longest stands."""
    for found in _found(reading):
        value = Date(found.period.first, found.period.last, found.precision)
        yield reading.fact("date", found.start, found.period.end, value, rule=found.rule)


def _found(reading: Reading) -> Iterator[Found]:
    """At the figures by the word before them, and at "quý" and "tháng" for dates in words."""
    text, cues = reading.text, cue_ends()
    for start, end, before in reading.runs:
        after = text[end : end + 2]
        if end - start == 4:
            if text[start] in "12" and (before == "năm" or after.strip()[:1] in _BEFORE_YEAR):
                yield from years(text, start, before)
        elif end - start > 2 or text[start - 1 : start] in INSIDE:
            continue
        elif before.endswith("tháng"):
            yield from named(text, start, "month")
        elif (
            before in cues
            or after[:1] in ("/", ".", "-")
            or after == " t"
            or _ranges(text, end, before)
        ):
            dated = text[end : end + 3] in _YEAR_BEHIND and _year_behind().match(text, end)
            yield from (bare_months if dated else days)(text, start, before)
    for at in _after(text, "uý"):
        yield from named(text, at, "quarter")
    for at in _after(text, "háng"):
        if not text[at : at + 1].isdigit():  # those stand among the runs
            yield from months(text, at - len("tháng "))


def _ranges(text: str, end: int, before: str) -> bool:
    """Whether a day alone opens a range that the next one names: "từ 15 đến 17/11"."""
    return before == "từ" and _range_behind().match(text, end) is not None


@cache
def _range_behind() -> re.Pattern[str]:
    """The far end of a range, which is no share: "từ 3 đến 5/8 xã"."""
    to = rf"{BLANKS}(?:[–-]|(?:đến|tới)(?:{BLANK}+hết)?){BLANKS}"
    share = rf"{amount_after('amount').pattern}|{amount_after('shared').pattern}"
    return re.compile(rf"{to}[0-9]{{1,2}}/(?:1[0-2]|0?[1-9])(?![0-9]|[.,][0-9])(?!{share})")


_YEAR_BEHIND = ("/19", "/20")


@cache
def _year_behind() -> re.Pattern[str]:
    """The year behind the figure of a month."""
    return re.compile(r"/(?:19|20)[0-9]{2}(?![0-9/])")


def _after(text: str, word: str) -> Iterator[int]:
    """Where text goes on behind every ``word`` and a space."""
    at = text.find(word)
    while at >= 0:
        at += len(word)
        if text[at : at + 1] == " ":
            yield at + 1
        at = text.find(word, at)


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
