"""Dates written for machines: ISO 8601, as JSON-LD and ``time[datetime]`` have it, and RFC 2822."""

from __future__ import annotations

import datetime as dt
import re

from newsextract.clock import VIETNAM
from newsextract.headdates import HeaderDate

ISO = re.compile(
    r"((?:19|20)\d\d-\d\d?-\d\d?)(?:[T ]+(\d\d?:\d\d)(?:(:\d\d)(?:[.,]\d+)?)?)?"
    r"\s?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?",
    re.IGNORECASE,
)


def wall_clock(text: str) -> dt.datetime | None:
    """The clock of an ISO date with its zone left unread, as +07:00.

    Some sites print local time and call it ``Z``: when the visible date says the same, this is it.
    """
    match = ISO.fullmatch(" ".join(text.split()))
    found = match and read_iso(match, zone=False)
    return found.when if found else None


def read_iso(match: re.Match[str], *, zone: bool = True) -> HeaderDate | None:
    """The moment that a match of ``ISO`` states, or None where there is no such day or hour.

    A zone is converted to +07:00; without one, or where ``zone`` is False, the clock is Vietnam's.
    """
    day, clock, second, offset = match.groups()
    year, month, number = map(int, day.split("-"))
    hour, minute = map(int, clock.split(":")) if clock else (0, 0)
    try:
        naive = dt.datetime(year, month, number, hour, minute, int((second or ":0")[1:]))  # noqa: DTZ001
        aware = naive.replace(tzinfo=_zone_of(offset) if zone and clock else VIETNAM)
        when = aware.astimezone(VIETNAM)
    except (ValueError, OverflowError):
        return None
    return HeaderDate(when, "second" if second else "minute" if clock else "day")


def _zone_of(offset: str | None) -> dt.timezone:
    """The zone of an ISO date: ``"+07:00"``, ``"Z"``; Vietnam's where none is given."""
    if not offset:
        return VIETNAM
    if offset[0] not in "+-":
        return dt.UTC
    digits = offset[1:].replace(":", "").ljust(4, "0")
    span = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return dt.timezone(span if offset[0] == "+" else -span)


def read_mail(line: str) -> HeaderDate | None:
    """The moment in an RFC 2822 date, or None: ``"Mon, 11 Mar 2019 20:23:00 +0700"``."""
    if not re.search(
        r"[A-Z][a-z]{2} (?:19|20)\d\d \d\d?:\d\d(?::\d\d)? (?:[+-]\d{4}|[A-Z]{1,4})$", line
    ):
        return None
    from email.utils import parsedate_to_datetime  # loads the mail package, which few pages need

    try:
        when = parsedate_to_datetime(line)
    except ValueError:
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=dt.UTC)
    return HeaderDate(aware.astimezone(VIETNAM), "second" if line.count(":") > 1 else "minute")
