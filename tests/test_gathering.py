"""Facts on lines of their own: all lines of one load belong together, wherever they stand."""

from __future__ import annotations

import gzip
import io
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from results import BODY, TITLE, article, digest, facts_of, result
from storekinds import state

import newsextract as nx
from newsextract import Count, Fact, Result
from newsextract.cli import main
from newsextract.errors import StoreError
from newsextract.exchange import encode, encode_bytes, read_lines
from newsextract.gathering import Gathered
from newsextract.lineforms import fact_record, result_record
from newsextract.loading import load
from newsextract.sources import standard_lines
from newsextract.stores import open_store
from newsextract.storing import Written


def lines_of(*results: Result, kinds: tuple[str, ...] = (), **changed: Any) -> list[bytes]:
    """The fact lines that ``extract --format jsonl`` prints, ``--kind`` perhaps given."""
    return [
        encode_bytes(fact_record(f, r) | changed)
        for r in results
        for f in r.facts
        if not kinds or f.kind in kinds
    ]


def written(path: Path, lines: list[bytes]) -> Path:
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def gathered(lines: list[bytes]) -> list[Result]:
    return [line.result for line in Gathered(read_lines(lines))]


THREE = [result(n) for n in range(3)]
KINDS = sorted({f.kind for f in THREE[0].facts})


def test_lines_of_two_files_add_up_in_one_load(tmp_path: Path):
    money = written(tmp_path / "money.jsonl", lines_of(*THREE, kinds=("money",)))
    counts = written(tmp_path / "counts.jsonl", lines_of(*THREE, kinds=("count",)))
    with open_store(tmp_path / "f.db") as store:
        assert load([money, str(counts)], store) == Written(3, 6)
        for one in THREE:
            assert one.article is not None
            assert {f.kind for f in store.facts(one.article.id)} == {"money", "count"}


def test_files_come_in_any_form(tmp_path: Path):
    for name in ("money", "count"):
        written(tmp_path / f"{name}.jsonl", lines_of(*THREE, kinds=(name,)))
    assert load(tmp_path.glob("*.jsonl"), tmp_path / "a.db") == Written(3, 6)
    some = lines_of(*THREE, kinds=("ratio",))
    assert load([tmp_path / "money.jsonl", some, b"\n".join(some)], tmp_path / "b.db") == Written(
        3, 6
    )
    assert load(iter(some), tmp_path / "c.db") == Written(3, 3)
    for nothing in ([], iter([]), b"", ["", " "]):
        assert load(nothing, tmp_path / "d.db") == Written()


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 5), st.integers(0, 3))
def test_neither_order_nor_division_nor_repeats_change_what_is_gathered(
    random: Random, parts: int, again: int
):
    whole = lines_of(*THREE)
    lines = whole + random.choices(whole, k=again)
    random.shuffle(lines)
    cuts = sorted(random.choices(range(len(lines) + 1), k=parts - 1))
    pieces = [lines[a:b] for a, b in zip([0, *cuts], [*cuts, len(lines)], strict=True)]
    found = gathered([line for piece in pieces for line in piece])
    assert {r.article.id: r.facts for r in found if r.article} == {
        r.article.id: r.facts for r in THREE if r.article
    }
    assert found == gathered(whole)


def test_a_shuffled_file_split_anywhere_gives_the_same_store(url: str, tmp_path: Path):
    lines = lines_of(*THREE)
    with open_store(tmp_path / "whole.db") as store:
        load(lines, store)
        wanted = state(store)
    Random(5).shuffle(lines)
    files = [written(tmp_path / f"{n}.jsonl", lines[n::4]) for n in range(4)]
    for _ in range(2):  # the same again changes nothing
        assert load(files, url).facts == 27
        with open_store(url) as store:
            assert state(store) == wanted


def test_a_fact_that_comes_twice_is_one_fact():
    (line,) = lines_of(THREE[0], kinds=("ratio",))
    again = encode_bytes(fact_record(THREE[0].facts[0], THREE[0]) | {"rule": "of-another-version"})
    (found,) = gathered([line, again, line])
    assert [f.value for f in found.facts] == [THREE[0].facts[0].value]
    assert gathered([again, line]) == [found]


def test_facts_that_differ_in_kind_place_or_value_are_different_facts():
    head = ("ratio", "count", "count", "count")
    values = [Count(n, n, "xã") for n in (1, 1, 2, 1)]
    places = [(0, 9), (0, 9), (0, 9), (0, 8)]
    made = [
        Fact(k, *p, "x" * p[1], v, "r")
        for k, p, v in zip(head[1:], places[1:], values[1:], strict=True)
    ]
    one = replace(THREE[0], facts=tuple(made))
    (found,) = gathered(lines_of(one))
    assert set(found.facts) == set(made)


def test_of_two_copies_of_a_page_one_is_kept_whatever_the_order():
    longer = replace(THREE[0], source="b.html", fingerprint=digest("b"))
    shifted = tuple(replace(f, start=f.start + 2, end=f.end + 2) for f in longer.facts[:4])
    shorter = replace(THREE[0], source="a.html", fingerprint=digest("a"), facts=shifted)
    lines = lines_of(shorter, longer)
    for order in (lines, lines[::-1], sorted(lines)):
        gathering = Gathered(read_lines(order))
        (found,) = (line.result for line in gathering)
        assert (found.source, found.facts) == ("b.html", longer.facts)
        assert gathering.left_out == 1
    with open_store("sqlite:///:memory:") as store:
        assert load(lines, store) == Written(1, 9, 0, 1)


def test_the_same_bytes_read_from_two_places_are_one_input():
    moved = replace(THREE[0], source="elsewhere/0.html")
    lines = lines_of(THREE[0], kinds=("money",)) + lines_of(moved, kinds=("count", "ratio"))
    (found,) = gathered(lines)
    assert {f.kind for f in found.facts} == {"money", "count", "ratio"}


def test_lines_that_do_not_say_their_bytes_go_by_source_or_address():
    lines = lines_of(THREE[0], fingerprint=None)
    assert gathered(lines) == gathered(lines_of(THREE[0]))
    assert len(gathered(lines_of(THREE[0], fingerprint=None, source=None))[0].facts) == 9
    assert len(gathered(lines_of(THREE[0], fingerprint="", source="", url=None))[0].facts) == 9


def test_what_only_some_lines_say_of_the_article_is_kept():
    bare, full = lines_of(THREE[0], title=None, url=None, published=None), lines_of(THREE[0])
    (found,) = gathered([*bare[:5], *full[5:]])
    assert found.article is not None
    assert found.article.title == THREE[0].article.title  # type: ignore[union-attr]
    assert found.article.published == THREE[0].article.published  # type: ignore[union-attr]
    assert len(found.facts) == 9


def test_an_article_read_from_its_page_keeps_its_facts(tmp_path: Path):
    # Whole results and lone facts of one article, in one load and in two, in either order.
    whole = encode_bytes(result_record(THREE[0], "0.1"))
    alone = lines_of(THREE[0], kinds=("money",))
    for n, order in enumerate(([whole, *alone], [*alone, whole])):
        load(order, f"{tmp_path}/{n}.db")
        load(alone, f"{tmp_path}/{n}.db")
        with open_store(f"{tmp_path}/{n}.db") as store:
            (kept,) = store.articles()
            assert kept == THREE[0].article
            assert store.facts(kept.id) == THREE[0].facts


def test_facts_alone_are_no_duplicates_of_the_article_they_were_read_from(url: str):
    with open_store(url) as store:
        store.write([*THREE, replace(THREE[0], fingerprint=digest("copy"))])
        wanted = state(store)
        assert load(lines_of(*THREE), store) == Written(0, 0, 0, 3)
        assert state(store) == wanted
    with open_store(url) as store:
        assert state(store) == wanted


def test_an_article_takes_the_place_of_its_facts_alone(url: str):
    with open_store(url) as store:
        load(lines_of(*THREE), store)
        store.write(THREE)
        assert store.counts() == Written(3, 27)
        assert {a.text for a in store.articles()} == {r.article.text for r in THREE if r.article}


def test_a_later_load_takes_the_place_of_an_earlier(tmp_path: Path):
    to = f"{tmp_path}/f.db"
    load(lines_of(*THREE, kinds=("money",)), to)
    assert load(lines_of(THREE[0], kinds=("count",)), to) == Written(1, 1, 0, 0, 1)
    with open_store(to) as store:
        assert store.counts() == Written(3, 3)
        (row,) = store.rows("SELECT COUNT(*) AS n FROM fact WHERE kind = 'money'")
        assert row["n"] == 2


def test_a_bad_line_loads_no_part_of_an_article(tmp_path: Path):
    to = f"{tmp_path}/f.db"
    load(lines_of(*THREE), to)
    lines = lines_of(*THREE)[:20]
    path = written(tmp_path / "cut.jsonl", [*lines, lines[0][:-9]])
    with pytest.raises(StoreError, match=r"cut\.jsonl: line 21 .* none of the facts"):
        load(path, to)
    with open_store(to) as store:
        assert store.counts() == Written(3, 27)


def test_memory_does_not_grow_with_the_lines():
    one = lines_of(THREE[0])

    def many(articles: int) -> Any:
        for n in range(articles * len(one)):  # every line of another article than its neighbours
            which = b'"article_id":"%d"' % (n % articles)
            yield one[n // articles].replace(b'"article_id":"' + _id(one) + b'"', which)

    peaks = []
    for articles in (100, 1000):
        tracemalloc.start()
        assert sum(len(line.result.facts) for line in Gathered(read_lines(many(articles)))) == (
            9 * articles
        )
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0] + 100_000


def _id(lines: list[bytes]) -> bytes:
    return lines[0].split(b'"article_id":"')[1].split(b'"')[0]


def test_the_command_takes_files_together_and_says_what_it_did(tmp_path: Path):
    kinds = {"money": ("money",), "count": ("count",)}
    files = [
        str(written(tmp_path / f"{name}.jsonl", lines_of(*THREE, kinds=kind)))
        for name, kind in kinds.items()
    ]
    run = CliRunner().invoke
    done = run(main, ["load", *files, "--to", f"{tmp_path}/f.db"])
    assert done.output.startswith("2 files: 3 articles, 6 facts → sqlite:")
    done = run(main, ["load", files[0], "--to", f"{tmp_path}/f.db"])
    assert f"{files[0]}: 3 articles (3 in place of earlier ones), 3 facts → " in done.output
    lines = Path(files[1]).read_bytes()
    done = run(main, ["load", "-", files[0], "--to", f"{tmp_path}/g.db"], input=lines)
    assert "2 files: 3 articles, 6 facts" in done.output


def test_a_packed_stream_loads(tmp_path: Path):
    packed = gzip.compress(b"\n".join(lines_of(THREE[0])))
    assert load(io.BufferedReader(io.BytesIO(packed)), tmp_path / "f.db") == Written(1, 9)


def test_no_store_is_made_for_a_file_that_is_not_there(tmp_path: Path):
    there = written(tmp_path / "there.jsonl", lines_of(THREE[0]))
    none, to = tmp_path / "none.jsonl", tmp_path / "f.db"
    for given_ in (none, [there, none], [there, str(none)]):
        with pytest.raises(StoreError, match=r"none\.jsonl: No such file"):
            load(given_, to)
    done = CliRunner().invoke(main, ["load", str(there), str(none), "--to", str(to)])
    assert (done.exit_code, to.exists()) == (1, False)


NO_LINES = [
    b"hello\n",
    b'{"a": 1}\n',
    b"[1, 2]\n",
    b'{"kind": "count", "start": 0, "end": 1, "text": "x", "value": {}}\n',  # of no article
]


@pytest.mark.parametrize("name", ["f.db", "f.jsonl", "f.csv", "f.duckdb", "f/"])
@pytest.mark.parametrize("content", [*NO_LINES, lines_of(THREE[0])[0] + b"\n{"])
def test_what_is_no_line_leaves_no_empty_store(tmp_path: Path, name: str, content: bytes):
    path = written(tmp_path / "given.jsonl", [content])
    for source in (path, [path], content, content.splitlines()):
        with pytest.raises(StoreError, match="is not in the exchange form"):
            load(source, f"{tmp_path}/{name}")
    done = CliRunner().invoke(main, ["load", str(path), "--to", f"{tmp_path}/{name}"])
    assert done.exit_code == 1
    assert list(tmp_path.iterdir()) == [path]


def test_another_file_than_lines_is_named(tmp_path: Path):
    open_store(tmp_path / "a.db").close()
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04" + bytes(30))
    for name, what in (("a.db", "an SQLite database"), ("a.zip", "a ZIP archive")):
        with pytest.raises(StoreError, match=f"{name}: it is {what} — give a file of JSON lines"):
            load(tmp_path / name, tmp_path / "b.db")
    assert not (tmp_path / "b.db").exists()


def test_what_stands_before_a_bad_line_is_kept(tmp_path: Path):
    good = nx.to_json(THREE[0])
    with pytest.raises(StoreError, match="line 2 is not in the exchange form"):
        load([good, "{"], tmp_path / "f.db")
    with open_store(tmp_path / "f.db", create=False) as store:
        assert store.counts().articles == 1


def test_no_lines_at_all_make_an_empty_store(tmp_path: Path):
    assert load([], tmp_path / "f.db") == Written()
    with open_store(tmp_path / "f.db", create=False) as store:
        assert store.counts() == Written()


def test_a_store_that_cannot_be_is_told_before_all_is_read(tmp_path: Path):
    def never() -> Iterator[bytes]:
        raise AssertionError("a line was read")
        yield b""

    for to in ("nonsense://x", f"{tmp_path}/none/f.db", "sqlite://", "facts.html"):
        with pytest.raises(StoreError):
            load(never(), to)


def test_one_line_of_text_is_a_line(tmp_path: Path):
    one = nx.to_json(THREE[0])
    assert load(one, tmp_path / "a.db") == Written(1, 9)
    assert load(f"{one}\n{nx.to_json(THREE[1])}\n", tmp_path / "b.db") == Written(2, 18)
    with pytest.raises(StoreError, match="one array — give a line for each result"):
        load(nx.to_json(THREE), tmp_path / "c.db")
    with pytest.raises(TypeError, match="not Result; an open store's write takes results"):
        load(THREE, tmp_path / "c.db")  # type: ignore[arg-type]


def test_a_closed_standard_input_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("newsextract.sources.sys.stdin", None)
    with pytest.raises(StoreError, match="<stdin>: it is closed"):
        standard_lines()


def test_lines_may_be_text(tmp_path: Path):
    records = [encode(fact_record(f, THREE[0])) for f in THREE[0].facts]
    assert load(records, f"{tmp_path}/a.db") == Written(1, 9)
    marked = "\ufeff" + "\r\n".join(records)  # as some editors save it
    assert load(marked.encode(), f"{tmp_path}/c.db") == Written(1, 9)
    assert load(io.StringIO(marked), f"{tmp_path}/d.db") == Written(1, 9)
    path = tmp_path / "f.jsonl"
    path.write_text("\n".join(records), "utf-8")
    with path.open(encoding="utf-8") as file:
        assert load(file, tmp_path / "b.db") == Written(1, 9)


@pytest.mark.parametrize("given", [None, 3, {"article_id": "a"}, [{"kind": "count"}], [None]])
def test_what_holds_no_lines_is_refused(tmp_path: Path, given: Any):
    with pytest.raises(TypeError, match="load reads files or lines of JSON, not"):
        load(given, tmp_path / "f.db")


@pytest.mark.parametrize("number", ["1e999999999", "-1.5E-999999999", "1e401"])
def test_a_number_that_would_fill_the_memory_is_refused(number: str):
    (line,) = lines_of(THREE[0], kinds=("ratio",))
    with pytest.raises(StoreError, match="line 1 is not in the exchange form"):
        gathered([line.replace(b"262,", number.encode() + b",")])
    assert gathered([line.replace(b"262,", b"1e30,")])[0].facts[0].value.part == 10**30


def test_a_store_reads_back_what_a_users_own_function_gave(tmp_path: Path):
    odd = replace(THREE[0], facts=(replace(THREE[0].facts[0], start=-1, end=-1),))
    with open_store(tmp_path / "f.jsonl") as store:
        store.write([odd])
        assert odd.article is not None
        assert store.facts(odd.article.id) == odd.facts


IMPOSSIBLE = (
    {"start": -1},
    {"start": 2**31, "end": 2**31},
    {"end": 10**30},
    {"start": 9, "end": 3},
    {"sentence": [0, 2**31]},
)


@pytest.mark.parametrize("place", IMPOSSIBLE, ids=str)
def test_a_place_that_no_text_has_is_refused(place: dict[str, Any]):
    with pytest.raises(StoreError, match="line 1 is not in the exchange form"):
        gathered(lines_of(THREE[0], **place)[:1])


def test_our_own_results_are_what_the_tests_take_them_for():
    assert len(KINDS) == 8
    assert facts_of(article(0).text) == THREE[0].facts


def test_a_search_finds_articles_without_text_by_their_title(url: str):
    with open_store(url) as store:
        load(lines_of(*THREE), store)
        found = store.search("tinh uy thai binh")
        assert {f.article_id for f in found} == {r.article.id for r in THREE if r.article}
        assert TITLE.startswith(found[0].excerpt[:20])
        assert store.search("đối tượng") == ()  # that is in the text only
        load(lines_of(THREE[0], title="Chợ đêm đón khách"), store)
        assert len(store.search("tinh uy thai binh")) == 2
        (moved,) = store.search("cho dem")
        assert (moved.title, moved.excerpt) == ("Chợ đêm đón khách", "Chợ đêm đón khách")
    with open_store(url) as store:
        assert len(store.search("chợ đêm")) == 1
        assert store.counts() == Written(3, 27)


def test_facts_alone_of_a_page_that_is_a_duplicate_are_not_counted_again(url: str):
    copy = result("copy", body=f"{BODY} Bản tin số 0.")  # the text of the first, elsewhere
    with open_store(url) as store:
        store.write([*THREE, copy])
        wanted = state(store)
        assert (len(wanted["articles"]), wanted["duplicates"]) == (3, 1)
        assert load(lines_of(*THREE, copy), store) == Written(0, 0, 0, 4)
        assert state(store) == wanted
    with open_store(url) as store:
        assert load(lines_of(copy, *THREE), store) == Written(0, 0, 0, 4)
        assert state(store) == wanted
