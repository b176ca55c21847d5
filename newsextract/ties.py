"""Where two ways to cut weigh the same, rounding decides: sums in the very order of underthesea.

Slow, and asked only there: in texts of mere signs, and nowhere in 2.5 million tokens of news.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache

from newsextract.crf import Weights
from newsextract.templates import TEMPLATE, is_number, is_title

_KEPT = 4_000


class Settler:
    """The labels of a text by a model, its templates in their order and its dictionary."""

    def __init__(
        self, weights: Weights, templates: Iterable[str], dictionary: Collection[str]
    ) -> None:
        self._states = weights.states
        self._moves = weights.moves
        self._dictionary = dictionary
        # Ties come of signs in rows, where the same stands around many places.
        self._scores = lru_cache(_KEPT)(self._sums)
        self._templates = [
            (template, int(found[1]), int(found[2] or found[1]), self._form(found[3]))
            for template in templates
            if (found := re.fullmatch(TEMPLATE, template))
        ]

    def _form(self, name: str | None) -> Callable[[str], str]:
        forms: dict[str | None, Callable[[str], str]] = {
            None: str,
            "lower": str.lower,
            "isdigit": lambda text: str(is_number(text)),
            "istitle": lambda text: str(all(map(is_title, text.split(" ")))),
            "is_in_dict": lambda text: str(text.lower() in self._dictionary),
        }
        return forms[name]

    def goes_on(self, tokens: Sequence[str]) -> bytes:
        """For each token 1 if it belongs to the word of the token before it, else 0."""
        (aa, ab), (ba, bb) = self._moves
        first, second = self._scores(tuple(tokens[:3]), 0)
        origins = [(False, False)]
        for place in range(1, len(tokens)):
            from_second = second + ba > first + aa, second + bb > first + ab
            origins.append(from_second)
            around = tuple(tokens[max(0, place - 2) : place + 3])
            one, two = self._scores(around, min(place, 2))
            first, second = (
                (second + ba if from_second[0] else first + aa) + one,
                (second + bb if from_second[1] else first + ab) + two,
            )
        label = second > first
        labels = [label]
        for origin in origins[:0:-1]:
            label = origin[label]
            labels.append(label)
        return bytes(reversed(labels))

    def _sums(self, tokens: Sequence[str], place: int) -> tuple[float, float]:
        """The scores of both labels at a place, of two tokens before it and two after it."""
        first = second = 0.0
        for template, start, end, form in self._templates:
            if place + start < 0:
                value = "BOS"
            elif place + end >= len(tokens):
                value = "EOS"
            else:
                value = form(" ".join(tokens[place + start : place + end + 1]))
            weights = self._states.get(f"{template}={value}")
            if weights is not None:
                first += weights[0]
                second += weights[1]
        return first, second
