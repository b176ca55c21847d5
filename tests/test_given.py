"""Slips of a caller's: what is given in place of the right thing, and what he is told."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction
from pathlib import Path

import pytest

import newsextract as nx
from newsextract.errors import BadUrl
from newsextract.fetcher import Fetcher

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
