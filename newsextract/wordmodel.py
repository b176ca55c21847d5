"""underthesea's word model: from the tokens of a text to which of them go on with a word.

The score of a label is a sum of weights over templates such as ``T[-1,0].lower`` (this token and
the one before, in lower case). All that speaks of one pair of neighbours is summed once and kept,
so that a token costs one lookup and four additions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, compress
from operator import add
from typing import cast

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
_NOTHING = (0.0,) * 5


# Plain tuples: they are made faster than named ones, and the collector stops looking at them.
# Of a token: its sums at each offset, its lower case, and whether it begins like a title.
_Token = tuple[Vector, str, bool]
# How a third token is looked at: are the two titled, which words and weights make them a triple.
_Then = tuple[bool, Collection[str], Table]
# Of two neighbours: what they add one before, at, one after and two after the first of them; and
# None where no third token can make more of them than any would.
_Pair = tuple[float, float, float, float, _Then | None]


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
        self._singles = {d: self._answers(1, isdigit=d) for d in (False, True)}
        self._triples = self._answers(3)
        # Every pair begins some triple; the sum of a pair holds what a plain one adds.
        self._plain = self._triples[False][False]
        self._doubles = [
            [(w + p, x + q, y + r, z, 0.0) for w, x, y, z, _ in answers]
            for p, q, r, *_ in [self._plain]
            for answers in self._answers(2)
        ]
        self._first = [self._edge(n, "BOS") for n in (1, 2, 3)]
        self._last = [self._edge(n, "EOS") for n in (1, 2, 3)]
        # A pair is looked up as it stands and in lower case; what triples it begins comes along.
        raw, triples = self._tables[2, ""], _by_pair(self._tables[3, ""])
        self._raw_pairs = {
            pair: (raw.get(pair, _NOTHING), triples.get(pair, {})) for pair in raw | triples
        }
        self._lower_pairs = self._tables[2, "lower"]
        self._third_words = {
            pair: frozenset(thirds)
            for pair, thirds in _by_pair(dict.fromkeys(dictionary, _NOTHING)).items()
        }

    def _answers(self, size: int, **known: bool) -> list[list[Vector]]:
        """What the tests add to every offset, by ``[titled][in the dictionary]``."""
        return [
            [
                self._sum(
                    size,
                    {"istitle": str(t), "is_in_dict": str(d)}
                    | {k: str(v) for k, v in known.items()},
                )
                for d in (False, True)
            ]
            for t in (False, True)
        ]

    def _sum(self, size: int, values: dict[str, str]) -> Vector:
        rows = [
            self._tables[size, f].get(v) for f, v in values.items() if (size, f) in self._tables
        ]
        return tuple(map(sum, zip(*(r for r in rows if r), strict=True))) or _NOTHING

    def _edge(self, size: int, name: str) -> Vector:
        return self._sum(size, dict.fromkeys(("", "lower", *_TESTS), name))

    def continues(self, tokens: Sequence[str]) -> list[bool]:
        """For each token, whether it belongs to the word of the token before it."""
        return best_path(self._gains(tokens), self._moves) if tokens else []

    def _gains(self, tokens: Sequence[str]) -> list[float]:
        """For each token, by how much its surroundings speak for going on."""
        pairs = list(map(self._pairs.get, zip(tokens, chain(tokens[1:], (_END,)), strict=True)))
        if not all(pairs):
            self._learn(tokens, pairs)
        before, here, after, later, then = zip(*cast("list[_Pair]", pairs), strict=True)
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
        self._look_at_triples(tokens, then, gains)
        if len(tokens) > 1:
            gains[-2] += self._last[2][2] - self._plain[2]
            gains[-1] += self._last[2][1] - self._plain[1]
        return gains

    def _look_at_triples(
        self, tokens: Sequence[str], thens: Sequence[_Then | None], gains: list[float]
    ) -> None:
        plain = self._plain
        for i in compress(range(len(tokens) - 2), thens):
            pair_titled, words, weights = cast("_Then", thens[i])
            token = tokens[i + 2]
            _, lower, titled = self._tokens.get(token) or self._token(token)
            row = self._triples[pair_titled and titled][lower in words]
            own = weights.get(token)
            if row is plain and own is None:
                continue
            later, after, here, *_ = own or _NOTHING
            gains[i] += row[2] - plain[2] + here
            gains[i + 1] += row[1] - plain[1] + after
            gains[i + 2] += row[0] - plain[0] + later

    def _learn(self, tokens: Sequence[str], pairs: list[_Pair | None]) -> None:
        kept = self._pairs
        if len(kept) > self._limit:
            kept.clear()
        last = len(tokens) - 1
        for i, pair in enumerate(pairs):
            if pair is None:
                key = tokens[i], (tokens[i + 1] if i < last else _END)
                pairs[i] = kept[key] = self._pair(*key)

    def _token(self, token: str) -> _Token:
        lower = token.lower()
        titled = all(part[0] == part[0].upper() for part in token.split(" "))
        sums = self._singles[_is_number(token)][titled][lower in self._dictionary]
        for row in (self._tables[1, ""].get(token), self._tables[1, "lower"].get(lower)):
            if row is not None:
                sums = tuple(map(add, sums, row))
        if len(self._tokens) > self._limit:
            self._tokens.clear()
        known = self._tokens[token] = (sums, lower, titled)
        return known

    def _pair(self, left: str, right: str) -> _Pair:
        (later, after, here, before, _), lower, titled = self._tokens.get(left) or self._token(left)
        if not right:
            ones, twos, threes = self._last
            return twos[3] + before + ones[4], twos[2] + here + threes[2], 0.0, 0.0, None
        second, second_lower, second_titled = self._tokens.get(right) or self._token(right)
        lower = f"{lower} {second_lower}"
        both = f"{left} {right}"
        titled = titled and second_titled
        w, x, y, z, _ = self._doubles[titled][lower in self._dictionary]
        if (row := self._lower_pairs.get(lower)) is not None:
            w, x, y, z = w + row[0], x + row[1], y + row[2], z + row[3]
        weights: Table = {}
        if (found := self._raw_pairs.get(both)) is not None:
            row, weights = found
            w, x, y, z = w + row[0], x + row[1], y + row[2], z + row[3]
        words = self._third_words.get(lower, ())
        then = (titled, words, weights) if titled or words or weights else None
        return before + second[4] + z, here + y, after + x, later + w, then


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


def _by_pair(triples: Table) -> dict[str, Table]:
    """The rows of three words by their first two: ``a b`` → c → row."""
    rows: dict[str, Table] = {}
    for entry, row in triples.items():
        if entry.count(" ") == 2:
            pair, _, third = entry.rpartition(" ")
            rows.setdefault(pair, {})[third] = row
    return rows
