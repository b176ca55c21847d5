"""The noun phrase that a number counts: ``đối tượng truy nã``, ``xã, phường, thị trấn``.

Vietnamese puts the noun right after its number, classifier first, and its modifiers after it.
The phrase begins with a noun of ``data/nouns.txt`` and goes on while nouns and the modifiers of
``data/modifiers.txt`` follow; it ends before a verb, a preposition, a name or a stop.
"""

from __future__ import annotations

import re
from functools import cache

from newsextract.vocabulary import LETTER, alternation, vocabulary

_B = r"[^\S\n]"
_END = rf"(?![{LETTER}\d])"
_NAMED = rf"(?!{_B}+[A-ZĐÀ-ÖØ-ÞƠƯ][{LETTER}])"
_ORDINAL = rf"(?!{_B}+(?:[IVXL]+|\d)(?![{LETTER}]))"


@cache
def _phrase() -> re.Pattern[str]:
    words = vocabulary("nouns")
    sections = [name for name in words if name != "not nouns"]
    nouns = {w for name in sections for w in words[name]}
    places = set(words["places"])
    heads = f"(?i:(?!{alternation(words['not nouns'])}{_END}){alternation(nouns)}){_END}"
    further = (nouns | set(vocabulary("modifiers")["modifiers"])) - places
    more = (
        f"(?i:{_B}+(?!{alternation(words['not nouns'])}{_END})"
        f"(?>{alternation(further)}{_END}|{alternation(places)}{_END}(?-i:{_NAMED})))"
    )
    joined = "|".join(
        f"{{m}}(?:{_B}*,{_B}*(?:{alternation(words[name])}){_END}{{m}})*+".replace("{m}", f"(?:{more})*+")
        for name in ()
    )
    again = f"(?:{_B}*,{_B}*(?i:{alternation(nouns)}){_END}{_NAMED}(?:{more})*+)*+"
    return re.compile(rf"{_B}*+(?P<unit>{heads}{_ORDINAL}(?:{more})*+{again}{joined})")


def phrase_at(text: str, at: int) -> tuple[str, int] | None:
    """The counted noun phrase that begins at ``at``, after blanks, and where it ends."""
    m = _phrase().match(text, at)
    return (m.group("unit"), m.end()) if m else None
