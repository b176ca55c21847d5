"""How a line is set: in bold or italics, as a heading, to the right or in the middle."""

from __future__ import annotations

import re
from functools import lru_cache

from newsextract.clues import AUTHOR
from newsextract.layout import Layout, Line
from newsextract.letters import lowered

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BOLD = HEADINGS | {"b", "strong", "th"}
SLANTED = frozenset(("i", "em"))


def all_in(layout: Layout, line: Line, tags: frozenset[str]) -> bool:
    """Whether a line begins and ends inside elements of ``tags``, no higher than its block."""
    return all(
        any(layout.tags[e] in tags for e in _upwards(layout, piece, line.block))
        for piece in (line.first, line.last)
    )


def _upwards(layout: Layout, element: int, block: int) -> list[int]:
    chain = []
    for e in layout.ancestors(element):
        chain.append(e)
        if e <= block:
            break
    return chain


def aligned(layout: Layout, line: Line, home: int) -> str:
    """``right`` or ``center`` where an element inside ``home`` sets a line so, else empty."""
    for e in layout.ancestors(line.first, home):
        attributes = layout.attributes[e]
        style = (attributes.get("style") or "").lower().replace(" ", "")
        for side in ("right", "center"):
            if f"text-align:{side}" in style or (attributes.get("align") or "").lower() == side:
                return side
        if (name := layout.names[e]) and (side := _side(name)):
            return side
    return ""


@lru_cache(maxsize=1024)
def _side(name: str) -> str:
    """The side that a class of a framework or an editor sets text to: ``"text-end"``."""
    match = _SET.search(name)
    return _SIDES[lowered(match[1])] if match else ""


_SIDES = {"right": "right", "end": "right", "center": "center"}
_SET = re.compile(
    r"(?<![a-z-])(?:(?:has-)?text(?:-align)?|align|ql-align|rte|ms-rteAlign)-?(right|end|center)(?![\w-])",
    re.IGNORECASE,
)


_PICTURED = re.compile(r"photo|image|picture|(?<![a-z])(?:img|anh|pic)(?![a-z])", re.IGNORECASE)


def is_credit(layout: Layout, i: int) -> bool:
    """Whether short line ``i`` names who took a picture: in its figure, or in a box called so."""
    line = layout.lines[i]
    if len(line.text) > 80:
        return False
    near = (line.first, line.block, layout.holder(i))
    return any(
        layout.tags[e] == "figure"
        or (layout.bits[e] & AUTHOR and _PICTURED.search(layout.names[e]))
        for e in near
    )


_FONT = re.compile(r"font-size:(\d{1,3})(?:\.\d+)?(px|pt)")
_STEPS = {
    "1": 10,
    "2": 13,
    "3": 16,
    "4": 18,
    "5": 24,
    "6": 32,
    "7": 48,
    "+1": 18,
    "+2": 24,
    "+3": 32,
}


def size_of(layout: Layout, line: Line) -> int:
    """The pixels of the letters of a line as its own elements set them, 16 where none does."""
    for e in _upwards(layout, line.first, line.block):
        attributes = layout.attributes[e]
        if (style := attributes.get("style")) and (
            match := _FONT.search(style.lower().replace(" ", ""))
        ):
            return int(match[1]) * 4 // 3 if match[2] == "pt" else int(match[1])
        if layout.tags[e] == "font" and (pixels := _STEPS.get(attributes.get("size") or "")):
            return pixels
    return 16
