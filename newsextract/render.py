"""Articles and facts as HTML to look at: one self-contained page, or fragments for a notebook.

Everything that comes from a page is escaped; nothing is loaded from a network and no script runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise
from typing import Any

from newsextract.model import Article, Block, Fact, Result, Role
from newsextract.wording import value_text

_TAG: dict[Role, tuple[str, str]] = {
    "title": ("h1", ""),
    "lead": ("p", "lead"),
    "heading": ("h2", ""),
    "paragraph": ("p", ""),
    "list_item": ("p", "item"),
    "table_row": ("p", "row"),
    "quote": ("blockquote", ""),
    "caption": ("figcaption", ""),
}


def highlight(article: Article | str, facts: Iterable[Fact[Any]]) -> str:
    """One HTML document of the article with ``facts`` marked by kind.

    Hover or focus on a mark shows its value and rule. It reads in light and dark, prints, and
    needs no network. Facts may overlap; a fact outside the text raises ``ValueError``.
    """
    title = article.title if isinstance(article, Article) else None
    return page(title or "newsextract", [_body(article, tuple(facts))])


def highlight_all(results: Iterable[Result]) -> str:
    """One HTML document of many articles, each as ``highlight`` shows it."""
    bodies = [
        _body(result.article, result.facts, prefix=f"{n}-")
        for n, result in enumerate(results)
        if result.article is not None
    ]
    return page("newsextract", bodies)


def page(title: str, bodies: Iterable[str]) -> str:
    """A whole HTML document with the library's style around ``bodies``, which are HTML already."""
    mains = "<hr>".join(f'<article class="ne-page">{body}</article>' for body in bodies)
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_css()}body{{margin:0}}</style>"
        f'</head><body class="ne"><main>{mains}</main></body></html>\n'
    )


def article_html(article: Article) -> str:
    """The article with its facts, as a fragment for a notebook cell."""
    from newsextract.facts import extract  # render stands right of facts; loaded when shown

    return f'<style>{_css()}</style><div class="ne">{_body(article, extract(article))}</div>'


def fact_html(fact: Fact[Any]) -> str:
    """One fact as a fragment for a notebook cell."""
    return facts_html((fact,))


def facts_html(facts: Sequence[Fact[Any]]) -> str:
    """Facts as a table for a notebook cell."""
    rows = "".join(
        f'<tr><td><mark class="{escape(f.kind)}">{escape(f.kind)}</mark></td>'
        f"<td>{escape(f.text)}</td><td>{escape(value_text(f.value))}</td>"
        f"<td>{f.start}–{f.end}</td><td>{escape(f.rule)}</td></tr>"
        for f in facts
    )
    head = "".join(f'<th scope="col">{h}</th>' for h in ("kind", "text", "value", "place", "rule"))
    return (
        f'<style>{_css()}</style><div class="ne"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


@cache
def _css() -> str:
    return files("newsextract").joinpath("data", "article.css").read_text("utf-8")


def _body(article: Article | str, facts: tuple[Fact[Any], ...], *, prefix: str = "") -> str:
    text = article if isinstance(article, str) else article.text
    for fact in facts:
        if not 0 <= fact.start < fact.end <= len(text):
            raise ValueError(f"{fact.kind} at {fact.start}–{fact.end} lies outside the text")
    blocks = _lines(text) if isinstance(article, str) else article.blocks
    parts = [_legend(facts)] if facts else []
    if isinstance(article, Article):
        parts.insert(0, _about(article))
    ordered = sorted(facts, key=lambda f: (f.start, -f.end))
    for block in blocks:
        tag, cls = _TAG[block.role]
        inside = [f for f in ordered if f.start < block.end and f.end > block.start]
        attribute = f' class="{cls}"' if cls else ""
        parts.append(f"<{tag}{attribute}>{''.join(_marked(text, block, inside, prefix))}</{tag}>")
    return "\n".join(parts)


def _lines(text: str) -> Iterator[Block]:
    at = 0
    for line in text.split("\n"):
        yield Block("paragraph", at, at + len(line))
        at += len(line) + 1


def _about(article: Article) -> str:
    published = article.published.strftime("%d/%m/%Y %H:%M") if article.published else None
    known = [article.site, published, article.author]
    line = " · ".join(escape(k) for k in known if k)
    url = article.url or ""
    # Only web addresses become links: a page's own javascript: URL must not.
    link = (
        f'<a href="{escape(url)}">{escape(url)}</a>' if url.startswith(("http:", "https:")) else ""
    )
    return f'<p class="about">{line}{"<br>" if line and link else ""}{link}</p>'


def _legend(facts: tuple[Fact[Any], ...]) -> str:
    counts = sorted(Counter(f.kind for f in facts).items())
    items = "".join(
        f'<li><mark class="{escape(k)}" data-kind="{escape(k)}">{escape(k)}</mark> {n}</li>'
        for k, n in counts
    )
    return f'<nav class="legend" aria-label="facts by kind"><ul>{items}</ul></nav>'


def _marked(text: str, block: Block, facts: list[Fact[Any]], prefix: str) -> Iterator[str]:
    """The block's text cut at every bound of a fact, each piece inside the marks that cover it.

    Marks must nest in HTML while facts may overlap, so a fact that is cut is opened again; only
    its first piece can be focused and described.
    """
    bounds = {block.start, block.end}
    bounds.update(p for f in facts for p in (f.start, f.end) if block.start < p < block.end)
    cuts = sorted(bounds)
    shown: set[int] = set()
    for start, end in pairwise(cuts):
        cover = [(i, f) for i, f in enumerate(facts) if f.start <= start and f.end >= end]
        piece = escape(text[start:end])
        for i, fact in reversed(cover):
            name = None if i in shown else f"{prefix}{fact.kind}-{fact.start}-{fact.end}"
            piece = _mark(fact, piece, name)
            shown.add(i)
        yield piece


def _mark(fact: Fact[Any], inner: str, name: str | None) -> str:
    kind = escape(fact.kind)
    if name is None:
        return f'<mark class="{kind}" data-kind="{kind}">{inner}</mark>'
    name = escape(name)
    tip = f"<b>{kind}: {escape(value_text(fact.value))}</b>{escape(fact.rule)}"
    return (
        f'<mark class="{kind}" data-kind="{kind}" id="{name}" tabindex="0" '
        f'aria-describedby="tip-{name}">{inner}'
        f'<span class="tip" role="tooltip" id="tip-{name}">{tip}</span></mark>'
    )
