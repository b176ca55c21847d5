from __future__ import annotations

import json
import logging
import pickle
import random
import subprocess
import sys
import time
import unicodedata
import warnings
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsextract import text as module
from newsextract.crf import read_weights
from newsextract.kept import Kept
from newsextract.model import Article, Span
from newsextract.sentence import sentence_spans
from newsextract.text import sentences, word_spans, word_tokens, words
from newsextract.ties import Settler
from newsextract.tokens import Tokenizer

CORPUS = Path(__file__).resolve().parents[1] / "fixtures" / "sentences.jsonl"
TEXTS = [
    json.loads(line)["marked"].replace("¦", "") for line in CORPUS.read_text("utf-8").splitlines()
]
SENTENCES = [t[a:b] for t in TEXTS for a, b in sentence_spans(t)]


@pytest.fixture(scope="module")
def reference():
    """underthesea.word_tokenize itself, imported so that it leaves the root logger alone."""
    guard = logging.NullHandler()
    logging.getLogger().addHandler(guard)
    from underthesea import word_tokenize

    logging.getLogger().removeHandler(guard)
    return word_tokenize


def printed(text: str) -> list[str]:
    return [text[a:b] for a, b in words(text)]


def check(text: str, reference) -> None:
    assert list(word_tokens(text)) == reference(text), repr(text)
    spans = words(text)
    assert len(spans) == len(word_tokens(text))
    at = 0
    for span in spans:
        assert at <= span.start < span.end
        assert not text[at : span.start].strip()
        at = span.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    ("text", "spans", "tokens"),
    [
        ("", "", ""),
        (" \n", "", ""),
        ("tỉnh Hoà Bình", "tỉnh|Hoà Bình", "tỉnh|Hòa Bình"),
        ("Ở Qui Nhơn", "Ở|Qui Nhơn", "Ở|Quy Nhơn"),
        ("Ðội ngũ bác sĩ", "Ðội ngũ|bác sĩ", "Đội ngũ|bác sĩ"),
        ("phát  triển", "phát  triển", "phát triển"),
        ("có 262/286 xã.", "có|262|/|286|xã|.", "có|262|/|286|xã|."),
        ("TP. Thái Bình", "TP.|Thái Bình", "TP.|Thái Bình"),
    ],
)
def test_spans_stand_on_what_is_printed(text: str, spans: str, tokens: str):
    assert printed(text) == (spans.split("|") if spans else [])
    assert list(word_tokens(text)) == (tokens.split("|") if tokens else [])


def test_words_are_spans():
    assert words("tỉnh Hoà Bình") == (Span(0, 4), Span(5, 13))
    assert type(words("a")[0]) is Span


@pytest.mark.parametrize("read", [words, sentences, word_tokens])
@pytest.mark.parametrize("given", [None, b"", b"x", [], {}, 3, Article("x", ())], ids=repr)
def test_what_is_no_text_is_named(read, given):
    own = "; an Article has" if isinstance(given, Article) else "$"
    with pytest.raises(TypeError, match=rf"give a text as str, not \w+{own}"):
        read(given)


def test_decomposed_letters_keep_their_characters():
    for text in SENTENCES:
        spread = unicodedata.normalize("NFD", text)
        spelled = [unicodedata.normalize("NFC", w) for w in printed(spread)]
        assert spelled == printed(unicodedata.normalize("NFC", text))
        assert word_tokens(spread) == word_tokens(text)


def test_no_word_of_an_article_crosses_a_block():
    blocks = ["Hội nghị tổng kết công tác Công", "an tỉnh Hoà", "Bình", "", "Toàn văn."]
    article = Article.assemble([("paragraph", text, "") for text in blocks if text])
    wanted = [
        Span(b.start + a, b.start + z)
        for b in article.blocks
        for a, z in words(article.text[b.start : b.end])
    ]
    assert list(article.words) == wanted
    assert article.text.index("an tỉnh") in {a for a, _ in wanted}
    assert article.sentences == sentences(article.text)


def test_a_line_break_in_a_text_is_a_blank_as_it_is_for_underthesea(reference):
    text = "tổng kết công tác Công\nan tỉnh Hoà\nBình"
    assert list(word_tokens(text)) == reference(text)
    assert "Công\nan" in printed(text)
    assert "Công\nan" not in {text[a:b] for a, b in lines_apart(text)}


def lines_apart(text: str) -> tuple[Span, ...]:
    ends = [i for i, char in enumerate(text) if char == "\n"] + [len(text)]
    return word_spans(text, zip([0, *(e + 1 for e in ends[:-1])], ends, strict=True))


def test_parts_are_read_as_if_each_stood_alone():
    text = "\n".join(["", *SENTENCES[:40], "", "Một", "", ""])
    alone = []
    at = 0
    for line in text.split("\n"):
        alone += [Span(at + a, at + b) for a, b in words(line)]
        at += len(line) + 1
    assert list(lines_apart(text)) == alone
    assert word_spans("", []) == word_spans(text, []) == ()


def varied(count: int) -> list[str]:
    """The fixtures, their slices, their words in new orders and cases, and letters changed."""
    draw = random.Random(5)  # the same texts on every run
    made = dict.fromkeys([*SENTENCES, *TEXTS])
    while len(made) < count:
        made[variant(draw.choice(SENTENCES), draw)] = None
    return list(made)


def variant(base: str, draw: random.Random) -> str:
    parts = base.split()
    a, b = sorted(draw.sample(range(len(base) + 1), 2))
    ways = [
        lambda: base[a:b],
        lambda: " ".join(draw.sample(parts, len(parts))),
        lambda: f"{base} {draw.choice(SENTENCES)}\n",
        lambda: draw.choice([base.upper(), base.title(), base.lower(), base.swapcase()]),
        lambda: "".join(draw.sample(base, len(base))),
        lambda: unicodedata.normalize("NFD", base),
        lambda: base[:a] + draw.choice(".,-/@:()'’+_%&😀ªΣßŉ\u0301\u200b\xa0\n") + base[a:],
    ]
    return draw.choice(ways)()


def test_5000_sentences_are_cut_as_underthesea_cuts_them(reference):
    for text in varied(5_500):
        check(text, reference)


LETTERS = "aăâđeêioôơuưyàáảãạ ắằẵđĐỄỘợnghtckmsTPQABDS"
SIGNS = " \n\t.,;:!?…()[]\"“”'’-–/&@+_%°=<>#$D0123456789xv"


@settings(deadline=None, max_examples=400)
@given(st.text(st.sampled_from(LETTERS + SIGNS), max_size=60))
def test_any_vietnamese_text_is_cut_as_underthesea_cuts_it(reference, text: str):
    check(text, reference)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from([w for s in SENTENCES for w in s.split()]), max_size=12))
def test_any_words_in_any_order_are_cut_as_underthesea_cuts_them(reference, parts: list[str]):
    check(" ".join(parts), reference)


@pytest.mark.parametrize(
    "text",
    [
        # A stop after capitals is one token with them, but not at the end or before a last newline.
        "UBND.", "UBND.\n", "UBND. ", "UBND.\n\n", "UBND. \n", "Đ.", "Ð.\n", "A.B.", "NXB.)",
        "cười :D", "cười :D\n", ":D:D", "x :DD ", "Đạo diễn :Dương",
        # The dot of Th.S is any character there, a blank too.
        "ông Th sống", "ThS. Th S Th\xa0S Th\nS Th\tsx (Th s", "Th sTh s. xTh s 5Th s",
        "Th  s", "Th s\u0323", "Th s xã A.",
        "This Thus Thêsx", "Thxs", "e-mail", "v.v...", "3x4", "43H-0530", "N’Thôn", "H&M",
        "http://bao.vn/a(b)c.", "ftp:x1", "bao.vn/tin", "a.b@c.vn.", "@bao.vn", "www.bao.com.vn,",
        "EOS BOS", "EOS", "BOS.", "+5 -5 2147483647 2147483648 00000000005 9" + "0" * 40,
        "½ ٣ ²", "ΑΣ ΑΣΑ", "İstanbul ß ŉ ǅ ª", "a\u0301\u0323 x\u030c", "각 가\u11a8",
        "\u0958 x", "\u0301a", "ﬁ ﷺ", "a\u200bb", "a\x1cb\x85c\u2028d", "♥‿♥ <3 =)) :)))",
    ],
)  # fmt: skip
def test_odd_texts_are_cut_as_underthesea_cuts_them(reference, text: str):
    assert list(word_tokens(text)) == reference(text)
    assert len(words(text)) == len(reference(text))


@pytest.mark.parametrize(
    "text",
    [
        # Two ways to cut weigh the same; the order in which underthesea sums decides.
        "[\u205e\u0241\u204b\u202dB\u1e55\x93\u1e06.Ye!4\n:=\u11a8hgvg\u0139\u1eea",
        "Difficile Pertinerent Expressas Mundus Sensus Natus Vivendi Semel.",
        "VENIAM DOLORE QUIS SINT SEQUI HARUM BEATAE QUAS PERSPICIATIS DOLORIBUS, DUCIMUS.",
        "kê“’ΣΣκ$\xa0Ễ(각kS9\x1cΣ0ɤ9ãﬁ]?Đκ\t漢=Qá",
        "\u200b\u202fӤɱḾậ⁄\\ṄṛɻŻ‧Z⁖[ởễk%Ṷ‰ʢữyẴOAǱDởỒởỈ‶ϭuḶ+=ḭ",
        # Letters that got a capital in a Unicode newer than this Python's.
        "<\u019b\u1e14@'",
        "4 \u0264 $ \u019bx 5 \u0264?",
        # The dictionary has a word and a blank.
        "8go\u019b$😀k",
    ],
)
def test_ties_are_settled_as_underthesea_settles_them(reference, text: str):
    for variant in (text, f"{text} {text}", f"Sáng nay, {text}", text * 20):
        check(variant, reference)


def test_only_ties_ask_for_the_slow_sums(reference, monkeypatch):
    asked = []
    settle = Settler.goes_on

    def counted(self: Settler, tokens: Sequence[str]) -> bytes:
        asked.append(tokens)
        return settle(self, tokens)

    monkeypatch.setattr(Settler, "goes_on", counted)
    for text in SENTENCES:
        words(text)
    assert asked == []
    texts = ["Tổng", "Difficile Pertinerent Expressas Mundus Sensus Natus Vivendi Semel.", "kết"]
    lines_apart("\n".join(texts))
    assert ["".join(tokens) for tokens in asked] == [texts[1].replace(" ", "")]


def test_the_slow_sums_give_the_same_labels_everywhere():
    root = Path(module.find_spec("underthesea").submodule_search_locations[0])  # type: ignore[union-attr,index]
    weights = read_weights((root / module._MODEL / "models.bin").read_bytes())
    templates, dictionary = (
        pickle.loads((root / module._MODEL / f"{name}.bin").read_bytes())
        for name in ("features", "dictionary")
    )
    settler = Settler(weights, templates, dictionary)
    for text in SENTENCES[:60]:
        found = module._chosen()(text, [(0, len(text))])
        assert settler.goes_on(list(found.tokens))[1:] == found.goes_on[1:]


def test_a_long_text_is_read_in_windows_without_a_seam(reference):
    text = " ".join(SENTENCES * 3)
    assert len(word_tokens(text)) > 2_000
    check(text, reference)


def test_two_tokens_of_one_letter_both_stand_on_it():
    assert words("\u0344&") == (Span(0, 1), Span(0, 1), Span(1, 2))
    assert word_tokens("\u0344&") == ("\u0308", "\u0301", "&")


SHARED = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "gov_articles.jsonl.gz"


@pytest.mark.skipif(not SHARED.exists(), reason="no corpus of real articles beside the project")
def test_real_articles_are_cut_as_underthesea_cuts_them(reference):
    import gzip
    from itertools import islice

    with gzip.open(SHARED, "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, 600, 20):
            check(json.loads(line)["text"], reference)


@pytest.mark.parametrize(
    "unit", ["http://" + "!" * 40, "a.", "(", "http://a(", "a-", "1.", "a\u0301\u0316", "A.", "@a."]
)
def test_hostile_text_is_read_in_linear_time(unit: str):
    def best(size: int) -> float:
        text = unit * (size // len(unit))
        times = []
        for _ in range(2):
            began = time.process_time()
            words(text)
            times.append(time.process_time() - began)
        return min(times)

    # Eight times the text: quadratic work would take 64 times as long.
    assert best(16_000) < 30 * best(2_000) + 0.02


def test_what_is_kept_is_bounded():
    reader = Tokenizer({}, {}, str, limit=10)
    for i in range(100):
        reader.cut(f"xã{i} {'x' * 41}{i}")
    assert len(reader._kept) == 10


def test_what_is_asked_for_again_is_kept():
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    kept = Kept(make, 3)
    for key in "abcxdxexfxgx":
        assert kept.one(key) == key.upper()
    assert made.count("x") == 1
    assert kept.each(["x", "a", "a"]) == ["X", "A", "A"]
    assert made.count("a") == 2
    assert len(kept) <= 6


def fresh(monkeypatch: pytest.MonkeyPatch):
    module._chosen.cache_clear()
    monkeypatch.setattr(module, "_chosen", module.cache(module._chosen.__wrapped__))


@pytest.mark.parametrize("broken", ["data", "code", "answers"])
def test_on_doubt_underthesea_itself_is_used_and_says_so_once(monkeypatch, broken: str):
    expected = {t: (words(t), word_tokens(t)) for t in [*SENTENCES[:60], "Hoà  bình\n"]}
    if broken == "data":
        monkeypatch.setattr(module, "_DATA", dict.fromkeys(module._DATA, "0" * 64))
    if broken == "answers":
        monkeypatch.setattr(module, "_PROBES", dict.fromkeys(module._PROBES, "khác"))
    if broken == "code":
        monkeypatch.setattr(module, "_CODE", dict.fromkeys(module._CODE, "0" * 64))
    fresh(monkeypatch)
    handlers = list(logging.getLogger().handlers)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for text, (spans, tokens) in expected.items():
            assert words(text) == spans
            assert word_tokens(text) == tokens
            spread = unicodedata.normalize("NFD", text)
            assert len(words(spread)) == len(spans)
    said = [w for w in caught if "underthesea" in str(w.message)]
    # Unknown code with a known model is asked for its answers; they agree, so nothing is said.
    assert len(said) == (0 if broken == "code" else 1)
    assert logging.getLogger().handlers == handlers


def test_fixed_words_given_to_underthesea_elsewhere_do_not_reach_us(reference, monkeypatch):
    import importlib

    grammar = importlib.import_module("underthesea.pipeline.word_tokenize.regex_tokenize")
    before = grammar.patterns
    text = "Viện Nghiên cứu lúa có 12 cán bộ"
    expected = words(text)
    try:
        reference("x", fixed_words=["Nghiên cứu lúa có"])
        assert grammar.patterns is not before
        assert words(text) == expected
        parts = [(0, len(text))]
        places = module._theirs()(text, parts).places
        assert list(places) == list(module._chosen()(text, parts).places)
    finally:
        grammar.patterns = before


def test_words_load_neither_underthesea_nor_handlers():
    code = (
        "import sys, logging, newsextract as n; n.words('Hoà bình'); n.sentences('a');"
        "print([m for m in ('underthesea', 'joblib', 'requests') if m in sys.modules],"
        " logging.getLogger().handlers)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] []"
    assert done.stderr == ""
