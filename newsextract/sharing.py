"""Names that share one title, in lists and pairs."""

from __future__ import annotations

import re
from functools import cache

from newsextract.letters import BLANKS, END, GAP
from newsextract.names import CAPITALISED, is_name, name_end
from newsextract.notes import NOTE
from newsextract.persons import NameAt, honorifics, in_plural
from newsextract.spelling import toned
from newsextract.titles import Title
from newsextract.vocabulary import vocabulary

_WINDOW = 120
_LONGEST_CALL = 12  # characters: "đồng chí " and room
_CLAUSE = re.compile(rf"{BLANKS},(?:(?!gồm|là{END})[^:\n])*+")
_CAPITALS = re.compile(rf"{CAPITALISED}(?:{GAP}{CAPITALISED}){{1,4}}+")


@cache
def _posts_of_several() -> tuple[str, ...]:
    return tuple(toned(vocabulary("titles")["held by several"]))


def may_several_hold(post: str) -> bool:
    """Whether a post, in lower case, begins as those do that several hold at a time."""
    return post.startswith(_posts_of_several())


@cache
def _list_opens() -> re.Pattern[str]:
    """What opens a list of names that share the title before: ", gồm các ông, bà:"."""
    hon = honorifics()
    one = rf"(?:các{GAP})?{hon}{END}"
    call = rf"{one}(?:(?:{BLANKS},{BLANKS}|{GAP}và{GAP}|{GAP}){one})*+"
    terms = rf"{GAP}(?:qua{GAP})?(?:các|từng){GAP}(?:thời{GAP}kỳ|nhiệm{GAP}kỳ|khóa|khoá){END}"
    of = rf"{BLANKS}(?:gồm|là|bao gồm)(?:{GAP}có)?{END}"
    return re.compile(
        rf"(?:{terms})?+(?:{BLANKS}[,–-])?+(?:{of})?+(?:{BLANKS}:)?+(?:{BLANKS}{call})?+(?:{BLANKS}:)?+{BLANKS}"
    )


@cache
def _joint() -> re.Pattern[str]:
    """What joins one more name of a list to the one before, and its honorific; it may be empty."""
    joint = rf"(?P<joint>{NOTE}(?:{BLANKS}[,;]{BLANKS}(?:và{GAP})?|{GAP}và{GAP}))?+"
    return re.compile(rf"{joint}(?:{honorifics()}{END}{GAP})?+")


def _next_name(text: str, at: int) -> tuple[NameAt, str] | None:
    """One more name of a list, and what joins it to the one before."""
    m = _joint().match(text, at)
    end = name_end(text, m.end()) if m else None
    if m is None or end is None:
        return None
    return NameAt(m.end(), m.end(), end, None), m["joint"] or ""


def names_sharing(text: str, start: int, end: int) -> list[NameAt]:
    """The names that share the title ``text[start:end]``, where that is in the plural."""
    if not in_plural(text, start) and not _names_several(text, start, end):
        return []
    m = _list_opens().match(text, end)
    names: list[NameAt] = []
    found = _next_name(text, m.end() if m else end)
    if found is not None and ";" in found[1]:
        return []  # "có 2 luật sư; Nguyễn Văn An"
    while found is not None and (found[1] or not names):
        names.append(found[0])
        found = _next_name(text, found[0].end)
    if len(names) == 1 and _CLAUSE.fullmatch(text, end, names[0].at):
        return []  # "với các đại biểu, ông An nói"
    return names


def _names_several(text: str, start: int, end: int) -> bool:
    """Whether "gồm" and names follow a post that several hold."""
    named = _NAMED.match(text, end) is not None
    return named and may_several_hold(text[start : start + 14].lower())


def next_sharing(text: str, at: int) -> NameAt | None:
    """The further name of a list after ``at``: "…; C - Trưởng Công an"."""
    found = _next_name(text, at)
    return found[0] if found and found[1] else None


def next_ranked(text: str, at: int, rank: Title) -> NameAt | None:
    """The further name of a list of members whose rank stands before it: "…; Đại tá B"."""
    if rank.sort != "rank" or _NEXT.fullmatch(text, at, rank.start) is None:
        return None
    gap = _GAP.match(text, rank.end)
    end = name_end(text, gap.end()) if gap else None
    return NameAt(rank.start, rank.start, end, None) if end else None


def names_of_line(text: str, at: int) -> list[NameAt]:
    """The further names up to the end of a line that holds nothing else: "Phó Giám đốc: A; B"."""
    names: list[NameAt] = []
    while further := next_sharing(text, at):
        names.append(further)
        at = further.end
    return names if _LINE_END.match(text, at) else []


_NEXT = re.compile(rf"{BLANKS};{BLANKS}(?:đồng chí{GAP})?+")
_GAP = re.compile(GAP)
_LINE_END = re.compile(rf"{BLANKS}[.;]?{BLANKS}(?:\n|\Z)")
_NOTE = rf"(?:{BLANKS}\([^()\n]{{1,60}}\))?+"


def names_before(text: str, start: int, end: int) -> list[NameAt]:
    """The names before a title in the plural: "A, B và C - các Phó Giám đốc Sở".

    They fill their item of a list, up to a dash, "là", or a comma with nothing behind the title.
    """
    if not in_plural(text, start) and not text.endswith(_ALL, 0, start):
        return []
    for opening in _item_opens().finditer(text, max(0, start - _ROW), start):
        names = _row(text, opening.end())
        tie = _TIE.fullmatch(text, names[-1].end, start) if len(names) > 1 else None
        if tie and (tie["comma"] is None or _CLOSED.match(text, end)):
            return names
    return []


@cache
def _item_opens() -> re.Pattern[str]:
    several = rf"các{GAP}(?={honorifics()}{END})"
    return re.compile(
        rf"(?:(?:\A|[\n;:.(–]){BLANKS}|(?:có|gồm|với){GAP}(?={several}))(?:{several})?+"
    )


_ALL = ("đều là ", "cùng là ")
_ROW = 240
"""How many characters a row of names may take."""
_TIE = re.compile(
    rf"{_NOTE}(?:{BLANKS}[–—-]{BLANKS}|(?P<comma>{BLANKS},{GAP})|{GAP}(?=là|đều|cùng))"
    rf"(?:(?:(?:(?:đều|cùng){GAP})?là{GAP})?(?:các|những|hai|ba|bốn){GAP}|(?:đều|cùng){GAP}là{GAP})"
)
_NAMED = re.compile(rf"(?:{BLANKS},)?{GAP}(?:gồm|bao gồm){END}")
_HEADED = re.compile(rf"(?:{GAP}(?:qua{GAP})?các{GAP}(?:thời|nhiệm){GAP}kỳ)?{BLANKS}:{BLANKS}")
_MARK = re.compile(rf"{BLANKS}[,–-]{BLANKS}")
_LISTED = re.compile(rf"{_NOTE}(?:{BLANKS},{BLANKS}|{GAP}và{GAP})(?=[^\W\d_])")
_CLOSED = re.compile(rf"{BLANKS}(?:[;.)\n]|\Z)")
_NEXT_ITEM = re.compile(rf"{BLANKS};")


def names_headed(text: str, end: int, following: Title | None = None) -> list[NameAt]:
    """The names after a title's colon, alone up to the next mark: "nguyên Bí thư: A, B;".

    ``following`` is the next title: with a colon of its own it ends them too, "Trưởng ban: A, Phó
    trưởng ban: B".
    """
    opens = _HEADED.match(text, end)
    names = _row(text, opens.end()) if opens else []
    if not names or _CLOSED.match(text, names[-1].end):
        return names
    if following is None or not _MARK.fullmatch(text, names[-1].end, following.start):
        return []
    again = _HEADED.match(text, following.end)
    return names if again and _row(text, again.end()) else []


def names_following(text: str, end: int, *, plural: bool) -> list[NameAt]:
    """The further names of one item of a list: "nguyên Bí thư A, B;", or of a plural title."""
    mark = _LISTED.match(text, end)
    if plural:  # "các Phó Giám đốc A, B và C"
        return _row(text, mark.end(), called=False) if mark else []
    names = _row(text, mark.end()) if mark and "," in mark[0] else []
    return names if names and _NEXT_ITEM.match(text, names[-1].end) else []


def _row(text: str, at: int, *, called: bool = True) -> list[NameAt]:
    """The names that stand from ``at`` on, joined by commas or "và"; ``called`` with honorifics."""
    names: list[NameAt] = []
    while found := _next_name(text, at):
        name, joint = found
        if joint or name.at - at > _LONGEST_CALL * called:
            break
        names.append(name)
        mark = _LISTED.match(text, name.end)
        if mark is None:
            break
        at = mark.end()
    return names


@cache
def _several(joint: str) -> re.Pattern[str]:
    """Names joined to the one that follows, after a word that opens a list or a clause."""
    hon = honorifics()
    call = rf"(?:{hon}{END}(?:,?{GAP}{hon}{END})?+:?{GAP})?+"
    many = rf"(?:[Cc]ác|[Hh]ai|[Bb]a|[Bb]ốn){GAP}(?:bị (?:cáo|can){GAP}|(?={hon}))"
    name = rf"{call}{_CAPITALS.pattern}"
    alone, mark = (rf"(?:\A|[\n;:.(]){BLANKS}|", rf"{GAP}và") if joint == "và" else ("", ",")
    opens = rf"(?:{alone}{many})"
    return re.compile(rf"{opens}(?P<names>{name}(?:,{BLANKS}{name})*+){mark}{GAP}\Z")


def names_beside(text: str, at: int) -> list[NameAt]:
    """The names before "và" and the one at ``at``, where nothing else is said of them.

    After "các" and an honorific a comma joins them too: "các ông A, B, Phó Giám đốc Sở".
    """
    left = text[max(0, at - 4) : at].rstrip()
    joint = "và" if left.endswith("và") else "," if left.endswith(",") else None
    m = _several(joint).search(text, max(0, at - _WINDOW), at) if joint else None
    if m is None:
        return []
    spans = [n.span() for n in _CAPITALS.finditer(text, m.start("names"), m.end("names"))]
    if not all(is_name(text, *span) for span in spans):
        return []
    return [NameAt(start, start, end, None) for start, end in spans]
