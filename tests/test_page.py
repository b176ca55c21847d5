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
from selectolax.lexbor import LexborHTMLParser

from newsextract.body import find_body
from newsextract.byline import read_author, read_byline
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
from newsextract.model import Article, Raw
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


def read(html: str, url: str | None = None) -> Article:
    return read_page(html, Raw(b"", url=url))


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


P = "Sáng 4/6, UBND huyện Phú Tân tổ chức hội nghị sơ kết công tác giảm nghèo sáu tháng đầu năm."
Q = "Theo báo cáo, toàn huyện còn 1.204 hộ nghèo, giảm 312 hộ so với cùng kỳ năm ngoái."
R = "Ông Trần Văn Khoa, Phó Chủ tịch UBND huyện, đề nghị các xã rà soát lại danh sách hộ nghèo."


def dressed(body: str, head: str = "", above: str = "", below: str = "") -> str:
    return (
        f"<html><head><title>Huyện Phú Tân sơ kết công tác giảm nghèo</title>{head}</head><body>"
        f"{above}<h1>Huyện Phú Tân sơ kết công tác giảm nghèo</h1>{body}{below}</body></html>"
    )


LIST = (
    "<ul>"
    + "".join(f"<li><a href=/{i}>Bản tin số {i} của tuần</a></li>" for i in range(6))
    + "</ul>"
)

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


# What the head and the page claim → the title.
HEADS = {
    "the page's name never wins": ('<meta property="og:title" content="Trang chủ">', None),
    "a name of the site never wins": (
        '<meta property="og:site_name" content="Báo Phú Tân"><meta property="og:title" content="Báo Phú Tân">',
        None,
    ),
    "broken JSON-LD is passed over": (
        '<script type="application/ld+json">{"headline": </script>',
        None,
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_printed_title_wins(name: str) -> None:
    head, _ = HEADS[name]
    assert (
        read(dressed(f"<p>{P}</p><p>{Q}</p>", head)).title
        == "Huyện Phú Tân sơ kết công tác giảm nghèo"
    )


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


# A title of the head → what a page that prints none is called.
CLAIMS = [
    (
        "Huyện Phú Tân sơ kết công tác giảm nghèo - Báo Phú Tân",
        "Huyện Phú Tân sơ kết công tác giảm nghèo",
    ),
    (
        "Huyện Phú Tân sơ kết giảm nghèo - Trang chủ - Cổng thông tin",
        "Huyện Phú Tân sơ kết giảm nghèo",
    ),
    ("Sở Y tế tỉnh Tam Giang - Trang chủ", None),
    ("Trang chủ", None),
    ("Cổng thông tin điện tử huyện Phú Tân", None),
    ("Home Credit hỗ trợ học sinh nghèo vùng cao", "Home Credit hỗ trợ học sinh nghèo vùng cao"),
]


@pytest.mark.parametrize(("claim", "title"), CLAIMS)
def test_title_that_only_the_head_states(claim: str, title: str | None) -> None:
    body = "".join(
        f"<p>{line} Đó là năm {year}.</p>" for year in range(2004, 2016) for line in (P, Q)
    )
    article = read(
        f"<html><head><title>{claim}</title></head><body><div>{body}</div></body></html>"
    )
    assert article.title == title


TITLE = "Huyện Phú Tân sơ kết công tác giảm nghèo"
MENU = "<ul class=breadcrumb><li>Trang chủ</li><li>Hoạt động của lãnh đạo tỉnh</li></ul>"
# Headings above the text, the page's one title, its address → the title.
SECTIONS = {
    "a short section": (f"<h1>Giảm nghèo</h1><h2><a href=/1>{TITLE}</a></h2>", "Giảm nghèo", None, TITLE),
    "a section by its class": (f"<h1 class=portlet-title>Tin hoạt động của huyện nhà</h1><h3>{TITLE}</h3>", "", None, TITLE),
    "a section of the menu": (f"{MENU}<h1>Hoạt động của lãnh đạo tỉnh Tam Giang</h1><h3>{TITLE}</h3>", "", None, TITLE),
    "a section by the address": (f"<h1>Nông thôn mới ở đồng bằng</h1><h3>{TITLE}</h3>", "", "http://x.vn/tin/12-phu-tan-so-ket-giam-ngheo.html", TITLE),
    "a title by the address": (f"<h1>{TITLE}</h1><h2>Cả huyện còn hơn một nghìn hộ nghèo</h2>", "", "http://x.vn/phu-tan-so-ket-giam-ngheo-45.htm", TITLE),
    "a short title the head confirms": (f"<h1>{TITLE}</h1><h2>Cả huyện còn hơn một nghìn hộ nghèo</h2>", TITLE, None, TITLE),
    "a title and what it is about": ("<h1>Đường về của người Phú Tân</h1><h2>Cả huyện còn hơn một nghìn hộ nghèo</h2>", "", None, "Đường về của người Phú Tân"),
    "a section the text does not speak of": (f"<h2>Nông nghiệp - Nông thôn</h2><h3>{TITLE}</h3>", "", None, TITLE),
    "a section by its class, though the head names it": (f"<div class=portlet-topper>Tin hoạt động của huyện nhà</div><h1>{TITLE}</h1>", "Tin hoạt động của huyện nhà - Huyện Phú Tân", None, TITLE),
    "what every page of the site is called": (f"<h2 class=portlet-title>Chi tiết tin</h2><div class=title>{TITLE}</div>", "Chi tiết tin - Huyện Phú Tân", None, TITLE),
    "the site's name by its class": (f"<h1 class=site-title>Trường Trung học Phú Tân</h1><h2 class=headline>{TITLE}</h2>", "Hoạt động ngoài giờ", None, TITLE),
    "the site's name above a menu": (f"<div><h1>CÔNG TY CẤP THOÁT NƯỚC PHÚ TÂN</h1>{LIST}{LIST}</div><h2>Tin tức</h2><h3>{TITLE}</h3>", "CÔNG TY MỘT THÀNH VIÊN CẤP THOÁT NƯỚC PHÚ TÂN", None, TITLE),
    "the legend of a box": (f"<div>{LIST}</div><fieldset><legend>Nghiên cứu ứng dụng</legend><p>{TITLE}</p></fieldset>", "Nghiên cứu ứng dụng :: Huyện Phú Tân", None, TITLE),
    "an entry of the menu": (f"<ul><li><a href=/1>Nghiên cứu ứng dụng</a></li><li><a href=/2>Tin tức</a></li></ul><p>{TITLE}</p>", "Nghiên cứu ứng dụng :: Huyện Phú Tân", None, TITLE),
    "what stands above a title": (f"<table><tr><td class=tieudephu>Chuyện giảm nghèo ở vùng cao</td></tr><tr><td class=TieuDeBai>{TITLE}</td></tr></table>", "Phóng sự", None, TITLE),
    "the words of a picture": (f"<div class=ct-tieude>{TITLE}</div><div class=ngay>04/06/2014</div><div class=chuthichanh>Hộ nghèo ở xã Mỹ Hòa nhận bò giống</div><div class=tomtat>{R}</div>", "Trang thông tin huyện - Kinh tế", None, TITLE),
    "the words of the first picture": (f"<figure><img src=a><figcaption>{R}</figcaption></figure><h1>{TITLE}</h1>", "", None, TITLE),
    "a day in brackets behind it": (f"<table><tr><td><b class=tieude>{TITLE}</b> <i class=ngay>[04-06-2014]</i></td></tr></table>", "Trang chủ - Huyện Phú Tân", None, TITLE),
    "a short title and a lead": (f"<h1>Mùa gặt</h1><h2>{P}</h2>", "", None, "Mùa gặt"),
}  # fmt: skip


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_is_no_title(name: str) -> None:
    above, head, url, title = SECTIONS[name]
    html = f"<title>{head}</title><div>{above}<div class=text><p>{P}</p><p>{Q}</p><p>{R}</p></div></div>"
    assert read(html, url).title == title


def test_a_short_title_behind_the_site_s_name() -> None:
    head = "<title>Bên Sông: Phà Cổ Chiên</title><meta property=og:site_name content='Bên Sông'>"
    above = "<h1><a href=/>Bên Sông</a></h1><p>Chuyện vặt của một người ở cồn</p>"
    html = f"{head}{above}<div><h3 class=post-title>Phà Cổ Chiên</h3><p>{P}</p><p>{Q}</p><p>{R}</p></div>"
    assert read(html).title == "Phà Cổ Chiên"


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
]


@pytest.mark.parametrize(("above", "below", "author"), PLACES)
def test_author_that_no_class_names(above: str, below: str, author: str | None) -> None:
    body = f"{above}<div class=text><p>{P}</p><p>{Q}</p></div>{below}"
    assert read(dressed(body)).author == author


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


# Names of ``meta`` with a writer and a day → both, from the vocabularies that sites use.
VOCABULARIES = [
    ("citation_author", "citation_publication_date", "2014/06/04"),
    ("parsely-author", "parsely-pub-date", "2014-06-04T08:52:00+07:00"),
    ("DC.creator", "DC.date.created", "2014-06-04"),
    ("dcterms.creator", "dcterms.issued", "2014-06-04"),
    ("author", "article_date_original", "Wednesday, June 4, 2014, 8:52 AM"),
]


@pytest.mark.parametrize(("writer", "day", "content"), VOCABULARIES)
def test_vocabularies_of_the_head(writer: str, day: str, content: str) -> None:
    head = f"<meta name={writer} content='Lê Hoa'><meta name={day} content='{content}'>"
    article = read(dressed(f"<div><p>{P}</p><p>{Q}</p></div>", head))
    assert article.author == "Lê Hoa"
    assert article.published is not None
    assert str(article.published.date()) == "2014-06-04"


# What stands above the title, below it and behind the text → the time of publication; what opens
# the text.
TIMES = {
    "an hour of its own": ("", "<p class=d>04/06/2014</p><p>08:52</p>", "", "2014-06-04 08:52"),
    "a number below a day": ("", "<p class=d>04/06/2014</p><p>852</p>", "", "2014-06-04 00:00"),
    "a time that is counted back": ("", '<time datetime="2014-06-04T01:52:00Z">3 giờ trước</time>', "", "2014-06-04 08:52"),
    "a title for machines": ("", '<abbr class=published title="2014-06-04T08:52:00+07:00">08:52</abbr>', "", "2014-06-04 08:52"),
    "a day marked for machines": ("", "<span itemprop=datePublished content='2014-06-04T08:52:00+07:00'>hôm qua</span>", "", "2014-06-04 08:52"),
    "a time for machines of a name": ("", '<b title="2014-06-04T08:52:00+07:00">Phú Tân</b>', "", None),
    "the day above, the hour in the foot": ("<h2 class=date>Thứ Tư, 4 tháng 6, 2014</h2>", "", '<div class=post-footer><abbr title="2014-06-04T08:52:00+07:00">08:52</abbr></div>', "2014-06-04 08:52"),
    "the day of the visit": ("<header><div class=date>Thứ Tư, 04/06/2014 08:52</div></header>", "", "", None),
    "a clock by its class": ("<p class=current-time>Thứ Tư, 04/06/2014 08:52</p>", "", "", None),
    "a clock above, the day and who posted it below": ("<div class=date>Thứ hai, 26/06/2017, 21:33</div>", "<div>Đăng lúc: Thứ tư - 04/06/2014 08:52 - Người đăng bài viết: Lê Hoa</div>", "", "2014-06-04 08:52"),
    "a clock above, the day below": ("<div><span class=current-time>Thứ hai - 14/12/2015 22:10</span></div>", "<div>Thứ tư - 04/06/2014 08:52</div>", "", "2014-06-04 08:52"),
    "a day above, when it was mended below": ("<div class=date>04/06/2014 08:52</div>", "<div>Cập nhật: 09/06/2014 10:00</div>", "", "2014-06-04 08:52"),
    "when it was mended before when it came": ("", "<div class=ngay>Cập nhật: 09/06/2014 | 10:04:00 AM</div><div class=ngay>Ngày đăng: 04/06/2014 | 8:52:32 AM</div>", "", "2014-06-04 08:52"),
    "when it was mended, by its class, before when it came": ("", "<time class=updated>09/06/2014</time> <time class='entry-date published'>04/06/2014</time>", "", "2014-06-04 00:00"),
    "behind the count of readers, though the head says another": ("<meta name=DC.date content=2010-01-01>", "", "<div>Lượt xem: 218 Ngày đăng: 04/06/2014</div>", "2014-06-04 00:00"),
    "the last time it was mended": ("", "", "<div>Cập nhật lần cuối: 04/06/2014 8:52:12 SA | Lượt xem: 655</div>", "2014-06-04 08:52"),
    "votes": ("", "", "<div>Đánh giá bài viết: (4/5 - 11 lượt)</div>", None),
    "a document's own day": ("", "<table><tr><td>Ngày ban hành</td><td>04/06/2014</td></tr></table>", "", None),
    "today": ("<div class=date>Hôm nay: Thứ Tư, 04/06/2014 08:52</div>", "", "", None),
    "under those who signed": ("", "", "<p>Thực hiện: Lê Hoa</p><p>Ảnh: Hữu Khoa</p><p>04/06/2014</p>", "2014-06-04 00:00"),
    "above a menu": (f"<div class=date>Thứ tư, 04/06/2014</div>{LIST}", "", "", None),
    "an event's": ("", "<div><p><b>Thời gian:</b> 8:00 ngày 04/06/2014</p><p><b>Địa điểm:</b> Hội trường huyện</p></div>", "", None),
    "a labelled day behind the text": ("", "", "<div>Ngày cập nhật: 04/06/2014 Số lượt xem: 120</div>", "2014-06-04 00:00"),
    "a labelled day without a colon": ("", "", "<div>Cập nhật ngày 04/06/2014</div>", "2014-06-04 00:00"),
    "a sentence that opens like a label": ("", "", "<div>Đăng ký dự thi trước ngày 04/06/2014</div>", None),
    "a licence behind the text": ("", "", "<div>Giấy phép số 12/GP ngày 04/06/2014</div>", None),
    "behind the one who signed": ("", "", "<p><b>Lê Hoa - 04/06/2014 08:52</b></p>", "2014-06-04 08:52"),
    "behind a name among comments": ("", "", "<p>Bình luận</p><p>Lê Hoa - 04/06/2014 08:52</p><p>Bài hay</p>", None),
    "under a line that signs nothing": ("", "", "<p>Xem thêm tại đây</p><p>Bản tin</p><p>04/06/2014</p>", None),
    "the day of a paper's issue": ("<p>Số ra ngày 04/06/2014</p>", "", "", "2014-06-04 00:00"),
    "below a lead": ("", f"<div class=sapo>{R}</div><p>Lê Hoa</p><p>(Báo Phú Tân)</p><p class=date>04/06/2014 08:52</p><p>A- A+</p><p>Ảnh: Hữu Khoa</p>", "", "2014-06-04 08:52"),
    "below a lead in the text's box": ("", "", "", "2014-06-04 08:52", f"<p>{R}</p><p>Lê Hoa</p><p>4 tháng 6, 2014 · 08:52</p><p>6 phút đọc</p>"),
    "a day alone below the first paragraph": ("", "", "", None, f"<p>{R}</p><p>04/06/2014</p>"),
    "the first of many hours": ("", "", "", None, f"<p>{R}</p><p>08:52 04/06/2014</p><p>{P}</p><p>09:10 04/06/2014</p>"),
    "a day that is a link": ("", "<div class=post-date><a href=/2014/06>4 Tháng Sáu, 2014</a></div>", "", "2014-06-04 00:00"),
    "a link that no class calls a day": ("", "<div><a href=/2014/06>4 Tháng Sáu, 2014</a></div>", "", None),
    "a linked day behind the text": ("", "", "<div class=post-date><a href=/2>4 Tháng Sáu, 2014</a></div>", None),
    "below a lead and its picture": ("", "", "", "2014-06-04 08:52", f"<p>{R}</p><figure><img src=a><figcaption>{R}</figcaption></figure><p>04/06/2014 08:52</p>"),
    "when to apply": ("<p>Hạn nộp hồ sơ: 04/06/2014</p>", "<p>Khai mạc: 04/06/2014</p>", "", None),
    "beside another article": ("", "", "<div class=b><a href=/2>Hai mươi hộ nghèo có nhà mới</a><i class=date>04/06/2014</i></div>", None),
    "above another article": ("", "", "<div><p class=date>04/06/2014</p><h4><a href=/2>Hai mươi hộ nghèo có nhà mới</a></h4></div>", None),
    "beside the section": ("", "", "<div><a href=/2>Thời sự</a><i class=date>04/06/2014</i></div>", "2014-06-04 00:00"),
    "what a reader says": ("", "", "<div class=comment><b>Lê Nam</b><i class=date>04/06/2014</i><p>rất hay</p></div>", None),
    "in a column at the side": ("", "", f"<div class=sidebar><p>Trong tuần</p><i class=date>04/06/2014</i>{LIST}<a href=/2>Hai mươi hộ nghèo có nhà mới</a></div>", None),
    "among those who made it": ("", "", f"<div><b>Xuất bản:</b> 08:52, 04/06/2014</div><div><p>{R}</p></div>", "2014-06-04 08:52"),
    "when a table in the text was brought up to date": ("", "", f"<div>Cập nhật: 08:52, 04/06/2014</div><div><p>{R}</p></div>", None),
    "a comment's": ("", "", "<div class=cmt><p>Lê Nam</p><p>rất hay</p><p>04/06/2014</p></div>", None),
}  # fmt: skip


@pytest.mark.parametrize("name", TIMES)
def test_time_of_publication(name: str) -> None:
    above, below, behind, time, *lead = TIMES[name]
    body = f"{below}<div class=text>{''.join(lead)}<p>{P}</p><p>{Q}</p></div>{behind}"
    published = read(dressed(body, above=above)).published
    assert (published and published.strftime("%Y-%m-%d %H:%M")) == time


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


# Where a date stands → the time of publication.
DATES = [
    ("<div>Thứ Tư, 04/06/2014 - 08:52</div>", "", "2014-06-04 08:52:00+07:00"),
    ("<div>(04.06.2014)</div>", "", "2014-06-04 00:00:00+07:00"),
    ("", f"<h3>TIN ĐÃ ĐƯA</h3>{LIST}<p>(05/06/2014 10:00)</p>", None),
    ("", "<ul><li><a href=/1>Bản tin một của tuần (03/06/2014)</a></li></ul>", None),
]


@pytest.mark.parametrize(("above", "below", "published"), DATES)
def test_published(above: str, below: str, published: str | None) -> None:
    article = read(dressed(f"{above}<p>{P}</p><p>{Q}</p>", below=below))
    assert (str(article.published) if article.published else None) == published


def test_a_day_in_the_text_is_no_date_of_publication() -> None:
    assert read(dressed(f"<p>Ngày 3/6/2014, {P}</p><p>{Q}</p>")).published is None


def test_minute_of_the_head_joins_the_printed_day() -> None:
    head = '<meta property="article:published_time" content="2014-06-04T08:52:00+07:00">'
    article = read(dressed(f"<div class=date>04/06/2014</div><p>{P}</p><p>{Q}</p>", head))
    assert str(article.published) == "2014-06-04 08:52:00+07:00"


@pytest.mark.parametrize(
    "stamp",
    [
        "Đăng lúc: Thứ tư - 04/06/2014 08:52 - Người đăng bài viết: quản trịChuyên mục : Kinh tế",
        "Ngày đăng: 04/06/2014 08:52 | Lượt xem: 1.204 | Cỡ chữ A- A A+ | Đọc bài viết này",
    ],
)
def test_a_stamp_is_no_text(stamp: str) -> None:
    article = read(dressed(f"<div>{stamp}</div><p>{P}</p><p>{Q}</p>"))
    assert article.paragraphs == (P, Q)
    assert str(article.published) == "2014-06-04 08:52:00+07:00"


@pytest.mark.parametrize("row", ["[ Bản in ] [ Gửi email ]", "In bài | Gửi email | Trở về"])
def test_controls_in_a_row_are_noise(row: str) -> None:
    assert is_noise(row)
    assert not is_noise(row + " | Xã An Bình")


def test_a_sentence_that_opens_like_a_stamp_stays() -> None:
    line = "Cập nhật đến ngày 3/6, toàn huyện còn 1.204 hộ nghèo, giảm 312 hộ so với năm trước."
    assert read(dressed(f"<p>{P}</p><p>{line}</p>")).paragraphs == (P, line)


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


def test_a_list_above_does_not_hide_title_and_date() -> None:
    banner = "<div>Nhiệt liệt chào mừng kỳ họp thứ tám Hội đồng nhân dân huyện khóa mười một!</div>"
    article = read(
        f"<html><body><div>{banner}</div><h3>Tin mới</h3>{LIST}<div><p>Thứ tư, 04/06/2014 - 08:52</p>"
        f"<h1>Phú Tân sơ kết công tác giảm nghèo</h1><div><p>{P}</p><p>{Q}</p><p>{R}</p></div>"
        "</div></body></html>"
    )
    assert article.title == "Phú Tân sơ kết công tác giảm nghèo"
    assert str(article.published) == "2014-06-04 08:52:00+07:00"
    assert article.paragraphs == (P, Q, R)


def test_a_lead_that_opens_with_an_agency_is_no_title() -> None:
    lead = f"(Báo PT) - {P}"
    article = read(
        "<html><body><div>Phú Tân sơ kết công tác giảm nghèo</div><div>04/06/2014 08:52</div>"
        f"<h2>{lead}</h2><div><p>{Q}</p><p>{R}</p></div></body></html>"
    )
    assert article.title == "Phú Tân sơ kết công tác giảm nghèo"
    assert article.lead == lead


def test_a_long_line_under_a_picture_is_no_title() -> None:
    picture = (
        "<p><img src=a></p><p>Đại biểu các xã An Bình, Mỹ Hòa và Thạnh Lợi dự hội nghị sơ kết</p>"
    )
    article = read(
        "<html><body><div>Phú Tân: Nhiều hộ thoát nghèo nhờ vốn vay và cây giống của huyện nhà</div>"
        f"<div>{picture}<p>{P}</p><p>{Q}</p><p>{R}</p></div></body></html>"
    )
    assert article.title == "Phú Tân: Nhiều hộ thoát nghèo nhờ vốn vay và cây giống của huyện nhà"


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


def test_a_label_stuck_to_the_title_comes_off() -> None:
    html = dressed(f"<p>{P}</p><p>{Q}</p>").replace("<h1>", "<h1><span>Tin trong tỉnh</span>")
    assert read(html).title == "Huyện Phú Tân sơ kết công tác giảm nghèo"


# What stands in the heading, and the page's one title → the title.
BADGES = [
    (f"{TITLE} <span><sup>Nổi bật</sup></span>", f"{TITLE} - Báo Phú Tân", TITLE),
    (f"<span class=label>VIDEO</span> {TITLE}", TITLE, TITLE),
    (f"<i>Tin mới nhất:</i> {TITLE}", TITLE, TITLE),
    (f"{TITLE} <small>(Infographic)</small>", TITLE, TITLE),
    (f"{TITLE} <small>(Infographic)</small>", f"{TITLE} (Infographic)", f"{TITLE} (Infographic)"),
    (f"{TITLE} <i>theo cách mới</i>", f"{TITLE} theo cách mới", f"{TITLE} theo cách mới"),
    (f"{TITLE} <a href=/p>In bài</a>", TITLE, TITLE),
    (f"{TITLE} <a href=/e>[Sửa]</a>", TITLE, TITLE),
    (f"{TITLE} <small>(312 lượt xem)</small>", TITLE, TITLE),
    (f"{TITLE} <small>(04/06/2014 08:52)</small>", TITLE, TITLE),
    (f"{TITLE} <small>(04/06/2014)</small>", "", TITLE),
    (f"{TITLE} <i>(04/06/2014)</i>", f"{TITLE} (04/06/2014)", f"{TITLE} (04/06/2014)"),
    ("Mẹ", "Mẹ - Báo Phú Tân", "Mẹ"),
    (f"{TITLE} <i>mới</i>", "", f"{TITLE} mới"),
    (f"{TITLE} mới", TITLE, f"{TITLE} mới"),
]


@pytest.mark.parametrize(("heading", "claim", "title"), BADGES)
def test_a_badge_is_none_of_the_title(heading: str, claim: str, title: str) -> None:
    head = f"<title>{claim}</title>"
    html = f"{head}<h1>{heading}</h1><div><p>{P}</p><p>{Q}</p><p>{R}</p></div>"
    assert read(html).title == title


def test_a_short_title_that_opens_the_one_of_the_head() -> None:
    name = "Trường THPT Nguyễn Du Phú Tân"
    hidden = f"<div class=hidden itemprop=publisher><span itemprop=name>{name}</span></div>"
    text = f"<div><p>{P}</p><p>{Q}</p></div>"
    for heading, below in (("TIN BUỒN", ""), ("TIN BUỒN", hidden), ("Thông báo nghỉ học", hidden)):
        head = f"<title>{heading} - Bản tin - {name}</title><h1>{name}</h1>"
        assert read(f"{head}<h1 class=title>{heading}</h1>{below}{text}").title == heading


def test_table_of_figures_keeps_its_rows() -> None:
    table = "<table><tr><td>Xã</td><td>Số hộ</td></tr><tr><td>An Bình</td><td>215</td></tr></table>"
    article = read(dressed(f"<div><p>{P}</p>{table}<p>{Q}</p></div>"))
    assert article.paragraphs == (P, "Xã | Số hộ", "An Bình | 215", Q)
    assert [b.role for b in article.blocks[2:4]] == ["table_row", "table_row"]


def test_a_clock_in_the_head_yields_to_the_head_claim() -> None:
    head = '<meta property="article:published_time" content="2014-06-04T08:52:00+07:00">'
    html = dressed(f"<p>{P}</p><p>{Q}</p>", head, above="<div>Thứ Hai, 05/10/2026</div>")
    assert str(read(html).published) == "2014-06-04 08:52:00+07:00"


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


# A line → who it names, with and without leave to read a bare name.
BYLINES = [
    ("Tin, ảnh: P.Y", "P.Y", None),
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
    ("Tác giả, Thu Hà", "Thu Hà", None),
    ("Theo Thu Hà | VnExpress", "Thu Hà", "VnExpress"),
    ("Nguồn: snn.phutan.gov.vn", None, "snn.phutan.gov.vn"),
    ("Biên tập: Thu Hà", None, None),
    ("BTV: Thu Hà", None, None),
    ("Người dịch: Thu Hà", None, None),
    ("Trình bày: Thu Hà - Ảnh: Minh Đức", None, None),
]

# A line where a byline is expected → who it names.
BARE = {
    "BS. Lê Thu Hà - CDC tỉnh": ("Lê Thu Hà", "CDC tỉnh"),
    "PGS.TS Lê Thu Hà": ("Lê Thu Hà", None),
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
