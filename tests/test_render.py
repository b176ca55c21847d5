"""Looking at articles and facts: HTML that is safe and whole, tables that line up."""

from __future__ import annotations

import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from growth import seconds
from hypothesis import given, settings
from hypothesis import strategies as st

import newsextract as nx
from newsextract.model import Article, Fact, Result
from newsextract.render import article_html, facts_html, highlight_all
from newsextract.terminal import Screen, clean, clip, table, width_of
from newsextract.wording import KINDS, number_text, value_text

TEXT = "Toàn huyện có 17/21 xã đạt chuẩn; gần 300 hộ thoát nghèo, đạt 96,5%."
ARTICLE = Article.assemble(
    [("title", "Huyện Ba Vì về đích", "h1"), ("paragraph", TEXT, "p"), ("caption", "Ảnh", "f")],
    url="https://bao.example.vn/a.html",
)


class Page(HTMLParser):
    """What a browser would see: tags that open and close, and the text that shows."""

    VOID = ("meta", "br", "hr", "link", "img")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.tip = 0
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)
            self.tip += (tag, dict(attrs).get("class")) == ("span", "tip") or self.tip > 0

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.tip -= self.tip > 0

    def handle_data(self, data):
        if not self.tip and "style" not in self.open:
            self.text += data


def test_highlight_marks_every_fact_and_loses_no_letter():
    facts = nx.extract(ARTICLE)
    assert {f.kind for f in facts} >= {"ratio", "count", "percent"}
    page = Page(nx.highlight(ARTICLE, facts))
    for block in ARTICLE.blocks:
        assert ARTICLE.text[block.start : block.end] in page.text
    marks = [a for t, a in page.tags if t == "mark" and "id" in a]
    assert len(marks) == len(facts)
    described = {a["aria-describedby"] for a in marks}
    assert described == {a["id"] for t, a in page.tags if a.get("role") == "tooltip"}
    assert all(a["tabindex"] == "0" for a in marks)


def test_highlight_needs_no_network_and_runs_no_script():
    html = nx.highlight(ARTICLE, nx.extract(ARTICLE))
    assert "<script" not in html
    assert re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?([^"')>]*)""", html) == [ARTICLE.url]


def test_marks_tell_what_a_mention_speaks_of():
    text = "Theo ông Trần Văn Bình, Chủ tịch UBND huyện, có 17/21 xã (đạt 81%). Ông Trần Văn Bình, \
Chủ tịch UBND huyện, nói thêm."
    html = nx.highlight(text, nx.resolve(nx.extract(text), text))
    assert "same as “ông Trần Văn Bình, Chủ tịch UBND huyện”" in html
    assert "agrees with the other figure" in html
    assert "same as" not in nx.highlight(text, nx.extract(text))


HOSTILE = [
    "<script>alert(1)</script> 17/21 xã",
    '"><img src=x onerror=alert(1)> 17/21 xã',
    "17/21 <b onmouseover='x'>xã</b> & 5% &amp; &#60;",
    "</style></mark></p> 17/21 xã",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    article = Article.assemble(
        [("title", text, ""), ("paragraph", text, "")],
        url="javascript:alert(1)", author=text, site=text,
    )  # fmt: skip
    for html in (nx.highlight(article, nx.extract(article)), article_html(article)):
        page = Page(html)
        assert {t for t, _ in page.tags} <= {
            "html", "head", "meta", "title", "style", "body", "main", "article", "h1", "p", "nav",
            "ul", "li", "mark", "span", "b", "br", "div", "figcaption",
        }  # fmt: skip
        assert not any("href" in a for _, a in page.tags)
        assert not any(k.startswith("on") for _, a in page.tags for k in a)


facts_at = st.tuples(st.integers(0, 60), st.integers(1, 9)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.lists(facts_at, max_size=12))
@settings(deadline=None, max_examples=100)
def test_facts_may_overlap_in_any_way(places):
    text = "Một hai ba bốn năm sáu bảy tám chín mười. " * 2
    value = nx.Count(1, 1, "xã")
    facts = [Fact("count", a, b, text[a:b], value, "r") for a, b in places]
    page = Page(nx.highlight(text, facts))
    assert text.strip() in page.text
    assert len([a for t, a in page.tags if t == "mark" and "id" in a]) == len(facts)


@pytest.mark.parametrize(
    ("start", "end", "words"), [(2, 99, "x"), (0, 4, "dài"), (0, 0, ""), (-4, 4, "xã")]
)
def test_a_fact_of_another_text_is_refused(start, end, words):
    with pytest.raises(ValueError, match="of another text"):
        nx.highlight("ngắn", [Fact("count", start, end, words, nx.Count(1, 1, "xã"), "r")])


@pytest.mark.parametrize("between", [". ", "\n"], ids=["one line", "a line each"])
def test_time_grows_with_the_text(between: str):
    said = "Ông Lê Văn An, Bí thư Huyện ủy, nói có 12/15 xã (80%) đạt. Ông An nêu 5 việc"
    times = []
    for n in (100, 800):
        text = between.join([said] * n)
        facts = nx.resolve(nx.extract(text), text)
        times.append(seconds(lambda text=text, facts=facts: nx.highlight(text, facts)))
    assert times[1] < 20 * times[0], times  # 8 times the text


def test_many_articles_have_no_id_twice():
    result = Result("a", article=ARTICLE, facts=nx.extract(ARTICLE))
    page = Page(highlight_all([result, result]))
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids)) > 0


def test_notebooks_show_articles_and_facts():
    facts = nx.extract(ARTICLE)
    assert "17/21" in Page(ARTICLE._repr_html_()).text
    assert "17/21" in Page(facts._repr_html_()).text
    assert "17/21" in Page(facts[0]._repr_html_()).text
    Page(facts_html(()))


VALUES = [
    (nx.Ratio(262, 286, "xã"), "262 of 286 xã"),
    (nx.Count(300, 300, "hộ", "nearly"), "just under 300 hộ"),
    (nx.Money(1_200_000_000, 1_200_000_000, "VND", qualifier="over"), "> 1,200,000,000 VND"),
    (nx.Money(5, 7, "VND", per="người/tháng"), "5 to 7 VND per người/tháng"),
    (nx.Percent(35, 37), "35 to 37%"),
    (nx.Percent(2, 2, points=True), "2 points"),
    (nx.Official("A", ("x", "y"), "ông"), "A: x; y"),
    (nx.Document("Luật", None), "Luật"),
]


@pytest.mark.parametrize(("value", "line"), VALUES)
def test_values_in_one_line(value, line):
    assert value_text(value) == line


@pytest.mark.parametrize(
    ("number", "text"),
    [("1234567", "1,234,567"), ("12.50", "12.5"), ("1E+9", "1,000,000,000"), ("0.05", "0.05"),
     ("-0.5", "-0.5"), ("-1234", "-1,234"), ("100", "100"), ("0.00", "0")],
)  # fmt: skip
def test_numbers_have_all_their_digits(number, text):
    assert number_text(Decimal(number)) == text


def test_whole_numbers_have_all_their_digits_however_long():
    assert number_text(9_007_199_254_740_993) == "9,007,199,254,740,993"  # over a float's


def test_the_names_of_the_kinds_are_the_kinds():
    assert set(KINDS) == {kind.name for kind in nx.KINDS} - {"nonfact"}


WIDTHS = [("abc", 3), ("Tỉnh ủy", 7), ("Ti\u0309nh", 4), ("中文", 4), ("", 0)]


@pytest.mark.parametrize(("text", "width"), WIDTHS)
def test_widths(text, width):
    assert width_of(text) == width


@given(st.text(max_size=60), st.integers(4, 30))
@settings(deadline=None, max_examples=200)
def test_clipped_text_fits(text, width):
    assert width_of(clip(clean(text), width)) <= width


ROWS = [
    ("ratio", "262/286 xã, phường, thị trấn " * 3, "262"),
    ("count", "trên 1.000 đối tượng", "x"),
]


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_a_table_fits_its_screen(width):
    lines = table(("kind", "text", "value"), ROWS, Screen(width)).split("\n")
    assert max(map(width_of, lines)) <= width
    assert len({line.find("262") if "262 " in line else -1 for line in lines}) <= 2


def test_a_pipe_gets_every_letter_and_no_colour():
    out = table(("kind", "text", "value"), ROWS, Screen())
    assert ROWS[0][1].strip() in out
    assert "\x1b" not in out


def test_colour_does_not_move_columns():
    plain = table(("kind", "text", "value"), ROWS, Screen(60))
    colour = table(("kind", "text", "value"), ROWS, Screen(60, colour=True))
    assert re.sub(r"\x1b\[\d+m", "", colour) == plain != colour


def test_a_terminal_cannot_be_commanded_by_a_page():
    row = ("ratio", "xã\x1b]0;owned\x07 \u202e17/21", "v")
    assert not {"\x1b", "\x07", "\u202e"} & set(table(("k", "t", "v"), [row], Screen()))
