"""Aligned, coloured tables for a terminal; plain and untruncated where the output is a pipe."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

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


def paint(text: str, kind: str, *, colour: bool) -> str:
    """``text`` in the colour of ``kind``."""
    code = _COLOUR.get(kind)
    return f"\x1b[{code}m{text}\x1b[0m" if colour and code else text


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], *, width: int | None, colour: bool
) -> str:
    """Rows under ``head``, each column as wide as it needs.

    With a ``width`` (in columns) the widest columns give way until the line fits; with None
    nothing is cut. The first column is painted by the kind it names.
    """
    cells = [[clean(c) for c in row] for row in rows]
    sizes = [max(width_of(c) for c in column) for column in zip(head, *cells, strict=True)]
    if width is not None:
        sizes = _fit(sizes, width - len(_GAP) * (len(sizes) - 1))
    lines = [_line(head, sizes)]
    for row in cells:
        line = _line(row, sizes)
        lines.append(paint(row[0], row[0], colour=colour) + line[len(row[0]) :] if row else line)
    if colour:
        lines[0] = f"\x1b[1m{lines[0]}\x1b[0m"
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
