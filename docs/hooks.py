"""Pages that are made from the code when the site is built, so that they cannot be out of date."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[1]


def on_files(files: Files, config: Any) -> Files:
    """Add one page a kind, the schema, and the contributor's page."""
    from newsextract.facts import KINDS

    for kind in KINDS:
        if kind.is_fact:
            files.append(
                File.generated(config, f"kinds/{kind.name}.md", content=kind_page(kind.name))
            )
    files.append(File.generated(config, "schema.md", content=schema_page()))
    adding = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    files.append(File.generated(config, "adding.md", content=adding))
    return files


def kind_page(name: str) -> str:
    """A kind's own table of input → value, and the fields of its value."""
    tree = ast.parse((ROOT / "newsextract" / "facts" / f"{name}.py").read_text("utf-8"))
    about = ast.get_docstring(tree) or ""
    value = next(n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == name.title())
    fields = [
        f"| `{n.target.id}` | `{ast.unparse(n.annotation)}` |"
        for n in value.body
        if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)
    ]
    parts = [
        f"# {name.title()}",
        about,
        f"## The value: `nx.{value.name}`",
        ast.get_docstring(value) or "",
        "| field | type |\n|---|---|\n" + "\n".join(fields),
    ]
    return "\n\n".join(parts) + "\n"


def schema_page() -> str:
    """Tables, columns and views of a database, with their comments."""
    from newsextract.schema import METADATA

    parts = [(ROOT / "docs" / "schema-head.md").read_text("utf-8")]
    for table in METADATA.sorted_tables:
        rows = "\n".join(
            f"| `{c.name}` | {type(c.type).__name__} | {c.comment or ''} |" for c in table.columns
        )
        parts.append(
            f"## `{table.name}`\n\n{table.comment}\n\n| column | type | |\n|---|---|---|\n{rows}"
        )
    return "\n\n".join(parts) + "\n"
