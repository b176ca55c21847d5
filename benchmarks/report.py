"""The report over a large store: seconds to write, megabytes, milliseconds until it can be used.

    python -m benchmarks.report [ARTICLES [KEEP]]

Texts are made up: about ten facts an article over 60 sites and ten years. The last figure needs
Chromium and chromedriver.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import shutil
import tempfile
import time
from pathlib import Path

import newsextract as nx
from newsextract.model import Article, Result
from newsextract.report import write_report

ZONE = dt.timezone(dt.timedelta(hours=7))
NAMES = ("Trần Văn Bình", "Lê Thị Hoa", "Nguyễn Đức Long", "Phạm Minh Tuấn", "Vũ Ngọc Anh")
POSTS = ("Chủ tịch UBND tỉnh", "Bí thư Tỉnh ủy", "Giám đốc Sở Y tế", "Trưởng Ban Dân tộc")
UNITS = ("xã", "trường học", "hộ nghèo", "hợp tác xã", "doanh nghiệp", "thôn", "cơ quan")


def made_up(rng: random.Random, n: int) -> Result:
    site = n % 60
    lines = [("title", f"Hội nghị lần thứ {n} bàn về phát triển nông thôn", "h1")]
    for k in range(3):
        whole = rng.randrange(20, 2_000)
        lines.append(
            (
                "paragraph",
                (
                    f"Phát biểu tại hội nghị lần {n}-{k}, ông {rng.choice(NAMES)}, "
                    f"{rng.choice(POSTS)}, cho biết toàn tỉnh có {rng.randrange(1, whole)}/{whole} "
                    f"{rng.choice(UNITS)} đạt chuẩn, vốn hơn {rng.randrange(2, 900)} tỷ đồng, theo "
                    f"Quyết định số {rng.randrange(1, 400)}/QĐ-UBND của UBND tỉnh."
                ),
                "p",
            )
        )
    day = dt.datetime(2015, 1, 1, 8, tzinfo=ZONE) + dt.timedelta(days=rng.randrange(3_650))
    article = Article.assemble(
        lines, url=f"https://bao{site}.vn/bai-{n}.html", site=f"bao{site}.vn",
        province=f"Tỉnh {site % 34}", published=day,
    )  # fmt: skip
    return Result(f"{n}.html", f"{n:032x}", article.site, article, nx.extract(article))


def ready_after(path: Path) -> str:
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        return "no Chromium here"
    from selenium import webdriver
    from selenium.webdriver.support.ui import WebDriverWait

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        browser.get(path.as_uri())
        ready = "return document.documentElement.dataset.ready"
        WebDriverWait(browser, 60).until(lambda b: b.execute_script(ready))
        load = browser.execute_script(ready)
        search = browser.execute_script(
            "const t = performance.now(); document.getElementById('q').value = 'le thi hoa';"
            "document.querySelector('[aria-controls=facts]').click(); return performance.now() - t"
        )
        return f"{load} ms to interactive, first search {search:.0f} ms"
    finally:
        browser.quit()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("articles", nargs="?", type=int, default=5_000)
    asked.add_argument("keep", nargs="?", type=Path, help="where to keep the report")
    given = asked.parse_args()
    count = given.articles
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/facts.db"
        with nx.open_store(url) as store:
            for start in range(0, count, 500):
                store.write([made_up(rng, n) for n in range(start, min(start + 500, count))])
            facts = store.counts().facts
        path = Path(folder) / "report.html"
        began = time.perf_counter()
        size = write_report(url, path)
        seconds = time.perf_counter() - began
        print(f"{count} articles, {facts} facts: {seconds:.1f} s, {size / 1e6:.1f} MB")
        print(ready_after(path))
        if given.keep:
            shutil.copy(path, given.keep)


if __name__ == "__main__":
    main()
