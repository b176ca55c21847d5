"""What every store can do, whatever it writes to."""

from __future__ import annotations

import abc
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from operator import itemgetter
from types import TracebackType
from typing import Any, NamedTuple, Self

from newsextract import __version__
from newsextract.errors import StoreError
from newsextract.flat import ARTICLE, text_hash
from newsextract.folded import Query
from newsextract.given import expect, expect_each
from newsextract.ledger import Entry
from newsextract.likeness import Memory
from newsextract.model import Article, Facts, Result

FORMS = (
    "give sqlite:///file.db, postgresql://user@host/db, mysql://user@host/db,"
    " duckdb:///file.duckdb, parquet:///folder,"
    " or a name that ends in .db, .sqlite, .duckdb, .jsonl, .csv or /"
)
"""What to give for a store, as advice in errors."""


class BadStoreUrl(StoreError):
    """An address that names no kind of store: nothing was opened."""

    reason = "bad-store-url"


class Written(NamedTuple):
    """What a write did, in inputs: each is an article that is kept, a failure or a duplicate.

    ``facts`` are those of the articles. ``superseded`` are articles from before whose place these
    took, or whose input gives none now: with it, ``articles`` says by how many the store grew. The
    same bytes a second time count as a duplicate.
    """

    articles: int = 0
    facts: int = 0
    failures: int = 0
    duplicates: int = 0
    superseded: int = 0

    def plus(self, other: Written) -> Written:
        """The sum of two writes."""
        return Written(*(a + b for a, b in zip(self, other, strict=True)))


class Settled(NamedTuple):
    """What became of the inputs of one write, by their fingerprints.

    ``kept`` gave the articles that now stand; ``gone`` gave articles from before the write that
    stand no more, or were written anew.
    """

    kept: dict[str, Result]
    failures: int
    duplicates: int
    gone: list[str]

    @property
    def written(self) -> Written:
        """The same as counts."""
        facts = sum(len(r.facts) for r in self.kept.values())
        return Written(len(self.kept), facts, self.failures, self.duplicates, len(self.gone))


class Found(NamedTuple):
    """An article that a search found, with the words around the place."""

    article_id: str
    title: str | None
    url: str | None
    published: dt.datetime | None
    excerpt: str


class Store(abc.ABC):
    """Where articles and facts are kept; open one with ``newsextract.open_store(url)``.

    A store is a context manager. Every failure of what lies beneath it is a ``StoreError``.
    ``name`` says where it is, without user name, password or options.
    """

    name: str
    _memory: Memory | None = None
    keeps_sketches: bool = False  # whether ``compare`` outlives the batch
    version: str = __version__  # what is recorded with each row; ``load`` sets that of its lines

    def write(self, results: Iterable[Result]) -> Written:
        """Write results in one step, all or none: each replaces what its input gave before.

        Results are what ``read_result`` gives, or a ``Result`` that you make.
        Which of several inputs of the same article is kept: see ``newsextract.ledger``.
        """
        return self.settle(results_in(results)).written

    @abc.abstractmethod
    def settle(self, results: Sequence[Result]) -> Settled:
        """As ``write``, and says what became of each input."""

    def compare(self, results: Sequence[Result]) -> list[tuple[str, str]]:
        """Which results, about to be written, nearly are an article that was written before.

        Pairs of sources, the result's and that of the one it resembles. Databases compare with
        all that batches and ``load`` wrote; a store of files with what was compared since it was
        opened.
        """
        self._memory = self._memory or Memory()
        return self._memory.compare(results)

    @abc.abstractmethod
    def done(self, fingerprints: Iterable[str]) -> set[str]:
        """Those of ``fingerprints`` that this version of the library has recorded here."""

    @abc.abstractmethod
    def start_run(self, **about: Any) -> int:
        """Record that a batch starts; gives its number. ``about`` is anything JSON can hold."""

    @abc.abstractmethod
    def finish_run(self, run_id: int, report: Mapping[str, Any]) -> None:
        """Record that the batch ended, with its closing report."""

    @abc.abstractmethod
    def articles(self) -> Iterator[Article]:
        """Every article, in an order of the store's own."""

    def newest(self) -> Iterator[Article]:
        """Every article, the last published first; those without a date come last.

        Only their ids and dates are held in memory.
        """
        stated = sorted((_moment(a.published), a.id) for a in self.articles())
        return (self.article(key) for _, key in reversed(stated))

    @abc.abstractmethod
    def article(self, article_id: str) -> Article:
        """One article with its blocks. ``StoreError`` if it is not here."""

    @abc.abstractmethod
    def facts(self, article_id: str) -> Facts:
        """The facts of one article in order of appearance; none if it is not here."""

    @abc.abstractmethod
    def failures(self) -> Iterator[dict[str, Any]]:
        """What failed: source, url, site, reason, what, advice, fingerprint, version of each."""

    @abc.abstractmethod
    def forget_failures(self, ids: Iterable[str]) -> None:
        """Drop failures by their ids (``failure_id``)."""

    @abc.abstractmethod
    def counts(self) -> Written:
        """How many articles, facts, failures and duplicates it holds."""

    def rows(
        self,
        sql: str,
        params: Mapping[str, Any] | None = None,  # noqa: ARG002  # a database has them
    ) -> list[dict[str, Any]]:
        """The rows of one SELECT, with ``:name`` for parameters; the database refuses any change.

        Only databases can.
        """
        what = f"it is no database and answers no SQL: {sql!r:.60}"
        advice = "read it with DuckDB, pandas or polars, or batch into a database"
        raise StoreError(what, source=self.name, advice=advice)

    def search(self, query: str, limit: int = 20) -> tuple[Found, ...]:
        """The articles with the words of ``query``, best first; ``"…"`` keeps words together.

        Words typed without diacritics find text with any: ``tinh uy`` finds ``Tỉnh ủy``. A word
        typed with diacritics finds only itself. Here every text is read; SQLite and PostgreSQL
        keep an index, brought up to date by the search.
        """
        check_search(query, limit)
        wanted = Query(query)
        found = (located(a, wanted) for a in self.articles()) if wanted.phrases else iter(())
        hits = nlargest(limit, (f for f in found if f), key=itemgetter(0))
        return tuple(f for _, f in hits)

    @abc.abstractmethod
    def close(self) -> None:
        """Finish and let go of the file or connection; a second call does nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"


def results_in(results: Iterable[Result]) -> list[Result]:
    """``results`` as a list; ``TypeError`` for what holds anything else."""
    expect_each("results", results, "results")
    found = list(results)
    for one in found:
        expect("a result", one, Result, "what read_result gives: an article with its facts")
    return found


def check_id(article_id: str) -> None:
    """``TypeError`` for what is no id of an article."""
    expect("article_id", article_id, str, "the id of an article, as article.id")


def check_search(query: str, limit: int) -> None:
    """Raise ``TypeError`` or ``ValueError`` for what cannot be searched for."""
    if not isinstance(query, str) or not isinstance(limit, int):
        given = f"{type(query).__name__} and {type(limit).__name__}"
        raise TypeError(f"a search takes words as str and limit as int, not {given}")
    if limit < 0:
        raise ValueError(f"limit={limit}: give the number of articles wanted at most")


def _moment(published: dt.datetime | None) -> float:
    return published.timestamp() if published else float("-inf")


_AROUND = 80


def searched(article: Article) -> str:
    """What a search reads of an article: its text; of facts loaded without one, its title."""
    return article.text or article.title or ""


def located(article: Article, query: Query) -> tuple[int, Found] | None:
    """How good a hit an article is (its words together or not), with an excerpt; None if none."""
    text = searched(article)
    span = query.place(text)
    if span is None:
        return None
    start, end = span
    first = text.rfind(" ", 0, max(start - _AROUND, 0)) + 1
    last = text.find(" ", end + _AROUND)
    cut = text[first : last if last >= 0 else None].replace("\n", " ")
    about = (article.id, article.title, article.url, article.published)
    return end - start, Found(*about, cut)


def entry_of(row: Sequence[Any]) -> Entry:
    """What the ledger needs of an ``ARTICLE`` row."""
    cells = dict(zip(ARTICLE, row, strict=True))
    fetched = str(cells["fetched"] or "")
    head = (cells["fingerprint"], cells["id"], cells["text_hash"], cells["version"], fetched)
    return Entry(*head, cells["chars"], cells["source"], cells["url"])


def failure_id(result: Result) -> str:
    """The key of a failure: the input's fingerprint, of its name where no bytes were had."""
    return result.fingerprint or text_hash(result.source)
