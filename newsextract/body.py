"""Which lines of a page are the article's body: by density of prose, share of links, and place.

The container is the element whose lines weigh most. Inside it, boxes that are mostly links or stand
apart go, and so does what stands in a closed list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from newsextract.clues import CAPTION, is_noise
from newsextract.dates import DATE_LINE, is_date_alone
from newsextract.layout import Layout
from newsextract.looks import HEADINGS
from newsextract.notices import is_notice
from newsextract.survey import Survey

_LEAD_ROOM = 8  # lines that a lead takes with who wrote the text, when, and buttons below it
_SHORT = 800  # characters of prose below which a body may have been cut too narrow


@dataclass(slots=True)
class Body:
    """The container, the numbers of the lines kept, and which of them are prose."""

    container: int
    lines: list[int]
    prose: list[int]
    home: int  # the element that directly holds most of the prose

    def before(self, line: int) -> Body:
        """The body without that line and all behind it; its home stays."""
        lines, prose = ([i for i in own if i < line] for own in (self.lines, self.prose))
        return Body(self.container, lines, prose, self.home)


def find_body(survey: Survey, container: int) -> Body | None:
    """The body in ``container``, before its head and end are told from it; None without prose."""
    layout = survey.layout
    end = layout.ends[container]
    inside = [i for i, line in enumerate(layout.lines) if container <= line.block < end]
    dropped = _dropped(survey, inside, range(container, end))
    kept = [
        i
        for i in inside
        if not dropped[(line := layout.lines[i]).block - container]
        and not survey.closed[i]
        and i not in survey.cards
        and not survey.repeated[i]
        and line.linked <= 0.8 * len(line.text)
    ]
    prose = [i for i in kept if survey.prose[i] and not _is_foot(layout.lines[i].text)]
    if not prose:
        return None
    return Body(container, kept, prose, _home(layout, prose))


def _is_foot(text: str) -> bool:
    return is_noise(text) or is_notice(text)


def behind_title(body: Body, title: int) -> Body | None:
    """``body`` without what stands before the line after ``title``, or None if that is all."""
    prose = [i for i in body.prose if i > title]
    lines = [i for i in body.lines if i > title]
    return Body(body.container, lines, prose, body.home) if prose else None


def text_start(survey: Survey, body: Body) -> int:
    """Where the text begins in its own box: writer and date may stand below a lead above it."""
    layout, first = survey.layout, body.prose[0]
    near = (i for i in body.prose if i <= first + _LEAD_ROOM)
    return next((i for i in near if layout.inside(layout.lines[i].block, body.home)), first)


def below_lead(survey: Survey, body: Body) -> range:
    """The lines between the first paragraph of the text's box, a lead maybe, and the next one."""
    start = text_start(survey, body)
    behind = (i for i in body.prose if i > start and not is_caption(survey, i))
    end = next(behind, start + 1)
    return range(start + 1, end if end <= start + _LEAD_ROOM else start + 1)


def is_caption(survey: Survey, i: int) -> bool:
    """Whether the box of line ``i``, or the one around that, is named or made for a caption."""
    layout, block = survey.layout, survey.layout.lines[i].block
    around = survey.bits[block] | survey.bits[layout.parents[block]]
    return layout.tags[block] == "figcaption" or bool(around & CAPTION)


def before_next(survey: Survey, body: Body, title: int) -> Body:
    """``body`` without a further article, which pages of endless scrolling print below the first.

    It opens with a heading set as line ``title`` is, outside the box of the first paragraphs, and
    with a date of its own; a section of one article has no date.
    """
    layout, start = survey.layout, body.prose[0]
    own = tag, names = layout.kind(layout.lines[title].block)
    if not names and tag not in HEADINGS:
        return body
    box = layout.holder(start)
    for i, line in enumerate(layout.lines[start + 1 : body.prose[-1]], start + 1):
        if layout.kind(line.block) != own or layout.inside(line.block, box):
            continue
        if _is_dated(layout, i):
            first = body.before(i)
            return replace(first, home=_home(layout, first.prose))
    return body


def _is_dated(layout: Layout, i: int) -> bool:
    """Whether a short line close to line ``i`` is a date and no more."""
    near = layout.lines[max(0, i - 2) : i + 4]
    return any(len(x.text) <= DATE_LINE and not x.linked and is_date_alone(x.text) for x in near)


def widened(survey: Survey, body: Body, title: int) -> int:
    """The container of a short body, grown to hold the block of its title too."""
    layout = survey.layout
    held = sum(len(layout.lines[i].text) for i in body.prose)
    if held > _SHORT or layout.inside(title, body.container):
        return body.container
    return next(e for e in layout.ancestors(body.container) if layout.inside(title, e))


def _home(layout: Layout, prose: list[int]) -> int:
    """The innermost element that holds most of the prose."""
    own: dict[int, int] = {}
    for i in prose:
        holder = layout.holder(i)
        own[holder] = own.get(holder, 0) + len(layout.lines[i].text)
    mass: dict[int, int] = {}
    for holder, size in own.items():  # a few, where the lines are many
        for e in layout.ancestors(holder):
            mass[e] = mass.get(e, 0) + size
    most = 0.7 * max(mass.values())
    return max(e for e, m in mass.items() if m >= most)


def _dropped(survey: Survey, inside: list[int], elements: range) -> list[bool]:
    """Of each of ``elements``, the first of which holds all: whether it is a box of links or apart.

    ``inside`` are the lines in them.
    """
    layout, base = survey.layout, elements.start
    size, linked = [0] * len(elements), [0] * len(elements)
    for i in inside:
        line = layout.lines[i]
        size[line.block - base] += len(line.text)
        linked[line.block - base] += line.linked
    for e in range(len(elements) - 1, 0, -1):
        if size[e]:
            parent = layout.parents[base + e] - base
            size[parent] += size[e]
            linked[parent] += linked[e]
    least = 0.2 * survey.mass[base]
    dropped = [False] * len(elements)
    for e in range(1, len(elements)):
        dropped[e] = (
            dropped[layout.parents[base + e] - base]
            or survey.apart[base + e]
            or (linked[e] > 0.5 * size[e] and survey.mass[base + e] < least)
        )
    return dropped
