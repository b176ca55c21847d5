"""What is special to stores of JSON lines, CSV and Parquet."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from results import article, failure, result

from newsextract.errors import StoreError
from newsextract.stores import Written, open_store


def living(path: Path) -> list[Any]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return sorted(lines, key=json.dumps)


def test_json_lines_cut_anywhere_are_mended(tmp_path: Path):
    path = tmp_path / "f.jsonl"
    with open_store(path) as store:
        store.write([result(1)])
        first = path.stat().st_size
        store.write([result(2), failure()])
    whole = path.read_bytes()
    wanted = living(path)
    for cut in [*range(first, len(whole), 97), len(whole) - 1]:
        path.write_bytes(whole[:cut])
        with open_store(path) as store:
            store.write([result(2), failure()])
        assert living(path) == wanted, cut


def test_a_write_torn_between_its_lines_is_settled(tmp_path: Path):
    # The newcomer's line stands, the line that says whom it displaced was cut off, or never came.
    path = tmp_path / "f.jsonl"
    old, new = result("a", url="https://b.example/1"), result("b", url="https://b.example/2")
    new = replace(new, article=article("a", url="https://b.example/2"))
    with open_store(path) as store:
        store.write([old])
    line_one = path.read_bytes()
    path.unlink()
    with open_store(path) as store:
        store.write([new])
    path.write_bytes(line_one + path.read_bytes())
    with open_store(path) as store:
        assert store.counts().articles == 1
        assert store.counts().duplicates == 1
    with open_store(path) as store:
        assert store.counts().articles == 1


def test_a_damaged_line_is_named(tmp_path: Path):
    path = tmp_path / "f.jsonl"
    with open_store(path) as store:
        store.write([result(1), result(2)])
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0][:-20] + b"\n" + lines[1])
    with pytest.raises(StoreError, match="byte 0"):
        open_store(path)


def test_files_are_written_by_one_program_at_a_time(file_url: str):
    with open_store(file_url), pytest.raises(StoreError, match="another program"):
        open_store(file_url)


def test_dead_lines_are_gone_when_the_store_closes(tmp_path: Path):
    path = tmp_path / "f.jsonl"
    with open_store(path) as store:
        for _ in range(3):
            store.write([result(1)])
        assert len(path.read_bytes().splitlines()) == 3
    assert len(path.read_bytes().splitlines()) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["f.jsonl"]


def test_parquet_parts_without_their_articles_are_taken_away(tmp_path: Path):
    pytest.importorskip("pyarrow")
    folder = tmp_path / "f"
    with open_store(f"{folder}/") as store:
        store.write([result(1)])
    (part,) = (folder / "article").glob("*.parquet")
    for kind in ("fact", "failure", "duplicate"):  # killed before the last file of the next write
        shutil.copy(folder / kind / part.name, folder / kind / "part-000099.parquet")
    (folder / "article" / ".part-000099.parquet.1.tmp").write_bytes(b"torn")
    with open_store(f"{folder}/") as store:
        assert store.counts() == Written(1, 9, 0, 0)
        store.write([result(2)])
    for kind in ("article", "fact", "failure", "duplicate"):
        assert len(list((folder / kind).glob("*.parquet"))) == 1


def test_parquet_joined_but_not_yet_tidied_counts_once(tmp_path: Path):
    pytest.importorskip("pyarrow")
    folder = tmp_path / "f"
    store = open_store(f"{folder}/")
    store.write([result(1)])
    store.write([result(2)])
    shutil.copytree(folder, tmp_path / "old")
    store.close()  # joins the two parts into a third
    for path in (tmp_path / "old").rglob("*.parquet"):  # as if killed before the two were removed
        shutil.copy(path, folder / path.parent.name / path.name)
    with open_store(f"{folder}/") as store:
        assert store.counts() == Written(2, 18, 0, 0)
    assert len(list((folder / "fact").glob("*.parquet"))) == 1


KILLED = """
import sys; sys.path.insert(0, {tests!r})
from results import result
from newsextract.stores import open_store
with open_store({url!r}) as store:
    for n in range(10**6):
        print(n, flush=True)
        if not store.done([result(n).fingerprint]):
            store.write([result(n), result(f"copy {{n}}", body=f"Bản tin số {{n}}.")])
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql", "jsonl", "parquet"])
def test_kill_9_loses_and_doubles_nothing(url_of: Any, kind: str):
    url = url_of(kind)
    code = KILLED.format(tests=str(Path(__file__).parent), url=url)
    for writes in (3, 12):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        assert process.stdout is not None
        for _ in range(writes):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    with open_store(url) as store:
        found = store.counts()
        assert found.articles >= 20
        assert found.articles % 2 == 0  # a write is there whole or not at all
        for number in range(30):
            store.write([result(number), result(f"copy {number}", body=f"Bản tin số {number}.")])
        after = store.counts()
        assert after.articles == max(found.articles, 60)
        assert after.duplicates == 0
        assert after.facts == after.articles // 2 * 9


def test_a_csv_of_ones_own_is_not_overwritten(tmp_path: Path):
    path = tmp_path / "f.csv"
    path.write_text("mine")
    with pytest.raises(StoreError, match="not made here"):
        open_store(path)
    assert path.read_text() == "mine"


def test_failures_from_before_they_had_an_address_are_read(tmp_path: Path):
    pq = pytest.importorskip("pyarrow.parquet")
    with open_store(f"{tmp_path}/f/") as store:
        store.write([result(1), failure("old")])
    (part,) = (tmp_path / "f" / "failure").glob("*.parquet")
    pq.write_table(pq.ParquetFile(part).read().drop_columns(["url"]), part)
    with open_store(f"{tmp_path}/f.jsonl") as store:
        store.write([result(1), failure("old")])
    lines = (tmp_path / "f.jsonl").read_bytes()
    assert b'"url":null,"failure"' in lines
    (tmp_path / "f.jsonl").write_bytes(lines.replace(b'"url":null,"failure"', b'"failure"'))
    for name in ("f/", "f.jsonl"):
        with open_store(f"{tmp_path}/{name}") as store:
            store.write([failure("new", url="https://bao.example/new")])
        with open_store(f"{tmp_path}/{name}") as store:
            found = sorted(str(f["url"]) for f in store.failures())
            assert found == ["None", "https://bao.example/new"]


DAMAGES = {
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-30]),
    "its middle": lambda path: path.write_bytes(path.read_bytes()[:4] + b"x" * 90 + b"PAR1"),
    "empty": lambda path: path.write_bytes(b""),
    "other columns": lambda path: (
        shutil.copy(path.parents[1] / "fact" / path.name, path)
        if path.parent.name != "fact"
        else shutil.copy(path.parents[1] / "failure" / path.name, path)
    ),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("kind", ["article", "fact", "failure", "duplicate"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_or_missing_part_is_named_with_what_to_do(tmp_path: Path, kind: str, damage: str):
    pytest.importorskip("pyarrow")
    folder = tmp_path / "f"
    with open_store(f"{folder}/") as store:
        store.write([result(1), failure()])
    (part,) = (folder / kind).glob("*.parquet")
    DAMAGES[damage](part)
    if (kind, damage) == ("article", "gone"):
        return  # what a kill leaves: the part does not count
    with pytest.raises(StoreError, match="this part of the store") as caught:
        open_store(f"{folder}/")
    assert caught.value.source == str(part)
    assert f"remove {part.name}" in caught.value.advice
    for each in ("article", "fact", "failure", "duplicate"):
        (folder / each / part.name).unlink(missing_ok=True)  # as advised
    with open_store(f"{folder}/") as store:
        assert store.done([result(1).fingerprint]) == set()


def test_a_part_damaged_while_the_store_is_open_is_a_typed_error(tmp_path: Path):
    pytest.importorskip("pyarrow")
    folder = tmp_path / "f"
    store = open_store(f"{folder}/")
    store.write([result(1)])
    for path in folder.rglob("*.parquet"):
        path.write_bytes(b"PAR1 no more PAR1")
    key = result(1).article.id  # type: ignore[union-attr]
    for ask in (lambda: store.facts(key), lambda: list(store.articles()), store.close):
        with pytest.raises(StoreError, match="damaged"):
            ask()
