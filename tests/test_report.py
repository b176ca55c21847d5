"""The report over a store, opened in a real headless Chromium where there is one."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import json
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import newsextract as nx
from newsextract.errors import StoreError
from newsextract.model import Article, Result
from newsextract.report import report_html, write_report

ZONE = dt.timezone(dt.timedelta(hours=7))
HOSTILE = "</script><script>document.title='owned'</script><img src=x onerror=alert(1)>"


def article(n: int, site: str, province: str, day: dt.datetime | None, extra: str = "") -> Article:
    return Article.assemble(
        [
            ("title", f"Huyện Tân Lập số {n} {extra}", "h1"),
            ("paragraph", f"Đến nay toàn huyện có {n % 20 + 1}/21 xã đạt chuẩn.", "p"),
            ("paragraph", f"Ông Trần Văn Bình, Chủ tịch UBND huyện Tân Lập, nói. {extra}", "p"),
            ("paragraph", "Huyện thực hiện Quyết định số 263/QĐ-TTg của Thủ tướng Chính phủ.", "p"),
        ],
        url=f"https://{site}/bai-{n}.html" if n != 3 else "javascript:alert(1)",
        site=site, province=province, published=day,
    )  # fmt: skip


KEPT = (b"SQLite format 3\0 and more", b"<!doctype html>\n<title>Mine</title>", b"x", b"\xff\n")


@pytest.mark.parametrize("held", KEPT)
def test_a_file_that_is_no_report_is_left_as_it_is(store_url, tmp_path, held):
    path = tmp_path / "precious.html"
    path.write_bytes(held)
    with pytest.raises(StoreError, match="no report of newsextract") as caught:
        write_report(store_url, path)
    assert caught.value.source == str(path)
    assert path.read_bytes() == held


def test_a_report_is_never_written_over_its_own_store(store_url):
    path = Path(store_url.removeprefix("sqlite:///"))
    before = path.read_bytes()
    with pytest.raises(StoreError, match="left as it is"):
        write_report(store_url, path)
    assert path.read_bytes() == before


def test_an_older_report_and_an_empty_file_are_written_over(store_url, tmp_path):
    path = tmp_path / "report.html"
    path.touch()
    size = write_report(store_url, path)
    assert write_report(store_url, path) == size == path.stat().st_size


def results() -> list[Result]:
    rows = []
    for n in range(40):
        site, province = [("baomot.vn", "Hà Giang"), ("baohai.vn", "Thái Bình")][n % 2]
        day = dt.datetime(2019 + n // 20, n % 12 + 1, 5, tzinfo=ZONE) if n % 7 else None
        found = article(n, site, province, day, HOSTILE if n in (3, 4) else "")
        rows.append(Result(f"{n}.html", f"{n:032x}", site, found, nx.extract(found)))
    error = nx.NotAnArticle("a list of 12 articles", source="list.html")
    rows.append(Result("list.html", "f" * 32, "baomot.vn", error=error))
    return rows


@pytest.fixture(scope="module")
def store_url(tmp_path_factory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('report')}/facts.db"
    with nx.open_store(url) as store:
        store.write(results())
    return url


@pytest.fixture(scope="module")
def page(store_url, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    assert write_report(store_url, path) == path.stat().st_size
    return path


def test_the_page_stands_alone(page):
    html = page.read_text("utf-8")
    assert "{{" not in html.replace("${", "")
    for word in ("src=", "@import", "url("):
        assert word not in html
    assert "owned" not in html  # texts stand only in the packed data


def test_the_page_can_be_read_by_whom_files_can(store_url, tmp_path):
    path = tmp_path / "report.html"
    (tmp_path / "link.html").symlink_to(path)
    write_report(store_url, tmp_path / "link.html")
    other = tmp_path / "other"
    other.touch()
    assert path.stat().st_mode == other.stat().st_mode
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link.html", "other", "report.html"]


def test_a_pipe_is_written_and_not_replaced(store_url, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_bytes)
        assert write_report(store_url, pipe) == len(read.result())
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["none/report.html", "."])
def test_a_page_that_cannot_be_written_is_told(store_url, tmp_path, name):
    with pytest.raises(StoreError, match=r"cannot be written \(\w.* — name a place"):
        write_report(store_url, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_health_shows_what_pages_lack(store_url):
    with nx.open_store(store_url) as store:
        html = report_html(store)
    assert "not-an-article 1" in html
    assert 'title="3 of 20"' in html  # without a date, at each of the two sites


@pytest.mark.parametrize("ending", ["facts.db", "facts.jsonl", "facts/"])
def test_a_page_that_is_full_holds_the_newest(tmp_path, monkeypatch, ending):
    if ending == "facts/":
        pytest.importorskip("pyarrow")
    with nx.open_store(f"{tmp_path}/{ending}") as store:
        store.write(results())
        everything = store.counts().facts
        monkeypatch.setattr("newsextract.report.MAX_FACTS", 10)
        html = report_html(store)
    (data,) = re.findall(r'id="data">([^<]+)<', html)
    packed = json.loads(gzip.decompress(base64.b64decode(data)))
    days = [a[3] for a in packed["articles"]]
    assert len(packed["facts"]) == 10
    assert days == sorted(days, reverse=True)
    assert days[0] == "2020-12-05"
    assert len(days) < 10  # those of which no fact is in the page are not there either
    assert f"{everything - 10} facts of the oldest" in html
    assert "<dt>articles</dt><dd>40</dd>" in html
    assert "<dt>from</dt><dd>2019-01-05</dd>" in html


def test_no_store_and_no_content_are_told(tmp_path):
    with pytest.raises(StoreError):
        write_report(f"sqlite:///{tmp_path}/none.db", tmp_path / "r.html")
    with nx.open_store(f"sqlite:///{tmp_path}/empty.db"):
        pass
    with pytest.raises(StoreError, match="no article"):
        write_report(f"sqlite:///{tmp_path}/empty.db", tmp_path / "r.html")
    assert not list(tmp_path.glob("*.html"))


@pytest.fixture(scope="module")
def browser():
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip(
            "Chromium and chromedriver are not installed (Debian: chromium chromium-driver)"
        )
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", "--disable-quic",
        "--disable-dev-shm-usage",
    ):  # fmt: skip
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield started
    started.quit()


@pytest.fixture
def opened(browser, page):
    browser.set_window_size(1024, 800)
    browser.get("about:blank")
    browser.get(page.as_uri())
    wait(browser, "return 'ready' in document.documentElement.dataset")
    return browser


def wait(browser, script: str):
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(browser, 20).until(lambda b: b.execute_script(script))


def click(browser, css: str) -> None:
    browser.execute_script("document.querySelector(arguments[0]).click()", css)


def shown(browser) -> str:
    return browser.execute_script("return document.querySelector('section.shown').innerText")


def test_search_without_diacritics_and_filters(opened):
    click(opened, "[aria-controls=facts]")
    everything = opened.find_element("id", "status").text
    opened.find_element("id", "q").send_keys("tran van binh chu tich")
    wait(opened, f"return document.getElementById('status').textContent !== {everything!r}")
    assert "Trần Văn Bình" in shown(opened)
    kinds = "[...document.querySelectorAll('#facts .fact mark')].map(m => m.className)"
    assert opened.execute_script(f"return new Set({kinds}).size") == 1
    opened.execute_script(
        "const s = document.getElementById('province'); s.value = 'Thái Bình';"
        "s.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    wait(opened, "return document.getElementById('status').textContent.startsWith('20 of')")
    assert "baomot.vn" not in shown(opened)


def test_every_figure_leads_to_its_sentence_and_source(opened):
    for view in ("officials", "documents", "ratios"):
        click(opened, f"[aria-controls={view}]")
        click(opened, f"#{view} button.link")
        wait(opened, "return document.getElementById('mentions').open")
        out = "#mentions .out"
        marks = opened.execute_script(
            f"return document.querySelectorAll('{out} mark[data-kind]').length"
        )
        assert marks == 40
        links = opened.execute_script(
            f"return [...document.querySelectorAll('{out} a')].map(a => a.href)"
        )
        assert len(links) == 39  # one address is not a web address, and is no link
        assert all(link.startswith("https://bao") for link in links)
        click(opened, "#close")


def test_a_point_of_a_chart_opens_its_sentence(opened):
    click(opened, "[aria-controls=ratios]")
    opened.execute_script(
        "document.querySelector('#ratios circle').dispatchEvent(new MouseEvent('click'))"
    )
    wait(opened, "return document.getElementById('mentions').open")
    assert "/21 xã" in opened.find_element("id", "mentions").text
    click(opened, "#close")


def test_hostile_text_is_harmless_and_the_console_is_silent(opened):
    for view in ("overview", "facts", "officials", "documents", "ratios", "health"):
        click(opened, f"[aria-controls={view}]")
    assert opened.title == "newsextract report"
    assert opened.execute_script("return document.images.length") == 0
    assert [e for e in opened.get_log("browser") if e["level"] in ("SEVERE", "WARNING")] == []


@pytest.mark.parametrize("width", [375, 1024, 1600])
def test_nothing_overflows(opened, width):
    opened.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )
    for view in ("overview", "facts", "officials", "documents", "ratios", "health"):
        click(opened, f"[aria-controls={view}]")
        wide = opened.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, view
    opened.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_highlights_show_a_fact_on_focus(browser, tmp_path):
    found = article(1, "a.vn", "Hà Giang", None)
    path = tmp_path / "one.html"
    path.write_text(nx.highlight(found, nx.extract(found)), "utf-8")
    browser.get(path.as_uri())
    browser.execute_script("document.querySelector('mark[tabindex]').focus()")
    wait(
        browser,
        "return getComputedStyle(document.querySelector('mark:focus .tip')).display === 'block'",
    )
    assert "of 21 xã" in browser.find_element("css selector", "mark:focus .tip").text
