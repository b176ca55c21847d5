"""Who wrote an article: labels, signatures, names beside a day, claims of the head; and no one else."""

# ruff: noqa: E501  (a table row of markup reads best on one line)
from __future__ import annotations

import pytest
from madepages import TITLE, P, Q, R, dressed, read

from newsextract.byline import read_byline
from newsextract.signing import read_author

# What is said of the writer → the author.
WRITERS = [
    ("<p style='text-align:right'><b>Nguyễn Văn Tài</b></p>", "Nguyễn Văn Tài"),
    ("<p><b>Tin, ảnh: THU HÀ</b></p>", "THU HÀ"),
    ("<p align=right>Mai Hoa - Quốc Bảo</p>", "Mai Hoa - Quốc Bảo"),
    ("<p>Hà Thu (tổng hợp)</p>", "Hà Thu"),
    ("<p align=right><b>Mai Hà (Trung tâm Văn hóa huyện)</b></p>", "Mai Hà"),
    ("<p>Hải Yến/VOV.VN</p>", "Hải Yến"),
    ("<p><b>Mai Hà</b> maiha@example.vn</p>", "Mai Hà"),
    ("<p align=right><b>Trung</b></p>", "Trung"),
    ("<p><b>Chúc Mừng Năm Mới</b></p>", None),
    ("<p><b>Thanh Hóa</b></p>", None),
    ("<p>Theo Báo Nhân Dân</p>", None),
    ("<p>Nguồn: TTXVN</p>", None),
    ("<p>Theo Thanh Niên</p>", None),
    ("<p>Ảnh: Lê Hiếu</p>", None),
    ("<p align=right><b>Mai Thị Hà</b></p><p align=right><b>(Trạm Y tế xã)</b></p>", "Mai Thị Hà"),
    ("<p>(Trạm Y tế xã)</p>", None),
    ("<p>Tác giả: Phòng Văn hóa huyện</p>", "Phòng Văn hóa huyện"),
    ("<p>Tác giả: Ban biên tập</p>", None),
    ("<p>Tác giả: Báo Phú Tân</p>", None),
    ("<ul><li>Facebook</li></ul><p>Tin, ảnh: Thu Hà</p>", "Thu Hà"),
    ("<p align=right><a href=/1><b>Lê Thị Hoa</b></a></p>", "Lê Thị Hoa"),
    ("<p><a href=/1>Lê Thị Hoa</a></p>", None),
    ("<p align=right><a href=/1>Thanh Hóa</a></p>", None),
    ("<p><a href=/1>Thu Hà- Minh Đức (Nguồn: phutan.vn)</a></p>", "Thu Hà- Minh Đức"),
    ("<p align=right><b>Tổ Truyền thông – Ngọc Diễm</b></p>", "Ngọc Diễm"),
    ("<p align=right><b>P.TC-HC</b></p>", None),
    ("<p align=right><b>Cần Thơ - Hữu Tín</b></p>", "Hữu Tín"),
    ("<p align=right><b>Thái Bình - Nam Định</b></p>", None),
    ("<p>Huyện nhân rộng mô hình ở các xã ven sông là An Nhơn, An Qui, An Thuận.</p>", None),
    ("<p>Huyện nhân rộng mô hình ở ba xã vùng ven - An Nhơn, An Qui.</p>", None),
    ("<p align=right><b>Nay Jek/VOV-Tây Nguyên</b></p>", "Nay Jek"),
    ("<p align=right><b>Mai Linh Express/VOV-Tây Nguyên</b></p>", None),
    ("<p align=right><b>Kim Chi</b></p><p align=right><b>(Thực hiện)</b></p>", "Kim Chi"),
    ("<div class=mauthor>Đình Hải</div>", "Đình Hải"),
    ("<p><b>Danh Hoàng Nam</b></p><p><b>(ấp Kinh 3, xã Thạnh Trị)</b></p>", "Danh Hoàng Nam"),
    ("<p align=right><b>Maria Ngọc Lan</b></p>", "Maria Ngọc Lan"),
    ("<p>Tin-ảnh: V.Duẩn</p>", "V.Duẩn"),
    ("<p>Bài/hình: Lê Na</p>", "Lê Na"),
    (
        "<p align=right><b>Lê Thị Hoa</b></p><div>Đường dẫn bài viết: phutan.example.vn/412.html</div>",
        "Lê Thị Hoa",
    ),
    ("<div class=news__sign>Duy Quan - Thái Sơn</div>", "Duy Quan - Thái Sơn"),
    ("<p align=right><b>SÁU LÚA GIANG</b></p>", "SÁU LÚA GIANG"),
    ("<p align=right><b>Bích Ngọc Lan</b></p>", "Bích Ngọc Lan"),
    ("<p align=right><b>Năm Học Mới</b></p>", None),
    ("<p align=right><b>Tư Pháp Phú Tân</b></p>", None),
    ("<p align=right><b>Ba Vì Xuân</b></p>", None),
    ("<p align=right><b>Chúc Bà Con Thành Công</b></p>", None),
    ("<p align=right><b>Mùa Xuân Hòa Bình</b></p>", None),
    ("<p align=right><b>Hai Bà Trưng</b></p>", None),
]


@pytest.mark.parametrize(("line", "author"), WRITERS)
def test_author(line: str, author: str | None) -> None:
    article = read(dressed(f"<div><p>{P}</p><p>{Q}</p>{line}</div>"))
    assert article.author == author
    assert article.paragraphs[:2] == (P, Q)


# What stands between title and text, or right below it, without any class → the author.
PLACES = [
    ("<div>Viết bởi Lê Thị Hoa</div><div>Danh mục: Thời sự</div>", "", "Lê Thị Hoa"),
    ("<div>Lê Thị Hoa</div><div>04/06/2014 08:52</div>", "", "Lê Thị Hoa"),
    ("<div>04/06/2014 08:52</div><div>Hải Yến (TTXVN)</div>", "", "Hải Yến"),
    ("<div>Lê Thị Hoa</div><div>Chia sẻ</div><div>04/06/2014</div>", "", None),
    ("<div>Văn Hóa</div><div>04/06/2014 08:52</div>", "", None),
    ("<div>Thái Bình</div><div>04/06/2014 08:52</div>", "", None),
    ("<div>Kinh Tế</div><div>04/06/2014 08:52</div>", "", None),
    ("<div>Trần Thị Minh - 04/06/2014 08:52</div>", "", "Trần Thị Minh"),
    ("<div>Trần Thị Minh | Thứ tư, 04/06/2014 08:52</div>", "", "Trần Thị Minh"),
    ("<div>An Khê - 04/06/2014 08:52</div>", "", None),
    ("<div>Thứ tư - 04/06/2014 08:52</div>", "", None),
    ("<div>An Khê</div><div>04/06/2014 08:52</div>", "", None),
    ("<div><a href=/x>Lê Thị Hoa</a></div><div>04/06/2014 08:52</div>", "", None),
    ("", "<div>Lê Thị Hoa</div><div><a href=/tu-khoa>giảm nghèo</a></div>", "Lê Thị Hoa"),
    ("", f"<div>Lê Thị Hoa</div><div>05/06/2014 10:00</div><div>{R}</div>", None),
    ("", "<div>Trang Chủ</div>", None),
    ("<div>LÊ THỊ HOA Chủ nhật, 08/06/2014 - 05:30</div>", "", "LÊ THỊ HOA"),
    ("<div>Quỳnh Chi</div><div>04/06/2014 08:52</div>", "", "Quỳnh Chi"),
    ("<div>QUỲNH CHI - BẢO YẾN | 04/06/2014 08:52</div>", "", "QUỲNH CHI - BẢO YẾN"),
    ("<div>Quỳnh Chi</div>", "", None),
    ("<div>Châu Thành</div><div>04/06/2014 08:52</div>", "", None),
    ("<div>Phong Thủy</div><div>04/06/2014 08:52</div>", "", None),
    ("<div>Gia Đình</div><div>04/06/2014 08:52</div>", "", None),
    ("<div>Trung Quốc | 04/06/2014 08:52</div>", "", None),
    ("<div>Sống Khỏe</div><div>04/06/2014 08:52</div>", "", None),
    ("<div>08:52 04/06/2014 | Lê Thị Hoa</div>", "", "Lê Thị Hoa"),
    ("<div>Được đăng bởi Lê Thị Hoa vào T4, 04/06/2014</div>", "", "Lê Thị Hoa"),
    ("<div>Được đăng bởi bientap vào T4, 04/06/2014</div>", "", None),
    ("<div class=toolbar><b class=author>PHONG LAN - T.H</b></div>", "", "PHONG LAN - T.H"),
    ("<div class=related><b class=author>Lê Thị Hoa</b></div>", "", None),
    ("", "<div class=author_info>Quan Lê - 20:58 04/06/2014</div>", "Quan Lê"),
    ("", "<div class=post-footer><span class=author>Lê Thị Hoa</span></div>", "Lê Thị Hoa"),
    ("", "<div class=footer><span class=author>Lê Thị Hoa</span></div>", None),
    (
        "<footer>Được gửi bởi <b>Lê Thị Hoa</b> vào <time>T4, 04/06/2014</time></footer>",
        "",
        "Lê Thị Hoa",
    ),
    ("<div>Posted by Lê Thị Hoa on</div><div>04/06/2014</div>", "", "Lê Thị Hoa"),
    ("<ul><li><span>Tác giả, </span><b>Lê Thị Hoa</b></li></ul>", "", "Lê Thị Hoa"),
    ("<div>Tác giả, tác phẩm</div>", "", None),
    ("<div>Ốc Sên | Theo Phú Tân Xanh <i>04/06/2014 08:52</i></div>", "", "Ốc Sên"),
    ("<a href=/1>Sống Xanh</a><div>Sống Xanh | Theo Phú Tân Xanh 04/06/2014 08:52</div>", "", None),
    ("<div>Ốc Sên | Theo Phú Tân Xanh</div>", "", None),
    ("<div>Kinh Doanh | Theo Phú Tân Xanh 04/06/2014</div>", "", None),
    ("<div>Ngày đăng: 04/06/2014 - Lượt xem: 312 - Người đăng: Lê Thị Hoa</div>", "", "Lê Thị Hoa"),
    ("", "<div class=aut>Duy Quan - Thái Sơn</div>", "Duy Quan - Thái Sơn"),
    (
        "<div class=authors><a class=author href=/w>Đình Tuân</a><div>Phóng viên</div></div>",
        "",
        "Đình Tuân",
    ),
    ("<table><tr><td>Tác giả</td><td>Lê Thị Hoa</td></tr></table>", "", "Lê Thị Hoa"),
    ("<table><tr><td>Người gửi</td><td>Lê Thị Hoa</td></tr></table>", "", None),
    ("<p>Bài viết</p><p>Lê Thị Hoa</p>", "", None),
    ("<span itemprop=author itemscope><b itemprop=name>Lê Thị Hoa</b></span>", "", "Lê Thị Hoa"),
    ("<div>Lê Thị Hoa<p class=tm>3 giờ trước</p></div>", "", "Lê Thị Hoa"),
    ("<div>Chợ nổi Phú Tân<p class=tm>3 giờ trước</p></div>", "", None),
]


@pytest.mark.parametrize(("above", "below", "author"), PLACES)
def test_author_that_no_class_names(above: str, below: str, author: str | None) -> None:
    body = f"{above}<div class=text><p>{P}</p><p>{Q}</p></div>{below}"
    assert read(dressed(body)).author == author


CLAIMED = [
    ('[{"@type": "Person", "name": "Lê Hoa"}, {"@type": "Person", "name": "Bảo Yến"}]', "", "Lê Hoa, Bảo Yến"),
    ('[{"name": "Lê Hoa"}, {"name": "Báo Phú Tân"}]', "", "Lê Hoa"),
    ('[{"name": "Lê Hoa"}, {"name": "Lê Hoa"}]', "", "Lê Hoa"),
    ('"admin"', "<meta property=article:author content='Lê Hoa'><meta property=article:author content='Bảo Yến'>", "Lê Hoa, Bảo Yến"),
    ('{"@id": "#p"}}, {"@type": "Person", "@id": "#p", "name": "Lê Hoa"', "", "Lê Hoa"),
    ('"admin"', "<meta name=twitter:label1 content='Được viết bởi'><meta name=twitter:data1 content='Lê Hoa'>", "Lê Hoa"),
    ('"admin"', "<meta name=twitter:label1 content='Thời gian đọc'><meta name=twitter:data1 content='Lê Hoa'>", None),
    ('"admin"', "<meta property=article:author content=https://x.vn/lehoa><meta property=article:author content='Lê Hoa'>", "Lê Hoa"),
]  # fmt: skip


@pytest.mark.parametrize(("writers", "meta", "author"), CLAIMED)
def test_all_writers_whom_the_head_names(writers: str, meta: str, author: str | None) -> None:
    data = f'[{{"@type": "NewsArticle", "author": {writers}}}]'
    head = f'{meta}<script type="application/ld+json">{data}</script>'
    assert read(dressed(f"<div><p>{P}</p><p>{Q}</p></div>", head)).author == author


@pytest.mark.parametrize(
    ("over", "author"),
    [
        ("<div>Lê Thị Hoa</div><ul><li>12 thg 5, 2021</li><li>3 phút đọc</li></ul>", "Lê Thị Hoa"),
        ("<div>Lê Thị Hoa</div><p>Tin mới</p><ul><li>12 thg 5, 2021</li></ul>", None),
        ("<div>Chợ nổi Phú Tân</div><ul><li>12 thg 5, 2021</li></ul>", None),
    ],
)
def test_who_wrote_it_may_stand_over_the_title_beside_the_day(
    over: str, author: str | None
) -> None:
    page = f"<article>{over}<h1>{TITLE}</h1><div><p>{P}</p><p>{Q}</p></div></article>"
    assert read(f"<html><body><h1>HTX rau Phú Tân</h1>{page}</body></html>").author == author


def test_who_wrote_it_may_stand_below_the_lead() -> None:
    text = (
        f"<p>{R}</p><p>Bài viết của Lê Thị Hoa, Quỳnh Chi</p><div>04/06/2014 08:52</div><p>{P}</p>"
    )
    article = read(dressed(f"<div>{text}<p>{Q}</p></div>"))
    assert article.author == "Lê Thị Hoa, Quỳnh Chi"


def test_all_who_are_named_above_count_more_than_the_one_who_signs() -> None:
    above, signed = "<a href=/1><b class=author>{}</b></a>", "<p align=right><b>Lê Hoa</b></p>"
    text = f"<div><p>{P}</p><p>{Q}</p>{signed}</div>"
    assert read(dressed(above.format("Lê Hoa - Bảo Yến") + text)).author == "Lê Hoa - Bảo Yến"
    assert read(dressed(above.format("Hữu Khoa - Bảo Yến") + text)).author == "Lê Hoa"


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="Báo Phú Tân">',
        '<meta property="article:author" content="https://www.facebook.com/baophutan">',
        '<meta name="author" content="admin">',
        '<meta property="og:site_name" content="Minh Anh"><meta name="author" content="Minh Anh">',
    ],
)
def test_no_author_is_invented(head: str) -> None:
    assert read(dressed(f"<div><p>{P}</p><p>{Q}</p></div>", head)).author is None


UNSIGNED = [
    "<p><b>TM. ỦY BAN NHÂN DÂN</b></p><p><b>CHỦ TỊCH</b></p><p>(Đã ký)</p><p><b>Trần Văn Khoa</b></p>",
    "<p align=right><b>GIÁM ĐỐC</b></p><p align=right><b>Trần Văn Khoa</b></p>",
    "<p>Danh sách được khen thưởng:</p><p>Trần Văn Khoa</p><p>Lê Thị Hoa</p>",
    "<p>Các đồng chí được bầu:</p><p>Trần Văn Khoa - Bí thư</p><p>Lê Thị Hoa - Phó Bí thư</p>",
]


@pytest.mark.parametrize("end", UNSIGNED)
def test_names_of_the_text_sign_nothing(end: str) -> None:
    article = read(dressed(f"<div><p>{P}</p><p>{Q}</p>{end}</div>"))
    assert article.author is None
    assert "Trần Văn Khoa" in article.text


def test_who_signs_ends_the_text_s_own_box_whatever_stands_below() -> None:
    box = "".join(f"<div><h5>BS. Trần Văn {name}</h5></div>" for name in ("Khoa", "Tài", "Lộc"))
    said = f"<h4>Đội ngũ bác sĩ</h4>{box}<div>Bạn đọc hỏi: {Q} {R}</div>"
    signed = "<p align=right><b>Lê Thu Hà</b></p>"
    html = dressed(f"<section><div><p>{P}</p><p>{Q}</p><p>{R}</p>{signed}</div>{said}</section>")
    assert read(html).author == "Lê Thu Hà"


def test_a_labelled_source_is_announced_by_no_line() -> None:
    end = "<p>Một số hình ảnh tại buổi lễ:</p><p>Nguồn tin: Trần Văn Khoa</p>"
    article = read(dressed(f"<div><p>{P}</p><p>{Q}</p>{end}</div>"))
    assert "Nguồn tin" not in article.text


def test_a_label_on_a_line_of_its_own_announces_a_writer() -> None:
    end = "<p>Tác giả:</p><p>Trần Văn Khoa</p>"
    assert read(dressed(f"<div><p>{P}</p><p>{Q}</p>{end}</div>")).author == "Trần Văn Khoa"


def test_a_house_that_signs_is_no_author_and_no_text() -> None:
    signed = "<p align=right><b>Cổng TTĐT huyện Phú Tân</b></p>"
    article = read(dressed(f"<div><p>{P}</p><p>{Q}</p>{signed}</div>"))
    assert (article.author, article.paragraphs) == (None, (P, Q))
    told = "<p align=right><b>Đài Phú Tân phát sóng lúc 20 giờ.</b></p>"
    assert len(read(dressed(f"<div><p>{P}</p><p>{Q}</p>{told}</div>")).paragraphs) == 3


def test_commenters_are_no_authors() -> None:
    below = "<div class=comments><h3>Bình luận</h3><span class=author>Lê Nam</span><p>Bài viết rất hay và đầy đủ thông tin.</p></div>"
    article = read(dressed(f"<div><p>{P}</p><p>{Q}</p></div>", below=below))
    assert article.author is None
    assert article.paragraphs == (P, Q)


# A line → who it names, with and without leave to read a bare name.
BYLINES = [
    ("Tin, ảnh: P.Y", "P.Y", None),
    ("Tin, ảnh/Text and photos: Thu Hà", "Thu Hà", None),
    ("Bài và ảnh: Nguyễn Văn A", "Nguyễn Văn A", None),
    ("Theo Sầm Hoa (Vietnamnet/Reuters)", "Sầm Hoa", "Vietnamnet/Reuters"),
    ("Theo Chinhphu.vn", None, "Chinhphu.vn"),
    ("Nguồn: TTXVN", None, "TTXVN"),
    ("Nội dung: Thu Hà - Trình bày: Minh Đức", "Thu Hà", None),
    ("Được đăng bởi Thu Hà", "Thu Hà", None),
    ("PV Hồng Hạnh", "Hồng Hạnh", None),
    ("Bút ký của THU HÀ", "THU HÀ", None),
    ("CTV Thu Hà (Phú Tân)", "Thu Hà", None),
    ("Tác giả: Thu Hà - Nguồn: Báo Phú Tân", "Thu Hà", "Báo Phú Tân"),
    ("Tác giả: ThS. Lê Thu Hà (Phòng VH-TT)", "Lê Thu Hà", "Phòng VH-TT"),
    ("Theo Thu Hà, Dân trí", "Thu Hà", "Dân trí"),
    ("Được viết: Thu Hà", "Thu Hà", None),
    ("Submitted by Thu Hà on", "Thu Hà", None),
    ("Tác Giả: Thu Hà", "Thu Hà", None),
    ("Tin Và Ảnh: Thu Hà", "Thu Hà", None),
    ("Tác giả, Thu Hà", "Thu Hà", None),
    ("Theo Thu Hà | VnExpress", "Thu Hà", "VnExpress"),
    ("Nguồn: snn.phutan.gov.vn", None, "snn.phutan.gov.vn"),
    ("Biên tập: Thu Hà", None, None),
    ("BTV: Thu Hà", None, None),
    ("Người dịch: Thu Hà", None, None),
    ("Trình bày: Thu Hà - Ảnh: Minh Đức", None, None),
]


@pytest.mark.parametrize(("line", "author", "source"), BYLINES)
def test_labelled_byline(line: str, author: str | None, source: str | None) -> None:
    byline = read_byline(line)
    assert byline is not None
    assert (byline.author, byline.source) == (author, source)


@pytest.mark.parametrize(
    "line",
    ["Nguyễn Tùng", "Theo ông Trung, mọi việc đã ổn", "Theo báo cáo của UBND tỉnh", "Ảnh: Lê Hiếu",
     "Tin nóng trong ngày", "Bài học đắt giá", "Báo Đắk Nông điện tử"],
)  # fmt: skip
def test_no_byline(line: str) -> None:
    assert read_byline(line) is None


# A line where a byline is expected → who it names.
BARE = {
    "N.T.Phương": ("N.T.Phương", None),
    "Thu Hà - Công chức văn hóa xã": ("Thu Hà", "Công chức văn hóa xã"),
    "BS. Lê Thu Hà - CDC tỉnh": ("Lê Thu Hà", "CDC tỉnh"),
    "PGS.TS Lê Thu Hà": ("Lê Thu Hà", None),
    "Bs. Lê Thu Hà": ("Lê Thu Hà", None),
    "Đại tá Lê Thu Hà": ("Lê Thu Hà", None),
    "Thu Hà/VOV-Tây Nguyên": ("Thu Hà", "VOV-Tây Nguyên"),
    "Thu Hà (UBMTTQ huyện Phú Tân)": ("Thu Hà", "UBMTTQ huyện Phú Tân"),
    "Thu Hà (xã Mỹ Hòa)": ("Thu Hà", "xã Mỹ Hòa"),
    "Thu Hà (theo Reuters)": ("Thu Hà", "Reuters"),
    "THU HÀ (tổng hợp từ TTXVN)": ("THU HÀ", "TTXVN"),
    "Thu Hà lược dịch": ("Thu Hà", None),
    "Thu Hà, thông tín viên Đài Phú Tân": ("Thu Hà", "thông tín viên Đài Phú Tân"),
    "Thu Hà, Minh Đức và nhóm PV": ("Thu Hà, Minh Đức và nhóm PV", None),
    "PV-CTV": ("PV-CTV", None),
    "THU HÀ - MINH ĐỨC Báo Phú Tân": ("THU HÀ - MINH ĐỨC", "Báo Phú Tân"),
    "Minh Châu (T.H)": ("Minh Châu", None),
    "LÊ NA - HOÀNG TÚ": ("LÊ NA - HOÀNG TÚ", None),
    "LÊ NA- HOÀNG TÚ": ("LÊ NA- HOÀNG TÚ", None),
    "Lê Na -Hoàng Tú": ("Lê Na -Hoàng Tú", None),
}


@pytest.mark.parametrize("line", BARE)
def test_bare_byline(line: str) -> None:
    assert read_byline(line, bare=True) == BARE[line]
    assert read_byline(line) is None


@pytest.mark.parametrize(
    "line",
    ["Hồ Chí Minh", "Kinh Tế", "PHÓNG SỰ", "NỘI DUNG CHÍNH", "TIN NÓNG", "Super User", "Bình luận",
     "Trần Văn An - Bí thư Huyện ủy", "Trần Văn An, Phó Chủ tịch UBND xã", "Dịch: cúm lây lan",
     "Đồng chí Trần Văn An", "TTXVN/Vietnam+", "Theo dõi Báo", "Kỹ thuật: trồng lúa"],
)  # fmt: skip
def test_no_bare_byline(line: str) -> None:
    assert read_byline(line, bare=True) is None


@pytest.mark.parametrize(
    "name", ["Thanh Niên", "Thái Bình", "VnExpress", "Báo Thái Bình", "admin", "vietnam.vn"]
)
def test_no_person(name: str) -> None:
    assert read_author(name) is None


@pytest.mark.parametrize(
    "name", ["Nguyễn Tùng", "NHẬT XUÂN, NGHI VŨ", "Y Thanh", "Nhóm PV", "K'Brêu"]
)
def test_person(name: str) -> None:
    assert read_author(name) == name
