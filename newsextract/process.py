"""One worker process, seen from the process that runs it: its pipes, its memory, how it ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Generic, TypeVar, cast

from newsextract.errors import NewsextractError, PageTimeout, WorkerDied
from newsextract.worker import HEADER, OUT_OF_MEMORY

Item = TypeVar("Item")

PIPE = 1 << 20
"""Bytes a pipe holds where the system allows it: some ten pages or a hundred answers."""


GRACE = 5.0
"""Seconds for a worker to end by itself once its pipe has: only then its exit code says why."""


@dataclass(slots=True)
class Task(Generic[Item]):
    """An item, its bytes as it was sent, and how many workers it ended."""

    item: Item
    size: int = 0
    failed: int = 0


@dataclass(eq=False, slots=True)
class Process(Generic[Item]):
    """A worker and the tasks it was given, the first of which it is at."""

    process: subprocess.Popen[bytes]
    tasks: deque[Task[Item]] = field(default_factory=deque)
    ahead: int = 0  # bytes of the tasks
    ready: bool = False
    since: float = field(default_factory=time.monotonic)  # when the first of tasks became first
    unsent: deque[memoryview] = field(default_factory=deque)
    received: bytearray = field(default_factory=bytearray)
    why: NewsextractError | None = None  # why it is being ended
    silent: bool = False  # it was found ended though its pipe is not

    @property
    def inlet(self) -> IO[bytes]:
        """Where tasks go in."""
        return cast("IO[bytes]", self.process.stdin)

    @property
    def outlet(self) -> IO[bytes]:
        """Where answers come out."""
        return cast("IO[bytes]", self.process.stdout)

    def give(self, task: Task[Item], data: memoryview) -> None:
        """Put a task behind the others; ``send`` sends it."""
        if not self.tasks and self.ready:
            self.since = time.monotonic()
        task.size = len(data)
        self.ahead += task.size
        self.tasks.append(task)
        self.unsent.append(data)

    def send(self) -> None:
        """Send what the pipe takes without waiting."""
        try:
            while self.unsent:
                head = self.unsent[0]
                sent = os.write(self.inlet.fileno(), head)
                if len(self.unsent) == len(self.tasks):  # the first task is still on its way
                    self.since = time.monotonic()
                if sent == len(head):
                    self.unsent.popleft()
                else:
                    self.unsent[0] = head[sent:]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            self.unsent.clear()  # its end is read from the other pipe

    def receive(self) -> bool:
        """Take what the other pipe holds; False where it has ended."""
        try:
            data = os.read(self.outlet.fileno(), PIPE)
        except BlockingIOError:
            return True
        self.received += data
        return bool(data)

    def answers(self) -> Iterator[tuple[Item, bytes]]:
        """Each task that was done, with its answer."""
        while (answer := _frame(self.received)) is not None:
            self.since = time.monotonic()
            if not self.ready:
                self.ready = True
                continue
            task = self.tasks.popleft()
            self.ahead -= task.size
            yield task.item, answer

    def memory(self) -> int:
        """Bytes of memory it really uses; 0 where the system does not tell."""
        try:
            with open(f"/proc/{self.process.pid}/statm", "rb") as statm:  # noqa: PTH123  # a kernel file
                return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError):
            return 0

    def is_lost(self) -> bool:
        """Whether it ended some time ago and its pipe did not: a process it left holds it open.

        It is asked now and then; whatever was said in the pipe has been heard in between.
        """
        if self.process.poll() is None:
            return False
        was, self.silent = self.silent, True
        return was

    def ended(self) -> NewsextractError:
        """Why it ended, now that its pipe has."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(GRACE)
        return self.end()

    def end(self) -> NewsextractError:
        """End it if it runs; why it ended."""
        for pipe in (self.inlet, self.outlet):
            pipe.close()
        self.process.kill()
        code = self.process.wait()
        return self.why or _death(code)


def start(orders: memoryview) -> Process[Item]:
    """A new worker, its orders not yet sent. ``NewsextractError`` if the system has no room."""
    paths = os.pathsep.join(os.path.abspath(p) for p in sys.path)  # noqa: PTH100  # '' is here
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "newsextract.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env={**os.environ, "PYTHONPATH": paths},
            process_group=0,  # a Ctrl-C is for the batch, which ends its workers itself
        )
    except OSError as error:
        what = f"a worker process cannot start: {error.strerror or error}"
        advice = "see that there is memory for it, and take fewer workers"
        raise NewsextractError(what, advice=advice) from error
    worker: Process[Item] = Process(process)
    for pipe in (worker.inlet, worker.outlet):
        os.set_blocking(pipe.fileno(), False)
        _widen(pipe.fileno())
    worker.unsent.append(orders)
    return worker


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
        name = next((s.name for s in signal.Signals if s == -code), f"signal {-code}")
        return WorkerDied(f"its worker was ended by {name}")
    return WorkerDied(f"its worker ended with exit code {code}")


def _widen(pipe: int) -> None:
    if sys.platform == "linux":
        import fcntl  # not on every system

        # An unprivileged user may be out of his share of pipe memory; a small pipe works too.
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)
