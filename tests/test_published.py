"""When an article was published: the day printed beside it, or what the head claims."""

# ruff: noqa: E501  (a table row of markup reads best on one line)
from __future__ import annotations

import pytest
from madepages import LIST, P, Q, R, dressed, read

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
    "above a menu on one line, with the count of readers below": (f"<div class=date>Cập nhật: 03:17 - Thứ Tư, 06/08/2014</div><div>{'<a href=/x>Nông nghiệp</a> ' * 14}</div>", "<div>Thứ Tư, 04/06/2014 | 08:52<i>Lượt xem: 22217</i></div>", "", "2014-06-04 08:52"),
    "a link made for the day, over the title": ("<a class=post-date href=/2014/06>04/06/2014</a>", "", "", "2014-06-04 00:00"),
    "a link over the title that nothing calls a day": ("<a href=/2014/06>04/06/2014</a>", "", "", None),
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


def test_a_day_in_the_text_is_no_date_of_publication() -> None:
    assert read(dressed(f"<p>Ngày 3/6/2014, {P}</p><p>{Q}</p>")).published is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2014/06/04/so-ket-giam-ngheo/", "2014-06-04"),
        ("https://a.example/2014/06/04/so-ket-giam-ngheo.html", "2014-06-04"),
        ("https://a.example/2014/06/04/", None),
        ("https://a.example/2014/06/so-ket-giam-ngheo/", None),
        ("https://a.example/2014/13/04/so-ket-giam-ngheo/", None),
        ("https://a.example/2914/06/04/so-ket-giam-ngheo/", None),
        ("https://a.example/anh/2014/06/04/so-ket/12/giam-ngheo.html", None),
    ],
)
def test_the_day_of_an_address_counts_where_the_page_has_none(url: str, day: str | None) -> None:
    published = read(dressed(f"<p>{P}</p><p>{Q}</p>"), url).published
    assert (published and published.strftime("%Y-%m-%d")) == day


def test_minute_of_the_head_joins_the_printed_day() -> None:
    head = '<meta property="article:published_time" content="2014-06-04T08:52:00+07:00">'
    article = read(dressed(f"<div class=date>04/06/2014</div><p>{P}</p><p>{Q}</p>", head))
    assert str(article.published) == "2014-06-04 08:52:00+07:00"


def test_a_clock_in_the_head_yields_to_the_head_claim() -> None:
    head = '<meta property="article:published_time" content="2014-06-04T08:52:00+07:00">'
    html = dressed(f"<p>{P}</p><p>{Q}</p>", head, above="<div>Thứ Hai, 05/10/2026</div>")
    assert str(read(html).published) == "2014-06-04 08:52:00+07:00"


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


def test_a_sentence_that_opens_like_a_stamp_stays() -> None:
    line = "Cập nhật đến ngày 3/6, toàn huyện còn 1.204 hộ nghèo, giảm 312 hộ so với năm trước."
    assert read(dressed(f"<p>{P}</p><p>{line}</p>")).paragraphs == (P, line)
