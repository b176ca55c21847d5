"""Sentence bounds: newsextract and underthesea.sent_tokenize on fixtures/sentences.jsonl.

    python benchmarks/sentences.py

A bound is a place between two characters that are no blanks; the ends of a text are not counted.
The corpus was written with the rules in view: it shows which cases are read, not how often they
occur.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from itertools import accumulate
from pathlib import Path

from underthesea import sent_tokenize

from newsextract.text import sentences

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "sentences.jsonl"


def bounds(parts: Iterable[str]) -> set[int]:
    return set(list(accumulate(len("".join(part.split())) for part in parts))[:-1])


def ours(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


def score(cut: Callable[[str], list[str]], rows: list[list[str]]) -> tuple[float, float, float]:
    """Precision, recall, and milliseconds per 5,000 characters."""
    right = found = wanted = 0
    began = time.perf_counter()
    cuts = [cut("".join(parts)) for parts in rows]
    spent = time.perf_counter() - began
    for parts, got in zip(rows, cuts, strict=True):
        truth, said = bounds(parts), bounds(got)
        right, found, wanted = right + len(truth & said), found + len(said), wanted + len(truth)
    size = sum(len(part) for parts in rows for part in parts)
    return right / found, right / wanted, spent / size * 5_000_000


def main() -> None:
    lines = FIXTURES.read_text("utf-8").splitlines()
    rows = [json.loads(line)["marked"].split("¦") for line in lines]
    print(f"{len(rows)} texts, {sum(map(len, rows))} sentences\n")
    print("| tool | precision | recall | F1 | ms per 5,000 characters |\n|---|---|---|---|---|")
    for name, cut in (("underthesea", sent_tokenize), ("newsextract", ours)):
        score(cut, rows[:1])
        precision, recall, spent = score(cut, rows)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {spent:.3f} |")


if __name__ == "__main__":
    main()
