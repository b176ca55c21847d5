"""Baptismal names of Catholics, which stand before the family name: "Phêrô Nguyễn Văn An"."""

from __future__ import annotations

from functools import cache, partial

from newsextract.vocabulary import word_set

_saints = partial(word_set, "saints", "saint")
_LONGEST = 3  # words: "Hài Đồng Giêsu"
_MANY = 5  # words of all baptismal names of a person
_WINDOW, _WORD = 60, 20  # characters


@cache
def _firsts() -> frozenset[str]:
    return frozenset(saint.partition(" ")[0] for saint in _saints())


@cache
def _lasts() -> frozenset[str]:
    return frozenset(saint.rpartition(" ")[2] for saint in _saints())


def saints_end(text: str, at: int) -> int:
    """Where the baptismal names that begin at ``at`` end, the blank behind them included.

    ``at`` if there is none.
    """
    if text[at : at + _WORD].partition(" ")[0] not in _firsts():
        return at
    words = text[at : at + _WINDOW].partition("\n")[0].split(" ")[:_MANY]
    taken = 0
    while taken < len(words) and words[taken] in _firsts():
        n = _fitting(words[taken : taken + _LONGEST])
        if n == 0:
            break
        taken += n
    end = at + sum(len(word) + 1 for word in words[:taken])
    return end if end < len(text) else at


def _fitting(words: list[str]) -> int:
    """How many of the first words are one baptismal name."""
    return next((n for n in range(len(words), 0, -1) if " ".join(words[:n]) in _saints()), 0)


def saints_start(text: str, at: int) -> int:
    """Where the baptismal names begin that stand right before ``at``; ``at`` if there is none."""
    if (text[max(0, at - _WORD) : at].split() or [""])[-1] not in _lasts():
        return at
    words = text[max(0, at - _WINDOW) : at].rpartition("\n")[2].split(" ")
    if len(words) < 2 or words[-1]:
        return at
    words.pop()
    while words and words[-1] in _lasts():
        fits = (n for n in range(_LONGEST, 0, -1) if " ".join(words[-n:]) in _saints())
        n = next(fits, 0)
        if n == 0:
            break
        at -= len(" ".join(words[-n:])) + 1
        del words[-n:]
    return at
