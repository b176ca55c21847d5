"""What a caller gives, checked where it is given: the error says what to give instead.

A slip of the caller's is Python's own ``TypeError`` or ``ValueError``; a ``NewsextractError``
speaks of a page, an archive, a store.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

Types = type[Any] | tuple[type[Any], ...]

_ONE = (str, bytes, bytearray, memoryview, os.PathLike, Mapping)


def expect(name: str, value: object, wanted: Types, words: str) -> None:
    """``TypeError`` unless ``value`` is of a type ``wanted``, which ``words`` describe.

    True and False are no numbers: whoever gives one means something else.
    """
    is_flag = isinstance(value, bool) and wanted is not bool
    if is_flag or not isinstance(value, wanted):
        raise TypeError(f"{name} is {words}, not {type(value).__name__}")


def expect_each(name: str, values: object, words: str) -> None:
    """``TypeError`` unless ``values`` is a list or other iterable of what ``words`` describe.

    A text, bytes, a path and a mapping are one thing here, though Python would walk through them.
    """
    if isinstance(values, _ONE) or not isinstance(values, Iterable):
        raise TypeError(f"{name}: give a list of {words}, not one {type(values).__name__}")
