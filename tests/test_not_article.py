"""Pages that are something else than an article are refused, and named for what they are."""

# ruff: noqa: E501  (a table row of markup reads best on one line)
from __future__ import annotations

import gc
import gzip
import json
from pathlib import Path

import pytest

from newsextract.errors import NoBody, NotAnArticle, PageError
from newsextract.model import Raw
from newsextract.page import read_page
from newsextract.pipeline import read_result

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
PAGES = sorted((FIXTURES / "not_articles").glob("*.html.gz"))
SAYS = {
    "list": ("list", "links", "no title"),
    "search": ("search", "list"),
    "login": ("login",),
    "error": ("error",),
    "video": ("video",),
}


def kind_of(path: Path) -> str:
    expected = FIXTURES / "expected" / "not_articles" / f"{path.name.split('.')[0]}.json"
    return str(json.loads(expected.read_text("utf-8"))["not_an_article"])


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name.split(".")[0])
def test_refused_with_what_was_seen(path: Path) -> None:
    kind = kind_of(path)
    html = gzip.decompress(path.read_bytes()).decode()
    with pytest.raises(NotAnArticle) as caught:
        read_page(html, Raw(b"", source=path.stem))
    assert any(word in caught.value.what for word in SAYS[kind])
    assert caught.value.source == path.stem


def test_every_kind_has_its_page() -> None:
    assert set(map(kind_of, PAGES)) == set(SAYS)


def test_a_title_over_an_attachment_has_no_body() -> None:
    html = (
        "<html><head><title>Quyết định phê duyệt quy hoạch khu dân cư số 2</title></head><body>"
        "<h1>Quyết định phê duyệt quy hoạch khu dân cư số 2</h1><p><a href=/qd.pdf>QD-1204.pdf</a></p>"
        "</body></html>"
    )
    with pytest.raises(NoBody):
        read_page(html, Raw(b""))


@pytest.mark.parametrize("html", ["<p>", "<html></html>", "<!-- -->", "<script>var a = 1</script>"])
def test_nothing_to_read(html: str) -> None:
    with pytest.raises(PageError):
        read_page(html, Raw(b""))


SHORT = [
    ("<p>hi</p>", "no line of it reads like the text of an article — report its address"),
    (
        "<h1>Mưa to ở xã Tân Lập</h1><p>Sáng nay mưa to ở xã, nhiều đoạn đường ngập sâu, lũ về.",
        "only 55 characters of article text, fewer than a short news item has",
    ),
]


@pytest.mark.parametrize(("html", "words"), SHORT)
def test_too_little_is_told_in_words(html: str, words: str) -> None:
    with pytest.raises(NoBody) as caught:
        read_page(html, Raw(b""))
    assert words in str(caught.value)
    assert "give mere text to newsextract.extract" in str(caught.value)


# Articles that look like something else.
P = "Chiều 12/9, Công an tỉnh thông báo đã khôi phục hệ thống cấp căn cước sau sự cố kéo dài hai giờ."
Q = "Trong thời gian đó có 312 người dân phải chờ, song không hồ sơ nào bị mất hay sai lệch thông tin."


@pytest.mark.parametrize(
    "title",
    [
        "Lỗi 404: vì sao nhiều trang thông tin điện tử xã không truy cập được",
        "Đăng nhập VNeID bằng khuôn mặt: những điều cần biết",
        "Tìm kiếm người mất tích trên sông Lam ngày thứ ba",
        "Tìm kiếm hai ngư dân mất tích",
        "500 hộ dân được cấp nước sạch",
        "Website bán hàng giả bị xử phạt",
        "Cổng thông tin điện tử xã An Bình bị tin tặc tấn công hai lần",
        "Home Credit hỗ trợ học sinh nghèo",
        "Báo động tình trạng sạt lở bờ sông",
        "Xin lỗi người dân vì chậm trả hồ sơ, phường Bến Nghé nhận trách nhiệm",
    ],
)
def test_an_article_about_it_is_an_article(title: str) -> None:
    html = f"<title>{title}</title><h1>{title}</h1><div><p>{P}</p><p>{Q}</p><p>{P} {Q}</p><p>{Q} {P}</p></div>"
    assert read_page(html, Raw(b"")).title == title


def test_an_article_with_one_player_is_an_article() -> None:
    title = "Công an tỉnh khôi phục hệ thống cấp căn cước"
    html = f"<title>{title}</title><h1>{title}</h1><iframe src=/v></iframe><p>{P}</p><p>{Q}</p>"
    assert read_page(html, Raw(b"")).paragraphs == (P, Q)


MENU = "".join(f"<a href=/{i}>Mục số {i}</a> " for i in range(9))
TEASERS = "".join(
    f"<article><header><h2><a href=/{i}>Xã thứ {i} của tỉnh về đích nông thôn mới</a></h2>"
    f"<time>1{i}/03/2019</time><span class=byline>bởi</span><span class=author><a href=/w>Ban biên tập</a></span></header>"
    f"<div><p>{P} {Q} <a href=/{i}>Đọc tiếp →</a></p></div></article>"
    for i in range(5)
)
PRICES = "".join(
    f"<tr><td>Gạo loại {i}</td><td>đồng/kg</td><td>1{i}.500</td></tr>" for i in range(9)
)
FORUM = "".join(
    f"<tr><td><a href=/{i}>Lan rừng {i}</a><div>Nơi hỏi đáp về cách ghép và chăm sóc lan rừng miền núi.</div></td>"
    f"<td><a href=/t{i}>Cách ghép giả hạc vào gỗ nhãn khô {i}</a> bởi lan_rung_{i}</td><td>2.481</td></tr>"
    for i in range(6)
)
MEETINGS = "".join(
    f"<tr><td>Thứ {i}</td><td>{i}/9: Họp giao ban tại phòng số {i}</td></tr>" for i in range(2, 10)
)
QUESTIONS = "".join(
    f"<h4>Cấp đổi sổ đỏ lần {i}</h4><p>Gia đình tôi có sổ đỏ cấp năm 199{i}, muốn cấp đổi thì cần giấy tờ gì?</p>"
    f"<div>Người hỏi: Lê Thu Hà - 1{i}/03/2019</div><div>Trả lời: Bà nộp đơn theo mẫu và bản gốc tại Bộ phận một cửa.</div>"
    for i in range(4)
)
# A page → what the refusal says of it.
OTHERS = {
    "teasers under date and writer": (f"<h1>Thẻ: nông thôn mới</h1><main>{TEASERS}</main>", "a list"),
    "prices of a day": (f"<h1>Bảng giá nông sản</h1><table>{PRICES}</table><p>Giá do các trạm khuyến nông của tỉnh thu thập.</p>", "a table of 9 rows"),
    "headlines that a script leads on": ("<h1>Thời sự</h1>" + "".join(f"<div class=c><h3>Xã thứ {i} về đích</h3><p>{Q} Đợt {i}.</p></div>" for i in range(5)), "a list of 5 articles"),
    "tables under a title of many words": (f"<h1>Giá vàng - Tỷ giá - Thời tiết</h1><table>{PRICES}</table><p>Giá chỉ để tham khảo, báo không chịu trách nhiệm về giao dịch.</p>", "a table of 9 rows"),
    "a week's meetings": (f"<h1>Lịch công tác tuần 36 của Thường trực UBND huyện</h1><p>Lịch này thay giấy mời và có thể thay đổi khi có yêu cầu đột xuất của cấp trên.</p><table>{MEETINGS}</table>", "a table of 8 rows"),
    "questions and answers": (f"<title>Hỏi đáp</title><h1>Hỏi đáp pháp luật của huyện</h1><div>{QUESTIONS}</div>", "a list of 4 questions"),
    "a gallery": ("<title>Thư viện ảnh - Trường Tân Lộc</title><h1>Thư viện ảnh</h1><p>Những khoảnh khắc đáng nhớ của thầy và trò nhà trường qua các năm học.</p>", "the site's own"),
    "an error that is told at length": (f"<title>404</title><h1>404 - Trang bạn tìm không tồn tại</h1><p>Xin lỗi! Liên kết bạn vừa truy cập có thể đã bị thay đổi hoặc bài viết đã bị gỡ bỏ.</p><p>{P} {Q}</p>", "an error page"),
    "the way to the site's address": ("<title>Bệnh viện > Liên hệ</title><p>Thời gian khám bệnh: từ 7 giờ đến 16 giờ 30 các ngày trong tuần, trừ chủ nhật.</p>", "its contacts"),
    "an account": ("<title>Tài khoản</title><h1>Tài khoản</h1><h3>Đăng ký</h3><p>Một mật khẩu sẽ được gửi đến địa chỉ email của bạn để bạn dùng cho những lần sau.</p><input type=password>", "a login page"),
    "what a search found": ("<title>Cổng thông tin huyện Tân Lộc</title>" + "<dl>" + "".join(f"<dt>{i}. Nhiều hộ bỏ ruộng vì chuột phá {i}</dt><dd>(Thời sự)</dd><dd>... Chương trình thu hút đông đảo nhân dân ở khu {i} tham gia ...</dd>" for i in range(6)) + "</dl>", "a list of 6 entries"),
    "the newest posts": ("<title>Quê nhà</title>" + "".join(f"<div class=post><h3 class=post-title><a href=/{i}>Phát động tháng hành động vì trẻ em lần {i}</a></h3>" + (f"<div class=post-body><p>{P}</p></div>" if i == 1 else "") + "</div>" for i in range(1, 6)), "a list of 5 articles"),
    "a calendar of events": ("<title>Lịch sự kiện tháng 3/2019</title><p>Ghi chú: lịch có thể thay đổi theo thời tiết, vui lòng gọi số 0234 382 xxxx.</p>", "no title in its text"),
    "who leads the district": ("<h1>Danh bạ lãnh đạo</h1>" + "".join(f"<div><p>Đồng chí Lê Văn {name}</p><p>Chức vụ: Phó Chủ tịch UBND huyện</p><p>Ngày sinh: 05/03/197{i}. Trình độ: Cao cấp lý luận chính trị, thạc sĩ quản lý công</p><p>Điện thoại: 0215.380.20{i}</p></div>" for i, name in enumerate(("An", "Bình", "Cường", "Dũng", "Giang"))), "a list of 15 entries|a list"),
    "a long page of what a search found": ("<title>Tìm kiếm</title><p>Có 132 kết quả với từ khóa cụm công nghiệp trong tất cả các mục.</p>" + "".join(f"<div><b>Nghỉ lễ, lượng khách đến huyện tăng {i}</b> (0{i}/05/2016)<br>...{Q} Đợt {i}.</div>" for i in range(1, 9)), "a search page"),
    "the site's address": ("<title>Liên hệ - Huyện Tân Lộc</title><h1>Liên hệ</h1><p>Cổng thông tin điện tử huyện Tân Lộc, tỉnh Phú Tân, mở cửa từ năm 2009.</p>", "its contacts"),
    "what is measured each morning": ("<h1>Mực nước các hồ chứa của huyện</h1>" + "".join(f"<p>Hồ chứa Tân Lộc {i}: mực nước 1{i},4 m, đo lúc 07:30 ngày 1{i}/03/2024.</p>" for i in range(6)), "a list of 6 dated items"),
    "a password and no text": ("<title>Cổng nội bộ</title><p>Tên</p><input type=password>", "a login page"),
    "a search that the head alone names": (f"<title>Báo Tân Lộc</title><meta property=og:title content='Tìm kiếm: căn cước'><h1>Tin của báo</h1><p>{P}</p>", "a search page"),
    "no script": ("<title>Báo Tân Lộc</title><p>Bạn cần bật JavaScript để dùng trang này. Vui lòng bật trong trình duyệt rồi tải lại trang.</p>", "an error page"),
    "a robot's test": ("<title>Xin chờ một chút</title><p>Xác minh bạn là con người bằng cách hoàn thành thao tác dưới đây rồi đợi trong giây lát.</p>", "an error page"),
    "sections of a forum": (f"<title>Diễn đàn Người yêu hoa lan</title><table>{FORUM}</table><p>Đang xem diễn đàn: 42 (3 thành viên và 39 khách)</p>", "list|no title"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_other_pages_are_told_by_how_they_are_built(name: str) -> None:
    html, said = OTHERS[name]
    with pytest.raises(NotAnArticle) as caught:
        read_page(f"<div>{MENU}</div>{html}", Raw(b""))
    assert any(word in caught.value.what for word in said.split("|"))


def test_a_word_on_cookies_is_no_article() -> None:
    said = "<p>Chúng tôi sử dụng cookie để trang này tiện cho bạn hơn. Mời bạn đọc chính sách của chúng tôi.</p>"
    with pytest.raises(PageError):
        read_page(f"<title>Báo Tân Lộc</title>{said}", Raw(b""))
    title = "Xã Tân Lập khôi phục hệ thống cấp căn cước"
    assert read_page(f"{said}<h1>{title}</h1><p>{P}</p>", Raw(b"")).paragraphs == (P,)


@pytest.mark.parametrize("title", ["Chuyển hướng sản xuất", "Liên hệ dễ hơn"])
def test_a_short_article_may_open_its_title_like_a_page_of_the_site(title: str) -> None:
    assert read_page(f"<h1>{title}</h1><p>{P}</p><p>{Q}</p>", Raw(b"")).title == title


def test_an_article_in_sections_is_an_article() -> None:
    title = "Công an tỉnh khôi phục hệ thống cấp căn cước"
    parts = "".join(f"<div><h3>Việc thứ {i}</h3><p>{Q} Đợt {i}.</p></div>" for i in range(4))
    article = read_page(f"<div><h1>{title}</h1><p>{P}</p>{parts}</div>", Raw(b""))
    assert len(article.paragraphs) == 9


def test_an_article_that_is_a_table_has_a_title_that_says_so() -> None:
    title = "Giá nông sản tại các chợ đầu mối ngày 14/8"
    article = read_page(f"<h1>{title}</h1><p>{P}</p><table>{PRICES}</table>", Raw(b""))
    assert [b.role for b in article.blocks].count("table_row") == 9
    article = read_page(f"<h1>Giá nông sản</h1><p>{P} {Q} {P}</p><table>{PRICES}</table>", Raw(b""))
    assert article.title == "Giá nông sản"


def cells(*rows: str) -> str:
    return (
        "<table>"
        + "".join(f"<tr><td>{row.replace('|', '</td><td>')}</td></tr>" for row in rows)
        + "</table>"
    )


SUMMARY = "Quy định mức thu học phí đối với giáo dục mầm non, phổ thông công lập trên địa bàn tỉnh năm học 2019 - 2020."
TEA = "Trà hái từ những cây cổ thụ trên độ cao 1.400 m, một tôm hai lá, sao tay trong chảo gang, nước vàng sánh."
PARTS = "<h3>Mô tả</h3><p>Đóng gói tại xưởng của hợp tác xã.</p>"
HOURS = [
    "05:30|Chào buổi sáng|Điểm tin các báo ra trong ngày",
    "07:00|Nhà nông làm giàu|Ghép cải tạo vườn nhãn già cỗi",
    "9h15|Phim tài liệu|Dòng sông kể chuyện, tập 3: những người giữ đò cuối cùng trên bến cũ, giữa mùa nước lên ở miền hạ",
    "11 giờ|Thời sự trưa|Tin trong tỉnh",
    "13:30|Ca nhạc|Những bài ca về đất nước",
    "18:00|Thời sự tối|Tin trong tỉnh và trong nước",
    "20:10|Phim truyện|Mùa nước nổi, tập 12",
]
# A page's parts below its heading, with what it holds for its head → what it is, "" for an article.
KINDS = [
    ("a day's programmes", "", f"<h1>Lịch phát sóng ngày 14/8</h1><p>Dòng sông kể chuyện, tập 3: những người giữ đò cuối cùng trên bến cũ, giữa mùa nước lên ở miền hạ, nơi ba nhánh sông gặp nhau</p>{cells(*HOURS)}", "schedule of 7 hours"),
    ("an article with the hours of a feast", "", f"<h1>Khai mạc lễ hội chùa Bái vào ngày 14/8</h1><p>{SUMMARY} {TEA}</p>{cells(*HOURS)}", ""),
    ("a record of fields and values", "", f"<h1>Nghị quyết về mức thu học phí</h1>{cells('Số ký hiệu|21/2019/NQ-HĐND', 'Ngày ban hành|12/07/2019', f'Trích yếu nội dung|{SUMMARY}', 'Người ký|Trần Đăng Ninh', 'Lĩnh vực|Giáo dục')}", "document's record"),
    ("fields with their values on a line", "", f"<h1>Nghị quyết về mức thu học phí</h1><p>Số hiệu: 21/2019/NQ-HĐND</p><p>Ngày ban hành: 12/07/2019</p><p>Loại văn bản: Nghị quyết</p><p>Người ký: Trần Ninh</p><p>{SUMMARY}</p>", "document's record"),
    ("an article that names a few", "", f"<h1>Tỉnh ban hành mức thu học phí năm học mới</h1><p>{SUMMARY}</p><p>Ngày ban hành: 12/07/2019</p><p>Số hiệu: 21/2019/NQ-HĐND</p>", ""),
    ("a product, by the lines around it", "", f"<h1>Trà shan tuyết Hồng Thái hộp 100g</h1><p class=price>180.000₫ 150.000₫</p><p>{TEA}</p>{PARTS}<h3>Đánh giá (2)</h3>", "a product"),
    ("a product, by its head", "<meta property=og:type content=product>", f"<h1>Trà shan tuyết Hồng Thái hộp 100g</h1><p>{TEA}</p>", "a product"),
    ("an article on what is sold, with its price", "", f"<h1>Trà shan tuyết của Hồng Thái được giá</h1><p>{TEA}</p><p>Giá bán: 180.000 đồng</p>", ""),
    ("the result of a poll", "", "<h1>Kết quả bình chọn</h1><p>Theo bạn, nên ưu tiên đầu tư lĩnh vực nào nhất trong năm tới?</p><p>Giao thông: 1.024 phiếu (41,9%)</p>", "site's own"),
    ("a server's error, with what it was doing", "", f"<h1>Server Error in '/' Application.</h1><h2>Invalid object name 'tblTin'.</h2><p>{SUMMARY}</p>" + "<p>ChiTiet.Page_Load(Object sender, EventArgs e) in the page of the news, which was asked for.</p>" * 9, "an error page"),
    ("a question on cookies", "", "<h1>Trước khi bạn tiếp tục</h1><p>Chúng tôi và 143 đối tác sử dụng cookie để đo lường lượng truy cập và hiển thị quảng cáo phù hợp.</p>", "site's own"),
    ("a list of feeds", "", "<h1>Danh mục kênh RSS</h1><p>RSS là định dạng dữ liệu dựa theo chuẩn XML, được sử dụng để chia sẻ và phát tán nội dung web.</p>", "site's own"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "body", "says"), [row[1:] for row in KINDS], ids=[row[0] for row in KINDS]
)
def test_records_products_and_polls(head: str, body: str, says: str) -> None:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    if not says:
        assert read_page(html, Raw(b"")).text
        return
    with pytest.raises(NotAnArticle) as caught:
        read_page(html, Raw(b""))
    assert says in caught.value.what


@pytest.mark.parametrize(
    "page",
    [gzip.decompress(PAGES[0].read_bytes()), b"<p>" + b"<div>" * 3_000],
    ids=["list", "bomb"],
)
def test_a_refused_page_does_not_stay_in_memory(page: bytes) -> None:
    """Nothing is left for the garbage collector, which would come only after many more pages."""

    def refuse() -> None:
        try:
            read_page(page, Raw(page))
        except PageError:
            return
        pytest.fail("it was read")

    refuse()
    gc.collect()
    gc.disable()
    try:
        refuse()
        assert gc.collect() < 20
    finally:
        gc.enable()
    error = read_result(Raw(page)).error
    assert error is not None
    assert error.__traceback__ is None
