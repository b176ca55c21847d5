"""underthesea's word model: from the tokens of a text to which of them go on with a word.

The score of a label is a sum of weights over templates such as ``T[-1,0].lower`` (this token and
the one before, in lower case). What a token adds to the places around it whatever stands there is
summed once, as a row of ``lanes``. Few pairs of neighbours weigh anything beyond that: those that
the dictionary or the model names. A pair is looked for among those alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain, compress
from operator import getitem
from typing import cast

from newsextract.crf import Weights
from newsextract.kept import Kept
from newsextract.lanes import Lanes
from newsextract.templates import TESTS, is_number, is_title, tables

LABELS = ("B-W", "I-W")
# How a token is written, its lower case being known; odd forms differ among themselves.
_LOWER, _FIGURE, _CAPITAL, _UPPER, _ODD, _ODD_TITLE = range(6)
_IS_TITLE = bytes([0, 1, 1, 1, 0, 1]).ljust(256, b"\0")
_APART = -60.0  # far below any sum of weights
_STEP = 250  # tokens at once: more would leave the processor's nearest memory

# Plain tuples: they are made faster than named ones, and the collector stops looking at them.
# Which third words, in lower case, may make of a pair three that are known.
_Thirds = tuple[str, ...]
# What a token adds before the token to its right, and which third tokens add more.
_Pair = tuple[bytes, _Thirds | None]
# Of a token: the pairs it may begin, by the lower case of the second and then by its form, None
# for what was not asked yet; what it adds in any other pair; its lower case; form; the token.
Token = tuple[dict[str, Sequence[_Pair | None]], Sequence[_Pair | None], str, int, str]
_NOT_ASKED: Sequence[_Pair | None] = (None,) * 6
_NONE: dict[str, Sequence[_Pair | None]] = {}


class WordModel:
    """Which tokens go on with the word before them, by a model, its templates and dictionary.

    ``settle`` gives the labels of a text where two ways to cut it weigh the same to a hair.
    Keeps at most ``limit`` tokens that it has seen (about 700 bytes each). Safe to share between
    threads. ValueError if the templates are not of the known form.
    """

    def __init__(
        self,
        weights: Weights,
        templates: Iterable[str],
        dictionary: Collection[str],
        settle: Callable[[Sequence[str]], bytes],
        *,
        limit: int = 40_000,
    ) -> None:
        if weights.labels != LABELS:
            raise ValueError(f"not a model of words: {weights.labels}")
        self._lanes = Lanes(weights.moves)
        self._tables = tables(weights.states, templates, self._lanes)
        self._dictionary = dictionary
        self._settle = settle
        self._kept = Kept(self._token, limit // 2)
        self.token = self._kept.one
        self._set_tests()
        self._set_edges()
        self._thirds = _thirds(chain(dictionary, self._tables[3, ""]))
        self._seconds = self._second_words()

    def _set_tests(self) -> None:
        """What the tests on one, two and three tokens add, by their answers."""
        answers = False, True
        self._singles = {
            (d, t, k): self._sum(1, isdigit=d, istitle=t, is_in_dict=k)
            for d in answers
            for t in answers
            for k in answers
        }
        pair, known_pair, titled_pair = self._tests(2)
        triple, known_triple, titled_triple = self._tests(3)
        # Every token begins some pair and some triple: what a plain one adds stands in its row.
        self._plain, self._plain_triple = pair + triple, triple
        self._known_pair, self._known_triple = known_pair - pair, known_triple - triple
        titled = titled_pair - pair
        self._steps = self._lanes.steps([0, titled, titled + titled_triple - triple])

    def _tests(self, size: int) -> tuple[int, int, int]:
        """What tokens add that are plain, in the dictionary, and titles."""
        return (
            self._sum(size, istitle=False, is_in_dict=False),
            self._sum(size, istitle=False, is_in_dict=True),
            self._sum(size, istitle=True, is_in_dict=False),
        )

    def _sum(self, size: int, **tests: bool) -> int:
        return sum(self._tables.get((size, t), {}).get(str(v), 0) for t, v in tests.items())

    def _set_edges(self) -> None:
        """The tokens that stand around a text: two of each kind, as templates reach so far."""
        packed = self._lanes.packed
        apart = packed(_APART, 0)
        # Before the first token stands the first label, but no move from it is counted.
        opening = sum(self._edge(n, "BOS") for n in (1, 2, 3)) - packed(self._lanes.if_behind, 1)
        self._opening = (self._bare(opening + apart),) * 2
        one, two, three = (self._edge(n, "EOS") for n in (1, 2, 3))
        # The last token begins no plain pair, the last two no plain triple; a place is 32 bits.
        closing = one + two + (two + three - self._plain >> 32)
        closing += (three - self._plain_triple >> 64) + packed(self._lanes.to_first, -1)
        self._closing = self._bare(closing + apart), self._bare(one + apart)

    def _bare(self, packed: int) -> Token:
        return {}, ((self._lanes.row(packed), None),) * 6, "", _LOWER, ""

    def _edge(self, size: int, name: str) -> int:
        return sum(self._tables.get((size, f), {}).get(name, 0) for f in ("", "lower", *TESTS))

    def goes_on(self, tokens: Sequence[Token], sizes: Sequence[int]) -> bytes:
        """For each token 1 if it belongs to the word of the token before it, else 0.

        ``sizes`` tells of how many tokens each text is; no word goes over the end of a text.
        """
        row = [*self._opening]
        start = 0
        for size in filter(None, sizes):
            row += tokens[start : start + size]
            row += self._closing
            row += self._opening
            start += size
        last = len(row) - 4
        gains = b"".join(
            [self._gains(row[at - 2 : min(at + _STEP, last) + 3]) for at in range(2, last, _STEP)]
        )
        found, ties = self._lanes.labels(gains)
        if len(sizes) == 1 and not ties:
            return found
        parts: list[bytes] = []
        place = start = 0
        for size in filter(None, sizes):
            part = found[place : place + size]
            if bisect_left(ties, place) < bisect_left(ties, place + size):
                part = self._settle([token[-1] for token in tokens[start : start + size]])
            parts.append(part)
            place += size + 4
            start += size
        return b"".join(parts)

    def _gains(self, tokens: Sequence[Token]) -> bytes:
        """The gains of all tokens but two before and three after them."""
        follows, plain, lowers, forms, _ = zip(*tokens, strict=True)
        known: Iterable[Sequence[_Pair | None]] = map(dict.get, follows, lowers[1:], plain)
        pairs: list[_Pair | None] = list(map(getitem, known, forms[1:]))
        if not all(pairs):
            for i in [i for i, pair in enumerate(pairs) if pair is None]:
                pairs[i] = self._pair(tokens[i], tokens[i + 1])
        rows, thirds = zip(*cast("list[_Pair]", pairs), strict=True)
        if any(thirds):
            rows = tuple(self._with_triples(tokens, rows, thirds))
        titles = int.from_bytes(bytes(forms).translate(_IS_TITLE), "little")
        two = titles & titles >> 8
        levels = (two + (two & titles >> 16)).to_bytes(len(forms), "little")
        return self._lanes.sums(rows, levels[2:-3], self._steps)

    def _with_triples(
        self, tokens: Sequence[Token], rows: Sequence[bytes], thirds: Sequence[_Thirds | None]
    ) -> Sequence[bytes]:
        mended = list(rows)
        for i in compress(range(len(tokens) - 2), thirds):
            lower = tokens[i + 2][2]
            if lower in cast("_Thirds", thirds[i]):
                first, second, third = tokens[i : i + 3]
                more = self._tables[3, ""].get(f"{first[-1]} {second[-1]} {third[-1]}", 0)
                if f"{first[2]} {second[2]} {lower}" in self._dictionary:
                    more += self._known_triple
                mended[i] = self._lanes.raised(mended[i], more)
        return mended

    def _second_words(self) -> dict[str, dict[str, Sequence[_Pair | None]]]:
        """By the first word the words that may make a pair with it, all in lower case."""
        pairs = (p for p in self._dictionary if p.count(" ") == 1)
        weighed = self._tables[2, "lower"], map(str.lower, self._tables[2, ""])
        seconds: dict[str, dict[str, Sequence[_Pair | None]]] = {}
        for pair in chain(pairs, *weighed, self._thirds):
            first, _, second = pair.partition(" ")
            if second:
                seconds.setdefault(first, {})[second] = _NOT_ASKED
        return seconds

    def _token(self, token: str) -> Token:
        lower = token.lower()
        titled = all(map(is_title, token.split(" ") if " " in token else (token,)))
        number = token[-1].isdigit() and is_number(token)
        packed = self._singles[number, titled, lower in self._dictionary] + self._plain
        packed += self._tables[1, ""].get(token, 0) + self._tables[1, "lower"].get(lower, 0)
        pair = self._lanes.row(packed), None
        form = _form(token, lower, titled)
        if form in (_LOWER, _FIGURE):
            return self._seconds.get(token, _NONE), (pair,) * 6, token, form, token
        follows = dict.fromkeys(self._seconds.get(lower, _NONE), _NOT_ASKED)
        return follows, (pair,) * 6, lower, form, token

    def _pair(self, left: Token, right: Token) -> _Pair:
        """What ``left`` adds before ``right``, when the model or the dictionary names the pair."""
        follows, plain, lower, _, token = left
        _, _, second, form, after = right
        both = f"{token} {after}"
        lower = f"{lower} {second}"
        packed = self._tables[2, "lower"].get(lower, 0) + self._tables[2, ""].get(both, 0)
        if lower in self._dictionary:
            packed += self._known_pair
        row, _ = cast("_Pair", plain[0])
        pair = self._lanes.raised(row, packed), self._thirds.get(lower)
        if form < _ODD:
            kept = follows[second]
            if kept is _NOT_ASKED:
                kept = follows[second] = [None] * 6
            cast("list[_Pair | None]", kept)[form] = pair
        return pair


def _form(token: str, lower: str, titled: bool) -> int:
    if token == lower:
        return _FIGURE if titled else _LOWER
    if titled and token == lower[:1].upper() + lower[1:]:
        return _CAPITAL
    if titled and token == lower.upper():
        return _UPPER
    return _ODD_TITLE if titled else _ODD


def _thirds(triples: Iterable[str]) -> dict[str, _Thirds]:
    """The last of three words by the first two, all in lower case."""
    thirds: dict[str, set[str]] = {}
    for entry in triples:
        if entry.count(" ") == 2:
            pair, _, third = entry.lower().rpartition(" ")
            thirds.setdefault(pair, set()).add(third)
    return {pair: tuple(words) for pair, words in thirds.items()}
