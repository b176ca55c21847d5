"""Stores that are files: what is another program's, links and rights, two programs at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from results import failure, result

from newsextract import recordfiles
from newsextract.errors import StoreError
from newsextract.stores import open_store

FOREIGN = (
    b'{"a":1}\n{"a":2}\n',
    b'{"a":1}\n{"a":2}',
    b'{"a":1}',
    b'{"article_id":"x","source":"s","kind":"count","value":{}}\n',  # extract --format jsonl
    b'{"source":"s","title":"t"}\n',
    b"name,value\n1,2\n",
    b"notes",
    b"[1,2]\n",
)


@pytest.mark.parametrize("content", FOREIGN)
def test_json_lines_of_another_program_are_left_as_they_are(tmp_path: Path, content: bytes):
    path = tmp_path / "theirs.jsonl"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"theirs\.jsonl, byte 0: .* — choose another name"):
        open_store(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("cut", [1, 5, 12, 40, -2, -1])
def test_a_line_that_was_cut_off_is_cut_away_or_ended(tmp_path: Path, cut: int):
    path = tmp_path / "f.jsonl"
    with open_store(path) as store:
        store.write([result(1)])
        store.write([result(2)])
    first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + second[:cut])
    with open_store(path) as store:
        assert store.counts().articles == (2 if cut == -1 else 1)  # -1: only the line's end is gone
        store.write([result(2)])
    assert path.read_bytes() == first + second


def test_a_file_that_was_replaced_while_it_was_opened_is_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "f.jsonl"
    with open_store(path) as store:
        store.write([result(1)])
    real, seen = recordfiles.lock, []

    def slow(file: Any, name: str) -> None:
        if not seen:  # another program closes its store before the lock is had
            (tmp_path / "new").write_bytes(path.read_bytes())
            (tmp_path / "new").replace(path)
        seen.append(name)
        real(file, name)

    monkeypatch.setattr(recordfiles, "lock", slow)
    with open_store(path) as store:
        store.write([result(2)])
    assert len(seen) == 2
    with open_store(path) as store:
        assert store.counts().articles == 2


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_a_store_behind_a_link_stays_where_it_is_and_as_private_as_it_was(
    tmp_path: Path, ending: str
):
    path, link = tmp_path / f"real.{ending}", tmp_path / f"link.{ending}"
    with open_store(path) as store:
        store.write([result()])
    path.chmod(0o600)
    link.symlink_to(path)
    if ending == "csv":
        (tmp_path / "link.csv.jsonl").symlink_to(tmp_path / "real.csv.jsonl")
    with open_store(link) as store:
        store.write([result(), failure()])
        store.write([result()])  # one line is dead now: the file is made anew
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_folder_with_parts_of_another_program_is_refused(tmp_path: Path):
    pytest.importorskip("pyarrow")
    theirs = tmp_path / "fact" / "part-000001.parquet"  # would be a part without its articles
    theirs.parent.mkdir()
    theirs.write_bytes(b"theirs")
    with pytest.raises(StoreError, match=r"folders of its own named fact — give .* its own folder"):
        open_store(tmp_path)
    assert list(tmp_path.rglob("*")) == [theirs.parent, theirs]
    theirs.unlink()
    open_store(tmp_path).close()


def test_files_of_another_program_in_a_folder_stay(tmp_path: Path):
    pytest.importorskip("pyarrow")
    names = ("part-00000-6f1c.snappy.parquet", "part-1.parquet", "notes.txt")
    for kind in ("article", "fact"):
        (tmp_path / kind).mkdir()
        for name in names:
            (tmp_path / kind / name).write_bytes(b"theirs")
    for n in range(2):  # two parts, which closing joins
        with open_store(f"{tmp_path}/") as store:
            store.write([result(n)])
            assert store.counts().articles == n + 1
    for kind in ("article", "fact"):
        assert {path.name for path in (tmp_path / kind).iterdir()} > set(names)
