"""Lines that sign: what is said at a text's end, beside its date, or in a field for its writer.

Where a line stands tells as much as what it says: each reader here is for one such place.
"""

from __future__ import annotations

import re

from newsextract.byline import Byline, read_byline
from newsextract.bylineforms import forms, is_employer, without_degrees
from newsextract.dates import around_date
from newsextract.writers import (
    NAME,
    are_full_names,
    are_given_names,
    are_people,
    has_place,
    is_lone,
    is_medium,
    is_person,
    pattern,
    without_initials,
)

STAMP = 90
"""Characters that a line of a name and an hour stays below."""
ABOVE = 12
"""Lines above a text in which its writer may be named."""


def read_author(text: str) -> str | None:
    """The author a field claims (``meta`` or an element named so), without label and remark."""
    line = " ".join(text.split())
    if not line or len(line) > 120 or re.search(r"https?:|www\.|@|\.(?:vn|com|net|org)\b", line):
        found = re.match(rf"(?:Theo\s+)?({NAME})\s*\(", line)
        return found[1] if found and is_person(found[1]) else None
    byline = read_byline(line, bare=True)
    if byline and byline.source and not byline.author and line.lower().startswith("theo"):
        byline = read_byline(byline.source, bare=True)  # "Theo Hà Lê", where a writer is named
    if byline:
        return None if is_lone(byline.author) else byline.author
    match = forms()["named"].fullmatch(without_degrees(line.strip(" .,;:-")))
    if match and are_people(match["names"]) and not is_lone(match["names"]):
        return match["names"].strip()
    return None


def read_full_name(text: str, *, dated: bool = False) -> str | None:
    """The writers where a line is nothing but their full names, or names with their medium.

    For a line that nothing else calls a byline: one syllable or a pen name could be anything.
    ``dated``: a date stands beside it, as beside a pen name of given names.
    """
    byline = read_byline(text, bare=True)
    if byline is None or byline.author is None or has_place(byline.author):
        return None
    names = without_initials(byline.author)
    if are_full_names(names) or (dated and are_given_names(names)):
        return byline.author
    return byline.author if byline.source and not is_lone(byline.author) else None


def signs(text: str) -> bool:
    """Whether a line under a text says who wrote it, took its pictures or laid it out."""
    return bool(read_byline(text, bare=True) or forms()["photo"].match(text.strip(" ()-*")))


def read_employer(text: str) -> Byline | None:
    """What a line in brackets under a writer's name states: ``"(Chi cục Thú y)"``, ``"(ghi)"``."""
    match = re.fullmatch(r"\s*\(([^()]{2,80})\)\s*", text)
    if match and pattern("remark").fullmatch(match[1].strip()):
        return Byline(None)
    if match and is_employer(match[1].strip(), certain=True):
        return Byline(None, match[1].strip())
    return None


_DATELINE = re.compile(r"[^,]{2,40}, ngày \d", re.IGNORECASE)  # place and day of a document


def read_dated(text: str) -> Byline | None:
    """What a signature states that a date follows: ``"Lê Na - 12/03/2020 09:15"``."""
    parts = None if _DATELINE.match(text) else around_date(text)
    if parts is None or not parts[0] or parts[1]:
        return None
    return read_byline(parts[0], bare=True)


def is_signed(above: str) -> bool:
    """Whether ``above`` a name stands what makes it a document's signature: ``"CHỦ TỊCH"``."""
    line = above.strip(" ()*")
    return len(line) <= 60 and bool(pattern("signing").match(line)) and line[-1:] not in ".:;"


def read_house(text: str, *, right: bool = False) -> Byline | None:
    """What a line states that is set as a signature and names a paper or an office's site.

    ``right``: it is set to the right, where any office signs.
    """
    line = text.strip(" ()-–*")
    if len(line) > 60 or len(line.split()) > 8 or re.search(r"[.:;?!]", line):
        return None
    known = is_medium(line) or pattern("house").match(line)
    return Byline(None, line) if known or (right and pattern("employer").match(line)) else None
