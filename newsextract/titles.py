"""Titles in Vietnamese text: the head of a post and the name of the body it is held in.

The head is a closed class (``data/titles.txt``, ``ranks.txt``). The body is read word by word with
a small grammar over ``data/bodies.txt`` and ``places.txt``: levels of administration with their
places, heads of bodies, the usual words inside their names, capitalised words. It ends before a
person's name, a mark, a word of ``data/stops.txt`` or a lower-case word outside the grammar.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple, cast

from newsextract.names import CAPITALISED, END, GAP, LOWER, START, UPPER, name_pattern, spellings
from newsextract.vocabulary import alternation, vocabulary

Sort = Literal["post", "weak", "rank", "academic"]


class Title(NamedTuple):
    """One title as it stands, ``text[start:end]``; ``bare`` is a head without a body.

    A ``weak`` post counts only after a name, an ``academic`` rank only beside another title.
    """

    start: int
    end: int
    sort: Sort
    bare: bool


def titles(text: str) -> list[Title]:
    """Every title of ``text``, in order, none overlapping."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter such as İ grows: lower the others only
        lower = "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    found: list[Title] = []
    at = 0
    for m in _heads().finditer(lower):
        sort = cast("Sort", m.lastgroup)
        if m.start() < at or not _written(text, m.start(), m.end()):
            continue
        at = _Body(text, lower, m.end()).end if sort in ("post", "weak") else m.end()
        found.append(Title(m.start(), at, sort, at == m.end()))
    return found


def _written(text: str, start: int, end: int) -> bool:
    """Whether an abbreviation is written in capitals: "GĐ", not "gđ" out of a longer word."""
    head = text[start:end]
    return head.lower() not in _abbreviations() or head[:1].isupper()


@cache
def _abbreviations() -> frozenset[str]:
    every = [*vocabulary("titles").values(), *vocabulary("ranks").values()]
    return frozenset(w.lower() for words in every for w in words if w != w.lower())


@cache
def _heads() -> re.Pattern[str]:
    known, ranks = vocabulary("titles"), vocabulary("ranks")

    def words(*entries: str) -> str:
        return alternation(spellings(w.lower() for w in entries)) + END

    prefix = rf"(?:{words(*known['prefix'])}{GAP})*+"
    headed = rf"{words(*known['with body'])}(?={GAP}{words(*_first_words())})"
    rank = words(*ranks["military"], *ranks["religious"])
    academic = words(*ranks["academic"])
    return re.compile(
        rf"{START}(?:(?P<post>{prefix}(?:{words(*known['post'])}|{headed}))"
        rf"|(?P<rank>{prefix}{rank})|(?P<academic>{academic})|(?P<weak>{words(*known['weak'])}))"
    )


def _first_words() -> set[str]:
    known = vocabulary("bodies")
    return {w for s in ("body", "open", "inner") for w in known[s]}


_SECTIONS = (
    ("bodies", ("inner", "named", "level", "body", "open", "second")),
    ("places", ("province", "city", "district", "world", "namesake")),
    ("titles", ("post", "with body")),
    ("stops", ("stop",)),
)


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """Every known phrase in lower case → the sections it stands in, "proper" if in capitals."""
    kinds: dict[str, set[str]] = {}
    for file, sections in _SECTIONS:
        for section in sections:
            for word in spellings(vocabulary(file)[section]):
                kind = kinds.setdefault(word.lower(), set())
                kind.add("place" if file == "places" and section != "namesake" else section)
                if word != word.lower():
                    kind.add("proper")
    return {word: frozenset(kind) for word, kind in kinds.items()}


@cache
def _step() -> re.Pattern[str]:
    """The next known phrase or the next word, on the lower-case text."""
    return re.compile(
        rf"{GAP}(?P<step>{alternation(_kinds())}{END}|[{LOWER}\d][{LOWER}\d&'’]*+"
        rf"(?:[./-][{LOWER}\d]++)*+)"
    )


@cache
def _joint() -> re.Pattern[str]:
    """A mark with the second part of a body's name: "Giáo dục & Đào tạo"."""
    second = alternation(w for w, k in _kinds().items() if "second" in k)
    return re.compile(rf"(?:[^\S\n]*+(?:[,&–-])[^\S\n]*+|{GAP}và{GAP}){second}{END}")


@cache
def _person() -> re.Pattern[str]:
    """A name up to the end of the capitals: here the body ends and the person begins."""
    return re.compile(rf"{GAP}{name_pattern()}(?!{GAP}[{UPPER}][{LOWER}])")


@cache
def _place_then_person() -> re.Pattern[str]:
    two = rf"{GAP}{CAPITALISED}{GAP}{CAPITALISED}"
    return re.compile(rf"{two}(?={GAP}{name_pattern()}(?!{GAP}[{UPPER}][{LOWER}]))")


_CAPITALS = re.compile(rf"(?:{GAP}{CAPITALISED})++")
_BRACKET = re.compile(rf"[^\S\n]?\([{UPPER}&.-]{{2,12}}+\)(?={GAP}\w)")
_OWNER = re.compile(r"[^\S\n]?\((?:Bộ|Sở|Cục|Công ty|Tổng cục|Ban|Viện|Trường)[^()\n]{1,40}+\)")
_FREE = 8


class _Body:
    """Reads one body from ``at`` on; ``end`` is where it ends."""

    def __init__(self, text: str, lower: str, at: int) -> None:
        self.text, self.lower, self.end = text, lower, at
        self.free = 0
        self.open = False
        self.named = False
        self.single = False
        while self._next():
            pass

    def _next(self) -> bool:
        m = _step().match(self.lower, self.end)
        if m is None:
            return self._marked()
        phrase, start = m["step"], m.start("step")
        kinds = _kinds().get(phrase) or _kinds().get(" ".join(phrase.split()), frozenset())
        capital = self.text[start].isupper()
        if "proper" in kinds and not capital:
            kinds = frozenset()
        if phrase == "và":
            return self._marked()
        if "post" in kinds or "with body" in kinds or ("stop" in kinds and not capital):
            return False
        if capital and self._is_person(kinds):
            return False
        if "level" in kinds:
            return self._level(m.end())
        if "place" in kinds:
            return self._place(m.end())
        if kinds & {"named", "open", "body", "inner", "second"}:
            return self._known(m.end(), kinds)
        if capital:
            return self._capital(m.end(), phrase)
        return self._lower(m.end())

    def _take(self, end: int, free: int = 0) -> bool:
        self.end, self.free, self.named, self.single = end, free, False, False
        return True

    def _is_person(self, kinds: frozenset[str]) -> bool:
        if self.named or kinds & {"body", "open", "level", "inner"}:
            return False
        if "place" in kinds:
            return False
        return _person().match(self.text, self.end) is not None

    def _marked(self) -> bool:
        m = _joint().match(self.lower, self.end)
        if m is None:
            m = _BRACKET.match(self.text, self.end) or _OWNER.match(self.text, self.end)
        return m is not None and self._take(m.end(), self.free)

    def _level(self, end: int) -> bool:
        self._take(end)
        m = re.compile(rf"{GAP}(?:\d{{1,4}}+[A-Z]?|[IVX]{{1,5}}+){END}").match(self.text, end)
        if m is not None:
            return self._take(m.end())
        return True

    def _place(self, end: int) -> bool:
        return self._take(end)

    def _known(self, end: int, kinds: frozenset[str]) -> bool:
        self.open = self.open or "open" in kinds
        self._take(end, _FREE if self.open else 0)
        self.named = "named" in kinds
        return True

    def _capital(self, end: int, phrase: str) -> bool:
        if self.text[self.end : end].strip().isupper():
            return self._take(end)
        two = self.single
        self._take(end, 0 if two else (_FREE if self.open else 1))
        self.single = True
        return True

    def _lower(self, end: int) -> bool:
        if not self.free:
            return False
        return self._take(end, self.free - 1)
