"""kill -9, again and again: does a batch that is only ever killed end with the same rows?

    python -m benchmarks.kills [KILLS] [PAGES]

A batch over PAGES (default 1,500) runs undisturbed once. Then it is started again and again into
another database, and each time the batch itself or one of its workers is killed at a moment drawn
at random, until KILLS (default 30) have happened; then it may finish. All rows of all tables are
compared, but for the record of runs and the sketches, of which the first that comes is kept.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from benchmarks.batch import pages_in, write_warc

SCRIPT = """
import sys
import newsextract as nx
nx.batch(sys.argv[1], to="sqlite:///" + sys.argv[2], workers=2)
"""
TABLES = ("article", "fact", "official_title", "failure", "duplicate")


def start(warc: Path, db: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(warc), str(db)])


def rows(db: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(db)) as connection:
        return {t: sorted(connection.execute(f"SELECT * FROM {t}"), key=repr) for t in TABLES}


def count(db: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT COUNT(*) FROM article").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def kill_one(process: subprocess.Popen[bytes], chance: random.Random) -> str:
    """Kill the batch, or (one time in three) one of its workers; what was killed."""
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    workers = [int(p) for p in path.read_text().split()] if path.exists() else []
    if workers and chance.random() < 1 / 3:
        os.kill(chance.choice(workers), signal.SIGKILL)
        return "worker"
    process.kill()
    process.wait()
    return "batch"


def main() -> None:
    """Kill, compare, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("kills", nargs="?", type=int, default=30)
    asked.add_argument("pages", nargs="?", type=int, default=1500)
    given = asked.parse_args()
    kills, pages = given.kills, given.pages
    chance = random.Random(2019)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warc, whole, killed = folder / "a.warc.gz", folder / "whole.db", folder / "killed.db"
        write_warc(warc, pages_in(), pages)
        began = time.monotonic()
        start(warc, whole).wait()
        took = time.monotonic() - began
        done: Counter[str] = Counter()
        moments = []
        process = start(warc, killed)
        while done.total() < kills:
            # Somewhere between its start and the writing of the next share of the rows.
            aim = count(killed) + chance.randint(-pages // kills, pages // kills)
            latest = time.monotonic() + chance.uniform(0, 2 * took)
            while process.poll() is None and count(killed) < aim and time.monotonic() < latest:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.5))
            if process.poll() == 0:
                break
            if process.poll() is None:
                done[kill_one(process, chance)] += 1
                moments.append(count(killed))
            if process.poll() is not None:
                process = start(warc, killed)
        if process.wait() != 0 or not killed.exists():
            start(warc, killed).wait()
        same = rows(whole) == rows(killed)
        held = {table: len(found) for table, found in rows(whole).items()}
    kinds = ", ".join(f"{n} of a {what}" for what, n in done.items())
    print(f"{done.total()} kills ({kinds}) with {moments} articles written: {held}")
    print("every row is the same" if same else "THE ROWS DIFFER")
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
