"""Lines that state something of a page and tell nothing: fields, stamps, notices, addresses."""

from __future__ import annotations

import re
from functools import cache

from newsextract.clues import opens_as
from newsextract.vocabulary import alternation, vocabulary


def is_contact(text: str) -> bool:
    """Whether a line opens as the address lines of a site's foot do: ``"Địa chỉ: …"``.

    A number or a mark stands behind the word: ``"Thường trực HĐND họp"`` opens a sentence.
    """
    return opens_as(text, "contact") and bool(_contact().match(text))


@cache
def _contact() -> re.Pattern[str]:
    words = alternation(vocabulary("boilerplate")["contact"])
    return re.compile(
        rf"\W*{words}(?:(?: [^\W\d_]+){{0,4}}(?:\s*\([^()]*\))?\s*[:：]|"
        r"\W*(?:số\s+\d|[(+]?\d[\d .()-]{6,}))",
        re.IGNORECASE,
    )


def is_fields(text: str) -> bool:
    """Whether a line is a row of fields: ``"Người hỏi: Lê Na | Email: … | Ngày trả lời: …"``."""
    return (
        len(text) <= 250
        and text.count(":") >= 2
        and is_head_field(text)
        and not is_contact(text)
        and bool(_FIELD.search(text))
    )


_FIELD = re.compile(r"[|;–-]\s*[^\W\d_](?:\w| ){1,25}:")


def is_head_field(text: str) -> bool:
    """Whether a line between title and text says where and by whom it was filed."""
    return bool(_head_field().match(text))


@cache
def _head_field() -> re.Pattern[str]:
    words = alternation(vocabulary("boilerplate")["head field"])
    return re.compile(rf"\W*{words}\s*(?::|\b(?<=bởi|.by)\b)", re.IGNORECASE)


def is_notice(text: str) -> bool:
    """Whether a line opens as the notices at a site's foot do: ``"Giấy phép số…"``, ``"©"``."""
    if len(text) > 500:
        return False
    return opens_as(text, "legal") or bool(_licence().match(text))


def is_stamp(text: str) -> bool:
    """Whether a line says when and by whom a page was posted: ``"Đăng lúc: Thứ ba - 4/12…"``."""
    return bool(_stamp().match(text))


@cache
def _stamp() -> re.Pattern[str]:
    words = alternation(vocabulary("boilerplate")["stamp"])
    read = r"(?:(?:số )?lượt (?:xem|đọc|truy cập)\s*:?\s*[\d.,]+)?"
    return re.compile(rf"\W*{read}\W*{words}\s*:\s*(?:thứ|chủ nhật|ngày|lúc|\d)", re.IGNORECASE)


@cache
def _licence() -> re.Pattern[str]:
    paper = r"(?:Báo|Đài|Cổng|Trang|Tạp chí)(?: [^\s.,;:|–-]+){1,9}\s*[|–-]\s*"
    return re.compile(rf"(?:{paper})?(?:Giấy phép|GP)(?: ICP)?\s*(?:số)?\s*:?\s*\d", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether a line is the page's own address and no more: ``"Link bài viết: http://…"``."""
    return "/" in text and bool(_address().fullmatch(text))


@cache
def _address() -> re.Pattern[str]:
    words = alternation(vocabulary("boilerplate")["address"])
    whole = r"(?:https?://|www\.)\S+"
    short = r"(?:[\w-]+\.){1,4}[a-z]{2,5}/\S*"  # behind a label alone
    return re.compile(rf"\W*(?:{whole}|{words}\s*[:;-]?\s*(?:{whole}|{short}))", re.IGNORECASE)
