"""JSON lines and Parquet → pages: one record a page, its columns found by name."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, cast

from newsextract.compression import Stream
from newsextract.errors import ArchiveEmpty, ArchiveError, BrokenMember, MissingExtra, NotAPage
from newsextract.given import expect
from newsextract.media import MAX_PAGE, oversized
from newsextract.model import Raw

# What crawlers and published datasets call them (Scrapy, news-please, Common Crawl, Kaggle).
KNOWN: dict[str, tuple[str, ...]] = {
    "body": ("html", "raw_html", "body", "content", "text", "maintext", "article", "page"),
    "url": ("url", "uri", "link", "href", "source_url", "canonical_url", "warc_target_uri"),
    "title": ("title", "headline"),
    "content_type": ("content_type", "mime", "mime_type", "mimetype"),
    "status": ("status", "status_code", "http_status"),
    "fetched": ("fetched", "fetched_at", "crawled", "crawled_at", "date_download", "fetch_time"),
}
ROWS = 64
BUFFER = 1 << 20
"""Parquet rows, and bytes of a column as it is stored, in memory at a time."""


class Columns:
    """Which column of a record holds what; ``given`` names those that are called otherwise.

    Its keys are body (needed), url, title, content_type, status and fetched. Raises
    ``ArchiveError`` for any other.
    """

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        advice = f"columns= maps {', '.join(KNOWN)} to the archive's names"
        if given is not None and not isinstance(given, Mapping):
            raise ArchiveError(f"columns={given!r} is no mapping", advice=advice)
        self.given = dict(given or {})
        if unknown := sorted(set(self.given) - set(KNOWN)):
            raise ArchiveError(f"there is no column role {', '.join(unknown)}", advice=advice)
        for role, name in self.given.items():
            expect(f"columns: the name of {role}", name, str, "a str")

    def among(self, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Role → names, the likeliest first, for those of ``names`` that play one."""
        lower = {n.lower(): n for n in reversed(list(names))}
        found = {}
        for role, known in KNOWN.items():
            wanted = (self.given[role],) if role in self.given else known
            if known := tuple(lower[w.lower()] for w in wanted if w.lower() in lower):
                found[role] = known
        return found

    def page(self, record: Mapping[str, Any], source: str) -> Raw | ArchiveError:
        """The page of one record, or the error in its place."""
        roles = self.among(record)
        if "body" not in roles:
            return self.lacking(record, source)
        # Of a page that was only partly had some columns may be empty: the next known one counts.
        values = {
            role: next((record[n] for n in names if record[n] not in (None, "")), record[names[0]])
            for role, names in roles.items()
        }
        body = values["body"]
        if not isinstance(body, str | bytes):
            names = ", ".join(roles["body"])
            what = f"nothing stands in its {names}" if body is None else f"its {names} is no text"
            return BrokenMember(what, source=source, advice="check who wrote it")
        if isinstance(body, str):
            values["content_type"] = "text/html; charset=utf-8" if _is_html(body) else TEXT
            body = _titled(body, values.get("title"))
        if len(body) > MAX_PAGE:
            return oversized(len(body), source)
        url, status, kind = values.get("url"), values.get("status"), values.get("content_type")
        return Raw(
            body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass"),
            url=url if isinstance(url, str) else None,
            content_type=kind if isinstance(kind, str) else None,
            status=status if type(status) is int else None,
            fetched=_moment(values.get("fetched")),
            source=source,
        )

    def lacking(self, names: Iterable[str], source: str) -> ArchiveError:
        """The error for records that hold no page under any known name."""
        shown = ", ".join(sorted(names)[:20]) or "none"
        wanted = self.given.get("body")
        what = "no column holds the page" if wanted is None else f"there is no column {wanted!r}"
        option = "columns={'body': …} or --column body=…"
        advice = f"name it: {option}" if wanted is None else f"check its name in {option}"
        return NotAPage(f"{what}; the columns are: {shown}", source=source, advice=advice)


TEXT = "text/plain; charset=utf-8"


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(
        r"<(?:!doctype|html|head|body|article|div|p|h[1-6]|span|br|table)\b", re.IGNORECASE
    )


def _is_html(body: str) -> bool:
    return _tag().search(body, 0, 4096) is not None


def _titled(body: str, title: object) -> str:
    """A plain text with its title as first line, where the record keeps it apart."""
    if not isinstance(title, str) or not title.strip() or _is_html(body):
        return body
    line = " ".join(title.split())
    return body if " ".join(body[:1000].split()).startswith(line) else f"{line}\n\n{body}"


def _moment(value: object) -> dt.datetime | None:
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if not isinstance(value, dt.datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


def read_jsonl(file: Stream, name: str, columns: Columns) -> Iterator[Raw | ArchiveError]:
    """The pages of a file with one JSON object a line; a bad line is an error, by its number.

    What newsextract itself wrote is one error: the text of a fact is no page.
    """
    limit = 3 * MAX_PAGE  # a letter of three bytes takes six in JSON that is ASCII only
    number = 0
    while line := file.readline(limit):
        number += 1
        source = f"{name}!{number}"
        if not line.endswith(b"\n") and len(line) == limit:
            yield oversized(len(line), source)
            while (line := file.readline(1 << 20)) and not line.endswith(b"\n"):
                pass
        elif number == 1 and "body" not in columns.given and _is_ours(line):
            yield _ours(name)
            return
        elif not line.isspace():
            yield _json_page(line, source, columns)
    if not number:
        yield ArchiveEmpty("the file is empty", source=name)


_OURS = (
    *({"kind", "rule", "value"}, {"kind", "rule", "span_start"}),
    *({"fingerprint", "article"}, {"fingerprint", "failure"}, {"version", "run"}),
)
"""What facts and results have, as newsextract writes them to JSON lines or Parquet."""


def _is_ours(line: bytes) -> bool:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and any(ours <= record.keys() for ours in _OURS)


def _ours(name: str) -> NotAPage:
    advice = "newsextract load reads JSON lines of it, and newsextract.open_store a store"
    return NotAPage("it is what newsextract wrote", source=name, advice=advice)


def _json_page(line: bytes, source: str, columns: Columns) -> Raw | ArchiveError:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return BrokenMember(f"is no JSON: {error}", source=source)
    if not isinstance(record, dict):
        return BrokenMember("is no JSON object", source=source, advice="one object a line")
    return columns.page(record, source)


def read_parquet(file: Stream, name: str, columns: Columns) -> Iterator[Raw | ArchiveError]:
    """The pages of a Parquet file, one a row; only the columns that play a role are read."""
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        import pyarrow.parquet as pq  # type: ignore[import-untyped]
    except ImportError:
        raise MissingExtra.of("parquet", "pyarrow") from None
    row = 0
    try:
        # Else a whole row group is held, and many writers make of a file one group.
        table = pq.ParquetFile(file, buffer_size=BUFFER, pre_buffer=False)
        names = table.schema_arrow.names
        roles = columns.among(names)
        if "body" not in columns.given and any(ours <= set(names) for ours in _OURS):
            yield _ours(name)
            return
        if "body" not in roles:
            yield columns.lacking(names, name)
            return
        wanted = [column for known in roles.values() for column in known]
        for batch in table.iter_batches(ROWS, columns=wanted):
            for record in _rows(batch):
                row += 1
                yield columns.page(record, f"{name}!{row}")
    except (pa.ArrowException, OSError) as error:
        yield BrokenMember(f"cannot be read after row {row}: {error}", source=name)
        return
    if not row:
        yield ArchiveEmpty("the file has no rows", source=name)


def _rows(batch: Any) -> list[dict[str, Any]]:
    try:
        return cast("list[dict[str, Any]]", batch.to_pylist())
    except (ValueError, OverflowError):  # one cell would cost all rows
        return [
            {name: _cell(batch.column(name)[at]) for name in batch.schema.names}
            for at in range(batch.num_rows)
        ]


def _cell(value: Any) -> Any:
    """A cell; the bytes of a text that is no UTF-8, None for a time beyond all years."""
    try:
        return value.as_py()
    except (ValueError, OverflowError):
        return value.as_buffer().to_pybytes() if hasattr(value, "as_buffer") else None
