"""Which of several headings above a text is the article's, and which only names its section."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from newsextract.body import Body
from newsextract.clues import LEAD, TITLE, fold, is_noise, pairs
from newsextract.dates import header_date
from newsextract.folded import folded
from newsextract.looks import size_of
from newsextract.survey import Survey

HEADINGS = {"h1": 4.0, "h2": 2.0, "h3": 1.0, "h4": 0.5}
"""What a heading says for a title."""
_SECTION_WORDS = 3  # the most that a section's name has, and fewer than an article's title
_SECTION = re.compile(
    r"(?<![a-z])(?:(?:portlet|box|block|module|mod|section|widget|category|cate?|component|page)[_-]*"
    r"(?:title|name|heading|topper)|(?:title|tieu-?de)[_-]*(?:cate?|category|box|block|module|section)|"
    r"cate?|category|chuyen-?muc|danh-?muc)(?![a-z])",
    re.IGNORECASE,
)
_MENU = 5  # linked lines that are none yet
_LARGE = 18  # pixels of letters that are a heading's
_SLUG_WORDS = 4
# What an address may call the page that shows any article: ``/tin-tuc-chi-tiet.aspx``.
_KINDS = frozenset(
    "article bai ban bao chi chu chung dung hoat dong he index kien detail news noi page thong "
    "thoi tiet tin trang trong tuc su van view viet xem".split()
)
_SAME = 0.75  # share of an address's words that a title has
_OTHER = 0.5
_SAID = 0.4  # share of a heading's pairs of words that the text has too, where it is about it


def below_section(survey: Survey, body: Body, best: int, start: int) -> int:
    """The heading between line ``best`` and the text at ``start`` that is the title, or -1.

    For a ``best`` that the head of the page does not confirm: it may name the section.
    """
    below = [i for i in range(best + 1, start) if _may_be_title(survey, i)]
    if not below:
        return -1
    slug = slug_words(survey.address or "")
    if slug:
        if _share(survey, best, slug) >= _OTHER:
            return -1
        named = next((i for i in below if _share(survey, i, slug) >= _SAME), -1)
        if named >= 0:
            return named
    if stands_above_menu(survey, best, below[-1]):
        return below[-1]
    text = pairs(" ".join(survey.layout.lines[i].text for i in body.prose if i >= start))
    closest = max(below, key=lambda i: shared(survey, i, text))
    if _is_section(survey, best):
        return closest
    own, other = shared(survey, best, text), shared(survey, closest, text)
    if (other > own and _is_elsewhere(survey, best)) or (other >= _SAID and not own):
        return closest
    return -1


def stands_above_menu(survey: Survey, i: int, below: int) -> bool:
    """Whether a menu stands between heading ``i`` and line ``below``: the heading is the site's."""
    return sum(line.is_link for line in survey.layout.lines[i + 1 : below]) > _MENU


def _may_be_title(survey: Survey, i: int) -> bool:
    layout = survey.layout
    line = layout.lines[i]
    if not 15 <= len(line.text) <= 200 or len(line.text.split()) <= _SECTION_WORDS:
        return False
    if survey.is_aside(i) or survey.bits[line.block] & LEAD:
        return False
    if names_section(survey, i):
        return False
    tags = (layout.tags[line.block], layout.tags[layout.holder(i)])
    large = size_of(layout, line) >= _LARGE
    if not (large or survey.bits[line.block] & TITLE or any(t in HEADINGS for t in tags)):
        return False
    return not (
        line.text.endswith((".", ":", ";")) or is_noise(line.text) or header_date(line.text)
    )


def _is_section(survey: Survey, i: int) -> bool:
    """Whether a heading is called one of a section, or is as short as a section's name."""
    few = len(survey.layout.lines[i].text.split()) <= _SECTION_WORDS
    return few or names_section(survey, i)


def names_section(survey: Survey, i: int) -> bool:
    """Whether the class of a heading is that of a section's: ``"portlet-topper"``."""
    return survey.layout.is_called(survey.layout.lines[i], _SECTION)


def _is_elsewhere(survey: Survey, i: int) -> bool:
    """Whether a menu or the path to the page has the words of a heading too."""
    lines = survey.layout.lines
    title = fold(lines[i].text)
    for j, line in enumerate(lines):
        if j != i and (line.is_link or survey.apart[line.block]):
            other = fold(line.text)
            if other == title or (len(other) >= 15 and title.startswith(other)):
                return True
    return False


def shared(survey: Survey, i: int, text: set[tuple[str, str]]) -> float:
    """The share of the pairs of words of line ``i`` that a ``text`` has too."""
    own = pairs(survey.layout.lines[i].text)
    return len(own & text) / max(4, len(own))


def _share(survey: Survey, i: int, slug: frozenset[str]) -> float:
    words = set(re.findall(r"[a-z]+", folded(survey.layout.lines[i].text)))
    return len(words & slug) / len(slug)


@lru_cache(maxsize=64)
def slug_words(address: str) -> frozenset[str]:
    """The words of a title that an address spells, without marks; empty where it spells none.

    ``".../412-phong-tru-ray-nau.html"`` → phong, tru, ray, nau.
    """
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return frozenset()
    parts = [re.findall(r"[a-z]{2,}", part.lower()) for part in re.split(r"[/.]", path[-300:])]
    longest = max((part for part in parts if not _KINDS.issuperset(part)), key=len, default=[])
    return frozenset(longest) if len(longest) >= _SLUG_WORDS else frozenset()
