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

from newsextract.vocabulary import LETTER, UPPER, openings, vocabulary, whole_words

_B = r"[^\S\n]"
# "Trung ương 4 khóa XII", "Nghị định 24 khoản 2": the number names what stands before it.
_TERM = (
    rf"(?!(?:khóa|khoá|kỳ họp|nhiệm kỳ|khoản|điều|chương|mục|điểm|phụ lục){_B}+"
    rf"(?:[IVXL]+|\d+)(?![{LETTER}]))"
)
_LISTS = ("not nouns", "billions", "masses", "surfaces", "former")


def phrase_at(text: str, at: int) -> tuple[str, int] | None:
    """The counted noun phrase that begins at ``at``, after blanks, and where it ends."""
    head = _noun().match(text, at)
    if head is None:
        return None
    noun = _plain(head["noun"])
    if _is_named(text, head, noun):
        return None
    sort = _sorts()[noun]
    acting = sort not in ("people", "places") or noun in _set("professions")
    end, last = _modified(text, head.end(), acting, noun)
    while joint := _joint().match(text, end):
        at = joint.end()
        other = _noun().match(text, at)
        if other and _joins(text, other, {sort, _sorts().get(last)} - {None}, noun):
            end, last = _modified(text, other.end(), acting, _plain(other["noun"]))
        elif (more := _more().match(text, at)) and _alike(last, _plain(more.group(1)), acting):
            end, last = more.end(), _plain(more.group(1))
        else:
            break
    return text[head.start("head") : end], end


def _is_named(text: str, head: re.Match[str], noun: str) -> bool:
    """Whether the noun begins a name: bà Cúc, Sông Đốc."""
    if noun in _set("addressed"):
        return _person().match(text, head.end()) is not None
    name = head["noun"][0].isupper() and _sorts()[noun] == "places" and not noun.isupper()
    return name and _person().match(text, head.end()) is not None


def sort_at(text: str, at: int) -> str | None:
    """The sort of the noun that begins at ``at``, after blanks: a section of ``data/nouns.txt``."""
    head = _noun().match(text, at)
    return _sorts()[_plain(head["noun"])] if head else None


def is_place_of_action(qualifier: str, unit: str) -> bool:
    """Whether "trên" before a number of ``unit`` may be "on": trên 3 tuyến đường."""
    if qualifier.strip().lower() != "trên":
        return False
    noun = unit.lower()
    return any(noun.startswith(w) for w in vocabulary("nouns")["surfaces"])


def is_verb_after_name(text: str, start: int, phrase: str) -> bool:
    """Whether a number at ``start`` ends a name and ``phrase`` is a verb: Licogi 14 tổ chức …"""
    head = _noun().match(phrase)
    if head is None or _plain(head["noun"]) not in _set("acts"):
        return False
    return _named().search(text, max(0, start - 24), start) is not None


@cache
def _named() -> re.Pattern[str]:
    """A capital word at the end of what is searched, that does not begin a sentence."""
    return re.compile(rf"[{LETTER},]{_B}+[{UPPER}][{LETTER}]*+{_B}+\Z")


def _modified(text: str, end: int, acting: bool, last: str) -> tuple[int, str]:
    """Where the words that modify a noun ending at ``end`` end, and the last of them."""
    while more := _more().match(text, end):
        word = _plain(more.group(1))
        if word in _set("acts") and not acting:
            break
        if _sorts().get(word) == "places" and _name().match(text, more.end()):
            break
        end, last = more.end(), word
    return end, last


def _joins(text: str, other: re.Match[str], sorts: set[str | None], noun: str) -> bool:
    """Whether a noun after a comma or "và" is counted too: of the same sort, and no name."""
    word = _plain(other["noun"])
    if not other["noun"][0].islower() or _name().match(text, other.end()):
        return False
    if word in (noun, "người") or word in _set("addressed"):
        return False
    return _sorts()[word] in sorts or word in _set("joined")


def _alike(one: str, other: str, acting: bool) -> bool:
    """Whether two modifiers may share a noun: hình sự, ma túy; cuộc thanh tra, kiểm tra."""
    if _ends_in(one, "domains"):
        return other in _set("domains")
    return acting and other in _set("acts") and _ends_in(one, "acts")


def _ends_in(noun: str, section: str) -> bool:
    words = noun.split()
    return any(" ".join(words[-n:]) in _set(section) for n in (1, 2, 3))


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


@cache
def _sorts() -> MappingProxyType[str, str]:
    """Noun, lower-case → its section, the sort of thing it names."""
    words = vocabulary("nouns").items()
    return MappingProxyType({w.lower(): s for s, ws in words if s not in _LISTS for w in ws})


@cache
def noun_openings() -> frozenset[str]:
    """What the words begin with that a counted noun phrase may begin with, lower-case."""
    return openings([*_sorts(), *vocabulary("nouns")["former"]])


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(vocabulary("modifiers")[name])


@cache
def _noun() -> re.Pattern[str]:
    false = whole_words(w.lower() for w in vocabulary("nouns")["not nouns"])
    former = whole_words(vocabulary("nouns")["former"])
    return re.compile(
        rf"(?i){_B}*+(?P<head>(?:{former}{_B}+)?"
        rf"(?!{false}){_TERM}(?P<noun>{whole_words(_sorts())}))"
    )


@cache
def _more() -> re.Pattern[str]:
    """A further word of the phrase: a modifier, a noun of two words or more, a place."""
    false = whole_words(vocabulary("nouns")["not nouns"])
    longer = {w for w, sort in _sorts().items() if " " in w or sort == "places"}
    words = (longer | _set("modifiers") | _set("acts")) - _set("addressed")
    return re.compile(rf"{_B}+(?!{false})({whole_words(words)})(?!{_B}+(?:số{_B}+)?\d)")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"{_B}*,(?=\D)|{_B}+(?:và|hoặc){_B}")


@cache
def _person() -> re.Pattern[str]:
    return re.compile(rf"{_B}+[{UPPER}](?![{UPPER}])")


@cache
def _name() -> re.Pattern[str]:
    return re.compile(rf"{_B}+[{UPPER}]")
