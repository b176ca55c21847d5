"""Vietnamese text as a search sees it: lower case, one place for each tone, with or without marks.

Both forms keep the length, character by character, so a find in them is a place in the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from newsextract.letters import END, START

_OPEN_SYLLABLE = re.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![^\W\d_])")
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r'"([^"]*)"|(\S+)')


class _Base(dict[int, int]):
    """A character → its letter without marks, learnt as it is met (``đ`` → ``d`` too)."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        base = "d" if char == "đ" else unicodedata.normalize("NFD", char)[:1] or char
        self[code] = ord(base) if base.isalpha() and char.isalpha() else code
        return self[code]


class _Lower(dict[int, int]):
    """A character → its lower case, where that is one character."""

    def __missing__(self, code: int) -> int:
        lower = chr(code).lower()
        self[code] = ord(lower) if len(lower) == 1 else code
        return self[code]


_BASE = _Base()
_LOWER = _Lower()


def exact(text: str) -> str:
    """Lower case, tones as in ``hòa``, ``thủy`` (not ``hoà``, ``thuỷ``); the same length."""
    lower = text.lower()
    if len(lower) != len(text):  # "İ" becomes two
        lower = text.translate(_LOWER)
    return _OPEN_SYLLABLE.sub(_moved, lower)


def folded(text: str) -> str:
    """``exact`` without any mark: ``Tỉnh ủy Thái Bình`` → ``tinh uy thai binh``; same length."""
    return unmarked(exact(text))


def unmarked(text: str) -> str:
    """A text that is ``exact`` without its marks; its words keep their bounds."""
    return text.translate(_BASE)


def forms(text: str) -> tuple[str, str]:
    """``exact`` and ``folded`` of a text, for the price of little more than one."""
    lower = exact(text)
    return lower, unmarked(lower)


def _moved(match: re.Match[str]) -> str:
    return _tone_first(match.group())


@cache
def _tone_first(pair: str) -> str:
    apart = unicodedata.normalize("NFD", pair)  # vowel, letter, tone
    return unicodedata.normalize("NFC", apart[0] + apart[2]) + apart[1]


def words(text: str) -> list[str]:
    """The runs of letters and digits of a text."""
    return _WORD.findall(text)


class Query:
    """What a user typed: ``phrases`` to find, each a tuple of words, and if its marks count.

    Words in quotes stand together; the others stand anywhere, best where they stand together. A
    phrase typed with any mark finds only text with the same marks; one without finds both.
    """

    def __init__(self, typed: str) -> None:
        typed = unicodedata.normalize("NFC", typed)
        self.phrases: list[tuple[tuple[str, ...], bool]] = []
        loose: list[str] = []
        for quoted, single in _QUOTED.findall(typed):
            if quoted:
                self._add(quoted)
            else:
                loose.append(single)
        self.together = " ".join(words(exact(" ".join(loose))))
        for word in words(" ".join(loose)):
            self._add(word)

    def _add(self, phrase: str) -> None:
        marked = exact(phrase) != folded(phrase)
        found = tuple(words(exact(phrase) if marked else folded(phrase)))
        if found:
            self.phrases.append((found, marked))

    @property
    def marked(self) -> bool:
        """Whether any part was typed with marks."""
        return any(marked for _, marked in self.phrases)

    def place(self, text: str) -> tuple[int, int] | None:
        """Where ``text`` has the query: the span of the words together, else of the first phrase.

        None if a phrase is nowhere in it.
        """
        form = dict(zip((True, False), forms(text), strict=True))
        places = []
        for phrase, marked in self.phrases:
            found = _pattern(phrase).search(form[marked])
            if found is None:
                return None
            places.append(found.span())
        whole = tuple(self.together.split())
        if len(whole) > 1:
            together = _pattern(whole).search(form[self.marked])
            if together is not None:
                return together.span()
        return places[0] if places else None


@lru_cache(maxsize=256)
def _pattern(phrase: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(START + r"[\W_]++".join(map(re.escape, phrase)) + END)
