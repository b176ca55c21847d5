"""How a line is set: in bold or italics, as a heading, to the right or in the middle."""

from __future__ import annotations

from newsextract.layout import Layout, Line

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
    return ""
