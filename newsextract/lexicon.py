"""Words found by look-up: many thousands, at no cost of a pattern's making."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from newsextract.letters import BLANK


class Lexicon:
    """Finds at a place in a text the longest word that ends where a word ends there.

    A blank in a word stands for any run of blanks on one line. With ``folded`` the words are
    lower-case and found in any case. With ``longest`` one whose first two words stand there, but
    which ends inside a further word, hides the shorter ones.
    """

    def __init__(self, words: Iterable[str], *, folded: bool, longest: bool = False) -> None:
        self._known = frozenset(words)
        self._folded = folded
        self._longest = longest
        self._sizes: dict[str, dict[str | None, list[int]]] = {}
        for word in self._known:
            first, second = _beginning(word)
            self._sizes.setdefault(first, {None: []}).setdefault(second, []).append(len(word))
        for sizes in self._sizes.values():
            alone = sizes[None]
            for second, found in sizes.items():
                sizes[second] = sorted({*found, *alone}, reverse=True)

    def at(self, text: str, start: int) -> tuple[str, int] | None:
        """The word that begins at ``text[start]``, with single blanks, and where it ends."""
        begins = _BEGINNING.match(text, start)
        return begins and self.found(text, start, *begins.groups())

    def found(
        self, text: str, start: int, first: str, second: str | None
    ) -> tuple[str, int] | None:
        """As ``at``, where the groups of ``BEGINNING`` are known."""
        if self._folded:
            first, second = first.lower(), second and second.lower()
        by_second = self._sizes.get(first)
        sizes = by_second and (by_second.get(second) or by_second[None])
        if not sizes:
            return None
        if sizes[0] == len(first):
            return first, start + sizes[0]  # nothing longer begins so
        ahead = text[start : start + sizes[0] + 1]
        if self._folded and len(lower := ahead.lower()) == len(ahead):
            ahead = lower
        # Text that can be printed has no white space but spaces.
        plain = ahead.isprintable() and "  " not in ahead
        if not plain and _odd_blanks().search(ahead):
            return self._squeezed(text[start : start + sizes[0] + 9], start)
        for size in sizes:
            word = ahead[:size]
            if word in self._known:
                if not ahead[size : size + 1].isalnum():
                    return word, start + len(word)  # the text may end before ``size``
                if self._longest:
                    break
        return None

    def _squeezed(self, ahead: str, start: int) -> tuple[str, int] | None:
        found = self.at(_blanks().sub(" ", ahead), 0)
        if found is None:
            return None
        source = (BLANK + "+").join(map(re.escape, found[0].split(" ")))
        match = re.match(source, ahead, re.IGNORECASE if self._folded else 0)
        return match and (found[0], start + match.end())


def _beginning(word: str) -> tuple[str, str | None]:
    """The first word of ``word`` and, after one blank, the second."""
    begins = _BEGINNING.match(word)
    return (begins[1], begins[2]) if begins else (word[:1], None)


BEGINNING = rf"([^\W_]++),?+(?:{BLANK}++([^\W_]++))?+"
"""The first word, as a group, and the second behind a blank, if there is one."""
_BEGINNING = re.compile(BEGINNING)


@cache
def _odd_blanks() -> re.Pattern[str]:
    return re.compile(r"[^\S\n ]|  ")


@cache
def _blanks() -> re.Pattern[str]:
    return re.compile(BLANK + "+")
