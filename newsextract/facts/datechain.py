"""Dates that share what they do not repeat: "ngày 10, 11 và 12/3/2019", "từ 28/6 đến 5/7"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from newsextract.facts.calendar import (
    BEFORE_YEAR,
    YEAR,
    days_in,
    exists,
    full_year,
    month_number,
    month_pattern,
)
from newsextract.letters import BLANK, BLANKS, LETTER
from newsextract.vocabulary import alternation, vocabulary

_new = tuple.__new__  # Point(…) takes twice the time
_LONGEST = 12  # dates in one chain; no writer lists more, and time stays linear

_QUARTER = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}


class Point(NamedTuple):
    """One date as written at ``text[start:end]``; a part that is not written there is None."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None


class Period(NamedTuple):
    """One date or range with all that its chain tells of it; ``first`` and ``last`` are ISO."""

    start: int
    end: int
    first: str
    last: str


@cache
def amount_after(section: str) -> re.Pattern[str]:
    """A unit or counted noun of ``data/dates.txt``: the figure before it is no date."""
    words = alternation(vocabulary("dates")[section])
    return re.compile(rf"{BLANKS}(?:%|{words}(?![{LETTER}]))")


@cache
def _points(unit: str) -> re.Pattern[str]:
    month, year = month_pattern(), rf"(?P<y>{YEAR})"
    more, gap = r"(?![0-9]|[.,][0-9])", rf"{BLANK}++"
    bare = rf"(?!{amount_after('amount').pattern})"
    # 10/6, 10-6-17, 10/6 năm 2017, 10 tháng 6 năm 2017, and 10 alone before one of these; in
    # "2-12/8" the hyphen parts two days.
    sep = r"(?:[/.]|-(?![ ]?[0-9]{1,2}[/.][0-9]))"
    day = (
        rf"(?P<d>[0-3]?[0-9])(?:[ ]?(?P<sep>{sep})[ ]?(?P<m>1[0-2]|0?[1-9])(?![0-9])"
        rf"(?:[ ]?(?P=sep)[ ]?(?P<y4>{YEAR}|[0-9]{{2}}(?![0-9]))|{gap}năm{gap}(?P<y2>{YEAR}))?+"
        rf"|{gap}tháng{gap}(?P<mw>{month})(?:{BEFORE_YEAR}{year})?+)?+"
        rf"{more}(?!/)"
    )
    of = rf"{BLANKS},?{BLANKS}(?:của{BLANK}++)?năm{BLANK}++"
    tail = rf"(?:(?:[ ]?[/.–-][ ]?|{of}){year}|{bare})"
    patterns = {
        "day": day,
        "month": rf"(?P<mw>{month})(?![0-9]|[.,](?!{YEAR})[0-9]){tail}{more}",
        "quarter": rf"(?P<q>IV|I{{1,3}}|[1-4])(?![{LETTER}0-9]){tail}{more}",
        "year": rf"(?P<y>{YEAR}){more}",
    }
    return re.compile(patterns[unit], 0 if unit == "quarter" else re.IGNORECASE)


_HOUR = rf"[0-9]{{1,2}}(?:h[0-9]{{0,2}}|{BLANK}+giờ(?:{BLANK}+[0-9]{{1,2}}(?:{BLANK}+phút)?)?)"
_DAYS = (
    rf"(?:{_HOUR}{BLANK}+)?"
    rf"(?:(?:rạng sáng|sáng|trưa|chiều|tối|đêm)(?:{BLANK}+ngày)?|ngày)"
)
"""What a further day may be named by: "tối 20 và rạng sáng 21/5", "đến 6 giờ ngày 13/10"."""


@cache
def _link(unit: str) -> re.Pattern[str]:
    name = {"day": _DAYS, "month": "tháng", "quarter": "quý", "year": "năm"}[unit]
    opens = {"day": "0-9", "month": "0-9a-zA-Z", "quarter": "1-4I", "year": "12"}[unit]
    return re.compile(
        rf"{BLANKS}(?:(?P<range>[–-]|đến(?:{BLANK}+hết)?|tới)|,|(?P<and>và)|hoặc|&"
        rf"|(?=rạng sáng)){BLANKS}(?P<named>{name}{BLANK}+)?(?=[{opens}])"
    )


def _read(text: str, at: int, unit: str) -> Point | None:
    found = _points(unit).match(text, at)
    if found is None:
        return None
    day = month = year = quarter = None
    if unit == "day":
        day, figures, words, after_dash, after_word, year, dash = found.group(*_PARTS)
        month = int(figures) if figures else month_number(words) if words else None
        year = year or after_dash or after_word
        if dash == "-" and not year and _often(text, found):
            return None
    elif unit == "month":
        words, year = found.group("mw", "y")
        month = month_number(words)
    elif unit == "quarter":
        quarter, year = found.group("q", "y")
    else:
        year = found["y"]
    number = int(day) if day else None
    in_year = full_year(year) if year else None
    if number is not None and not exists(in_year, month or 1, number):
        return None
    parts = (at, found.end(), in_year, month, number, _QUARTER[quarter] if quarter else None)
    return _new(Point, parts)


_PARTS = ("d", "m", "mw", "y4", "y2", "y", "sep")


def _often(text: str, found: re.Match[str]) -> bool:
    """ "ngày 2-3 lần": two to three times a day, not the second of March."""
    return (
        int(found["d"]) < int(found["m"])
        and amount_after("amount").match(text, found.end()) is not None
    )


def read_chain(text: str, at: int, unit: str) -> list[Period]:
    """The dates of one chain at ``at``: ``unit`` is day, month, quarter or year.

    What a date leaves out it takes from the next one that has it; a chain of days in which no
    month is named gives nothing. A range is one period, a list one period each.
    """
    point = _read(text, at, unit)
    if point is None:
        return []
    points, ranges = [point], []
    while len(points) < _LONGEST and (link := _link(unit).match(text, point.end)):
        point = _read(text, link.end(), unit)
        if not point or not _continues(points, point, link, unit):
            break
        ranges.append(bool(link["range"]))
        points.append(point)
    while points and unit == "day" and points[-1].month is None:
        points.pop()
    if len(points) == 1:
        return [_new(Period, (at, points[0].end, *ends_of(points[0])))]
    return list(_periods(_filled(points), ranges))


def _continues(points: list[Point], following: Point, link: re.Match[str], unit: str) -> bool:
    """Whether ``following`` belongs to the chain and is not the next count of the sentence."""
    if link["named"]:
        return True
    if unit == "year":
        return amount_after("counted").match(link.string, following.end) is None
    if link["range"]:
        return True
    # "ngày 28/6, 2/7 xã": once a date is whole, one may follow that is named or ends its clause.
    if not (points[-1].month if unit == "day" else points[-1].year):
        return True
    if following.month is None:
        return False
    if unit == "day" and link["and"]:  # "lễ 30/4 và 1/5", unlike "ngày 28/6 và 2/7 số hộ"
        return amount_after("shared").match(link.string, following.end) is None
    return _clause_end().match(link.string, following.end) is not None


@cache
def _clause_end() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}*(?:[.,;:)”\"](?!\d)|$|\n)")


def _filled(points: list[Point]) -> list[Point]:
    """Missing years and months taken from the right, then years from the left."""
    for i in range(len(points) - 2, -1, -1):
        here, after = points[i], points[i + 1]
        if here.month is None and here.quarter is None and here.day is not None:
            here = here._replace(month=after.month)
        if here.year is None and after.year is not None:
            wraps = (here.month or here.quarter or 0) > (after.month or after.quarter or 0)
            here = here._replace(year=after.year - wraps)
        points[i] = here
    for i in range(1, len(points)):
        here, before = points[i], points[i - 1]
        if here.year is None and before.year is not None:
            wraps = (here.month or here.quarter or 0) < (before.month or before.quarter or 0)
            points[i] = here._replace(year=before.year + wraps)
    return points


def _periods(points: list[Point], ranges: list[bool]) -> Iterator[Period]:
    i = 0
    while i < len(points):
        here, there = points[i], points[i]
        if i + 1 < len(points) and ranges[i] and _runs(here, points[i + 1]):
            there, i = points[i + 1], i + 1
        if here.day is None or exists(here.year, here.month or 1, here.day):
            yield Period(here.start, there.end, first_of(here), last_of(there))
        i += 1


def _runs(here: Point, there: Point) -> bool:
    """Whether the two are the ends of one range: "30/4/1975 - 30/4/2025" are two anniversaries."""
    if here.year and there.year and (here.month, here.day) == (there.month, there.day) and here.day:
        return False
    return not (here.year and there.year) or first_of(here) <= last_of(there)


def _months(point: Point) -> tuple[int, int]:
    if point.quarter:
        return 3 * point.quarter - 2, 3 * point.quarter
    return point.month or 1, point.month or 12


def ends_of(point: Point) -> tuple[str, str]:
    """The first and the last day of the point in ISO, as ``first_of`` and ``last_of``."""
    first = first_of(point)
    return first, first if point.day else last_of(point)


def first_of(point: Point) -> str:
    """The first day of the point in ISO; without a year ``--06-09``, or ``--06`` for a month."""
    month = _months(point)[0]
    if point.year is None:
        return f"--{month:02}-{point.day:02}" if point.day else f"--{month:02}"
    return f"{point.year}-{month:02}-{point.day or 1:02}"


def last_of(point: Point) -> str:
    """Its last day in ISO; without a year ``--06-09``, or ``--06`` for a month."""
    month = _months(point)[1]
    if point.year is None:
        return f"--{month:02}-{point.day:02}" if point.day else f"--{month:02}"
    day = point.day or days_in(point.year, month)
    return f"{point.year}-{month:02}-{day:02}"
