"""What goes through the house, as a user meets it: printed, compared, pickled."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest

import newsextract as nx
from newsextract.model import Article, Raw

WHEN = dt.datetime(2019, 3, 11, 20, 23, tzinfo=dt.timezone(dt.timedelta(hours=7)))
ARTICLE = Article.assemble(
    [
        ("title", "Xã Tân Lập về đích", "h1"),
        ("paragraph", "Toàn huyện có 17/21 xã đạt chuẩn.", "p"),
    ],
    published=WHEN,
    url="https://a.vn/x",
)

PRINTED = [
    (Raw(b"x" * 5_000), "Raw(5,000 bytes)"),
    (
        Raw(b"", "https://a.vn/x", "text/html", 200, WHEN),
        (
            "Raw(0 bytes, url='https://a.vn/x', content_type='text/html', status=200,"
            " fetched='2019-03-11T20:23:00+07:00')"
        ),
    ),
    (Raw(b"\xff", source="a.zip!b.html"), "Raw(1 byte, source='a.zip!b.html')"),
    (
        ARTICLE,
        (
            "Article(52 characters, title='Xã Tân Lập về đích',"
            " published='2019-03-11T20:23:00+07:00', url='https://a.vn/x')"
        ),
    ),
]


@pytest.mark.parametrize(("value", "printed"), PRINTED)
def test_a_shell_prints_no_whole_page(value, printed):
    assert repr(value) == printed


@pytest.mark.parametrize(
    "value",
    [
        Raw(b"x", "https://a.vn/x", fetched=WHEN),
        ARTICLE,
        nx.extract(ARTICLE),
        nx.resolve(nx.extract(ARTICLE), ARTICLE),
        nx.Result("a.html", article=ARTICLE, facts=nx.extract(ARTICLE)),
        nx.Policy(contact="https://a.vn", allow_private={"10.0.0.0/8"}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_survive_the_way_between_processes(value):
    again = pickle.loads(pickle.dumps(value))
    assert again == value
    assert hash(again) == hash(value)
    assert type(again) is type(value)
    assert vars(again) == vars(value) if hasattr(value, "__dict__") else True


def test_what_was_computed_of_an_article_does_not_make_it_another():
    again = Article(ARTICLE.text, ARTICLE.blocks, published=WHEN, url="https://a.vn/x")
    assert (again.paragraphs, again.id) == (ARTICLE.paragraphs, ARTICLE.id)
    assert again == Article(ARTICLE.text, ARTICLE.blocks, published=WHEN, url="https://a.vn/x")


def test_a_slice_of_facts_is_shown_as_they_are():
    facts = nx.extract("Toàn huyện có 17/21 xã đạt chuẩn, 12 hộ nghèo, 5 ha lúa.")
    assert len(facts) == 3
    some = facts[1:]
    assert (some, type(some)) == (tuple(facts)[1:], type(facts))
    assert "<table" in some._repr_html_()
    assert facts[-1] is some[1] is tuple(facts)[2]
    with pytest.raises(IndexError):
        facts[3]


SLIPS = [
    (lambda: nx.extract(None), "Article or a str, not NoneType: newsextract.parse makes"),
    (lambda: nx.extract(b"12 xa"), "Article or a str, not bytes"),
    (lambda: nx.explain(Raw(b"<p>")), "Article or a str, not Raw"),
    (lambda: nx.resolve(ARTICLE, nx.extract(ARTICLE)), "Article or a str, not Facts"),
    (lambda: nx.highlight(None, ()), "Article or a str, not NoneType"),
    (
        lambda: nx.extract("x", kinds=["counts"]),
        "'counts' is no kind of fact; there are count, date",
    ),
    (lambda: nx.explain("x", kinds="nonfact"), "'nonfact' is no kind of fact"),
    (lambda: nx.extract("x", kinds=None), "None is no kind of fact"),
    (lambda: nx.extract("x", kinds=[3]), "3 is no kind of fact"),
    (lambda: nx.parse(b"<p>", url=5), "url is a str or None, not int"),
    (lambda: Raw("<p>"), "bytes, not str; newsextract.parse takes a str"),
    (lambda: nx.read_result("a.html"), "a Raw or an error, not str"),
    (lambda: nx.open_archive(None), "a path or a list of paths, not NoneType"),
    (lambda: nx.open_archive(b"<p>"), "a path or a list of paths, not bytes"),
]


@pytest.mark.parametrize(("slip", "words"), SLIPS)
def test_a_slip_is_told_what_to_give(slip, words):
    with pytest.raises(TypeError, match=words):
        slip()


def test_facts_may_come_one_by_one():
    facts = nx.extract(ARTICLE)
    assert facts
    assert tuple(nx.resolve((f for f in facts), ARTICLE)) == tuple(nx.resolve(facts, ARTICLE))


def test_when_a_page_was_fetched_has_a_zone_and_a_year_of_the_web():
    with pytest.raises(ValueError, match="no time zone"):
        Raw(b"<p>", fetched=WHEN.replace(tzinfo=None))
    for year, kept in ((1, False), (1989, False), (1990, True), (2200, True), (9999, False)):
        when = WHEN.replace(year=year)
        assert Raw(b"<p>", fetched=when).fetched == (when if kept else None)
