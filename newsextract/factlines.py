"""The facts of many articles as a database takes them: rows by columns, or lines of a COPY."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from types import NoneType
from typing import Any

from newsextract.exchange import encode
from newsextract.factrows import Shape, short_row
from newsextract.flat import FACT, is_sound, sound
from newsextract.model import Result

Rows = list[tuple[Shape, list[Any]]]


_TOGETHER = 1000  # a statement is soon worth its while, and the rows before it are free again


def _without_titles(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(c for c in columns if c != "titles")  # they have a table of their own


class FactRows:
    """The rows of the facts of articles (by key), made as they are asked for, and once.

    ``titles``, the rows of ``official_title``, are whole when all was asked for.
    """

    columns = _without_titles(FACT)

    def __init__(self, results: Iterable[tuple[str, Result]]) -> None:
        self._results = results
        self.titles: list[tuple[str, int, int, str]] = []

    def groups(self) -> Iterator[tuple[tuple[str, ...], list[list[Any]]]]:
        """The rows, some hundred at a time, put together by the columns that they fill."""
        groups: dict[tuple[str, ...], list[list[Any]]] = {}
        for rows in self._by_article():
            for shape, row in rows:
                if shape.titles is not None:
                    del row[shape.titles]
                group = groups.setdefault(shape.columns, [])
                group.append(row)
                if len(group) == _TOGETHER:
                    yield _without_titles(shape.columns), groups.pop(shape.columns)
        for columns, group in groups.items():
            yield _without_titles(columns), group

    def lines(self) -> Iterator[str]:
        """The rows of ``columns`` as text of PostgreSQL's COPY, article by article.

        ``%`` makes a line faster than an escape of each cell. Only where a line has more of the
        characters that COPY knows than its form has a cell such a one.
        """
        for rows in self._by_article():
            forms = [_form(shape) if shape.fits else _form_of(shape, row) for shape, row in rows]
            made = [form % tuple(row) for form, (_, row) in zip(forms, rows, strict=True)]
            lines, plain = "".join(made), "".join(forms)
            if all(lines.count(mark) == plain.count(mark) for mark in _MARKS):
                yield lines
                continue
            for line, form, (_, row) in zip(made, forms, rows, strict=True):
                is_plain = all(line.count(mark) == form.count(mark) for mark in _MARKS)
                yield line if is_plain else form % tuple(map(_escaped, row))

    def _by_article(self) -> Iterator[Rows]:
        for key, result in self._results:
            text = result.article.text if result.article else ""
            clean = text != "" and is_sound(text)  # then so are its facts, which are parts of it
            rows = [short_row(key, n, fact) for n, fact in enumerate(result.facts)]
            for n, (shape, row) in enumerate(rows):
                if shape.titles is not None and row[shape.titles]:
                    titles = row[shape.titles] if clean else sound(list(row[shape.titles]))
                    self.titles += [(key, n, i, title) for i, title in enumerate(titles)]
                if not shape.fits and row[-1] is not None:
                    row[-1] = encode(row[-1])
            yield rows if clean else [(shape, sound(row)) for shape, row in rows]


@cache
def _form(shape: Shape) -> str:
    return _template(shape.columns, shape.types)


def _form_of(shape: Shape, row: list[Any]) -> str:
    return _template(shape.columns, tuple(map(type, row)))


def _template(columns: tuple[str, ...], types: tuple[type[Any], ...]) -> str:
    """A line of all ``FactRows.columns`` for short rows: ``\\N`` where there is nothing."""
    form = dict.fromkeys(columns, "%s")
    form |= {c: "\\N%.0s" for c, kind in zip(columns, types, strict=True) if kind is NoneType}
    cells = [form.get(name, "\\N") for name in FactRows.columns]
    if "titles" in columns:
        cells[_BEFORE_TITLES] += "%.0s"  # takes the cell and prints nothing
    return "\t".join(cells) + "\n"


_BEFORE_TITLES = FACT.index("titles") - 1
_MARKS = "\\\t\n\r"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _escaped(cell: Any) -> Any:
    return cell.translate(_ESCAPES) if isinstance(cell, str) else cell
