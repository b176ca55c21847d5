"""The lines of a page, weighed: where prose stands, which boxes stand apart, which lists close.

Prose weighs for an element, links, menus and lists of other articles weigh against it. A box is
known by its name, by being hidden, or by the heading it opens with (``"Tin liên quan"``).
"""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

from newsextract.cards import CARDS, find_cards, has_headline
from newsextract.clues import (
    APART,
    BODY,
    LONGEST_OPENER,
    RELATED,
    fold,
    is_noise,
    is_talk,
    opens_list,
)
from newsextract.layout import Layout, Line
from newsextract.metadata import Metadata
from newsextract.notices import is_address, is_contact, is_fields, is_notice, is_stamp

_PROSE = 70  # characters outside links from which a line counts as a paragraph
_SENTENCE = 35  # the same, where it ends as a sentence does
_ENDS = (".", "!", "?", "…", ".”", '."', ":", ";", "”", ".)")
_MINOR = 0.4  # a box may be dropped for its name only below this share of the page's prose
_PROBE = 0.5  # of the best weight: from there a site's own selector for the body is believed
_HEAD_LINES = 4  # that title, date and section take above a text
_TAB = 30  # characters that the label of a tab stays below
_N = TypeVar("_N", int, float)
_QUOTE = 4  # elements that an aside with one quotation holds at most
_APART_TAGS = frozenset(("nav", "footer", "aside", "label", "option"))


def is_prose(line: Line) -> bool:
    """Whether a line reads as a paragraph: long enough outside links, or a sentence."""
    plain = len(line.text) - line.linked
    if plain < _SENTENCE or line.linked > 0.45 * len(line.text):
        return False
    return plain >= _PROSE or line.text.endswith(_ENDS)


def _is_filed(text: str) -> bool:
    """Whether a line says when, where or by whom the page was filed."""
    return is_stamp(text) or is_fields(text) or is_address(text)


class Survey:
    """What is known of a page before anything is chosen.

    Of each line: whether it is ``prose``, stands in a ``closed`` list, or is ``repeated`` on the
    site; ``cards`` are the lines that sum up other articles. Of each element: its clues (``bits``),
    the ``mass`` of prose in it, in characters, and whether it stands ``apart``. ``meta`` is what
    the head claims, ``address`` where the page stood, if known.
    """

    def __init__(
        self, layout: Layout, meta: Metadata, repeated: frozenset[str] = frozenset()
    ) -> None:
        self.layout = layout
        self.meta = meta
        self.address = meta.canonical
        self.site_names = frozenset(fold(n) for n in meta.site_names)
        lines = layout.lines
        self.prose = [
            len(x.text) >= _SENTENCE and is_prose(x) and not (":" in x.text and _is_filed(x.text))
            for x in lines
        ]
        self.bits = list(layout.bits)
        for e, known in layout.known.items():
            # Some sites name their lead among what is to be removed from the text.
            self.bits[e] |= known & ~RELATED or known
        mass = [0] * len(layout.tags)
        for line, prose in zip(lines, self.prose, strict=True):
            if prose:
                mass[line.block] += len(line.text) - line.linked
        self.mass = self.summed(mass)
        self.apart = self._find_apart()
        self.closed = self._find_closed()
        self.repeated = (
            [line.text in repeated for line in lines] if repeated else [False] * len(lines)
        )
        self.cards = find_cards(layout, self.bits, self.prose)

    def summed(self, own: list[_N]) -> list[_N]:
        """``own``, a number of each element, with all that its descendants hold; in place."""
        parents = self.layout.parents
        for e in range(len(own) - 1, 0, -1):
            if own[e]:
                own[parents[e]] += own[e]
        return own

    def is_aside(self, i: int) -> bool:
        """Whether line ``i`` stands in a list of other articles, in talk or in a box apart."""
        return self.closed[i] or self.apart[self.layout.lines[i].block]

    def _find_apart(self) -> list[bool]:
        layout, bits, mass = self.layout, self.bits, self.mass
        most = _MINOR * mass[0]
        apart = [False] * len(bits)
        boxes = [
            e
            for e, (own, tag, attributes) in enumerate(
                zip(bits, layout.tags, layout.attributes, strict=True)
            )
            if own & APART
            or tag in _APART_TAGS
            or (
                attributes
                and ("style" in attributes or "hidden" in attributes)
                and _is_hidden(attributes)
            )
        ]
        end = 0  # of the last box found; what it holds is numbered right behind it
        for e in boxes:
            if e < end or (layout.tags[e] == "aside" and self._is_quote(e)):
                continue
            own = bits[e]
            named = own & BODY and not own & RELATED and mass[e] > most / 4
            if mass[e] <= most and not named:
                end = layout.ends[e]
                apart[e:end] = [True] * (end - e)
        return apart

    def _is_quote(self, aside: int) -> bool:
        """Whether an ``aside`` holds words pulled out of the text, which are the article's."""
        if "quote" in self.layout.names[aside].lower():
            return True
        small = range(aside, min(self.layout.ends[aside], aside + _QUOTE))
        return not self._quoted.isdisjoint(small)

    @cached_property
    def _quoted(self) -> frozenset[int]:
        """The blocks of prose that opens with a quotation mark."""
        lines = zip(self.layout.lines, self.prose, strict=True)
        return frozenset(x.block for x, prose in lines if prose and x.text[0] in '“"‘')

    def _find_closed(self) -> list[bool]:
        """Lines of lists of other articles and of comments, told by the heading before them.

        A heading that opens a box closes the box; one that stands free closes what follows, until
        prose resumes in a place where it stood before, or proves to be the page's bulk.
        """
        parents, lines = self.layout.parents, self.layout.lines
        homes: set[int] = set()
        closed = [False] * len(lines)
        shut, end, opener, held = False, 0, 0, 0
        for i, line in enumerate(lines):
            if len(line.text) <= LONGEST_OPENER and opens_list(line.text) and not self._is_tab(i):
                end = max(end, self._box_end(i) if i >= end else 0)
                opener = opener if shut else i
                shut = shut or (end <= i + 1 and bool(homes))
            elif self.prose[i] and not self.apart[line.block] and i >= end:
                home = parents[line.block]
                if shut and home in homes:
                    shut = False
                elif shut and self.mass[home] > 1.5 * held:
                    shut = False
                    head = self._head_of(i, max(end, opener + 1))
                    closed[head:i] = [False] * (i - head)
                if not shut:
                    homes.add(home)
                    held += len(line.text)
            closed[i] = shut or i < end
            if i and self.layout.tags[line.first] == "label" and not self.prose[i]:  # of a poll
                closed[i] = True
                closed[i - 1] |= lines[i - 1].text.endswith("?")
        return closed

    def _is_tab(self, i: int) -> bool:
        """Whether line ``i`` is one of some short links in a row, which heads nothing."""
        if not i or not self.layout.lines[i].is_link:
            return False
        line, before = self.layout.lines[i], self.layout.lines[i - 1]
        tags, parents = self.layout.tags, self.layout.parents
        return (
            before.is_link
            and len(before.text) <= _TAB
            and parents[line.block] == parents[before.block]
            and tags[line.block] == tags[before.block]
        )

    def _head_of(self, i: int, least: int) -> int:
        """The first of the few lines without links before the text that begins at line ``i``.

        Title and date stand there, though a list ends above or a section is called like one.
        """
        first = i
        while first > max(least, i - _HEAD_LINES) and not self.layout.lines[first - 1].linked:
            first -= 1
        return first

    def _box_end(self, i: int) -> int:
        """The number behind the last line of the box that line ``i`` heads."""
        lines, inside = self.layout.lines, self.layout.inside
        most = _MINOR * self.mass[0]
        talk = is_talk(lines[i].text)
        end = i + 1
        for e in self.layout.ancestors(lines[i].block):
            if i and inside(lines[i - 1].block, e):
                break
            behind, last = end, self.layout.ends[e]
            while behind < len(lines) and e <= lines[behind].block < last:
                behind += 1
            if self.mass[e] > most and not self._is_list(range(i + 1, behind)):
                break
            if talk or any(x.is_link for x in lines[i + 1 : behind]):
                end = behind
        return end

    def _is_list(self, inside: range) -> bool:
        """Whether of the lines ``inside`` a box every paragraph sums up a headline with a link."""
        prose = [i for i in inside if self.prose[i]]
        return len(prose) >= CARDS and all(
            has_headline(self.layout, self.bits, max(0, i - 2), i) for i in prose
        )

    def _weight(self, i: int, line: Line) -> float:
        """What ``line``, number ``i``, says for (above 0) or against its element being the body."""
        size = len(line.text)
        if self.is_aside(i) or self.repeated[i] or i in self.cards:
            return -5 - min(size, 100) * 0.3
        if line.is_link:
            return -8 - min(line.linked, 80) * 0.6
        if self.prose[i]:
            odd = is_noise(line.text) or is_notice(line.text)
            odd = odd or (size < 200 and is_contact(line.text))
            return -30 if odd else min(size - line.linked, 600)
        return -2.0 if size < 25 else 0.0

    def container(self) -> int:
        """The element whose lines weigh most, the innermost of equals."""
        layout = self.layout
        score = [0.0] * len(layout.tags)
        for i, line in enumerate(layout.lines):
            score[line.block] += self._weight(i, line)
        self.summed(score)
        best = max(score)
        for e, known in layout.known.items():
            if known & BODY and score[e] > _PROBE * best:
                return e
        return len(score) - 1 - score[::-1].index(best)


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    style = attributes.get("style") or ""
    if ":" in style:
        said = style.replace(" ", "").lower()
        if "display:none" in said or "visibility:hidden" in said:
            return True
    return "hidden" in attributes
