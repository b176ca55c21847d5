"""What every kind of fact reads from: one text, and what the kinds share about it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, TypeVar

from newsextract.amount import Amount
from newsextract.model import Fact, Span
from newsextract.numeral_places import Run, number_places
from newsextract.numerals import amounts
from newsextract.sentence import sentence_spans

T = TypeVar("T")


@cache
def _last_letters() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+\Z")


_OPENERS = ' :("“\xa0\t\r\v\f\u3000'
"""What may stand between a word and the figure it speaks of."""

_LONGEST = 11  # letters of a word before a figure that are looked at


def _word_before(text: str, at: int) -> str:
    line = text[max(at - _LONGEST - 1, 0) : at].rpartition("\n")[2]
    words = line.rstrip(' :("“\xa0').rsplit(None, 1)
    word = words[-1] if words else ""
    if not word.isalpha():
        tail = _last_letters().search(word)
        word = tail.group() if tail else ""
    return word.lower()


class Reading:
    """One text as the kinds see it; what two kinds need is found once and kept here."""

    def __init__(self, text: str, sentences: tuple[Span, ...] | None = None) -> None:
        # Eth is printed for Đ where a typist's font has no other; one letter for one.
        self._written = text
        self.text = text.replace("\u00d0", "Đ").replace("\u00f0", "đ")
        self._sentences = sentences

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Every number of the text in order, with its qualifier and span."""
        return tuple(amounts(self.text, self._places))

    @cached_property
    def _places(self) -> list[Run]:
        return number_places(self.text)

    @cached_property
    def runs(self) -> tuple[tuple[int, int, str], ...]:
        """Every run of digits: (start, end, the word right before it in lower case or "").

        Kinds that stand at a number look at the word before it first, so a text without figures
        costs them nothing.
        """
        text, found = self.text, []
        for start, end, near in self._places:
            if start == end:
                continue
            word = near[-1] if near else ""
            if not (word.isalpha() and len(word) < _LONGEST):
                last = text[start - 1 : start]
                word = _word_before(text, start) if last.isalpha() or last in _OPENERS else ""
            found.append((start, end, word))
        return tuple(found)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of the text; given, or found by rule."""
        return self._sentences if self._sentences is not None else sentence_spans(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence(self, start: int, end: int) -> Span:
        """The span from the first to the last sentence that ``[start, end)`` touches."""
        spans = self.sentences
        first = bisect_right(self._starts, start) - 1
        if first >= 0 and end <= spans[first].end:
            return spans[first]
        if not spans:
            return Span(start, end)
        first = max(first, 0)
        last = max(bisect_right(self._starts, max(end - 1, start)) - 1, first)
        return Span(min(spans[first].start, start), max(spans[last].end, end))

    def fact(self, kind: str, start: int, end: int, value: T, *, rule: str) -> Fact[T]:
        """A fact at ``[start, end)``; its text and sentence are read here, so they always fit."""
        return Fact(
            kind, start, end, self._written[start:end], value, rule, self.sentence(start, end)
        )


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact: how it is read, and its examples.

    ``read`` yields candidate facts in any order; they may overlap. ``rank`` settles overlaps with
    other kinds: the lower wins. A kind whose ``is_fact`` is False reads what is *not* a fact (a
    telephone number, an hour, a duration) and only keeps others from it. ``examples`` are
    ``(rule, text, value)`` rows, ``value`` in the exchange form or None where nothing is read.
    """

    name: str
    rank: int
    read: Callable[[Reading], Iterable[Fact[Any]]]
    is_fact: bool = True
    examples: tuple[tuple[str, str, dict[str, Any] | None], ...] = field(default=(), repr=False)
