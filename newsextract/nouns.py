"""The noun phrase that a number counts: ``đối tượng truy nã``, ``xã, phường, thị trấn``.

Vietnamese puts the noun right after its number, classifier first, and its modifiers after it.
The phrase starts with a noun of ``data/nouns.txt`` and goes on while nouns and modifiers follow.
"""

from __future__ import annotations

import re
from functools import cache

from newsextract.vocabulary import LETTER, alternation, vocabulary

_B = r"[^\S\n]"
_END = rf"(?![{LETTER}\d])"


@cache
def _phrase() -> re.Pattern[str]:
    words = vocabulary("nouns")
    nouns = f"(?i:{alternation(words['nouns'])}){_END}"
    more = f"(?i:{alternation({*words['nouns'], *words.get('modifiers', ())})}){_END}"
    return re.compile(
        rf"{_B}*+(?P<unit>{nouns}(?:{_B}+{more})*+(?:{_B}*,{_B}*{nouns}(?:{_B}+{more})*+)*+)"
    )


def phrase_at(text: str, at: int) -> tuple[str, int] | None:
    """The counted noun phrase that begins at ``at``, after blanks, and where it ends."""
    m = _phrase().match(text, at)
    return (m.group("unit"), m.end()) if m else None
