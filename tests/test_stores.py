"""Every store keeps the same: one contract, run on each."""

from __future__ import annotations

import datetime as dt
import itertools
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from results import BODY, TITLE, VIETNAM, article, digest, failure, result
from storekinds import DATABASES, NUMBERS, state

from newsextract import Count, Official, ddl, upgrade
from newsextract.cli import main
from newsextract.connection import Connection
from newsextract.errors import StoreError
from newsextract.exchange import encode
from newsextract.lineforms import result_record
from newsextract.loading import load
from newsextract.model import Article, Fact, Result, Span
from newsextract.seen import Seen
from newsextract.stores import Written, open_store


def test_what_is_written_is_read_back(url: str):
    written = result()
    with open_store(url) as store:
        assert store.write([written]) == Written(1, 9, 0, 0)
        assert written.article is not None
        found = store.article(written.article.id)
        assert found.blocks == written.article.blocks
        for name in ("text", "author", "published", "url", "site", "province", "fetched"):
            assert getattr(found, name) == getattr(written.article, name), name
        for name in ("canonical_url", "source", "charset", "repairs", "warnings", "title", "id"):
            assert getattr(found, name) == getattr(written.article, name), name
        assert store.facts(found.id) == written.facts
        assert [f.sentence for f in store.facts(found.id)] == [f.sentence for f in written.facts]
        assert [f.to_dict() for f in store.facts(found.id)] == [f.to_dict() for f in written.facts]


def test_it_is_still_there_when_opened_again(url: str):
    with open_store(url) as store:
        store.write([result(n) for n in range(3)])
        store.write([failure(), result(3)])
        before = state(store)
    with open_store(url, create=False) as store:
        assert state(store) == before
        assert store.counts() == Written(4, 36, 1, 0)


def test_writing_again_changes_nothing(url: str):
    everything = [result(1), result(2), failure(), result(3, body=f"{BODY} Bản tin số 2.")]
    with open_store(url) as store:
        store.write(everything)
        before = state(store)
        store.write(everything)
        assert state(store) == before
    with open_store(url) as store:
        assert state(store) == before
        assert store.counts() == Written(2, 18, 1, 1)


def test_writing_an_article_replaces_its_facts(url: str):
    first = result()
    with open_store(url) as store:
        store.write([first, result(2)])
        store.write([replace(first, facts=first.facts[2:4])])
        assert first.article is not None
        assert store.facts(first.article.id) == first.facts[2:4]
        assert store.counts() == Written(2, 11, 0, 0)
    with open_store(url) as store:
        assert store.facts(first.article.id) == first.facts[2:4]
        assert store.counts() == Written(2, 11, 0, 0)


def test_an_article_with_the_same_text_is_brought_up_to_date(url: str):
    old, other = result(1), result(2)
    assert old.article is not None
    new = replace(old, article=replace(old.article, author="Trần Hai", warnings=("w",)))
    body = replace(result(2, body="Chợ đêm mở cửa."), fingerprint=other.fingerprint)
    with open_store(url) as store:
        store.write([old, other])
        assert store.write([new, body, result(3)]).articles == 3
        found = store.article(old.article.id)
        assert (found.text, found.author, found.warnings) == (old.article.text, "Trần Hai", ("w",))
        assert store.facts(found.id) == old.facts
        assert "Chợ đêm" in store.article(other.article.id).text  # type: ignore[union-attr]
        assert store.counts() == Written(3, 18, 0, 0)


def test_done_knows_articles_failures_and_duplicates_of_this_version(url: str):
    copy = result("copy", body=f"{BODY} Bản tin số 1.")
    inputs = [result(1), failure(), copy]
    names = [r.fingerprint for r in inputs]
    with open_store(url) as store:
        assert store.done(names) == set()
        store.write(inputs)
        assert store.done([*names, digest("other"), ""]) == set(names)
    with open_store(url) as store:
        assert store.done(iter(names)) == set(names)
        store.version = "99.0"
        assert store.done(names) == set()


def test_an_input_has_one_outcome(url: str):
    good, bad = result(1), failure(1)
    with open_store(url) as store:
        assert store.write([bad]) == Written(0, 0, 1, 0)
        assert store.write([good]) == Written(1, 9, 0, 0)
        assert store.counts() == Written(1, 9, 0, 0)
        assert store.write([bad]) == Written(0, 0, 0, 1)  # its bytes gave an article before
        assert store.counts() == Written(1, 9, 0, 0)
        store.version = "99.0"  # a newer version knows better than an older
        assert store.write([bad]) == Written(0, 0, 1, 0, 1)
        assert store.counts() == Written(0, 0, 1, 0)
    with open_store(url) as store:
        assert store.counts() == Written(0, 0, 1, 0)


def test_a_failure_without_bytes_is_kept_once(url: str):
    bad = replace(failure(), fingerprint="")
    with open_store(url) as store:
        store.write([bad])
        store.write([bad, bad])
        assert store.counts() == Written(0, 0, 1, 0)
        (row,) = store.failures()
        assert (row["reason"], row["source"]) == ("no-body", bad.source)
        assert row["what"] == "no block with text"


def test_what_could_not_be_had_and_then_was_is_no_failure_any_more(url: str):
    with open_store(url) as store:
        store.write([replace(failure(1), fingerprint="")])
        assert store.counts().failures == 1
        store.write([result(1)])
        assert store.counts() == Written(1, 9, 0, 0)
    with open_store(url) as store:
        assert store.counts() == Written(1, 9, 0, 0)


def test_every_input_is_counted_once(url: str):
    everything = [result(1), result(1), failure(), failure(), failure(1), result(2)]
    with open_store(url) as store:
        assert store.write(everything) == Written(2, 18, 1, 3)
        assert store.counts() == Written(2, 18, 1, 0)


def test_nothing_at_all_can_be_written(url: str):
    with open_store(url) as store:
        assert store.write([]) == Written()
        assert state(store)["articles"] == []
        assert list(store.failures()) == []


def test_runs_are_numbered_and_reported(url: str):
    with open_store(url) as store:
        first = store.start_run(archive="2019.warc.gz", workers=2)
        store.finish_run(first, {"articles": 3, "rate": 1.5})
    with open_store(url) as store:
        assert store.start_run() == first + 1


SAME = (
    ("the same address", {"url": "https://bao.example/a"}, {"url": "https://bao.example/a"}),
    ("the same text", {"body": BODY}, {"body": BODY}),
    (
        "the same canonical address",
        {"canonical_url": "https://bao.example/c"},
        {"canonical_url": "https://bao.example/c"},
    ),
)


@pytest.mark.parametrize(("what", "first", "second"), SAME, ids=[s[0] for s in SAME])
def test_the_same_article_is_kept_once(url: str, what: str, first: Any, second: Any):
    a, b = result("a", **first), result("b", **second)
    with open_store(url) as store:
        with Seen() as seen:
            one, two = (seen.net(store.settle([each])).written for each in (a, b))
        assert store.counts() == Written(1, 9, 0, 1), what
        assert one.plus(two) == store.counts()
        assert store.done([a.fingerprint, b.fingerprint]) == {a.fingerprint, b.fingerprint}


def test_a_newer_version_of_a_page_takes_the_place_of_an_older(url: str):
    def at(day: int) -> Result:
        made = result(day, url="https://bao.example/a", body=f"{BODY} Cập nhật lần {day}.")
        assert made.article is not None
        fetched = made.article.fetched
        assert fetched is not None
        return replace(made, article=replace(made.article, fetched=fetched.replace(day=day)))

    newer = at(9).article
    assert newer is not None
    for order in ([at(2), at(9), at(5)], [at(9), at(5), at(2)]):
        with open_store(url) as store:
            total = Written()
            for one in order:
                total = total.plus(store.write([one]))
            assert store.article(newer.id).text == newer.text
            assert store.counts() == Written(1, 9, 0, 2)


def test_what_is_kept_does_not_depend_on_the_order(url_of: Any, tmp_path: Path):
    # b is the same as a by address and the same as c by text: one article in all.
    a = result("a", url="https://bao.example/1", body=f"{BODY} Một.")
    b = result("b", url="https://bao.example/1", body=f"{BODY} Hai hai hai.")
    c = result("c", url="https://bao.example/2", body=f"{BODY} Hai hai hai.")
    states = []
    for number, order in enumerate(itertools.permutations([a, b, c])):
        for cut in (1, 2, 3):
            with open_store(f"sqlite:///{tmp_path}/{number}-{cut}.db") as store, Seen() as seen:
                total = Written()
                for i in range(0, 3, cut):
                    total = total.plus(seen.net(store.settle(order[i : i + cut])).written)
                assert total == store.counts()
                states.append(state(store))
    assert all(s == states[0] for s in states)
    assert states[0]["duplicates"] == 2


SEARCHES = (
    ("tinh uy thai binh", True),
    ("Tỉnh ủy Thái Bình", True),
    ("tỉnh uỷ", True),  # the older place of the tone
    ("TỈNH ỦY", True),
    ("duong tru", False),
    ("doi tuong ra dau thu", True),  # đ is d
    ("đối tượng", True),
    ("đôi tượng", False),  # typed with marks, other marks are another word
    ('"tự quản thực hiện"', False),  # in quotes, in this order
    ('"mô hình tự quản"', True),
    ("thú đầu đối", True),  # loose words, any order
    ("Quyết định 06", True),
    ("", False),
    ('"', False),
    ("quan OR", False),  # no operators: words
    ("a' OR 1=1 --", False),
)


def test_search_with_and_without_diacritics(url: str):
    other = result("khác", body="Chợ đêm mở cửa phục vụ du khách.")
    title = (("title", "Chợ đêm", "h1"), ("paragraph", "Khách đến chợ đêm mỗi tối.", "p"))
    other = replace(other, article=Article.assemble(title, url="https://bao.example/cho"))
    with open_store(url) as store:
        store.write([result(), replace(other, facts=())])
        for query, hit in SEARCHES:
            found = store.search(query)
            assert [f.title for f in found] == ([TITLE] if hit else []), query
        (market,) = store.search("cho dem")
        assert market.url == "https://bao.example/cho"
        assert "Chợ đêm" in market.excerpt


CLOSED = {
    "counts": lambda store: store.counts(),
    "article": lambda store: store.article("a"),
    "articles": lambda store: list(store.articles()),
    "newest": lambda store: list(store.newest()),
    "facts": lambda store: store.facts("a"),
    "failures": lambda store: list(store.failures()),
    "forget_failures": lambda store: store.forget_failures(["a"]),
    "done": lambda store: store.done(["a"]),
    "search": lambda store: store.search("xã"),
    "write": lambda store: store.write([result()]),
    "start_run": lambda store: store.start_run(),
    "finish_run": lambda store: store.finish_run(1, {}),
}


def test_a_closed_store_says_that_it_is(url: str):
    store = open_store(url)
    store.write([result(), failure()])
    store.close()
    for name, ask in CLOSED.items():
        with pytest.raises(StoreError, match="the store is closed — open it again"):
            pytest.fail(f"{name} gave {ask(store)!r}")
    store.close()


def test_what_cannot_be_written_or_asked_for_is_named(url: str):
    written = result()
    with open_store(url) as store:
        for one in (written, None, 5, "a", {"a": written}):
            with pytest.raises(TypeError, match="results: give a list of results, not one "):
                store.write(one)  # type: ignore[arg-type]
        for one in (written.article, written.facts[0], None, written.facts):
            with pytest.raises(TypeError, match=r"a result is what read_result gives: .*, not "):
                store.write([written, one])  # type: ignore[list-item]
        assert store.counts() == Written()
        assert store.write(iter([written])).articles == 1
        for one in (None, 5, written.article):
            for ask in (store.article, store.facts):
                with pytest.raises(TypeError, match=r"the id of an article, as article\.id, not "):
                    ask(one)


def test_what_cannot_be_searched_for_is_named(url: str):
    with open_store(url) as store:
        for query, limit in ((None, 20), (b"xa", 20), ("xa", "20"), ("xa", 2.0)):
            with pytest.raises(TypeError, match="words as str and limit as int, not "):
                store.search(query, limit)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="limit=-1"):
            store.search("xa", limit=-1)
        assert store.search("xa", limit=0) == ()


def test_search_finds_what_was_written_since(url: str):
    with open_store(url) as store:
        store.write([result()])
        assert len(store.search("thái bình")) == 1
        lines = (("title", "Hà Giang đón xuân", "h1"), ("paragraph", "Hoa đào nở.", "p"))
        new = Article.assemble(lines, url=result().article.url)  # type: ignore[union-attr]
        store.write([replace(result(), article=new, facts=())])
        assert store.search("thái bình") == ()
        assert len(store.search("hoa dao")) == 1
        assert len(store.search("ha giang don xuan", limit=1)) == 1


def test_a_search_index_that_was_cut_off_is_finished(url_of: Any):
    with open_store(url_of("postgresql")) as store:
        store.write([result(n) for n in range(3)])
        assert len(store.search("thai binh")) == 3
        with store._connection.writing() as session:  # type: ignore[attr-defined]
            session.run("DROP INDEX search_exact")
            session.run("DROP INDEX search_folded")
            session.run("DELETE FROM search_article WHERE article_id > '8'")
        assert len(store.search("thai binh")) == 3
        there = store.rows("SELECT to_regclass('search_folded') IS NOT NULL AS there")
        assert there == [{"there": True}]


def test_numbers_are_exact_everywhere(url: str):
    made = result()
    facts = tuple(
        Fact("count", i, i + 1, made.article.text[i], Count(n, n, "người"), "r", Span(0, 9))  # type: ignore[union-attr]
        for i, n in enumerate(NUMBERS)
    )
    with open_store(url) as store:
        store.write([replace(made, facts=facts)])
        found = store.facts(made.article.id)  # type: ignore[union-attr]
        assert found == facts
        assert [type(f.value.low) for f in found] == [type(n) for n in NUMBERS]


@dataclass(frozen=True, slots=True)
class Crop:
    name: str
    low: Decimal
    seasons: tuple[str, ...]
    start: str = "vụ xuân"


def test_kinds_of_ones_own_are_kept(url: str):
    made = result()
    value = Crop("lúa", Decimal("5.5"), ("xuân", "mùa"))
    fact = Fact("crop", 0, 4, "Tỉnh", value, "crop.test", Span(0, 9))
    with open_store(url) as store:
        store.write([replace(made, facts=(fact,))])
        (found,) = store.facts(made.article.id)  # type: ignore[union-attr]
        assert found.to_dict() == fact.to_dict()


def test_characters_that_stores_cannot_hold_do_not_stop_a_batch(url: str):
    text = "Xã có\0 12 hộ \ud800 mới"
    about = {"url": "https://bao.example/nul", "author": "A\0B"}
    made = replace(result(), article=Article.assemble([("paragraph", text, "p")], **about))
    fact = Fact("count", 3, 6, "có\0", Count(12, 12, "hộ\0"), "r", Span(0, 9))
    made = replace(made, facts=(fact,), source="tệp\udcff")
    with open_store(url) as store:
        store.write([made, replace(failure(), source="x\udcff\0", fingerprint="")])
        found = store.article(made.article.id)  # type: ignore[union-attr]
        assert len(found.text) == len(made.article.text)  # type: ignore[union-attr]
        (kept,) = store.facts(found.id)
        assert found.text[kept.start : kept.end] == kept.text
        assert store.counts() == Written(1, 1, 1, 0)


def test_text_that_looks_like_sql_is_only_text(url: str):
    body = "Robert'); DROP TABLE article;-- :name %s {0} \\N \t ? $1 ☃ 𝄞"
    made = result(body=body, url="https://bao.example/'x'?a=%25&b=:c")
    with open_store(url) as store:
        store.write([made])
        assert store.article(made.article.id).text == made.article.text  # type: ignore[union-attr]


AWKWARD = (
    "\\N",
    "\\",
    "a\\tb",
    "a\tb",
    "a\nb",
    "a\rb",
    "\\.",
    "",
    "%s %d %%",
    "NULL",
    "'\"`;--",
    "☃ 𝄞",
)


def test_facts_with_any_characters_come_back(url: str):
    made = result()
    values = [Count(n, None, word, "exact") for n, word in enumerate(AWKWARD)]
    values += [Official(word, (word, "x", word), None) for word in AWKWARD]
    values += [Crop(word, Decimal("1.5"), (word,), word) for word in AWKWARD]
    kinds = {Count: "count", Official: "official", Crop: "crop"}
    facts = tuple(
        Fact(kinds[type(v)], i, i + 1, AWKWARD[i % len(AWKWARD)], v, "r", Span(0, 9))
        for i, v in enumerate(values)
    )
    with open_store(url) as store:
        store.write([result("a"), replace(made, facts=facts), result("b")])
        found = store.facts(made.article.id)  # type: ignore[union-attr]
        assert [f.to_dict() for f in found] == [f.to_dict() for f in facts]
        assert store.facts(result("b").article.id) == result("b").facts  # type: ignore[union-attr]


def test_an_article_that_is_not_there(url: str):
    with open_store(url) as store:
        with pytest.raises(StoreError, match="no article"):
            store.article("0" * 32)
        assert store.facts("0" * 32) == ()


def test_closing_twice_does_nothing(url: str):
    store = open_store(url)
    store.close()
    store.close()
    assert store.name in repr(store)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "duckdb:///"])
def test_what_would_be_gone_at_the_end_is_refused(url: str, tmp_path: Path):
    with pytest.raises(StoreError, match="in memory: nothing would be kept — name a file"):
        load([], url)
    (tmp_path / "a.html").write_text("<p>x")
    done = CliRunner().invoke(main, ["batch", str(tmp_path / "a.html"), "--to", url])
    assert done.exit_code != 0
    assert "in memory" in done.output
    if url.startswith("sqlite"):
        with open_store(url) as store:  # to try it out, within one program
            store.write([result()])
            assert store.counts().articles == 1


def test_lines_before_a_bad_one_are_loaded(tmp_path: Path):
    path = tmp_path / "f.jsonl"
    with open_store(path) as lines:
        lines.write([result(n) for n in range(3)])
    path.write_bytes(path.read_bytes() + b"{}x\n")
    with open_store(tmp_path / "f.db") as store:
        with pytest.raises(StoreError, match="line 4"):
            load(path, store)
        assert store.counts() == Written(3, 27, 0, 0)


def test_a_database_that_is_only_read_is_not_made(database: str):
    with closing(Connection(database)) as other:
        other.create(iter(["CREATE TABLE parts (sku VARCHAR(9))"]))
    with pytest.raises(StoreError, match=r"nothing was stored in it — .* --to"):
        open_store(database, create=False)
    with closing(Connection(database)) as other, other.reading() as session:
        assert {table for table, _ in upgrade._columns(session)} == {"parts"}


@pytest.mark.parametrize("kind", [k for k in DATABASES if k != "duckdb"])
def test_several_programs_bring_an_old_store_up_to_date(url_of: Any, kind: str):
    url = url_of(kind)
    with closing(Connection(url)) as connection:
        open_store(url).close()
        views = [f"DROP VIEW {kind}" for kind in ddl.VIEWS]
        older = "UPDATE about SET value = '2' WHERE name = 'schema_version'"
        gone = ["DROP TABLE text_sketch", "ALTER TABLE failure DROP COLUMN url"]
        connection.create(iter([*views, *gone, older]))
    with ThreadPoolExecutor(3) as pool:
        for store in pool.map(open_store, [url] * 3):
            store.write([result()])
            assert len(store.rows("SELECT * FROM ratio")) == 1
            store.close()


def test_a_failure_has_the_address_of_its_page(url: str, tmp_path: Path):
    bad = failure("bad", url="https://bao.example/bad.html")
    with open_store(url) as store:
        store.write([bad, failure("unknown")])
    with open_store(url) as store:
        found = {f["source"]: f["url"] for f in store.failures()}
    assert found == {bad.source: bad.url, "bao.zip!unknown.html": None}
    line = encode(result_record(bad, "0.1.0")).encode()
    load([line], f"{tmp_path}/loaded.jsonl")
    with open_store(f"{tmp_path}/loaded.jsonl") as store:
        assert [f["url"] for f in store.failures()] == [bad.url]


def test_times_at_the_ends_of_the_calendar_are_kept(url: str):
    first = dt.datetime.min.replace(tzinfo=dt.timezone(dt.timedelta(hours=14)))
    last = dt.datetime.max.replace(tzinfo=dt.UTC)
    early = dt.datetime(987, 6, 5, 4, 3, tzinfo=VIETNAM)
    ends = [article(n, published=early, fetched=t) for n, t in enumerate((first, last))]
    with open_store(url) as store:
        store.write([replace(result(n), article=a) for n, a in enumerate(ends)])
    with open_store(url) as store:
        for kept in ends:
            found = store.article(kept.id)
            assert found.published == early
            assert found.fetched is not None
            assert kept.fetched is not None
            assert found.fetched.year == kept.fetched.year


def test_an_odd_question_is_a_store_error(database: str):
    with open_store(database) as store:
        store.write([result()])
        (one,) = store.articles()
        for sql in ("SELECT id FROM article WHERE id IN :some", "selec"):
            with pytest.raises(StoreError):
                store.rows(sql)
        with pytest.raises(StoreError):
            store.article("\ud800")
        query = "select id from article where id in :some"
        assert store.rows(query, {"some": [one.id, "x"]}) == [{"id": one.id}]


def test_an_option_that_a_driver_does_not_know_is_a_store_error():
    pytest.importorskip("psycopg")
    pytest.importorskip("pymysql")
    for scheme in ("postgresql", "mysql"):
        with pytest.raises(StoreError, match="options behind the"):
            open_store(f"{scheme}://u@127.0.0.1:1/d?colour=red")


def test_the_users_encoding_does_not_matter(url_of: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    with open_store(url_of("postgresql")) as store:
        store.write([result()])
        (one,) = store.articles()
        assert one.title == TITLE


@pytest.mark.parametrize("kind", [k for k in DATABASES if k in ("postgresql", "mysql")])
def test_a_connection_lost_between_two_writes_is_made_anew(url_of: Any, kind: str):
    own, kill = {
        "postgresql": ("SELECT pg_backend_pid() AS id", "SELECT pg_terminate_backend({})"),
        "mysql": ("SELECT CONNECTION_ID() AS id", "KILL {}"),
    }[kind]
    url = url_of(kind)
    with open_store(url) as store, open_store(url) as other:
        store.write([result(1)])
        other.rows(kill.format(store.rows(own)[0]["id"]))
        store.write([result(2)])
        assert store.counts().articles == 2


def test_the_newest_come_first_and_those_without_a_date_last(
    url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("newsextract.writing.CHUNK", 3)
    if url.endswith("/"):
        monkeypatch.setattr("newsextract.parquet._TOGETHER", 3)
    days = [None, *(dt.datetime(2019, 4, n % 5 + 1, n, tzinfo=VIETNAM) for n in range(8)), None]
    given = [replace(result(n), article=article(n, published=day)) for n, day in enumerate(days)]
    with open_store(url) as store:
        store.write(given[::2])
        store.write(given[1::2])
        stated = [a.published for a in store.newest()]
        assert stated[-2:] == [None, None]
        assert stated[:-2] == sorted((day for day in days if day), reverse=True)
        for found in store.newest():
            assert store.facts(found.id) == result(1).facts
            assert store.article(found.id) == found
        assert sorted(a.id for a in store.articles()) == sorted(a.id for a in store.newest())


def test_what_is_written_while_all_is_read_is_seen(url: str):
    given = [result(n) for n in range(4)]
    with open_store(url) as store:
        store.write(given)
        read = store.newest()
        first = next(read)
        assert len(store.facts(first.id)) == 9
        store.write([replace(r, facts=r.facts[:2]) for r in given])
        assert len(store.facts(first.id)) == 2
        assert {len(store.facts(a.id)) for a in read} == {2}
