"""When an article was published: what the page prints beside its title, checked with its head."""

from __future__ import annotations

import datetime as dt

from newsextract.body import Body
from newsextract.clues import APART, DATE, fold
from newsextract.dates import HeaderDate, header_date, machine_date, wall_clock
from newsextract.headline import Headline
from newsextract.survey import Survey

_REACH = 14  # lines before the title and behind the text in which its date may stand
_LEAST = 2.0  # below this a line's date is not the article's
_PLAIN = 4.0  # below this the head's own claim of another day counts more
_DIGITS = frozenset("0123456789")


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
        return _to_minute(best.when) if best else None
    if printed.precision == "day":
        clocks = [c for text in claims if (c := wall_clock(text))]
        for when in [d.when for d in stated if d.precision != "day"] + clocks:
            if when.date() == printed.when.date() and (when.hour, when.minute) != (0, 0):
                return _to_minute(when)
    return _to_minute(printed.when)


def _to_minute(when: dt.datetime) -> dt.datetime:
    return when.replace(second=0, microsecond=0)


def _printed(
    survey: Survey, body: Body, head: Headline, fetched: dt.datetime | None
) -> tuple[float, HeaderDate | None]:
    """The date line nearest the title, of those that stand outside lists and the running text."""
    start, end = body.prose[0], body.prose[-1] + 1
    first = _first_title(survey, head) if head.first >= 0 else start
    near = (*range(max(0, first - _REACH), start + 1), *range(end, end + _REACH))
    best: tuple[float, HeaderDate | None] = (0.0, None)
    for i in near:
        if i >= len(survey.closed) or not _may_be_date(survey, i):
            continue
        found = header_date(survey.layout.lines[i].text, base=fetched)
        if found is None:
            continue
        found = _with_hour(survey, i, found)
        score = _place(i, first, start, end) + _look(survey, i, found)
        if score >= _LEAST and score > best[0]:
            best = score, found
    return best


def _with_hour(survey: Survey, i: int, day: HeaderDate) -> HeaderDate:
    """``day`` with the hour that the ``time`` element around it states for machines."""
    if day.precision != "day":
        return day
    layout = survey.layout
    for e in (layout.lines[i].first, layout.lines[i].block):
        stated = machine_date(layout.attributes[e].get("datetime") or "")
        if stated and stated.precision != "day" and stated.when.date() == day.when.date():
            return stated
    return day


def _may_be_date(survey: Survey, i: int) -> bool:
    line = survey.layout.lines[i]
    size = len(line.text)
    if not 6 <= size <= 120 or _DIGITS.isdisjoint(line.text) or line.linked > 0.6 * size:
        return False
    # A day in the text is the news's, not the page's.
    return not survey.closed[i] and (not survey.prose[i] or bool(_bits(survey, i) & DATE))


def _bits(survey: Survey, i: int) -> int:
    line = survey.layout.lines[i]
    return survey.bits[line.block] | survey.bits[line.first]


def _look(survey: Survey, i: int, found: HeaderDate) -> float:
    bits = _bits(survey, i)
    score = 3.0 if bits & DATE else 0.0
    score += 1.0 if found.alone else -1.0
    score += 1.0 if found.precision != "day" else 0.0
    return score - 2.0 if bits & APART else score


def _place(i: int, first: int, start: int, end: int) -> float:
    """What the place of a line says: best between title and text, then close above or below."""
    if first <= i <= start:
        return 4.0
    return 2.5 - 0.5 * (first - i) if i < first else 1.0 - 0.3 * (i - end + 1)


def _first_title(survey: Survey, head: Headline) -> int:
    """Where the title stands first: some pages print it above and again in the text's box."""
    title = fold(head.text or "")
    layout = survey.layout
    for i, line in enumerate(layout.lines[: head.first]):
        heading = layout.tags[line.block] in ("h1", "h2") and not survey.apart[line.block]
        if heading and fold(line.text) == title:
            return i
    return head.first
