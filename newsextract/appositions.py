"""The name that stands before a title: "ông Trần Văn An, Giám đốc Sở Y tế"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from newsextract.letters import BLANK, BLANKS, END, GAP, LOWER, START, UPPER
from newsextract.names import CAPITALISED, foreign, loose, name_forms
from newsextract.notes import HOLDS, LIFE, NOTE
from newsextract.persons import NameAt, honorific, opens_as_name
from newsextract.phrases import PLACE, WORLD, sections_of
from newsextract.saints import saints_end, saints_start
from newsextract.spelling import cases
from newsextract.titles import Title, follows_mark, is_bodied
from newsextract.vocabulary import alternation, vocabulary
from newsextract.westerners import is_westerner

_KIN = ("phu nhân", "phu quân", " vợ", " chồng", " trai", " gái", " rể", " dâu", " bố", " mẹ")
"""Words before a person that name a relation of the person: "vợ ông An là Giám đốc Sở"."""
_WINDOW, _LIFE_WINDOW, _NAME = 120, 260, 70
_APOSTROPHES = "'’ʼ"


@cache
def _opens() -> re.Pattern[str]:
    """Where a name may begin, with its honorific if it has one."""
    return re.compile(rf"{START}(?:{honorific()})?")


@cache
def _between() -> re.Pattern[str]:
    """What may stand between a name and its title, to the end of the window."""
    form = rf"{BLANKS}[,;–-]{BLANKS}[Cc]hức{GAP}(?:vụ|danh){BLANKS}:{BLANKS}"
    held = rf"(?:{HOLDS}|hiện{GAP}(?:nay{GAP})?(?:đang{GAP})?|nay{GAP})"
    alias = rf"(?:[^(),;\n]{{0,24}}[“”\"][^(),;\n]{{1,24}}|(?:tức|tự|tên){END}[^(),;\n]{{1,24}})"
    life = rf"(?:(?:{LIFE}|{alias}){BLANKS}[,;–-]{BLANKS}){{0,4}}+"
    unread = (
        rf"(?:{BLANKS}[–—]{BLANKS}[^,;:().\n–—]{{3,40}}(?={BLANKS}[–—]))?+"  # "– người gốc Huế –"
    )
    return re.compile(
        rf"{NOTE}(?:{GAP}{held}|{unread}{BLANKS}[,–—-]{{1,2}}{BLANKS}{held}?"
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
    ending = _ending(text, base, at)
    if ending is None:
        return _defined(text, base, title)
    name, between = ending
    if text.endswith("là", 0, at - 1) and is_kin(text, name.start):
        return None
    if _is_of_either(text, name, title):
        return None  # "Trần Văn An (em ruột ông Bình, cán bộ huyện) nói": of whom is the post?
    if between["does"] and text[max(0, name.start - 4) : name.start].strip().lower() != "do":
        return None  # "được bầu làm" tells a career, "do ông An làm giám đốc" who it is
    if name.honorific is None:
        return name if _is_person(text, base, name) else None
    labelled = ":" in text[name.start : name.at]
    return name._replace(start=name.at, honorific=None) if labelled else name


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


def _is_of_either(text: str, name: NameAt, title: Title) -> bool:
    """Whether the title closes a bracket that tells of whom someone is the relation."""
    closes = text.startswith(")", title.end) and not text.startswith("),", title.end)
    if not closes or "," not in text[name.end : title.start]:
        return False
    return _RELATIVE.search(text, max(0, name.start - 30), name.start) is not None


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
    for opens in every(_leads(), text, base, at):
        forms = (loose(),) if opens["hon"] else ()
        if m := _joined(text, opens.end(), at, _GAP_ENDS, forms):
            name = NameAt.behind(opens, m.start())
            may_be = opens["hon"] or (title.sort == "post" and _is_whole(text, name, opens.start()))
            return name if may_be else None
    return None


def _is_whole(text: str, name: NameAt, opens: int) -> bool:
    """Whether a name is of three syllables, or opens an item: "; Trần An Bí thư Đảng ủy"."""
    said = text[name.at : name.end]
    if len(said.split()) > 2:
        return True
    return text[opens - 1 : opens] in (";", ":") and not sections_of(said.lower()) & PLACE


def _may_end_name(left: str) -> bool:
    """Whether the last word may be that of a name: has a capital, or is of the highlands."""
    word = (left.rsplit(None, 1) or [""])[-1]
    return not word.islower() or any(sign in left for sign in _APOSTROPHES)


@cache
def _leads() -> re.Pattern[str]:
    """What stands before a name that no mark parts from its post."""
    row = r"(?<=ông:)|(?<=bà:)|(?<=chí:)|(?<=gồm:)|(?<=có:)|(?<=dự:)"
    opens = rf"(?:{honorific()}|(?:(?<=[,;])|{row}){GAP}|(?:[Bb]ị (?:cáo|can)|gồm|có|với|và){GAP})"
    return re.compile(rf"(?:{START}|(?<=[,;:])){opens}")


_GAP_ENDS = re.compile(rf"{GAP}\Z")
_COLON_ENDS = re.compile(rf"{BLANKS}:{BLANKS}\Z")


def every(opens: re.Pattern[str], text: str, base: int, at: int) -> Iterator[re.Match[str]]:
    """The matches of ``opens`` from any place between ``base`` and ``at``, nested ones too."""
    m = opens.search(text, base, at)
    while m is not None:
        yield m
        m = opens.search(text, m.start() + 1, at)


def _defined(text: str, base: int, title: Title) -> NameAt | None:
    """A name that opens a line, before a colon: "- Ông Trần Văn An: Giám đốc Sở Y tế."."""
    at = title.start
    if not text[max(0, at - 5) : at].rstrip().endswith(":"):
        return None
    if not _closes().match(text, title.end):
        return None  # "Ông An: Giám đốc Sở đã nói"
    start = text.rfind("\n", 0, at) + 1
    if base <= start + 9 and at - start < _NAME:
        opens = _definition().match(text, start, at)
        if opens and (m := _joined(text, opens.end(), at, _COLON_ENDS, _strange()[:-1])):
            return NameAt.behind(opens, m.start())
    if not _ITEM_ENDS.match(text, title.end):
        return None
    for opens in every(_item(), text, max(base, at - _NAME), at):
        called = loose().match(text, opens.end(), at)
        if called and _COLON_ENDS.match(text, called.end(), at):
            known = opens_as_name(text, opens.end())  # "; ông Trần Văn An: Giám đốc Sở Y tế;"
            return NameAt.behind(opens, called.end()) if known else None
    return None


_ITEM_ENDS = re.compile(rf"{BLANKS}(?:[;.](?!\w)|\n|\Z)")


@cache
def _item() -> re.Pattern[str]:
    opens = rf"(?:(?<=[;:,]){BLANKS}|(?:có|gồm|và){GAP})"
    return re.compile(rf"{opens}{honorific()}")


@cache
def _definition() -> re.Pattern[str]:
    return re.compile(rf"{BLANKS}(?:[-–+•*]|\d{{1,3}}[.)])?{BLANKS}{honorific()}")


@cache
def _closes() -> re.Pattern[str]:
    return re.compile(rf"{BLANKS}(?:[,.;(\n–-]|\Z|và{END})")


_Forms = tuple[re.Pattern[str], ...]


@cache
def _strange() -> _Forms:
    """What may be a name behind an honorific; first what always may, last what no label has."""
    return foreign(), loose(), _abroad(), re.compile(CAPITALISED)


def _abroad() -> re.Pattern[str]:
    """A foreign name with the family name in capitals: "Karl TOMBRE"."""
    return re.compile(rf"(?:{CAPITALISED}{GAP}){{1,2}}[{UPPER}]{{3,20}}{END}")


def _ending(text: str, base: int, at: int) -> tuple[NameAt, re.Match[str]] | None:
    """The first name before a title at ``at``, and what stands between; faster than a search."""
    if base == 0 and (found := _named_to(text, 0, at)):
        return found
    # What is found is the character before a name: that of the first may stand before ``base``.
    for opening in _opening().finditer(text, max(base - 1, 0), at):
        if found := _named_to(text, opening.end(), at):
            return found
    return None


def _named_to(text: str, start: int, at: int) -> tuple[NameAt, re.Match[str]] | None:
    """The name that begins at ``start``, or its honorific does, and what joins it to ``at``."""
    opens = _opens().match(text, start, at)
    if opens is None:
        return None
    if opens["hon"] and (m := _joined(text, opens.end(), at, _between(), _strange())):
        return NameAt.behind(opens, m.start()), m
    m = _joined(text, start, at, _between(), _strange()[:1])
    return m and (NameAt(start, start, m.start(), None), m)


def _joined(
    text: str, name: int, at: int, then: re.Pattern[str], forms: _Forms = ()
) -> re.Match[str] | None:
    """What joins the name from ``name`` on to ``at``, as ``then`` says: the name ends before it.

    ``forms`` are what the name may be besides a Vietnamese one.
    """
    for form in (*name_forms(text, name, at), *forms):
        named = form.match(text, name, at)
        if named and (m := then.match(text, named.end(), at)):
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
_LEADS = frozenset("Riêng Còn Theo Với Có Gồm Do Như Nhưng Cùng Ngoài Là Và Em".split())
"""Words that open a clause, with a name right after them."""


def _is_person(text: str, base: int, name: NameAt) -> bool:
    """Whether a name without an honorific is that of a person, by what stands before it."""
    family = saints_end(text, name.at)
    baptised = family > name.at and opens_as_name(text, family)
    if baptised or saints_start(text, name.at) < name.at:
        return True  # "Phêrô Trần Văn An, Giám mục Giáo phận Vĩnh Long"
    left = text[base : name.start].rstrip(" ")
    word = left[max(left.rfind(" "), left.rfind("\n")) + 1 :]
    if word.lower() in vocabulary("honorifics")["place before"]:
        return False
    if word[:1].isupper() and word[-1:].isalpha() and word not in _LEADS:
        return False
    said = text[name.at : name.end].lower()
    if sections_of(said) & PLACE or sections_of(said.removeprefix("từ ")) & WORLD:
        return False
    if not opens_as_name(text, name.at):
        return not word or word[-1] in ":;" or is_westerner(text, name.at)
    if (
        len(text[name.at : name.end].split()) > 2
        or not word
        or word == "và"
        or word[-1] in ":;,.(…"
    ):
        return True
    return left.lower().endswith(_ACCUSED) or _AGED.match(text, name.end) is not None
