"""The command line, as it is typed."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import pty
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import warcs
from click.testing import CliRunner
from misbehaving import ANSWERS, Server, answer

from newsextract.cli import main

PAGE = """<html lang="vi"><head><title>Huyện Ba Vì về đích</title></head><body>
<h1>Huyện Ba Vì về đích nông thôn mới</h1>
<div class="content"><p>Đến hết tháng 6, toàn huyện có 17/21 xã đạt chuẩn nông thôn mới, thu nhập
bình quân đạt 52,5 triệu đồng/người/năm, tỷ lệ hộ nghèo còn 1,2%.</p>
<p>Theo ông Trần Văn Bình, Chủ tịch UBND huyện, địa phương đã vận động nhân dân hiến 125.000m2 đất,
làm mới 48km đường giao thông nội đồng và xây dựng 36 nhà văn hóa thôn.</p>
<p>Thời gian tới, huyện tiếp tục thực hiện Quyết định số 263/QĐ-TTg của Thủ tướng Chính phủ, phấn
đấu có thêm 3 xã đạt chuẩn nâng cao.</p></div></body></html>"""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    folder.joinpath("mot.html").write_text(PAGE, "utf-8")
    folder.joinpath("hai.html").write_text(PAGE.replace("17/21", "18/21"), "utf-8")
    return folder


def run(*args: object, cwd: Path | None = None, given: bytes = b"", **env: str):
    return subprocess.run(
        [sys.executable, "-m", "newsextract", *map(str, args)],
        input=given, capture_output=True, cwd=cwd, env={**os.environ, "PYTHONUTF8": "1", **env},
    )  # fmt: skip


def test_help_teaches():
    done = run("--help")
    assert done.returncode == 0
    text = done.stdout.decode()
    for name in ("batch", "explain", "extract", "fetch", "load", "report", "search"):
        assert f"newsextract {name} " in text or f"\n  {name} " in text
        help_text = run(name, "--help").stdout.decode()
        assert f"newsextract {name} " in help_text.split("Options:")[0].split("\n", 2)[2]


def test_a_table_of_facts(pages):
    done = run("extract", pages / "mot.html")
    assert done.returncode == 0, done.stderr.decode()
    text = done.stdout.decode()
    assert "Huyện Ba Vì về đích nông thôn mới" in text
    assert any(line.split()[:4] == ["ratio", "17", "of", "21"] for line in text.splitlines())
    assert "\x1b" not in text
    assert done.stderr == b""


def test_standard_input():
    done = run("extract", "-", "--format", "json", given=PAGE.encode())
    [article] = json.loads(done.stdout)
    assert article["title"] == "Huyện Ba Vì về đích nông thôn mới"
    for fact in article["facts"]:
        assert article["text"][fact["start"] : fact["end"]] == fact["text"]


def test_json_lines_load_again(pages, tmp_path):
    done = run("extract", pages, "--format", "jsonl")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"kind", "start", "end", "text", "rule", "sentence", "value"} <= set(lines[0])
    file = tmp_path / "facts.jsonl"
    file.write_bytes(done.stdout)
    loaded = run("load", file, "--to", f"sqlite:///{tmp_path}/again.db")
    assert loaded.returncode == 0, loaded.stderr.decode()
    assert f"facts → sqlite:///{tmp_path}/again.db" in loaded.stdout.decode()
    with sqlite3.connect(tmp_path / "again.db") as db:
        assert db.execute("select count(*) from fact").fetchone() == (len(lines),)


def test_csv(pages):
    rows = list(
        csv.DictReader(io.StringIO(run("extract", pages, "--format", "csv").stdout.decode()))
    )
    assert {r["kind"] for r in rows} >= {"ratio", "percent", "money", "official", "document"}


def test_html(pages):
    text = run("extract", pages, "--format", "html").stdout.decode()
    assert text.count("<h1>") == 2
    assert 'class="ratio"' in text


def test_only_the_kinds_asked_for(pages):
    done = run("extract", pages / "mot.html", "--kind", "ratio", "--format", "jsonl")
    assert [json.loads(line)["kind"] for line in done.stdout.splitlines()] == ["ratio"]


def test_explain_says_what_won():
    done = run("explain", "-", given=PAGE.encode())
    assert done.returncode == 0, done.stderr.decode()
    assert "won" in done.stdout.decode()
    assert "lost to" in done.stdout.decode()


def test_batch_search_and_again(pages, tmp_path):
    to = f"sqlite:///{tmp_path}/facts.db"
    done = run("batch", pages, "--to", to)
    assert done.returncode == 0, done.stderr.decode()
    text = done.stdout.decode()
    assert "17 of 21" in text
    assert "ratio" in text
    found = run("search", "ba", "vi", "--in", to).stdout.decode()
    assert "Huyện Ba Vì" in found
    rows = "select * from fact order by 1, 2, 3"
    with sqlite3.connect(tmp_path / "facts.db") as db:
        before = db.execute(rows).fetchall()
    assert run("batch", pages, "--to", to).returncode == 0
    with sqlite3.connect(tmp_path / "facts.db") as db:
        assert db.execute(rows).fetchall() == before != []


BAD = {
    "empty.html": b"",
    "image.html": b"\x89PNG\r\n\x1a\n" + bytes(2000),
    "list.html": (
        "<html><body><h1>Chính trị</h1><ul>"
        + "".join(f"<li><a href='/{i}'>Tin số {i} của tỉnh hôm nay</a></li>" for i in range(60))
        + "</ul></body></html>"
    ).encode(),
    "cut.html": b"<html><head><title>Xin ch",
    "nul.html": bytes(5000),
}


def test_a_bad_page_is_named_and_the_rest_goes_on(pages):
    for name, data in BAD.items():
        pages.joinpath(name).write_bytes(data)
    done = run("extract", pages, "--format", "json")
    assert done.returncode == 1
    assert len(json.loads(done.stdout)) == 2
    error = done.stderr.decode()
    assert all(f"{name}:" in error for name in BAD), error
    assert f"{len(BAD)} inputs failed" in error
    assert "Traceback" not in error


WRONG = [
    (("extract", "khong-co-file.html"), 1, "khong-co-file.html"),
    (("extract",), 2, "SOURCE"),
    (("extract", "x", "--format", "xml"), 2, "xml"),
    (("extract", "x", "--kind", "gossip"), 2, "gossip"),
    (("batch", "https://a.vn", "--to", "oracle://x"), 2, "oracle"),
    (("search", "x", "--in", "sqlite:///khong/co/facts.db"), 1, "khong/co"),
    (("load", "khong-co.jsonl"), 1, "khong-co.jsonl"),
    (("fetch", "https://a.vn", "--to", "x.zip"), 1, ".warc.gz"),
    (("nonsense",), 2, "nonsense"),
    (("fetch", "https://a.vn", "--to", "x.warc.gz", "--allow-private", "a:80"), 2, "leave out"),
    (("extract", "https://a.vn", "--contact", "Tòa soạn"), 2, "ASCII"),
    (
        ("extract", "a\x1b[31mb.html"),
        1,
        "a\N{REPLACEMENT CHARACTER}[31mb.html: no file matches",
    ),
]


@pytest.mark.parametrize(("args", "code", "words"), WRONG)
def test_wrong_use_says_what_is_wrong(args, code, words, tmp_path):
    done = run(*args, cwd=tmp_path)
    error = done.stderr.decode()
    assert (done.returncode, words in error, "Traceback" in error) == (code, True, False), error


def test_a_pipe_that_closes_is_no_error(pages):
    command = f"{sys.executable} -m newsextract extract {pages} --format jsonl | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert (done.stdout.count("\n"), done.stderr) == (1, "")


STREAMS = [
    ("extract {page} >/dev/full", 1, "newsextract: [Errno 28] No space left on device\n"),
    ("extract {page} >&-", 0, ""),
    ("extract - <&-", 1, "<stdin>: it is closed"),
    ("extract - </dev/null", 1, "<stdin>: the page has no bytes"),
]


@pytest.mark.parametrize(("command", "code", "words"), STREAMS)
def test_streams_that_are_full_closed_or_empty(pages, command, code, words):
    command = f"{sys.executable} -m newsextract {command.format(page=pages / 'mot.html')}"
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert (done.returncode, words in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr


def test_an_output_in_another_encoding_loses_no_letter(pages):
    args = ["extract", pages / "mot.html", "--format", "json"]
    done = run(*args, PYTHONIOENCODING="iso-8859-1")
    assert done.returncode == 0, done.stderr.decode()
    text = done.stdout.decode("iso-8859-1")  # what latin-1 lacks stands as JSON escapes
    assert json.loads(text) == json.loads(run(*args).stdout)


def on_a_terminal(args: list[object], **env: str) -> str:
    """What a person sees: the command runs on a real pseudo-terminal of 70 columns."""
    main, side = pty.openpty()
    command = [sys.executable, "-m", "newsextract", *map(str, args)]
    with subprocess.Popen(
        command, stdout=side, stderr=side, stdin=side, env={**os.environ, "COLUMNS": "70", **env}
    ) as process:
        os.close(side)
        out = b""
        while True:
            try:
                chunk = os.read(main, 65536)
            except OSError:
                break
            if not chunk:
                break
            out += chunk
        process.wait()
    os.close(main)
    return out.decode()


def test_a_terminal_gets_colour_and_its_own_width(pages):
    out = on_a_terminal(["extract", pages / "mot.html"])
    assert "\x1b[34mratio" in out
    plain = on_a_terminal(["extract", pages / "mot.html"], NO_COLOR="1")
    assert "\x1b[3" not in plain
    assert max(len(line) for line in plain.splitlines()) <= 70


def test_fetch_keeps_pages_and_leaves_out_what_is_there(tmp_path):
    path = tmp_path / "pages.warc.gz"
    with Server() as server:
        urls = [server.url("/tin/1"), server.url("/gone"), server.url("/tin/2")]
        args = ["fetch", *urls, "--to", path, "--allow-private", "127.0.0.1"]
        first = run(*args)
        assert first.returncode == 1  # one of them is gone
        assert "2 fetched, 0 already there, 1 failed" in first.stdout.decode()
        assert "http-404" in first.stderr.decode()
        again = run(*args)
        assert "0 fetched, 3 already there, 0 failed" in again.stdout.decode()
        assert server.seen["/tin/1"] == 1
    read = run("extract", path, "--format", "jsonl")
    assert {json.loads(line)["url"] for line in read.stdout.splitlines()} <= set(urls)


def test_a_site_that_cannot_be_read_keeps_no_other_from_being_fetched(tmp_path):
    path = tmp_path / "pages.warc.gz"
    listed = "<a href='/hop-tac-xa-lam-giau-tu-lua'>Hợp tác xã làm giàu</a>".encode()
    with Server() as server:
        ANSWERS["muc"] = lambda: answer(200, listed, Content_Type="text/html")
        ANSWERS["trong"] = lambda: answer(200, b"<p>x</p>", Content_Type="text/html")
        sites = [server.url(p) for p in ("/gone", "/trong", "/muc")]
        args = ["fetch", *sites, "--to", path, "--allow-private", "127.0.0.1", "--discover", 5]
        done = run(*args)
        again = run(*args)
        del ANSWERS["muc"], ANSWERS["trong"]
    error = done.stderr.decode()
    assert done.returncode == 1
    assert f"{sites[0]}: the server answered 404" in error
    assert f"{sites[1]}: no article is listed there" in error
    assert "1 fetched, 0 already there, 2 failed" in done.stdout.decode()
    assert "0 fetched, 1 already there, 2 failed" in again.stdout.decode()


REFUSED = [
    ("fetch", "http://127.0.0.1:9/tin", "--to", "a.warc.gz"),
    ("extract", "http://127.0.0.1:9/tin"),
    ("explain", "http://127.0.0.1:9/tin"),
    ("batch", "http://127.0.0.1:9/tin"),
]


@pytest.mark.parametrize("args", REFUSED, ids=lambda args: args[0])
def test_a_private_address_is_refused_unless_it_is_named(args, tmp_path):
    done = run(*args, cwd=tmp_path)
    assert done.returncode == 1
    error = done.stderr.decode()
    # The page is named, not its robots.txt, which was to be read first.
    assert "newsextract: http://127.0.0.1:9/tin: 127.0.0.1 is not public" in error
    named = run(*args, "--allow-private", "127.0.0.1", "--help", cwd=tmp_path)
    assert named.returncode == 0, named.stderr.decode()


def test_a_batch_names_sources_that_give_nothing(pages, tmp_path):
    done = run("batch", pages, "none.zip", "--to", f"sqlite:///{tmp_path}/f.db", cwd=tmp_path)
    assert done.returncode == 1
    assert "newsextract: none.zip: there is no such file — check the path" in done.stderr.decode()


def test_explain_says_that_nothing_was_read(tmp_path):
    done = run("explain", "-", given="Trời hôm nay rất đẹp.".encode())
    assert "no readings" in done.stdout.decode()


def test_a_report_on_standard_output_and_none_over_another_file(pages):
    assert run("batch", pages, "--to", "facts.db", cwd=pages.parent).returncode == 0
    done = run("report", "facts.db", "-o", "-", cwd=pages.parent)
    assert done.stdout.startswith(b"<!doctype html>")
    assert done.stdout.endswith(b"</html>\n")
    assert not (pages.parent / "-").exists()
    before = (pages.parent / "facts.db").read_bytes()
    refused = run("report", "facts.db", "-o", "facts.db", cwd=pages.parent)
    assert refused.returncode == 1
    assert b"no report of newsextract" in refused.stderr
    assert (pages.parent / "facts.db").read_bytes() == before


def test_wrong_usage_ends_with_2(pages, monkeypatch):
    folder = pages.parent
    monkeypatch.chdir(folder)
    for args in (
        ("batch", pages, "--to", ""),
        ("batch", pages, "--to", "nonsense://x"),
        ("batch", pages, "--to", "facts.txt"),
        ("batch", pages, "--to", "sqlite:///:memory:"),
        ("batch", pages, "--to", "x.db", "--scheduler", "tcp://127.0.0.1:1"),
        ("batch", "-", "--to", "x/", "--engine", "dask"),
        ("batch", "https://bao.example/", "--to", "x/", "--engine", "dask"),
        ("batch", pages, "--to", "x.db", "--column", "body"),
        ("extract", pages, "--column", "boddy=x"),
        ("extract", pages, "--column", "body=x", "--column", "body=y"),
        ("load", "-", "--to", ""),
        ("search", "xã", "--in", "nonsense://x"),
        ("report", "nonsense://x"),
    ):
        done = CliRunner().invoke(main, list(map(str, args)))
        assert done.exit_code == 2, (args, done.stderr)
        assert done.stdout == ""
    assert [p.name for p in folder.iterdir()] == ["pages"]


def test_a_batch_of_nothing_makes_no_database(pages):
    done = run("batch", "nothing.zip", "none-*.html", "--to", "facts.db", cwd=pages.parent)
    assert done.returncode == 1
    assert b"nothing.zip: there is no such file" in done.stderr
    assert not (pages.parent / "facts.db").exists()
    # What is there is read, and what is not is told and recorded.
    done = run("batch", "nothing.zip", "pages", "--to", "facts.db", cwd=pages.parent)
    assert done.returncode == 1
    assert (b"nothing.zip" in done.stderr, b"1 missing" in done.stdout) == (True, True)


def test_columns_of_other_names_are_named_on_the_command_line(pages):
    path = pages.parent / "crawl.jsonl"
    path.write_text("".join(json.dumps({"rawpage": PAGE, "n": n}) + "\n" for n in (1, 2)), "utf-8")
    assert b"no column holds the page; the columns are: n, rawpage" in run("extract", path).stderr
    for command in ("extract", "explain"):
        done = run(command, path, "--column", "body=rawpage")
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.count("Huyện Ba Vì về đích nông thôn mới".encode()) == 2
    done = run("batch", path, "--to", "a.db", "--column", "body=rawpage", cwd=pages.parent)
    assert done.returncode == 0
    wrong = run("extract", path, "--column", "body=raw_page")
    assert b"there is no column 'raw_page'; the columns are: n, rawpage" in wrong.stderr


def archives_of(page: bytes) -> dict[str, bytes]:
    """The same page twice in archives of every form that a pipe may bring."""
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        for name in ("a.html", "b.html"):
            archive.writestr(name, page)
    warc = warcs.zipped([warcs.record(f"https://x.example/{n}", warcs.http(page)) for n in "ab"])
    lines = (json.dumps({"html": page.decode()}) + "\n").encode() * 2
    return {
        "zip": zipped.getvalue(),
        "warc.gz": warc,
        "jsonl.gz": gzip.compress(lines),
    }


@pytest.mark.parametrize(
    ("command", "form"), [("extract", "zip"), ("explain", "jsonl.gz"), ("extract", "warc.gz")]
)
def test_an_archive_comes_through_a_pipe(command, form):
    done = run(command, "-", given=archives_of(PAGE.encode())[form])
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count("Huyện Ba Vì về đích nông thôn mới".encode()) == 2


def test_a_batch_reads_an_archive_from_a_pipe(tmp_path):
    given = archives_of(PAGE.encode())["warc.gz"]
    done = run("batch", "-", "--to", "a.db", given=given, cwd=tmp_path)
    assert b": 2 pages" in done.stdout


def test_dask_shows_facts_as_a_local_batch_does(pages):
    pytest.importorskip("distributed")
    done = run("batch", pages, "--to", "facts/", "--engine", "dask", "--show", 3, cwd=pages.parent)
    lines = done.stdout.decode().splitlines()
    assert lines[0].split() == ["kind", "value", "text", "article"]
    assert lines.index("") == 4 or lines.index("") == 5  # with a line under the head or not
    assert "pages" in done.stdout.decode()


def test_listed_addresses_are_fetched_as_the_options_say(tmp_path):
    with Server() as server:
        (tmp_path / "urls.txt").write_text(f"{server.url('/page/1')}\n{server.url('/page/2')}\n")
        command = f"{sys.executable} -m newsextract extract - < {tmp_path / 'urls.txt'}"
        refused = subprocess.run(command, shell=True, capture_output=True, text=True)
        assert refused.stderr.count("127.0.0.1 is not public") == 2
        command += " --allow-private 127.0.0.1 --contact https://a.vn/about"
        done = subprocess.run(command, shell=True, capture_output=True, text=True)
        assert (done.returncode, done.stdout.count("17/21 xã") > 0) == (0, True), done.stderr
        assert "(+https://a.vn/about)" in server.headers["/page/1"]["user-agent"]
