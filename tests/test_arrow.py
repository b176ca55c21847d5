"""Arrow tables: one function for every engine, and files that the usual tools open."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from results import TITLE, failure, result

from newsextract.errors import MissingExtra
from newsextract.flat import ARTICLE as ARTICLE_COLUMNS
from newsextract.flat import FACT as FACT_COLUMNS
from newsextract.stores import open_store

pa = pytest.importorskip("pyarrow")
arrow: Any = pytest.importorskip("newsextract.arrow")

PAGE = """<html><head><title>Kiến Xương đạt chuẩn</title></head><body>
<h1>Kiến Xương đạt chuẩn</h1><div class="content"><p>Đến nay, huyện Kiến Xương có 30/33 xã đạt
chuẩn nông thôn mới, trong đó có gần 300 hộ dân tự nguyện hiến đất làm đường trong năm qua.</p>
<p>Cùng với đó, các địa phương trong huyện tiếp tục vận động nhân dân chỉnh trang đường làng,
trồng thêm cây xanh ở nơi công cộng và giữ gìn vệ sinh môi trường.</p></div></body></html>"""


def batch(**columns: Any) -> Any:
    return pa.RecordBatch.from_pydict(columns)


def test_results_become_flat_tables():
    tables = arrow.to_tables([result(1), failure(), result(2)])
    assert tables.articles.schema == arrow.ARTICLE
    assert tables.facts.schema == arrow.FACT
    assert tables.failures.schema == arrow.FAILURE
    assert tuple(arrow.ARTICLE.names) == ARTICLE_COLUMNS
    assert tuple(arrow.FACT.names) == FACT_COLUMNS
    assert (len(tables.articles), len(tables.facts), len(tables.failures)) == (2, 18, 1)
    facts = tables.facts.to_pylist()
    ratio = next(f for f in facts if f["kind"] == "ratio")
    assert (ratio["part"], ratio["whole"], ratio["unit"]) == (262, 286, "xã, phường, thị trấn")
    official = next(f for f in facts if f["kind"] == "official")
    assert official["titles"] == ["Tỉnh ủy viên", "Phó Chủ tịch UBND tỉnh"]
    document = next(f for f in facts if f["kind"] == "document")
    assert document["issued"] == dt.date(2017, 6, 9)
    percent = next(f for f in facts if f["kind"] == "percent")
    assert percent["low"] == Decimal("12.5")
    assert percent["points"] is False
    article = tables.articles.to_pylist()[0]
    assert article["published"] == dt.datetime(2019, 4, 25, 1, 30)  # noqa: DTZ001  # Vietnamese time
    assert tables.failures.to_pylist()[0]["reason"] == "no-body"


def test_no_results_are_empty_tables_of_the_same_schema():
    tables = arrow.to_tables([])
    assert [t.num_rows for t in tables] == [0, 0, 0]
    assert tables.facts.schema == arrow.FACT


def test_pages_become_rows():
    urls = ["https://b.example/1", "https://b.example/2"]
    table = arrow.extract_batch(batch(body=[PAGE, PAGE], url=urls))
    assert table.schema == arrow.RESULT
    assert table["reason"].to_pylist() == [None, None]
    first = table.to_pylist()[0]
    assert first["article"]["url"] == "https://b.example/1"
    text = first["article"]["text"]
    for fact in first["facts"]:
        assert text[fact["span_start"] : fact["span_end"]] == fact["text"]


BAD = (None, b"", b"\x89PNG\r\n\x1a\n\0\0\0", b"   \n", b"%PDF-1.4")


def test_a_bad_record_is_a_row_with_an_error():
    pages = [PAGE.encode(), *BAD, PAGE.encode()]
    table = arrow.extract_batch(
        pa.RecordBatch.from_arrays([pa.array(pages, pa.binary())], ["body"])
    )
    reasons = table["reason"].to_pylist()
    assert len(table) == len(pages)
    assert reasons[0] is None
    assert reasons[-1] is None
    assert all(reasons[1:-1])
    assert table["what"].null_count == 2
    assert table["article"].null_count == len(BAD)


def test_odd_columns_never_stop_a_batch():
    columns = {
        "html": [PAGE, PAGE, PAGE],
        "url": ["http://[bad", None, "\ud800".encode("utf-8", "replace").decode()],
        "fetched": [None, dt.datetime(2024, 1, 1), dt.datetime(2024, 1, 1)],  # noqa: DTZ001
        "content_type": ["text/html; charset=???", None, ""],
        "other": [1, 2, 3],
    }
    table = arrow.extract_batch(batch(**columns), body="html")
    assert len(table) == 3
    with pytest.raises(KeyError, match="no column 'page'"):
        arrow.extract_batch(batch(**columns), body="page")


def test_a_fault_of_ours_is_a_row_too(monkeypatch: pytest.MonkeyPatch):
    def broken(_raw: Any) -> Any:
        raise RuntimeError("a bug")

    monkeypatch.setattr(arrow, "read_result", broken)
    (row,) = arrow.extract_batch(batch(body=[PAGE])).to_pylist()
    assert (row["reason"], row["what"]) == ("internal", "RuntimeError: a bug")


def test_a_stream_of_batches_as_spark_gives_them():
    found = list(arrow.extract_batches(iter([batch(body=[PAGE]), batch(body=[PAGE, ""])])))
    assert sum(b.num_rows for b in found) == 3
    assert all(b.schema == arrow.RESULT for b in found)


def test_rows_flatten_to_the_same_tables():
    table = arrow.extract_batch(batch(body=[PAGE, ""]))
    flat = arrow.flatten(table)
    assert flat.articles.schema == arrow.ARTICLE
    assert flat.facts.schema == arrow.FACT
    assert flat.failures.schema == arrow.FAILURE
    assert (flat.articles.num_rows, flat.failures.num_rows) == (1, 1)
    assert flat.facts.num_rows == len(table.to_pylist()[0]["facts"])


def test_parquet_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    table = arrow.to_tables([result()]).facts
    path = tmp_path / "part.parquet"
    arrow.write_parquet(table, path)
    before = path.read_bytes()

    def torn(_table: Any, where: Path, **_: Any) -> None:
        Path(where).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(arrow.pq, "write_table", torn)
    with pytest.raises(OSError, match="No space"):
        arrow.write_parquet(table, path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["part.parquet"]


def test_without_pyarrow_the_extra_is_named():
    import subprocess
    import sys

    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "try:\n    import newsextract.arrow\n"
        "except Exception as error:\n    print(type(error).__name__, error)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.startswith(MissingExtra.__name__)
    assert "newsextract[parquet]" in out.stdout


# --- the usual tools ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("tools")
    for name in ("parquet/", "facts.db"):
        with open_store(f"{place}/{name}") as store:
            store.write([result(n) for n in range(5)])
            store.write([result(3), failure()])
    return place


def test_parquet_opens_in_pandas(folder: Path):
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_parquet(folder / "parquet" / "fact")
    assert len(frame) == 45
    assert set(frame[frame.kind == "ratio"].whole) == {286}
    articles = pandas.read_parquet(folder / "parquet" / "article")
    assert set(articles.published.dt.date) == {dt.date(2019, 4, 25)}


def test_parquet_opens_in_polars(folder: Path):
    polars = pytest.importorskip("polars")
    frame = polars.read_parquet(folder / "parquet" / "fact")
    ratio = frame.filter(polars.col("kind") == "ratio")
    assert ratio["part"].cast(polars.Int64).to_list() == [262] * 5
    assert frame["titles"].drop_nulls().to_list()[0] == ["Tỉnh ủy viên", "Phó Chủ tịch UBND tỉnh"]


def test_parquet_opens_in_duckdb(folder: Path):
    duckdb = pytest.importorskip("duckdb")
    sql = f"""
        SELECT a.title, f.part / f.whole FROM '{folder}/parquet/fact/*.parquet' f
        JOIN '{folder}/parquet/article/*.parquet' a ON a.id = f.article_id WHERE f.kind = 'ratio'
    """
    rows = duckdb.sql(sql).fetchall()
    assert len(rows) == 5
    assert rows[0] == (TITLE, pytest.approx(262 / 286))


def test_parquet_opens_in_datasets(folder: Path, tmp_path: Path):
    datasets = pytest.importorskip("datasets")
    files = [str(p) for p in (folder / "parquet" / "fact").glob("*.parquet")]
    found = datasets.Dataset.from_parquet(files, cache_dir=str(tmp_path))
    assert len(found) == 45
    assert found[0]["kind"] == "ratio"


def test_sqlite_opens_in_pandas_and_polars(folder: Path):
    pandas = pytest.importorskip("pandas")
    import sqlite3

    connection = sqlite3.connect(folder / "facts.db")
    frame = pandas.read_sql("SELECT * FROM measure", connection, parse_dates=["published"])
    assert frame.low.tolist() == [12.5] * 5
    assert frame.published.dt.hour.tolist() == [1] * 5
    polars = pytest.importorskip("polars")
    found = polars.read_database("SELECT low, unit FROM count", connection)
    assert found.rows() == [(300, "đối tượng")] * 5
    connection.close()


def test_sqlite_opens_in_duckdb(folder: Path):
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect(config={"autoinstall_known_extensions": False})
    try:
        connection.execute("LOAD sqlite")
    except duckdb.Error as error:
        pytest.skip(f"DuckDB's SQLite extension is not installed: {error}")
    connection.execute(f"ATTACH '{folder / 'facts.db'}' AS news (TYPE sqlite)")
    assert connection.execute("SELECT SUM(low) FROM news.money").fetchone() == (6e9,)


def test_sqlite_opens_in_datasets(folder: Path, tmp_path: Path):
    datasets = pytest.importorskip("datasets")
    found = datasets.Dataset.from_sql(
        "SELECT part, whole, unit FROM ratio",
        f"sqlite:///{folder / 'facts.db'}",
        cache_dir=str(tmp_path),
    )
    assert found[0] == {"part": 262, "whole": 286, "unit": "xã, phường, thị trấn"}
