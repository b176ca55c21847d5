"""Fetched pages kept as WARC, read back by the tools that read WARC."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from misbehaving import PAGE, Server
from test_fetcher import QUICK

import newsextract as nx
from newsextract.errors import ArchiveError
from newsextract.warcwriter import WarcWriter


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> tuple[Path, list[str]]:
    path = tmp_path_factory.mktemp("warc") / "pages.warc.gz"
    with Server() as server, WarcWriter(path) as warc:
        urls = [server.url(p) for p in ("/page/1", "/gzip", "/moved", "/gone", "/short")]
        list(nx.fetch_many(urls, policy=QUICK, record=warc.add))
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


@pytest.mark.parametrize("lost", [1, 7, 200, 5_000])
def test_a_cut_off_file_is_good_up_to_its_last_whole_record(kept, tmp_path, lost):
    path = tmp_path / "cut.warc.gz"
    whole = kept[0].read_bytes()
    path.write_bytes(whole[: max(len(whole) - lost, 10)])
    with WarcWriter(path):
        pass
    assert whole.startswith(path.read_bytes()) or lost == 5_000
    gzip.decompress(path.read_bytes())


@pytest.mark.parametrize("name", ["pages.zip", "pages", "pages.warc"])
def test_other_names_are_refused(tmp_path, name):
    with pytest.raises(ArchiveError, match=r"\.warc\.gz"):
        WarcWriter(tmp_path / name)


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    folder = tmp_path / "x.warc.gz"
    folder.mkdir()
    with pytest.raises(ArchiveError, match="cannot be written"):
        WarcWriter(folder)
