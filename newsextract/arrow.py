"""Articles and facts as Arrow tables, and one function from pages to facts for every engine.

``extract_batch`` takes a ``RecordBatch`` of pages and gives a ``Table`` of one row a page: Ray's
``map_batches``, Spark's ``mapInArrow``, Dask and DuckDB can all call it. ``ARTICLE``, ``FACT`` and
``FAILURE`` are the flat schemas, the same columns as in the databases and in Parquet. This is the
only file that imports pyarrow.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, NamedTuple

try:
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.compute as pc  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]
except ImportError as error:
    from newsextract.errors import MissingExtra

    raise MissingExtra.of("parquet", "pyarrow") from error

from newsextract import __version__
from newsextract.errors import NotText, ReadFailed, StoreError
from newsextract.exchange import encode
from newsextract.factrows import fact_row
from newsextract.flat import ARTICLE as _ARTICLE
from newsextract.flat import DATE, FLAG, NUMBER, article_row, sound
from newsextract.flat import FACT as _FACT
from newsextract.model import Raw, Result
from newsextract.pipeline import read_result

_TYPES: dict[str, pa.DataType] = {
    **dict.fromkeys(NUMBER, pa.decimal128(38, 9)),
    **dict.fromkeys(DATE, pa.date32()),
    **dict.fromkeys(FLAG, pa.bool_()),
    **dict.fromkeys(("published", "fetched", "started", "finished"), pa.timestamp("us")),
    **dict.fromkeys(("n", "span_start", "span_end", "position"), pa.int32()),
    **dict.fromkeys(("sentence_start", "sentence_end", "chars"), pa.int32()),
    "titles": pa.list_(pa.string()),
}


def _schema(names: Iterable[str]) -> pa.Schema:
    return pa.schema([(n, _TYPES.get(n, pa.string())) for n in names])


ARTICLE: pa.Schema = _schema(_ARTICLE)
"""One article a row; ``published`` and ``fetched`` are Vietnamese time, lists are JSON."""
FACT: pa.Schema = _schema(_FACT)
"""One fact a row, by ``article_id`` and ``n``; ``titles`` is a list, ``extra`` JSON."""
FAILURE: pa.Schema = _schema(
    ("fingerprint", "source", "url", "site", "reason", "what", "advice", "version")
)
"""One input that gave no article a row."""
DUPLICATE: pa.Schema = _schema(
    ("fingerprint", "kept_id", "url_id", "text_hash", "source", "url", "version")
)
"""One input that is the same article as the one kept a row."""
RESULT: pa.Schema = pa.schema(
    [
        *FAILURE,
        pa.field("article", pa.struct(list(ARTICLE))),
        pa.field("facts", pa.list_(pa.struct(list(FACT)))),
    ]
)
"""One input a row: its article and facts, or the reason why there are none."""


Table = Any
"""``pyarrow.Table``, which has no types of its own."""


class Tables(NamedTuple):
    """Results as flat tables: ``ARTICLE``, ``FACT`` and ``FAILURE``."""

    articles: pa.Table
    facts: pa.Table
    failures: pa.Table


def extract_batch(batch: pa.RecordBatch | pa.Table, *, body: str = "body") -> pa.Table:
    """The facts of a batch of pages: one row of ``RESULT`` for each row, in order.

    ``body`` names the column of the pages, binary or string; ``url``, ``content_type``,
    ``fetched`` (timestamp) and ``source`` are read if the batch has them. A bad record is a row
    with ``reason`` and ``what``, never an exception; only a batch without the column raises
    ``KeyError``.
    """
    if body not in batch.schema.names:
        raise KeyError(f"no column {body!r} among {batch.schema.names}")
    columns = {n: batch.column(n) for n in (body, *_ABOUT) if n in batch.schema.names}
    records = (
        {n: column[i].as_py() for n, column in columns.items()} for i in range(batch.num_rows)
    )
    rows = [_row(_read(record, body, i)) for i, record in enumerate(records)]
    return pa.Table.from_pylist(rows, schema=RESULT)


_ABOUT = ("url", "content_type", "fetched", "source")


def extract_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """``extract_batch`` over a stream of batches, as Spark's ``mapInArrow`` calls it."""
    for batch in batches:
        yield from extract_batch(batch).to_batches()


def _read(record: dict[str, Any], body: str, number: int) -> Result:
    page = record.pop(body)
    name = str(record.get("source") or record.get("url") or f"<row {number}>")
    if isinstance(page, str):
        page = page.encode("utf-8", "replace")
    if not isinstance(page, bytes):
        return Result(name, error=NotText("the record has no page", source=name))
    fetched = record.get("fetched")
    if not isinstance(fetched, dt.datetime):
        record["fetched"] = None
    elif fetched.tzinfo is None:
        record["fetched"] = fetched.replace(tzinfo=dt.UTC)
    try:
        return read_result(Raw(page, **record))
    except Exception as error:  # nothing that stands in a record ends a job of thousands
        return Result(name, error=ReadFailed(f"{type(error).__name__}: {error}", source=name))


def _row(result: Result, version: str = __version__) -> dict[str, Any]:
    error = result.error
    row: dict[str, Any] = {
        "fingerprint": result.fingerprint or None,
        "source": result.source,
        "url": result.url,
        "site": result.site,
        "reason": error.reason if error else None,
        "what": error.what if error else None,
        "advice": error.advice if error else None,
        "version": version,
    }
    if result.article is not None:
        cells = _article_cells(result, version)
        row["article"] = dict(zip(_ARTICLE, cells, strict=True))
        facts = _fact_cells(result)
        row["facts"] = [dict(zip(_FACT, fact, strict=True)) for fact in facts]
    return row


def _article_cells(result: Result, version: str) -> list[Any]:
    row = sound(article_row(result, version))
    return [encode(v) if isinstance(v, list) else v for v in row]


def _fact_cells(result: Result) -> list[list[Any]]:
    key = result.article.id if result.article else ""
    rows = [sound(fact_row(key, n, fact)) for n, fact in enumerate(result.facts)]
    for row in rows:
        row[-1] = encode(row[-1]) if row[-1] else None
    return rows


def to_tables(results: Iterable[Result], version: str = __version__) -> Tables:
    """Results as flat tables. Nothing is merged: duplicates are a store's affair."""
    articles, facts, failures = [], [], []
    for result in results:
        if result.error is not None:
            failures.append(sound(list(_row(result, version).values())[: len(FAILURE)]))
        elif result.article is not None:
            articles.append(_article_cells(result, version))
            facts += _fact_cells(result)
    return Tables(
        columns_table(ARTICLE.names, articles),
        columns_table(FACT.names, facts),
        columns_table(FAILURE.names, failures),
    )


def flatten(table: pa.Table) -> Tables:
    """The flat tables of what ``extract_batch`` gave."""
    rows = table.to_pylist()
    articles = [r["article"] for r in rows if r["article"]]
    return Tables(
        pa.Table.from_pylist(articles, schema=ARTICLE),
        pa.Table.from_pylist(list(chain(*(r["facts"] or () for r in rows))), schema=FACT),
        table.filter(pc.is_valid(table["reason"])).select(FAILURE.names),
    )


def columns_table(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> pa.Table:
    """Rows as a table, each column of the type its name has in the schemas (else string)."""
    schema = _schema(names)
    columns: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else ([] for _ in names)
    arrays = [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a Parquet file that is there whole or not at all, even after ``kill -9``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.tmp")  # readers of folders pass over dots
    try:
        pq.write_table(table, part, compression="zstd")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """What is wrong with a part of a store is a ``StoreError``."""
    name, ours = path.name, "article/, fact/, failure/ and duplicate/"
    advice = (
        f"restore it from a copy, or remove {name} from {ours} (and the folder .tasks) and run the"
        " batch again: its pages are then read anew"
    )
    try:
        yield
    except FileNotFoundError as error:
        what = "this part of the store is missing"
        raise StoreError(what, source=str(path), advice=advice) from error
    except (pa.ArrowException, OSError, KeyError) as error:
        first = str(error).split("\n")[0]
        what = f"this part of the store is damaged ({first})"
        raise StoreError(what, source=str(path), advice=advice) from error


def read_parquet(
    path: Path, columns: Sequence[str] | None = None, later: Sequence[str] = ()
) -> pa.Table:
    """A Parquet file, or some columns of it; those of ``later`` are empty where it lacks them."""
    with _reading(path), pq.ParquetFile(path) as file:
        names = file.schema_arrow.names if columns is None else columns
        there = [c for c in names if c in file.schema_arrow.names or c not in later]
        found = file.read(there).select(there)
    for place, name in enumerate(names):
        if name not in there:
            found = found.add_column(place, name, pa.nulls(len(found), pa.string()))
    return found


def rows_with(path: Path, column: str, value: str) -> pa.Table:
    """The rows of a Parquet file whose ``column`` is ``value``."""
    with _reading(path):
        return pq.read_table(path, filters=[(column, "=", value)])


def rows_by(path: Path, column: str, values: Sequence[str]) -> dict[str, pa.Table]:
    """For each of ``values`` the rows of a file whose ``column`` it is, which stand together."""
    wanted = pa.array(values, pa.string())
    with _reading(path), pq.ParquetFile(path) as file:
        batches = file.iter_batches(_BATCH)  # so that the whole file is never held
        some = [batch.filter(pc.is_in(batch.column(column), wanted)) for batch in batches]
        chosen = pa.Table.from_batches(some, file.schema_arrow).combine_chunks()
    counts = Counter(chosen[column].to_pylist())  # in the order in which they come
    ends = accumulate(counts.values())
    found = {v: chosen.slice(end - n, n) for (v, n), end in zip(counts.items(), ends, strict=True)}
    return {value: found.get(value, chosen.slice(0, 0)) for value in values}


_BATCH = 1_000


def height(path: Path) -> int:
    """How many rows a Parquet file has."""
    with _reading(path):
        return int(pq.read_metadata(path).num_rows)


def rows_where(table: pa.Table, keep: Sequence[bool]) -> pa.Table:
    """The rows of a table that ``keep`` marks."""
    return table.filter(pa.array(keep, pa.bool_()))


def joined(tables: Sequence[pa.Table]) -> pa.Table:
    """Tables of one schema as one."""
    return pa.concat_tables(tables)
