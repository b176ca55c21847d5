"""Who wrote an article: the line that signs it, an element named so, or what the head claims."""

from __future__ import annotations

from newsextract.body import Body
from newsextract.byline import read_author
from newsextract.clues import AUTHOR, fold
from newsextract.story import Story
from newsextract.survey import Survey


def find_author(survey: Survey, body: Body, story: Story) -> str | None:
    """The writers as printed, or None where the page names none."""
    for _, byline in story.bylines:
        if byline.author:
            return byline.author
    if printed := _printed(survey, body):
        return ", ".join(printed)
    for text in survey.meta.authors:
        for part in (text, text.replace(";", ", ")):
            if (author := read_author(part)) and fold(author) not in survey.site_names:
                return author
    return None


def _printed(survey: Survey, body: Body) -> list[str]:
    """The writers in elements named so, near the body and outside lists and comments."""
    found: list[str] = []
    last = -1
    for i in range(max(0, body.prose[0] - 15), min(len(survey.closed), body.prose[-1] + 16)):
        if not _is_named(survey, i):
            continue
        author = read_author(survey.layout.lines[i].text)
        if author and fold(author) not in survey.site_names and author not in found:
            if found and i - last > 3:
                break
            found.append(author)
            last = i
    return found


def _is_named(survey: Survey, i: int) -> bool:
    layout = survey.layout
    line = layout.lines[i]
    if survey.closed[i] or survey.prose[i] or survey.apart[line.block] or len(line.text) > 120:
        return False
    places = (line.first, line.block, layout.parents[line.block])
    return any(survey.bits[e] & AUTHOR for e in places)
