"""Where an article meets what stands around it: notices, comments, sections, labels, hours."""

# ruff: noqa: E501  (a table row of markup reads best on one line)
from __future__ import annotations

import pytest

from newsextract.clues import class_bits, opens_list
from newsextract.errors import NotAnArticle
from newsextract.model import Article, Raw
from newsextract.notices import is_address, is_contact, is_notice
from newsextract.page import read_page
from newsextract.rivals import slug_words
from newsextract.vocabulary import vocabulary

TITLE = "Xã Tân Lộc khởi công hồ chứa nước cho vùng hạn"
P = "Sáng 12/3, UBND xã Tân Lộc khởi công hồ chứa 240.000 m3 phục vụ tưới cho ba thôn vùng hạn."
Q = "Công trình có tổng vốn 18,6 tỷ đồng, dự kiến hoàn thành trước mùa khô năm sau."
R = "Khi đưa vào sử dụng, hồ sẽ cấp nước cho 310 ha lúa và cây ăn trái của bà con trong xã."


def read(body: str, url: str | None = None, head: str = "") -> Article:
    return read_page(f"<html><head>{head}</head><body>{body}</body></html>", Raw(b"", url=url))


def dressed(text: str, below: str = "") -> str:
    return f"<h1>{TITLE}</h1><div class=text>{text}</div>{below}"


ADDRESSES = [
    "Đường dẫn bài viết: http://www.tanloc.example.vn/tin/218/khoi-cong-ho-chua-nuoc.html",
    "Link gốc: https://tanloc.example.vn/khoi-cong-ho-chua-nuoc-218.htm",
    "URL: www.tanloc.example.vn/khoi-cong-ho-chua-nuoc-phuc-vu-tuoi-cho-ba-thon-vung-han",
    "https://tanloc.example.vn/khoi-cong-ho-chua-nuoc-phuc-vu-tuoi-cho-ba-thon-vung-han-218.htm",
]
NOTICES = [
    "© Bản quyền thuộc Báo Tân Lộc. Cấm sao chép dưới mọi hình thức nếu chưa có văn bản chấp thuận.",
    "Cấm sao chép dưới mọi hình thức nếu không có sự chấp thuận bằng văn bản của tòa soạn.",
    "Ghi rõ nguồn “tanloc.example.vn” khi phát hành lại thông tin từ trang này.",
    "Đề nghị ghi rõ nguồn khi sử dụng lại thông tin từ trang thông tin điện tử của xã.",
    "Bản quyền bài viết thuộc về Trang thông tin điện tử xã Tân Lộc, huyện Hòa Bình.",
]


@pytest.mark.parametrize("line", [*ADDRESSES, *NOTICES])
def test_the_page_s_address_and_rights_end_the_text(line: str) -> None:
    signed = "<p align=right><b>LÊ TRÂM</b></p>"
    for below in (f"<p>{line}</p>", f"<hr>{line}<br>Báo Tân Lộc"):
        article = read(dressed(f"<p>{P}</p><p>{Q}</p>{signed}", below=f"<div>{below}</div>"))
        assert article.author == "LÊ TRÂM"
        assert article.paragraphs == (P, Q)
    inside = read(dressed(f"<p>{P}</p><p>{Q}</p>{signed}<p>{line}</p>"))
    assert (inside.author, inside.paragraphs) == ("LÊ TRÂM", (P, Q))


@pytest.mark.parametrize(
    "line",
    [
        "Liên kết bốn nhà: hướng đi của vùng rau Tân Lộc",
        "Theo https://tanloc.example.vn, xã có 310 ha đất lúa và cây ăn trái.",
        "Đường dẫn nước dài 4 km đã xong phần đất.",
    ],
)
def test_no_address(line: str) -> None:
    assert not is_address(line)
    assert not is_notice(line)


SPOKEN = [f"{what} của {who}" for what in ("Phản hồi", "Ý KIẾN", "Bình luận", "Góp ý") for who in ("độc giả", "bạn đọc", "khán giả")]  # fmt: skip


@pytest.mark.parametrize("heading", [*SPOKEN, "Thảo luận của bạn đọc (4)", "Ý kiến, góp ý của quý độc giả", "Khán giả bình luận"])  # fmt: skip
def test_what_readers_say_is_no_text(heading: str) -> None:
    said = "<div class=m><b>Mạnh Cường</b><p>Nếu xã làm sớm hơn thì vụ này bà con đã đỡ mất mùa.</p></div>"
    article = read(dressed(f"<p>{P}</p><p>{Q}</p>", below=f"<div><h3>{heading}</h3>{said}</div>"))
    assert article.paragraphs == (P, Q)


def test_every_word_for_talk_opens_it_whoever_talks() -> None:
    words = vocabulary("boilerplate")
    made = [f"{a} của {b}" for a in words["talk"] for b in words["audience"]]
    made += [f"{b} {a}" for a in words["talk"] for b in words["audience"]]
    assert [line for line in made if not opens_list(line)] == []
    assert not opens_list("Ý kiến của đại biểu")
    assert not opens_list("Phản hồi của độc giả về giá nước")


def test_comments_are_known_by_the_name_of_their_box() -> None:
    said = "<p>Nếu xã làm sớm hơn thì vụ này bà con đã đỡ mất mùa.</p>"
    for name in ("phanhoi", "box_ykien", "thao-luan"):
        assert class_bits(name)
        below = f"<div class={name}>{said}</div>"
        assert read(dressed(f"<p>{P}</p><p>{Q}</p>", below=below)).paragraphs == (P, Q)


# Above the text, the head, the address → the title.
TITLES = {
    "a section and a title by its class": (f"<h2 class=portlet-title>Hệ thống văn bản</h2><p class=news-title>{TITLE}</p><p class=news-date>Ngày đăng: 12/03/2021 - 10:07</p>", "", "http://x.vn/van-ban-chi-tiet?id=4471"),
    "the same, with another address": (f"<h2 class=portlet-title>Tin tức sự kiện huyện</h2><p class=tieude>{TITLE}</p><p class=news-date>12/03/2021 10:07</p>", "", "http://x.vn/tin-tuc-su-kien/412"),
    "a sentence that names the site": (f"<div><h3 id=rpt_tieude_0>{TITLE}</h3><i>Cập nhật: 12/03/2021 10:07</i></div><p>Căn cứ kế hoạch năm, Trường THPT Tân Lộc Đông thông báo đến phụ huynh và học sinh như sau:</p>", "<title>Trường THPT Tân Lộc Đông</title>", None),
}  # fmt: skip


@pytest.mark.parametrize("name", TITLES)
def test_the_title_close_to_the_text_beats_a_section_and_a_sentence(name: str) -> None:
    above, head, url = TITLES[name]
    article = read(f"<div>{above}<div class=text><p>{P}</p><p>{Q}</p></div></div>", url, head)
    assert article.title == TITLE
    assert str(article.published) == "2021-03-12 10:07:00+07:00"
    assert article.paragraphs[-2:] == (P, Q)


def test_an_address_that_names_a_kind_of_page_spells_no_title() -> None:
    assert slug_words("http://x.vn/van-ban-chi-tiet?id=4") == frozenset()
    assert slug_words("http://x.vn/tin-tuc-su-kien/he-thong-van-ban") == frozenset()
    spelt = slug_words("http://x.vn/tin-tuc-su-kien/khoi-cong-ho-chua-218.html")
    assert spelt == {"khoi", "cong", "ho", "chua"}


@pytest.mark.parametrize(
    ("clock", "hour"),
    [("2:35 chiều", "14:35"), ("9:05 sáng", "09:05"), ("7:10 tối", "19:10"), ("02:35 CH", "14:35"), ("9:05 SA", "09:05"), ("2:35 p.m.", "14:35"), ("14:35", "14:35")],
)  # fmt: skip
def test_the_hour_in_an_element_of_its_own(clock: str, hour: str) -> None:
    head = f"<ul><li><span class=type-date>Tháng Ba 12, 2021</span></li><li><span class=type-time>{clock}</span></li></ul>"
    published = read(f"<h1>{TITLE}</h1>{head}<div><p>{P}</p><p>{Q}</p></div>").published
    assert published is not None
    assert published.strftime("%Y-%m-%d %H:%M") == f"2021-03-12 {hour}"


@pytest.mark.parametrize("label", ["BTL-", "(Báo TL) -", "TLO –"])
def test_an_agency_set_as_a_writer_opens_its_sentence(label: str) -> None:
    article = read(dressed(f"<p><span class=tacgia>{label}</span> {P}</p><p>{Q}</p>"))
    assert article.paragraphs == (f"{label} {P}", Q)
    dated = "<p><span class=tacgia>Lê Trâm -</span> <span class=date>12/03/2021 10:07</span></p>"
    article = read(f"<h1>{TITLE}</h1>{dated}<div class=text><p>{P}</p><p>{Q}</p></div>")
    assert article.author == "Lê Trâm"
    assert str(article.published) == "2021-03-12 10:07:00+07:00"
    assert article.paragraphs == (P, Q)
    assert R not in article.text


def test_a_row_of_a_table_keeps_all_its_cells_wherever_it_stands() -> None:
    rows = (
        ("Chỉ tiêu", "Đơn vị", "Tháng 3"),
        ("Sản xuất", "%", "108,2"),
        ("Khởi công", "-", "12/3/2021"),
    )
    table = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    article = read(dressed(f"<p>{P}</p><p>{Q}</p><table>{table}</table>"))
    assert article.paragraphs == (P, Q, *(" | ".join(row) for row in rows))


def test_place_and_day_of_a_document_name_no_writer() -> None:
    dateline = "<table><tr><td>Số: 61/TB-UBND</td><td><i>Tân Lộc, ngày 12 tháng 3 năm 2021</i></td></tr></table>"
    article = read(f"<h1>{TITLE}</h1>{dateline}<div class=text><p>{P}</p><p>{Q}</p></div>")
    assert article.author is None
    beside = "<div>Lê Thị Trâm - Thứ sáu, ngày 12/03/2021</div>"
    article = read(f"<h1>{TITLE}</h1>{beside}<div class=text><p>{P}</p><p>{Q}</p></div>")
    assert article.author == "Lê Thị Trâm"


SIGNED = [
    ("ThS. Đoàn Thị Minh Tâm", "Đoàn Thị Minh Tâm"),
    ("TRƯỜNG GIANG", "TRƯỜNG GIANG"),
    ("Trang Nhung", "Trang Nhung"),
    ("Chúc Ly", "Chúc Ly"),
    ("Đoàn Thanh niên", None),
    ("Trường Tiểu học", None),
    ("Trường Chính trị", None),
    ("Trang Thông Tin", None),
    ("Ban Thường trực", None),
    ("Phòng Công tác xã hội", None),
    ("UBND xã Tân Lộc", None),
    ("Văn phòng UBND huyện", None),
]


@pytest.mark.parametrize("how", ["style='text-align:right'", "class=text-right", "class=text-end", "class=has-text-align-right", "class=rteright", "align=right"])  # fmt: skip
@pytest.mark.parametrize(("line", "author"), SIGNED)
def test_a_line_to_the_right_signs(line: str, author: str | None, how: str) -> None:
    article = read(dressed(f"<p>{P}</p><p>{Q}</p><p {how}><b>{line}</b></p>"))
    assert (article.author, article.paragraphs) == (author, (P, Q))


def test_a_class_that_only_looks_like_a_side_sets_nothing_there() -> None:
    for name in ("text-right-box", "context-end", "text-rights"):
        text = f"<p>{P}</p><p>{Q}</p><p class={name}>Phòng Công tác xã hội</p>"
        assert len(read(dressed(text)).paragraphs) == 3


@pytest.mark.parametrize("title", ["Hỏi đáp pháp luật", "Tin tức trong huyện nhà"])
def test_the_one_title_of_the_head_may_name_the_section(title: str) -> None:
    above = f"<h2 class=faq-cat>{title}</h2><div class=faq-title><b>{TITLE}</b></div>"
    html = f"<div>{above}<div class=text><p>{P}</p><p>{Q}</p></div></div>"
    assert read(html, head=f"<title>{title}</title>").title == TITLE


@pytest.mark.parametrize("heading", ["Có 3 bình luận về bài viết này", "Đã có 12 ý kiến", "Tổng số 4 phản hồi", "3 bình luận cho bài viết", "2 trả lời"])  # fmt: skip
def test_a_count_of_comments_opens_them(heading: str) -> None:
    said = "<p><b>Lê Văn Út</b> 13/03/2021 07:40</p><p>Xã tôi ở cuối nguồn vẫn chưa có nước, mong sớm được quan tâm.</p>"
    signed = "<p><b>Hồng Hạnh</b></p>"
    below = f"<div><div>{heading}</div>{said}</div>"
    article = read(dressed(f"<p>{P}</p><p>{Q}</p>{signed}", below=below))
    assert (article.author, article.paragraphs) == ("Hồng Hạnh", (P, Q))
    assert not opens_list("Có 3 ý kiến trái chiều")


LINKED = "<a href=/x>Bản tin số tám của tuần này về nước sạch</a>"


@pytest.mark.parametrize("link", [f"<p>{LINKED}</p>", f"<p>Đọc thêm:</p><ul><li>{LINKED}</li></ul>"])  # fmt: skip
def test_links_between_paragraphs_make_no_list(link: str) -> None:
    article = read(dressed(f"<p>{P}</p>{link}<p>{Q}</p>{link}<p>{R}</p>{link}<p>{P} {Q}</p>"))
    assert [p for p in article.paragraphs if p != "Đọc thêm:"] == [P, Q, R, f"{P} {Q}"]


def test_rows_of_links_and_summaries_are_a_list_however_they_are_set() -> None:
    rows = "".join(f"<p>{LINKED}</p><p>{text}</p>" for text in (P, Q, R, f"{P} {Q}"))
    with pytest.raises(NotAnArticle):
        read(f"<h2>Nước sạch</h2><div>{rows}</div>")


def test_another_article_quoted_with_its_link_is_no_text() -> None:
    quote = f"<blockquote><p>{LINKED}</p><p>{R}</p></blockquote>"
    assert read(dressed(f"<p>{P}</p>{quote}<p>{Q}</p>")).paragraphs == (P, Q)
    said = f"<blockquote><p>{R}</p></blockquote>"
    assert read(dressed(f"<p>{P}</p>{said}<p>{Q}</p>")).paragraphs == (P, R, Q)


def test_paragraphs_that_only_the_style_of_spans_parts() -> None:
    for style in ("display:block", "margin: 0; display : block", "margin:0"):
        text = "".join(f'<span style="{style}">{line}</span>' for line in (P, Q, R))
        assert read(dressed(text)).paragraphs == (P, Q, R)
    runs = (
        "<span>Đoàn công tác đến thăm các xã vùng hạn của TP.</span><span>Tân An sáng 12/3.</span>"
    )
    assert read(dressed(f"<p>{P}</p><p>{runs}</p>")).paragraphs[1].endswith("TP.Tân An sáng 12/3.")


OTHER = "Chợ đêm Cao Thành mở cửa trở lại sau ba tháng"


@pytest.mark.parametrize("tag", ["h1", "div class=ten-bai"])
def test_the_next_article_of_an_endless_page_is_another(tag: str) -> None:
    close = tag.split()[0]

    def post(title: str, date: str, text: str) -> str:
        return f"<div class=post><{tag}>{title}</{close}>{date}<div>{text}</div></div>"

    dates = "<span class=date>12/03/2021 10:07</span>", "<span class=date>11/03/2021 08:00</span>"
    said = (
        f"<p>{R}</p><p>Chợ có 120 gian hàng, mở cửa từ 18 giờ đến 23 giờ mỗi ngày trong tuần.</p>"
    )
    first = post(TITLE, dates[0], f"<p>{P}</p><p>{Q}</p>")
    article = read(first + post(OTHER, dates[1], said))
    assert (article.title, article.paragraphs) == (TITLE, (P, Q))
    sections = read(first + post(OTHER, "", said))
    assert R in sections.paragraphs


def test_a_link_to_the_front_page_is_no_title() -> None:
    site = "ĐÀI TRUYỀN THANH HUYỆN TÂN BIÊN"
    menu = "".join(f"<li><a href=/c{i}>Chuyên mục {i}</a></li>" for i in range(8))
    for href in ("/", "index.html", "http://x.example.vn/", "/Default.aspx"):
        logo = f"<div class=b><h1><a href={href}>{site}</a></h1></div><ul>{menu}</ul>"
        body = f"<div><h3>{TITLE}</h3><p>12/03/2021 10:07</p><p>{P}</p><p>{Q}</p></div>"
        article = read(logo + body, head=f"<title>{site}</title>")
        assert (article.title, article.paragraphs) == (TITLE, (P, Q))
    own = f"<div><h1><a href=/tin/218>{TITLE}</a></h1><p>{P}</p><p>{Q}</p></div>"
    assert read(own).title == TITLE


def test_what_stands_above_a_menu_is_the_site_s() -> None:
    site = "Trường Trung học phổ thông Tân Biên"
    menu = "".join(f"<li><a href=/c{i}>Chuyên mục {i}</a></li>" for i in range(8))
    body = f"<div><h3>{TITLE}</h3><p>12/03/2021 10:07</p><p>{P}</p><p>{Q}</p></div>"
    html = f"<div><h1>{site}</h1></div><ul>{menu}</ul>{body}"
    assert read(html, head=f"<title>{site}</title>").title == TITLE


BEHIND = [
    "<p>Theo dõi fanpage của báo để cập nhật tin tức nhanh nhất mỗi ngày.</p>",
    "<p>Quý bạn đọc quan tâm có thể đặt mua báo in tại các bưu cục trên toàn quốc.</p>",
    "<p>Mọi ý kiến phản hồi xin gửi về hộp thư của tòa soạn trước ngày 15 hằng tháng.</p>",
    "<p>Tác giả ảnh: Minh Lý</p>",
]


@pytest.mark.parametrize("line", BEHIND)
def test_appeals_and_credits_behind_the_signature(line: str) -> None:
    article = read(dressed(f"<p>{P}</p><p>{Q}</p><p><b>Hồng Hạnh</b></p>{line}"))
    assert (article.author, article.paragraphs) == ("Hồng Hạnh", (P, Q))


def test_a_note_behind_the_signature_stays() -> None:
    note = "* Bài viết có sử dụng tư liệu của Trạm Thủy nông huyện."
    article = read(dressed(f"<p>{P}</p><p>{Q}</p><p align=right><b>Hồng Hạnh</b></p><p>{note}</p>"))
    assert (article.author, article.paragraphs) == ("Hồng Hạnh", (P, Q, note))


def test_a_signature_in_a_cell_of_its_own() -> None:
    rows = f"<tr><td><b class=tieude>{TITLE}</b><br><br>{P}<br>{Q}</td></tr><tr><td align=right><b>Hồng Hạnh</b></td></tr><tr><td>Cập nhật: 12/03/2021 10:07</td></tr>"
    article = read(f"<table>{rows}</table>")
    assert article.author == "Hồng Hạnh"
    assert str(article.published) == "2021-03-12 10:07:00+07:00"
    commented = rows.replace(" align=right", "").replace("Cập nhật: ", "")
    assert read(f"<table>{commented}</table>").author is None


@pytest.mark.parametrize("line", ["Địa chỉ: số 12 đường Hùng Vương", "ĐT 0258 3822 111", "Điện thoại (0258) 3822 111", "Email tòa soạn: bbt@x.example.vn", "Trụ sở chính (tạm thời): phường 1"])  # fmt: skip
def test_lines_of_address(line: str) -> None:
    assert is_contact(line)


@pytest.mark.parametrize("line", ["ĐT nữ hội quân chuẩn bị cho giải khu vực", "Thường trực HĐND xã họp phiên cuối năm 2021", "Đơn vị thi công đã hoàn thành 64% khối lượng", "Điện thoại thông minh về với nhà nông"])  # fmt: skip
def test_lines_that_only_open_like_an_address(line: str) -> None:
    assert not is_contact(line)
    assert read(dressed(f"<p>{P}</p><p>{Q}</p><p>{line}</p>")).paragraphs == (P, Q, line)


def test_a_date_between_lead_and_text_is_the_page_s() -> None:
    lead = f"<div><h1>{TITLE}</h1><p>{P}</p><div><span>Hoàng Lân</span> • <span>12/03/2021 10:07</span></div></div>"
    article = read(f"{lead}<article><p>{Q}</p><p>{R}</p><p>{Q} {R}</p></article>")
    assert str(article.published) == "2021-03-12 10:07:00+07:00"
    assert article.paragraphs[-3:] == (Q, R, f"{Q} {R}")


@pytest.mark.parametrize("count", ["0 Bình luận", "12 phản hồi", "3 lượt xem", "1.204 lần"])
def test_a_count_glued_to_the_year(count: str) -> None:
    html = f"<h1>{TITLE}</h1><div><span>10:07 | 12/03/2021</span><b>{count}</b></div><div><p>{P}</p><p>{Q}</p></div>"
    assert str(read(html).published) == "2021-03-12 10:07:00+07:00"


TALK = [
    "<p><b>Phan Sỹ Nguyên</b> - Đăng lúc: 13/03/2021 20:11</p>",
    "<div>Phan Sỹ Nguyên</div><div>13/03/2021 20:11</div>",
]


@pytest.mark.parametrize("stamp", TALK)
def test_what_is_said_under_a_name_and_an_hour_below_the_text_is_none_of_it(stamp: str) -> None:
    said = f"<div>{stamp}<p>Đề nghị xã làm luôn cả tuyến kênh phía nam cho bà con.</p></div>"
    text = f"<div><p>{P}</p><p>{Q}</p><p>{R}</p></div>"
    assert read(f"<div><h1>{TITLE}</h1>{text}{said}</div>").paragraphs == (P, Q, R)
    plain = said.replace(" 20:11", "")
    assert len(read(f"<div><h1>{TITLE}</h1>{text}{plain}</div>").paragraphs) > 3


def test_a_poll_in_the_text_is_none_of_it() -> None:
    poll = "<div><h4>Theo bạn, vì sao công trình thủy lợi hay chậm tiến độ?</h4><label><input type=radio>Thiếu vốn</label><label><input type=radio>Vướng mặt bằng</label></div>"
    article = read(dressed(f"<p>{P}</p>{poll}<p>{Q}</p><p>{R}</p>"))
    assert article.paragraphs == (P, Q, R)


def test_a_link_that_a_script_follows_is_a_link() -> None:
    box = "<ul><li><a>Bản tin số tám của tuần này về nước sạch</a></li><li><a>Bản tin số chín của tuần này</a></li></ul>"
    assert read(dressed(f"<p>{P}</p>{box}<p>{Q}</p><p>{R}</p>")).paragraphs == (P, Q, R)
    place = f"<p><a name=_muc1>{Q}</a></p><p><a id=muc2>{R}</a></p>"
    assert read(dressed(f"<p>{P}</p>{place}")).paragraphs == (P, Q, R)


def test_a_row_with_a_headline_and_its_summary_is_another_article() -> None:
    row = f"<ul><li>{LINKED}<p>Đợt hạn từ đầu năm đến nay đã làm mực nước nhiều hồ xuống thấp.</p></li></ul>"
    assert read(dressed(f"<div><p>{P}</p><p>{Q}</p></div>{row}")).paragraphs == (P, Q)


@pytest.mark.parametrize("line", ["Email của bạn sẽ không được hiển thị công khai. Các trường bắt buộc được đánh dấu *", "Nhiều hơn trong mục này: « Bản tin số tám của tuần này về nước sạch", "Nhãn: nước sạch, Tân Lộc", "Chủ đề: vùng hạn"])  # fmt: skip
def test_what_systems_print_below_a_text(line: str) -> None:
    assert read(dressed(f"<p>{P}</p><p>{Q}</p><div>{line}</div>")).paragraphs == (P, Q)


# What stands between title and text, or below it, without any class → the author.
UNCLASSED = [
    ("<div>TS. NGUYỄN THÀNH LONG</div><div>Viện Kinh tế miền Trung</div>", "", "NGUYỄN THÀNH LONG"),
    ("<div>TRỊNH ĐÌNH HƯNG</div><div>PGS, TS, Viện Kinh tế miền Trung</div>", "", "TRỊNH ĐÌNH HƯNG"),
    ("<div>TRỊNH ĐÌNH HƯNG</div><div>Khóa họp mùa xuân</div>", "", None),
    ("<div>Kinh tế nông thôn</div><div>TS. NGUYỄN THÀNH LONG cho biết</div>", "", None),
    ("<div>12/03/2021 10:07 | PHONG LAN - T.H</div>", "", "PHONG LAN - T.H"),
    ("<div>12/03/2021 10:07 | T.H</div>", "", None),
    ("", "<div>VIỆT HOA - KIÊN CƯỜNG</div><div><a href=/t>nước sạch</a></div>", "VIỆT HOA - KIÊN CƯỜNG"),
    ("", "<div>Hòa Bình</div><div><a href=/t>nước sạch</a></div>", None),
    ("", "<div>NƯỚC SẠCH - NÔNG THÔN</div>", None),
    ("", "<div>Được đăng bởi Ngô Quang vào lúc 21:37</div>", "Ngô Quang"),
    ("<div>Posted by Ngô Quang at 21:37</div>", "", "Ngô Quang"),
]  # fmt: skip


@pytest.mark.parametrize(("above", "below", "author"), UNCLASSED)
def test_writers_that_no_class_names(above: str, below: str, author: str | None) -> None:
    article = read(f"<h1>{TITLE}</h1>{above}<div><p>{P}</p><p>{Q}</p></div>{below}")
    assert article.author == author


def test_a_writer_between_lead_and_text() -> None:
    lead = f"<div><h1>{TITLE}</h1><p>{P}</p><div>Hoàng Lân • 12/03/2021 10:07</div></div>"
    article = read(f"{lead}<article><p>{Q}</p><p>{R}</p><p>{Q} {R}</p></article>")
    assert article.author == "Hoàng Lân"


def test_a_writer_s_degree_is_no_title() -> None:
    above = f"<div>{TITLE}</div><div>TRỊNH ĐÌNH HƯNG</div><div>PGS, TS, Viện Kinh tế miền Trung</div><div>12/03/2021 10:07</div>"
    article = read(f"{above}<div><p>{P}</p><p>{Q}</p></div>")
    assert (article.title, article.author) == (TITLE, "TRỊNH ĐÌNH HƯNG")
