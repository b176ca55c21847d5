"""Data tables inside a text: the cells of one row as one line."""

from __future__ import annotations

from newsextract.layout import Layout, Line
from newsextract.model import Role

_CELL = 200  # characters that a cell of figures and names stays below


def cells_of_rows(layout: Layout, home: int, lines: list[int]) -> frozenset[int]:
    """Those of ``lines`` that are cells of a data table inside ``home``."""
    return frozenset(i for cells in _rows(layout, home, lines).values() for i in cells)


def with_rows(layout: Layout, home: int, lines: list[tuple[int, Role]]) -> list[tuple[int, Role]]:
    """``lines`` with each row of a data table as one, ``"Huyện A | 12/15 | 80%"``.

    A table is data where two of its rows or more hold several short cells; one that only places
    text keeps its paragraphs. The merged lines are appended to ``layout.lines``.
    """
    data = _rows(layout, home, [i for i, role in lines if role != "caption"])
    if not data:
        return lines
    first = {cells[0]: row for row, cells in data.items()}
    inner = {i for cells in data.values() for i in cells}
    merged: list[tuple[int, Role]] = []
    for i, role in lines:
        if i in first:
            merged.append((_merge(layout, first[i], data[first[i]]), "table_row"))
        elif i not in inner:
            merged.append((i, role))
    return merged


def _rows(layout: Layout, home: int, lines: list[int]) -> dict[int, list[int]]:
    """The cells of each row of data among ``lines``; empty where there are not two rows."""
    rows: dict[int, list[int]] = {}
    for i in lines:
        if (row := _row_of(layout, home, i)) >= 0:
            rows.setdefault(row, []).append(i)
    data = {row: cells for row, cells in rows.items() if _is_data(layout, cells)}
    return data if len(data) > 1 else {}


def _row_of(layout: Layout, home: int, i: int) -> int:
    block = layout.lines[i].block
    if layout.parents[block] == home:
        return -1  # as most paragraphs stand
    chain = layout.ancestors(block, home)
    return next((e for e in chain if layout.tags[e] == "tr"), -1)


def _is_data(layout: Layout, cells: list[int]) -> bool:
    return len(cells) > 1 and all(len(layout.lines[i].text) <= _CELL for i in cells)


def _merge(layout: Layout, row: int, cells: list[int]) -> int:
    lines = layout.lines
    text = " | ".join(lines[i].text for i in cells)
    lines.append(Line(text, row, lines[cells[0]].first, lines[cells[-1]].last, 0))
    return len(lines) - 1
