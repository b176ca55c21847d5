"""When an article was published, from the words a page prints or from its machine-readable dates.

Own reading first, as it knows all forms Vietnamese sites print; dateparser (only here, loaded
when needed) for month names it leaves. Nothing is invented: no day without a day, no year without
a year, unless the caller says when the page was fetched (``base``).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from newsextract.clock import VIETNAM
from newsextract.headdates import (
    AGO,
    GAP_START,
    HALF_DAY,
    HOUR_START,
    PUBLISHED,
    RELATIVE,
    UPDATED,
    HeaderDate,
    Precision,
    behind_gap,
    clock_pattern,
    day_before,
    day_of,
    day_pattern,
    english_month,
    gap_pattern,
    noise_pattern,
    not_before,
    range_pattern,
    weekday_near,
)
from newsextract.machinedates import ISO, read_iso, read_mail


class _Found(NamedTuple):
    when: dt.datetime
    precision: Precision
    start: int
    end: int
    rank: int


DATE_LINE = 60
"""Characters that a line which says a day, its labels and perhaps a name stays below."""


def header_date(text: str, *, base: dt.datetime | None = None) -> HeaderDate | None:
    """The date a line of a page's head states, or None.

    ``text`` is one line such as ``"Thứ Bảy, 07/03/2026 - 08:52"``. ``base`` (aware: when the page
    was fetched) allows ``"3 giờ trước"`` and days without a year; without it these give None. So
    do ranges, invalid days, and moments more than two days after ``base`` or now.
    """
    line = " ".join(text.split())
    if len(line) > 300 or not re.search(r"\d|hôm|nay", line, re.IGNORECASE):
        return None
    latest = (base or dt.datetime.now(VIETNAM)) + dt.timedelta(days=2)
    if iso := ISO.fullmatch(line):
        return _plausible(read_iso(iso), latest)
    found = _days(line, latest)
    if not found:
        return _relative(line, base) or _by_dateparser(line, latest)
    chosen = _best(found)
    if chosen is None:
        return None
    rest = line[: chosen.start] + " " + line[chosen.end :]
    alone = len(found) == 1 and bool(noise_pattern().fullmatch(rest.strip()))
    return HeaderDate(chosen.when, chosen.precision, alone)


def around_date(text: str) -> tuple[str, str] | None:
    """What stands before and behind the day and hour of a line that ``header_date`` reads, or None.

    ``"Lê Na - Thứ Ba, 17/08/2021 10:11"`` → ``("Lê Na", "")``.
    """
    line = " ".join(text.split())
    found = _days(line, dt.datetime.now(VIETNAM) + dt.timedelta(days=2)) if len(line) <= 300 else []
    chosen = _best(found)
    if chosen is None:
        return None
    gap = gap_pattern()
    start = chosen.start
    starts = [m.start() for m in GAP_START.finditer(line, max(0, start - 40), start)]
    start = next((i for i in starts if gap.fullmatch(line, i, start)), start)
    return line[:start].strip(), line[behind_gap(line, chosen.end) :].strip()


def is_date_alone(text: str) -> bool:
    """Whether a line is a day, an hour or both, and nothing else: ``"18:45"``."""
    if clock_pattern().fullmatch(text.strip()):
        return True
    found = header_date(text)
    return found is not None and found.alone


def _best(found: list[_Found]) -> _Found | None:
    """The day of publication among those of a line, or None where two are equally likely."""
    top = max((f.rank for f in found), default=0)
    best = [f for f in found if f.rank == top]
    if len({f.when.date() for f in best}) != 1:
        return None
    return max(best, key=lambda f: f.precision != "day")


def _days(line: str, latest: dt.datetime) -> list[_Found]:
    found, last = [], 0
    for match in day_pattern().finditer(line):
        label = line[last : match.start()]
        last = match.end()
        if range_pattern().match(line, match.end()):
            return []
        if day := _read_day(line, match, latest, label):
            found.append(day)
    return found


def _plausible(found: HeaderDate | None, latest: dt.datetime) -> HeaderDate | None:
    return found if found and found.when.year >= 1900 and found.when <= latest else None


def _read_day(line: str, match: re.Match[str], latest: dt.datetime, label: str) -> _Found | None:
    if not_before().search(label):
        return None
    clock = _clock_near(line, match)
    day = day_of(match, latest, weekday_near(line, match), clock)
    if day is None:
        return None
    start, end = match.span()
    when = dt.datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
    precision: Precision = "day"
    if clock is not None:
        start, end = min(start, clock.start()), max(end, clock.end())
        when, precision = _at(day, clock)
    if when > latest:
        return None
    rank = 2 if PUBLISHED.search(label) else 0 if UPDATED.search(label) else 1
    return _Found(when, precision, start, end, rank)


def _clock_near(line: str, day: re.Match[str]) -> re.Match[str] | None:
    """The hour that stands right behind the day, or else right before it."""
    after = clock_pattern().match(line, behind_gap(line, day.end()))
    if after is None and line[day.end() : day.end() + 1] == "T":
        after = clock_pattern().match(line, day.end() + 1)
    if after and not _opens_day(line, after.end()):
        return after
    for place in HOUR_START.finditer(line, max(0, day.start() - 60), day.start()):
        clock = clock_pattern().match(line, place.start(), day.start())
        if clock and gap_pattern().fullmatch(line, clock.end(), day.start()):
            return clock
    return after


def _opens_day(line: str, end: int) -> bool:
    """Whether another day follows an hour that ends at ``end``, and may be the hour's own."""
    return bool(day_pattern().match(line, behind_gap(line, end)))


def _at(day: dt.date, clock: re.Match[str]) -> tuple[dt.datetime, Precision]:
    hour, minute = int(clock["h"]), int(clock["n"] or 0)
    half = (clock["half"] or "").lower().replace(".", "")
    if hour in HALF_DAY.get(half, ()):
        hour += 12
    elif hour == 12 and half in ("am", "sa", "đêm", "khuya"):
        hour = 0
    second = int(clock["s"] or 0)
    moment = dt.datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=VIETNAM)
    return moment, "second" if clock["s"] else "minute"


_EARLIEST = 1990


def machine_date(text: str, *, base: dt.datetime | None = None) -> HeaderDate | None:
    """The moment in a machine-readable date (JSON-LD, ``meta``, ``time[datetime]``), or None.

    A zone is converted to +07:00; without one the clock is Vietnam's. Years before 1990 are a
    server's empty value and give None. RFC 2822 and printed forms are read too.
    """
    line = " ".join(text.split())
    match = ISO.fullmatch(line)
    found = read_iso(match) if match else read_mail(line) or header_date(line, base=base)
    latest = (base or dt.datetime.now(VIETNAM)) + dt.timedelta(days=2)
    return found if found and found.when.year >= _EARLIEST and found.when <= latest else None


def _relative(line: str, base: dt.datetime | None) -> HeaderDate | None:
    """Forms that need ``base``, where the line holds nothing else."""
    if base is None:
        return None
    now = base.astimezone(VIETNAM)
    match = RELATIVE.search(line)
    if match and match["n"]:
        return _ago(match, now)
    day = day_before(match, now) if match else now.date()
    rest = line[: match.start()] + " " + line[match.end() :] if match else line
    starts = (clock_pattern().match(rest, m.start()) for m in HOUR_START.finditer(rest))
    clock = next((c for c in starts if c), None)
    if day is None or not (match or clock):
        return None
    left = rest[: clock.start()] + " " + rest[clock.end() :] if clock else rest
    if not noise_pattern().fullmatch(left.strip()):
        return None
    if clock is None:
        return HeaderDate(dt.datetime(day.year, day.month, day.day, tzinfo=VIETNAM), "day")
    return HeaderDate(*_at(day, clock))


def _ago(match: re.Match[str], now: dt.datetime) -> HeaderDate:
    unit = match["unit"].lower()
    moment = now - dt.timedelta(**{AGO[unit]: int(match["n"])})
    if unit in ("giây", "phút"):
        return HeaderDate(moment.replace(second=0, microsecond=0), "minute")
    return HeaderDate(moment.replace(hour=0, minute=0, second=0, microsecond=0), "day")


def _by_dateparser(line: str, latest: dt.datetime) -> HeaderDate | None:
    """What is left: a line with a year, a day and a month's name in a form not known here."""
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", line)
    if not year or len(line) > 60:
        return None
    # "may" is also a Vietnamese word: a day must stand beside the year, and nothing Vietnamese.
    rest = line.replace(year[0], " ", 1)
    day_given = re.search(r"(?<!\d)\d{1,2}(?![\d:])", rest)
    if not (
        day_given and line.isascii() and re.search(rf"\b{english_month()}", line, re.IGNORECASE)
    ):
        return None
    import dateparser  # loads 0.1 s of tables, for the odd page only

    day = dateparser.parse(
        line,
        languages=["vi", "en"],
        settings={"DATE_ORDER": "DMY", "STRICT_PARSING": True, "RETURN_AS_TIMEZONE_AWARE": True,
                  "TIMEZONE": "+0700", "TO_TIMEZONE": "+0700"},
    )  # fmt: skip
    if day is None or day > latest or str(day.year) != year[0]:
        return None
    timed = re.search(r"\d\s?[:h]\s?\d\d|\d\s?[ap]m", line, re.IGNORECASE)
    when = day.astimezone(VIETNAM).replace(microsecond=0)
    if not timed:
        when = when.replace(hour=0, minute=0, second=0)
    return HeaderDate(when, "minute" if timed else "day")
