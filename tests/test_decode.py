"""Bytes → text: every charset a Vietnamese page has had, and what is refused."""

from __future__ import annotations

import codecs
import gzip
import shutil
import subprocess
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsextract as nx
from newsextract.decode import MAX_BYTES, decode, decode_text
from newsextract.errors import EmptyPage, NotText, PageTooLarge, TruncatedPage
from newsextract.legacy import READINGS, plausibility

TEXT = (
    "Hội đồng nhân dân tỉnh Đắk Nông đề nghị các địa phương đẩy nhanh tiến độ giải ngân vốn đầu tư "
    "công; đến nay đã có 48/71 xã đạt chuẩn, ưu tiên những nơi còn khó khăn, kỹ thuật, giếng khoan."
)
PAGE = (
    f"<html><body><h1>Họp về vốn đầu tư</h1><p>{TEXT}</p><p>ngày 12/3, tại hà nội</p></body></html>"
)
DECOMPOSED = "decomposed letters composed (NFC)"


MISREAD = "UTF-8 read as windows-1252"


def misread(text: str) -> str:
    return text.encode().decode("latin-1")


def raw(body: bytes, content_type: str | None = None) -> nx.Raw:
    return nx.Raw(body, url="https://example.vn/a", content_type=content_type)


def old(name: str, text: str) -> str:
    """``text`` as the Latin-1 reading of an old font's bytes."""
    back: dict[str, str] = {}
    read = next(r.read for r in READINGS if r.name == name)
    if name == "VNI":
        singles = {read(chr(c)): chr(c) for c in range(0xA1, 0x100) if read(chr(c)) != chr(c)}
        marks = [chr(c) for c in range(0xC0, 0x100)]
        pairs = {
            unicodedata.normalize("NFC", read(b + m)): b + m
            for b in "aeouyAEOUYöôÖÔ"
            for m in marks
            if len(read(b + m)) > 1 and read(b + m) != b + m
        }
        back = pairs | singles
    else:
        codes = [*range(1, 32), *range(0x80, 0x100)]
        back = {read(chr(c)): chr(c) for c in codes if read(chr(c)) != chr(c)}
    return "".join(back.get(c, c) for c in text)


UTF8 = {
    "plain": (PAGE.encode(), "utf-8", ()),
    "bom": (codecs.BOM_UTF8 + PAGE.encode(), "utf-8", ()),
    "utf-16 with bom": (PAGE.encode("utf-16"), "utf-16-le", ()),
    "utf-16 big with bom": (codecs.BOM_UTF16_BE + PAGE.encode("utf-16-be"), "utf-16-be", ()),
    "utf-16 little, no bom": (PAGE.encode("utf-16-le"), "utf-16-le", ()),
    "utf-16 big, no bom": (PAGE.encode("utf-16-be"), "utf-16-be", ()),
    "utf-32": (codecs.BOM_UTF32_LE + PAGE.encode("utf-32-le"), "utf-32-le", ()),
    "gzip inside": (gzip.compress(PAGE.encode()), "utf-8", ("gzip",)),
    "gzip twice": (gzip.compress(gzip.compress(PAGE.encode())), "utf-8", ("gzip", "gzip")),
    "decomposed": (unicodedata.normalize("NFD", PAGE).encode(), "utf-8", (DECOMPOSED,)),
    "zero width": (PAGE.replace("đ", "\u200bđ\u00ad").encode(), "utf-8", ()),
    "soft hyphen entity": (PAGE.replace("đ", "&shy;đ&#8203;").encode(), "utf-8", ()),
    "nul": (PAGE.replace("<p>", "<p>\x00").encode(), "utf-8", ("NUL characters removed",)),
    "nul after bom": (codecs.BOM_UTF8 + b"\x00" + PAGE.encode(), "utf-8", ()),
    "misread once": (misread(PAGE).encode(), "utf-8", (MISREAD,)),
    "misread twice": (misread(misread(PAGE)).encode(), "utf-8", (MISREAD,)),
    "eth": (PAGE.replace("đ", "ð").replace("Đ", "Ð").encode(), "utf-8", ("eth read as đ",)),
}  # fmt: skip


@pytest.mark.parametrize("name", UTF8)
def test_the_same_page_in_every_charset(name: str):
    body, charset, repairs = UTF8[name]
    assert decode(raw(body)) == (PAGE.encode(), charset, repairs)


def viet1258(text: str) -> bytes:
    """windows-1258 has the letters and, apart, the five tones."""
    out = []
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        letter = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        out.append(letter + tones)
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize(
    "declared", [None, "text/html; charset=windows-1258", "text/html; charset=iso-8859-1"]
)
def test_windows_1258(declared: str | None):
    found = decode(raw(viet1258(PAGE), declared))
    assert found.text == PAGE
    assert found.charset == "windows-1258"
    assert DECOMPOSED in found.repairs


@pytest.mark.parametrize("name", ["TCVN3", "VNI", "VISCII"])
def test_old_fonts_as_bytes(name: str):
    body = old(name, PAGE).encode("latin-1")
    found = decode(raw(body, "text/html; charset=iso-8859-1"))
    assert found.text == unicodedata.normalize("NFC", found.text)
    assert TEXT in found.text
    assert "đề nghị các địa phương đẩy nhanh tiến độ giải ngân vốn đầu tư" in found.text
    assert found.charset == name
    assert name in found.repairs


@pytest.mark.parametrize("name", ["TCVN3", "VNI", "VISCII"])
@pytest.mark.parametrize(
    "frame", ["", "<p>Trang thông tin điện tử huyện, đường dây nóng, ý kiến của bạn</p>"]
)
def test_old_fonts_saved_as_utf8(name: str, frame: str):
    found = decode(raw((frame + old(name, PAGE)).encode()))
    assert found.text.startswith(frame)
    assert "đề nghị các địa phương đẩy nhanh tiến độ giải ngân vốn đầu tư" in found.text
    assert found.charset == "utf-8"
    assert name in found.repairs


@pytest.mark.parametrize("name", ["TCVN3", "VNI", "VISCII"])
@pytest.mark.parametrize("as_utf8", [False, True])
def test_an_old_page_is_an_article(name: str, as_utf8: bool):
    title = "Huyện Đắk Mil bàn giao 48 căn nhà cho hộ nghèo trước Tết"
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{TEXT}</p></body>"
    garbled = old(name, html)
    article = nx.parse(garbled.encode("utf-8" if as_utf8 else "latin-1"))
    assert article.title == title
    assert article.paragraphs == (TEXT,)
    assert name in article.repairs


def test_old_fonts_as_entities():
    body = "".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in old("TCVN3", PAGE))
    found = decode(raw(body.encode()))
    assert "địa phương đẩy nhanh tiến độ" in found.text
    assert "<p>" in found.text


def test_capital_font():
    line = f"<p>{old('TCVN3', TEXT)}</p><font face='.VnTimeH'>{old('TCVN3', 'hội đồng')}</font>"
    assert (
        ">HỘI ĐỒNG<" in decode(raw(line.encode("latin-1"))).text
        or ">HỘI ĐỒNG<" in decode(raw(line.encode())).text
    )


@pytest.mark.skipif(shutil.which("iconv") is None, reason="iconv is not installed")
@pytest.mark.parametrize(("name", "charset"), [("TCVN3", "TCVN"), ("VISCII", "VISCII")])
def test_tables_agree_with_iconv(name: str, charset: str):
    read = next(r.read for r in READINGS if r.name == name)
    low = (2, 5, 6, 0x14, 0x19, 0x1E) if name == "VISCII" else ()
    codes = [*low, *range(0xA1 if name == "TCVN3" else 0x80, 0x100)]
    for code in codes:
        theirs = subprocess.run(
            ["iconv", "-f", charset, "-t", "UTF-8"], input=bytes([code]), capture_output=True
        ).stdout.decode()  # fmt: skip
        ours = read(f"a{chr(code)}")[1:]
        assert unicodedata.normalize("NFC", ours) == unicodedata.normalize("NFC", theirs), hex(code)


VNI_WORDS = {
    "Thoâng tö soá": "Thông tư số",
    "ñöôïc": "được",
    "ngöôøi": "người",
    "Uûy ban": "Ủy ban",
    "ÑAÛNG BOÄ": "ĐẢNG BỘ",
    "kyõ thuaät": "kỹ thuật",
    "ñòa chæ": "địa chỉ",
    "vuõ khí": "vũ khí",
    "Quyù": "Quý",
}


@pytest.mark.parametrize("written", VNI_WORDS)
def test_vni_words(written: str):
    read = next(r.read for r in READINGS if r.name == "VNI")
    assert unicodedata.normalize("NFC", read(written)) == VNI_WORDS[written]


REFUSED = {
    "empty": (b"", EmptyPage),
    "white space": (b" \r\n\t ", EmptyPage),
    "bom only": (codecs.BOM_UTF8, EmptyPage),
    "invisible only": ("\u200b\ufeff ".encode(), EmptyPage),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(50), NotText),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(50), NotText),
    "gif": (b"GIF89a\x01\x00\x01\x00" + bytes(20), NotText),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\n", NotText),
    "zip": (b"PK\x03\x04" + bytes(30), NotText),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(30), NotText),
    "mp4": (b"\x00\x00\x00\x18ftypmp42" + bytes(30), NotText),
    "nul heavy": (b"ab\x00\x00cd\x00" * 50, NotText),
    "random": (bytes((i * 7919 + 13) % 255 + 1 for i in range(4000)), NotText),
    "damaged gzip": (b"\x1f\x8b\x08\x00" + b"\x55" * 60, NotText),
    "too large": (b"a" * (MAX_BYTES + 1), PageTooLarge),
    "bomb": (gzip.compress(bytes(MAX_BYTES + 1)), PageTooLarge),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str):
    body, error = REFUSED[name]
    with pytest.raises(error) as caught:
        decode(raw(body))
    assert "https://example.vn/a" in str(caught.value)
    assert caught.value.advice in str(caught.value)


WHOLE = (PAGE + TEXT * 50).encode()
PACKED = gzip.compress(WHOLE)
PARTS = gzip.compress(WHOLE[:300]) + gzip.compress(WHOLE[300:])


def test_every_gzip_member_is_read():
    assert decode(raw(PARTS)).utf8 == WHOLE
    assert decode(raw(PARTS + bytes(512))).utf8 == WHOLE  # padding, as tapes have it


@pytest.mark.parametrize(
    ("body", "error"),
    [(PACKED[:-12], TruncatedPage), (PACKED[:-1], TruncatedPage), (PARTS[:-9], TruncatedPage),
     (PACKED + b"more", NotText), (PARTS[:-8] + bytes(8), NotText)],
)  # fmt: skip
def test_a_part_of_gzip_data_is_not_taken_for_the_page(body, error, tmp_path):
    (tmp_path / "a.html.gz").write_bytes(body)
    with pytest.raises(error) as caught:
        nx.parse(tmp_path / "a.html.gz")
    (item,) = nx.open_archive(tmp_path / "a.html.gz")  # says the same
    assert (item.reason == "truncated") == (error is TruncatedPage) == ("early" in str(item))
    assert str(tmp_path) in str(caught.value)


def test_a_letter_cut_in_the_middle():
    found = decode(raw(PAGE.encode() + "ữ".encode()[:2]))
    assert found.text == PAGE
    assert found.charset == "utf-8"
    assert found.repairs == ("1 characters not valid in utf-8",)


OTHERS = {
    "iso-8859-1": "Le préfet a visité la région, où près de 300 élèves étaient réunis à midi.",
    "windows-1252": "Le “préfet” a visité la région – où près de 300 élèves étaient réunis.",
    "shift_jis": "ベトナムの地方紙は毎日、人民委員会の決定を伝えている。",
    "gb2312": "越南各省的报纸每天报道人民委员会的决定。",
    "koi8-r": "Провинциальные газеты Вьетнама ежедневно публикуют решения комитетов.",
}


@pytest.mark.parametrize("charset", OTHERS)
@pytest.mark.parametrize("where", ["header", "meta", "xml"])
def test_declared_charsets(charset: str, where: str):
    prefix = {
        "header": "",
        "meta": f'<meta charset="{charset}">',
        "xml": f'<?xml version="1.0" encoding="{charset}"?>',
    }
    body = (prefix[where] + f"<p>{OTHERS[charset]}</p>").encode(charset)
    found = decode(raw(body, f"text/html; charset={charset}" if where == "header" else None))
    assert OTHERS[charset] in found.text
    assert found.repairs == ()


def test_an_undeclared_charset_is_detected():
    body = f"<p>{OTHERS['koi8-r'] * 5}</p>".encode("cp1251")
    assert OTHERS["koi8-r"] in decode(raw(body)).text


def test_charset_is_not_for_a_hostile_page_to_choose():
    for label in ("punycode", "idna", "zip", "unicode_escape", "rot13", "utf-7"):
        body = f'<meta charset="{label}"><p>caf\xe9 d\xe9j\xe0 vu \xe0 Paris</p>'.encode("latin-1")
        assert decode(raw(body)).charset not in (label, "utf_7")


CLEAN = [
    TEXT,
    "Café, señor, mañana, El Niño, año, España",
    "ĐÃ XÃ HỘI HÓA ĐÃ, XÃ TAM AN; © 2019 ® Ghi rõ nguồn » Trang chủ » Tin tức",
    "Nhiệt độ 37°C ± 0,5, §2 điều 7; “trích dẫn” – gạch ngang…",
]


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_stays(text: str):
    page = f"<p>{text}</p>" * 6
    assert decode(raw(page.encode())) == (page.encode(), "utf-8", ())


def test_text_already_decoded():
    assert decode_text("\x00" + unicodedata.normalize("NFD", TEXT)).text == TEXT
    assert decode_text(TEXT) == (TEXT.encode(), "", ())
    with pytest.raises(EmptyPage):
        decode_text(" \u200b ")


def test_broken_surrogates():
    found = decode_text("xã \ud83d\ude00 và \ud800 huyện")
    assert found.text == "xã 😀 và \ufffd huyện"
    assert found.repairs == ("broken surrogates replaced",)
    assert nx.parse(f"<h1>Tin xã nông thôn mới</h1><p>{TEXT}\udc00</p>").paragraphs


def test_tone_written_before_the_mark():
    assert decode_text("đa\u0301\u0302t co\u0301\u031b").text == "đất cớ"


def test_plausibility_tells_vietnamese():
    assert plausibility(TEXT) > 0.95
    assert plausibility("naïve café déjà vu señor über Ænima Þingvellir") < 0.5
    assert plausibility("") == plausibility("plain ascii") == 0.0


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_typed_error(body: bytes):
    try:
        found = decode(raw(body))
    except nx.PageError:
        return
    assert found.text.strip()
    assert "\x00" not in found.text


@settings(deadline=None, max_examples=100)
@given(
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Mn"]), min_size=1
    )
)
def test_utf8_comes_back(text: str):
    if text.isspace() or any(c in text for c in "»®ñðÐ&\ufeff"):
        return
    assert unicodedata.normalize("NFC", decode(raw(b"<p>" + text.encode())).text) == (
        unicodedata.normalize("NFC", "<p>" + text)
    )


@pytest.mark.parametrize(
    "piece", ["Ã", "á»", "Ä", "®a", "ñ", "a\u0301", "<meta ", "&reg;", "\x1f\x8b", "ð<"]
)
def test_time_grows_with_the_page(piece: str):
    def spent(n: int) -> float:
        body = (piece * n).encode()
        best = 9e9
        for _ in range(3):
            start = time.perf_counter()
            decode(raw(body))
            best = min(best, time.perf_counter() - start)
        return best

    assert spent(40_000) < 40 * max(spent(5_000), 1e-4)
