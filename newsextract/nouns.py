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
from typing import NamedTuple

from newsextract.vocabulary import (
    LETTER,
    UPPER,
    Lexicon,
    openings,
    spellings,
    vocabulary,
    whole_words,
)

_B = r"[^\S\n]"
# "Trung ương 4 khóa XII", "Nghị định 24 khoản 2", "tàu KN 360 Vùng 3": the number names what
# stands before it.
_TERMS = frozenset(
    "khóa,khoá,kỳ họp,nhiệm kỳ,khoản,điều,chương,mục,điểm,phụ lục,vùng,quân khu".split(",")
)
_LISTS = ("not nouns", "billions", "masses", "surfaces", "former", "streets")


class _Noun(NamedTuple):
    """A noun at ``text[start:end]``, ``word`` in lower case; ``at`` is where it was looked for.

    ``head`` is where the phrase begins: before a word such as cựu.
    """

    at: int
    head: int
    start: int
    end: int
    word: str


def phrase_at(text: str, at: int) -> tuple[str, int] | None:
    """The counted noun phrase that begins at ``at``, after blanks, and where it ends."""
    head = _noun(text, at)
    if head is None or _is_named(text, head):
        return None
    sort = _sorts()[head.word]
    acting = sort not in ("people", "places") or head.word in _set("professions")
    whole = _classified(text, head)
    end, last = _modified(text, whole.end, acting, whole.word)
    while head.word != "người" and (joint := _joint().match(text, end)):
        other = _noun(text, joint.end())
        if other and _joins(text, other, {sort, _sorts().get(last)} - {None}, head.word):
            reach, word = _modified(text, other.end, acting, other.word)
            if "," in joint.group() and _clause().match(text, reach):
                break
            end, last = reach, word
        elif (more := _further(text, joint.end())) and _alike(last, more[0], acting):
            last, end = more
        else:
            break
    return text[head.head : end], end


def _classified(text: str, noun: _Noun) -> _Noun:
    """The noun itself after a classifier where that is longer: chiếc máy → (chiếc) máy cày."""
    first = noun.word.partition(" ")[0]
    if first not in _set("classifiers"):
        return noun
    inner = _noun(text, noun.start + len(first))
    if inner is None or inner.end <= noun.end or inner.head < inner.start:
        return noun
    sort = _sorts()[inner.word]
    fits = sort == "things" if first in ("con", "cây", "cái", "gốc", "cành") else sort != "people"
    # "2 ngôi nhà ở Huế" are houses in Huế.
    fits = fits and not inner.word.endswith((" ở", " chờ"))
    return inner if fits and text[inner.start].islower() else noun


def _is_named(text: str, noun: _Noun) -> bool:
    """Whether the noun begins or ends a name: bà Cúc, Sông Đốc, 102 Trường Chinh, Ba Bể."""
    printed, sort = text[noun.start : noun.end], _sorts()[noun.word]
    if noun.word in _set("addressed"):
        return _person().match(text, noun.end) is not None
    if not printed[0].isupper() or printed.isupper():
        return False
    if noun.word in _set("governed"):
        return _person().match(text, noun.end) is not None
    if " " in noun.word or sort == "people":
        return False
    if sort == "bodies" or noun.word in _set("institutions"):
        return _street().match(text, noun.start) is not None
    return text[noun.at - 1].isalpha() or _person().match(text, noun.end) is not None


def sort_at(text: str, at: int) -> str | None:
    """The sort of the noun that begins at ``at``, after blanks: a section of ``data/nouns.txt``."""
    noun = _noun(text, at)
    return _sorts()[noun.word] if noun else None


def is_place_of_action(qualifier: str, unit: str) -> bool:
    """Whether "trên" before a number of ``unit`` may be "on": trên 3 tuyến đường."""
    if qualifier.strip().lower() != "trên":
        return False
    noun = unit.lower()
    return any(noun.startswith(w) for w in vocabulary("nouns")["surfaces"])


def is_verb_after_name(text: str, start: int, phrase: str) -> bool:
    """Whether a number at ``start`` ends a name and ``phrase`` is a verb: Licogi 14 tổ chức …"""
    near = max(0, start - _NAME)
    if text[near:start].islower() or not _named().search(text, near, start):
        return False
    noun = _noun(phrase, 0)
    return noun is not None and (noun.word in _set("acts") or noun.word in _set("also verbs"))


_NAME = 24  # characters before a number in which the name that it ends begins


@cache
def _named() -> re.Pattern[str]:
    """A capital word at the end of what is searched, that does not begin a sentence."""
    return re.compile(rf"[{LETTER},]{_B}+[{UPPER}][{LETTER}]*+{_B}+\Z")


def _modified(text: str, end: int, acting: bool, last: str) -> tuple[int, str]:
    """Where the words that modify a noun ending at ``end`` end, and the last of them."""
    while more := _further(text, end):
        word, reach = more
        if word in _set("acts") and (not acting or _object().match(text, reach)):
            break
        if _sorts().get(word) == "places" and _name().match(text, reach):
            break
        end, last = reach, word
    return end, last


def _joins(text: str, other: _Noun, sorts: set[str | None], noun: str) -> bool:
    """Whether a noun after a comma or "và" is counted too: of the same sort, and no name."""
    if not text[other.start].islower() or _name().match(text, other.end):
        return False
    if other.word in (noun, "người") or other.word in _set("addressed"):
        return False
    first = other.word.partition(" ")[0]
    if first in _set("classifiers") and first != noun.partition(" ")[0]:
        return False  # "2 khẩu súng và hộp đạn" are two things
    return _sorts()[other.word] in sorts or other.word in _set("joined")


def _alike(one: str, other: str, acting: bool) -> bool:
    """Whether two modifiers may share a noun: hình sự, ma túy; cuộc thanh tra, kiểm tra."""
    if _ends_in(one, "domains"):
        return other in _set("domains")
    return acting and other in _set("acts") and _ends_in(one, "acts")


def _ends_in(noun: str, section: str) -> bool:
    words = noun.split()
    return any(" ".join(words[-n:]) in _set(section) for n in (1, 2, 3))


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


def _noun(text: str, at: int) -> _Noun | None:
    """The longest noun at ``at``, unless a longer word that is none begins there: giải ngân."""
    head = start = _after_blanks(text, at)
    found = _nouns().at(text, start)
    if text[start : start + 1] in _formers() and (former := _former().match(text, start)):
        after = _nouns().at(text, former.end())
        start, found = (former.end(), after) if after else (start, found)
    if found is None or found[0] in _false():
        return None
    if found[0] in _TERMS and _numbered().match(text, found[1]):
        return None
    return _Noun(at, head, start, found[1], found[0])


def _after_blanks(text: str, at: int) -> int:
    if text[at : at + 1] == " " and text[at + 1 : at + 2].isalnum():
        return at + 1
    blanks = _blank().match(text, at)
    return blanks.end() if blanks else at


def _further(text: str, at: int) -> tuple[str, int] | None:
    """A further word of the phrase: a modifier, a noun of two words or more, a place."""
    start = _after_blanks(text, at)
    found = _modifiers().at(text, start) if start > at else None
    if found is None or _figure().match(text, found[1]):
        return None
    if found[0] in _false() and not (found[0] in _set("modifiers") or found[0] in _set("acts")):
        return None
    return found[0].lower(), found[1]


@cache
def _false() -> frozenset[str]:
    return frozenset(w.lower() for w in spellings(vocabulary("nouns")["not nouns"]))


@cache
def _nouns() -> Lexicon:
    return Lexicon(_false() | _sorts().keys(), folded=True)


@cache
def _modifiers() -> Lexicon:
    longer = {w for w in _sorts() if " " in w}
    words = (longer | _set("places") | _set("modifiers") | _set("acts")) - _set("addressed")
    return Lexicon(words | _false(), folded=False)


@cache
def _formers() -> frozenset[str]:
    """The letters with which the words before a noun begin."""
    firsts = {word[0] for word in vocabulary("nouns")["former"]}
    return frozenset(firsts | {letter.upper() for letter in firsts})


@cache
def _former() -> re.Pattern[str]:
    return re.compile(rf"(?i){whole_words(vocabulary('nouns')['former'])}{_B}+")


@cache
def _blank() -> re.Pattern[str]:
    return re.compile(rf"{_B}*+")


@cache
def _numbered() -> re.Pattern[str]:
    """The number of what a noun is then the name of: khóa XII, khoản 2, Vùng 3."""
    return re.compile(rf"{_B}+(?:[IVXL]+|\d+)(?![{LETTER}])")


@cache
def _figure() -> re.Pattern[str]:
    return re.compile(rf"{_B}+(?:số{_B}+)?\d")


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
