"""The closed classes of the grammar of bodies, as one table of phrases and patterns over it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from newsextract.names import (
    END,
    GAP,
    LOWER,
    foreign_pattern,
    loose_pattern,
    opener_pattern,
    person_pattern,
    spellings,
)
from newsextract.vocabulary import alternation, vocabulary

_SECTIONS = (
    (
        "bodies",
        ("inner", "closed", "named", "level", "body", "open", "topical", "second", "after comma"),
    ),
    ("places", ("province", "city", "district", "world", "namesake")),
    ("titles", ("post", "with body", "state")),
    ("stops", ("stop",)),
)
PLACES = frozenset({"province", "city", "district", "world"})
"""The sections of places."""
BODIES = frozenset({"named", "open", "body", "inner", "closed", "second"})
"""The sections of which the names of bodies are made."""
POSTS = frozenset({"post", "with body"})
"""The sections of heads of titles."""
PROVINCIAL = (" tỉnh", " thành phố", " tp", " tp.")
"""Levels whose every place is known, so that other capitals are a person's."""


@cache
def phrases() -> dict[str, frozenset[str]]:
    """Every known phrase in lower case → the sections it stands in.

    "place" is any of the places, "proper" says that it is written with a capital.
    """
    kinds: dict[str, set[str]] = {}
    for file, sections in _SECTIONS:
        for section in sections:
            for word in spellings(vocabulary(file)[section]):
                kind = kinds.setdefault(word.lower(), set())
                kind |= {section, "place"} if section in PLACES else {section}
                kind.add("plain" if word[0] == word[0].lower() else "proper")
    return {
        word: frozenset(kind - {"plain"} - ({"proper"} if "plain" in kind else set()))
        for word, kind in kinds.items()
    }


_NONE: frozenset[str] = frozenset()


def sections_of(phrase: str) -> frozenset[str]:
    """The sections of the vocabularies in which ``phrase``, in lower case, stands."""
    known = phrases()
    found = known.get(phrase)
    if found is None:
        words = phrase.split()
        found = known.get(" ".join(words)) if len(words) > 1 else None
    return found or _NONE


@lru_cache(maxsize=1024)
def sections_of_post(post: str) -> tuple[frozenset[str], bool]:
    """The sections of the body that a post's last words name, and whether it is of the state."""
    words = post.split()
    one, two, three = (sections_of(" ".join(words[-n:])) for n in (1, 2, 3))
    last = three - {"post"} or two - {"post"} or one
    return last, "state" in sections_of(post) or "state" in two


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
