"""The noun phrase that a number counts: ``đối tượng truy nã``, ``xã, phường, thị trấn``.

Vietnamese puts the noun right after its number, classifier first, and its modifiers after it.
The phrase begins with a noun of ``data/nouns.txt`` and goes on while nouns and the modifiers of
``data/modifiers.txt`` follow; it ends before a verb, a preposition, a name or a stop.
"""

from __future__ import annotations

import re
from functools import cache

from newsextract.vocabulary import LETTER, UPPER, alternation, vocabulary

_B = r"[^\S\n]"
_END = rf"(?![{LETTER}\d])"
_NAMED = rf"(?!{_B}+[{UPPER}][{LETTER}])"
# "Trung ương 4 khóa XII": the number names what stands before it.
_TERM = rf"(?!(?:khóa|khoá|kỳ họp|nhiệm kỳ){_B}+(?:[IVXL]+|\d+)(?![{LETTER}]))"


@cache
def _phrase() -> re.Pattern[str]:
    words = vocabulary("nouns")
    nouns = {w for name in words if name != "not nouns" for w in words[name]}
    places = set(words["places"])
    false = f"(?!{alternation(words['not nouns'])}{_END})"
    further = (nouns | set(vocabulary("modifiers")["modifiers"])) - places
    place = f"{alternation(places)}{_END}(?-i:{_NAMED})"
    more = f"(?i:{_B}+{false}(?>{place}|{alternation(further)}{_END}))*+"
    again = f"(?:{_B}*,{_B}*(?i:{false}{alternation(nouns)}){_END}{_NAMED}{more})*+"
    return re.compile(
        rf"{_B}*+(?P<unit>(?i:{false}{_TERM}{alternation(nouns)}{_END}){more}{again})"
    )


def phrase_at(text: str, at: int) -> tuple[str, int] | None:
    """The counted noun phrase that begins at ``at``, after blanks, and where it ends."""
    m = _phrase().match(text, at)
    return (m.group("unit"), m.end()) if m else None
