"""What is written with numbers and is no fact: durations, ages, clock times, ordinals, labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from newsextract.facts.reading import Kind, Reading
from newsextract.model import Fact
from newsextract.vocabulary import alternation, vocabulary


@cache
def _time() -> re.Pattern[str]:
    words = vocabulary("labels")
    return re.compile(rf"[^\S\n]*+(?i:{alternation(words['time'])})(?![^\W_])")


@cache
def _labels() -> frozenset[str]:
    return frozenset(vocabulary("labels")["labels"])


def _read(reading: Reading) -> Iterator[Fact[str]]:
    text = reading.text
    for amount in reading.amounts:
        if m := _time().match(text, amount.end):
            yield reading.fact("nonfact", amount.start, m.end(), "time", "time")
        elif amount.before and (
            amount.before[-1] in _labels() or " ".join(amount.before[-2:]) in _labels()
        ):
            yield reading.fact("nonfact", amount.start, amount.end, "label", "label")


KIND = Kind("nonfact", 30, _read, is_fact=False)
