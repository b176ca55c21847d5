"""underthesea's word model: from the tokens of a text to which of them go on with a word.

The score of a label is a sum of weights over templates such as ``T[-1,0].lower`` (this token and
the one before, in lower case). All that speaks of one pair of neighbours is summed once and kept,
so that a token costs one lookup and four additions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, product
from operator import add
from typing import NamedTuple, cast

from newsextract.crf import Weights, best_path

LABELS = ("B-W", "I-W")
_OFFSETS = {1: (-2, -1, 0, 1, 2), 2: (-2, -1, 0, 1), 3: (-2, -1, 0)}
_TESTS = ("isdigit", "istitle", "is_in_dict")
# What the sums below have room for; a model with other templates is refused.
_KNOWN = {(n, f) for n in (1, 2) for f in ("", "lower", "istitle", "is_in_dict")} | {
    (1, "isdigit"),
    (3, ""),
    (3, "istitle"),
    (3, "is_in_dict"),
}
_END = ""  # no token is empty, so this stands for what follows the last one

Vector = tuple[float, ...]
Table = dict[str, Vector]


class _Token(NamedTuple):
    """One token as the templates see it: the sums at each offset, and two of its forms."""

    sums: Vector
    lower: str
    titled: bool


class _Pair(NamedTuple):
    """Two neighbours: what they add one before, at, one after and two after the first of them.

    ``then`` is None where no third token can make more of them than any pair.
    """

    before: float
    here: float
    after: float
    later: float
    then: _Then | None


class _Then(NamedTuple):
    """How a third token is to be looked at: is it in a known triple, are all three titled."""

    titled: bool
    words: Collection[str]
    weights: Table


class WordModel:
    """Which tokens go on with the word before them, by a model, its templates and dictionary.

    Keeps at most ``limit`` tokens and ``limit`` pairs of tokens that it has seen (about 300 bytes
    each). Safe to share between threads. ValueError if the templates are not of the known form.
    """

    def __init__(
        self,
        weights: Weights,
        templates: Iterable[str],
        dictionary: Collection[str],
        limit: int = 100_000,
    ) -> None:
        if weights.labels != LABELS:
            raise ValueError(f"not a model of words: {weights.labels}")
        self._tables = _tables(weights.states, templates)
        self._moves = weights.moves
        self._dictionary = dictionary
        self._limit = limit
        self._tokens: dict[str, _Token] = {}
        self._pairs: dict[tuple[str, str], _Pair] = {}
        self._tests = {
            (n, *answers): self._sum(n, dict(zip(_TESTS, map(str, answers), strict=True)))
            for n in (1, 2, 3)
            for answers in product((False, True), repeat=3)
        }
        self._plain = self._tests[3, False, False, False]
        self._first = [self._edge(n, "BOS") for n in (1, 2, 3)]
        self._last = [self._edge(n, "EOS") for n in (1, 2, 3)]
        self._third_words, self._third_weights = _thirds(dictionary, self._tables[3, ""])

    def _sum(self, size: int, values: dict[str, str]) -> Vector:
        rows = [
            self._tables[size, f].get(v) for f, v in values.items() if (size, f) in self._tables
        ]
        return tuple(map(sum, zip(*(r for r in rows if r), strict=True))) or (0.0,) * 5

    def _edge(self, size: int, name: str) -> Vector:
        return self._sum(size, dict.fromkeys(("", "lower", *_TESTS), name))

    def continues(self, tokens: Sequence[str]) -> list[bool]:
        """For each token, whether it belongs to the word of the token before it."""
        return best_path(self._gains(tokens), self._moves) if tokens else []

    def _gains(self, tokens: Sequence[str]) -> list[float]:
        """For each token, by how much its surroundings speak for going on."""
        neighbours = zip(tokens, chain(tokens[1:], (_END,)), strict=True)
        known = list(map(self._pairs.get, neighbours))
        pairs = cast("list[_Pair]", known) if all(known) else self._learn(tokens, known)
        before, here, after, later, then = zip(*pairs, strict=True)
        one, two, three = self._last
        before_end = two[3] + one[3] + one[4]
        one, two, three = self._first
        at_start, late = two[1] + one[1] + three[1], two[0] + one[0] + three[0]
        gains = list(
            map(
                add,
                map(add, here, chain(before[1:], (before_end,))),
                map(add, chain((at_start,), after), chain((late, late), later)),
            )
        )
        if any(then):
            self._triples(tokens, then, gains)
        if len(tokens) > 1:
            gains[-2] += self._last[2][2] - self._plain[2]
            gains[-1] += self._last[2][1] - self._plain[1]
        return gains

    def _triples(
        self, tokens: Sequence[str], thens: Sequence[_Then | None], gains: list[float]
    ) -> None:
        plain = self._plain
        for i, then in enumerate(thens[:-2]):
            if then is None:
                continue
            third = self._token(tokens[i + 2])
            row = self._tests[3, False, then.titled and third.titled, third.lower in then.words]
            own = then.weights.get(tokens[i + 2])
            if row is plain and own is None:
                continue
            later, after, here, *_ = own or (0.0, 0.0, 0.0)
            gains[i] += row[2] - plain[2] + here
            gains[i + 1] += row[1] - plain[1] + after
            gains[i + 2] += row[0] - plain[0] + later

    def _learn(self, tokens: Sequence[str], known: Sequence[_Pair | None]) -> list[_Pair]:
        kept = self._pairs
        if len(kept) > self._limit:
            kept.clear()
        pairs = []
        for key, pair in zip(zip(tokens, (*tokens[1:], _END), strict=True), known, strict=True):
            if pair is None and (pair := kept.get(key)) is None:
                pair = kept[key] = self._pair(*key)
            pairs.append(pair)
        return pairs

    def _token(self, token: str) -> _Token:
        known = self._tokens.get(token)
        if known is None:
            lower = token.lower()
            titled = token[0] == token[0].upper()
            sums = self._tests[1, _is_number(token), titled, lower in self._dictionary]
            for row in (self._tables[1, ""].get(token), self._tables[1, "lower"].get(lower)):
                if row is not None:
                    sums = tuple(map(add, sums, row))
            known = _Token(sums, lower, titled)
            if len(self._tokens) > self._limit:
                self._tokens.clear()
            self._tokens[token] = known
        return known

    def _pair(self, left: str, right: str) -> _Pair:
        first = self._token(left)
        two_before, one_before, here, after, _ = first.sums
        if right == _END:
            ones, twos, threes = self._last
            return _Pair(twos[3] + after + ones[4], twos[2] + here + threes[2], 0.0, 0.0, None)
        second = self._token(right)
        both, lower = f"{left} {right}", f"{first.lower} {second.lower}"
        titled = first.titled and second.titled
        sums = self._tests[2, False, titled, lower in self._dictionary]
        for row in (self._tables[2, ""].get(both), self._tables[2, "lower"].get(lower)):
            if row is not None:
                sums = tuple(map(add, sums, row))
        words, weights = self._third_words.get(lower, ()), self._third_weights.get(both, {})
        plain = self._plain
        return _Pair(
            sums[3] + after + second.sums[4],
            sums[2] + here + plain[2],
            sums[1] + one_before + plain[1],
            sums[0] + two_before + plain[0],
            _Then(titled, words, weights) if titled or words or weights else None,
        )


def _is_number(token: str) -> bool:
    """Whether the token is a whole number of 32 bits, as underthesea's featurizer asks."""
    found = re.fullmatch(r"([+-]?)0*+([0-9]{0,10})", token)
    if found is None or not token[-1].isdigit():
        return False
    return -(2**31) <= int(f"{found[1]}0{found[2]}") < 2**31


def _tables(states: dict[str, float], templates: Iterable[str]) -> dict[tuple[int, str], Table]:
    """The weights by size and form of what they look at: value → its weight at each offset."""
    places: dict[str, tuple[dict[str, list[float]], int]] = {}
    tables: dict[tuple[int, str], dict[str, list[float]]] = {}
    for template in templates:
        found = re.fullmatch(r"T\[(-?\d+)(?:,(-?\d+))?\](?:\.(\w+))?", template)
        if found is None:
            raise ValueError(f"unknown template {template}")
        offset = int(found[1])
        size = int(found[2] or offset) - offset + 1
        key = (size, found[3] or "")
        if key not in _KNOWN or offset not in _OFFSETS[size]:
            raise ValueError(f"unknown template {template}")
        places[template] = tables.setdefault(key, {}), _OFFSETS[size].index(offset)
    for name, weight in states.items():
        template, _, value = name.partition("=")
        if template in places:
            table, place = places[template]
            table.setdefault(value, [0.0] * 5)[place] += weight
    return {key: {v: tuple(row) for v, row in t.items()} for key, t in tables.items()}


def _thirds(
    dictionary: Collection[str], weights: Table
) -> tuple[dict[str, set[str]], dict[str, Table]]:
    """Known triples by their first two: the third words of the dictionary, and of the weights."""
    words: dict[str, set[str]] = {}
    for entry in dictionary:
        if entry.count(" ") == 2:
            pair, _, third = entry.rpartition(" ")
            words.setdefault(pair, set()).add(third)
    rows: dict[str, Table] = {}
    for entry, row in weights.items():
        pair, _, third = entry.rpartition(" ")
        rows.setdefault(pair, {})[third] = row
    return words, rows
