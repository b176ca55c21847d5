"""Text with decomposed letters: the same facts as of the composed text, each at its own place."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsextract as nx
from newsextract.composing import as_composed, as_given, composed

FACTS = sorted((Path(__file__).resolve().parents[1] / "fixtures" / "facts").glob("*.jsonl"))


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize("form", [decomposed, lambda text: text[:40] + decomposed(text[40:])])
@pytest.mark.parametrize("path", FACTS, ids=lambda path: path.stem)
def test_decomposed_letters_change_no_fact(form, path: Path) -> None:  # type: ignore[no-untyped-def]
    for line in path.read_text("utf-8").splitlines():
        check(unicodedata.normalize("NFC", json.loads(line)["text"]), form)


def check(text: str, form: Callable[[str], str]) -> None:
    apart = form(text)
    facts, same = nx.extract(apart), nx.extract(text)
    assert [(f.kind, f.value, f.rule) for f in facts] == [(f.kind, f.value, f.rule) for f in same]
    for fact, one in zip(facts, same, strict=True):
        assert apart[fact.start : fact.end] == fact.text
        assert unicodedata.normalize("NFC", fact.text) == one.text
        sentence = unicodedata.normalize("NFC", apart[slice(*fact.sentence)])
        assert sentence == text[slice(*one.sentence)]
    resolved, alike = nx.resolve(facts, apart), nx.resolve(same, text)
    assert resolved.ids() == alike.ids()
    assert [(x.rule, x.id, x.check) for x in resolved.links] == [
        (x.rule, x.id, x.check) for x in alike.links
    ]
    assert len(nx.explain(apart)) == len(nx.explain(text))


@given(st.text(alphabet="aăâdđeêoơuưyAĐ\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b각각 \n.1"))
def test_places_lead_there_and_back(text: str) -> None:
    plain, places = composed(text)
    assert plain == unicodedata.normalize("NFC", text)
    assert len(places) == len(plain) + 1
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, len(text))
    fact = nx.Fact("count", 0, len(plain), plain, nx.Count(1, 1, ""), "test", nx.Span(0, 0))
    there = as_given(fact, text, places)
    assert there.text == text
    assert as_composed(there, plain, places) == fact
