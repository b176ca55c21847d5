"""The titles that one person holds, joined, and the name they are said of."""

from __future__ import annotations

import re

from newsextract.appositions import is_kin, name_before
from newsextract.followers import name_after
from newsextract.holders import closed, of_source, opens_clause, own_titles
from newsextract.letters import BLANKS, GAP
from newsextract.names import CAPITALISED, NATIVE
from newsextract.notes import HOLDS, LIFE, NOTE
from newsextract.persons import NameAt, is_abbreviation, opens_sentence
from newsextract.phrases import HEADED, sections_of_post
from newsextract.rows import is_of_another
from newsextract.titles import AFTER_NAME, PAST, Title, is_bodied

_NOW = rf"(?:hiện|nay)(?:{GAP}nay)?(?:{GAP}đang)?{GAP}(?:là|giữ chức(?:{GAP}vụ)?){GAP}"
_LINK = re.compile(
    rf"(?:{BLANKS}\([^()\n]{{2,40}}\))?+{BLANKS}[,–—-]{BLANKS}"
    rf"(?:đồng thời là{GAP}|kiêm{GAP}|(?:và{GAP})?(?:{_NOW})?)?+"
    rf"|{GAP}(?:kiêm|(?:và|đồng thời){GAP}là|đồng thời|và){GAP}(?:{_NOW})?+"
    rf"|(?:{GAP}|{BLANKS}\({BLANKS}){_NOW}"
)
_RANK_LINK = re.compile(rf"{BLANKS}(?:(?P<dot>\.)|[,–-])?{BLANKS}|{GAP}là{GAP}")
_JOIN = re.compile(
    rf"{NOTE}(?:{GAP}{HOLDS}|{BLANKS}(?:[,–—-]{BLANKS}\(?|\({BLANKS}(?:{LIFE}{BLANKS}[,;–-]{BLANKS}){{0,4}}+){BLANKS}(?:{HOLDS})?+)"
)

_NATIVE = re.compile(NATIVE)
_ASIDE = re.compile(rf"{BLANKS}[;(]{BLANKS}")
_SEMICOLON = re.compile(rf"{BLANKS};{BLANKS}")
_COLON = re.compile(rf"{BLANKS}:{BLANKS}")
_CLOSED = re.compile(rf"{BLANKS}(?:[;,)\n–-]|\.(?!\w)|\Z)")
_STOPS = re.compile(rf"{BLANKS}(?:\.(?!\w)|\n|\Z)")
_MEMBERS = tuple(
    f"{body} {uy} viên"
    for body in ("tỉnh", "thành", "huyện", "quận", "thị", "đảng", "khu")
    for uy in ("ủy", "uỷ")
)


_Held = tuple[list[Title], NameAt | None, int]


def held(text: str, found: list[Title], i: int, floor: int) -> _Held:
    """The titles from ``i`` on that one person holds, the name, and the next title's place.

    A title whose body's name goes on in what follows is replaced in ``found`` by the whole.
    """
    chain, own = _chain(text, found, i)
    if own is not None and len(chain) == 1 and _in_body(text, chain[0], own, floor):
        found[i] = chain[0]._replace(end=own.end)
        chain, own = _chain(text, found, i)
    i += len(chain)
    before = _holder_before(text, chain, own, floor)
    if before is None:
        return (chain, None, i) if own is None else _of_next(text, found, i, chain, own, floor)
    if own is not None and own.close:  # the last title is the next person's
        return (chain, before, i) if _begins_anew(own) else (chain[:-1], before, i - 1)
    if own is None and opens_sentence(text, before.start):
        more = _to_full_stop(text, found, i)
        return closed(text, [*chain, *more]), before, i + len(more)
    kept = of_source(text, before, closed(text, chain))
    return (kept, before, i) if kept else (chain, None, i)


def _holder_before(text: str, chain: list[Title], own: NameAt | None, floor: int) -> NameAt | None:
    """The name before a chain that holds it, where the name right after may not be the holder's."""
    if own is not None and own.close and len(chain) == 1 and not _begins_anew(own):
        return None
    before = name_before(text, floor, chain[0])
    if before is None or not _stands(text, before, chain) or _is_of_two(text, before, chain):
        return None
    return before


def _is_of_two(text: str, name: NameAt, chain: list[Title]) -> bool:
    """Whether each of two has one: "ông An và bà Bình, giám đốc và phó giám đốc bệnh viện"."""
    if len(chain) != 2:
        return False
    joined = text[chain[0].end : chain[1].start].strip() == "và"
    if not joined and _SEVERAL.match(text, chain[1].start) is None:
        return False
    return _BESIDE.search(text, max(0, name.start - 12), name.start) is not None


_SEVERAL = re.compile(rf"(?:\w+{GAP}){{1,3}}và{GAP}")  # "phó phòng và chuyên viên Phòng A"
_BESIDE = re.compile(rf"{CAPITALISED}(?:{GAP}(?:và|cùng|với)|,){GAP}\Z")


def _of_next(
    text: str, found: list[Title], i: int, chain: list[Title], own: NameAt, floor: int
) -> _Held:
    """As ``held`` where only the name ``own`` behind the chain can be the holder's."""
    alone = len(chain) == 1
    kept = chain if alone and own.close else _of_own(text, chain, own, floor)
    if not kept:
        return chain[-1:], None, i
    if not is_kin(text, kept[0].start):
        titled = any(t.sort == "post" for t in kept)
        rest = titles_after(text, found, i, own, titled=titled)
        return own_titles(text, kept) + rest, own, i + len(rest)
    if alone and not own.close:
        return chain, None, i  # "Vợ Phó chủ tịch tỉnh - bà Mai": the post is his
    return own_titles(text, kept), own, i


def _to_full_stop(text: str, found: list[Title], i: int) -> list[Title]:
    """Further titles behind semicolons of a sentence that is a name and its titles alone."""
    more: list[Title] = []
    while i < len(found) and _SEMICOLON.fullmatch(text, found[i - 1].end, found[i].start):
        more.append(found[i])
        i += 1
    alone = all(is_bodied(text, t) for t in more) and _STOPS.match(text, found[i - 1].end)
    return more if alone else []


def _of_own(text: str, chain: list[Title], own: NameAt, floor: int) -> list[Title]:
    """The titles of a chain that are of the name behind it, where a person may stand before it."""
    if not is_of_another(text, chain[0], floor):
        return chain
    if not own.close:
        return []
    last = len(chain) - 1
    while last and not _marked(text, chain[last - 1], chain[last]):
        last -= 1
    return chain[last:]


def _marked(text: str, left: Title, right: Title) -> bool:
    return any(c in ",–—-" for c in text[left.end : right.start])


def _in_body(text: str, title: Title, own: NameAt, floor: int) -> bool:
    """Whether the name after a title is of its body: "Ông A, Giám đốc Công ty Trung An Hà Nam"."""
    if title.sort != "post" or not own.close or own.honorific:
        return False
    headed = sections_of_post(text[title.start : title.end].lower())[0] & HEADED
    if title.head == title.end and not headed:
        return False
    before = name_before(text, floor, title)
    if before is None or " " not in text[before.at : before.end]:
        return False
    if headed:
        return True  # "bà Lê Thị Lan, Giám đốc Công ty Vũ Văn An": the company may be named so
    if _NATIVE.fullmatch(text, text.rfind(" ", own.at, own.end) + 1, own.end) is None:
        return True  # "Nguyễn Văn A, Giám đốc Công ty cơ khí Hoàng Anh Vinashin"
    if before.honorific is None:
        return False
    theo = text[max(0, before.start - 6) : before.start].strip().lower().endswith("theo")
    if theo or text[title.start - 1] == "(":
        return True
    return before.honorific[0].isupper() and opens_sentence(text, before.start)


def _begins_anew(own: NameAt) -> bool:
    """Whether a sentence begins with the name, the full stop lost: "Giám đốc Sở Ông An cho hay"."""
    return own.honorific is not None and own.honorific[0].isupper()


def _chain(text: str, found: list[Title], i: int) -> tuple[list[Title], NameAt | None]:
    """Titles from ``i`` on that one person holds, up to the one with a name right after it."""
    chain = [found[i]]
    while True:
        own = name_after(text, chain[-1])
        i += 1
        if own is not None and i < len(found) and own.at < found[i].start < own.end:
            own = _cut(text, own, found[i])
        if own is not None or i == len(found):
            return chain, own
        if not (_linked(text, chain[-1], found[i]) or _is_entry(text, chain[-1], found[i])):
            return chain, own
        chain.append(found[i])


def _cut(text: str, own: NameAt, title: Title) -> NameAt:
    """The name without the title it ran into: "Kỹ sư Trần Văn An Trưởng Trạm Khuyến nông"."""
    end = own.at + len(text[own.at : title.start].rstrip())
    head, rest = text[title.start : title.head], text[title.head : title.head + 2]
    # "Trần Quốc Vương" is all a name, and so is "Võ Văn Chánh" before "thông tin".
    proper = head.istitle() and not is_bodied(text, title)
    verb = " " not in head and rest.islower()
    return own if proper or verb or " " not in text[own.at : end] else own._replace(end=end)


def _linked(text: str, left: Title, right: Title) -> bool:
    short = left.start + 5 >= left.end and text[left.start : left.end].isupper()  # "TUV Phó Bí thư"
    if short or {left.sort, right.sort} & {"rank", "academic"}:
        link = _RANK_LINK.fullmatch(text, left.end, right.start)
        return link is not None and (not link["dot"] or is_abbreviation(text, left))
    if left.sort == right.sort == "post" and _touching(text, left, right):
        return True
    if text.startswith(PAST, right.start) and _ASIDE.fullmatch(text, left.end, right.start):
        return True  # "…, Giám đốc Sở (nguyên Bí thư X)"
    link = _LINK.fullmatch(text, left.end, right.start)
    return link is not None and (
        right.sort not in AFTER_NAME or "," in link[0] or "kiêm" in link[0]
    )


def _is_entry(text: str, post: Title, rank: Title) -> bool:
    """Whether a post's colon leads to a rank and a name alone: "Hiệu trưởng: ThS. Trần Văn An."."""
    if post.sort != "post" or rank.sort not in ("rank", "academic"):
        return False
    if _COLON.fullmatch(text, post.end, rank.start) is None:
        return False
    own = name_after(text, rank)
    return own is not None and own.close and _CLOSED.match(text, own.end) is not None


def _touching(text: str, left: Title, right: Title) -> bool:
    """Whether a lost comma parts two posts of a person named before: "Sở Y tế Trưởng đoàn"."""
    if left.end + 1 != right.start or text[left.end] != " ":
        return False
    if left.head == left.end:  # "huyện ủy viên chủ tịch UBND xã"
        bare, head = text[left.start : left.end].lower(), text[right.start : right.head].lower()
        several = bare.endswith(_MEMBERS) or (bare, head) == ("bộ trưởng", "chủ nhiệm")
        return several and right.head < right.end
    if not text[right.start].isupper():
        return False
    own = name_after(text, right)
    return own is None or not own.close


def _stands(text: str, name: NameAt, chain: list[Title]) -> bool:
    """Whether a given name alone is what the titles are said of: "theo ông An, Chủ tịch đã"."""
    if not text[name.at : name.end].isalpha() or text[name.end : name.end + 1] != ",":
        return True
    return text[chain[-1].end : chain[-1].end + 2].lstrip()[:1] in ("", *",.;)-–")


def titles_after(
    text: str, found: list[Title], i: int, own: NameAt, *, titled: bool = False
) -> list[Title]:
    """The titles that go on after the name: "Đại tá Vũ Văn Cường, Giám đốc Công an tỉnh".

    ``titled`` says that a post stands before the name: what leads on to another name is then of
    that one, or of nobody sure.
    """
    if i == len(found):
        return []
    touching = _touches(text, own, found[i])
    if not touching and not _JOIN.fullmatch(text, own.end, found[i].start):
        return []
    chain, next_own = _chain(text, found, i)
    if touching and next_own is not None:
        return [] if next_own.close and len(chain) == 1 else chain[: len(chain) - next_own.close]
    if next_own is not None and (next_own.close or not own.close):
        if titled and next_own.close and not text[own.end : found[i].start].strip(" ,–—-"):
            return []  # "Bộ trưởng A, Ủy viên Trung ương Đảng, Chủ tịch Hội B"
        return chain[:-1]  # "Phó Giám đốc - ông A, Chánh Thanh tra - ông B"
    if titled and len(chain) == 1 and opens_clause(text, chain[0]):
        return []  # "gặp Bí thư Tỉnh ủy A, Thủ tướng nhấn mạnh"
    return of_source(text, own, closed(text, chain))


def _touches(text: str, own: NameAt, title: Title) -> bool:
    """Whether a post with its body follows the name with no mark: "Đại tá An Giám đốc Công an"."""
    gap = text[own.end : title.start]
    if gap not in (" ", "\xa0") or title.sort != "post" or " " not in text[own.at : own.end]:
        return False
    return is_bodied(text, title)
