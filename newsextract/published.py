"""When an article was published: what the page prints beside its title, checked with its head."""

from __future__ import annotations

import datetime as dt

from newsextract.body import Body, Survey
from newsextract.clues import APART, DATE, fold
from newsextract.dates import HeaderDate, header_date, machine_date, wall_clock
from newsextract.headline import Headline
from newsextract.layout import Layout
from newsextract.metadata import Metadata

_REACH = 14  # lines before the title and behind the text in which its date may stand
_DIGITS = frozenset("0123456789")


def find_published(
    layout: Layout,
    survey: Survey,
    body: Body | None,
    head: Headline,
    meta: Metadata,
    fetched: dt.datetime | None,
) -> dt.datetime | None:
    """The time of publication (+07:00; midnight where only the day is stated), or None."""
    stated = [d for text in meta.dates if (d := machine_date(text, base=fetched))]
    clocks = [c for text in meta.dates if (c := wall_clock(text))]
    printed = _printed(layout, survey, body, head, fetched)
    if printed is None:
        best = next((d for d in stated if d.precision != "day"), stated[0] if stated else None)
        return _to_minute(best.when) if best else None
    if printed.precision == "day":
        for when in [d.when for d in stated if d.precision != "day"] + clocks:
            if when.date() == printed.when.date() and (when.hour, when.minute) != (0, 0):
                return _to_minute(when)
    return _to_minute(printed.when)


def _to_minute(when: dt.datetime) -> dt.datetime:
    return when.replace(second=0, microsecond=0)


def _printed(
    layout: Layout,
    survey: Survey,
    body: Body | None,
    head: Headline,
    fetched: dt.datetime | None,
) -> HeaderDate | None:
    """The date line nearest the title, of those that stand outside lists and the running text."""
    start = body.prose[0] if body else len(layout.lines)
    first = _first_title(layout, survey, head) if head.first >= 0 else start
    best: tuple[float, HeaderDate] | None = None
    behind = body.prose[-1] + 1 if body else len(layout.lines)
    near = (*range(max(0, first - _REACH), start + 1), *range(behind, behind + _REACH))
    for i in near:
        if i >= len(survey.closed):
            break
        text = layout.lines[i].text
        if len(text) > 120 or len(text) < 6 or _DIGITS.isdisjoint(text):
            continue
        found = header_date(text, base=fetched)
        if found is None:
            continue
        score = _score(layout, survey, i, first, start, found, body)
        if score > 0 and (best is None or score > best[0]):
            best = score, found
    return best[1] if best else None


def _first_title(layout: Layout, survey: Survey, head: Headline) -> int:
    """Where the title stands first: some pages print it above and again in the text's box."""
    title = fold(head.text or "")
    for i, line in enumerate(layout.lines[: head.first]):
        if layout.tags[line.block] in ("h1", "h2") and not survey.apart[line.block]:
            if fold(line.text) == title:
                return i
    return head.first


def _score(
    layout: Layout,
    survey: Survey,
    i: int,
    first: int,
    start: int,
    found: HeaderDate,
    body: Body | None,
) -> float:
    line = layout.lines[i]
    bits = survey.bits[line.block] | survey.bits[line.first]
    if line.linked > 0.6 * len(line.text) or survey.closed[i]:
        return 0.0
    if survey.prose[i] and not bits & DATE:
        return 0.0  # a day in the text is the news's, not the page's
    score = 3.0 if bits & DATE else 0.0
    score += 1.0 if found.alone else -1.0
    score += 1.0 if found.precision != "day" else 0.0
    if bits & APART:
        score -= 2.0
    if first <= i <= start:
        score += 4.0
    elif i < first:
        score += 2.5 - 0.4 * (first - i)
    elif body is not None and i > body.prose[-1]:
        score += 1.0 - 0.3 * (i - body.prose[-1])
    else:
        return 0.0
    return score if score >= 2.0 else 0.0
