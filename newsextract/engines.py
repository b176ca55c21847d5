"""Batches on a Dask cluster: the only module that imports distributed.

Every task reads one file, a slice of a ``.warc.gz``, or many small files, and writes its own parts
of a folder of Parquet (see ``newsextract.parquet``). A task that runs twice writes the same parts
again; what several tasks gave of one article is settled when the folder is opened at the end.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, cast

from newsextract import __version__, parts
from newsextract.archive import open_archive
from newsextract.batching import MEMORY, SECONDS, given_up, warm_up
from newsextract.compression import Stream
from newsextract.crew import Crew
from newsextract.errors import ArchiveError, MissingExtra, NewsextractError, StoreError
from newsextract.model import Article, Facts, Raw, Result
from newsextract.parquet import ParquetStore, held
from newsextract.pieces import Piece, pieces
from newsextract.pipeline import facts_of, read_result
from newsextract.progress import Progress
from newsextract.reader import parse
from newsextract.stores import open_store
from newsextract.tally import Report
from newsextract.warc import read_warc
from newsextract.worker import Orders

SLICE = 64 << 20
"""Bytes of a ``.warc.gz`` that one task reads: about 3,000 pages, a quarter of a minute."""
PART = 2_000
"""Results in one Parquet part, so that a task's memory is bounded."""
NUMBERS = 10_000
"""Part numbers that are kept free for a task."""
RETRIES = 2
"""Times a task is tried again after an error (a full disk, a file server that is away)."""


class SchedulerAway(NewsextractError):
    """No Dask scheduler answers at the address."""

    reason = "scheduler"


@dataclass(frozen=True, slots=True)
class Task:
    """A piece, what is done to its pages, and the first number of its parts in ``folder``."""

    piece: Piece
    folder: str
    number: int
    columns: tuple[tuple[str, str], ...]
    work: partial[Result]  # of ``read_result``, with ``read`` and ``find``

    @property
    def mark(self) -> Path:
        """The file that says that all parts are there, of these files as they are now."""
        stats = [(os.path.abspath(p), Path(p).stat()) for p in self.piece.paths]  # noqa: PTH100
        files = [(path, stat.st_size, stat.st_mtime_ns) for path, stat in stats]
        about = repr((files, self.piece.start, self.piece.stop, __version__))
        name = hashlib.blake2b(about.encode("utf-8", "surrogateescape"), digest_size=16)
        return Path(self.folder) / ".tasks" / name.hexdigest()


def run_dask(
    archives: Iterable[str | os.PathLike[str]],
    *,
    to: str | os.PathLike[str],
    workers: int = 1,
    scheduler: str | None = None,
    columns: Mapping[str, str] | None = None,
    read: Callable[[Raw], Article] = parse,
    find: Callable[[Article], Facts] = facts_of,
    slice_bytes: int = SLICE,
) -> Report:
    """Read archive files on a Dask cluster into a folder of Parquet, and report what was done.

    ``scheduler`` is the address of a running cluster, whose workers must see the same paths;
    without it a cluster of ``workers`` processes is started here. A Dask worker that is lost has
    its tasks done by another; a page that kills the process that reads it is a failure of that
    page only, and a file whose task fails for good is a failure too. The same call again reads
    only files that are new, were changed, or were not finished. ``read``, ``find`` and
    ``columns`` are those of ``batch`` and ``open_archive``. Raises ``StoreError`` where ``to`` is
    no folder of Parquet, ``ArchiveError`` for a path that is not there, ``SchedulerAway``.
    """
    archive = open_archive(list(archives), columns=columns)
    with _folder(to) as store:
        folder, before = store.path, store.counts()
        run = store.start_run(engine="dask", workers=workers, scheduler=scheduler)
    first = store.last + 1  # only now: closing may have joined what a kill had left
    names = tuple((columns or {}).items())
    work = partial(read_result, read=read, find=find)
    tasks = [
        Task(piece, str(folder), first + n * NUMBERS, names, work)
        for n, piece in enumerate(pieces(archive.files(), slice_bytes))
    ]
    with held(folder):
        report, lost = _submit(tasks, workers, scheduler)
    with _folder(to) as store:
        report.articles, kinds = store.kinds_since(first)
        report.count_facts(kinds)
        store.write(lost)
        for result in lost:
            report.add(result)
        report.duplicates = report.pages - report.articles - report.failed - report.done
        report.superseded = before.articles + report.articles - store.counts().articles
        store.finish_run(run, report.to_dict())
    return report


def _folder(to: str | os.PathLike[str]) -> ParquetStore:
    store = open_store(to)
    if not isinstance(store, ParquetStore):
        store.close()
        raise StoreError(
            "the dask engine writes a folder of Parquet",
            source=store.name,
            advice="give a folder: --to facts/ (DuckDB, pandas and polars read it)",
        )
    return store


def _submit(tasks: list[Task], workers: int, scheduler: str | None) -> tuple[Report, list[Result]]:
    """The sum of all tasks' reports, and the tasks that failed for good."""
    total, lost = Report(workers=workers), []
    sizes = _Sizes(sum(task.piece.size for task in tasks))
    with ExitStack() as stack:
        client = stack.enter_context(_cluster(workers, scheduler))
        progress = stack.enter_context(Progress(cast("Any", sizes)))
        # A pure key would let Dask hand out what an earlier run, since deleted, had written.
        futures = {client.submit(run_task, t, retries=RETRIES, pure=False): t for t in tasks}
        for future in _distributed().as_completed(futures):
            task = futures[future]
            sizes.position += task.piece.size
            error = future.exception()
            if error is None:
                total.absorb(future.result())
            else:
                total.absorb(_salvaged(task))
                lost.append(_lost(task, error))
            future.release()
            progress.show(total)
    total.seconds = sizes.seconds
    return total, lost


@dataclass(slots=True)
class _Sizes:
    """What ``Progress`` asks of an archive, counted in finished tasks."""

    size: int
    position: int = 0
    started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started


def _salvaged(task: Task) -> Report:
    """What parts a task wrote that failed in the end; the failure itself counts as a page."""
    report, folder, number = Report(pages=1), Path(task.folder), task.number
    while height := parts.height(folder, number):
        report.pages += height
        for result in parts.failures_of(folder, number):
            report.add(result)
        number += 1
    return report


def _lost(task: Task, error: BaseException) -> Result:
    if not isinstance(error, NewsextractError):
        what = f"its task failed {RETRIES + 1} times: {type(error).__name__}: {error}"
        error = ArchiveError(what, advice="run the same command again")
    error.source = str(task.piece)
    return Result(str(task.piece), error=error)


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise MissingExtra.of("dask", "distributed") from None
    return distributed


@contextmanager
def _cluster(workers: int, scheduler: str | None) -> Iterator[Any]:
    """A client of the running cluster, or of one that lives as long as it."""
    library = _distributed()
    with ExitStack() as stack:
        cluster = scheduler
        if cluster is None:
            # Every task has a process of its own for the pages, so one thread is enough.
            how = {"threads_per_worker": 1, "processes": True, "dashboard_address": None}
            started = library.LocalCluster(n_workers=workers, silence_logs=40, **how)
            cluster = stack.enter_context(started)
        try:
            client = stack.enter_context(library.Client(cluster, set_as_default=False))
        except (OSError, ValueError) as error:
            if scheduler is None:
                raise
            advice = "check its address (tcp://head:8786), and that it runs"
            raise SchedulerAway(str(error), source=scheduler, advice=advice) from error
        stack.enter_context(client.as_current())  # as_completed asks for it
        yield client


def run_task(task: Task) -> Report:
    """Read what a task names and write its parts; nothing if they are all there already.

    This runs on a Dask worker. The pages are read by a process of the task's own, so that a page
    can crash, hang or eat memory without costing the cluster a worker.
    """
    report = Report()
    if task.mark.exists():
        report.done = int(task.mark.read_text("ascii") or 0)
        report.pages = report.done
        return report
    number = task.number
    orders = Orders(task.work, warm=warm_up(**task.work.keywords), memory=MEMORY, seconds=SECONDS)
    results: list[Result] = []
    crew: Crew[Raw]
    with Crew(orders, size=1) as crew:
        for result in _results(task, crew):
            report.pages += 1
            report.add(result)
            results.append(result)
            if len(results) == PART:
                parts.write_results(Path(task.folder), number, results)
                number, results = number + 1, []
        report.replaced = crew.replaced
    parts.write_results(Path(task.folder), number, results)
    task.mark.parent.mkdir(exist_ok=True)
    task.mark.write_text(str(report.pages), "ascii")
    return report


def _results(task: Task, crew: Crew[Raw]) -> Iterator[Result]:
    """Errors of the archive as they come, and pages as the crew has read them."""
    errors: list[Result] = []

    def pages() -> Iterator[Raw]:
        for item in _items(task):
            if isinstance(item, Raw):
                yield item
            else:
                errors.append(read_result(item))

    for raw, outcome in crew.results(pages()):
        yield outcome if isinstance(outcome, Result) else given_up(raw, outcome)
        yield from errors
        errors.clear()
    yield from errors


def _items(task: Task) -> Iterator[Raw | NewsextractError]:
    piece = task.piece
    if piece.stop is None:
        yield from open_archive(piece.paths, columns=dict(task.columns))
        return
    (path,) = piece.paths
    with Path(path).open("rb") as file:
        yield from read_warc(cast("Stream", file), path, start=piece.start, stop=piece.stop)
