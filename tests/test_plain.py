"""Plain-text dumps: what is the article and what is not, from text alone."""

from __future__ import annotations

import json
import re
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsextract as nx
from newsextract.dump import read_lines
from newsextract.plain import read_plain

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
CASES = sorted([*FIXTURES.glob("plain/*.txt"), *FIXTURES.glob("not_articles/*.txt")])
SHARED = Path(__file__).resolve().parents[2] / "shared" / "examples" / "thong-tu-23.txt"


def captions(article: nx.Article) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.role == "caption"]


@pytest.mark.parametrize("source", CASES, ids=lambda p: p.stem)
def test_dumps(source: Path):
    told = FIXTURES / "expected" / source.parent.name / f"{source.stem}.json"
    expected = json.loads(told.read_text("utf-8"))
    if "error" in expected:
        with pytest.raises(nx.PageError) as caught:
            nx.parse(source)
        assert caught.value.reason == expected["error"]
        assert caught.value.source == str(source)
        return
    article = nx.parse(source)
    assert article.title == expected["title"]
    assert article.author == expected["author"]
    assert (article.published and article.published.isoformat()) == expected["published"]
    assert article.lead == expected.get("lead")
    assert captions(article) == expected["captions"]
    assert len(article.paragraphs) == len(expected["paragraphs"])
    openings = [
        p[: len(o)] for p, o in zip(article.paragraphs, expected["paragraphs"], strict=True)
    ]
    assert openings == expected["paragraphs"]
    assert [words for words in expected["must_not"] if words in article.text] == []


def test_there_are_dumps_of_many_shapes():
    assert len(CASES) >= 12


@pytest.mark.skipif(not SHARED.exists(), reason="the shared examples are not beside the project")
def test_the_reference_dump():
    expected = json.loads(SHARED.with_suffix(".expected.json").read_text("utf-8"))
    article = nx.parse(SHARED)
    assert article.title == expected["title"]
    assert article.author == expected["author"]
    assert captions(article) == expected["captions"]
    assert len(article.paragraphs) == expected["paragraphs"]
    assert article.paragraphs[-1].startswith(expected["last_paragraph_starts"])
    assert [w for w in expected["must_not_be_in_text"] if w in article.text] == []


PARAGRAPH = (
    "Sáng 5/3, đoàn công tác của tỉnh đã kiểm tra tiến độ xây dựng tại 14 xã, "
    "trong đó có 9 xã về đích trước hẹn."
)


def test_every_shape_of_list_below_is_cut():
    for opener in ("Tin liên quan", "TIN ĐÃ ĐƯA", "Các tin khác:", "Cùng chuyên mục", "Đọc thêm"):
        for mark in ("- ", "* ", "• ", "", ">> "):
            listed = f"{opener}\n{mark}Khởi công cầu mới\n{mark}Bàn giao 27 căn nhà\n"
            article = read_plain(
                f"Kiểm tra tiến độ tại 14 xã\n{PARAGRAPH}\n{PARAGRAPH[:-1]} nữa.\n{listed}"
            )
            assert "27 căn" not in article.text, (opener, mark)
            assert len(article.paragraphs) == 2, (opener, mark)


def test_dated_links_are_cut_without_a_heading():
    dates = ("12/03/2019", "(12/03/2019)", "12.03.2019 | 20:23 PM", "[12-03-2019 08:15]")
    for date in dates:
        links = f"Khai mạc hội chợ xuân {date}\nBàn giao 27 căn nhà mới {date}\n"
        article = read_plain(f"Kiểm tra tiến độ tại 14 xã\n{PARAGRAPH}\n{links}")
        assert article.paragraphs == (PARAGRAPH,), date


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Nguyễn Tùng", "Nguyễn Tùng"),
        ("NGUYỄN TÙNG", "NGUYỄN TÙNG"),
        ("PV", "PV"),
        ("P.Y", "P.Y"),
        ("Tin, ảnh: Thu Hà", "Thu Hà"),
        ("Mạnh Cường - Trịnh Cường", "Mạnh Cường - Trịnh Cường"),
        ("(Theo TTXVN)", None),
        ("Nguồn: Cổng thông tin điện tử tỉnh", None),
        ("TIN TỨC - SỰ KIỆN", None),
        ("MỚI", None),
        ("Quay lại", None),
    ],
)
def test_bylines(line: str, author: str | None):
    article = read_plain(
        f"Kiểm tra tiến độ tại 14 xã\n{PARAGRAPH}\n{line}\nTin liên quan\n- Mở hội\n"
    )
    assert article.author == author
    assert article.paragraphs == (PARAGRAPH,)


def test_block_paths_are_line_numbers():
    article = read_plain(f"Kiểm tra tiến độ tại 14 xã\n\n{PARAGRAPH}\n")
    assert [b.path for b in article.blocks] == ["line 1", "line 3"]


def test_a_single_sentence_is_a_paragraph():
    assert read_plain("Tỉnh có 262/286 xã đạt chuẩn.").paragraphs == (
        "Tỉnh có 262/286 xã đạt chuẩn.",
    )
    assert read_plain("262/286 xã").paragraphs == ("262/286 xã",)


def test_repeated_lines_are_left_out():
    notice = "Cổng của chúng tôi phục vụ bạn đọc từ năm 1997, kính mời bạn đọc góp ý."
    text = f"Kiểm tra tiến độ tại 14 xã\n{PARAGRAPH}\n{notice}\n"
    kept = read_plain(text)
    assert len(kept.paragraphs) == 2
    assert len(read_plain(text, repeated={notice}).paragraphs) == 1


def test_a_title_that_other_pages_list_stays():
    title = "Kiểm tra tiến độ xây dựng tại 14 xã"
    menu, date = "Lịch tiếp công dân", "12/03/2019 08:15"
    text = f"Trang chủ\n{menu}\n{title}\n{date}\n{PARAGRAPH}\n{menu}\n"
    article = read_plain(text, repeated={title, date, menu})
    assert article.title == title
    assert article.published is not None
    assert menu not in article.text


def test_wrapped_lines_keep_their_words():
    rows = [PARAGRAPH * 6]
    words = rows[0].split()
    wrapped, line = [], ""
    for word in words:
        if len(line) + len(word) > 70:
            wrapped.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    wrapped.append(line)
    assert [x.text for x in read_lines("\n".join(wrapped))] == [" ".join(words)]


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet=st.sampled_from("aĐê.- \n\t|:0123[]()*>#&;Tin"), max_size=400))
def test_any_text_gives_an_article_or_a_typed_error(text: str):
    try:
        article = read_plain(text)
    except nx.PageError:
        return
    assert article.text.strip()
    for block in article.blocks:
        assert article.text[block.start : block.end].strip()


LINES = sorted({x for p in CASES for x in p.read_text("utf-8").splitlines()})


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_lines_in_any_order_give_an_article_or_a_typed_error(lines: list[str]):
    try:
        article = read_plain("\n".join(lines))
    except nx.PageError:
        return
    assert article.text.strip()
    assert set(re.findall(r"\w+", article.text)) <= set(re.findall(r"\w+", "\n".join(lines)))


def grows(make, small: int = 4000) -> float:
    def spent(n: int) -> float:
        text = make(n)
        best = 9e9
        for _ in range(3):
            start = time.perf_counter()
            with suppress(nx.PageError):
                read_plain(text)
            best = min(best, time.perf_counter() - start)
        return best

    return spent(small * 8) / max(spent(small), 1e-4)


@pytest.mark.parametrize(
    "piece",
    [
        "-",
        "[a](",
        "![",
        "**",
        "12/03/2019 ",
        "Ảnh: ",
        "A ",
        "Tin mới\n",
        "a.\n",
        "1\t",
        "&lt;",
        "> ",
        "\n",
    ],
)
def test_time_grows_with_the_text(piece: str):
    assert grows(lambda n: piece * n) < 40
