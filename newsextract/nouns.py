"""The noun phrase that a number counts: ``đối tượng truy nã``, ``xã, phường, thị trấn``.

Vietnamese puts the noun right after its number, classifier first, and its modifiers after it.
The phrase begins with a noun of ``data/nouns.txt`` and goes on while longer nouns and the
modifiers of ``data/modifiers.txt`` follow, and over commas to nouns of the same sort. It ends
before a verb, a preposition, a name or a stop.
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType

from newsextract.vocabulary import LETTER, UPPER, alternation, vocabulary

_B = r"[^\S\n]"
_END = rf"(?![{LETTER}\d])"
_UNNAMED = rf"(?!{_B}+[{UPPER}])"
# "Trung ương 4 khóa XII": the number names what stands before it.
_TERM = rf"(?!(?:khóa|khoá|kỳ họp|nhiệm kỳ){_B}+(?:[IVXL]+|\d+)(?![{LETTER}]))"
_LISTS = ("not nouns", "billions", "masses", "surfaces")


def phrase_at(text: str, at: int) -> tuple[str, int] | None:
    """The counted noun phrase that begins at ``at``, after blanks, and where it ends."""
    head = _head().match(text, at)
    if head is None:
        return None
    noun = " ".join(head.group(1).lower().split())
    end = head.end()
    if m := _tail(_sorts().get(noun, "things"), noun in _professions()).match(text, end):
        end = m.end()
    return text[head.start(1) : end], end


def is_place_of_action(qualifier: str, unit: str) -> bool:
    """Whether "trên" before a number of ``unit`` may be "on": trên 3 tuyến đường."""
    if qualifier.strip().lower() != "trên":
        return False
    noun = unit.lower()
    return any(noun.startswith(w) for w in vocabulary("nouns")["surfaces"])


@cache
def _sorts() -> MappingProxyType[str, str]:
    """Noun, lower-case → its section, the sort of thing it names."""
    words = vocabulary("nouns").items()
    return MappingProxyType({w.lower(): s for s, ws in words if s not in _LISTS for w in ws})


@cache
def _professions() -> frozenset[str]:
    return frozenset(vocabulary("modifiers")["professions"])


@cache
def _head() -> re.Pattern[str]:
    false = alternation(vocabulary("nouns")["not nouns"])
    return re.compile(rf"(?i){_B}*+(?!{false}{_END}){_TERM}({alternation(_sorts())}){_END}")


@cache
def _tail(sort: str, acting: bool) -> re.Pattern[str]:
    """What goes on with a noun of ``sort``; ``acting`` allows words that are also verbs."""
    nouns, modifiers = vocabulary("nouns"), vocabulary("modifiers")
    places = set(nouns["places"])
    false = f"(?!{alternation(nouns['not nouns'])}{_END})"
    acts = set(modifiers["acts"])
    longer = {w for w, s in _sorts().items() if " " in w and s != "places"}
    further = (longer | set(modifiers["modifiers"])) - set(modifiers["addressed"]) - acts
    if acting or sort not in ("people", "places"):
        further |= acts
    place = f"{alternation(places)}{_END}{_UNNAMED}"
    more = f"(?:{_B}+{false}(?>{place}|{alternation(further)}{_END}))*+"
    same = {w for w, s in _sorts().items() if s == sort} | set(modifiers["joined"])
    same -= {*modifiers["addressed"], "người"}
    joint = rf"(?:{_B}*,{_B}*|{_B}+(?:và|hoặc){_B}+)"
    return re.compile(rf"{more}(?:{joint}{false}{alternation(same)}{_END}{_UNNAMED}{more})*+")
