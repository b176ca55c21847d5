"""A noun that can be counted: the longest of ``data/nouns.txt`` at a place, and its sort."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import NamedTuple

from newsextract.letters import BLANK, LETTER, UPPER
from newsextract.lexicon import Lexicon
from newsextract.spelling import spellings
from newsextract.vocabulary import openings, vocabulary, whole_words

_LISTS = ("not nouns", "billions", "masses", "surfaces", "former", "streets")


class Noun(NamedTuple):
    """A noun at ``text[start:end]``, ``word`` in lower case; ``at`` is where it was looked for.

    ``head`` is where the phrase begins: before a word such as cựu.
    """

    at: int
    head: int
    start: int
    end: int
    word: str


def noun_at(text: str, at: int) -> Noun | None:
    """The longest noun at ``at``, unless a longer word that is none begins there: giải ngân."""
    head = start = after_blanks(text, at)
    found = _nouns().at(text, start)
    if text[start : start + 1] in _formers() and (former := _former().match(text, start)):
        after = _nouns().at(text, former.end())
        start, found = (former.end(), after) if after else (start, found)
    if found is None or found[0] in false_nouns():
        return None
    if text[found[1] : found[1] + 1] == "-" and _goes_on(text, found[1] + 1):
        return None
    if found[0] in listed("numbered") and _numbered().match(text, found[1]):
        return None
    return Noun(at, head, start, found[1], found[0])


def _goes_on(text: str, at: int) -> bool:
    """Whether a syllable behind a hyphen is part of one word: ca-rô, not xã-phường."""
    return text[at : at + 1].islower() and _nouns().at(text, at) is None


def classified(text: str, noun: Noun) -> Noun:
    """The noun itself after a classifier where that is longer: chiếc máy → (chiếc) máy cày."""
    first = noun.word.partition(" ")[0]
    if first not in listed("classifiers"):
        return noun
    inner = noun_at(text, noun.start + len(first))
    if inner is None or inner.end <= noun.end or inner.head < inner.start:
        return noun
    sort = sorts_of_nouns()[inner.word]
    fits = sort == "things" if first in ("con", "cây", "cái", "gốc", "cành") else sort != "people"
    # "2 ngôi nhà ở Huế" are houses in Huế.
    fits = fits and not inner.word.endswith((" ở", " chờ"))
    return inner if fits and text[inner.start].islower() else noun


def is_named(text: str, noun: Noun) -> bool:
    """Whether the noun begins or ends a name: bà Cúc, Sông Đốc, 102 Trường Chinh, Ba Bể."""
    printed, sort = text[noun.start : noun.end], sorts_of_nouns()[noun.word]
    if noun.word in listed("addressed"):
        return _person().match(text, noun.end) is not None
    if not printed[0].isupper() or printed.isupper():
        return False
    if noun.word in listed("governed"):
        return _person().match(text, noun.end) is not None
    if " " not in noun.word and noun.word not in listed("institutions"):
        said = text[max(0, noun.at - len("nghìn")) : noun.at].split()
        if said and said[-1].istitle():
            return True  # "Ba Đình là quận trung tâm"
    if " " in noun.word or sort == "people":
        return False
    if sort == "bodies" or noun.word in listed("institutions"):
        return _street().match(text, noun.start) is not None
    return text[noun.at - 1].isalpha() or _person().match(text, noun.end) is not None


def sort_at(text: str, at: int) -> str | None:
    """The sort of the noun that begins at ``at``, after blanks: a section of ``data/nouns.txt``."""
    noun = noun_at(text, at)
    return sorts_of_nouns()[noun.word] if noun else None


@cache
def noun_openings() -> frozenset[str]:
    """What the words begin with that a counted noun phrase may begin with, lower-case."""
    return openings([*sorts_of_nouns(), *vocabulary("nouns")["former"]])


@cache
def sorts_of_nouns() -> MappingProxyType[str, str]:
    """Noun, lower-case → its section, the sort of thing it names."""
    words = vocabulary("nouns").items()
    grown = (f"{part} {plant}" for part, plant in product(listed("plant parts"), listed("plants")))
    return MappingProxyType(
        dict.fromkeys(grown, "things")
        | {w.lower(): s for s, ws in words if s not in _LISTS for w in spellings(ws)}
    )


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a section of ``data/modifiers.txt``."""
    return frozenset(spellings(vocabulary("modifiers")[name]))


def after_blanks(text: str, at: int) -> int:
    """Where the blanks at ``at`` end."""
    if text[at : at + 1] == " " and text[at + 1 : at + 2].isalnum():
        return at + 1
    blanks = _blank().match(text, at)
    return blanks.end() if blanks else at


@cache
def false_nouns() -> frozenset[str]:
    """Words that begin like a noun and are none, lower-case."""
    return frozenset(w.lower() for w in spellings(vocabulary("nouns")["not nouns"]))


@cache
def _nouns() -> Lexicon:
    return Lexicon(false_nouns() | sorts_of_nouns().keys(), folded=True)


@cache
def _formers() -> frozenset[str]:
    """The letters with which the words before a noun begin."""
    firsts = {word[0] for word in vocabulary("nouns")["former"]}
    return frozenset(firsts | {letter.upper() for letter in firsts})


@cache
def _former() -> re.Pattern[str]:
    return re.compile(rf"(?i){whole_words(vocabulary('nouns')['former'])}{BLANK}+")


@cache
def _blank() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}*+")


@cache
def _numbered() -> re.Pattern[str]:
    """The number of what a noun is then the name of: khóa XII, khoản 2, Vùng 3."""
    return re.compile(rf"{BLANK}+(?:[IVXL]+|\d+)(?![{LETTER}])")


@cache
def _street() -> re.Pattern[str]:
    return re.compile(rf"{whole_words(vocabulary('nouns')['streets'])}")


@cache
def _person() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}+[{UPPER}](?![{UPPER}])")
