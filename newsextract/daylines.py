"""Which lines of a page may say when its article came, and which say so of something else."""

from __future__ import annotations

import re
from functools import cache

from newsextract.clues import DATE, RELATED
from newsextract.dates import DATE_LINE, is_date_alone
from newsextract.headdates import PUBLISHED, HeaderDate
from newsextract.layout import Layout, Line, is_event
from newsextract.notices import is_stamp
from newsextract.survey import Survey
from newsextract.vocabulary import alternation, vocabulary

_DIGITS = frozenset("0123456789")
_TIMED = frozenset(("time", "abbr"))
_ITEM = 6  # lines that an entry of a list or of talk holds at most
_TITLE = 25  # characters of a link from which it may be another article's title
_MENU = 150  # characters of links on one line from which it is a menu, longer than any title
ANSWERED = re.compile(r"\W*(?:Ngày|Thời gian|Trả lời) (?:trả lời|lúc|ngày)\b")


def stamped(survey: Survey, text: range) -> list[int]:
    """The lines of the text that say when it came, as below a question or among those who made it.

    Below the text of a long story stand its makers and the day, above thanks or an appeal.
    """
    lines = survey.layout.lines
    short = (i for i in text if len(lines[i].text) <= DATE_LINE)
    return [i for i in short if ANSWERED.match(lines[i].text) or _is_published(survey, i)]


def _is_published(survey: Survey, i: int) -> bool:
    text = survey.layout.lines[i].text
    if not (is_stamp(text) and _is_own(survey, i)):
        return False
    return bool(PUBLISHED.search(text) or bits_of(survey, i) & DATE)


def _is_own(survey: Survey, i: int) -> bool:
    """Whether a line stands in no list, in no box apart and in no link."""
    return not (survey.is_aside(i) or survey.layout.lines[i].linked)


def heads_text(survey: Survey, i: int, found: HeaderDate, text: range) -> bool:
    """Whether a date below a lead is the page's, not that of the first of many entries."""
    lines = survey.layout.lines
    if ANSWERED.match(lines[i].text):
        return True
    if not found.alone or not (is_dated(survey, i) or found.precision != "day"):
        return False
    prose = next((j for j in text if j > i and survey.prose[j]), text.stop)
    later = (j for j in range(prose + 1, text.stop) if len(lines[j].text) <= DATE_LINE)
    return not any(_is_own(survey, j) and is_date_alone(lines[j].text) for j in later)


def is_dated(survey: Survey, i: int) -> bool:
    """Whether an element of short line ``i`` is named as a date or made for one."""
    layout = survey.layout
    line = layout.lines[i]
    if survey.prose[i] or (line.is_link and len(line.text) > 40):
        return False
    tags, bits = layout.tags, survey.bits
    if (bits[line.first] | bits[line.last] | bits[line.block]) & DATE:
        return True
    return not _TIMED.isdisjoint((tags[line.first], tags[line.last], tags[line.block]))


@cache
def _of_document() -> re.Pattern[str]:
    """The label of a document's own day, in the cell before it."""
    words = alternation(vocabulary("dates")["document day"])
    return re.compile(rf"\W*Ngày {words}\W*$", re.IGNORECASE)


def may_be_date(survey: Survey, i: int) -> bool:
    """Whether line ``i`` may be read as a day, by its length, place and links."""
    line = survey.layout.lines[i]
    size = len(line.text)
    if not 6 <= size <= 120 or _DIGITS.isdisjoint(line.text):
        return False
    if line.is_link and (size > 40 or not is_dated(survey, i)):
        return False
    if (
        survey.layout.is_called(line, _CLOCK)
        or is_event(survey.layout, i)
        or (i and _of_document().match(survey.layout.lines[i - 1].text))
    ):
        return False
    # A day in the text is the news's, not the page's.
    return not survey.prose[i] or bool(bits_of(survey, i) & DATE)


# What a line is called that tells the time of the visit: "current-time".
_CLOCK = re.compile(
    r"(?<![a-z])(?:(?:current|server|now|today|system)[_-]?(?:date[_-]?time|time|date|day)|"
    r"(?:time|date)[_-]?now|clock|today|dong-?ho)(?![a-z])",
    re.IGNORECASE,
)


def bits_of(survey: Survey, i: int) -> int:
    """What the names of line ``i`` say: of its block, of its first piece and of its last."""
    line = survey.layout.lines[i]
    return survey.bits[line.block] | survey.bits[line.first] | survey.bits[line.last]


_PAGE_HEAD = re.compile(
    r"(?:^|\s)(?:(?:site|page|main)[_-]?)?(?:header|top|top-?bar|masthead)(?=\s|$)", re.IGNORECASE
)


def in_page_head(survey: Survey, i: int, title: int) -> bool:
    """Whether a line stands where pages print the day of the visit."""
    layout = survey.layout
    between = layout.lines[i + 1 : title]
    if sum(x.is_link for x in between) > 2 or any(x.linked > _MENU for x in between):
        return True  # above a menu
    for e in layout.ancestors(layout.holder(i)):
        if layout.inside(layout.lines[title].block, e):
            return False
        head = layout.tags[e] == "header" or bool(_PAGE_HEAD.search(layout.names[e]))
        if head and layout.tags[layout.parents[e]] == "body":
            return True
        if (head or survey.apart[e]) and _has_menu(layout, e):
            return True
    return False


def _has_menu(layout: Layout, element: int) -> bool:
    end = layout.ends[element]
    return sum(x.linked > 0 for x in layout.lines if element <= x.block < end) > 2


_TALK = re.compile(
    r"(?<![a-z])(?:comments?|cmt|repl(?:y|ies)|binh-?luan|phan-?hoi|y-?kien|thao-?luan)(?![a-z])",
    re.IGNORECASE,
)


def is_of_other(survey: Survey, i: int, text: int) -> bool:
    """Whether a date behind the text is that of another article or of what a reader says.

    It stands beside a linked title, in a small box or one that stands apart, or in a box of talk;
    the box does not hold line ``text``.
    """
    layout, lines = survey.layout, survey.layout.lines
    own, first, last, titled = lines[text].block, i, i, False
    for e in layout.ancestors(lines[i].block):
        if layout.inside(own, e):
            return False
        if survey.bits[e] & RELATED or _TALK.search(layout.names[e]):
            return True
        while first - 1 > text and layout.inside(lines[first - 1].block, e):
            first -= 1
            titled |= _is_title(lines[first])
        while last + 1 < len(lines) and layout.inside(lines[last + 1].block, e):
            last += 1
            titled |= _is_title(lines[last])
        if titled and (last - first < _ITEM or survey.apart[e]):
            return True
    return False


def _is_title(line: Line) -> bool:
    return line.is_link and line.linked >= _TITLE
