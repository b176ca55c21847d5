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

from newsextract.vocabulary import LETTER, UPPER, openings, spellings, vocabulary, whole_words

_B = r"[^\S\n]"
# "Trung ương 4 khóa XII", "Nghị định 24 khoản 2", "tàu KN 360 Vùng 3": the number names what
# stands before it.
_TERM = (
    rf"(?!(?:khóa|khoá|kỳ họp|nhiệm kỳ|khoản|điều|chương|mục|điểm|phụ lục|vùng|quân khu){_B}+"
    rf"(?:[IVXL]+|\d+)(?![{LETTER}]))"
)
_LISTS = ("not nouns", "billions", "masses", "surfaces", "former", "streets")


def phrase_at(text: str, at: int) -> tuple[str, int] | None:
    """The counted noun phrase that begins at ``at``, after blanks, and where it ends."""
    head = _head(text, at)
    if head is None:
        return None
    noun = _plain(head["noun"])
    if _is_named(text, head, noun):
        return None
    sort = _sorts()[noun]
    acting = sort not in ("people", "places") or noun in _set("professions")
    end, last = _modified(text, head.end(), acting, noun)
    while noun != "người" and (joint := _joint().match(text, end)):
        at = joint.end()
        other = _head(text, at)
        if other and _joins(text, other, {sort, _sorts().get(last)} - {None}, noun):
            reach, word = _modified(text, other.end(), acting, _plain(other["noun"]))
            if "," in joint.group() and _clause().match(text, reach):
                break
            end, last = reach, word
        elif (more := _further(text, at)) and _alike(last, _plain(more.group(1)), acting):
            end, last = more.end(), _plain(more.group(1))
        else:
            break
    return text[head.start("head") : end], end


def _is_named(text: str, head: re.Match[str], noun: str) -> bool:
    """Whether the noun begins or ends a name: bà Cúc, Sông Đốc, 102 Trường Chinh, Ba Bể."""
    if noun in _set("addressed"):
        return _person().match(text, head.end()) is not None
    printed = head["noun"]
    if not printed[0].isupper() or printed.isupper():
        return False
    if noun in _set("governed"):
        return _person().match(text, head.end()) is not None
    if " " in noun or _sorts()[noun] == "people":
        return False
    if _sorts()[noun] == "bodies" or noun in _set("institutions"):
        return _street().match(text, head.start("noun")) is not None
    return text[head.start() - 1].isalpha() or _person().match(text, head.end()) is not None


def sort_at(text: str, at: int) -> str | None:
    """The sort of the noun that begins at ``at``, after blanks: a section of ``data/nouns.txt``."""
    head = _head(text, at)
    return _sorts()[_plain(head["noun"])] if head else None


def is_place_of_action(qualifier: str, unit: str) -> bool:
    """Whether "trên" before a number of ``unit`` may be "on": trên 3 tuyến đường."""
    if qualifier.strip().lower() != "trên":
        return False
    noun = unit.lower()
    return any(noun.startswith(w) for w in vocabulary("nouns")["surfaces"])


def is_verb_after_name(text: str, start: int, phrase: str) -> bool:
    """Whether a number at ``start`` ends a name and ``phrase`` is a verb: Licogi 14 tổ chức …"""
    head = _head(phrase, 0)
    if head is None or _plain(head["noun"]) not in _set("acts"):
        return False
    return _named().search(text, max(0, start - 24), start) is not None


@cache
def _named() -> re.Pattern[str]:
    """A capital word at the end of what is searched, that does not begin a sentence."""
    return re.compile(rf"[{LETTER},]{_B}+[{UPPER}][{LETTER}]*+{_B}+\Z")


def _modified(text: str, end: int, acting: bool, last: str) -> tuple[int, str]:
    """Where the words that modify a noun ending at ``end`` end, and the last of them."""
    while more := _further(text, end):
        word = _plain(more.group(1))
        if word in _set("acts") and (not acting or _object().match(text, more.end())):
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
    return MappingProxyType(
        {w.lower(): s for s, ws in words if s not in _LISTS for w in spellings(ws)}
    )


@cache
def noun_openings() -> frozenset[str]:
    """What the words begin with that a counted noun phrase may begin with, lower-case."""
    return openings([*_sorts(), *vocabulary("nouns")["former"]])


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(spellings(vocabulary("modifiers")[name]))


def _head(text: str, at: int) -> re.Match[str] | None:
    """The longest noun at ``at``, unless a longer word that is none begins there: giải ngân."""
    found = _noun().match(text, at)
    return found if found and _plain(found["noun"]) not in _false() else None


def _further(text: str, at: int) -> re.Match[str] | None:
    """A further word of the phrase: a modifier, a noun of two words or more, a place."""
    found = _more().match(text, at)
    if found is None or (word := _plain(found.group(1))) not in _false():
        return found
    return found if word in _set("modifiers") or word in _set("acts") else None


@cache
def _false() -> frozenset[str]:
    return frozenset(w.lower() for w in spellings(vocabulary("nouns")["not nouns"]))


@cache
def _noun() -> re.Pattern[str]:
    former = whole_words(vocabulary("nouns")["former"])
    words = whole_words(_false() | _sorts().keys())
    return re.compile(rf"(?i){_B}*+(?P<head>(?:{former}{_B}+)?{_TERM}(?P<noun>{words}))")


@cache
def _more() -> re.Pattern[str]:
    longer = {w for w in _sorts() if " " in w}
    words = (longer | _set("places") | _set("modifiers") | _set("acts")) - _set("addressed")
    return re.compile(rf"{_B}+({whole_words(words | _false())})(?!{_B}+(?:số{_B}+)?\d)")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"{_B}*,(?=\D)|{_B}+(?:và|hoặc){_B}")


@cache
def _clause() -> re.Pattern[str]:
    """What follows a noun that is no longer counted but begins a clause: nền đường rộng 17 m."""
    size = rf"(?:[{LETTER}]++{_B}+)?(?:rộng|dài|cao|sâu|dày|nặng)|dưới|từ"
    return re.compile(rf"{_B}+(?:(?:{size}){_B}+)?\d")


@cache
def _object() -> re.Pattern[str]:
    """What follows an act that is a verb here: 14 DN xây dựng các khu du lịch."""
    words = "các những một nhiều hai ba bốn việc thêm lại vào ra"
    return re.compile(rf"{_B}+(?:{'|'.join(words.split())})(?![{LETTER}])|{_B}+\d")


@cache
def _street() -> re.Pattern[str]:
    return re.compile(rf"{whole_words(vocabulary('nouns')['streets'])}")


@cache
def _person() -> re.Pattern[str]:
    return re.compile(rf"{_B}+[{UPPER}](?![{UPPER}])")


@cache
def _name() -> re.Pattern[str]:
    return re.compile(rf"{_B}+[{UPPER}]")
