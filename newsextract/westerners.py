"""Whether capitals are a Western person's name, by its given name: "Chủ tịch Roman Abramovich"."""

from __future__ import annotations

import re
from functools import cache

from newsextract.letters import GAP, LOWER, UPPER
from newsextract.names import NATIVE
from newsextract.vocabulary import word_set


def is_westerner(text: str, at: int) -> bool:
    """Whether a given name of ``data/western.txt`` stands at ``at`` and a family name behind it."""
    m = _two().match(text, at)
    if m is None or m["given"] not in word_set("western", "given"):
        return False
    family = m["family"]
    if not family.isascii() and _NATIVE.fullmatch(family):
        return False  # "Bệnh viện Tim Tâm Đức"
    return f"{m['given']} {family}" not in word_set("western", "bodies")


_NATIVE = re.compile(NATIVE)


@cache
def _two() -> re.Pattern[str]:
    word = rf"[{UPPER}][{LOWER}'’]++(?:[{UPPER}][{LOWER}]++)?"
    middle = rf"(?:{GAP}[{UPPER}]\.?)?"
    return re.compile(rf"(?P<given>{word})(?:-{word})?{middle}{GAP}(?P<family>{word})")
