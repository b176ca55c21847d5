"""Which mentions speak of the same official: "ông Xuyên", "Bí thư Thăng"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from newsextract.facts.official import Official
from newsextract.letters import BLANK, LETTER, UPPER
from newsextract.link import Context, Link
from newsextract.model import Fact

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
    mentions = [m for name in by_given for m in _mentions(text, name)]
    others = {name for name, _, words in mentions if _someone_else(words, fullest)}
    starts = [f.start for f in facts]
    for name, at, _ in sorted(mentions, key=lambda m: m[1]):
        keys = by_given[name]
        key, since = next(iter(keys.items()))
        if len(keys) > 1 or since >= at or name in others:
            continue
        target, end = fullest[key], at + len(name)
        place = bisect_left(starts, end) - 1
        fact = facts[place] if place >= 0 and facts[place].end > at else None
        if fact is None:
            start = _opening(text, at, target.value)
        else:
            start = fact.start if fact.kind == "official" and fact.end == end else None
        if start is not None and (fact is None or fact.value.name == name):
            value = replace(fact.value, name=target.value.name) if fact else target.value
            yield Link(start, end, "official.short", target, f"official:{key}", value)


def _mentions(text: str, name: str) -> Iterator[tuple[str, int, list[str]]]:
    """Where ``name`` ends a run of capitalised words, with that run.

    Looked for as a plain string: a pattern of every article's own names would have to be
    compiled for every article, which took longer than all the rest.
    """
    at = text.find(name)
    while at >= 0:
        if _around().match(text, at + len(name)) and text[at - 1 : at].isspace():
            before = _before().search(text, max(at - 60, 0), at)
            words = before[0].split() if before else []
            if before or _after_letter().match(text, max(at - 2, 0)):
                yield name, at, [*words, name]
        at = text.find(name, at + len(name))


@cache
def _around() -> re.Pattern[str]:
    return re.compile(rf"(?![{LETTER}])(?!{BLANK}+[{UPPER}])")


@cache
def _after_letter() -> re.Pattern[str]:
    return re.compile(rf"[{LETTER}]{BLANK}")


@cache
def _before() -> re.Pattern[str]:
    """Up to four capitalised words right before a place."""
    return re.compile(rf"(?<![{LETTER}])(?:[{UPPER}][{LETTER}]*+{BLANK}++){{1,4}}\Z")


def _someone_else(words: list[str], known: Container[str]) -> bool:
    """Whether a run is another full name: then "ông Trung" may be either."""
    return len(words) >= 3 and not any(
        _key(" ".join(words[i:])) in known for i in range(len(words))
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
