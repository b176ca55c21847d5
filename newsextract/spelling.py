"""The ways one Vietnamese word is written: where its tone stands, y or i, small or in capitals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import product

_RIMES = tuple(
    zip(
        "óa òa ỏa õa ọa óe òe ỏe õe ọe úy ùy ủy ũy ụy".split(),
        "oá oà oả oã oạ oé oè oẻ oẽ oẹ uý uỳ uỷ uỹ uỵ".split(),
        strict=True,
    )
)
_TONES = (*_RIMES, *((first.capitalize(), second.capitalize()) for first, second in _RIMES))
_I_OF_Y = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_Y_OF_I = {i: y for y, i in _I_OF_Y.items()}


def toned(words: Iterable[str]) -> list[str]:
    """``words`` with the tone of oa, oe and uy over either vowel: hóa or hoá, thủy or thuỷ."""
    return _written(words, _tones)


def spellings(words: Iterable[str]) -> list[str]:
    """``words`` in every spelling that is taught: as ``toned``, and kỹ or kĩ, sỹ or sĩ."""
    return _written(words, _spellings)


def cases(words: Iterable[str]) -> set[str]:
    """The ``toned`` words as written, in capitals, and with a first capital in any of their words.

    A word that is already in capitals (an abbreviation) is only itself.
    """
    forms = set()
    for word in toned(words):
        forms.add(word)
        if word.lower() == word:
            forms |= {word[:1].upper() + word[1:], word.upper(), _titled(word)}
            head, _, last = word.rpartition(" ")
            forms.add(f"{_titled(head)} {last}".strip())
            first, _, rest = word.partition(" ")
            forms.add(f"{first} {_titled(rest)}".strip())
            if rest:
                forms |= {f"{first} {rest[:1].upper()}{rest[1:]}"}
                forms |= {f"{_titled(first)} {rest[:1].upper()}{rest[1:]}"}
    return forms


def _titled(words: str) -> str:
    return " ".join(w[:1].upper() + w[1:] for w in words.split(" "))


def _written(words: Iterable[str], of_syllable: Callable[[str], tuple[str, ...]]) -> list[str]:
    written: dict[str, None] = {}
    varies = _varying().search
    for word in words:
        if varies(word) is None:  # most words
            written[word] = None
            continue
        syllables = map(of_syllable, word.split(" "))
        written.update(dict.fromkeys(" ".join(said) for said in product(*syllables)))
    return list(written)


@cache
def _varying() -> re.Pattern[str]:
    """What every syllable has that is written in more than one way, and a few others."""
    first, second = ("".join({rime[n] for pair in _TONES for rime in pair}) for n in (0, 1))
    return re.compile(rf"[{first}][{second}]|\b[hklmstHKLMST][{''.join((*_I_OF_Y, *_Y_OF_I))}]\b")


@cache
def _tones(syllable: str) -> tuple[str, ...]:
    """Its tone over the first vowel or the second; of quý too, which many type as qúy."""
    letters = syllable.rstrip(",")
    for first, second in _TONES:
        if letters.endswith((first, second)):
            onset, rest = letters[:-2], syllable[len(letters) :]
            return onset + first + rest, onset + second + rest
    return (syllable,)


@cache
def _spellings(syllable: str) -> tuple[str, ...]:
    """As ``_tones``; y or i after one of h k l m s t, with nothing behind."""
    if len(syllable) == 2 and syllable[0] in "hklmstHKLMST":
        onset, vowel = syllable[0], syllable[1]
        if vowel in _I_OF_Y:
            return syllable, onset + _I_OF_Y[vowel]
        if vowel in _Y_OF_I:
            return onset + _Y_OF_I[vowel], syllable
    return _tones(syllable)
