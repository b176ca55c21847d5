"""The title as the page prints it, by agreement of the head's claims with the visible lines."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsextract.body import Body
from newsextract.bylineforms import has_degree
from newsextract.claims import (
    agreement,
    is_glued,
    is_home,
    is_site,
    stated_title,
    without_badge,
    without_site,
)
from newsextract.clues import APART, CAPTION, LEAD, TITLE, fold, is_noise, pairs
from newsextract.dates import DATE_LINE, header_date
from newsextract.layout import Layout, Line
from newsextract.looks import size_of
from newsextract.notices import is_contact, is_notice, is_stamp
from newsextract.rivals import HEADINGS, below_section, names_section, shared, stands_above_menu
from newsextract.survey import Survey

_AGENCY = re.compile(r"\([^()]{2,25}\)\s*[-–—]")  # as a lead opens: "(TTXVN) - "
_DAY_BEHIND = re.compile(r"(.{15,}?)\s*[(\[]\d\d?[/.-]\d\d?[/.-]20\d\d(?:[ ,-]+\d\d?:\d\d)?[)\]]")
_NEAR = 4  # elements around a line whose names may call it the title
_SHORT = 6  # characters of a title that only the head's own words prove to be one
_LONG = 60  # characters that a name with its degree and office stays below
_SAMPLE = 20  # paragraphs whose letters show how large the text is set
_LIKELY = 3.0  # a score that an element named as title has close above the text
_SAME = 8.0  # agreement with a claim that is the line word for word
_SURE = 4.5  # a score that only agreement with the head, or a heading by the text, gives


class Headline(NamedTuple):
    """The title and the numbers of its first and last line, -1 where no line prints it."""

    text: str | None
    first: int = -1
    last: int = -1


def find_headline(survey: Survey, body: Body | None) -> Headline:
    """The line that is the title, or what the head claims where no line says so."""
    layout, names = survey.layout, survey.site_names
    stated = [t for t in survey.meta.titles if not is_home(t)]
    titles = [(fold(t), t) for t in (*stated, *without_site(stated, names))]
    claims = [(folded, t) for folded, t in titles if not is_site(folded, names)]
    start = _first_sentence(survey, body) if body else len(layout.lines)
    best, top = -1, 2.0
    for i in range(min(start + 1, len(layout.lines))):
        if survey.closed[i]:
            continue
        score = _score(survey, i, start, claims)
        if score > top or (score == top and best >= 0):
            best, top = i, score
    claimed = stated_title(claims, names)
    if top < _SURE and claimed and survey.meta.is_article:
        return Headline(claimed)
    if top < _LIKELY and body:
        unnamed = _unnamed(survey, body, start)
        best = unnamed if unnamed >= 0 else best
    if best < 0:
        return Headline(claimed)
    if body and not _is_confirmed(survey, best, claims, start):
        below = below_section(survey, body, best, start)
        best = below if below >= 0 else best
    printed = _printed(layout, best, start)
    if (dated := _dated(layout.lines[best])) and agreement(fold(printed.text or ""), claims) < 7:
        return printed._replace(text=dated)
    return _unlabelled(layout, printed, claimed, claims)


def _unlabelled(
    layout: Layout, printed: Headline, claimed: str | None, claims: list[tuple[str, str]]
) -> Headline:
    """``printed`` without what another element sets before or behind it: ``"Video"``."""
    text = printed.text or ""
    if claimed and is_glued(text, claimed):
        return printed._replace(text=claimed)
    if layout.lines[printed.first].first == layout.lines[printed.last].last:
        return printed
    return printed._replace(text=without_badge(text, claims))


def _is_confirmed(survey: Survey, best: int, claims: list[tuple[str, str]], start: int) -> bool:
    """Whether the head of the page names line ``best`` too; one ``title`` may name the section."""
    text = survey.layout.lines[best].text
    if agreement(fold(text), claims) < 5 or stands_above_menu(survey, best, start):
        return False
    if names_section(survey, best) and _headed_below(survey, best, start):
        return False
    if len(survey.meta.titles) > 1 or _named(survey, best) & TITLE:
        return len(text.split()) > 3 or len(survey.meta.titles) > 1
    return len(text.split()) > 3 and not any(
        _named(survey, i) & TITLE for i in range(best + 1, start)
    )


def _headed_below(survey: Survey, best: int, start: int) -> bool:
    """Whether a first-rank heading stands between line ``best`` and the text."""
    layout = survey.layout
    return any(layout.tags[layout.lines[i].block] == "h1" for i in range(best + 1, start))


def _unnamed(survey: Survey, body: Body, start: int) -> int:
    """The line above the text that shares its words, where no tag or class names a title; or -1."""
    layout = survey.layout
    told = pairs(" ".join(layout.lines[i].text for i in body.prose if i >= start))
    pictures = dict(layout.images)
    told_size = max(size_of(layout, layout.lines[i]) for i in body.prose[:_SAMPLE])
    best, top = -1, 2.4
    for i in range(max(0, start - 10), start):
        line = layout.lines[i]
        size = len(line.text)
        if not 15 <= size <= 250 or line.is_link:
            continue
        if header_date(line.text) and not _dated(line):
            continue
        if survey.is_aside(i) or not _may_be_unnamed(survey, i):
            continue
        score = 2.0 - 0.15 * (start - i) + 2.5 * shared(survey, i, told)
        score += 0.5 if size >= 30 else 0.0
        score += 0.7 if any(_is_date(layout, j) for j in (i - 2, i - 1, i + 1, i + 2)) else 0.0
        score += 0.5 if _named(survey, i) & TITLE else 0.0
        score += 0.7 if size_of(layout, line) > told_size else 0.0
        if not layout.inside(line.block, body.home):
            score += 0.5
        elif i in pictures:
            score -= 0.7  # the words under a picture in the text
        odd = line.text.endswith((".", ":", ";")) or survey.bits[line.block] & LEAD
        score -= 0.7 if odd else 0.0
        if score > top:
            best, top = i, score
    return best


def _may_be_unnamed(survey: Survey, i: int) -> bool:
    """Whether line ``i`` is neither a lead, a caption, a control, a notice nor its writer's."""
    line = survey.layout.lines[i]
    if _named(survey, i) & CAPTION or _is_other(survey.layout, line) or _AGENCY.match(line.text):
        return False
    if is_noise(line.text) or is_notice(line.text) or is_contact(line.text):
        return False
    return not (has_degree(line.text) and len(line.text) < _LONG)


def _is_date(layout: Layout, i: int) -> bool:
    if not 0 <= i < len(layout.lines):
        return False
    text = layout.lines[i].text
    return (len(text) <= DATE_LINE or is_stamp(text)) and bool(header_date(text))


def _printed(layout: Layout, best: int, start: int) -> Headline:
    """The title in line ``best`` with the lines that belong to the same element."""
    lines = layout.lines
    last = best
    while last + 1 < min(start, len(lines)) and lines[last + 1].block == lines[best].block:
        if not _is_title_size(lines[last + 1].text):
            break
        last += 1
    text = " ".join(x.text for x in lines[best : last + 1])
    return Headline(text, best, last)


def _dated(line: Line) -> str | None:
    """The title of a line that an element with its day ends: ``"<b>Khởi công…</b> (21/10/2009)"``.

    A day of history is the title's: ``"Kỷ niệm ngày toàn thắng (30/4/1975)"``.
    """
    match = _DAY_BEHIND.fullmatch(line.text) if line.first != line.last else None
    return match[1] if match else None


def _is_title_size(text: str) -> bool:
    return len(text) < 150 and not header_date(text)


def _first_sentence(survey: Survey, body: Body) -> int:
    """Where the text surely runs: a title may be as long as a paragraph."""
    layout = survey.layout
    for i in body.prose:
        line = layout.lines[i]
        tag = layout.tags[line.block]
        if survey.bits[line.block] & TITLE or tag in HEADINGS or tag == "figcaption":
            continue
        if line.text.endswith((".", "!", "?", "…", ".”", '."', ":")):
            return i
    return body.prose[-1]


def _score(survey: Survey, i: int, start: int, claims: list[tuple[str, str]]) -> float:
    """How much line ``i`` is like the title of the text at line ``start``; -1: not at all."""
    layout = survey.layout
    line = layout.lines[i]
    size = len(line.text)
    if not 2 <= size <= 300 or line.text.endswith((";", ",")):
        return -1.0
    bits = _named(survey, i)
    heading = _heading(layout, line.first)
    likely = heading or bits & TITLE
    if not likely and (size <= 12 or not claims):
        return -1.0
    folded = fold(line.text)
    match = agreement(folded, claims)
    if not (likely or match) or (size < _SHORT and not match):
        return -1.0
    site = is_site(folded, survey.site_names)
    if _is_other(layout, line) or (match < _SAME and (site or (line.is_link and not likely))):
        return -1.0  # the head names the site, or an entry of a menu
    day = header_date(line.text)
    if day and (day.alone or not (heading or match >= 5) or len(folded.split()) < 8):
        return -1.0
    score = heading + match + max(0.0, 2.0 - 0.15 * (start - i))
    against = (
        (-1.5, bool(bits & TITLE)),
        (1.0, line.text.endswith((".", ":"))),
        (2.0, line.is_link),
        (4.0, survey.apart[line.block] or bool(bits & APART)),
        (1.0, not match and layout.tags[line.block] in ("li", "option", "td")),
        (2.0, not match and size < 15),
        (_SAME, site),
        (4.0, bool(_AGENCY.match(line.text))),
    )
    return score - sum(cost for cost, applies in against if applies)


def _is_other(layout: Layout, line: Line) -> bool:
    """Whether a line is called the site's name, or what stands above a title; or heads a box."""
    if layout.tags[line.block] == "legend":
        return True
    return layout.is_called(line, _OTHER)


_OTHER = re.compile(
    r"(?<![a-z])(?:(?:site|blog|web)[_-]?(?:title|name)|logo|brand|kicker|"
    r"(?:sub|super|pre|over)[_-]?(?:title|head(?:ing|line)?)|"
    r"(?:tieu[_-]?de|tit|title)[_-]?phu|(?:tren|duoi)[_-]?tieu[_-]?de)(?![a-z])",
    re.IGNORECASE,
)


def _named(survey: Survey, i: int) -> int:
    """What the names of line ``i`` say: of its block, its first piece, and what stands between."""
    bits, parents = survey.bits, survey.layout.parents
    line = survey.layout.lines[i]
    named, e = bits[line.block], line.first
    for _ in range(_NEAR):
        if e <= line.block:
            break
        named |= bits[e]
        e = parents[e]
    return named


def _heading(layout: Layout, element: int) -> float:
    """What the heading that holds ``element``, if one does, says for a title."""
    tags, parents = layout.tags, layout.parents
    for _ in range(_NEAR):
        if heading := HEADINGS.get(tags[element]):
            return heading
        element = parents[element]
        if element < 0:
            break
    return 0.0
