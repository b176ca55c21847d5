"""What a store takes of articles that come twice, or again."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from results import BODY, result
from storekinds import state

from newsextract import Ratio
from newsextract.errors import NewsextractError, StoreError
from newsextract.ledger import Entry, Ledger, version_key
from newsextract.model import Result
from newsextract.seen import Seen
from newsextract.sketch import sketch
from newsextract.stores import Written, open_store

entries = st.builds(
    lambda n, url, text, fetched, chars: Entry(
        f"f{n}", f"u{url}", f"t{text}", "1", str(fetched), chars, "", None
    ),
    st.integers(0, 10**6),
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(0, 2),
    st.integers(1, 3),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(entries, max_size=8, unique_by=lambda e: e.fingerprint), st.randoms())
def test_the_ledger_keeps_the_same_in_any_order(found: list[Entry], random: Any):
    def kept(order: list[Entry]) -> dict[str, Entry]:
        ledger = Ledger()
        for entry in order:
            ledger.put(entry)
        assert len(ledger.entries()) + len(ledger.duplicates()) == len(order)
        return ledger.entries()

    shuffled = random.sample(found, len(found))
    assert kept(found) == kept(shuffled)


def test_facts_alone_stay_behind_a_text_of_any_version_and_are_no_duplicate():
    page = Entry("f1", "u", "t1", "0.1", "", 300, "", None)
    alone = Entry("f2", "u", "t2", "9.0", "2026", 0, "", None)
    for order in ((page, alone), (alone, page)):
        ledger = Ledger()
        for entry in order:
            ledger.put(entry)
        assert ledger.entries() == {"u": page}
        assert ledger.duplicates() == []


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(1, 3)), min_size=1, max_size=7
    ),
    st.lists(st.integers(1, 4), min_size=7, max_size=7),
    st.randoms(),
)
def test_stores_keep_the_same_in_any_order_and_cut(
    given_: list[tuple[int, int, int]], cuts: list[int], random: Any
):
    made = [
        result(
            f"{url} {text}",
            input_name=n,
            url=f"https://b.example/{url}",
            body=f"{BODY[:60]} {'lần ' * text}",
        )
        for n, (url, text, _) in enumerate(given_)
    ]

    def run(order: list[Result], sizes: Iterator[int]) -> dict[str, Any]:
        with open_store("sqlite://") as store, Seen() as seen:
            total, rest = Written(), order
            while rest:
                size = next(sizes)
                total = total.plus(seen.net(store.settle(rest[:size])).written)
                rest = rest[size:]
            assert total == store.counts()
            return state(store)

    whole = run(made, itertools.repeat(100))
    assert run(random.sample(made, len(made)), itertools.cycle(cuts)) == whole


def test_near_duplicates_of_what_is_stored_are_found(url: str):
    def made(name: str, body: str) -> Result:
        found = result(name, body=body)
        assert found.article
        return replace(found, sketch=sketch(found.article.text))

    long = " ".join(f"{BODY} Lần {n}." for n in range(5))
    first, far = made("first", long), made("far", " ".join(map(str, range(200))))
    second, third = made("second", f"{long} Hết."), made("third", f"{long} Thêm một câu.")
    with open_store(url) as store:
        assert store.compare([first, far]) == []
        store.write([first, far])
        assert store.compare([second]) == [(second.source, first.source)]
        store.write([second])
        assert store.compare([first, second]) == []
    with open_store(url) as store:
        keeps = hasattr(store, "backend")
        assert store.compare([third]) == [(third.source, first.source)] * keeps


def test_versions_sort_by_their_numbers():
    assert version_key("0.10.0") > version_key("0.9.9")
    assert version_key("1.0") > version_key("0.99")
    assert version_key("") == ()


def test_every_error_of_a_store_is_one_of_ours():
    assert issubclass(StoreError, NewsextractError)
    assert Ratio(1, 2, "xã") == Ratio(1, 2, "xã")
