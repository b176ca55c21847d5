"""Where the body of a plain-text dump ends, and what stands in it that is none of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from newsextract.byline import Byline
from newsextract.dump import DumpLine, opens_other_articles
from newsextract.dumpmarks import byline_of, is_caption
from newsextract.writers import is_lone


def without_byline(lines: list[DumpLine], body: list[int]) -> tuple[list[int], str | None]:
    """The body up to its last sentence, and the writer named right behind it."""
    core = _without_boxes(lines, _without_teasers(lines, _trimmed(lines, body)))
    for i in range(1, len(core)):
        found = byline_of(lines[core[i]])
        if found and may_sign(lines, core[i], found) and _only_teasers(lines, core[i + 1 :]):
            core = _trimmed(lines, core[:i])
            break
    behind = [*_bylines(lines, body[len(core) : len(core) + 4]), _above_captions(lines, core)]
    return core, next((b.author for b in behind if b and b.author), None)


def _above_captions(lines: list[DumpLine], core: list[int]) -> Byline | None:
    """The byline behind the text where the pictures' captions or credits follow it."""
    at = next((n for n in reversed(core) if not is_caption(lines[n])), 0)
    found = byline_of(lines[at]) if at else None
    return found if found and may_sign(lines, at, found) else None


_FIGURE = re.compile(r"[-+]?\d[\d.,]*\s?%?")


def may_sign(lines: list[DumpLine], at: int, found: Byline) -> bool:
    """Whether the byline of line ``at`` stands behind a text, not among the cells of a table."""
    above, below = lines[at - 1], lines[min(at + 1, len(lines) - 1)]
    if _FIGURE.fullmatch(below.text) or is_lone(found.author):
        return False
    # A link to another article may stand between.
    between = at > 1 and _is_entry(above, 6) and lines[at - 2].prose
    return above.prose or above.sentence or is_caption(above) or bool(byline_of(above)) or between


def _bylines(lines: list[DumpLine], behind: list[int]) -> Iterator[Byline | None]:
    """What the lines behind a body state; one word is a name only where no other cell of a table
    or entry of a menu follows it.
    """
    for at, n in enumerate(behind):
        found = byline_of(lines[n])
        next_to = lines[n + 1] if n + 1 < len(lines) else None
        alone = at == 0 and (next_to is None or opens_other_articles(next_to))
        alone = alone and not lines[n].text.isupper()
        yield found if found and (alone or not is_lone(found.author)) else None


def _only_teasers(lines: list[DumpLine], rest: list[int]) -> bool:
    """Whether headlines and paragraphs take turns, as where other articles are announced."""
    prose = [lines[n].prose for n in rest]
    return len(prose) > 1 and not prose[0] and sum(prose) <= len(prose) / 2


def _without_teasers(lines: list[DumpLine], body: list[int]) -> list[int]:
    """``body`` without other articles announced at its end: three or more headlines of eight
    words, each with one paragraph, behind three paragraphs in a row.
    """
    end = len(body)
    while end > 1 and lines[body[end - 1]].prose and _announces(lines[body[end - 2]]):
        end -= 2
    row = all(lines[n].prose for n in body[max(0, end - 3) : end])
    pairs = (len(body) - end) // 2
    few = 0 < pairs < 3 and _among_menus(lines, body)
    return body[:end] if (few or pairs >= 3) and end >= 3 and row else body


def _without_boxes(lines: list[DumpLine], body: list[int]) -> list[int]:
    """``body`` without boxes of links between its paragraphs that no heading announces: two or
    more headlines in a row, in a dump with menus, where a lone one may be a sub-heading.
    """
    if not _among_menus(lines, body):
        return body
    kept: list[int] = []
    for entry, group in groupby(body, key=lambda n: _is_entry(lines[n], 6)):
        run = list(group)
        above = lines[kept[-1]] if kept else None
        text = above and (above.prose or is_caption(above)) and above.text[-1] not in ":;"
        box = entry and len(run) > 1 and text
        if not box or run[-1] == body[-1] or len({bool(lines[n].bullet) for n in run}) > 1:
            kept += run
    return kept


_MENUS = 15


def _among_menus(lines: list[DumpLine], body: list[int]) -> bool:
    """Whether the dump is of a whole page, whose boxes may stand within the article too."""
    return sum(x.headline for x in lines[: body[0]]) + len(lines) - body[-1] > _MENUS


def _is_entry(line: DumpLine, words: int) -> bool:
    """Whether a line may be the headline of another article: so many words and no end."""
    return (
        line.headline
        and not (line.sentence or line.heading or is_caption(line) or byline_of(line))
        and "\t" not in line.text
        and line.text[-1] != ","
        and len(line.text.split()) >= words
    )


def _announces(line: DumpLine) -> bool:
    return line.headline and not is_caption(line) and line.text.count(" ") >= 7


def _trimmed(lines: list[DumpLine], body: list[int]) -> list[int]:
    """``body`` up to its last sentence, or the list its last paragraph announces."""
    end = len(body)
    while end > 1:
        line, above = lines[body[end - 1]], lines[body[end - 2]]
        listed = line.bullet and (above.bullet or above.text.endswith(":"))
        if line.prose or (line.sentence and not byline_of(line)) or listed or is_caption(line):
            break
        end -= 1
    return body[:end]
