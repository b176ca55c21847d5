"""The forms of the days and hours that Vietnamese pages print, as patterns and tables."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from newsextract.letters import lowered
from newsextract.vocabulary import alternation, vocabulary

Precision = Literal["day", "minute", "second"]


class HeaderDate(NamedTuple):
    """A moment (aware, +07:00), how exactly the page states it, and whether it stands alone.

    ``alone`` is True where the text held nothing but the date, its labels and punctuation.
    """

    when: dt.datetime
    precision: Precision
    alone: bool = True


# The count of readers may be glued on: "12/05/2020318 lượt xem".
_GLUED_VIEWS = r"(?=\d[\d.,]{0,8}\s(?:lượt|lần|bình\sluận|ý\skiến|phản\shồi|comments?|views?)\b)"
_YEAR = rf"(?:19|20)\d\d(?:(?!\d)|{_GLUED_VIEWS})"
# Some pages glue the hour to the year: "12/05/202010:11".
_GLUED_YEAR = r"(?:19|20)\d\d(?=\d{1,2}[:h]\d\d)"
_NUMBERED = r"(?:[2-7]|hai|ba|tư|năm|sáu|b[ảẩ]y)"  # the days behind "thứ", Monday first
_WEEKDAY = (
    rf"(?:thứ\s?{_NUMBERED}|chủ\s?nhật|\bth?\.?\s?{_NUMBERED}\b|\bcn\b|"
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b)"
)


@cache
def _months() -> MappingProxyType[str, int]:
    """Each name of a month in either language, in small letters → its number."""
    return MappingProxyType({**_named("month"), **_named("month in English")})


def _named(section: str) -> dict[str, int]:
    pairs = (line.split(" = ") for line in vocabulary("dates")[section])
    return {name: int(number) for name, number in pairs}


@cache
def english_month() -> str:
    """A month's English name, whole or short, as the inside of a case-insensitive pattern."""
    return rf"{alternation(_named('month in English'))}\.?"


@cache
def day_pattern() -> re.Pattern[str]:
    """A whole day: its number, month and year stand in groups that end in d, m, y."""
    month, english_name = rf"(?:\d{{1,2}}|{alternation(_named('month'))})", english_month()
    free = r"(?<![\d/.])(?<!\d[-–,])"
    forms = (
        r"(?P<iy>(?:19|20)\d\d)(?P<is>[-/.])(?P<im>\d{1,2})(?P=is)(?P<id>\d{1,2})(?!\d)",
        (
            rf"(?P<d>\d{{1,2}})\s?[/.–-]\s?(?P<m>\d{{1,2}})\s?[/.–-]\s?"
            rf"(?P<y>{_YEAR}|{_GLUED_YEAR})"
        ),
        # A year of two digits has the mark before the month again: no "(4/5 - 11 lượt)".
        r"(?P<td>\d{1,2})(?P<ts>\s?[/.–-]\s?)(?P<tm>\d{1,2})(?P=ts)(?P<ty>\d\d)(?![\d/])",
        rf"(?P<sd>\d{{1,2}})\s(?P<sm>\d{{1,2}})\s(?P<sy>{_YEAR})",
        (
            rf"(?P<wd>\d{{1,2}})\s?(?:,\s?)?(?:tháng|thg|th)\.?\s?(?P<wm>{month})"
            rf"[\s,/.-]{{0,3}}(?:năm\s)?\s?(?P<wy>{_YEAR})"
        ),
        rf"(?:tháng\s|thg\s|th\s?)(?P<vm>{month})\s(?P<vd>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<vy>{_YEAR})",
        rf"(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?[\s-](?P<em>{english_name}),?[\s-](?P<ey>{_YEAR})",
    )
    english = rf"\b(?P<fm>{english_name})\s(?P<fd>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<fy>{_YEAR})"
    # A day may follow an hour directly: "10:1112/05/2020".
    return re.compile(rf"(?:{free}|(?<=:\d\d))(?:{'|'.join(forms)})|{english}", re.IGNORECASE)


@cache
def clock_pattern() -> re.Pattern[str]:
    """An hour, with minutes, seconds and half of the day where given."""
    return re.compile(
        r"(?P<h>[01]?\d|2[0-3])(?:\s?(?::|h\s?:?|g(?=\s?\d)|giờ)\s?(?P<n>[0-5]?\d(?!\d)|[0-5]\d(?=\d[\d.,]{0,8}\slượt\b))(?:\s?(?::|')\s?"
        r"(?P<s>[0-5]\d)(?:\.\d+)?)?(?:\s?(?:phút|p(?![.\w])|'))?|\s?(?:h|giờ)(?!\w))"
        r"(?:\s?\(?(?P<half>a\.?m|p\.?m|sa|ch|sáng|trưa|chiều|tối|đêm|khuya)\b\.?\)?)?",
        re.IGNORECASE,
    )


def day_of(
    day: re.Match[str], latest: dt.datetime, weekday: int | None, clock: re.Match[str] | None
) -> dt.date | None:
    """The day that a match of ``day_pattern`` states, or None where there is no such day.

    Day first, unless it can only be month first, as American servers print it: by its numbers where
    an hour or the ``weekday`` (Monday is 0) stands beside it, or by that weekday alone.
    """
    found = {k[-1]: v for k, v in day.groupdict().items() if v}
    number, month, year = found["d"], _month(found["m"]), int(found["y"])
    if year < 100:
        year += 2000 if year + 2000 <= latest.year else 1900
    first = _date(year, month, int(number))
    if not (day["d"] or day["td"]) or "/" not in day[0]:
        return first
    other = _date(year, int(number), month)
    if other is None or first == other:
        return first
    if first is None:
        return other if clock is not None or other.weekday() == weekday else None
    return other if first.weekday() != weekday == other.weekday() else first


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int:
    plain = " ".join(lowered(word).split()).rstrip(".")
    return int(plain) if plain.isdigit() else _months()[plain]


_WEEKDAYS = {
    "hai": 0, "2": 0, "mon": 0, "ba": 1, "3": 1, "tue": 1, "tư": 2, "4": 2, "wed": 2, "năm": 3,
    "5": 3, "thu": 3, "sáu": 4, "6": 4, "fri": 4, "bảy": 5, "bẩy": 5, "7": 5, "sat": 5, "cn": 6,
    "sun": 6,
}  # fmt: skip


@cache
def _weekday_before() -> re.Pattern[str]:
    # "Thu" is a name too: an English day opens the line or a part of it.
    opens = r"(?:^|(?<=[|,(\[:–-]\s)|(?<=[|,(\[:–-])|(?<=\bon\s))"
    return re.compile(
        rf"(?:\b(?:thứ\s?|th?\.?\s?)(?P<vi>{_NUMBERED})|"
        r"\b(?:chủ\s?nhật|cn)|"
        rf"{opens}(?P<en>mon|tue|wed|thu|fri|sat|sun)(?:s?day|nesday|rsday|urday)?)"
        r"[\s,.|:–-]{0,3}(?:ngày\s)?$",
        re.IGNORECASE,
    )


def weekday_near(line: str, day: re.Match[str]) -> int | None:
    """The weekday that stands right before a day, Monday as 0, or None: ``"T5, 04/27/2017"``."""
    match = _weekday_before().search(line, max(0, day.start() - 24), day.start())
    return _WEEKDAYS[lowered(match["vi"] or match["en"] or "cn")] if match else None


_GAP = (
    rf"(?:[\s,.;|–—\-()\[\]@•·:/*]|{_WEEKDAY}|ngày|lúc|vào|hồi|cập\snhật|đăng|at\b|on\b|"
    r"\(?(?:gmt|utc)\s?(?:\+\s?0?7(?::?00)?)?\)?|\+0?7:?00)"
)


@cache
def gap_pattern() -> re.Pattern[str]:
    """What may stand between a day and its hour, or nothing."""
    return re.compile(f"{_GAP}*+", re.IGNORECASE)


def behind_gap(line: str, at: int) -> int:
    """Where what may stand between a day and its hour ends, from ``at`` on."""
    gap = gap_pattern().match(line, at)
    return gap.end() if gap else at


@cache
def noise_pattern() -> re.Pattern[str]:
    """Labels and punctuation: a line of these and a date is nothing but a date."""
    words = vocabulary("dates")
    done, label = alternation(words["posted"]), alternation(words["date label"])
    labels = (
        rf"(?:thời\s(?:gian|điểm)|giờ|ngày)(?:\s{done})?|(?:được\s|đã\s)?{done}|{label}|"
        rf"(?:last\s)?{alternation(words['date label in English'])}|"
        r"(?:báo\s)?số(?:\sbáo)?(?:\s\d{1,5})?"
    )
    return re.compile(rf"(?:{labels}|{_GAP})*+", re.IGNORECASE)


@cache
def range_pattern() -> re.Pattern[str]:
    """A second day right behind a day: the two are the ends of something."""
    return re.compile(
        r"\s*(?:đến|tới|và|-|–)\s*(?:hết\s)?(?:ngày\s)?\d{1,2}\s?[/.-]\s?\d{1,2}(?![:h\d])",
        re.IGNORECASE,
    )


@cache
def not_before() -> re.Pattern[str]:
    """What says, right before a day, that the page was not published on it."""
    words = vocabulary("dates")
    event, document = alternation(words["event"]), alternation(words["document day"])
    return re.compile(
        r"(?:\b(?:từ|đến|tới|và|trước|sau|số|hết|sinh|kể)(?:\sngày)?|ngày\s\d{1,2}\s?[,–-]|"
        r"(?<![:\d/hg])(?<!thứ\s)(?<!giờ\s)(?<!h\s)(?<!thứ)\d{1,2}\s[–-]|"
        rf"\bngày\s{document}\s?:?|"
        r"\b(?:ngày|giờ|lúc|thời\sgian|bản)\sin(?:\s(?:ngày|lúc|ra))?\s?:?|"
        r"\bin\s(?:ngày|lúc|vào)\s?:?|"
        # When something is or was, which is news.
        rf"\b{event}(?:\s[^\W\d_]+){{0,4}}\s?(?::[^|]{{0,25}}|(?:\s(?:ngày|vào|lúc|hồi))+)|"
        # The day of the visit, which many pages print at their head.
        r"\b(?:hôm\snay|bây\sgiờ|hiện\stại)"
        rf"(?:[\s,:|–-]|là\b|ngày\b|\d\d?:\d\d|{_WEEKDAY})*+)\s*$",
        re.IGNORECASE,
    )


PUBLISHED = re.compile(r"đăng|xuất\sbản|phát\shành|trả\slời|publish|post", re.IGNORECASE)
UPDATED = re.compile(r"cập\snhật|sửa|\bhỏi\b|updat|modif", re.IGNORECASE)


# Behind which hours each word means the second half of the day ("20:23 PM" is already there).
HALF_DAY = {
    "pm": range(1, 12), "ch": range(1, 12), "chiều": range(1, 12), "tối": range(1, 12),
    "trưa": range(1, 4), "đêm": range(6, 12), "khuya": range(6, 12),
}  # fmt: skip


HOUR_START = re.compile(r"(?<![\d:])\d")
GAP_START = re.compile(r"(?<![^\W_])[^\W_]|[^\w\s]|\s")

# How a line opens that says when the page was posted: a colon may stand behind it or not.
POSTED = re.compile(
    r"\W*(?:(?:ngày|thời gian|tin|bài(?: viết)?|được|đã) )?(?:đăng|cập nhật|xuất bản|phát hành)\b",
    re.IGNORECASE,
)

AGE = r"\d{1,5} (?:giây|phút|giờ|tiếng|ngày|tuần|tháng) (?:trước|ago)"
"""How long ago a page was posted, as a pattern; "40 năm trước" may head a part of a text."""
AGO = {"giây": "seconds", "phút": "minutes", "giờ": "hours", "tiếng": "hours", "ngày": "days"}
RELATIVE = re.compile(
    r"(?P<n>\d{1,3})\s(?P<unit>giây|phút|giờ|tiếng|ngày)\s(?:trước|qua)(?!\w)|"
    r"(?P<word>hôm\s(?:nay|qua|kia)|(?:sáng|trưa|chiều|tối|đêm)\s(?:nay|qua))(?!\w)|"
    r"(?<![\d/.,-])(?P<d>\d{1,2})(?:\s?[/-]\s?|\stháng\s)(?P<m>\d{1,2})(?![\d/.,-]|\s?%)",
    re.IGNORECASE,
)


def day_before(match: re.Match[str], now: dt.datetime) -> dt.date | None:
    """The last day on or before ``now`` that a match of ``RELATIVE`` names: yesterday, 8/3."""
    if match["word"]:
        word = match["word"].lower()
        back = 2 if word.endswith("kia") else 1 if word.endswith("qua") else 0
        return now.date() - dt.timedelta(days=back)
    for year in (now.year, now.year - 1):
        try:
            day = dt.date(year, int(match["m"]), int(match["d"]))
        except ValueError:
            continue
        if day <= now.date():
            return day
    return None
