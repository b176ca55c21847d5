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

from newsextract.names import CAPITALISED, END, GAP, LOWER, UPPER, person_pattern, spellings
from newsextract.vocabulary import alternation, vocabulary

Sort = Literal["post", "weak", "rank", "academic"]


class Title(NamedTuple):
    """One title as it stands, ``text[start:end]``, and its head, ``text[start:head]``.

    A ``weak`` post counts only after a name, an ``academic`` rank only beside another title.
    """

    start: int
    head: int
    end: int
    sort: Sort


def titles(text: str) -> list[Title]:
    """Every title of ``text``, in order, none overlapping."""
    # Before the first word stands a blank, so that every head has a character before it.
    lower = " " + text.lower()
    if len(lower) != len(text) + 1:  # a letter such as İ grows: lower the others only
        lower = " " + "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    found: list[Title] = []
    at = 0
    text = " " + text
    for m in _heads().finditer(lower):
        if m.start("head") < at:
            continue
        head = _head(text, lower, m)
        if head is None:
            continue
        end, sort = head
        at = _Body(text, lower, end, lower[m.start("head") : end]).end if sort in _HELD else end
        found.append(Title(m.start("head") - 1, end - 1, at - 1, sort))
    return found


_HELD = frozenset({"post", "weak"})


def _head(text: str, lower: str, m: re.Match[str]) -> tuple[int, Sort] | None:
    """Where the head that begins at ``m`` ends, prefixes before it, and its sort."""
    if m["head"] in _abbreviations() and not text[m.start("head")].isupper():
        return None
    sorts, end = _head_sorts()[" ".join(m["head"].split())], m.end()
    while "prefix" in sorts:
        further = _heads().match(lower, end)
        if further is None:
            break
        sorts, end = _head_sorts()[" ".join(further["head"].split())], further.end()
    if "with body" in sorts:
        step = _step().match(lower, end)
        kinds = _kinds().get(step["step"], frozenset()) if step else frozenset()
        return (end, "post") if kinds & {"body", "open", "inner"} else None
    sort = next((s for s in ("post", "rank", "academic", "weak") if s in sorts), None)
    return None if sort is None else (end, cast(Sort, sort))


@cache
def _head_sorts() -> dict[str, frozenset[str]]:
    """Every head in lower case → its sorts, and "prefix" for a word before a head."""
    known, ranks = vocabulary("titles"), vocabulary("ranks")
    sorts: dict[str, set[str]] = {}
    for sort, words in (
        *((s, known[s]) for s in ("prefix", "post", "with body", "weak")),
        ("rank", (*ranks["military"], *ranks["religious"])),
        ("academic", ranks["academic"]),
    ):
        for word in spellings(words):
            sorts.setdefault(word.lower(), set()).add(sort)
    return {word: frozenset(sort) for word, sort in sorts.items()}


@cache
def _heads() -> re.Pattern[str]:
    # One character that is no letter comes first: a search then only stops between words.
    return re.compile(rf"\W(?P<head>{alternation(_head_sorts())}){END}")


@cache
def _abbreviations() -> frozenset[str]:
    every = [*vocabulary("titles").values(), *vocabulary("ranks").values()]
    return frozenset(w.lower() for words in every for w in words if w != w.lower())


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
    return re.compile(rf"{GAP}{person_pattern()}")


@cache
def _long_person() -> re.Pattern[str]:
    """The same with three words or more, where two are more often a place or a body."""
    two = rf"{GAP}{CAPITALISED}{GAP}{CAPITALISED}{GAP}[{UPPER}]"
    return re.compile(rf"(?={two}){_person().pattern}")


@cache
def _two_and_person() -> re.Pattern[str]:
    """A place of two syllables and the person after it: "Chu Phan Nguyễn Văn An"."""
    return re.compile(rf"(?P<two>{GAP}{CAPITALISED}{GAP}{CAPITALISED}){_long_person().pattern}")


_CAPITAL = re.compile(rf"{GAP}{CAPITALISED}")
_NUMBER = re.compile(rf"{GAP}(?:\d{{1,4}}+[A-Z]?|[IVX]{{1,5}}+){END}")
_YEAR = re.compile(rf"{GAP}năm{GAP}(?:19|20)\d\d{END}")
_BRACKET = re.compile(rf"[^\S\n]?\([{UPPER}&.-]{{2,12}}+\)(?={GAP}\w)")
_OWNER = re.compile(r"[^\S\n]?\((?:Bộ|Sở|Cục|Tổng cục|Công ty|Viện|Trường|Đại học)[^()\n]{1,40}+\)")
_FREE = 8
_BODIES = frozenset({"named", "open", "body", "inner", "second"})


class _Body:
    """Reads the body of a post from ``at`` on; ``end`` is where it ends.

    ``free`` is how many lower-case words outside the grammar may still follow; ``named`` says that
    the next capitals are the body's own name.
    """

    def __init__(self, text: str, lower: str, at: int, head: str) -> None:
        self.text, self.lower, self.end, self.head = text, lower, at, at
        last = _kinds().get(head.rpartition(" ")[2], frozenset())
        self.open = "open" in last
        self.free, self.named, self.capitals = _FREE * self.open, "named" in last, 0
        self.president = head.endswith("chủ tịch")
        if "level" not in last or self._area(at):
            at = -1
            while at < self.end:
                at = self.end
                if not self._next():
                    break

    def _next(self) -> bool:
        m = _step().match(self.lower, self.end)
        if m is None:
            return self._marked()
        end, kinds = m.end(), _kinds().get(" ".join(m["step"].split()), frozenset())
        capital = self.text[m.start("step")].isupper()
        if "proper" in kinds and not capital:
            kinds = frozenset()
        if "post" in kinds or ("stop" in kinds and (not capital or " " in m["step"])):
            return False
        if m["step"] == "và":
            return self._marked()
        if capital and self._is_person(kinds, " " in m["step"]):
            return False
        if "level" in kinds:
            return self._take(end) and self._area(end)
        if "place" in kinds and self._is_place(end):
            return not self._is_president() and self._take(end)
        if kinds & _BODIES:
            return self._known(end, kinds)
        return self._capital(end) if capital else self._lower(end)

    def _take(self, end: int, free: int = 0) -> bool:
        self.end, self.free, self.named, self.capitals = end, free, False, 0
        return True

    def _is_person(self, kinds: frozenset[str], several: bool) -> bool:
        kinds -= {"namesake", "proper"}
        if self.named or "place" in kinds or (several and kinds):
            return False
        person = _long_person() if kinds else _person()
        return person.match(self.text, self.end) is not None

    def _is_place(self, end: int) -> bool:
        """Whether the capitals end with the place, or a person or another body follows."""
        if _CAPITAL.match(self.text, end) is None or _person().match(self.text, end):
            return True
        m = _step().match(self.lower, end)
        return m is not None and bool(_kinds().get(m["step"], frozenset()) & {*_BODIES, "level"})

    def _is_president(self) -> bool:
        return self.president and self.end == self.head and self.lower[self.end + 1 :][:3] == "hồ "

    def _marked(self) -> bool:
        m = _joint().match(self.lower, self.end)
        if m is None:
            m = _BRACKET.match(self.text, self.end) or _OWNER.match(self.text, self.end)
        return m is not None and self._take(m.end(), self.free)

    def _area(self, end: int) -> bool:
        """The place or number of a level; False where a person stands instead."""
        m = _NUMBER.match(self.text, end)
        if m is not None:
            return self._take(m.end())
        if _CAPITAL.match(self.text, end) is None:
            return True
        known = _step().match(self.lower, end)
        kinds = _kinds().get(known["step"], frozenset()) if known else frozenset()
        if known and ("namesake" in kinds or "place" in kinds) and self._is_place(known.end()):
            return self._take(known.end())
        if kinds & {*_BODIES, "level", "post"}:
            return True
        if _long_person().match(self.text, end):
            return False
        two = _two_and_person().match(self.text, end)
        return self._take(two.end("two")) if two else self._capitals(end, _person())

    def _capitals(self, end: int, person: re.Pattern[str]) -> bool:
        """Capitalised words from ``end`` on; the first is never a person's, a later may be."""
        m = _CAPITAL.match(self.text, end)
        while m is not None:
            self._take(m.end())
            m = None if person.match(self.text, self.end) else _CAPITAL.match(self.text, self.end)
        return True

    def _known(self, end: int, kinds: frozenset[str]) -> bool:
        named = "named" in kinds or (self.named and "inner" in kinds)
        self.open = self.open or "open" in kinds
        self._take(end, _FREE if self.open else 0)
        self.named = named
        return True

    def _capital(self, end: int) -> bool:
        if self.text[self.end : end].strip().isupper():
            named = self.named
            self._take(end)
            self.named = named
            return True
        if self.named:
            m = _step().match(self.lower, self.end)
            if m is not None and "namesake" in _kinds().get(m["step"], frozenset()):
                return self._take(m.end())
            return self._capitals(self.end, _long_person())
        capitals = self.capitals + 1
        self._take(end, 0 if capitals > 1 else (_FREE if self.open else 1))
        self.capitals = capitals
        return True

    def _lower(self, end: int) -> bool:
        year = _YEAR.match(self.text, self.end)
        if year is not None:
            return self._take(year.end())
        return bool(self.free) and self._take(end, self.free - 1)
