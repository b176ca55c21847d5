"""Text with decomposed letters read in NFC, and the way back to its places as given.

Macs, some PDFs and some sites part a letter from its marks ("hộ" in four characters), where rules
look for composed letters. What is read stands on the text as given all the same.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from newsextract.model import Fact, Span


def composed(text: str) -> tuple[str, list[int]]:
    """``text`` in NFC, and for each of its characters, and its end, the place in ``text``."""
    clusters: list[str] = []
    for char in text:
        if clusters and unicodedata.combining(char):
            clusters[-1] += char
        else:
            clusters.append(char)
            # A few letters join to the one before though they are no marks: Hangul, some Indic.
            while len(clusters) > 1 and _join(clusters[-2], clusters[-1]):
                clusters[-2:] = [clusters[-2] + clusters[-1]]
    places: list[int] = []
    parts: list[str] = []
    at = 0
    for cluster in clusters:
        part = unicodedata.normalize("NFC", cluster)
        # The first character takes what was composed; marks left over stand at the end.
        rest = range(at + len(cluster) - len(part) + 1, at + len(cluster))
        places += [at, *(max(at, place) for place in rest)]
        parts.append(part)
        at += len(cluster)
    return "".join(parts), [*places, at]


def as_composed(fact: Fact[Any], plain: str, places: Sequence[int]) -> Fact[Any]:
    """A fact of the text as given, moved to ``plain``, its ``composed`` form."""
    return _moved(fact, plain, lambda place: bisect_left(places, place))


def as_given(fact: Fact[Any], given: str, places: Sequence[int]) -> Fact[Any]:
    """A fact of the ``composed`` form of ``given``, moved to where it stands in ``given``."""
    return _moved(fact, given, places.__getitem__)


def _moved(fact: Fact[Any], text: str, place: Callable[[int], int]) -> Fact[Any]:
    start, end = place(fact.start), place(fact.end)
    sentence = Span(*map(place, fact.sentence))
    return replace(fact, start=start, end=end, text=text[start:end], sentence=sentence)


def _join(left: str, right: str) -> bool:
    if right.isascii():
        return False
    both = unicodedata.normalize("NFC", left + right)
    return both != unicodedata.normalize("NFC", left) + unicodedata.normalize("NFC", right)
