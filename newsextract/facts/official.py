"""Officials: a named person with the post or rank that the text states.

================================================  ============================================
đồng chí Trần Văn An, Tỉnh ủy viên, Giám đốc Sở   Trần Văn An: Tỉnh ủy viên · Giám đốc Sở
Chủ tịch UBND huyện Kiến Xương Lê Thị Bình        Lê Thị Bình: Chủ tịch UBND huyện Kiến Xương
Đại tá Vũ Văn Cường                               Vũ Văn Cường: Đại tá
ông Đạt                                           nothing: no post is stated
================================================  ============================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact
from newsextract.names import (
    CAPITALISED,
    END,
    GAP,
    START,
    cases,
    foreign_pattern,
    loose_pattern,
    name_pattern,
)
from newsextract.titles import Title, titles
from newsextract.vocabulary import alternation, vocabulary


@dataclass(frozen=True, slots=True)
class Official:
    """A person and the posts and ranks stated with the name, as written.

    ``titles`` are in the text's order, each with its body ("Phó Chủ tịch UBND tỉnh").
    ``honorific`` is the word before the name ("đồng chí", "ông"), or None.
    """

    name: str
    titles: tuple[str, ...]
    honorific: str | None = None


@dataclass(frozen=True, slots=True)
class _Name:
    """A name at ``text[at:end]``; ``start`` is that of the honorific, if there is one.

    ``close`` says that nothing but blanks stands between it and its title.
    """

    start: int
    at: int
    end: int
    honorific: str | None
    close: bool = True


_B = r"[^\S\n]*+"
_NOTE = rf"(?:{_B}\([^()\n]{{1,60}}\))?+(?:,{_B}\d\d{_B}tuổi)?+"


@cache
def _honorific() -> str:
    known = vocabulary("honorifics")
    return rf"(?P<hon>{alternation(cases(known['honorific']))}){END}(?P<gap>{_B}:?{_B})"


@cache
def _after() -> re.Pattern[str]:
    """A name right after its title; with an honorific a comma or dash may stand between."""
    any_name = rf"{name_pattern()}|{foreign_pattern()}|{loose_pattern()}"
    called = rf"(?P<mark>{_B}[,–-])?+{GAP}{_honorific()}(?P<called>{any_name})"
    return re.compile(
        rf"{called}|{GAP}(?P<name>{name_pattern()})|{GAP}(?P<strange>{foreign_pattern()})"
    )


@cache
def _before() -> re.Pattern[str]:
    """A name and what may stand between it and its title, to the end of the window."""
    any_name = rf"{name_pattern()}|{foreign_pattern()}|{loose_pattern()}|{CAPITALISED}"
    name = rf"{_honorific()}(?P<called>{any_name})|(?P<name>{name_pattern()}|{foreign_pattern()})"
    now = rf"(?:hiện{GAP})?(?:nay{GAP})?(?:đang{GAP})?"
    post = rf"(?:là|giữ chức(?:{GAP}vụ)?|giữ cương vị|chức vụ|chức danh)(?::?{GAP}|:)"
    return re.compile(
        rf"{START}(?:{name}){_NOTE}(?:{GAP}{now}{post}|{_B}[,–—-]{_B}(?:{now}{post})?|{_B}\({_B})\Z"
    )


@cache
def _called() -> re.Pattern[str]:
    return re.compile(rf"{START}{_honorific()}\Z")


@cache
def _idiom() -> re.Pattern[str]:
    """Words before a title and a name that together name a place, a prize or a virtue."""
    words = alternation(cases(vocabulary("honorifics")["idiom"]))
    return re.compile(rf"{START}{words}{GAP}(?:của{GAP})?\Z")


@cache
def _several() -> re.Pattern[str]:
    """Names that share the title before them: ", gồm các ông, bà: A, B và C"."""
    hon = alternation(cases(vocabulary("honorifics")["honorific"]))
    name = rf"(?:(?:và{GAP})?{hon}{END}{_B})?+(?P<first>{name_pattern()})"
    more = rf"(?:{_B},{_B}(?:và{GAP})?|{GAP}và{GAP})(?:{hon}{END}{GAP})?+{name_pattern()}"
    call = rf"(?:các{GAP})?{hon}{END}(?:(?:{_B},{_B}|{GAP}và{GAP})(?:các{GAP})?{hon}{END})*+"
    return re.compile(
        rf"(?:{_B},)?+(?:{_B}(?:gồm|là|bao gồm)(?:{GAP}có)?{END})?+(?:{_B}:)?+(?:{_B}{call})?+"
        rf"(?:{_B}:)?+{_B}(?P<names>{name.replace('?P<first>', '?:')}(?:{more})*+)"
    )


_PLURAL = re.compile(
    r"(?:các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,2})(?:[^\S\n]+(?:đồng chí|ông))?[^\S\n]+\Z",
    re.IGNORECASE,
)
_LINK = re.compile(rf"{_B}[,–—-]{_B}(?:đồng thời là{GAP}|kiêm{GAP}|và{GAP})?|{GAP}(?:kiêm|và|đồng thời là){GAP}")
_RANK_LINK = re.compile(rf"{_B}[.,–-]?{_B}")
_JOIN = re.compile(rf"{_NOTE}{_B}[,–—(-]{_B}")
_MARKS = (",", "-", "–", "—", "(", ":", "là", "chức", "vụ", "vị", "danh")
_WINDOW = 120


def read(reading: Reading) -> Iterator[Fact[Official]]:
    """Each person with at least one post or rank, in the text's order."""
    text = reading.text
    found = titles(text)
    floor = i = 0
    given: set[str] = set()
    single: list[Title] = []
    while i < len(found):
        chain, own = _chain(text, found, i)
        before = None
        if own is None or not own.close or len(chain) > 1:
            before = _name_before(text, floor, chain[0].start)
        i += len(chain)
        if before is not None and own is not None:
            if own.close:
                chain, i = chain[:-1], i - 1
        elif own is not None:
            more = _more(text, found, i, own)
            chain, i = chain + more, i + len(more)
        name = before or own
        if name is None and chain[-1].end - chain[-1].head in range(2, 10):
            single.append(chain[-1])
        facts = [_fact(reading, name, chain)] if name else _shared(reading, chain)
        for fact in facts:
            if fact is not None:
                floor = fact.end
                given.add(fact.value.name.rpartition(" ")[2])
                yield fact
    for title in single:
        name = text[title.head : title.end].strip()
        if name in given and text[title.head].isspace():
            yield _given(reading, title)


def _given(reading: Reading, title: Title) -> Fact[Official]:
    """ "Bí thư An" where the article names an An in full."""
    name = reading.text[title.head : title.end].strip()
    value = Official(name, (" ".join(reading.text[title.start : title.head].split()),))
    return reading.fact("official", title.start, title.end, value, "given name")


def _chain(text: str, found: list[Title], i: int) -> tuple[list[Title], _Name | None]:
    """Titles from ``i`` on that one person holds, up to the one with a name right after it."""
    chain = [found[i]]
    while True:
        own = _name_after(text, chain[-1])
        i += 1
        if own is not None or i == len(found) or not _linked(text, chain[-1], found[i]):
            return chain, own
        chain.append(found[i])


def _linked(text: str, left: Title, right: Title) -> bool:
    if {left.sort, right.sort} & {"rank", "academic"}:
        return _RANK_LINK.fullmatch(text, left.end, right.start) is not None
    return _LINK.fullmatch(text, left.end, right.start) is not None


def _more(text: str, found: list[Title], i: int, own: _Name) -> list[Title]:
    """The titles that go on after the name: "Đại tá Vũ Văn Cường, Giám đốc Công an tỉnh"."""
    if i == len(found) or not _JOIN.fullmatch(text, own.end, found[i].start):
        return []
    chain, next_own = _chain(text, found, i)
    return chain[:-1] if next_own is not None and next_own.close else chain


def _name_after(text: str, title: Title) -> _Name | None:
    if title.sort == "weak":
        return None
    m = _after().match(text, title.end)
    if m is None:
        return None
    kind = "called" if m["called"] else "name" if m["name"] else "strange"
    start = m.start("hon") if m["hon"] else m.start(kind)
    return _Name(start, m.start(kind), m.end(kind), m["hon"], not m["mark"])


def _name_before(text: str, floor: int, at: int) -> _Name | None:
    if not text[max(floor, at - 9) : at].rstrip().endswith(_MARKS):
        return None
    base = max(floor, at - _WINDOW, text.rfind("\n", 0, at) + 1)
    m = _before().search(text, base, at)
    if m is None:
        return None
    if m["hon"] is None:
        left = text[base : m.start()].split()
        if left and left[-1].lower() in vocabulary("honorifics")["place before"]:
            return None
        return _Name(m.start("name"), m.start("name"), m.end("name"), None)
    if ":" in m["gap"]:
        return _Name(m.start("called"), m.start("called"), m.end("called"), None)
    return _Name(m.start("hon"), m.start("called"), m.end("called"), m["hon"])


def _shared(reading: Reading, chain: list[Title]) -> list[Fact[Official] | None]:
    """One fact per name where a title in the plural stands before several names."""
    text, title = reading.text, chain[-1]
    m = _several().match(text, title.end)
    if m is None or not _PLURAL.search(text, max(0, chain[0].start - 20), chain[0].start):
        return []
    names = re.finditer(name_pattern(), m["names"])
    at = m.start("names")
    spans = [_Name(at + n.start(), at + n.start(), at + n.end(), None) for n in names]
    facts = [_fact(reading, n, chain) for n in spans]
    return [f and replace(f, start=n.at, end=n.end, text=text[n.at : n.end]) for f, n in zip(facts, spans, strict=True)]


def _fact(reading: Reading, name: _Name, chain: list[Title]) -> Fact[Official] | None:
    chain = [t for t in chain if t.sort != "weak" or t.head < t.end]
    if all(t.sort == "academic" for t in chain):
        return None
    text = reading.text
    start, end = min(name.start, chain[0].start), max(name.end, chain[-1].end)
    if start < name.start:
        if _idiom().search(text, max(0, start - 24), start):
            return None
        called = _called().search(text, max(0, start - 12), start)
        if called is not None and name.honorific is None:
            start, name = called.start("hon"), replace(name, honorific=called["hon"])
    values = tuple(" ".join(text[t.start : t.end].split()) for t in chain)
    value = Official(" ".join(text[name.at : name.end].split()), values, name.honorific)
    rule = "title first" if chain[0].start < name.start else "name first"
    return reading.fact("official", start, end, value, rule)


KIND = Kind("official", 15, read)
