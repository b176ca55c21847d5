"""CRFsuite models of two labels: the file read, with the standard library.

Format: http://www.chokkan.org/software/crfsuite (lCRF, first order, version 100).
"""

from __future__ import annotations

import struct
from typing import NamedTuple

Moves = tuple[tuple[float, float], tuple[float, float]]


class Weights(NamedTuple):
    """What a model holds: its two labels, and what each attribute and each move weighs.

    ``states`` has the weights of an attribute for the first label and for the second;
    ``moves[a][b]`` is the weight of label b after label a.
    """

    labels: tuple[str, str]
    states: dict[str, tuple[float, float]]
    moves: Moves


def read_weights(model: bytes) -> Weights:
    """The weights in a model file. ValueError if it is not a first-order model of two labels."""
    magic, _, kind, version, *_, features, labels, attributes, _, _ = struct.unpack_from(
        "<4sI4sIIIIIIIII", model
    )
    if (magic, kind, version) != (b"lCRF", b"FOMC", 100):
        raise ValueError("not a CRFsuite model of first order")
    first, second = _strings(model, labels)
    names = _strings(model, attributes)
    states = dict.fromkeys(names, (0.0, 0.0))
    moves = [[0.0, 0.0], [0.0, 0.0]]
    (count,) = struct.unpack_from("<I", model, features + 8)
    rows = memoryview(model)[features + 12 : features + 12 + 20 * count]
    for is_move, source, label, weight in struct.iter_unpack("<IIId", rows):
        if is_move:
            moves[source][label] = weight
        else:
            first_weight, second_weight = states[names[source]]
            both = (first_weight, weight) if label else (weight, second_weight)
            states[names[source]] = both
    return Weights(
        (first, second), states, ((moves[0][0], moves[0][1]), (moves[1][0], moves[1][1]))
    )


def _strings(model: bytes, at: int) -> list[str]:
    """The strings of the constant database at ``at``, by number."""
    chunk, _, _, order, count, back = struct.unpack_from("<4sIIIII", model, at)
    if (chunk, order) != (b"CQDB", 0x62445371):
        raise ValueError("not a CRFsuite string table")
    found = []
    for place in struct.unpack_from(f"<{count}I", model, at + back):
        size = struct.unpack_from("<I", model, at + place + 4)[0] if place else 1
        found.append(model[at + place + 8 : at + place + 7 + size].decode() if place else "")
    return found
