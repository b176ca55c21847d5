"""Fetching, against a server that misbehaves."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections import defaultdict
from contextlib import closing
from dataclasses import replace
from itertools import pairwise

import pytest
from misbehaving import PAGE, Server, answer

import newsextract as nx
from newsextract import errors
from newsextract.addresses import is_public
from newsextract.errors import FetchError
from newsextract.fetcher import Fetcher
from newsextract.hosts import Hosts
from newsextract.pagecache import PageCache
from newsextract.policy import Policy
from newsextract.urls import canonical, checked

LOCAL = frozenset({"127.0.0.0/8"})
QUICK = Policy(
    allow_private=LOCAL, delay=0, robots=False, first_wait=0.01, timeout=1, deadline=1.5,
    longest_wait=5, max_wire=3_000_000,
)  # fmt: skip


@pytest.fixture(scope="module")
def server():
    with Server() as running:
        yield running


def outcome(url: str, policy: Policy = QUICK):
    [result] = nx.fetch_many([url], policy=policy)
    return result


GOOD = ["/page", "/gzip", "/deflate", "/baredeflate", "/busy", "/busyplain", "/flaky", "/moved",
        "/charset", "/cookie", "/busynow", "/charsetcoding", "/wall", "/parts",
        "/junk"]  # fmt: skip


@pytest.mark.parametrize("path", GOOD)
def test_a_page_comes_whole(server, path):
    raw = nx.fetch(server.url(path), policy=QUICK)
    assert raw.body == PAGE
    assert raw.status == 200
    assert raw.fetched.tzinfo is not None
    assert raw.url.startswith(server.url("/"))


BAD = [
    ("/gone", "http-404", "404"),
    ("/part", "truncated", "only a part of the page (206)"),
    ("/down", "http-503", "503"),
    ("/busyday", "http-429", "86400 s"),
    ("/loop", "redirect", "loop"),
    ("/hops", "redirect", "over 5 redirects"),
    ("/private", "blocked-address", "10.11.12.13"),
    ("/tofile", "bad-url", "'file'"),
    ("/bomb", "bomb", "grew"),
    ("/brotli", "encoding", "br"),
    ("/badgzip", "truncated", "early"),
    ("/cutparts", "truncated", "early"),
    ("/short", "truncated", "broke off"),
    ("/endless", "too-large-to-fetch", "3,000,000"),
    ("/drip", "timeout", "not complete"),
    ("/silent", "timeout", "no answer in time: the host fell silent (1 s)"),
    ("/reset", "connect", "the connection broke before the whole answer was there — try again"),
    ("/image", "content-type", "image/png"),
    ("/huge", "too-large-to-fetch", "3,000,001"),
    ("/video", "content-type", "video/mp4"),
]


@pytest.mark.parametrize(("path", "reason", "words"), BAD)
def test_every_misbehaviour_has_its_error(server, path, reason, words):
    error = outcome(server.url(path))
    assert isinstance(error, FetchError)
    assert (error.reason, words in str(error)) == (reason, True), str(error)
    assert error.source


ELSEWHERE = [
    ("/private", "redirects to http://10.11.12.13/latest/meta-data: 10.11.12.13 is not public"),
    ("/tofile", "redirects to file:///etc/passwd: the scheme 'file' is not fetched"),
    ("/togone", "redirects to {}/gone: the server answered 404"),
    ("/gone", "the server answered 404"),
]


@pytest.mark.parametrize(("path", "words"), ELSEWHERE)
def test_an_error_behind_a_redirect_names_both_addresses(server, path, words):
    url = server.url(path)
    with pytest.raises(FetchError) as caught:
        nx.fetch(url, policy=replace(QUICK, retries=0))
    assert caught.value.source == url
    assert str(caught.value).startswith(f"{url}: {words.format(server.url(''))}")


def test_404_is_not_tried_again_and_500_is(server):
    before = server.seen["/gone"]
    outcome(server.url("/gone"))
    assert server.seen["/gone"] == before + 1
    before = server.seen["/down"]
    outcome(server.url("/down"))
    assert server.seen["/down"] == before + QUICK.retries + 1


def test_retry_after_is_honoured(server):
    began = time.monotonic()
    assert nx.fetch(server.url("/busydate"), policy=QUICK).body == PAGE
    assert time.monotonic() - began >= 0.9


def test_one_failure_loses_no_other_page(server):
    urls = [server.url(p) for p in ("/gone", "/page/1", "/tofile", "/page/2", "/short")]
    results = list(nx.fetch_many([*urls, "not a url", "ftp://x/y"], policy=QUICK))
    assert len(results) == 7
    assert sum(isinstance(r, nx.Raw) for r in results) == 2
    assert {r.reason for r in results if isinstance(r, FetchError)} == {
        "http-404", "bad-url", "truncated",
    }  # fmt: skip


class Refusing:
    """A connector that fails the test if any connection is tried."""

    def __init__(self):
        self.tried = []

    async def connect_tcp(self, host, port, *args, **options):
        self.tried.append(host)
        raise OSError("no connection may be tried")


PRIVATE = [
    "http://127.0.0.1/", "http://localhost/", "http://10.0.0.1/", "http://192.168.1.1/",
    "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data", "http://[::1]/",
    "http://0.0.0.0/", "http://2130706433/", "http://0x7f.1/", "http://[::ffff:10.0.0.1]/",
    "http://[fe80::1]/", "http://224.0.0.1/", "http://[64:ff9b::a00:1]/",
]  # fmt: skip


@pytest.mark.parametrize("url", PRIVATE)
def test_private_addresses_are_never_connected_to(url):
    connector = Refusing()

    async def get():
        async with Fetcher(Policy(robots=False, retries=0), connector=connector) as fetcher:
            await fetcher.get(url)

    with pytest.raises(errors.BlockedAddress):
        asyncio.run(get())
    assert connector.tried == []


def test_a_redirect_to_a_private_address_is_refused_before_connecting(server):
    from newsextract.transport import httpcore

    tried = []

    class Watching:
        async def connect_tcp(self, host, port, *args, **options):
            tried.append(host)
            return await httpcore.AnyIOBackend().connect_tcp(host, port, *args, **options)

    async def get():
        async with Fetcher(QUICK, connector=Watching()) as fetcher:
            await fetcher.get(server.url("/private"))

    with pytest.raises(errors.BlockedAddress):
        asyncio.run(get())
    assert tried == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("address", "public"),
    [("8.8.8.8", True), ("10.1.2.3", False), ("100.64.0.1", False), ("::1", False),
     ("2606:4700::1111", True), ("::ffff:127.0.0.1", False), ("2002:7f00:1::", False),
     ("203.0.113.9", False), ("::127.0.0.1", False), ("fec0::1", False), ("5f00::1", False),
     ("64:ff9b:1::7f00:1", False), ("240.0.0.1", False), ("224.0.0.1", False)],
)  # fmt: skip
def test_public_addresses(address, public):
    import ipaddress

    assert is_public(ipaddress.ip_address(address)) is public


def test_robots_are_obeyed_and_read_once():
    with Server() as server:
        server.robots = answer(200, b"User-agent: *\nDisallow: /kin\n", Content_Type="text/plain")
        policy = Policy(allow_private=LOCAL, delay=0)
        urls = [server.url(p) for p in ("/kin/a", "/tin/a", "/tin/b", "/kin/b")]
        results = list(nx.fetch_many(urls, policy=policy))
        assert sorted(r.reason for r in results if isinstance(r, FetchError)) == ["robots"] * 2
        assert server.seen["/robots.txt"] == 1
        assert server.seen["/kin/a"] == 0


OBEYING = replace(QUICK, robots=True)


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, None), (403, None), (429, None), (503, "could not be read (the server answered 503)")],
)
def test_unreadable_robots(status, words):
    with Server() as server:
        server.robots = answer(status)
        result = outcome(server.url("/page"), OBEYING)
        assert isinstance(result, nx.Raw) if words is None else words in str(result)


def test_robots_that_fail_once_are_asked_again():
    with Server() as server:
        server.robots_first = [answer(503), answer(500)]
        server.robots = answer(200, b"User-agent: *\nDisallow: /kin\n")
        assert isinstance(outcome(server.url("/page"), OBEYING), nx.Raw)
        assert server.seen["/robots.txt"] == 3


RULES = [
    (b"User-agent: archiver\nDisallow: /", True),  # a word of our contact, not our name
    (b"User-agent: NewsExtract\nDisallow: /", False),
    (b"User-agent: *\nDisallow: /\n\nUser-agent: newsextract\nAllow: /", True),
    (b"\xef\xbb\xbfUser-agent: *\nDisallow: /", False),
    (b"<html>not robots</html>", True),
]


@pytest.mark.parametrize(("rules", "allowed"), RULES)
def test_rules_are_for_our_name(rules, allowed):
    with Server() as server:
        server.robots = answer(200, rules)
        policy = replace(OBEYING, contact="https://archiver.example.org")
        assert isinstance(outcome(server.url("/page"), policy), nx.Raw) is allowed


def test_crawl_delay_is_honoured():
    with Server() as server:
        server.robots = answer(200, b"User-agent: *\nCrawl-delay: 0.3\n")
        policy = Policy(allow_private=LOCAL, delay=0)
        list(nx.fetch_many([server.url(f"/tin/{i}") for i in range(4)], policy=policy))
        times = [t for t, _, path in server.log if path != "/robots.txt"]
        assert min(b - a for a, b in pairwise(times)) >= 0.28


def test_each_host_has_its_own_pace():
    """Spacing as the server's own log has it, over hosts of 127.0.0.0/8, sorted by host."""
    hosts = [f"127.0.0.{i}" for i in range(2, 8)]
    with Server() as server:
        policy = Policy(allow_private=LOCAL, delay=0.5, robots=False, per_host=1)
        urls = [server.url(f"/tin/{i}", host) for host in hosts for i in range(3)]
        began = time.monotonic()
        results = list(nx.fetch_many(urls, policy=policy))
        assert all(isinstance(r, nx.Raw) for r in results)
        assert time.monotonic() - began < 0.5 * 18 / 2  # side by side, not one after the other
        log = defaultdict(list)
        for when, host, _ in server.log:
            log[host].append(when)
        assert len(log) == len(hosts)
        # Half a second was asked; a busy machine answers late, and then the next seems early.
        assert min(b - a for times in log.values() for a, b in pairwise(times)) >= 0.25


def test_an_unchanged_page_is_not_sent_again(server, tmp_path):
    policy = Policy(allow_private=LOCAL, delay=0, robots=False, cache=tmp_path)
    first = nx.fetch(server.url("/etag"), policy=policy)
    second = nx.fetch(server.url("/etag"), policy=policy)
    assert second.body == first.body == PAGE
    assert server.headers["/etag"]["if-none-match"] == '"v1"'
    for kept in tmp_path.rglob("*"):
        if kept.is_file():
            whole = kept.read_bytes()
            kept.write_bytes(whole[:-100])
    assert nx.fetch(server.url("/etag"), policy=policy).body == PAGE
    for kept in tmp_path.rglob("*"):
        if kept.is_file():
            assert kept.read_bytes()[-100:] == whole[-100:]
            kept.write_bytes(b"broken")
    assert nx.fetch(server.url("/etag"), policy=policy).body == PAGE


def test_a_page_knows_no_other_pages_cookies(server):
    async def one_after_the_other():
        async with Fetcher(QUICK) as fetcher:
            for path in ("/cookie/1", "/cookie/2"):
                await fetcher.get(server.url(path))

    asyncio.run(one_after_the_other())
    assert "cookie" not in server.headers["/cookie/2"]


NONSENSE = [
    ({"per_host": 0}, "per_host=0"),
    ({"concurrency": 0}, "concurrency=0"),
    ({"retries": -1}, "retries=-1"),
    ({"delay": float("nan")}, "delay=nan"),
    ({"timeout": 0}, "timeout=0"),
    ({"contact": "Tòa soạn"}, "ASCII"),
    ({"contact": "a@b.vn\r\nX-Evil: 1"}, "ASCII"),
    ({"content_types": "text/html"}, "tuple"),
    ({"allow_private": "localhost"}, "not one string"),
    ({"allow_private": {"localhost:8000"}}, "leave out scheme, port"),
    ({"allow_private": {"http://localhost/"}}, "leave out scheme, port"),
    ({"old_tls": {"a.vn/tin"}}, "leave out scheme, port"),
]


@pytest.mark.parametrize(("given", "words"), NONSENSE)
def test_a_policy_that_cannot_be_is_refused(given, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        Policy(**given)


NAMED = [
    ("allow_private", ["LOCALHOST", "[::1]", "10.1.2.3/8"], {"localhost", "::1", "10.0.0.0/8"}),
    ("allow_private", ["www.a.vn"], {"www.a.vn"}),
    ("old_tls", ["www.A.vn", "báo.vn"], {"a.vn", "xn--bo-mia.vn"}),
    ("broken_certificates", ["www.a.vn", "a.vn"], {"a.vn"}),
]


@pytest.mark.parametrize(("field", "given", "kept"), NAMED)
def test_hosts_of_a_policy_are_kept_as_they_are_compared(field, given, kept):
    assert getattr(Policy(**{field: given}), field) == kept


SAME_HOST = [
    ("http://www.a.vn/", "https://A.vn:443/x", True),
    ("http://a.vn/", "http://u:p@a.vn:80/", True),
    ("http://a.vn/", "http://a.vn:8080/", False),
    ("http://a.vn/", "http://b.a.vn/", False),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME_HOST)
def test_addresses_of_one_host(one, other, same):
    hosts = Hosts(QUICK)
    assert (hosts.of(one) is hosts.of(other)) is same


@pytest.mark.parametrize("bad", ["http://[bad", "http://exa mple.vn/", "", "\x00", None, b"x"])
def test_an_address_that_is_none_is_answered(server, bad):
    answers = list(nx.fetch_many([bad, server.url("/page")], policy=QUICK))
    assert sorted(getattr(a, "reason", "page") for a in answers) == ["bad-url", "page"]


def test_one_string_is_not_a_list_of_addresses():
    with pytest.raises(TypeError, match="list of addresses"):
        nx.fetch_many("https://a.vn/")


def test_addresses_may_come_from_what_belongs_to_a_thread(server):
    with closing(sqlite3.connect(":memory:")) as db:  # its cursors refuse other threads
        db.execute("create table page (path)")
        db.executemany("insert into page values (?)", [(f"/page/{i}",) for i in range(50)])
        urls = (server.url(path) for (path,) in db.execute("select path from page"))
        assert len(list(nx.fetch_many(urls, policy=QUICK))) == 50


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_the_addresses_raise_ends_it(server, error):
    def urls():
        yield server.url("/page")
        raise error("here")

    with pytest.raises(error, match="here"):
        list(nx.fetch_many(urls(), policy=QUICK))
    assert not [t for t in threading.enumerate() if t.name == "newsextract-fetch"]


def test_slow_addresses_do_not_hold_up_pages_that_are_there(server):
    def urls():
        yield server.url("/page/slow")
        time.sleep(QUICK.deadline + 0.3)  # the first page must not run into its deadline
        yield server.url("/page")

    assert all(isinstance(a, nx.Raw) for a in nx.fetch_many(urls(), policy=QUICK))


def test_pages_that_cannot_be_kept_are_not_fetched_on(server):
    def full(_answer):
        raise OSError("no space left")

    urls = [server.url(f"/full/{i}") for i in range(500)]
    with pytest.raises(OSError, match="no space left"):
        list(nx.fetch_many(urls, policy=replace(QUICK, concurrency=2), record=full))
    assert sum(path.startswith("/full/") for _, _, path in server.log) < 100


def test_what_is_recorded_is_whole_also_with_a_cache(server, tmp_path):
    policy = replace(QUICK, cache=str(tmp_path))
    nx.fetch(server.url("/etag/whole"), policy=policy)
    kept = []
    list(nx.fetch_many([server.url("/etag/whole")], policy=policy, record=kept.append))
    assert [(a.status, a.body) for a in kept] == [(200, PAGE)]


def test_a_cache_that_cannot_be_written_loses_no_page(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    with pytest.raises(FetchError, match="cache") as caught:
        nx.fetch("http://a.vn/", policy=Policy(cache=tmp_path / "file" / "cache"))
    assert "Policy(cache=…)" in str(caught.value)
    cache = PageCache(tmp_path / "cache")
    (tmp_path / "cache").rmdir()
    (tmp_path / "cache").write_text("in the way")
    cache.put("http://a.vn/", nx.Raw(b"x"), etag="1", modified=None)
    assert "http://a.vn/ is not kept in the cache" in caplog.text


def test_the_user_agent_names_a_contact(server):
    policy = Policy(allow_private=LOCAL, delay=0, robots=False, contact="mailto:a@example.org")
    nx.fetch(server.url("/agent"), policy=policy)
    agent = server.headers["/agent"]["user-agent"]
    assert agent == f"newsextract/{nx.__version__} (+mailto:a@example.org)"


def test_closing_the_iterator_stops_the_rest():
    with Server() as server:
        policy = Policy(allow_private=LOCAL, delay=0.05, robots=False)
        pages = nx.fetch_many((server.url(f"/tin/{i}") for i in range(10_000)), policy=policy)
        next(pages)
        pages.close()
        count = len(server.log)
        time.sleep(0.3)
        assert len(server.log) <= count + 1 < 20


def test_fetch_works_where_a_loop_runs(server):
    async def notebook():
        return nx.fetch(server.url("/page"), policy=QUICK)

    assert asyncio.run(notebook()).body == PAGE


def test_an_injected_client_is_used_and_still_guarded(server):
    from newsextract.transport import httpx

    async def get(url):
        async with (
            httpx.AsyncClient(headers={"X-Mine": "yes"}) as client,
            Fetcher(QUICK, client=client) as fetcher,
        ):
            return await fetcher.get(url)

    assert asyncio.run(get(server.url("/mine"))).body == PAGE
    assert server.headers["/mine"]["x-mine"] == "yes"
    with pytest.raises(errors.BlockedAddress):
        asyncio.run(get("http://10.0.0.1/"))


def test_the_same_code_runs_on_httpx2(server):
    pytest.importorskip("httpx2", reason="httpx2 is not installed")
    code = (
        "import sys; sys.modules['httpx'] = None; sys.modules['httpcore'] = None\n"
        "import newsextract as nx\n"
        "from newsextract.policy import Policy\n"
        "from newsextract.transport import httpx\n"
        "assert httpx.__name__ == 'httpx2'\n"
        "policy = Policy(allow_private=frozenset({'127.0.0.1'}), robots=False, retries=0)\n"
        f"print(len(nx.fetch({server.url('/gzip')!r}, policy=policy).body))\n"
        "try: nx.fetch('http://10.0.0.1/', policy=policy)\n"
        "except nx.FetchError as error: print(error.reason)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.split() == [str(len(PAGE)), "blocked-address"], run.stderr


URLS = [
    ("https://baothaibinh.com.vn/tin.html?utm_source=zalo&b=2&a=1#x",
     "https://baothaibinh.com.vn/tin.html?a=1&b=2"),
    ("https://a.vn/x?fbclid=abc", "https://a.vn/x"),
    ("https://A.VN/Tin tức.html", "https://a.vn/Tin%20t%E1%BB%A9c.html"),
    ("https://a.vn/x?id=1&id=2&utm_source=zalo", "https://a.vn/x?id=1&id=2"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "same"), URLS)
def test_canonical_urls(url, same):
    assert canonical(url) == same
    assert canonical(same) == same


@pytest.mark.parametrize(
    "url", ["", "x", "javascript:alert(1)", "http://", "http://[", "http://a:99999/",
            "mailto:a@b", "//a.vn/x", "http://a.vn/" + "x" * 9000, "http://exa mple.vn/",
            "http://a..vn/", "http://-a.vn/", "http://%00/", "http://" + "a" * 64 + ".vn/"]
)  # fmt: skip
def test_bad_urls_are_refused(url):
    with pytest.raises(errors.BadUrl):
        checked(url)


def leaves(kind=errors.NewsextractError):
    below = kind.__subclasses__()
    return [leaf for sub in below for leaf in leaves(sub)] if below else [kind]


@pytest.mark.parametrize("kind", [k for k in leaves() if k.__module__ == "newsextract.errors"])
def test_every_error_says_what_to_do(kind):
    assert kind.advice
    assert str(kind("it broke", source="a.html")) == f"a.html: it broke — {kind.advice}"
    assert str(kind("it broke", advice="")) == "it broke"


@pytest.mark.parametrize(("status", "advice"), [(404, "no such"), (503, "later"), (401, "browser")])
def test_a_status_has_its_own_advice(status, advice):
    assert advice in str(errors.HttpStatus.of(status, "https://a.vn/"))


def test_errors_survive_the_way_between_processes():
    import pickle

    error = errors.HttpStatus.of(429, "https://a.vn/", 5.0)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.reason, again.retry_after) == (str(error), "http-429", 5.0)
