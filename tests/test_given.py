"""Slips of a caller's: what is given in place of the right thing, and what he is told."""

from __future__ import annotations

import datetime as dt
import io
import re
from fractions import Fraction
from pathlib import Path

import pytest

import newsextract as nx
from newsextract.errors import BadUrl
from newsextract.fetcher import Fetcher
from newsextract.wording import many

POLICY = [
    ({"timeout": "5"}, "timeout is a number of seconds, not str"),
    ({"timeout": None}, "timeout is a number of seconds, not NoneType"),
    ({"delay": "1"}, "delay is a number of seconds, not str"),
    ({"retries": 1.5}, "retries is a whole number, not float"),
    ({"retries": True}, "retries is a whole number, not bool"),
    ({"max_body": float("inf")}, "max_body is a whole number, not float"),
    ({"robots": "no"}, "robots is True or False, not str"),
    ({"robots": None}, "robots is True or False, not NoneType"),
    ({"contact": b"a@b.vn"}, "contact is a URL or mail address, as str, or None, not bytes"),
    ({"contact": 1}, "contact is a URL or mail address, as str, or None, not int"),
    ({"cache": 5}, "cache is a folder, as str or Path, or None, not int"),
    ({"allow_private": None}, "allow_private: give a list of host names, not one NoneType"),
    ({"allow_private": True}, "allow_private: give a list of host names, not one bool"),
    ({"allow_private": [1]}, "allow_private: a host is a str, not int"),
    ({"old_tls": {"a.vn": 1}}, "old_tls: give a list of host names, not one dict"),
    ({"content_types": None}, "content_types: give a list of types, as text/html, not one None"),
]


@pytest.mark.parametrize(("given", "words"), POLICY)
def test_a_policy_of_the_wrong_types(given, words):
    with pytest.raises(TypeError, match=re.escape(words)):
        nx.Policy(**given)


@pytest.mark.parametrize("types", [(), ["html"], [5], [None]])
def test_content_types_that_no_page_can_have(types):
    with pytest.raises(ValueError, match="give a tuple of types"):
        nx.Policy(content_types=types)


def test_what_is_a_number_all_the_same_is_taken():
    policy = nx.Policy(timeout=5, delay=Fraction(1, 2), content_types=["text/html"])
    assert (policy.timeout, policy.delay, policy.content_types) == (5, 0.5, ("text/html",))


RAW = [
    ({"fetched": "2020-01-01"}, "fetched is an aware datetime (datetime.fromisoformat reads a str"),
    ({"fetched": dt.date(2020, 1, 1)}, "fetched is an aware datetime"),
    ({"fetched": 1577836800}, "fetched is an aware datetime"),
    ({"url": 5}, "url is a str or None, not int"),
    ({"url": float("nan")}, "url is a str or None, not float"),
    ({"content_type": b"text/html"}, "content_type is a str, the header as it was sent, or None"),
    ({"status": "200"}, "status is a number, as int, or None, not str"),
    ({"status": True}, "status is a number, as int, or None, not bool"),
    ({"source": Path("a.html")}, "source is a str or None, not "),
]


@pytest.mark.parametrize(("given", "words"), RAW)
def test_a_raw_of_the_wrong_types(given, words):
    with pytest.raises(TypeError, match=re.escape(words)):
        nx.Raw(b"<p>", **given)


FETCH = [
    (lambda: nx.fetch_many(b"http://a.vn"), "urls: give a list of addresses, not one bytes"),
    (lambda: nx.fetch_many(None), "urls: give a list of addresses, not one NoneType"),
    (lambda: nx.fetch_many(5), "urls: give a list of addresses, not one int"),
    (lambda: nx.fetch_many({"http://a.vn": 1}), "urls: give a list of addresses, not one dict"),
    (lambda: nx.fetch_many(Path("urls.txt")), "urls: give a list of addresses, not one "),
    (lambda: nx.fetch_many([], policy={}), "policy is a newsextract.Policy(timeout=…"),
    (lambda: nx.fetch_many([], record="a.warc.gz"), "record is a function that takes an Answer"),
    (lambda: nx.fetch("http://a.vn", policy={"timeout": 3}), "policy is a newsextract.Policy("),
    (lambda: Fetcher({}), "policy is a newsextract.Policy(timeout=…"),
    (lambda: nx.discover("a.vn", policy=5), "policy is a newsextract.Policy(timeout=…"),
    (lambda: nx.discover("a.vn", limit="5"), "limit is a whole number, not str"),
    (lambda: nx.discover("a.vn", limit=None), "limit is a whole number, not NoneType"),
    (lambda: nx.discover("a.vn", listings=2.0), "listings is a whole number, not float"),
]


@pytest.mark.parametrize(("slip", "words"), FETCH)
def test_what_cannot_be_fetched_so(slip, words):
    with pytest.raises(TypeError, match=re.escape(words)):
        slip()


ADDRESSES = [
    ("", "the address is empty"),
    ("baothaibinh.com.vn", "write https://baothaibinh.com.vn, or http://"),
    ("www.a.vn/tin/x.html", "write https://www.a.vn/tin/x.html"),
    ("a.vn:8080/x", "write https://a.vn:8080/x"),
    ("page.html", "a file is read by newsextract.parse(pathlib.Path(…))"),
    ("pages/2019/a.html.gz", "a file is read by newsextract.parse(pathlib.Path(…))"),
    ("../a.htm", "a file is read by newsextract.parse(pathlib.Path(…))"),
    ("tin-tuc", "give an http:// or https:// address"),
    ("mailto:a@b.vn", "give an http:// or https:// address"),
    ("ftp://a.vn/x", "the scheme 'ftp' is not fetched"),
    (["http://a.vn/1", "http://a.vn/2"], "newsextract.fetch_many takes several addresses"),
    (None, "no str but NoneType"),
]


@pytest.mark.parametrize(("address", "words"), ADDRESSES)
def test_an_address_that_is_none_says_how_it_is_written(address, words):
    with pytest.raises(BadUrl, match=re.escape(words)):
        nx.fetch(address)


ARTICLE = nx.Article.assemble(
    [("title", "Xã Tân Lập về đích", "h1"), ("paragraph", "Toàn huyện có 17/21 xã đạt chuẩn.", "p")]
)
FACTS = nx.extract(ARTICLE)

SLIPS = [
    (lambda: nx.extract([ARTICLE]), "give an Article or a str, not list: one at a time"),
    (lambda: nx.extract(FACTS), "not Facts: these are facts already"),
    (lambda: nx.extract(nx.Result("x")), "not Result: its .article is one"),
    (lambda: nx.extract(b"12 xa"), "not bytes: newsextract.parse makes an Article"),
    (lambda: nx.extract(None), "not NoneType: newsextract.parse makes an Article"),
    (lambda: nx.resolve(ARTICLE, FACTS), "not Facts: these are facts already"),
    (lambda: nx.resolve(None, ARTICLE), "facts: give a list of facts, not one NoneType"),
    (lambda: nx.resolve(FACTS[0], ARTICLE), "facts: give a list of facts, not one Fact"),
    (lambda: nx.resolve([1], ARTICLE), "facts are what extract gives, not int"),
    (lambda: nx.resolve("x", "x"), "facts: give a list of facts, not one str"),
    (lambda: nx.highlight(ARTICLE, FACTS[0]), "facts: give a list of facts, not one Fact"),
    (lambda: nx.highlight(ARTICLE, None), "facts: give a list of facts, not one NoneType"),
    (lambda: nx.highlight(ARTICLE, ARTICLE), "facts: give a list of facts, not one Article"),
    (lambda: nx.highlight(ARTICLE, nx.explain(ARTICLE)), "not Verdict: its .fact is one"),
    (
        lambda: nx.highlight(ARTICLE, [f.to_dict() for f in FACTS]),
        "not dict: newsextract.from_json reads them",
    ),
    (lambda: nx.highlight(FACTS, ARTICLE), "not Facts: these are facts already"),
    (lambda: nx.extract("x", kinds=5), "5 is no kind of fact; there are count, date"),
    (lambda: nx.extract("x", kinds=nx.Ratio), "is no kind of fact; there are count, date"),
    (lambda: nx.explain("x", kinds=[("ratio",)]), "('ratio',) is no kind of fact; there are"),
    (lambda: nx.resolve(FACTS, ARTICLE, resolvers=None), "resolvers: give a list of functions"),
    (lambda: nx.parse(ARTICLE), "not Article; it has been parsed: extract takes it"),
    (lambda: nx.parse(io.BytesIO(b"<p>")), "give what stands in the file: parse(file.read())"),
    (lambda: nx.parse([b"<p>"]), "it reads one page: [parse(page) for page in …], and batch many"),
    (lambda: nx.parse({"html": "<p>"}), "not dict; open_archive reads folders"),
    (lambda: nx.parse(b"<p>", repeated="menu"), "repeated: give a list of texts, as learn_site"),
    (lambda: nx.parse(b"<p>", repeated=None), "repeated: give a list of texts, as learn_site"),
    (lambda: nx.from_json(FACTS), "text is JSON as str or bytes, not Facts"),
    (lambda: nx.from_json(None), "text is JSON as str or bytes, not NoneType"),
]


@pytest.mark.parametrize(("slip", "words"), SLIPS)
def test_one_thing_in_the_place_of_another(slip, words):
    with pytest.raises(TypeError, match=re.escape(words)):
        slip()


def test_a_block_has_a_role():
    with pytest.raises(ValueError, match="'titel' is no role of a block; there are title, lead,"):
        nx.Article.assemble([("titel", "Xã Tân Lập về đích", "h1")])


def test_one_kind_may_stand_alone():
    ratio = next(kind for kind in nx.KINDS if kind.name == "ratio")
    assert nx.extract(ARTICLE, kinds=ratio) == nx.extract(ARTICLE, kinds="ratio") == FACTS


NO_TEXTS = [
    ("baothaibinh.com.vn", "fetch it first"),
    ("baothaibinh.com.vn/tin-tuc/1", "fetch it first"),
    ("www.a.vn/", "fetch it first"),
    ("https://a.vn/b", "fetch it first"),
    ("pages/2019", "a folder is read by open_archive"),
    ("/home/anna/pages/", "a folder is read by open_archive"),
    (r"C:\pages\2019", "a folder is read by open_archive"),
    ("bài viết 1.html", "give it as pathlib.Path"),
    ("notes.ipynb.json", "give it as pathlib.Path"),
]


@pytest.mark.parametrize(("text", "words"), NO_TEXTS)
def test_an_address_is_no_text(text, words):
    with pytest.raises(nx.NotAnArticle, match=re.escape(words)):
        nx.parse(text)


@pytest.mark.parametrize(
    "text", ["Tỉnh có 12/15 xã đạt chuẩn.", "Xem tại baothaibinh.com.vn", "Hết."]
)
def test_a_short_text_is_no_address(text):
    assert nx.parse(text).text == text


NOTEBOOK = b'{\n "cells": [\n  {"cell_type": "code"}\n ]\n}\n'
DOCUMENT = b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml" + bytes(40)
FILES = [
    ("a.ipynb", NOTEBOOK, "JSON, not a page of news — give the HTML or text that stands in it"),
    ("a.json", NOTEBOOK, "of many pages give JSON lines: one object a line"),
    ("a.json", b'[{"html": "<b>x</b>"}]', "give the HTML or text that stands in it"),
    ("a.jsonl", b'{"html": "x"}\n{"html": "y"}\n', "read it with newsextract.open_archive"),
    ("a.csv", b"xa,ty le\nTan Lap,17\n", "a .csv file — turn it into JSON lines or Parquet"),
    ("a.py", b"import this\n", "a .py file"),
    ("a.docx", DOCUMENT, "an Office document — if an article is in it, save that as HTML"),
    ("a.zip", b"PK\x03\x04" + bytes(60), "a ZIP archive — read it with newsextract.open_archive"),
]


@pytest.mark.parametrize(("name", "content", "words"), FILES)
def test_another_file_is_no_page_and_says_what_to_do(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(nx.NewsextractError, match=re.escape(words)):
        nx.parse(path)


@pytest.mark.parametrize("name", ["a.ipynb", "a.yaml", "a.toml", "a.sh", "a.sqlite3"])
def test_an_archive_passes_over_what_is_no_prose(tmp_path, name):
    (tmp_path / name).write_bytes(NOTEBOOK)
    (tmp_path / "tin.txt").write_text("Toàn huyện có 17/21 xã đạt chuẩn.", "utf-8")
    first, second = nx.open_archive(tmp_path)
    assert first.reason == "not-a-page"
    assert second.body.decode() == "Toàn huyện có 17/21 xã đạt chuẩn."


RAW_PAGE = nx.Raw(b"<p>x</p>")
READING = [
    (lambda: nx.read_result(RAW_PAGE, read=None), "read is a function of a Raw"),
    (lambda: nx.read_result(RAW_PAGE, find="x"), "find one of an Article"),
    (lambda: nx.batch([RAW_PAGE], to="f.db", read=5), "read is a function of a Raw, not int"),
    (
        lambda: nx.batch([RAW_PAGE], to="f.db", find=()),
        "find is a function of an Article, not tupl",
    ),
    (lambda: nx.batch([RAW_PAGE], to="f.db", seconds="5"), "seconds is a number, not str"),
    (lambda: nx.batch([RAW_PAGE], to="f.db", memory="1GB"), "memory is a number of bytes, as int"),
    (lambda: nx.batch([RAW_PAGE], to="f.db", memory=None), "memory is a number of bytes, as int"),
    (lambda: nx.batch([RAW_PAGE], to="f.db", workers=True), "workers is a number of processes"),
    (lambda: nx.batch({"a.html": 1}, to="f.db"), "a list or iterable of Raw, bytes or paths"),
    (lambda: nx.batch([RAW_PAGE], to=5), "a store is named by a URL or path, not by int"),
    (lambda: nx.open_archive(".", policy={}), "policy is a newsextract.Policy(timeout=…"),
    (lambda: nx.open_archive(".", fetch="a"), "fetch is a function of an address, not str"),
    (lambda: nx.open_archive(__file__, columns={"body": 5}), "columns: the name of body is a str"),
    (lambda: nx.learn_site(None), "pages: give a list of pages as Raw or bytes, or what open_arch"),
    (lambda: nx.learn_site(RAW_PAGE), "pages: give a list of pages as Raw or bytes"),
    (lambda: nx.learn_site(b"<p>"), "pages: give a list of pages as Raw or bytes"),
    (
        lambda: nx.learn_site([Path("a.html")]),
        "a page is a Raw or bytes (open_archive reads files)",
    ),
]


@pytest.mark.parametrize(("slip", "words"), READING)
def test_what_cannot_be_read_so(tmp_path, monkeypatch, slip, words):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(TypeError, match=re.escape(words)):
        slip()
    assert list(tmp_path.iterdir()) == []


def test_an_open_store_is_no_name_of_one(tmp_path):
    with (
        nx.open_store(tmp_path / "f.db") as store,
        pytest.raises(TypeError, match="not by Database; close it, and name it"),
    ):
        nx.batch([RAW_PAGE], to=store)


def test_a_batch_without_a_store_starts_nothing(monkeypatch):
    monkeypatch.setattr("newsextract.batching.Crew", None)
    with pytest.raises(nx.StoreError, match="no store for nonsense"):
        nx.batch([RAW_PAGE], to="nonsense://x")


def test_a_site_is_learnt_from_an_archive_with_all_that_is_in_it(tmp_path):
    for n in range(4):
        page = f"<ul><li>Trang chủ</li></ul><p>Bài viết số {n} của báo.</p>"
        (tmp_path / f"{n}.html").write_text(page, "utf-8")
    (tmp_path / "a.css").write_text("p {}", "utf-8")
    assert nx.learn_site(nx.open_archive(tmp_path)) == {"Trang chủ"}


NOT_THERE = [
    ("pages/none.html", "check the path"),
    ("*.warc.gz", "no file matches"),
    ("http://a.vn/x", "give it to newsextract.fetch"),
    ("baothaibinh.com.vn", "if it is an address, write https://baothaibinh.com.vn"),
    ("a.vn/tin/x.html", "if it is an address, write https://a.vn/tin/x.html"),
    ("~/pages", "the whole path of the folder that ~ stands for"),
    ("Đã xử lý 238/262 vụ việc", "a text is given to newsextract.extract"),
    ("trang tin của tôi.html", "check the path"),
    ("<p>Toàn huyện có 17/21 xã đạt chuẩn.</p>", "the text of a page is read by newsextract.parse"),
    ("Toàn huyện có [17] xã.\nCòn lại?", "the text of a page is read by newsextract.parse"),
    ("một tin dài " * 1000, "…: there is no such file — the text of a page is read by"),
    ("a" * 300, "aaa…: there is no such file — check the path"),
    ("a\0b.html", "there is no such file"),
]


@pytest.mark.parametrize(("path", "words"), NOT_THERE)
def test_what_names_no_file_says_what_it_may_be(tmp_path, monkeypatch, path, words):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(nx.ArchiveError, match=re.escape(words)):
        nx.open_archive(path)


def test_what_newsextract_wrote_is_no_archive_of_pages(tmp_path):
    article = nx.Article.assemble([("paragraph", "Toàn huyện có 17/21 xã đạt chuẩn.", "p")])
    result = nx.Result("a.html", "0" * 32, article=article, facts=nx.extract(article))
    failed = nx.Result("b.html", "1" * 32, error=nx.NotAnArticle("a list"))
    with nx.open_store(tmp_path / "own.jsonl") as store:
        store.write([result, failed])
    (tmp_path / "facts.jsonl").write_text(f"{nx.to_json(result.facts[0])}\n", "utf-8")
    names = ["own.jsonl", "facts.jsonl"]
    found = list(nx.open_archive([tmp_path / name for name in names]))
    assert [e.source for e in found] == [str(tmp_path / name) for name in names]
    assert {e.reason for e in found} == {"not-a-page"}
    assert all("newsextract load reads JSON lines of it" in str(e) for e in found)
    # Who says which column holds the page is taken at his word.
    (page,) = nx.open_archive(tmp_path / "facts.jsonl", columns={"body": "text"})
    assert page.body == b"17/21 x\xc3\xa3"


def test_a_store_of_parquet_gives_texts_but_no_facts_as_pages(tmp_path):
    pytest.importorskip("pyarrow")
    article = nx.Article.assemble([("paragraph", "Toàn huyện có 17/21 xã đạt chuẩn.", "p")])
    with nx.open_store(f"{tmp_path}/facts/") as store:
        store.write([nx.Result("a.html", article=article, facts=nx.extract(article))])
    found = nx.open_archive(sorted((tmp_path / "facts" / "fact").glob("*")))
    assert [str(e).split(": ")[1].split(" — ")[0] for e in found] == [
        "it is what newsextract wrote"
    ]


COUNTED = [
    (0, "0 pages"),
    (1, "1 page"),
    (2, "2 pages"),
    (1000, "1,000 pages"),
    (-1, "-1 pages"),
]


@pytest.mark.parametrize(("number", "words"), COUNTED)
def test_things_are_counted_as_one_says_them(number, words):
    assert many(number, "page") == words


def test_a_report_of_one_page_says_one(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Tin\n\nToàn huyện có 17/21 xã đạt chuẩn trong năm qua.", "utf-8"
    )
    report = str(nx.batch(tmp_path / "a.txt", to=tmp_path / "f.db"))
    assert ": 1 page, " in report
    assert "with 1 fact\n" in report
