"""What joins the parts of a body's name: a mark, "và", a bracket, the body above, a field."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from newsextract.letters import BLANK, BLANKS, END, GAP, LOWER, START, UPPER
from newsextract.lexicon import Lexicon
from newsextract.names import CAPITALISED
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
    next_phrase,
    opener,
    person,
    phrases_of,
    sections_at,
    sections_of,
)
from newsextract.spelling import toned
from newsextract.vocabulary import alternation, vocabulary, whole_words

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
APART = re.compile(rf"{BLANKS}(?::|,{GAP}(?!và{END}|cùng{END})(?=[{LOWER}])|[–-]{GAP})")
"""A mark behind which no further body of a list stands, but the main clause."""
CAMPUS = re.compile(
    rf"{GAP}(?:Đại học|ĐH){GAP}(?:Quốc gia|QG|Huế|Đà Nẵng|Thái Nguyên|Bách khoa){END}"
)
"""A university that has schools under it."""
_BRACKET = re.compile(rf"{BLANK}?\([{UPPER}][{UPPER}\d&.-]{{1,11}}+\)(?={GAP}[\w])")
_SHORT = re.compile(
    rf"(?:{BLANK}?[-–&]{BLANK}?|\.|,(?=[{UPPER}]++(?:[&,-]|{GAP}và{GAP})[{UPPER}]))[{UPPER}]{{2,5}}+{END}"
)
_TOWN = re.compile(rf"{GAP}{CAPITALISED}")
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


def town_end(text: str, at: int) -> int | None:
    """Where the capitals of an unknown town end, one or two: "tại Fukuoka"."""
    end = None
    for _ in range(2):
        m = _TOWN.match(text, at)
        if m is None or person(text, at) or opener(text, at):
            break
        end = at = m.end()
    return end


_COMMA = re.compile(rf"{BLANKS},{GAP}(?=[{UPPER}])")
_AND = re.compile(rf"{GAP}và{GAP}(?P<last>[{UPPER}][{LOWER}]++){END}")
_ABOVE = re.compile(rf"{GAP}(?i:HĐND|hội đồng nhân dân|quốc hội){END}")
"""Those above boards whose names list what they work on."""
_PARTS = 3  # behind the first, at most


def further_end(text: str, lower: str, end: int) -> int | None:
    """Where the further parts of a name with a capital end: "Khoa Luật, Kinh tế và Môi trường"."""
    if sections_of(last_word(lower, end)) & LEVEL:
        return None
    listed = _listed_end(text, lower, end)
    if listed is not None:  # "Ủy ban Tài chính, Ngân sách Trần Văn An"
        return listed
    m = _AND.match(text, _part_end(text, lower, end, _parts()) or end)
    if m is None or _ranks().at(lower, m.start("last")):
        return None
    at = m.start("last") - 1
    if sections_at(lower, at) & (LEVEL | PLACE | PROPER | NAMED | OPEN | BODY | POSTS):
        return None
    return None if person(text, at) or opener(text, at) else m.end()


def _listed_end(text: str, lower: str, end: int) -> int | None:
    """Where parts end that only commas join, before a person or whose board it is."""
    for _ in range(_PARTS):
        part = _part_end(text, lower, end, _parts())
        if part is None or _COMMA.match(text, part) is None:
            break
        end = part
    last = _part_end(text, lower, end, _parts(but=BODY | OPEN))
    return last if last and (person(text, last) or _ABOVE.match(text, last)) else None


def _part_end(text: str, lower: str, end: int, parts: Lexicon) -> int | None:
    """Where one of ``parts`` ends that a comma joins."""
    comma = _COMMA.match(text, end)
    part = comma and parts.at(lower, comma.end())
    return part[1] if part else None


def _parts(but: int = 0) -> Lexicon:
    """Parts of names, of two words or more."""
    return phrases_of(SECOND | INNER, but, words=2)


@cache
def _ranks() -> Lexicon:
    """What may open the title of the next person instead."""
    words = (w.lower() for section in vocabulary("ranks").values() for w in section)
    return Lexicon(words, folded=False, longest=True)


def bracket(text: str, end: int) -> int | None:
    """Where a bracket with a short form or the body above ends."""
    short = _BRACKET.match(text, end)
    if short is not None:
        return short.end()
    owner = _owner().match(text, end)
    if owner is not None and owner["head"] in ("Công ty", "Cty", "Đài", "Ban"):
        said = text[max(0, end - _REACH) : end].lower()
        if f"{owner['head'].lower()} " in said:
            return None  # "Đài PTTH An Giang (Đài An Giang)"
    return owner and owner.end()


def route(text: str, at: int, end: int) -> int | None:
    """Where the far end of what names the body from ``at`` on ends: "BOT Pháp Vân - Cầu Giẽ".

    So too of two places of the highlands: "Xí nghiệp Thủy nông Chư Păh - Ia Grai".
    """
    m = _FAR_END.match(text, end)
    if m is None or _ROAD.search(text, at, end):
        return m and m.end()
    near = _landmark().search(text, max(at, end - _LONGEST), end)
    return m.end() if near and _landmark().search(m[0]) else None


_ROAD = re.compile(rf"(?:BOT|[Cc]ao tốc)(?:{GAP}{CAPITALISED}){{1,3}}\Z")


@cache
def _landmark() -> re.Pattern[str]:
    heads = alternation(vocabulary("bodies")["landmark"])
    return re.compile(rf"{GAP}(?:{heads}){GAP}[{UPPER}][{LOWER}]++\Z")


_FAR_END = re.compile(rf"{BLANKS}[–-]{BLANKS}{CAPITALISED}(?:{GAP}{CAPITALISED}){{0,2}}+")


def zone_end(text: str, lower: str, at: int) -> int | None:
    """Where a dash and the place end that tell a numbered zone from others: "khu vực 2 - Huế"."""
    dash = _TO_PLACE.match(text, at)
    if dash is None:
        return None
    _, end, phrase, kinds = next_phrase(lower, dash.end())
    if kinds & LEVEL and phrase in _PROVINCES:
        _, end, _, kinds = next_phrase(lower, end)
    if kinds & PLACE and (person(text, end) or _TOWN.match(text, end) is None):
        return end
    m = None if person(text, dash.end()) else _TOWNS.match(text, dash.end())
    return m and m.end()


def two_towns(text: str, lower: str, at: int) -> int | None:
    """Where two districts end that one office serves: "khu vực Kim Sơn - Yên Khánh"."""
    _, end, _, kinds = next_phrase(lower, at)
    dash = _TO_PLACE.match(text, end) if kinds & PLACE else None
    if dash is None:
        return None
    _, end, _, kinds = next_phrase(lower, dash.end())
    return end if kinds & PLACE and (person(text, end) or not _TOWN.match(text, end)) else None


_PROVINCES = frozenset(("tp", "tp.", "thành phố", "tỉnh"))
_TO_PLACE = re.compile(rf"{BLANK}?[–-](?={BLANK}[{UPPER}])")
_TOWNS = re.compile(rf"(?:{GAP}{CAPITALISED}){{1,3}}+(?={BLANKS}[,;.)\n]|\Z)")


def last_words(text: str, end: int) -> int | None:
    """Where one or two words more end a clause and the name with it: "Trục vớt luồng hạ lưu,"."""
    m = _LAST.match(text, end)
    stops = m and any(sections_of(word.lower()) & (STOP | POSTS) for word in m[0].split())
    return None if m is None or stops else m.end()


_LAST = re.compile(
    rf"(?:{GAP}[{LOWER}]++{END}){{1,2}}(?={BLANKS}(?:[,;()\n]|\.(?!\w)|\Z)|{GAP}và{GAP}[{UPPER}])"
)


def short_form(text: str, end: int) -> int | None:
    """Where a mark and capitals after capitals end: "GD-ĐT", "VH,TT&DL"; None if a post."""
    m = _SHORT.match(text, end) if text[end - 2 : end].isupper() else None
    if m is None or sections_of(m[0].strip(" .-–&").lower()) & POSTS:
        return None
    return m.end()


class Second(NamedTuple):
    """The second part of a body's name, ``lower[start:end]``; ``comma``: that is what joins it."""

    start: int
    end: int
    kinds: int
    comma: bool


_MARK = re.compile(rf"{BLANKS}(?:(?P<comma>,)|[&–-]){BLANKS}|{GAP}và{GAP}")


def second_part(lower: str, at: int) -> Second | None:
    """What a mark at ``at`` joins as the second part of a body's name: "Giáo dục & Đào tạo"."""
    mark = _MARK.match(lower, at)
    if mark is None:
        return None
    comma = mark["comma"] is not None
    part = phrases_of(AFTER_COMMA if comma else SECOND | INNER).at(lower, mark.end())
    return part and Second(mark.end(), part[1], sections_of(part[0]), comma)


def coordinated_end(text: str, at: int) -> int | None:
    """The end of "và" before lower-case words and a capital: "hóa chất và thiết bị Bình Minh"."""
    m = _COORDINATED.match(text, at)
    stops = m and any(
        phrases_of(STOP | POST).at(text, word.start()) for word in _LOWER.finditer(text, *m.span(1))
    )
    return None if m is None or stops else m.start(1)


_COORDINATED = re.compile(rf"{GAP}và(?=((?:{GAP}[{LOWER}]++){{1,5}}){GAP}[{UPPER}])")
_LOWER = re.compile(rf"[{LOWER}]++")
