"""A site's own selectors fill gaps; a stale one changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest

import newsextract as nx
from newsextract.hints import Lines, completed
from newsextract.sites import find_site

SITE = find_site("https://vnexpress.net/")  # lead: p.description; date: span.date, span.time.left
LINES: Lines = [("title", "Mưa lớn ở Hà Giang", "h1"), ("paragraph", "Đêm qua mưa 182 mm.", "p")]
DAY = dt.datetime(2021, 8, 17, 6, 5, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def page(**met: str):
    def select(selectors: Iterable[str]) -> list[str]:
        return [met[s] for s in selectors if s in met]

    return select


def complete(met: dict[str, str], lines: Lines = LINES, published: dt.datetime | None = None):
    assert SITE is not None
    return completed(page(**met), SITE, (lines, None, published), None)


@pytest.mark.parametrize(
    ("met", "published"),
    [
        ({"span.date": "Thứ ba, 17/8/2021, 06:05 (GMT+7)"}, DAY),
        ({"span.date": "Video", "span.time.left": "17/8/2021 06:05"}, DAY),
        ({"span.date": "Mới nhất"}, None),
        ({}, None),
    ],
)
def test_a_missing_date(met: dict[str, str], published: dt.datetime | None):
    assert complete(met)[2] == published


def test_a_date_that_was_found_stays():
    other = DAY.replace(year=2020)
    assert complete({"span.date": "17/8/2021 06:05"}, published=other)[2] == other


def test_a_lead_is_one_of_the_paragraphs_or_nothing():
    assert complete({"p.description": "Đêm qua mưa 182 mm."})[0][1][0] == "lead"
    assert complete({"p.description": "Đọc báo mỗi ngày."})[0] == LINES
    led: Lines = [("lead", "Có rồi.", "p"), *LINES]
    assert complete({"p.description": "Đêm qua mưa 182 mm."}, led)[0] == led


def test_hints_reach_a_page():
    html = (
        "<html><body><h1>Mưa lớn làm sập bốn cầu dân sinh</h1><p class='description'>Đêm 16/8, mưa "
        "182 mm cuốn trôi bốn cầu dân sinh của huyện Vị Xuyên.</p>"
        + "<p>Lực lượng chức năng đã sơ tán 37 hộ dân khỏi vùng có nguy cơ sạt lở, dựng lán tạm và "
        "cấp lương thực cho bà con trong ba ngày.</p>" * 3 + "</body></html>"
    )
    assert nx.parse(html, url="https://vnexpress.net/a-1.html").lead is not None
