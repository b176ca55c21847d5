"""A fact as a row of ``flat.FACT``, made as fast as Python can: stores write millions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any, NamedTuple

from newsextract.flat import DATE, FACT, FIELD_COLUMN, FLAG, NUMBER, VALUES
from newsextract.model import Fact

_HEAD = 9  # the columns that every fact has
_AT = {name: i for i, name in enumerate(FACT)}
INT64 = 1 << 63
"""The integers of a database are smaller."""
_MOST = Decimal(10) ** 28
_PLACES = Decimal("1e-9")


def fact_row(article_id: str, n: int, fact: Fact[Any]) -> list[Any]:
    """The ``FACT`` row of the ``n``-th fact of an article, numbers as ``int`` or ``Decimal``."""
    row = [None] * len(FACT)
    shape, short = short_row(article_id, n, fact)
    for column, cell in zip(shape.columns, short, strict=True):
        row[_AT[column]] = cell
    return row


def short_row(article_id: str, n: int, fact: Fact[Any]) -> tuple[Shape, list[Any]]:
    """The cells of a fact's row that its kind can fill, under the columns of its shape."""
    value = fact.value
    plan = _plan(value.__class__, fact.kind in VALUES)
    cells = plan.cells(value)
    signature = tuple(map(type, cells))
    shape = plan.shapes.get(signature) or _shape(plan, signature)
    start, end = fact.sentence
    row = [article_id, n, fact.kind, fact.start, fact.end, fact.text, fact.rule, start, end, *cells]
    for at in shape.numbers:
        if not _is_exact(row[at]):
            break
    else:
        if shape.fits:
            return shape, row
    row[_HEAD:] = _fitted(plan, value)
    return plan.other, row


def _fitted(plan: Plan, value: Any) -> list[Any]:
    """The cells of a value with what the columns cannot hold, whole, in ``extra``."""
    cells, extra = [], {}
    for name, fit in plan.fits:
        cell, exact = getattr(value, name), True
        if cell is not None:
            cell, exact = fit(cell)
        if not exact:
            extra[name] = getattr(value, name)
        cells.append(cell)
    extra |= {name: getattr(value, name) for name in plan.others}
    return [*cells, extra or None]


Fit = Callable[[Any], tuple[Any, bool]]


@dataclass(frozen=True, slots=True, eq=False)  # there is one object of each: a quick key
class Shape:
    """Rows of one class of value whose cells have the same types.

    ``columns`` are those that such a fact can fill, in the order of ``FACT``; ``types`` say which
    of its cells are None. ``numbers`` are the places to look at, ``titles`` that of an official's
    titles. ``fits`` is False where each cell must be fitted first: then ``extra`` is the last
    column, and ``types`` is empty, for they differ from row to row.
    """

    columns: tuple[str, ...]
    types: tuple[type[Any], ...]
    numbers: tuple[int, ...]
    titles: int | None
    fits: bool


class Plan(NamedTuple):
    """How the values of one class lie in the columns; facts of one kind and class share it.

    ``fits`` says what makes a cell of each field (and if it is exact), ``others`` are the fields
    for ``extra``. ``cells`` gives the fields that fit as they are, ``shapes`` the shape of the
    rows of such cells by their types; ``other`` is that of rows whose cells were fitted.
    """

    fits: tuple[tuple[str, Fit], ...]
    others: tuple[str, ...]
    cells: Callable[[Any], tuple[Any, ...]]
    columns: tuple[str, ...]
    shapes: dict[tuple[type[Any], ...], Shape]
    other: Shape


@cache
def _plan(value_type: Hashable, own: bool) -> Plan:  # a key of the cache
    names = [f.name for f in fields(value_type)]  # type: ignore[arg-type]  # and a dataclass
    place = {name: _AT.get(FIELD_COLUMN.get(name, name), 0) for name in names}
    fitting = [n for n in names if _HEAD <= place[n] < _AT["extra"]]
    fitting.sort(key=place.__getitem__)
    columns = (*FACT[:_HEAD], *(FACT[place[n]] for n in fitting))
    several = len(fitting) > 1  # of one name, attrgetter gives no tuple
    return Plan(
        tuple((n, _fit(FACT[place[n]])) for n in fitting),
        tuple(n for n in names if not own or n not in fitting),
        attrgetter(*fitting) if several else lambda v: tuple(getattr(v, n) for n in fitting),
        columns,
        {},
        Shape((*columns, "extra"), (), (), _titles_at(columns), False),
    )


_OWN_TYPE = {**dict.fromkeys(DATE, dt.date), **dict.fromkeys(FLAG, bool), "titles": tuple}


def _shape(plan: Plan, signature: tuple[type[Any], ...]) -> Shape:
    """The shape of rows with cells of these types: ``plan.other`` if one needs fitting."""
    numbers, fit = [], not plan.others
    for at, (column, kind) in enumerate(zip(plan.columns[_HEAD:], signature, strict=True), _HEAD):
        if column in NUMBER and kind in (int, Decimal):
            numbers.append(at)
        elif kind is not NoneType and (column in NUMBER or kind is not _OWN_TYPE.get(column, str)):
            fit = False
    types: tuple[type[Any], ...] = (*(str,) * _HEAD, *signature)
    made = Shape(plan.columns, types, tuple(numbers), _titles_at(plan.columns), True)
    return plan.shapes.setdefault(signature, made if fit else plan.other)


def _titles_at(columns: tuple[str, ...]) -> int | None:
    return columns.index("titles") if "titles" in columns else None


def _fit(column: str) -> Fit:
    if column in NUMBER:
        return _number
    if column in DATE:
        return _date
    wanted = _OWN_TYPE.get(column, str)
    return lambda value: (value, True) if type(value) is wanted else (None, False)


def _number(value: Any) -> tuple[Any, bool]:
    if type(value) is int:
        return (value if abs(value) < _MOST else None), _is_exact(value)
    if type(value) is not Decimal or not value.is_finite():
        return None, False
    if _is_exact(value):
        return value, True
    return (value.quantize(_PLACES) if abs(value) < _MOST // 10**9 else None), False


def _is_exact(value: int | Decimal) -> bool:
    """Whether the columns of every store hold a number with all its digits."""
    if isinstance(value, int):
        return -INT64 <= value < INT64
    if value.is_finite() and len(text := str(value)) <= 10 and "E" not in text:
        return True  # said so for speed: most are as short as that
    _, digits, exponent = value.as_tuple()
    return type(exponent) is int and exponent >= -9 and len(digits) + max(exponent, 0) <= 15


def _date(value: Any) -> tuple[Any, bool]:
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value), True
        except ValueError:
            return None, False
    return (value, True) if type(value) is dt.date else (None, False)
