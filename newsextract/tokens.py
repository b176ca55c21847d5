"""Tokens as underthesea cuts them before it joins them to words, each with its exact place.

The grammar is that of ``underthesea.pipeline.word_tokenize.regex_tokenize`` (9.5.0, Apache-2.0),
written anew so that no input takes exponential time. What stands between blanks is cut alike
wherever it stands, but for a stop at the end of the text: so the cut of such a chunk is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate, repeat
from operator import add
from typing import cast

_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_EITHER = _UPPER + _UPPER.lower()
# One word is never so long; a longer chunk is cut in pieces, as the grammar is quadratic on one.
_LONGEST_CHUNK = 500
# A kept chunk is short, so that what is kept is bounded in bytes.
_KEPT_CHUNK = 40
_SHORT_TOKEN = 6  # underthesea mends the spelling of no longer token

Cut = tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]]


@cache
def _grammar() -> re.Pattern[str]:
    bracketed = r"\([^\s()]*?\([^\s()]+\)[^\s()]*?\)|\([^\s]+?\)"
    return re.compile(
        "|".join(
            (
                # signs
                r"=>|==>|->|\.{2,}+|-{2,}+|>>|\d++x\d++|v\.v\.\.\.|v\.v\.|v\.v|°[CF]",
                # abbreviations; the dot of Th.S is any character, as it is there
                r"[A-ZĐ]++&[A-ZĐ]++|T\.Ư",
                rf"[{_UPPER}]++(?:\.[{_EITHER}]++)++\.?+|[{_EITHER}]++['’][{_EITHER}]++",
                r"[A-ZĐ]++\.(?!$)|Tp\.|Mr\.|Mrs\.|Ms\.|Dr\.|ThS\.|Th.S|Th.s|e-mail",
                r"\d++[A-Z]++\d*+-\d++|NĐ-CP",
                # addresses
                (
                    r"(?:(?:ftp|http)s?:(?:/{1,3}|[a-z0-9%])"
                    r"|(?=[a-z0-9.\-]++/)[a-z0-9.\-]+[.][a-z]{2,13}/)"
                    rf"(?:[^\s()<>{{}}\[\]]|{bracketed})+"
                    rf"(?:{bracketed}|[^\s`!()\[\]{{}};:'\".,<>?«»“”‘’])"
                ),
                r"(?<!@)[a-z0-9]+(?:[.\-][a-z0-9]+)*[.][a-z]{2,13}\b/?(?!@)",
                r"[a-zA-Z0-9_.+-]++@[a-zA-Z0-9-]++\.[a-zA-Z0-9-.]++",
                # numbers
                r"\d{2,}+-\d{3,}+-\d{3,}+",
                r"\d{1,2}/\d{1,2}/\d+|\d{1,2}/\d{1,4}|\d{1,2}-\d{1,2}-\d+|\d{1,2}-\d{1,4}",
                r"\d{1,2}\.\d{1,2}\.\d+|\d{4}/\d{1,2}/\d{1,2}|\d{2}:\d{2}:\d{2}",
                r"\d++[A-Z]++\d*+",
                r"\d+(?:\.\d+)+,\d+|\d+(?:\.\d+)+|\d+(?:,\d+)+|\d+(?:[.,_]\d+)?",
                # faces
                r":\)++|=\)\)++|♥‿♥|:D++(?=\s|$)|<3",
                # words and what is left
                r"[.,()ʺ]|\b\w++-[\w+-]*\w+|\w++|:++|[^\w\s]",
            )
        )
    )


class Tokenizer:
    """Cuts text into tokens; keeps the cuts of at most ``limit`` chunks (about 400 bytes each).

    ``characters`` maps one character to one (Ð → Đ), ``spellings`` a token of at most six to its
    usual form (Hoà → Hòa). Tokens come in that form, NFC; their places are on the text as given.
    """

    def __init__(
        self, characters: Mapping[str, str], spellings: Mapping[str, str], limit: int = 50_000
    ) -> None:
        self._characters = str.maketrans(dict(characters))
        self._spellings = spellings
        self._limit = limit
        self._kept: dict[str, Cut] = {}

    def cut(self, text: str) -> tuple[list[str], list[int], list[int]]:
        """The tokens of ``text`` in order: their normal forms, starts and ends."""
        chunks = text.split()
        sizes = list(map(len, chunks))
        if "Th" in text and re.search(r"Th[^\S\n][Ss]", text):
            # Th.S takes a blank for its dot, so that here a token reaches over two chunks.
            matches = list(re.finditer(r"\S+(?:(?<=Th)[^\S\n](?=[Ss])\S+)*+", text))
            chunks, places = [m[0] for m in matches], [m.start() for m in matches]
        elif sum(sizes) + len(chunks) - 1 == len(text):
            places = list(accumulate(map(add, sizes, repeat(1)), initial=0))
        else:
            places = [m.start() for m in re.finditer(r"\S+", text)]
        found = list(map(self._kept.get, chunks))
        if not all(found):
            self._learn(chunks, found)
        cuts = cast("list[Cut]", found)
        if chunks and _ends_in_initial(text, chunks[-1]):
            cuts[-1] = self._cut(chunks[-1], "")
        tokens = [token for cut in cuts for token in cut[0]]
        starts = [at + s for at, cut in zip(places, cuts, strict=False) for s in cut[1]]
        ends = [at + e for at, cut in zip(places, cuts, strict=False) for e in cut[2]]
        return tokens, starts, ends

    def _learn(self, chunks: Sequence[str], cuts: list[Cut | None]) -> None:
        kept = self._kept
        if len(kept) > self._limit:
            kept.clear()
        for i, cut in enumerate(cuts):
            if cut is None:
                chunk = chunks[i]
                cuts[i] = cut = self._cut(chunk, " ")
                if len(chunk) <= _KEPT_CHUNK:
                    kept[chunk] = cut

    def _cut(self, chunk: str, then: str) -> Cut:
        """The tokens of a chunk without blanks, ``then`` being what follows it."""
        normal = unicodedata.is_normalized("NFC", chunk)
        plain = chunk.translate(self._characters)
        if normal and plain.isalpha() and not plain.startswith("Th"):
            return (self._spelled(plain),), (0,), (len(plain),)
        if len(chunk) > _LONGEST_CHUNK:
            return self._cut_long(chunk, then)
        places: range | list[int] = range(len(chunk) + 1)
        if not normal:
            plain, places = composed(chunk)
            plain = plain.translate(self._characters)
        found = [m.span() for m in _grammar().finditer(plain + then)]
        return (
            tuple([self._spelled(plain[a:b]) for a, b in found]),
            tuple([places[a] for a, _ in found]),
            tuple([max(places[b], places[a] + 1) for a, b in found]),
        )

    def _cut_long(self, chunk: str, then: str) -> Cut:
        tokens: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for at in range(0, len(chunk), _LONGEST_CHUNK):
            piece = chunk[at : at + _LONGEST_CHUNK]
            cut = self._cut(piece, then)
            tokens += cut[0]
            starts += [at + s for s in cut[1]]
            ends += [at + e for e in cut[2]]
        return tuple(tokens), tuple(starts), tuple(ends)

    def _spelled(self, token: str) -> str:
        return self._spellings.get(token, token) if len(token) <= _SHORT_TOKEN else token


def _ends_in_initial(text: str, chunk: str) -> bool:
    """Whether the text ends with ``A.``, which is one token only before more text."""
    shorter = chunk[-2:-1]
    return (
        chunk[-1] == "."
        and (shorter == "Đ" or "A" <= shorter <= "Z" or shorter == "Ð")
        and text.endswith((chunk, chunk + "\n"))
    )


def composed(chunk: str) -> tuple[str, list[int]]:
    """``chunk`` in NFC, and for each of its characters, and its end, the place in ``chunk``."""
    clusters: list[str] = []
    for char in chunk:
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


def _join(left: str, right: str) -> bool:
    if right.isascii():
        return False
    both = unicodedata.normalize("NFC", left + right)
    return both != unicodedata.normalize("NFC", left) + unicodedata.normalize("NFC", right)
