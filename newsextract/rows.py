"""Rows of people: whose a title is that stands between two names.

In "ông A – X – Trưởng ban B, Ông C – Phó Chủ tịch D" a title is of the name before it, also where X
cannot be read; in "Trưởng ban B, ông A; Phó Chủ tịch D, ông C" it is of the name after it. Which of
the two a row is, shows by what its item begins with: a name, or a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from newsextract.appositions import every
from newsextract.letters import BLANK, BLANKS, GAP, LOWER, START, UPPER
from newsextract.names import CAPITALISED, is_name, loose
from newsextract.notes import NOTE
from newsextract.persons import honorific
from newsextract.titles import MONKS, Title

_CAPITALISED = re.compile(CAPITALISED)
_MONK = re.compile(rf"Thích(?:{GAP}[{UPPER}{LOWER}]++){{1,3}}+")
_WINDOW = 160
_CAREER = (" làm", " chức", " chức vụ", " chức danh", " bổ nhiệm", " giữ", " cử")
"""Verbs of which a title is the object: "ông A được bầu làm Bí thư, ông B làm Phó Bí thư"."""
_EMPTY = tuple(
    f" {lack}{post}"
    for lack in ("kiện toàn", "khuyết", "thiếu", "chưa có", "không có", "chờ bầu", "bầu bổ sung")
    for post in ("", " chức", " chức vụ", " chức danh", " vị trí")
)
"""Words before a post that nobody holds."""
_MARKS = (",", "-", "–", "—", "(")
_ITEM = re.compile(rf"[;:\n](?!{BLANKS}$)|(?<![A-ZĐ])[.!?…]{BLANK}++(?=[^\W\d_])")
"""What parts the items of a row, or two sentences."""
_GOES_ON = re.compile(rf"{BLANKS}[,(–—-]{BLANKS}(?=[^\W_])")


def is_of_another(text: str, title: Title, floor: int) -> bool:
    """Whether ``title``, before a name, may be of another who is named before it.

    So it is where its item holds a person of whom nothing could be read: behind "ông A, nhân sĩ,"
    a title is his. ``floor`` is where the fact before ends.
    """
    left = text[max(0, title.start - 9) : title.start].rstrip()
    if text[max(0, title.start - 26) : title.start].rstrip().lower().endswith(_EMPTY):
        return True
    career = left.lower().endswith(_CAREER)
    if not (career or left.endswith(_MARKS)):
        return False
    base = max(floor, title.start - _WINDOW)
    for m in _ITEM.finditer(text, base, title.start):
        base = m.end()
    if base == floor and _GOES_ON.match(text, floor, title.start - 1):
        return True
    named = _named(text, base, title.start)
    if any(career or _said().match(text, end, title.start) for end in named):
        return True
    return any(is_name(text, *m.span(1)) for m in _full().finditer(text, base, title.start))


def _named(text: str, base: int, stop: int) -> Iterator[int]:
    """Where a name may end that an honorific or a monk's rank opens."""
    for opens in every(_opens(), text, base, stop):
        forms = (loose(), _CAPITALISED) if opens["hon"] else (_MONK,)
        ends = (form.match(text, opens.end(), stop) for form in forms)
        yield from (m.end() for m in ends if m)


@cache
def _opens() -> re.Pattern[str]:
    return re.compile(rf"{START}(?:{honorific()}|(?:{'|'.join(sorted(MONKS)).upper()})\.?{BLANKS})")


@cache
def _said() -> re.Pattern[str]:
    """A mark behind a name, with something said."""
    return re.compile(rf"{NOTE}{BLANKS}[,(–—-]")


@cache
def _full() -> re.Pattern[str]:
    """Three capitalised words or more before a mark: a person's name in full, perhaps."""
    return re.compile(rf"{START}({CAPITALISED}(?:{GAP}{CAPITALISED}){{2,4}}+){NOTE}{BLANKS}[,(–—-]")
