"""What a page prints below a text, in the same container: readers' words, the writer, appeals."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from newsextract.body import Body
from newsextract.cards import CARDS
from newsextract.clues import AUTHOR, fold, is_noise
from newsextract.dates import header_date
from newsextract.headdates import AGE
from newsextract.layout import Layout
from newsextract.notices import is_contact
from newsextract.signing import ABOVE, STAMP, read_dated, read_full_name
from newsextract.survey import Survey
from newsextract.vocabulary import alternation, vocabulary

_APPEAL = 250  # characters that an appeal stays below
_ABOUT = 3  # lines that are told of a writer at most
_MOST = 0.7  # of the paragraphs, where each has a box of one kind


def before_talk(survey: Survey, body: Body) -> Body:
    """``body`` without what readers say below it: outside its box, under a name and an hour."""
    if end := _first_post_end(survey.layout, body):
        return body.before(end)
    layout = survey.layout
    said = (_said_above(layout, i) for i in body.lines)
    if first := next((i for i in said if i > body.prose[0]), 0):
        return body.before(first)
    last = _last_own(layout, body)
    if last is None:
        return body
    for i in body.prose:
        first = _said_from(layout, i) if i > last else -1
        if first > last:
            return body.before(first)
    return body


def _first_post_end(layout: Layout, body: Body) -> int:
    """Where the first post of a forum's thread ends, whose posts are numbered ``#1``, ``#2``; or 0.

    Above the next number stands its hour; what a member puts under all his posts, a rule parts.
    """
    texts = [line.text for line in layout.lines[: body.prose[-1]]]
    first = body.prose[0]
    if "#2" not in texts[first:] or "#1" not in texts[max(0, first - ABOVE) : first]:
        return 0
    end = texts.index("#2", first) - 1
    return next((i for i in range(first, end) if not texts[i].strip("_-")), end)


def _last_own(layout: Layout, body: Body) -> int | None:
    """The last paragraph in the text's own box, None where there is none."""
    own = (i for i in reversed(body.prose) if layout.inside(layout.lines[i].block, body.home))
    return next(own, None)


def _said_above(layout: Layout, i: int) -> int:
    """The line that names a reader over what he says, where line ``i`` tells the hour, or -1."""
    if i < 2 or not _HOUR.fullmatch(layout.lines[i].text):
        return -1
    name = layout.lines[i - 2].text
    named = name[:1].isalpha() and name[-1:].isalnum() and len(name.split()) <= _NAME
    return i - 2 if named else -1


_NAME = 5  # words of a reader's name at most
_HOUR = re.compile(rf"\d\d?[:h]\d\d,? \d\d?/\d\d?(?:/\d{{4}})?|{AGE}")


def _said_from(layout: Layout, i: int) -> int:
    """The line above paragraph ``i`` that says who said it and at what hour, or -1."""
    above, over = (layout.lines[i - 1].text, layout.lines[i - 2].text) if i > 1 else ("", "")
    if len(above) > STAMP:
        return -1
    if age := _AGE.search(above):
        return i - 1 if age.start() else i - 2
    if not (date := header_date(above)) or date.precision == "day":
        return -1
    if read_dated(above):
        return i - 1
    return i - 2 if date.alone and len(over) <= STAMP and read_full_name(over, dated=True) else -1


_AGE = re.compile(rf"(?:{AGE}|\d{{1,2}} năm trước)$")  # "Nguyễn An · 3 giờ trước"


def before_foot(survey: Survey, body: Body) -> Body:
    """``body`` whose prose ends with its box, where the foot of the page follows that.

    What stands behind the writer's box or a row of buttons is none of the text, nor is what asks
    the reader for something; but a box set as the text's own is a further part of it.
    """
    layout, own, last = survey.layout, _last_own(survey.layout, body), body.prose[-1]
    if own is None:
        return body
    if own == last:
        return _before_writer(survey, _before_cards(survey, body))
    cards = _unlinked_cards(survey, [i for i in body.prose if i > own])
    foot = next((i for i in range(own + 1, last + 1) if i in cards or _is_of_foot(survey, i)), 0)
    if not foot:
        return body
    kind = _, names = layout.kind(body.home)
    alike = {i for i in body.prose if names and layout.kind(layout.holder(i)) == kind}
    prose = [i for i in body.prose if i < foot or i in alike]
    return replace(body, prose=prose)


def _is_of_foot(survey: Survey, i: int) -> bool:
    """Whether line ``i`` is a button or an appeal, or names or is told of the writer.

    A list or a picture is none: behind it the text may go on.
    """
    layout, line = survey.layout, survey.layout.lines[i]
    if is_noise(line.text):
        return True
    if survey.prose[i] and (_is_asking(line.text) or is_contact(line.text)):
        return True
    around = layout.bits[line.block] | layout.bits[layout.holder(i)]
    return bool(around & AUTHOR) or (_is_name(line.text) and not _is_stamp(survey, i + 1))


def _is_stamp(survey: Survey, i: int) -> bool:
    """Whether the line is a day: below a name it signs the text above or opens what one said."""
    date = header_date(survey.layout.lines[i].text) if i < len(survey.prose) else None
    return date is not None and date.alone


def _is_name(text: str) -> bool:
    return len(text) <= STAMP and read_full_name(text, dated=True) is not None


def _is_asking(text: str) -> bool:
    return len(text) <= _APPEAL and _asking().search(text) is not None


@cache
def _asking() -> re.Pattern[str]:
    """Words to the reader, welcomes, and where to send money."""
    said = alternation(vocabulary("boilerplate")["to reader"])
    return re.compile(rf"^(?:Nhiệt liệt c|C)hào mừng |(?:^|[.!?] )(?:Bạn|Quý vị|Hãy) |\b{said}\b")


def _unlinked_cards(survey: Survey, prose: list[int]) -> set[int]:
    """Those of ``prose`` that sum up other articles, in boxes of one kind, each under a headline.

    Pages whose scripts lead to an article need no link there. A question heads an answer.
    """
    layout = survey.layout
    kinds: dict[tuple[int, str, str], set[int]] = {}
    for i in prose:
        holder = layout.holder(i)
        above = layout.lines[i - 1]
        if layout.inside(above.block, holder) and not survey.prose[i - 1] and above.text[-1] != "?":
            kinds.setdefault(layout.series(holder), set()).add(i)
    return {i for found in kinds.values() if len(found) >= CARDS for i in found}


def _before_cards(survey: Survey, body: Body) -> Body:
    """``body`` of paragraphs that have a box each, without cards, the writer or appeals below."""
    layout, lines = survey.layout, survey.layout.lines
    kinds: dict[tuple[int, str, str], list[int]] = {}
    for i in body.prose:
        holder = layout.holder(i)
        if holder != body.home:
            kinds.setdefault(layout.series(holder), []).append(i)
    own = max(kinds.values(), key=len, default=[])
    if len(own) < CARDS or len(own) < _MOST * len(body.prose) or own[-1] == body.prose[-1]:
        return body
    behind = [i for i in body.prose if i > own[-1]]
    cards = _unlinked_cards(survey, behind)
    for i in behind:
        holder = layout.holder(i)
        headed = holder != body.home and layout.inside(lines[i - 1].block, holder)
        if i in cards or _is_asking(lines[i].text) or (headed and _is_name(lines[i - 1].text)):
            return body.before(i - headed)
    return body


def _before_writer(survey: Survey, body: Body) -> Body:
    """``body`` without what its last box tells of the writer, whose name it opens with."""
    layout, lines = survey.layout, survey.layout.lines
    last = body.prose[-1]
    box = layout.holder(last)
    first = last
    while first and layout.inside(lines[first - 1].block, box):
        first -= 1
    if box == body.home or first < last - _ABOUT or not layout.inside(box, body.home):
        return body
    name = lines[first].text
    if first <= body.prose[0] or not _is_name(name):
        return body
    above = [line.text for line in lines[max(0, body.prose[0] - ABOVE) : body.prose[0]]]
    if not any(fold(name) in fold(text) for text in (*above, *survey.meta.authors)):
        return body  # another person, of whom the text tells
    return body.before(first)
