"""The name that stands after a title: "Giám đốc Sở Y tế Trần Văn An"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from newsextract.areas import areas_end
from newsextract.families import person_at
from newsextract.letters import BLANK, BLANKS, END, GAP, LOWER, UPPER
from newsextract.names import CAPITALISED, STRONG_SURNAME, foreign, loose, name_end
from newsextract.persons import NameAt, honorific, honorifics, in_plural, is_abbreviation
from newsextract.phrases import PLACE, POSTS, opener, sections_at, sections_of
from newsextract.saints import saints_end
from newsextract.titles import AFTER_NAME, Title, follows_mark
from newsextract.westerners import is_westerner


@cache
def _leads() -> tuple[re.Pattern[str], ...]:
    """What may stand between a title and the name after it; then, without honorific and "là".

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
    capital = rf"(?=[{UPPER}kh])"
    bare = rf"{dash}|{GAP}|(?P<dot>\.)"
    return tuple(re.compile(rf"{area}(?:{ways}){capital}") for ways in (f"{called}|{bare}", bare))


class _After(NamedTuple):
    """A name after a title, whether it is no Vietnamese one, and what of ``_leads`` is said."""

    name: NameAt
    strange: bool
    said: dict[str, str | None]


def _after(text: str, end: int) -> _After | None:
    """A name right after a title that ends at ``end``, or after a comma or a dash."""
    end = areas_end(text, end)
    for leads in _leads():
        m = leads.match(text, end)
        if m is None:
            return None
        if found := _behind(text, m):
            return found
    return None


def _behind(text: str, m: re.Match[str]) -> _After | None:
    end, at = name_end(text, m.end()), m.end()
    strange = None if end else foreign().match(text, at) or loose().match(text, at)
    end = strange.end() if strange else end
    if end is None:
        return None
    said = m.groupdict()
    hon = said.get("hon")
    close = not (said.get("mark") or said.get("dash"))
    name = NameAt(m.start("hon") if hon else at, at, end, hon, close)
    return _After(name, strange is not None, said)


def _runs_on(text: str, end: int) -> bool:
    """Whether a dash and a name are no person's: more capitals follow, or a dash closes it."""
    return _DASH.match(text, end) is not None or (
        _GOES_ON.match(text, end) is not None and not opener(text, end)
    )


_DASH = re.compile(rf"{BLANKS}[–-]")
_GOES_ON = re.compile(rf"{GAP}[{UPPER}][{LOWER}]")


_DOES = (
    "cho biết|cho hay|cho rằng|nói|khẳng định|nhấn mạnh|chia sẻ|thông tin|xác nhận|phát biểu|đã|vừa"
    "|kêu gọi|đề nghị|yêu cầu|đề xuất|kiến nghị|thừa nhận|chỉ đạo|lưu ý|đánh giá|lần nữa|nhận định"
    "|tuyên bố|giải thích|dự báo|dự đoán|bày tỏ|cảnh báo|trả lời|tiết lộ|báo cáo"
)
_SUBJECT = re.compile(  # after a title and a comma: "Lương Văn An cho biết"
    rf"(?:{STRONG_SURNAME}|{CAPITALISED}(?={GAP}(?:Văn|Thị){GAP}))"
    rf"(?:(?:{GAP}{CAPITALISED}){{2,3}}+"
    rf"(?:{GAP}(?!và{END}|cùng{END})[{LOWER}]|,{GAP}(?:{_DOES}){END})"
    rf"|{GAP}{CAPITALISED}(?:,?{GAP}(?:{_DOES}){END}))"
)
_WESTERN = re.compile(rf"{GAP}(?!và{END}|cùng{END})[{LOWER}]|,{GAP}(?:{_DOES}){END}")
"""What follows a Western name behind a title and a comma: "…, Dirk van Brackel nói"."""
_LED = re.compile(rf"(?:[Tt]heo|[Tt]hừa lệnh|[Tt]hay mặt){GAP}\Z")
_NOT_HELD = (  # before a post that the person after "là" does not hold: "con của Chủ tịch là ông A"
    *("của", "cho", "với", "con", "vợ", "chồng", "em", "cháu", "thay", "kế nhiệm", "trợ lý"),
    *("trai", "gái", "ruột", "rể", "dâu", "bố", "mẹ", "cha", "bạn", "lái xe", "tài xế"),
    *("vị trí", "chức danh", "chức vụ"),
)
_CAPITAL = re.compile(rf"{GAP}[{UPPER}]")
_MARK = re.compile(rf"{BLANKS}[,–-]{BLANKS}")


def name_after(text: str, title: Title) -> NameAt | None:
    """The name right after ``title``, or after a mark and an honorific."""
    if title.sort in AFTER_NAME and not _serves_before(text, title):
        return None
    return _baptised_at(text, title.end + 1) or _named_after(text, title)


def _serves_before(text: str, title: Title) -> bool:
    """Whether a common post with its body leads a name: "cán bộ y tế xã An Bình Lê Văn Bảy"."""
    if title.head == title.end or follows_mark(text, title.start) or in_plural(text, title.start):
        return False
    return person_at(text, title.end, long=True)


def _baptised_at(text: str, at: int) -> NameAt | None:
    """A name that begins with baptismal names: "Giám mục Phêrô Trần Văn An"."""
    family = saints_end(text, at)
    end = name_end(text, family) if family > at else None
    return None if end is None else NameAt(at, at, end, None)


def _named_after(text: str, title: Title) -> NameAt | None:
    found = _after(text, title.end)
    if found is None or not _may_follow(text, title, found):
        return None
    name = found.name
    if not name.close and not _is_beyond_mark(text, title, found):
        return None
    if _HYPHEN.match(text, name.end) and not _is_post(text, name.end + 1):
        return None  # "Festival Trà Thái Nguyên-Việt Nam", "Hội đồng Nguyễn Phước tộc"
    return name


def _may_follow(text: str, title: Title, found: _After) -> bool:
    """Whether such a name may follow the title, joined to it as it is."""
    name, strange, said = found
    if strange and not (name.honorific or _may_be_foreign(text, title, name)):
        return False
    if said.get("dot"):
        return is_abbreviation(text, title)
    if (seat := said["seat"]) and not sections_of(seat.lower()) & PLACE:
        return False
    held = said.get("is")
    if held and text[max(0, title.start - 12) : title.start].rstrip().endswith(_NOT_HELD):
        return False
    return not ((held or not name.close) and in_plural(text, title.start))


def _is_beyond_mark(text: str, title: Title, found: _After) -> bool:
    """Whether a name behind a comma or a dash is still that of the title's holder."""
    name, strange, said = found
    mark, dash = said.get("mark"), said.get("dash")
    ranked = dash and title.sort == "rank" and text.startswith(",", name.end)
    joined = ranked or (mark and "," not in mark and title.sort == "post")
    if title.head == title.end and not (
        joined or _AS.search(text, max(0, title.start - 24), title.start)
    ):
        return False  # "trả lời đại biểu, ông An nói", but "Trung tá, Lê Văn An, Trưởng phòng"
    if dash is None:
        return True
    western = strange and is_westerner(text, name.at) and "," in dash
    if western and _WESTERN.match(text, name.end):
        return not _LED.search(text, max(0, title.start - 10), title.start)
    if strange or _runs_on(text, name.end):
        return False
    if sections_of(text[name.at : name.end].lower()) & PLACE:
        return False  # "chi ủy viên khối Hà Nội - Sơn La"
    return bool(ranked or "," not in dash or _is_subject(text, title, name.at))


_AS = re.compile(
    rf"(?:[Vv]ới|[Tt]rên|[Tt]rong|[Ởở]){GAP}(?:tư cách|cương vị|vai trò)(?:{GAP}(?:là|một))?{GAP}\Z"
)
"""How the clause opens that tells as what someone speaks: "Với tư cách Trưởng đoàn, ông An"."""


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


def _may_be_foreign(text: str, title: Title, name: NameAt) -> bool:
    """Whether a name that is no Vietnamese one may follow: "Bộ trưởng …", "TS …"."""
    if title.abroad or title.sort not in ("rank", "academic"):
        return title.abroad or is_westerner(text, name.at)
    first, *others = text[name.at : name.end].split()
    two = " ".join((first, *others[:1])).lower()
    if (sections_of(first.lower()) | sections_of(two)) & PLACE:
        return False  # "Đại tướng Myanmar Min Aung Hlaing": where the name begins nobody knows
    mark = _MARK.match(text, name.end) if title.sort == "academic" else None
    if mark and not sections_of(first.lower()) and _is_post(text, mark.end()):
        return True  # "NSND Lệ Thu - Phó Chủ tịch Hội Nghệ sĩ": the name of the stage
    if title.sort == "rank" and len(others) > 1 and not sections_of(first.lower()):
        return True  # a Lao or Khmer name in Vietnamese syllables
    strange = foreign().match(text, name.at)
    return strange is not None and _CAPITAL.match(text, strange.end()) is None
