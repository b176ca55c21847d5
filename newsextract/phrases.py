"""The closed classes of the grammar of bodies, as one table of phrases and patterns over it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from newsextract.letters import END, GAP, LOWER
from newsextract.names import foreign_pattern, loose_pattern, opener_pattern, person_pattern
from newsextract.spelling import toned
from newsextract.vocabulary import alternation, vocabulary

INNER, CLOSED, NAMED, LEVEL, BODY, OPEN, TOPICAL, SECOND, AFTER_COMMA = (1 << n for n in range(9))
PLACE, WORLD, NAMESAKE, POST, WITH_BODY, STATE, STOP, PROPER, HEADED, FIELDED = (
    1 << n for n in range(9, 19)
)
_SECTIONS = {
    "bodies": {
        "inner": INNER,
        "closed": CLOSED,
        "named": NAMED,
        "headed": HEADED,
        "fielded": FIELDED,
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
    m = next_phrase().match(lower, at)
    return phrases()[m[1]] if m else 0


@lru_cache(maxsize=1024)
def sections_of_post(post: str) -> tuple[int, bool]:
    """The bits of the body that a post's last words name, and whether it is of the state."""
    words = post.split()
    one, two, three = (sections_of(" ".join(words[-n:])) for n in (1, 2, 3))
    last = three & ~POST or two & ~POST or one
    return last, bool((sections_of(post) | two) & STATE)


@cache
def next_phrase() -> re.Pattern[str]:
    """A blank and the longest known phrase or else the next word (``step``), on lower case."""
    return re.compile(
        rf"{GAP}(?P<step>{alternation(phrases())}{END}|[{LOWER}\d][{LOWER}\d&'’]*+"
        rf"(?:[./-][{LOWER}\d]++)*+)"
    )


@cache
def person() -> re.Pattern[str]:
    """A name up to the end of the capitals: here the body ends and the person begins."""
    return re.compile(rf"{GAP}{person_pattern()}")


@cache
def foreigner() -> re.Pattern[str]:
    """A name that is no Vietnamese one."""
    return re.compile(rf"{GAP}{foreign_pattern()}")


@cache
def anyone() -> re.Pattern[str]:
    """Capitals that may be anyone's name, where the post is one that foreigners hold."""
    return re.compile(rf"{GAP}(?:{foreign_pattern()}|{loose_pattern()})")


@cache
def opener() -> re.Pattern[str]:
    """The first word of a sentence, where the full stop before it is missing."""
    return re.compile(GAP + opener_pattern())
