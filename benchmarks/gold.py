"""The gold gate: how right newsextract is on real pages and excerpts labelled by hand.

    python -m benchmarks.gold            print the tables; exit 1 where a figure is below its floor
    python -m benchmarks.gold --raise    and raise the floors to what was reached (never lower them)
    python -m benchmarks.gold --readme   and rewrite the table between the accuracy marks of README

The labelled material stands beside the project, in ``../shared/gold``; without it the gate says so
and passes. Floors stand in ``fixtures/floors.json`` as ``{"facts.ratio.precision": 0.97, …}``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold"
FLOORS = ROOT / "fixtures" / "floors.json"
README = ROOT / "README.md"
MARKS = ("<!-- accuracy -->", "<!-- /accuracy -->")
FACT_FIGURES = ("precision", "recall", "value_f1")
PAGE_FIGURES = ("f1", "title", "day", "minute", "author", "lead")
SLACK = 0.001


def scorer(name: str) -> ModuleType:
    """The scoring program ``name`` that comes with the labelled material."""
    spec = importlib.util.spec_from_file_location(name, GOLD / f"{name}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{GOLD / name}.py cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fact_figures() -> tuple[dict[str, Any], dict[str, tuple[int, int]]]:
    """The table of kinds, and for each rule its right and its wrong hits."""
    score = scorer("score_facts")
    docs = score.load(GOLD / "facts_dev.jsonl")
    table = score.evaluate(docs)
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for doc in docs:
        found = [f for f in score.newsextract_facts(doc["text"]) if f["kind"] in score.KINDS]
        for _, label, hit, agrees in score.score_doc(found, doc["labels"]):
            if hit and not (label and label.get("optional")):
                (right if agrees else wrong)[f"{hit['kind']}.{hit['rule']}"] += 1
    return table, {rule: (right[rule], wrong[rule]) for rule in sorted({*right, *wrong})}


def page_figures() -> dict[str, Any]:
    """What ``score_pages`` says of the labelled pages."""
    score = scorer("score_pages")
    return dict(score.evaluate(score.load(GOLD / "pages_dev"))[0])


def figures(table: dict[str, Any], pages: dict[str, Any]) -> dict[str, float]:
    """Every figure that has a floor; more is better for each of them."""
    flat = {
        f"facts.{kind}.{name}": row[name]
        for kind, row in table.items()
        if isinstance(row, dict)
        for name in FACT_FIGURES
        if row[name] is not None
    }
    flat["facts.whole_spans"] = float(table["broken_spans"] == 0)
    flat |= {f"pages.{name}": pages[name] for name in PAGE_FIGURES if pages[name] is not None}
    flat["pages.without_leak"] = 1 - pages["leaking_pages"] / pages["pages"]
    invented = pages["dates_invented"] + pages["authors_invented"]
    flat["pages.without_invention"] = 1 - invented / pages["pages"]
    return flat


def read_floors() -> dict[str, float]:
    """The floors as they stand; none before the first ``--raise``."""
    return json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}


def below(reached: dict[str, float], floors: dict[str, float]) -> list[str]:
    """The figures under their floor, one line each; a figure that is gone is under it."""
    return [
        f"{name} is {reached.get(name, 0.0):.4f}, its floor is {floor:.4f}"
        for name, floor in sorted(floors.items())
        if reached.get(name, 0.0) < floor
    ]


def rooms(table: dict[str, Any]) -> dict[str, float]:
    """How far a floor is kept under what was reached: one label of the kind.

    One label more or less is no alarm; a floor of 1 would ask for rules made for that label.
    """
    rows = {kind: row["gold"] for kind, row in table.items() if isinstance(row, dict)}
    return {f"facts.{k}.{name}": 1 / max(n, 1) for k, n in rows.items() for name in FACT_FIGURES}


def raised(
    reached: dict[str, float], floors: dict[str, float], room: dict[str, float]
) -> dict[str, float]:
    """The floors lifted to what was reached less its room, rounded down; none is lowered."""
    lifted = {}
    for name, value in reached.items():
        slack = room.get(name, SLACK if value < 1 else 0.0)
        lifted[name] = max(math.floor((value - slack) * 1000) / 1000, 0.0)
    return {n: max(lifted.get(n, 0.0), floors.get(n, 0.0)) for n in sorted({*lifted, *floors})}


def markdown(table: dict[str, Any], pages: dict[str, Any]) -> str:
    """The accuracy table of the README."""
    lines = ["| facts | labels | precision | recall | value F1 |", "|---|---|---|---|---|"]
    for kind, row in table.items():
        if isinstance(row, dict):
            cells = " | ".join(_cell(row[name]) for name in FACT_FIGURES)
            lines.append(f"| {kind} | {row['gold']} | {cells} |")
    lines += ["", f"| {pages['pages']} pages | measured |", "|---|---|"]
    names = {"f1": "body F1", "day": "publication day", "minute": "publication minute"}
    lines += [f"| {names.get(name, name)} | {_cell(pages[name])} |" for name in PAGE_FIGURES]
    lines.append(f"| pages with text of other articles | {pages['leaking_pages']} |")
    lines.append(f"| dates or authors invented | {_invented(pages)} |")
    return "\n".join(lines)


def _invented(pages: dict[str, Any]) -> int:
    return int(pages["dates_invented"] + pages["authors_invented"])


def _cell(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.3f}"


def write_readme(block: str) -> None:
    """Put ``block`` between the accuracy marks of the README."""
    text = README.read_text("utf-8")
    before, mark, rest = text.partition(MARKS[0])
    _, end, after = rest.partition(MARKS[1])
    if not mark or not end:
        raise SystemExit(f"README.md has no {MARKS[0]} … {MARKS[1]}")
    README.write_text(f"{before}{mark}\n{block}\n{end}{after}", "utf-8")


def show_rules(rules: dict[str, tuple[int, int]]) -> str:
    """Hits and precision of every rule, the least precise first."""
    ordered = sorted(rules.items(), key=lambda r: (r[1][0] / sum(r[1]), -sum(r[1])))
    lines = [f"{'rule':32} {'hits':>5} {'precision':>9}"]
    lines += [f"{n:32} {sum(h):5} {h[0] / sum(h):9.3f}" for n, h in ordered]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Run the gate; the exit code is 1 where a figure is below its floor."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--raise", action="store_true", dest="lift", help="raise the floors")
    parser.add_argument("--readme", action="store_true", help="rewrite README's accuracy table")
    chosen = parser.parse_args(arguments)
    if not GOLD.is_dir():
        print(f"gold gate skipped: {GOLD} is absent")
        return 0
    table, rules = fact_figures()
    pages = page_figures()
    block = markdown(table, pages)
    print(block, show_rules(rules), sep="\n\n")
    reached, floors = figures(table, pages), read_floors()
    if chosen.lift:
        lines = json.dumps(raised(reached, floors, rooms(table)), indent=1)
        FLOORS.write_text(lines + "\n", "utf-8")
    if chosen.readme:
        write_readme(block)
    failures = below(reached, floors)
    print("", *failures or ["every figure stands at or above its floor"], sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
