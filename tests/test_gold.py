"""The gate itself: floors only rise, what falls below is named, README's table is rewritten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import gold

ROW = {"gold": 10, "precision": 0.9, "recall": 0.8, "value_f1": 0.847}
TABLE: dict[str, Any] = {"ratio": ROW, "all": {**ROW, "recall": None}, "broken_spans": 0}
PAGES: dict[str, Any] = {
    "pages": 10, "f1": 0.991, "title": 1.0, "day": 0.9, "minute": 0.9, "author": None,
    "lead": 1.0, "leaking_pages": 1, "dates_invented": 0, "authors_invented": 1,
}  # fmt: skip


def test_figures_are_all_better_when_higher():
    found = gold.figures(TABLE, PAGES)
    assert found["facts.ratio.precision"] == 0.9
    assert found["facts.whole_spans"] == 1
    assert found["pages.without_leak"] == pytest.approx(0.9)
    assert found["pages.without_invention"] == pytest.approx(0.9)
    assert "facts.all.recall" not in found
    assert "pages.author" not in found


def test_floors_only_rise():
    floors = gold.raised({"a": 0.9, "b": 1.0, "c": 0.5}, {"a": 0.95, "c": 0.4, "gone": 0.7}, {})
    assert floors == {"a": 0.95, "b": 1.0, "c": 0.499, "gone": 0.7}
    assert gold.raised({"a": 0.9}, floors, {})["a"] == 0.95


def test_a_floor_leaves_room_for_one_label():
    room = gold.rooms(TABLE)
    assert room["facts.ratio.precision"] == pytest.approx(0.1)
    assert gold.raised({"facts.ratio.precision": 1.0}, {}, room) == {"facts.ratio.precision": 0.9}
    assert gold.raised({"facts.ratio.precision": 0.05}, {}, room)["facts.ratio.precision"] == 0


def test_what_is_below_its_floor_or_gone_is_named():
    assert gold.below({"a": 0.9}, {"a": 0.9}) == []
    low = gold.below({"a": 0.89}, {"a": 0.9, "gone": 0.1})
    assert [line.split()[0] for line in low] == ["a", "gone"]


def test_a_raised_floor_is_reached_by_what_raised_it():
    reached = gold.figures(TABLE, PAGES)
    assert gold.below(reached, gold.raised(reached, {}, gold.rooms(TABLE))) == []


def test_readme_table_stands_between_the_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- accuracy -->\nold\n<!-- /accuracy -->\nafter\n", "utf-8")
    monkeypatch.setattr(gold, "README", readme)
    block = gold.markdown(TABLE, PAGES)
    gold.write_readme(block)
    gold.write_readme(block)
    text = readme.read_text("utf-8")
    assert text == f"before\n<!-- accuracy -->\n{block}\n<!-- /accuracy -->\nafter\n"
    assert "| ratio | 10 | 0.900 | 0.800 | 0.847 |" in text
    readme.write_text("no marks", "utf-8")
    with pytest.raises(SystemExit, match="accuracy"):
        gold.write_readme(block)


def test_rules_are_shown_least_precise_first():
    shown = gold.show_rules({"a.x": (9, 1), "a.y": (1, 1), "a.z": (3, 0)}).splitlines()[1:]
    assert [line.split()[0] for line in shown] == ["a.y", "a.x", "a.z"]


def test_without_gold_the_gate_says_so_and_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(gold, "GOLD", tmp_path / "absent")
    assert gold.main([]) == 0
    assert "skipped" in capsys.readouterr().out
