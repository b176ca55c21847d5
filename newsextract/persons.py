"""Persons: names, and the name that stands after a title."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from newsextract.letters import BLANK, BLANKS, END, GAP, LOWER, START, UPPER
from newsextract.names import (
    CAPITALISED,
    STRONG_SURNAME,
    foreign_pattern,
    loose_pattern,
    name_pattern,
    opener_pattern,
)
from newsextract.phrases import PLACE, POSTS, sections_at, sections_of
from newsextract.saints import saints_end, saints_start
from newsextract.spelling import cases
from newsextract.titles import AFTER_NAME, Title
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
    def alone(cls, m: re.Match[str]) -> NameAt:
        """The group ``name``, of which no honorific is a part."""
        return cls(m.start("name"), *m.span("name"), None)

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


@cache
def _name() -> re.Pattern[str]:
    return re.compile(name_pattern())


@cache
def _foreign() -> re.Pattern[str]:
    return re.compile(foreign_pattern())


@cache
def _after() -> re.Pattern[str]:
    """A name right after its title, or after a comma or a dash; foreign ones only as said.

    The areas above a place may stand between: "huyện Đông Hải (tỉnh Bạc Liêu) Trần Văn An", "xã
    Tân Lập, huyện Vũ Thư, ông Trần Văn An"; ``seat`` is one with no level: "(Bạc Liêu)".
    """
    level = r"(?:tỉnh|huyện|quận|thị xã|thành phố|TP\.?|TX\.?)"
    named = rf"(?:(?:xã|phường|thị trấn|{level}){GAP}|(?:[HQXP]|T[PXT])\.)[^()\n]{{1,40}}"
    seat = rf"(?P<seat>[{UPPER}][^(),\n]{{2,25}})(?:,[^()\n]{{1,30}})?+"
    place = rf"(?:\d{{1,2}}|[{UPPER}]{{2,5}}|{CAPITALISED}(?:{GAP}{CAPITALISED}){{0,3}}+){END}"
    above = rf"(?:,{BLANKS}(?:xã|phường|thị trấn|{level}){BLANKS}{place}){{1,3}}+"
    called_next = rf"(?={BLANKS}[,–-]{BLANKS}{honorifics()}{END})"
    area = rf"(?:{BLANK}?\((?:{named}|{seat}|cũ)\)(?={GAP}|,)|{above}{called_next})?+"
    then = rf"(?:(?:khi|lúc)(?:{GAP}bấy)?{GAP}(?:đó|ấy|này|giờ)|hiện(?:{GAP}(?:nay|tại))?){GAP}"
    was = rf"(?:{GAP}(?:khi|lúc){GAP}(?:đó|ấy|bấy{GAP}giờ))?+"
    over = rf"(?:phụ trách{GAP}[^,.;:()\n]{{3,50}}?{GAP})?(?:{then})?"
    full = rf"{CAPITALISED}{GAP}{CAPITALISED}{GAP}{CAPITALISED}"  # after "là" also with none
    opens = rf"(?:(?P<is>{GAP}{over}là{GAP})|(?P<mark>{was}{BLANKS}[,–-])?+{BLANKS})"
    called = rf"{opens}(?:{honorific()}|(?(is)(?={full})|(?!)))"
    dash = rf"(?P<dash>{BLANKS}[,–-]){BLANKS}"
    strange = rf"(?P<strange>{foreign_pattern()}|{loose_pattern()})"
    return re.compile(
        rf"{area}(?:{called}|{dash}|{GAP}|(?P<dot>\.))(?:(?P<name>{name_pattern()})|{strange})"
    )


@cache
def _runs_on() -> re.Pattern[str]:
    """What shows after a dash and a name that it is no person's, or that a dash closes it."""
    return re.compile(rf"{GAP}(?!{opener_pattern()})[{UPPER}][{LOWER}]|{BLANKS}[–-]")


@cache
def _called() -> re.Pattern[str]:
    return re.compile(rf"{START}{honorific()}\Z")


@cache
def _idiom() -> re.Pattern[str]:
    """Words before a title and a name that together name a place, a prize or a virtue."""
    known = vocabulary("honorifics")
    words, virtues = (alternation(cases(known[section])) for section in ("idiom", "virtue"))
    return re.compile(rf"{START}(?:{words}|{virtues}{GAP}của){GAP}\Z")


_DOES = (
    "cho biết|cho hay|cho rằng|nói|khẳng định|nhấn mạnh|chia sẻ|thông tin|xác nhận|phát biểu|đã|vừa"
    "|kêu gọi|đề nghị|yêu cầu|đề xuất|kiến nghị|thừa nhận|chỉ đạo|lưu ý|đánh giá|lần nữa"
)
_SUBJECT = re.compile(  # after a title and a comma: "Lương Văn An cho biết"
    rf"(?:{STRONG_SURNAME}|{CAPITALISED}(?={GAP}(?:Văn|Thị){GAP}))"
    rf"(?:(?:{GAP}{CAPITALISED}){{2,3}}+"
    rf"(?:{GAP}(?!và{END}|cùng{END})[{LOWER}]|,{GAP}(?:{_DOES}){END})"
    rf"|{GAP}{CAPITALISED}(?:,?{GAP}(?:{_DOES}){END}))"
)
_LED = re.compile(rf"(?:[Tt]heo|[Tt]hừa lệnh|[Tt]hay mặt){GAP}\Z")
_NOT_HELD = (  # before a post that the person after "là" does not hold: "con của Chủ tịch là ông A"
    *("của", "cho", "với", "con", "vợ", "chồng", "em", "cháu", "thay", "kế nhiệm", "trợ lý"),
    *("trai", "gái", "ruột", "rể", "dâu", "bố", "mẹ", "cha", "bạn", "lái xe", "tài xế"),
    *("vị trí", "chức danh", "chức vụ"),
)
_CAPITAL = re.compile(rf"{GAP}[{UPPER}]")
_MARK = re.compile(rf"{BLANKS}[,–-]{BLANKS}")
_PLURAL = frozenset(
    ("các", "những", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
)


def name_after(text: str, title: Title) -> NameAt | None:
    """The name right after ``title``, or after a mark and an honorific."""
    if title.sort in AFTER_NAME:
        return None
    return _baptised_at(text, title.end + 1) or _named_after(text, title)


def _baptised_at(text: str, at: int) -> NameAt | None:
    """A name that begins with baptismal names: "Giám mục Phêrô Trần Văn An"."""
    family = saints_end(text, at)
    m = _name().match(text, family) if family > at else None
    return m and NameAt(at, at, m.end(), None)


def _named_after(text: str, title: Title) -> NameAt | None:
    m = _after().match(text, title.end)
    if m is None or not _may_follow(text, title, m):
        return None
    marked = m["mark"] or m["dash"]
    if marked and not _is_beyond_mark(text, title, m):
        return None
    kind = "name" if m["name"] else "strange"
    if _HYPHEN.match(text, m.end(kind)) and not _is_post(text, m.end(kind) + 1):
        return None  # "Festival Trà Thái Nguyên-Việt Nam", "Hội đồng Nguyễn Phước tộc"
    start = m.start("hon") if m["hon"] else m.start(kind)
    return NameAt(start, m.start(kind), m.end(kind), m["hon"], not marked)


def _may_follow(text: str, title: Title, m: re.Match[str]) -> bool:
    """Whether such a name may follow the title, joined to it as it is."""
    if m["strange"] and not (m["hon"] or _may_be_foreign(text, title, m)):
        return False
    if m["dot"]:
        return is_abbreviation(text, title)
    if m["seat"] and not sections_of(m["seat"].lower()) & PLACE:
        return False
    if m["is"] and text[max(0, title.start - 12) : title.start].rstrip().endswith(_NOT_HELD):
        return False
    return not ((m["is"] or m["mark"] or m["dash"]) and in_plural(text, title.start))


def _is_beyond_mark(text: str, title: Title, m: re.Match[str]) -> bool:
    """Whether a name behind a comma or a dash is still that of the title's holder."""
    ranked = m["dash"] and title.sort == "rank" and text.startswith(",", m.end())
    joined = ranked or (m["mark"] and "," not in m["mark"] and title.sort == "post")
    if title.head == title.end and not joined:
        return False  # "trả lời đại biểu, ông An nói", but "Trung tá, Lê Văn An, Trưởng phòng"
    if m["mark"]:
        return True
    if m["strange"] or _runs_on().match(text, m.end()):
        return False
    if sections_of(m["name"].lower()) & PLACE:
        return False  # "chi ủy viên khối Hà Nội - Sơn La"
    return bool(ranked or "," not in m["dash"] or _is_subject(text, title, m.start("name")))


def _is_subject(text: str, title: Title, at: int) -> bool:
    """Whether the name at ``at``, after a comma, is that of whom the clause tells something."""
    m = _SUBJECT.match(text, at)
    if m is None or _LED.search(text, max(0, title.start - 10), title.start):
        return False
    family, given = text[at : m.end()].replace(",", " ").split()[:2]
    middle = given in ("Văn", "Thị")  # "Đồng Văn" is a place, "Đồng Văn Khánh" nobody but a man
    return middle or not sections_of(f"{family} {given}".lower()) & PLACE


_HYPHEN = re.compile(rf"[–-](?=[{UPPER}])|{GAP}(?:[Tt]ộc{END}|[{UPPER}]{{2}}[{LOWER}])")


def _is_post(text: str, at: int) -> bool:
    return sections_at(" " + text[at : at + 24].lower(), 0) & POSTS != 0


def baptised(text: str, name: NameAt) -> NameAt:
    """The name with the baptismal names before it: "ông Phêrô Trần Văn An"."""
    at = saints_start(text, name.at)
    if at == name.at:
        return name
    called = honorific_before(text, at)
    start, honorific = called or (min(at, name.start), name.honorific)
    return NameAt(start, at, name.end, honorific, name.close)


def is_abbreviation(text: str, title: Title) -> bool:
    """Whether a rank is cut to letters, after which a full stop may stand: "TS", "BS.CKII"."""
    return title.sort in ("rank", "academic") and text[title.end - 1].isupper()


def _may_be_foreign(text: str, title: Title, m: re.Match[str]) -> bool:
    """Whether a name that is no Vietnamese one may follow: "Bộ trưởng …", "TS …"."""
    if title.abroad or title.sort not in ("rank", "academic"):
        return title.abroad
    first, *others = m["strange"].split()
    two = " ".join((first, *others[:1])).lower()
    if (sections_of(first.lower()) | sections_of(two)) & PLACE:
        return False  # "Đại tướng Myanmar Min Aung Hlaing": where the name begins nobody knows
    mark = _MARK.match(text, m.end()) if title.sort == "academic" else None
    if mark and not sections_of(first.lower()) and _is_post(text, mark.end()):
        return True  # "NSND Lệ Thu - Phó Chủ tịch Hội Nghệ sĩ": the name of the stage
    if title.sort == "rank" and len(others) > 1 and not sections_of(first.lower()):
        return True  # a Lao or Khmer name in Vietnamese syllables
    strange = _foreign().match(text, m.start("strange"))
    return strange is not None and _CAPITAL.match(text, strange.end()) is None


def is_name(text: str, start: int, end: int) -> bool:
    """Whether all of ``text[start:end]`` is a person's name."""
    return _name().fullmatch(text, start, end) is not None


def opens_as_name(text: str, at: int) -> bool:
    """Whether a Vietnamese name begins at ``at``."""
    return _name().match(text, at) is not None


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
