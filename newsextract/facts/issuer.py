"""Who issued a document, as the reference names it: "của Bộ trưởng Bộ Y tế"."""

from __future__ import annotations

import re
from functools import cache

from newsextract.vocabulary import LETTER, UPPER, alternation, vocabulary

_PROPER = rf"[{UPPER}][{LETTER}0-9&.'’]*(?<![.])"
# These open a new phrase even with a capital: "của UBND tỉnh Về việc…", "của Chính phủ Quy định".
_OPENERS = ("Về", "Ban hành", "Phê", "Sửa", "Bổ sung", "V/v", "Khóa", "Khoá", "Ngày", "Số")


@cache
def _issuer() -> re.Pattern[str]:
    words = vocabulary("issuers")
    types = vocabulary("documents")
    heads = [*words["body"], *words["post"]]
    first = alternation({*heads, *(h.lower() for h in heads if " " in h or h.istitle())})
    stop = alternation([*_OPENERS, *types["noun"], *types["verb"], *types["strict"]])
    edge = rf"(?![{LETTER}0-9])"
    field = alternation([*words["field"], *words["body"], *words["post"]])
    level = alternation(words["level"])
    more = (
        rf"[^\S\n]+(?!{stop}{edge})"
        rf"(?:{field}{edge}|{level}{edge}|{_PROPER}{edge}|[0-9]{{1,3}}(?![0-9/.,%-])(?=[^\S\n]*[,;.)]))"
        rf"|[^\S\n]?[-–][^\S\n]?(?={_PROPER}){field}{edge}"
    )
    place = rf"(?:tỉnh|thành phố|huyện|thị xã|trung ương|ngành){edge}"
    return re.compile(rf"(?:(?>{first}){edge}|{place})(?:{more})*+")


@cache
def _surname() -> re.Pattern[str]:
    names = alternation(
        (
            "Nguyễn",
            "Trần",
            "Lê",
            "Phạm",
            "Hoàng",
            "Huỳnh",
            "Phan",
            "Vũ",
            "Võ",
            "Đặng",
            "Bùi",
            "Đỗ",
            "Hồ",
            "Ngô",
            "Dương",
            "Lý",
        )
    )
    return re.compile(rf"(?<![{LETTER}]){names}(?:[^\S\n]+{_PROPER}){{1,3}}(?![{LETTER}])")


def read_issuer(text: str, at: int) -> tuple[str, int] | None:
    """The issuer named at ``at`` and where the name ends; None where no body or post stands.

    A post that a person's name follows ("của Thủ tướng Nguyễn …") is an official's mention and is
    left to it.
    """
    found = _issuer().match(text, at)
    if found is None:
        return None
    return " ".join(found.group().split()), found.end()
