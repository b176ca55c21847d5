"""What an article is called: the heading printed above the text, or what the head claims."""

# ruff: noqa: E501  (a table row of markup reads best on one line)
from __future__ import annotations

import pytest
from madepages import LIST, TITLE, P, Q, R, dressed, read

from newsextract.claims import is_site, without_badge
from newsextract.clues import fold
from newsextract.vocabulary import vocabulary

# What the head claims beside a heading that is printed.
HEADS = {
    "the page's name never wins": '<meta property="og:title" content="Trang chủ">',
    "a name of the site never wins": (
        '<meta property="og:site_name" content="Báo Phú Tân"><meta property="og:title" content="Báo Phú Tân">'
    ),
    "broken JSON-LD is passed over": '<script type="application/ld+json">{"headline": </script>',
}


@pytest.mark.parametrize("name", HEADS)
def test_printed_title_wins(name: str) -> None:
    assert read(dressed(f"<p>{P}</p><p>{Q}</p>", HEADS[name])).title == TITLE


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


def test_a_label_stuck_to_the_title_comes_off() -> None:
    html = dressed(f"<p>{P}</p><p>{Q}</p>").replace("<h1>", "<h1><span>Tin trong tỉnh</span>")
    assert read(html).title == TITLE


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


def test_each_badge_is_cut_off_and_each_view_names_no_article() -> None:
    words, claims = vocabulary("headlines"), [(fold(TITLE), TITLE)]
    badged = [f"{TITLE} {badge.capitalize()}" for badge in words["badge"]]
    badged += [f"[{badge.upper()}] {TITLE}" for badge in words["badge"]]
    assert [title for title in badged if without_badge(title, claims) != TITLE] == []
    none = [*words["no title"], *words["portal"]]
    none += [f"cổng thông tin điện tử {office} phú tân" for office in words["office"]]
    none += [f"ubnd {level} phú tân" for level in words["level"]]
    assert [line for line in none if not is_site(line, frozenset())] == []
    assert not is_site(fold(TITLE), frozenset())
