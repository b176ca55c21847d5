"""The closed classes of the grammar of bodies, as one table of phrases and patterns over it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from newsextract import names
from newsextract.letters import GAP, LOWER, UPPER
from newsextract.lexicon import BEGINNING, Lexicon
from newsextract.spelling import toned
from newsextract.vocabulary import vocabulary
from newsextract.westerners import is_westerner

INNER, CLOSED, NAMED, LEVEL, BODY, OPEN, TOPICAL, SECOND, AFTER_COMMA = (1 << n for n in range(9))
PLACE, WORLD, NAMESAKE, POST, WITH_BODY, STATE, STOP, PROPER, HEADED, FIELDED, ABROAD = (
    1 << n for n in range(9, 20)
)
_SECTIONS = {
    "bodies": {
        "inner": INNER,
        "closed": CLOSED,
        "named": NAMED,
        "headed": HEADED,
        "fielded": FIELDED,
        "abroad": ABROAD,
        "level": LEVEL,
        "body": BODY,
        "open": OPEN,
        "topical": TOPICAL,
        "second": SECOND,
        "after comma": AFTER_COMMA,
    },
    "places": {
        "province": PLACE,
        "city": PLACE,
        "district": PLACE,
        "world": PLACE | WORLD,
        "namesake": NAMESAKE,
    },
    "titles": {"post": POST, "with body": WITH_BODY, "state": STATE},
    "stops": {"stop": STOP},
}
"""The bits of a phrase: one for each section, ``PLACE`` for all of places, and ``PROPER`` for
what is written with a capital."""
BODIES = NAMED | OPEN | BODY | INNER | CLOSED | SECOND
"""The sections of which the names of bodies are made."""
POSTS = POST | WITH_BODY
"""The sections of heads of titles."""
PROVINCIAL = (" tỉnh", " thành phố", " tp", " tp.")
"""Levels whose every place is known, so that other capitals are a person's."""


class _Phrases(dict[str, int]):
    def __missing__(self, phrase: str) -> int:
        return self.get(" ".join(phrase.split()), 0)  # of other blanks, or unknown


@cache
def phrases() -> dict[str, int]:
    """Every known phrase in lower case → the bits of the sections it stands in."""
    sections, plain = _Phrases(), set()
    for file, bits in _SECTIONS.items():
        for section, bit in bits.items():
            for word in toned(vocabulary(file)[section]):
                phrase = word.lower()
                sections[phrase] = sections.get(phrase, 0) | bit
                if word[0] == word[0].lower():
                    plain.add(phrase)
    for phrase in sections.keys() - plain:
        sections[phrase] |= PROPER
    return sections


def sections_of(phrase: str) -> int:
    """The bits of ``phrase``, in lower case; 0 if it stands in no section."""
    return phrases()[phrase]


def sections_at(lower: str, at: int) -> int:
    """The bits of what stands next in ``lower`` after a blank; 0 if that is no known phrase."""
    return next_phrase(lower, at)[3]


@lru_cache(maxsize=1024)
def sections_of_post(post: str) -> tuple[int, bool]:
    """The bits of the body that a post's last words name, and whether it is of the state."""
    words = post.split()
    one, two, three, four = (sections_of(" ".join(words[-n:])) for n in (1, 2, 3, 4))
    last = (four if len(words) > 3 else 0) & ~POST or three & ~POST or two & ~POST or one
    return last, bool((sections_of(post) | two | one) & STATE)


_WORD = re.compile(rf"{GAP}(?={BEGINNING})([{LOWER}\d][{LOWER}\d&'’]*+(?:[./-][{LOWER}\d]++)*+)")


def next_phrase(lower: str, at: int) -> tuple[int, int, str, int]:
    """The longest known phrase behind the blank at ``lower[at]``, or else the next word.

    Where it starts and ends, itself and the bits of its sections; it is empty if none stands there.
    """
    m = _WORD.match(lower, at)
    if m is None:
        return at, at, "", 0
    first, second, word = m.groups()
    start = m.start(3)
    found = _known().found(lower, start, first, second)
    if found is None:
        return start, m.end(3), word, phrases().get(word, 0)
    phrase, end = found
    return start, end, lower[start:end], phrases()[phrase]


@cache
def _known() -> Lexicon:
    return Lexicon(phrases(), folded=False, longest=True)


@cache
def phrases_of(kinds: int, but: int = 0, words: int = 1) -> Lexicon:
    """The phrases of any of the sections ``kinds``, to be found in lower case.

    None is of a section in ``but``, and each has as many ``words`` or more.
    """
    known = (p for p, bits in phrases().items() if bits & kinds and not bits & but)
    return Lexicon((p for p in known if p.count(" ") >= words - 1), folded=False, longest=True)


_CAPITAL = re.compile(rf"{GAP}(?=[{UPPER}kh])")


def person(text: str, at: int) -> bool:
    """Whether after a blank a name runs to the end of the capitals: here the body ends."""
    gap = _CAPITAL.match(text, at)
    return gap is not None and names.person_end(text, gap.end()) is not None


def foreigner(text: str, at: int) -> bool:
    """Whether after a blank a name stands that is no Vietnamese one."""
    gap = _CAPITAL.match(text, at)
    return gap is not None and names.foreign().match(text, gap.end()) is not None


def westerner(text: str, at: int) -> bool:
    """Whether after a blank a Western given name and its family name stand."""
    gap = _CAPITAL.match(text, at)
    return gap is not None and is_westerner(text, gap.end())


def anyone(text: str, at: int) -> bool:
    """Whether capitals may be anyone's name, where the post is one that foreigners hold."""
    gap = _CAPITAL.match(text, at)
    if gap is None:
        return False
    return any(name().match(text, gap.end()) for name in (names.foreign, names.loose))


def opener(text: str, at: int) -> bool:
    """Whether the first word of a sentence stands there, where the full stop is missing."""
    gap = _CAPITAL.match(text, at)
    return gap is not None and names.opener().match(text, gap.end()) is not None
