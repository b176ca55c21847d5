"""Near-duplicates by sketch: texts that share nearly all their words in the same order.

A sketch is one-permutation min-hashing (Li, Owen & Zhang 2012) of the text's word triples: the
smallest hash in each of 16 equal ranges, and of that 16 bits (Li & König 2010). Two texts agree in
a place about as often as they share triples (Jaccard). What agrees in 13 places of 16 agrees whole
in one of four bands of four places, by which it is found.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from itertools import starmap
from operator import eq
from zlib import crc32

from newsextract.model import Result

PLACES = 16
BANDS = 4
ALIKE = 13
"""Places of 16 in which near-duplicates agree at least: they share some 80 % of their triples."""
SHORTEST = 60
"""Words a text must have: sketches of shorter ones agree by chance."""
_EMPTY = 0xFFFFFFFF
_SHAPE = struct.Struct(f">{PLACES}H")
_TRIPLE = struct.Struct("12s")
_BAND = 4 * PLACES // BANDS


def sketch(text: str) -> str:
    """64 hex digits that are nearly the same for nearly the same text; empty for a short one."""
    words = text.casefold().encode("utf-8", "surrogatepass").split()
    if len(words) < SHORTEST:
        return ""
    row = struct.pack(f">{len(words)}I", *map(crc32, words))
    places = [_EMPTY] * PLACES
    for first in (0, 4, 8):  # every triple, a third of them at a time
        end = first + (len(row) - first) // _TRIPLE.size * _TRIPLE.size
        for value in starmap(crc32, _TRIPLE.iter_unpack(row[first:end])):
            place = value >> 28
            if value < places[place]:
                places[place] = value
    return _SHAPE.pack(*(value & 0xFFFF for value in places)).hex()


def sketched(result: Result) -> Result:
    """The result with the sketch of its article's text, if it has an article."""
    if result.article is None:
        return result
    return replace(result, sketch=sketch(result.article.text))


def bands(made: str) -> list[str]:
    """The four parts of a sketch, of which near-duplicates share one at least."""
    return [made[i : i + _BAND] for i in range(0, BANDS * _BAND, _BAND)]


def agreement(a: str, b: str) -> int:
    """In how many of the 16 places two sketches agree."""
    return sum(map(eq, _SHAPE.unpack(bytes.fromhex(a)), _SHAPE.unpack(bytes.fromhex(b))))
