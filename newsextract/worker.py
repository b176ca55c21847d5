"""A worker process of a batch: reads pages from one pipe, answers on another, ends with its batch.

It is started as a program of its own, not forked: it shares no lock, thread or connection with
the process that wants it, and a script needs no ``if __name__ == "__main__"`` around ``batch``.
"""

from __future__ import annotations

import copyreg
import dataclasses
import io
import os
import pickle
import signal
import struct
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter, methodcaller
from queue import SimpleQueue
from typing import IO, Any

HEADER = struct.Struct(">Q")
"""The length of a message in bytes, before it."""
OUT_OF_MEMORY = 77
"""The exit code of a worker that may not have the memory that a page would take."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What a worker does to each item, and how far it may go.

    ``memory`` is bytes of address space over what the program itself takes; ``seconds`` is how
    long one item may take before the system ends the process, even if nobody is left to ask for
    that. Either may be None for no limit. ``warm`` is called before the first item: what it loads
    and compiles is counted neither as the time nor as the memory of that one.
    """

    work: Callable[[Any], Any]
    warm: Callable[[], object] | None = None
    memory: int | None = None
    seconds: float | None = None


class _Reducers(dict[type[Any], Callable[[Any], Any]]):
    """How objects travel: a frozen dataclass with slots as a call of its class.

    Its own way looks up the names of its fields for each object, which costs a batch more than
    all else between two processes.
    """

    def __missing__(self, cls: type[Any]) -> Callable[[Any], Any]:
        self[cls] = copyreg.dispatch_table.get(cls) or _called(cls) or _OWN_WAY
        return self[cls]


_OWN_WAY = methodcaller("__reduce_ex__", pickle.HIGHEST_PROTOCOL)


def _called(cls: type[Any]) -> Callable[[Any], Any] | None:
    """Takes an object of ``cls`` apart into a call that makes it again, None if that is unsure."""
    slow = getattr(dataclasses, "_dataclass_setstate", None)  # of frozen ones with slots
    if getattr(cls, "__setstate__", None) is not slow or hasattr(cls, "__post_init__"):
        return None
    if any("__reduce__" in vars(base) for base in cls.__mro__[:-1]):
        return None
    fields = dataclasses.fields(cls)
    if len(fields) < 2 or not all(f.init and not f.kw_only for f in fields):
        return None
    values = attrgetter(*(f.name for f in fields))
    return lambda one: (cls, values(one))


_REDUCERS = _Reducers()


def packed(message: Any) -> bytes:
    """A message as bytes, which ``pickle.loads`` opens."""
    return bytes(framed(message)[HEADER.size :])


def framed(message: Any) -> memoryview:
    """A message as it goes through a pipe."""
    frame = io.BytesIO()
    frame.write(bytes(HEADER.size))
    pickler = pickle.Pickler(frame, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(message)
    data = frame.getbuffer()
    HEADER.pack_into(data, 0, len(data) - HEADER.size)
    return data


def read_frame(pipe: IO[bytes]) -> bytes | None:
    """The next message, or None where the other side is gone."""
    head = pipe.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    size = HEADER.unpack(head)[0]
    data = pipe.read(size)
    return data if len(data) == size else None


def main() -> None:
    """Serve standard input until it ends."""
    tasks, answers = _pipes()
    first = read_frame(tasks)
    if first is None:
        return
    orders: Orders = pickle.loads(first)  # noqa: S301  # from the process that started this one
    if orders.warm is not None:
        orders.warm()
    _limit(orders.memory)
    _send(answers, "ready")
    waiting: SimpleQueue[bytes | None] = SimpleQueue()
    # Drains the pipe while a page is read, so that the sender is never held up by a slow page.
    threading.Thread(target=_receive, args=(tasks, waiting), daemon=True).start()
    while (data := waiting.get()) is not None:
        _alarm(orders.seconds)
        try:
            answer = orders.work(pickle.loads(data))  # noqa: S301  # as above
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        _alarm(None)
        _send(answers, answer)


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The two pipes, moved away from where a stray ``print`` or ``input`` would touch them."""
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    return tasks, answers


def _receive(tasks: IO[bytes], waiting: SimpleQueue[bytes | None]) -> None:
    try:
        while (data := read_frame(tasks)) is not None:
            waiting.put(data)
    finally:
        waiting.put(None)


def _send(answers: IO[bytes], message: Any) -> None:
    view = framed(message)
    try:
        while view:
            view = view[answers.write(view) :]
    except BrokenPipeError:
        os._exit(0)  # the batch is gone, and with it everyone who could want an answer


def _alarm(seconds: float | None) -> None:
    # The signal's default action ends the process, also in the middle of a C function.
    signal.setitimer(signal.ITIMER_REAL, seconds or 0)


def _limit(memory: int | None) -> None:
    if memory is None or sys.platform != "linux":
        return
    import resource  # not on every system

    with open("/proc/self/statm", "rb") as statm:  # noqa: PTH123  # a kernel file
        used = int(statm.read().split()[0]) * resource.getpagesize()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = used + memory
    if hard == resource.RLIM_INFINITY or wanted <= hard:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


if __name__ == "__main__":
    main()
