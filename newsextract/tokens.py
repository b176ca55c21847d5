"""Tokens as underthesea cuts them before it joins them to words, each with its exact place.

The grammar is that of ``underthesea.pipeline.word_tokenize.regex_tokenize`` (9.5.0, Apache-2.0),
written anew so that no input takes exponential time. What stands between blanks is cut alike
wherever it stands, but for a stop at the end of the text: so the cut of such a chunk is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain
from operator import itemgetter, sub
from typing import Generic, TypeVar

from newsextract.composing import composed
from newsextract.kept import Kept

_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_EITHER = _UPPER + _UPPER.lower()
# One word is never so long; a longer chunk is cut in pieces, as the grammar is quadratic on one.
_LONGEST_CHUNK = 500
_SHORT_TOKEN = 6  # underthesea mends the spelling of no longer token

T = TypeVar("T")
# The tokens of a chunk; and how far it is from the start of each to its end and on to the next,
# the last being the one blank that follows most chunks.
Cut = tuple[tuple[T, ...], tuple[int, ...]]


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


@cache
def _simple() -> re.Pattern[str]:
    """A word or a number with at most one sign before and after it: so are most chunks.

    The grammar cuts them so too; it has other things to say of ``Th.S``, ``TP.`` and ``3x4``.
    """
    return re.compile(r"""([(“"]?+)(?!Th)([^\W\d_]++(?!\.)|\d++)([,.;:?!)”"…]?+)""")


class Tokenizer(Generic[T]):
    """Cuts text into tokens; keeps the cuts of at most ``limit`` chunks (about 400 bytes each).

    ``characters`` maps one character to one (Ð → Đ), ``spellings`` a token of at most six to its
    usual form (Hoà → Hòa). ``make`` is given each token in that form, NFC, and what it returns
    stands for the token.
    """

    def __init__(
        self,
        characters: Mapping[str, str],
        spellings: Mapping[str, str],
        make: Callable[[str], T],
        limit: int = 50_000,
    ) -> None:
        self._characters = str.maketrans(dict(characters))
        self._changed = frozenset(characters)
        self._spellings = spellings
        self._make = make
        self._kept = Kept(self._inside, limit // 2)

    def cut(self, text: str, at: int = 0) -> tuple[list[T], list[int]]:
        """The tokens of ``text`` in order, and where each starts and ends: two places a token.

        ``at`` is the place of the first character.
        """
        chunks = text.split()
        if not chunks:
            return [], []
        size = len(text)
        blanks: list[int] | None = None
        if "Th" in text and re.search(r"Th[^\S\n][Ss]", text):
            # Th.S takes a blank for its dot, so that here a token reaches over two chunks.
            chunks = re.findall(r"\S+(?:(?<=Th)[^\S\n](?=[Ss])\S+)*+", text)
            blanks = _blanks(text, chunks)
        elif len("".join(chunks)) + len(chunks) - 1 != size:
            blanks = _blanks(text, chunks)
        cuts = self._kept.each(chunks)
        if _ends_in_initial(text, chunks[-1]):
            cuts[-1] = self._cut(chunks[-1], "")
        steps: Iterable[Sequence[int]] = map(itemgetter(1), cuts)
        if blanks is None:
            start = at
        else:
            start, *blanks = blanks
            start += at
            steps = [(*step[:-1], blank) for step, blank in zip(steps, blanks, strict=True)]
        places = list(accumulate(chain.from_iterable(steps), initial=start))
        places.pop()
        return list(chain.from_iterable(map(itemgetter(0), cuts))), places

    def _inside(self, chunk: str) -> Cut[T]:
        return self._cut(chunk, " ")

    def _cut(self, chunk: str, then: str) -> Cut[T]:
        """The tokens of a chunk without blanks, ``then`` being what follows it."""
        normal = unicodedata.is_normalized("NFC", chunk)
        plain = chunk
        if not self._changed.isdisjoint(chunk):
            plain = chunk.translate(self._characters)
        if normal and plain.isalpha() and not plain.startswith("Th"):
            return (self._made(plain),), (len(plain), 1)
        if normal and (found := _simple().fullmatch(plain)):
            parts = [part for part in found.groups() if part]
            steps = [step for part in parts for step in (len(part), 0)]
            steps[-1] = 1
            return tuple(map(self._made, parts)), tuple(steps)
        if len(chunk) > _LONGEST_CHUNK:
            return self._cut_long(chunk, then)
        places: range | list[int] = range(len(chunk) + 1)
        if not normal:
            plain, places = composed(chunk)
            plain = plain.translate(self._characters)
        spans = [m.span() for m in _grammar().finditer(plain + then)]
        bounds = [p for a, b in spans for p in (places[a], max(places[b], places[a] + 1))]
        bounds.append(bounds[-1] + 1)
        return (
            tuple([self._made(plain[a:b]) for a, b in spans]),
            tuple(map(sub, bounds[1:], bounds)),
        )

    def _cut_long(self, chunk: str, then: str) -> Cut[T]:
        tokens: list[T] = []
        steps: list[int] = []
        for at in range(0, len(chunk), _LONGEST_CHUNK):
            piece, lengths = self._cut(chunk[at : at + _LONGEST_CHUNK], then)
            tokens += piece
            steps += [*lengths[:-1], 0]
        return tuple(tokens), (*steps[:-1], 1)

    def _made(self, token: str) -> T:
        short = len(token) <= _SHORT_TOKEN
        return self._make(self._spellings.get(token, token) if short else token)


def _blanks(text: str, chunks: Sequence[str]) -> list[int]:
    """How many blanks stand before the first chunk, and after each."""
    blanks = [0]
    end = 0
    for chunk in chunks:
        start = text.index(chunk, end)
        blanks[-1] += start - end
        end = start + len(chunk)
        blanks.append(0)
    return blanks


def _ends_in_initial(text: str, chunk: str) -> bool:
    """Whether the text ends with ``A.``, which is one token only before more text."""
    shorter = chunk[-2:-1]
    return (
        chunk[-1] == "."
        and (shorter == "Đ" or "A" <= shorter <= "Z" or shorter == "Ð")
        and text.endswith((chunk, chunk + "\n"))
    )
