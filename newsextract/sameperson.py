"""Which mentions speak of the same official: "ông Xuyên", "Bí thư Thăng"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from newsextract.facts.official import Official
from newsextract.link import Context, Link
from newsextract.model import Fact
from newsextract.vocabulary import LETTER, UPPER, alternation

_MALE, _FEMALE = frozenset({"ông", "anh"}), frozenset({"bà", "chị"})
_HONORIFICS = ("ông", "bà", "anh", "chị", "đồng chí", "đ/c")


def link_officials(facts: Sequence[Fact[Any]], context: Context) -> Iterator[Link]:
    """Every official with an id, and later short mentions with the one person they can mean."""
    officials = [f for f in facts if f.kind == "official"]
    first: dict[str, Fact[Any]] = {}
    for fact in officials:
        key = _key(fact.value.name)
        known = first.get(key)
        if known is None or len(fact.value.titles) > len(known.value.titles):
            first[key] = fact
    for fact in officials:
        key = _key(fact.value.name)
        yield Link(fact.start, fact.end, "official.same", first[key], f"official:{key}")
    yield from _short(facts, officials, first, context.text)


def _key(name: str) -> str:
    return " ".join(name.lower().split())


def _given(name: str) -> str:
    return name.split()[-1]


def _short(
    facts: Sequence[Fact[Any]],
    officials: list[Fact[Any]],
    first: dict[str, Fact[Any]],
    text: str,
) -> Iterator[Link]:
    by_given: dict[str, dict[str, Fact[Any]]] = {}
    for fact in officials:
        if len(fact.value.name.split()) > 1:
            by_given.setdefault(_given(fact.value.name), {}).setdefault(_key(fact.value.name), fact)
    if not by_given:
        return
    others = _other_people(text, frozenset(by_given), frozenset(first))
    starts = [f.start for f in facts]
    for found in _mention(frozenset(by_given)).finditer(text):
        place = bisect_left(starts, found.end()) - 1
        if place >= 0 and facts[place].end > found.start():
            continue
        named = by_given[found["name"]]
        before = {key for key, fact in named.items() if fact.start < found.start()}
        if len(named) != 1 or not before or found["name"] in others:
            continue
        key = before.pop()
        start = _opening(text, found.start("name"), first[key].value)
        if start is not None:
            target = first[key]
            yield Link(
                start, found.end(), "official.short", target, f"official:{key}", target.value
            )


def _mention(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile(
        rf"(?<=[{LETTER}][^\S\n])(?P<name>{alternation(names)})(?![{LETTER}])(?![^\S\n]+[{UPPER}])"
    )


def _opening(text: str, at: int, value: Official) -> int | None:
    """Where the mention of the person begins: at an honorific or a title of theirs; else None."""
    window = text[max(at - 40, 0) : at].rstrip()
    low = at - len(text[max(at - 40, 0) : at])
    folded = window.lower()
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
