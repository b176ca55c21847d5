"""Fields in the name of a body or behind a post: what it works on."""

from __future__ import annotations

import re
from functools import cache

from newsextract.joints import last_word
from newsextract.letters import BLANKS, END, GAP, LOWER, UPPER
from newsextract.names import CAPITALISED
from newsextract.phrases import (
    BODY,
    LEVEL,
    NAMED,
    OPEN,
    POSTS,
    STOP,
    opener,
    person,
    sections_at,
    sections_of,
)
from newsextract.vocabulary import alternation, vocabulary, word_set

_IN_FIELD = frozenset({"với", "và", "các", "những", "về", "trong", "ngoài", "lĩnh", "vực"})
_CAPITAL = re.compile(rf"{GAP}{CAPITALISED}")
_AREA = rf"[Cc]hâu{GAP}(?:Á|Âu|Phi|Mỹ|Úc|Đại{GAP}Dương)"
_AREAS = re.compile(
    rf"{GAP}(?:khu vực{GAP}|thị trường{GAP})?{_AREA}(?:,{GAP}{_AREA})*+(?:{GAP}và{GAP}{_AREA})"
    rf"(?={BLANKS}[,.;()\n–-]|\Z)"
)
"""Continents listed: "phụ trách khu vực Châu Á, Châu Đại Dương và Châu Phi"."""


_FIELD = re.compile(
    rf"(?:{GAP}[{LOWER}{UPPER}][{LOWER}{UPPER}&-]*+){{1,12}}+(?={BLANKS}(?:[,.;()\n]|\Z))"
)
_THREE = re.compile(rf"(?={GAP}{CAPITALISED}{GAP}{CAPITALISED}{GAP}{CAPITALISED})")


def _field(text: str, at: int) -> re.Match[str] | None:
    """Words that fill the clause, with no person's name among them."""
    m = _FIELD.match(text, at)
    names = _THREE.finditer(text, at, m.end()) if m else ()
    return None if any(person(text, name.start()) for name in names) else m


def field_end(text: str, at: int) -> int | None:
    """Where the field after "phụ trách" ends, if it fills the clause."""
    m = _AREAS.match(text, at) or _field(text, at)
    if m is None:
        return None
    words = (w for w in m[0].lower().split() if w not in _IN_FIELD)
    return None if any(sections_of(w) & STOP for w in words) else m.end()


def field_part(text: str, end: int) -> int | None:
    """Where a dash and a further field of a department end: "Vật tư - Thiết bị nghiền,"."""
    m = _PART.match(text, end)
    if m is None or opener(text, m.start("part") - 1):
        return None
    words = m["part"].lower().split()
    known = (sections_of(" ".join(words[:n])) for n in range(1, len(words) + 1))
    return None if any(k & (STOP | POSTS | LEVEL | BODY | OPEN) for k in known) else m.end()


_PART = re.compile(
    rf"{GAP}[–-]{GAP}(?P<part>[{UPPER}][{LOWER}]++(?:{GAP}[{LOWER}]++){{1,3}}+)"
    rf"(?={BLANKS}(?:[,;()\n]|\.(?!\w)|\Z))"
)


def subjects(text: str, lower: str, end: int) -> int | None:
    """Where further subjects of a school's team or department end: "tổ Văn - Sử - Địa"."""
    if last_word(lower, end) not in word_set("bodies", "subject"):
        return None
    m = _further_subjects().match(text, end)
    if m is None or not _CAPITAL.match(text, m.end()):
        return m and m.end()
    known = sections_at(lower, m.end()) & (BODY | OPEN | NAMED)  # "Toán - Tin Trường Đại học Vinh"
    return m.end() if known or person(text, m.end()) else None


@cache
def _further_subjects() -> re.Pattern[str]:
    named = rf"(?=[{UPPER}])(?i:{alternation(vocabulary('bodies')['subject'])}){END}"
    return re.compile(rf"(?:(?:{GAP}[–-]{GAP}|[–-]){named})++")
