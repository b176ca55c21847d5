"""Pages that are something else than an article are refused, and named for what they are."""

# ruff: noqa: E501  (a table row of markup reads best on one line)
from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from newsextract.errors import NoBody, NotAnArticle, PageError
from newsextract.model import Raw
from newsextract.page import read_page

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
