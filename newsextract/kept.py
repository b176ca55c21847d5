"""What was worked out once and is asked for again, bounded in number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, cast

V = TypeVar("V")
# Longer keys are rare and never asked for again; so what is kept is bounded in bytes too.
_LONGEST = 40


class Kept(Generic[V]):
    """Answers of ``make`` for short keys, the least used forgotten: at most ``2 * limit`` of them.

    They stand in two generations. What is asked for passes from the old one to the young; when
    the young one is full it becomes the old one, and what nobody asked for since is gone.
    ``functools.lru_cache`` is as fast, but keeps keys of any length, so that hostile text would
    fill the memory; to look at each key before it costs more than the answer. No answer may be
    false. Safe to share between threads: at worst an answer is made twice.
    """

    def __init__(self, make: Callable[[str], V], limit: int) -> None:
        self._make = make
        self._limit = limit
        self._young: dict[str, V] = {}
        self._old: dict[str, V] = {}

    def __len__(self) -> int:
        return len(self._young) + len(self._old)

    def one(self, key: str) -> V:
        """The answer for ``key``."""
        return self._young.get(key) or self._meet(key)

    def each(self, keys: Sequence[str]) -> list[V]:
        """The answers for ``keys``, in order."""
        found = list(map(self._young.get, keys))
        if not all(found):
            for i in [i for i, answer in enumerate(found) if answer is None]:
                found[i] = self.one(keys[i])
        return cast("list[V]", found)

    def _meet(self, key: str) -> V:
        answer = self._old.get(key) or self._make(key)
        if len(key) > _LONGEST:
            return answer
        if len(self._young) >= self._limit:
            self._old, self._young = self._young, {}
        self._young[key] = answer
        return answer
