"""A value in one short line for people, the same in a terminal, a page and a report."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

KINDS = ("ratio", "count", "percent", "money", "measure", "official", "document", "date")
"""The names of the kinds, where loading the kinds themselves would be too much."""

_SIGN = {
    "about": "~",
    "nearly": "just under ",
    "under": "< ",
    "over": "> ",
    "at_least": "≥ ",
    "at_most": "≤ ",
    "order": "order of ",
}


def many(number: int, noun: str) -> str:
    """A number of things: ``1 page``, ``1,234 pages``."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def number_text(value: int | Decimal) -> str:
    """``1234567.5`` as ``1,234,567.5``: all digits, grouped, no exponent."""
    whole, point, fraction = f"{Decimal(value):,f}".partition(".")  # "f" makes an int a float
    return whole + (point + fraction).rstrip("0").rstrip(".")


def value_text(value: Any) -> str:
    """Any fact's value in one line: ``262 of 286 xã``, ``> 1,200,000,000 VND``."""
    if not is_dataclass(value):  # what is no fact is read as its kind's name only
        return str(value or "")
    part = {f.name: getattr(value, f.name) for f in fields(value)}
    sign = _SIGN.get(part.get("qualifier", "exact"), "")
    match type(value).__name__:
        case "Ratio":
            line = f"{number_text(part['part'])} of {number_text(part['whole'])} {part['unit']}"
            return (sign + line).rstrip()
        case "Percent":
            return f"{sign}{_range(part)}{' points' if part['points'] else '%'}"
        case "Count" | "Measure" | "Money":
            unit = part.get("unit") or part.get("currency") or ""
            per = f" per {part['per']}" if part.get("per") else ""
            return f"{sign}{_range(part)} {unit}{per}".rstrip()
        case "Official":
            return f"{part['name']}: {'; '.join(part['titles'])}"
        case "Document":
            return _document(part)
        case "Date":
            span = (
                part["start"]
                if part["start"] == part["end"]
                else f"{part['start']} to {part['end']}"
            )
            return f"{span} ({part['precision']})"
    return "; ".join(f"{k} {_plain(v)}" for k, v in part.items() if v not in (None, (), ""))


def _range(part: dict[str, Any]) -> str:
    low, high = part["low"], part["high"]
    return number_text(low) if low == high else f"{number_text(low)} to {number_text(high)}"


def _document(part: dict[str, Any]) -> str:
    line = f"{part['type']} {part['number'] or ''}".strip()
    if part["date"]:
        line += f" of {part['date'].isoformat()}"
    return f"{line}, {part['issuer']}" if part["issuer"] else line


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return value.isoformat() if isinstance(value, dt.date) else str(value)
