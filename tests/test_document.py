"""Documents: issuers, numbers and what keeps a number from being a document's."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsextract as nx
from newsextract.facts.calendar import read_day
from newsextract.facts.docnumber import pairs, read_number
from newsextract.facts.issuer import read_issuer
from newsextract.vocabulary import vocabulary


def documents(text: str) -> list[nx.Fact[nx.Document]]:
    return [f for f in nx.extract(text) if f.kind == "document"]


TYPES = [t for part in ("noun", "verb", "strict") for t in vocabulary("documents")[part]]


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("form", [str, str.lower, str.upper, str.title], ids=lambda f: f.__name__)
def test_every_type_in_every_case_is_canonical(kind: str, form: object):
    text = f"Căn cứ {form(kind)} số 12/AB-CD ngày 3/2/2018, tỉnh họp."  # type: ignore[operator]
    (fact,) = documents(text)
    assert fact.value == nx.Document(kind, "12/AB-CD", dt.date(2018, 2, 3))


@pytest.mark.parametrize(("short", "kind"), sorted(pairs("short").items()))
def test_every_short_form(short: str, kind: str):
    (fact,) = documents(f"Theo {short} 67 của Chính phủ, dân được vay.")
    assert fact.value == nx.Document(kind, "67", None, "Chính phủ")


@pytest.mark.parametrize(("sign", "kind"), sorted(pairs("sign").items()))
def test_every_sign_names_its_type(sign: str, kind: str):
    (fact,) = documents(f"Văn phòng gửi bản số 18/{sign}-UBND cho các xã.")
    assert fact.value == nx.Document(kind, f"18/{sign}-UBND")


NUMBERS = [
    ("06, ngày", "06", False),
    ("1600/QĐ-TTg phê", "1600/QĐ-TTg", True),
    ("18-NQ/TW", "18-NQ/TW", True),
    ("05 - CT/TW", "05-CT/TW", True),
    ("14/2015/TTLT-BNNPTNT-BNV", "14/2015/TTLT-BNNPTNT-BNV", True),
    ("12/2017/QH14.", "12/2017/QH14", True),
    ("30a của", "30a", False),
    ("86-CTr/TU", "86-CTr/TU", True),
    ("36a/NQ-CP", "36a/NQ-CP", True),
    ("3838/QĐ-SGD&ĐT phê", "3838/QĐ-SGD&ĐT", True),
    ("653/2019-UBTVQH14", "653/2019-UBTVQH14", True),
    ("19-2017/NQ-CP", "19-2017/NQ-CP", True),
    ("12/QĐ.UBND", "12/QĐ.UBND", True),
    ("19 KL/TW", "19KL/TW", True),
    ("42/2014 về", "42/2014", False),
    ("1.234/UBND", "1.234/UBND", True),
    ("12/QĐ-UBND tỉnh", "12/QĐ-UBND", True),
    ("58/2025/NÐ-CP", "58/2025/NÐ-CP", True),
    ("9/6/2017", None, False),
    ("9/6", None, False),
    ("3,5 tỷ", None, False),
    ("95%", None, False),
    ("10-15 người", None, False),
    ("8h", None, False),
    ("12345678901", None, False),
]


@pytest.mark.parametrize(("text", "number", "signed"), NUMBERS)
def test_numbers(text: str, number: str | None, signed: bool):
    found = read_number(text, 0)
    assert (found and found.text) == number
    assert bool(found and found.signed) is signed


ISSUERS = [
    ("Chính phủ về", "Chính phủ"),
    ("Thủ tướng Chính phủ.", "Thủ tướng Chính phủ"),
    ("Bộ Công an được", "Bộ Công an"),
    ("Bộ Tài nguyên và Môi trường quy định", "Bộ Tài nguyên và Môi trường"),
    ("Bộ trưởng Bộ Y tế hướng dẫn", "Bộ trưởng Bộ Y tế"),
    ("UBND tỉnh Đắk Nông về", "UBND tỉnh Đắk Nông"),
    ("UBND TP. Đà Nẵng phê duyệt", "UBND TP. Đà Nẵng"),
    ("UBND TP. Đề nghị", "UBND TP"),
    ("Chủ tịch UBND TPHCM bổ nhiệm", "Chủ tịch UBND TPHCM"),
    ("Ban Thường vụ Tỉnh ủy Thái Bình (khóa XIX)", "Ban Thường vụ Tỉnh ủy Thái Bình"),
    ("Ban Chấp hành Trung ương Đảng khóa XII", "Ban Chấp hành Trung ương Đảng"),
    ("bộ Lao động – Thương binh và Xã hội,", "bộ Lao động – Thương binh và Xã hội"),
    ("Sở LĐ-TB&XH gửi", "Sở LĐ-TB&XH"),
    ("Thành ủy Hà Nội về việc", "Thành ủy Hà Nội"),
    ("Chánh án TAND tỉnh BR - VT buộc", "Chánh án TAND tỉnh BR - VT"),
    ("Ủy ban kiểm tra Trung ương, nhằm", "Ủy ban kiểm tra Trung ương"),
    ("Hội đồng nhân dân tỉnh Kon Tum Về việc", "Hội đồng nhân dân tỉnh Kon Tum"),
    ("UBND tỉnh Quyết định số", "UBND tỉnh"),
    ("Chính phủ, Bộ Tài chính", "Chính phủ"),
    ("Tỉnh uỷ Vĩnh Long:", "Tỉnh uỷ Vĩnh Long"),
    ("Uỷ ban nhân dân tỉnh quy định", "Uỷ ban nhân dân tỉnh"),
    ("Toà án nhân dân tỉnh Lạng Sơn", "Toà án nhân dân tỉnh Lạng Sơn"),
    ("UBND Thành phố chỉ đạo", "UBND Thành phố"),
    ("Thường vụ Quân ủy Trung ương và", "Thường vụ Quân ủy Trung ương"),
    ("tỉnh về", "tỉnh"),
    ("Quân khu 3.", "Quân khu 3"),
    # a person's mention, not an issuer's
    ("Thủ tướng Nguyễn Xuân Phúc về", None),
    ("Chủ tịch UBND tỉnh Lào Cai Đặng Xuân Phong ký", None),
    # broken off inside a word: nothing is sure
    ("Ban liên lạc cựu học sinh", None),
    ("Bộ Kế hoạch Đầu tư đề nghị", "Bộ Kế hoạch Đầu tư"),
    ("Ban chỉ huy phòng chống thiên tai", "Ban chỉ huy phòng chống thiên tai"),
    ("Hội đồng nhân dân tỉnh Ban hành", "Hội đồng nhân dân tỉnh"),
    ("Bộ chính trị.", "Bộ chính trị"),
    ("Hội nghị Trung ương 6 (khóa XII)", "Hội nghị Trung ương 6"),
    ("dân làng", None),
    ("ông An", None),
    ("ban ngành", None),
]


@pytest.mark.parametrize(("text", "issuer"), ISSUERS)
def test_issuers(text: str, issuer: str | None):
    found = read_issuer(text, 0)
    assert (found and found[0]) == issuer
    if found:
        assert " ".join(text[: found[1]].split()) == found[0]


DAYS = [
    ("9/6/2017", dt.date(2017, 6, 9)),
    ("09-06-2017", dt.date(2017, 6, 9)),
    ("9.6.17", dt.date(2017, 6, 9)),
    ("9/6 năm 2017", dt.date(2017, 6, 9)),
    ("9 tháng 6 năm 2017", dt.date(2017, 6, 9)),
    ("9 tháng Mười Hai năm 2017", dt.date(2017, 12, 9)),
    ("9 tháng 6, 2017", dt.date(2017, 6, 9)),
    ("29/2/2020", dt.date(2020, 2, 29)),
    ("29/2/2019", None),
    ("31/4/2019", None),
    ("9/13/2019", None),
    ("9/6-2017", None),
    ("9/6", None),
    ("9 tháng Giêng năm 2017", None),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_days(text: str, day: dt.date | None):
    found = read_day(text, 0)
    assert (found and found[0]) == day


@settings(deadline=None, max_examples=80)
@given(
    st.sampled_from(TYPES),
    st.integers(1, 99999),
    st.one_of(st.none(), st.integers(1990, 2049)),
    st.sampled_from(["", "/QĐ-UBND", "/TB-VPCP", "-NQ/TW", "/2014/TT-BTC"]),
    st.one_of(st.none(), st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31))),
    st.sampled_from([None, "Chính phủ", "UBND tỉnh Thái Bình", "Bộ Công an"]),
)
def test_what_is_written_is_read(
    kind: str, core: int, year: int | None, sign: str, day: dt.date | None, issuer: str | None
):
    number = f"{core}/{year}{sign}" if year and not sign.startswith("/2") else f"{core}{sign}"
    if number.endswith("-NQ/TW") and year:
        number = f"{core}-NQ/TW"
    text = f"{kind} số {number}"
    text += f" ngày {day.day}/{day.month}/{day.year}" if day else ""
    text += f" của {issuer}" if issuer else ""
    (fact,) = documents(f"Hôm qua, {text} được công bố.")
    assert fact.text == text
    assert fact.value == nx.Document(kind, number, day, issuer)


def test_a_cut_line_is_read_on_and_the_fact_stays_in_the_line_of_its_number():
    text = "Xét Tờ trình\nsố 22/TTr-SNV ngày 9 tháng 7\nnăm 2013 của Giám đốc\nSở Nội vụ, tỉnh họp."
    (fact,) = documents(text)
    value = nx.Document("Tờ trình", "22/TTr-SNV", dt.date(2013, 7, 9), "Giám đốc Sở Nội vụ")
    assert (fact.value, fact.text) == (value, "số 22/TTr-SNV ngày 9 tháng 7")
    assert text[fact.start : fact.end] == fact.text


@pytest.mark.parametrize("gap", ["\n\n", "\n- ", ".\n", ";\n", ":\n", "\nNgày "])
def test_the_next_item_or_paragraph_is_not_read_on(gap: str):
    (fact,) = documents(f"Thực hiện Kế hoạch số 15/KH-UBND{gap}ngày 9/7/2013 của UBND tỉnh")
    assert (fact.value.number, fact.value.date) == ("15/KH-UBND", None)


def test_eth_is_read_as_the_letter_it_is_printed_for():
    text = "theo Nghị định 67/2014/N\u00d0-CP của Chính phủ"
    (fact,) = documents(text)
    assert fact.value == nx.Document("Nghị định", "67/2014/NĐ-CP", None, "Chính phủ")
    assert fact.text == text[len("theo ") :]
