"""Aligned, coloured tables for a terminal; plain and untruncated where the output is a pipe."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

# One colour a kind (ANSI foreground), chosen to read on dark and on light backgrounds.
_COLOUR = {
    "ratio": 34,
    "count": 32,
    "percent": 35,
    "money": 33,
    "measure": 36,
    "official": 31,
    "document": 95,
    "date": 94,
}
_GAP = "  "


def width_of(text: str) -> int:
    """How many columns a terminal gives ``text``: marks none, East Asian wide letters two."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.category(c) in ("Mn", "Me", "Cf") for c in text)


def clip(text: str, width: int) -> str:
    """``text`` in at most ``width`` columns, cut with an ellipsis, never inside a letter."""
    if width_of(text) <= width:
        return text
    kept = ""
    for char in unicodedata.normalize("NFC", text):
        if width_of(kept + char) > width - 1:
            break
        kept += char
    return kept + "…"


def clean(text: str) -> str:
    """``text`` on one line, with control characters shown instead of obeyed."""
    return "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))


@dataclass(frozen=True, slots=True)
class Screen:
    """What is written to: its width in columns (None where it is no terminal), and colour."""

    width: int | None = None
    colour: bool = False

    @classmethod
    def of(cls, stream: TextIO | None) -> Screen:
        """The screen behind ``stream``; NO_COLOR is respected (https://no-color.org)."""
        if stream is None or not stream.isatty():
            return cls()
        return cls(shutil.get_terminal_size().columns, not os.environ.get("NO_COLOR"))

    def paint(self, text: str, kind: str) -> str:
        """``text`` in the colour of ``kind``."""
        code = _COLOUR.get(kind)
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and code else text

    def bold(self, text: str) -> str:
        """``text`` on one line, heavier where the screen can."""
        return f"\x1b[1m{self.clean(text)}\x1b[0m" if self.colour else self.clean(text)

    def clean(self, text: str) -> str:
        """``text`` on one line of this screen."""
        line = clean(text)
        return line if self.width is None else clip(line, self.width)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], screen: Screen) -> str:
    """Rows under ``head``, each column as wide as it needs.

    On a terminal the widest columns give way until the line fits; elsewhere nothing is cut. The
    first column is painted by the kind it names.
    """
    cells = [[clean(c) for c in row] for row in rows]
    sizes = [max(width_of(c) for c in column) for column in zip(head, *cells, strict=True)]
    if screen.width is not None:
        sizes = _fit(sizes, screen.width - len(_GAP) * (len(sizes) - 1))
    head_line = _line(head, sizes)
    lines = [f"\x1b[1m{head_line}\x1b[0m" if screen.colour else head_line]
    for row in cells:
        line = _line(row, sizes)
        first = min(len(row[0]), sizes[0])
        lines.append(screen.paint(line[:first], row[0]) + line[first:])
    return "\n".join(lines)


def _fit(sizes: list[int], room: int) -> list[int]:
    """Shave the widest columns to one common width; a column is never under 4."""
    sizes = list(sizes)
    while sum(sizes) > room and max(sizes) > 4:
        widest = max(sizes)
        over = sum(sizes) - room
        at = [i for i, s in enumerate(sizes) if s == widest]
        below = max((s for s in sizes if s < widest), default=4)
        step = max(1, min(widest - max(below, 4), -(-over // len(at))))
        for i in at:
            sizes[i] -= step
    return sizes


def _line(row: Sequence[str], sizes: list[int]) -> str:
    shown = [clip(c, s) for c, s in zip(row, sizes, strict=True)]
    padded = [c + " " * (s - width_of(c)) for c, s in zip(shown, sizes, strict=True)]
    return _GAP.join(padded).rstrip()
