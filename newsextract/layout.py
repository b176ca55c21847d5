"""A parsed page as flat lists: its elements, and its lines of text in reading order.

``page`` fills it in one walk of the parsed tree; everything that judges a page reads it. Elements
are numbered in document order, so an element's parent always has a smaller number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


class Line:
    """The text between two block boundaries, white space folded.

    ``block`` is the nearest block element, ``first`` and ``last`` the parents of the first and last
    piece of text, ``linked`` the number of characters that stand in links.
    """

    __slots__ = ("block", "first", "last", "linked", "text")

    def __init__(self, text: str, block: int, first: int, last: int, linked: int) -> None:
        self.text = text
        self.block = block
        self.first = first
        self.last = last
        self.linked = linked

    @property
    def is_link(self) -> bool:
        """Whether links hold most of the text."""
        return self.linked > 0.6 * len(self.text)

    def __repr__(self) -> str:
        return f"Line({self.text!r}, block={self.block}, linked={self.linked})"


@dataclass(slots=True)
class Layout:
    """The elements of a page in parallel lists, its lines, images and head.

    ``ends`` is the number behind the last element that each holds, ``names`` its class and id,
    ``bits`` what they say of it; ``images`` holds
    ``(number of lines before it, element)`` for each picture; ``meta`` is
    ``(lower-cased name, content)`` in page order; ``json_ld`` the text of each script; ``known``
    the clues that a site's own selectors give of elements; ``players`` and ``passwords`` count
    videos or frames, and fields for a password.
    """

    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    bits: list[int] = field(default_factory=list)
    attributes: list[dict[str, str | None]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    images: list[tuple[int, int]] = field(default_factory=list)
    meta: list[tuple[str, str]] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)
    known: dict[int, int] = field(default_factory=dict)
    title: str = ""
    players: int = 0
    passwords: int = 0
    canonical: str | None = None

    def ancestors(self, element: int, stop: int = -1) -> Iterator[int]:
        """``element`` and what holds it, outwards, as far as ``stop`` (left out)."""
        while element >= 0 and element != stop:
            yield element
            element = self.parents[element]

    def is_called(self, line: Line, names: re.Pattern[str]) -> bool:
        """Whether a class or id of a line's block or of its first piece holds one of ``names``."""
        return any(names.search(self.names[e]) for e in (line.first, line.block) if self.names[e])

    def holder(self, i: int) -> int:
        """The element around the block of line ``i``."""
        return self.parents[self.lines[i].block]

    def kind(self, element: int) -> tuple[str, str]:
        """An element's tag and names: those of one kind are set alike."""
        return self.tags[element], self.names[element]

    def series(self, element: int) -> tuple[int, str, str]:
        """What elements of one kind side by side share: what holds them, their tag and names."""
        return self.parents[element], self.tags[element], self.names[element]

    def inside(self, element: int, container: int) -> bool:
        """Whether ``container`` is ``element`` or holds it."""
        return container <= element < self.ends[container]

    def paths(self, elements: Iterable[int]) -> dict[int, str]:
        """The place of each of ``elements`` as an XPath: ``html/body/div[2]/p[3]``."""
        parents, tags = self.parents, self.tags
        chain: set[int] = set()
        for e in elements:
            while e >= 0 and e not in chain:
                chain.add(e)
                e = parents[e]
        found: dict[int, str] = {-1: ""}
        for holder, last in {parents[e]: e for e in sorted(chain)}.items():
            above = f"{found[holder]}/" if holder >= 0 else ""
            count: dict[str, int] = {}
            child = holder + 1
            while child <= last:
                tag = tags[child]
                count[tag] = place = count.get(tag, 0) + 1
                if child in chain:
                    step = tag if tag in ("html", "body") else f"{tag}[{place}]"
                    found[child] = above + step
                child = self.ends[child]
        return found


def is_event(layout: Layout, i: int) -> bool:
    """Whether line ``i`` says when a meeting is, and the next one where: no date of the page."""
    lines = layout.lines
    return (
        lines[i].text.startswith("Thời gian")
        and i + 1 < len(lines)
        and lines[i + 1].text.startswith("Địa điểm")
    )
