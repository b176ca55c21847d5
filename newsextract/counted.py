"""The noun phrase that a number counts: ``đối tượng truy nã``, ``xã, phường, thị trấn``.

Vietnamese puts the noun right after its number, classifier first, and its modifiers after it.
The phrase begins with a noun of ``data/nouns.txt`` and goes on while longer nouns and the
modifiers of ``data/modifiers.txt`` follow, and over commas to nouns of the same sort. It ends
before a verb, a preposition, a name or a stop.
"""

from __future__ import annotations

import re
from functools import cache

from newsextract.letters import BLANK, LETTER, UPPER
from newsextract.lexicon import Lexicon
from newsextract.nouns import (
    Noun,
    after_blanks,
    classified,
    false_nouns,
    is_named,
    listed,
    noun_at,
    sorts_of_nouns,
)
from newsextract.vocabulary import alternation, vocabulary, whole_words


def phrase_at(text: str, at: int) -> tuple[str, int] | None:
    """The counted noun phrase that begins at ``at``, after blanks, and where it ends."""
    head = noun_at(text, at)
    if head is None or is_named(text, head):
        return None
    sort = sorts_of_nouns()[head.word]
    acting = sort not in ("people", "places") or head.word in listed("professions")
    whole = classified(text, head)
    if head.word in listed("sorts"):
        return text[head.head : whole.end], whole.end
    end, last = _modified(text, whole.end, acting, whole.word)
    while head.word != "người" and (joint := _joint().match(text, end)):
        other = noun_at(text, joint.end())
        if other and other.word in listed("predicates") and "," in joint.group():
            break
        if other and _joins(text, other, {sort, sorts_of_nouns().get(last)} - {None}, head.word):
            reach, word = _modified(text, other.end, acting, other.word)
            if "," in joint.group() and (
                _clause().match(text, reach) or (reach > other.end and _name().match(text, reach))
            ):
                break
            if "," not in joint.group() and reach == other.end and _is_done(text, other):
                break
            end, last = reach, word
        elif (more := _further(text, joint.end())) and _alike(last, more[0], acting):
            last, end = more
        else:
            break
    return text[head.head : end], end


def addressed_at(text: str, at: int) -> tuple[str, int] | None:
    """The word by which several people are called before their names: hai ông Mai Đức Chính."""
    noun = noun_at(text, at)
    if noun is None or noun.word not in listed("addressed") or text[noun.start].isupper():
        return None  # the last is a name: Hai Bà Trưng
    return text[noun.head : noun.end], noun.end


STREETS = ("đường", "phố", "ngõ", "hẻm", "kiệt", "đại lộ")


def is_house_number(text: str, at: int) -> bool:
    """Whether the name of a street at ``at`` makes of the number a house's: 75 đường Lê Lợi."""
    return _street().match(text, at) is not None


@cache
def _street() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}+(?:{alternation(STREETS)}{BLANK}+){{1,2}}[{UPPER}\d]")


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
    noun = noun_at(phrase, 0)
    return noun is not None and (noun.word in listed("acts") or noun.word in listed("also verbs"))


_NAME = 24  # characters before a number in which the name that it ends begins


@cache
def _named() -> re.Pattern[str]:
    """A capital word at the end of what is searched, that does not begin a sentence."""
    return re.compile(rf"[{LETTER},]{BLANK}+[{UPPER}][{LETTER}]*+{BLANK}+\Z")


def _modified(text: str, end: int, acting: bool, last: str) -> tuple[int, str]:
    """Where the words that modify a noun ending at ``end`` end, and the last of them."""
    while more := _further(text, end):
        word, reach = more
        if word in listed("predicates"):
            break
        if word in listed("acts") and (not acting or _object().match(text, reach)):
            break
        if word in listed("relational") and _more_said().match(text, reach):
            break
        kind = sorts_of_nouns().get(word)
        if kind == "places" and _name().match(text, reach):
            break
        if kind is not None and word not in listed("acts"):
            if last in listed("abstract") and kind in ("people", "bodies"):
                break
            if _ends_in(last, "said"):
                break
        if word == "mới" and _newly().match(text, reach):
            break
        end, last = reach, word
    return end, last


def _joins(text: str, other: Noun, sorts: set[str | None], noun: str) -> bool:
    """Whether a noun after a comma or "và" is counted too: of the same sort, and no name."""
    if not text[other.start].islower() or _name().match(text, other.end):
        return False
    if _pointed().match(text, other.end):
        return False
    if other.word in (noun, "người") or other.word in listed("addressed"):
        return False
    if noun.startswith(f"{other.word} "):
        return False  # "3 gói thầu, gói lớn nhất": one of them
    if other.word == "việc" and noun != "vụ":
        return False  # "3 tuyến đường, việc sửa chữa còn chậm": the next clause
    first = other.word.partition(" ")[0]
    if first in listed("classifiers") and first != noun.partition(" ")[0]:
        return False  # "2 khẩu súng và hộp đạn" are two things
    return sorts_of_nouns()[other.word] in sorts or other.word in listed("joined")


def _is_done(text: str, other: Noun) -> bool:
    """Whether a noun after "và" is a verb here: 30 cây xanh và tổ chức dọn vệ sinh."""
    return other.word in listed("acts") and _more_said().match(text, other.end) is not None


def _alike(one: str, other: str, acting: bool) -> bool:
    """Whether two modifiers may share a noun: hình sự, ma túy; cuộc thanh tra, kiểm tra."""
    if _ends_in(one, "domains"):
        return other in listed("domains")
    return acting and other in listed("acts") and _ends_in(one, "acts")


def _ends_in(noun: str, section: str) -> bool:
    words = noun.split()
    return any(" ".join(words[-n:]) in listed(section) for n in (1, 2, 3))


def _further(text: str, at: int) -> tuple[str, int] | None:
    """A further word of the phrase: a modifier, a noun of two words or more, a place."""
    start = after_blanks(text, at)
    found = _modifiers().at(text, start) if start > at else None
    if found is None or _figure().match(text, found[1]):
        return None
    if found[0] in false_nouns() and not (
        found[0] in listed("modifiers") or found[0] in listed("acts")
    ):
        return None
    return found[0].lower(), found[1]


@cache
def _modifiers() -> Lexicon:
    longer = {w for w in sorts_of_nouns() if " " in w}
    words = (longer | listed("places") | listed("modifiers") | listed("acts")) - listed("addressed")
    return Lexicon(words | false_nouns(), folded=False)


@cache
def _figure() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}+(?:số{BLANK}+)?\d")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}*,(?=\D)|{BLANK}+(?:và|hoặc){BLANK}")


@cache
def _clause() -> re.Pattern[str]:
    """What follows a noun that is no longer counted but begins a clause: nền đường rộng 17 m."""
    size = rf"(?:[{LETTER}]++{BLANK}+)?(?:rộng|dài|cao|sâu|dày|nặng)|dưới|từ"
    return re.compile(rf"{BLANK}+(?:(?:{size}){BLANK}+)?\d")


@cache
def _more_said() -> re.Pattern[str]:
    """A word that does not lead on from a noun, as a preposition or "tham gia" would."""
    leads = alternation(listed("leading on"))
    return re.compile(rf"{BLANK}+(?!{leads}(?![{LETTER}]))[{LETTER}]")


@cache
def _newly() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}+{whole_words(vocabulary('modifiers')['newly'])}")


@cache
def _object() -> re.Pattern[str]:
    """What follows an act that is a verb here: 14 DN xây dựng các khu du lịch."""
    words = alternation(listed("objects"))
    size = rf"(?:(?:khoảng|gần|hơn|trên|dưới){BLANK}+)?\d"
    return re.compile(rf"{BLANK}+(?:{words}(?![{LETTER}])|{size})")


@cache
def _pointed() -> re.Pattern[str]:
    """What makes a noun the subject of a new clause: "4 tàu còn lại, doanh nghiệp này sẽ"."""
    return re.compile(rf"{BLANK}+(?:này|đó|ấy)(?![{LETTER}])")


@cache
def _name() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}+[{UPPER}]")
