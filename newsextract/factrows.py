"""A fact as a row of ``flat.FACT``, made as fast as Python can: stores write millions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import fields
from decimal import Decimal
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any, NamedTuple

from newsextract.flat import DATE, FACT, FIELD_COLUMN, FLAG, NUMBER, VALUES
from newsextract.model import Fact

_HEAD = 9  # the columns that every fact has
_AT = {name: i for i, name in enumerate(FACT)}
_INT64 = 1 << 63
_MOST = Decimal(10) ** 28
_PLACES = Decimal("1e-9")


def fact_row(article_id: str, n: int, fact: Fact[Any]) -> list[Any]:
    """The ``FACT`` row of the ``n``-th fact of an article, numbers as ``int`` or ``Decimal``."""
    row = [None] * len(FACT)
    plan, short = short_row(article_id, n, fact)
    for at, cell in zip(plan.places, short, strict=True):
        row[at] = cell
    return row


def short_row(article_id: str, n: int, fact: Fact[Any]) -> tuple[Plan, list[Any]]:
    """The cells of a fact's row that its kind can fill, under the columns of its plan."""
    value = fact.value
    plan = _plan(value.__class__, fact.kind in VALUES)
    start, end = fact.sentence
    row = [article_id, n, fact.kind, fact.start, fact.end, fact.text, fact.rule, start, end]
    cells = plan.cells(value)
    signature = tuple(map(type, cells))
    numbers = plan.usual.get(signature)
    if numbers is None:
        numbers = plan.usual[signature] = _numbers(plan, signature)
    for at in numbers:
        if at < 0 or not _is_exact(cells[at]):
            return plan, row + _fitted(plan, value)
    row += cells
    row.append(None)
    return plan, row


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


class Plan(NamedTuple):
    """How the values of one class lie in the columns; facts of one kind and class share it.

    ``columns`` are those that such a fact fills, ``places`` their numbers in ``FACT``, ``fits``
    what makes a cell of each field (and says if it is exact), ``others`` the fields for ``extra``.
    ``cells`` gives the fields that fit as they are. ``usual`` remembers, for the types that such
    cells have had, which of them are numbers to look at (-1: each cell must be fitted).
    """

    columns: tuple[str, ...]
    places: tuple[int, ...]
    fits: tuple[tuple[str, Fit], ...]
    others: tuple[str, ...]
    cells: Callable[[Any], tuple[Any, ...]]
    usual: dict[tuple[type[Any], ...], tuple[int, ...]]


@cache
def _plan(value_type: Hashable, own: bool) -> Plan:  # a key of the cache
    names = [f.name for f in fields(value_type)]  # type: ignore[arg-type]  # and a dataclass
    column = {name: FIELD_COLUMN.get(name, name) for name in names}
    fitting = [n for n in names if _AT.get(column[n], 0) >= _HEAD and column[n] != "extra"]
    columns = (*FACT[:_HEAD], *(column[n] for n in fitting), "extra")
    several = len(fitting) > 1  # of one name, attrgetter gives no tuple
    return Plan(
        columns,
        tuple(_AT[c] for c in columns),
        tuple((n, _fit(column[n])) for n in fitting),
        tuple(n for n in names if not own or n not in fitting),
        attrgetter(*fitting) if several else lambda v: tuple(getattr(v, n) for n in fitting),
        {},
    )


_OWN_TYPE = {**dict.fromkeys(DATE, dt.date), **dict.fromkeys(FLAG, bool), "titles": tuple}


def _numbers(plan: Plan, signature: tuple[type[Any], ...]) -> tuple[int, ...]:
    """The places of numbers among cells of these types, or ``(-1,)`` if one needs fitting."""
    found = []
    for at, (column, kind) in enumerate(zip(plan.columns[_HEAD:-1], signature, strict=True)):
        if column in NUMBER and kind in (int, Decimal):
            found.append(at)
        elif kind is not NoneType and (column in NUMBER or kind is not _OWN_TYPE.get(column, str)):
            return (-1,)
    return (-1,) if plan.others else tuple(found)


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
        return -_INT64 <= value < _INT64
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
