"""When was it published: every printed form, and what must not become a date."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsextract.clock import VIETNAM
from newsextract.dates import around_date, header_date, machine_date
from newsextract.headdates import HeaderDate
from newsextract.machinedates import wall_clock
from newsextract.vocabulary import vocabulary

FORMS = Path(__file__).resolve().parents[2] / "shared" / "facts" / "date_forms.json"
SHAPE = {"day": "%Y-%m-%d", "minute": "%Y-%m-%d %H:%M", "second": "%Y-%m-%d %H:%M:%S"}


def shown(found: HeaderDate | None) -> str | None:
    return found.when.strftime(SHAPE[found.precision]) if found else None


HEADERS = {
    "ngày 5 tháng mườİ năm 2020": "2020-10-05",
    "ngày 5 tháng ſáu năm 2020": "2020-06-05",
    "5 ſept 2020": "2020-09-05",
    # separators, order, weekday
    "17/08/2021": "2021-08-17",
    "17-8-2021": "2021-08-17",
    "17.08.2021": "2021-08-17",
    "17 08 2021": "2021-08-17",
    "17 / 08 / 2021": "2021-08-17",
    "2021-08-17": "2021-08-17",
    "2021/08/17 06:05": "2021-08-17 06:05",
    "17/08/21": "2021-08-17",
    "17/08/99": "1999-08-17",
    "Thứ Ba, 17/08/2021 - 06:05": "2021-08-17 06:05",
    "Thứ ba ngày 17 tháng 08 năm 2021": "2021-08-17",
    "thứ năm, 19 08 2021 08:51": "2021-08-19 08:51",
    "T3, 17/08/2021": "2021-08-17",
    "CN, 15/08/2021, 7:05": "2021-08-15 07:05",
    "Chủ nhật, 15/8/2021 | 19:57:31": "2021-08-15 19:57:31",
    "Tue, 17 Aug 2021 06:05:00 +0700": "2021-08-17 06:05:00",
    "August 17, 2021": "2021-08-17",
    "17 Aug 2021": "2021-08-17",
    "Thứ Ba 17-08-2021": "2021-08-17",
    # words
    "ngày 17 tháng 8 năm 2021": "2021-08-17",
    "17 tháng 8, 2021": "2021-08-17",
    "Hòa Bình, ngày 05 tháng 01 năm 2021": "2021-01-05",
    "31 Tháng Mười Hai 2017": "2017-12-31",
    "12th of July 2019 10:11 AM": "2019-07-12 10:11",
    "Tháng Mười Hai 31, 2017": "2017-12-31",
    "ngày mồng 2 tháng Chín năm 2020": "2020-09-02",
    "Ngày 4 tháng tư năm 2020": "2020-04-04",
    # hours
    "17/08/2021 | 20:23 PM": "2021-08-17 20:23",
    "17.08.2021 | 10:22 AM": "2021-08-17 10:22",
    "17-08-2021 - 00:01 AM": "2021-08-17 00:01",
    "17/8/2021 12:05:09 AM": "2021-08-17 00:05:09",
    "17/8/2021 12:05 PM": "2021-08-17 12:05",
    "17/08/2021 3:30 CH": "2021-08-17 15:30",
    "17/08/2021 07:30 SA": "2021-08-17 07:30",
    "17/08/2021 15:30 CH": "2021-08-17 15:30",
    "3:30 chiều 17/08/2021": "2021-08-17 15:30",
    "ngày 17/08/21 11:05 tối": "2021-08-17 23:05",
    "17/08/2021 11:05 trưa": "2021-08-17 11:05",
    "17/08/2021 1:05 trưa": "2021-08-17 13:05",
    "14h30 ngày 17/8/2021": "2021-08-17 14:30",
    "17/8/2021 14h30": "2021-08-17 14:30",
    "20h ngày 17/8/2021": "2021-08-17 20:00",
    "0h00 ngày 1/4/2020": "2020-04-01 00:00",
    "14 giờ 5 phút ngày 17/8/2021": "2021-08-17 14:05",
    "17/8/2021 08h:05": "2021-08-17 08:05",
    "08g05 ngày 17/8/2021": "2021-08-17 08:05",
    "Th 3, 17/08/2021 20:23": "2021-08-17 20:23",
    "T.Ba, 17/08/2021": "2021-08-17",
    "Th8 17, 2021": "2021-08-17",
    "17 Th8 2021": "2021-08-17",
    "Tue Aug 17 16:00:00 ICT 2021": "2021-08-17 16:00",
    "10:11, 17.08.2021": "2021-08-17 10:11",
    "10:11 | 17/08/2021": "2021-08-17 10:11",
    "(17.08.2021 14:04)": "2021-08-17 14:04",
    "[17/08/2021 - 10:11]": "2021-08-17 10:11",
    "17/08/2021,10:11": "2021-08-17 10:11",
    "17/08/2021-10:11": "2021-08-17 10:11",
    "17/08/202110:11": "2021-08-17 10:11",
    "10:1117/08/2021": "2021-08-17 10:11",
    "17/08/2021 10:11 (GMT+7)": "2021-08-17 10:11",
    "10:11, Thứ ba, 17/08/2021 (GMT+7)": "2021-08-17 10:11",
    "Thứ bảy, 30/12/2017, 06:05 [GMT+7]": "2017-12-30 06:05",
    "8/25/2021 8:05:00 PM": "2021-08-25 20:05:00",
    "15:00:12 09/02/2024": "2024-02-09 15:00:12",
    "15g00 - 09/02/2024": "2024-02-09 15:00",
    "15 giờ 00 - 09/02/2024": "2024-02-09 15:00",
    "Thứ Sáu,09/02/2024,15:00": "2024-02-09 15:00",
    "09–02–2024": "2024-02-09",
    # month first: only where the numbers or the weekday leave no other reading
    "T5, 04/27/2017 - 14:52": "2017-04-27 14:52",
    "T5, 04/06/2017 - 14:52": "2017-04-06 14:52",
    "Thursday, 04/06/2017": "2017-04-06",
    "Wed, 04/05/2017 - 8:00": "2017-04-05 08:00",
    "Thứ năm, 06/04/2017": "2017-04-06",
    "Chủ nhật, 06/04/2017": "2017-06-04",
    "Thứ hai, 06/04/2017": "2017-04-06",
    "Cập nhật: 04/06/2014 09:15": "2014-06-04 09:15",
    "Chủ nhật, 04/06/2014": "2014-04-06",
    "Chủnhật 06/04/2014": "2014-04-06",
    "Hoài Thu, 04/06/2017 09:15": "2017-06-04 09:15",
    "Hoài Thu | Thu, 04/06/2017 09:15": "2017-04-06 09:15",
    "Ngày thứ tư của đợt, 07/05/2014 8:00": "2014-05-07 08:00",
    "số 2 04/06/2017": "2017-06-04",
    "4/27/2017 - 14:52": "2017-04-27 14:52",
    "Submitted by Lê Na on Wed, 06/04/2014 - 08:52": "2014-06-04 08:52",
    "Hội thảo | 09/02/2024": "2024-02-09",
    "Dân sinh - 09/02/2024 15:00": "2024-02-09 15:00",
    # labels and neighbours
    "Đăng lúc 09:15 17/08/2021 | Cập nhật lúc 10:20 18/08/2021": "2021-08-17 09:15",
    "Đăng 17/08/2021 09:15 | Cập nhật 18/08/2021 10:20": "2021-08-17 09:15",
    "17/08/2021123 lượt xem": "2021-08-17",
    "17/08/2021 07:30123 lượt xem": "2021-08-17 07:30",
    "17/08/2021 07:301.203 lượt xem": "2021-08-17 07:30",
    "Ngày đăng: 17/08/2021 07:00": "2021-08-17 07:00",
    "Đăng ngày: 17/08/2021": "2021-08-17",
    "Cập nhật: 15:01, 17/08/2021": "2021-08-17 15:01",
    "Cập nhật lúc 14h30, 17/08/2021": "2021-08-17 14:30",
    "Lê Na - 17/08/2021 10:11": "2021-08-17 10:11",
    "17/08/2021 10:11 | Lượt xem: 1203": "2021-08-17 10:11",
    "Đăng 17/08/2021 07:00 - Cập nhật 18/08/2021 09:00": "2021-08-17 07:00",
    "Cập nhật: 18/08/2021 09:00 | 17/08/2021 07:00": "2021-08-17 07:00",
}  # fmt: skip

NOTHING = [
    "", "06", "số 06", "2021", "năm 2021", "1995", "tháng 3/2019", "tháng 3 năm 2019", "quý I/2019",
    "6 tháng đầu năm 2019", "cuối năm 2018", "đầu tháng 3", "nhiệm kỳ 2016-2021", "thế kỷ 21",
    "262/286", "1.995/2.017", "05-NQ/TW", "31/2/2019", "45/13/2019", "32/01/2020", "0/5/2020",
    "từ 25/7/2019 đến 5/8/2019", "25/7/2019 - 5/8/2019", "10-11/12/2019", "ngày 10, 11/12/2019",
    "mùng 3 tháng Giêng", "rằm tháng Bảy", "tháng Tám năm 1945", "17/08", "14h30", "3 giờ trước",
    "hôm qua", "Hôm nay, 09:15", "17/08/2099", "0001-01-01T00:00:00", "099/08/2021", "1.17/08/2021",
    "17/08/2021 07:00 18/08/2021 09:00", "Quyết định số 12/05/2020/QĐ", "0912.345.678",
    "10.000.000", "Hôm nay: Thứ ba, ngày 17/08/2021", "Hôm nay, 17/08/2021 09:15", "10–11/12/2019",
    "Bây giờ là 15:00 Thứ sáu, 09/02/2024", "Ngày ban hành: 09/02/2024", "12/25/2017",
    "Ngày có hiệu lực: 09/02/2024", "1,17/08/2021", "Hạn nộp hồ sơ: 17h00 ngày 09/02/2024",
    "Khai mạc: 09/02/2024", "Ngày diễn ra: 09/02/2024", "Sinh ngày 09/02/1964",
    "Ngày văn bản: 09/02/2024", "Ngày có hiệu lực: 09/02/2024", "Mở thầu lúc: 09/02/2024",
    "Hội nghị triển khai nhiệm vụ ngày 09/02/2024", "Thời hạn đăng ký: 09/02/2024",
    # Letters that a pattern without case takes for others: Turkish İ, the long ſ.
]  # fmt: skip

NOW = dt.datetime(2020, 11, 15, 10, 0, tzinfo=VIETNAM)
RELATIVE = {
    "15 phút trước": "2020-11-15 09:45",
    "3 giờ trước": "2020-11-15",
    "2 ngày trước": "2020-11-13",
    "hôm qua": "2020-11-14",
    "Hôm nay, 09:15": "2020-11-15 09:15",
    "Hôm qua, 09:15": "2020-11-14 09:15",
    "hôm kia": "2020-11-13",
    "sáng nay": "2020-11-15",
    "12h trưa nay": "2020-11-15 12:00",
    "Cập nhật lúc 14h30": "2020-11-15 14:30",
    "8/3": "2020-03-08",
    "ngày 8 tháng 3": "2020-03-08",
    "tối 29/3": "2020-03-29",
    "31/12": "2019-12-31",
    "sáng 10-11": "2020-11-10",
    "262/286": None,
    "ngày 10 và 11/3": None,
    "tăng 3/4": None,
    "tuần trước": None,
    "năm ngoái": None,
    "29/2": "2020-02-29",
}

MACHINE = {
    "2019-03-11T20:23:00+07:00": "2019-03-11 20:23:00",
    "2019-03-11T20:23:00+0700": "2019-03-11 20:23:00",
    "2019-03-11T20:23+07": "2019-03-11 20:23",
    "2019-03-11T20:23:00Z": "2019-03-12 03:23:00",
    "2019-03-11T20:23:00.123Z": "2019-03-12 03:23:00",
    "2019-03-11T20:23:00-05:00": "2019-03-12 08:23:00",
    "2019-03-11T20:23:00": "2019-03-11 20:23:00",
    "2019-03-11 20:23:00": "2019-03-11 20:23:00",
    "2019-03-11 20:23:00 +0700": "2019-03-11 20:23:00",
    "2019-03-11": "2019-03-11",
    "Mon, 11 Mar 2019 13:23:00 GMT": "2019-03-11 20:23:00",
    "Mon, 11 Mar 2019 20:23 +0700": "2019-03-11 20:23",
    "Mon, 11 Mar 2019 20:23:00 -0000": "2019-03-12 03:23:00",
    "Mon, 32 Mar 2019 20:23:00 +0700": None,
    "11/03/2019 20:23": "2019-03-11 20:23",
    "0001-01-01T00:00:00": None,
    "1970-01-01T00:00:00Z": None,
    "2019-13-11T20:23:00": None,
    "2019-03-11T25:23:00": None,
    "2999-01-01": None,
    "": None,
    "x": None,
}


@pytest.mark.parametrize("text", HEADERS)
def test_header(text: str):
    assert shown(header_date(text)) == HEADERS[text]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_invented(text: str):
    assert header_date(text) is None


def test_what_is_on_a_day_or_of_a_document_gives_no_day_of_a_page():
    words = vocabulary("dates")
    lines = [f"{event.capitalize()} ngày 09/02/2024" for event in words["event"]]
    lines += [f"Ngày {what}: 09/02/2024" for what in words["document day"]]
    assert [line for line in lines if header_date(line)] == []


def test_what_is_done_with_a_page_stands_beside_its_day():
    words = vocabulary("dates")
    lines = [f"Ngày {done}: 09/02/2024" for done in words["posted"]]
    lines += [f"{label.capitalize()} 09/02/2024" for label in words["date label"]]
    lines += [f"Last {label}: 09/02/2024" for label in words["date label in English"]]
    assert [line for line in lines if not ((found := header_date(line)) and found.alone)] == []


@pytest.mark.parametrize("text", RELATIVE)
def test_relative_to_the_fetch(text: str):
    assert shown(header_date(text, base=NOW)) == RELATIVE[text]


@pytest.mark.parametrize("text", MACHINE)
def test_machine(text: str):
    assert shown(machine_date(text)) == MACHINE[text]


def test_every_moment_is_vietnam_time():
    for text in HEADERS:
        found = header_date(text)
        assert found is not None
        assert found.when.utcoffset() == dt.timedelta(hours=7)


def test_wall_clock_leaves_the_zone_unread():
    assert wall_clock("2019-03-11T20:23:00Z") == dt.datetime(2019, 3, 11, 20, 23, tzinfo=VIETNAM)
    assert wall_clock("hôm qua") is None


ALONE = [
    "17/08/2021",
    "Thứ Ba, 17/08/2021 - 06:05",
    "Ngày đăng: 17/08/2021 07:00 (GMT+7)",
    "Số ra ngày 17/08/2021",
    "Báo số 1204, ra ngày 17/08/2021",
    "Số báo ra thứ Ba, 17/8/2021",
    "Thời điểm đăng tải: 07:00, 17/08/2021",
    "Tin đưa lúc 07:00 17/08/2021",
    "Bài viết được công bố ngày 17/08/2021",
    "Đã lên trang: 17/08/2021",
]
AMONG = [
    "Lê Na - 17/08/2021 10:11",
    "Lịch công tác ngày 17/08/2021",
    "17/08/2021 | Lượt xem: 9",
    "Số 1204/QĐ-UBND ngày 17/08/2021",
    "Quyết định công bố ngày 17/08/2021",
    "Báo cáo ngày 17/08/2021",
]


@pytest.mark.parametrize(
    ("text", "alone"), [*((t, True) for t in ALONE), *((t, False) for t in AMONG)]
)
def test_alone(text, alone):
    found = header_date(text)
    assert found is not None
    assert found.alone is alone


AROUND = {
    "Lê Na - Thứ Ba, 17/08/2021 10:11": ("Lê Na", ""),
    "LÊ NA Chủ nhật, 15/08/2021 - 05:30": ("LÊ NA", ""),
    "Lê Na17/08/2021": ("Lê Na", ""),
    "10:11 17/08/2021 | Lê Na": ("", "Lê Na"),
    "Đăng bởi Lê Na vào T3, 17/08/2021": ("Đăng bởi Lê Na", ""),
    "17/08/2021": ("", ""),
    "Lê Na": None,
    "17/08/2021 07:00 18/08/2021 09:00": None,
}


@pytest.mark.parametrize("text", AROUND)
def test_what_stands_around_a_date(text: str):
    assert around_date(text) == AROUND[text]


def test_not_after_the_fetch():
    assert header_date("17/11/2020", base=NOW) is not None
    assert header_date("19/11/2020", base=NOW) is None


# Of the shared forms: the month, the year and the far future are no publication dates, an hour
# counted back is only a day, and some answers were written for a later base than is asked with.
APART = {
    "tháng trước", "năm ngoái", "tuần trước", "ngày mai", "3 giờ trước", "2 ngày trước",
    "26/11/2020 GMT+7", "Thái Bình, ngày 05 tháng 01 năm 2021",
    "26/11/2020 08:30 GMT+7", "26/11/2020 08:30 (GMT+7)",
}  # fmt: skip


@pytest.mark.skipif(not FORMS.exists(), reason="the shared facts are not beside the project")
def test_shared_forms():
    wrong = {}
    for row in json.loads(FORMS.read_text("utf-8")):
        text, expected = row["text"], row["expected"]
        if text in APART:
            continue
        found = machine_date(text, base=NOW) if text[:4].isdigit() else header_date(text, base=NOW)
        got = shown(found) or "None"
        if found and found.precision == "second" and expected and len(expected) == 16:
            got = got[:16]
        if got != str(expected):
            wrong[text] = (got, expected)
    assert wrong == {}


def test_dateparser_is_loaded_for_odd_pages_only():
    code = (
        "import sys\nfrom newsextract.dates import header_date, machine_date\n"
        "header_date('Thứ Ba, 17/08/2021 - 06:05'); header_date('June')\n"
        "header_date('May 10 năm 2012')\n"
        "machine_date('2019-03-11')\n"
        "print('dateparser' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_dateparser_reads_what_is_left():
    assert shown(header_date("2021 August 17")) == "2021-08-17"


@settings(deadline=None, max_examples=200)
@given(st.datetimes(dt.datetime(1996, 1, 1), dt.datetime(2025, 12, 31)))  # noqa: DTZ001
def test_every_day_and_minute(moment: dt.datetime):
    exact = moment.replace(second=0, microsecond=0, tzinfo=VIETNAM)
    for form in (
        "%d/%m/%Y %H:%M",
        "%H:%M %d-%m-%Y",
        "%d.%m.%Y | %H:%M",
        "ngày %d tháng %m năm %Y, %Hh%M",
    ):
        assert header_date(exact.strftime(form)) == HeaderDate(exact, "minute", True)
    assert machine_date(exact.isoformat()) == HeaderDate(exact, "second", True)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="0123456789/-.: thángngàynăm|hAPM+TZ", max_size=60))
def test_any_text_gives_a_date_or_none(text: str):
    for found in (header_date(text), header_date(text, base=NOW), machine_date(text)):
        assert found is None or found.when.tzinfo is not None


@pytest.mark.parametrize("piece", ["1", "1:", "1/", "- ", "ngày ", "thứ 2 ", "1/1/2020 ", "10:11 "])
def test_long_lines_are_refused_at_once(piece: str):
    start = time.perf_counter()
    header_date(piece * 100_000)
    header_date((piece * 300)[:300])
    machine_date((piece * 300)[:300])
    assert time.perf_counter() - start < 1
