from __future__ import annotations

import io
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
import readers
from warcs import http, page, record, records, zipped

import newsextract as nx
from newsextract import crew
from newsextract.database import Database
from newsextract.errors import FetchError, NewsextractError
from newsextract.loading import load
from newsextract.tally import Report
from newsextract.worker import HEADER


def raw(n: int, more: bytes = b"") -> nx.Raw:
    return nx.Raw(page(n) + more, url=f"https://bao{n % 3}.example/{n}.html", source=f"s{n}")


def rows(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything a database holds but its record of runs."""
    with closing(sqlite3.connect(db)) as connection:
        names = [
            n
            for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if n in ("article", "fact", "official_title", "failure", "duplicate")
        ]
        found = {n: sorted(connection.execute(f"SELECT * FROM {n}"), key=repr) for n in names}
    assert len(found) == 5
    return found


def url(db: Path) -> str:
    return f"sqlite:///{db}"


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    """120 articles; among them two of the same text, two of the same bytes, a list, an image."""
    parts = records(120)
    parts.insert(40, record("https://khac.example/3.html", http(page(3))))
    parts.insert(70, record("https://khac.example/again", http(page(3) + b"<!-- again -->")))
    image = http(b"x", b"Content-Type: image/png\r\n")
    parts.insert(90, record("https://bao.example/x.png", image))
    parts.insert(95, record("https://bao.example/empty", http(b"")))
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(zipped(parts)[:-40])
    return path


def run(pages: object, db: Path, **how: object) -> Report:
    """A batch whose workers are ready at once, as they look for little."""
    return nx.batch(pages, to=url(db), **{"read": readers.read, "find": readers.find, **how})


def test_an_archive_becomes_rows_and_a_report(tmp_path, warc):
    db = tmp_path / "facts.db"
    report = nx.batch(nx.open_archive(warc), to=url(db))
    assert (report.pages, report.articles, report.duplicates) == (124, 119, 2)
    assert report.reasons() == {"not-a-page": 1, "empty": 1, "truncated": 1}
    held = rows(db)
    assert (len(held["article"]), len(held["fact"])) == (report.articles, report.facts)
    assert report.facts > 500
    assert report.kinds.total() == report.facts
    parts = (report.articles, report.duplicates, report.failed, report.done)
    assert sum(parts) == report.pages
    assert len(held["failure"]) == report.failed == 3
    assert report.interrupted is False
    with nx.open_store(url(db)) as store:
        (kept,) = store.rows("SELECT finished, report FROM run")
    assert kept["finished"]
    assert '"articles":119' in str(kept["report"]).replace(" ", "")


def test_what_is_done_is_not_done_again_whoever_does_it(tmp_path, warc):
    db = tmp_path / "facts.db"
    first = run(warc, db, workers=3)
    before = rows(db)
    # Whoever reads a page in the second batch finds no body: nobody does.
    second = run([raw(500), *nx.open_archive(warc)], db, read=readers.refuse)
    assert (second.articles, second.done, second.pages) == (0, 121, first.pages + 1)
    assert second.reasons()["no-body"] == 1
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("DELETE FROM failure WHERE source = 's500'")
    assert rows(db) == before
    run(nx.open_archive(warc), tmp_path / "1.db")
    assert rows(tmp_path / "1.db") == before


# --- workers that go wrong --------------------------------------------------------------------

WRONG = [
    (b"DIE", "worker-died"),
    (b"EXIT", "worker-died"),
    (b"SPIN", "timeout"),
    (b"EAT", "worker-died"),
    (b"FAIL", "internal"),
]


def test_pages_that_break_their_worker_are_failures_and_the_others_are_read(tmp_path):
    db = tmp_path / "facts.db"
    bad = {10 + 7 * i: (word, reason) for i, (word, reason) in enumerate(WRONG)}
    pages = [raw(n, b"<!-- " + bad[n][0] + b" -->" if n in bad else b"") for n in range(60)]
    report = run(pages, db, workers=2, seconds=0.7)
    assert report.articles == 60 - len(WRONG)
    with nx.open_store(url(db)) as store:
        failures = {f["source"]: f["reason"] for f in store.failures()}
    assert failures == {f"s{n}": reason for n, (_, reason) in bad.items()}
    assert report.replaced == 2 * (len(WRONG) - 1)
    again = run(pages, db)
    assert (again.done, again.replaced) == (60, 0)


def test_a_page_gets_a_second_chance(tmp_path):
    mark = tmp_path / "mark"
    page_ = nx.Raw(page(1) + b"<!-- ONCE -->", url=str(mark), source="s1")
    report = run([page_, raw(2)], tmp_path / "a.db", read=readers.once)
    assert mark.exists()
    assert (report.articles, report.failed, report.replaced) == (2, 0, 1)


def test_nothing_printed_by_a_reader_harms(tmp_path):
    pages = [raw(n, b"<!-- PRINT -->") for n in range(5)]
    assert run(pages, tmp_path / "a.db").articles == 5


def test_functions_are_given_by_import(tmp_path):
    report = nx.batch([raw(1)], to=url(tmp_path / "a.db"), find=readers.nothing)
    assert (report.articles, report.facts) == (1, 0)
    with pytest.raises(NewsextractError, match="module of their own"):
        nx.batch([raw(1)], to=url(tmp_path / "a.db"), find=lambda _: nx.extract("x"))


def test_workers_that_cannot_start_are_said_and_not_tried_for_ever(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(crew, "framed", lambda _: HEADER.pack(4) + b"none")
    with pytest.raises(NewsextractError, match="cannot start"):
        nx.batch([raw(1)], to=url(tmp_path / "a.db"))
    assert "Error" in capfd.readouterr().err


def test_errors_of_the_archive_are_failures_too(tmp_path):
    lost = [FetchError("gone", source="https://x.example/1"), raw(1)]
    for _ in range(2):
        report = run(lost, tmp_path / "a.db")
        assert report.reasons() == {"fetch": 1}
    assert len(rows(tmp_path / "a.db")["failure"]) == 1


def test_little_is_read_ahead(tmp_path):
    ahead = []
    made = 0
    results = 0

    def pages() -> Iterator[nx.Raw]:
        nonlocal made
        for n in range(150):
            made += 1
            ahead.append(made - results)
            yield raw(n)

    orders = crew.Orders(readers.read)
    with crew.Crew(orders, size=2) as workers:
        for _ in workers.results(pages()):
            results += 1
    assert results == 150
    assert max(ahead) <= 2 * crew.AHEAD + 1


# --- ended in the middle ----------------------------------------------------------------------

SCRIPT = """
import sys
import newsextract as nx, readers
print("started", flush=True)
report = nx.batch(
    sys.argv[1], to=sys.argv[2], workers=2, read=readers.read, find=readers.find
)
print(report.articles, report.done)
"""


def start(archive: Path, db: Path) -> subprocess.Popen[bytes]:
    """A batch as a user's script runs it, without a guard around it."""
    paths = os.pathsep.join(map(os.path.abspath, sys.path))
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(archive), url(db)],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(p) for p in path.read_text().split()] if path.exists() else []


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def articles(db: Path) -> int:
    """How many articles a database holds at this moment, without touching it."""
    try:
        with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT COUNT(*) FROM article").fetchone()[0])
    except sqlite3.OperationalError:  # not there yet
        return 0


def wait_until(said: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not said():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def grown(process: subprocess.Popen[bytes], db: Path, count: int) -> None:
    """Wait until a batch has written so many articles, or has ended."""
    process.stdout.readline()
    wait_until(lambda: process.poll() is not None or articles(db) >= count)


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    parts = [
        record(f"https://bao.example/{n}.html", http(page(n % 150) + b"<!-- SLOW -->"))
        for n in range(160)
    ]
    path = tmp_path / "slow.warc.gz"
    path.write_bytes(zipped(parts))
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_kill_9_at_any_moment_loses_and_doubles_nothing(tmp_path, slow, monkeypatch):
    whole = tmp_path / "whole.db"
    report = run(slow, whole, workers=2)
    assert (report.articles, report.duplicates) == (150, 10)
    db = tmp_path / "killed.db"
    chance = random.Random(7)
    counts = [0]
    for victim in ("batch", "worker", "batch"):
        process = start(slow, db)
        grown(process, db, counts[-1] + 1)
        time.sleep(chance.random() / 4)
        workers = children(process.pid)
        with suppress(ProcessLookupError):  # it may just have finished
            os.kill(process.pid if victim == "batch" else chance.choice(workers), signal.SIGKILL)
        if victim == "batch":
            process.wait()
            wait_until(lambda gone=workers: not any(map(alive, gone)))
        process.communicate()
        counts.append(articles(db))
    assert counts == sorted(counts)
    final = start(slow, db)
    out, _ = final.communicate()
    assert final.returncode == 0
    assert int(out.split()[1]) == 150 - counts[-1]
    assert rows(db) == rows(whole)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_writes_what_is_read_and_ends(tmp_path, slow):
    db = tmp_path / "facts.db"
    process = start(slow, db)
    grown(process, db, 1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert process.returncode not in (0, None)
    assert b"Interrupted after" in err
    assert err.count(b"Traceback") == 1
    with nx.open_store(url(db)) as store:
        (kept,) = store.rows("SELECT report FROM run")
    held = articles(db)
    assert 0 < held < 150
    assert '"interrupted":true' in str(kept["report"]).replace(" ", "")
    assert run(slow, db).articles == 150 - held


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("step", ["settle", "finish_run"])
def test_ctrl_c_at_the_very_end_is_a_whole_batch(tmp_path, monkeypatch, step):
    before = getattr(Database, step)

    def then_interrupted(*given: object) -> object:
        answer = before(*given)
        if step != "settle" or given[1][-1].source == "s9":
            os.kill(os.getpid(), signal.SIGINT)
        return answer

    monkeypatch.setattr(Database, step, then_interrupted)
    with pytest.raises(nx.Interrupted) as caught:
        run([raw(n) for n in range(10)], tmp_path / "a.db")
    assert (caught.value.report.articles, caught.value.report.interrupted) == (10, False)
    with nx.open_store(url(tmp_path / "a.db")) as store:
        assert store.rows("SELECT 1 FROM run WHERE finished IS NULL") == []


# --- the report and its parts -----------------------------------------------------------------


def test_the_report_reads_well():
    report = Report(pages=1200, articles=1100, facts=9000, done=50, seconds=90.0, near_duplicates=2)
    report.kinds.update(count=6000, ratio=3000)
    report.near = [("a", "b")]
    error = nx.NotAnArticle("a list")
    report.add(nx.Result("x", site="bao.example", error=error))
    report.add(nx.Result("2019.zip!a.png", error=nx.ArchiveError("x")))
    assert str(report).splitlines() == [
        "Done in 1 min 30 s: 1,200 pages, 13 a second",
        "  articles       1,100   with 9,000 facts",
        "             6,000 count, 3,000 ratio",
        "  near-dups          2",
        "  done before       50",
        "  failures           2",
        "    2019.zip: 1 archive",
        "    bao.example: 1 not-an-article",
        "  not-an-article: x: a list — give the address of one article",
        "  archive: 2019.zip!a.png: x — check that the file is whole, with the tool that made it",
        "  near-duplicate: a ~ b",
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_shows_rate_and_time_left_on_a_terminal_only(tmp_path, warc, monkeypatch, capsys):
    (tmp_path / "1.html").write_bytes(page(1))
    assert run([tmp_path / "1.html", warc], tmp_path / "a.db").articles == 119  # a list of paths
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr("newsextract.progress.EVERY", 0.0)
    run(nx.open_archive(warc), tmp_path / "b.db")
    shown = sys.stderr.getvalue()
    assert "/s" in shown
    assert "left" in shown
    assert "pages" in shown


def alike(*names: str) -> list[nx.Raw]:
    """Pages that are nearly the same."""
    body = page(1).decode()
    return [
        nx.Raw(body.replace("kỳ 1, đoạn 2", other).encode(), url=f"https://x.example/{n}")
        for n, other in enumerate(names)
    ]


@pytest.mark.parametrize("store", ["a.db", "a.jsonl"])
def test_near_duplicates_are_counted_and_kept(tmp_path, store):
    pages = alike("kỳ 1, đoạn 2", "kỳ 1, đoạn hai", "kỳ 1, khúc 2")
    to = tmp_path / store
    report = nx.batch([*pages, raw(7)], to=to, read=readers.read, find=readers.find)
    assert (report.articles, report.near_duplicates, len(report.near)) == (4, 2, 2)


def test_near_duplicates_of_what_an_earlier_batch_stored_are_found(tmp_path):
    db = tmp_path / "a.db"
    first, second, third = alike("kỳ 1, đoạn 2", "kỳ 1, đoạn hai", "kỳ 1, khúc 2")
    assert run([first, raw(7)], db).near_duplicates == 0
    assert run([second], db).near == [(second.name, first.name)]
    assert run([first, second, third], db).near == [(third.name, first.name)]
    again = nx.Raw(first.body + b"<!-- again -->", url="https://x.example/elsewhere")
    report = run([again], db)
    assert report.articles == report.superseded  # one of the two is kept
    assert (report.duplicates + report.articles, report.near_duplicates) == (1, 0)


def test_near_duplicates_of_what_was_loaded_are_found(tmp_path):
    first, second = alike("kỳ 1, đoạn 2", "kỳ 1, đoạn hai")
    nx.batch([first, raw(7)], to=tmp_path / "a.jsonl", read=readers.read, find=readers.find)
    for _ in range(2):
        assert load(tmp_path / "a.jsonl", url(tmp_path / "a.db")).articles == 2
    assert run([second], tmp_path / "a.db").near == [(second.name, first.name)]


@pytest.mark.parametrize("store", ["a.db", "a.jsonl", "a/"])
def test_a_failure_that_is_over_is_gone_and_others_stay(tmp_path, store):
    folder, to = tmp_path / "pages", f"{tmp_path}/{store}"
    folder.mkdir()
    (folder / "good.html").write_bytes(page(1))
    (folder / "empty.html").write_bytes(b"")
    archive = tmp_path / "a.zip"
    archive.write_bytes(b"PK\3\4 cut off")
    other = tmp_path / "other.zip"
    other.write_bytes(b"PK\3\4 cut off too")

    def failing(*given: Path) -> set[str]:
        nx.batch(list(given), to=to, read=readers.read, find=readers.find)
        with nx.open_store(to) as opened:
            return {Path(f["source"].split("!")[0]).name for f in opened.failures()}

    assert failing(folder, archive, other) == {"empty.html", "a.zip", "other.zip"}
    assert failing(folder, archive) == {"empty.html", "a.zip", "other.zip"}
    (folder / "empty.html").write_bytes(page(2))
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.html", page(3))
        made.writestr("empty.html", b"")
    assert failing(folder) == {"a.zip", "other.zip"}
    assert failing(archive) == {"a.zip", "other.zip"}  # of the first only its empty member
    with nx.open_store(to) as opened:
        assert [f["reason"] for f in opened.failures() if "a.zip" in f["source"]] == ["empty"]
    assert failing(archive) == {"a.zip", "other.zip"}  # done, and still a failure
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.html", page(3))
    assert failing(archive) == {"other.zip"}
