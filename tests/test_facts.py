"""What holds for the whole extractor, whatever the text."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsextract as nx
from newsextract.facts import Kind, Reading, Verdict

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "facts"
TEXTS = [
    json.loads(line)["text"]
    for path in sorted(FIXTURES.glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
    if line.strip()
]


def check(text: str) -> nx.model.Facts:
    facts = nx.extract(text)
    at = 0
    for fact in facts:
        assert at <= fact.start < fact.end <= len(text)
        at = fact.end
        assert text[fact.start : fact.end] == fact.text == fact.text.strip()
        assert fact.sentence.start <= fact.start < fact.end <= fact.sentence.end <= len(text)
        assert "\n" not in fact.text
        json.dumps(fact.to_dict(), default=str)
    return facts


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "0", "/", "Quyết định số", "ngày", "\x00", "số 1" * 9]
)
def test_small_texts(text: str):
    check(text)


def test_every_fixture_text_holds_the_invariants():
    for text in TEXTS:
        check(text)


@pytest.mark.parametrize("seed", range(8))
def test_one_text_reads_the_same_alone_and_among_others(seed: int):
    # A paragraph's facts depend on nothing outside it.
    texts = random.Random(seed).sample(TEXTS, 100)
    alone = [(f.kind, f.text, f.value) for t in texts for f in nx.extract(t)]
    together = [(f.kind, f.text, f.value) for f in check("\n".join(texts))]
    assert together == alone


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_slices(data: st.DataObject):
    text = data.draw(st.sampled_from(TEXTS))
    a, b = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    check(text[a:b])


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
def test_shuffled_words(text: str, source: random.Random):
    words = text.split()
    source.shuffle(words)
    check(" ".join(words))


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.sampled_from(TEXTS), min_size=2, max_size=4), st.sampled_from(["", " ", ", ", "\n"])
)
def test_glued_texts(texts: list[str], glue: str):
    check(glue.join(texts))


@settings(deadline=None, max_examples=100)
@given(
    st.text(alphabet=st.sampled_from("0123456789/-.,–:()% \nsốnăyQĐđUBNDTtIVkmhaxãỷ"), max_size=120)
)
def test_noise(text: str):
    check(text)


# --- arbitration -------------------------------------------------------------------------------


def test_explain_tells_of_every_reading():
    text = "Theo Quyết định số 06, ngày 9/6/2017, có 262/286 xã đạt chuẩn trong 5 năm."
    verdicts = nx.explain(text)
    assert [v.fact for v in verdicts if v.won and v.is_fact] == list(nx.extract(text))
    lost = [v for v in verdicts if not v.won]
    assert {v.fact.text for v in lost} >= {"ngày 9/6/2017"}
    for verdict in lost:
        assert verdict.lost_to is not None
        assert verdict.lost_to.start < verdict.fact.end
        assert verdict.fact.start < verdict.lost_to.end
        assert verdict.why
    winner = next(v for v in verdicts if v.fact.kind == "document")
    assert [f.kind for f in winner.over if f.text == "ngày 9/6/2017"] == ["date"]
    assert winner.rule == "document.numbered"


def test_what_is_no_fact_keeps_its_place_and_is_not_shown():
    text = "Sau 5 năm thực hiện, xã có 12 hộ nghèo."
    hidden = [v for v in nx.explain(text) if v.won and not v.is_fact]
    assert hidden
    assert not [f for f in nx.extract(text) if "5" in f.text]


def _kind(name: str, rank: int, *spans: tuple[int, int], is_fact: bool = True) -> Kind:
    def read(reading: Reading) -> list[nx.Fact[str]]:
        return [reading.fact(name, a, b, "v", rule="r") for a, b in spans]

    return Kind(name, rank, read, is_fact)


SETTLED: list[tuple[list[Kind], list[tuple[str, int, int]]]] = [
    # rank, then length, then place
    ([_kind("a", 2, (0, 4)), _kind("b", 1, (3, 6))], [("b", 3, 6)]),
    ([_kind("a", 1, (0, 4), (2, 8))], [("a", 2, 8)]),
    ([_kind("a", 1, (0, 4), (2, 6))], [("a", 0, 4)]),
    ([_kind("a", 1, (0, 4), (4, 8))], [("a", 0, 4), ("a", 4, 8)]),
    # what lost keeps nobody else away
    (
        [_kind("a", 1, (0, 3)), _kind("b", 2, (2, 6)), _kind("c", 3, (5, 8))],
        [("a", 0, 3), ("c", 5, 8)],
    ),
    ([_kind("a", 1, (0, 9), is_fact=False), _kind("b", 2, (1, 3))], []),
    (
        [_kind("a", 2, (0, 9)), _kind("b", 1, (1, 2), (3, 4), (6, 7))],
        [("b", 1, 2), ("b", 3, 4), ("b", 6, 7)],
    ),
]


@pytest.mark.parametrize(("kinds", "want"), SETTLED)
def test_overlaps_settle(kinds: list[Kind], want: list[tuple[str, int, int]]):
    found = nx.extract("x" * 10, kinds=tuple(kinds))
    assert [(f.kind, f.start, f.end) for f in found] == want


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.tuples(st.integers(1, 3), st.integers(0, 40), st.integers(1, 9)), max_size=25),
)
def test_settling_is_greedy_by_rank_length_place(rows: list[tuple[int, int, int]]):
    spans = {r: [(a, a + n) for rank, a, n in rows if rank == r] for r in (1, 2, 3)}
    kinds = tuple(_kind(f"k{r}", r, *spans[r]) for r in (1, 2, 3))
    taken: list[tuple[str, int, int]] = []
    for rank, a, n in sorted(rows, key=lambda r: (r[0], -r[2], r[1])):
        if all(a + n <= s or e <= a for _, s, e in taken):
            taken.append((f"k{rank}", a, a + n))
    found = nx.extract("x" * 60, kinds=kinds)
    assert [(f.kind, f.start, f.end) for f in found] == sorted(taken, key=lambda t: t[1])
    assert all(isinstance(v, Verdict) for v in nx.explain("x" * 60, kinds=kinds))


def test_kinds_by_name_choose_among_all_that_is_read():
    text = "Có 262/286 xã đạt chuẩn, chi 1,2 tỷ đồng, 12 hộ trong 5 năm."
    every = nx.extract(text)
    assert nx.extract(text, kinds="ratio") == tuple(f for f in every if f.kind == "ratio")
    some = nx.extract(text, kinds=["money", "count"])
    assert some == tuple(f for f in every if f.kind in ("money", "count"))
    verdicts = nx.explain(text, kinds=("money",))
    assert {v.fact.kind for v in verdicts if v.is_fact} == {"money"}
    assert len(verdicts) == len(nx.explain(text))


# --- rules and their examples ------------------------------------------------------------------

# One text a rule, for the kinds whose files hold no examples themselves.
RULES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("ratio", "stroke", "có 262/286 xã đạt chuẩn", {"part": 262, "whole": 286, "unit": "xã"}),
    ("ratio", "words", "77 trong tổng số 108 xã", {"part": 77, "whole": 108, "unit": "xã"}),
    ("ratio", "unit of the sentence", "Tổ 1 có 12/12 hộ ký; tổ 2 có 17/18.", {"part": 17}),
    ("count", "noun", "có 192 mô hình", {"low": 192, "unit": "mô hình"}),
    ("count", "shared", "tăng từ 6.278 lên 7.737 chỗ", {"low": 6278, "unit": "chỗ"}),
    ("percent", "percent", "đạt 73,4%", {"low": Decimal("73.4"), "points": False}),
    ("percent", "shared", "tăng từ 10 lên 15%", {"low": 10}),
    ("money", "currency", "hơn 1,2 tỷ đồng", {"low": 1_200_000_000, "qualifier": "over"}),
    ("money", "shared", "phạt từ 200 lên 300 nghìn đồng", {"low": 200_000, "currency": "VND"}),
    ("measure", "unit", "rộng 12,5ha", {"low": Decimal("12.5"), "unit": "ha"}),
    ("measure", "shared", "tăng từ 20 lên 35 ha", {"low": 20, "unit": "ha"}),
    ("official", "title first", "Giám đốc Sở Y tế Lê Thị Lan", {"name": "Lê Thị Lan"}),
    (
        "official",
        "given name",
        "Bà Lê Thị Lan, Giám đốc Sở Y tế họp. Giám đốc Lan về.",
        {"name": "Lan"},
    ),
    ("official", "name first", "bà Lê Thị Lan, Giám đốc Sở Y tế", {"name": "Lê Thị Lan"}),
]

EXAMPLES = [*((k.name, *e) for k in nx.KINDS for e in k.examples), *RULES]


@pytest.mark.parametrize(("kind", "rule", "text", "value"), EXAMPLES)
def test_a_rule_reads_its_examples(kind: str, rule: str, text: str, value: dict[str, Any] | None):
    found = [f for f in nx.extract(text) if f.kind == kind]
    if value is None:
        assert not found
    else:
        read = [f.to_dict()["value"] for f in found if f.rule == rule]
        assert any(value.items() <= v.items() for v in read), found


def test_every_rule_has_an_example():
    seen = {(f.kind, f.rule) for text in TEXTS for f in nx.extract(text)}
    shown = {(kind, rule) for kind, rule, _, value in EXAMPLES if value is not None}
    assert sorted(seen - shown) == []


# --- time --------------------------------------------------------------------------------------

HOSTILE: dict[str, Callable[[int], str]] = {
    "figures": lambda n: "1" * n,
    "figures and dots": lambda n: "1." * (n // 2),
    "strokes": lambda n: "1/" * (n // 2),
    "types": lambda n: "Quyết định " * (n // 11),
    "types and numbers": lambda n: "Quyết định số 1/QĐ-A của UBND, " * (n // 31),
    "signs": lambda n: "1/QĐ-" + "UBND-" * (n // 5),
    "issuers": lambda n: "Quyết định 1 của " + "UBND tỉnh " * (n // 10),
    "dates": lambda n: "ngày 1, " * (n // 8),
    "names": lambda n: "Nguyễn Văn An Bình " * (n // 19),
    "titles": lambda n: "Phó Chủ tịch UBND tỉnh, " * (n // 24),
    "number words": lambda n: "hai trăm linh năm nghìn " * (n // 24),
    "units": lambda n: "1 xã và 2 phường, " * (n // 18),
    "brackets": lambda n: "(1" * (n // 2),
    "blanks": lambda n: "số" + " " * n + "1",
    "blanks after a document": lambda n: "Quyết định 1" + " " * n,
    "blanks after an issuer": lambda n: "Quyết định 1 của UBND" + " " * n + "x",
    "blanks after a day": lambda n: "ngày 1/2/2019" + " " * n + ",",
    "blanks after a year": lambda n: "năm 2019" + " " * n + "-",
    "blanks after a count": lambda n: "có 12" + " " * n + "xã",
    "blanks after a title": lambda n: "Giám đốc" + " " * n + "Lê Thị Lan",
    "capitals": lambda n: "A" * n,
    "one long word": lambda n: "a" * n,
    "percents": lambda n: "từ 1% đến " * (n // 10),
    "sentence ends": lambda n: "A.B.C. " * (n // 7),
}


def spent(text: str) -> float:
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        nx.extract(text)
        best = min(best, time.process_time() - started)
    return best


@pytest.mark.parametrize("family", HOSTILE)
def test_time_grows_with_length_not_faster(family: str):
    build = HOSTILE[family]
    small, large = 3_000, 24_000
    spent(build(small))
    growth = spent(build(large)) / max(spent(build(small)), 1e-4)
    # Eight times the text: linear is 8, quadratic 64.
    assert growth < 26, f"{growth:.0f} times the time for 8 times the text"


# --- the same everywhere -----------------------------------------------------------------------

PRINT = """
import json, sys, newsextract as nx
for line in sys.stdin.read().split("\\f"):
    for fact in nx.extract(line):
        print(json.dumps(fact.to_dict(), default=str, ensure_ascii=False))
    for verdict in nx.explain(line):
        print(verdict.fact.start, verdict.rule, verdict.won, verdict.why)
"""


def test_same_bytes_under_every_hash_seed():
    given_text = "\f".join(TEXTS[::4])
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PRINT],
            input=given_text.encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(outputs) == 1
    assert outputs.pop()
