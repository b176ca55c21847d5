"""From mentions to things: which document, which official, which year, and do the figures agree.

Facts stay what the text says; what an article tells elsewhere is kept beside them, as links.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from newsextract.completion import fill_years, link_shares
from newsextract.composing import as_composed, as_given, composed
from newsextract.given import expect_each
from newsextract.link import Context, Link, Resolver
from newsextract.model import Article, Fact, Facts, facts_in, text_of
from newsextract.samedocument import link_documents
from newsextract.sameperson import link_officials

__all__ = ["RESOLVERS", "Link", "Resolution", "resolve"]

RESOLVERS: tuple[Resolver, ...] = (link_documents, link_officials, fill_years, link_shares)


class Resolution(Facts):
    """The facts of one text in order of appearance, and beside them what they speak of.

    It is a tuple of facts and goes wherever facts go (stores, render). The facts are those given,
    but for dates without a year, which carry it where it is sure. ``links`` are in order of
    place; a mention that is no fact of its own ("Quyết định này", "ông Xuyên") has a link too.
    """

    links: tuple[Link, ...]

    def __new__(cls, facts: Iterable[Fact[Any]], links: Iterable[Link] = ()) -> Resolution:
        """The facts with their links."""
        made = super().__new__(cls, facts)
        made.links = tuple(sorted(links, key=lambda link: (link.start, link.end, link.rule)))
        return made

    def ids(self) -> tuple[str | None, ...]:
        """The canonical id of each fact, None for one whose thing is not known or ambiguous."""
        known = {(x.start, x.end): x.id for x in self.links if x.id is not None}
        return tuple(known.get((f.start, f.end)) for f in self)

    def about(self, fact: Fact[Any]) -> tuple[Link, ...]:
        """Every link of the mention at ``fact``'s place."""
        place = fact.start, fact.end
        return tuple(x for x in self.links if (x.start, x.end) == place)


def resolve(
    facts: Iterable[Fact[Any]],
    source: Article | str,
    *,
    resolvers: tuple[Resolver, ...] = RESOLVERS,
) -> Resolution:
    """The facts of ``source`` with their links; what is ambiguous gets none.

    - "Quyết định này", "Nghị quyết 19" → the document named in full;
    - "ông Xuyên", "Bí thư Thăng" → the official named in full before;
    - "sáng 9/6" → 2017-06-09 where ``source`` is an article with its day of publication;
    - "1.250/1.300 hộ (đạt 96,15%)" → ratio and percent tied, ``check`` says whether they agree.

    ``ValueError`` where a fact is not of this text.
    """
    text, facts = text_of(source), facts_in(facts)
    expect_each("resolvers", resolvers, "functions")
    published = None if isinstance(source, str) or not source.published else source.published
    for fact in facts:
        if text[fact.start : fact.end] != fact.text:
            what = f"{fact.text!r} does not stand at {fact.start} of this text"
            raise ValueError(f"{what}: give the article it was extracted from")
    day = published.date() if published else None
    if unicodedata.is_normalized("NFC", text):
        context = Context(text, day)
        links = [link for resolver in resolvers for link in resolver(facts, context)]
    else:
        links = _links_as_given(facts, text, day, resolvers)
    dates = {(x.start, x.end): x.value for x in links if x.value is not None and _is_date(x)}
    done = (
        replace(f, value=dates[f.start, f.end])
        if f.kind == "date" and (f.start, f.end) in dates
        else f
        for f in facts
    )
    return Resolution(done, links)


def _links_as_given(
    facts: Sequence[Fact[Any]], given: str, day: dt.date | None, resolvers: tuple[Resolver, ...]
) -> list[Link]:
    """The links of a text with decomposed letters, found on its composed form."""
    text, places = composed(given)
    moved = [as_composed(fact, text, places) for fact in facts]
    return [
        replace(
            link,
            start=places[link.start],
            end=places[link.end],
            target=as_given(link.target, given, places),
        )
        for resolver in resolvers
        for link in resolver(moved, Context(text, day))
    ]


def _is_date(link: Link) -> bool:
    return link.target.kind == "date"
