"""When an article was published: what the page prints beside its title, checked with its head."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial

from newsextract.body import Body, below_lead, text_start
from newsextract.clues import APART, DATE, fold
from newsextract.dates import header_date, machine_date
from newsextract.daylines import (
    ANSWERED,
    bits_of,
    heads_text,
    in_page_head,
    is_dated,
    is_of_other,
    may_be_date,
    stamped,
)
from newsextract.headdates import POSTED, PUBLISHED, UPDATED, HeaderDate
from newsextract.headline import Headline
from newsextract.machinedates import wall_clock
from newsextract.notices import is_stamp
from newsextract.signing import read_dated, signs
from newsextract.survey import Survey

_REACH = 14  # lines before the title and behind the text in which its date may stand
_OVER = 5  # lines above the title, in its box, in which the day may be a link
_LEAST = 2.0  # below this a line's date is not the article's
_PLAIN = 4.0  # below this the head's own claim of another day counts more
_CLOCK = re.compile(
    r"\W*\d\d?[:h]\d\d(?::\d\d)?(?:\s?(?:[AP]\.?M\.?|SA|CH|sáng|trưa|chiều|tối|đêm|khuya))?"
    r"(?:\W*GMT\W?\+7)?\W*",
    re.IGNORECASE,
)


def find_published(
    survey: Survey, body: Body, head: Headline, fetched: dt.datetime | None
) -> dt.datetime | None:
    """The time of publication (+07:00; midnight where only the day is stated), or None."""
    claims = survey.meta.dates
    stated = [d for text in claims if (d := machine_date(text, base=fetched))]
    score, printed = _printed(survey, body, head, fetched)
    if printed and score < _PLAIN and stated and stated[0].when.date() != printed.when.date():
        printed = None  # a clock in the page's head is today's
    if printed is None:
        best = next((d for d in stated if d.precision != "day"), stated[0] if stated else None)
        best = best or _of_address(survey.address, fetched)
        return _to_minute(best.when) if best else None
    if printed.precision == "day":
        stated += _stated_near(survey, body, head)
        clocks = [c for text in claims if (c := wall_clock(text))]
        for when in [d.when for d in stated if d.precision != "day"] + clocks:
            if when.date() == printed.when.date() and (when.hour, when.minute) != (0, 0):
                return _to_minute(when)
    return _to_minute(printed.when)


def _of_address(address: str | None, fetched: dt.datetime | None) -> HeaderDate | None:
    """The day in an address made of it, as blogs make them: ``/2013/04/19/tha-ve-rung/``."""
    match = _PERMALINK.search(address or "")
    return machine_date("-".join(match.groups()), base=fetched) if match else None


_PERMALINK = re.compile(r"/((?:19|20)\d\d)/(\d\d)/(\d\d)/[\w%.~-]{5,}/?$")


def _stated_near(survey: Survey, body: Body, head: Headline) -> list[HeaderDate]:
    """What elements made for dates say between the title and a few lines behind the text."""
    first = head.first if head.first >= 0 else body.prose[0]
    near = range(first, min(len(survey.closed), body.prose[-1] + _REACH))
    return [
        d
        for i in near
        if not survey.closed[i] and is_dated(survey, i) and (d := _stated(survey, i))
    ]


def _to_minute(when: dt.datetime) -> dt.datetime:
    return when.replace(second=0, microsecond=0)


def _printed(
    survey: Survey, body: Body, head: Headline, fetched: dt.datetime | None
) -> tuple[float, HeaderDate | None]:
    """The date line nearest the title, of those that stand outside lists and the running text."""
    start, end = text_start(survey, body), body.prose[-1] + 1
    first = _first_title(survey, head) if head.first >= 0 else start
    above, behind = range(max(0, first - _REACH), first), range(end, end + _REACH)
    best: tuple[float, HeaderDate | None] = (0.0, None)
    between = False  # whether a line that tells only a date stands between title and text
    below, text = below_lead(survey, body), range(start + 1, end)
    place = partial(_place, survey, first=first, start=max(start, below.stop - 1), end=end)
    near = (*range(first, start + 1), *reversed(above), *behind)
    for i in (*near, *below, *stamped(survey, text)):
        found = _read(survey, i, fetched)
        if found is None or (i in below and not heads_text(survey, i, found, text)):
            continue
        if i in above and between:
            continue  # what the page's head prints is today's
        linked = survey.layout.lines[i].is_link
        if linked and not (found.alone and (first <= i < end or _heads_title(survey, i, first))):
            continue
        if i >= end and is_of_other(survey, i, end - 1):
            continue
        score = place(i, found) + _look(survey, i, found)
        if score >= _LEAST and score > best[0]:
            best = score, found
            told = found.alone or is_stamp(survey.layout.lines[i].text)
            between = told and first <= i <= start and not _is_update(survey, i)
    return best


def _heads_title(survey: Survey, i: int, first: int) -> bool:
    """Whether linked day ``i`` stands above the title in a box with it that holds little else."""
    layout = survey.layout
    box = layout.parents[layout.lines[first].block]
    over = 0 < first - i <= _OVER and is_dated(survey, i)
    return over and layout.inside(layout.lines[i].block, box)


def _read(survey: Survey, i: int, fetched: dt.datetime | None) -> HeaderDate | None:
    """The date of line ``i``, in words or as its element states it for machines."""
    if i >= len(survey.closed) or survey.closed[i]:
        return None
    lines = survey.layout.lines
    found = header_date(lines[i].text, base=fetched) if may_be_date(survey, i) else None
    if found is None:
        return _stated(survey, i) if is_dated(survey, i) else None
    if found.precision != "day":
        return found
    stated = _stated(survey, i)
    if stated and stated.precision != "day" and stated.when.date() == found.when.date():
        return stated
    for j in (i + 1, i - 1):  # the hour may stand in an element of its own
        if 0 <= j < len(survey.closed) and _CLOCK.fullmatch(lines[j].text):
            whole = header_date(f"{lines[i].text} {lines[j].text}", base=fetched)
            return whole if whole and whole.when.date() == found.when.date() else found
    return found


def _stated(survey: Survey, i: int) -> HeaderDate | None:
    """What the element around a short line says of its time: ``<time datetime=…>``."""
    layout = survey.layout
    line = layout.lines[i]
    if len(line.text) > 120:
        return None
    for e in {line.first, line.last, line.block, layout.parents[line.first]}:
        attributes = layout.attributes[e]
        text = attributes.get("datetime") or attributes.get("title") or attributes.get("content")
        if text and text[:2] in ("19", "20") and (stated := machine_date(text)):
            return stated
    return None


def _look(survey: Survey, i: int, found: HeaderDate) -> float:
    bits = bits_of(survey, i)
    score = 3.0 if bits & DATE else 0.0
    score += 1.0 if found.alone else -1.0
    score += 1.0 if found.precision != "day" else 0.0
    score -= 0.1 if _is_update(survey, i) else 0.0  # another may say when it was published
    return score - 2.0 if bits & APART else score


def _is_update(survey: Survey, i: int) -> bool:
    layout = survey.layout
    line = layout.lines[i]
    said = f"{line.text} {layout.names[line.first]} {layout.names[line.block]}"
    return bool(UPDATED.search(said)) and not PUBLISHED.search(said)


def _place(survey: Survey, i: int, found: HeaderDate, *, first: int, start: int, end: int) -> float:
    """What the place of a line says: best between title and text, then close above or below."""
    lines = survey.layout.lines
    if first <= i and ANSWERED.match(lines[i].text):
        return 5.0
    if first <= i <= start:
        return 4.0
    if start < i < end:
        return 2.5
    if i < first:
        return (-3.0 if in_page_head(survey, i, first) else 2.5) - 0.5 * (first - i)
    if is_stamp(lines[i].text) or (found.alone and POSTED.match(lines[i].text)):
        return (3.5 if _is_update(survey, i) else 6.0) - 0.3 * (i - end + 1)
    if read_dated(lines[i].text):
        return 3.0 - 0.3 * (i - end + 1)
    signed = [signs(lines[j].text) for j in range(end, i)]
    if signed and all(signed):
        return 1.5  # right under the names of those who wrote it
    return 1.0 - 0.3 * (i - end + 1)


def _first_title(survey: Survey, head: Headline) -> int:
    """Where the title stands first: some pages print it above and again in the text's box."""
    title = fold(head.text or "")
    layout = survey.layout
    for i, line in enumerate(layout.lines[: head.first]):
        heading = layout.tags[line.block] in ("h1", "h2") and not survey.apart[line.block]
        if heading and fold(line.text) == title:
            return i
    return head.first
