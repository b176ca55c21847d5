"""Who wrote an article: the line that signs it, an element named so, or what the head claims."""

from __future__ import annotations

import re

from newsextract.body import Body, below_lead, text_start
from newsextract.byline import read_byline
from newsextract.bylineforms import has_degree
from newsextract.clues import AUTHOR, RELATED, fold, is_own_foot
from newsextract.dates import around_date, header_date
from newsextract.headdates import AGE
from newsextract.headline import Headline
from newsextract.layout import Layout, Line
from newsextract.looks import aligned, is_credit
from newsextract.signing import ABOVE, STAMP, read_author, read_full_name
from newsextract.story import Story
from newsextract.survey import Survey
from newsextract.writers import before_source, is_desk, is_lone, parted

_LABEL = 25  # characters of a label alone
_SIGNATURE = 60  # characters that a name alone stays below
# Between the fields of a row: "Tác giả: Lê Na | 12/3", "Tác giả: Lê Na .Ngày đăng: 12/3".
_FIELDS = re.compile(r"\s+[-–—|•·]\s+|\s*[|•·]\s*|\s+\.(?=[^\W\d_])")
# What stands before a name without a colon, in an element or a cell of its own.
_WRITER = re.compile(
    r"tác giả|người (?:viết|đăng)|(?:được )?(?:viết |đăng |gửi )?bởi|(?:\w+ )?by|author",
    re.IGNORECASE,
)
_NAMED = 120  # characters of a line that an element names as the writers'
_OVER = 4  # lines over a title that tell when it came and who wrote it, and nothing else
_AGO = re.compile(rf"\W*{AGE}\W*")
# Place and day of a document: "Phú Tân, ngày 4 tháng 6 năm 2014".
_PLACED = re.compile(r"\W*[^,|\d–-]{2,40}, ngày \d\d? tháng \d", re.IGNORECASE)


def find_author(survey: Survey, body: Body, head: Headline, story: Story) -> str | None:
    """The writers as printed, or None where the page names none."""
    if signed := next((byline.author for _, byline in story.bylines if byline.author), None):
        printed = _printed(survey, body, head) if is_desk(signed) else []
        written = [name for name in printed if not is_desk(name)]  # "Lê Na", and below "Phóng viên"
        return ", ".join(written) or _fuller(survey, body, head, signed)
    if printed := _printed(survey, body, head):
        return ", ".join(printed)
    return (
        _labelled(survey, body, head)
        or _claimed(survey)
        or _beside_date(survey, body, head)
        or _of_degree(survey, body, head)
        or _linked(survey, body)
        or _below(survey, body, story)
    )


def _fuller(survey: Survey, body: Body, head: Headline, signed: str) -> str:
    """``signed``, or the writers named elsewhere near the body of whom it names some."""
    one = parted(signed)[0].casefold()
    short = (line.text for line in survey.layout.lines[_near(survey, body)] if _may_name(line))
    if sum(one in text.casefold() for text in short) < 2:  # the signature alone has the name
        return signed
    names = set(map(fold, parted(signed)))
    others = (*_printed(survey, body, head), _labelled(survey, body, head) or "")
    return next((other for other in others if names < set(map(fold, parted(other)))), signed)


def _near(survey: Survey, body: Body) -> slice:
    """The lines of the body and some around it."""
    return slice(max(0, body.prose[0] - 15), min(len(survey.closed), body.prose[-1] + 16))


def _may_name(line: Line) -> bool:
    return len(line.text) <= _NAMED


def _claimed(survey: Survey) -> str | None:
    """The writers that the head of the page names."""
    for text in survey.meta.authors:
        for part in (text, text.replace(";", ", ")):
            if (author := read_author(part)) and fold(author) not in survey.site_names:
                return author
    return None


def _printed(survey: Survey, body: Body, head: Headline) -> list[str]:
    """The writers in elements named so, near the body and outside lists and comments."""
    start = head.last + 1 if head.first >= 0 else body.prose[0]
    found: list[str] = []
    last = -1
    near = _near(survey, body)
    for i in range(near.start, near.stop):
        if not _is_named(survey, i):
            continue
        if not (_is_open(survey, i) or _in_bar(survey, i, range(start, body.prose[0]))):
            continue
        author = _undated(survey.layout.lines[i].text)
        if author and fold(author) not in survey.site_names and author not in found:
            if found and i - last > 3:
                break
            found.append(author)
            last = i
    return found


def _is_named(survey: Survey, i: int) -> bool:
    layout = survey.layout
    line = layout.lines[i]
    bits = survey.bits
    named = (bits[line.first] | bits[line.block] | bits[layout.holder(i)]) & AUTHOR
    return bool(named) and _may_name(line) and not is_credit(layout, i)


def _is_open(survey: Survey, i: int) -> bool:
    """Whether a line is neither prose nor part of a list or a box apart."""
    return not (survey.is_aside(i) or survey.prose[i])


def _in_bar(survey: Survey, i: int, between: range) -> bool:
    """Whether a line ``between`` title and text, or in the article's foot, is only among controls.

    Boxes of other articles stand apart too; a comment's writer never stands there.
    """
    layout = survey.layout
    if survey.closed[i] or survey.prose[i]:
        return False
    boxes = [e for e in layout.ancestors(layout.lines[i].block) if survey.apart[e]]
    if i in between:
        return not any(survey.bits[e] & RELATED for e in boxes)
    return any(is_own_foot(layout.names[e]) for e in boxes)


def _undated(text: str) -> str | None:
    """The writer in a text that may hold a date too: ``"Lê Na - 20:58 08/03/2018"``."""
    parts = around_date(text) or (text,)
    return next(filter(None, map(read_author, parts)), None)


def _above(survey: Survey, body: Body, head: Headline) -> list[int]:
    """The short lines between title and text, and below a lead in the text's own box."""
    start = text_start(survey, body)
    first = max(head.last + 1 if head.first >= 0 else start - 4, start - ABOVE, 0)
    near = range(first, start)
    open_ = [i for i in near if _is_open(survey, i) or _in_bar(survey, i, near)]
    return open_ + [i for i in below_lead(survey, body) if _is_open(survey, i)]


def _over(survey: Survey, body: Body, head: Headline) -> list[int]:
    """The few lines over the title in the smallest box that holds title and text."""
    layout = survey.layout
    if head.first < 0:
        return []
    text = layout.lines[body.prose[0]].block
    title = layout.lines[head.first].block
    box = next((e for e in layout.ancestors(title) if layout.inside(text, e)), 0)
    first = head.first
    while first and layout.inside(layout.lines[first - 1].block, box):
        first -= 1
    over = range(first, head.first)
    return [i for i in over if _is_open(survey, i)] if len(over) <= _OVER else []


def _labelled(survey: Survey, body: Body, head: Headline) -> str | None:
    """The name behind a label, between title and text: ``"Viết bởi Lê Thị Hoa"``."""
    lines = survey.layout.lines
    for i in _above(survey, body, head):
        text = lines[i].text
        if i + 1 < len(survey.closed) and _is_label(text):
            text = f"{text.rstrip(' :')}: {lines[i + 1].text}"  # the name has a cell of its own
        fields = filter(_WRITER.match, _FIELDS.split(text))
        parts = (text, (around_date(text) or (text,))[0], *fields)
        bylines = filter(None, map(read_byline, dict.fromkeys(parts)))
        author = next((byline.author for byline in bylines if byline.author), None)
        if author and not is_lone(author) and fold(author) not in survey.site_names:
            return author
    return None


def _is_label(text: str) -> bool:
    return len(text) <= _LABEL and (text.endswith(":") or bool(_WRITER.fullmatch(text)))


def _beside_date(survey: Survey, body: Body, head: Headline) -> str | None:
    """A full name before the date, or alone on the line next to it, between title and text.

    Both may stand over the title too.
    """
    lines = survey.layout.lines
    near = [*_over(survey, body, head), *_above(survey, body, head)]
    stamps = (i for i in near if len(lines[i].text) <= STAMP and not _PLACED.match(lines[i].text))
    dated = {i for i in stamps if header_date(lines[i].text) or _AGO.fullmatch(lines[i].text)}
    for i in near:
        if i in dated:
            before = re.split(r"\s+[-–—]\s|\s*[|•·]", lines[i].text)[0]
            parts = (*(around_date(lines[i].text) or ()), before)
            name = _taken(survey, i, parts[0]) or next(
                filter(None, (_read_name(survey, part, dated=True) for part in parts)), None
            )
        else:
            name = _name(survey, i, dated=True) if {i - 1, i + 1} & dated else None
        if name:
            return name
    return None


def _taken(survey: Survey, i: int, text: str) -> str | None:
    """The writers before "Theo" and a medium, whom no menu names as a section."""
    name = before_source(text)
    others = (x.text for j, x in enumerate(survey.layout.lines) if j != i)
    return name if name and fold(name) not in map(fold, others) else None


def _of_degree(survey: Survey, body: Body, head: Headline) -> str | None:
    """A full name with a degree, or over a line with degree or office, as journals name writers."""
    lines = survey.layout.lines
    for i in _above(survey, body, head):
        if i != head.last + 1 or lines[i].text[-1:] in ".:;?!":
            continue
        below = lines[i + 1].text
        named = has_degree(lines[i].text) or (len(below) <= STAMP and has_degree(below))
        if named and (name := _name(survey, i)):
            return name
    return None


def _below(survey: Survey, body: Body, story: Story) -> str | None:
    """A full name alone right below the text, outside its box; below it no comment may begin."""
    lines, count = survey.layout.lines, len(survey.closed)
    at = 1 + max([body.prose[-1], *(i for i, _ in story.lines if i < count)])
    while at < count and lines[at].is_link:
        at += 1  # links to other articles
    if at >= count or not _is_open(survey, at):
        return None
    right = _is_right(survey.layout, lines[at])
    for i in range(at + 1, min(at + 3, count)):
        dated = not right and header_date(lines[i].text)
        if not survey.closed[i] and (survey.prose[i] or dated):
            return None
    several = lines[at].text.isupper() and len(parted(lines[at].text)) > 1
    return _name(survey, at, dated=right or several)


def _linked(survey: Survey, body: Body) -> str | None:
    """Who signs in the line behind the text where a link holds all of it, as no keyword does.

    It says whence the text is, or it is set to the right and gives the full name.
    """
    at, lines = body.prose[-1] + 1, survey.layout.lines
    if at >= len(survey.closed) or not (lines[at].is_link and _is_open(survey, at)):
        return None
    text = lines[at].text
    if not survey.layout.inside(lines[at].block, body.home) or len(text) > STAMP:
        return None
    byline = read_byline(text) or read_byline(text, bare=True)
    if byline is None or byline.author is None or is_lone(byline.author):
        return None
    signs = byline.source or (_is_right(survey.layout, lines[at]) and read_full_name(text))
    alone = sum(x.text == text for x in lines) == 1
    return byline.author if signs and alone else None


def _is_right(layout: Layout, line: Line) -> bool:
    """Whether a line is set to the right in its block or cell, as those sign who wrote a text."""
    return aligned(layout, line, layout.parents[layout.parents[line.block]]) == "right"


def _name(survey: Survey, i: int, *, dated: bool = False) -> str | None:
    """The names that are all of line ``i``, which no other line of the page repeats."""
    lines = survey.layout.lines
    text = lines[i].text
    if lines[i].linked or sum(x.text == text for x in lines) > 1:
        return None
    return _read_name(survey, text, dated=dated)


def _read_name(survey: Survey, text: str, *, dated: bool = False) -> str | None:
    name = read_full_name(text, dated=dated) if len(text) <= _SIGNATURE else None
    return None if name and fold(name) in survey.site_names else name
