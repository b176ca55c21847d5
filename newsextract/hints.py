"""What a site's own selectors add where the generic reader found nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from newsextract.dates import header_date
from newsextract.model import Role
from newsextract.signing import read_author
from newsextract.sites import Site

Lines = list[tuple[Role, str, str]]
Found = tuple[Lines, str | None, dt.datetime | None]


def completed(
    select: Callable[[Iterable[str]], list[str]],
    site: Site,
    found: Found,
    fetched: dt.datetime | None,
) -> Found:
    """``found`` (lines, author, published) with its gaps filled by what ``site`` is known for.

    ``select`` gives the texts CSS selectors meet on the page. A stale selector meets nothing, or a
    text that is no date, no name, no paragraph of this article: then the gap stays.
    """
    lines, author, published = found
    known = site.selectors
    if published is None and known.date:
        dates = (header_date(text, base=fetched) for text in select(known.date))
        published = next((date.when for date in dates if date), None)
    if author is None and known.author:
        author = next(filter(None, map(read_author, select(known.author))), None)
    if known.lead and all(role != "lead" for role, _, _ in lines):
        lines = _with_lead(lines, frozenset(select(known.lead)))
    return lines, author, published


def _with_lead(lines: Lines, leads: frozenset[str]) -> Lines:
    """The first paragraph is the lead if it is what the site's lead selector meets."""
    first = next((i for i, line in enumerate(lines) if line[0] == "paragraph"), -1)
    if first < 0 or lines[first][1] not in leads:
        return lines
    _, text, path = lines[first]
    return [*lines[:first], ("lead", text, path), *lines[first + 1 :]]
