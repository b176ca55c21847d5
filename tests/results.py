"""Results for tests of stores: small articles in our own words, with one fact of each kind."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from typing import Any

from newsextract import Count, Date, Document, Measure, Money, Official, Percent, Ratio
from newsextract.errors import NoBody
from newsextract.model import Article, Fact, Result, Span

VIETNAM = dt.timezone(dt.timedelta(hours=7))
TITLE = "Tỉnh ủy Thái Bình sơ kết năm năm thực hiện mô hình tự quản"
BODY = (
    "Đến nay, 262/286 xã, phường, thị trấn có tổ tự quản, vận động gần 300 đối tượng ra đầu thú,"
    " giảm 12,5% số vụ, tăng 1,2 điểm phần trăm, chi hơn 1,2 tỷ đồng/năm trên 12,5 ha đất."
    " Đồng chí Phạm Văn Xuân, Tỉnh ủy viên, Phó Chủ tịch UBND tỉnh đọc Quyết định số 06,"
    " ngày 9/6/2017 tại hội nghị sáng 25/4/2019."
)
VALUES: tuple[tuple[str, str, Any], ...] = (
    ("ratio", "262/286 xã, phường, thị trấn", Ratio(262, 286, "xã, phường, thị trấn")),
    ("count", "gần 300 đối tượng", Count(300, 300, "đối tượng", "nearly")),
    ("percent", "12,5%", Percent(Decimal("12.5"), Decimal("12.5"))),
    (
        "percent",
        "1,2 điểm phần trăm",
        Percent(Decimal("1.2"), Decimal("1.2"), points=True),
    ),
    (
        "money",
        "hơn 1,2 tỷ đồng/năm",
        Money(1_200_000_000, 1_200_000_000, "VND", "năm", "over"),
    ),
    ("measure", "12,5 ha", Measure(Decimal("12.5"), Decimal("12.5"), "ha")),
    (
        "official",
        "Đồng chí Phạm Văn Xuân, Tỉnh ủy viên, Phó Chủ tịch UBND tỉnh",
        Official("Phạm Văn Xuân", ("Tỉnh ủy viên", "Phó Chủ tịch UBND tỉnh"), "đồng chí"),
    ),
    (
        "document",
        "Quyết định số 06, ngày 9/6/2017",
        Document("Quyết định", "06", dt.date(2017, 6, 9)),
    ),
    ("date", "25/4/2019", Date("2019-04-25", "2019-04-25", "day")),
)


def digest(name: object) -> str:
    return hashlib.blake2b(repr(name).encode(), digest_size=16).hexdigest()


def article(name: object = 1, *, body: str | None = None, **about: Any) -> Article:
    """An article of its own address and text; ``about`` overrides what the page says."""
    stated: dict[str, Any] = {
        "url": f"https://bao.example/tin-{name}.html",
        "site": "bao.example",
        "province": "Thái Bình",
        "author": "Nguyễn Tùng",
        "published": dt.datetime(2019, 4, 25, 1, 30, tzinfo=VIETNAM),
        "fetched": dt.datetime(2024, 1, 2, 3, 4, 5, 678, tzinfo=dt.UTC),
        "source": f"bao.zip!{name}.html",
        "charset": "utf-8",
        "repairs": ("TCVN3",),
        "warnings": ("no date in the head",),
    }
    lines = (
        ("title", TITLE, "html/body/h1"),
        ("paragraph", body if body is not None else f"{BODY} Bản tin số {name}.", "html/body/p"),
        ("caption", "Ảnh: Một buổi họp thôn", "html/body/figcaption"),
    )
    return Article.assemble(lines, **stated | about)


def facts_of(text: str) -> tuple[Fact[Any], ...]:
    found = []
    for kind, words, value in VALUES:
        start = text.find(words)
        if start >= 0:
            end = start + len(words)
            found.append(Fact(kind, start, end, words, value, f"{kind}.test", Span(0, len(text))))
    return tuple(sorted(found, key=lambda f: f.start))


def result(name: object = 1, *, input_name: object = None, **about: Any) -> Result:
    made = article(name, **about)
    fingerprint = digest(name if input_name is None else input_name)
    return Result(f"bao.zip!{name}.html", fingerprint, "bao.example", made, facts_of(made.text))


def failure(name: object = "bad", **more: Any) -> Result:
    error = NoBody("no block with text", source=f"bao.zip!{name}.html")
    return Result(f"bao.zip!{name}.html", digest(name), "bao.example", error=error, **more)
