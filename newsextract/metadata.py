"""What a page says of itself: JSON-LD, OpenGraph and plain meta tags, each taken with doubt."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from newsextract.layout import Layout, Line
from newsextract.model import single_spaced
from newsextract.tidying import unescaped

_ARTICLE_TYPE = re.compile(r"article|blogposting|report|liveblog", re.IGNORECASE)
_TITLES = ("og:title", "twitter:title", "title", "dc.title", "headline")
_DATES = (
    "article:published_time", "datepublished", "pubdate", "og:published_time", "published_time",
    "dc.date.issued", "dc.date", "dcterms.created", "date", "publishdate", "sailthru.date",
    "cxenseparse:recs:publishtime", "article:published", "dc.date.created", "dcterms.issued",
    "citation_publication_date", "citation_date", "parsely-pub-date", "publication_date",
    "article_date_original", "originalpublicationdate", "date_published", "published_at",
)  # fmt: skip
# Some portals give every page the address of the home page: it would make all of them one article.
_OWN_ADDRESS = re.compile(
    r"https?://[^/?#\s]+/(?!(?:index|default|home|trang-chu|vi|vi-vn)?(?:\.\w+)?/?(?:#.*)?$)\S",
    re.IGNORECASE,
)
_AUTHORS = (
    "article:author", "author", "dc.creator", "dable:author", "og:article:author",
    "dcterms.creator", "citation_author", "parsely-author", "sailthru.author",
)  # fmt: skip
_SITES = ("og:site_name", "application-name", "copyright")
_READ = frozenset((*_TITLES, *_DATES, *_AUTHORS, *_SITES, "og:type", "og:url"))
_MOST_CLAIMS = 60  # of one kind; each line of a page is held against each title
_WRITTEN = re.compile(r"written by|(?:được )?viết bởi|tác giả|author", re.IGNORECASE)
_MOST_WRITERS = 5  # named one by one
_TAG = re.compile(r"<[^<>]*>")


@dataclass(slots=True)
class Metadata:
    """Claims of a page's head, strongest first; every text is unescaped and folded."""

    titles: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    site_names: list[str] = field(default_factory=list)
    canonical: str | None = None
    is_article: bool = False
    warnings: list[str] = field(default_factory=list)


def read_metadata(layout: Layout) -> Metadata:
    """Collect the claims of ``layout``'s head. A broken JSON-LD script gives a warning."""
    found = Metadata()
    for number, text in enumerate(layout.json_ld, 1):
        try:
            _read_json_ld(text, found)
        except (ValueError, RecursionError):
            found.warnings.append(f"JSON-LD script {number} could not be read")
    named: dict[str, list[str]] = {}
    for name, content in layout.meta:
        if name in _READ and (clean := _clean(content)):
            named.setdefault(name, []).append(clean)
    named.setdefault("author", []).extend(_labelled_writers(layout.meta))
    for name in named.keys() & _AUTHORS:
        named[name] = _together(named[name])
    for target, names in (
        (found.titles, _TITLES),
        (found.dates, _DATES),
        (found.authors, _AUTHORS),
        (found.site_names, _SITES),
    ):
        target += [text for name in names for text in named.get(name, ())]
        target[:] = list(dict.fromkeys(target))[:_MOST_CLAIMS]
    if title := _clean(layout.title.partition("<")[0]):
        found.titles.append(title)
    found.site_names += _front_names(layout) + _publishers(layout)
    found.is_article = found.is_article or "article" in named.get("og:type", ())
    addresses = (layout.canonical or "", *named.get("og:url", ()))
    found.canonical = next((a for a in map(str.strip, addresses) if _OWN_ADDRESS.match(a)), None)
    return found


def _labelled_writers(meta: list[tuple[str, str]]) -> list[str]:
    """What cards for a network say of who wrote the page: a label, and the words it labels."""
    said = dict(meta)
    numbers = [name[-1] for name in said if name.startswith("twitter:label")]
    written = [n for n in numbers if _WRITTEN.match(said[f"twitter:label{n}"])]
    return [name for n in written if (name := _clean(said.get(f"twitter:data{n}")))]


_HEADINGS = frozenset(("h1", "h2", "h3"))
_TOP = 60  # lines in which the head of a page names the site


@cache
def _front() -> re.Pattern[str]:
    return re.compile(
        r"(?:https?://[^/?#]+)?/?(?:(?:index|default|home|trang-chu)(?:\.\w+)?)?", re.IGNORECASE
    )


def _front_names(layout: Layout) -> list[str]:
    """What headings that lead to the front page say at the head of a page: the site's name."""
    tags = layout.tags
    headings = (x for x in layout.lines[:_TOP] if x.linked and tags[x.block] in _HEADINGS)
    return [x.text for x in headings if _leads_home(layout, x)]


def _publishers(layout: Layout) -> list[str]:
    """What elements hold that are marked as the publisher's name, by schema.org's words."""
    if "publisher" not in " ".join(layout.names):  # one search is 4 times faster than a loop
        return []
    boxes = [e for e, a in enumerate(layout.attributes) if a.get("itemprop") == "publisher"]
    inside = layout.inside
    return [x.text for x in layout.lines if boxes and any(inside(x.block, e) for e in boxes[:3])]


def _leads_home(layout: Layout, line: Line) -> bool:
    for e in islice(layout.ancestors(line.first), 4):
        if layout.tags[e] == "a":
            href = (layout.attributes[e].get("href") or "").strip()
            return bool(href) and bool(_front().fullmatch(href))
    return False


def _clean(value: object) -> str:
    if not isinstance(value, str):
        return ""
    text = value
    for _ in range(2):  # some sites escape twice
        if "&" in text:
            text = unescaped(text)
    return single_spaced(_TAG.sub(" ", text) if "<" in text else text)


def _read_json_ld(text: str, found: Metadata) -> None:
    nodes = list(_nodes(_loads(text)))
    people = {str(node.get("@id")): node for node in nodes if "Person" in str(node.get("@type"))}
    for node in nodes:
        kind = node.get("@type")
        kinds = " ".join(map(str, _listed(kind)))
        if "headline" in node or _ARTICLE_TYPE.search(kinds):
            _read_article(node, found, people)
        elif "Organization" in kinds or "WebSite" in kinds:
            found.site_names += _names(node)


def _read_article(node: dict[str, Any], found: Metadata, people: dict[str, Any]) -> None:
    found.is_article = True
    found.titles += filter(None, (_clean(node.get("headline")), _clean(node.get("name"))))
    found.dates += filter(None, (_clean(node.get("datePublished")),))
    found.site_names += _names(node.get("publisher"))
    writers = [
        name
        for author in _listed(node.get("author"))
        if not isinstance(author, dict) or "Organization" not in str(author.get("@type"))
        for name in _names(author) or _names(people.get(_id(author)))
    ]
    found.authors += _together(writers)


def _id(author: object) -> str:
    return str(author.get("@id")) if isinstance(author, dict) else ""


def _together(names: list[str]) -> list[str]:
    """``names``, and before them all as one claim."""
    several = list(dict.fromkeys(names))
    return [", ".join(several), *several] if 1 < len(several) <= _MOST_WRITERS else several


def _names(value: object) -> list[str]:
    texts = [v.get("name") if isinstance(v, dict) else v for v in _listed(value)]
    return [clean for text in texts if (clean := _clean(text))]


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity"):
            yield from _nodes(value.get(key), depth + 1)


def _loads(text: str) -> Any:
    """One script's JSON; trailing commas, comments and CDATA marks are mended once."""
    text = text.strip().removesuffix(";")
    try:
        return json.loads(text, strict=False)
    except ValueError:
        mended = re.sub(
            r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$", "", text
        )
        mended = re.sub(r",(?=\s*[}\]])", "", mended)
        mended = re.sub(r"(?<=[}\]\"\d])((?=[^\S\n]*+\n)\s++)(?=\"[@\w]+\"\s*+:)", r",\1", mended)
        return json.loads(mended, strict=False)
