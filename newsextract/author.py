"""Who wrote an article: the line that signs it, an element named so, or what the head claims."""

from __future__ import annotations

from newsextract.body import Body, Survey
from newsextract.byline import read_author
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
    printed = _printed(layout, survey, body, names)
    if printed:
        return ", ".join(printed)
    for text in meta.authors:
        for part in (text, text.replace(";", ", ")):
            if (author := read_author(part)) and fold(author) not in names:
                return author
    return None


def _printed(layout: Layout, survey: Survey, body: Body, names: set[str]) -> list[str]:
    """The writers in elements named so, near the body and outside lists and comments."""
    found: list[str] = []
    last = -1
    prose = set(body.prose)
    for i in range(max(0, body.prose[0] - 15), min(len(survey.closed), body.prose[-1] + 16)):
        line = layout.lines[i]
        if survey.closed[i] or survey.apart[line.block] or len(line.text) > 120 or i in prose:
            continue
        places = (line.first, line.block, layout.parents[line.block])
        if not any(survey.bits[e] & AUTHOR for e in places):
            continue
        author = read_author(line.text)
        if author and fold(author) not in names and author not in found:
            if found and i - last > 3:
                break
            found.append(author)
            last = i
    return found
