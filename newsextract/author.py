"""Who wrote an article: the line that signs it, an element named so, or what the head claims."""

from __future__ import annotations

from newsextract.body import Body, Survey
from newsextract.byline import read_author, read_byline
from newsextract.clues import AUTHOR, fold
from newsextract.layout import Layout
from newsextract.metadata import Metadata
from newsextract.story import Story


def find_author(
    layout: Layout, survey: Survey, body: Body, story: Story, meta: Metadata
) -> str | None:
    """The writers as printed, or None where the page names none."""
    for _, byline in story.bylines:
        if byline.author:
            return byline.author
    names = {fold(n) for n in meta.site_names}
    for text in _named(layout, survey, body, story):
        if (author := read_author(text)) and fold(author) not in names:
            return author
    for text in meta.authors:
        if (author := read_author(text)) and fold(author) not in names:
            return author
    return None


def _named(layout: Layout, survey: Survey, body: Body, story: Story) -> list[str]:
    """Texts of elements named as author, near the body and outside lists and comments."""
    found = []
    for i in range(max(0, body.prose[0] - 15), min(len(layout.lines), body.prose[-1] + 12)):
        line = layout.lines[i]
        if survey.closed[i] or len(line.text) > 120 or i in body.prose:
            continue
        if any(
            survey.bits[e] & AUTHOR for e in (line.first, line.block, layout.parents[line.block])
        ):
            if not survey.apart[line.block] and read_byline(line.text, bare=True):
                found.append(line.text)
    return found
