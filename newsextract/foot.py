"""What a page prints below a text, in the same container: readers' words, the writer, appeals."""

from __future__ import annotations

from newsextract.body import Body
from newsextract.byline import read_dated, read_full_name
from newsextract.clues import AUTHOR, is_noise
from newsextract.dates import header_date
from newsextract.layout import Layout
from newsextract.survey import Survey

_STAMP = 90  # characters that a name and an hour stay below


def before_talk(survey: Survey, body: Body) -> Body:
    """``body`` without what readers say below it: outside its box, under a name and an hour."""
    layout = survey.layout
    own = [i for i in body.prose if layout.inside(layout.lines[i].block, body.home)]
    if not own or own[-1] == body.prose[-1]:
        return body
    for i in body.prose:
        first = _said_from(layout, i) if i > own[-1] else -1
        if first > own[-1]:
            lines = [k for k in body.lines if k < first]
            return Body(body.container, lines, [k for k in body.prose if k < first], body.home)
    return body


def _said_from(layout: Layout, i: int) -> int:
    """The line above paragraph ``i`` that says who said it and at what hour, or -1."""
    above, over = (layout.lines[i - 1].text, layout.lines[i - 2].text) if i > 1 else ("", "")
    if len(above) > _STAMP or not (date := header_date(above)) or date.precision == "day":
        return -1
    if read_dated(above):
        return i - 1
    return i - 2 if date.alone and len(over) <= _STAMP and read_full_name(over, dated=True) else -1


def before_foot(survey: Survey, body: Body) -> Body:
    """``body`` whose prose ends with its box, where the foot of the page follows that.

    What stands behind the writer's box, a list or a row of buttons is an appeal or the like, though
    no class says so; a box set as the text's own is a further part of it.
    """
    layout = survey.layout
    own = [i for i in body.prose if layout.inside(layout.lines[i].block, body.home)]
    if not own or own[-1] == body.prose[-1]:
        return body
    foot = next((i for i in range(own[-1] + 1, body.prose[-1]) if _is_of_foot(survey, i)), 0)
    if not foot:
        return body
    kind = layout.tags[body.home], layout.names[body.home]
    prose = [i for i in body.prose if i < foot or _is_set_as(layout, i, kind)]
    return Body(body.container, body.lines, prose, body.home)


def _is_of_foot(survey: Survey, i: int) -> bool:
    """Whether line ``i`` is a link or a name, or of a box that is none of the text."""
    layout, line = survey.layout, survey.layout.lines[i]
    if survey.apart[line.block] or survey.closed[i] or line.is_link or is_noise(line.text):
        return True
    around = layout.bits[line.block] | layout.bits[layout.parents[line.block]]
    return bool(around & AUTHOR) or (
        len(line.text) <= _STAMP and read_full_name(line.text, dated=True) is not None
    )


def _is_set_as(layout: Layout, i: int, kind: tuple[str, str]) -> bool:
    holder = layout.parents[layout.lines[i].block]
    return bool(kind[1]) and (layout.tags[holder], layout.names[holder]) == kind
