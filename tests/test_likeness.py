from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Sequence

import pytest

import newsextract as nx
from newsextract import likeness
from newsextract.errors import NewsextractError
from newsextract.flat import text_hash
from newsextract.likeness import Memory
from newsextract.model import Article, Block, Result
from newsextract.scratch import Scratch
from newsextract.seen import Seen
from newsextract.sketch import ALIKE, SHORTEST, agreement, bands, sketch


def words(text: str, count: int = 150) -> str:
    return " ".join(f"{text}{i}" for i in range(count))


def result(name: str, text: str, url: str = "", day: int = 1) -> Result:
    block = Block("paragraph", 0, len(text))
    fetched = dt.datetime(2019, 5, day, tzinfo=dt.UTC)
    article = Article(text, (block,), url=url or f"https://bao.example/{name}", fetched=fetched)
    return Result(name, text_hash(name + text), None, article, sketch=sketch(text))


A = words("a")
NEAR = [
    (A, A.replace("a7 ", "khác "), True),
    (A, A + " thêm một câu ở cuối bài", True),
    (A, A.upper(), True),
    (A, words("b"), False),
    (A, A[: len(A) // 2] + " " + words("b", 70), False),
    (A, " ".join(sorted(A.split(), key=lambda w: w[::-1])), False),
    ("quá ngắn", "quá ngắn", False),
    (words("a", SHORTEST - 1), words("a", SHORTEST - 1), False),
    ("\ud800 " + A, "\ud801 " + A, True),
]


@pytest.mark.parametrize(("one", "other", "near"), NEAR)
def test_sketches_tell_what_is_nearly_the_same(one: str, other: str, near: bool) -> None:
    found = Memory().compare([result("one", one), result("other", other)])
    assert found == ([("other", "one")] if near else [])


def test_agreement_follows_the_share_of_common_triples() -> None:
    chance = random.Random(5)
    base = [f"từ{chance.randrange(5000)}" for _ in range(600)]
    for changed, low, high in ((0, 16, 16), (6, 13, 16), (60, 6, 14), (600, 0, 2)):
        other = list(base)
        for at in chance.sample(range(600), changed):
            other[at] = f"khác{at}"
        a, b = sketch(" ".join(base)), sketch(" ".join(other))
        assert low <= agreement(a, b) <= high, changed
        assert agreement(a, b) == agreement(b, a)


def test_a_sketch_is_its_four_bands_and_alike_ones_share_one() -> None:
    made = sketch(A)
    assert "".join(bands(made)) == made
    assert [len(band) for band in bands(made)] == [16] * 4
    # 13 places of 16 agree: the three others can spoil three of the four bands at most.
    assert len(bands(made)) > 16 - ALIKE


def test_a_sketch_stays_the_same() -> None:
    """It stands in databases: another one would find nothing of what they hold."""
    assert sketch(A) == SKETCH_OF_A


SKETCH_OF_A = "c695bed2a3dabcd83b78b9b339728b79a072e16a4296da3f49e16dac7f6a98bf"


@pytest.fixture(params=["sqlite", "duckdb", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: object) -> nx.Store:
    names = {"sqlite": "a.db", "duckdb": "a.duckdb", "memory": "a.jsonl"}
    if request.param == "duckdb":
        pytest.importorskip("duckdb")
    return nx.open_store(f"{tmp_path}/{names[request.param]}")


def put(store: nx.Store, *results: Result) -> list[tuple[str, str]]:
    """As a batch writes."""
    found = store.compare(results)
    store.write(results)
    return found


def test_what_was_written_before_is_found(store: nx.Store) -> None:
    with store:
        assert put(store, result("one", A), result("far", words("b"))) == []
        assert put(store, result("two", A + " thêm")) == [("two", "one")]
        assert put(store, result("three", A + " nữa"), result("four", A + " và")) == [
            ("three", "one"),
            ("four", "one"),
        ]


def test_the_best_is_named(store: nx.Store) -> None:
    other = A.replace("a70 a71 a72", "x y z")
    with store:
        put(store, result("one", words("b")), result("two", A))
        assert put(store, result("three", other + " thêm")) == [("three", "two")]


def test_the_same_article_or_text_again_is_no_near_duplicate(store: nx.Store) -> None:
    with store:
        put(store, result("one", A), result("two", A + " thêm"))
        assert put(store, result("one", A)) == []
        assert put(store, result("two", A + " thêm")) == []
        assert put(store, result("elsewhere", A)) == []
        assert put(store, result("other", A + " thêm")) == []
        found = put(store, result("x", A + " x"), result("y", A + " x"))
        assert [name for name, _ in found] == ["x"]


def test_an_article_with_a_new_text_is_found_by_that(store: nx.Store) -> None:
    with store:
        put(store, result("one", A, "https://bao.example/1"))
        assert put(store, result("one", words("c"), "https://bao.example/1", 2)) == []
        assert put(store, result("two", words("c") + " thêm")) == [("two", "one")]
        assert put(store, result("three", A + " thêm")) == []


def test_a_small_change_of_an_article_leaves_it_to_be_found(store: nx.Store) -> None:
    with store:
        put(store, result("one", A, "https://bao.example/1"))
        assert put(store, result("one", A + " sửa", "https://bao.example/1", 2)) == []
        assert put(store, result("two", A + " thêm")) == [("two", "one")]


def test_what_was_compared_and_then_lost_is_no_loss(store: nx.Store) -> None:
    """A kill between the sketches and the articles."""
    with store:
        store.compare([result("one", A)])
        if hasattr(store, "backend"):  # in a store of files the memory is lost too
            assert put(store, result("two", A + " thêm")) == []  # one is not there
            assert put(store, result("one", A)) == [("one", "two")]
        assert put(store, result("three", A + " nữa"))[0][0] == "three"


def test_results_without_a_sketch_are_passed_over(store: nx.Store) -> None:
    plain = [Result("load", "f" * 32, None, result("load", A).article)]
    failed = Result("bad", "e" * 32, error=nx.PageError("has no text"))
    with store:
        assert put(store, *plain, failed) == []
        assert put(store, result("two", A + " thêm")) == []


def test_one_row_stands_for_a_thousand_alike(tmp_path: object) -> None:
    with nx.open_store(f"{tmp_path}/a.db") as store:
        for start in range(0, 600, 100):
            put(store, *(result(f"n{i}", f"{A} {i}") for i in range(start, start + 100)))
        assert store.rows("SELECT COUNT(*) AS n FROM text_sketch") == [{"n": 1}]


def test_a_search_looks_at_a_bounded_number_of_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "_MOST", 3)

    class Counting(Memory):
        most = 0

        def run(self, sql: str, **params: Sequence[str]) -> list[tuple[str, ...]]:
            rows = super().run(sql, **params)
            if "FROM text_sketch" in sql:
                self.most = max(self.most, len(rows))
            return rows

    memory = Counting()
    chance = random.Random(3)
    for n in range(40):  # one half in common: bands are shared now and then, but none is alike
        own = " ".join(f"x{chance.randrange(99999)}" for _ in range(40))
        memory.compare([result(f"n{n}", words("a", 110) + " " + own)])
    assert memory.most == 3


def test_a_batch_sees_each_input_once() -> None:
    with Seen() as seen:
        assert [seen.saw("0a" * 16), seen.saw("0b" * 16), seen.saw("0a" * 16)] == [
            False,
            False,
            True,
        ]


def test_a_comparison_is_cheap(tmp_path: object) -> None:
    chance = random.Random(1)
    some = [
        result(f"n{i}", " ".join(f"t{chance.randrange(9999)}" for _ in range(100)))
        for i in range(1024)
    ]
    with nx.open_store(f"{tmp_path}/a.db") as store:
        before = time.process_time()
        for start in range(0, 1024, 128):
            assert store.compare(some[start : start + 128]) == []
        assert time.process_time() - before < 1.0  # 0.1 s where nothing else runs


@pytest.mark.parametrize("add", ["execute", "executemany"])
def test_a_full_disk_is_said(add: str):
    scratch = Scratch("CREATE TABLE t (x TEXT);", cache=64)
    scratch.execute("PRAGMA max_page_count = 2", ())
    values = ["x" * 9000]
    with pytest.raises(NewsextractError, match="disk is full"):
        getattr(scratch, add)("INSERT INTO t VALUES (?)", values if add == "execute" else [values])
