"""Which mentions speak of the same official: "ông Xuyên", "Bí thư Thăng"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from newsextract.facts.official import Official
from newsextract.link import Context, Link
from newsextract.model import Fact
from newsextract.vocabulary import LETTER, UPPER, alternation

_MALE, _FEMALE = frozenset({"ông", "anh"}), frozenset({"bà", "chị"})
_HONORIFICS = ("ông", "bà", "anh", "chị", "đồng chí", "đ/c")


def link_officials(facts: Sequence[Fact[Any]], context: Context) -> Iterator[Link]:
    """Every official with an id, and short mentions with the one person they can mean.

    Two full names that are the same are one person within an article. A given name alone means
    the one official with that name who was named in full before, unless anyone else of the
    text has it.
    """
    named = [f for f in facts if f.kind == "official" and " " in f.value.name]
    fullest: dict[str, Fact[Any]] = {}
    by_given: dict[str, dict[str, int]] = {}
    for fact in named:
        key = _key(fact.value.name)
        known = fullest.get(key)
        if known is None or len(fact.value.titles) > len(known.value.titles):
            fullest[key] = fact
        by_given.setdefault(_given(fact.value.name), {}).setdefault(key, fact.start)
    for fact in named:
        key = _key(fact.value.name)
        yield Link(fact.start, fact.end, "official.same", fullest[key], f"official:{key}")
    if by_given:
        yield from _short(facts, by_given, fullest, context.text)


def _key(name: str) -> str:
    return " ".join(name.lower().split())


def _given(name: str) -> str:
    return name.split()[-1]


def _short(
    facts: Sequence[Fact[Any]],
    by_given: dict[str, dict[str, int]],
    fullest: dict[str, Fact[Any]],
    text: str,
) -> Iterator[Link]:
    names = frozenset(by_given)
    others = _other_people(text, names, frozenset(fullest))
    starts = [f.start for f in facts]
    for found in _mention(names).finditer(text):
        keys = by_given[found["name"]]
        key, since = next(iter(keys.items()))
        if len(keys) > 1 or since >= found.start() or found["name"] in others:
            continue
        target = fullest[key]
        place = bisect_left(starts, found.end()) - 1
        fact = facts[place] if place >= 0 and facts[place].end > found.start() else None
        if fact is None:
            start = _opening(text, found.start("name"), target.value)
        else:
            start = fact.start if fact.kind == "official" and fact.end == found.end() else None
        if start is not None and (fact is None or fact.value.name == found["name"]):
            value = replace(fact.value, name=target.value.name) if fact else target.value
            yield Link(start, found.end(), "official.short", target, f"official:{key}", value)


def _mention(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile(
        rf"(?<=[{LETTER}][^\S\n])(?P<name>{alternation(names)})(?![{LETTER}])(?![^\S\n]+[{UPPER}])"
    )


def _opening(text: str, at: int, value: Official) -> int | None:
    """Where the mention of the person begins: at an honorific or a title of theirs; else None."""
    window = text[max(at - 40, 0) : at].rstrip()
    low = at - len(text[max(at - 40, 0) : at])
    folded = window.lower()
    if len(folded) != len(window):
        return None  # a foreign letter that changes length; no offset could be trusted
    for word in _HONORIFICS:
        if folded.endswith(word) and not folded[: -len(word)][-1:].isalpha():
            said = {(value.honorific or "").lower()}
            if (word in _MALE and said & _FEMALE) or (word in _FEMALE and said & _MALE):
                return None
            return low + len(window) - len(word)
    for title in value.titles:
        words = title.split()
        for size in range(min(4, len(words)), min(2, len(words)) - 1, -1):
            head = " ".join(words[:size]).lower()
            if folded.endswith(head) and not folded[: -len(head)][-1:].isalpha():
                return low + len(window) - len(head)
    return None


def _other_people(text: str, given: frozenset[str], known: frozenset[str]) -> set[str]:
    """Given names that another full name of the text ends with: "ông Trung" may be either."""
    proper = rf"[{UPPER}][{LETTER}]*"
    runs = re.compile(
        rf"(?<![{LETTER}])(?P<run>(?:{proper}[^\S\n]+){{1,4}})(?P<name>{alternation(given)})"
        rf"(?![{LETTER}])(?![^\S\n]+[{UPPER}])"
    )
    found = set()
    for run in runs.finditer(text):
        words = (run["run"] + run["name"]).split()
        if len(words) >= 3 and not any(
            _key(" ".join(words[i:])) in known for i in range(len(words))
        ):
            found.add(run["name"])
    return found
