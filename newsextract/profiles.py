"""Lists of people in lines: a line that is a name, the next lines that are titles.

``Đ/c Trần Văn An`` / ``Ủy viên Ban Thường vụ`` / ``Bí thư Huyện ủy, Chủ tịch HĐND huyện``; also
``Họ và tên: …`` / ``Chức vụ: …`` and the cells of a table's row, ``Trần Văn An | Bí thư Huyện ủy``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from operator import attrgetter

from newsextract.letters import BLANK, BLANKS, END, GAP, LOWER, UPPER
from newsextract.names import is_name
from newsextract.persons import NameAt, honorifics
from newsextract.titles import BESIDE, Title

_LONGEST = 90
"""A line that is a name is shorter, a label and a year of birth included."""
_LABEL = re.compile(rf"{BLANKS}(?:[Cc]hức (?:vụ|danh)|CHỨC (?:VỤ|DANH)){BLANKS}:{BLANKS}")
_MARK = re.compile(rf"{BLANKS}[,;–-]{BLANKS}(?:kiêm{BLANK}+)?+|{BLANK}+(?:kiêm|và){BLANK}+")
_start = attrgetter("start")
_END = re.compile(rf"{BLANKS}[.;,]?{BLANKS}(?=\n|\||\Z)")
_BULLET = re.compile(rf"{BLANKS}[-–+•*]?{BLANKS}")


@cache
def _name_line() -> re.Pattern[str]:
    number = rf"(?:\d{{1,3}}{BLANKS}[.)/]{BLANKS}|[-–+•*]{BLANKS})?+"
    label = rf"(?P<label>(?:[Hh]ọ(?:{GAP}và)?{GAP}tên|HỌ(?:{GAP}VÀ)?{GAP}TÊN){BLANKS}:{BLANKS})?+"
    born = rf"(?:{BLANKS}[(,]{BLANKS}(?:[Ss]inh|SN)[^()\n]{{1,30}}\)?)?+"
    called = rf"(?:(?P<hon>{honorifics()}){END}{BLANKS}:?{BLANKS})?+"
    return re.compile(
        rf"{BLANKS}{number}{label}{called}(?P<name>[{UPPER}][{UPPER}{LOWER}.'’ ]{{2,40}}?)"
        rf"{born}{BLANKS}:?{BLANKS}"
    )


def profile(text: str, found: list[Title], i: int, floor: int) -> tuple[NameAt, int] | None:
    """The name in the line or cell before the title ``i``, and the place after its last title.

    None unless that line is a name alone and the lines from the title on are titles alone.
    ``floor`` is where the fact before ends.
    """
    start = _line_of(text, found[i].start)
    if start is None or start <= floor:
        return None
    cell = text[start - 1] == "|"
    name = _name_in(text, start - 1, cell)
    if name is None:
        return None
    after = _last(text, found, i, cell)
    return None if after == i or _swapped(text, found, i, name, floor) else (name, after)


def _line_of(text: str, at: int) -> int | None:
    """Where the line or cell begins in which nothing but a label stands before ``at``."""
    before = text[max(0, at - 2) : at]
    if before[1:] == " " and (before[0] == "," or before[0].isalpha()):
        return None  # most titles stand inside a sentence
    low = max(0, at - 30)  # of a label, at most
    start = max(text.rfind("\n", low, at), text.rfind("|", low, at)) + 1
    m = _LABEL.match(text, start) or _BULLET.match(text, start)
    return start if m is not None and m.end() == at and start else None


def _name_in(text: str, end: int, cell: bool) -> NameAt | None:
    """The name that is all of the line, or of the cell, that ends at ``end``."""
    low = max(0, end - _LONGEST)
    start = max(text.rfind("\n", low, end), text.rfind("|", low, end) if cell else -1) + 1
    m = _name_line().fullmatch(text, start, end) if start or not low else None
    if m is None or not is_name(text, *m.span("name")):
        return None
    return NameAt.called(m)


def _last(text: str, found: list[Title], i: int, cell: bool) -> int:
    """The place after the last title of the whole lines of titles from ``i`` on."""
    whole = i
    while i < len(found) and found[i].sort not in BESIDE:
        end, i = found[i].end, i + 1
        mark = _MARK.match(text, end)
        if mark is not None and i < len(found) and mark.end() == found[i].start:
            continue
        closes = _END.match(text, end)
        if closes is None:
            break
        whole = i
        following = i < len(found) and text[closes.end() : closes.end() + 1] == "\n"
        if cell or not following or _line_of(text, found[i].start) != closes.end() + 1:
            break
    return whole


def _swapped(text: str, found: list[Title], i: int, name: NameAt, floor: int) -> bool:
    """Whether the lines may be title above name: a title ends the line before the name's."""
    above = text.rfind("\n", 0, name.start)
    if i == 0 or above < 0 or found[i - 1].end <= floor or text[found[i].start - 1] == "|":
        return False
    title = text[found[i - 1].start : found[i - 1].end]
    ends = _END.match(text, found[i - 1].end)
    if ends is None or ends.end() != above or title.isupper():
        return False
    line = text.rfind("\n", 0, above) + 1
    first = found[bisect_left(found, line, key=_start)]
    opens = _LABEL.match(text, line) or _BULLET.match(text, line)
    return opens is not None and opens.end() == first.start  # no sentence that ends in a title
