"""Photo stories: paragraphs printed once for each width of screen, captions that are the text."""

from __future__ import annotations

from newsextract.layout import Layout
from newsextract.model import Role

Lines = list[tuple[int, Role]]


def without_repeats(layout: Layout, lead: list[int], lines: Lines, cells: frozenset[int]) -> Lines:
    """``lines`` without those that say again what the ``lead`` or a line before says.

    The ``cells`` of a table may: a schedule has the same meeting on two days.
    """
    seen = {layout.lines[i].text for i in lead}
    once: Lines = []
    for i, role in lines:
        text = layout.lines[i].text
        if text not in seen or i in cells:
            once.append((i, role))
        if len(text) >= 60:
            seen.add(text)
    return once


def as_photo_story(layout: Layout, lines: Lines) -> Lines:
    """``lines`` with long captions as paragraphs, where captions hold most of the words."""
    size = {"caption": 0, "text": 0}
    for i, role in lines:
        size["caption" if role == "caption" else "text"] += len(layout.lines[i].text)
    if size["caption"] <= 2 * size["text"]:
        return lines
    return [
        (i, "paragraph" if role == "caption" and len(layout.lines[i].text) > 80 else role)
        for i, role in lines
    ]
