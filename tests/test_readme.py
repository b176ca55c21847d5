"""The README is true: its commands are the real ones and its Python blocks run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
READMES = [p for p in (ROOT / "README.md", ROOT / "README.vi.md") if p.exists()]


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_python_blocks_run(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("fixtures").symlink_to(ROOT / "fixtures")
    space: dict[str, object] = {}
    code = blocks(path, "python")
    assert code
    for block in code:
        exec(compile(block, str(path), "exec"), space)


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_two_commands_of_one_line_come_first(path):
    first, second = blocks(path, "sh")[:2]
    for command in (first, second):
        assert command.count("\n") == 1
        assert command.startswith("python3 -m venv ")
    assert " newsextract batch " in first.replace(".venv/bin/newsextract", " newsextract")
    assert "pytest" in second


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_commands_name_what_there_is(path):
    from newsextract.cli import main

    for block in blocks(path, "sh"):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if "newsextract" in words:
                assert words[words.index("newsextract") + 1] in main.commands, line
            for word in words:
                if word.startswith("fixtures/"):
                    assert (ROOT / word).exists(), word


def test_links_lead_somewhere():
    for path in READMES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text("utf-8")):
            assert (ROOT / target).exists(), target
