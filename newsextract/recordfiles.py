"""Stores in one file: JSON lines, and CSV.

JSON lines hold everything, a line a result (``exchange``), and so are the record of what is done. A
write is added at the end in one piece; a line that ``kill -9`` cut off is cut away when the file is
opened next. While a batch runs the last line on an input counts; closing leaves only those.

A CSV has facts only, so its record is the JSON lines beside it: ``facts.csv`` and
``facts.csv.jsonl``. The CSV is made from that, whole, when the store closes.
"""

# ruff: noqa: D102  # ``Store`` documents the methods
from __future__ import annotations

import datetime as dt
import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from newsextract.errors import StoreError
from newsextract.exchange import Peek, decode, encode_bytes, peek, result_of
from newsextract.filekeeping import FileStore, Key, News, Outcome, closed_error, lock, system_error
from newsextract.flat import local_time, text_hash, text_key
from newsextract.ledger import Duplicate, Entry
from newsextract.lineforms import result_record
from newsextract.model import Article, Facts, Result
from newsextract.sheet import CSV_HEAD, csv_cells, csv_line
from newsextract.storing import check_id

_BEGINNINGS = (b'{"source":"', b'{"version":"')  # of every line that a store writes
Place = tuple[int, int]  # first byte of a line, and its length


class JsonLinesStore(FileStore):
    """A ``.jsonl`` file."""

    _live: dict[Key, Place]

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        try:
            self._file = _alone(path, self.name)
        except OSError as error:
            raise system_error(error, self.name) from error
        try:
            self._read_all()
        except BaseException:
            self._file.close()
            raise

    def _read_all(self) -> None:
        facts: dict[str, int] = {}
        unsettled = self._replay(self._log(facts))
        kept = self._ledger.entries()
        self._facts = {key: facts[entry.fingerprint] for key, entry in kept.items()}
        self._end = self._file.seek(0, os.SEEK_END)
        if unsettled:
            self._append(News([], unsettled, []))

    def _log(self, facts: dict[str, int]) -> Iterator[tuple[Outcome, Place]]:
        """What stands in the file; ``facts`` gets how many each input gave."""
        for place, line in self._lines():
            found = self._peek(place[0], line)
            outcome = _outcome(found)
            if isinstance(outcome, Entry):
                facts[outcome.fingerprint] = len(found.facts)
            if found.failure is not None:
                self._done[found.fingerprint] = found.version
            yield outcome, place

    def _lines(self) -> Iterator[tuple[Place, bytes]]:
        at = 0
        with self.path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    line = self._ended(at, line)
                if line.strip():
                    yield (at, len(line)), line
                at += len(line)

    def _ended(self, at: int, line: bytes) -> bytes:
        """A last line that lacks its end, with it; nothing where a kill tore the line."""
        try:
            self._peek(at, line)
        except StoreError:
            if not any(line.startswith(begin[: len(line)]) for begin in _BEGINNINGS):
                raise  # another program's
            self._file.truncate(at)  # its results will come again
            return b""
        self._file.write(b"\n")
        return line + b"\n"

    def _peek(self, at: int, line: bytes) -> Peek:
        try:
            return peek(line)
        except StoreError as error:
            error.source = f"{self.name}, byte {at}"
            raise

    def _append(self, news: News) -> None:
        # Duplicates first: should the write be torn, their article is read again, not kept twice.
        lines: list[tuple[Key, bytes]] = [
            (("duplicate", d.entry.fingerprint), encode_bytes(_duplicate_record(d)))
            for d in news.duplicates
        ]
        for result in news.articles:
            assert result.article is not None  # noqa: S101  # News has only those
            key = result.article.id
            self._facts[key] = len(result.facts)
            lines.append((("article", key), encode_bytes(result_record(result, self.version))))
        for key, result in news.failures:
            lines.append((("failure", key), encode_bytes(result_record(result, self.version))))
        self._add(lines)

    def _add(self, lines: list[tuple[Key, bytes]]) -> None:
        data = b"".join(line + b"\n" for _, line in lines)
        try:
            if self._file.write(data) != len(data):
                raise OSError(errno.ENOSPC, "the disk is full")
        except OSError:
            self._file.truncate(self._end)
            raise
        for key, line in lines:
            self._point(key, (self._end, len(line) + 1))
            self._end += len(line) + 1

    def start_run(self, **about: Any) -> int:
        self._check()
        run_id = 1 + max((int(key) for kind, key in self._live if kind == "run"), default=0)
        self._add_run({"id": run_id, "started": now(), "finished": None, "about": about})
        return run_id

    def finish_run(self, run_id: int, report: Mapping[str, Any]) -> None:
        self._check()
        run = decode(self._line(("run", str(run_id))))["run"]
        self._add_run(run | {"finished": now(), "report": dict(report)})

    def _add_run(self, run: dict[str, Any]) -> None:
        with self._failing():
            line = encode_bytes({"version": self.version, "run": run})
            self._add([(("run", str(run["id"])), line)])

    def _line(self, key: Key) -> bytes:
        return self._read(self._live[key])

    def _read(self, place: Place) -> bytes:
        if self._file.closed:
            raise closed_error(self.name)
        self._file.seek(place[0])
        return self._file.read(place[1])

    def _result(self, key: Key) -> Result:
        return result_of(self._line(key), self.name)

    def articles(self) -> Iterator[Article]:
        return map(self._read_article, self._ids())

    def _read_article(self, article_id: str) -> Article:
        article = self._result(("article", article_id)).article
        assert article is not None  # noqa: S101  # the key says so
        return article

    def facts(self, article_id: str) -> Facts:
        self._check()
        check_id(article_id)
        key = ("article", article_id)
        return Facts(self._result(key).facts) if key in self._live else Facts()

    def failures(self) -> Iterator[dict[str, Any]]:
        self._check()
        for key in sorted(k for k in self._live if k[0] == "failure"):
            line = decode(self._line(key))
            names = ("fingerprint", "source", "url", "site", "version")
            about = {name: line.get(name) for name in names}  # older lines have no url
            yield about | line["failure"]

    def close(self) -> None:
        if self._file.closed:
            return
        try:
            if self._open and self._dead:
                self._leave_the_living()
        except OSError as error:
            raise system_error(error, self.name) from error
        finally:
            self._open = False
            self._file.close()

    def _leave_the_living(self) -> None:
        with rewritten(self.path) as file:
            file.writelines(map(self._read, sorted(self._live.values())))


class CsvStore(JsonLinesStore):
    """A ``.csv`` file of facts, made from the JSON lines beside it."""

    def __init__(self, path: Path) -> None:
        record = path.with_name(path.name + ".jsonl")
        if path.exists() and not record.exists():
            what = f"it was not made here: {record.name} is missing"
            raise StoreError(what, source=str(path), advice="choose another name")
        self._csv = path
        super().__init__(record)
        self.name = str(path)

    def close(self) -> None:
        if self._file.closed:
            return
        try:
            if self._open:
                with self._failing(), rewritten(self._csv) as file:
                    file.write(b"\xef\xbb\xbf")  # a spreadsheet takes UTF-8 for it by this mark
                    file.writelines(line.encode("utf-8", "replace") for line in self._csv_lines())
        finally:
            super().close()

    def _csv_lines(self) -> Iterator[str]:
        yield csv_line(CSV_HEAD) + "\r\n"
        for key in self._ids():
            result = self._result(("article", key))
            for n, fact in enumerate(result.facts):
                yield csv_line(csv_cells(fact, result, n)) + "\r\n"


def _alone(path: Path, name: str) -> IO[bytes]:
    """A file to add to, kept from every other program."""
    while True:
        file = path.open("ab+", buffering=0)
        try:
            lock(file, name)
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        except BaseException:
            file.close()
            raise
        file.close()  # a program that closed its store just now put another in its place


@contextmanager
def rewritten(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that takes the place of ``path`` in one step, or not at all.

    A link goes on leading to it, and who may read it stays as it was.
    """
    path = path.resolve()
    part = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with part.open("wb") as file:
            if path.exists():
                part.chmod(path.stat().st_mode & 0o7777)
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _outcome(found: Peek) -> Outcome:
    if found.article is not None:
        article = found.article
        text = text_key(article.text, article.id, article.title)
        fetched = str(local_time(article.fetched) or "")
        fingerprint = found.fingerprint or text_hash(article.text or article.id)
        head = (fingerprint, article.id, text, found.version, fetched)
        return Entry(*head, len(article.text), article.source or found.source, article.url)
    if found.duplicate is not None:
        more = found.duplicate
        head = (found.fingerprint, more["url_id"], more["text_hash"], found.version, "")
        return Duplicate(Entry(*head, 0, found.source, more["url"]), more["kept_id"])
    if found.run is not None:
        return "run", str(found.run["id"])
    return "failure", found.fingerprint or text_hash(found.source)


def _duplicate_record(duplicate: Duplicate) -> dict[str, Any]:
    entry, kept_id = duplicate
    more = {"kept_id": kept_id, "url_id": entry.article_id, "text_hash": entry.text_hash}
    return {
        "source": entry.source,
        "fingerprint": entry.fingerprint,
        "version": entry.version,
        "duplicate": more | {"url": entry.url},
    }


def now() -> str:
    """The time, for the record of runs."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
