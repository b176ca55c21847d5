"""Results in the forms the command line prints: table, JSON, JSON lines, CSV, HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from newsextract.exchange import encode
from newsextract.facts import Verdict
from newsextract.lineforms import fact_record
from newsextract.model import Article, Fact, Result
from newsextract.render import highlight_all
from newsextract.sheet import CSV_HEAD, csv_cells, csv_line
from newsextract.storing import Found, Store, Written
from newsextract.terminal import Screen, table
from newsextract.wording import many, value_text

Writer = Callable[[Iterable[Result], Screen], Iterator[str]]


def as_tables(results: Iterable[Result], screen: Screen) -> Iterator[str]:
    """A heading and an aligned table for each article, as each is read."""
    for result in results:
        article = result.article
        if article is None:
            continue
        yield heading(article, result.source, screen)
        yield fact_table(result.facts, screen) if result.facts else "no facts"
        yield ""


def heading(article: Article, source: str, screen: Screen) -> str:
    """The article's title over what is known of it."""
    published = article.published.strftime("%d/%m/%Y %H:%M") if article.published else None
    known = [article.site, published, article.author, source]
    about = " · ".join(dict.fromkeys(k for k in known if k))
    return f"{screen.bold(article.title or '(no title)')}\n{screen.clean(about)}"


def fact_table(facts: Iterable[Fact[Any]], screen: Screen) -> str:
    """Facts in a table: kind, value, and the words they stand in."""
    rows = [(f.kind, value_text(f.value), f.text) for f in facts]
    return table(("kind", "value", "text"), rows, screen)


def as_json(results: Iterable[Result], _screen: Screen) -> Iterator[str]:
    """One array with an object an article, its facts inside."""
    separator = "["
    for result in results:
        yield separator + encode(_record(result))
        separator = ","
    yield "]" if separator == "," else "[]"


def _record(result: Result) -> dict[str, Any]:
    names = ("id", "url", "site", "province", "title", "lead", "author", "published", "text")
    about = {name: getattr(result.article, name) for name in names}
    return {"source": result.source, **about, "facts": [f.to_dict() for f in result.facts]}


def as_jsonl(results: Iterable[Result], _screen: Screen) -> Iterator[str]:
    """A line a fact, with its article's id, title and address; ``newsextract load`` reads it."""
    for result in results:
        for fact in result.facts:
            yield encode(fact_record(fact, result))


def as_csv(results: Iterable[Result], _screen: Screen) -> Iterator[str]:
    """A line a fact under one head; what a spreadsheet would execute is neutralised."""
    yield csv_line(CSV_HEAD)
    for result in results:
        for n, fact in enumerate(result.facts):
            yield csv_line(csv_cells(fact, result, n))


def as_html(results: Iterable[Result], _screen: Screen) -> Iterator[str]:
    """One page with every article highlighted."""
    yield highlight_all(results)


WRITERS: Mapping[str, Writer] = {
    "table": as_tables,
    "json": as_json,
    "jsonl": as_jsonl,
    "csv": as_csv,
    "html": as_html,
}


def explanation(verdicts: Iterable[Verdict], screen: Screen) -> str:
    """Every reading in a table: what was read, by which rule, and whether it won."""
    rows = [
        (
            v.fact.kind,
            v.fact.text,
            value_text(v.fact.value),
            v.fact.rule,
            "won" if v.lost_to is None else f"lost to {v.lost_to.kind} “{v.lost_to.text}”",
            v.why,
        )
        for v in verdicts
    ]
    head = ("kind", "text", "value", "rule", "result", "why")
    return table(head, rows, screen) if rows else "no readings"


def found_table(found: Iterable[Found], screen: Screen) -> str:
    """The articles that a search found: title, day, the words around the place."""
    rows = [
        (
            f.title or "(no title)",
            f.published.strftime("%d/%m/%Y") if f.published else "",
            f.excerpt,
            f.url or "",
        )
        for f in found
    ]
    return table(("title", "day", "excerpt", "url"), rows, screen) if rows else "nothing found"


def loaded(written: Written) -> str:
    """What a load wrote; what befell fewer than all is said where it befell any."""
    parts = [many(written.articles, "article"), many(written.facts, "fact")]
    if written.superseded:
        earlier = "an earlier one" if written.superseded == 1 else "earlier ones"
        parts[0] += f" ({written.superseded:,} in place of {earlier})"
    if written.duplicates:
        parts.append(f"{written.duplicates:,} left out (copies, or here with their text)")
    if written.failures:
        parts.append(many(written.failures, "failure"))
    return ", ".join(parts)


PER_ARTICLE = 8
"""Facts of one article in a sample, of as many kinds as it has."""


def sample(store: Store, most: int, screen: Screen) -> str:
    """Up to ``most`` facts of a store in a table, a few of each of its first articles.

    Empty where there are none.
    """
    rows: list[tuple[str, str, str, str]] = []
    for article in store.articles():
        facts = store.facts(article.id)
        seen = Counter(f.kind for f in facts)
        rare = sorted(facts, key=lambda f: (seen[f.kind], f.start))
        kept = list({f.kind: f for f in reversed(rare)}.values())[:PER_ARTICLE]
        kept.sort(key=lambda f: f.start)
        rows += [(f.kind, value_text(f.value), f.text, article.title or "") for f in kept]
        if len(rows) >= most:
            break
    return table(("kind", "value", "text", "article"), rows[:most], screen) if rows else ""
