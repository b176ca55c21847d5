"""References to documents that carry a number.

| text | value |
|---|---|
| Quyết định số 06, ngày 9/6/2017 | Quyết định, 06, 2017-06-09 |
| Nghị quyết 18-NQ/TW của Ban Chấp hành Trung ương | Nghị quyết, 18-NQ/TW, issuer |
| NĐ 67 | Nghị định, 67 |
| Kế hoạch 5 năm | nothing |
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from newsextract.facts.calendar import read_day
from newsextract.facts.docnumber import Number, read_number
from newsextract.facts.doctype import Typed, cues, read_type, speaks
from newsextract.facts.issuer import read_issuer
from newsextract.facts.reading import Kind, Reading
from newsextract.letters import BLANK, BLANKS, LETTER, LOWER, UPPER
from newsextract.model import Fact
from newsextract.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Document:
    """A numbered document: its type in canonical case and its number as printed, without spaces.

    ``date`` and ``issuer`` are None unless the reference itself states them. A line that was cut
    at a width is read on for them; the fact's own text stays in the line of its number.
    """

    type: str
    number: str | None
    date: dt.date | None = None
    issuer: str | None = None


@cache
def _wrap() -> re.Pattern[str]:
    """A line break inside a sentence, where a line was cut at a width: the next goes on small."""
    parts = ("của", "và", *vocabulary("issuers")["part"])  # "của Ủy ban" / "Dân tộc"
    numbers = "|".join(rf"(?<={word}\n)" for word in ("số", "ngày", "tháng", "năm"))
    halves = (rf"tỉnh [{UPPER}][{LETTER}]{{{n}}}" for n in range(1, 6))  # "tỉnh An" / "Giang"
    names = "|".join(rf"(?<={word}\n)" for word in (*parts, *halves))
    return re.compile(
        rf"\n(?<=[{LETTER}0-9,)]\n)(?:(?=[{LOWER}])|(?:{numbers})(?=[0-9])|(?:{names})(?=[{UPPER}]))"
    )


def _unwrapped(text: str) -> str:
    """``text`` with a blank for each such break, so that no offset moves."""
    return _wrap().sub(" ", text)


@cache
def _before_date() -> re.Pattern[str]:
    return re.compile(
        rf"{BLANKS},?{BLANKS}\(?(?:(?:được{BLANK}+)?(?:ký|ban{BLANK}+hành|ra|đề|lập){BLANK}+)?"
        rf"ngày{BLANKS}|{BLANKS}\({BLANKS}(?=[0-9])"
    )


@cache
def _before_issuer() -> re.Pattern[str]:
    # A day or year that names no whole date may stand between: "ngày 12/5 của", "năm 2014 của".
    part = rf"ngày{BLANKS}[0-9]{{1,2}}[/.-][0-9]{{1,2}}(?![0-9/.-])|năm{BLANK}+[0-9]{{4}}(?![0-9])"
    congress = rf"[Kk]h[oó][aáó]{BLANK}+[IVX]+"
    return re.compile(
        rf"(?:{BLANKS},?{BLANKS}\(?{BLANKS}(?:{congress}|{part})\)?)?"
        rf"{BLANKS},?{BLANKS}của{BLANK}+"
    )


@cache
def _between() -> re.Pattern[str]:
    return re.compile(
        rf"{BLANKS}(?:[,;]|và|hoặc|hay)(?:{BLANKS}(?:và|hoặc))?{BLANKS}(?P<so>số{BLANKS}:?{BLANKS})?(?=[0-9])"
    )


def _tail(
    text: str, at: int, end: int, issuer: str | None
) -> tuple[int, dt.date | None, str | None]:
    """Date and issuer after the number, in either order: (end, date, issuer)."""
    date = None
    for _ in range(2):
        lead = _before_date().match(text, end) if date is None else None
        if lead and (day := read_day(text, lead.end())):
            date, end = day[0], day[1]
        if text.startswith(")", end) and text.count("(", at, end) > text.count(")", at, end):
            end += 1
        lead = _before_issuer().match(text, end) if issuer is None else None
        if lead and (named := read_issuer(text, lead.end())):
            issuer, end = named
    return end, date, issuer


@cache
def _and() -> re.Pattern[str]:
    return re.compile(rf"(?:{BLANKS}[,–-]|,?{BLANK}++và){BLANK}++(?=[A-ZĐ])")


@cache
def _short_form() -> re.Pattern[str]:
    called = r"(?:(?:sau đây )?(?:gọi|viết)(?: tắt| chung)? là )?"
    named = rf"[“\"]?[{LETTER}][{LETTER}. ]{{0,30}}?0*+(?P<core>[0-9]{{1,5}})[”\"]?"
    return re.compile(rf"{BLANK}?\((?i:{called}){named}\)")


def _past_short_form(text: str, end: int, number: str | None) -> int:
    """Where a bracket ends that says how the reference is cut short, "(NQ18)"; else ``end``."""
    m = _short_form().match(text, end) if "(" in text[end : end + 2] else None
    core = re.match(r"0*+([0-9]++)", number or "")
    return m.end() if m and core and m["core"] == core[1] else end


def _jointly(text: str, issuer: str, end: int) -> tuple[str, int]:
    """Every issuer of a joint document: "của Bộ Tư pháp, Bộ Công an và Bộ Y tế"."""
    while (link := _and().match(text, end)) and (other := read_issuer(text, link.end())):
        issuer += link.group() + other[0]
        end = other[1]
    return issuer, end


def read(reading: Reading) -> Iterator[Fact[Document]]:
    """Every reference: found at its number, its type read back from there."""
    written, text, done, known = reading.text, "", 0, cues()
    for start, end, before in reading.runs:
        apart = before not in known and written[end : end + 1] not in "/-"
        if start < done or (apart and written[start - 2 : start] != ") "):
            continue  # ") ": "Nghị định (NĐ) 67"
        if written[start - 1 : start] in ("/", "–"):
            continue  # the second part of a date or a range
        text = text or _unwrapped(written)
        number = read_number(text, start)
        typed = number and read_type(text, start, number)
        if number is None or typed is None:
            continue
        if typed.rule == "plain" and not speaks(text, number, text[typed.start : start]):
            continue
        if typed.rule == "plain" and _IN_POST.search(text, max(0, typed.start - 50), typed.start):
            continue
        for at, anchor, ends, value, rule in _listed(text, typed, number):
            span = _in_line(reading.text, at, anchor, ends)
            yield reading.fact("document", *span, value, rule=rule)
            done = _past_short_form(text, ends, value.number)


_IN_POST = re.compile(
    rf"(?:trưởng|phó|viên|thư{BLANK}ký){BLANK}+(?:ban|tổ|đội)(?:{BLANK}+(?:công tác|chỉ đạo"
    rf"|giúp việc|triển khai|hỗ trợ|thư ký|thực hiện))?{BLANK}+\Z",
    re.IGNORECASE,
)
"""The post of which body a programme's number is part: "Tổ trưởng Tổ công tác Đề án 06"."""


def _in_line(text: str, at: int, anchor: int, end: int) -> tuple[int, int]:
    """``[at, end)`` within the line that holds ``anchor``: no fact goes over a line."""
    close = text.find("\n", anchor, end)
    if close >= 0:
        end = anchor + len(text[anchor:close].rstrip())
    return max(at, text.rfind("\n", at, anchor) + 1), end


_Listed = tuple[int, int, int, Document, str]


def _listed(text: str, typed: Typed, number: Number) -> Iterator[_Listed]:
    """The reference and the numbers that follow under its type.

    Each as (start, where its number ends, end, value, rule).
    """
    kind, at, rule, issuer = typed
    while True:
        past = _past_short_form(text, number.end, number.text)
        end, date, named = _tail(text, at, past, issuer)
        end = number.end if end == past else end
        if named and "liên" in kind:
            named, end = _jointly(text, named, end)
        yield at, number.end, end, Document(kind, number.text, date, named), rule
        link = _between().match(text, max(past, end))
        following = link and read_number(text, link.end())
        if not link or not following:
            return
        if not (following.signed or link["so"] or speaks(text, following, "")):
            return
        if following.sign:
            kind = following.sign
        at = link.start("so") if link["so"] else link.end()
        number, rule, issuer = following, "list", None


def _value(
    kind: str, number: str, date: str | None = None, issuer: str | None = None
) -> dict[str, str | None]:
    return {"type": kind, "number": number, "date": date, "issuer": issuer}


KIND = Kind(
    "document",
    10,
    read,
    examples=(
        (
            "numbered",
            "Quyết định số 06, ngày 9/6/2017",
            _value("Quyết định", "06", "2017-06-09"),
        ),
        ("plain", "theo Nghị định 67, tàu được vay", _value("Nghị định", "67")),
        ("described", "Công điện khẩn số 03/CĐ-UBND", _value("Công điện", "03/CĐ-UBND")),
        ("list", "Quyết định số 5/QĐ-UBND, 6/QĐ-UBND", _value("Quyết định", "6/QĐ-UBND")),
        ("sign", "đã cấp phép (số 135/GP-UBND)", _value("Giấy phép", "135/GP-UBND")),
        ("plain", "Kế hoạch 5 năm", None),
        ("plain", "quyết định 3 vấn đề", None),
        ("described", "Thông báo trả lời đường dây nóng số 1900", None),
    ),
)
