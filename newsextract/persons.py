"""Persons: a name at a place in a text, its honorific, and what its title is said of."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from newsextract.letters import BLANKS, END, GAP, START
from newsextract.names import name_end
from newsextract.saints import saints_start
from newsextract.spelling import cases
from newsextract.titles import Title
from newsextract.vocabulary import alternation, vocabulary


class NameAt(NamedTuple):
    """A name at ``text[at:end]``; ``start`` is that of the honorific, if there is one.

    ``close`` says that nothing but blanks stands between it and its title.
    """

    start: int
    at: int
    end: int
    honorific: str | None
    close: bool = True

    @classmethod
    def behind(cls, opens: re.Match[str], end: int) -> NameAt:
        """From the end of ``opens`` to ``end``, with the group ``hon`` of it, if that is there."""
        at, hon = opens.end(), opens["hon"]
        return cls(opens.start("hon") if hon else at, at, end, hon)

    @classmethod
    def called(cls, m: re.Match[str]) -> NameAt:
        """The group ``name`` with the group ``hon``, if that is there."""
        return cls(m.start("hon" if m["hon"] else "name"), *m.span("name"), m["hon"])


@cache
def honorifics() -> str:
    """The alternation of all honorifics."""
    return alternation(cases(vocabulary("honorifics")["honorific"]))


@cache
def honorific() -> str:
    """An honorific, as the group ``hon``, and the blank or colon after it, ``gap``."""
    return rf"(?P<hon>{honorifics()}){END}(?P<gap>{BLANKS}:?{BLANKS})"


_PLURAL = frozenset(
    ("các", "những", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
)


@cache
def _called() -> re.Pattern[str]:
    return re.compile(rf"{START}{honorific()}\Z")


@cache
def _idiom() -> re.Pattern[str]:
    """Words before a title and a name that together name a place, a prize or a virtue."""
    known = vocabulary("honorifics")
    words, virtues = (alternation(cases(known[section])) for section in ("idiom", "virtue"))
    return re.compile(rf"{START}(?:{words}|{virtues}{GAP}của){GAP}\Z")


def baptised(text: str, name: NameAt) -> NameAt:
    """The name with the baptismal names before it: "ông Phêrô Trần Văn An"."""
    at = saints_start(text, name.at)
    if at == name.at or text.endswith("bang ", 0, at):  # "bang Victoria Jacinta Allan"
        return name
    called = honorific_before(text, at)
    start, honorific = called or (min(at, name.start), name.honorific)
    return NameAt(start, at, name.end, honorific, name.close)


def is_abbreviation(text: str, title: Title) -> bool:
    """Whether a rank is cut to letters, after which a full stop may stand: "TS", "BS.CKII"."""
    return title.sort in ("rank", "academic") and text[title.end - 1].isupper()


def opens_as_name(text: str, at: int) -> bool:
    """Whether a Vietnamese name begins at ``at``."""
    return name_end(text, at) is not None


def opens_sentence(text: str, at: int) -> bool:
    """Whether a sentence or a line begins at ``at``."""
    before = text[max(0, at - 3) : at].rstrip(' ”"')
    return not before or before[-1] in ".!?…\n"


def in_plural(text: str, at: int) -> bool:
    """Whether a title at ``at`` is that of several: "các Phó Giám đốc", "2 Phó Chủ tịch"."""
    before = text[max(0, at - 24) : at].rstrip()
    if before[-3:].lower() in ("ông", "chí", " vị"):
        before = before.lower().removesuffix("đồng chí").removesuffix("ông").removesuffix("vị")
    counted = (before.rsplit(None, 1) or [""])[-1]
    return counted.lower() in _PLURAL or counted.isdecimal()


def honorific_before(text: str, at: int) -> tuple[int, str] | None:
    """The honorific right before ``at``, with its place: "đồng chí Đại tá …"."""
    if not _ends_with(text, at, "honorific"):
        return None
    m = _called().search(text, max(0, at - 12), at)
    return None if m is None else (m.start("hon"), m["hon"])


def in_idiom(text: str, at: int) -> bool:
    """Whether a title at ``at`` is part of the name of a place, a prize or a virtue."""
    ends = _ends_with(text, at, "idiom") or text[max(0, at - 5) : at].strip() == "của"
    return ends and _idiom().search(text, max(0, at - 24), at) is not None


def in_headline(text: str, name: NameAt, title: Title) -> bool:
    """Whether all is in capitals, so that nothing tells where the name ends."""
    post = text[title.start : title.end]
    person = text[name.at : name.end]
    if not (" " in post and post.isupper() and person.isupper()):
        return False
    return person.count(" ") > 3 or text[name.end : name.end + 1] == " "


def _ends_with(text: str, at: int, section: str) -> bool:
    # A pattern searched in every place would take longer than all else.
    return text[max(0, at - 24) : at].rstrip().lower().endswith(vocabulary("honorifics")[section])
