"""The lines that sign a text: names at its end, and lines named for the writer anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsextract.byline import Byline, read_byline
from newsextract.clues import AUTHOR, is_noise
from newsextract.extent import Extent
from newsextract.looks import BOLD, SLANTED, aligned, all_in, is_credit
from newsextract.notices import is_contact
from newsextract.signing import is_signed, read_dated, read_employer, read_full_name, read_house
from newsextract.writers import is_lone

_NOTE = re.compile(r"\*|\(\*+\)")  # what is remarked below a signature
_LONGEST = 120  # characters of a line that signs

Signed = list[tuple[int, Byline]]
"""The numbers of lines that sign, in order, each with what it states."""


def signatures(extent: Extent, belongs: Callable[[int], bool]) -> Signed:
    """The lines that sign the text: at its end, one behind the other, or named so anywhere.

    ``belongs`` says whether a line behind the last paragraph is the text's; such a line ends them.
    """
    found: Signed = []
    office: Signed = []  # the line under a name that says whom he writes for
    ending, own = True, _own_end(extent)
    for i in reversed(extent.kept):
        text, behind = extent.text(i), i > extent.last
        ending = ending or i == own
        if is_noise(text) or (behind and is_contact(text)) or is_credit(extent.layout, i):
            continue
        named = bool(extent.bits(i) & AUTHOR)
        if len(text) > _LONGEST or not (ending or named or behind or i < extent.first):
            ending = False
            continue
        if byline := _byline(extent, i, named=named, ending=ending):
            if i == own and byline.author:
                found.clear()
            found[:0] = [(i, byline), *(office if byline.author else [])]
            office = []
        elif ending and behind and (employer := read_employer(text)):
            office = [(i, employer)]
        elif ending and behind and (house := _house(extent, i)):
            found.insert(0, (i, house))
        elif (not behind or belongs(i)) and not (ending and _NOTE.match(text)):
            ending = False
    return _without_listed(extent, found)


def _own_end(extent: Extent) -> int:
    """The last line of the text's own box: what stands in boxes below says nothing of it."""
    lines, own = extent.layout.lines, extent.last
    box = extent.layout.holder(own) if own >= 0 else -1
    while 0 < own + 1 < len(lines) and extent.layout.inside(lines[own + 1].block, box):
        own += 1
    return own


def _byline(extent: Extent, i: int, *, named: bool, ending: bool) -> Byline | None:
    """Who signs in line ``i``: with a label, or where its place or its element says so."""
    text = extent.text(i)
    byline = read_byline(text, bare=named or (ending and i >= extent.last - 1))
    if byline is None and ending and i > extent.last:
        byline = read_dated(text)
    if byline is None or (is_lone(byline.author) and not _is_set_apart(extent, i)):
        return None
    return byline if named or read_byline(text) or _may_sign(extent, i) else None


def _may_sign(extent: Extent, i: int) -> bool:
    """Whether names without a label sign the text: no document, no keyword below its box."""
    if is_signed(extent.above(i)):
        return False
    if extent.is_at_home(i) or _is_set_apart(extent, i):
        return True
    text = extent.text(i)
    return bool(read_full_name(text, dated=True) or read_dated(text))


def _is_set_apart(extent: Extent, i: int) -> bool:
    """Whether a line is set as a signature: to the right, in bold or in italics."""
    line = extent.layout.lines[i]
    return _is_right(extent, i) or all_in(extent.layout, line, BOLD | SLANTED)


def _is_right(extent: Extent, i: int) -> bool:
    return aligned(extent.layout, extent.layout.lines[i], extent.home) == "right"


def _house(extent: Extent, i: int) -> Byline | None:
    """What a line states that is set as a signature and names an office."""
    if not _is_set_apart(extent, i):
        return None
    return read_house(extent.text(i), right=_is_right(extent, i))


def _without_listed(extent: Extent, found: Signed) -> Signed:
    """``found`` without names that a line announces: ``"Danh sách khen thưởng:"``."""
    for i, _ in found:
        over = extent.above(i)
        if is_noise(over):
            continue
        if over.endswith(":") and i > extent.first and not read_byline(extent.text(i)):
            return found if read_byline(f"{over} {extent.text(i)}") else []
    return found
