"""Whether what was found as a text is a list: of articles, entries, dated items or questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from newsextract.body import Body
from newsextract.cards import CARDS, is_linked_headline
from newsextract.clues import CHROME, fold, is_noise
from newsextract.dates import header_date
from newsextract.headdates import clock_pattern
from newsextract.headline import Headline
from newsextract.layout import Layout
from newsextract.story import Story
from newsextract.survey import Survey
from newsextract.vocabulary import alternation, vocabulary

_MOST_ROWS = 0.8  # of the paragraphs, where links of an article may be meant
_ABOVE = 3  # lines of the first card that may stand above the first line that is kept
_LABEL = 40  # characters of a section's name in brackets
_FIELDS = 8  # lines of a directory
BRIEF = 600
"""Characters below which a text may be an entry of a list, or what a page says of itself."""


def listed(survey: Survey, body: Body, head: Headline, story: Story) -> str:
    """What a page lists, in words; empty where it is no list."""
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
        if j == i or size < 5 or not other.is_link:
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
    box = layout.holder(head.first)
    series = layout.series(box)
    found = set()
    for i in body.prose:
        holder = layout.holder(i)
        headed = not survey.prose[i - 1] and layout.inside(lines[i - 1].block, holder)
        if headed and layout.series(holder) == series:
            found.add(holder)
    enough = box in found and len(found) >= max(CARDS, _MOST_ROWS * len(body.prose))
    return len(found) if enough else 0


def _nearest(layout: Layout, element: int, boxes: set[int]) -> int:
    return next((e for e in layout.ancestors(element) if e in boxes), -1)


def _repeats(layout: Layout, story: Story) -> int:
    """How often one short line stands among the paragraphs, where a third of them are that line."""
    texts = [layout.lines[i].text for i, role in story.lines if role == "paragraph"]
    most = Counter(text for text in texts if len(text) <= _LABEL).most_common(1)
    count = most[0][1] if most else 0
    return count if count > CARDS and 3 * count >= len(texts) else 0


def _directory(layout: Layout, story: Story) -> int:
    """How many lines say how to reach people, what they hold or when they were born, if most do."""
    texts = [layout.lines[i].text for i, role in story.lines if role != "caption"]
    found = sum(bool(_personal().match(text)) for text in texts)
    return found if found >= _FIELDS and 2 * found >= len(texts) else 0


@cache
def _personal() -> re.Pattern[str]:
    words = alternation(vocabulary("boilerplate")["personal"])
    return re.compile(rf"\W*{words}(?: [^\W\d_]+){{0,3}}\s*:", re.IGNORECASE)


def _index(survey: Survey, head: Headline, story: Story) -> int:
    """How many linked headlines are set as the title is, which is one of them, not the page's."""
    layout = survey.layout
    size = sum(len(layout.lines[i].text) for i, _ in story.lines)
    if head.first < 0 or size >= BRIEF or not layout.lines[head.first].is_link:
        return 0
    title = fold(head.text or "")
    if any(title in fold(claim) for claim in survey.meta.titles):
        return 0
    kind = _, names = layout.kind(layout.lines[head.first].block)
    blocks = {line.block for line in layout.lines if line.is_link}
    found = sum(layout.kind(e) == kind for e in blocks)
    return found if found >= CARDS and names else 0


def _asked(layout: Layout, story: Story) -> int:
    """How many lines say who asked and on what day, where they are several."""
    asked = sum(bool(_ASKED.match(layout.lines[i].text)) for i, _ in story.lines)
    return asked if asked >= CARDS else 0


_ASKED = re.compile(
    r"(?:Người|Công dân|Bạn đọc|Độc giả) (?:hỏi|gửi)\b[^.?!\n]{2,80}"
    r"\b\d\d?[/.-]\d\d?[/.-](?:19|20)\d\d",
    re.IGNORECASE,
)


def _dated(layout: Layout, story: Story) -> int:
    """How many short lines carry a date and an hour, where they make up a list."""
    short = [text for i, _ in story.lines if len(text := layout.lines[i].text) <= 100]
    least = max(4, 0.15 * len(story.lines))
    dated = sum(map(_has_hour, short)) if len(short) >= least else 0
    return dated if dated >= least else 0


def _has_hour(text: str) -> bool:
    if not clock_pattern().search(text):
        return False
    found = header_date(text)
    return found is not None and found.precision != "day"
