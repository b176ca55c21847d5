"""Articles and facts as HTML to look at: one self-contained page, or fragments for a notebook.

Everything that comes from a page is escaped; nothing is loaded from a network and no script runs.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import Any

from newsextract.facts import extract
from newsextract.link import Link
from newsextract.model import Article, Block, Fact, Result, Role, facts_in, text_of
from newsextract.resolution import Resolution, resolve
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

    Hover or focus on a mark shows its value and rule, and where ``facts`` come from ``resolve``
    what the mention speaks of. It reads in light and dark, prints, and needs no network. Facts
    may overlap; a fact of another text raises ``ValueError``.
    """
    text_of(article)
    facts = facts if isinstance(facts, Resolution) else facts_in(facts)
    title = article.title if isinstance(article, Article) else None
    return page(title or "newsextract", [_body(article, facts)])


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
    facts = resolve(extract(article), article)
    return f'<style>{_css()}</style><div class="ne">{_body(article, facts)}</div>'


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


def _body(article: Article | str, facts: Iterable[Fact[Any]], *, prefix: str = "") -> str:
    text = text_of(article)
    ordered = sorted(facts, key=lambda f: (f.start, -f.end))
    if any(not f.text or text[f.start : f.end] != f.text for f in ordered):
        raise ValueError("a fact is of another text: give the article it was extracted from")
    links: dict[tuple[int, int], list[Link]] = {}
    for link in facts.links if isinstance(facts, Resolution) else ():
        links.setdefault((link.start, link.end), []).append(link)
    notes = [_note(f, links.get((f.start, f.end), ())) for f in ordered]
    marks = _Marks(ordered, notes, prefix)
    blocks = _lines(text) if isinstance(article, str) else article.blocks
    parts = [_about(article)] if isinstance(article, Article) else []
    parts += [_legend(ordered)] if ordered else []
    for block in blocks:
        tag, cls = _TAG[block.role]
        attribute = f' class="{cls}"' if cls else ""
        parts.append(f"<{tag}{attribute}>{''.join(marks.within(text, block))}</{tag}>")
    return "\n".join(parts)


def _note(fact: Fact[Any], links: Iterable[Link]) -> str:
    """What a mark tells: the value, the rule, and what the mention was found to speak of."""
    lines = [f"<b>{escape(fact.kind)}: {escape(value_text(fact.value))}</b>", escape(fact.rule)]
    for link in links:
        if link.target is not None and link.target != fact:
            lines.append(f"same as “{escape(link.target.text)}”")
        if link.check is not None:
            said = "agrees with" if link.check else "does not agree with"
            lines.append(f"{said} the other figure of its sentence")
    return "<br>".join(dict.fromkeys(lines))


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


def _legend(facts: Iterable[Fact[Any]]) -> str:
    counts = sorted(Counter(f.kind for f in facts).items())
    items = "".join(
        f'<li><mark class="{escape(k)}" data-kind="{escape(k)}">{escape(k)}</mark> {n}</li>'
        for k, n in counts
    )
    return f'<nav class="legend" aria-label="facts by kind"><ul>{items}</ul></nav>'


class _Marks:
    """Facts in order of place, each with what its mark tells.

    Marks must nest in HTML while facts may overlap, so a fact that is cut is opened again; only
    its first piece can be focused and described.
    """

    def __init__(self, facts: list[Fact[Any]], notes: list[str], prefix: str) -> None:
        self._facts, self._notes, self._prefix = facts, notes, prefix
        self._starts = [f.start for f in facts]
        self._reach = list(accumulate((f.end for f in facts), max))
        self._shown: set[int] = set()

    def within(self, text: str, block: Block) -> Iterator[str]:
        """The block's text cut at every bound of a fact, each piece in the marks that cover it."""
        facts = [self._facts[i] for i in self._over(block.start, block.end)]
        bounds = {block.start, block.end}
        bounds.update(p for f in facts for p in (f.start, f.end) if block.start < p < block.end)
        for start, end in pairwise(sorted(bounds)):
            piece = escape(text[start:end])
            for i in reversed(self._over(start, end)):
                piece = self._marked(i, piece)
            yield piece

    def _over(self, start: int, end: int) -> list[int]:
        # Not every fact for every line: a text may have thousands of both.
        found = range(bisect_right(self._reach, start), bisect_left(self._starts, end))
        return [i for i in found if self._facts[i].end > start]

    def _marked(self, i: int, piece: str) -> str:
        fact = self._facts[i]
        name = None if i in self._shown else f"{self._prefix}{fact.kind}-{fact.start}-{fact.end}"
        self._shown.add(i)
        return _mark(fact.kind, piece, name, self._notes[i])


def _mark(kind: str, inner: str, name: str | None, note: str) -> str:
    kind = escape(kind)
    if name is None:
        return f'<mark class="{kind}" data-kind="{kind}">{inner}</mark>'
    name = escape(name)
    return (
        f'<mark class="{kind}" data-kind="{kind}" id="{name}" tabindex="0" '
        f'aria-describedby="tip-{name}">{inner}'
        f'<span class="tip" role="tooltip" id="tip-{name}">{note}</span></mark>'
    )
