"""One input → one ``Result``: the line Raw → Article → facts, with every error kept."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from newsextract.errors import NewsextractError, ReadFailed
from newsextract.facts import extract
from newsextract.model import Article, Facts, Raw, Result
from newsextract.reader import parse
from newsextract.resolution import resolve


def facts_of(article: Article) -> Facts:
    """The facts of an article, resolved: its yearless dates have a year where it is sure."""
    return resolve(extract(article), article)


def read_result(
    raw: Raw | NewsextractError,
    *,
    read: Callable[[Raw], Article] = parse,
    find: Callable[[Article], Facts] = facts_of,
) -> Result:
    """What ``raw`` gives: an article and its facts, or the error that kept them away.

    Nothing is raised for a bad page. An archive's own error for a member passes through, and a
    fault of newsextract itself becomes ``ReadFailed``, so that one page never ends a batch.
    """
    if isinstance(raw, NewsextractError):
        url = raw.source if (raw.source or "").startswith(("http://", "https://")) else None
        return Result(raw.source or "<input>", site=host_in(url), error=raw, url=url)
    if not isinstance(raw, Raw):
        name = type(raw).__name__
        raise TypeError(f"read_result takes a Raw or an error, not {name}; parse reads one page")
    if not callable(read) or not callable(find):
        raise TypeError("read is a function of a Raw, and find one of an Article")
    host = host_in(raw.url)
    try:
        article = read(raw)
        facts = find(article)
    except NewsextractError as error:
        error.source = error.source or raw.name
        error.__traceback__ = None  # it holds the whole page as it was laid out
        return Result(raw.name, raw.fingerprint, host, error=error, url=raw.url)
    except MemoryError:
        raise  # what comes after it cannot be trusted: a batch replaces the worker
    except Exception as fault:  # one bad page never ends a batch
        what = f"{type(fault).__name__}: {fault}"
        ours = ReadFailed(what, source=raw.name)
        return Result(raw.name, raw.fingerprint, host, error=ours, url=raw.url)
    return Result(raw.name, raw.fingerprint, article.site or host, article, facts, url=raw.url)


def host_in(url: str | None) -> str | None:
    """The host of an address, None if it has none."""
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:  # "http://[…" is no address, but its page may be an article
        return None
