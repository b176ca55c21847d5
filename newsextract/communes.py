"""Where the name of a commune behind its level ends: "xã Lương Hòa Lạc | Nguyễn Văn An"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from newsextract.families import has_middle, person_at
from newsextract.letters import BLANK
from newsextract.spelling import toned
from newsextract.vocabulary import vocabulary

COMMUNES = (" xã", " phường", " thị trấn", " đặc khu")
"""The levels of which all names are known."""
_WORD = re.compile(rf"{BLANK}([^\s.,;:()\"“”]{{1,16}}+)")
_LONGEST = 6  # words: "Văn Miếu - Quốc Tử Giám"


def commune_ends(text: str, at: int) -> Iterator[int]:
    """Where names of communes end that begin behind the blank at ``at``, the longest first."""
    if not text[at + 1 : at + 2].isupper():
        return
    words, ends, end = list[str](), list[int](), at
    while len(words) < _LONGEST and (m := _WORD.match(text, end)):
        end = m.end()
        words.append(m[1].lower())
        ends.append(end)
    for count in range(len(words), 0, -1):
        said = " ".join(words[:count]).replace("’", "'")
        if not _names().isdisjoint(toned([said])):
            yield ends[count - 1]


def opens_name(text: str, at: int, end: int) -> bool:
    """Whether a commune of one word, from ``at`` to ``end``, opens a name: "xã | Hồ Thị Cúc"."""
    if " " in text[at + 1 : end] or not person_at(text, at, long=True):
        return False
    return has_middle(text, end) or not person_at(text, end, long=True)


@cache
def _names() -> frozenset[str]:
    return frozenset("\n".join(vocabulary("communes")["commune"]).lower().split("\n"))
