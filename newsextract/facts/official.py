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
from typing import Any

from newsextract.chains import held, titles_after
from newsextract.facts.reading import Kind, Reading
from newsextract.letters import BLANKS, GAP, LOWER, UPPER
from newsextract.model import Fact
from newsextract.names import CAPITALISED, NATIVE, SYLLABLE
from newsextract.persons import NameAt, baptised, honorific_before, in_headline, in_idiom, in_plural
from newsextract.profiles import profile
from newsextract.sharing import (
    may_several_hold,
    names_before,
    names_beside,
    names_following,
    names_headed,
    names_of_line,
    names_sharing,
    next_ranked,
    next_sharing,
)
from newsextract.titles import BESIDE, PAST, Title, titles


@dataclass(frozen=True, slots=True)
class Official:
    """A person and the posts and ranks stated with the name, as written.

    ``titles`` are in the text's order, each with its body ("Phó Chủ tịch UBND tỉnh").
    ``honorific`` is the word before the name ("đồng chí", "ông"), or None.
    """

    name: str
    titles: tuple[str, ...]
    honorific: str | None = None


def read(reading: Reading) -> Iterator[Fact[Official]]:
    """Each person with at least one post or rank, in the text's order."""
    found = titles(reading.text)
    given: set[str] = set()
    alone: list[Title] = []
    floor = i = 0
    while i < len(found):
        chain, name, i = held(reading.text, found, i, floor)
        if name is not None:
            facts = _facts(reading, name, chain)
            facts = [*_beside(reading, name, chain), *facts]
            members = _members(reading.text, chain)
            facts, i = _with_own(reading, facts, found, i, members)
        elif facts := _shared(reading, chain):
            facts, i = _with_own(reading, facts, found, i, facts[0].value.titles)
        elif facts := _headed(reading, chain, found[i : i + 1]) or _rowed(reading, chain):
            pass
        elif lines := profile(reading.text, found, i - len(chain), floor):
            first, i = i - len(chain), lines[1]
            facts = _facts(reading, lines[0], found[first:i])
            floor = found[i - 1].end
        else:
            alone.append(chain[-1])
        for fact in facts:
            floor = max(floor, fact.end)
            if not _GLUED.search(fact.value.name):
                given.add(fact.value.name.rpartition(" ")[2])
                yield fact
    for title in alone:
        alike = _given_name(reading.text, title) if title.sort in ("post", "rank") else None
        if alike and alike["name"] in given:
            yield _given(reading, title, alike)


def _given_name(text: str, title: Title) -> re.Match[str] | None:
    """The one name right behind a head: read as its body, or not read as behind a rank."""
    m = _ONE_NAME.match(text, title.head)
    return m if m and title.end in (title.head, m.end()) else None


_ONE_NAME = re.compile(rf"{GAP}(?P<name>{CAPITALISED})(?!{GAP}[{UPPER}])")


def _given(reading: Reading, title: Title, name: re.Match[str]) -> Fact[Official]:
    """ "Bí thư An" where the article names an An in full."""
    head = " ".join(reading.text[title.start : title.head].split())
    value = Official(name["name"], (head,))
    return reading.fact("official", title.start, name.end(), value, rule="given name")


def _shared(reading: Reading, chain: list[Title]) -> list[Fact[Official]]:
    """One fact per name where a title in the plural stands before several names."""
    names = names_sharing(reading.text, chain[0].start, chain[-1].end)
    posts = _titles(reading.text, chain) if names else ()
    return [_sharing(reading, name, posts) for name in names]


def _headed(reading: Reading, chain: list[Title], next_one: list[Title]) -> list[Fact[Official]]:
    """One fact per name where a title and a colon stand before names."""
    last = chain[-1]
    past = last.sort == "weak" and reading.text[last.start : last.head].lower().startswith(PAST)
    names = names_headed(reading.text, last.end, *next_one) if past or last.sort == "post" else []
    if names and may_several_hold(reading.text[last.start : last.head].lower()):
        names += names_of_line(reading.text, names[-1].end)
    posts = _titles(reading.text, chain) if names else ()
    return [_sharing(reading, name, posts) for name in names]


def _rowed(reading: Reading, chain: list[Title]) -> list[Fact[Official]]:
    """One fact per name of a row that a title in the plural closes."""
    names = names_before(reading.text, chain[0].start, chain[-1].end)
    posts = _titles(reading.text, chain) if names else ()
    return [_sharing(reading, name, posts) for name in names]


def _titles(text: str, chain: list[Title]) -> tuple[str, ...]:
    return tuple(" ".join(text[t.start : t.end].split()) for t in chain)


def _members(text: str, chain: list[Title]) -> tuple[str, ...]:
    """The titles of a list of members, the first of whom has a rank: "các Ủy viên: Đại tá A"."""
    for n in range(1, len(chain)):
        if text[chain[n - 1].end : chain[n].start].strip() == ":" and chain[n].sort == "rank":
            posts = _titles(text, chain[:n])
            return posts if in_plural(text, chain[0].start) and _MEMBER in f"{posts[0]} " else ()
    return ()


_MEMBER = " viên "
"""Of "Ủy viên Trung ương Đảng", which the officers in a list are too."""


def _with_own(
    reading: Reading,
    facts: list[Fact[Official]],
    found: list[Title],
    i: int,
    posts: tuple[str, ...],
) -> tuple[list[Fact[Official]], int]:
    """The names of a list with the titles that the last has besides, and the list's further names.

    "các Phó Chủ tịch: A, B - Bí thư Đảng ủy; C - Trưởng Công an": all are Phó Chủ tịch.
    """
    if not (facts and posts):
        return facts, i
    text = reading.text
    before = text[max(0, facts[0].start - 12) : facts[0].start].rstrip()
    listed = before.endswith(":") or ":" in facts[0].text
    while True:
        last = facts[-1]
        own = titles_after(text, found, i, NameAt(last.start, last.start, last.end, None))
        if own:
            value = replace(last.value, titles=last.value.titles + _titles(text, own))
            facts[-1] = reading.fact("official", last.start, own[-1].end, value, rule=last.rule)
            i += len(own)
        further = _further(reading, facts[-1].end, found[i : i + 1], posts) if listed else None
        if further is None:
            return facts, i
        facts.append(further)
        i += len(further.value.titles) - len(posts)


def _further(
    reading: Reading, at: int, following: list[Title], posts: tuple[str, ...]
) -> Fact[Official] | None:
    """One more of a list behind ``at``; of members also one with a rank before the name."""
    if name := next_sharing(reading.text, at):
        return _sharing(reading, name, posts)
    for rank in following if _MEMBER in f"{posts[0]} " else ():
        if name := next_ranked(reading.text, at, rank):
            person = " ".join(reading.text[rank.end : name.end].split())
            value = Official(person, (*posts, *_titles(reading.text, following)))
            return reading.fact("official", rank.start, name.end, value, rule="shared")
    return None


def _sharing(reading: Reading, name: NameAt, posts: tuple[str, ...]) -> Fact[Official]:
    name = baptised(reading.text, name)
    person = " ".join(reading.text[name.at : name.end].split())
    return reading.fact("official", name.at, name.end, Official(person, posts), rule="shared")


def _beside(reading: Reading, name: NameAt, chain: list[Title]) -> list[Fact[Official]]:
    """Those who share the title of a name: "các ông A và B, Phó Giám đốc", "Phó Giám đốc A, B;"."""
    text, title = reading.text, chain[0]
    first = title.start < name.start
    plural = (
        first and name.close and title.sort in ("post", "rank") and in_plural(text, title.start)
    )
    several = plural or may_several_hold(text[title.start : title.head].lower())
    if len(chain) > 1 or not several:
        return []
    posts = _titles(text, chain)
    if first:
        others = names_following(text, name.end, plural=plural)
    else:
        others = names_beside(text, name.start)
    return [_sharing(reading, other, posts) for other in others]


def _facts(reading: Reading, name: NameAt, chain: list[Title]) -> list[Fact[Official]]:
    """The fact of one person, if the titles make one."""
    chain = [t for t in chain if t.sort != "weak" or t.head < t.end]
    if all(t.sort in BESIDE for t in chain):
        return []
    text = reading.text
    name = baptised(text, name)
    chain = [_before_name(text, t, name) for t in chain]
    if in_headline(text, name, chain[-1]):
        return []
    start, end = min(name.start, chain[0].start), max(name.end, chain[-1].end)
    if start < name.start:
        if in_idiom(text, start):
            return []
        called = honorific_before(text, start)
        if called is not None and name.honorific is None:
            start, name = called[0], name._replace(honorific=called[1])
    if start < name.start and (post := _served(text, chain[0], name)) is not None:
        start, chain = post, [chain[0]._replace(start=post), *chain[1:]]
    person = " ".join(text[name.at : name.end].split())
    value = Official(person, _titles(text, chain), name.honorific)
    rule = "title first" if chain[0].start < name.start else "name first"
    if "\n" in text[start:end]:  # no fact goes over a line: its titles are in the next ones
        start, end, rule = name.start, name.end, "profile"
    return [reading.fact("official", start, end, value, rule=rule)]


def _served(text: str, title: Title, name: NameAt) -> int | None:
    """Where the post of him begins whose aide is named next: "Trợ lý Phó Thủ tướng A, ông B,"."""
    aide = _AIDE.match(text, title.start, title.head)
    return aide.end() if aide and _ANOTHER.match(text, name.end) else None


_AIDE = re.compile(rf"(?i:trợ l[ýí]|thư ký){GAP}(?=\w)")
_ANOTHER = re.compile(rf"{BLANKS},{GAP}(?:ông|bà|anh|chị){GAP}[{UPPER}]")
_GLUED = re.compile(rf"{SYLLABLE}(?<=[{LOWER}])(?=[{UPPER}]){NATIVE}")
"""Two syllables of which the blank is lost: "Trần ThanhÔng"; where the name ends nobody knows."""


def _before_name(text: str, title: Title, name: NameAt) -> Title:
    """The title without the baptismal name it ran into: "Chánh xứ Giáo xứ An Phú Gioan Trần A"."""
    if not title.start < name.at < title.end:
        return title
    return title._replace(end=title.start + len(text[title.start : name.at].rstrip()))


def _value(name: str, *posts: str, honorific: str | None = None) -> dict[str, Any]:
    return {"name": name, "titles": list(posts), "honorific": honorific}


KIND = Kind(
    "official",
    15,
    read,
    examples=(
        (
            "name first",
            "đồng chí Trần Văn An, Tỉnh ủy viên, Giám đốc Sở Y tế",
            _value("Trần Văn An", "Tỉnh ủy viên", "Giám đốc Sở Y tế", honorific="đồng chí"),
        ),
        ("title first", "Đại tá Vũ Văn Cường", _value("Vũ Văn Cường", "Đại tá")),
        (
            "shared",
            "các Phó Giám đốc Sở: Vũ Văn Hải, Lê Thị Lan",
            _value("Lê Thị Lan", "Phó Giám đốc Sở"),
        ),
        (
            "given name",
            "Bí thư An nói. Bí thư Trần Văn An họp.",
            _value("An", "Bí thư"),
        ),
        (
            "profile",
            "Đ/c Trần Văn An\nBí thư Huyện ủy",
            _value("Trần Văn An", "Bí thư Huyện ủy", honorific="Đ/c"),
        ),
        ("name first", "ông Đạt cho biết", None),
        ("title first", "nông dân Trần Văn Út", None),
    ),
)
