"""Whether what was found is an article; a page that is something else is refused by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from newsextract.body import Body
from newsextract.cards import CARDS, is_linked_headline
from newsextract.clues import CHROME, fold, is_noise, opens_as
from newsextract.dates import header_date
from newsextract.errors import NoBody, NotAnArticle, PageError
from newsextract.headdates import clock_pattern
from newsextract.headline import Headline
from newsextract.layout import Layout
from newsextract.story import Story
from newsextract.survey import Survey
from newsextract.vocabulary import vocabulary

_TOO_SHORT = 60  # characters of text, in all, that one short news item still has
_TITLE_WORDS = 5  # an article's title has as many; a section's name seldom
_FEW_WORDS = 4  # the most that "Kết quả tìm kiếm" and its like have
_LINE = 160  # characters of one line, which with a title that no line prints is no article
_SCANT = 250  # below this, the words of an error or a login decide
_MOST_ROWS = 0.8  # of the paragraphs, where links of an article may be meant
_OTHERS = 4  # times the text, where a page holds as much of others
_ABOVE = 3  # lines of the first card that may stand above the first line that is kept
_STATUS = ("403", "404", "500")  # as titles of error pages open
_LABEL = 40  # characters of a section's name in brackets
_ROWS = 8  # of a table that is the page
_BRIEF = 600  # below this, they decide where they are the whole title


def refusal(survey: Survey, body: Body | None, head: Headline, story: Story) -> PageError | None:
    """Why the page is no article, or None where it is one."""
    layout, meta = survey.layout, survey.meta
    size = sum(len(layout.lines[i].text) for i in story.lead)
    size += sum(len(layout.lines[i].text) for i, _ in story.lines)
    titles = [t for t in (head.text, layout.title, *meta.titles[:1]) if t]
    if size < _BRIEF and (kind := _says(layout, titles, size)):
        return NotAnArticle(kind)
    named = len((head.text or "").split()) >= _TITLE_WORDS
    if len(survey.cards) > 1 and (
        body is None or (size < _BRIEF and len(body.prose) < 2 and not named)
    ):
        return NotAnArticle(f"a list of {len(survey.cards)} articles")
    if body is None or size < _TOO_SHORT:
        return _nothing(layout, head, size)
    if told := _list(survey, body, head, story) or _table(layout, head, story):
        return NotAnArticle(told)
    signed = size >= _SCANT and any(byline.author for _, byline in story.bylines)
    if head.text is None and not signed and (size < 3 * _BRIEF or size < 80 * len(story.lines)):
        return NotAnArticle(f"no title and only {size} characters in {len(story.lines)} lines")
    others = _OTHERS * size < survey.mass[0]
    if head.first < 0 and (size < _LINE or (size < _SCANT and others)):
        return NotAnArticle(f"no title in its text, and only {size} characters")
    return None


def _says(layout: Layout, titles: list[str], size: int) -> str | None:
    """What a short page's own title calls it; a longer title may be an article about that."""
    if any(opens_as(t, "error") or _is_only(t, "error title") for t in titles if _may_say(t, size)):
        return "an error page"
    if any(_is_only(t, "search") for t in titles):
        return "a search page"
    if any(not _service().isdisjoint((_section(t), _last_step(t))) for t in titles):
        return "a page of the site's own: its contacts, its map or the like"
    if layout.passwords and any(_is_only(t, "login") for t in titles):
        return "a login page"
    if size < _SCANT and any(opens_as(x.text, "error") for x in layout.lines if len(x.text) < 200):
        return "an error page"
    return None


def _may_say(title: str, size: int) -> bool:
    return size < _SCANT or len(title.split()) <= 6 or title.startswith(_STATUS)


def _is_only(title: str, section: str) -> bool:
    """Whether ``title`` says what ``section`` lists, and hardly more."""
    head = _section(title)
    return opens_as(head, section) and len(head.split()) <= _FEW_WORDS


def _section(title: str) -> str:
    """The first part of a title, folded: ``"liên hệ"`` of ``"Liên hệ - Huyện Tân Lộc"``."""
    return fold(re.split(r"\s[|»–—-]\s|:", title)[0])


def _last_step(title: str) -> str:
    """What a title that is the path to a page ends with, folded: ``"Bệnh viện > Liên hệ"``."""
    path = re.split(r"\s[>»]\s", title)
    return fold(path[-1]) if len(path) > 1 else ""


@cache
def _service() -> frozenset[str]:
    return frozenset(fold(entry) for entry in vocabulary("boilerplate")["service"])


def _nothing(layout: Layout, head: Headline, size: int) -> PageError:
    linked = sum(line.is_link for line in layout.lines)
    if layout.players:
        return NotAnArticle(f"a video page or the like: {size} characters beside a player or frame")
    if layout.passwords and len(layout.lines) < 60:
        return NotAnArticle("a login page")
    if linked >= 10 and linked > 0.5 * len(layout.lines) and head.first < 0:
        return NotAnArticle(f"a page of {linked} links without text")
    if not size:
        return NoBody("no line of it reads like the text of an article")
    return NoBody(f"only {size} characters of article text, fewer than a short news item has")


def _list(survey: Survey, body: Body, head: Headline, story: Story) -> str:
    """What a page lists, where it is a list."""
    layout = survey.layout
    rows = _list_rows(survey, body) or _items(layout, body) or _equals(survey, body, head)
    rows = rows or _index(survey, head, story)
    if rows:
        return f"a list of {rows} articles"
    if entries := _repeats(layout, story) or _directory(layout, story):
        return f"a list of {entries} entries"
    if dated := _dated(layout, story):
        return f"a list of {dated} dated items"
    asked = _asked(layout, story)
    return f"a list of {asked} questions" if asked else ""


def _list_rows(survey: Survey, body: Body) -> int:
    """How many paragraphs stand each in a card or row of its own with a link, where most do."""
    found = [kind for i in body.prose if (kind := _card(survey, body, i))]
    rows = found.count(_IN_CARD)
    if rows >= 3 and rows >= 0.5 * len(body.prose):
        return rows
    return len(found) if len(found) >= max(3, _MOST_ROWS * len(body.prose)) else 0


_IN_CARD, _BELOW_LINK = 2, 1


def _card(survey: Survey, body: Body, i: int) -> int:
    """Whether paragraph ``i`` sums up a linked headline above it, or beside it in a box; else 0.

    ``_BELOW_LINK``: one set as the paragraph is, or in a list, as links of an article are too.
    """
    layout = survey.layout
    block = layout.lines[i].block
    card = layout.parents[block]
    own = layout.tags[block], card
    kind = 0
    for j in range(max(0, i - 3), min(len(layout.lines), i + 3)):
        other = layout.lines[j]
        size = len(other.text)
        if not other.linked or j == i or size < 5 or other.linked <= 0.6 * size:
            continue
        if survey.bits[other.block] & CHROME or is_noise(other.text):
            continue
        if card != body.home and layout.parents[other.block] == card:
            return _IN_CARD
        if j == i - 1 and size >= 15 and other.block != body.home:
            inline = (layout.tags[other.block], layout.parents[other.block]) == own
            inline = inline or (layout.tags[other.block] == "li" != layout.tags[block])
            if not inline:
                return _IN_CARD
            kind = _BELOW_LINK
    return kind


def _items(layout: Layout, body: Body) -> int:
    """How many boxes hold paragraphs and open with a linked headline, where most are in one.

    Date, writer and section of each article may stand between its headline and its summary. A row
    of a table may have its headline in any cell, as forums have.
    """
    lines, container = layout.lines, body.container
    opened: set[int] = set()
    for i in range(max(0, body.lines[0] - _ABOVE), min(body.lines[-1] + _ABOVE, len(lines))):
        block = lines[i].block
        if lines[i].linked and is_linked_headline(lines[i]) and layout.inside(block, container):
            opened.update(_opened(layout, i, container))
    if len(opened) < CARDS:
        return 0
    items = [_nearest(layout, lines[i].block, opened) for i in body.prose]
    found = [e for e in items if e > container]
    boxes = len(set(found))
    return boxes if boxes >= CARDS and 2 * len(found) >= len(items) else 0


def _opened(layout: Layout, i: int, container: int) -> Iterator[int]:
    """The elements in ``container`` that line ``i`` is the first of, and the row it stands in."""
    opens = True
    for e in layout.ancestors(layout.lines[i].block, container):
        opens = opens and not (i and layout.inside(layout.lines[i - 1].block, e))
        if opens or layout.tags[e] == "tr":
            yield e
        if layout.tags[e] == "tr":
            break


def _equals(survey: Survey, body: Body, head: Headline) -> int:
    """How many boxes side by side hold a headline and a paragraph, with the title in the first.

    So a page of a section is set whose scripts lead on, under a title too short to be an article's.
    """
    layout, lines = survey.layout, survey.layout.lines
    if head.first < 0:
        return 0
    box = layout.parents[lines[head.first].block]
    kind = layout.parents[box], layout.tags[box], layout.names[box]
    found = set()
    for i in body.prose:
        holder = layout.parents[lines[i].block]
        headed = not survey.prose[i - 1] and layout.inside(lines[i - 1].block, holder)
        if headed and (layout.parents[holder], layout.tags[holder], layout.names[holder]) == kind:
            found.add(holder)
    enough = box in found and len(found) >= max(CARDS, _MOST_ROWS * len(body.prose))
    return len(found) if enough else 0


def _nearest(layout: Layout, element: int, boxes: set[int]) -> int:
    return next((e for e in layout.ancestors(element) if e in boxes), -1)


def _dated(layout: Layout, story: Story) -> int:
    """How many short lines carry a date and an hour, where they make up a list."""
    short = [text for i, _ in story.lines if len(text := layout.lines[i].text) <= 100]
    least = max(4, 0.15 * len(story.lines))
    dated = sum(map(_has_hour, short)) if len(short) >= least else 0
    return dated if dated >= least else 0


def _repeats(layout: Layout, story: Story) -> int:
    """How often one short line stands among the paragraphs, where a third of them are that line."""
    texts = [layout.lines[i].text for i, role in story.lines if role == "paragraph"]
    most = Counter(text for text in texts if len(text) <= _LABEL).most_common(1)
    count = most[0][1] if most else 0
    return count if count > CARDS and 3 * count >= len(texts) else 0


def _directory(layout: Layout, story: Story) -> int:
    """How many lines say how to reach people, what they hold or when they were born, if most do."""
    texts = [layout.lines[i].text for i, role in story.lines if role != "caption"]
    found = sum(bool(_PERSONAL.match(text)) for text in texts)
    return found if found >= _ROWS and 2 * found >= len(texts) else 0


_PERSONAL = re.compile(
    r"\W*(?:họ (?:và )?tên|chức (?:vụ|danh)|ngày(?:, tháng, năm)? sinh|năm sinh|trình độ|e-?mail|"
    r"(?:số )?(?:điện thoại|đt|sđt|fax|di động)(?: [^\W\d_]+){0,3})\s*:",
    re.IGNORECASE,
)


def _index(survey: Survey, head: Headline, story: Story) -> int:
    """How many linked headlines are set as the title is, which is one of them, not the page's."""
    layout = survey.layout
    size = sum(len(layout.lines[i].text) for i, _ in story.lines)
    if head.first < 0 or size >= _BRIEF or not layout.lines[head.first].is_link:
        return 0
    title = fold(head.text or "")
    if any(title in fold(claim) for claim in survey.meta.titles):
        return 0
    block = layout.lines[head.first].block
    kind = layout.tags[block], layout.names[block]
    blocks = {line.block for line in layout.lines if line.is_link}
    found = sum((layout.tags[e], layout.names[e]) == kind for e in blocks)
    return found if found >= CARDS and kind[1] else 0


def _asked(layout: Layout, story: Story) -> int:
    """How many lines say who asked and on what day, where they are several."""
    asked = sum(bool(_ASKED.match(layout.lines[i].text)) for i, _ in story.lines)
    return asked if asked >= CARDS else 0


_ASKED = re.compile(
    r"(?:Người|Công dân|Bạn đọc|Độc giả) (?:hỏi|gửi)\b[^.?!\n]{2,80}"
    r"\b\d\d?[/.-]\d\d?[/.-](?:19|20)\d\d",
    re.IGNORECASE,
)


def _table(layout: Layout, head: Headline, story: Story) -> str:
    """What a table of figures without a text is, under a title that only names it."""
    rows, title = sum(role == "table_row" for _, role in story.lines), head.text or ""
    if rows < _ROWS or (len(title.split()) >= _TITLE_WORDS and not opens_as(title, "tabled")):
        return ""
    told = [i for i, role in story.lines if role != "table_row"]
    size = sum(len(layout.lines[i].text) for i in (*story.lead, *told))
    return f"a table of {rows} rows, with {size} characters of text" if size < _SCANT else ""


def _has_hour(text: str) -> bool:
    if not clock_pattern().search(text):
        return False
    found = header_date(text)
    return found is not None and found.precision != "day"
