"""Sites as data: every province has its rows, every address its site; repetition is learnt."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import newsextract as nx
from newsextract.sites import Selectors, _selectors, _sites, find_site, host_of, learn_site

ROOT = Path(nx.__file__).resolve().parent
DATA = tomllib.loads((ROOT / "sites.toml").read_text("utf-8"))
PROVINCES = {p["name"]: p for p in DATA["province"]}

# The provinces after the mergers of 1 July 2025 (Resolution 202/2025/QH15).
NOW = (
    "An Giang|Bắc Ninh|Cà Mau|Cao Bằng|Cần Thơ|Đà Nẵng|Đắk Lắk|Điện Biên|Đồng Nai|Đồng Tháp|"
    "Gia Lai|Hà Nội|Hà Tĩnh|Hải Phòng|Huế|Hưng Yên|Khánh Hòa|Lai Châu|Lạng Sơn|Lào Cai|Lâm Đồng|"
    "Nghệ An|Ninh Bình|Phú Thọ|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sơn La|Tây Ninh|"
    "Thái Nguyên|Thanh Hóa|Thành phố Hồ Chí Minh|Tuyên Quang|Vĩnh Long"
).split("|")

ADDRESSES = {
    "https://baothaibinh.com.vn/tin-tuc/1/2": ("Báo Thái Bình", "paper", "Thái Bình", "Hưng Yên"),
    "http://www.baothaibinh.com.vn:80/x": ("Báo Thái Bình", "paper", "Thái Bình", "Hưng Yên"),
    "BAOTHAIBINH.COM.VN": ("Báo Thái Bình", "paper", "Thái Bình", "Hưng Yên"),
    "https://travinh.baovinhlong.vn/a": ("Báo Trà Vinh", "paper", "Trà Vinh", "Vĩnh Long"),
    "https://baovinhlong.vn/a": ("Báo Vĩnh Long", "paper", "Vĩnh Long", "Vĩnh Long"),
    "https://huengaynay.vn/a": ("Huế ngày nay", "paper", "Huế", "Huế"),
    "https://kienxuong.thaibinh.gov.vn/a": (
        "Cổng thông tin điện tử Thái Bình", "portal", "Thái Bình", "Hưng Yên"),
    "http://dakrlap.daknong.gov.vn/": (
        "Cổng thông tin điện tử Đắk Nông", "portal", "Đắk Nông", "Lâm Đồng"),
    "https://congan-hungyen.gov.vn/a": ("congan-hungyen.gov.vn", "portal", "Hưng Yên", "Hưng Yên"),
    "https://tinhuybinhphuoc.gov.vn/a": (
        "tinhuybinhphuoc.gov.vn", "portal", "Bình Phước", "Đồng Nai"),
    "https://thaibinh.dcs.vn/a": ("thaibinh.dcs.vn", "portal", "Thái Bình", "Hưng Yên"),
    "https://e.vnexpress.net/a": ("VnExpress", "national", None, None),
    "https://canthotv.vn/a": (
        "Đài Phát thanh và Truyền hình Cần Thơ", "broadcaster", "Cần Thơ", "Cần Thơ"),
}  # fmt: skip

NO_SITE = [
    "https://example.com/", "https://notbaothaibinh.com.vn/", "https://baothaibinh.com.vn.evil.net/",
    "https://moha.gov.vn/", "https://gov.vn/", "", "http://[bad", "file:///tmp/a.html", "https://vn/",
    "https://evil.com/thaibinh.gov.vn", "https://hanamrestaurant.org.vn/",
]  # fmt: skip


@pytest.mark.parametrize("url", ADDRESSES)
def test_addresses(url: str):
    site = find_site(url)
    assert site is not None
    assert (site.name, site.kind, site.province, site.province_now) == ADDRESSES[url]


@pytest.mark.parametrize("url", NO_SITE)
def test_other_addresses(url: str):
    assert find_site(url) is None


def test_no_address_has_no_site():
    assert find_site(None) is None


def test_every_province_of_today_and_of_before():
    assert len(PROVINCES) == 63
    assert {p.get("now", p["name"]) for p in PROVINCES.values()} == set(NOW)
    assert len(NOW) == 34


@pytest.mark.parametrize("name", PROVINCES)
def test_every_province_has_its_paper_its_station_and_its_portal(name: str):
    row = PROVINCES[name]
    assert row["portal"]
    for kind in ("paper", "broadcaster"):
        assert row[kind]
        assert all(entry["name"] and entry["domains"] for entry in row[kind])


def test_a_domain_has_one_site():
    rows = [e for p in DATA["province"] for k in ("paper", "broadcaster") for e in p[k]]
    domains = [d for row in [*rows, *DATA["national"]] for d in row["domains"]]
    domains += [d for p in DATA["province"] for d in p["portal"]]
    assert [d for d, n in Counter(domains).items() if n > 1] == []
    assert [d for d in domains if not re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", d)] == []
    assert len(_sites()) == len(domains) > 300


def test_selectors_stand_under_known_sites_and_can_be_read():
    lexbor = pytest.importorskip("selectolax.lexbor")
    tree = lexbor.LexborHTMLParser("<p>a</p>")
    for domain, selectors in _selectors().items():
        assert find_site(domain) is not None, domain
        for field in Selectors.__dataclass_fields__:
            for selector in getattr(selectors, field):
                tree.css(selector)
    site = find_site("https://vnexpress.net/")
    assert site is not None
    assert site.selectors.lead == ("p.description",)
    nowhere = find_site("https://thaibinh.gov.vn/")
    assert nowhere is not None
    assert nowhere.selectors == Selectors()


def test_host():
    assert host_of("https://www.A.vn:8080/b?c") == "a.vn"
    assert host_of("a.vn/b") == "a.vn"
    assert host_of("http://[") == ""


def test_the_data_is_read_when_asked_for():
    code = "import newsextract.sites as s; print(s._sites.cache_info().currsize)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "0"


def page(
    number: int, *, body: str = "", menu: str = "Trang chủ|Giới thiệu|Lịch tiếp công dân"
) -> bytes:
    items = "".join(f"<li><a href='/{i}'>{item}</a></li>" for i, item in enumerate(menu.split("|")))
    text = body or f"Sáng ngày {number}/4, huyện đã bàn giao {number * 7} căn nhà cho hộ nghèo."
    return (
        f"<html><head><title>Cổng</title><script>var a='Trang';</script></head>"
        f"<body><ul>{items}</ul>"
        f"<h1>Tin số {number}</h1><p>{text}</p><div>Xã <b>Đông Á</b>\n thông báo</div>"
        "<!-- Ghi chú --></body></html>"
    ).encode()


def test_blocks_that_repeat_are_learnt():
    learnt = learn_site(page(n) for n in range(1, 7))
    assert learnt == {
        "Cổng",
        "Trang chủ",
        "Giới thiệu",
        "Lịch tiếp công dân",
        "Xã Đông Á thông báo",
    }


def test_two_pages_teach_nothing():
    assert learn_site([page(1), page(2)]) == frozenset()
    assert learn_site([]) == frozenset()


def test_the_same_article_in_many_designs_is_not_navigation():
    text = "Huyện ủy họp phiên thường kỳ, đánh giá 5 chỉ tiêu chưa đạt và phân công 12 ủy viên."
    pages = [page(1, body=text, menu=f"Mẫu {n}|Trang chủ") for n in range(5)]
    pages += [page(n) for n in range(20, 26)]
    assert text not in learn_site(pages)
    assert "Trang chủ" in learn_site(pages)


def test_a_fifth_of_the_pages():
    pages = [page(n, menu="Hộp thư góp ý" if n < 13 else "Trang chủ") for n in range(10, 40)]
    assert "Trang chủ" in learn_site(pages)
    assert "Hộp thư góp ý" not in learn_site(pages)


def test_pages_that_cannot_be_read_are_left_out():
    learnt = learn_site([b"", b"\x89PNG\r\n\x1a\n", *(nx.Raw(page(n)) for n in range(1, 5))])
    assert "Trang chủ" in learnt


@pytest.mark.parametrize("piece", ["<script>", "<!--", "<p", "<", "<style>a</style>", "</p>"])
def test_learning_takes_linear_time(piece: str):
    def spent(n: int) -> float:
        best = 9e9
        for _ in range(3):
            start = time.perf_counter()
            learn_site([(piece * n).encode()])
            best = min(best, time.perf_counter() - start)
        return best

    assert spent(40_000) < 40 * max(spent(5_000), 1e-4)
