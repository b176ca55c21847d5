"""Fetched pages kept as WARC, read back by the tools that read WARC."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from misbehaving import PAGE, Server
from test_fetcher import QUICK

import newsextract as nx
from newsextract.errors import ArchiveError
from newsextract.transport import Answer
from newsextract.warcwriter import WarcWriter


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> tuple[Path, list[str]]:
    path = tmp_path_factory.mktemp("warc") / "pages.warc.gz"
    with Server() as server, WarcWriter(path) as warc:
        urls = [server.url(p) for p in ("/page/1", "/gzip", "/moved", "/gone", "/short")]
        list(nx.fetch_many(list(urls), policy=QUICK, record=warc.add))
    return path, urls


def test_warcio_reads_every_record_and_its_digests(kept):
    archive = pytest.importorskip("warcio.archiveiterator", reason="warcio is not installed")
    path, _ = kept
    with path.open("rb") as file:
        records = []
        for record in archive.ArchiveIterator(file, check_digests="raise"):
            body = record.content_stream().read()
            records.append(
                (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), body)
            )
    kinds = [kind for kind, _, _ in records]
    assert kinds[0] == "warcinfo"
    assert kinds.count("response") == kinds.count("request") == 5  # /moved is two answers
    bodies = {url.rsplit("/", 1)[1]: body for kind, url, body in records if kind == "response"}
    assert bodies["1"] == bodies["gzip"] == bodies["page?id=1"] == PAGE


def test_our_own_reader_gives_the_pages_back(kept):
    path, urls = kept
    pages = [r for r in nx.open_archive(path) if isinstance(r, nx.Raw)]
    assert {p.url for p in pages if p.body == PAGE} >= {urls[0], urls[1]}


def test_a_second_run_knows_what_is_there(kept):
    path, urls = kept
    before = path.read_bytes()
    with WarcWriter(path) as warc:
        assert {urls[0], urls[1], urls[3]} <= warc.urls
        assert urls[4] not in warc.urls  # it broke off, so it may be tried again
    assert path.read_bytes() == before


AGAIN = [
    ("/page/1", True),
    ("/moved", True),  # its page is there, under the address it leads to
    ("/gone", True),
    ("/down", False),
    ("/loop", False),
    ("/private", False),
    ("/short", False),
    ("/part", False),
    ("/image", False),
    ("/flaky", True),  # at the third try
]


def test_a_second_run_tries_again_what_may_come(tmp_path):
    path = tmp_path / "pages.warc.gz"
    with Server() as server:
        urls = {server.url(p): known for p, known in AGAIN}
        with WarcWriter(str(path)) as warc:
            list(nx.fetch_many(list(urls), policy=QUICK, record=warc.add))
            assert {u: u in warc.urls for u in urls} == urls
        with WarcWriter(path) as warc:
            assert {u: u in warc.urls for u in urls} == urls


def record(body: bytes = b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n") -> bytes:
    return gzip.compress(body)


OTHERS = [
    (b"<html>saved under a wrong name</html>", "is no WARC file"),
    (b"WARC/1.0\r\nnot packed\r\n\r\n", "is no WARC file"),
    (gzip.compress(b"some text", mtime=0), "is no WARC file"),
    (record() + b"\0" * 100, f"is broken at byte {len(record())}"),
    (record() + record()[:20] + b"\xff" * 30 + record(), f"is broken at byte {len(record())}"),
]


@pytest.mark.parametrize(("content", "words"), OTHERS)
def test_what_is_no_whole_warc_file_is_never_cut(tmp_path, content, words):
    path = tmp_path / "mine.warc.gz"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=words):
        WarcWriter(path)
    assert path.read_bytes() == content


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_told(tmp_path):
    warc = WarcWriter(tmp_path / "x.warc.gz")
    warc._file.close()
    warc._file = Path("/dev/full").open("wb")  # noqa: SIM115  # closed below
    with pytest.raises(ArchiveError, match=r"x\.warc\.gz: cannot be written .* free some space"):
        warc.add(Answer("http://a.vn/", 200, (), b"", b""))
    with pytest.raises(ArchiveError, match="No space left"):
        warc.close()


@pytest.mark.parametrize("lost", [1, 7, 200, 5_000])
def test_a_cut_off_file_is_good_up_to_its_last_whole_record(kept, tmp_path, lost):
    path = tmp_path / "cut.warc.gz"
    whole = kept[0].read_bytes()
    path.write_bytes(whole[: max(len(whole) - lost, 10)])
    with WarcWriter(path):
        pass
    assert whole.startswith(path.read_bytes()) or lost == 5_000
    gzip.decompress(path.read_bytes())


@pytest.mark.parametrize("name", ["pages.zip", "pages", "pages.warc", ""])
def test_other_names_are_refused(name):
    with pytest.raises(ArchiveError, match=rf"cannot be named '{name}' — give .*\.warc\.gz"):
        WarcWriter(name)


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    folder = tmp_path / "x.warc.gz"
    folder.mkdir()
    with pytest.raises(ArchiveError, match="cannot be written"):
        WarcWriter(folder)


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(ArchiveError, match=r"there is no folder .*x — create it first"):
        WarcWriter(tmp_path / "x" / "pages.warc.gz")
    assert not (tmp_path / "x").exists()


def test_two_at_once_never_write_over_each_other(tmp_path):
    pytest.importorskip("fcntl", reason="no advisory locks on this system")
    path = tmp_path / "pages.warc.gz"
    page = Answer("http://a.vn/1", 200, (), PAGE, PAGE)
    with WarcWriter(path) as first:
        first.add(page)
        with pytest.raises(ArchiveError, match="another program is writing to it — wait for it"):
            WarcWriter(path)
        first.add(replace(page, url="http://a.vn/2"))
    with WarcWriter(path) as second:  # the first is done
        second.add(replace(page, url="http://a.vn/3"))
    urls = [r.url for r in nx.open_archive(path) if isinstance(r, nx.Raw)]
    assert urls == [f"http://a.vn/{n}" for n in (1, 2, 3)]
