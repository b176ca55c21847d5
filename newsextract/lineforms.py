"""What a line of the exchange form says (see ``exchange``), as dicts of what JSON can hold."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from newsextract.errors import NewsextractError
from newsextract.model import Article, Fact, Result


def fact_record(fact: Fact[Any], result: Result) -> dict[str, Any]:
    """A fact for a line of its own: ``Fact.to_dict`` after the article it belongs to."""
    return about(result) | fact.to_dict()


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
        return record | {"failure": failure_record(result.error)}
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


ARTICLE_FIELDS = tuple(f.name for f in fields(Article) if f.name not in ("text", "blocks"))
"""What a page says of its article, and what is known of the page."""
