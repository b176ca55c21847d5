"""Worker processes that may crash, hang or eat memory, seen from the process that runs them."""

from __future__ import annotations

import pickle
import selectors
import time
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

from newsextract.errors import NewsextractError, PageTimeout, WorkerDied
from newsextract.process import Process, Task, start
from newsextract.worker import Orders, framed

Item = TypeVar("Item")

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
        self._again: deque[Task[Item]] = deque()
        self._workers: list[Process[Item]] = []
        self._size = size
        self._looked = 0.0
        self._stillborn = 0
        self.replaced = 0

    def __enter__(self) -> Crew[Item]:
        try:
            for _ in range(self._size):
                self._hire()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()
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
                    worker.give(task, framed(task.item))
                    self._send(worker)
            if not more and not self._again and not any(w.tasks for w in self._workers):
                return
            yield from self._turn()
            more = more or bool(self._again)

    def _turn(self) -> Iterator[tuple[Item, Any]]:
        """One wait for whatever happens first."""
        ready = self._selector.select(WATCH)
        open_to = [key.data for key, events in ready if events & selectors.EVENT_WRITE]
        heard = [key.data for key, events in ready if events & selectors.EVENT_READ]
        lost: list[Process[Item]] = []
        now = time.monotonic()
        if now - self._looked > WATCH:
            self._looked = now
            # Before any answer is given away, which may take long: those that wait are in time.
            for worker in self._workers:
                if worker not in heard:
                    self._watch(worker, now)
                    lost += [worker] * worker.is_lost()
        # A worker that ended may be ready for both; nothing can be sent once it is replaced.
        for worker in open_to:
            self._send(worker)
        for worker in heard:
            yield from self._receive(worker)
        for worker in lost:
            yield from self._replace(worker)

    def _hungry(self) -> Process[Item] | None:
        free = [
            w
            for w in self._workers
            if w.why is None and len(w.tasks) < AHEAD and w.ahead < AHEAD_BYTES
        ]
        return min(free, key=lambda w: len(w.tasks), default=None)

    def _next(self, source: Iterator[Item]) -> Task[Item] | None:
        return self._again.popleft() if self._again else next(map(Task, source), None)

    def _send(self, worker: Process[Item]) -> None:
        worker.send()
        pipe = worker.inlet.fileno()
        registered = pipe in self._selector.get_map()
        if worker.unsent and not registered:
            self._selector.register(pipe, selectors.EVENT_WRITE, worker)
        elif registered and not worker.unsent:
            self._selector.unregister(pipe)

    def _receive(self, worker: Process[Item]) -> Iterator[tuple[Item, Any]]:
        goes_on = worker.receive()
        for item, answer in worker.answers():
            yield item, pickle.loads(answer)  # noqa: S301  # from our own worker
        if not goes_on:
            yield from self._replace(worker)

    def _replace(self, worker: Process[Item]) -> Iterator[tuple[Item, Any]]:
        """A worker ended: what it was at is tried again or given up, the rest goes to others."""
        for pipe in (worker.inlet, worker.outlet):
            if pipe.fileno() in self._selector.get_map():
                self._selector.unregister(pipe.fileno())
        self._workers.remove(worker)
        why = worker.ended()
        self._stillborn = 0 if worker.ready else self._stillborn + 1
        if self._stillborn > STARTS:
            raise NewsextractError(
                f"a worker process cannot start: {why.what}",
                advice="its own message, if it left one, stands above; see that the modules of the"
                " functions given to batch can be imported, and that there is memory for it",
            )
        self.replaced += 1
        if worker.tasks and worker.ready:
            first = worker.tasks[0]
            first.failed += 1
            if first.failed > 1:
                worker.tasks.popleft()
                yield first.item, why
        self._again.extend(worker.tasks)
        self._hire()

    def _watch(self, worker: Process[Item], now: float) -> None:
        """End a worker that is over its time or memory; its pipe's end then tells the rest."""
        seconds, memory = self._limits.seconds, self._limits.memory
        # The worker's own alarm comes first; this is for a system without one.
        if seconds and worker.ready and worker.tasks and now - worker.since > 1.5 * seconds + 2:
            worker.why = PageTimeout(f"took over {seconds:g} seconds")
        elif memory and worker.memory() > memory + PROGRAM:
            worker.why = WorkerDied(f"its worker used over {memory >> 20:,} MB")
        elif not worker.ready and now - worker.since > PATIENCE:
            worker.why = WorkerDied("its worker did not start")
        if worker.why is not None:
            worker.process.kill()

    def _hire(self) -> None:
        worker: Process[Item] = start(self._orders)
        self._workers.append(worker)
        self._selector.register(worker.outlet.fileno(), selectors.EVENT_READ, worker)
        self._send(worker)


def _not_importable(why: str) -> NewsextractError:
    return NewsextractError(
        f"a worker process cannot import what it is to do: {why}",
        advice="put the functions given to batch into a module of their own",
    )
