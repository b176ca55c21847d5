"""A store in a folder of Parquet: ``article/``, ``fact/``, ``failure/`` and ``duplicate/``.

Each write is a part in each of the four, ``part-000001.parquet`` and so on; a part counts from the
moment its file in ``article/`` is there, which is put in place last and in one step. What a kill
left without it is removed when the folder is opened next. Closing takes the dead rows out and joins
small parts, so that the folder reads fast: ``duckdb``, ``pandas``, ``polars`` and ``datasets`` open
``folder/fact`` as it is.
"""

# ruff: noqa: D102  # ``Store`` documents the methods
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newsextract import arrow, parts
from newsextract.errors import StoreError
from newsextract.exchange import decode, encode_bytes
from newsextract.filekeeping import FileStore, Key, News, Outcome, lock, system_error
from newsextract.flat import article_of, fact_of, text_hash
from newsextract.ledger import ENTRY, Duplicate, Entry
from newsextract.model import Article, Facts
from newsextract.parts import KINDS
from newsextract.recordfiles import now, rewritten
from newsextract.storing import check_id

_ID = {"article": "id", "fact": "article_id", "duplicate": "fingerprint"}
_JSON = {"blocks", "repairs", "warnings", "extra"}
_TOGETHER = 2_000
"""Articles whose rows are held in memory when all are read in turn."""
_SMALL = 20_000
"""Articles under which parts are joined when the store closes."""


class ParquetStore(FileStore):
    """A folder of Parquet parts."""

    _live: dict[Key, int]
    last: int
    """The number of the newest part."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._at_hand: dict[str, dict[str, arrow.Table]] = {}  # article id → kind → its rows
        try:
            self._refuse_others()
            for kind in KINDS:
                (path / kind).mkdir(parents=True, exist_ok=True)
            self._lock = (path / ".lock").open("ab")
        except OSError as error:
            raise system_error(error, self.name) from error
        try:
            lock(self._lock, self.name)
            self._read_all()
        except BaseException:
            self._lock.close()
            raise

    def _refuse_others(self) -> None:
        """Parts without articles are taken away, and a folder of other things is no store."""
        if (self.path / "article").exists() or not self.path.is_dir():
            return
        folders = [kind for kind in KINDS if (self.path / kind).is_dir()]
        taken = [kind for kind in folders if any((self.path / kind).iterdir())]
        others = sorted(
            p.name for p in self.path.iterdir() if p.name[0] != "." and p.name not in KINDS
        )
        if taken or others:
            what = f"it has folders of its own named {', '.join(taken)}"
            what = what if taken else f"it holds other things: {', '.join(others[:3])}"
            raise StoreError(what, source=self.name, advice="give newsextract its own folder")

    def _read_all(self) -> None:
        there = self._parts("article")
        for kind in KINDS[:-1]:
            for number in self._parts(kind) - there:
                self._file(kind, number).unlink()
        self.last = max(there, default=0)
        unsettled = self._replay(self._log(sorted(there)))
        living = {key: part for (kind, key), part in self._live.items() if kind == "article"}
        for number in sorted(there):
            ids = self._table("fact", number, ["article_id"]).column(0).to_pylist()
            counts = Counter(ids)
            self._facts |= {key: n for key, n in counts.items() if living.get(key) == number}
        if unsettled:
            self._append(News([], unsettled, []))

    def _log(self, numbers: Iterable[int]) -> Iterator[tuple[Outcome, int]]:
        for part in numbers:
            for row in self._table("article", part, ENTRY).to_pylist():
                row["fetched"] = str(row["fetched"] or "")
                yield Entry(*(row[n] for n in ENTRY)), part
            for row in self._table("duplicate", part).to_pylist():
                head = (row["fingerprint"], row["url_id"], row["text_hash"], row["version"])
                entry = Entry(*head, "", 0, row["source"], row["url"])
                yield Duplicate(entry, row["kept_id"]), part
            for row in self._table("failure", part).to_pylist():
                key = _failure_key(row)
                self._done[key] = row["version"]
                yield ("failure", key), part

    def _append(self, news: News) -> None:
        self._at_hand = {}
        part = self._add_part(parts.tables(news, self.version))
        for result in news.articles:
            assert result.article is not None  # noqa: S101  # News has only those
            self._facts[result.article.id] = len(result.facts)
            self._point(("article", result.article.id), part)
        for key, _ in news.failures:
            self._point(("failure", key), part)
        for entry, _ in news.duplicates:
            self._point(("duplicate", entry.fingerprint), part)

    def _add_part(self, tables: Mapping[str, arrow.Table]) -> int:
        part = self.last + 1
        parts.write(self.path, part, tables)
        self.last = part
        return part

    def _parts(self, kind: str) -> set[int]:
        return parts.numbers(self.path, kind)

    def _file(self, kind: str, part: int) -> Path:
        return parts.file_of(self.path, kind, part)

    def _table(self, kind: str, part: int, columns: Sequence[str] | None = None) -> arrow.Table:
        return parts.read(self.path, kind, part, columns)

    def _rows(self, kind: str, article_id: str) -> list[dict[str, Any]]:
        if article_id in self._at_hand:
            rows = self._at_hand[article_id][kind]
        else:
            part = self._live[("article", article_id)]
            rows = arrow.rows_with(self._file(kind, part), _ID[kind], article_id)
        return list(map(_decoded, rows.to_pylist()))

    def articles(self) -> Iterator[Article]:
        parts = {key: part for (kind, key), part in self._live.items() if kind == "article"}
        return self._in_turn(sorted(parts, key=parts.__getitem__))

    def newest(self) -> Iterator[Article]:
        stated = [
            (str(row["published"] or ""), row["id"])
            for part in self._parts("article")
            for row in self._table("article", part, ("id", "published")).to_pylist()
            if self._live.get(("article", row["id"])) == part
        ]
        return self._in_turn([key for _, key in sorted(stated, reverse=True)])

    def _in_turn(self, ids: list[str]) -> Iterator[Article]:
        """Articles in this order; what is asked of them meanwhile is at hand."""
        for at in range(0, len(ids), _TOGETHER):
            self._check()
            some = ids[at : at + _TOGETHER]
            self._at_hand = self._gathered(some)
            yield from (self._read_article(key) for key in some if ("article", key) in self._live)
        self._at_hand = {}

    def _gathered(self, ids: Sequence[str]) -> dict[str, dict[str, arrow.Table]]:
        """The rows of some articles and of their facts: a file is read once for all of them."""
        parts: dict[int, list[str]] = {}
        for key in ids:
            parts.setdefault(self._live.get(("article", key), 0), []).append(key)
        parts.pop(0, None)  # gone since
        found: dict[str, dict[str, arrow.Table]] = {}
        for part, keys in parts.items():
            articles, facts = (
                arrow.rows_by(self._file(kind, part), _ID[kind], keys)
                for kind in ("article", "fact")
            )
            found |= {key: {"article": articles[key], "fact": facts[key]} for key in keys}
        return found

    def _read_article(self, article_id: str) -> Article:
        return article_of(self._rows("article", article_id)[0])

    def facts(self, article_id: str) -> Facts:
        self._check()
        check_id(article_id)
        if ("article", article_id) not in self._live:
            return Facts()
        return Facts(map(fact_of, self._rows("fact", article_id)))

    def failures(self) -> Iterator[dict[str, Any]]:
        self._check()
        for part in sorted(self._parts("failure")):
            for row in self._table("failure", part).to_pylist():
                if self._live.get(("failure", _failure_key(row))) == part:
                    yield row

    def kinds_since(self, first: int) -> tuple[int, Counter[str]]:
        """How many articles stand in the parts from ``first`` on, and their facts by kind."""
        living = {key: p for (kind, key), p in self._live.items() if kind == "article"}
        kinds: Counter[str] = Counter()
        for part in self._parts("fact"):
            if part >= first:
                columns = self._table("fact", part, ["article_id", "kind"]).to_pydict().values()
                pairs = zip(*columns, strict=True)
                kinds.update(kind for key, kind in pairs if living.get(key) == part)
        return sum(part >= first for part in living.values()), kinds

    def start_run(self, **about: Any) -> int:
        self._check()
        runs = self._runs()
        run = {"id": len(runs) + 1, "version": self.version, "started": now(), "about": about}
        self._write_runs([*runs, run])
        return len(runs) + 1

    def finish_run(self, run_id: int, report: Mapping[str, Any]) -> None:
        self._check()
        runs = self._runs()
        runs[run_id - 1] |= {"finished": now(), "report": dict(report)}
        self._write_runs(runs)

    def _runs(self) -> list[dict[str, Any]]:
        path = self.path / "run.jsonl"
        lines = path.read_bytes().splitlines() if path.exists() else []
        return [decode(line) for line in lines]

    def _write_runs(self, runs: list[dict[str, Any]]) -> None:
        with self._failing(), rewritten(self.path / "run.jsonl") as file:
            file.writelines(encode_bytes(run) + b"\n" for run in runs)

    def close(self) -> None:
        if self._lock.closed:
            return
        try:
            if self._open:
                self._tidy()
        except OSError as error:
            raise system_error(error, self.name) from error
        finally:
            self._open = False
            self._lock.close()

    def _tidy(self) -> None:
        """Write the living rows of parts that are small or have dead ones anew, joined."""
        living = Counter(self._live.values())
        rows = {p: parts.height(self.path, p) for p in self._parts("article")}
        dirty = [p for p, n in rows.items() if n != living[p]]
        small = [p for p, n in rows.items() if n < _SMALL]
        chosen = sorted({*dirty, *(small if len(small) > 1 else ())})
        group: list[int] = []
        for part in chosen:
            group.append(part)
            if sum(living[p] for p in group) >= _SMALL:
                self._join(group)
                group = []
        if group:
            self._join(group)

    def _join(self, parts: list[int]) -> None:
        # A kill between the new part and the end of the old ones leaves rows twice; the next
        # opening finds the older of them dead.
        tables = {k: arrow.joined([self._living(k, p) for p in parts]) for k in KINDS}
        if any(len(table) for table in tables.values()):
            new = self._add_part(tables)
            self._live |= {k: new for k, p in self._live.items() if p in parts}
        for part in parts:
            for kind in reversed(KINDS):  # without its articles a part no longer counts
                self._file(kind, part).unlink()

    def _living(self, kind: str, part: int) -> arrow.Table:
        table = self._table(kind, part)
        if kind == "failure":
            keys = [_failure_key(row) for row in table.to_pylist()]
        else:
            keys = table[_ID[kind]].to_pylist()
        of = "article" if kind == "fact" else kind
        return arrow.rows_where(table, [self._live.get((of, key)) == part for key in keys])


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep the folder from being opened, which would join parts, while tasks add parts to it."""
    with (folder / ".lock").open("ab") as file:
        lock(file, str(folder))
        yield


def _decoded(row: dict[str, Any]) -> dict[str, Any]:
    return row | {n: decode(row[n]) if row[n] else None for n in _JSON & set(row)}


def _failure_key(row: dict[str, Any]) -> str:
    return row["fingerprint"] or text_hash(row["source"])
