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
_LARGE = 1 << 18  # bytes; a tag of the most attributes they hold takes the parser seconds
_HARMLESS = 1_500  # start tags that are below every limit in any arrangement

_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_CELLS = frozenset(("td", "th", "caption"))
_BOXES = frozenset(("object", "marquee", "applet", "template"))
_PARTS = _CELLS | {"tr", "tbody", "thead", "tfoot"}
_FRAMED = _FORMATTING | _PARTS | _BOXES | {"table"}
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


_ATTRIBUTE = rb"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>]*+))?"
"""One attribute as HTML reads it; its value may hold words. The tag's name is one too."""


@cache
def _attribute() -> re.Pattern[bytes]:
    return re.compile(_ATTRIBUTE)


@cache
def _whole_tag() -> re.Pattern[bytes]:
    return re.compile(rb"<[!/?]?[a-zA-Z](?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+")


@cache
def _units() -> re.Pattern[bytes]:
    """Comments, elements whose content is no markup, tags and text, as HTML parts them.

    The match ends before the first tag of too many attributes. It holds no group, as Python 3.11
    loses those in such a repeat.
    """
    names = b"script style textarea title xmp iframe noembed noframes".split()
    raw = b"|".join(rb"%b\b(?:[^<]++|<(?!/%b))*+" % (name, name) for name in names)
    forms = (
        rb"!--(?:-?>|(?:[^-]++|-(?!-!?>))*+)",
        rb"(?=[sStTxXiInN])(?i:" + raw + rb")",
        rb"[a-zA-Z][^\"'<>=]*+(?:=\"[^\"<>]*+\"[^\"'<>=]*+)*+>",  # most tags, three times faster
        rb"[a-zA-Z](?:[\s/]*+" + _ATTRIBUTE + rb"){0,%d}+[\s/]*+(?:>|\Z)" % MAX_ATTRIBUTES,
        rb"(?![a-zA-Z])",
    )
    return re.compile(rb"(?:[^<]++|<(?:" + b"|".join(forms) + rb"))*+")


@cache
def _tag_at() -> re.Pattern[bytes]:
    return re.compile(rb"<[a-zA-Z](?:[\s/]++|" + _ATTRIBUTE + rb")*+")


def _most_attributes(html: bytes) -> int:
    """The attributes of the tag that has most, of those long enough to matter; else 0.

    A quick look finds those that hold no ``<`` over a whole window. The time they take the parser
    grows with the square of their number: a large page is read tag by tag too.
    """
    tags = _in_windows(html)
    units = _units().match(html) if len(html) > _LARGE else None
    if units and (tag := _tag_at().match(html, units.end())):
        tags.append(tag[0])
    return max((len(_attribute().findall(tag)) - 1 for tag in tags), default=0)


def _in_windows(html: bytes) -> list[bytes]:
    """Long tags, found with one look at most windows of the page."""
    tags, at = [], MAX_ATTRIBUTES
    while at < len(html):
        if html.find(b"<", at, at + MAX_ATTRIBUTES) < 0:
            end = html.find(b"<", at)
            end = len(html) if end < 0 else end
            tag = _whole_tag().match(html, html.rfind(b"<", 0, at), end)
            if tag and tag.end() - tag.start() > 2 * MAX_ATTRIBUTES:
                tags.append(tag[0])
            at = end
        at += MAX_ATTRIBUTES
    return tags


def _refuse_nesting(tags: list[bytes]) -> PageError | None:
    count = Counter(tags)
    deepest, formatting = _starts(count)
    if deepest > MAX_DEPTH and (deepest := _deepest(tags)) > MAX_DEPTH:
        return HostilePage(f"{deepest:,} elements open at once")
    if formatting > MAX_FORMATTING or formatting * len(tags) > MAX_GROWTH:
        formatting = _most_formatting(tags, count)
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


def _deepest(tags: list[bytes]) -> int:
    """The most elements that are open at once."""
    steps = {tag: found for tag in set(tags) if (found := _step(tag))[1]}
    opened = {name: 0 for name, *_ in steps.values()}
    depth = deepest = 0
    for name, step, _ in [steps[tag] for tag in tags if tag in steps]:
        if step > 0:
            opened[name] += 1
            depth += 1
            if depth > deepest:
                deepest = depth
        elif opened[name]:  # a closing tag of nothing open hides no depth
            opened[name] -= 1
            depth -= 1
    return deepest


def _most_formatting(tags: list[bytes], count: Counter[bytes]) -> int:
    """The most formatting elements that are open at once."""
    names = {tag: name for tag in count if (name := _step(tag)[0]) in _FRAMED}
    frames = _Frames()
    most = 0
    for tag, name in [(tag, names[tag]) for tag in tags if tag in names]:
        step = -1 if tag[:1] == b"/" else 1
        if name in _FORMATTING:
            frames.format(name, step)
            most = max(most, frames.formatting)
        else:
            frames.end(name, step)
            frames.begin(name, step)
    return most


class _Frames:
    """Formatting elements that are open, by the cell or box they stand in.

    There no closing tag meets what was opened before it, and its end drops what is open in it. A
    table's frame is the one it stands in: what stands between its cells goes before the table.
    """

    def __init__(self) -> None:
        self.formatting = 0
        self._frames: list[tuple[str, Counter[str]]] = [("", Counter())]
        self._tables = 0

    def format(self, name: str, step: int) -> None:
        """Open a formatting element, or close one where one is open in the frame."""
        opened = self._frames[-1][1]
        if step > 0 or opened[name]:
            opened[name] += step
            self.formatting += step

    def end(self, name: str, step: int) -> None:
        """End the frames that a tag of a table, of a part of one or of a box ends."""
        if name == "table" and step < 0 and self._tables:
            while self._frames[-1][0] != "table":
                self._drop()
            self._frames.pop()
            self._tables -= 1
            return
        top = self._frames[-1][0]
        if (name == top and name in _BOXES and step < 0) or (name in _PARTS and top in _CELLS):
            self._drop()

    def begin(self, name: str, step: int) -> None:
        """Begin a frame where a table, a cell of one or a box opens."""
        if step > 0 and name == "table":
            self._frames.append((name, self._frames[-1][1]))
            self._tables += 1
        elif step > 0 and (name in _BOXES or (name in _CELLS and self._frames[-1][0] == "table")):
            self._frames.append((name, Counter()))

    def _drop(self) -> None:
        self.formatting -= self._frames.pop()[1].total()


@lru_cache(maxsize=1024)
def _step(tag: bytes) -> tuple[str, int, int]:
    """A tag's name, whether it opens (1) or closes (-1) an element, and 1 for formatting."""
    name = tag.decode("utf-8", "replace").lower()
    step = 1
    if name[0] == "/":
        name, step = name[1:], -1
    return name, 0 if name in _VOID or name in _IMPLIED else step, int(name in _FORMATTING)
