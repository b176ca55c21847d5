from __future__ import annotations

import bz2
import datetime as dt
import gzip
import io
import json
import lzma
import os
import pickle
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from misbehaving import ANSWERS, Server, answer
from warcs import HTML, http, page, record, records, zipped

import newsextract as nx
from newsextract.archive import unread
from newsextract.compression import unpacked
from newsextract.containers import read_zip
from newsextract.errors import ArchiveEmpty, ArchiveMissing, FetchError, TruncatedMember
from newsextract.media import MAX_PAGE, oversized
from newsextract.records import Columns, read_parquet
from newsextract.warc import read_warc

zstandard = pytest.importorskip("zstandard")

PAGES = [page(n) for n in range(4)]
URLS = [f"https://bao.example/{n}.html" for n in range(4)]


def items(path: Path | str, **how):
    return list(nx.open_archive(path, **how))


def seen(path: Path | str, **how) -> list[str]:
    """Each item in short: its source below ``path``, or its reason."""
    return [i.source if isinstance(i, nx.Raw) else i.reason for i in items(path, **how)]


def warc(data: bytes, **how) -> list[str]:
    """Each item of a WARC in short: its URL or its reason."""
    found = read_warc(io.BytesIO(data), "a.warc", **how)
    return [i.url if isinstance(i, nx.Raw) else i.reason for i in found]


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def tar_of(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, body in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return out.getvalue()


def zip_of(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


MEMBERS = {f"b/{n}.html": body for n, body in enumerate(PAGES)}
LINES = [json.dumps({"url": u, "html": p.decode()}) for u, p in zip(URLS, PAGES, strict=True)]
JSONL = "\n".join(LINES).encode()
FORMS = {
    "one.html": PAGES[0],
    "one.html.gz": gzip.compress(PAGES[0]),
    "one.txt.xz": lzma.compress(PAGES[0]),
    "a.zip": zip_of(MEMBERS),
    "stored.zip": zip_of(MEMBERS, zipfile.ZIP_STORED),
    "gz-in.zip": zip_of({k + ".gz": gzip.compress(v) for k, v in MEMBERS.items()}),
    "a.tar": tar_of(MEMBERS),
    "a.tar.gz": tar_of(MEMBERS, "w:gz"),
    "a.tgz": tar_of(MEMBERS, "w:gz"),
    "a.tar.xz": tar_of(MEMBERS, "w:xz"),
    "a.tar.bz2": tar_of(MEMBERS, "w:bz2"),
    "a.tar.zst": zstandard.compress(tar_of(MEMBERS)),
    "a.warc": b"".join(records(4)),
    "a.warc.gz": zipped(records(4)),
    "one-member.warc.gz": gzip.compress(b"".join(records(4))),
    "a.warc.zst": b"".join(zstandard.compress(r) for r in records(4)),
    "a.wacz": zip_of(
        {"archive/data.warc.gz": zipped(records(4)), "datapackage.json": b"{}"},
        zipfile.ZIP_STORED,
    ),
    "a.jsonl": JSONL,
    "a.jsonl.gz": gzip.compress(JSONL),
    "a.jsonl.zst": zstandard.compress(JSONL),
    "noted.jsonl.zst": b"\x50\x2a\x4d\x18"
    + struct.pack("<I", 4)
    + b"note"
    + zstandard.compress(JSONL),
    "no-ending": JSONL,
    "misnamed.html": zip_of(MEMBERS),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_pages(tmp_path, name):
    path = put(tmp_path / name, FORMS[name])
    archive = nx.open_archive(path)
    found = [i for i in archive if isinstance(i, nx.Raw)]
    wanted = PAGES[:1] if name.startswith("one.") else PAGES
    assert [f.body for f in found] == wanted
    assert [f.source for f in archive if isinstance(f, nx.Raw)] == [f.source for f in found]
    assert all(f.source.startswith(str(path)) for f in found)
    assert archive.size == archive.position == len(FORMS[name])


@pytest.mark.parametrize("name", ["crawl.gz", "crawl", "crawl.warc.gz"])
def test_a_damaged_warc_is_read_as_far_as_it_goes_under_any_name(tmp_path, name):
    whole = zipped(records(4))
    first = len(zipped(records(1)))
    data = whole[: first + 40] + b"\xff" * 20 + whole[first + 60 :]
    found = items(put(tmp_path / name, data))
    assert [getattr(i, "url", None) or i.reason for i in found] == [URLS[0], "broken", *URLS[2:]]


def test_a_pickled_archive_is_the_same_archive(tmp_path):
    archive = nx.open_archive(put(tmp_path / "a.zip", FORMS["a.zip"]))
    assert list(pickle.loads(pickle.dumps(archive))) == list(archive)


def test_lz4_is_read_by_fastwarc(tmp_path):
    frame = pytest.importorskip("lz4.frame")
    data = b"".join(frame.compress(r) for r in records(3))
    path = put(tmp_path / "a.warc.lz4", data)
    assert [i.url for i in items(path)] == URLS[:3]
    assert warc(data[:-50]) in (["truncated"], [*URLS[:2], "truncated"], [*URLS[:2], "broken"])


@pytest.mark.parametrize("what", ["", ["a.zip", ""]])
def test_an_empty_path_is_not_the_folder_one_is_in(tmp_path, monkeypatch, what):
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "a.zip", FORMS["a.zip"])
    with pytest.raises(ArchiveMissing, match="the path is empty"):
        nx.open_archive(what)


@pytest.mark.parametrize("what", [io.BytesIO(b"x"), bytearray(b"x"), 3, [1], ["a.zip", None]])
def test_what_is_no_path_is_named(what):
    with pytest.raises(TypeError, match=r"give a (path or a )?list of paths, "):
        nx.open_archive(what)


def test_a_file_that_may_not_be_read_says_so():
    error = unread(PermissionError(13, "Permission denied"), "a.html")
    assert str(error) == "a.html: cannot be read: Permission denied — check its permissions"


@pytest.mark.parametrize(("size", "said"), [(20 << 20, "(20,971,520 bytes)"), (None, "")])
def test_only_a_size_that_is_known_is_told(tmp_path, size, said):
    page = b"<p>" + b"x" * (11 << 20)
    error = oversized(size, "a") if size else items(put(tmp_path / "a.html", page))[0]
    assert f"is over 10 MB{said and ' '}{said} — " in str(error)


def test_an_address_is_no_archive_and_is_told_where_to_go():
    with pytest.raises(ArchiveMissing, match=r"give it to newsextract\.fetch"):
        nx.open_archive("https://bao.example/tin?id=1")


TAR = tar_of(MEMBERS)
AT = [TAR.index(f"b/{n}.html".encode()) for n in range(4)]
TARS = [
    ("two in one file", tar_of({"a.html": PAGES[0]}) + tar_of({"b.html": PAGES[1]}), 2, []),
    ("two, little padded", tar_of({"a.html": PAGES[0]})[:3072] + TAR, 5, ["broken"]),
    ("zeros for a member", TAR[: AT[1]] + bytes(AT[2] - AT[1]) + TAR[AT[2] :], 3, ["broken"]),
    ("zeros before", bytes(1024) + TAR, 4, []),
    ("zeros behind", TAR + bytes(99_999), 4, []),
    ("a damaged header", TAR[: AT[2]] + b"\xff" * 9 + TAR[AT[2] + 9 :], 2, ["broken"]),
    ("something behind", TAR + b"junk" * 200, 4, ["broken"]),
    ("cut off between members", TAR[: AT[2]], 2, ["truncated"]),
    ("cut off in a header", TAR[: AT[2] + 99], 2, ["truncated"]),
    ("cut off in a member", TAR[: AT[2] + 900], 2, ["truncated"]),
]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize(
    ("data", "pages", "errors"), [t[1:] for t in TARS], ids=[t[0] for t in TARS]
)
def test_where_a_tar_ends_is_known_or_told(tmp_path, pack, data, pages, errors):
    found = items(put(tmp_path / "a.tar", pack(data)))
    assert sum(isinstance(i, nx.Raw) for i in found) == pages
    assert [i.reason for i in found if not isinstance(i, nx.Raw)] == errors


def test_of_two_zips_in_one_file_the_first_is_not_lost_silently(tmp_path):
    data = zip_of({"a.html": PAGES[0]}) + zip_of({"b.html": PAGES[1]})
    page, error = items(put(tmp_path / "a.zip", data))
    assert page.body == PAGES[1]
    assert "as of another zip — they were not read" in str(error)
    program = b"MZ program" + zip_of({"b.html": PAGES[1]})
    assert [i.body for i in read_zip(io.BytesIO(program), "a")] == [PAGES[1]]


def test_a_pattern_takes_folders_as_a_shell_does(tmp_path):
    for n in range(2):
        put(tmp_path / f"crawl-{n}" / "a" / f"{n}.html", PAGES[n])
    put(tmp_path / "crawl-2.html", PAGES[2])
    put(tmp_path / "other" / "3.html", PAGES[3])
    assert [i.body for i in items(f"{tmp_path}/crawl-*")] == PAGES[:3]
    assert [i.body for i in items(f"{tmp_path}/crawl-[01]")] == PAGES[:2]
    assert len(items(f"{tmp_path}/**")) == 4  # each file once


def test_a_link_that_leads_nowhere_is_told(tmp_path):
    put(tmp_path / "a.html", PAGES[0])
    (tmp_path / "b.html").symlink_to(tmp_path / "not-mounted" / "b.html")
    if hasattr(os, "mkfifo"):  # not on Windows
        os.mkfifo(tmp_path / "c.html")  # never ends: no page
    assert seen(tmp_path) == [str(tmp_path / "a.html"), "missing"]


OFFICE = {"[Content_Types].xml": b"<Types/>", "word/document.xml": PAGES[0]}
EPUB = {"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<x/>", "a.html": PAGES[0]}
UNREAD = [
    ("a.docx", zip_of(OFFICE), "an Office document — if an article is in it, save that as HTML"),
    ("no-ending", zip_of(EPUB), "an EPUB book — if an article is in it"),
    ("a.zip", zip_of({"in.zip": b"PK", "in.tgz": b""}), "a .zip file — an archive inside another"),
    ("a.tar", tar_of({"b.warc.gz": FORMS["a.warc.gz"]}), "a .warc file — an archive inside"),
    ("b.tar", tar_of({"b.jsonl": JSONL}), "a .jsonl file — an archive inside another"),
    ("b.zip", b"<html>404 Not Found</html>", "is no .zip file, whatever its name says"),
    ("c.zip", b"", "the file is empty"),
    ("a.zip.gz", gzip.compress(FORMS["a.zip"]), "a .zip file — an archive inside another"),
    ("a.json", json.dumps([{"html": "<p>"}]).encode(), "a .json file — give JSON lines"),
    ("a.csv", b"url,html", "a .csv file — turn it into JSON lines or Parquet"),
    ("a.rar", b"Rar!", "a .rar file — unpack it and give the folder"),
    ("a.html.lz4", b"\x04\x22\x4d\x18" + bytes(9), "is packed with lz4 — unpack it, or name it"),
    ("a.mhtml", b"From: <Saved by Blink>", "a .mhtml file — if an article is in it, save that"),
    ("a.warc.gz", b"", "it holds no page — check that the export"),
    ("b.warc", record("urn:x", b"a: b", kind="warcinfo"), "it holds no page"),
    ("a.xml", b"<?xml version='1.0'?><urlset></urlset>", "it holds no page"),
]


@pytest.mark.parametrize(("name", "data", "words"), UNREAD, ids=[u[0] for u in UNREAD])
def test_what_is_not_read_is_told_with_the_way_out(tmp_path, name, data, words):
    found = items(put(tmp_path / name, data))
    assert words in str(found[0])
    assert not [i for i in found if isinstance(i, nx.Raw)]


def test_a_zip_of_a_method_that_is_not_read_is_told_how_to_be(tmp_path):
    data = bytearray(zip_of({"a.html": PAGES[0]}))
    data[8] = data[data.index(b"PK\x01\x02") + 10] = 9  # Deflate64, which Explorer uses
    (error,) = items(put(tmp_path / "a.zip", bytes(data)))
    assert "not supported — unpack it and give the folder" in str(error)


def test_a_text_may_begin_as_a_zip_nearly_does(tmp_path):
    text = "PKĐK số 5 khám cho 262 người.".encode()
    assert [i.body for i in items(put(tmp_path / "a.txt", text))] == [text]


def test_provenance_names_archive_and_member(tmp_path):
    path = put(tmp_path / "2019.zip", zip_of({"a/b.html": PAGES[0]}))
    assert seen(path) == [f"{path}!a/b.html"]
    path = put(tmp_path / "2019.warc.gz", zipped(records(1)))
    raw = items(path)[0]
    assert raw.source == f"{path}!urn:test://bao.example/0.html"
    assert raw.url == URLS[0]
    assert raw.status == 200
    assert raw.content_type == "text/html; charset=utf-8"
    assert raw.fetched == dt.datetime(2019, 5, 7, 1, 2, 3, tzinfo=dt.UTC)


def test_a_folder_is_read_with_all_below_and_in_order(tmp_path):
    put(tmp_path / "b" / "2.html", PAGES[2])
    put(tmp_path / "b" / "a" / "1.html.gz", gzip.compress(PAGES[1]))
    put(tmp_path / "0.txt", b"x")
    put(tmp_path / "c.zip", zip_of({"d.html": PAGES[3], "e.png": b"x"}))
    put(tmp_path / "z.jpg", b"\xff\xd8\xff")
    put(tmp_path / ".git" / "config.txt", b"not a page")
    put(tmp_path / "Thumbs.db", b"x")
    assert [s.removeprefix(str(tmp_path)) for s in seen(tmp_path)] == [
        "/0.txt",
        "/c.zip!d.html",
        "not-a-page",
        "not-a-page",
        "/b/2.html",
        "/b/a/1.html.gz",
    ]


def test_a_link_in_a_folder_to_a_folder_is_not_followed(tmp_path):
    put(tmp_path / "a" / "1.html", PAGES[1])
    (tmp_path / "a" / "loop").symlink_to(tmp_path / "a")
    assert len(items(tmp_path)) == 1


def test_a_folder_that_may_not_be_read_is_an_error(tmp_path, monkeypatch):
    put(tmp_path / "a" / "1.html", PAGES[1])
    put(tmp_path / "b" / "2.html", PAGES[2])
    scan = os.scandir

    def refuse(folder: str):
        if str(folder).endswith("/a"):
            raise PermissionError(13, "Permission denied", folder)
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    found = items(tmp_path)
    assert [isinstance(i, nx.Raw) for i in found] == [True, False]
    assert found[1].source == str(tmp_path / "a")


def test_lists_and_patterns(tmp_path):
    for n in range(3):
        put(tmp_path / "deep" / f"{n}.html", PAGES[n])
    assert len(items(str(tmp_path / "**" / "*.html"))) == 3
    assert len(items([tmp_path / "deep" / "0.html", str(tmp_path / "deep" / "1.html")])) == 2
    put(tmp_path / "what[1]?.html", PAGES[0])
    assert len(items(tmp_path / "what[1]?.html")) == 1  # a file of that very name


def test_what_is_not_there_is_said_at_once(tmp_path):
    with pytest.raises(ArchiveMissing, match=r"nothing\.zip"):
        nx.open_archive(tmp_path / "nothing.zip")
    with pytest.raises(ArchiveMissing, match="no file matches"):
        nx.open_archive(str(tmp_path / "*.warc"))
    with pytest.raises(ArchiveEmpty):
        nx.open_archive(tmp_path)
    with pytest.raises(ArchiveEmpty):
        nx.open_archive([])
    put(tmp_path / ".hidden", b"x")
    with pytest.raises(ArchiveEmpty):
        nx.open_archive(tmp_path)


def test_a_file_that_vanishes_is_an_error_and_the_rest_goes_on(tmp_path):
    paths = [put(tmp_path / f"{n}.html", PAGES[n]) for n in range(3)]
    archive = nx.open_archive(paths)
    paths[1].unlink()
    assert [isinstance(i, nx.Raw) for i in archive] == [True, False, True]


# --- WARC -------------------------------------------------------------------------------------


def damaged_gzip(data: bytes) -> bytes:
    return data[: len(data) // 2] + b"\xff\x00\xff" + data[len(data) // 2 + 3 :]


G = [gzip.compress(r, 1) for r in records(4)]
R = records(4)
LONG = R[1].replace(b"\r\nWARC-Date", b"\r\nX-Long: " + b"a" * 70_000 + b"\r\nWARC-Date")
DAMAGE = [
    ("cut in the last record", b"".join(R)[:-200], [*URLS[:3], "truncated"]),
    ("cut in a header", R[0] + R[1][:90], [URLS[0], "truncated"]),
    ("nothing", b"", []),
    ("no WARC", b"<html>xin chao</html>" * 20, ["broken"]),
    ("garbage between", R[0] + b"garbage\r\n\r\n\0\xff" * 20 + R[1], [URLS[0], "broken", URLS[1]]),
    ("no length", R[0].replace(b"Content-Length", b"X-Length", 1) + R[1], ["broken", URLS[1]]),
    ("cut, then whole", R[0] + R[1][:600] + R[2] + R[3], [URLS[0], URLS[1], "broken", URLS[3]]),
    ("endless header", R[0] + LONG + R[2], [URLS[0], "broken", URLS[2]]),
    ("gz: cut", b"".join(G)[:-200], [*URLS[:3], "truncated"]),
    ("gz: cut after a header", G[0] + G[1][:30], [URLS[0], "truncated"]),
    ("gz: a member damaged", G[0] + damaged_gzip(G[1]) + G[2], [URLS[0], "broken", URLS[2]]),
    ("gz: few zeros within", G[0] + bytes(99) + G[1], [URLS[0], "broken", URLS[1]]),
    ("gz: many zeros within", G[0] + bytes(200_000) + G[1], [URLS[0], "broken", URLS[1]]),
    ("gz: some zeros behind", G[0] + G[1] + bytes(9_999), URLS[:2]),
    ("gz: half of it not there", G[0] + G[1] + bytes(200_000), [*URLS[:2], "truncated"]),
    ("a length that reaches into the next", R[0][:600] + R[0][900:] + R[1] + R[2],
     ["truncated", *URLS[1:3]]),
    ("a length that is hardly a number", R[0].replace(b"Length: ", b"Length: \x1e") + R[1],
     ["broken", URLS[1]]),
    ("gz: first damaged", damaged_gzip(G[0]) + G[1] + G[2], ["broken", *URLS[1:3]]),
    ("gz: garbage between", G[0] + b"garbage" * 9 + G[1], [URLS[0], "broken", URLS[1]]),
    ("gz: no record in a member", G[0] + gzip.compress(b"x" * 99) + G[1],
     [URLS[0], "broken", URLS[1]]),
    ("gz: garbage at the end", G[0] + b"garbage" * 9, [URLS[0], "broken"]),
    ("gz: zeros at the end", G[0] + bytes(4096), [URLS[0]]),
    ("zst: cut", zstandard.compress(b"".join(R))[:-20], ["truncated"]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "wanted"), [d[1:] for d in DAMAGE], ids=[d[0] for d in DAMAGE])
def test_damage_costs_one_record(data, wanted):
    found = warc(data)
    found = [f for i, f in enumerate(found) if i == 0 or f != found[i - 1]]
    assert found == wanted


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_damaged_reading_ends_and_the_others_are_there(data):
    whole = b"".join(data.draw(st.sampled_from([G, R])))
    at = data.draw(st.integers(0, len(whole) - 1))
    noise = data.draw(st.binary(min_size=1, max_size=40))
    forged = (b"(\xb5/\xfd", b"\x04\x22M\x18", b"]*M\x18", b"\xfd7zXZ\0", b"BZh")
    assume(at > 0 or not noise.startswith(forged))  # that is no damage: it says what the file is
    found = warc(whole[:at] + noise + whole[at + len(noise) :])
    assert len([f for f in found if f in URLS]) >= 2
    assert len(found) <= 8


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, len(b"".join(G))), max_size=6))
def test_slices_neither_double_nor_lose_a_record(cuts):
    edges = [0, *sorted(cuts), len(b"".join(G))]
    found = [
        u for a, b in pairwise(edges)
        for u in warc(b"".join(G), start=a, stop=b)
    ]  # fmt: skip
    assert found == URLS


@pytest.mark.parametrize("cut", [10, 900, 60_000, 140_000, 210_000])
def test_slices_neither_double_nor_lose_a_record_behind_zeros(cut):
    data = G[0] + bytes(200_000) + G[1]
    found = warc(data, start=0, stop=cut) + warc(data, start=cut, stop=len(data))
    assert [u for u in found if u != "broken"] == URLS[:2]


def test_what_cannot_be_sliced_is_all_in_the_first_slice():
    for data in (b"".join(R), zstandard.compress(b"".join(R)), gzip.compress(b"".join(R))):
        assert warc(data, start=0, stop=100) == URLS
        assert warc(data, start=100, stop=10_000) == []


P = PAGES[0]
GZ = gzip.compress(P)
CHUNKED = b"%x\r\n" % len(P) + P + b"\r\n0\r\n\r\n"
ENCODED = [
    ("gzip", b"Content-Encoding: gzip\r\n", GZ),
    ("deflate", b"Content-Encoding: deflate\r\n", zlib.compress(P)),
    ("deflate, bare", b"Content-Encoding: deflate\r\n", zlib.compress(P)[2:-4]),
    ("gzip in two members", b"Content-Encoding: gzip\r\n", zipped([P[:9], P[9:]])),
    ("gzip, and what browsers pass over", b"Content-Encoding: gzip\r\n", GZ + b"\n-- x"),
    ("chunked", b"Transfer-Encoding: chunked\r\n", CHUNKED),
    ("chunked gzip", b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
     b"%x\r\n" % len(GZ) + GZ + b"\r\n0\r\n\r\n"),
    ("zstd", b"Content-Encoding: zstd\r\n", zstandard.compress(P)),
    ("said gzip, stored plain", b"Content-Encoding: gzip\r\n", P),
    ("said chunked, stored plain", b"Transfer-Encoding: chunked\r\n", P),
]  # fmt: skip


@pytest.mark.parametrize(("head", "body"), [e[1:] for e in ENCODED], ids=[e[0] for e in ENCODED])
def test_http_encodings_are_undone(head, body):
    data = record("https://bao.example/x", http(body, HTML + head))
    assert [i.body for i in read_warc(io.BytesIO(data), "a")] == [P]


REFUSED = [
    ("image", http(b"x", b"Content-Type: image/png\r\n"), {}, ["not-a-page"]),
    ("redirect", http(b"", HTML + b"Location: /x\r\n", b"301 Moved"), {}, ["not-a-page"]),
    ("broken encoding", http(b"\x1f\x8b" + b"x" * 50, HTML + b"Content-Encoding: gzip\r\n"), {},
     ["broken"]),
    ("bomb", http(gzip.compress(bytes(MAX_PAGE + 9)), HTML + b"Content-Encoding: gzip\r\n"), {},
     ["oversized"]),
    ("cut off in its gzip", http(GZ[:-30], HTML + b"Content-Encoding: gzip\r\n"), {},
     ["truncated"]),
    ("cut off in its deflate",
     http(zlib.compress(P)[:-30], HTML + b"Content-Encoding: deflate\r\n"), {}, ["truncated"]),
    ("shorter than announced", http(P[:500], HTML + b"Content-Length: 1086\r\n"), {},
     ["truncated"]),
    ("announced otherwise, but whole", http(P, HTML + b"Content-Length: 5000\r\n"), {},
     ["https://bao.example/x"]),
    ("announced packed, stored unpacked", http(P[:500], HTML + b"Content-Length: 300\r\n"), {},
     ["https://bao.example/x"]),
    ("a part of the page", http(P, HTML, b"206 Partial Content"), {}, ["truncated"]),
    ("without its last chunk",
     http(b"1f4\r\n" + P[:500] + b"\r\n", HTML + b"Transfer-Encoding: chunked\r\n"), {},
     ["truncated"]),
    ("with its last chunk",
     http(b"1f4\r\n" + P[:500] + b"\r\n0\r\n\r\n", HTML + b"Transfer-Encoding: chunked\r\n"),
     {}, ["https://bao.example/x"]),
    ("too large", http(bytes(MAX_PAGE)), {}, ["oversized"]),
    ("cut by the crawler", http(P), {"more": "WARC-Truncated: length\r\n"}, ["truncated"]),
    ("request", b"GET / HTTP/1.1\r\n\r\n", {"kind": "request"}, []),
    ("revisit", http(b""), {"kind": "revisit"}, []),
    ("metadata", b"a: b", {"kind": "metadata", "content_type": "application/warc-fields"}, []),
    ("resource", P, {"kind": "resource", "content_type": "text/html"}, ["https://bao.example/x"]),
    ("error page", http(P, HTML, b"404 Not Found"), {}, ["https://bao.example/x"]),
]  # fmt: skip


@pytest.mark.parametrize("content_type", ["text/html", ""])
def test_an_answer_is_known_without_its_content_type(content_type):
    data = record("https://bao.example/x", http(P), content_type=content_type)
    (page,) = read_warc(io.BytesIO(data), "a")
    assert (page.body, page.status) == (P, 200)


HEADS = [b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n", b"HTTP/2 200\r\nX: y\r\n\r\n"]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("content_type", ["application/http;msgtype=response", "text/html"])
def test_a_head_of_another_form_is_read(head, content_type):
    data = record("https://bao.example/x", head + P + b"\n\n", content_type=content_type)
    (page,) = read_warc(io.BytesIO(data), "a")
    assert (page.body, page.status) == (P + b"\n\n", 200)


def test_a_page_cut_off_in_its_gzip_leaves_the_others():
    cut = record("https://bao.example/x", http(GZ[:-30], HTML + b"Content-Encoding: gzip\r\n"))
    for packed in (b"".join([R[0], cut, R[1], cut]), zipped([R[0], cut, R[1], cut])):
        assert warc(packed) == [URLS[0], "truncated", URLS[1], "truncated"]


@pytest.mark.parametrize(("body", "how", "wanted"), [r[1:] for r in REFUSED],
                         ids=[r[0] for r in REFUSED])  # fmt: skip
def test_what_is_no_page_in_a_warc(body, how, wanted):
    assert warc(record("https://bao.example/x", body, **how)) == wanted


# --- zip and tar ------------------------------------------------------------------------------


def encrypted(data: bytes) -> bytes:
    """Every member's flag says that it needs a password."""
    out = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(magic, at + 1)) >= 0:
            out[at + offset] |= 1
    return bytes(out)


def test_an_encrypted_zip_is_a_failure_each(tmp_path):
    path = put(tmp_path / "a.zip", encrypted(zip_of({"a.html": P, "b.html": P})))
    assert seen(path) == ["encrypted", "encrypted"]


def test_a_member_whose_name_is_damaged_leaves_the_others(tmp_path):
    data = bytearray(zip_of({"a.html": P, "đ.html": P, "c.html": P}))
    data[data.find("đ".encode())] = 0xFF  # in the member's own head, not in the list
    found = seen(put(tmp_path / "a.zip", bytes(data)))
    assert [f.split("!")[-1] for f in found] == ["a.html", "broken", "c.html"]


def test_a_zip_that_is_cut_off_is_one_failure(tmp_path):
    assert seen(put(tmp_path / "a.zip", FORMS["a.zip"][:-40])) == ["truncated"]


def test_a_damaged_member_of_a_zip_leaves_the_others(tmp_path):
    data = zip_of(MEMBERS, zipfile.ZIP_STORED)
    at = data.find(PAGES[1]) + 200
    path = put(tmp_path / "a.zip", data[:at] + b"\0" + data[at + 1 :])
    assert [s.split("!")[-1] for s in seen(path)] == ["b/0.html", "broken", "b/2.html", "b/3.html"]


def test_bombs_are_refused_and_memory_stays_small(tmp_path):
    zeros = bytes(140 << 20)
    packed = gzip.compress(zeros, 1)
    bombs = {
        "a.zip": zip_of({"a.html": zeros}),
        "a.html.gz": packed,
        "a.html.zst": zstandard.compress(zeros),
        "a.tar.gz": gzip.compress(tar_of({"a.html": zeros}), 1),
        "a.jsonl.gz": packed,
        "a.warc.gz": gzip.compress(b"WARC/1.1\r\nX: " + zeros, 1),
        "gz-in.zip": zip_of({"a.html.gz": packed}),
    }
    del zeros, packed
    for name, data in bombs.items():
        put(tmp_path / name, data)
    del bombs, data
    tracemalloc.start()
    found = {p.name: seen(p) for p in sorted(tmp_path.iterdir())}
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {name: set(reasons) - {"oversized", "broken"} for name, reasons in found.items()} == {
        name: set() for name in found
    }
    assert peak < 100 << 20


def test_members_with_wild_paths_are_harmless(tmp_path):
    wild = ["../../../etc/passwd.html", "/etc/shadow.html", "a\x1b[31m\nb.html", "C:\\x\\y.html"]
    members = dict.fromkeys(wild, P)
    inside = tmp_path / "in"
    put(inside / "a.tar", tar_of(members))
    put(inside / "a.zip", zip_of(members))
    before = sorted(tmp_path.rglob("*"))
    found = items(inside)
    assert [type(f) for f in found] == [nx.Raw] * 8
    assert all(f.source.isprintable() for f in found)
    assert sorted(tmp_path.rglob("*")) == before


def test_links_and_devices_in_a_tar_are_passed_over(tmp_path):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo("passwd.html")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("a.html")
        info.size = len(P)
        archive.addfile(info, io.BytesIO(P))
    assert [i.body for i in items(put(tmp_path / "a.tar", out.getvalue()))] == [P]


def test_a_damaged_page_in_a_tar_leaves_the_others(tmp_path):
    large = gzip.compress(bytes(MAX_PAGE + 9))
    members = {"a.html": P, "b.html.gz": GZ[:-9], "c.html.gz": large, "d.html": P}
    wanted = ["a.html", "truncated", "oversized", "d.html"]
    for name, data in (("a.tar", tar_of(members)), ("a.tar.gz", gzip.compress(tar_of(members)))):
        assert [s.split("!")[-1] for s in seen(put(tmp_path / name, data))] == wanted


def test_a_tar_that_is_cut_off_gives_what_it_has(tmp_path):
    data = FORMS["a.tar"]
    path = put(tmp_path / "a.tar", data[: data.find(PAGES[2]) + 100])
    assert [s.split("!")[-1] for s in seen(path)][:2] == ["b/0.html", "b/1.html"]
    assert seen(path)[-1] in ("truncated", "broken")
    assert len(seen(path)) == 3


# --- records ----------------------------------------------------------------------------------


def test_bad_lines_are_errors_by_number(tmp_path):
    lines = [LINES[0], "{bad", '{"url": "x"}', "[1]", "", '{"html": 5}', LINES[1]]
    path = put(tmp_path / "a.jsonl", "\n".join(lines).encode())
    found = items(path)
    assert [i.source.rpartition("!")[2] for i in found] == ["1", "2", "3", "4", "6", "7"]
    assert [isinstance(i, nx.Raw) for i in found] == [True, False, False, False, False, True]
    assert "the columns are: url" in str(found[2])


def test_columns_can_be_named(tmp_path):
    rows = [{"trang": P.decode(), "địa chỉ": URLS[0], "luc": "2019-05-07T08:00:00+07:00"}]
    path = put(tmp_path / "a.jsonl", json.dumps(rows[0]).encode())
    assert seen(path) == ["not-a-page"]
    raw = items(path, columns={"body": "trang", "url": "địa chỉ", "fetched": "luc"})[0]
    assert (raw.body, raw.url) == (P, URLS[0])
    assert raw.fetched == dt.datetime(2019, 5, 7, 1, tzinfo=dt.UTC)
    with pytest.raises(nx.ArchiveError, match="adress"):
        nx.open_archive(path, columns={"adress": "x"})
    with pytest.raises(nx.ArchiveError, match="'body' is no mapping — columns= maps body"):
        nx.open_archive(path, columns="body")
    (error,) = items(path, columns={"body": "rawpage"})
    assert "there is no column 'rawpage'; the columns are: " in str(error)


def test_of_a_large_row_group_of_parquet_little_is_held(tmp_path):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    class Counted(io.FileIO):
        taken = 0

        def read(self, size: int = -1) -> bytes:
            data = super().read(size)
            self.taken += len(data)
            return data

    rows = pa.table({"html": [b"<p>" + os.urandom(20_000) for _ in range(500)]})
    path = tmp_path / "a.parquet"
    pq.write_table(rows, path, write_batch_size=16, use_dictionary=False)
    with Counted(path) as file:
        pages = read_parquet(file, "a", Columns())
        assert isinstance(next(pages), nx.Raw)
        assert file.taken < 4_000_000 < path.stat().st_size


def test_a_text_keeps_its_title(tmp_path):
    row = {"title": "Tin  mới", "text": "Toàn tỉnh có 12 xã."}
    again = {"title": "Tin mới", "text": "Tin mới\nToàn tỉnh có 12 xã."}
    data = (json.dumps(row) + "\n" + json.dumps(again)).encode()
    bodies = [i.body.decode() for i in items(put(tmp_path / "a.jsonl", data))]
    assert bodies == ["Tin mới\n\nToàn tỉnh có 12 xã.", "Tin mới\nToàn tỉnh có 12 xã."]


def test_parquet_rows_are_pages(tmp_path):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    html = [p.decode() for p in PAGES] * 40
    table = pa.table({"URL": URLS * 40, "html": html, "other": list(range(160))})
    pq.write_table(table, tmp_path / "a.parquet")
    found = items(tmp_path / "a.parquet")
    assert [f.url for f in found] == URLS * 40
    assert found[159].source == f"{tmp_path / 'a.parquet'}!160"
    assert seen(put(tmp_path / "b.parquet", (tmp_path / "a.parquet").read_bytes()[:-9])) == [
        "broken"
    ]
    pq.write_table(pa.table({"x": [1]}), tmp_path / "c.parquet")
    assert seen(tmp_path / "c.parquet") == ["not-a-page"]
    pq.write_table(pa.table({"html": [None, P]}), tmp_path / "d.parquet")
    assert [isinstance(i, nx.Raw) for i in items(tmp_path / "d.parquet")] == [False, True]


def test_a_cell_that_python_cannot_hold_costs_no_row(tmp_path):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    old = "Toàn tỉnh có 12 xã.".encode("cp1258", "replace")
    pages = pa.array([P, old, P])
    texts = pa.Array.from_buffers(pa.string(), 3, pages.cast(pa.binary()).buffers())
    times = pa.array([15 * 10**14] * 2 + [2**62], pa.timestamp("us"))
    pq.write_table(pa.table({"html": texts, "fetched": times}), tmp_path / "a.parquet")
    found = items(tmp_path / "a.parquet")
    assert [i.body for i in found] == [P, old, P]
    assert [i.fetched is None for i in found] == [False, False, True]


def test_where_the_first_column_is_empty_the_next_is_read(tmp_path):
    row = {"html": None, "content": "", "text": "Toàn tỉnh có 12 xã.", "url": URLS[0], "link": "x"}
    lines = [json.dumps(row), json.dumps({"html": None, "text": None}), json.dumps({"text": 5})]
    path = put(tmp_path / "a.jsonl", "\n".join(lines).encode())
    first, *others = items(path)
    assert (first.body.decode(), first.url) == (row["text"], URLS[0])
    assert [o.what for o in others] == ["nothing stands in its html, text", "its text is no text"]
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "a.parquet")
    assert items(tmp_path / "a.parquet")[0].body == first.body


def test_a_parquet_file_without_rows_is_told(tmp_path):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"html": pa.array([], pa.string())}), tmp_path / "a.parquet")
    assert seen(tmp_path / "a.parquet") == ["empty-archive"]


# --- lists of addresses -----------------------------------------------------------------------

SITEMAP = "<?xml version='1.0'?><urlset xmlns='x'>{}</urlset>"
ENTRIES = "".join(f"<url><loc>{u}?a=1&amp;b=2</loc></url>" for u in URLS)


def test_a_sitemap_is_fetched_by_what_is_given(tmp_path):
    def fetch(url: str) -> nx.Raw:
        if url.startswith(URLS[1]):
            raise FetchError("gone", source=url)
        return nx.Raw(P, url=url)

    path = put(tmp_path / "sitemap.xml", SITEMAP.format(ENTRIES).encode())
    wanted = [u + "?a=1&b=2" for u in URLS]
    found = items(path, fetch=fetch)
    assert [getattr(f, "url", None) or f.source for f in found] == wanted
    assert isinstance(found[1], FetchError)
    plain = put(tmp_path / "urls.txt", "\n".join(URLS).encode())
    assert [getattr(f, "url", None) or f.source for f in items(plain, fetch=fetch)] == URLS


def test_a_text_under_its_address_is_a_text(tmp_path):
    text = f"{URLS[0]}\n\nToàn tỉnh có 12 xã đạt chuẩn.\n".encode()
    assert [i.body for i in items(put(tmp_path / "a.txt", text))] == [text]


@pytest.mark.parametrize("head", ["", "# my list\n\n", "#http://x.example/old\n", "\ufeff"])
def test_a_list_of_addresses_may_have_remarks_and_slips(tmp_path, head):
    lines = f"{head}http://x.example/1\n# next\nwww.x.example/2\nHTTP://x.example/3\n"
    asked = []
    path = put(tmp_path / "urls.txt", lines.encode())
    items(path, fetch=lambda url: asked.append(url) or nx.Raw(PAGES[0], url=url))
    assert asked == ["http://x.example/1", "www.x.example/2", "HTTP://x.example/3"]


TEXTS = (
    "http://x.example/1\nTin trong ngày\n",
    "Tin\nhttp://x.example/1\nhttp://x.example/2\n",
    "http://x.example/1\nmột\nhai\n",
    "# Tin\n",
)


@pytest.mark.parametrize("text", TEXTS)
def test_lines_of_which_few_are_addresses_are_a_text(tmp_path, text):
    assert [i.body for i in items(put(tmp_path / "a.txt", text.encode()))] == [text.encode()]


def test_a_sitemap_of_sitemaps_is_followed_but_not_for_ever(tmp_path):
    index = "<sitemapindex><sitemap><loc>https://x.example/s.xml</loc></sitemap></sitemapindex>"
    asked = Counter()

    def fetch(url: str) -> nx.Raw:
        asked[url] += 1
        again = index[:-15] + ENTRIES + index[-15:]
        return nx.Raw(again.encode() if url.endswith(".xml") else P, url=url)

    path = put(tmp_path / "sitemap.xml.gz", gzip.compress(index.encode()))
    assert len(items(path, fetch=fetch)) == 4
    assert asked["https://x.example/s.xml"] == 1


def test_one_bad_sitemap_costs_only_its_own_pages(tmp_path):
    names = ["cut.xml.gz", "bad.xml.gz", "gone.xml", "good.xml"]
    cut = gzip.compress(SITEMAP.format(ENTRIES).encode())[:-5]
    answers = {"cut.xml.gz": cut, "bad.xml.gz": b"\x1f\x8b\x08bad!", "good.xml": ENTRIES.encode()}

    def fetch(url: str) -> nx.Raw:
        name = url.rpartition("/")[2]
        if name == "gone.xml":
            raise FetchError("the server answered 404", source=url)
        return nx.Raw(answers.get(name, P), url=url)

    inside = "".join(f"<sitemap><loc>https://x.example/{n}</loc></sitemap>" for n in names)
    path = put(tmp_path / "a.xml", f"<sitemapindex>{inside}</sitemapindex>".encode())
    found = items(path, fetch=fetch)
    assert sum(isinstance(f, nx.Raw) for f in found) == 8
    errors = {f.source.rpartition("/")[2]: f.what for f in found if not isinstance(f, nx.Raw)}
    assert sorted(errors) == sorted(names[:3])
    assert "cut off" in errors["cut.xml.gz"]


def test_listed_pages_are_fetched_politely_and_sitemaps_as_servers_send_them(tmp_path):
    with Server() as server:
        server.robots = answer(200, b"User-agent: *\nDisallow: /kin\n")
        pages = [server.url(p) for p in ("/tin/1", "/tin/2", "/kin/3")]
        sitemap = "".join(f"<url><loc>{url}</loc></url>" for url in pages)
        ANSWERS["listed.xml"] = lambda: answer(
            200, f"<urlset>{sitemap}</urlset>".encode(), Content_Type="application/xml"
        )
        inside = f"<sitemap><loc>{server.url('/listed.xml')}</loc></sitemap>"
        path = put(tmp_path / "a.xml", f"<sitemapindex>{inside}</sitemapindex>".encode())
        policy = nx.Policy(allow_private={"127.0.0.0/8"}, delay=0.2, retries=0)
        found = items(path, policy=policy)
        del ANSWERS["listed.xml"]
    assert sorted(getattr(f, "url", None) or f.reason for f in found) == sorted(
        [*pages[:2], "robots"]
    )
    times = [when for when, _, path in server.log if path.startswith("/tin/")]
    assert times[1] - times[0] >= 0.15


# --- streams ----------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
def test_a_stream_that_is_cut_off_never_ends_silently(pack):
    body = b"".join(struct.pack(">I", n * 2654435761 % 2**32) for n in range(50_000))
    packed = pack(body)
    stream, was_packed = unpacked(io.BytesIO(packed), "a")
    assert was_packed
    assert stream.read() == body
    for cut in (10, len(packed) // 2, len(packed) - 1):
        with pytest.raises(TruncatedMember):
            unpacked(io.BytesIO(packed[:cut]), "a")[0].read()


def test_memory_does_not_grow_with_an_archive(tmp_path):
    data = tar_of({f"{n}.html": PAGES[n % 4] for n in range(1500)}, "w:gz")
    path = put(tmp_path / "a.tar.gz", data)
    peaks = []
    for count in (300, 1500):
        tracemalloc.start()
        for n, _ in enumerate(nx.open_archive(path)):
            if n == count:
                break
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2
