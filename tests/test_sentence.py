from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsextract.model import Span
from newsextract.sentence import sentence_spans

CORPUS = Path(__file__).resolve().parents[1] / "fixtures" / "sentences.jsonl"
ROWS = [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["about"])
def test_the_corpus_is_cut_where_it_is_marked(row: dict[str, str]):
    parts = row["marked"].split("¦")
    assert cut("".join(parts)) == [part.strip() for part in parts]


def test_the_corpus_as_one_text_is_cut_alike():
    marked = "\n¦".join(row["marked"] for row in ROWS)
    wanted = [part.strip() for part in marked.split("¦")]
    assert len(wanted) >= 150
    assert cut(marked.replace("¦", "")) == wanted


@pytest.mark.parametrize(
    "whole",
    [
        "Ông N.T.H. cho biết",
        "TP. Thái Bình, TX. Sơn Tây, H. Vũ Thư",
        "Xã có 1.995/2.017 hộ",
        "“Ai làm?” ông hỏi",
        "lúa, ngô, v.v. của xã",
        "Xem báo tại VnExpress.Net hôm nay",
        "Điều 5. Hiệu lực thi hành",
        "2.1. Kết quả",
        "và [...] Sở Y tế",
        "Giá trị 3.500.000 đồng",
    ],
)
def test_what_does_not_end_a_sentence(whole: str):
    assert cut(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []),
        (" \n\t ", []),
        (".", ["."]),
        ("A\r\nB", ["A", "B"]),
        ("Một. Hai", ["Một.", "Hai"]),
        ("Ăn no. Sau đó ngủ.", ["Ăn no.", "Sau đó ngủ."]),
        ('xong."Tôi nói".', ["xong.", '"Tôi nói".']),
        ('Ông nói: "Xong."Tôi về', ['Ông nói: "Xong."', "Tôi về"]),
        ("Đã về nhà. tôi ngủ.", ["Đã về nhà.", "tôi ngủ."]),
        ("Ở tp. hồ, xem tr. năm, v.v. của xã.", ["Ở tp. hồ, xem tr. năm, v.v. của xã."]),
        ("Hết 5ha. hai vụ.", ["Hết 5ha. hai vụ."]),
        ("Gửi a@bao.vn.Trân trọng", ["Gửi a@bao.vn.", "Trân trọng"]),
        ("Gửi a.B@bao.Vn và b@ubnd.Tinh", ["Gửi a.B@bao.Vn và b@ubnd.Tinh"]),
        ("Đã cháy.Q.HƯNG", ["Đã cháy.", "Q.HƯNG"]),
        ("phường.Q.Hưng", ["phường.Q.Hưng"]),
    ],
)
def test_small_texts(text: str, wanted: list[str]):
    assert cut(text) == wanted


@settings(deadline=None, max_examples=300)
@given(st.text(st.sampled_from('aAđĐ1Ông. …?!”“"()\n -,T:P')))
def test_spans_are_in_order_and_hold_all_that_is_printed(text: str):
    spans = sentence_spans(text)
    at = 0
    for span in spans:
        assert isinstance(span, Span)
        assert not text[at : span.start].strip()
        piece = text[span.start : span.end]
        assert piece
        assert piece == piece.strip()
        assert "\n" not in piece
        at = span.end
    assert not text[at:].strip()


@settings(deadline=None, max_examples=100)
@given(st.text(st.sampled_from("aAĐ1. …?!”\n")), st.text(st.sampled_from("aAĐ1. …?!”\n")))
def test_a_line_is_cut_alike_wherever_it_stands(one: str, other: str):
    assert cut(f"{one}\n\n{other}") == cut(one) + cut(other)


@pytest.mark.parametrize(
    "unit",
    [
        ".",
        "a.A",
        "((.",
        "1. ",
        " \n x ",
        'a."A ',
        "T. ",
        ". )",
        ".)a",
        "“Đ.",
        "v.v. ",
        "aa. a",
        "a.Đ.ĐĐ",
        "a@vn.A",
    ],
)
def test_time_grows_with_length_only(unit: str):
    def best(repeats: int) -> float:
        text = unit * repeats + "a"
        times = []
        for _ in range(3):
            began = time.process_time()
            sentence_spans(text)
            times.append(time.process_time() - began)
        return min(times)

    # Eight times the text: quadratic work would take 64 times as long.
    assert best(16_000) < 30 * best(2_000) + 0.01
