"""Where a text ends and what stands in it that is none of it: boxes, rows, appeals, cards."""

# ruff: noqa: E501  (a table row of markup reads best on one line)
from __future__ import annotations

import pytest

from newsextract.clues import AUTHOR, CHROME, RELATED, TITLE, class_bits, is_noise, opens_list
from newsextract.model import Article, Raw
from newsextract.notices import is_notice
from newsextract.page import read_page

P = "Sáng 12/8, UBND huyện Tân Lộc khánh thành trạm bơm Cầu Đá sau mười bốn tháng thi công."
Q = "Trạm có bốn máy, bơm được 7.200 m3 mỗi giờ, tưới cho 640 ha lúa của ba xã ven sông."
R = "Ông Đỗ Văn Thành, Chủ tịch UBND huyện, đề nghị các xã sớm nạo vét kênh nội đồng."
S = "Hai trạm còn lại của dự án dự kiến xong trước vụ đông xuân, muộn hơn kế hoạch ba tháng."


def read(html: str) -> Article:
    return read_page(html, Raw(b""))


def dressed(body: str, head: str = "") -> str:
    title = "Huyện Tân Lộc khánh thành trạm bơm Cầu Đá"
    return (
        f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}</body></html>"
    )


def before(foot: str) -> str:
    """The text in a box of its own, above ``foot``."""
    return dressed(f"<div class=x1><p>{P}</p><p>{Q}</p><p>{R}</p><p>{S}</p></div>{foot}")


def around(box: str) -> str:
    """The text with ``box`` in its midst."""
    return dressed(f"<div class=x1><p>{P}</p><p>{Q}</p>{box}<p>{R}</p><p>{S}</p></div>")


CARDS = "".join(
    f"<div class=c><h4>Chuyện thứ {i} ở miền hạ</h4><p>Lời giới thiệu thứ {i} của một chuyện khác, ở huyện bên.</p></div>"
    for i in range(5)
)
OFFERS = "<div>Gói tháng 89.000 đồng</div><div>Gói năm 790.000 đồng</div>"

# What stands below a text, in no class that says what it is.
FEET = {
    "the writer's box": "<div><div><b>Lê Thu Hà</b></div><div>Viết về nông thôn từ năm 2012, thích đi chợ phiên.</div></div>",
    "about the writer": "<div><h4>Về tác giả</h4><p>Lê Thu Hà viết về nông thôn từ năm 2012, thích đi chợ phiên.</p></div>",
    "an appeal behind buttons": "<div><a href=#>Lưu bài</a></div><div>Chương trình Mái ấm còn cần 200 tấm lợp cho mùa mưa tới.</div>",
    "an appeal for money": "<div>Quỹ Mái ấm mong được chung tay. Số tài khoản: 113000758, Ngân hàng Nông nghiệp.</div>",
    "a letter by mail": "<div><h3>Bản tin sáng</h3><p>Nhận những tin quan trọng vào hộp thư của bạn mỗi sáng.</p></div>",
    "a question to the reader": "<div><p>Bạn có hài lòng với cách làm của huyện không?</p><p><input type=radio> Hài lòng</p></div>",
    "cards without links, headed": f"<div><h3>Đang được đọc nhiều</h3>{CARDS}</div>",
    "offers to pay": f"<div><h2>Bạn vừa đọc 12% bài viết</h2><p>Đăng ký hội viên để đọc tiếp bài này và các bài khác của báo.</p>{OFFERS}</div>",
    "what members read": f"<div><h3>Nội dung dành riêng cho hội viên</h3><p>Để đọc tiếp, vui lòng đăng ký.</p>{OFFERS}</div>",
    "readers, each with the age of his words": "<div><div><b>Nguyễn An</b> <span>3 giờ trước</span><p>Bài viết rất hay, cảm ơn nhà báo đã kể chuyện quê tôi.</p></div></div>",
    "what readers say, each over the hour": "<div><b>Mẹ Bắp</b><p>Hay quá</p><i>09:15 09/09</i></div><div><b>Quốc Đạt</b><p>Cho hỏi liên hệ với chú ấy bằng cách nào?</p><i>19:18 07/09</i></div>",
    "cards of one line each": "<div>" + "<p><a href=/t>Chợ phiên Tân Lập họp lại sau ba năm</a> Sau nhiều tháng chờ đợi, chợ đã có lối ra mới.</p>" * 3 + "</div>",
    "a reader's words under his name and an hour": "<div><div><b>Nguyễn An</b> - 12/03/2024 09:15</div><p>Bài viết rất hay, cảm ơn nhà báo đã kể chuyện quê tôi.</p></div>",
    "the same on two lines": "<div><div>Nguyễn An</div><div>12/03/2024 09:15</div><p>Bài viết rất hay, cảm ơn nhà báo đã kể chuyện quê tôi.</p></div>",
    "the same, unseen": "<div style='visibility:hidden'><p>Bài viết rất hay, cảm ơn nhà báo đã kể chuyện quê tôi cho bạn bè gần xa.</p></div>",
    "a welcome": "<div>Nhiệt liệt chào mừng Đại hội Đảng bộ huyện lần thứ 12, nhiệm kỳ 2020 - 2025!</div>",
    "what leads on": "<p>&gt;&gt;&gt; Mua ngay muối hầm giảm 15% tại cửa hàng của làng nghề</p>",
    "cards in boxes of their own": "<div class=posts>" + "".join(f"<article><div class=t><h3><a href=/{i}>Chuyện thứ {i} ở miền hạ</a></h3><div class=m><span>0{i}/07/2022</span></div><div class=x><p>Đọc thêm nội dung của bài này để biết chi tiết hơn về hoạt động {i}.</p></div><a href=/{i}>Xem thêm »</a></div></article>" for i in range(1, 6)) + "</div>",
    "headlines and summaries in one box": "<div>" + "".join(f"<h4><a href=/{i}>Chuyện thứ {i} ở miền hạ du</a></h4><p>Tin vắn trong ngày từ các đơn vị toàn huyện, số {i}.</p>" for i in range(5)) + "</div>",
    "an address": "<div>Trụ sở: số 1 đường Trần Phú, thị trấn Tân Lộc, huyện Tân Lộc.</div>",
    "a disclaimer": "<div>(*) Bài viết thể hiện văn phong và quan điểm riêng của tác giả.</div>",
}  # fmt: skip


@pytest.mark.parametrize("name", FEET)
def test_what_stands_below_a_text_is_none_of_it(name: str) -> None:
    assert read(before(FEET[name])).paragraphs == (P, Q, R, S)


def test_the_second_post_of_a_thread_is_none_of_the_first() -> None:
    first = f"<div><p>{P}</p><p>{Q}</p><p>{R}</p><div>__________</div><div>Gió lên rồi</div></div>"
    answer = "<p>Hay quá, cuối tuần này em rủ cả phòng về xem, có ai đi cùng không ạ.</p>"
    second = f"<div>05-06-2009, 08:02 AM</div><div>#2</div><div>{answer}</div>"
    html = dressed(f"<div>04-06-2009, 10:46 PM</div><div>#1</div>{first}{second}")
    assert read(html).paragraphs == (P, Q, R)


@pytest.mark.parametrize(("day", "parted"), [("<div>14/08/2021</div>", True), ("", False)])
def test_a_further_article_below_has_a_day_of_its_own(day: str, parted: bool) -> None:
    title = "Huyện Tân Lộc khánh thành trạm bơm Cầu Đá"
    first = f"<div><h1>{title}</h1><div>12/08/2021</div><p>{P}</p><p>{Q}</p><p>{R}</p></div>"
    second = f"<div><h1>Xã Bình Lợi mở lại chợ phiên</h1>{day}<p>{S}</p></div>"
    article = read(f"<title>{title}</title>{first}{second}")
    assert article.paragraphs[:3] == (P, Q, R)
    assert (S not in article.text) is parted


def test_cards_without_links_below_a_long_text_need_no_heading() -> None:
    long = "".join(
        f"<p>{line} Đó là năm {year}.</p>" for year in range(2010, 2014) for line in (P, Q, R)
    )
    html = dressed(f"<div class=x1>{long}</div><div>{CARDS}</div>")
    assert len(read(html).paragraphs) == 12
    asked = CARDS.replace("</h4>", "?</h4>")
    assert len(read(html.replace(CARDS, asked)).paragraphs) > 12


WRAPPED = "".join(
    f"<div class=t><div>{line} Đó là năm {year}.</div></div>"
    for year in range(2010, 2014)
    for line in (P, Q, R)
)
LINKED = "".join(
    f"<div class=c><h4><a href=/{i}>Chuyện thứ {i} ở miền hạ</a></h4><p>12/3/2019</p><p>Lê Hà</p><p>Lời giới thiệu thứ {i} của một chuyện khác, ở huyện bên.</p></div>"
    for i in range(4)
)
# What stands below paragraphs that have a box each.
BELOW_BOXES = {
    "cards with date and writer": f"<div>{LINKED}</div>",
    "cards without links": f"<div>{CARDS}</div>",
    "the writer's box": FEET["the writer's box"],
    "an appeal for money": FEET["an appeal for money"],
}  # fmt: skip


@pytest.mark.parametrize("name", BELOW_BOXES)
def test_what_stands_below_paragraphs_in_boxes(name: str) -> None:
    paragraphs = read(dressed(f"{WRAPPED}{BELOW_BOXES[name]}")).paragraphs
    assert len(paragraphs) == 12
    assert all(text[:9] in (P[:9], Q[:9], R[:9]) for text in paragraphs)


def test_a_last_paragraph_in_no_box_is_kept() -> None:
    assert read(dressed(f"{WRAPPED}<p>{S}</p>")).paragraphs[-1] == S


def test_a_second_part_of_the_text_behind_a_list_is_kept() -> None:
    parts = f"<div class=x1><p>{P}</p><p>{Q}</p><p>{R}</p></div><div><a href=/x>Ba trạm bơm khác của tỉnh</a></div>"
    article = read(dressed(f"{parts}<div class=x1><p>{S}</p></div>"))
    assert article.paragraphs == (P, Q, R, S)
    article = read(
        dressed(f"<div class=x1><p>{P}</p><p>{Q}</p><p>{R}</p></div><div><p>{S}</p></div>")
    )
    assert article.paragraphs == (P, Q, R, S)


def test_the_writer_s_box_in_the_text_s_own() -> None:
    box = "<div class=k><b>Lê Thu Hà</b><p>Viết về nông thôn từ năm 2012, thích đi chợ phiên.</p></div>"
    text = f"<div class=x1><p>{P}</p><p>{Q}</p><p>{R}</p>{box}</div>"
    assert read(dressed(f"<p>Lê Thu Hà - 12/8/2014</p>{text}")).paragraphs == (P, Q, R)
    assert read(dressed(text, "<meta name=author content='Lê Thu Hà'>")).paragraphs == (P, Q, R)
    # Of a person whom the page names nowhere as its writer, the text itself may tell.
    assert len(read(dressed(text)).paragraphs) > 3


# A box in a text → the lines of it that are the text's.
BOXES = {
    "sound": ("<div class=z><b>Nghe âm thanh tại đây:</b><object></object><span>Tải về</span></div>", ()),
    "sound with its length": ("<div class=z><span>Nghe bài này</span> <span>5:32</span></div>", ()),
    "a voice": ("<div>Giọng đọc: Nam miền Bắc</div>", ()),
    "a made-up class": ("<p class='bbc-e4ad31 ef42ad3'>Máy bơm do một nhà máy ở Hải Phòng sản xuất.</p>", ("Máy bơm do một nhà máy ở Hải Phòng sản xuất.",)),
    "a list below an advertisement": ("<div class=a-rec><span>- Quảng cáo -</span><a href=#><img src=a></a></div><ul><li>Xã An Bình: 210 ha</li><li>Xã Mỹ Hòa: 190 ha</li></ul>", ("Xã An Bình: 210 ha", "Xã Mỹ Hòa: 190 ha")),
    "donations": ("<div class=donate>Quỹ Mái ấm của báo mong nhận được sự chung tay.</div>", ()),
    "a summary by machine": ("<div><b>Tóm tắt bài viết</b><p>Huyện có trạm bơm mới, tưới cho ba xã ven sông.</p></div>", ()),
}  # fmt: skip


@pytest.mark.parametrize("name", BOXES)
def test_box_in_a_text(name: str) -> None:
    box, kept = BOXES[name]
    article = read(around(box))
    assert article.paragraphs == (P, Q, *kept, R, S)
    assert not any(block.role == "caption" for block in article.blocks)


@pytest.mark.parametrize("advertisement", ["<div class=a-rec><span>- Quảng cáo -</span><a href=#><img src=a></a></div>", "<div class=ads><img src=a></div>"])  # fmt: skip
def test_a_short_line_below_an_advertisement_is_text(advertisement: str) -> None:
    line = "Ba xã ven sông được tưới"
    assert read(around(f"{advertisement}<p>{line}</p>")).paragraphs == (P, Q, line, R, S)
    assert read(around(f"<p><img src=a></p><p>{line}</p>")).paragraphs == (P, Q, R, S)
    flow = f"<p>- Quảng cáo -</p><p><img src=a></p><p>{line}</p>"
    assert read(around(flow)).paragraphs == (P, Q, R, S)


def test_the_words_of_an_item_with_a_picture_are_its_caption() -> None:
    article = read(around("<ul><li><img src=a>Bốn máy bơm trong trạm</li></ul>"))
    assert [b.role for b in article.blocks].count("caption") == 1


@pytest.mark.parametrize(
    "row", ["<a href=#>Chia sẻ</a> <a href=#>Thích 29</a>", "<a href=#>Chia sẻ bài viết</a>"]
)
def test_buttons_at_each_entry_of_a_live_report_make_no_list_of_articles(row: str) -> None:
    entries = "".join(
        f"<div><span>{hour}</span><div><p>{text}</p><div class=it>{row}</div></div></div>"
        for hour, text in (("21:10", P), ("18:45", Q), ("14:20", R), ("9:05", S))
    )
    article = read(dressed(f"<div>{entries}</div>"))
    assert [text for text in article.paragraphs if len(text) > 9] == [P, Q, R, S]


@pytest.mark.parametrize("tag", ["li", "div"])
def test_a_tab_heads_no_list(tag: str) -> None:
    tabs = "".join(f"<{tag}><a href=#>{tab}</a></{tag}>" for tab in ("Diễn biến", "Thống kê"))
    article = read(
        dressed(f"<div><p>{S}</p></div><div>{tabs}</div><div><p>{P}</p></div><div><p>{Q}</p></div>")
    )
    assert article.paragraphs[-2:] == (P, Q)


# A class or id as written → whether a word in it says something.
NAMES = [
    ("bbc-e4ad31", False), ("ef4250ad3", False), ("css-1tag9x", False), ("Box_text__3xAd2", False),
    ("ad300x250", True), ("ads2", True), ("box3-related", True), ("boxTag9", True), ("Box_related__3xK2d", True),
    ("tags__list", True),
]  # fmt: skip


@pytest.mark.parametrize(("name", "told"), NAMES)
def test_words_in_names_that_a_tool_made_up(name: str, told: bool) -> None:
    assert bool(class_bits(name) & (CHROME | RELATED | AUTHOR | TITLE)) == told


def test_two_rows_of_a_schedule_may_say_the_same() -> None:
    meeting = "8h00: Họp giao ban Thường trực UBND huyện, tại phòng họp số 1 của trụ sở."
    days = ("Thứ hai", "Thứ ba")
    rows = "".join(f"<tr><td>{day}</td><td>{meeting}</td></tr>" for day in days)
    told = read(around(f"<table>{rows}</table>")).paragraphs
    assert told == (P, Q, *(f"{day} | {meeting}" for day in days), R, S)


NOISE = [
    "Gửi tin này qua yahoo", "Xem truyền hình trực tuyến", "Ý kiến của bạn về bài viết | In trang | Gửi mail",
    "Mời xem tiếp kỳ sau: Nhiều doanh nghiệp trong tỉnh thưởng Tết cho người lao động cao hơn mức của năm trước",
    "Cập nhật 7 giờ trước", "3 giờ trước", "Đăng cách đây 2 ngày trước", "6 phút đọc", "Thời gian đọc: 5 phút", "3 min read",
    "Trung bình: 4.5 (6 phiếu)", "5/5 - (1 bình chọn)", "Rated 4.8 out of 5 (120 votes)", "Đánh giá: 4,5/5 từ 12 lượt".replace("từ", "trên"),
    "Nghe âm thanh tại đây: Tải về", "Bấm vào đây để nghe podcast", "Xem video tại đây",
    "Đã là hội viên? Đăng nhập", "Chưa có tài khoản? Đăng ký", "Đăng nhập để đọc tiếp bài viết này", "Muốn đọc tiếp nội dung này, mời đăng ký gói tháng.",
    "Nâng cấp tài khoản để đọc toàn bộ bài viết và các ấn phẩm khác của báo, không quảng cáo, trên mọi thiết bị của gia đình.",
    "Đang xem diễn đàn: 42 (3 thành viên và 39 khách). Số người online nhiều nhất: 1.204 lúc 21:13",
    "Hiện có 0 người dùng và 7 khách đang trực tuyến.",
    "1.203 lượt xem", "12 bình luận", "(0 Bầu chọn)", "Trung bình (0 Bầu chọn)", "Đã xem: 123",
    "(Trang này đã được đọc 642 lần)", "Trang in được", "Xếp hạng: 5 - 1 phiếu bầu", "Facebook Twitter Zalo", "00:00 / 03:12", "- Quảng cáo giữa bài -",
    "Theo dõi VTC News trên", "Theo dõi Đài Phú Tân trên Google News", "Tệp đính kèm: baocao.pdf",
    "Click để đánh giá bài viết", "Tổng số điểm của bài viết là: 5 trong 1 đánh giá",
    "Đăng nhập để gửi ý kiến", "Mời bạn đọc xem video",
    "* Mời quý độc giả theo dõi các chương trình đã phát sóng của Đài Phát thanh và Truyền hình trên ứng dụng của Đài!",
]  # fmt: skip
NO_NOISE = [
    "Đăng nhập Cổng dịch vụ công để xem kết quả hồ sơ", "Đăng ký tài khoản để nhận trợ cấp", "Hiện có 1.204 người dân được dùng nước sạch",
    "20 năm trước", "90 phút", "1.204 phiếu", "Trung bình: 8,5 điểm", "Muốn đọc hết cuốn sách này, bạn cần ba ngày", "Bạn đã đọc 12 cuốn sách trong năm?",
    "Để xem toàn bộ hang động, bạn cần ba giờ đi thuyền.", "Số người dùng Internet tăng", "Nghe đài", "Đang xem xét 12 hồ sơ", "Bạn còn 2 bài thi", "Trả lời: 3.1.",
    "X", "12 xã đạt chuẩn", "1.203 lượt khách", "Xếp hạng các tỉnh", "Theo dõi sát mực nước trên sông",
    "Đọc sách", "Mời doanh nghiệp xem đất", "Ông mời bạn đọc theo dõi câu chuyện của mình. " + Q,
    "Quảng cáo trên mạng tăng 12%", "18:45", "Tệp hồ sơ gồm ba bản", "Chi tiết nhỏ, chuyện lớn",
]  # fmt: skip


@pytest.mark.parametrize("line", NOISE)
def test_lines_that_are_noise(line: str) -> None:
    assert is_noise(line)


@pytest.mark.parametrize("line", NO_NOISE)
def test_lines_that_are_none(line: str) -> None:
    assert not any(told(line) for told in (is_noise, is_notice, opens_list))


@pytest.mark.parametrize(
    "line",
    ["MAGAZINE KHÁC", "Có thể quý vị quan tâm", "Bạn đọc cũng quan tâm", "Đang được đọc nhiều", "Chùm ảnh mới nhất", "Bài viết dành cho hội viên",
     "Bạn đã đọc hết 3 bài miễn phí trong tháng", "Thông tin về tác giả",
     "Bình luận mới nhất", "Các ý kiến phản hồi thuộc trách nhiệm người gửi"],
)  # fmt: skip
def test_headings_of_what_is_none_of_the_text(line: str) -> None:
    assert opens_list(line)
