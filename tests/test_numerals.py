"""Numbers: what is written → what it is worth, what is said about it, where it stands."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from growth import seconds
from hypothesis import given, settings
from hypothesis import strategies as st

from newsextract.numeral_words import figure, written
from newsextract.numerals import amounts
from newsextract.qualifiers import closing

WRITTEN = {
    # figures
    "7": 7,
    "02": 2,
    "1.420": 1420,
    "12.345.678": 12345678,
    "1,5": Decimal("1.5"),
    "40.56": Decimal("40.56"),
    "0.125": Decimal("0.125"),
    "599.066,64": Decimal("599066.64"),
    "1,234,567": 1234567,
    "1. 995": 1995,
    "15 000": 15000,
    "1 250 000": 1250000,
    # figures with scale words
    "2 nghìn": 2000,
    "2 000 tỷ": 2000 * 10**9,
    "2 ngàn": 2000,
    "1,5 triệu": 1500000,
    "2.345,6 tỷ": 2345600000000,
    "1,29 triệu tỷ": 1290000000000000,
    "20 nghìn tỷ": 20000000000000,
    "3 vạn": 30000,
    "5 trăm": 500,
    "365 tỷ 592 triệu": 365592000000,
    "1 triệu 250 nghìn": 1250000,
    "1 nghìn 200 tỷ": 1200000000000,
    "2 tỷ rưỡi": 2500000000,
    # words
    "hai": 2,
    "mười": 10,
    "mười một": 11,
    "mười lăm": 15,
    "hai mươi": 20,
    "hai mươi mốt": 21,
    "ba mươi tư": 34,
    "bốn mươi lăm": 45,
    "năm mươi nhăm": 55,
    "sáu mươi bẩy": 67,
    "ba chục": 30,
    "một trăm": 100,
    "hai trăm linh năm": 205,
    "hai trăm lẻ năm": 205,
    "ba trăm mười": 310,
    "chín trăm chín mươi chín": 999,
    "một trăm rưỡi": 150,
    "một nghìn": 1000,
    "một nghìn rưỡi": 1500,
    "hai nghìn không trăm mười tám": 2018,
    "mười hai nghìn ba trăm": 12300,
    "năm vạn": 50000,
    "hai triệu rưỡi": 2500000,
    "ba triệu hai trăm nghìn": 3200000,
    "hai trăm linh năm nghìn tỷ": 205000000000000,
    "một trăm hai tám": 128,
    "hai trăm ba mốt nghìn": 231000,
    "hai tỷ, ba trăm triệu": 2300000000,
    "một trăm hai tám tỷ, ba trăm mười triệu, không trăm mười lăm nghìn": 128310015000,
    # magnitudes
    "hàng chục": 10,
    "hàng trăm": 100,
    "hàng chục nghìn": 10000,
    "hàng trăm triệu": 100000000,
    "vài chục": 10,
    "mấy mươi": 10,
    "cả nghìn": 1000,
    "nửa triệu": 500000,
}


@pytest.mark.parametrize("source", WRITTEN)
def test_written(source: str):
    assert written(source) == WRITTEN[source]
    assert isinstance(written(source), int) == isinstance(WRITTEN[source], int)


@pytest.mark.parametrize("digits", ["25.04.2019", "0912345678", "1.2.3", "12,34,56", "1.23,4", ""])
def test_no_figure(digits: str):
    assert figure(digits) is None


def test_parts_that_do_not_add_up_are_no_number():
    assert written("5 triệu 2000 nghìn") is None
    assert written("ba nghìn, năm nghìn") is None


def said(text: str) -> list[tuple[object, ...]]:
    return [(text[a.start : a.end], a.low, a.high, a.qualifier) for a in amounts(text)]


SAID = {
    "có 12 hộ": ("12", 12, 12, "exact"),
    "gần 300": ("gần 300", 300, 300, "nearly"),
    "ngót nghét 40": ("ngót nghét 40", 40, 40, "nearly"),
    "hơn 5": ("hơn 5", 5, 5, "over"),
    "trên 1.800": ("trên 1.800", 1800, 1800, "over"),
    "quá 50": ("quá 50", 50, 50, "over"),
    "khoảng 7": ("khoảng 7", 7, 7, "about"),
    "trên dưới 10": ("trên dưới 10", 10, 10, "about"),
    "xấp xỉ 90": ("xấp xỉ 90", 90, 90, "about"),
    "~5": ("~5", 5, 5, "about"),
    "ước đạt 394 tỷ": ("ước đạt 394 tỷ", 394 * 10**9, 394 * 10**9, "about"),
    "dưới 2": ("dưới 2", 2, 2, "under"),
    "chưa đến 30": ("chưa đến 30", 30, 30, "under"),
    "không đến 30": ("không đến 30", 30, 30, "under"),
    "ít nhất 6": ("ít nhất 6", 6, 6, "at_least"),
    "tối thiểu là 6": ("tối thiểu là 6", 6, 6, "at_least"),
    "không dưới 600": ("không dưới 600", 600, 600, "at_least"),
    "không quá 3": ("không quá 3", 3, 3, "at_most"),
    "tối đa 25": ("tối đa 25", 25, 25, "at_most"),
    "Khoảng trên 1.800": ("trên 1.800", 1800, 1800, "over"),
    "cao hơn 5% so với năm trước": ("5", 5, 5, "exact"),
    "gần trăm triệu": ("gần trăm triệu", 10**8, 10**8, "nearly"),
    "hàng trăm ổ nhóm": ("hàng trăm", 100, 100, "order"),
    "15-20": ("15-20", 15, 20, "exact"),
    "10.500 - 11.000": ("10.500 - 11.000", 10500, 11000, "exact"),
    "từ 15 đến 20": ("từ 15 đến 20", 15, 20, "exact"),
    "khoảng từ 15 đến 20": ("khoảng từ 15 đến 20", 15, 20, "about"),
    "5 - 6 triệu": ("5 - 6 triệu", 5 * 10**6, 6 * 10**6, "exact"),
    "từ 800 nghìn đến 1,5 triệu": ("từ 800 nghìn đến 1,5 triệu", 800_000, 1_500_000, "exact"),
    "hai, ba người": ("hai, ba", 2, 3, "exact"),
    "bộ,1.420 tổ": ("1.420", 1420, 1420, "exact"),
    "trường mầm non 294 người": ("294", 294, 294, "exact"),
    "Hai xã": ("Hai", 2, 2, "exact"),
    "+ 5 hộ": ("5", 5, 5, "exact"),
    "03 (ba) người": ("03 (ba)", 3, 3, "exact"),
    "HƠN 2 TỶ": ("HƠN 2 TỶ", 2 * 10**9, 2 * 10**9, "over"),
    "Km 7 + 300 đường": ("7", 7, 7, "exact"),
}


@pytest.mark.parametrize("text", list(SAID))
def test_said(text: str):
    assert said(text) == [SAID[text]]


NOTHING = [
    "00",
    "ngày 9/6/2017",
    "06/2017/QĐ-UBND",
    "534/KH-UBND",
    "3-5-2019",
    "9-10/6",
    "Covid-19",
    "SARS-CoV-2",
    "Q.1",
    "C-136.59",
    "024-39743413",
    "một người",
    "trong năm qua",
    "ông Ba",
    "tư nhân",
    "bảo vệ",
    "thứ tư",
    "hàng năm",
    "tỷ lệ",
    "triệu tập",
    "0912345678",
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing(text: str):
    assert said(text) == []


def test_two_numbers_of_a_ratio():
    (amount,) = amounts("262/286 xã")
    assert (amount.low, amount.whole) == (262, 286)
    (amount,) = amounts("hai phần ba số hộ")
    assert (amount.low, amount.whole) == (2, 3)


def test_a_change_leans_on_the_next_number():
    first, second = amounts("từ 200 lên 250 tỷ")
    assert first.leans
    assert not second.leans
    assert (first.low, second.low) == (200 * 10**9, 250 * 10**9)
    assert not any(a.leans for a in amounts("từ 200 hộ lên 250 hộ"))


def test_words_before_a_number_stop_at_the_clause():
    (_, amount) = amounts("ở tổ 9, xã có 5")
    assert amount.before == ("xã", "có")


@pytest.mark.parametrize(
    ("text", "found"), [(" trở lên", "at_least"), (" trở xuống", "at_most"), (" có lẻ", "over")]
)
def test_closing(text: str, found: str):
    assert closing(f"10 người{text}.", 8) == (found, 8 + len(text))
    assert closing("10 người khác", 8) == (None, 8)


UNITS = "không một hai ba bốn năm sáu bảy tám chín".split()


def in_words(n: int) -> str:
    """Writes a number below ten thousand the way a newspaper does."""
    if n >= 1000:
        rest = n % 1000
        zero = "không trăm " if 0 < rest < 100 else ""
        return f"{in_words(n // 1000)} nghìn {zero}{small(rest, zero != '')}".strip()
    return small(n, False) or UNITS[0]


def small(n: int, after_zero: bool) -> str:
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    words = [f"{UNITS[hundreds]} trăm"] if hundreds else []
    if not tens and ones and (hundreds or after_zero):
        words.append("linh")
    if tens:
        words.append("mười" if tens == 1 else f"{UNITS[tens]} mươi")
    if ones:
        spoken = {5: "lăm", 1: "một" if tens == 1 else "mốt", 4: "tư" if tens > 1 else "bốn"}
        words.append(spoken.get(ones, UNITS[ones]) if tens else UNITS[ones])
    return " ".join(words)


def test_every_number_below_ten_thousand_reads_back():
    wrong = [n for n in range(2, 10000) if written(in_words(n)) != n]
    assert wrong == []


@settings(deadline=None, max_examples=100)
@given(st.integers(2, 9999))
def test_number_words_are_found_whole(n: int):
    text = f"có {in_words(n)} hộ dân"
    if n == 5:
        return
    (amount,) = amounts(text)
    assert (amount.low, text[amount.start : amount.end]) == (n, in_words(n))


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 10**12))
def test_grouped_figures_read_back(n: int):
    assert figure(f"{n:,}".replace(",", ".")) == n


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="0123456789.,/- \nănmhaibtỷệrđếvàtừgk%", max_size=80))
def test_amounts_stand_in_order_and_inside_the_text(text: str):
    text = unicodedata.normalize("NFC", text)
    at = 0
    for amount in amounts(text):
        assert at <= amount.first < amount.end <= len(text)
        assert 0 <= amount.start <= amount.first
        assert amount.low <= amount.high
        at = amount.end


HOSTILE = [
    "1 111 ",
    "1 000 ",
    "1.",
    "1 ",
    "1/",
    "1-",
    "hai ",
    "một trăm ",
    "nghìn ",
    "từ 1 lên ",
    "hơn ",
    "1. 000 ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_length(piece: str):
    def spent(n: int) -> float:
        return seconds(lambda: list(amounts(piece * n)))

    spent(10)
    assert spent(16_000) < max(spent(2_000), 0.002) * 40
