"""Pages of twenty layouts → articles, exactly; then what must hold for any page."""

# ruff: noqa: E501  (a table row of markup reads best on one line)
from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from growth import seconds
from hypothesis import given, settings
from hypothesis import strategies as st
from madepages import LIST, P, Q, R, dressed, read
from selectolax.lexbor import LexborHTMLParser

from newsextract.body import find_body
from newsextract.clues import (
    BODY,
    CAPTION,
    LEAD,
    LONGEST_OPENER,
    RELATED,
    class_bits,
    is_noise,
    opens_list,
)
from newsextract.decode import decode
from newsextract.errors import PageError
from newsextract.metadata import Metadata
from newsextract.model import Raw
from newsextract.notices import is_notice
from newsextract.page import lay_out, read_page
from newsextract.sites import Selectors
from newsextract.survey import Survey
from newsextract.vocabulary import vocabulary

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
PAGES = FIXTURES / "pages"
GOLD = sorted((FIXTURES / "expected" / "pages").glob("*.json"))


def page(path: Path) -> tuple[dict[str, Any], str]:
    gold = json.loads(path.read_text("utf-8"))
    return gold, decode(
        Raw(gzip.decompress(PAGES.joinpath(f"{path.stem}.html.gz").read_bytes()))
    ).text


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_fixture_is_read_exactly(path: Path) -> None:
    gold, html = page(path)
    article = read(html, gold["url"])
    assert article.title == gold["title"]
    assert article.lead == gold["lead"]
    assert article.author == gold["author"]
    assert (article.published and article.published.isoformat()) == gold["published"]
    assert list(article.paragraphs) == gold["paragraphs"]
    captions = [article.text[b.start : b.end] for b in article.blocks if b.role == "caption"]
    assert captions == gold["captions"]
    assert [m for m in gold["must_not"] if m in article.text] == []


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_text_is_found_without_any_class_name(path: Path) -> None:
    """A site never seen has names never seen: structure alone must give the text."""
    gold, html = page(path)
    html = re.sub(r"\s(?:class|id|itemprop|data-role)=(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", " ", html)
    article = read(html)
    assert article.title == gold["title"]
    body = set(article.paragraphs)
    assert [p for p in gold["paragraphs"] if p not in body] == []
    assert [m for m in gold["must_not"] if m in article.text] == []


def test_twelve_layouts_and_twenty_pages() -> None:
    assert len(GOLD) >= 20
    assert len({p.stem.rsplit("-", 1)[0] for p in GOLD}) >= 12


# What stands in the body → its paragraphs.
BODIES = {
    "paragraphs": (f"<div><p>{P}</p><p>{Q}</p><p>{R}</p></div>", (P, Q, R)),
    "divs": (f"<div><div>{P}</div><div>{Q}</div><div>{R}</div></div>", (P, Q, R)),
    "double breaks": (f"<div>{P}<br><br>{Q}<br/><br/>{R}</div>", (P, Q, R)),
    "single breaks": (f"<div>{P}<br>{Q}<br>{R}</div>", (P, Q, R)),
    "wrapped by a break": (f"<p>{P[:40]}<br>{P[40:].lower()}</p><p>{Q}</p>", (P[:40].strip() + " " + P[40:].lower().strip(), Q)),
    "points after breaks": (f"<div>{P}<br>a) Xã An Bình, xã Mỹ Hòa;<br>b) Xã Thạnh Lợi.<br>{Q}</div>", (P, "a) Xã An Bình, xã Mỹ Hòa;", "b) Xã Thạnh Lợi.", Q)),
    "a break at the end": (f"<div>{P}<br></div><div>{Q}<br></div><p>{R}</p>", (P, Q, R)),
    "text in a cell": (f"<table><tr><td>{P}<p>{Q}</p>{R}</td></tr></table>", (P, Q, R)),
    "inline marks": (f"<p><b>Sáng</b> <i>4/6</i>{P[8:]}</p><p>{Q}</p>", (P, Q)),
    "nested halves": (f"<div><div><p>{P}</p></div><div><p>{Q}</p><p>{R}</p></div></div>", (P, Q, R)),
    "a link in a sentence": (f"<p>{P}</p><p>{Q[:-1]} <a href=/x>xem thêm</a>.</p>", (P, Q[:-1] + " xem thêm.")),
    "list that is content": (f"<p>{P}</p><ul><li>Xã An Bình: 12,5%</li><li>Xã Mỹ Hòa: 9%</li></ul><p>{R}</p>", (P, "Xã An Bình: 12,5%", "Xã Mỹ Hòa: 9%", R)),
    "related box inside": (f"<div><p>{P}</p><div><p>Tin liên quan</p>{LIST}</div><p>{Q}</p></div>", (P, Q)),
    "related lines inside": (f"<div><p>{P}</p><p><a href=/x>&gt;&gt; Bài khác về giảm nghèo</a></p><p>{Q}</p></div>", (P, Q)),
    "hidden text": (f"<div><p>{P}</p><p style='display: none'>{R}</p><p>{Q}</p></div>", (P, Q)),
    "repeated for phones": (f"<div><p>{P}</p><p>{P}</p><p>{Q}</p></div>", (P, Q)),
    "the words of a list in a sentence": (f"<div><p>{P}</p><p>Tin khác từ các xã cho thấy: {Q}</p><p>{R}</p></div>", (P, "Tin khác từ các xã cho thấy: " + Q, R)),
    "a quote": (f"<div><p>{P}</p><blockquote>{Q}</blockquote><p>{R}</p></div>", (P, Q, R)),
    "decomposed letters": (f"<p>{P}</p><p>Hội nghị diễn ra ở xã Hòa Lộc.</p>", (P, "Hội nghị diễn ra ở xã Hòa Lộc.")),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_body(name: str) -> None:
    html, paragraphs = BODIES[name]
    assert (
        read(dressed(html, below=f"<div><h3>Các tin khác</h3>{LIST}</div>")).paragraphs
        == paragraphs
    )


def test_list_after_the_text_ends_it() -> None:
    for heading in ("Tin cùng chuyên mục", "TIN ĐÃ ĐƯA", "Xem tin theo ngày:", "Bình luận (3)"):
        article = read(dressed(f"<p>{P}</p><p>{Q}</p>", below=f"<p>{heading}</p>{LIST}"))
        assert article.paragraphs == (P, Q)


def test_broken_json_ld_gives_a_warning() -> None:
    head = '<script type="application/ld+json">{"headline": </script>'
    assert read(dressed(f"<p>{P}</p><p>{Q}</p>", head)).warnings


def test_trailing_commas_in_json_ld_are_mended() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": '
        '"2021-05-06T07:08:00+07:00", "author": [{"@type": "Person", "name": "Lê Thu Hà"},],}</script>'
    )
    article = read(dressed(f"<p>{P}</p><p>{Q}</p>", head))
    assert article.warnings == ()
    assert article.author == "Lê Thu Hà"
    assert str(article.published) == "2021-05-06 07:08:00+07:00"


@pytest.mark.parametrize("row", ["[ Bản in ] [ Gửi email ]", "In bài | Gửi email | Trở về"])
def test_controls_in_a_row_are_noise(row: str) -> None:
    assert is_noise(row)
    assert not is_noise(row + " | Xã An Bình")


@pytest.mark.parametrize("label", ["Tin nổi bật", "Tin mới", "Tin khác"])
def test_a_section_may_be_called_like_a_list(label: str) -> None:
    banner = "<div>Nhiệt liệt chào mừng kỳ họp thứ tám Hội đồng nhân dân huyện khóa mười một!</div>"
    article = read(
        f"<html><body><div>{LIST}{banner}</div><div><div>{label}</div><div>04/06/2014</div>"
        f"<p><b>Phú Tân sơ kết công tác giảm nghèo</b></p><div><p>{P}</p><p>{Q}</p><p>{R}</p></div>"
        "</div></body></html>"
    )
    assert article.title == "Phú Tân sơ kết công tác giảm nghèo"
    assert article.paragraphs == (P, Q, R)


def test_boxes_in_boxes_that_all_open_lists_take_bounded_time() -> None:
    def spent(depth: int) -> float:
        boxes = "<div><p>Tin khác</p>" * depth + "<p>Xã An</p>" * 8 * depth + "</div>" * depth
        page = dressed(f"<div><p>{P}</p><p>{Q}</p></div>{boxes}")
        return seconds(lambda: read(page), times=2)

    spent(50)
    assert spent(400) < 60 * spent(100)  # 4 times the size; cubic growth would be beyond


def test_headlines_and_summaries_in_one_box_are_no_text() -> None:
    cards = "".join(
        f"<a href=/{i}>Bản tin thứ {i} về giảm nghèo</a><br>Bản tin tuần thứ {i} kể chuyện các hộ "
        "vươn lên thoát nghèo nhờ vốn vay và cây giống của huyện.<br>"
        for i in range(6)
    )
    below = f"<div><h3>Tin liên quan</h3>{cards}</div>"
    article = read(dressed(f"<div><p>{P}</p><p>{Q}</p></div>{below}"))
    assert article.paragraphs == (P, Q)


# A box in the text → whether it is the article's.
BOXES = [
    ("<aside><p>“Bà con đã tự tin hơn nhiều so với những năm trước”.</p></aside>", True),
    ("<aside class=pull-quote>Bà con đã tự tin hơn nhiều so với những năm trước.</aside>", True),
    ("<aside>Bà con đã tự tin hơn nhiều so với những năm trước.</aside>", False),
    (f"<aside><p>“Lời hay” của tuần qua</p>{LIST}</aside>", False),
]


@pytest.mark.parametrize(("box", "kept"), BOXES)
def test_words_pulled_out_of_the_text_are_its_own(box: str, kept: bool) -> None:
    article = read(dressed(f"<div><p>{P}</p>{box}<p>{Q}</p><p>{R}</p></div>"))
    assert len(article.paragraphs) == 3 + kept


# A box with a picture → whether its words are the picture's.
PICTURES = [
    ("<div><img src=a><p>Bà con xã An Bình thu hoạch vụ lúa đầu tiên.</p></div>", True),
    ("<div><img src=a><p>Bà con xã An Bình thu hoạch lúa.</p><p>Giá lúa tăng.</p></div>", False),
    (f"<div><img src=a><p>{R} {R} {R}</p></div>", False),
    (f"<p><img src=a></p><p align=center><i>{R}</i></p>", True),
    (f"<p><img src=a></p><p align=center><b>{R}</b></p>", False),
]


@pytest.mark.parametrize(("box", "caption"), PICTURES)
def test_words_alone_in_a_box_with_a_picture_are_its_caption(box: str, caption: bool) -> None:
    article = read(dressed(f"<div><p>{P}</p>{box}<p>{Q}</p><p>{R}</p></div>"))
    assert any(b.role == "caption" for b in article.blocks) == caption


def test_the_lead_that_is_named_counts_more_than_a_line_apart() -> None:
    above = f"<div><p>{Q}</p></div><div class=summary><p>{P}</p></div>"
    article = read(dressed(f"{above}<div class=content>{f'<p>{R} {R}</p>' * 3}</div>"))
    assert article.lead == P


CARDS = "".join(
    f"<div><b><a href=/{i}>Bài bình luận tuần thứ {i}</a></b><br>Phần giới thiệu khá dài của bài bình "
    f"luận tuần thứ {i}, đặt ở cột trái của trang báo để mời gọi bạn đọc.</div>"
    for i in range(5)
)


@pytest.mark.parametrize("place", ["above", "below"])
def test_cards_of_other_articles_are_no_text(place: str) -> None:
    html = dressed(f"<div><p>{P}</p><p>{Q}</p></div>", **{place: f"<div>{CARDS}</div>"})
    assert read(html).paragraphs == (P, Q)


def test_table_of_figures_keeps_its_rows() -> None:
    table = "<table><tr><td>Xã</td><td>Số hộ</td></tr><tr><td>An Bình</td><td>215</td></tr></table>"
    article = read(dressed(f"<div><p>{P}</p>{table}<p>{Q}</p></div>"))
    assert article.paragraphs == (P, "Xã | Số hộ", "An Bình | 215", Q)
    assert [b.role for b in article.blocks[2:4]] == ["table_row", "table_row"]


def test_selectors_of_a_site_are_probed() -> None:
    letter = (
        "Bài viết của bạn đọc gửi về tòa soạn sẽ được xem xét và đăng trong thời gian sớm nhất."
    )
    html = dressed(f"<div class=x1><p>{P}</p><p>{Q}</p></div><div class=x2><p>{letter}</p></div>")
    meta = Metadata()
    bodies = {}
    for name, selectors in {
        "none": None,
        "fresh": Selectors(body=(".x1",)),
        "stale": Selectors(body=(".gone", "p:nope(")),
        "wrong": Selectors(body=("h1",)),
    }.items():
        survey = Survey(lay_out(LexborHTMLParser(html), selectors), meta)
        body = find_body(survey, survey.container())
        assert body is not None
        bodies[name] = [survey.layout.lines[i].text for i in body.prose]
    assert bodies["fresh"] == [P, Q]
    assert bodies["none"] == bodies["stale"] == bodies["wrong"] == [P, Q, letter]


def test_repeated_blocks_are_left_out() -> None:
    html = dressed(f"<div><p>{P}</p><p>{R}</p><p>{Q}</p></div>")
    assert read_page(html, Raw(b""), repeated=frozenset({R})).paragraphs == (P, Q)


def test_provenance() -> None:
    html = dressed(f"<p>{P}</p><p>{Q}</p>", '<link rel="canonical" href="https://x.example.vn/a">')
    raw = Raw(b"", url="https://x.example.vn/a?utm=1", source="2014.zip!a.html")
    article = read_page(html, raw, charset="tcvn3", repairs=("tcvn3",))
    assert (article.url, article.canonical_url) == (raw.url, "https://x.example.vn/a")
    assert (article.source, article.charset, article.repairs) == (raw.source, "tcvn3", ("tcvn3",))
    assert article.blocks[1].path == "html/body/p[1]"
    assert article.id == read_page(html, raw).id


@pytest.mark.parametrize("path", GOLD[:4], ids=lambda p: p.stem)
def test_blocks_cut_the_text_into_its_lines(path: Path) -> None:
    article = read(page(path)[1])
    assert [article.text[b.start : b.end] for b in article.blocks] == article.text.split("\n")
    assert all(b.path for b in article.blocks)


def test_a_page_whose_whole_text_is_its_sapo_is_an_article() -> None:
    html = f"<h1>Họp về bảo hiểm y tế học sinh</h1><div class=content><p class=sapo>{P}</p></div>"
    article = read(html)
    assert [block.role for block in article.blocks] == ["title", "lead"]
    assert (article.lead, article.author) == (P, None)


WORDS = st.sampled_from(
    [P, Q, R, "Tin khác", "12/05/2019", "Nguyễn Văn A", "", " ", "&nbsp;", "\u200b"]
)


TAGS = st.sampled_from(
    "p div td table tr ul li a b i br h1 h2 span font img figure center script".split()
)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.one_of(WORDS, TAGS.map(lambda t: f"<{t}>"), TAGS.map(lambda t: f"</{t}>")), max_size=60
    )
)
def test_any_soup_gives_an_article_or_a_typed_error(pieces: list[str]) -> None:
    html = "".join(pieces)
    try:
        article = read(html)
    except PageError:
        return
    assert [article.text[b.start : b.end] for b in article.blocks] == article.text.split("\n")
    assert read(html).text == article.text


def test_class_names() -> None:
    assert class_bits("detailSapo") == class_bits("detail-sapo") == class_bits("detail_sapo")
    assert class_bits("detailSapo") & LEAD
    assert class_bits("the-article-body cms-body") & BODY
    assert class_bits("pCaption") & CAPTION
    assert class_bits("OtherTop") & RELATED
    assert class_bits("platform") == 0


def test_each_known_word_says_what_its_section_says() -> None:
    words = vocabulary("boilerplate")
    for section, bit in (("class body", BODY), ("class lead", LEAD), ("class related", RELATED)):
        for word in words[section]:
            assert class_bits(word) & class_bits(f"x1-{word}") & class_bits(f"my {word}_2") & bit


def test_each_known_opener_opens_a_list() -> None:
    words = vocabulary("boilerplate")
    short = [entry for entry in words["end"] if len(entry) < LONGEST_OPENER]
    assert short
    assert [entry for entry in short if not opens_list(f"{entry.upper()}:")] == []
    assert [entry for entry in short if opens_list(f"Xã {entry}")] == []
    made = [f"{a} {b}" for a in words["list of"] for b in words["list like"]]
    assert [entry for entry in made if not opens_list(f"» Các {entry}")] == []


def test_each_count_button_and_appeal_is_noise() -> None:
    words = vocabulary("boilerplate")
    made = [f"1.203 {what}" for what in words["counted"]]
    made += [f"{a} {b}" for a in words["button"] for b in ("Facebook", "Zalo")]
    made += [f"{asked} qua ứng dụng" for asked in words["appeal"]]
    made += [f"Kính mời {who} {to}" for who in words["invited"] for to in words["invited to"]]
    assert [line for line in made if not is_noise(line)] == []
    assert not is_noise("1.203 hộ")
    assert not is_noise("40 năm trước")


@pytest.mark.parametrize(
    "line", ["Tin liên quan:", "TIN ĐÃ ĐƯA", "Ý kiến bạn đọc (33)", "Các tin khác"]
)
def test_opens_list(line: str) -> None:
    assert opens_list(line)
    assert not opens_list(f"{line} đã được cơ quan chức năng xác minh")


def test_a_wrapper_named_as_lead_is_none() -> None:
    inner = "".join(
        f"<p>{line} Đó là năm {year}.</p>" for year in range(2010, 2014) for line in (P, Q)
    )
    html = dressed(f"<div><div class=description>{inner}</div><p>{R}</p></div>")
    article = read(html)
    assert article.lead is None
    assert len(article.paragraphs) == 9


def test_noise() -> None:
    assert is_noise("Chia sẻ")
    assert is_noise("Trở lại Kinh doanh")
    assert not is_noise("Trở lại Hà Nội, anh mở quán phở nhỏ.")
    assert not is_noise(Q)
    assert is_notice("© Bản quyền thuộc về Báo Phú Tân. Ghi rõ nguồn khi phát hành lại.")


@pytest.mark.parametrize(
    "line",
    ["Tin liên quan khác", "Những tin đã đăng cùng thể loại", "VIDEO MỚI NHẤT", "E-MAGAZINE KHÁC",
     "Các bài viết cùng tác giả", "Tin cùng sự kiện (4)", "1 nhận xét:", "0 bình luận - Viết bình luận", "Đừng bỏ lỡ", "Bản tin trước đó"],
)  # fmt: skip
def test_headings_of_lists(line: str) -> None:
    assert opens_list(line)


@pytest.mark.parametrize(
    "line",
    ["Tin vui ngày mới", "Bài học khác", "Ảnh hưởng khác", "Sự kiện nổi bật", "Văn bản số 5"],
)
def test_headings_of_no_lists(line: str) -> None:
    assert not opens_list(line)


def test_what_stands_between_title_and_text_is_not_the_text() -> None:
    fields = "<dt>Chi tiết</dt><dd>Chuyên mục: Trồng trọt</dd><dd>Viết bởi Administrator</dd><dd>Nguồn: bientap</dd>"
    html = dressed(f"<div><dl>{fields}</dl><p>{P}</p><p>{Q}</p></div>")
    assert read(html).paragraphs == (P, Q)
    told = "Chuyên mục “Cải cách hành chính” của đài huyện: mỗi tuần hai số"
    html = dressed(f"<div><p>{P}</p><p>{told}</p><p>{Q}</p></div>")
    assert read(html).paragraphs == (P, told, Q)


def test_hours_of_a_live_report_are_not_the_text() -> None:
    entries = "".join(
        f"<li><span class=live-time>{hour}</span><div><p>{text}</p></div></li>"
        for hour, text in (("21:10", P), ("18:45", Q), ("14:20", R))
    )
    assert read(dressed(f"<ul>{entries}</ul>")).paragraphs == (P, Q, R)
    table = "<tr><td>7:30</td><td>Đón đại biểu</td></tr><tr><td>8:00</td><td>Khai mạc</td></tr>"
    html = dressed(f"<div><p>{P}</p><table>{table}</table><p>{Q}</p></div>")
    assert read(html).paragraphs == (P, "7:30 | Đón đại biểu", "8:00 | Khai mạc", Q)


def test_a_licence_in_the_news_is_no_notice() -> None:
    licence = "Giấy phép hoạt động của công ty đã hết hạn từ năm 2015, theo kết luận thanh tra."
    html = dressed(f"<div><p>{P}</p><p>{licence}</p><p>{Q}</p></div>")
    assert read(html).paragraphs == (P, licence, Q)
