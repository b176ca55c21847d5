"""The name that stands before a title: "ông Trần Văn An, Giám đốc Sở Y tế"."""

from __future__ import annotations

import re
from functools import cache

from newsextract.letters import BLANK, BLANKS, END, GAP, LOWER, START, UPPER
from newsextract.names import CAPITALISED, foreign_pattern, loose_pattern, name_pattern
from newsextract.persons import NameAt, honorific, opens_as_name
from newsextract.phrases import PLACE, sections_of
from newsextract.saints import saints_end, saints_start
from newsextract.spelling import cases
from newsextract.titles import Title, follows_mark, is_bodied
from newsextract.vocabulary import alternation, vocabulary

_PLAIN = (
    rf"(?:[^(),;.\n]|\.(?!{BLANKS}[{UPPER}\n])|(?<=\bT[PXT])\.|(?<=\b[HPQX])\.)"  # "H.Bình Chánh"
)
_AREA = (
    rf",{BLANKS}(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|TP|tỉnh|thôn|bản|ấp|xóm|khu phố"
    rf"|đường|tổ){END}{_PLAIN}{{1,40}}"
)
LIFE = (
    rf"(?:\d\d{BLANKS}tuổi|(?:19|20)\d\d|(?:[Ss]inh|SN|S\.N){END}[^(),;\n]{{1,40}}"
    rf"|(?:[Dd]ân tộc|[Tt]ôn giáo|[Qq]uê|[Tt]rú|[Tt]hường trú|[Tt]ạm trú|[Cc]ư trú|[Nn]gụ"
    rf"|[Tt]rình độ|HKTT|[Hh]ộ khẩu|[Nn]guyên quán){END}{_PLAIN}{{1,60}}(?:{_AREA}){{0,4}}"
    rf"|(?:[Đđ]ảng viên|[Tt]hương binh){END}[^(),;\n]{{0,40}}(?:{BLANK}\([^()\n]{{1,40}}\))?)"
)
"""Age, birth, origin, home, schooling, membership: what stands between a name and its post."""
_BORN = rf"{GAP}(?=sinh{GAP}(?:năm|ngày|tháng){END})"
NOTE = (
    rf"(?:{BLANKS}\([^()\n]{{1,60}}\))?+"
    rf"(?P<life>(?:{_BORN}|,{BLANKS}){LIFE}(?:[,;]{BLANKS}{LIFE}){{0,3}}+)?+"
)
"""What may stand after a name before the mark: a year of birth in brackets, an age, a home."""


_NOW = rf"(?:hiện{GAP}(?:nay{GAP})?|nay{GAP})?(?:đang{GAP})?"
_POST = (
    rf"(?:là|giữ chức(?:{GAP}vụ)?|giữ cương vị|chức vụ|chức danh"
    rf"|với{GAP}(?:cương vị|tư cách|vai trò)(?:{GAP}là)?)(?::?{GAP}|:)"
)
_PAST = rf"(?:(?:khi|lúc){GAP}(?:đó|ấy|này|bấy{GAP}giờ|còn)|trước(?:{GAP}(?:đây|đó))?)"
_DOES = rf"(?:là|làm|giữ chức(?:{GAP}vụ)?){GAP}"
_PLACE = (
    rf"(?:giữ|đảm nhiệm|đảm nhận){GAP}(?:(?:chức vụ|cương vị|vị trí|vai trò|trọng trách){GAP})?"
)
_WAS = (
    rf"(?:{_PAST}{GAP}(?:(?:đang|còn){GAP})?|(?:hiện{GAP}(?:nay{GAP})?)?đang{GAP}){_DOES}"
    rf"|(?:hiện{GAP}(?:nay{GAP})?(?:đang{GAP})?|đang{GAP}){_PLACE}"
)
HOLDS = rf"(?:{_NOW}{_POST}|(?:{_WAS}))"
"""Now or then, and "là" or a verb of holding, before a post: "hiện là", "khi đó giữ chức"."""
_KIN = ("phu nhân", "phu quân", " vợ", " chồng", " trai", " gái", " rể", " dâu", " bố", " mẹ")
"""Words before a person that name a relation of the person: "vợ ông An là Giám đốc Sở"."""
_WINDOW, _LIFE_WINDOW, _NAME = 120, 260, 70
_APOSTROPHES = "'’ʼ"
_ABROAD = rf"(?:{CAPITALISED}{GAP}){{1,2}}[{UPPER}]{{3,20}}{END}"
"""A foreign name with the family name in capitals: "Karl TOMBRE"."""


@cache
def _before() -> re.Pattern[str]:
    """A name and what may stand between it and its title, to the end of the window."""
    called = rf"(?(hon)(?:{loose_pattern()}|{_ABROAD}|{CAPITALISED})|(?!))"
    name = rf"(?:{honorific()})?(?P<name>{name_pattern()}|{foreign_pattern()}|{called})"
    form = rf"{BLANKS}[,;–-]{BLANKS}[Cc]hức{GAP}(?:vụ|danh){BLANKS}:{BLANKS}"
    held = rf"(?:{HOLDS}|hiện{GAP}(?:nay{GAP})?(?:đang{GAP})?|nay{GAP})"
    alias = rf"(?:[^(),;\n]{{0,24}}[“”\"][^(),;\n]{{1,24}}|(?:tức|tự|tên){END}[^(),;\n]{{1,24}})"
    life = rf"(?:(?:{LIFE}|{alias}){BLANKS}[,;–-]{BLANKS}){{0,4}}+"
    unread = (
        rf"(?:{BLANKS}[–—]{BLANKS}[^,;:().\n–—]{{3,40}}(?={BLANKS}[–—]))?+"  # "– người gốc Huế –"
    )
    return re.compile(
        rf"{START}{name}{NOTE}(?:{GAP}{held}|{unread}{BLANKS}[,–—-]{{1,2}}{BLANKS}{held}?"
        rf"|(?(life);{BLANKS}{held}?|(?!))"  # "sinh năm 1934, quê xã An Bình; nguyên Bí thư"
        rf"|{form}|{GAP}(?P<does>làm){GAP}|{BLANKS}(?:,{BLANKS})?\({BLANKS}{life}{held}?|(?<=\)){GAP})\Z"
    )


def name_before(text: str, floor: int, title: Title) -> NameAt | None:
    """The name of which ``title`` is said; it begins at ``floor`` or later."""
    at = title.start
    base = max(floor, at - _WINDOW)
    far = max(floor, at - _LIFE_WINDOW)
    if text.find("inh ", far, base) >= 0:
        base = far
    base = max(base, text.rfind("\n", base, at) + 1)
    if not (follows_mark(text, at) or _goes_on(text, base, at)):
        return _touching(text, base, title)
    m = _ending(text, base, at)
    if m is None:
        return _defined(text, base, title)
    if text.endswith("là", 0, at - 1) and is_kin(text, m.start()):
        return None
    if _is_of_either(text, m, title):
        return None  # "Trần Văn An (em ruột ông Bình, cán bộ huyện) nói": of whom is the post?
    if m["does"] and text[max(0, m.start() - 4) : m.start()].strip().lower() != "do":
        return None  # "được bầu làm" tells a career, "do ông An làm giám đốc" who it is
    if m["hon"] is None and not _is_person(text, base, m):
        return None
    return NameAt.alone(m) if m["hon"] and ":" in m["gap"] else NameAt.called(m)


def _goes_on(text: str, base: int, at: int) -> bool:
    """Whether a semicolon before ``at`` stands in a bracket, or in what is told of a life."""
    if not text.startswith("; ", at - 2):
        return False
    in_bracket = text.rfind("(", base, at) > text.rfind(")", base, at)
    return in_bracket or text.find("sinh ", base, at) >= 0


_RELATIVE = re.compile(
    rf"\((?:là{GAP})?(?:em|anh|chị|con|cháu|bố|cha|mẹ)"
    rf"(?:{GAP}(?:trai|gái|ruột|rể|dâu|họ|đẻ|vợ|chồng|của|cả|út)){{1,3}}{GAP}\Z"
)


def _is_of_either(text: str, m: re.Match[str], title: Title) -> bool:
    """Whether the title closes a bracket that tells of whom someone is the relation."""
    closes = text.startswith(")", title.end) and not text.startswith("),", title.end)
    if not closes or "," not in text[m.end("name") : title.start]:
        return False
    return _RELATIVE.search(text, max(0, m.start() - 30), m.start()) is not None


def is_kin(text: str, at: int) -> bool:
    """Whether a word right before ``at`` names a relation of who follows: "vợ ông An"."""
    line = text[max(0, at - 16) : at].rpartition("\n")[2]
    left = f" {line}".rstrip().lower().removesuffix(" của")
    return left.endswith(_KIN) and not left.endswith(" vợ chồng")


def _touching(text: str, base: int, title: Title) -> NameAt | None:
    """A name that no mark parts from its post: "ông Trần Văn An Giám đốc Sở Y tế"."""
    at = title.start
    if title.sort not in _TOUCHING or not text[at - 2 : at - 1].isalpha():
        return None
    base = max(base, at - _NAME)
    if not _may_end_name(text[base:at]) or (title.head == title.end and not is_bodied(text, title)):
        return None
    m = _right_before().search(text, base, at)
    if m is None or not (m["hon"] or (title.sort == "post" and _is_whole(text, m))):
        return None
    return NameAt.called(m)


def _is_whole(text: str, m: re.Match[str]) -> bool:
    """Whether a name is of three syllables, or opens an item: "; Trần An Bí thư Đảng ủy"."""
    if len(m["name"].split()) > 2:
        return True
    opens = text[m.start() - 1 : m.start()] in (";", ":")
    return opens and not sections_of(m["name"].lower()) & PLACE


def _may_end_name(left: str) -> bool:
    """Whether the last word may be that of a name: has a capital, or is of the highlands."""
    word = (left.rsplit(None, 1) or [""])[-1]
    return not word.islower() or any(sign in left for sign in _APOSTROPHES)


@cache
def _right_before() -> re.Pattern[str]:
    row = r"(?<=ông:)|(?<=bà:)|(?<=chí:)|(?<=gồm:)|(?<=có:)|(?<=dự:)"
    opens = rf"(?:{honorific()}|(?:(?<=[,;])|{row}){GAP}|(?:[Bb]ị (?:cáo|can)|gồm|có|với|và){GAP})"
    called = rf"(?(hon){loose_pattern()}|(?!))"
    return re.compile(rf"(?:{START}|(?<=[,;:])){opens}(?P<name>{name_pattern()}|{called}){GAP}\Z")


def _defined(text: str, base: int, title: Title) -> NameAt | None:
    """A name that opens a line, before a colon: "- Ông Trần Văn An: Giám đốc Sở Y tế."."""
    at = title.start
    if not text[max(0, at - 5) : at].rstrip().endswith(":"):
        return None
    if not _closes().match(text, title.end):
        return None  # "Ông An: Giám đốc Sở đã nói"
    start = text.rfind("\n", 0, at) + 1
    if base <= start + 9 and at - start < _NAME:
        m = _definition().fullmatch(text, start, at)
        if m is not None:
            return NameAt.called(m)
    if not _ITEM_ENDS.match(text, title.end):
        return None
    m = _item().search(text, max(base, at - _NAME), at)  # "; ông Trần Văn An: Giám đốc Sở Y tế;"
    return NameAt.called(m) if m and opens_as_name(text, m.start("name")) else None


_ITEM_ENDS = re.compile(rf"{BLANKS}(?:[;.](?!\w)|\n|\Z)")


@cache
def _item() -> re.Pattern[str]:
    opens = rf"(?:(?<=[;:,]){BLANKS}|(?:có|gồm|và){GAP})"
    return re.compile(rf"{opens}{honorific()}(?P<name>{loose_pattern()}){BLANKS}:{BLANKS}\Z")


@cache
def _definition() -> re.Pattern[str]:
    name = rf"(?P<name>{name_pattern()}|{foreign_pattern()}|{loose_pattern()}|{_ABROAD})"
    return re.compile(
        rf"{BLANKS}(?:[-–+•*]|\d{{1,3}}[.)])?{BLANKS}{honorific()}{name}{BLANKS}:{BLANKS}"
    )


@cache
def _closes() -> re.Pattern[str]:
    return re.compile(rf"{BLANKS}(?:[,.;(\n–-]|\Z|và{END})")


def _ending(text: str, base: int, at: int) -> re.Match[str] | None:
    """The first match of ``_before`` that ends at ``at``; twice as fast as a search for it."""
    match = _before().match
    if base == 0 and (m := match(text, 0, at)):
        return m
    # What is found is the character before a name: that of the first may stand before ``base``.
    for opening in _opening().finditer(text, max(base - 1, 0), at):
        if m := match(text, opening.end(), at):
            return m
    return None


@cache
def _opening() -> re.Pattern[str]:
    """What stands right before a name or its honorific."""
    # Without an honorific a name has two words, but for those of the highlands and a few more.
    single = [n for n in vocabulary("surnames")["whole"] if " " not in n]
    words = alternation({*cases(vocabulary("honorifics")["honorific"]), *single})
    two = rf"[{UPPER}][\w'’ʼ-]*+{BLANK}++[{UPPER}]"
    return re.compile(rf"[^{LOWER}{UPPER}0-9](?={two}|[KHYkh]['’ʼ]|{words}{END})")


_TOUCHING = ("post", "weak")
_ACCUSED = ("bị cáo", "bị can")
_AGED = re.compile(
    rf"{BLANKS}\((?:(?:SN|S\.N|[Ss]inh){END}|(?:19|20)\d\d\b|\d\d{BLANKS}tuổi)"  # a person's
)
_LEADS = frozenset(
    ("Riêng", "Còn", "Theo", "Với", "Có", "Gồm", "Do", "Như", "Nhưng", "Cùng", "Ngoài", "Là", "Và")
)
"""Words that open a clause, with a name right after them."""


def _is_person(text: str, base: int, m: re.Match[str]) -> bool:
    """Whether a name without an honorific is that of a person, by what stands before it."""
    family = saints_end(text, m.start("name"))
    baptised = family > m.start("name") and opens_as_name(text, family)
    if baptised or saints_start(text, m.start("name")) < m.start("name"):
        return True  # "Phêrô Trần Văn An, Giám mục Giáo phận Vĩnh Long"
    left = text[base : m.start()].rstrip(" ")
    word = left[max(left.rfind(" "), left.rfind("\n")) + 1 :]
    if word.lower() in vocabulary("honorifics")["place before"]:
        return False
    if word[:1].isupper() and word[-1:].isalpha() and word not in _LEADS:
        return False
    if sections_of(m["name"].lower()) & PLACE:
        return False
    if not opens_as_name(text, m.start("name")):
        return not word or word[-1] in ":;"
    if len(m["name"].split()) > 2 or not word or word == "và" or word[-1] in ":;,.(…":
        return True
    return left.lower().endswith(_ACCUSED) or _AGED.match(text, m.end("name")) is not None
