"""The JSON Schema of a fact in the exchange form, made from the value classes.

``python -m newsextract.factschema > docs/fact.schema.json`` writes the published one.
"""

from __future__ import annotations

import datetime as dt
import json
import types
from dataclasses import fields
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin, get_type_hints

from newsextract.flat import VALUES

_PLACE = {"type": "integer", "minimum": 0}
_PROPERTIES: dict[str, dict[str, Any]] = {
    "kind": {"type": "string"},
    "start": _PLACE | {"description": "first character, in article.text"},
    "end": _PLACE | {"description": "one past the last character"},
    "text": {"type": "string", "minLength": 1, "description": "article.text[start:end]"},
    "rule": {"type": "string", "description": "the rule that read it"},
    "sentence": {"type": "array", "items": _PLACE, "minItems": 2, "maxItems": 2},
    "value": {"type": "object", "description": "by kind; free for kinds that are not listed"},
}
_PLAIN: dict[Any, dict[str, Any]] = {
    bool: {"type": "boolean"},
    str: {"type": "string"},
    int: {"type": "number"},
    Decimal: {"type": "number"},
    dt.date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
}


def schema() -> dict[str, Any]:
    """The JSON Schema, draft 2020-12. Numbers have all their digits: read them as decimals."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "newsextract fact",
        "description": "One fact: what it says, and where and in which words the article says it.",
        "type": "object",
        "required": list(_PROPERTIES),
        "properties": _PROPERTIES,
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind}}},
                "then": {"properties": {"value": {"$ref": f"#/$defs/{kind}"}}},
            }
            for kind in VALUES
        ],
        "$defs": {kind: _object(cls) for kind, cls in VALUES.items()},
    }


def _object(cls: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    names = [f.name for f in fields(cls)]
    return {
        "type": "object",
        "required": names,
        "properties": {name: _of(hints[name]) for name in names},
        "additionalProperties": False,
    }


def _of(hint: Any) -> dict[str, Any]:
    if hint in _PLAIN:
        return _PLAIN[hint]
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _of(get_args(hint)[0])}
    if isinstance(hint, types.UnionType):
        arms = [_of(arm) for arm in get_args(hint)]
        one = [arm for i, arm in enumerate(arms) if arm not in arms[:i]]
        return one[0] if len(one) == 1 else {"anyOf": one}
    raise TypeError(f"no JSON form for {hint}")


def as_text() -> str:
    """The published file, to the byte."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(as_text(), end="")
