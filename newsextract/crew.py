"""Worker processes that may crash, hang or eat memory, seen from the process that runs them."""

from __future__ import annotations

import os
import pickle
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any, Generic, TypeVar, cast

from newsextract.errors import NewsextractError, PageTimeout, WorkerDied
from newsextract.worker import HEADER, OUT_OF_MEMORY, Orders, framed

Item = TypeVar("Item")

PIPE = 1 << 20
"""Bytes a pipe holds where the system allows it: some ten pages or a hundred answers."""
AHEAD = 48
AHEAD_BYTES = 4 << 20
"""Items and bytes a worker is given ahead: enough to work on while a batch writes to its store."""
WATCH = 0.5
"""Seconds between two looks at memory and clocks."""
STARTS = 5
"""Workers in a row that may die before they are ready; then something is wrong with all."""
PATIENCE = 300.0
"""Seconds that a worker may take to be ready, on a machine with much else to do."""
PROGRAM = 512 << 20
"""Bytes that the program itself may take beside what its pages are allowed."""


@dataclass(slots=True)
class _Task(Generic[Item]):
    item: Item
    size: int = 0  # bytes, as it was sent
    failed: int = 0


@dataclass(eq=False, slots=True)
class _Worker(Generic[Item]):
    process: subprocess.Popen[bytes]
    tasks: deque[_Task[Item]] = field(default_factory=deque)
    ahead: int = 0  # bytes of the tasks
    ready: bool = False
    since: float = 0.0  # when the first of tasks became first
    unsent: deque[memoryview] = field(default_factory=deque)
    received: bytearray = field(default_factory=bytearray)
    why: NewsextractError | None = None  # why it is being ended

    @property
    def inlet(self) -> IO[bytes]:
        return cast("IO[bytes]", self.process.stdin)

    @property
    def outlet(self) -> IO[bytes]:
        return cast("IO[bytes]", self.process.stdout)

    def has_room(self) -> bool:
        return len(self.tasks) < AHEAD and self.ahead < AHEAD_BYTES


class Crew(Generic[Item]):
    """``size`` worker processes that do ``work`` to items; use it as a context manager.

    An item at which a worker dies, takes over ``seconds`` or uses over ``memory`` bytes is tried
    once more in a new worker, then given up with ``WorkerDied`` or ``PageTimeout``. ``replaced``
    counts the workers that had to be.
    """

    def __init__(self, orders: Orders, *, size: int) -> None:
        self._limits = orders
        try:
            self._orders = framed(orders)
            unknown = b"\x8c\x08__main__" in bytes(self._orders)
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            raise _not_importable(str(error)) from None
        if unknown:
            raise _not_importable("it stands in the script or notebook that is being run")
        self._selector = selectors.DefaultSelector()
        self._again: deque[_Task[Item]] = deque()
        self._workers: list[_Worker[Item]] = []
        self._size = size
        self._looked = 0.0
        self._stillborn = 0
        self.replaced = 0

    def __enter__(self) -> Crew[Item]:
        self._workers = [self._hire() for _ in range(self._size)]
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            self._dismiss(worker)
        self._selector.close()

    def results(self, items: Iterable[Item]) -> Iterator[tuple[Item, Any]]:
        """Each item with what work gave, or with the ``NewsextractError`` that says why nothing.

        In order of completion. At most ``AHEAD`` items a worker are taken from ``items`` early.
        """
        source = iter(items)
        more = True
        while True:
            while more and (worker := self._hungry()):
                task = self._next(source)
                if task is None:
                    more = False
                else:
                    self._give(worker, task)
            if not more and not self._again and not any(w.tasks for w in self._workers):
                return
            yield from self._turn()
            more = more or bool(self._again)

    def _turn(self) -> Iterator[tuple[Item, Any]]:
        """One wait for whatever happens first."""
        for key, events in self._selector.select(WATCH):
            worker: _Worker[Item] = key.data
            if events & selectors.EVENT_WRITE:
                self._push(worker)
            if events & selectors.EVENT_READ:
                yield from self._pull(worker)
        now = time.monotonic()
        if now - self._looked > WATCH:
            self._looked = now
            for worker in self._workers:
                self._watch(worker, now)

    def _hungry(self) -> _Worker[Item] | None:
        free = [w for w in self._workers if w.why is None and w.has_room()]
        return min(free, key=lambda w: len(w.tasks), default=None)

    def _next(self, source: Iterator[Item]) -> _Task[Item] | None:
        return self._again.popleft() if self._again else next(map(_Task, source), None)

    def _give(self, worker: _Worker[Item], task: _Task[Item]) -> None:
        if not worker.tasks and worker.ready:
            worker.since = time.monotonic()
        data = framed(task.item)
        task.size = len(data)
        worker.ahead += task.size
        worker.tasks.append(task)
        worker.unsent.append(data)
        self._push(worker)

    def _push(self, worker: _Worker[Item]) -> None:
        """Send what the pipe takes without waiting."""
        try:
            while worker.unsent:
                head = worker.unsent[0]
                sent = os.write(worker.inlet.fileno(), head)
                if sent == len(head):
                    worker.unsent.popleft()
                else:
                    worker.unsent[0] = head[sent:]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            worker.unsent.clear()  # its end is read from the other pipe
        self._listen(worker)

    def _listen(self, worker: _Worker[Item]) -> None:
        registered = worker.inlet.fileno() in self._selector.get_map()
        if worker.unsent and not registered:
            self._selector.register(worker.inlet.fileno(), selectors.EVENT_WRITE, worker)
        elif registered and not worker.unsent:
            self._selector.unregister(worker.inlet.fileno())

    def _pull(self, worker: _Worker[Item]) -> Iterator[tuple[Item, Any]]:
        try:
            data = os.read(worker.outlet.fileno(), PIPE)
        except BlockingIOError:
            return
        worker.received += data
        while (answer := _frame(worker.received)) is not None:
            if not worker.ready:
                worker.ready = True
                worker.since = time.monotonic()
                continue
            task = worker.tasks.popleft()
            worker.ahead -= task.size
            worker.since = time.monotonic()
            yield task.item, pickle.loads(answer)  # noqa: S301  # from our own worker
        if not data:
            yield from self._replace(worker)

    def _replace(self, worker: _Worker[Item]) -> Iterator[tuple[Item, Any]]:
        """A worker ended: what it was at is tried again or given up, the rest goes to others."""
        self._dismiss(worker)
        self._workers.remove(worker)
        self._stillborn = 0 if worker.ready else self._stillborn + 1
        if self._stillborn > STARTS:
            raise NewsextractError(
                "a worker process cannot start", advice="its own message stands above"
            )
        self.replaced += 1
        if worker.tasks and worker.ready:
            first = worker.tasks[0]
            first.failed += 1
            if first.failed > 1:
                worker.tasks.popleft()
                yield first.item, worker.why or _death(worker.process.returncode)
        self._again.extend(worker.tasks)
        self._workers.append(self._hire())

    def _watch(self, worker: _Worker[Item], now: float) -> None:
        """End a worker that is over its time or memory; its pipe's end then tells the rest."""
        seconds, memory = self._limits.seconds, self._limits.memory
        # The worker's own alarm comes first; this is for a system without one.
        if seconds and worker.ready and worker.tasks and now - worker.since > 1.5 * seconds + 2:
            worker.why = PageTimeout(f"took over {seconds:g} seconds")
        elif memory and _resident(worker.process.pid) > memory + PROGRAM:
            worker.why = WorkerDied(f"its worker used over {memory >> 20:,} MB")
        elif not worker.ready and now - worker.since > PATIENCE:
            worker.why = WorkerDied("its worker did not start")
        if worker.why is not None:
            worker.process.kill()

    def _hire(self) -> _Worker[Item]:
        paths = os.pathsep.join(os.path.abspath(p) for p in sys.path)  # noqa: PTH100  # '' is here
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "newsextract.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env={**os.environ, "PYTHONPATH": paths},
            process_group=0,  # a Ctrl-C is for the batch, which ends its workers itself
        )
        worker: _Worker[Item] = _Worker(process, since=time.monotonic())
        for pipe in (worker.inlet, worker.outlet):
            os.set_blocking(pipe.fileno(), False)
            _widen(pipe.fileno())
        self._selector.register(worker.outlet.fileno(), selectors.EVENT_READ, worker)
        worker.unsent.append(self._orders)
        self._push(worker)
        return worker

    def _dismiss(self, worker: _Worker[Item]) -> None:
        for pipe in (worker.inlet, worker.outlet):
            if pipe.fileno() in self._selector.get_map():
                self._selector.unregister(pipe.fileno())
            pipe.close()
        worker.process.kill()
        worker.process.wait()


def _frame(received: bytearray) -> bytes | None:
    """Take one whole message off the front, None if there is none yet."""
    if len(received) < HEADER.size:
        return None
    end = HEADER.size + HEADER.unpack_from(received)[0]
    if len(received) < end:
        return None
    data = bytes(memoryview(received)[HEADER.size : end])
    del received[:end]
    return data


def _death(code: int) -> NewsextractError:
    if code == OUT_OF_MEMORY:
        return WorkerDied("it takes more memory than the batch allows")
    if code == -signal.SIGALRM:
        return PageTimeout("took longer than the batch allows")
    if code < 0:
        return WorkerDied(f"its worker was ended by {signal.Signals(-code).name}")
    return WorkerDied(f"its worker ended with exit code {code}")


def _resident(pid: int) -> int:
    """Bytes of memory a process really uses; 0 where the system does not tell."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as statm:  # noqa: PTH123  # a kernel file
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def _widen(pipe: int) -> None:
    if sys.platform == "linux":
        import fcntl  # not on every system

        # An unprivileged user may be out of his share of pipe memory; a small pipe works too.
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)


def _not_importable(why: str) -> NewsextractError:
    return NewsextractError(
        f"a worker process cannot import what it is to do: {why}",
        advice="put the functions given to batch into a module of their own",
    )
