"""From a WARC into SQLite: pages a second by workers, the share of each stage, memory by length.

    python -m benchmarks.batch [PAGES] [--pages FOLDER] [--long N]

FOLDER holds HTML pages (``.gz`` or not; default fixtures/pages), which are varied in address,
figures and text until there are PAGES (default 2,000) different ones. ``--long`` adds a run over N
pages (say 100,000) to the measurement of memory. ``1 on 1`` is one worker with everything on one
core; ``2 on 2`` is two workers on two. What a batch of one page takes (programs are loaded,
patterns compiled) is the start; it is shown apart and taken off what a page costs. Stages are
timed one after another in one process.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import os
import pickle
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import newsextract as nx
from newsextract.batching import SAMPLE, read_page
from newsextract.seen import Seen
from newsextract.sketch import sketch
from newsextract.worker import packed

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "pages"
CANONICAL = re.compile(rb"<link[^>]*canonical[^>]*>|<meta[^>]*og:url[^>]*>")
NUMBER = re.compile(rb"(?<=[ >])[1-9]\d{2}(?=[ <])")
PARAGRAPH_END = re.compile(rb"(?<=[^<>]{120})(?=(?:\s|&nbsp;|</(?:span|strong|b|em|i|font)>)*</)")


def pages_in(folder: Path = FIXTURES) -> list[bytes]:
    """The HTML files of a folder, unpacked."""
    found = [path.read_bytes() for path in sorted(folder.glob("*.html*"))]
    return [gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body for body in found]


def varied(pages: list[bytes], count: int) -> Iterator[tuple[str, bytes]]:
    """``count`` pages with their addresses, no two the same in address or text.

    Its long paragraphs gain a sentence: what is a listing stays one.
    """
    for n in range(count):
        url = f"https://bao{n % 40}.example/tin/{n}.html"
        page = CANONICAL.sub(b"", pages[n % len(pages)])
        page = NUMBER.sub(b"%d" % (100 + n % 900), page)
        own = f". Có {n + 1000} hộ dân.".encode()
        yield url, PARAGRAPH_END.sub(own, page)


def record(url: str, body: bytes) -> bytes:
    """One WARC response record, a gzip member of its own."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:{url}>\r\n"
        f"WARC-Date: 2019-05-07T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n", 1)


def write_warc(path: Path, pages: list[bytes], count: int) -> None:
    """A WARC of ``count`` varied pages."""
    with path.open("wb") as file:
        for url, page in varied(pages, count):
            file.write(record(url, page))


def run(warc: Path, folder: Path, workers: int, cores: int) -> dict[str, Any]:
    """One batch in a process of its own, on so many cores: its report and its memory in MB."""
    here = [sys.executable, "-m", "benchmarks.batch", "--one", str(warc), str(workers), str(cores)]
    with tempfile.TemporaryDirectory(dir=folder) as place:
        done = subprocess.run([*here, place], check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def one(warc: str, workers: str, cores: str, place: str) -> None:
    """What ``run`` starts."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(cores)])
    started, before = time.perf_counter(), time.process_time()
    report = nx.batch(nx.open_archive(warc), to=f"sqlite:///{place}/facts.db", workers=int(workers))
    wall = time.perf_counter() - started
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = {
        **report.to_dict(),
        "wall": wall,
        "rate": report.pages / wall,
        "parent": time.process_time() - before,
        "parent_mb": own_peak() / 1024,
        "worker_mb": children.ru_maxrss / 1024,
        "workers": children.ru_utime + children.ru_stime,
    }
    print(json.dumps(answer))


def own_peak() -> int:
    """KB; ru_maxrss would be that of the process which started this one, if it was larger."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def stages(warc: Path, folder: Path) -> dict[str, float]:
    """Milliseconds of CPU a page of each stage, in one process, one stage after another."""
    read_page(SAMPLE)  # what is compiled once is no page's time
    gc.disable()  # here all pages stand in memory at once, as they never do in a batch
    spent: dict[str, float] = {}
    clock = [time.process_time()]

    def lap(stage: str) -> None:
        now = time.process_time()
        spent[stage] = spent.get(stage, 0.0) + now - clock[0]
        clock[0] = time.process_time()

    raws = [r for r in nx.open_archive(warc) if isinstance(r, nx.Raw)]
    lap("read the WARC")
    prints = [r.fingerprint for r in raws]
    lap("fingerprint")
    raws = [pickle.loads(packed(r)) for r in raws]
    lap("to the worker")
    articles = [a for r in raws if (a := parsed(r)) is not None]
    lap("page to article")
    for article in articles:
        nx.extract(article)
    lap("article to facts")
    for article in articles:
        sketch(article.text)
    lap("sketch")
    results = [read_page(r) for r in raws]
    clock[0] = time.process_time()
    results = [pickle.loads(packed(r)) for r in results]
    lap("from the worker")
    with nx.open_store(f"sqlite:///{folder}/stages.db") as store, Seen() as seen:
        clock[0] = time.process_time()
        for start in range(0, len(prints), 64):
            store.done(p for p in prints[start : start + 64] if not seen.saw(p))
        lap("ask what is done")
        for start in range(0, len(results), 128):
            store.compare(results[start : start + 128])
            lap("compare sketches")
            store.write(results[start : start + 128])
            lap("write to SQLite")
    return {stage: 1000 * seconds / len(raws) for stage, seconds in spent.items()}


def parsed(raw: nx.Raw) -> nx.Article | None:
    """The article of a page, None if it is none."""
    try:
        return nx.parse(raw)
    except nx.PageError:
        return None


def main() -> None:
    """Print the three tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("count", nargs="?", type=int, default=2000)
    asked.add_argument("--pages", type=Path, default=FIXTURES)
    asked.add_argument("--long", type=int)
    asked.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.one:
        one(*given.one)
        return
    pages = pages_in(given.pages)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warc = folder / "pages.warc.gz"
        write_warc(warc, pages, given.count)
        size = sum(len(p) for p in pages) / len(pages) / 1024
        print(f"{given.count:,} pages from {len(pages)} ({size:.0f} KB each), into SQLite")
        print_rates(warc, folder)
        print_stages(stages(warc, folder))
        print_memory(pages, folder, [1000, 10_000, *([given.long] if given.long else [])])


def print_rates(warc: Path, folder: Path) -> None:
    """Pages a second for each number of workers and cores."""
    tiny = folder / "one.warc.gz"
    write_warc(tiny, pages_in(), 1)
    head = f"{'pages/s':>8} {'×':>5} {'start s':>8} {'parent ms':>10} {'workers ms':>11}"
    print(f"\n{'workers':>12} {head} {'after the start':>16} {'×':>5}")
    first = steady = 0.0
    for workers, cores in ((1, 1), (1, 2), (2, 2)):
        start, got = run(tiny, folder, workers, cores), run(warc, folder, workers, cores)
        pages = got["pages"]
        parent, work = (1000 * (got[k] - start[k]) / pages for k in ("parent", "workers"))
        rest = pages / (got["wall"] - start["wall"])
        first, steady = first or got["rate"], steady or rest
        cells = f"{got['rate']:>8.0f} {got['rate'] / first:>5.2f} {start['wall']:>8.2f}"
        after = f"{rest:>16.0f} {rest / steady:>5.2f}"
        print(f"{workers:>5} on {cores:>3} {cells} {parent:>10.2f} {work:>11.2f} {after}")


def print_stages(spent: dict[str, float]) -> None:
    """Each stage's milliseconds and share."""
    total = sum(spent.values())
    print(f"\n{'stage':<20} {'CPU ms':>8} {'share':>6}")
    for stage, ms in spent.items():
        print(f"{stage:<20} {ms:>8.2f} {ms / total:>6.1%}")
    print(f"{'all':<20} {total:>8.2f}   = {1000 / total:.0f} pages/s")


def print_memory(pages: list[bytes], folder: Path, lengths: list[int]) -> None:
    """Most memory that the batch and its largest worker took, by the archive's length."""
    print(f"\n{'pages':>8} {'batch MB':>9} {'worker MB':>10} {'pages/s':>8}")
    for length in lengths:
        warc = folder / "long.warc.gz"
        write_warc(warc, pages, length)
        got = run(warc, folder, 2, 2)
        mb = f"{got['parent_mb']:>9.0f} {got['worker_mb']:>10.0f}"
        print(f"{length:>8,} {mb} {got['rate']:>8.0f}")


if __name__ == "__main__":
    main()
