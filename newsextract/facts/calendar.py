"""Days, months and years as news writes them: what dates and documents both read."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import cache
from types import MappingProxyType

from newsextract.letters import BLANK, BLANKS, LETTER, lowered
from newsextract.vocabulary import alternation, vocabulary

YEAR = r"(?:1[89]|20)[0-9]{2}(?![0-9])"
"""A year that news speaks of, 1800 to 2099, in four digits."""

_GAP = rf"{BLANK}++"

BEFORE_YEAR = rf"(?:{BLANKS},{BLANKS}(?:năm{_GAP})?|{_GAP}năm{_GAP}|[ ]?[/.-][ ]?)"
"""Between a month in words and its year: "tháng 6 năm 2017", "tháng 6, 2017", "tháng 6/2017"."""


@cache
def month_words() -> MappingProxyType[str, int]:
    """``"mười hai"`` → 12; lunar names (Giêng, Chạp) are no months of this calendar."""
    pairs = (line.split(" = ") for line in vocabulary("dates")["month"])
    return MappingProxyType({name: int(number) for name, number in pairs})


@cache
def month_pattern() -> str:
    """A month in figures or words, as the inside of a case-insensitive pattern."""
    words = alternation(month_words())
    return rf"(?:1[0-2](?![0-9])|0?[1-9](?![0-9])|{words}(?![{LETTER}]))"


def month_number(text: str) -> int:
    """The number of a month that ``month_pattern`` matched."""
    name = " ".join(lowered(text).split())
    return int(name) if name.isdigit() else month_words()[name]


def full_year(digits: str) -> int:
    """``"2017"`` → 2017; of two digits, 00 to 40 are 20xx and 41 to 99 are 19xx."""
    year = int(digits)
    return year if year > 99 else year + (2000 if year <= 40 else 1900)


def exists(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has the day; without a year, whether some year has it."""
    return 1 <= month <= 12 and 1 <= day <= days_in(year or 2000, month)


def days_in(year: int, month: int) -> int:
    """How many days the month has."""
    return 29 if month == 2 and calendar.isleap(year) else _DAYS[month - 1]


_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@cache
def _day() -> re.Pattern[str]:
    day, month = r"(?P<d>[0-3]?[0-9])", month_pattern()
    return re.compile(
        rf"{day}(?:[ ]?(?P<sep>[/.-])[ ]?(?P<m>[01]?[0-9])(?:[ ]?(?P=sep)[ ]?|{_GAP}năm{_GAP})"
        rf"(?P<y>{YEAR}|[0-9]{{2}}(?![0-9]))"
        rf"|{_GAP}tháng{_GAP}(?P<mw>{month}){BEFORE_YEAR}(?P<yw>{YEAR}))"
        r"(?![0-9]|[/.,-][0-9])",
        re.IGNORECASE,
    )


def read_day(text: str, at: int) -> tuple[dt.date, int] | None:
    """The day with its year that is written at ``at``, and where it ends; else None.

    Reads ``9/6/2017``, ``9-6-17``, ``9/6 năm 2017``, ``9 tháng 6 năm 2017``, ``9 tháng Sáu, 2017``.
    """
    found = _day().match(text, at)
    if found is None:
        return None
    year = full_year(found["y"] or found["yw"])
    month = month_number(found["m"] or found["mw"]) if found["mw"] else int(found["m"])
    if not exists(year, month, int(found["d"])):
        return None
    return dt.date(year, month, int(found["d"])), found.end()
