"""Titles in Vietnamese text: the head of a post and the name of the body it is held in.

The head is a closed class (``data/titles.txt``, ``ranks.txt``); ``bodies`` reads what follows it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from newsextract.bodies import Body
from newsextract.families import is_strong, person_at
from newsextract.letters import BLANKS, GAP, LOWER
from newsextract.names import STRONG_SURNAME
from newsextract.phrases import (
    BODIES,
    BODY,
    INNER,
    LEVEL,
    OPEN,
    next_phrase,
    sections_at,
    sections_of_post,
)
from newsextract.spelling import toned
from newsextract.vocabulary import vocabulary, whole_words, word_set

Sort = Literal["post", "weak", "rank", "academic", "beside"]
_SORTS: tuple[Sort, ...] = ("post", "rank", "academic", "weak", "beside")
AFTER_NAME = frozenset({"weak", "beside"})
"""Sorts that stand after a name; one with its body stands before a whole name too."""
BESIDE = frozenset({"academic", "beside"})
"""Sorts that count only where another title is said of the same person."""


class Title(NamedTuple):
    """One title as it stands, ``text[start:end]``, and its head, ``text[start:head]``.

    A ``weak`` post counts only after a name, an ``academic`` rank only beside another title, a
    calling (``beside``) only where both hold. After an ``abroad`` post a name that is no
    Vietnamese one may stand.
    """

    start: int
    head: int
    end: int
    sort: Sort
    abroad: bool = False


def titles(text: str) -> list[Title]:
    """Every title of ``text``, in order, none overlapping."""
    # Before the first word stands a blank, so that every head has a character before it.
    lower = " " + text.lower()
    if len(lower) != len(text) + 1:  # a letter such as İ grows: lower the others only
        lower = " " + "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    found: list[Title] = []
    at = 0
    text = " " + text
    simple = _simple_heads()
    for m in _heads().finditer(lower):
        start, end = m.span(1)
        if start < at:
            continue
        head = m[1]
        if head in simple:
            sort = simple[head]
        else:
            end, sort = _head(text, lower, m)
        leads = sort in AFTER_NAME and not _may_follow(text, start, head)
        if sort is None or (leads and head not in word_set("titles", "serving")):
            continue
        if sort in ("rank", "post") and _is_given(text, start, end):
            continue
        held = sort in _HELD or (sort == "academic" and _serves(text, lower, start, end))
        held = held or lower.endswith(_FORCES, start, end)
        body = Body(text, lower, end, lower[start:end]) if held else None
        at = body.end if body else end
        if leads and (at == end or not is_strong(text, at) or not person_at(text, at, long=True)):
            continue
        if at == end and lower.startswith(_OF_MANY, at) and not lower.startswith(_TERMS, at):
            continue
        found.append(Title(start - 1, end - 1, at - 1, sort, body is not None and body.abroad))
    return found


def _is_given(text: str, start: int, end: int) -> bool:
    """Whether a rank or post is somebody's given name: "Nguyễn Trung Tá", "Đinh Công Sứ"."""
    rank = text[start:end]
    if rank != rank.title() or " " not in rank or text[end : end + 2].strip()[:1].isupper():
        return False
    return _FAMILY.search(text, max(0, start - 10), start) is not None


_FAMILY = re.compile(rf"\b{STRONG_SURNAME}{GAP}\Z")


def _serves(text: str, lower: str, start: int, end: int) -> bool:
    """Whether a calling after a name stands with its body: "luật sư Đoàn Luật sư Hà Nội"."""
    _, _, phrase, kinds = next_phrase(lower, end)
    return phrase != "đoàn" and kinds & (BODY | OPEN) != 0 and follows_mark(text, start)


def is_bodied(text: str, title: Title) -> bool:
    """Whether a known word of a body goes on with the head, or ends it: "Bí thư Đảng bộ"."""
    head, rest = text[title.start : title.head].lower(), text[title.head : title.end].lower()
    ends = sections_of_post(" ".join(head.split()))[0] & (BODY | OPEN | LEVEL)
    return ends != 0 or sections_at(rest, 0) & (BODIES | LEVEL) != 0


_MARKS = (",", "-", "–", "—", "(", ")", ":")


def follows_mark(text: str, at: int) -> bool:
    """Whether what stands before ``at`` may stand between a name and its title."""
    left = text[max(0, at - 9) : at].rstrip()
    return left.endswith(_MARKS) or left[left.rfind(" ") + 1 :] in word_set("titles", "holding")


_OF_MANY = (" các ", " những ", " mọi ", " từng ")
"""Behind a title these tell of its many holders, not of the one named: "giám đốc các sở"."""
_TERMS = tuple(f" các {word}" for word in ("khóa ", "khoá ", "nhiệm kỳ", "thời kỳ", "giai đoạn"))


def _may_follow(text: str, start: int, head: str) -> bool:
    """Whether a head that only stands after a name may stand at ``start``."""
    if follows_mark(text, start):
        return True
    if f"{head} ".startswith(PAST) and _ACCUSED.search(text, max(0, start - 16), start):
        return True  # "ba bị cáo nguyên cán bộ Sở Tài chính: A, B"
    if head in _VERBS or head not in _weak():
        return False
    left = text[max(0, start - 30) : start].split()[-2:]
    return len(left) > 1 and all(w[0].isupper() and w[-1].isalpha() for w in left)


PAST = ("nguyên ", "cựu ")
"""How a post of the past begins, in lower case."""
_ACCUSED = re.compile(rf"\b[Bb]ị (?:cáo|can)(?:{GAP}là)?{BLANKS}\Z")
_VERBS = frozenset({"thanh tra", "quản lý", "quản lí"})
"""Weak heads that right after a name are verbs."""
MONKS = frozenset({"ht", "tt", "đđ", "nt", "ns", "sc"})
"""Ranks of monks and nuns cut to letters that mean other things before other names."""
_NUN_OR_MONK = re.compile(rf"\.?{BLANKS}Thích\b")
_LETTERS = re.compile(rf"{GAP}[A-ZĐ]{{2,9}}(?:&[A-ZĐ]{{1,4}})?(?![{LOWER}])")
"""The letters of a body: "Trưởng CATX", "Phó BTC"."""
_GLUED = re.compile(rf"\.(?:UBND|HĐND|UBMTTQ)(?![{LOWER}])")
"""The council or committee right behind a post cut to letters: "CT.UBND"."""
_PREFIXES = 3  # "nguyên quyền Phó Chủ tịch"
_HELD = frozenset({"post", "weak", "beside"})
_FORCES = (" công an", " bộ công an", " csgt", " cảnh sát", " biên phòng")
"""Forces that stand with a rank: a unit may follow, "đại úy công an huyện"."""
_CORPS = (*_FORCES, " quân đội", " qncn", " cn", " quân nhân chuyên nghiệp")
"""What may stand right behind a rank: the force, or how the officer serves."""


def _head(text: str, lower: str, m: re.Match[str]) -> tuple[int, Sort | None]:
    """Where the head that begins at ``m`` ends, prefixes before it, and its sort if it is one."""
    head, end = m["head"], m.end()
    if head.rstrip(".") in MONKS and not _NUN_OR_MONK.match(text, end):
        return end, None
    abbreviated = head in _abbreviations()
    if abbreviated and not text[m.start("head")].isupper():
        return end, None
    dotted = abbreviated and lower.startswith(". ", end)
    if dotted and sections_at(lower, end + 1) & (BODIES | LEVEL):
        end += 1  # "PCT. HĐND huyện"
    sorts = _sorts_of(head)
    for _ in range(_PREFIXES * ("prefix" in sorts)):
        further = None if lower[end : end + 1] == "\n" else _heads().match(lower, end)
        if further is None or "no head" in _sorts_of(further["head"]):
            break
        sorts, end = _sorts_of(further["head"]), further.end()
        if "prefix" not in sorts:
            break
    if "with body" in sorts:
        of_a_body = BODY | OPEN | INNER * (not abbreviated)
        glued = abbreviated and _GLUED.match(text, end)
        lettered = glued or (not text[end - 1].isupper() and _LETTERS.match(text, end))
        return end, "post" if lettered or sections_at(lower, end) & of_a_body else None
    return end, _first(sorts)


def _first(sorts: frozenset[str]) -> Sort | None:
    return next((s for s in _SORTS if s in sorts), None)


@cache
def _head_sorts() -> dict[str, frozenset[str]]:
    """Every head in lower case → its sorts, and "prefix" for a word before a head."""
    known, ranks = vocabulary("titles"), vocabulary("ranks")
    sorts: dict[str, set[str]] = {}
    for sort, words in (
        *((s, known[s]) for s in ("prefix", "post", "with body", "weak", "beside", "no head")),
        ("rank", (*ranks["military"], *ranks["religious"])),
        ("rank", [rank + corps for rank in ranks["military"] for corps in _CORPS]),
        ("academic", ranks["academic"]),
    ):
        for word in toned(words):
            sorts.setdefault(word.lower(), set()).add(sort)
    return {word: frozenset(sort) for word, sort in sorts.items()}


@cache
def _simple_heads() -> dict[str, Sort | None]:
    """The heads whose sort depends on nothing around them, most of those that stand in news.

    None is the sort of what only looks like a head.
    """
    return {
        head: _first(sorts)
        for head, sorts in _head_sorts().items()
        if not sorts & {"prefix", "with body"} and head not in _abbreviations()
    }


@cache
def _weak() -> frozenset[str]:
    return frozenset(head for head, sort in _simple_heads().items() if sort == "weak")


def _sorts_of(head: str) -> frozenset[str]:
    return _head_sorts().get(head) or _head_sorts()[" ".join(head.split())]


@cache
def _heads() -> re.Pattern[str]:
    # One character that is no letter comes first: a search then only stops between words.
    return re.compile(rf"[^{LOWER}0-9_](?P<head>{whole_words(_head_sorts())})")


@cache
def _abbreviations() -> frozenset[str]:
    every = [*vocabulary("titles").values(), *vocabulary("ranks").values()]
    return frozenset(w.lower() for words in every for w in words if w[0].isupper())
