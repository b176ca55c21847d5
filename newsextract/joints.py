"""What joins the parts of a body's name: a mark, "và", a bracket, the body above, a field."""

from __future__ import annotations

import re
from functools import cache

from newsextract.letters import BLANK, BLANKS, END, GAP, LOWER, START, UPPER
from newsextract.names import CAPITALISED, person_pattern
from newsextract.phrases import (
    AFTER_COMMA,
    BODY,
    INNER,
    LEVEL,
    NAMED,
    OPEN,
    PLACE,
    POST,
    POSTS,
    PROPER,
    SECOND,
    STOP,
    opener,
    person,
    phrases,
    sections_at,
    sections_of,
)
from newsextract.spelling import toned
from newsextract.vocabulary import alternation, vocabulary, whole_words, word_set

LISTED = re.compile(rf"(?:{BLANKS},|{GAP}và){BLANKS}(?=[{UPPER}])")
"""What joins one body to the next in a list."""
CLOSES = re.compile(rf"{BLANKS}(?:[,.;()\n]|\Z)|{GAP}[–-]{GAP}")
"""A mark that closes what is said of a person."""
SPEAKS = re.compile(
    rf"{GAP}(?:cho biết|cho hay|cho rằng|nói|khẳng định|chia sẻ|nhấn mạnh|thừa nhận|xác nhận){END}"
)
"""What a person says, whose titles end before it."""
OPENS = re.compile(
    rf"(?:\A|[.!?…”\"\n]){BLANKS}(?:Ông|Bà|Anh|Chị|Đồng chí|TS|PGS|GS|ThS|BS|KTS)\b\.?"
    rf"[^,;:()\n]{{3,40}}(?:[,–-][^;:()\n]{{1,60}})?[,–-]{BLANKS}\Z"
)
"""A person who opens the sentence, so that the verb of the clause is that person's."""
_BRACKET = re.compile(rf"{BLANK}?\([{UPPER}&.-]{{2,12}}+\)(?={GAP}[\w])")
_SHORT = re.compile(rf"(?:{BLANK}?[-–&]{BLANK}?|\.)[{UPPER}]{{2,5}}+{END}")
_TOWN = re.compile(rf"{GAP}{CAPITALISED}")
_IN_FIELD = frozenset({"với", "và", "các", "những", "về", "trong", "ngoài", "lĩnh", "vực"})
_LONGEST = 24  # characters, of a word
_REACH = 80  # characters, of a body's name


def _heads(section: str) -> str:
    """The pattern of a head of ``section`` of ``data/bodies.txt``, in both places of a tone."""
    return whole_words(toned(vocabulary("bodies")[section]))


@cache
def _owner() -> re.Pattern[str]:
    """A bracket with the body above: "Vụ Pháp chế (Bộ Y tế)"."""
    heads = alternation(toned(vocabulary("bodies")["owner"]))
    return re.compile(rf"{BLANK}?\((?:thuộc{GAP})?(?P<head>{heads})[^()\n]{{1,60}}+\)")


@cache
def unit() -> re.Pattern[str]:
    """A unit that stands under another body, on lower case."""
    return re.compile(START + _heads("unit"))


@cache
def cell() -> re.Pattern[str]:
    """A cell of the party or of a union, which stands under another of it, on lower case."""
    return re.compile(START + _heads("cell"))


@cache
def superior() -> re.Pattern[str]:
    """A mark before the body above a unit; ``party``: one that is often another item."""
    body = rf"{_heads('superior')}|(?P<party>{_heads('superior party')})"
    return re.compile(
        rf"{BLANKS}[,–-](?={BLANK}++(?:{_heads('superior small')}{GAP}[{UPPER}]"
        rf"|(?=[{UPPER}])(?i:(?:{body}){BLANK}+(?!trưởng|phó))))"
    )


def is_of_institution(post: str) -> bool:
    """Whether after such a post a comma and the institution may stand."""
    return post.endswith(_of_institutions())


@cache
def _of_institutions() -> tuple[str, ...]:
    return tuple(toned(vocabulary("titles")["of institutions"]))


def last_word(text: str, end: int) -> str:
    """The word that ends at ``end``."""
    return text[max(0, end - _LONGEST) : end].rpartition(" ")[2]


_AREA = rf"[Cc]hâu{GAP}(?:Á|Âu|Phi|Mỹ|Úc|Đại{GAP}Dương)"
_AREAS = re.compile(
    rf"{GAP}(?:khu vực{GAP}|thị trường{GAP})?{_AREA}(?:,{GAP}{_AREA})*+(?:{GAP}và{GAP}{_AREA})"
    rf"(?={BLANKS}[,.;()\n–-]|\Z)"
)
"""Continents listed: "phụ trách khu vực Châu Á, Châu Đại Dương và Châu Phi"."""


@cache
def _field() -> re.Pattern[str]:
    three = rf"(?={CAPITALISED}{GAP}{CAPITALISED}{GAP}{CAPITALISED})"
    word = rf"(?!{three}{person_pattern()})[{LOWER}{UPPER}][{LOWER}{UPPER}&-]*+"
    return re.compile(rf"(?:{GAP}{word}){{1,12}}+(?={BLANKS}(?:[,.;()\n]|\Z))")


def field_end(text: str, at: int) -> int | None:
    """Where the field after "phụ trách" ends, if it fills the clause."""
    m = _AREAS.match(text, at) or _field().match(text, at)
    if m is None:
        return None
    words = (w for w in m[0].lower().split() if w not in _IN_FIELD)
    return None if any(sections_of(w) & STOP for w in words) else m.end()


def town_end(text: str, at: int) -> int | None:
    """Where the capitals of an unknown town end, one or two: "tại Fukuoka"."""
    end = None
    for _ in range(2):
        m = _TOWN.match(text, at)
        if m is None or person().match(text, at) or opener().match(text, at):
            break
        end = at = m.end()
    return end


@cache
def _parallel() -> re.Pattern[str]:
    """ "và" and a capital, or a comma, a part of a name, and those: ", Kinh tế và Môi trường"."""
    parts = {w: k for w, k in phrases().items() if " " in w and k & (SECOND | INNER)}
    bodiless = alternation(w for w, k in parts.items() if not k & (BODY | OPEN))
    ranks = alternation(w for section in vocabulary("ranks").values() for w in section)
    capital = rf"(?!(?i:{ranks}){END})(?P<last>[{UPPER}][{LOWER}]++){END}"
    comma = rf"{BLANKS},{GAP}(?=[{UPPER}])"
    more = rf"(?:{comma}(?i:{alternation(parts)}){END}(?={comma})){{0,3}}+"
    above = rf"(?i:HĐND|hội đồng nhân dân|quốc hội){END}"  # whose boards have such names
    listed = (
        rf"(?P<listed>{more}{comma}(?i:{bodiless}){END})(?={GAP}(?:{person_pattern()}|{above}))"
    )
    return re.compile(
        rf"(?:{listed}|(?:{comma}(?i:{alternation(parts)}){END})?+{GAP}và{GAP}{capital})"
    )


def further_part(text: str, lower: str, end: int) -> re.Match[str] | None:
    """A further part of the name with a capital: "Khoa Luật, Kinh tế và Môi trường"."""
    m = _parallel().match(text, end)
    if m is None or sections_of(last_word(lower, end)) & LEVEL:
        return None
    if m["listed"]:  # "Ủy ban Tài chính, Ngân sách Trần Văn An"
        return m
    at = m.start("last") - 1
    if sections_at(lower, at) & (LEVEL | PLACE | PROPER | NAMED | OPEN | BODY | POSTS):
        return None
    return None if person().match(text, at) or opener().match(text, at) else m


def bracket(text: str, end: int) -> re.Match[str] | None:
    """A short form or the body above in brackets."""
    m = _BRACKET.match(text, end)
    if m is not None:
        return m
    m = _owner().match(text, end)
    if m is None or m["head"] not in ("Công ty", "Cty", "Đài", "Ban"):
        return m
    said = text[max(0, end - _REACH) : end].lower()
    return None if f"{m['head'].lower()} " in said else m  # "Đài PTTH An Giang (Đài An Giang)"


def route(text: str, at: int, end: int) -> re.Match[str] | None:
    """The far end of what names the body from ``at`` on: "BOT Pháp Vân - Cầu Giẽ".

    So too of two places of the highlands: "Xí nghiệp Thủy nông Chư Păh - Ia Grai".
    """
    m = _FAR_END.match(text, end)
    if m is None or _ROAD.search(text, at, end):
        return m
    near = _landmark().search(text, max(at, end - _LONGEST), end)
    return m if near and _landmark().search(m[0]) else None


_ROAD = re.compile(rf"(?:BOT|[Cc]ao tốc)(?:{GAP}{CAPITALISED}){{1,3}}\Z")


@cache
def _landmark() -> re.Pattern[str]:
    heads = alternation(vocabulary("bodies")["landmark"])
    return re.compile(rf"{GAP}(?:{heads}){GAP}[{UPPER}][{LOWER}]++\Z")


_FAR_END = re.compile(rf"{BLANKS}[–-]{BLANKS}{CAPITALISED}(?:{GAP}{CAPITALISED}){{0,2}}+")


def last_words(text: str, end: int) -> int | None:
    """Where one or two words more end a clause and the name with it: "Trục vớt luồng hạ lưu,"."""
    m = _LAST.match(text, end)
    stops = m and any(sections_of(word.lower()) & (STOP | POSTS) for word in m[0].split())
    return None if m is None or stops else m.end()


_LAST = re.compile(
    rf"(?:{GAP}[{LOWER}]++{END}){{1,2}}(?={BLANKS}(?:[,;()\n]|\.(?!\w)|\Z)|{GAP}và{GAP}[{UPPER}])"
)


def field_part(text: str, end: int) -> re.Match[str] | None:
    """A dash and a further field of a department, to the next mark: "Vật tư - Thiết bị nghiền,"."""
    m = _PART.match(text, end)
    if m is None or opener().match(text, m.start("part") - 1):
        return None
    words = m["part"].lower().split()
    known = (sections_of(" ".join(words[:n])) for n in range(1, len(words) + 1))
    return None if any(k & (STOP | POSTS | LEVEL | BODY | OPEN) for k in known) else m


_PART = re.compile(
    rf"{GAP}[–-]{GAP}(?P<part>[{UPPER}][{LOWER}]++(?:{GAP}[{LOWER}]++){{1,3}}+)"
    rf"(?={BLANKS}(?:[,;()\n]|\.(?!\w)|\Z))"
)


def subjects(text: str, lower: str, end: int) -> re.Match[str] | None:
    """Further subjects of a school's team or department: "tổ Văn - Sử - Địa"."""
    if last_word(lower, end) not in word_set("bodies", "subject"):
        return None
    m = _further_subjects().match(text, end)
    if m is None or not _TOWN.match(text, m.end()):
        return m
    known = sections_at(lower, m.end()) & (BODY | OPEN | NAMED)  # "Toán - Tin Trường Đại học Vinh"
    return m if known or person().match(text, m.end()) else None


@cache
def _further_subjects() -> re.Pattern[str]:
    named = rf"(?=[{UPPER}])(?i:{alternation(vocabulary('bodies')['subject'])}){END}"
    return re.compile(rf"(?:(?:{GAP}[–-]{GAP}|[–-]){named})++")


def short_form(text: str, end: int) -> re.Match[str] | None:
    """A mark and capitals after capitals: "GD-ĐT"; none where they name a post."""
    m = _SHORT.match(text, end) if text[end - 2 : end].isupper() else None
    return None if m and sections_of(m[0].strip(" .-–&").lower()) & POSTS else m


@cache
def joint() -> re.Pattern[str]:
    """A mark with the second part of a body's name: "Giáo dục & Đào tạo"."""
    known = phrases().items()
    second = alternation(w for w, k in known if k & (SECOND | INNER))
    after_comma = alternation(w for w, k in known if k & AFTER_COMMA)
    mark = rf"{BLANKS}[&–-]{BLANKS}|{GAP}và{GAP}"
    return re.compile(rf"(?:(?:{mark})(?P<second>{second})|{BLANKS},{BLANKS}{after_comma}){END}")


@cache
def coordinated() -> re.Pattern[str]:
    """ "và" and lower-case words that lead to a capital: "hóa chất và thiết bị Bình Minh"."""
    stop = alternation(w for w, k in phrases().items() if k & (STOP | POST))
    return re.compile(rf"{GAP}và(?=(?:{GAP}(?!{stop}{END})[{LOWER}]++){{1,5}}{GAP}[{UPPER}])")
