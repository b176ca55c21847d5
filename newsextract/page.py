"""HTML → Article: the generic reader, which knows no site. Only this file imports selectolax."""

from __future__ import annotations

import re
from collections.abc import Collection

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsextract import scan
from newsextract.author import find_author
from newsextract.clues import AUTHOR, DATE, class_bits
from newsextract.body import Survey, behind_title, find_body, widened
from newsextract.headline import find_headline
from newsextract.layout import Layout, Line
from newsextract.metadata import read_metadata
from newsextract.model import Article, Raw, Role
from newsextract.published import find_published
from newsextract.sites import find_site
from newsextract.story import Story, tell
from newsextract.verdict import refusal

_SKIPPED = frozenset(
    "style noscript svg iframe template select textarea button object embed audio video canvas "
    "map input datalist marquee math frameset applet".split()
)
_PLAYERS = frozenset(("video", "audio", "iframe", "object", "embed"))
_HEAD = frozenset(("script", "meta", "link", "title"))
_LABELS = frozenset(("span", "a", "label", "i", "em", "small", "font"))
_LABEL_ROOM = 40  # characters before it on its line, beyond which a label is part of a sentence
_SPECIAL = _SKIPPED | _HEAD | {"br"}
_BLOCKS = frozenset(
    "html body address article aside blockquote caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main "
    "menu nav ol p pre section summary table tbody td tfoot th thead time tr ul".split()
)


def survey(html: str) -> Layout:
    """Parse ``html`` and lay it flat. The scan of ``newsextract.scan`` must have passed it."""
    builder = _Builder()
    root = LexborHTMLParser(html).root
    if root is not None:
        _walk(root, builder)
    return builder.finish()


def _walk(root: LexborNode, builder: _Builder) -> None:
    """Hand every element and text to ``builder``, in document order and without recursion."""
    add_text, add_space, add_element = builder.text, builder.space, builder.element
    above: list[tuple[LexborNode, int]] = []
    node: LexborNode | None = root
    parent = -1
    while node is not None:
        tag = node.tag
        child = None
        if tag == "-text":
            text = node.text_content or ""
            if text.isspace():
                add_space()
            else:
                add_text(text, parent)
        elif tag in _SPECIAL:
            _read_special(node, tag, builder)
        elif tag is not None and tag[0] not in "-!":
            child = node.first_child
            number = add_element(tag, parent, node.attributes)
            if child is not None:
                above.append((node, parent))
                node, parent = child, number
                continue
        following = node.next
        while following is None and above:
            node, parent = above.pop()
            following = node.next
        node = following


def _read_special(node: LexborNode, tag: str, builder: _Builder) -> None:
    """Elements whose text is not the page's: they are read for what they say, or passed over."""
    if tag == "br":
        builder.line_break()
    elif tag in _HEAD:
        _read_head(node, tag, builder.layout)
    elif tag in _PLAYERS:
        builder.layout.players += 1
    elif tag == "input" and (node.attributes.get("type") or "").lower() == "password":
        builder.layout.passwords += 1


def _read_head(node: LexborNode, tag: str, layout: Layout) -> None:
    if tag == "title":
        layout.title = layout.title or " ".join((node.text() or "").split())
        return
    attributes = node.attributes
    if tag == "meta":
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content:
            layout.meta.append((name.strip().lower(), content.strip()))
    elif tag == "link":
        if (attributes.get("rel") or "").lower() == "canonical":
            layout.canonical = layout.canonical or attributes.get("href")
    elif "ld+json" in (attributes.get("type") or "").lower():
        layout.json_ld.append(node.text() or "")


class _Builder:
    """Fills a ``Layout`` from elements and pieces of text that come in document order."""

    __slots__ = (
        "_at",
        "_elements",
        "_first",
        "_home",
        "_last",
        "_linked",
        "_parts",
        "_pieces",
        "layout",
    )

    def __init__(self) -> None:
        self.layout = Layout()
        self._elements: list[tuple[str, int, dict[str, str | None]]] = []
        # Of each element: twice the number of its nearest block element, plus 1 inside a link.
        self._home: list[int] = []
        self._parts: list[Line] = []  # the open run, cut at each <br>
        self._pieces: list[str] = []
        self._at = self._first = self._last = -1
        self._linked = 0

    def element(self, tag: str, parent: int, attributes: dict[str, str | None]) -> int:
        """Note an element; a block element ends the open run of text."""
        home = self._home
        number = len(home)
        self._elements.append((tag, parent, attributes))
        linked = home[parent] & 1 if parent >= 0 else 0
        if tag in _BLOCKS or (attributes and tag in _LABELS and self._is_label(attributes)):
            if self._first >= 0 or self._parts:
                self.flush()
            home.append(2 * number + linked)
            if tag == "a":
                home[number] |= "href" in attributes
        elif tag == "a":
            home.append(home[parent] | ("href" in attributes))
        else:
            home.append(home[parent])
            if tag == "img":
                self.layout.images.append((len(self.layout.lines) + (self._first >= 0), number))
        return number

    def _is_label(self, attributes: dict[str, str | None]) -> bool:
        """A date or a name set apart by its class alone: pages glue them, styles part them."""
        if not class_bits(_name(attributes)) & (DATE | AUTHOR):
            return False
        return self._first < 0 or sum(map(len, self._pieces)) < _LABEL_ROOM

    def text(self, text: str, parent: int) -> None:
        """Add a piece of text to the open run, or begin one in another block."""
        home = self._home[parent]
        if home >> 1 != self._at:
            if self._first >= 0 or self._parts:
                self.flush()
            self._at = home >> 1
        if self._first < 0:
            self._first = parent
        self._last = parent
        if home & 1:
            self._linked += len(text.strip())
        self._pieces.append(text)

    def space(self) -> None:
        """White space between elements: a blank, where a run is open."""
        if self._first >= 0:
            self._pieces.append(" ")

    def line_break(self) -> None:
        """A ``<br>``; two in a row leave an empty part between."""
        if self._first >= 0 or self._parts:
            self._cut()

    def _cut(self) -> None:
        text = " ".join("".join(self._pieces).split())
        self._parts.append(Line(text, self._at, self._first, self._last, self._linked))
        self._pieces.clear()
        self._first = self._last = -1
        self._linked = 0

    def flush(self) -> None:
        """Close the open run: its text becomes one line, or several where a ``<br>`` ends one."""
        if self._first >= 0:
            self._cut()
        if len(self._parts) == 1 and self._parts[0].text:
            self.layout.lines.append(self._parts[0])
        elif self._parts:
            self.layout.lines += _joined(self._parts)
        self._parts.clear()
        self._at = -1

    def finish(self) -> Layout:
        """Close the last run and hand the page over."""
        self.flush()
        layout = self.layout
        for tag, parent, attributes in self._elements:
            layout.tags.append(tag)
            layout.parents.append(parent)
            layout.attributes.append(attributes)
        layout.names = [_name(a) if a else "" for a in layout.attributes]
        return layout


def _name(attributes: dict[str, str | None]) -> str:
    """All that names an element: its class, id and property, and what its link says of a writer."""
    name = attributes.get("class") or ""
    for key in ("id", "itemprop", "rel"):
        if key in attributes:
            name = f"{name} {attributes[key]}"
    if "href" in attributes and _AUTHOR_PAGE.search(attributes["href"] or ""):
        name = f"{name} author"
    return name


_AUTHOR_PAGE = re.compile(r"/(?:tac-?gia|authors?|but-danh|phong-vien)/", re.IGNORECASE)


def _joined(parts: list[Line]) -> list[Line]:
    """Lines of a run with ``<br>``: text that goes on in lower case was only wrapped."""
    lines: list[Line] = []
    wrapped = False
    for part in parts:
        if not part.text:
            wrapped = False
        elif wrapped and (part.text[0].islower() or part.text[0] in ",.;:)"):
            last = lines[-1]
            text = f"{last.text} {part.text}"
            lines[-1] = Line(text, part.block, last.first, part.last, last.linked + part.linked)
        else:
            lines.append(part)
            wrapped = True
    return lines


def read_page(
    html: str,
    raw: Raw,
    *,
    charset: str | None = None,
    repairs: tuple[str, ...] = (),
    repeated: Collection[str] = frozenset(),
) -> Article:
    """The article of one HTML page.

    ``repeated`` holds texts that stand on many pages of the site (``learn_site``): they are never
    the article's. Raises a ``PageError``: ``HostilePage`` and ``PageTooLarge`` before parsing,
    ``NotAnArticle`` and ``NoBody`` after.
    """
    if hostile := scan.refusal(html):
        hostile.source = raw.name
        raise hostile
    layout = survey(html)
    meta = read_metadata(layout)
    weighed = Survey(layout, frozenset(repeated))
    container = weighed.container()
    body = find_body(weighed, container) if container >= 0 else None
    head = find_headline(layout, weighed, body, meta)
    if body and head.first >= 0:
        wider = widened(weighed, body, layout.lines[head.first].block)
        body = find_body(weighed, wider) if wider != container else body
        body = body and behind_title(body, head.last)
    story = tell(layout, weighed, body, head) if body else Story()
    if refused := refusal(layout, body, head, story, meta):
        refused.source = raw.name
        raise refused
    assert body is not None  # refused otherwise
    lines: list[tuple[Role, str, str]] = []
    if head.text:
        lines.append(("title", head.text, _path(layout, head.first)))
    lines += (("lead", layout.lines[i].text, _path(layout, i)) for i in story.lead)
    lines += ((role, layout.lines[i].text, _path(layout, i)) for i, role in story.lines)
    site = find_site(raw.url or meta.canonical)
    return Article.assemble(
        lines,
        author=find_author(layout, weighed, body, story, meta),
        published=find_published(layout, weighed, body, head, meta, raw.fetched),
        url=raw.url,
        canonical_url=meta.canonical,
        source=raw.source,
        fetched=raw.fetched,
        site=site.name if site else None,
        province=site.province if site else None,
        charset=charset,
        repairs=tuple(repairs),
        warnings=tuple(meta.warnings),
    )


def _path(layout: Layout, line: int) -> str:
    return layout.path(layout.lines[line].block) if line >= 0 else "head"


def links(html: str) -> list[tuple[str, str]]:
    """Every link of a page in order: its ``href`` as written, and its text on one line."""
    found = []
    for node in LexborHTMLParser(html).css("a[href]"):
        href = node.attributes.get("href")
        if href:
            found.append((href, " ".join(node.text(separator=" ").split())))
    return found
