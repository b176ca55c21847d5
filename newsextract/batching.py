"""``batch``: an archive → a store, by worker processes, with every failure kept.

The store is the only memory of what is done. Results are written in transactions of some hundred
pages; whatever is killed, whenever, the same command again reads what no transaction holds yet.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from numbers import Real
from typing import cast

from newsextract import __version__
from newsextract.crew import Crew
from newsextract.errors import NewsextractError, ReadFailed
from newsextract.flat import text_hash
from newsextract.given import expect
from newsextract.inputs import Given, Page, in_chunks, name_of, opened, pages
from newsextract.model import Article, Facts, Raw, Result
from newsextract.pipeline import facts_of, host_in, read_result
from newsextract.progress import Progress
from newsextract.reader import parse
from newsextract.seen import Seen
from newsextract.sketch import sketched
from newsextract.stores import Store, open_lasting, would_be_made
from newsextract.tally import Report
from newsextract.worker import Orders, packed

__all__ = ["Interrupted", "Report", "batch"]

SAMPLE = Raw(
    "<html><title>Tỉnh có thêm 12 xã đạt chuẩn nông thôn mới</title><body><article>"
    "<h1>Tỉnh có thêm 12 xã đạt chuẩn nông thôn mới</h1><p>Ngày 9/6/2017, đồng chí Nguyễn Văn An, "
    "Bí thư Tỉnh ủy cho biết: 98/108 xã (90,7%) đạt chuẩn.</p><p>Các xã còn lại sẽ được tỉnh hỗ "
    "trợ hơn 3 tỷ đồng để làm đường và trường học.</p></article></body></html>".encode()
)
"""What a worker reads before its first page, with the library's own functions only."""
SECONDS = 30.0
MEMORY = 1 << 30
"""Seconds and bytes that one page may take: a thousand times what a news page needs."""
MOST_WORKERS = 256
"""Processes of one batch: each takes some 50 MB, and one program feeds them all."""
NEAR = 100
"""Pairs of near-duplicates that a report names."""
WRITE = 128
"""Results in one transaction; at most so many are read again after a kill."""
PATIENCE = 2.0
"""Seconds after which results are written though they are fewer."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C ended a batch; what was read is written, and ``report`` counts it.

    If it came when all was read, ``report.interrupted`` is false.
    """

    def __init__(self, report: Report) -> None:
        super().__init__(str(report))
        self.report = report


def read_page(
    raw: Raw, *, read: Callable[[Raw], Article] = parse, find: Callable[[Article], Facts] = facts_of
) -> Result:
    """One page in a worker: the whole line from bytes to facts, and the sketch of the text."""
    return sketched(read_result(raw, read=read, find=find))


def _work(raw: Raw, *, read: Callable[[Raw], Article], find: Callable[[Article], Facts]) -> bytes:
    """What a worker sends home, which stays closed until it is written: it is then smaller."""
    result = read_page(raw, read=read, find=find)
    try:
        return packed(result)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        what = f"what was found cannot leave the worker: {error}"
        advice = "define the classes of values in a module"
        failure = ReadFailed(what, source=result.source, advice=advice)
        return packed(
            Result(result.source, result.fingerprint, result.site, error=failure, url=raw.url)
        )


def warm_up(
    read: Callable[[Raw], Article], find: Callable[[Article], Facts]
) -> Callable[[], object] | None:
    """What a worker does before its first page: the library's own part of its work, if any.

    A function of the user's sees the user's pages only.
    """
    if find is facts_of:
        return partial(read_page, SAMPLE)
    return partial(parse, SAMPLE) if read is parse else None


def batch(
    archive: Given,
    *,
    to: str | os.PathLike[str],
    workers: int = 1,
    read: Callable[[Raw], Article] = parse,
    find: Callable[[Article], Facts] = facts_of,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> Report:
    """Read an archive into the store ``to``, and report what was read, kept and failed.

    ``archive`` is what ``open_archive`` gives, or what it takes, or any iterable of ``Raw``, pages
    as bytes, and paths of files, folders or archives.
    Each page is read by one of ``workers`` processes. A page that takes over ``seconds``, or over
    ``memory`` bytes, or ends its process, is tried once more and then recorded as a failure.
    ``read`` and ``find`` replace ``parse`` and ``facts_of``; workers must be able to import them.

    What the store has from this version of the library is not read again, so after a crash or a
    ``kill -9``, or when the archive has grown, the same call reads the rest. Progress goes to
    stderr if that is a terminal. Ctrl-C writes what is read and raises ``Interrupted``. Raises
    ``ArchiveError`` and ``StoreError`` for an archive or store that cannot be opened, and
    ``TypeError`` for what is no page.
    """
    _check_limits(workers, seconds, memory)
    for name, function in (("read", read), ("find", find)):
        if not callable(function):
            what = "a function of a Raw" if name == "read" else "a function of an Article"
            raise TypeError(f"{name} is {what}, not {type(function).__name__}")
    would_be_made(to)  # what cannot be a store is told before any process is started
    items = opened(archive)
    work = partial(_work, read=read, find=find)
    orders = Orders(work, warm=warm_up(read, find), memory=memory, seconds=seconds)
    with ExitStack() as stack:
        # The workers first: they warm up while the store is opened.
        crew: Crew[Raw] = stack.enter_context(Crew(orders, size=workers))
        store = stack.enter_context(open_lasting(to))
        run = _Run(store, Report(workers=workers), stack.enter_context(Seen()))
        progress = stack.enter_context(Progress(items))
        stack.enter_context(_interrupts(run))
        number = store.start_run(workers=workers, version=__version__, archive=name_of(items))
        run.drive(pages(items), crew, progress)
        store.finish_run(number, run.report.to_dict())
    if run.asked_to_stop or run.report.interrupted:
        raise Interrupted(run.report)
    return run.report


def _check_limits(workers: int, seconds: float, memory: int) -> None:
    expect("workers", workers, int, "a number of processes, as int")
    expect("seconds", seconds, Real, "a number")
    expect("memory", memory, int, "a number of bytes, as int")
    if not 1 <= workers <= MOST_WORKERS:
        raise ValueError(f"workers must be from 1 to {MOST_WORKERS}, not {workers}")
    if not (seconds > 0 and memory > 0):
        raise ValueError(f"no page can be read in {seconds:g} seconds and {memory} bytes")


@dataclass(slots=True)
class _Run:
    """What a batch knows while it runs: bounded, whatever the archive's size."""

    store: Store
    report: Report
    seen: Seen
    pending: list[Result | bytes] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    written: float = 0.0
    writing: bool = False
    ended: bool = False  # nothing more is read
    asked_to_stop: bool = False

    def drive(self, found: Iterable[Page], crew: Crew[Raw], progress: Progress) -> None:
        """Read everything, or as much as there is time for before a Ctrl-C."""
        try:
            for raw, outcome in crew.results(self._fresh(found)):
                self._keep(outcome if isinstance(outcome, bytes) else given_up(raw, outcome))
                self.report.seconds = time.monotonic() - self.started
                progress.show(self.report)
        except KeyboardInterrupt:
            self.report.interrupted = True
        finally:
            self.ended = True
        self._write()
        if not self.report.interrupted:
            self._forget_failures()
        self.report.replaced = crew.replaced
        self.report.seconds = time.monotonic() - self.started

    def _fresh(self, found: Iterable[Page]) -> Iterator[Raw]:
        """The pages to read: neither done before nor seen in this batch."""
        for chunk in in_chunks(found):
            prints = [page.fingerprint if isinstance(page, Raw) else "" for page in chunk]
            done = self.store.done(filter(None, prints))
            for page, fingerprint in zip(chunk, prints, strict=True):
                if isinstance(page, NewsextractError):
                    self.seen.met(page)
                    self._keep(read_result(page))
                    continue
                self.seen.been(page.name)
                if self.seen.saw(fingerprint):
                    self.report.pages += 1
                    self.report.duplicates += 1
                elif fingerprint in done:
                    self.report.pages += 1
                    self.report.done += 1
                else:
                    yield page

    def _forget_failures(self) -> None:
        """Drop those of earlier batches whose input now gave a page, or is no more in its file."""
        over = filter(self.seen.is_over, self.store.failures())
        ids = [f["fingerprint"] or text_hash(f["source"] or "") for f in over]
        if ids:
            self.store.forget_failures(ids)

    def _keep(self, result: Result | bytes) -> None:
        self.pending.append(result)
        if len(self.pending) >= WRITE or time.monotonic() - self.written > PATIENCE:
            self._write()

    def _write(self) -> None:
        """One transaction; a Ctrl-C in it waits for its end."""
        self.writing = True
        with _no_collection():
            self._write_all([_unpacked(result) for result in self.pending])
        self.pending = []
        self.written = time.monotonic()
        self.writing = False
        if self.asked_to_stop and not self.ended:
            raise KeyboardInterrupt

    def _write_all(self, results: list[Result]) -> None:
        near = self.store.compare(results)
        self.report.take(results, self.seen.net(self.store.settle(results)))
        self.report.near_duplicates += len(near)
        self.report.near += near[: NEAR - len(self.report.near)]


def _unpacked(result: Result | bytes) -> Result:
    if isinstance(result, Result):
        return result
    return cast("Result", pickle.loads(result))  # noqa: S301  # from our own worker


@contextmanager
def _no_collection() -> Iterator[None]:
    """No search for cycles while many objects come that soon go again, and none in a cycle."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


@contextmanager
def _interrupts(run: _Run) -> Iterator[None]:
    """Ctrl-C stops a batch between two transactions, never in one."""

    def stop(*_: object) -> None:
        run.asked_to_stop = True
        if not run.writing and not run.ended:
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread gets signals
        return
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def given_up(raw: Raw, error: NewsextractError) -> Result:
    """The failure of a page that no worker could read."""
    error.source = raw.name
    return Result(raw.name, raw.fingerprint, host_in(raw.url), error=error, url=raw.url)
