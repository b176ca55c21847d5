"""The rules of the house, walked over the source tree itself."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import newsextract

ROOT = Path(newsextract.__file__).resolve().parent
PROJECT = ROOT.parent
MODULES = sorted(ROOT.rglob("*.py"))

# The house in reading order, a room a line: left may not import right, above may not import below.
HOUSE = """
    errors given wording letters spelling vocabulary lexicon
    clock raw model composing folded filetypes locking gunzip
    sentence
    legacy garbled tidying decode
    headdates machinedates dates
    sites
    policy urls addresses coding transport robots hosts manners pagecache loops fetcher
    feeds links discovery warcwriter
    compression media records segments warc zipparts containers tars addresslist archive piped
    layout appeals clues notices looks writers bylineforms byline signing metadata
    scan builder tables
    cards survey body foot rivals claims headline daylines published
    extent captions photostory signatures story author hints listing otherkinds verdict page
    dump dumpmarks dumphead dumpbody dumpends plain
    reader
    crf kept lanes templates tokens wordmodel ties text
    numeral_words qualifiers numeral_places amount numerals nouns counted quantities
    names saints westerners phrases families
    communes joints fields reach areas leads bodies titles
    persons notes followers appositions rows holders chains sharing profiles
    facts
    link samedocument sameperson completion resolution
    pipeline
    terminal render
    scratch sketch flat likeness factrows lineforms exchange jsonform gathering factlines
    factschema schema ddl ledger storing seen
    arrow bulk complaints sessions connection textsearch upgrade writing database
    sheet filekeeping recordfiles parts parquet stores loading
    tally progress worker process crew inputs batching pieces engines
    sources output report
    console cli
"""
ORDER = HOUSE.split()
# A view is computed when first asked for, and may then look to its right.
VIEWS = {("model", "sentence"), ("model", "text"), ("model", "render")}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(p for p in parts if p != "__init__")


def imports(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append(node.module)
    return found


def libraries(path: Path) -> set[str]:
    roots = {i.split(".")[0] for i in imports(path)}
    return roots - sys.stdlib_module_names - {"newsextract", "__future__"}


def test_one_library_stands_in_one_file():
    users: dict[str, set[str]] = {}
    for path in MODULES:
        for library in libraries(path):
            users.setdefault(library, set()).add(name_of(path))
    assert {k: sorted(v) for k, v in users.items() if len(v) > 1 and k not in SHARED} == {}


# SQLAlchemy Core is the language of both the schema and the statements; Parquet is an archive to
# read (records) as well as a store to write (arrow); click spells both the ground and the commands.
SHARED = {"click", "sqlalchemy", "pyarrow"}


def test_facts_import_neither_page_text_nor_fetcher():
    banned = {f"newsextract.{m}" for m in ("page", "text", "fetcher", "plain", "reader", "body")}
    for path in ROOT.joinpath("facts").glob("*.py"):
        assert not banned & set(imports(path)), path.name


def test_no_kind_imports_another_kind():
    # A kind is a file that defines KIND; what two kinds share stands in a file without one.
    sources = ROOT.joinpath("facts").glob("*.py")
    kinds = {p.stem for p in sources if "\nKIND = " in p.read_text("utf-8")}
    assert len(kinds) >= 8
    for stem in kinds:
        path = ROOT / "facts" / f"{stem}.py"
        others = {i.removeprefix("newsextract.facts.") for i in imports(path)} & (kinds - {stem})
        assert not others, path.name


def test_imports_run_one_way():
    place = {name: i for i, name in enumerate(ORDER)}
    wrong = []
    for path in MODULES:
        here = name_of(path).split(".")[0]
        if here not in place:
            continue
        for target in imports(path):
            there = target.removeprefix("newsextract.").split(".")[0]
            if there not in place or not target.startswith("newsextract") or there == here:
                continue
            if place[there] > place[here] and (here, there) not in VIEWS:
                wrong.append((here, there))
    assert wrong == []


def test_every_module_has_its_place():
    top = {name_of(p).split(".")[0] for p in MODULES} - {"", "__main__"}
    assert len(ORDER) == len(set(ORDER))
    assert sorted(top - set(ORDER)) == []
    assert sorted(set(ORDER) - top) == []


HEAVY = ("underthesea", "httpx", "pyarrow", "sqlalchemy", "selectolax", "dateparser", "click")


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout


def test_import_loads_no_library():
    code = f"import sys, newsextract; print([m for m in {HEAVY!r} if m in sys.modules])"
    assert run(code).strip() == "[]"


def test_extracting_from_a_string_loads_no_library():
    code = (
        "import sys, newsextract as n; n.extract('12 xã');"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    assert run(code).strip() == "[]"


def test_import_reads_few_modules():
    # Counted, not timed: every module costs, and a slow machine must not fail the test.
    code = "import sys; a = len(sys.modules); import newsextract; print(len(sys.modules) - a)"
    assert int(run(code)) <= 40


def test_public_names_are_sorted_and_documented():
    assert newsextract.__all__ == sorted(newsextract.__all__)
    for name in newsextract.__all__:
        value = getattr(newsextract, name)
        if inspect.isclass(value) or callable(value):
            assert inspect.getdoc(value), f"{name} has no docstring"


def test_no_public_name_is_shadowed_by_a_module():
    modules = {name_of(p).split(".")[0] for p in MODULES}
    assert modules & set(newsextract.__all__) == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_public_things_say_what_they_are(path: Path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), f"{path.name} has no docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.name}: {node.name}"


def test_no_module_is_too_long():
    long = {name_of(p): n for p in MODULES if (n := len(p.read_text("utf-8").splitlines())) > 300}
    assert long == {}


def test_no_function_is_too_long():
    long = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = node.end_lineno - node.body[0].lineno + 1
                if isinstance(node.body[0], ast.Expr) and isinstance(
                    node.body[0].value, ast.Constant
                ):
                    lines -= node.body[0].end_lineno - node.body[0].lineno + 1
                if lines > 35:
                    long.append((name_of(path), node.name, lines))
    assert long == []


def test_at_most_four_parameters_by_position():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                args = [a.arg for a in (*node.args.posonlyargs, *node.args.args)]
                args = [a for a in args if a not in ("self", "cls")]
                assert len(args) <= 4, f"{path.name}: {node.name}({', '.join(args)})"


def test_no_vague_module_names():
    vague = re.compile(r"util|helper|manager|common|misc")
    assert [p.name for p in MODULES if vague.search(p.name)] == []


def test_dependencies_are_used_and_declared():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    declared = {
        re.split(r"[\[><=]", d)[0].replace("-", "_").lower()
        for d in [*project["dependencies"], *(d for e in RUNTIME for d in extras[e])]
    }
    used = {IMPORT_NAMES.get(lib, lib).lower() for p in MODULES for lib in libraries(p)}
    assert used - declared == set()
    # underthesea's files are read where it is installed; it is imported by name, and only in doubt.
    assert declared - used == {"underthesea"}


RUNTIME = ("warc", "zstd", "parquet", "postgres", "duckdb", "mysql", "dask")
# httpx brings httpcore, and stands for its successor too, which has the same names.
IMPORT_NAMES = {"httpcore": "httpx", "httpx2": "httpx", "httpcore2": "httpx"}


def test_every_public_module_imports():
    for path in MODULES:
        importlib.import_module(f"newsextract.{name_of(path)}".rstrip("."))
