"""Elements and pieces of text, as they come in document order, become a ``Layout``.

A block element ends the line that is open; so does a date or a name that only its class sets apart,
as pages glue these and part them by style alone.
"""

from __future__ import annotations

import re
from itertools import accumulate

from newsextract.clues import AUTHOR, DATE, class_bits
from newsextract.layout import Layout, Line
from newsextract.model import single_spaced

_BLOCKS = frozenset(
    "html body address article aside blockquote caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main "
    "menu nav ol p pre section summary table tbody td tfoot th thead time tr ul".split()
)
_LABELS = frozenset(("span", "a", "label", "i", "em", "small", "font"))
_LABEL = DATE | AUTHOR
_LABEL_ROOM = 40  # characters before it on its line, beyond which a label is part of a sentence


Piece = tuple[int, int, str]
"""A piece of text: the elements that begin before it, the one that holds it, and the text.

As most pages hold thousands, it is a plain tuple, which is made 8 times faster than a named one.
"""
BREAK = "\n"
"""The text of a piece that stands for ``<br>``; a piece of text is never only white space."""


def fill(layout: Layout, pieces: list[Piece]) -> None:
    """Name the elements of ``layout`` and make lines of the ``pieces`` of text between them."""
    layout.names = [_name(attributes) if attributes else "" for attributes in layout.attributes]
    layout.bits = [class_bits(name) if name else 0 for name in layout.names]
    builder = _Builder(layout)
    for begun, parent, text in pieces:
        builder.begin(begun)
        if text == BREAK:
            builder.line_break()
        else:
            builder.text(text, parent)
    builder.begin(len(layout.tags))
    builder.flush()


class _Builder:
    """Makes lines of pieces of text that come in document order."""

    __slots__ = (
        "_at", "_first", "_home", "_last", "_linked", "_parts", "_pieces", "_shown", "layout",
    )  # fmt: skip

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        # Of each element: twice the number of its nearest block element, plus 1 inside a link.
        self._home: list[int] = [0]
        self._parts: list[Line] = []  # the open run, cut at each <br>
        self._pieces: list[str] = []
        self._shown: list[tuple[int, int]] = []  # pictures of the open run: (parts before, element)
        self._at = -1  # the block of the open run, or -1 where none is open
        self._first = self._last = -1
        self._linked = 0

    def begin(self, end: int) -> None:
        """Take note of the elements below number ``end``; a block element ends the open run."""
        home, layout = self._home, self.layout
        tags, parents, bits, attributes = (
            layout.tags,
            layout.parents,
            layout.bits,
            layout.attributes,
        )
        for e in range(len(home), end):
            tag = tags[e]
            above = home[parents[e]]
            if (
                tag in _BLOCKS
                or (bits[e] & _LABEL and tag in _LABELS and self._may_begin(above >> 1))
                or (tag == "span" and "style" in attributes[e] and _is_block(attributes[e]))
            ):
                if self._at >= 0:
                    self.flush()
                above = 2 * e + (above & 1)
            elif tag == "img":
                self._picture(e)
            if tag == "a" and ("href" in attributes[e] or _is_link(attributes[e])):
                above |= 1
            home.append(above)

    def _picture(self, e: int) -> None:
        opened = self._first >= 0
        if self._parts:
            self._shown.append((len(self._parts) + opened, e))
        else:
            self.layout.images.append((len(self.layout.lines) + opened, e))

    def _may_begin(self, block: int) -> bool:
        """A date or a name set apart by its class alone: pages glue them, styles part them."""
        return block != self._at or all(
            size < _LABEL_ROOM for size in accumulate(map(len, self._pieces))
        )

    def text(self, text: str, parent: int) -> None:
        """Add a piece of text to the open run, or begin one in another block."""
        home = self._home[parent]
        if home >> 1 != self._at:
            at = self._at
            if at >= 0 and not (self.layout.bits[at] & AUTHOR and self._opens(home >> 1)):
                self.flush()
            self._at = home >> 1
        if self._first < 0:
            self._first = parent
        elif self._first == self._last != parent and self._is_next(parent, text):
            self._cut()
            self._first = parent
        self._last = parent
        if home & 1:
            self._linked += len(text.strip())
        if "\n" in text and self.layout.tags[self._at] == "pre":
            *ended, text = text.split("\n")
            for line in ended:
                self._pieces.append(line)
                self._cut()
            self._first = self._last = parent
        self._pieces.append(text)

    def _opens(self, block: int) -> bool:
        """Whether what is open is the agency that opens a sentence of ``block``: ``"BPT -"``.

        Some pages set it as they set their writers.
        """
        if self._parts or self._home[self.layout.parents[self._at]] >> 1 != block:
            return False
        return bool(_AGENCY.fullmatch("".join(self._pieces)))

    def _is_next(self, parent: int, text: str) -> bool:
        """Whether ``text`` is a paragraph of its own, glued to the one that stands open.

        Some pages part paragraphs by the style of their ``span`` alone.
        """
        above = self.layout.parents
        if above[parent] != above[self._first] or not text[0].isupper():
            return False
        open_ = "".join(self._pieces)
        return len(open_) >= _LABEL_ROOM and bool(_ENDED.search(open_[-8:]))

    def line_break(self) -> None:
        """A ``<br>``; two in a row leave an empty part between."""
        if self._at >= 0:
            self._cut()

    def _cut(self) -> None:
        self._parts.append(self._line())

    def _line(self) -> Line:
        """What is open as a line, and nothing is open any more."""
        pieces = self._pieces
        text = single_spaced(pieces[0] if len(pieces) == 1 else "".join(pieces))
        line = Line(text, self._at, self._first, self._last, self._linked)
        pieces.clear()
        self._first = self._last = -1
        self._linked = 0
        return line

    def flush(self) -> None:
        """Close the open run: its text becomes one line, or several where a ``<br>`` ends one."""
        if self._parts:
            self._flush_parts()
        elif self._first >= 0 and (line := self._line()).text:
            self.layout.lines.append(line)
        self._at = -1

    def _flush_parts(self) -> None:
        parts, shown = self._parts, self._shown
        if self._first >= 0:
            self._cut()
        lines, begun = _joined(parts)
        before = len(self.layout.lines)
        self.layout.images += [(before + begun[at], e) for at, e in shown]
        self.layout.lines += lines
        shown.clear()
        parts.clear()


def _name(attributes: dict[str, str | None]) -> str:
    """All that names an element: its class, id and property, and what its link says of a writer."""
    name = attributes.get("class") or ""
    if len(attributes) == 1 and name:
        return name
    if "id" in attributes:
        name = f"{name} {attributes['id']}"
    if "itemprop" in attributes:
        name = f"{name} {attributes['itemprop']}"
    if href := attributes.get("href"):
        href = href.lower()
        # Plain searches first: they are 4 times faster than the pattern, and most links pass none.
        if "gia/" in href or "author" in href or "but-danh/" in href or "phong-vien/" in href:
            name = f"{name} author" if _AUTHOR_PAGE.search(href) else name
        if attributes.get("rel") == "author":
            name = f"{name} author"
    return name


def _is_link(attributes: dict[str, str | None]) -> bool:
    """Whether an ``a`` without address leads somewhere, by a script; one with a name is a place."""
    return not ("name" in attributes or "id" in attributes)


def _is_block(attributes: dict[str, str | None]) -> bool:
    style = attributes["style"] or ""
    return "block" in style and "display:block" in style.replace(" ", "").lower()


# The end of a sentence behind a whole word, which is no "TP." or "Q.".
_ENDED = re.compile(r"[^\W\d_A-Z]{2}[”\")]?[.!?…][”\")]?$")
_AGENCY = re.compile(r"\s*\(?\w[\w .]{1,15}\)?\s*[-–—]\s*")
_AUTHOR_PAGE = re.compile(r"/(?:tac-?gia|authors?|but-danh|phong-vien)/")


def _joined(parts: list[Line]) -> tuple[list[Line], list[int]]:
    """Lines of a run with ``<br>``: text that goes on in lower case was only wrapped.

    With how many lines begin before each part, and before the end.
    """
    lines: list[Line] = []
    begun: list[int] = []
    wrapped = False
    for part in parts:
        begun.append(len(lines))
        if not part.text:
            wrapped = False
        elif wrapped and _goes_on(part.text):
            last = lines[-1]
            text = f"{last.text} {part.text}"
            lines[-1] = Line(text, part.block, last.first, part.last, last.linked + part.linked)
        else:
            lines.append(part)
            wrapped = True
    begun.append(len(lines))
    return lines, begun


def _goes_on(text: str) -> bool:
    """Whether ``text`` continues the line above; ``"a) …"`` opens a point of a list."""
    return text[0] in ",.;:)" or (text[0].islower() and text[1:2] not in (")", "."))
