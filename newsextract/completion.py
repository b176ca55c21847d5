"""Years that a date leaves out, and shares that a sentence states twice."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from newsextract.facts.date import Date
from newsextract.letters import BLANK, END, LETTER
from newsextract.link import Context, Link
from newsextract.model import Fact

# A day without a year is the nearest one to the article's day. Its two candidates lie a year
# apart; up to a quarter of a year away the other is at least three times as far.
_NEAR = 91


@cache
def _said_year() -> re.Pattern[str]:
    return re.compile(
        rf"{BLANK}*,?{BLANK}*"
        rf"(?P<word>năm{BLANK}+(?:nay|ngoái|trước|tới|sau)|sang{BLANK}+năm|nay|ngoái){END}"
    )


_SHIFT = {"nay": 0, "ngoái": -1, "trước": -1, "tới": 1, "năm": 1}


def fill_years(facts: Sequence[Fact[Any]], context: Context) -> Iterator[Link]:
    """Dates without a year, filled from the article's day where only one year can be meant."""
    if context.published is None:
        return
    for fact in facts:
        if fact.kind != "date" or not fact.value.start.startswith("--"):
            continue
        said = _said_year().match(context.text, fact.end)
        if said:
            year = _shifted(context.published.year, said["word"].split()[-1], fact.value)
        else:
            year = _year_of(fact.value, context.published)
        filled = _dated(fact.value, year) if year else None
        if filled:
            yield Link(fact.start, fact.end, "date.year", fact, None, filled)


def _shifted(published: int, word: str, value: Date) -> int | None:
    """The year in which ``value`` begins, of which ``word`` says the year in which it ends."""
    if word not in _SHIFT:
        return None  # "năm sau" follows the year told of, or any year: a season
    return published + _SHIFT[word] - (value.end < value.start)


def _dated(value: Date, year: int) -> Date | None:
    """The date in ``year``, over New Year into the next; None where the year has no such day."""
    start = _day(value.start, year, last=False)
    end = _day(value.end, year + (value.end < value.start), last=True)
    return Date(start.isoformat(), end.isoformat(), value.precision) if start and end else None


def _day(partial: str, year: int, *, last: bool) -> dt.date | None:
    month = int(partial[2:4])
    length = calendar.monthrange(year, month)[1]
    day = int(partial[5:7]) if len(partial) > 4 else (length if last else 1)
    return dt.date(year, month, day) if day <= length else None


def _year_of(value: Date, published: dt.date) -> int | None:
    """The one year that is near enough; longer periods are only looked for in the past."""
    near = []
    for year in range(published.year - 1, published.year + 2):
        filled = _dated(value, year)
        if filled is None:
            continue
        start, end = dt.date.fromisoformat(filled.start), dt.date.fromisoformat(filled.end)
        ahead, behind = (start - published).days, (published - end).days
        allowed = _NEAR if value.precision == "day" else 0
        if ahead <= allowed and behind <= _NEAR:
            near.append(year)
    return near[0] if len(near) == 1 else None


@cache
def _then_percent() -> re.Pattern[str]:
    said = rf"(?:đạt|chiếm|bằng|tương{BLANK}+đương|tức(?:{BLANK}+là)?|tỷ{BLANK}+lệ|tỉ{BLANK}+lệ)"
    more = rf"(?:{BLANK}+[{LETTER}]++){{0,8}}?"
    opens = (
        rf"(?:{BLANK}*[(\[]{BLANK}*(?:{said}{BLANK}+){{0,3}}|,?{BLANK}+(?:{said}{BLANK}+){{1,3}})"
    )
    return re.compile(more + opens)


@cache
def _then_ratio() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}*(?:[(\[]|,?{BLANK}+tức(?:{BLANK}+là)?{BLANK}){BLANK}*")


@cache
def _of_another() -> re.Pattern[str]:
    """A noun after the percent: it is a share of something else."""
    return re.compile(rf"{BLANK}+(?!tổng|số|kế|so|chỉ|dự|và|trở)[{LETTER}]")


def link_shares(facts: Sequence[Fact[Any]], context: Context) -> Iterator[Link]:
    """A ratio and the percent right beside it, with ``check``: do they state the same share?"""
    shares = [f for f in facts if f.kind in ("ratio", "percent")]
    for one, other in pairwise(shares):
        if one.kind == other.kind or other.start < one.end:
            continue
        first = one.kind == "ratio"
        ratio, percent = (one, other) if first else (other, one)
        beside = _then_percent() if first else _then_ratio()
        if not beside.fullmatch(context.text, one.end, other.start):
            continue
        if first and _of_another().match(context.text, other.end):
            continue
        check = _agrees(ratio.value, percent)
        yield Link(percent.start, percent.end, "percent.of-ratio", ratio, None, None, check)


def _agrees(ratio: Any, percent: Fact[Any]) -> bool | None:
    """Whether the ratio gives the stated percent to its last printed place; None for a range."""
    stated = percent.value
    if not ratio.whole or stated.low != stated.high or ratio.qualifier != "exact":
        return None
    share = Decimal(100) * Decimal(ratio.part) / Decimal(ratio.whole)
    printed = re.search(rf"[0-9]+(?:[.,]([0-9]+))?{BLANK}*(?:%|phần)", percent.text)
    places = len(printed[1] or "") if printed else 0
    # Papers round and cut; both are within one unit of the last printed place.
    unit = Decimal(1).scaleb(-places)
    off = share - Decimal(stated.low)
    if stated.qualifier == "over":
        return 0 <= off < max(unit, Decimal(5))
    if stated.qualifier in ("nearly", "under"):
        return -max(unit, Decimal(5)) < off <= 0
    if stated.qualifier in ("at_least", "at_most"):
        return off >= 0 if stated.qualifier == "at_least" else off <= 0
    return abs(off) < (unit if stated.qualifier == "exact" else max(unit, Decimal(2)))
