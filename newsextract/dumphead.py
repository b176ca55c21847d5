"""The head of a plain-text dump: headline, date and writer, among menus and tickers."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from newsextract.clues import pairs
from newsextract.dump import DumpLine, opens_other_articles
from newsextract.dumpmarks import byline_of, date_of, is_caption
from newsextract.headdates import POSTED
from newsextract.vocabulary import alternation, vocabulary


class Head(NamedTuple):
    """The headline's line (None: none found), its text, and the lines between it and the body."""

    number: int
    line: DumpLine | None
    title: str
    below: list[DumpLine]


_LABEL = re.compile(r"(?:tiêu đề|title|tên bài)\s*:\s*(?=\S)", re.IGNORECASE)
_SITE_NAME = re.compile(r"\s+[-–—|»]\s+[^-–—|»]{2,60}$")


def find_head(lines: list[DumpLine], body: list[int]) -> Head:
    """The headline of ``body``: the line above it whose wording comes again in it."""
    words = pairs(" ".join(lines[n].text for n in body))
    start = max(0, body[0] - 60)
    best, number = 0.12, -1
    for n in range(start, body[0]):
        lead = lines[n].prose and n > 0
        if (
            not lead
            and _may_be_title(lines[n])
            and (not lines[n].link or _is_dated(lines, n, body[0]))
            and (score := _title_score(lines, n, body[0], words)) > best
        ):
            best, number = score, n
    if number < 0:
        return Head(-1, None, "", [])
    title = _LABEL.sub("", lines[number].text)
    name = _SITE_NAME.search(title)
    again = name and any(x.text == title[: name.start()] for x in lines)
    if not number and name and (again or _site_word().search(name[0])):
        title = title[: name.start()]
    below = [x for x in lines[number + 1 : body[0]] if not x.text.startswith(title)]
    return Head(number, lines[number], title, below)


@cache
def _site_word() -> re.Pattern[str]:
    """What the name of a site has in it, as printed behind its pages' titles."""
    words = alternation(vocabulary("plain")["site word"])
    return re.compile(rf"{words}|\.(?:vn|com|net)\b", re.IGNORECASE)


def _may_be_title(line: DumpLine) -> bool:
    size = len(line.text)
    return (
        12 <= size <= 300
        and line.text.count(" ") >= 3
        and not (line.bullet or line.dated_link or opens_other_articles(line))
        and not (date_of(line) or byline_of(line))
    )


def _title_score(lines: list[DumpLine], n: int, stop: int, words: set[tuple[str, str]]) -> float:
    """How much of a line's wording comes again in the body, and whether it stands as titles do."""
    line = lines[n]
    if _LABEL.match(line.text):
        return 3.0
    own = pairs(_SITE_NAME.sub("", line.text))
    score = len(own & words) / (len(own) + 4)
    score += 0.3 * _is_dated(lines, n, stop) + 0.3 * line.heading + 0.15 * (n == 0)
    score += 0.5 * any(_is_page_title(x.text, line.text) for x in lines[: min(n, 3)])
    return (
        score
        - 0.3 * line.text.endswith((".", ";", ":"))
        - 0.3 * is_caption(line)
        - min(0.3, 0.01 * (stop - n))
    )


def _is_dated(lines: list[DumpLine], n: int, stop: int) -> bool:
    """Whether a date stands right above or below a line, or below the writer's line there."""
    below = lines[n + 1 : min(stop, n + 3)]
    if below and not byline_of(below[0]):
        below = below[:1]
    return any(date_of(x) for x in lines[max(0, n - 1) : n] + below)


def _is_page_title(line: str, title: str) -> bool:
    """Whether ``line`` is ``title`` with the site's name behind it, or the same again."""
    if line == title:
        return title.count(" ") >= 4  # menus stand at the top as well, and again below
    return bool(line.startswith(title) and _SITE_NAME.fullmatch(line, len(title)))


def author_of(lines: list[DumpLine], head: Head) -> str | None:
    """The writer named between headline and body, or beside the date above them; or None."""
    if head.number < 0:
        return None
    above = [x for x in lines[max(0, head.number - 3) : head.number] if date_of(x)]
    found = (byline_of(line) for line in [*head.below, *above])
    return next((b.author for b in found if b and b.author), None)


def published_of(
    lines: list[DumpLine], head: Head, body: list[int], base: dt.datetime | None
) -> dt.datetime | None:
    """The date nearest to the headline, else one that is labelled right behind the body."""
    top = head.number if head.number >= 0 else body[0]
    # Some sites print the lead between headline and date.
    under = range(top + 1, min(body[0] + 3, body[-1] + 1))
    near = [*under, *range(top - 1, max(-1, top - 6), -1)]
    # A page may print its headline twice, the date below the first.
    twins = [n for n in range(1, top) if lines[n].text == lines[top].text]
    near += [n for twin in twins for n in range(twin + 1, min(twin + 4, top))]
    behind = range(body[-1] + 1, min(len(lines), body[-1] + 6))
    near += [n for n in behind if POSTED.match(lines[n].text)]
    found = (date_of(lines[n], base) for n in near)
    return next((d.when for d in found if d), None)
