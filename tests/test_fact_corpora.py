"""The corpora by kind: each row of ``fixtures/facts/<kind>.jsonl`` through the whole extractor.

A row is ``{"text", "value", "why"}``; ``value`` is the exchange value of the one fact of that kind
in the text, a list of them in order, or null where the kind reads nothing.
"""

from __future__ import annotations

import json
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import newsextract as nx

CORPORA = sorted((Path(__file__).resolve().parents[1] / "fixtures" / "facts").glob("*.jsonl"))
LEAST = 60  # values a corpus holds at least


def rows(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text("utf-8").splitlines()
    return [json.loads(line, parse_float=Decimal) for line in lines if line.strip()]


def wanted(row: dict[str, Any]) -> list[dict[str, Any]]:
    value = row["value"]
    return [] if value is None else value if isinstance(value, list) else [value]


def cases() -> list[Any]:
    return [
        pytest.param(path.stem, row, id=f"{path.stem}-{i}")
        for path in CORPORA
        for i, row in enumerate(rows(path), 1)
    ]


def read(kind: str, text: str) -> list[dict[str, Any]]:
    return [f.to_dict()["value"] for f in nx.extract(text) if f.kind == kind]


@pytest.mark.parametrize(("kind", "row"), cases())
def test_row(kind: str, row: dict[str, Any]):
    assert read(kind, row["text"]) == wanted(row), row["why"]


@pytest.mark.parametrize("path", CORPORA, ids=lambda p: p.stem)
def test_corpus_is_large_and_has_negatives(path: Path):
    found = rows(path)
    assert sum(len(wanted(row)) for row in found) >= LEAST
    assert sum(row["value"] is None for row in found) >= LEAST // 6
    assert all(row["why"] for row in found)
    texts = [row["text"] for row in found]
    assert len(set(texts)) == len(texts)
    assert all(unicodedata.is_normalized("NFC", t) for t in texts)


def test_every_kind_that_is_a_fact_has_a_corpus():
    assert {k.name for k in nx.KINDS if k.is_fact} == {p.stem for p in CORPORA}


# Letters of other languages that patterns without case take for i, I, s and k; and wide blanks.
ODD = [str.maketrans("isk", "ıſ\N{KELVIN SIGN}"), str.maketrans("iI", "İı"), {ord(" "): "  "}]


@pytest.mark.parametrize("odd", ODD, ids=["dotless", "dotted", "blanks"])
@pytest.mark.parametrize("path", CORPORA, ids=lambda p: p.stem)
def test_odd_letters_and_blanks_break_nothing(path: Path, odd: dict[int, int | str]):
    for row in rows(path):
        text = row["text"].translate(odd)
        assert all(text[f.start : f.end] == f.text for f in nx.extract(text))
