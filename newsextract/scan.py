"""A look at HTML before it is parsed: pages built to exhaust the parser are refused.

The parser (lexbor) is linear on every page a site serves, but 80 KB of unclosed ``<font>`` with
``<p>`` take it 9 s and 2.9 GB, and deep nesting, long selects and tags of many attributes take it
quadratic time. One pass over the tags finds all of these; small pages need no pass. Measured on
158 Vietnamese pages of 2004-2026 the most was 17 open formatting tags, 132 open elements, 54
options and 300 attributes in a tag; the limits are far above.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from newsextract.errors import HostilePage, PageError, PageTooLarge

MAX_BYTES = 20_000_000
MAX_ELEMENTS = 300_000
MAX_DEPTH = 1_500
MAX_FORMATTING = 300
MAX_GROWTH = 600_000  # open formatting tags × block tags: the nodes the parser may make of them
MAX_OPTIONS = 15_000
MAX_ATTRIBUTES = 3_000  # in one tag
MAX_ROOTS = 500
_HARMLESS = 1_500  # start tags that are below every limit in any arrangement

_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source "
    "track wbr".split()
)
_IMPLIED = frozenset(
    "li dd dt p option optgroup tr td th thead tbody tfoot rt rp html body head".split()
)


def refusal(html: bytes) -> PageError | None:
    """Why ``html`` (UTF-8) must not be parsed, or None where it may; linear in its length."""
    if len(html) > MAX_BYTES:
        return PageTooLarge(f"{len(html):,} bytes of HTML")
    attributes = _most_attributes(html)
    if attributes > MAX_ATTRIBUTES:
        return HostilePage(f"a tag of {attributes:,} attributes")
    starts = html.count(b"<")
    if starts > _HARMLESS:
        starts -= html.count(b"</")
    if starts <= _HARMLESS:
        return None
    if starts > MAX_ELEMENTS:
        return PageTooLarge(f"about {starts:,} elements")
    return _refuse_nesting(_tag().findall(html))


@cache
def _tag() -> re.Pattern[bytes]:
    return re.compile(rb"<(/?[a-zA-Z][^\s/>]*+)")


@cache
def _whole_tag() -> re.Pattern[bytes]:
    return re.compile(rb"<[!/?]?[a-zA-Z](?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+")


def _most_attributes(html: bytes) -> int:
    """The attributes of the tag that has most, of those long enough to matter; else 0.

    Such a tag holds no ``<`` over a whole window, so most windows are done with one look.
    """
    most, at = 0, MAX_ATTRIBUTES
    while at < len(html):
        if html.find(b"<", at, at + MAX_ATTRIBUTES) < 0:
            end = html.find(b"<", at)
            end = len(html) if end < 0 else end
            tag = _whole_tag().match(html, html.rfind(b"<", 0, at), end)
            if tag and tag.end() - tag.start() > 2 * MAX_ATTRIBUTES:
                most = max(most, len(tag[0].split()), tag[0].count(b"="))
            at = end
        at += MAX_ATTRIBUTES
    return most


def _refuse_nesting(tags: list[bytes]) -> PageError | None:
    count = Counter(tags)
    deepest, formatting = _starts(count)
    if deepest > MAX_DEPTH:
        deepest, formatting = _deepest(tags)
    elif formatting > MAX_FORMATTING or formatting * len(tags) > MAX_GROWTH:
        marks = {tag for tag in count if _step(tag)[2]}  # the others do not matter here
        _, formatting = _deepest([tag for tag in tags if tag in marks])
    if deepest > MAX_DEPTH:
        return HostilePage(f"{deepest:,} elements open at once")
    if formatting > MAX_FORMATTING or formatting * len(tags) > MAX_GROWTH:
        return HostilePage(f"{formatting:,} formatting tags open at once")
    if count[b"option"] > MAX_OPTIONS:
        return PageTooLarge(f"{count[b'option']:,} options")
    if count[b"html"] + count[b"body"] > MAX_ROOTS:
        return HostilePage(f"{count[b'html'] + count[b'body']:,} html and body tags")
    return None


def _starts(count: Counter[bytes]) -> tuple[int, int]:
    """How many elements, and how many formatting elements, are opened: no more can be open."""
    steps = [(_step(tag), n) for tag, n in count.items()]
    opened = sum(n for (_, step, _), n in steps if step > 0)
    return opened, sum(n for (_, step, mark), n in steps if step > 0 and mark)


def _deepest(tags: list[bytes]) -> tuple[int, int]:
    """The most elements, and the most formatting elements, that are open at once."""
    steps = {tag: found for tag in set(tags) if (found := _step(tag))[1]}
    opened = {name: 0 for name, *_ in steps.values()}
    depth = deepest = formatting = most = 0
    for name, step, mark in [steps[tag] for tag in tags if tag in steps]:
        if step > 0:
            opened[name] += 1
            depth += 1
            if depth > deepest:
                deepest = depth
            if mark:
                formatting += 1
                if formatting > most:
                    most = formatting
        elif opened[name]:  # a closing tag of nothing open hides no depth
            opened[name] -= 1
            depth -= 1
            formatting -= mark
    return deepest, most


@lru_cache(maxsize=1024)
def _step(tag: bytes) -> tuple[str, int, int]:
    """A tag's name, whether it opens (1) or closes (-1) an element, and 1 for formatting."""
    name = tag.decode("utf-8", "replace").lower()
    step = 1
    if name[0] == "/":
        name, step = name[1:], -1
    return name, 0 if name in _VOID or name in _IMPLIED else step, int(name in _FORMATTING)
