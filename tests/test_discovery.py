"""Finding articles: sitemaps, feeds and section pages, from a real server."""

from __future__ import annotations

import gzip

import pytest
from growth import seconds
from hypothesis import given, settings
from hypothesis import strategies as st
from misbehaving import ANSWERS, Server, answer
from test_fetcher import LOCAL

import newsextract as nx
from newsextract.discovery import _is_article
from newsextract.errors import FetchError, NotText
from newsextract.feeds import listed
from newsextract.links import links
from newsextract.policy import Policy

POLICY = Policy(allow_private=LOCAL, delay=0, retries=0)

LISTINGS = [
    ("<urlset><url><loc>https://a.vn/x</loc><lastmod>2024-05-01</lastmod></url></urlset>",
     [("https://a.vn/x", "2024-05-01T00:00:00+07:00", False)]),
    ("<sitemapindex><sitemap><loc> https://a.vn/s.xml.gz </loc></sitemap></sitemapindex>",
     [("https://a.vn/s.xml.gz", None, True)]),
    ("<url><loc>https://a.vn/x?a=1&amp;b=2</loc></url><url><loc>https://a.vn/y?a=1&b=2</loc></url>",
     [("https://a.vn/x?a=1&b=2", None, False), ("https://a.vn/y?a=1&b=2", None, False)]),
    (("<item><title>T</title><link><![CDATA[https://a.vn/x]]></link>"
     "<pubDate>Wed, 01 May 2024 08:30:00 +0700</pubDate></item>"),
     [("https://a.vn/x", "2024-05-01T08:30:00+07:00", False)]),
    (("<entry><link rel='self' href='https://a.vn/s'/><link rel='alternate' href='https://a.vn/x'/>"
     "<updated>2024-05-01T01:30:00Z</updated></entry>"),
     [("https://a.vn/x", "2024-05-01T01:30:00+00:00", False)]),
    ("<url><loc>https://a.vn/x</loc><news:publication_date>hôm qua</news:publication_date></url>",
     [("https://a.vn/x", None, False)]),
    ("<url></url><item></item>not a sitemap", []),
    ("<item><url>x</url><link>\n https://a.vn/x\n</link><guid>y</guid></item>",
     [("https://a.vn/x", None, False)]),
    ("<item><link>https://a.vn/cut</item><item><link>https://a.vn/x</link></item>",
     [("https://a.vn/cut", None, False), ("https://a.vn/x", None, False)]),
    ("<URL><LOC>https://a.vn/x</LOC><LASTMOD>0001-01-01T00:00:00+14:00</LASTMOD></URL>",
     [("https://a.vn/x", "0001-01-01T00:00:00+14:00", False)]),
    ("<entry><title>T</title><link href='https://a.vn/x'></link></entry>",
     [("https://a.vn/x", None, False)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "entries"), LISTINGS)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_listings(text, entries, pack):
    found = [
        (e.url, e.when and e.when.isoformat(), e.is_sitemap) for e in listed(pack(text.encode()))
    ]
    assert found == entries


LONG = [
    "<item>", "<item", "<url><loc>", "<url><loc><![CDATA[", "<entry><link href=x>", "</url>",
    "<url></url><pubDate>", "<entry><link href=' ",
]  # fmt: skip


@pytest.mark.parametrize("piece", LONG)
@pytest.mark.parametrize("inside", ["", "<url>"])
def test_listings_take_linear_time(piece, inside):
    def spent(size: int) -> float:
        text = (inside + piece * (size // len(piece)) + "</url>").encode()
        return seconds(lambda: sum(1 for _ in listed(text)))

    spent(1_000)
    assert spent(400_000) < 40 * max(spent(50_000), 0.002)


SITEMAP = "<urlset>" + "".join(f"<url><loc>https://a.vn/{n}</loc></url>" for n in range(9))


def test_a_sitemap_in_several_gzip_members_is_read_whole():
    packed = gzip.compress(SITEMAP[:99].encode()) + gzip.compress(SITEMAP[99:].encode())
    assert len(list(listed(packed))) == 9


def test_a_sitemap_that_is_cut_off_gives_what_it_has_and_says_so():
    packed = gzip.compress(SITEMAP.encode())[:-4]
    entries = listed(packed)
    assert [next(entries).url for _ in range(9)][-1] == "https://a.vn/8"
    with pytest.raises(FetchError, match="cut off"):
        next(entries)


def test_a_broken_gzip_is_a_typed_error():
    with pytest.raises(NotText):
        list(listed(b"\x1f\x8b\x08broken"))


@given(st.text(alphabet='<>/urlocitem &;![CDATA]\n"=h', max_size=300))
@settings(deadline=None, max_examples=200)
def test_listings_never_fail_on_any_text(text):
    for entry in listed(text.encode()):
        assert entry.url


def entry(server: Server, path: str, when: str = "") -> str:
    return f"<url><loc>{server.url(path)}</loc><lastmod>{when}</lastmod></url>"


XML = {"Content_Type": "application/xml"}


@pytest.fixture
def server():
    names = set(ANSWERS)
    with Server() as running:
        yield running
    for name in set(ANSWERS) - names:
        del ANSWERS[name]


def test_sitemaps_are_followed_newest_first(server):
    old = entry(server, "/tin/cu-1001.html", "2019-01-01")
    new = entry(server, "/tin/moi-1002.html", "2024-01-01")
    twice = entry(server, "/tin/moi-1002.html?utm_source=rss", "2024-01-01")
    away = "<url><loc>https://elsewhere.vn/tin-1.html</loc></url>"
    away += f"<url><loc>http://[broken</loc></url>{entry(server, '/')}"
    index = "".join(
        f"<sitemap><loc>{loc}</loc></sitemap>"
        for loc in ("http://[broken", "/old.xml", server.url("/new.xml.gz"))
    )
    robots = f"Sitemap: http://[broken\nSitemap: {server.url('/index.xml')}\n"
    server.robots = answer(200, robots.encode())
    ANSWERS["index.xml"] = lambda: answer(200, index.encode(), **XML)
    ANSWERS["old.xml"] = lambda: answer(200, old.encode(), **XML)
    ANSWERS["new.xml.gz"] = lambda: answer(
        200, gzip.compress((new + twice + away).encode()), Content_Type="application/gzip"
    )
    found = list(nx.discover(server.url("/"), policy=POLICY))
    assert [f.url for f in found] == [
        server.url("/tin/moi-1002.html"), server.url("/tin/cu-1001.html"),
    ]  # fmt: skip
    assert found[0].via == server.url("/new.xml.gz")


def test_a_section_is_read_with_its_paging(server):
    def page(links: str) -> bytes:
        return answer(200, f"<html><body>{links}</body></html>".encode(), Content_Type="text/html")

    ANSWERS["kinh-te"] = lambda: page(
        "<a href='/hop-tac-xa-lam-giau-tu-lua-1.html'>Hợp tác xã làm giàu từ lúa</a>"
        "<a href='/hop-tac-xa-lam-giau-tu-lua-1.html#binh-luan'>Hợp tác xã làm giàu từ lúa</a>"
        "<a href='/lien-he'>Liên hệ</a><a href='/kinh-te-2'>2</a><a href='/the-thao-2'>2</a>"
        "<a href='http://[broken'>Đường dẫn hỏng ở đây</a><a href='javascript:x()'>x y z t</a>"
    )
    ANSWERS["kinh-te-2"] = lambda: page(
        "<a href='/them-mot-cay-cau-qua-song-2024.html'>Thêm một cây cầu qua sông</a>"
    )
    found = {f.url for f in nx.discover(server.url("/kinh-te"), policy=POLICY)}
    assert found == {
        server.url("/hop-tac-xa-lam-giau-tu-lua-1.html"),
        server.url("/them-mot-cay-cau-qua-song-2024.html"),
    }
    assert server.seen["/the-thao-2"] == 0


def test_limits_bound_what_is_found_and_read(server):
    many = "".join(entry(server, f"/tin/bai-{i}.html") for i in range(1000, 1100))
    ANSWERS["sitemap.xml"] = lambda: answer(200, many.encode(), **XML)
    assert len(list(nx.discover(server.url("/"), limit=7, policy=POLICY))) == 7
    before = len(server.log)
    list(nx.discover(server.url("/"), limit=10**6, listings=3, policy=POLICY))
    assert len(server.log) - before <= 4  # robots.txt is not a listing


def test_a_site_that_cannot_be_read_is_an_error():
    with pytest.raises(FetchError) as caught:
        list(nx.discover("http://10.0.0.1/", policy=Policy(delay=0, retries=0)))
    assert caught.value.reason == "blocked-address"


ARTICLES = [
    ("https://a.vn/hop-tac-xa-lam-giau-tu-lua", True),
    ("https://a.vn/hop-tac-xa-lam-giau-tu-lua/", True),
    ("https://a.vn/kinh-te/bai-12345.html?zarsrc=1", True),
    ("https://a.vn/tin_12345.aspx", True),
    ("https://a.vn/tin.aspx?NewsID=7", True),
    ("https://a.vn/2024/05", False),
    ("https://a.vn/kinh-te", False),
    ("https://a.vn/kinh-te?page=12345", False),
    ("https://a.vn/hop-tac-xa-lam-giau/video", False),
    ("https://a.vn/" + "a-" * 2_000 + "/" + "b-" * 2_000 + "/x", False),
]


@pytest.mark.parametrize(("url", "expected"), ARTICLES)
def test_addresses_of_articles(url, expected):
    assert seconds(lambda: _is_article(url), times=1) < 0.5  # once hours on the last
    assert _is_article(url) is expected


@pytest.mark.parametrize("given", [{"limit": 0}, {"listings": 0}])
def test_a_limit_of_none_is_wrong_use(given):
    with pytest.raises(ValueError, match="at least 1"):
        nx.discover("a.vn", **given)


def test_a_bare_name_without_https_says_how_to_ask():
    with pytest.raises(FetchError, match=r"if it has no https, give http://127\.0\.0\.1:9"):
        list(nx.discover("127.0.0.1:9", policy=POLICY))


LINKS = [
    (
        "<a class='x' href='/a?b=1&amp;c=2'>Tin <b>mới</b>\n nhất</a>",
        [("/a?b=1&c=2", "Tin mới nhất")],
    ),
    ('<A HREF = "/a" title=x>Một</A><a href=/b>Hai</a>', [("/a", "Một"), ("/b", "Hai")]),
    ("<a name='x'>không</a><abbr href='/x'>không</abbr>", []),
    ("<a href='/a'><img src=x><a href='/b'>Hai", [("/a", ""), ("/b", "")]),
    ("<a href=''>x</a><a href", []),
    ("<a data-href='/x' href='/a'>Một</a>", [("/a", "Một")]),
    ("<base href='http://a.vn/tin/'><a href='b.html'>Hai</a>", [("http://a.vn/tin/b.html", "Hai")]),
    ("<a href='/a'>" + "<img src=x>" * 200 + "Cả thẻ</a>", [("/a", "Cả thẻ")]),
    ("<base href='http://a.vn'><a href='http://[x'>hỏng</a>", []),
]


@pytest.mark.parametrize(("page", "found"), LINKS)
def test_links_of_a_page(page, found):
    assert list(links(page)) == found


@pytest.mark.parametrize(
    "piece", ["<a ", "<a href=", "<a href='", "<a href=x>", "<a href=x><", "href=x ", "href"]
)
def test_links_take_linear_time(piece):
    def spent(size: int) -> float:
        page = "<a " + piece * (size // len(piece))
        return seconds(lambda: sum(1 for _ in links(page)))

    spent(1_000)
    assert spent(800_000) < 40 * max(spent(100_000), 0.002)
