"""newsextract: from Vietnamese provincial news pages to facts in a database.

Importing this package loads none of its libraries; each name loads its module when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsextract.archive import open_archive as open_archive
    from newsextract.batching import Interrupted as Interrupted
    from newsextract.batching import Report as Report
    from newsextract.batching import batch as batch
    from newsextract.discovery import discover as discover
    from newsextract.errors import ArchiveError as ArchiveError
    from newsextract.errors import FetchError as FetchError
    from newsextract.errors import MissingExtra as MissingExtra
    from newsextract.errors import NewsextractError as NewsextractError
    from newsextract.errors import NotAnArticle as NotAnArticle
    from newsextract.errors import PageError as PageError
    from newsextract.errors import StoreError as StoreError
    from newsextract.facts import KINDS as KINDS
    from newsextract.facts import Kind as Kind
    from newsextract.facts import Verdict as Verdict
    from newsextract.facts import explain as explain
    from newsextract.facts import extract as extract
    from newsextract.facts.count import Count as Count
    from newsextract.facts.date import Date as Date
    from newsextract.facts.document import Document as Document
    from newsextract.facts.measure import Measure as Measure
    from newsextract.facts.money import Money as Money
    from newsextract.facts.official import Official as Official
    from newsextract.facts.percent import Percent as Percent
    from newsextract.facts.ratio import Ratio as Ratio
    from newsextract.fetcher import Fetcher as Fetcher
    from newsextract.fetcher import fetch as fetch
    from newsextract.fetcher import fetch_many as fetch_many
    from newsextract.jsonform import from_json as from_json
    from newsextract.jsonform import to_json as to_json
    from newsextract.loading import load as load
    from newsextract.model import Article as Article
    from newsextract.model import Block as Block
    from newsextract.model import Fact as Fact
    from newsextract.model import Raw as Raw
    from newsextract.model import Result as Result
    from newsextract.model import Span as Span
    from newsextract.pipeline import read_result as read_result
    from newsextract.policy import Policy as Policy
    from newsextract.reader import parse as parse
    from newsextract.render import highlight as highlight
    from newsextract.resolution import Resolution as Resolution
    from newsextract.resolution import resolve as resolve
    from newsextract.sites import learn_site as learn_site
    from newsextract.stores import open_store as open_store
    from newsextract.text import sentences as sentences
    from newsextract.text import word_tokens as word_tokens
    from newsextract.text import words as words

__version__ = "0.1.0"

_HOME = {
    "archive": ("open_archive",),
    "batching": ("Interrupted", "Report", "batch"),
    "discovery": ("discover",),
    "errors": (
        "ArchiveError",
        "FetchError",
        "MissingExtra",
        "NewsextractError",
        "NotAnArticle",
        "PageError",
        "StoreError",
    ),
    "facts": ("KINDS", "Kind", "Verdict", "explain", "extract"),
    "facts.count": ("Count",),
    "facts.date": ("Date",),
    "facts.document": ("Document",),
    "facts.measure": ("Measure",),
    "facts.money": ("Money",),
    "facts.official": ("Official",),
    "facts.percent": ("Percent",),
    "facts.ratio": ("Ratio",),
    "fetcher": ("Fetcher", "fetch", "fetch_many"),
    "jsonform": ("from_json", "to_json"),
    "loading": ("load",),
    "model": ("Article", "Block", "Fact", "Raw", "Result", "Span"),
    "pipeline": ("read_result",),
    "policy": ("Policy",),
    "reader": ("parse",),
    "render": ("highlight",),
    "resolution": ("Resolution", "resolve"),
    "sites": ("learn_site",),
    "stores": ("open_store",),
    "text": ("sentences", "word_tokens", "words"),
}
_MODULE = {name: module for module, names in _HOME.items() for name in names}

__all__ = sorted([*_MODULE, "__version__"])


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        raise AttributeError(f"module 'newsextract' has no attribute {name!r}")
    value = getattr(import_module(f"newsextract.{_MODULE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
