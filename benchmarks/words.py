"""Words: newsextract, underthesea and pyvi on the same sentences, each in processes of its own.

    python benchmarks/words.py [--corpus FILE] [--sentences N]... [--whole] [--rounds N]

FILE holds one JSON object a line with a "text" (may be .gz); without it the fixtures are read.
"Cold" is the first time over the sentences, with nothing kept but the model; "warm" the second.
Both are processor time; two processes side by side ("two") are timed by the clock on the wall.
The more sentences, the fewer are met for the first time: name N more than once to see it. With
``--whole`` the texts those sentences are of are cut whole, as an article is.
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
        began, busy = time.perf_counter(), time.process_time()
        cuts = ["|".join(cut(text)) for text in texts]
        result[run] = time.process_time() - busy
        result[f"{run} wall"] = time.perf_counter() - began
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


def read(path: Path, limit: int, whole: bool) -> tuple[list[str], int]:
    """The texts to cut, and of how many sentences they are."""
    texts: list[str] = []
    sentences = 0
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        for line in lines:
            row = json.loads(line)
            text = row.get("text") or row["marked"].replace("¦", "")
            spans = sentence_spans(text)[: limit - sentences]
            sentences += len(spans)
            if whole and spans:
                texts.append(text[: spans[-1].end])
            elif not whole:
                texts += [text[a:b] for a, b in spans]
            if sentences >= limit:
                break
    return texts, sentences


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--corpus", type=Path, default=FIXTURES)
    options.add_argument("--sentences", type=int, action="append")
    options.add_argument("--whole", action="store_true")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--tool", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.tool:
        work(given.tool)
        return
    for limit in given.sentences or [10_000]:
        table(*read(given.corpus, limit, given.whole), given)


def table(texts: list[str], sentences: int, given: argparse.Namespace) -> None:
    unit = "whole texts" if given.whole else "texts"
    print(f"\n{sentences} sentences in {len(texts)} {unit}, {sum(map(len, texts))} characters\n")
    print("| tool | load s | memory MB | cold/s | ratio | warm/s | ratio | two/s | other cuts |")
    print("|---" * 9 + "|")
    # In turns and the best of each: another load on the machine must not fall on one tool alone.
    rounds = [{tool: measure(tool, texts) for tool in TOOLS} for _ in range(given.rounds)]
    first = rounds[0][TOOLS[0]]
    for tool in TOOLS:
        one, cuts = rounds[0][tool]
        best = {key: min(r[tool][0][key] for r in rounds) for key in one}
        base = {key: min(r[TOOLS[0]][0][key] for r in rounds) for key in one}
        other = sum(a != b for a, b in zip(cuts, first[1], strict=True))
        print(
            f"| {tool} | {best['load']:.2f} | {best['memory']:.0f}"
            f" | {sentences / best['cold']:,.0f} | {base['cold'] / best['cold']:.1f}"
            f" | {sentences / best['warm']:,.0f} | {base['warm'] / best['warm']:.1f}"
            f" | {sentences / best['two']:,.0f} | {other} |"
        )


def measure(tool: str, texts: list[str]) -> tuple[dict[str, float], list[str]]:
    """The figures of one process, "two" being the wall seconds of two; and the cuts."""
    (one,), cuts = run(tool, [texts])
    two, _ = run(tool, [texts[0::2], texts[1::2]])
    return {**one, "two": max(t["cold wall"] for t in two)}, cuts


if __name__ == "__main__":
    main()
