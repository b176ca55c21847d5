"""What a batch takes as pages, and which pages the functions given to it see."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import readers
from warcs import page

import newsextract as nx
from newsextract.batching import SAMPLE, given_up, warm_up
from newsextract.errors import NewsextractError, NoBody, WorkerDied
from newsextract.inputs import CHUNK, in_chunks, opened, pages
from newsextract.pipeline import facts_of


def raw(n: int) -> nx.Raw:
    return nx.Raw(page(n), url=f"https://bao.example/{n}.html", source=f"s{n}")


def run(given: Any, to: Path, **more: Any) -> nx.Report:
    return nx.batch(given, to=to, find=readers.find, **more)


def test_pages_of_any_form_may_stand_in_one_list(tmp_path: Path):
    (tmp_path / "folder").mkdir()
    for n in (1, 2):
        (tmp_path / f"folder/{n}.html").write_bytes(page(n))
    given = [raw(0), tmp_path / "folder", page(3), memoryview(page(4)), str(tmp_path / "none.html")]
    error = NoBody("not had", source="x")
    found = list(pages([*given, error]))
    missing, last = found[-2:]
    assert [p.body for p in found[:-2] if isinstance(p, nx.Raw)] == [page(n) for n in range(5)]
    assert isinstance(missing, NewsextractError)
    assert (missing.reason, last) == ("missing", error)
    report = run([*given, error], tmp_path / "f.db")
    assert (report.articles, report.failed) == (5, 2)


def test_a_generator_of_paths_is_an_archive(tmp_path: Path):
    for n in range(3):
        (tmp_path / f"{n}.html").write_bytes(page(n))
    report = run(tmp_path.glob("*.html"), tmp_path / "f.db")
    assert (report.articles, report.failed) == (3, 0)


WRONG: tuple[Callable[[], Any], ...] = (
    lambda: None,
    lambda: 3,
    lambda: raw(1),
    lambda: page(1),
    lambda: [raw(1), None],
    lambda: (page(1), 3),
    lambda: [nx.Article("x", ())],
)


@pytest.mark.parametrize("given", WRONG, ids=range(len(WRONG)))
def test_what_is_no_page_is_refused_before_anything_starts(
    tmp_path: Path, given: Callable[[], Any], capfd: pytest.CaptureFixture[str]
):
    with pytest.raises(TypeError, match=r"a batch reads .*Raw, bytes or paths"):
        nx.batch(given(), to=tmp_path / "f.db")
    assert not (tmp_path / "f.db").exists()
    assert capfd.readouterr().err == ""


def test_what_is_no_page_is_named_where_an_iterable_comes_to_it(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    with pytest.raises(TypeError, match="not NoneType"):
        run(iter([raw(1), None]), tmp_path / "f.db")
    assert "Traceback" not in capfd.readouterr().err


def test_pages_that_come_as_they_are_pass_unchanged():
    given = [raw(n) for n in range(3)]
    assert opened(given) is given
    assert list(pages(given)) == given


def test_chunks_are_bounded():
    def many() -> Iterator[nx.Raw]:
        yield from (raw(n) for n in range(2 * CHUNK + 1))

    assert [len(c) for c in in_chunks(many())] == [CHUNK, CHUNK, 1]
    large = [nx.Raw(bytes(5 << 20)) for _ in range(4)]
    assert [len(c) for c in in_chunks(large)] == [2, 2]
    assert list(in_chunks([])) == []


# --- which pages the user's functions see -----------------------------------------------------


def test_the_users_functions_see_the_users_pages_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    seen = tmp_path / "seen"
    monkeypatch.setenv("READ", str(seen))
    nx.batch([raw(1), raw(2)], to=tmp_path / "a.db", read=readers.noted)
    assert seen.read_text().splitlines() == ["s1", "s2"]
    seen.unlink()
    nx.batch([raw(1)], to=tmp_path / "b.db", find=readers.noted_title)
    assert seen.read_text().splitlines() == [nx.parse(raw(1)).title]


def test_a_worker_warms_up_with_the_librarys_own_part_of_its_work():
    assert warm_up(readers.noted, readers.find) is None
    for read, find in ((nx.parse, facts_of), (readers.die, facts_of), (nx.parse, readers.find)):
        warm = warm_up(read, find)
        assert warm is not None
        warm()
    assert len(facts_of(nx.parse(SAMPLE))) > 2


def test_a_reader_that_always_dies_gives_failures_that_say_how(tmp_path: Path):
    report = run([raw(1), raw(2)], tmp_path / "f.db", read=readers.die)
    assert (report.articles, report.failed) == (0, 2)
    with nx.open_store(tmp_path / "f.db") as store:
        assert {f["what"] for f in store.failures()} == {"its worker ended with exit code 3"}


def test_what_cannot_leave_a_worker_is_a_failure_of_its_page(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    report = nx.batch([raw(1), raw(2)], to=tmp_path / "f.db", find=readers.unsendable)
    assert (report.failed, report.replaced) == (2, 0)
    with nx.open_store(tmp_path / "f.db") as store:
        (one, two) = store.failures()
    assert one["reason"] == two["reason"] == "internal"
    assert one["what"].startswith("what was found cannot leave the worker: ")
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("limits", [{"seconds": 0}, {"seconds": -1}, {"memory": 0}], ids=str)
def test_limits_that_no_page_can_keep_are_refused(tmp_path: Path, limits: dict[str, Any]):
    with pytest.raises(ValueError, match="no page can be read in"):
        run([raw(1)], tmp_path / "f.db", **limits)
    assert not (tmp_path / "f.db").exists()


@pytest.mark.parametrize("workers", [0, -1, 257, 10**6])
def test_a_number_of_workers_that_cannot_be_is_refused(tmp_path: Path, workers: int):
    with pytest.raises(ValueError, match=f"workers must be from 1 to 256, not {workers}"):
        nx.batch([raw(1)], to=tmp_path / "f.db", workers=workers)


@pytest.mark.parametrize("workers", ["2", None, 1.5])
def test_workers_are_a_number(tmp_path: Path, workers: Any):
    with pytest.raises(TypeError, match="workers is a number of processes, as int, not "):
        nx.batch([raw(1)], to=tmp_path / "f.db", workers=workers)


def test_a_module_that_ends_the_process_is_told_with_its_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    lines = ("import os", "if os.environ.get('READ'): os._exit(5)", "from readers import read")
    body = "\n".join([*lines, "def own(raw): return read(raw)"])
    (tmp_path / "deadly.py").write_text(body)
    monkeypatch.syspath_prepend(tmp_path)
    import deadly  # type: ignore[import-not-found]  # made just now

    monkeypatch.setenv("READ", "now")
    try:
        with pytest.raises(
            NewsextractError, match="cannot start: its worker ended with exit code 5"
        ):
            run([raw(1)], tmp_path / "f.db", read=deadly.own)
    finally:
        del sys.modules["deadly"]


def test_a_page_with_a_broken_address_can_be_given_up():
    odd = nx.Raw(b"x", url="http://[::1/a", source="s")
    result = given_up(odd, WorkerDied("its worker ended with exit code 3"))
    assert (result.site, result.source) == (None, "s")
