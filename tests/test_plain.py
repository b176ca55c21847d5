"""Plain-text dumps: what is the article and what is not, from text alone."""

from __future__ import annotations

import datetime as dt
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
    assert len(CASES) >= 17


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
        ("[Nguyễn Tùng](https://bao.example/tac-gia/7)", "Nguyễn Tùng"),
        ("[Thời sự](https://bao.example/thoi-su)", None),
    ],
)
def test_bylines(line: str, author: str | None):
    article = read_plain(
        f"Kiểm tra tiến độ tại 14 xã\n{PARAGRAPH}\n{line}\nTin liên quan\n- Mở hội\n"
    )
    assert article.author == author
    assert article.paragraphs == (PARAGRAPH,)


@pytest.mark.parametrize(
    ("line", "published", "author"),
    [
        ("Kinh tế04/09/2024 06:58", "2024-09-04T06:58", None),
        ("XÃ HỘI\t\tNgày cập nhật: 03/10/2008", "2008-10-03T00:00", None),
        ("Các quy định chung của ngành\t\t(05.08.2019 16:32)", "2019-08-05T16:32", None),
        ("Du lịchThứ 2, 27/04/2020 | 10:41 [GMT +7]   A A", "2020-04-27T10:41", None),
        ("Lò Hặc15:30 - 05/10/20201.024 lượt xem", "2020-10-05T15:30", "Lò Hặc"),
        ("Thu Thủy Đăng: 27/06/2021, 09:22", "2021-06-27T09:22", "Thu Thủy"),
        ("Hà Vi (báo Lao động) 07/07/2019 | 11:00", "2019-07-07T11:00", "Hà Vi"),
        ("Posted on 23/09/2021 by admin Leave a comment", "2021-09-23T00:00", None),
        ("Chuyên mục: Kinh tếThứ tư, 10/03/2021Lượt xem: 118", "2021-03-10T00:00", None),
        ("Xã hội | Cập nhật thứ hai, ngày 24/12/12 11:05 tối", "2012-12-24T23:05", None),
        ("THU HÀ Chủ nhật, 15/08/2021 - 05:30 (Cập nhật lúc 21:14)", "2021-08-15T05:30", "THU HÀ"),
        ("Thu Hoài 15/08/2021 12:02", "2021-08-15T12:02", "Thu Hoài"),
        ("Thu Hoài, Theo Lao động 10:55 15/08/2021", "2021-08-15T10:55", "Thu Hoài"),
        ("Được gửi bởi bientap vào T5, 04/27/2017 - 14:52", "2017-04-27T14:52", None),
        ("Tháng 3 21, 2021 bởi admin", "2021-03-21T00:00", None),
        ("15/08/2021 20:15 +07:00 Theo dõi Đài Phú Tân trên Google News", "2021-08-15T20:15", None),
        ("15/08/2021 05:10 GMT+7Cập nhật: 16/08/2021 09:44", "2021-08-15T05:10", None),
        ("Hội nghị ngày 15/08/2021", None, None),
        ("Bản tin lúc 11h30 ngày 15/08/2021", None, None),
        ("Theo kế hoạch ngày 05/03/2019 của huyện, lúa đã gặt xong", None, None),
        ("Sẽ hoàn thành trước ngày 30/6/2019", None, None),
    ],
)
def test_date_lines(line: str, published: str | None, author: str | None):
    article = read_plain(f"Kiểm tra tiến độ tại 14 xã\n{line}\n{PARAGRAPH}\n")
    assert article.title == "Kiểm tra tiến độ tại 14 xã"
    assert article.published == (
        dt.datetime.fromisoformat(f"{published}+07:00") if published else None
    )
    assert article.author == author


@pytest.mark.parametrize("cell", ["X", "RSS", "Trạm", "Loại", "Cầu Quan", "Trà Vinh"])
def test_cells_of_a_table_sign_nothing(cell: str):
    table = f"{cell}\n6,4\n-0,8\nLong Phú\n9,1\n-1,2\n"
    article = read_plain(f"Kiểm tra độ mặn tại 14 xã\n{PARAGRAPH}\n{table}{PARAGRAPH[:-1]} nữa.\n")
    assert article.author is None
    assert article.paragraphs[-1].endswith("nữa.")
    assert {cell, "-0,8", "Long Phú", "-1,2"} <= set(article.paragraphs)


def test_pagers_and_scripts_are_no_text():
    for line in ("Trang trước, [1], 2, 3, Trang sau", "// ]]>", "var id = 4; function (a) {}"):
        article = read_plain(f"Kiểm tra tiến độ tại 14 xã\n{line}\n{PARAGRAPH}\n{line}\n")
        assert article.title == "Kiểm tra tiến độ tại 14 xã"
        assert article.paragraphs == (PARAGRAPH,)


def test_two_headings_without_menus_stay():
    text = (
        f"Kiểm tra tiến độ tại 14 xã\nTrước đó, {PARAGRAPH}\n{PARAGRAPH}\n"
        "Đường về các xã vùng cao đã bớt gian nan\n"
        f"Chuyện ở Nậm Tha và những con đường mới mở\n{PARAGRAPH[:-1]} nữa.\n"
    )
    assert len(read_plain(text).paragraphs) == 5
    menus = "".join(f"  • Chuyên mục {n}\n" for n in "abcdefghiklmnopqrst")
    assert len(read_plain(menus + text + menus).paragraphs) == 3


def test_block_paths_are_line_numbers():
    article = read_plain(f"Kiểm tra tiến độ tại 14 xã\n\n{PARAGRAPH}\n")
    assert [b.path for b in article.blocks] == ["line 1", "line 3"]


def test_a_labelled_summary_below_the_title_is_the_lead():
    summary = "Mười xã đã xong, bốn xã còn chậm."
    article = read_plain(f"Kiểm tra tiến độ tại 14 xã\nTóm tắt: {summary}\n{PARAGRAPH}\n")
    assert article.lead == summary
    assert article.paragraphs == (PARAGRAPH,)


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
        "&gt;",
        ">",
        "– ",
        "> ",
        "Trang 1 ",
        "Kinh tế04/09/2024",
        "aĐa",
        "{a:b",
        "\n",
    ],
)
def test_time_grows_with_the_text(piece: str):
    assert grows(lambda n: piece * n) < 40
