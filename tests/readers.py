"""What worker processes are told to do to pages in tests: they import it from here."""

from __future__ import annotations

import os
import re
import signal
import time
from dataclasses import make_dataclass
from pathlib import Path

from newsextract.errors import NoBody
from newsextract.facts.ratio import Ratio
from newsextract.model import Article, Fact, Facts, Raw
from newsextract.reader import parse


def read(raw: Raw) -> Article:
    """Read a page, unless it says what else to do."""
    body = raw.body
    if b"DIE" in body:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"EXIT" in body:
        os._exit(7)
    if b"HANG" in body:
        time.sleep(600)
    if b"SPIN" in body:
        while True:
            pass
    if b"EAT" in body:
        return Article(str(len(bytearray(2 << 30))), ())
    if b"FAIL" in body:
        raise ValueError("a fault of our own")
    if b"PRINT" in body:
        print("this must not reach the pipe")
    if b"SLOW" in body:
        time.sleep(0.01)
    return parse(raw)


def once(raw: Raw) -> Article:
    """Die at the first attempt at a page that says ONCE; its URL is a file that remembers."""
    if b"ONCE" in raw.body and raw.url and not Path(raw.url).exists():
        Path(raw.url).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return parse(raw)


def refuse(raw: Raw) -> Article:
    """No page has a body."""
    raise NoBody("refused", source=raw.name)


def find(article: Article) -> Facts:
    """Ratios by a simple pattern: a worker that needs no more is ready at once."""
    found = re.finditer(r"(\d+)/(\d+)", article.text)
    return Facts(
        Fact("ratio", *m.span(), m[0], Ratio(int(m[1]), int(m[2]), None, "exact"), "test")
        for m in found
    )


def nothing(article: Article) -> Facts:
    """No article has facts."""
    return Facts()


def size(item: bytes) -> int:
    """What a crew is told to do to bytes: count them, unless they say what else."""
    if item.startswith(b"EXIT"):
        os._exit(7)
    if item.startswith(b"FORK") and os.fork():
        os._exit(7)
    if item.startswith(b"FORK"):
        time.sleep(8)
        os._exit(0)
    if item.startswith(b"RAISE"):
        raise ValueError("a fault of our own")
    if item.startswith(b"SLEEP"):
        time.sleep(0.2)
    return len(item)


def noted(raw: Raw) -> Article:
    """Read a page, and write its name into the file that the environment names."""
    with Path(os.environ["READ"]).open("a") as file:
        file.write(f"{raw.name}\n")
    return parse(raw)


def noted_title(article: Article) -> Facts:
    """No facts, and the title written into that file."""
    with Path(os.environ["READ"]).open("a") as file:
        file.write(f"{article.title}\n")
    return Facts()


def unsendable(article: Article) -> Facts:
    """A fact whose value has no name that another process could find its class by."""
    local = make_dataclass("Local", ["low"])
    return Facts([Fact("own", 0, 3, article.text[:3], local(1), "test")])


def die(raw: Raw) -> Article:
    """No page is survived."""
    os._exit(3)
