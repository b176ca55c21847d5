"""The exchange form: JSON lines out and in, its published schema, and CSV for spreadsheets."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from results import TITLE, VALUES, article, failure, result

import newsextract as nx
from newsextract import KINDS, Count, Document, Fact, Official, Ratio, Result, Span
from newsextract.errors import NewsextractError, NoBody, StoreError
from newsextract.exchange import (
    decode,
    encode,
    error_of,
    read_fact,
    read_lines,
)
from newsextract.factrows import fact_row
from newsextract.factschema import as_text, schema
from newsextract.flat import FACT, exact_number, is_sound, sound
from newsextract.flat import VALUES as CLASSES
from newsextract.folded import Query, exact, folded, unmarked, words
from newsextract.lineforms import ResultLine, fact_record, result_record
from newsextract.loading import load
from newsextract.sheet import CSV_HEAD, csv_cells, csv_line
from newsextract.stores import open_store

SCHEMA = Path(__file__).parents[1] / "docs" / "fact.schema.json"


def lines_of(*results: Result) -> list[bytes]:
    return [encode(result_record(r, "0.1")).encode() for r in results]


def test_a_result_comes_back_as_it_went():
    (read,) = read_lines(lines_of(result()))
    version, back = read
    sent = result()
    assert version == "0.1"
    assert (back.source, back.fingerprint, back.site) == (sent.source, sent.fingerprint, sent.site)
    assert back.facts == sent.facts
    assert [f.sentence for f in back.facts] == [f.sentence for f in sent.facts]
    assert back.article is not None
    assert vars(back.article) | {"id": 0} == vars(sent.article) | {"id": 0}


def test_a_failure_comes_back_as_its_own_class():
    ((_, back),) = read_lines(lines_of(failure()))
    assert isinstance(back.error, NoBody)
    assert (back.error.reason, back.error.what) == ("no-body", "no block with text")
    assert back.article is None
    assert type(error_of("of another version", "x")) is NewsextractError


def test_a_line_is_what_to_dict_says():
    for fact in result().facts:
        assert decode(encode(fact)) == decode(encode(fact.to_dict()))


NUMBERS = (
    ("1", int),
    ("12.50", Decimal),
    ("1234567890.0123456789", Decimal),
    (str(10**30), int),
    ("-0.5", Decimal),
)


@pytest.mark.parametrize(("written", "kind"), NUMBERS)
def test_numbers_have_all_their_digits(written: str, kind: type):
    value = kind(written)
    fact = Fact("count", 0, 1, "x", Count(value, value, "xã"), "r")
    line = encode(fact)
    assert f'"low":{written}' in line
    back = read_fact(line)
    assert back == fact
    assert type(back.value.low) is kind


def test_whole_decimals_come_back_whole():
    assert exact_number(Decimal("12.000000000")) == 12
    assert type(exact_number(Decimal("12.0"))) is int
    assert exact_number(Decimal("12.500")) == Decimal("12.5")
    assert exact_number(0.1) == Decimal("0.1")


@settings(max_examples=200, deadline=None)
@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9
    )
)
def test_any_number_goes_round(value: Decimal):
    fact = Fact("count", 0, 1, "x", Count(value, value, "xã"), "r")
    assert read_fact(encode(fact)).value.low == value


NUMBERS = st.one_of(
    st.integers(-(10**30), 10**30),
    st.decimals(),
    st.sampled_from([0, True, 1.5, "12", None, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1]),
    st.sampled_from([Decimal(d) for d in ("1E+5", "1E-9", "1E-10", "0E-12", "1E+15", "-0.000001")]),
)
WORDS = st.one_of(st.text(max_size=5), st.none(), st.sampled_from([3, ("a",), b"b"]))


@settings(max_examples=300, deadline=None)
@given(NUMBERS, NUMBERS, WORDS, WORDS)
def test_a_row_holds_what_it_can_and_extra_the_rest(low: Any, high: Any, unit: Any, words: Any):
    value = Count(low, high, unit, words)
    row = dict(zip(FACT, fact_row("a", 0, Fact("count", 0, 1, "x", value, "r")), strict=True))
    extra = row["extra"] or {}
    for name, given_ in (("low", low), ("high", high), ("unit", unit), ("qualifier", words)):
        if name in extra:
            assert extra[name] is given_
            continue
        assert row[name] is given_
        if isinstance(given_, Decimal):
            digits = given_.as_tuple()
            assert len(digits.digits) + max(int(digits.exponent), 0) <= 15
            assert int(digits.exponent) >= -9
        elif name in ("low", "high"):
            assert given_ is None or (type(given_) is int and -(2**63) <= given_ < 2**63)
        else:
            assert given_ is None or type(given_) is str


def test_facts_on_lines_of_their_own_load(tmp_path: Path):
    one, two = result(1), result(2)
    records = [fact_record(f, r) for r in (one, two) for f in r.facts]
    lines = [(encode(r) + "\n").encode() for r in records]
    with open_store(tmp_path / "f.db") as store:
        assert load(lines, store).facts == 18
        assert one.article is not None
        assert store.facts(one.article.id) == one.facts
        (row,) = store.rows(
            "SELECT title, url, published FROM ratio WHERE article_id = :id", {"id": one.article.id}
        )
        about = {"title": TITLE, "url": one.article.url}
        assert row == about | {"published": "2019-04-25 01:30:00"}
        # Facts alone never take the place of the article they were read from.
        store.write([one])
        load(lines, store)
        assert store.article(one.article.id).text == one.article.text


@pytest.mark.parametrize("name", ["f.db", "f.jsonl", "f.duckdb", "f/"])
def test_facts_without_their_article_keep_its_title_from_store_to_store(tmp_path: Path, name: str):
    one = result(1)
    assert one.article is not None
    lines = [encode(fact_record(f, one)).encode() for f in one.facts]
    load(lines, f"{tmp_path}/{name}")
    with open_store(f"{tmp_path}/{name}") as store:
        (article,) = store.articles()
        assert (article.id, article.title, article.text) == (one.article.id, TITLE, "")
        again = Result(one.source, article=article, facts=store.facts(article.id))
    record = encode(result_record(again, "0.1")).encode()
    ((_, read),) = read_lines([record])
    assert read.article is not None
    assert read.article.title == TITLE


def test_what_no_store_can_hold_is_replaced_in_facts_without_an_article(tmp_path: Path):
    one = result(1)
    record = fact_record(one.facts[0], one) | {"text": "262\x00286 xã"}
    with open_store(tmp_path / "f.db") as store:
        load([encode(record).encode()], store)
        (row,) = store.rows("SELECT text FROM fact")
    assert row == {"text": "262\ufffd286 xã"}


WRONG = (
    "",
    "[]",
    "3",
    "{}",
    "{",
    '{"kind": "count"}',
    '{"article": {"text": 3}}',
    '{"article": {"text": "x", "blocks": [["title"]]}}',
    '{"source": "x", "failure": {}}',
    '{"article": {"text": "x"}, "facts": [{"kind": "count", "start": 0, "end": 1, "text": "x"}]}',
    '{"article_id": "a", "kind": "count", "start": 0, "end": 1, "text": "x","value": {"low": ""}}',
    '{"article_id": "a", "kind": "document", "start": 0, "end": 1, "text": "x", "value": 3}',
    '{"article_id": "", "kind": "document", "start": 0, "end": 1, "text": "x", "value": {}}',
    "\x00",
    '{"article": null}',
)


@pytest.mark.parametrize("line", WRONG[1:])
def test_a_line_that_is_not_of_the_form_is_named(line: str):
    good = lines_of(result())
    with pytest.raises(StoreError, match=r"facts\.jsonl: line 3 is not in the exchange form"):
        list(read_lines([*good, b"\n", line.encode()], "facts.jsonl"))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=80))
def test_no_line_gives_another_error(line: bytes):
    try:
        list(read_lines([line]))
    except StoreError:
        return


def test_lines_of_a_stores_own_keeping_pass_by():
    own = [b'{"version":"1","run":{"id":1}}', b'{"source":"x","duplicate":{"kept_id":"a"}}']
    assert list(read_lines(own)) == []


# --- the schema --------------------------------------------------------------------------------


def test_the_published_schema_is_the_generated_one():
    written = SCHEMA.read_text("utf-8")
    assert written == as_text(), "python -m newsextract.factschema > docs/fact.schema.json"


def test_every_kind_of_fact_is_in_the_schema():
    assert set(CLASSES) == {k.name for k in KINDS if k.is_fact}
    assert set(schema()["$defs"]) == set(CLASSES)
    assert {kind for kind, _, _ in VALUES} == set(CLASSES)


def validator() -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(schema())
    return jsonschema.Draft202012Validator(schema())


def test_facts_are_valid():
    check = validator()
    for fact in result().facts:
        check.validate(json.loads(encode(fact)))


BROKEN: tuple[dict[str, Any], ...] = (
    {"start": -1},
    {"start": "3"},
    {"text": ""},
    {"sentence": [1]},
    {"value": {"part": 1, "whole": 2, "unit": "xã"}},
    {"value": {"part": "1", "whole": 2, "unit": "xã", "qualifier": "exact"}},
    {"value": {"part": 1, "whole": 2, "unit": "xã", "qualifier": "maybe"}},
    {"value": {"part": 1, "whole": 2, "unit": "xã", "qualifier": "exact", "more": 1}},
)


@pytest.mark.parametrize("broken", BROKEN, ids=str)
def test_what_is_not_a_fact_is_not_valid(broken: dict[str, Any]):
    fact = json.loads(encode(Fact("ratio", 0, 3, "1/2", Ratio(1, 2, "xã"), "r", Span(0, 3))))
    check = validator()
    assert check.is_valid(fact)
    assert not check.is_valid(fact | broken)


# --- CSV ---------------------------------------------------------------------------------------

CELLS = (
    ("=1+1", "'=1+1"),
    ("+84", "'+84"),
    ("-5 xã", "'-5 xã"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("\r=1", "'\r=1"),
    ("  =1", "'  =1"),
    ("＝1", "'＝1"),
    ("xã = 1", "xã = 1"),
    ("", ""),
    (None, ""),
    (-5, "-5"),
    (Decimal("-12.50"), "-12.50"),
    (Decimal("1E+9"), "1000000000"),
    (10**30, str(10**30)),
    (True, "true"),
    (dt.date(2017, 6, 9), "2017-06-09"),
    (("Tỉnh ủy viên", "Chủ tịch"), "Tỉnh ủy viên; Chủ tịch"),
    (("=A1",), "'=A1"),
    ({"low": 10**30}, '{"low":' + str(10**30) + "}"),
    ('có "ngoặc", phẩy\nvà dòng', 'có "ngoặc", phẩy\nvà dòng'),
)


@pytest.mark.parametrize(("cell", "shown"), CELLS, ids=repr)
def test_cells(cell: Any, shown: str):
    (row,) = csv.reader(io.StringIO(csv_line([cell, "x"]) + "\r\n", newline=""))
    assert row == [shown, "x"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20))
def test_no_text_begins_a_formula(text: str):
    ((cell, _),) = csv.reader(io.StringIO(csv_line([text.replace("\0", ""), "x"]), newline=""))
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_csv_opens_in_pandas(tmp_path: Path):
    pandas = pytest.importorskip("pandas")
    evil = Official("=HYPERLINK(1)", ("@x",), None)
    made = result()
    bad = Fact("official", 0, 4, made.facts[0].text[:4], evil, "r", Span(0, 9))
    with open_store(tmp_path / "f.csv") as store:
        store.write([made, failure(), replace(result(2), facts=(bad,))])
    raw = (tmp_path / "f.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfsource,")  # a spreadsheet then reads UTF-8
    frame = pandas.read_csv(tmp_path / "f.csv")
    assert list(frame.columns) == list(CSV_HEAD)
    assert len(frame) == 10
    assert frame[frame.kind == "ratio"][["part", "whole"]].to_numpy().tolist() == [[262, 286]]
    assert frame[frame.kind == "money"].low.tolist() == [1_200_000_000]
    assert "'=HYPERLINK(1)" in set(frame.name)
    assert "'@x" in set(frame.titles)


def test_csv_lines_have_a_cell_for_every_head():
    made = result()
    for n, fact in enumerate(made.facts):
        assert len(csv_cells(fact, made, n)) == len(CSV_HEAD)


# --- rows --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Odd:
    low: str
    issued: int
    name: None
    unit: str


def test_values_of_the_wrong_type_go_to_extra():
    row = fact_row("a", 0, Fact("odd", 0, 1, "x", Odd("many", 3, None, "xã"), "r"))
    assert row[-1] == {"low": "many", "issued": 3, "name": None, "unit": "xã"}
    assert "xã" in row[:-1]
    assert "many" not in row[:-1]


def test_dates_that_are_no_dates_go_to_extra():
    value = Document("Luật", None, "năm 2013", None)  # type: ignore[arg-type]
    assert fact_row("a", 0, Fact("document", 0, 1, "x", value, "r"))[-1] == {"date": "năm 2013"}


def test_only_unsound_characters_are_replaced():
    assert sound(["a\0b", "\ud83d", "đủ 𝄞", None, 3]) == ["a\ufffdb", "\ufffd", "đủ 𝄞", None, 3]
    assert is_sound("đủ 𝄞")
    assert not is_sound("\0")


# --- folding -----------------------------------------------------------------------------------

FOLDED = (
    ("Tỉnh ủy Thái Bình", "tỉnh ủy thái bình", "tinh uy thai binh"),
    ("ĐƯỜNG", "đường", "duong"),
    ("hoà HOÀ hòa", "hòa hòa hòa", "hoa hoa hoa"),
    ("uỷ thuỷ", "ủy thủy", "uy thuy"),
    ("hoàn toàn", "hoàn toàn", "hoan toan"),
    ("quý Quỳnh quỷ", "quý quỳnh quỷ", "quy quynh quy"),
    ("khoẻ loè", "khỏe lòe", "khoe loe"),
    ("İstanbul ß ﬁ", "İstanbul ß ﬁ", "Istanbul ß fi"[:12]),
    ("½ ² m²", "½ ² m²", "½ ² m²"),
    ("café Ð", "café ð", "cafe ð"),
)


@pytest.mark.parametrize(("text", "lower", "plain"), FOLDED[:7] + FOLDED[8:])
def test_folding(text: str, lower: str, plain: str):
    assert exact(text) == lower
    assert folded(text) == plain


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_folding_keeps_every_place(text: str):
    assert len(exact(text)) == len(folded(text)) == len(text)
    assert folded(folded(text)) == folded(text)
    assert " ".join(words(folded(text))) == unmarked(" ".join(words(exact(text))))


PLACES = (
    ("tinh uy", "Bí thư Tỉnh ủy", "Tỉnh ủy"),
    ("uy tinh", "Bí thư Tỉnh ủy", "ủy"),
    ('"uy tinh"', "Bí thư Tỉnh ủy", None),
    ("tinh", "tính", "tính"),
    ("tỉnh", "tính", None),
    ("inh", "tỉnh", None),
    ("18 nq tw", "Nghị quyết 18-NQ/TW", "18-NQ/TW"),
    ("18-NQ/TW", "Nghị quyết 18-NQ/TW", "18-NQ/TW"),
    ("uỷ", "ủy", "ủy"),
)


@pytest.mark.parametrize(("typed", "text", "found"), PLACES)
def test_a_find_is_a_place_in_the_text(typed: str, text: str, found: str | None):
    span = Query(typed).place(text)
    assert (text[span[0] : span[1]] if span else None) == found


def test_articles_can_be_told_apart_without_text():
    assert article(1).id != article(2).id


def test_facts_become_json_with_all_their_digits():
    text = "Thu hoạch 12,5ha lúa, đạt 96,3% kế hoạch, trị giá hơn 1,2 tỷ đồng."
    facts = nx.extract(text)
    assert {f.kind for f in facts} >= {"measure", "percent", "money"}
    for fact in facts:
        assert json.loads(nx.to_json(fact), parse_float=Decimal) == fact.to_dict()
    assert json.loads(nx.to_json(facts), parse_float=Decimal) == [f.to_dict() for f in facts]
    assert '"low":12.5' in nx.to_json(facts[0])


def test_an_article_becomes_json_with_what_is_computed_of_it():
    lines = [("title", "Xã Tân Lập về đích", ""), ("lead", "Có 17/21 xã đạt chuẩn.", "")]
    given = nx.Article.assemble(lines, url="https://a.vn/x")
    told = json.loads(nx.to_json({"articles": [given]}))["articles"][0]
    assert (told["id"], told["title"], told["lead"]) == (given.id, given.title, given.lead)
    assert (told["text"], told["url"]) == (given.text, "https://a.vn/x")


def test_a_result_becomes_a_line_that_can_be_loaded():
    given = nx.Article.assemble([("title", "Xã Tân Lập có 17/21 hộ", "")], url="https://a.vn/x")
    good = nx.Result("a.html", "f" * 32, "a.vn", given, nx.extract(given))
    bad = nx.Result("b.html", error=nx.PageError("no text", source="b.html"))
    lines = [nx.to_json(result).encode() for result in (good, bad)]
    back = [line.result for line in read_lines(lines) if isinstance(line, ResultLine)]
    assert (back[0].article, back[0].facts) == (given, good.facts)
    assert str(back[1].error) == str(bad.error)
    assert json.loads(nx.to_json(bad.error))["what"] == "no text"


def test_what_a_page_keeps_for_itself_is_not_told():
    raw = nx.Raw(b"<p>", url="https://a.vn/x")
    told = json.loads(nx.to_json(raw))
    assert told == {
        "fingerprint": raw.fingerprint, "body": "PHA+", "url": "https://a.vn/x",
        "content_type": None, "status": None, "fetched": None, "source": None,
    }  # fmt: skip


SENT = result()
ALONE = SENT.facts[0]


@pytest.mark.parametrize(
    "sent",
    [
        ALONE,
        SENT.facts,
        nx.resolve((), "x"),
        SENT.article,
        replace(SENT, sketch=""),
        (ALONE, article(3)),
    ],
    ids=lambda sent: type(sent).__name__,
)
def test_what_became_json_comes_back(sent: Any):
    for written in (nx.to_json(sent), nx.to_json(sent).encode(), f"\ufeff {nx.to_json(sent)}\n"):
        back = nx.from_json(written)
        assert back == sent
        assert nx.to_json(back) == nx.to_json(sent)


def test_every_value_comes_back_with_its_class():
    back = nx.from_json(nx.to_json(SENT.facts))
    assert [type(f.value) for f in back] == [type(f.value) for f in SENT.facts]
    assert [f.sentence for f in back] == [f.sentence for f in SENT.facts]


def test_a_page_that_failed_comes_back_with_its_error():
    back = nx.from_json(nx.to_json(failure()))
    assert isinstance(back.error, NoBody)
    assert (back.source, back.url) == (failure().source, failure().url)


def test_a_line_of_facts_is_a_fact():
    assert nx.from_json(encode(fact_record(ALONE, SENT))) == ALONE


NO_WAY_BACK = [
    ("", "malformed|truncated"),
    ("{", "truncated"),
    ("12 xã", "trailing|malformed"),
    (f"{nx.to_json(ALONE)}\n{nx.to_json(ALONE)}", "trailing"),
    ("5", "form: neither a fact, an article nor a result"),
    ("[5]", "form: neither a fact, an article nor a result"),
    ("{}", "form: neither a "),
    ('{"article": null, "run": {}}', "form: neither a fact"),
    ('{"part": 1, "whole": 2, "unit": "xã", "qualifier": "exact"}', "form: neither a "),
    ('{"kind": "ratio", "start": 0, "end": 1, "text": "x", "value": {"part": "x"}}', "no number"),
    ('{"blocks": [], "id": "x"}', "text"),
    ('{"blocks": [["p"]], "text": "x"}', r"blocks\[0\]"),
    ('{"kind": "ratio", "start": "0"}', "start"),
]


@pytest.mark.parametrize(("written", "words"), NO_WAY_BACK)
def test_what_is_not_of_the_form_is_refused(written: str, words: str):
    with pytest.raises(StoreError, match=words) as caught:
        nx.from_json(written)
    assert "give one line, as to_json" in str(caught.value)


@given(st.text(max_size=40) | st.binary(max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_text_gives_another_error_than_this(written: str | bytes):
    with pytest.raises(StoreError):
        nx.from_json(b"?" + written if isinstance(written, bytes) else f"?{written}")


def test_what_json_cannot_hold_is_told():
    with pytest.raises(TypeError, match="type object is unsupported: give facts, values, articles"):
        nx.to_json(object())
