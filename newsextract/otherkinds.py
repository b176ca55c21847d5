"""Pages that hold a text and are no article: a schedule, a document's record, a shop's product."""

from __future__ import annotations

import re
from functools import cache

from newsextract.clues import fold
from newsextract.layout import Layout
from newsextract.story import Story
from newsextract.survey import Survey
from newsextract.vocabulary import vocabulary

_HOURS = 6  # of a day's programmes
_SPOKEN = 100  # characters from which a line with a full stop tells something
_AROUND = 14  # lines before and behind the text in which its page's fields stand
_FIELDS = 4  # of a document, that no article names in lines of their own
_WARES = 2  # of what a shop says beside a price
_FIELD = 60  # characters that a field with its value stays below


def programmes(layout: Layout, story: Story) -> str:
    """What a text is whose lines are hours and what is sent or held then; empty for an article."""
    texts = [layout.lines[i].text for i in (*story.lead, *(i for i, _ in story.lines))]
    hours = sum(_HOUR.match(text) is not None for text in texts)
    if hours < _HOURS or any(len(t) >= _SPOKEN and t.endswith(".") for t in texts):
        return ""
    return f"a schedule of {hours} hours"


_HOUR = re.compile(r"(?:[01]?\d|2[0-4])\s?(?:[:hg]\s?[0-5]\d|h|giờ)(?!\w)", re.IGNORECASE)


def other_kind(survey: Survey, story: Story) -> str:
    """What a page with so short a text is, told by the lines around it; empty for an article."""
    said = _fields(survey, story)
    if len(said & _known("document field")) >= _FIELDS:
        return "a document's record: its number, its day and who signed it"
    if _sells(survey.layout) or (said & {_PRICED} and len(said & _known("shop")) >= _WARES):
        return "a product of a shop"
    return ""


def _fields(survey: Survey, story: Story) -> frozenset[str]:
    """What the short lines in and around the text are called, folded; a price is ``_PRICED``."""
    told = [*story.lead, *(i for i, _ in story.lines)]
    near = range(max(0, min(told) - _AROUND), max(told) + _AROUND)
    texts = [x.text for x in survey.layout.lines[near.start : near.stop] if len(x.text) < _FIELD]
    return frozenset(_PRICED if _PRICE.fullmatch(t) else _field(t) for t in texts)


def _field(text: str) -> str:
    """What stands before the colon or the bracket: ``"Đánh giá (2)"``."""
    return fold(re.split(r"[:(]", text, maxsplit=1)[0])


_PRICED = "a price"
_SUM = r"\d{1,3}(?:[.,]\d{3})+\s?(?:đ|₫|vnđ|vnd|đồng)"
_PRICE = re.compile(rf"(?:giá[^\d:]{{0,20}}:?\s*)?{_SUM}(?:\s*[-–]?\s*{_SUM})?", re.IGNORECASE)


def _sells(layout: Layout) -> bool:
    """Whether the page's head says that it is a product's."""
    return any(
        name.startswith("product:price") or (name == "og:type" and said.startswith("product"))
        for name, said in layout.meta
    )


@cache
def _known(section: str) -> frozenset[str]:
    return frozenset(fold(entry) for entry in vocabulary("boilerplate")[section])
