"""What a line of the exchange form says (see ``exchange``): as dicts to write, and as read."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, NamedTuple

from newsextract import __version__
from newsextract.errors import NewsextractError
from newsextract.model import Article, Fact, Raw, Result


def fact_record(fact: Fact[Any], result: Result) -> dict[str, Any]:
    """A fact for a line of its own: ``Fact.to_dict`` after the article and page it belongs to."""
    return about(result) | {"fingerprint": result.fingerprint} | fact.to_dict()


def about(result: Result) -> dict[str, Any]:
    """What a fact on a line of its own says of its article."""
    article = result.article
    published = article.published if article else None
    return {
        "article_id": article.id if article else None,
        "source": result.source,
        "url": article.url if article else None,
        "site": (article.site if article else None) or result.site,
        "province": article.province if article else None,
        "title": article.title if article else None,
        "published": published.isoformat() if published else None,
    }


def result_record(result: Result, version: str) -> dict[str, Any]:
    """A result for a line of its own; ``version`` is the library that read it."""
    record: dict[str, Any] = {
        "source": result.source,
        "fingerprint": result.fingerprint,
        "site": result.site,
        "version": version,
    }
    if result.error is not None:
        return record | {"url": result.url, "failure": failure_record(result.error)}
    if result.article is not None:
        record["article"] = article_record(result.article)
    return record | {"facts": result.facts}


def failure_record(error: NewsextractError) -> dict[str, str]:
    """An error as ``reason`` (the short name reports group by), ``what`` and ``advice``."""
    return {"reason": error.reason, "what": error.what, "advice": error.advice}


def article_record(article: Article) -> dict[str, Any]:
    """An article with all that is needed to build it again."""
    return {
        "id": article.id,
        **{name: getattr(article, name) for name in ("title", "lead", *ARTICLE_FIELDS)},
        "blocks": [(b.role, b.start, b.end, b.path) for b in article.blocks],
        "text": article.text,
    }


ABOUT_FIELDS = ("source", "url", "site", "province", "title", "published")
"""What a fact on a line of its own says of its article, beside its id."""
ARTICLE_FIELDS = tuple(f.name for f in fields(Article) if f.name not in ("text", "blocks"))
"""What a page says of its article, and what is known of the page."""


def told(value: Any) -> Any:
    """``value`` with all that its things say, and nothing that they only keep for themselves."""
    if isinstance(value, list | tuple):
        return [told(v) for v in value]
    if isinstance(value, dict):
        return {k: told(v) for k, v in value.items()}
    if isinstance(value, Article):
        return article_record(value)
    if isinstance(value, Result):
        return result_record(value, __version__)
    if isinstance(value, NewsextractError):
        return {"source": value.source} | failure_record(value)
    if isinstance(value, Raw):
        names = (f.name for f in fields(Raw) if f.init)
        return {"fingerprint": value.fingerprint} | {name: getattr(value, name) for name in names}
    return value


class ResultLine(NamedTuple):
    """A result, and the library version that read it ("" where its line does not say)."""

    version: str
    result: Result


class FactLine(NamedTuple):
    """A fact alone, the article and the input of it that it belongs to, and what it says of them.

    ``input`` is the fingerprint of the page's bytes; where the line has none, the source or URL.
    """

    article_id: str
    input: str
    about: dict[str, Any]
    fact: Fact[Any]
    data: bytes
