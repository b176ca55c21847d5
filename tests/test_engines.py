from __future__ import annotations

import importlib.util
import os
import random
import shutil
import signal
import sys
import threading
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import readers
from results import BODY, failure, result
from storekinds import state
from warcs import http, page, record, zipped

import newsextract as nx
from newsextract.errors import ArchiveError, StoreError

pytest.importorskip("distributed")
pytest.importorskip("pyarrow")

from newsextract import arrow, engines, parts
from newsextract.pieces import pieces
from newsextract.tally import Report

SLOW = b"<!-- SLOW -->"


def write(path: Path, numbers: range, more: bytes = b"") -> Path:
    parts = [record(f"https://bao.example/{n}.html", http(page(n) + more)) for n in numbers]
    path.write_bytes(zipped(parts))
    return path


def held(folder: Path) -> dict[str, list[dict[str, object]]]:
    """Everything a folder of Parquet holds, but its record of runs."""
    with nx.open_store(f"{folder}/"):
        pass  # settles what is there
    found = {}
    for kind in ("article", "fact", "failure", "duplicate"):
        parts = (folder / kind).glob("*.parquet")
        found[kind] = sorted(
            (r for p in parts for r in arrow.read_parquet(p).to_pylist()), key=repr
        )
    return found


@pytest.fixture(scope="module")
def cluster():
    """A scheduler and two worker processes, each with a nanny that replaces it when it dies."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as started:
        yield started.scheduler_address


def test_a_worker_is_killed_and_a_page_always_kills_its_own(tmp_path, cluster, monkeypatch):
    from distributed import Client

    files = [write(tmp_path / f"{n}.warc.gz", range(40 * n, 40 * n + 40), SLOW) for n in range(4)]
    deadly = zipped([record("https://bao.example/deadly", http(page(7) + b"<!-- DIE -->"))])
    files[1].write_bytes(files[1].read_bytes() + deadly)
    files[2].write_bytes(files[2].read_bytes() + files[0].read_bytes()[:300])
    whole = nx.batch(
        nx.open_archive(files), to=f"{tmp_path / 'whole'}/", workers=2, read=readers.read
    )
    assert (whole.articles, whole.failed) == (160, 2)
    to = f"{tmp_path / 'facts'}/"
    size = min(f.stat().st_size for f in files)
    reports: list[Report] = []

    def go() -> None:
        reports.append(
            engines.run_dask(files, to=to, scheduler=cluster, read=readers.read, slice_bytes=size)
        )

    with Client(cluster, set_as_default=False) as client:
        pids = client.run(os.getpid)
        run = threading.Thread(target=go)
        run.start()
        marks = tmp_path / "facts" / ".tasks"
        while run.is_alive() and not (marks.exists() and any(marks.iterdir())):
            time.sleep(0.01)
        busy = [address for address, tasks in client.processing().items() if tasks]
        assert busy, "the run was over before a worker could be killed"
        os.kill(pids[busy[0]], signal.SIGKILL)
    run.join()
    (report,) = reports
    assert report.articles == whole.articles
    assert report.reasons() == whole.reasons()
    assert held(tmp_path / "facts") == held(tmp_path / "whole")


def test_what_is_done_is_not_done_again_and_slices_make_one_whole(tmp_path, cluster):
    path = write(tmp_path / "a.warc.gz", range(60))
    to = f"{tmp_path / 'facts'}/"
    size = path.stat().st_size
    first = engines.run_dask([path], to=to, scheduler=cluster, slice_bytes=size // 3 + 1)
    assert (first.pages, first.articles, first.done) == (60, 60, 0)
    assert len(list((tmp_path / "facts" / ".tasks").iterdir())) == 3
    before = held(tmp_path / "facts")
    again = engines.run_dask([path], to=to, scheduler=cluster, slice_bytes=size // 3 + 1)
    assert (again.pages, again.articles, again.done) == (60, 0, 60)
    assert held(tmp_path / "facts") == before


def test_a_task_that_fails_for_good_is_a_failure(tmp_path, cluster, monkeypatch):
    path = write(tmp_path / "a.warc.gz", range(3))
    submit = engines._submit

    def too_late(*args):
        path.unlink()
        return submit(*args)

    monkeypatch.setattr(engines, "_submit", too_late)
    to = f"{tmp_path / 'facts'}/"
    report = engines.run_dask([path], to=to, scheduler=cluster)
    assert report.reasons() == {"archive": 1}
    with nx.open_store(to) as store:
        (failure,) = store.failures()
    assert failure["source"] == str(path)
    assert "failed 3 times: FileNotFoundError" in failure["what"]


def test_nobody_opens_the_folder_while_tasks_write_to_it(tmp_path, cluster, monkeypatch):
    path = write(tmp_path / "a.warc.gz", range(3))
    submit, to = engines._submit, f"{tmp_path / 'facts'}/"

    def look(*args):
        with pytest.raises(StoreError, match="another program is writing"):
            nx.open_store(to)
        return submit(*args)

    monkeypatch.setattr(engines, "_submit", look)
    assert engines.run_dask([path], to=to, scheduler=cluster).articles == 3
    nx.open_store(to).close()


def same(name: str, address: int, text: int) -> nx.Result:
    made = result(name, url=f"https://b.example/{address}", body=f"{BODY} Bản {text}.", source=name)
    return replace(made, source=name)


@pytest.mark.parametrize("seed", range(12))
def test_parts_written_side_by_side_are_settled_as_one_write_would_be(tmp_path, seed):
    chance = random.Random(seed)
    inputs = [same(f"{n}", chance.randrange(5), chance.randrange(5)) for n in range(9)]
    inputs += [failure("bad"), failure("bad"), inputs[0]]
    chance.shuffle(inputs)
    with nx.open_store(f"{tmp_path}/one.db") as store:
        store.write(inputs)
        expected = state(store)
    folder = tmp_path / "facts"
    nx.open_store(f"{folder}/").close()
    cuts = sorted(chance.sample(range(1, len(inputs)), 3))
    for number, (start, stop) in enumerate(pairwise([0, *cuts, len(inputs)]), 1):
        parts.write_results(folder, number, inputs[start:stop])
    for _ in range(2):
        with nx.open_store(f"{folder}/") as store:
            assert state(store) == expected
            assert store.counts().facts == 9 * len(expected["articles"])
    found = held(folder)
    assert len(found["article"]) == len(expected["articles"])
    assert len(found["fact"]) == 9 * len(found["article"])
    assert {d["kept_id"] for d in found["duplicate"]} <= {a["id"] for a in found["article"]}


def test_the_report_says_the_same_as_that_of_a_local_batch(tmp_path, cluster):
    found = [record(f"https://bao.example/{n}.html", http(page(n))) for n in range(6)]
    found.append(record("https://bao.example/3.html", http(page(3) + b"<!-- again -->")))
    found.append(record("https://bao.example/empty", http(b"")))
    paths = [tmp_path / "a.warc.gz", tmp_path / "b.warc.gz"]
    paths[0].write_bytes(zipped(found))
    paths[1].write_bytes(zipped(found[2:]))
    names = ("pages", "articles", "facts", "kinds", "duplicates", "failures", "superseded")

    def kept(folder: Path) -> list[object]:
        """What is held but where it was read last."""
        rows = [row for kind in held(folder).values() for row in kind]
        return sorted(([v for k, v in row.items() if k != "source"] for row in rows), key=repr)

    def said(report: Report) -> dict[str, object]:
        return {name: report.to_dict()[name] for name in names}

    local = [nx.batch(paths[: n + 1], to=f"{tmp_path}/local/") for n in range(2)]
    to = f"{tmp_path}/dask/"
    dask = [engines.run_dask(paths[: n + 1], to=to, scheduler=cluster) for n in range(2)]
    assert said(dask[0]) == said(local[0])
    for report in (*local, *dask):
        sums = (report.articles, report.duplicates, report.failed, report.done)
        assert sum(sums) == report.pages
        assert report.kinds.total() == report.facts
        assert min(sums) >= 0
    assert dask[1].articles == dask[1].superseded  # a task reads its whole file
    assert kept(tmp_path / "dask") == kept(tmp_path / "local")


def test_what_a_kill_left_in_small_parts_is_not_written_over(tmp_path, cluster):
    folder = tmp_path / "facts"
    store = nx.open_store(f"{folder}/")
    store.write([result(1)])
    store.write([result(2)])
    shutil.copytree(folder, tmp_path / "killed")  # before the two parts were joined
    store.close()
    path = write(tmp_path / "a.warc.gz", range(3))
    engines.run_dask([path], to=f"{tmp_path}/killed/", scheduler=cluster)
    with nx.open_store(f"{tmp_path}/killed/") as store:
        assert store.counts().articles == 5


def test_a_task_that_fails_half_way_counts_what_it_wrote(tmp_path, cluster, monkeypatch):
    path = write(tmp_path / "a.warc.gz", range(3))
    submit = engines._submit

    def half_way(tasks, *rest):
        (task,) = tasks
        parts.write_results(Path(task.folder), task.number, [result(1), failure()])
        path.unlink()
        return submit(tasks, *rest)

    monkeypatch.setattr(engines, "_submit", half_way)
    report = engines.run_dask([path], to=f"{tmp_path / 'facts'}/", scheduler=cluster)
    assert (report.pages, report.articles, report.duplicates, report.failed) == (3, 1, 0, 2)


def test_only_a_folder_will_do(tmp_path):
    path = write(tmp_path / "a.warc.gz", range(1))
    with pytest.raises(StoreError, match="folder"):
        engines.run_dask([path], to=f"sqlite:///{tmp_path / 'a.db'}")
    with pytest.raises(ArchiveError):
        engines.run_dask([tmp_path / "nothing.zip"], to=f"{tmp_path / 'facts'}/")


def example(name: str):
    path = Path(__file__).resolve().parents[1] / "docs" / "examples" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages_in_parquet(folder: Path) -> None:
    bodies = [page(n).decode() for n in range(20)]
    urls = [f"https://bao.example/{n}.html" for n in range(21)]
    table = arrow.columns_table(["body", "url"], list(zip([*bodies, ""], urls, strict=True)))
    arrow.write_parquet(table, folder / "pages.parquet")


def check(rows: list[dict[str, object]]) -> None:
    assert len(rows) == 21
    assert sorted(r["reason"] for r in rows if r["reason"]) == ["empty"]
    facts = {r["source"]: r["facts"] for r in rows}
    assert {f["kind"] for f in facts["https://bao.example/3.html"]} >= {"ratio", "count"}


def test_the_examples_call_the_same_function(tmp_path):
    for name in ("ray_extract", "spark_extract"):
        module = example(name)
        assert module.main.__doc__
    pages_in_parquet(tmp_path)
    table = arrow.read_parquet(tmp_path / "pages.parquet")
    check(arrow.extract_batch(table).to_pylist())


def test_ray_gives_the_same_facts(tmp_path):
    ray = pytest.importorskip("ray", reason="ray is not installed")
    pages_in_parquet(tmp_path / "pages")
    ray.init(num_cpus=2, include_dashboard=False)
    try:
        assert (
            example("ray_extract").extract_all(str(tmp_path / "pages"), str(tmp_path / "to")) == 21
        )
    finally:
        ray.shutdown()
    check(
        [r for p in (tmp_path / "to").glob("*.parquet") for r in arrow.read_parquet(p).to_pylist()]
    )


def test_spark_gives_the_same_facts(tmp_path, monkeypatch):
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    pages_in_parquet(tmp_path / "pages")
    spark = sql.SparkSession.builder.master("local[2]").getOrCreate()
    try:
        frame = example("spark_extract").extract_all(spark, str(tmp_path / "pages"))
        check([row.asDict(recursive=True) for row in frame.collect()])
    finally:
        spark.stop()


def test_files_become_pieces_of_about_one_size(tmp_path):
    sizes = {"a.html": 40, "b.html": 40, "c.html": 40, "d.zip": 500, "e.warc.gz": 0, "f.html": 1}
    for name, size in sizes.items():
        (tmp_path / name).write_bytes(b"x" * size)
    write(tmp_path / "e.warc.gz", range(1))
    length = (tmp_path / "e.warc.gz").stat().st_size
    names = [*sizes, "gone.html"]
    found = list(pieces((str(tmp_path / name) for name in names), 100))
    shown = [([Path(p).name for p in f.paths], f.start, f.stop) for f in found]
    assert shown[:2] == [(["a.html", "b.html", "c.html"], 0, None), (["d.zip"], 0, None)]
    slices = [(start, stop) for names, start, stop in shown if names == ["e.warc.gz"]]
    assert slices[0] == (0, 100)
    assert slices[-1][1] == length
    assert [stop for _, stop in slices[:-1]] == [start for start, _ in slices[1:]]
    assert shown[-1] == (["f.html", "gone.html"], 0, None)
    assert sum(f.size for f in found) == 40 * 3 + 500 + length + 1


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere"])
def test_a_scheduler_that_is_away_is_a_typed_error(tmp_path, address):
    import dask

    path = write(tmp_path / "a.warc.gz", range(1))
    soon = dask.config.set({"distributed.comm.timeouts.connect": "300ms"})
    away = pytest.raises(engines.SchedulerAway, match=r"check its address \(tcp://head:8786\)")
    with soon, away:
        engines.run_dask([path], to=f"{tmp_path}/facts/", scheduler=address)
