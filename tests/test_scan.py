"""Hostile pages: bounded time and memory, and always an article or a typed error."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsextract import scan
from newsextract.errors import HostilePage, PageError, PageTooLarge
from newsextract.model import Raw
from newsextract.page import read_page

# name → (how n of it look, how many)
HOSTILE: dict[str, tuple[Callable[[int], str], int]] = {
    "unclosed fonts and paragraphs": (
        lambda n: "".join(f"<font color={i}><p>x" for i in range(n)),
        20_000,
    ),
    "the same in capitals": (lambda n: "".join(f"<FONT COLOR={i}><P>x" for i in range(n)), 20_000),
    "fonts closed by nothing": (
        lambda n: "".join(f"<font a={i}></x><p>x" for i in range(n)),
        20_000,
    ),
    "unclosed bold": (lambda n: "<b><p>" * n, 20_000),
    "links in divs": (lambda n: "<a href=1><div>" * n, 20_000),
    "nested divs": (lambda n: "<div>" * n, 100_000),
    "nested divs with false ends": (lambda n: "<div></x>" * n, 100_000),
    "nested spans": (lambda n: "<span>" * n, 100_000),
    "nested tables": (lambda n: "<table><tr><td>" * n, 30_000),
    "nested lists": (lambda n: "<ul><li>" * n, 50_000),
    "nested svg": (lambda n: "<svg><g>" * n, 50_000),
    "unknown elements": (lambda n: "<x-y>" * n, 100_000),
    "ends of nothing": (lambda n: "<div>" * (n // 2) + "</b>" * (n // 2), 100_000),
    "long select": (lambda n: "<select>" + "<option>" * n, 100_000),
    "many html tags": (lambda n: "".join(f"<html a{i}=1>" for i in range(n)), 30_000),
    "a million attributes": (
        lambda n: "<p " + " ".join(f"a{i}=1" for i in range(n)) + ">x",
        1_000_000,
    ),
    "a million bare attributes": (lambda n: "<p " + "a " * n + ">x", 1_000_000),
    "attributes that hold an end": (
        lambda n: "<p " + " ".join(f'a{i}=">"' for i in range(n)) + ">",
        300_000,
    ),
    "attributes that hold a beginning": (
        lambda n: "<p " + " ".join(f'a{i}="<"' for i in range(n)) + ">",
        300_000,
    ),
    "the same behind a script and a comment": (
        lambda n: (
            "<script>if (a<b) c = '\"'</script><!-- \" --><p title=it's ='>"
            "<p " + " ".join(f"a{i}='<b>'" for i in range(n)) + ">"
        ),
        300_000,
    ),
    "the same without quotes": (
        lambda n: "<p " + " ".join(f"a{i}=<" for i in range(n)) + ">",
        300_000,
    ),
    "an attribute of megabytes": (lambda n: '<p title="' + "x" * n + '">x', 5_000_000),
    "an attribute that never ends": (lambda n: '<p title="' + "x" * n, 5_000_000),
    "broken comments": (lambda n: "<!--" * n, 500_000),
    "comments that end at once": (lambda n: "<!-->" * n, 200_000),
    "broken cdata": (lambda n: "<svg><![CDATA[" * n, 100_000),
    "nothing but less-than": (lambda n: "<" * n, 1_000_000),
    "entities without end": (lambda n: "&amp" * n, 1_000_000),
    "nested scripts": (lambda n: "<script><!--<script>" * n, 100_000),
    "one word of megabytes": (lambda n: "<p>" + "x" * n + "</p>", 5_000_000),
    "fifty megabytes": (lambda n: "<p>x</p>" * (n // 8), 50_000_000),
    "many lines": (lambda n: "<br>x" * n, 60_000),
    "many small cells": (lambda n: "<table>" + "<tr><td>1</td></tr>" * n + "</table>", 40_000),
    "many headings of lists": (lambda n: "<p>Tin khác</p>" * n, 40_000),
    "text at every depth": (
        lambda n: "".join(
            f"<div><p>Hội nghị số {i} đã bàn về việc giảm nghèo của xã.</p>" for i in range(n)
        ),
        1_400,
    ),
    "many cards": (
        lambda n: (
            "<div><b><a href=/>Tiêu đề một bài khác</a></b><p>Tóm tắt của bài viết ấy.</p></div>"
            * n
        ),
        10_000,
    ),
    "many dates": (lambda n: "<p>12/05/2019 10:30</p>" * n, 20_000),
}

LIMITED = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (1_600_000_000, 1_600_000_000))
sys.path.insert(0, {tests!r})
from test_scan import HOSTILE, outcome
for name in sys.argv[1:]:
    make, count = HOSTILE[name]
    html = make(count)
    start = time.process_time()
    print(f"{{name}}\\t{{outcome(html)}}\\t{{time.process_time() - start:.2f}}")
"""


def outcome(html: str) -> str:
    try:
        read_page(html, Raw(b""))
    except PageError as error:
        return type(error).__name__
    return "article"


def test_hostile_pages_in_bounded_time_and_memory() -> None:
    """All of them in one process of 1.6 GB; the slowest takes a few seconds on a slow machine."""
    from pathlib import Path

    code = LIMITED.format(tests=str(Path(__file__).parent))
    run = subprocess.run(
        [sys.executable, "-c", code, *HOSTILE], capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 0, run.stderr[-2000:]
    rows = [line.split("\t") for line in run.stdout.splitlines()]
    assert [row[0] for row in rows] == list(HOSTILE)
    assert [row for row in rows if float(row[2]) > 8] == []


@pytest.mark.parametrize(
    "name",
    [
        "unclosed fonts and paragraphs",
        "nested divs",
        "a million attributes",
        "attributes that hold a beginning",
        "the same behind a script and a comment",
        "the same without quotes",
    ],
)
def test_refused_before_parsing(name: str) -> None:
    make, count = HOSTILE[name]
    assert isinstance(scan.refusal(make(count).encode()), HostilePage)


def test_too_large() -> None:
    assert isinstance(scan.refusal(b"<p>x</p>" * 3_000_000), PageTooLarge)


def test_scan_is_linear() -> None:
    """Three times the page takes about three times as long, whatever it holds; both are large."""
    for make, _ in HOSTILE.values():
        small, large = make(75_000), make(225_000)
        took = []
        for html in (small, large):
            start = time.process_time()
            scan.refusal(html.encode())
            took.append(time.process_time() - start)
        assert took[1] < 0.1 + 12 * took[0]


@pytest.mark.parametrize(
    "html",
    [
        "".join(
            f"<p><b>{i}</b> <font color=red>x</font> <a href=/{i}>y</a></p>" for i in range(5_000)
        ),
        "<div>" * 300 + "x" + "</div>" * 300,
        "<ul>" + "<li>x" * 8_000 + "</ul>",
        "<table>" + "<tr><td>1<td>2" * 8_000 + "</table>",
        "<select>" + "<option>x" * 5_000 + "</select>",
        "<script>" + "if (a < b) { c = '<div>'; } " * 400 + "</script>",
        "<p " + " ".join(f"data-{i}=x" for i in range(500)) + ">x</p>",
        "<p>" + "mười hai xã " * 40_000 + "</p>",
        "<font>" * 100 + "<p>x" * 1_000,
        "<br>" * 1_240 + "<a href=/x>y</a>" * 310,  # links enough, but each is closed
    ],
)
def test_large_but_sound_pages_pass(html: str) -> None:
    assert scan.refusal(html.encode()) is None


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="<>/abp =\"'!-", max_size=400))
def test_scan_takes_anything(html: str) -> None:
    assert scan.refusal(html.encode()) is None
