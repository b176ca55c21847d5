from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import readers

from newsextract.crew import Crew
from newsextract.errors import NewsextractError, PageTimeout, WorkerDied
from newsextract.process import PIPE, _death
from newsextract.worker import OUT_OF_MEMORY, Orders


def test_a_worker_that_dies_with_much_unsent_is_replaced() -> None:
    large = bytes(PIPE // 3)  # so that the pipe is full, and pipes of both ways end at once
    items = [b"EXIT" + large if n % 3 == 2 else large for n in range(18)]
    with Crew(Orders(readers.size), size=1) as crew:
        done = list(crew.results(items))
    assert sorted(len(item) for item, _ in done) == sorted(map(len, items))
    for item, answer in done:
        if item.startswith(b"EXIT"):
            assert isinstance(answer, WorkerDied)
        else:
            assert answer == len(item)
    assert crew.replaced == 12


def test_time_that_the_batch_itself_takes_is_not_a_page_s() -> None:
    first = b"first"

    def items() -> Iterator[bytes]:
        yield b""
        while not all(worker.ready for worker in crew._workers):
            yield b""
        yield from (b"SLEEP", first, *[b"SLEEP"] * 4, *[b""] * 60)

    with Crew(Orders(readers.size, seconds=0.5), size=2) as crew:
        for item, answer in crew.results(items()):
            assert answer == len(item)
            if item is first:
                time.sleep(3)  # as a slow store does; a worker may take 2.75 seconds
    assert crew.replaced == 0


@pytest.mark.parametrize("item", [b"EXIT", b"FORK"])
def test_how_it_ended_is_known_whatever_holds_its_pipe(item: bytes) -> None:
    began = time.monotonic()
    with Crew(Orders(readers.size), size=1) as crew:
        done = dict(crew.results([item, b"next"]))
    assert str(done[item]) == f"its worker ended with exit code 7 — {WorkerDied.advice}"
    assert done[b"next"] == 4
    assert time.monotonic() - began < 7


def test_an_error_that_python_itself_ends_with_is_an_exit_code() -> None:
    # The pipe ends before the process does, which must not be killed on its last steps.
    with Crew(Orders(readers.size), size=1) as crew:
        ((_, answer),) = crew.results([b"RAISE"])
    assert "ended with exit code 1" in str(answer)


def test_a_process_that_the_system_refuses_is_a_typed_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.executable", "/no/such/python")
    with (
        pytest.raises(NewsextractError, match="cannot start: No such file"),
        Crew(Orders(readers.size), size=2),
    ):
        pass


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [
        (-9, WorkerDied, "ended by SIGKILL"),
        (-40, WorkerDied, "ended by signal 40"),
        (-14, PageTimeout, "longer than"),
        (7, WorkerDied, "exit code 7"),
        (OUT_OF_MEMORY, WorkerDied, "more memory"),
    ],
)
def test_how_a_worker_ended_is_said(code: int, kind: type, said: str) -> None:
    error = _death(code)
    assert type(error) is kind
    assert said in str(error)
