"""HTML → Article: the generic reader, which knows no site. Only this file imports selectolax."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache, partial

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from newsextract import scan
from newsextract.author import find_author
from newsextract.body import Body, before_next, behind_title, find_body, widened
from newsextract.builder import BREAK, Piece, fill
from newsextract.clues import AUTHOR, BODY, DATE, LEAD, RELATED, TITLE
from newsextract.errors import HostilePage, PageError
from newsextract.foot import before_foot, before_talk
from newsextract.headline import Headline, find_headline
from newsextract.hints import Found, completed
from newsextract.layout import Layout
from newsextract.metadata import read_metadata
from newsextract.model import Article, Raw, Role
from newsextract.published import find_published
from newsextract.sites import Selectors, find_site
from newsextract.story import Story, tell
from newsextract.survey import Survey
from newsextract.tidying import encoded
from newsextract.verdict import refuse_others

_SKIPPED = frozenset(
    "style noscript svg iframe template select textarea button object embed audio video canvas "
    "map input datalist marquee math frameset applet".split()
)
_PLAYERS = frozenset(("video", "audio", "iframe", "object", "embed"))
_HEAD = frozenset(("script", "meta", "link", "title"))
_SPECIAL = _SKIPPED | _HEAD | {"br", "-comment", "-doctype", "-document", "-other"}
_FIXED = 1 << 16  # above are the parser's numbers for tags of one page alone
_NO_ATTRIBUTES: dict[str, str | None] = {}


def read_page(
    html: str | bytes,
    raw: Raw,
    *,
    charset: str | None = None,
    repairs: tuple[str, ...] = (),
    repeated: Collection[str] = frozenset(),
) -> Article:
    """The article of one HTML page, ``html`` as text or in UTF-8.

    ``repeated`` holds texts that stand on many pages of the site (``learn_site``): they are never
    the article's. Raises a ``PageError``: ``HostilePage`` and ``PageTooLarge`` before parsing,
    ``NotAnArticle`` and ``NoBody`` after.
    """
    site = find_site(raw.url)
    try:
        tree, layout = _parsed(html, site.selectors if site else None)
        survey = Survey(layout, read_metadata(layout), frozenset(repeated))
        survey.address = raw.url or survey.address
        lines, author, published = _read(survey, raw)
    except PageError as error:
        error.source = raw.name
        raise
    site = site or find_site(survey.meta.canonical)
    if site and not (author and published and any(role == "lead" for role, *_ in lines)):
        found = lines, author, published
        lines, author, published = completed(partial(_texts, tree), site, found, raw.fetched)
    return Article.assemble(
        lines,
        author=author,
        published=published,
        url=raw.url,
        canonical_url=survey.meta.canonical,
        source=raw.source,
        fetched=raw.fetched,
        site=site.name if site else None,
        province=site.province if site else None,
        charset=charset,
        repairs=tuple(repairs),
        warnings=tuple(survey.meta.warnings),
    )


def _parsed(html: str | bytes, selectors: Selectors | None) -> tuple[LexborHTMLParser, Layout]:
    """The page parsed and laid flat, where the scan lets it pass."""
    utf8 = encoded(html) if isinstance(html, str) else html
    if hostile := scan.refusal(utf8):
        try:
            raise hostile
        finally:
            del hostile  # with its traceback it would hold this frame and the page
    tree = LexborHTMLParser(utf8)
    return tree, lay_out(tree, selectors)


def _read(survey: Survey, raw: Raw) -> Found:
    """Lines, author and time of publication; raises what the page is, if no article."""
    body, head = _choose(survey)
    story = tell(survey, body, head) if body else Story()
    body = refuse_others(survey, body, head, story)
    published = find_published(survey, body, head, raw.fetched)
    return _lines(survey.layout, head, story), find_author(survey, body, head, story), published


def _texts(tree: LexborHTMLParser, selectors: Iterable[str]) -> list[str]:
    """The text of the first element that each of the CSS ``selectors`` meets."""
    found = []
    for selector in selectors:
        try:
            node = tree.css_first(selector)
        except SelectolaxError:
            continue  # not a selector the parser knows
        if node is not None:
            found.append(" ".join(node.text(separator=" ").split()))
    return found


def _choose(survey: Survey) -> tuple[Body | None, Headline]:
    """The body and the title, each found with the help of the other."""
    container = survey.container()
    body = find_body(survey, container)
    head = find_headline(survey, body)
    if body and head.first >= 0:
        told = survey.layout.known.get(container, 0) & BODY
        title = survey.layout.lines[head.first].block
        wider = container if told else widened(survey, body, title)
        body = find_body(survey, wider) if wider != container else body
        body = body and behind_title(body, head.last)
        body = body and before_next(survey, body, head.first)
    body = body and before_talk(survey, body)
    return body and before_foot(survey, body), head


def _lines(layout: Layout, head: Headline, story: Story) -> list[tuple[Role, str, str]]:
    chosen: list[tuple[int, Role]] = [*((i, "lead") for i in story.lead), *story.lines]
    title = [layout.lines[head.first].block] if head.first >= 0 else []
    paths = layout.paths([*title, *(layout.lines[i].block for i, _ in chosen)])
    lines: list[tuple[Role, str, str]] = []
    if head.text:
        lines.append(("title", head.text, paths[title[0]] if title else "head"))
    lines += ((role, layout.lines[i].text, paths[layout.lines[i].block]) for i, role in chosen)
    return lines


def lay_out(tree: LexborHTMLParser, selectors: Selectors | None = None) -> Layout:
    """A parsed page laid flat. The scan of ``newsextract.scan`` must have passed its HTML.

    What ``selectors`` meet is noted as a clue of its element, to be weighed with all others: a
    stale one does no harm.
    """
    layout = Layout()
    fill(layout, _walk(tree.root, layout, _known(tree, selectors) if selectors else {}))
    return layout


_CLUES = (("title", TITLE), ("lead", LEAD), ("date", DATE), ("author", AUTHOR), ("body", BODY),
          ("remove", RELATED))  # fmt: skip


def _known(tree: LexborHTMLParser, selectors: Selectors) -> dict[int, int]:
    """The clue bits of the elements that a site's selectors meet, by the node's address."""
    bits: dict[int, int] = {}
    for name, bit in _CLUES:
        for selector in getattr(selectors, name):
            try:
                nodes = tree.css(selector)
            except SelectolaxError:
                continue  # not a selector the parser knows
            for node in nodes:
                bits[node.mem_id] = bits.get(node.mem_id, 0) | bit
    return bits


def _walk(node: LexborNode | None, layout: Layout, known: dict[int, int]) -> list[Piece]:
    """Note every element from ``node`` on, and give the pieces of text, without recursion."""
    tags, parents, ends, attributes = layout.tags, layout.parents, layout.ends, layout.attributes
    names = _tag_names()
    pieces, above = list[Piece](), list[LexborNode]()
    parent, number, space = -1, 0, ""
    while node is not None:
        if node.is_text_node:
            if node.is_empty_text_node or not (text := node.text_content) or text.isspace():
                space = " "
            else:
                pieces.append((number, parent, space + text))
                space = ""
        elif (tag := names.get(node.tag_id) or _name(node)) == "br":
            pieces.append((number, parent, BREAK))
        elif tag in _SPECIAL:
            _read_special(node, tag, layout)
        else:
            tags.append(tag)
            parents.append(parent)
            attributes.append(node.attributes if tag != "img" else _NO_ATTRIBUTES)
            if known and node.mem_id in known:
                layout.known[number] = known[node.mem_id]
            number += 1
            ends.append(number)
            if (child := node.first_child) is not None:
                above.append(node)
                if len(above) > scan.MAX_DEPTH:  # the scan believes every closing tag
                    raise HostilePage(f"{len(above):,} elements in one another")
                node, parent = child, number - 1
                continue
        node = node.next
        while node is None and above:
            ends[parent] = number
            parent = parents[parent]
            node = above.pop().next
    return pieces


@cache
def _tag_names() -> dict[int, str]:
    """The parser's number of a tag → its name, as met: one object, where it would make new ones."""
    return {}


def _name(node: LexborNode) -> str:
    """The name of an element's tag, or ``-comment`` and the like."""
    name = node.tag or "-other"
    if node.tag_id < _FIXED:  # the number of a tag that HTML does not know is its page's alone
        _tag_names()[node.tag_id] = name
    return name


def _read_special(node: LexborNode, tag: str, layout: Layout) -> None:
    """Elements whose text is not the page's: they are read for what they say, or passed over."""
    if tag in _HEAD:
        _read_head(node, tag, layout)
    elif tag in _PLAYERS:
        layout.players += 1
    elif tag == "input" and (node.attributes.get("type") or "").lower() == "password":
        layout.passwords += 1


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
