"""Dates in running text: every form, every precision, and figures that are none."""

from __future__ import annotations

import calendar
import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsextract as nx
from newsextract.facts.calendar import month_words
from newsextract.facts.datechain import read_chain

FORMS = Path(__file__).resolve().parents[2] / "shared" / "facts" / "date_forms.json"


def dates(text: str) -> list[tuple[str, str, str]]:
    found = [f.value for f in nx.extract(text) if f.kind == "date"]
    return [(d.start, d.end, d.precision) for d in found]


def day(value: str) -> list[tuple[str, str, str]]:
    return [(value, value, "day")]


ALL_DAYS = st.dates(dt.date(1800, 1, 1), dt.date(2099, 12, 31))


@settings(deadline=None, max_examples=150)
@given(
    ALL_DAYS,
    st.sampled_from(
        [
            "{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d:02}.{m:02}.{y}",
            "{d} tháng {m} năm {y}", "{d:02} tháng {m:02} năm {y}", "{d} tháng {m}, {y}",
            "{d}/{m} năm {y}", "{d} tháng {m}/{y}",
        ]
    ),
    st.sampled_from(["Ngày ", "ngày ", "Sáng ", "hôm ", "Từ ngày ", "(ngày ", "Hà Nội, ngày "]),
)  # fmt: skip
def test_every_day_in_every_form(value: dt.date, form: str, cue: str):
    text = cue + form.format(d=value.day, m=value.month, y=value.year) + ", đoàn làm việc."
    assert dates(text) == day(value.isoformat())


@settings(deadline=None, max_examples=60)
@given(ALL_DAYS, ALL_DAYS)
def test_ranges_of_days(one: dt.date, other: dt.date):
    first, last = sorted((one, other))
    ends = [f"ngày {d.day}/{d.month}/{d.year}" for d in (first, last)]
    found = dates(f"từ {ends[0]} đến {ends[1]}.")
    if (first.day, first.month) == (last.day, last.month):
        assert [d[0] for d in found] == [first.isoformat(), last.isoformat()]
    else:
        assert found == [(first.isoformat(), last.isoformat(), "day")]


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 12), st.integers(1, 31))
def test_a_day_without_a_year_stays_open(month: int, number: int):
    if number > calendar.monthrange(2000, month)[1]:
        assert dates(f"Sáng {number}/{month}, mưa.") == []
    else:
        assert dates(f"Sáng {number}/{month}, mưa.") == day(f"--{month:02}-{number:02}")


@pytest.mark.parametrize(("word", "number"), sorted(month_words().items()))
def test_months_in_words(word: str, number: int):
    last = calendar.monthrange(1945, number)[1]
    assert dates(f"tháng {word.title()} năm 1945") == [
        (f"1945-{number:02}-01", f"1945-{number:02}-{last}", "month")
    ]


PERIODS = [
    ("tháng 2/2020", "2020-02-01", "2020-02-29", "month"),
    ("tháng 02-2019", "2019-02-01", "2019-02-28", "month"),
    ("Quý IV năm 2018", "2018-10-01", "2018-12-31", "quarter"),
    ("quý 3/2018", "2018-07-01", "2018-09-30", "quarter"),
    ("sáu tháng cuối năm 2018", "2018-07-01", "2018-12-31", "half"),
    ("11 tháng đầu năm 2018", "2018-01-01", "2018-11-30", "month"),
    ("khóa 2016-2021", "2016-01-01", "2021-12-31", "term"),
    ("giai đoạn 2011 đến 2015", "2011-01-01", "2015-12-31", "year"),
    ("năm 2018 - 2020", "2018-01-01", "2020-12-31", "year"),
    ("những năm 2000", "2000-01-01", "2009-12-31", "decade"),
    ("quý I đến quý III/2019", "2019-01-01", "2019-09-30", "quarter"),
    ("tháng 11/2018 đến tháng 2/2019", "2018-11-01", "2019-02-28", "month"),
]


@pytest.mark.parametrize(("text", "start", "end", "precision"), PERIODS)
def test_periods(text: str, start: str, end: str, precision: str):
    assert dates(f"Trong {text}, giá giảm.") == [(start, end, precision)]


NONE = [
    "Mỗi đợt từ 2000-2010 hộ.", "Giá giảm từ 2020-2010 đồng.", "Ông 45 tuổi.", "Số 9/6 phố Huế.",
    "Tỷ số 3-1.",
    "Công suất 1200-1500 tấn.", "Phiên bản 1.2.3 ra mắt.", "Địa chỉ 192.168.1.1.",
    "Có 12-15% hộ nghèo.", "Làm 8 giờ một ngày 5 ngày một tuần.", "Từ 2/3 số phiếu trở lên.",
    "Ngày 32/1/2019.", "Tháng 13/2019.", "Năm 20199.", "Quý V/2019.",
]  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_no_date(text: str):
    assert dates(text) == []


@pytest.mark.skipif(not FORMS.exists(), reason=f"{FORMS} is absent")
def test_forms_of_page_headers_are_never_read_wrong():
    """Every day that running text names in full is the day the header form means."""
    for form in json.loads(FORMS.read_text("utf-8")):
        for start, end, precision in dates(form["text"]):
            whole = precision == "day" and start == end and not start.startswith("--")
            if whole:
                assert (form["expected"] or "").startswith(start), form
            elif precision == "day" and form["expected"] and start == end:
                assert form["expected"][5:10] == start[2:], form


def test_a_count_after_a_year_is_no_year():
    assert [d[0] for d in dates("Năm 2015, 2016 hộ có điện; năm 2017, 2018 đều tăng.")] == [
        "2015-01-01", "2017-01-01", "2018-01-01",
    ]  # fmt: skip


def test_a_chain_is_bounded():
    text = ", ".join(str(n) for n in range(1, 29)) + "/3/2019"
    assert len(list(read_chain(text, 0, "day"))) <= 12
