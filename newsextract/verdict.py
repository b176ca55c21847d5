"""Whether what was found is an article; a page that is something else is refused by name."""

from __future__ import annotations

import re
from functools import cache

from newsextract.body import Body
from newsextract.clues import fold, opens_as
from newsextract.errors import NoBody, NotAnArticle, PageError
from newsextract.headline import Headline
from newsextract.layout import Layout
from newsextract.listing import BRIEF, listed
from newsextract.otherkinds import other_kind, programmes
from newsextract.story import Story
from newsextract.survey import Survey
from newsextract.vocabulary import vocabulary

_TOO_SHORT = 60  # characters of text, in all, that one short news item still has
_TITLE_WORDS = 5  # an article's title has as many; a section's name seldom
_FEW_WORDS = 4  # the most that "Kết quả tìm kiếm" and its like have
_HEADING = 6  # words that the heading of an error has at most, where nothing stands above it
_LINE = 160  # characters of one line, which with a title that no line prints is no article
_SCANT = 250  # below this, the words of an error or a login decide
_OTHERS = 4  # times the text, where a page holds as much of others
_STATUS = ("403", "404", "500")  # as titles of error pages open
_ROWS = 8  # of a table that is the page


def refuse_others(survey: Survey, body: Body | None, head: Headline, story: Story) -> Body:
    """The body of an article; raises what the page is where it is none.

    No error is kept in a variable: with its traceback it would hold its own frame, and so the whole
    page, until the garbage collector comes.
    """
    layout, meta = survey.layout, survey.meta
    size = sum(len(layout.lines[i].text) for i in story.lead)
    size += sum(len(layout.lines[i].text) for i, _ in story.lines)
    titles = [t for t in (head.text, layout.title, *meta.titles[:1]) if t]
    if kind := _says(layout, titles, size):
        raise NotAnArticle(kind)
    named = len((head.text or "").split()) >= _TITLE_WORDS
    if len(survey.cards) > 1 and (
        body is None or (size < BRIEF and len(body.prose) < 2 and not named)
    ):
        raise NotAnArticle(f"a list of {len(survey.cards)} articles")
    if body is None or size < _TOO_SHORT:
        raise _nothing(layout, head, size)
    told = listed(survey, body, head, story) or _table(layout, head, story)
    told = told or programmes(layout, story)
    if told := told or (other_kind(survey, story) if size < BRIEF else ""):
        raise NotAnArticle(told)
    signed = size >= _SCANT and any(byline.author for _, byline in story.bylines)
    if head.text is None and not signed and (size < 3 * BRIEF or size < 80 * len(story.lines)):
        raise NotAnArticle(f"no title and only {size} characters in {len(story.lines)} lines")
    others = _OTHERS * size < survey.mass[0]
    if head.first < 0 and (size < _LINE or (size < _SCANT and others)):
        raise NotAnArticle(f"no title in its text, and only {size} characters")
    return body


def _says(layout: Layout, titles: list[str], size: int) -> str | None:
    """What a short page's own title calls it; a longer title may be an article about that."""
    if any(fold(t) in _whole("search") for t in titles[:1]):
        return "a search page"
    first = layout.lines[0].text if layout.lines else ""
    if opens_as(first, "error") and len(first.split()) <= _HEADING:
        return "an error page"  # of a server, which prints what it was doing
    if size >= BRIEF:
        return None
    if any(opens_as(t, "error") or _is_only(t, "error title") for t in titles if _may_say(t, size)):
        return "an error page"
    if any(_is_only(t, "search") for t in titles):
        return "a search page"
    if any(not _whole("service").isdisjoint((_section(t), _last_step(t))) for t in titles):
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
def _whole(section: str) -> frozenset[str]:
    return frozenset(fold(entry) for entry in vocabulary("boilerplate")[section])


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


def _table(layout: Layout, head: Headline, story: Story) -> str:
    """What a table of figures without a text is, under a title that only names it."""
    rows, title = sum(role == "table_row" for _, role in story.lines), head.text or ""
    if rows < _ROWS or (len(title.split()) >= _TITLE_WORDS and not opens_as(title, "tabled")):
        return ""
    told = [i for i, role in story.lines if role != "table_row"]
    size = sum(len(layout.lines[i].text) for i in (*story.lead, *told))
    return f"a table of {rows} rows, with {size} characters of text" if size < _SCANT else ""
