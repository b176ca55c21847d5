"""Names of writers: what reads as one, and what is a paper's, an office's, a place's or an account.

Words are data: ``data/bylines.txt``, ``data/surnames.txt``, ``data/places.txt``.
"""

from __future__ import annotations

import re
from functools import cache

from newsextract.letters import LETTER, UPPER
from newsextract.vocabulary import alternation, vocabulary, word_set

_INITIALS = rf"(?:[{UPPER}]\.?[ -]?){{1,4}}[{UPPER}]\.?"
_SYLLABLE = rf"[{UPPER}](?:['’][{UPPER}a-z])?[{LETTER}]*+"
NAME = (
    rf"(?:(?:[{UPPER}]\.\s?){{1,3}}{_SYLLABLE}(?: {_SYLLABLE}){{0,2}}+|"
    rf"{_SYLLABLE}(?:[ -]{_SYLLABLE}){{0,4}}+(?: [{UPPER}]\.)?|{_INITIALS}(?: {_SYLLABLE})?)"
)
"""The pattern of one name: ``Lê Na``, ``H.Tú``, ``N.T.Hoa``, ``K'Brêu``, ``P.V``."""
CAPITAL = rf"[{UPPER}]"
JOIN = r"(?:\s*[,;&/+]\s*|\s+[-–—]\s*|\s*-\s+|\s*[–—]\s*|\s+(?:và|VÀ|and)\s+)"
"""The pattern of what stands between two names."""
PRESS = r"(?:Báo|Đài|Tạp chí|Cổng|TTXVN|VOV|VTV)"
"""The pattern of what opens the name of a paper, a station or a site behind a writer's."""
_HOUSE_WITHIN = re.compile(rf"\s{PRESS}\s")


@cache
def pattern(section: str) -> re.Pattern[str]:
    """A whole word or words of ``section`` of the vocabulary, in any case."""
    words = map(str.lower, vocabulary("bylines")[section])
    return re.compile(rf"(?:{alternation(words)})(?![{LETTER}])", re.IGNORECASE)


@cache
def _media() -> frozenset[str]:
    return frozenset(_key(word) for word in vocabulary("bylines")["medium"])


def _key(text: str) -> str:
    return re.sub(r"[^\w]+", "", text).casefold()


def is_medium(name: str) -> bool:
    """Whether ``name`` is a known paper, agency, station or site, however it is spaced."""
    return _key(name) in _media()


_UNIT = 6  # words of an office before a name
_OFFICE = re.compile(r"[BCDĐGHKLMNPQRSTVX]{2,}-[BCDĐGHKLMNPQRSTVX]{2,}")  # "P.TC-HC"


def is_person(name: str) -> bool:
    """Whether ``name`` reads as the name of a writer, not of a paper, an office or an account."""
    name = name.strip()
    if is_desk(name):
        return True
    if pattern("institution").match(name) or is_medium(name) or _HOUSE_WITHIN.search(name):
        return False
    if _OFFICE.search(name):
        return False
    plain = name.isascii() and "'" not in name and not _is_highlander(name)
    if plain and not re.fullmatch(_INITIALS, name):
        words = re.split(r"[ '.-]+", name.strip("."))
        return all(len(w) == 1 or _syllable().fullmatch(w.lower()) for w in words)
    return bool(re.fullmatch(NAME, name))


def _is_highlander(name: str) -> bool:
    """Whether a name opens with the family name of one of the smaller peoples: ``"Nay Jek"``."""
    first, _, given = name.partition(" ")
    return first in _peoples() and bool(re.fullmatch(NAME, given))


@cache
def _peoples() -> frozenset[str]:
    known = vocabulary("surnames").items()
    return frozenset(name for section, names in known if "peoples" in section for name in names)


@cache
def _syllable() -> re.Pattern[str]:
    """A Vietnamese syllable without diacritics: a lone ASCII word that is none is an account."""
    return re.compile(
        r"(?:ngh?|nh|[kptc]h|tr|gi|gh|qu|[bcdghklmnprstvx])?"
        r"(?:oai|oay|uay|ieu|yeu|uoi|[aeiou][aeiouy]?|uy[ae]?|y)(?:ch|nh?|ng|[cmpt])?"
    )


def is_acronym(word: str) -> bool:
    """Whether ``word`` is an office's letters, not a syllable in capitals: ``"UBMTTQ"``."""
    plain = word.replace("Đ", "D").replace("&", "").replace("-", "")
    if len(plain) < 3 or not (plain.isascii() and plain.isalpha() and plain.isupper()):
        return False
    return not _syllable().fullmatch(plain.lower())


def is_lone(name: str | None) -> bool:
    """Whether ``name`` is one plain syllable, which many a word is that is no name."""
    return name is not None and name.isalpha() and not is_desk(name)


def is_desk(name: str) -> bool:
    """Whether a newsroom's desk signs as one: ``"Nhóm PV"``."""
    match = pattern("desk").match(name)
    return bool(match and match.end() == len(name))


def parted(names: str) -> list[str]:
    """The single names of ``names``."""
    return [name for name in re.split(JOIN, names) if name]


def without_initials(names: str) -> str:
    """``names`` without those in initials, where another is written out: ``"Phong Lan - T.H"``."""
    written = [name for name in parted(names) if not re.fullmatch(_INITIALS, name)]
    return ", ".join(written) or names


def are_people(names: str, *, bare: bool = False) -> bool:
    """Whether each of ``names`` reads as a writer's; ``bare``: though no label calls them so."""
    parts = parted(names)
    if bare and any(len(name.split()) > 2 and not _is_called(name) for name in parts):
        return False  # three capitals in a row may be a wish or a heading: "Chúc Mừng Năm Mới"
    return all(map(is_person, parts))


def _is_called(name: str) -> bool:
    """Whether a name has a surname or a saint's, or is a pen name: given names, or by birth.

    ``"Tư Đò Giang"``: southerners are called the Fourth, the Youngest, and so on.
    """
    first, _, given = name.partition(" ")
    if has_surname(name) or (first in word_set("saints", "saint") and are_given_names(given)):
        return True
    words = name.casefold().split()
    if len(words) != 3 or has_place(" ".join(words[:2])) or has_place(" ".join(words[1:])):
        return False
    return are_given_names(name) or (words[0] in _births() and words[-1] in _given())


@cache
def _births() -> frozenset[str]:
    return frozenset(word.casefold() for word in vocabulary("bylines")["birth"])


def before_source(text: str) -> str | None:
    """The writers before "Theo" and a medium: ``"Ốc Sên | Theo Helino"``.

    For a line that a date ends, as elsewhere two capitals before "Theo" may be a section.
    """
    match = _taken().fullmatch(text.strip(" |,-–•·"))
    return match["names"] if match and are_people(match["names"], bare=True) else None


@cache
def _taken() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<names>{NAME}(?:{JOIN}{NAME})*?)\s*[|,/–•·-]\s*(?:Theo|THEO)\s+"
        rf"{CAPITAL}[^|:;?!()]{{1,40}}"
    )


def has_surname(name: str) -> bool:
    """Whether ``name`` opens with a known family name, or is a desk's or a highlander's."""
    words = name.split()
    first = words[0].casefold()
    return (
        "'" in first
        or "’" in first
        or is_desk(name)
        or not _surnames().isdisjoint((first, " ".join(words[:2]).casefold()))
    )


@cache
def _surnames() -> frozenset[str]:
    return frozenset(n.casefold() for names in vocabulary("surnames").values() for n in names)


def are_full_names(names: str) -> bool:
    """Whether each of ``names`` has a family name and a given one."""
    return all(1 < len(name.split()) <= 5 and has_surname(name) for name in parted(names))


def are_given_names(names: str) -> bool:
    """Whether each of ``names`` is two or three syllables of given names: ``"Quỳnh Chi"``."""
    return all(
        1 < len(words) <= 3 and set(words) <= _given()
        for words in (name.casefold().split() for name in parted(names))
    )


def stands_before(text: str) -> bool:
    """Whether ``text`` is an office or a place that may stand before a writer's name."""
    unit = len(text.split()) <= _UNIT and bool(pattern("employer").match(text))
    return has_place(text) or (unit and not are_written_out(text))


def are_written_out(names: str) -> bool:
    """Whether each of ``names`` is a full name, or each is of given names."""
    return are_full_names(names) or are_given_names(names)


@cache
def _given() -> frozenset[str]:
    return frozenset(name.casefold() for name in vocabulary("bylines")["given name"])


def has_place(names: str) -> bool:
    """Whether one of ``names`` is a place's too, as many are called like a person: ``"An Khê"``."""
    return not _places().isdisjoint(map(_key, parted(names)))


@cache
def _places() -> frozenset[str]:
    return frozenset(_key(name) for names in vocabulary("places").values() for name in names)
