"""Whether capitals are a foreigner's name, by its given name: "Chủ tịch Roman Abramovich"."""

from __future__ import annotations

import re
from functools import cache

from newsextract.letters import END, GAP, LOWER, UPPER
from newsextract.names import NATIVE
from newsextract.vocabulary import alternation, vocabulary, word_set


def is_westerner(text: str, at: int) -> bool:
    """Whether a name of ``data/western.txt`` stands at ``at``, with the other half of it."""
    m = _two().match(text, at)
    if m is None or text.startswith("-", m.end()):
        return _hyphened().match(text, at) is not None
    if m["given"] not in word_set("western", "given"):
        return _is_japanese(m["given"], m["family"])
    family = m["family"]
    if not family.isascii() and _NATIVE.fullmatch(family):
        return False  # "Bệnh viện Tim Tâm Đức"
    return f"{m['given']} {family}" not in word_set("western", "bodies")


def _is_japanese(first: str, second: str) -> bool:
    """Whether one of two words is a given name of Japan and the other may be Japanese."""
    given = word_set("western", "japanese")
    if first not in given and second not in given:
        return False
    return all(_ROMAJI.fullmatch(word) is not None for word in (first, second))


_MORA = r"(?:[kgnhbpmr]y|[kstpc]?(?:ch|sh|ts|[kgsztdnhbpmyrwjf]))?[aeiou]n?"
_ROMAJI = re.compile(rf"(?i:{_MORA}){{2,7}}+h?")
_NATIVE = re.compile(NATIVE)


@cache
def _two() -> re.Pattern[str]:
    word = rf"[{UPPER}][{LOWER}'’]++(?:[{UPPER}][{LOWER}]++)?"
    initial = rf"[{UPPER}](?:\.|{END}(?!['’]))"
    middle = rf"(?:{GAP}(?:{initial}|(?:van|von|der|den|de|da|di|del|la|le){END}))*+"
    return re.compile(rf"(?P<given>{word})(?:-{word})?{middle}{GAP}(?P<family>{word})")


@cache
def _hyphened() -> re.Pattern[str]:
    """A family name and a given name with a hyphen: "Lee Jae-yong", "Tsai Ming-Yu"."""
    family = alternation(vocabulary("western")["hyphened"])
    return re.compile(rf"{family}{GAP}[A-Z][a-z]{{1,5}}-[A-Za-z][a-z]{{1,6}}{END}")
