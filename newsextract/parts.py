"""The parts of a folder of Parquet: ``article/part-000001.parquet`` and so on, four files each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from newsextract import __version__, arrow
from newsextract.exchange import error_of
from newsextract.filekeeping import News, news_of
from newsextract.model import Result

KINDS = ("fact", "failure", "duplicate", "article")
"""The folders; that of articles last, for they make a part count."""
_COLUMNS: dict[str, list[str]] = {
    "fact": arrow.FACT.names,
    "failure": arrow.FAILURE.names,
    "duplicate": arrow.DUPLICATE.names,
    "article": arrow.ARTICLE.names,
}
_LATER = {"failure": ("url",)}  # columns that older parts do not have
_PART = re.compile(r"part-(\d{6,})\.parquet")


def file_of(folder: Path, kind: str, part: int) -> Path:
    """One of the four files of a part."""
    return folder / kind / f"part-{part:06}.parquet"


def numbers(folder: Path, kind: str) -> set[int]:
    """The parts of which there is such a file."""
    found = (_PART.fullmatch(path.name) for path in (folder / kind).iterdir())
    return {int(match[1]) for match in found if match}


def read(folder: Path, kind: str, part: int, columns: Sequence[str] | None = None) -> arrow.Table:
    """One file of a part, or some columns of it."""
    names = columns or _COLUMNS[kind]
    return arrow.read_parquet(file_of(folder, kind, part), names, later=_LATER.get(kind, ()))


def write(folder: Path, part: int, tables: Mapping[str, arrow.Table]) -> None:
    """Put the files of a part in their places; it counts when this returns."""
    for kind in KINDS:
        arrow.write_parquet(tables[kind], file_of(folder, kind, part))


def write_results(folder: Path, part: int, results: Sequence[Result]) -> None:
    """Write results as a part of a folder that other programs may write to at the same time.

    What its articles are to those of other parts is settled when the folder is opened.
    """
    write(folder, part, tables(news_of(results, __version__), __version__))


def height(folder: Path, part: int) -> int:
    """How many inputs a part holds: its articles, duplicates and failures; 0 if it is not there."""
    if not file_of(folder, "article", part).exists():
        return 0
    return sum(arrow.height(file_of(folder, kind, part)) for kind in KINDS if kind != "fact")


def failures_of(folder: Path, part: int) -> Iterator[Result]:
    """The failures of a part."""
    for row in read(folder, "failure", part).to_pylist():
        error = error_of(row["reason"], row["what"] or "", row["advice"] or "")
        yield Result(
            row["source"], row["fingerprint"] or "", row["site"], error=error, url=row["url"]
        )


def tables(news: News, version: str) -> dict[str, arrow.Table]:
    """What one write adds, by folder."""
    results = [*news.articles, *(result for _, result in news.failures)]
    made = arrow.to_tables(results, version)
    lost = [
        (e.fingerprint, kept, e.article_id, e.text_hash, e.source, e.url, e.version)
        for e, kept in news.duplicates
    ]
    return {
        "fact": made.facts,
        "failure": made.failures,
        "duplicate": arrow.columns_table(arrow.DUPLICATE.names, lost),
        "article": made.articles,
    }
