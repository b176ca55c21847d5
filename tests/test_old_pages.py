"""Old and odd page layouts: tables with <br>, print views, questions and answers, foot lines."""

# ruff: noqa: E501  (a table row of markup reads best on one line)
from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from newsextract.clues import LEAD, RELATED, TITLE, class_bits, is_noise
from newsextract.dates import header_date
from newsextract.errors import NotAnArticle
from newsextract.metadata import Metadata
from newsextract.model import Article, Raw
from newsextract.notices import is_fields
from newsextract.page import lay_out, read_page
from newsextract.sites import Selectors
from newsextract.survey import Survey

TITLE_TEXT = "Xã Long Hưng đưa nước sạch về ấp cù lao"
P = "Sau hai năm thi công, tuyến ống dài 14 km đã đưa nước sạch đến 620 hộ dân ở cù lao."
Q = "Mỗi hộ góp 1,2 triệu đồng, phần còn lại do ngân sách huyện và doanh nghiệp đóng góp."
R = "Ông Phan Văn Sáu, Trưởng ấp, cho biết bà con không còn phải chở nước bằng ghe như trước."
MENU = "".join(f"<td><a href=?m={i}>Chuyên mục số {i}</a></td>" for i in range(6))
LIST = "".join(
    f"<tr><td><img src=b.gif></td><td><a href=?id={i}>Bản tin số {i} trong tuần của huyện</a></td></tr>"
    for i in range(5)
)


def read(html: str) -> Article:
    return read_page(html, Raw(b""))


def in_tables(cell: str, title: str = "Đài huyện") -> str:
    """A page of nested tables, as sites of 2003-2010 are; ``cell`` stands beside a list."""
    return (
        f"<html><head><title>{title}</title></head><body><table><tr>{MENU}</tr></table>"
        f"<table><tr><td><table>{LIST}</table></td><td>{cell}<br><table>"
        f"<tr><td colspan=2><b>Các tin đã đưa</b></td></tr>{LIST}</table></td></tr></table></body></html>"
    )


# How old pages print a title without a heading; behind it stand the day and a text cut by <br>.
TITLES = [
    f"<span class=tieudetin><font color=#0033CC size=4>{TITLE_TEXT}</font></span>",
    f"<font size=4>{TITLE_TEXT}</font>",
    f"<font size='+2' color=navy>{TITLE_TEXT}</font>",
    f"<b><font color=red>{TITLE_TEXT}</font></b>",
    f"<span style='font-size: 16pt'>{TITLE_TEXT}</span>",
    f"<span class=tentin>{TITLE_TEXT}</span>",
]


@pytest.mark.parametrize("title", TITLES)
def test_text_that_stands_in_a_cell(title: str) -> None:
    cell = (
        f"{title}<br><font size=1>(21/10/2009)</font><br><br><img src=a.jpg align=left>{P}<br>"
        f"&nbsp;&nbsp;{Q}<br/><br/>{R}<br><div align=right><b>(P.T.V)</b></div>"
    )
    article = read(in_tables(cell))
    assert article.title == TITLE_TEXT
    assert article.paragraphs == (P, Q, R)
    assert article.author == "P.T.V"
    assert str(article.published)[:10] == "2009-10-21"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (f"<b>{TITLE_TEXT}</b> <font size=1>(21/10/2009)</font>", TITLE_TEXT),
        (
            "<b>Long Hưng mừng ngày toàn thắng</b> (30/4/1975)",
            "Long Hưng mừng ngày toàn thắng (30/4/1975)",
        ),
        (
            "<h2>Kết quả bốc thăm hộ được nhận bồn nước ngày 18/10/2009</h2>",
            "Kết quả bốc thăm hộ được nhận bồn nước ngày 18/10/2009",
        ),
    ],
)
def test_a_day_on_the_line_of_the_title(title: str, expected: str) -> None:
    article = read(
        in_tables(
            f"{title}<br><br>{P}<br><br>{Q}<br><br>{R}<br>", expected if "197" in expected else "x"
        )
    )
    assert article.title == expected
    assert article.paragraphs == (P, Q, R)


def test_a_signed_text_whose_title_is_a_picture_is_an_article() -> None:
    text = f"<img src=title12.gif><br><br>{P}<br><br>{Q}<br><br>{R}<br>"
    article = read(in_tables(f"{text}<div align=right><b>Phan Hoàng Vân</b></div>", "Trang chủ"))
    assert (article.title, article.author) == (None, "Phan Hoàng Vân")
    assert article.paragraphs == (P, Q, R)
    with pytest.raises(NotAnArticle):
        read(in_tables(text, "Trang chủ"))


def test_a_picture_between_breaks_stands_before_the_next_line() -> None:
    html = f"<div>{P}<br>Ông Sáu bên vòi nước<br><img src=a.jpg>{Q}<br><br><img src=b.jpg></div>"
    layout = lay_out(LexborHTMLParser(html.encode()))
    assert [at for at, _ in layout.images] == [2, 3]


def test_a_picture_between_wrapped_lines() -> None:
    html = f"<div>{P[:40]}<br>{P[40:].strip().lower()}<br><img src=a.jpg>{Q}</div>"
    layout = lay_out(LexborHTMLParser(html.encode()))
    assert [at for at, _ in layout.images] == [1]


PRINTED = (
    f"<html><head><title>Print</title></head><body><div><a href=/>Báo Long Hưng - Tiếng nói của nhân dân</a><hr>"
    f"<div class=printTitle><b>{TITLE_TEXT}</b></div><i>Thứ Ba, 21/12/2010 - 9:26</i><div id=print><p><b>{P}</b></p>"
    f"<p>{Q}</p><p>{R}</p><p align=right><b>Phan Thị Vân</b></p></div><hr><small>In từ trang: http://longhung.example/12"
    f"<br>Ngày in: 05/03/2014 14:22</small> <a href=#>[Đóng cửa sổ]</a></div></body></html>"
)


def test_print_view() -> None:
    article = read(PRINTED)
    assert article.title == TITLE_TEXT
    assert article.paragraphs == (P, Q, R)
    assert article.author == "Phan Thị Vân"
    assert str(article.published)[:16] == "2010-12-21 09:26"


def test_the_day_of_printing_is_no_day_of_publication() -> None:
    assert read(PRINTED.replace("<i>Thứ Ba, 21/12/2010 - 9:26</i>", "")).published is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Ngày in: 05/03/2014 14:22", None),
        ("Bản in ngày 05/03/2014", None),
        ("Ngày hỏi: 02/06/2017 - Ngày trả lời: 15/06/2017", "2017-06-15"),
        ("Ngày gửi: 28/06/2016 | Ngày trả lời: 04/07/2016 09:00", "2016-07-04"),
        ("Tháng Năm 13th, 2010", "2010-05-13"),
        ("In lần đầu ngày 05/03/2014", "2014-03-05"),
    ],
)
def test_days_of_fields(line: str, day: str | None) -> None:
    found = header_date(line)
    assert (str(found.when)[:10] if found else None) == day


ASKED = "Nhà tôi ở cuối tuyến ống, nước rất yếu vào buổi sáng. Xin hỏi khi nào xã nâng áp lực?"
ANSWERED = "UBND xã đã đề nghị đơn vị cấp nước lắp thêm một máy bơm tăng áp ở đầu cầu Rạch Vọp."


@pytest.mark.parametrize(
    "fields",
    [
        "<div>Người gửi: Lê Na | Email: l***@x.example | Ngày gửi: 28/06/2016 | Ngày trả lời: 04/07/2016 09:00</div>",
        "<p>Người hỏi: Lê Na</p><p>Ngày hỏi: 28/06/2016</p><p>Ngày trả lời: 04/07/2016 09:00</p>",
    ],
)
def test_question_and_answer(fields: str) -> None:
    article = read(
        f"<html><head><title>Hỏi đáp</title></head><body><ul>{MENU}</ul><div class=qa><h2>{TITLE_TEXT}</h2>{fields}"
        f"<div><b>Hỏi:</b> {ASKED}</div><div><b>Trả lời:</b><p>{ANSWERED}</p><p>{Q}</p><p>{R}</p></div>"
        f"<div>Gửi câu hỏi mới cho chúng tôi <input></div><h3>Câu hỏi cùng lĩnh vực</h3><table>{LIST}</table></div></body></html>"
    )
    assert article.paragraphs == (f"Hỏi: {ASKED}", ANSWERED, Q, R)
    assert (article.lead, article.author) == (None, None)
    assert str(article.published)[:16] == "2016-07-04 09:00"


def test_the_day_of_an_answer_stands_between_question_and_answer() -> None:
    article = read(
        f"<html><body><div><h2>{TITLE_TEXT}</h2><p>Ngày hỏi: 02/06/2017</p><p>{ASKED}</p>"
        f"<p>Ngày trả lời: 15/06/2017</p><p>{ANSWERED}</p><p>{Q}</p></div></body></html>"
    )
    assert article.paragraphs == (ASKED, ANSWERED, Q)
    assert str(article.published)[:10] == "2017-06-15"


def story(end: str, between: str = "", head: str = "") -> Article:
    return read(
        f"<html><head><title>{TITLE_TEXT}</title></head><body><h1>{TITLE_TEXT}</h1>{head}<div><p>{P}</p>{between}"
        f"<p>{Q}</p><p>{R}</p>{end}</div></body></html>"
    )


@pytest.mark.parametrize(
    ("row", "author"),
    [
        ("<td>Tác giả:</td><td>Phan Hoàng Vân</td>", "Phan Hoàng Vân"),
        ("<td>Chuyên mục:</td><td>Phan Hoàng Vân</td>", None),
        ("<td>Tác giả:</td><td>admin</td>", None),
        ("<td>Tác giả:</td><td>Lượt xem: 1.331</td>", None),
    ],
)
def test_a_label_and_a_name_in_cells(row: str, author: str | None) -> None:
    head = f"<table><tr><td>Ngày đăng:</td><td>13/05/2021</td></tr><tr>{row}</tr></table>"
    article = story("", head=head)
    assert article.author == author
    assert article.paragraphs == (P, Q, R)


def test_a_writer_with_the_group_of_a_school() -> None:
    assert story("<p><em>Bài viết: Phan Hoàng Vân - Tổ Ngữ văn</em></p>").author == "Phan Hoàng Vân"


def test_place_and_day_before_a_name_are_no_writer() -> None:
    end = "<p align=right><i>Long Hưng, ngày 27/12/2018</i></p><p align=right><b>Hoàng Vân</b></p>"
    assert story(end).author == "Hoàng Vân"
    assert story(end).paragraphs == (P, Q, R)


def test_the_hour_in_the_foot_of_a_blog() -> None:
    article = read(
        f"<h2 class=date-header>Thứ Ba, 7 tháng 8, 2012</h2><h3 class=post-title>{TITLE_TEXT}</h3><div class=post-body>"
        f"<div>{P}</div><div>{Q}</div><div>{R}</div></div><div class=post-footer>Được đăng bởi longhung vào lúc "
        "<abbr class=published title='2012-08-07T10:15:00+07:00'>10:15</abbr></div>"
    )
    assert str(article.published)[:16] == "2012-08-07 10:15"
    assert article.author is None


# What stands behind the writer and is none of the text.
ENDS = [
    "<p><em>* Mời bạn đọc vào chuyên mục Nông thôn mới xem các tin, bài liên quan.</em></p>",
    "<p>&gt;&gt; Kính mời quý độc giả tham khảo thêm các bài viết về nước sạch nông thôn.</p>",
    "<p>Mọi tin, bài cộng tác xin gửi về hộp thư: toasoan@longhung.example</p>",
    "<p>Tin gửi lúc 15 giờ 12 phút, ngày 21/11/2006</p>",
    "<p>Bạn đọc bình luận (0)</p>",
    "<p>Quét mã QR để đọc bài trên điện thoại</p>",
    "<p>&lt; Trước &nbsp; Tiếp &gt;</p>",
    "<p><b>Xem các tin đã đưa ngày:</b> <select><option>1</select></p>",
    "<p align=right>BBT</p>",
    "<p>Chia sẻ:</p><ul><li>Twitter</li><li>Facebook</li></ul><p>Thích bài này:</p>",
]


@pytest.mark.parametrize("end", ENDS)
def test_a_writer_before_lines_of_the_site(end: str) -> None:
    article = story(f"<p align=right><b>Bài và ảnh: HOÀNG VÂN</b></p>{end}")
    assert article.author == "HOÀNG VÂN"
    assert article.paragraphs == (P, Q, R)


def test_an_appeal_announces_no_name() -> None:
    article = story("<p>Mời quý độc giả xem thêm video:</p><p>Phan Hoàng Vân</p>")
    assert article.author == "Phan Hoàng Vân"
    assert article.paragraphs == (P, Q, R)


FIGURE = (
    "<figure><img src=a.jpg><figcaption><p>Vòi nước đầu tiên ở ấp cù lao</p></figcaption>"
    "<div class=PhotoCMS_Author><p>LÂM QUÂN</p></div></figure>"
)
WRITER = "<div class=detail-author><a class=name>Đình Hải</a></div>"


@pytest.mark.parametrize(("head", "author"), [(WRITER, "Đình Hải"), ("", None)])
def test_who_took_a_picture_is_no_author(head: str, author: str | None) -> None:
    article = story("", FIGURE, head)
    assert article.author == author
    assert article.paragraphs == (P, Q, R)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Người viết: Trung tâm TT&VH", "Trung tâm TT&VH"),
        ("Người viết: Phòng Văn hóa huyện", "Phòng Văn hóa huyện"),
        ("Người viết: Ban biên tập", None),
        ("Người viết: một cựu chiến binh", None),
    ],
)
def test_a_unit_that_writes(line: str, author: str | None) -> None:
    assert story(f"<p align=right><i>{line.replace('&', '&amp;')}</i></p>").author == author


def test_a_lead_that_a_site_removes_from_its_text_stays_the_lead() -> None:
    html = f"<h1>{TITLE_TEXT}</h1><h2 class=x>{P}</h2><div class=c><p>{Q}</p><p>{R}</p></div>"
    layout = lay_out(
        LexborHTMLParser(html.encode()), Selectors(lead=(".x",), remove=(".x",), body=(".c",))
    )
    survey = Survey(layout, Metadata())
    lead = layout.names.index("x")
    assert survey.bits[lead] & (LEAD | RELATED) == LEAD
    assert not survey.apart[lead]


def test_a_row_of_fields() -> None:
    assert is_fields("Người hỏi: Lê Na - Địa chỉ: xã Long Hưng - Ngày hỏi: 02/06/2017")
    assert not is_fields("Địa chỉ: số 5 đường Hùng Vương, phường 1, thị xã Gò Công.")
    assert not is_fields(
        "Địa chỉ: số 5 đường Hùng Vương; Điện thoại: 0273 111 222; Email: x@y.example"
    )
    assert not is_fields("Giá lúa: 7.000 đồng/kg - Giá ngô: 5.000 đồng/kg")


@pytest.mark.parametrize(
    "line",
    [
        "Mời bà con theo dõi mực nước trên kênh.",
        "Kính mời các hộ dân đến nhận tiền hỗ trợ trước ngày 20.",
        "Tin vui đến với bà con cù lao.",
        "Quét mã QR, nông dân biết ngay nguồn gốc cây giống",
        "Mã QR trên từng bao gạo Long Hưng",
        "In ấn phẩm giới thiệu làng nghề.",
        "Mọi chi phí lắp đặt do huyện chi trả.",
        "Thư viện xã xin gửi lời cảm ơn các nhà hảo tâm.",
    ],
)
def test_no_appeals(line: str) -> None:
    assert not is_noise(line)


def test_the_title_of_a_print_view_is_named_as_one() -> None:
    assert class_bits("printTitle") == TITLE
    assert class_bits("print-button") != 0


def test_a_name_of_a_portal_above_a_large_line_is_no_title() -> None:
    article = read(
        f"<html><head><title>Trang chủ</title></head><body><h1>Cổng thông tin Sở Xây dựng</h1><table><tr><td>"
        f"<p style='font-size:18px'>{TITLE_TEXT}</p><p>Cập nhật lúc: 15:10 - 21/11/2013</p><div>{P}</div><div>{Q}</div>"
        f"<div>{R}</div></td></tr></table></body></html>"
    )
    assert article.title == TITLE_TEXT
    assert str(article.published)[:16] == "2013-11-21 15:10"
