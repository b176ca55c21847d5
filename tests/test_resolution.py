"""Mentions find their things, and what is ambiguous finds none."""

from __future__ import annotations

import datetime as dt
import pickle
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsextract as nx
from newsextract.resolution import RESOLVERS, Link, Resolution
from newsextract.samedocument import identity

TZ = dt.timezone(dt.timedelta(hours=7))


def article(text: str, day: str | None = None) -> nx.Article:
    published = dt.datetime.fromisoformat(day).replace(tzinfo=TZ) if day else None
    lines = [("paragraph", line, "") for line in text.split("\n")]
    return nx.Article.assemble(lines, published=published)


def resolved(text: str, day: str | None = None) -> Resolution:
    source = article(text, day)
    return nx.resolve(nx.extract(source), source)


def links(text: str, rule: str, day: str | None = None) -> list[tuple[str, str]]:
    found = resolved(text, day)
    return [(text[x.start : x.end], x.target.text) for x in found.links if x.rule == rule]


# --- documents ---------------------------------------------------------------------------------

FULL = "Chính phủ ban hành Nghị định số 67/2014/NĐ-CP ngày 7/7/2014 về thủy sản. "

POINTED = [
    (FULL + "Nghị định này có hiệu lực ngay.", [("Nghị định này", "67/2014/NĐ-CP")]),
    (
        FULL + "Theo nghị định nói trên, ngư dân được vay.",
        [("nghị định nói trên", "67/2014/NĐ-CP")],
    ),
    (FULL + "Quyết định này chưa có.", []),
    (FULL + "Các Nghị định này đều mới.", []),
    ("Nghị định này ra sau. " + FULL, []),
    ("UBND tỉnh ra Quyết định số 5/QĐ-UBND và Quyết định số 6/QĐ-UBND. Quyết định này mới.", []),
    (
        "Tỉnh ra Quyết định số 5/QĐ-UBND. Nay có Quyết định số 6/QĐ-UBND. Quyết định này mới.",
        [("Quyết định này", "6/QĐ-UBND")],
    ),
    ("Tỉnh ra Quyết định số 5/QĐ-UBND. Việc quyết định trên cơ sở ý kiến dân.", []),
    (
        "Tỉnh ra Quyết định số 5/QĐ-UBND. Quyết định trên đã bị khiếu nại.",
        [("Quyết định trên", "5/QĐ-UBND")],
    ),
]


@pytest.mark.parametrize(("text", "want"), POINTED)
def test_this_document(text: str, want: list[tuple[str, str]]):
    found = resolved(text)
    got = [
        (text[x.start : x.end], x.value.number) for x in found.links if x.rule == "document.this"
    ]
    assert got == want


SAME = [
    ("Thông tư 23 của Bộ Công an ra đời. Thực hiện Thông tư 23, tỉnh lập tổ.", 1),
    ("Nghị định 67/2014/NĐ-CP đi vào đời sống. Theo Nghị định 67, tàu được vay.", 1),
    ("Theo Nghị định 67, tàu được vay. Nghị định 67/2014/NĐ-CP còn hiệu lực.", 1),
    ("Nghị định 17/2014/NĐ-CP và Nghị định 17/2018/NĐ-CP khác nhau.", 2),
    ("Quyết định 26/QĐ-TTg khác Quyết định 26 của UBND tỉnh.", 2),
    ("Quyết định 26/QĐ-TTg chính là Quyết định 26 của Thủ tướng Chính phủ.", 1),
    ("Nghị quyết 18-NQ/TW là Nghị quyết 18 của Ban Chấp hành Trung ương.", 1),
    ("Thông tư số 02/2017/TT-BYT, gọi là Thông tư 2 của Bộ Y tế.", 1),
    ("Thông tư 7/2016/TT-BGDĐT, tức Thông tư 7 của Bộ Giáo dục và Đào tạo.", 1),
    ("Thông tư 7/2016/TT-BGDĐT, tức Thông tư 7 của Bộ GD&ĐT.", 1),
    ("Thông tư liên tịch 6/TTLT-BYT-BNV là Thông tư liên tịch 6 của Bộ Y tế và Bộ Nội vụ.", 1),
    ("Chỉ thị 05 khác Nghị quyết 05.", 2),
    ("Nghị định 86 năm 2014 của Chính phủ là Nghị định 86/2014/NĐ-CP.", 1),
    ("Nghị định 86 năm 2014 của Chính phủ khác Nghị định 86/2018/NĐ-CP.", 2),
]


@pytest.mark.parametrize(("text", "count"), SAME)
def test_same_document_has_one_id(text: str, count: int):
    found = resolved(text)
    ids = [i for f, i in zip(found, found.ids(), strict=True) if f.kind == "document"]
    assert None not in ids
    assert len(set(ids)) == count


def test_ambiguous_short_mention_has_no_id():
    text = "Nghị định 17/2014/NĐ-CP được Nghị định 17/2018/NĐ-CP thay. Nghị định 17 có lợi cho dân."
    assert resolved(text).ids()[-1] is None


def test_short_mention_is_completed_beside_the_fact():
    found = resolved(FULL + "Theo Nghị định 67, tàu được vay.")
    short = found[-1]
    (link,) = found.about(short)
    assert short.value.number == "67"
    assert (link.value.number, link.value.date) == ("67/2014/NĐ-CP", dt.date(2014, 7, 7))
    assert link.target.value.date == dt.date(2014, 7, 7)


def test_document_id_is_the_same_in_every_article():
    one = identity(nx.Document("Nghị định", "67/2014/NĐ-CP"))
    other = identity(nx.Document("Nghị định", "067/2014/NÐ-CP", dt.date(2014, 7, 7), "Chính phủ"))
    assert one.id == other.id == "document:nghị định:67:2014:CP"


# --- officials ---------------------------------------------------------------------------------

HEAD = "Dự hội nghị có đồng chí Phạm Văn Xuyên, Phó Chủ tịch UBND tỉnh. "

PEOPLE = [
    (HEAD + "Kết luận, ông Xuyên yêu cầu các xã khẩn trương.", ["ông Xuyên"]),
    (HEAD + "Phó Chủ tịch Xuyên đi kiểm tra đê.", ["Phó Chủ tịch Xuyên"]),
    (HEAD + "Đồng chí Xuyên biểu dương các xã.", ["Đồng chí Xuyên"]),
    ("Ông Xuyên đến sớm. " + HEAD, []),
    (HEAD + "Xuyên là tên một dòng sông.", []),
    (HEAD + "Chợ Xuyên họp buổi sáng.", []),
    (HEAD + "Cụ Nguyễn Thị Xuyên kể lại. Bà Xuyên năm nay 80 tuổi.", []),
    (HEAD + "Ông Xuyên Hùng đến sau.", []),
    (
        "Ông Trần Văn Hà, Giám đốc Sở A, gặp ông Lê Văn Hà, Giám đốc Sở B. Ông Hà phát biểu.",
        [],
    ),
    ("Bà Lê Thị Lan, Giám đốc Sở Y tế, phát biểu. Sau đó ông Lan ra về.", []),
]


@pytest.mark.parametrize(("text", "want"), PEOPLE)
def test_short_mentions_of_officials(text: str, want: list[str]):
    assert [mention for mention, _ in links(text, "official.short")] == want


def test_an_official_named_twice_is_one():
    found = resolved(HEAD + "Đồng chí Phạm Văn Xuyên, Phó Chủ tịch UBND tỉnh kết luận.")
    ids = [i for f, i in zip(found, found.ids(), strict=True) if f.kind == "official"]
    assert ids == ["official:phạm văn xuyên"] * 2


# --- dates -------------------------------------------------------------------------------------

YEARS = [
    ("Sáng 9/6, đoàn làm việc.", "2017-06-10", "2017-06-09"),
    ("Lễ hội mở ngày 28/12.", "2019-01-03", "2018-12-28"),
    ("Lễ hội mở ngày 5/1.", "2018-12-20", "2019-01-05"),
    ("Ngày 9/6, đoàn làm việc.", "2017-12-01", "--06-09"),
    ("Ngày 9/6, đoàn làm việc.", None, "--06-09"),
    ("Ngày 9/6 năm ngoái, đoàn làm việc.", "2017-12-01", "2016-06-09"),
    ("Từ tháng 9 năm ngoái, giá giảm.", "2019-10-05", "2018-09-01"),
    ("Đến cuối tháng 6 phải xong.", "2019-07-01", "2019-06-01"),
    ("Đến cuối tháng 6 phải xong.", "2019-12-20", "--06"),
    ("Quý I thu vượt dự toán.", "2019-04-02", "2019-01-01"),
    ("6 tháng đầu năm tăng 7%.", "2019-07-15", "2019-01-01"),
    ("Đêm 29/2 có mưa.", "2020-03-02", "2020-02-29"),
    ("Đêm 29/2 có mưa.", "2019-03-02", "--02-29"),
]


@pytest.mark.parametrize(("text", "day", "start"), YEARS)
def test_years_are_filled_where_sure(text: str, day: str | None, start: str):
    dates = [f.value.start for f in resolved(text, day) if f.kind == "date"]
    assert dates == [start]


# A range over New Year, the day of publication → the range; a year said behind is its end's.
OVER_NEW_YEAR = [
    ("Đợt rét từ ngày 28/12 đến ngày 5/1.", "2019-01-10", "2018-12-28", "2019-01-05"),
    ("Từ ngày 15/12 đến ngày 15/3 năm nay.", "2019-04-10", "2018-12-15", "2019-03-15"),
    ("Từ ngày 15/12 đến ngày 15/3 năm tới.", "2019-04-10", "2019-12-15", "2020-03-15"),
    ("Từ ngày 15/12 đến ngày 15/3 năm ngoái.", "2019-04-10", "2017-12-15", "2018-03-15"),
    ("Mùa khô từ ngày 15/12 đến ngày 15/3 năm sau.", "2019-12-01", "--12-15", "--03-15"),
]


@pytest.mark.parametrize(("text", "day", "start", "end"), OVER_NEW_YEAR)
def test_range_over_new_year(text: str, day: str, start: str, end: str):
    (date,) = (f for f in resolved(text, day))
    assert (date.value.start, date.value.end) == (start, end)


def test_a_string_has_no_day_so_dates_stay_open():
    text = "Sáng 9/6, đoàn làm việc."
    assert nx.resolve(nx.extract(text), text)[0].value.start == "--06-09"


@settings(deadline=None, max_examples=60)
@given(st.dates(dt.date(1990, 1, 1), dt.date(2049, 12, 31)), st.integers(-200, 200))
def test_a_filled_day_is_near_the_articles_day(day: dt.date, off: int):
    about = day + dt.timedelta(off)
    (fact,) = resolved(f"Sáng {about.day}/{about.month}, mưa to.", day.isoformat())
    if abs(off) <= 91:
        assert fact.value.start == about.isoformat()
    elif not fact.value.start.startswith("--"):
        assert abs((dt.date.fromisoformat(fact.value.start) - day).days) <= 91


# --- shares ------------------------------------------------------------------------------------

SHARES = [
    ("Có 1.250/1.300 hộ (đạt 96,15%) ký cam kết.", True),
    ("Có 1.250/1.300 hộ ký cam kết, đạt 96,2%.", True),
    ("Có 1.250/1.300 hộ (95,15%) ký cam kết.", False),
    ("Toàn tỉnh có 98/108 xã đạt chuẩn (chiếm 90,7%).", True),
    ("Tỷ lệ đạt 50% (54/108 xã).", True),
    ("Có 98/108 xã (đạt trên 90%) về đích.", True),
    ("Có 98/108 xã (đạt trên 95%) về đích.", False),
]


@pytest.mark.parametrize(("text", "check"), SHARES)
def test_stated_percent_is_checked(text: str, check: bool | None):
    found = [x for x in resolved(text).links if x.rule == "percent.of-ratio"]
    assert [x.check for x in found] == [check]
    assert found[0].target.kind == "ratio"


@pytest.mark.parametrize(
    "text",
    [
        "Có 262/286 xã, 95% hộ dân có nước sạch.",
        "Có 262/286 xã (95% hộ dân có nước sạch).",
        "Có 262/286 xã đạt chuẩn. Có 95% đồng ý.",
        "Tăng 12%, 98/108 xã đạt chuẩn.",
    ],
)
def test_percent_of_something_else_is_not_linked(text: str):
    assert not [x for x in resolved(text).links if x.rule == "percent.of-ratio"]


# --- the form ----------------------------------------------------------------------------------

STORY = FULL + HEAD + "Sáng 9/6, ông Xuyên nói Nghị định này giúp 1.250/1.300 hộ (đạt 96,15%)."


def test_resolution_is_the_facts_in_order():
    source = article(STORY, "2017-06-10")
    facts = nx.extract(source)
    found = nx.resolve(facts, source)
    assert isinstance(found, tuple)
    assert [(f.start, f.end, f.kind, f.rule) for f in found] == [
        (f.start, f.end, f.kind, f.rule) for f in facts
    ]
    assert all(a == b for a, b in zip(found, facts, strict=True) if a.kind != "date")
    assert nx.highlight(source, found)


def test_links_are_ordered_and_stand_in_the_text():
    found = resolved(STORY, "2017-06-10")
    assert {x.rule for x in found.links} == {
        "document.same", "document.this", "official.same", "official.short",
        "date.year", "percent.of-ratio",
    }  # fmt: skip
    assert list(found.links) == sorted(found.links, key=lambda x: (x.start, x.end, x.rule))
    assert all(0 <= x.start < x.end <= len(STORY) for x in found.links)


def test_resolving_twice_changes_nothing():
    source = article(STORY, "2017-06-10")
    once = nx.resolve(nx.extract(source), source)
    assert tuple(nx.resolve(once, source)) == tuple(once)


def test_resolvers_can_be_replaced():
    source = article(STORY, "2017-06-10")
    facts = nx.extract(source)
    assert nx.resolve(facts, source, resolvers=()).links == ()
    assert tuple(nx.resolve(facts, source, resolvers=())) == tuple(facts)
    own = Link(0, 9, "mine", facts[0], "x")
    found = nx.resolve(facts, source, resolvers=(*RESOLVERS, lambda facts, context: [own]))
    assert own in found.links


def test_resolution_survives_a_pickle():
    found = resolved(STORY, "2017-06-10")
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert again.links == found.links


def test_facts_of_another_text_are_refused():
    facts = nx.extract("Có 12/15 xã đạt chuẩn.")
    with pytest.raises(ValueError, match=re.escape("does not stand")):
        nx.resolve(facts, "Một câu khác hẳn, dài hơn.")


@settings(deadline=None, max_examples=40)
@given(st.integers(0, len(STORY)), st.integers(0, len(STORY)))
def test_slices_resolve_to_places_of_the_slice(a: int, b: int):
    text = STORY[min(a, b) : max(a, b)]
    for link in nx.resolve(nx.extract(text), text).links:
        assert text[link.start : link.end].strip() == text[link.start : link.end]
        assert text[link.target.start : link.target.end] == link.target.text


HOSTILE = {
    "documents": lambda n: "Quyết định 1/QĐ-A của UBND, " * (n // 28),
    "numbers": lambda n: " ".join(f"Quyết định {i}/QĐ-UB." for i in range(n // 21)),
    "issuers": lambda n: " ".join(f"Quyết định 7/QĐ-U{i:03}." for i in range(n // 23)),
    "pointing": lambda n: "Quyết định 5/QĐ-UB. " + "Quyết định này. " * (n // 16),
    "people": lambda n: "ông Phạm Văn Xuyên, Giám đốc Sở Y tế; ông Xuyên " * (n // 49),
    "shares": lambda n: "có 9/10 xã (đạt 90%) " * (n // 21),
}


@pytest.mark.parametrize("family", HOSTILE)
def test_time_grows_with_length_not_faster(family: str):
    def spent(size: int) -> float:
        text = HOSTILE[family](size)
        facts = nx.extract(text)
        best = float("inf")
        for _ in range(3):
            started = time.process_time()
            nx.resolve(facts, text)
            best = min(best, time.process_time() - started)
        return best

    growth = spent(24_000) / max(spent(3_000), 2e-4)
    # Eight times the text: linear is 8, quadratic 64.
    assert growth < 28, f"{growth:.0f} times the time for 8 times the text"
