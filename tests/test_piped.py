"""Archives that come through a pipe: every form, and nothing lost of it."""

from __future__ import annotations

import gzip
import io
import lzma
import os
import tempfile
import threading

import pytest
from test_archive import FORMS, PAGES, URLS
from warcs import records, zipped

import newsextract as nx
from newsextract import piped
from newsextract.piped import read_piped


def through_a_pipe(data: bytes, **how) -> list[nx.Raw | nx.NewsextractError]:
    """What is read of ``data`` while another thread sends it, two bytes first."""
    out, into = os.pipe()

    def send() -> None:
        with os.fdopen(into, "wb", buffering=0) as file:
            file.write(data[:2])
            for start in range(2, len(data), 1 << 14):
                file.write(data[start : start + (1 << 14)])

    sender = threading.Thread(target=send)
    sender.start()
    with os.fdopen(out, "rb") as pipe:
        found = list(read_piped(pipe, **how))
    sender.join()
    return found


def bodies(found) -> list[bytes | str]:
    return [i.body if isinstance(i, nx.Raw) else i.reason for i in found]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("in_memory", [1 << 20, 10])
def test_every_form_gives_the_same_as_its_file(tmp_path, monkeypatch, name, in_memory):
    monkeypatch.setattr(piped, "IN_MEMORY", in_memory)
    found = through_a_pipe(FORMS[name])
    (tmp_path / name).write_bytes(FORMS[name])
    assert bodies(found) == bodies(nx.open_archive(tmp_path / name))
    assert bodies(found)[0] == PAGES[0]
    assert all(str(i.source).startswith("<stdin>") for i in found)


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_all_of_a_warc_that_was_packed_as_one_is_read(pack):
    assert [i.url for i in through_a_pipe(pack(b"".join(records(4))))] == URLS


def test_reading_goes_on_behind_damage_as_in_a_file():
    whole = zipped(records(4))
    first = len(zipped(records(1)))
    data = whole[: first + 40] + b"\xff" * 20 + whole[first + 60 :]
    found = through_a_pipe(data)
    assert [getattr(i, "url", None) or i.reason for i in found] == [URLS[0], "broken", *URLS[2:]]


def test_what_is_nothing_or_cut_off_is_told():
    assert bodies(through_a_pipe(b"")) == [b""]  # the page reader says that it is empty
    assert bodies(through_a_pipe(FORMS["a.zip"][:-30])) == ["truncated"]
    assert bodies(through_a_pipe(FORMS["a.tar.gz"][:-300]))[-1] == "truncated"


def test_a_page_without_end_is_not_waited_for():
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    assert bodies(read_piped(io.BufferedReader(Endless()))) == ["oversized"]


def test_a_full_disk_is_told(monkeypatch):
    class Full(io.BytesIO):
        def write(self, _data) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", lambda _size: Full())
    (error,) = through_a_pipe(FORMS["a.zip"], name="-")
    assert isinstance(error, nx.ArchiveError)
    assert str(error).startswith("-: No space left on device in ")
    assert "TMPDIR" in str(error)


def test_a_pipe_that_cannot_be_read_is_told():
    class Folder(io.BytesIO):  # as in: newsextract extract - < folder
        def read(self, _size: int | None = -1) -> bytes:
            raise IsADirectoryError(21, "Is a directory")

    (error,) = read_piped(Folder())
    assert str(error).startswith("<stdin>: cannot be read: Is a directory")


def test_columns_and_fetch_are_as_of_a_file():
    (raw,) = through_a_pipe(b'{"raw": "<p>a</p>"}\n', columns={"body": "raw"})
    assert raw.body == b"<p>a</p>"
    found = through_a_pipe("\n".join(URLS).encode(), fetch=lambda url: nx.Raw(b"x", url=url))
    assert [i.url for i in found] == URLS
