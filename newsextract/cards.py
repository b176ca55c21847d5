"""Cards: boxes with a linked headline of another article and, below it, a line that sums it up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from newsextract.clues import CHROME, is_noise
from newsextract.layout import Layout, Line

CARDS = 3
"""Boxes of headline and summary that make a list."""
_DEEP = 3  # boxes from a summary's own to the card's
_LINES = 5  # that such a box holds at most
_REACH = 4  # lines back from the summary to its headline: date and writer may stand between
_NEAR = 2  # the same, of a summary that is the only one
_HEADLINE = 15  # characters that a title has at least
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_QUOTED = frozenset(("blockquote", "li"))


def find_cards(layout: Layout, bits: Sequence[int], prose: Sequence[bool]) -> frozenset[int]:
    """Lines that sum up other articles, each in a box with a linked headline; many or none.

    ``bits`` are the clues of each element, ``prose`` says of each line whether it is a paragraph.
    """
    below = [
        i for i, told in enumerate(prose) if told and has_headline(layout, bits, i - _REACH, i)
    ]
    if not below:
        return _in_rows(layout, prose)
    cards = {i: card for i in below if (card := _card(layout, bits, i)) and _is_one(prose, card)}
    if len(set(cards.values())) >= CARDS:
        return frozenset((*cards, *_in_rows(layout, prose)))
    if rows := _in_rows(layout, prose):
        return rows
    lone = (i for i in cards if has_headline(layout, bits, i - _NEAR, i))
    return frozenset(i for i in lone if _is_quoted(layout, i, cards[i]))


def _in_rows(layout: Layout, prose: Sequence[bool]) -> frozenset[int]:
    """Lines that sum up other articles in one box, each right below a heading that is a link.

    Or each behind a linked headline that opens the line. Every paragraph of the box is one, and
    they are many.
    """
    lines, parents = layout.lines, layout.parents
    boxes: dict[int, list[int]] = {}
    for i, told in enumerate(prose):
        if told:
            boxes.setdefault(parents[lines[i].block], []).append(i)
    found: set[int] = set()
    for box, inside in boxes.items():
        if len(inside) >= CARDS and all(
            _is_headed(layout, i, box) or _opens_linked(layout, lines[i]) for i in inside
        ):
            found.update(inside)
    return frozenset(found)


def _is_headed(layout: Layout, i: int, box: int) -> bool:
    """Whether right above line ``i`` of ``box`` a heading of that box is a link."""
    above = layout.lines[i - 1]
    if not (i and is_linked_headline(above)):
        return False
    return layout.tags[above.block] in _HEADINGS and layout.parents[above.block] == box


def _opens_linked(layout: Layout, line: Line) -> bool:
    """Whether a link as long as a title opens a line."""
    if line.linked < _HEADLINE:
        return False
    return any(layout.tags[e] == "a" for e in layout.ancestors(line.first, line.block))


def _is_one(prose: Sequence[bool], card: range) -> bool:
    """Whether a ``card`` that is longer than most sums up one article."""
    return len(card) < _LINES or sum(prose[card.start : card.stop]) == 1


def has_headline(layout: Layout, bits: Sequence[int], first: int, behind: int) -> bool:
    """Whether one of the lines from ``first`` on, before ``behind``, is a linked headline.

    A row of buttons is none: ``"Chia sẻ Thích 29"``.
    """
    for line in layout.lines[max(0, first) : behind]:
        told = line.linked and is_linked_headline(line)
        if told and not (bits[line.block] & CHROME or is_noise(line.text)):
            return True
    return False


def is_linked_headline(line: Line) -> bool:
    """Whether a line is a link long enough to be the title of an article."""
    return len(line.text) >= _HEADLINE and line.is_link


def _card(layout: Layout, bits: Sequence[int], i: int) -> range:
    """The lines of the smallest box around line ``i`` that holds a linked headline too.

    Empty where that box is larger than a card.
    """
    lines, inside = layout.lines, layout.inside
    for e in islice(layout.ancestors(lines[i].block), _DEEP):
        first, behind = i, i + 1
        while first and behind - first <= _LINES and inside(lines[first - 1].block, e):
            first -= 1
        while behind < len(lines) and behind - first <= _LINES and inside(lines[behind].block, e):
            behind += 1
        if behind - first <= _LINES and has_headline(layout, bits, first, behind):
            return range(first, behind)
    return range(0)


def _is_quoted(layout: Layout, i: int, card: range) -> bool:
    """Whether a lone ``card`` of line ``i`` is a quotation or a row of two lines."""
    tags, block = layout.tags, layout.lines[i].block
    return len(card) == 2 and not _QUOTED.isdisjoint((tags[block], tags[layout.parents[block]]))
