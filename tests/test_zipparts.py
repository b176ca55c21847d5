from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import newsextract as nx
from newsextract import zipparts
from newsextract.zipparts import MEMBERS, zip_parts


def zip_of(count: int, comment: bytes = b"", before: bytes = b"") -> bytes:
    out = io.BytesIO(before)
    out.seek(len(before))
    with zipfile.ZipFile(out, "a" if before else "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(count):
            archive.writestr(f"thư mục/tin-{n}.html", f"<p>tin {n}</p>".encode() * (n % 7))
        archive.comment = comment
    return out.getvalue()


def content(data: bytes) -> list[tuple[str, bytes]]:
    parts = zip_parts(io.BytesIO(data))
    return [(m.filename, part.read(m)) for part in parts for m in part.infolist()]


def wanted(count: int) -> list[tuple[str, bytes]]:
    return [(f"thư mục/tin-{n}.html", f"<p>tin {n}</p>".encode() * (n % 7)) for n in range(count)]


FORMS: dict[str, Callable[[int], bytes]] = {
    "plain": zip_of,
    "comment": lambda n: zip_of(n, comment=b"Tin th\xc3\xa1ng 5" * 99),
    "self-extracting": lambda n: zip_of(n, before=b"#!/bin/sh\nexit\n"),
    "shifted": lambda n: b"#!/bin/sh\nexit\n" + zip_of(n),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("count", [0, 1, MEMBERS, MEMBERS + 1, 2 * MEMBERS + 500])
def test_all_members_are_there_once_and_in_order(form: str, count: int) -> None:
    assert content(FORMS[form](count)) == wanted(count)


@pytest.mark.parametrize("form", FORMS)
def test_zip64(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1000)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 100)
    data = FORMS[form](MEMBERS + 500)
    assert b"PK\6\6" in data
    monkeypatch.undo()
    for large in (zipparts._LARGE, 1000):  # the second: as if the list stood behind 4 GB
        monkeypatch.setattr(zipparts, "_LARGE", large)
        assert content(data) == wanted(MEMBERS + 500)


def test_at_most_a_thousand_members_are_open() -> None:
    sizes = [len(part.infolist()) for part in zip_parts(io.BytesIO(zip_of(2 * MEMBERS + 1)))]
    assert sizes == [MEMBERS, MEMBERS, 1]


def test_what_stands_before_a_damaged_place_in_the_list_is_read(tmp_path: Path) -> None:
    data = bytearray(zip_of(2 * MEMBERS + 500))
    at = data.find(f"tin-{MEMBERS + 200}.html".encode(), data.find(b"PK\1\2"))
    data[data.rfind(b"PK\1\2", 0, at)] = 0
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    *pages, last = nx.open_archive(path)
    assert [p.source for p in pages if isinstance(p, nx.Raw)] == [
        f"{path}!{name}" for name, body in wanted(MEMBERS + 200)
    ]
    assert isinstance(last, nx.ArchiveError)
    assert last.reason == "truncated"


@pytest.mark.parametrize("cut", [1, 21, 22, 23, 500])
def test_a_zip_that_is_cut_off_is_said_to_be(cut: int, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of(MEMBERS + 100)[:-cut])
    (only,) = nx.open_archive(path)
    assert isinstance(only, nx.ArchiveError)
    assert only.reason == "truncated"


def test_memory_does_not_grow_with_the_members(tmp_path: Path) -> None:
    peaks = []
    for count in (2 * MEMBERS, 5 * MEMBERS):
        path = tmp_path / f"{count}.zip"
        path.write_bytes(zip_of(count))
        tracemalloc.start()
        assert sum(isinstance(p, nx.Raw) for p in nx.open_archive(path)) > count // 2
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]


def test_no_damage_of_the_list_loses_a_member_silently(tmp_path: Path) -> None:
    data = zip_of(7)
    start = data.index(b"PK\1\2")
    path = tmp_path / "a.zip"
    for at in range(start, len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x11]) + data[at + 1 :])
        found = list(nx.open_archive(path))
        pages = sum(isinstance(item, nx.Raw) for item in found)
        assert pages == 7 or len(found) > pages, at


def test_old_writers_count_to_65535_and_begin_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipparts, "_COUNTED", 1024)
    data = bytearray(zip_of(MEMBERS + 500))
    end = data.rindex(b"PK\5\6")
    data[end + 8 : end + 12] = ((MEMBERS + 500) % 1024).to_bytes(2, "little") * 2
    assert content(bytes(data)) == wanted(MEMBERS + 500)
