"""Titles beside a name that are another's: of the next clause, of one above, of one acted for."""

from __future__ import annotations

import re

from newsextract.letters import GAP
from newsextract.persons import NameAt
from newsextract.titles import Title
from newsextract.vocabulary import word_set

_FRAME = 80  # characters from "Theo" to a name behind its titles
_SOURCE = re.compile(r"\bTheo[^,.;:\n]*\Z")
_TOPIC = re.compile(r"\b(?:Theo|Về|Đối với|Liên quan|Trước|Sau)[^\w\n][^,.;:\n]*\Z")
_DOES = re.compile(rf"{GAP}(?:phải|cần|đã|sẽ|đang|chưa|không|vẫn|cũng|còn|bị|được|yêu cầu)(?!\w)")
_LOCAL = re.compile(
    r"\b(?:UBND|HĐND|(?i:ủy ban nhân dân|uỷ ban nhân dân|hội đồng nhân dân|sở|tỉnh|thành phố|huyện"
    r"|(?:tỉnh|thành|huyện) (?:ủy|uỷ)))\b"
)
_MANY = ("đại biểu", "cử tri", "lãnh đạo", "cán bộ")
"""Posts that without a body are those of many."""
_FOR_ANOTHER = (
    *("thay mặt cho", "thay mặt", "đại diện cho", "thừa lệnh"),
    *("ủy quyền của", "uỷ quyền của", "ủy quyền", "uỷ quyền"),
)
"""Words before the post of another, for whom the person acts."""


def closed(text: str, chain: list[Title]) -> list[Title]:
    """Titles after a name without the next clause's subject: "…, Thủ tướng yêu cầu"."""
    last = chain[-1]
    if len(chain) == 1 or not opens_clause(text, last):
        return chain
    besides = text[chain[-2].end : last.start].strip() == "kiêm"
    if besides or (chain[-2].head == chain[-2].end and chain[-2].sort == "post"):
        return chain  # "Bí thư, Tỉnh trưởng dẫn đầu"
    return chain[:-1]


def opens_clause(text: str, title: Title) -> bool:
    """Whether a bare post of the state may be the subject of the clause: "…, Thủ tướng nói"."""
    bare = title.head == title.end and title.abroad
    body = text[title.start : title.head] in ("Thanh tra", "Kiểm lâm")
    return (bare or body) and text[title.end : title.end + 2].strip().islower()


def of_source(text: str, name: NameAt, chain: list[Title]) -> list[Title]:
    """The titles of one whom "Theo" names, without the clause's subject: "Theo A, Bí thư phải"."""
    subject = chain and opens_clause(text, chain[-1])
    if not chain or not (subject or _DOES.match(text, chain[-1].end)):
        return chain
    if subject and chain[-1].sort == "weak":
        return chain[:-1]  # "nhà bà An, Thanh tra tỉnh đã kết luận"
    frame = _TOPIC if subject else _SOURCE
    framed = frame.search(text, max(0, name.start - _FRAME), name.start)
    return chain[:-1] if framed else chain


def own_titles(text: str, chain: list[Title]) -> list[Title]:
    """Of titles before a name those that are the name's: "chất vấn Bộ trưởng, đại biểu A"."""
    if len(chain) > 1 and _is_above(text, chain):
        chain = chain[1:]  # "chỉ đạo của Phó Thủ tướng, Phó Chủ tịch UBND tỉnh A yêu cầu"
    last = chain[-1]
    left = text[max(0, chain[0].start - 16) : chain[0].start].rstrip().lower()
    if len(chain) > 1 and (left.endswith(_FOR_ANOTHER) or _is_of_others(text, chain)):
        return chain[1:]  # "thừa ủy quyền của Chủ tịch UBND tỉnh, Giám đốc Sở Nội vụ A"
    speaks = text[last.start : last.head].lower() in ("đại biểu", "đb", "đbqh", "cử tri")
    return chain[-1:] if speaks else chain


def _is_above(text: str, chain: list[Title]) -> bool:
    """Whether the first title is of the state and the next of a province: two people's."""
    first, second = chain[:2]
    heads = [" ".join(text[t.start : t.head].lower().split()) for t in (first, second)]
    if heads[0] == "thủ tướng" and heads[1] in ("bộ trưởng", "thứ trưởng", "phó thủ tướng"):
        return True
    if heads[0] not in word_set("titles", "highest"):
        return False
    return _LOCAL.search(text, second.head, second.end) is not None


def _is_of_others(text: str, chain: list[Title]) -> bool:
    """Whether the first title is that of unnamed people: "của các đại biểu, Bộ trưởng A"."""
    first, second = chain[:2]
    head = text[first.start : first.head].lower()
    gap = text[first.end : second.start].strip()
    if gap == "và":  # "Thủ tướng và Phó Thủ tướng A"
        return text[second.start : second.head].lower() == f"phó {head}"
    return gap == "," and first.head == first.end and head in _MANY
