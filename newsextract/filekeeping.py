"""What stores that are files share: what is in them, held in memory, by the rule of ``ledger``.

A file is a log. One input has one outcome and one id one article: the last word on it counts, and
what came before is dead until the store closes and leaves only the living. Memory is some 1,400
bytes an article (134 MB for 100,000), so for millions of them a database is the better place.
"""

from __future__ import annotations

import abc
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from newsextract.errors import StoreError
from newsextract.flat import article_row, text_hash
from newsextract.ledger import Duplicate, Entry, Ledger, version_key
from newsextract.locking import locked
from newsextract.model import Article, Result
from newsextract.storing import Settled, Store, Written, check_id, entry_of, failure_id

Key = tuple[str, str]
"""``("article", id)``, ``("duplicate", fingerprint)``, ``("failure", id)``, ``("run", number)``."""

Outcome = Entry | Duplicate | Key
"""What an input was found to be, or the record of a run."""


class News(NamedTuple):
    """What one write adds to the file."""

    articles: list[Result]
    duplicates: list[Duplicate]
    failures: list[tuple[str, Result]]


class FileStore(Store):
    """A store in files. Subclasses say how a write is added and what each living key points to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)
        self._ledger = Ledger()
        self._live: dict[Key, Any] = {}
        self._facts: dict[str, int] = {}  # article id → how many facts
        self._done: dict[str, str] = {}  # fingerprint → version
        self._dead = 0
        self._open = True

    @abc.abstractmethod
    def _append(self, news: News) -> None:
        """Add to the file, whole or not at all, and ``_point`` to each thing added."""

    def settle(self, results: Sequence[Result]) -> Settled:
        """As ``Store.settle``; the file has it when this returns."""
        self._check()
        ledger = self._ledger
        ledger.begin()
        entries, inputs = _arrivals(results, self.version)
        failed = {failure_id(r): r for r in results if r.error is not None}
        stale: list[str] = []
        failures = {
            k: r for k, r in failed.items() if k not in inputs and self._gives_none(k, stale)
        }
        news = _put(ledger, entries, inputs, failures)
        with self._failing():
            self._append(news)
        self._settle([*inputs, *failures])
        kept = {e.fingerprint: inputs[e.fingerprint] for e in ledger.written.values()}
        others = len(results) - len(kept) - len(failures)
        gone = [e.fingerprint for e in ledger.gone.values()]
        return Settled(kept, len(failures), others, gone + stale)

    def _gives_none(self, fingerprint: str, stale: list[str]) -> bool:
        """Whether a failure counts: an article of this version stays, an older one is ``stale``."""
        kept = self._ledger.kept_from(fingerprint)
        if kept is None:
            return True
        if version_key(kept.version) >= version_key(self.version):
            return False
        self._ledger.forget(kept)
        self._drop(("article", kept.article_id))
        stale.append(fingerprint)
        return True

    def _settle(self, inputs: Iterable[str]) -> None:
        """Let the dead go: what the ledger holds no more, and older outcomes of ``inputs``."""
        ledger = self._ledger
        for key in ledger.gone:
            if key not in ledger.written:
                self._drop(("article", key))
        lost = {e.fingerprint for e, _ in ledger.duplicates()}
        for entry in ledger.arrived.values():
            self._drop(("failure", text_hash(entry.source)))  # from before there were bytes
        for fingerprint in inputs:
            if fingerprint in ledger.arrived:
                self._drop(("failure", fingerprint))
            if fingerprint not in lost:
                self._drop(("duplicate", fingerprint))
            self._done[fingerprint] = self.version

    def _point(self, key: Key, place: Any) -> None:
        self._dead += key in self._live
        self._live[key] = place

    def _drop(self, key: Key) -> None:
        self._dead += self._live.pop(key, None) is not None

    def _replay(self, log: Iterable[tuple[Outcome, Any]]) -> list[Duplicate]:
        """Take over a log of what each input was found to be, and its place.

        Of one input the last word counts, of one article the input that the ledger chooses: tasks
        that know nothing of each other may have written it. Gives back what they, or a kill in the
        middle of a write, left unsettled, settled now.
        """
        last: dict[str, tuple[Outcome, Any]] = {}
        lines = 0
        for found, place in log:
            lines += 1
            if isinstance(found, Entry):
                last[found.fingerprint] = found, place
                last.pop(text_hash(found.source), None)  # a failure from before there were bytes
            elif _key(found)[0] == "run":
                self._live[_key(found)] = place
            else:
                last[_key(found)[1]] = found, place
        unsettled = self._restore([found for found, _ in last.values()])
        kept = self._ledger.entries()
        for found, place in last.values():
            if not isinstance(found, Entry) or kept.get(found.article_id) is found:
                self._live[_key(found)] = place
        self._dead = lines - len(self._live)
        return unsettled

    def _restore(self, outcomes: list[Outcome]) -> list[Duplicate]:
        ledger = self._ledger
        duplicates = [found for found in outcomes if isinstance(found, Duplicate)]
        for found in outcomes:
            if isinstance(found, Entry):
                ledger.put(found)
                self._done[found.fingerprint] = found.version
        for duplicate in duplicates:
            self._done[duplicate.entry.fingerprint] = duplicate.entry.version
            if duplicate.entry.version == self.version:
                ledger.join(duplicate)
        unsettled = ledger.duplicates()
        for entry, old in duplicates:
            new = ledger.kept_id(old)
            if new not in (old, None):
                unsettled.append(Duplicate(entry, str(new)))
        ledger.begin()
        return unsettled

    def done(self, fingerprints: Iterable[str]) -> set[str]:
        """As ``Store.done``."""
        self._check()
        return {f for f in fingerprints if f and self._done.get(f) == self.version}

    def forget_failures(self, ids: Iterable[str]) -> None:
        """As ``Store.forget_failures``; the file is rid of them when the store closes."""
        self._check()
        for key in ids:
            self._drop(("failure", key))
            self._done.pop(key, None)

    def counts(self) -> Written:
        """As ``Store.counts``."""
        self._check()
        kinds = [kind for kind, _ in self._live]
        facts = sum(self._facts.get(key, 0) for kind, key in self._live if kind == "article")
        return Written(
            kinds.count("article"), facts, kinds.count("failure"), kinds.count("duplicate")
        )

    def article(self, article_id: str) -> Article:
        """As ``Store.article``."""
        self._check()
        check_id(article_id)
        if ("article", article_id) not in self._live:
            raise StoreError(f"there is no article {article_id!r}", source=self.name)
        return self._read_article(article_id)

    @abc.abstractmethod
    def _read_article(self, article_id: str) -> Article:
        """An article that is there."""

    def _ids(self) -> list[str]:
        return sorted(key for kind, key in self._live if kind == "article")

    def _check(self) -> None:
        if not self._open:
            raise closed_error(self.name)

    @contextmanager
    def _failing(self) -> Any:
        """An error of the system is a ``StoreError``, and nothing more is written here."""
        try:
            yield
        except OSError as error:
            self._open = False
            raise system_error(error, self.name) from error


def _arrivals(results: Sequence[Result], version: str) -> tuple[list[Entry], dict[str, Result]]:
    given = [r for r in results if r.article is not None]
    entries = [entry_of(article_row(r, version)) for r in given]
    return entries, {e.fingerprint: r for e, r in zip(entries, given, strict=True)}


def news_of(results: Sequence[Result], version: str) -> News:
    """What results say to a store that holds nothing."""
    entries, inputs = _arrivals(results, version)
    failed = {failure_id(r): r for r in results if r.error is not None}
    failures = {key: r for key, r in failed.items() if key not in inputs}
    return _put(Ledger(), entries, inputs, failures)


def _put(
    ledger: Ledger,
    entries: Iterable[Entry],
    inputs: Mapping[str, Result],
    failures: Mapping[str, Result],
) -> News:
    """Let ``ledger`` choose among what it holds and the arrivals; what is to be added."""
    for entry in entries:
        ledger.put(entry)
    chosen = [inputs[e.fingerprint] for _, e in sorted(ledger.written.items())]
    return News(chosen, ledger.duplicates(), list(failures.items()))


def _key(found: Outcome) -> Key:
    if isinstance(found, Entry):
        return "article", found.article_id
    return ("duplicate", found.entry.fingerprint) if isinstance(found, Duplicate) else found


def closed_error(name: str) -> StoreError:
    """The error of a store that is asked after it was closed."""
    return StoreError("the store is closed", source=name, advice="open it again")


def system_error(error: OSError, name: str) -> StoreError:
    """An error of the operating system as a ``StoreError``."""
    what = error.strerror or str(error)
    return StoreError(what, source=name, advice="check the folder, its permissions and the disk")


def lock(file: IO[bytes], name: str) -> None:
    """Keep every other program from writing; it ends with the program. ``StoreError`` if kept."""
    if not locked(file):
        advice = (
            "wait for it, or close it where you have it open;"
            " two batches cannot write to the same files"
        )
        raise StoreError("another program is writing to it", source=name, advice=advice)
