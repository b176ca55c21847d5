"""Closed classes of words as data, and patterns built from them.

A vocabulary is a text file in ``newsextract/data``: one entry a line, ``#`` starts a comment,
``[name]`` starts a section. It stands once; every pattern over it is built by ``alternation``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import product
from types import MappingProxyType

from newsextract.letters import BLANK, END, LETTER

_TONES = tuple(
    zip(
        "óa òa ỏa õa ọa óe òe ỏe õe ọe úy ùy ủy ũy ụy".split(),
        "oá oà oả oã oạ oé oè oẻ oẽ oẹ uý uỳ uỷ uỹ uỵ".split(),
        strict=True,
    )
)


@cache
def vocabulary(name: str) -> MappingProxyType[str, tuple[str, ...]]:
    """The sections of ``data/<name>.txt``: section → entries, in the file's order."""
    sections: dict[str, list[str]] = {}
    current = sections.setdefault("", [])
    text = files("newsextract").joinpath("data", f"{name}.txt").read_text("utf-8")
    for line in text.splitlines():
        entry = line.partition("#")[0].strip()
        if entry.startswith("[") and entry.endswith("]"):
            current = sections.setdefault(entry[1:-1], [])
        elif entry:
            current.append(entry)
    return MappingProxyType({k: tuple(v) for k, v in sections.items() if v})


def spellings(words: Iterable[str]) -> list[str]:
    """``words`` in every spelling that is taught: thủy or thuỷ, hóa or hoá, kỹ or kĩ, sỹ or sĩ."""
    written = {}
    for word in words:
        syllables = [_syllable_spellings(s) for s in word.split(" ")]
        written.update(dict.fromkeys(" ".join(said) for said in product(*syllables)))
    return list(written)


@cache
def _syllable_spellings(syllable: str) -> tuple[str, ...]:
    """The tone of oa, oe, uy over the first vowel or the second; y or i after h k l m s t."""
    for old, new in _TONES:
        if syllable.endswith((old, new)) and syllable[-3:-2] not in ("q", "Q"):
            return syllable[:-2] + old, syllable[:-2] + new
    if len(syllable) == 2 and syllable[0] in "hklmstHKLMST":
        for y, i in zip("yýỳỷỹỵ", "iíìỉĩị", strict=True):
            if syllable[1] in (y, i):
                return syllable[0] + y, syllable[0] + i
    return (syllable,)


def opening(entry: str) -> str:
    """What an entry begins with, in lower case: its first letters up to a blank, else one sign."""
    letters = _letters().match(entry)
    return (letters.group() if letters else entry[:1]).lower()


def openings(words: Iterable[str]) -> frozenset[str]:
    """What the words begin with: where nothing of this stands, no pattern over them matches."""
    return frozenset(map(opening, words))


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(f"[{LETTER}]+")


def alternation(words: Iterable[str]) -> str:
    """One atomic pattern that matches the longest of ``words`` at a place, shaped as a trie.

    Written out as ``a|b|c`` 900 words read 3 MB/s with ``re``; as a trie, 50 MB/s. A space in a
    word matches any run of blanks on one line. Case is the pattern's own: compile with
    ``re.IGNORECASE`` or give both forms.
    """
    root: dict[str, dict] = {}  # type: ignore[type-arg]  # a recursive type
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return f"(?>{_branch(root)})"


def whole_words(words: Iterable[str]) -> str:
    """``alternation``, but of whole words: the longest of ``words`` that ends where a word ends.

    Where the longest would end inside a word the next shorter is tried: of "ca" and "ca nô",
    "ca nông" has "ca".
    """
    return rf"(?:{alternation(words)[3:-1]}{END})"


def _branch(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    ends = "" in node
    arms = [_char(c) + _branch(n) for c, n in sorted(node.items()) if c]
    if not arms:
        return ""
    body = arms[0] if len(arms) == 1 and not ends else f"(?:{'|'.join(arms)})"
    return f"{body}?" if ends else body


def _char(char: str) -> str:
    return BLANK + "+" if char == " " else re.escape(char)


class Lexicon:
    """Words found at a place in a text by look-up: many thousands at no cost of a pattern's making.

    The longest word that ends where a word ends is found; a blank in it stands for any run of
    blanks on one line. With ``folded`` the words are lower-case and found in any case.
    """

    def __init__(self, words: Iterable[str], *, folded: bool) -> None:
        self._known = frozenset(words)
        self._folded = folded
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
        begins = _two_words().match(text, start)
        if begins is None:
            return None
        first, second = begins.groups()
        by_second = self._sizes.get(first.lower() if self._folded else first)
        if by_second is None:
            return None
        if second is not None and self._folded:
            second = second.lower()
        sizes = by_second.get(second) or by_second[None]
        return self._longest(text, start, sizes) if sizes else None

    def _longest(self, text: str, start: int, sizes: list[int]) -> tuple[str, int] | None:
        ahead = text[start : start + sizes[0] + 1]
        if self._folded and len(lower := ahead.lower()) == len(ahead):
            ahead = lower
        # Text that can be printed has no white space but spaces.
        plain = ahead.isprintable() and "  " not in ahead
        if not plain and _odd_blanks().search(ahead):
            return self._squeezed(text[start : start + sizes[0] + 9], start)
        for size in sizes:
            word = ahead[:size]
            if word in self._known and not ahead[size : size + 1].isalnum():
                return word, start + len(word)
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
    begins = _two_words().match(word)
    return (begins[1], begins[2]) if begins else (word[:1], None)


@cache
def _two_words() -> re.Pattern[str]:
    return re.compile(rf"([{LETTER}]++),?+(?:{BLANK}++([{LETTER}]++))?+")


@cache
def _odd_blanks() -> re.Pattern[str]:
    return re.compile(r"[^\S\n ]|  ")


@cache
def _blanks() -> re.Pattern[str]:
    return re.compile(BLANK + "+")
