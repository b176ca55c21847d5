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
from dataclasses import dataclass
from functools import cache

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact
from newsextract.names import (
    END,
    GAP,
    START,
    cases,
    foreign_pattern,
    loose_pattern,
    name_pattern,
)
from newsextract.titles import Title, titles
from newsextract.vocabulary import alternation


@dataclass(frozen=True, slots=True)
class Official:
    """A person and the posts and ranks stated with the name, as written.

    ``titles`` are in the text's order, each with its body ("Phó Chủ tịch UBND tỉnh").
    ``honorific`` is the word before the name ("đồng chí", "ông"), or None.
    """

    name: str
    titles: tuple[str, ...]
    honorific: str | None = None


_HONORIFICS = ("đồng chí", "đ/c", "đc", "ông", "bà", "anh", "chị", "cô", "thầy", "ngài", "cụ", "các đồng chí", "các ông", "bác")  # fmt: skip
_NO_NAME_AFTER = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đường", "phố", "trường", "tại", "ở", "tp", "tp.", "thôn", "chợ", "cầu", "công ty")  # fmt: skip


@cache
def _honorific() -> str:
    return rf"(?P<hon>{alternation(cases(_HONORIFICS))}){END}[^\S\n]*+:?[^\S\n]*+"


@cache
def _after() -> re.Pattern[str]:
    """A name right after its title; with an honorific a comma may stand between."""
    named = rf"(?P<name>{name_pattern()})"
    called = (
        rf",?{GAP}{_honorific()}(?P<called>{name_pattern()}|{foreign_pattern()}|{loose_pattern()})"
    )
    strange = rf"{GAP}(?P<strange>{foreign_pattern()})"
    return re.compile(rf"{called}|{GAP}{named}|{strange}")


@cache
def _before() -> re.Pattern[str]:
    """A name, and what may stand between it and its title, up to the end of the window."""
    called = rf"{_honorific()}(?P<called>{name_pattern()}|{foreign_pattern()}|{loose_pattern()})"
    named = rf"(?P<name>{name_pattern()})"
    note = r"(?:[^\S\n]*+\([^()\n]{1,40}\))?+"
    is_now = (
        rf"{GAP}(?:hiện{GAP})?(?:nay{GAP})?(?:đang{GAP})?(?:là|giữ chức(?: vụ)?|giữ cương vị){GAP}"
    )
    mark = r"[^\S\n]*+(?:[,–—(-]|,[^\S\n]*+(?:hiện là|là|chức vụ:?|giữ chức vụ))[^\S\n]*+"
    return re.compile(rf"{START}(?:{called}|{named}){note}(?:{mark}|{is_now})\Z")


_LINK = re.compile(
    r"[^\S\n]*+[,–—-][^\S\n]*+(?:đồng thời là |kiêm )?|[^\S\n]+(?:kiêm|và|đồng thời là)[^\S\n]+"
)
_RANK_LINK = re.compile(r"[^\S\n]*+[.,–-]?[^\S\n]*+")
_WINDOW = 90


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    at: int
    end: int
    honorific: str | None


def read(reading: Reading) -> Iterator[Fact[Official]]:
    """Each person with at least one post or rank, in the text's order."""
    text = reading.text
    found = titles(text)
    floor = i = 0
    while i < len(found):
        chain, own = _chain(text, found, i)
        i += len(chain)
        person = None
        if own is None or len(chain) > 1:
            person = _name_before(text, floor, chain[0].start)
        if person is not None and own is not None:
            i -= 1
            chain, own = chain[:-1], None
        if own is not None:
            while i < len(found) and _joins(text, own.end, found[i]):
                more, next_own = _chain(text, found, i)
                if next_own is not None:
                    more = more[:-1]
                i += len(more)
                chain += more
                break
        name = person or own
        if name is None:
            continue
        fact = _fact(reading, name, chain)
        if fact is not None:
            floor = fact.end
            yield fact


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
    if left.sort in ("rank", "academic") or right.sort in ("rank", "academic"):
        if _RANK_LINK.fullmatch(text, left.end, right.start):
            return True
    return _LINK.fullmatch(text, left.end, right.start) is not None


_JOIN = re.compile(r"(?:[^\S\n]*+\([^()\n]{1,40}\))?+[^\S\n]*+[,–—(-][^\S\n]*+")


def _joins(text: str, end: int, title: Title) -> bool:
    return _JOIN.fullmatch(text, end, title.start) is not None


def _name_after(text: str, title: Title) -> _Name | None:
    if title.sort == "weak":
        return None
    m = _after().match(text, title.end)
    if m is None:
        return None
    kind = m.lastgroup or "name"
    start = m.start("hon") if m["hon"] else m.start(kind)
    return _Name(start, m.start(kind), m.end(kind), m["hon"])


def _name_before(text: str, floor: int, at: int) -> _Name | None:
    base = max(floor, at - _WINDOW, text.rfind("\n", 0, at) + 1)
    window = text[base:at]
    m = _before().search(window)
    if m is None:
        return None
    kind = m.lastgroup or "name"
    if m["hon"] is None:
        left = window[: m.start()].split()
        if left and left[-1].lower() in _NO_NAME_AFTER:
            return None
    start = m.start("hon") if m["hon"] else m.start(kind)
    return _Name(base + start, base + m.start(kind), base + m.end(kind), m["hon"])


def _fact(reading: Reading, name: _Name, chain: list[Title]) -> Fact[Official] | None:
    if all(t.sort == "academic" for t in chain):
        return None
    chain = [t for t in chain if t.sort != "weak" or not t.bare]
    if not chain:
        return None
    text = reading.text
    start, end = min(name.start, chain[0].start), max(name.end, chain[-1].end)
    values = tuple(" ".join(text[t.start : t.end].split()) for t in chain)
    value = Official(" ".join(text[name.at : name.end].split()), values, name.honorific)
    rule = "title first" if chain[0].start < name.start else "name first"
    return reading.fact("official", start, end, value, rule)


KIND = Kind("official", 30, read)
