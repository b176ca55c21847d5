"""The areas above a body's place, before a person: "xã Quảng Trực, huyện Tuy Đức | Điểu Đớt"."""

from __future__ import annotations

import re

from newsextract.letters import BLANKS, GAP, UPPER
from newsextract.reach import LOCAL, Reach
from newsextract.vocabulary import alternation

_LEVEL = re.compile(rf",{BLANKS}(?i:{alternation(sorted(LOCAL))})(?={GAP}[{UPPER}\d])")
_BRACKET = re.compile(rf"{GAP}\([{UPPER}t][^()\n]{{2,40}}\)")
_WINDOW = 120  # characters: three areas with their marks


def areas_end(text: str, at: int) -> int:
    """Where the areas end that follow ``at`` behind commas; ``at`` unless a person stands next."""
    if not text.startswith(",", at):
        return at
    window = text[at : at + _WINDOW]
    lower = window.lower()
    end = 0
    while (m := _LEVEL.match(window, end)) and len(lower) == len(window):
        reach = Reach(window, lower, m.end(), "")
        if not reach.take_area(m.end()) or reach.end == m.end():
            return at
        end = reach.end
    seat = _BRACKET.match(window, end)  # "xã Ngọc Vân, huyện Tân Yên (Bắc Giang) Dương Ngô Khoát"
    behind = seat.end() if seat else end
    return at + end if end and reach.person_at(behind, long=seat is not None) else at
