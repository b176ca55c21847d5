"""Words: newsextract, underthesea and pyvi on the same sentences, each in processes of its own.

    python benchmarks/words.py [--corpus FILE] [--sentences N]

FILE holds one JSON object a line with a "text" (may be .gz); without it the fixtures are read.
"Cold" is the first time over the sentences, with nothing kept but the model; "warm" the second.
Memory is what loading and running adds to the process. Needs the extra "bench".
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from newsextract.sentence import sentence_spans

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "sentences.jsonl"
TOOLS = ("underthesea", "pyvi", "newsextract")


def loaded(tool: str) -> Callable[[str], list[str]]:
    if tool == "newsextract":
        from newsextract.text import word_tokens

        return lambda text: list(word_tokens(text))
    if tool == "underthesea":
        from underthesea import word_tokenize

        return word_tokenize
    from pyvi import ViTokenizer

    return lambda text: [w.replace("_", " ") for w in ViTokenizer.tokenize(text).split()]


def work(tool: str) -> None:
    """One process: load, say so, wait for the word to go, cut everything twice."""
    texts = json.loads(sys.stdin.readline())
    before = psutil.Process().memory_info().rss
    began = time.perf_counter()
    cut = loaded(tool)
    cut("xã")
    result = {"load": time.perf_counter() - began}
    print(json.dumps(result), flush=True)
    sys.stdin.readline()
    for run in ("cold", "warm"):
        began = time.perf_counter()
        cuts = ["|".join(cut(text)) for text in texts]
        result[run] = time.perf_counter() - began
    result["memory"] = (psutil.Process().memory_info().rss - before) / 2**20
    print(json.dumps([result, cuts]), flush=True)


def start(tool: str, texts: list[str]) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, "--tool", tool]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin
    child.stdin.write(json.dumps(texts) + "\n")
    child.stdin.flush()
    return child


def run(tool: str, shards: list[list[str]]) -> tuple[list[dict[str, float]], list[str]]:
    """The figures of each process, and the cuts of all sentences in order."""
    children = [start(tool, shard) for shard in shards]
    for child in children:
        assert child.stdout
        child.stdout.readline()
    for child in children:
        assert child.stdin
        child.stdin.write("go\n")
        child.stdin.flush()
    done = [json.loads(child.communicate()[0]) for child in children]
    return [d[0] for d in done], [cut for d in done for cut in d[1]]


def read(path: Path, limit: int) -> list[str]:
    texts: list[str] = []
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        for line in lines:
            row = json.loads(line)
            text = row.get("text") or row["marked"].replace("¦", "")
            texts += [text[a:b] for a, b in sentence_spans(text)]
            if len(texts) >= limit:
                break
    return texts[:limit]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--corpus", type=Path, default=FIXTURES)
    options.add_argument("--sentences", type=int, default=10_000)
    options.add_argument("--tool", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.tool:
        work(given.tool)
        return
    texts = read(given.corpus, given.sentences)
    print(f"{len(texts)} sentences, {sum(map(len, texts))} characters of {given.corpus.name}\n")
    print(
        "| tool | load s | memory MB | cold/s | ratio | warm/s | ratio | 2 processes, cold/s |",
        end="",
    )
    print(" sentences cut otherwise |\n" + "|---" * 9 + "|")
    reference: list[str] = []
    first: dict[str, float] = {}
    for tool in TOOLS:
        (one,), cuts = run(tool, [texts])
        two, _ = run(tool, [texts[0::2], texts[1::2]])
        reference, first = reference or cuts, first or one
        pair = len(texts) / max(t["cold"] for t in two)
        other = sum(a != b for a, b in zip(cuts, reference, strict=True))
        print(
            f"| {tool} | {one['load']:.2f} | {one['memory']:.0f}"
            f" | {len(texts) / one['cold']:,.0f} | {first['cold'] / one['cold']:.1f}"
            f" | {len(texts) / one['warm']:,.0f} | {first['warm'] / one['warm']:.1f}"
            f" | {pair:,.0f} | {other} |"
        )


if __name__ == "__main__":
    main()
