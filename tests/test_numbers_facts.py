"""Ratios, counts, percents, money, measures: the tables of the kinds, and the example article."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from growth import seconds
from hypothesis import given, settings
from hypothesis import strategies as st

import newsextract as nx
from newsextract.counted import phrase_at
from newsextract.lexicon import Lexicon
from newsextract.nouns import sorts_of_nouns
from newsextract.vocabulary import vocabulary, whole_words
from newsextract.wording import value_text

NUMBERS = ("ratio", "percent", "money", "measure", "count")
EXAMPLE = Path(__file__).resolve().parents[2] / "shared" / "examples" / "thong-tu-23.txt"


def table(kind: str) -> list[tuple[str, str]]:
    """The rows of the table in the docstring of a kind's module."""
    doc = importlib.import_module(f"newsextract.facts.{kind}").__doc__ or ""
    rows = re.findall(r"^\| (.+) \| (.+) \|$", doc, re.MULTILINE)
    assert rows[0] == ("text", "value")
    return rows[1:]


@pytest.mark.parametrize(
    ("kind", "text", "value"), [(k, *row) for k in NUMBERS for row in table(k)]
)
def test_the_table_of_a_kind_is_true(kind: str, text: str, value: str):
    found = " · ".join(value_text(f.value) for f in nx.extract(text) if f.kind == kind)
    assert (found or "nothing") == value


@pytest.mark.parametrize("kind", NUMBERS)
def test_a_table_shows_what_is_read_and_what_is_not(kind: str):
    values = [value for _, value in table(kind)]
    assert "nothing" in values
    assert len(values) >= 7


PHRASES = {
    "đối tượng truy nã ra đầu thú": "đối tượng truy nã",
    "xã, phường, thị trấn trên địa bàn": "xã, phường, thị trấn",
    "xã đạt chuẩn": "xã",
    "cán bộ, chiến sĩ tham gia": "cán bộ, chiến sĩ",
    "lượt khách quốc tế đến": "lượt khách quốc tế",
    "tỉnh xây dựng kế hoạch": "tỉnh",
    "cuộc kiểm tra tại cơ sở": "cuộc kiểm tra",
    "huyện Đồng Xuân và Tuy An": "huyện",
    "học sinh giỏi, em Lan đạt giải": "học sinh giỏi",
    "hộ ông Bình": "hộ",
    "căn nhà, thu giữ": "căn nhà",
    "cụ thể": None,
    "giải quyết": None,
    "khóa XII": None,
    "bình quân": None,
    "đã họp": None,
    "": None,
}


@pytest.mark.parametrize("text", PHRASES)
def test_the_counted_phrase_ends_before_verbs_and_names(text: str):
    found = phrase_at(f"9 {text}", 1)
    assert (found and found[0]) == PHRASES[text]
    if found:
        assert f"9 {text}"[: found[1]].endswith(found[0])


@pytest.mark.parametrize(
    "name", ["nouns", "units", "currencies", "labels", "numerals", "modifiers"]
)
def test_a_vocabulary_says_nothing_twice_in_a_section(name: str):
    for section, words in vocabulary(name).items():
        twice = sorted({w for w in words if words.count(w) > 1})
        assert twice == [], section


_MEASURED = {"khối", "khối bê tông", "khối đá", "chỉ vàng", "mẫu đất", "cây số đường"}
"""Nouns that a unit opens: behind a number they are measured, elsewhere they may be counted."""


def test_every_noun_is_counted_whole():
    """Also those that begin like a unit, a currency or a time, or hold a number themselves."""
    wrong = {}
    for noun in sorts_of_nouns().keys() - _MEASURED - {"đồng tiền"}:
        found = [(f.kind, f.value) for f in nx.extract(f"Toàn tỉnh có 25 {noun}.")]
        if found != [("count", nx.Count(25, 25, noun))]:
            wrong[noun] = found
    assert wrong == {}


def test_a_noun_is_of_one_sort_and_no_false_noun():
    words = vocabulary("nouns")
    sorts = [s for s in words if s not in ("billions", "masses", "surfaces", "former", "streets")]
    found: dict[str, list[str]] = {}
    for sort in sorts:
        for word in {w.lower() for w in words[sort]}:
            found.setdefault(word, []).append(sort)
    assert {w: of for w, of in found.items() if len(of) > 1} == {}


WORDS = ("hộ", "hộ nghèo", "xã, phường", "cán bộ", "cán bộ xã", "f0", "băng-rôn")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hộ", ("hộ", 2)),
        ("Hộ  nghèo ở", ("hộ nghèo", 9)),
        ("hộ\xa0nghèo", ("hộ nghèo", 8)),
        ("hộ\nnghèo", ("hộ", 2)),
        ("hộ nghèođói", ("hộ", 2)),
        ("XÃ, PHƯỜNG.", ("xã, phường", 10)),
        ("cán bộ xã.", ("cán bộ xã", 9)),
        ("F0 mới", ("f0", 2)),
        ("băng-rôn", ("băng-rôn", 8)),
        ("hội", None),
        ("cán", None),
        ("İhộ", None),
        ("", None),
    ],
)
def test_a_lexicon_finds_the_longest_whole_word(text: str, found: tuple[str, int] | None):
    assert Lexicon(WORDS, folded=True).at(text, 0) == found
    pattern = re.compile(whole_words(WORDS), re.IGNORECASE).match(text)
    assert (pattern and pattern.end()) == (found and found[1])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cán bộ xã.", ("cán bộ xã", 9)),
        ("cán  bộ\xa0xã", ("cán bộ xã", 10)),
        ("cán bộ và", ("cán bộ", 6)),
        ("cán bộ xãy", None),  # "cán bộ xã" ends inside a word
        ("hộ nghèođói", ("hộ", 2)),
    ],
)
def test_a_lexicon_of_the_longest_words_finds_no_shorter(text: str, found: tuple[str, int] | None):
    assert Lexicon(WORDS, folded=False, longest=True).at(text, 0) == found


@settings(max_examples=60, deadline=None)
@given(st.text("hộnghèo xã,\n\xa0", max_size=24), st.integers(0, 8))
def test_a_lexicon_finds_what_a_pattern_of_its_words_finds(text: str, at: int):
    found = Lexicon(WORDS, folded=False).at(text, at)
    pattern = re.compile(whole_words(WORDS)).match(text, at)
    assert (found and found[1]) == (pattern and pattern.end())


HOSTILE = [
    "5 triệu, ",
    "1 xã, phường, ",
    "1/2 xã; có 1/1; ",
    "từ 5 lên 6, ",
    "5% - ",
    "1 trong 2, ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_length(piece: str):
    def spent(size: int) -> float:
        text = piece * (size // len(piece))
        return seconds(lambda: nx.extract(text))

    spent(500)
    # Eight times the text: linear is 8, quadratic 64.
    assert spent(32_000) < max(spent(4_000), 0.002) * 26


@pytest.mark.skipif(not EXAMPLE.exists(), reason="the shared example is not beside the project")
def test_the_example_article():
    article = nx.parse(EXAMPLE.read_text("utf-8"))
    read = [(f.kind, value_text(f.value)) for f in nx.extract(article) if f.kind in NUMBERS]
    assert [v for k, v in read if k == "ratio"] == [
        "262 of 286 xã, phường thị trấn",
        "1,995 of 2,017 thôn, tổ dân phố",
        "1,093 of 1,187 cơ quan doanh nghiệp",
        "898 of 926 nhà trường",
    ]
    counts = [v for k, v in read if k == "count"]
    starts = [
        "192 mô hình câu lạc bộ",
        "1,420 tổ tự quản",
        "390 mô hình khu dân cư",
        "17 mô hình cụm ráp ranh",
        "order of 1,000 nguồn tin",
        "order of 100 ổ nhóm",
        "just under 300 đối tượng truy nã",
        "> 1,000 đối tượng",
    ]
    assert len(counts) == len(starts)
    assert all(c.startswith(s) for c, s in zip(counts, starts, strict=True))
    assert [v for k, v in read if k in ("percent", "money", "measure")] == ["100%"]
