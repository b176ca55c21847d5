"""``parse``: every kind of input, and what it says of a bad one."""

from __future__ import annotations

import codecs
import datetime as dt
import gzip
import io
import lzma
import tarfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcs import records, zipped

import newsextract as nx
from newsextract.errors import ArchiveMissing, EmptyPage, NoBody, NotText, PageTooLarge

URL = "https://baothaibinh.com.vn/tin/thai-thuy-khanh-thanh-cau"
TITLE = "Thái Thụy khánh thành cây cầu thứ ba qua sông Hóa"
BODY = """\
Sáng 12/4, UBND huyện Thái Thụy khánh thành cây cầu thứ ba bắc qua sông Hóa, nối hai xã ven biển.
Cầu dài 186 m, rộng 9 m, tổng vốn đầu tư hơn 74 tỷ đồng, hoàn thành sớm 45 ngày so với hợp đồng.
Mỗi ngày có chừng 2.300 lượt người và xe qua lại, thay cho bến đò đã hoạt động gần 60 năm."""
PARAGRAPHS = tuple(BODY.splitlines())
HTML = (
    f"<!DOCTYPE html><html><head><title>{TITLE} - Báo Thái Bình</title></head><body>"
    f"<h1>{TITLE}</h1><div class='date'>Thứ Ba, 13/04/2021 | 08:15</div><div class='content'>"
    + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    + "<p style='text-align:right'><b>Trần Thu Hương</b></p></div></body></html>"
)
PLAIN = "\n".join(
    [TITLE, "13/04/2021 08:15", *PARAGRAPHS, "Trần Thu Hương", "Tin liên quan", "- Cấy xong 27 xã"]
)
PUBLISHED = dt.datetime(2021, 4, 13, 8, 15, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def inputs(tmp_path: Path) -> dict[str, object]:
    page = tmp_path / "page.html"
    page.write_bytes(HTML.encode())
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress(HTML.encode()))
    dump = tmp_path / "page.txt"
    dump.write_bytes(PLAIN.encode())
    return {
        "html bytes": HTML.encode(),
        "html str": HTML,
        "html bytearray": bytearray(HTML.encode()),
        "html raw": nx.Raw(HTML.encode(), url=URL),
        "html path": page,
        "html gzip path": packed,
        "html utf-16": HTML.encode("utf-16"),
        "html decomposed": unicodedata.normalize("NFD", HTML).encode(),
        "html misread": HTML.encode().decode("latin-1").encode(),
        "plain bytes": PLAIN.encode(),
        "plain str": PLAIN,
        "plain raw, called html": nx.Raw(PLAIN.encode(), content_type="text/html"),
        "html raw, called plain": nx.Raw(HTML.encode(), content_type="text/plain"),
        "plain path": dump,
        "plain windows lines": PLAIN.replace("\n", "\r\n").encode(),
        "plain bom": codecs.BOM_UTF8 + PLAIN.encode(),
    }


KINDS = [
    "html bytes", "html str", "html bytearray", "html raw", "html path", "html gzip path",
    "html utf-16", "html decomposed", "html misread", "plain bytes", "plain str",
    "plain raw, called html", "html raw, called plain", "plain path", "plain windows lines",
    "plain bom",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_article_from_every_input(kind: str, tmp_path: Path):
    article = nx.parse(inputs(tmp_path)[kind], url=URL)  # type: ignore[arg-type]
    assert article.title == TITLE
    assert article.paragraphs == PARAGRAPHS
    assert article.author == "Trần Thu Hương"
    assert article.published == PUBLISHED
    assert (article.url, article.site, article.province) == (URL, "Báo Thái Bình", "Thái Bình")
    assert article.text == unicodedata.normalize("NFC", article.text)


def test_where_it_came_from_is_kept(tmp_path: Path):
    fetched = dt.datetime(2021, 4, 14, tzinfo=dt.UTC)
    raw = nx.Raw(HTML.encode(), url=URL, fetched=fetched, source="2021.zip!a.html")
    article = nx.parse(raw)
    assert (article.url, article.fetched, article.source) == (URL, fetched, "2021.zip!a.html")
    assert nx.parse(raw, url="https://a.vn/b").url == "https://a.vn/b"
    file = tmp_path / "a.html"
    file.write_bytes(HTML.encode())
    assert nx.parse(file).source == str(file)


def test_charset_and_repairs_are_kept():
    article = nx.parse(gzip.compress(unicodedata.normalize("NFD", HTML).encode()))
    assert article.charset == "utf-8"
    assert article.repairs == ("gzip", "decomposed letters composed (NFC)")
    assert nx.parse(PLAIN.encode("utf-16")).charset == "utf-16-le"
    assert nx.parse(PLAIN).charset is None


LIST = "<html><body><ul>" + "".join(
    f"<li><a href='/{n}'>Xã số {n} đón nhận danh hiệu nông thôn mới</a></li>" for n in range(40)
) + "</ul></body></html>"  # fmt: skip

BAD = {
    "empty bytes": (b"", EmptyPage, "empty"),
    "empty str": ("", EmptyPage, "empty"),
    "white space": (b" \n\t\r\n ", EmptyPage, "empty"),
    "an image": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", NotText, "not-text"),
    "a pdf": (b"%PDF-1.4\n1 0 obj", NotText, "not-text"),
    "an office file": (b"PK\x03\x04\x14\x00\x06\x00", NotText, "not-text"),
    "binary": (bytes(range(256)) * 8, NotText, "not-text"),
    "nothing but tags": (b"<html><body></body></html>", nx.PageError, None),
    "nothing but a script": (b"<html><script>var a = 'x';</script></html>", nx.PageError, None),
    "a list page": (LIST, nx.NotAnArticle, "not-an-article"),
    "a list in plain text": ("Tin mới\n- Khai xuân\n- Mở hội 12/03/2020\n", nx.NotAnArticle, None),
    "menus in plain text": ("Trang chủ\nQuay lại\n", NoBody, "no-body"),
    "a feed": ('<?xml version="1.0"?><rss version="2.0"><channel/></rss>', nx.NotAnArticle, None),
    "a sitemap": ("<urlset xmlns='x'><url/></urlset>", nx.NotAnArticle, "not-an-article"),
    "json": ('{"title": "Tin", "body": "..."}', nx.NotAnArticle, "not-an-article"),
    "an address": ("https://baothaibinh.com.vn/tin/1", nx.NotAnArticle, "not-an-article"),
    "a file's name": ("pages/2019/bai-viet.html", nx.NotAnArticle, "not-an-article"),
    "too large": (b"<p>" + b"a" * 50_000_001, PageTooLarge, "too-large"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input(name: str):
    source, error, reason = BAD[name]
    with pytest.raises(error) as caught:
        nx.parse(source, url="https://a.vn/bad")
    assert reason is None or caught.value.reason == reason
    assert caught.value.advice
    assert caught.value.advice in str(caught.value)
    assert str(caught.value.source) in str(caught.value)
    assert caught.value.source in ("https://a.vn/bad", source)


def tar_of(body: bytes) -> bytes:
    info = tarfile.TarInfo("a.html")
    info.size = len(body)
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(info, io.BytesIO(body))
    return out.getvalue()


ARCHIVES = {
    "a.warc": b"".join(records(3)),
    "a.warc.gz": zipped(records(3)),
    "a.tar": tar_of(HTML.encode()),
    "a.tar.gz": gzip.compress(tar_of(HTML.encode())),
    "a.zip": b"PK\x03\x04\x14\x00",
    "a.jsonl": b'{"html": "<p>"}\n',
    "a.html.xz": lzma.compress(HTML.encode()),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_is_not_read_as_one_page(name: str):
    with pytest.raises(nx.PageError, match=r"read it with newsextract\.open_archive"):
        nx.parse(ARCHIVES[name])


def test_a_page_saved_in_one_file_is_not_read_with_its_codes():
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=x\r\n\r\n--x\r\n"
    page = head + "Content-Type: text/html\r\n\r\n<p>T=C3=ACnh c=C3=B3 262/286 x=C3=A3</p>"
    for start in ("", "From: <Saved by Blink>\r\nSubject: Tin\r\n"):
        with pytest.raises(NotText, match="MHTML"):
            nx.parse((start + page).encode())


def test_an_error_page_is_not_an_article():
    with pytest.raises(nx.NotAnArticle, match="404"):
        nx.parse(nx.Raw(HTML.encode(), url=URL, status=404))
    with pytest.raises(nx.NotAnArticle, match="HTTP status 410"):  # and not that it is empty
        nx.parse(nx.Raw(b"", url=URL, status=410))
    assert nx.parse(nx.Raw(HTML.encode(), url=URL, status=200)).title == TITLE


def test_a_missing_file_and_a_folder(tmp_path: Path):
    with pytest.raises(ArchiveMissing) as missing:
        nx.parse(tmp_path / "khong-co.html")
    assert str(tmp_path / "khong-co.html") in str(missing.value)
    with pytest.raises(nx.ArchiveError, match="open_archive") as folder:
        nx.parse(tmp_path)
    assert str(tmp_path) in str(folder.value)


@pytest.mark.parametrize("name", ["a\0b.html", "a" * 300])
def test_a_name_that_no_file_can_have(name: str):
    with pytest.raises(nx.ArchiveError, match="check the file"):
        nx.parse(Path(name))


def test_another_type_is_a_mistake_of_the_caller():
    with pytest.raises(TypeError, match="not int"):
        nx.parse(3)  # type: ignore[arg-type]


@pytest.mark.parametrize("share", [0.55, 0.8, 0.95])
def test_a_page_cut_off_gives_what_is_there(share: float):
    body = HTML.encode()[: int(len(HTML.encode()) * share)]
    article = nx.parse(body)
    assert article.title == TITLE
    assert article.paragraphs[0] == PARAGRAPHS[0]


def test_nul_bytes_do_not_split_words():
    article = nx.parse(HTML.replace("khánh", "kh\x00ánh").encode())
    assert article.paragraphs == PARAGRAPHS
    assert "NUL characters removed" in article.repairs


def test_figures_in_angle_brackets_are_no_markup():
    salt = "Độ mặn < 4 g/l, nơi cao > 10 g/l; <nguồn: Sở> chưa rõ."
    text = f"{TITLE}\n{PARAGRAPHS[0]} {salt}\n{PARAGRAPHS[1]}"
    assert "< 4 g/l" in nx.parse(text).text


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=300))
def test_any_bytes(body: bytes):
    for source in (body, b"<html><body><p>" + body):
        try:
            article = nx.parse(source)
        except nx.PageError:
            continue
        assert article.text


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_a_spoilt_page(data: st.DataObject):
    body = bytearray(HTML.encode())
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at] = data.draw(st.integers(0, 255))
    try:
        article = nx.parse(bytes(body))
    except nx.PageError:
        return
    for block in article.blocks:
        assert article.text[block.start : block.end].strip()
