"""What the model asks of tokens: templates such as ``T[-1,0].lower``, and the weights by answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from newsextract.lanes import Lanes

TEMPLATE = r"T\[(-?\d+)(?:,(-?\d+))?\](?:\.(\w+))?"
TESTS = ("isdigit", "istitle", "is_in_dict")
# What the sums below have room for; a model with other templates is refused.
_KNOWN = {(n, f) for n in (1, 2) for f in ("", "lower", "istitle", "is_in_dict")} | {
    (1, "isdigit"),
    (3, ""),
    (3, "istitle"),
    (3, "is_in_dict"),
}
# These have had a capital since Unicode 16, which underthesea's core knows and Python may not.
_NEWLY_SMALL = frozenset("\u019b\u0264\ua7cd\ua7db").union(map(chr, range(0x10D70, 0x10D86)))

# What is looked at → its weights for the places around, packed in one number (see ``lanes``).
Table = dict[str, int]


def is_title(part: str) -> bool:
    """Whether the token begins with a capital, or with what has none."""
    first = part[0]
    return first == first.upper() and first not in _NEWLY_SMALL


def is_number(token: str) -> bool:
    """Whether the token is a whole number of 32 bits, as underthesea's featurizer asks."""
    found = re.fullmatch(r"([+-]?)0*+([0-9]{0,10})", token)
    if found is None or not token[-1].isdigit():
        return False
    return -(2**31) <= int(f"{found[1]}0{found[2]}") < 2**31


def tables(
    states: Mapping[str, tuple[float, float]], templates: Iterable[str], lanes: Lanes
) -> dict[tuple[int, str], Table]:
    """The weights by size and form of what they look at."""
    found: dict[tuple[int, str], Table] = {}
    places: dict[str, tuple[Table, int]] = {}
    for template in templates:
        parts = re.fullmatch(TEMPLATE, template)
        if parts is None:
            raise ValueError(f"unknown template {template}")
        offset = int(parts[1])
        size = int(parts[2] or offset) - offset + 1
        key = (size, parts[3] or "")
        if key not in _KNOWN or not -2 <= offset <= 3 - size:
            raise ValueError(f"unknown template {template}")
        places[template] = found.setdefault(key, {}), -offset
    for name, (first, second) in states.items():
        template, _, value = name.partition("=")
        if template in places:
            table, place = places[template]
            table[value] = table.get(value, 0) + lanes.packed(second - first, place)
    return found
