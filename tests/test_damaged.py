"""Pages as networks and editors damage them: each gives an article that holds, or a typed error."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsextract as nx
from newsextract.errors import HostilePage

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "pages"
PAGES = {path.name: gzip.decompress(path.read_bytes()) for path in FIXTURES.glob("*.html.gz")}


def _pieces(page: bytes) -> list[bytes]:
    """Tags and the text between them."""
    return re.split(rb"(<[^>]*>)", page)


def cut_off(page: bytes, random: Random) -> bytes:
    return page[: random.randrange(len(page))]


def with_gaps(page: bytes, random: Random) -> bytes:
    pieces = _pieces(page)
    for _ in range(random.randrange(1, 40)):
        del pieces[random.randrange(len(pieces))]
    return b"".join(pieces)


def shuffled(page: bytes, random: Random) -> bytes:
    pieces = _pieces(page)
    for _ in range(random.randrange(1, 40)):
        one, other = random.randrange(len(pieces)), random.randrange(len(pieces))
        pieces[one], pieces[other] = pieces[other], pieces[one]
    return b"".join(pieces)


def with_wrong_bytes(page: bytes, random: Random) -> bytes:
    damaged = bytearray(page)
    for _ in range(random.randrange(1, 60)):
        damaged[random.randrange(len(page))] = random.randrange(256)
    return bytes(damaged)


def joined_to_another(page: bytes, random: Random) -> bytes:
    other = PAGES[random.choice(sorted(PAGES))]
    return page[: random.randrange(len(page))] + other[random.randrange(len(other)) :]


def with_repeats(page: bytes, random: Random) -> bytes:
    pieces = _pieces(page)
    at = random.randrange(len(pieces))
    pieces[at:at] = pieces[at : at + 5] * random.randrange(200)
    return b"".join(pieces)


def without_some_tags(page: bytes, random: Random) -> bytes:
    others = [b"", b"<br>", b"<p>", b"<td>", b"</div>", b"<li>"]
    return re.sub(
        rb"</?(?:div|p|td|tr|li|span)\b[^>]*>",
        lambda tag: tag[0] if random.random() < 0.9 else random.choice(others),
        page,
    )


@pytest.mark.parametrize(
    "damage",
    [cut_off, with_gaps, shuffled, with_wrong_bytes, joined_to_another, with_repeats,
     without_some_tags],
)  # fmt: skip
@settings(deadline=None, max_examples=40)
@given(name=st.sampled_from(sorted(PAGES)), random=st.randoms(use_true_random=False))
def test_a_damaged_page_gives_an_article_or_a_typed_error(
    damage: Callable[[bytes, Random], bytes], name: str, random: Random
) -> None:
    damaged = damage(PAGES[name], random)
    try:
        article = nx.parse(damaged)
    except nx.PageError:
        return
    lines = [article.text[block.start : block.end] for block in article.blocks]
    assert lines == article.text.split("\n")
    assert all(line.strip() for line in lines)
    for fact in nx.extract(article):
        assert article.text[fact.start : fact.end] == fact.text
        assert "\n" not in fact.text


TEXT = "<p>Sáng 9/6, hơn 40 hộ dân xã Hòa Lộc được nhận cây giống để trồng lại rừng.</p>" * 4

# What a page may hold that must not end its reading with an error.
ODD = {
    "a number of 5,000 digits": f"<meta property=og:title content='&amp;#{'7' * 5000};'>",
    "types that are no words": '<script type="application/ld+json">{"@type": ["NewsArticle", 5]}'
    "</script>",
    "newlines in broken JSON-LD": '<script type="application/ld+json">{"a": 1'
    + "\n" * 20_000 + "x}</script>",
    "names in one long line": "<p>" + "<span class=author>Thu Hà</span> " * 5_000,
    "a tag of many words": f"<p title='{'xã ' * 4_000}'>",
}  # fmt: skip
# What takes the parser, or what reads its tree, gigabytes.
HOSTILE = {
    "depth behind false closing tags": "<span><div></span></div>" * 20_000,
    "formatting behind cells": "".join(
        f"<table><b id={n}><td></b></table>" for n in range(1_500)
    ) + "<p>x" * 1_500,
    "formatting behind cells outside a table": "<td><b><i></td>" * 1_500 + "<p>x" * 1_500,
    "formatting behind boxes": "".join(
        f"<b id={n}><object></b></object>" for n in range(1_500)
    ) + "<p>x" * 1_500,
    "one tag of many attributes": "<div " + " ".join(f"a{n}" for n in range(40_000)) + ">",
    "attributes parted by strokes": "<div " + "/".join(f"a{n}" for n in range(40_000)) + ">",
}  # fmt: skip


@pytest.mark.parametrize("what", ODD)
def test_an_odd_page_is_read(what: str) -> None:
    article = nx.parse(
        f"<html><body>{ODD[what]}<h1>Trồng lại rừng sau bão</h1>{TEXT}</body></html>".encode()
    )
    assert "hơn 40 hộ dân" in article.text


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_page_is_refused(what: str) -> None:
    with pytest.raises(HostilePage):
        nx.parse(f"<html><body>{HOSTILE[what]}{TEXT}</body></html>".encode())
