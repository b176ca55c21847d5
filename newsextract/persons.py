"""Names beside titles: after one and before one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from newsextract.names import (
    CAPITALISED,
    END,
    GAP,
    LOWER,
    START,
    STRONG_SURNAME,
    UPPER,
    cases,
    foreign_pattern,
    loose_pattern,
    name_pattern,
    opener_pattern,
)
from newsextract.phrases import sections_of
from newsextract.titles import Title, follows_mark
from newsextract.vocabulary import alternation, vocabulary


@dataclass(frozen=True, slots=True)
class NameAt:
    """A name at ``text[at:end]``; ``start`` is that of the honorific, if there is one.

    ``close`` says that nothing but blanks stands between it and its title.
    """

    start: int
    at: int
    end: int
    honorific: str | None
    close: bool = True


_B = r"[^\S\n]*+"
_PLAIN = rf"(?:[^(),;.\n]|\.(?![^\S\n]*+[{UPPER}\n])|(?<=\bTP)\.)"
_AREA = (
    rf",{_B}(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|TP|tỉnh|thôn|bản|ấp|xóm|khu phố|đường"
    rf"|tổ){END}{_PLAIN}{{1,40}}"
)
_LIFE = (
    rf"(?:\d\d{_B}tuổi|(?:19|20)\d\d|(?:[Ss]inh|SN|S\.N){END}[^(),;\n]{{1,40}}"
    rf"|(?:[Dd]ân tộc|[Tt]ôn giáo|[Qq]uê|[Tt]rú|[Tt]hường trú|[Tt]ạm trú|[Cc]ư trú|[Nn]gụ"
    rf"|HKTT|[Hh]ộ khẩu|[Nn]guyên quán){END}{_PLAIN}{{1,60}}(?:{_AREA}){{0,4}})"
)
"""Age, birth, origin, home: what an article says of a person between the name and the post."""
NOTE = rf"(?:{_B}\([^()\n]{{1,60}}\))?+(?:,{_B}{_LIFE}){{0,4}}+"
"""What may stand after a name before the mark: a year of birth in brackets, an age, a home."""


@cache
def _honorific() -> str:
    known = vocabulary("honorifics")
    return rf"(?P<hon>{alternation(cases(known['honorific']))}){END}(?P<gap>{_B}:?{_B})"


@cache
def _name() -> re.Pattern[str]:
    return re.compile(name_pattern())


@cache
def _foreign() -> re.Pattern[str]:
    return re.compile(foreign_pattern())


@cache
def _after() -> re.Pattern[str]:
    """A name right after its title, or after a comma or a dash; foreign ones only as said."""
    then = rf"(?:(?:khi|lúc)(?:{GAP}bấy)?{GAP}(?:đó|ấy|này|giờ)|hiện(?:{GAP}(?:nay|tại))?){GAP}"
    over = rf"(?:phụ trách{GAP}[^,.;:()\n]{{3,50}}?{GAP})?(?:{then})?"
    called = rf"(?:(?P<is>{GAP}{over}là{GAP})|(?P<mark>{_B}[,–-])?+{_B}){_honorific()}"
    dash = rf"(?P<dash>{_B}[,–-]){_B}"
    strange = rf"(?P<strange>{foreign_pattern()}|{loose_pattern()})"
    return re.compile(rf"(?:{called}|{dash}|{GAP})(?:(?P<name>{name_pattern()})|{strange})")


@cache
def _runs_on() -> re.Pattern[str]:
    """What shows after a dash and a name that it is no person's, or that a dash closes it."""
    return re.compile(rf"{GAP}(?!{opener_pattern()})[{UPPER}][{LOWER}]|{_B}[–-]")


@cache
def _before() -> re.Pattern[str]:
    """A name and what may stand between it and its title, to the end of the window."""
    called = rf"(?(hon)(?:{loose_pattern()}|{CAPITALISED})|(?!))"
    name = rf"(?:{_honorific()})?(?P<name>{name_pattern()}|{foreign_pattern()}|{called})"
    now = rf"(?:hiện{GAP}(?:nay{GAP})?|nay{GAP})?(?:đang{GAP})?"
    post = rf"(?:là|giữ chức(?:{GAP}vụ)?|giữ cương vị|chức vụ|chức danh)(?::?{GAP}|:)"
    past = rf"(?:(?:khi|lúc){GAP}(?:đó|ấy|này|bấy{GAP}giờ|còn)|trước(?:{GAP}(?:đây|đó))?)"
    does = rf"(?:là|làm|giữ chức(?:{GAP}vụ)?){GAP}"
    was = rf"(?:{past}{GAP}(?:đang{GAP})?|(?:hiện{GAP})?đang{GAP}){does}"
    form = rf"{_B}[,;–-]{_B}[Cc]hức{GAP}(?:vụ|danh){_B}:{_B}"
    held = rf"(?:{now}{post}|{was}|hiện{GAP}(?:nay{GAP})?(?:đang{GAP})?|nay{GAP})"
    alias = rf"(?:[^(),;\n]{{0,24}}[“”\"][^(),;\n]{{1,24}}|(?:tức|tự|tên){END}[^(),;\n]{{1,24}})"
    life = rf"(?:(?:{_LIFE}|{alias})[,;]{_B}){{0,4}}+"
    return re.compile(
        rf"{START}{name}{NOTE}(?:{GAP}{held}|{_B}[,–—-]{{1,2}}{_B}{held}?"
        rf"|{form}|{_B}(?:,{_B})?\({_B}{life}{held}?|(?<=\)){GAP})\Z"
    )


@cache
def _called() -> re.Pattern[str]:
    return re.compile(rf"{START}{_honorific()}\Z")


@cache
def _idiom() -> re.Pattern[str]:
    """Words before a title and a name that together name a place, a prize or a virtue."""
    known = vocabulary("honorifics")
    words, virtues = (alternation(cases(known[section])) for section in ("idiom", "virtue"))
    return re.compile(rf"{START}(?:{words}|{virtues}{GAP}của){GAP}\Z")


_SUBJECT = re.compile(  # after a title and a comma: "Lương Văn An cho biết"
    rf"{STRONG_SURNAME}(?:{GAP}{CAPITALISED}){{2,3}}+{GAP}(?!và{END}|cùng{END})[{LOWER}]"
)
_WINDOW, _LIFE_WINDOW = 120, 260
_NOT_HELD = (  # before a post that the person after "là" does not hold: "con của Chủ tịch là ông A"
    *("của", "cho", "với", "con", "vợ", "chồng", "em", "cháu", "thay", "kế nhiệm", "trợ lý"),
    *("vị trí", "chức danh", "chức vụ"),
)
_CAPITAL = re.compile(rf"{GAP}[{UPPER}]")
_PLURAL = frozenset(
    ("các", "những", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
)


def name_after(text: str, title: Title) -> NameAt | None:
    """The name right after ``title``, or after a mark and an honorific."""
    if title.sort == "weak":
        return None
    m = _after().match(text, title.end)
    if m is None or (m["strange"] and not (m["hon"] or _may_be_foreign(text, title, m))):
        return None
    left = text[max(0, title.start - 12) : title.start].rstrip()
    if m["is"] and left.endswith(_NOT_HELD):
        return None
    if (m["is"] or m["mark"] or m["dash"]) and in_plural(text, title.start):
        return None
    if (m["mark"] or m["dash"]) and title.head == title.end:
        return None  # "trả lời đại biểu, ông An nói"
    if m["dash"] and (m["strange"] or _runs_on().match(text, m.end())):
        return None
    if m["dash"] and "," in m["dash"] and not _SUBJECT.match(text, m.start("name")):
        return None
    kind = "name" if m["name"] else "strange"
    start = m.start("hon") if m["hon"] else m.start(kind)
    return NameAt(start, m.start(kind), m.end(kind), m["hon"], not (m["mark"] or m["dash"]))


def _may_be_foreign(text: str, title: Title, m: re.Match[str]) -> bool:
    """Whether a name that is no Vietnamese one may follow: "Bộ trưởng …", "TS …"."""
    if title.abroad or title.sort not in ("rank", "academic"):
        return title.abroad
    first, *others = m["strange"].split()
    if title.sort == "rank" and len(others) > 1 and not sections_of(first.lower()):
        return True  # a Lao or Khmer name in Vietnamese syllables
    strange = _foreign().match(text, m.start("strange"))
    return strange is not None and _CAPITAL.match(text, strange.end()) is None


def name_before(text: str, floor: int, at: int) -> NameAt | None:
    """The name of which the title at ``at`` is said; it begins at ``floor`` or later."""
    base = max(floor, at - _WINDOW)
    if "inh " in text[max(floor, at - _LIFE_WINDOW) : base]:
        base = max(floor, at - _LIFE_WINDOW)
    base = max(base, text.rfind("\n", base, at) + 1)
    note = text.startswith("; ", at - 2) and text.rfind("(", base, at) > text.rfind(")", base, at)
    if not (note or follows_mark(text, at)):
        return None
    m = _ending(text, base, at)
    if m is None:
        return None
    if m["hon"] is None:
        if not _is_person(text, base, m):
            return None
        return NameAt(m.start("name"), m.start("name"), m.end("name"), None)
    if ":" in m["gap"]:
        return NameAt(m.start("name"), m.start("name"), m.end("name"), None)
    return NameAt(m.start("hon"), m.start("name"), m.end("name"), m["hon"])


def _ending(text: str, base: int, at: int) -> re.Match[str] | None:
    """The first match of ``_before`` that ends at ``at``; twice as fast as a search for it."""
    match = _before().match
    for opening in _opening().finditer(text, base, at):
        if m := match(text, opening.start(), at):
            return m
    return None


@cache
def _opening() -> re.Pattern[str]:
    """Where a name or its honorific may begin."""
    # Without an honorific a name has two words, but for those of the highlands and a few more.
    single = [n for n in vocabulary("surnames")["whole"] if " " not in n]
    words = alternation({*cases(vocabulary("honorifics")["honorific"]), *single})
    two = rf"[{UPPER}][\w'’ʼ-]*+[^\S\n]++[{UPPER}]"
    return re.compile(rf"{START}(?={two}|[KHkh]['’ʼ]|{words}{END})")


def _is_person(text: str, base: int, m: re.Match[str]) -> bool:
    """Whether a name without an honorific is that of a person, by what stands before it."""
    left = text[base : m.start()].rstrip(" ")
    word = left[max(left.rfind(" "), left.rfind("\n")) + 1 :]
    if word.lower() in vocabulary("honorifics")["place before"]:
        return False
    if word[:1].isupper() and word[-1:].isalpha():
        return False
    if "place" in sections_of(m["name"].lower()):
        return False
    if _name().match(m["name"]) is None:
        return not word or word[-1] in ":;"
    return len(m["name"].split()) > 2 or not word or word == "và" or word[-1] in ":;,.(…"


def is_name(text: str, start: int, end: int) -> bool:
    """Whether all of ``text[start:end]`` is a person's name."""
    return _name().fullmatch(text, start, end) is not None


def opens_sentence(text: str, at: int) -> bool:
    """Whether a sentence or a line begins at ``at``."""
    before = text[max(0, at - 3) : at].rstrip(' ”"')
    return not before or before[-1] in ".!?…\n"


def in_plural(text: str, at: int) -> bool:
    """Whether a title at ``at`` is that of several: "các Phó Giám đốc", "2 Phó Chủ tịch"."""
    before = text[max(0, at - 24) : at].lower()
    before = before.rstrip().removesuffix("đồng chí").removesuffix("ông")
    counted = before.split()[-1:]
    return bool(counted) and (counted[0] in _PLURAL or counted[0].isdecimal())


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
