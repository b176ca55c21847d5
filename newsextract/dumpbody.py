"""The body of a plain-text dump: the paragraphs that belong together, lists and byline cut off."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsextract.dump import (
    DumpLine,
    byline_of,
    date_of,
    ends_article,
    is_caption,
    opens_other_articles,
)
from newsextract.errors import NotAnArticle


class _Part(NamedTuple):
    """Lines ``start`` to ``stop`` of a dump, and the heading of other articles above them."""

    opener: DumpLine | None
    start: int
    stop: int


def _parts(lines: list[DumpLine]) -> list[_Part]:
    """The dump cut at each heading of a list, and at each run of dated links or of headlines."""
    parts: list[_Part] = []
    opener, start = None, 0
    for at, line in enumerate(lines):
        if opens_other_articles(line) or _opens_run(lines, at):
            parts.append(_Part(opener, start, at))
            opener, start = line, at + 1
    return [*parts, _Part(opener, start, len(lines))]


_RUN = 6


def _opens_run(lines: list[DumpLine], at: int) -> bool:
    """Whether two dated links, or six headlines without a paragraph between, begin here."""
    if lines[at].dated_link:
        after = lines[at + 1] if at + 1 < len(lines) else None
        return bool(after and after.dated_link) and not (at and lines[at - 1].dated_link)
    run = lines[at : at + _RUN]
    plain = len(run) == _RUN and all(_is_headline(line) for line in run)
    return plain and not (at and _is_headline(lines[at - 1]))


def _is_headline(line: DumpLine) -> bool:
    return line.headline and not is_caption(line) and not re.search(r"\d", line.text)


def find_body(lines: list[DumpLine]) -> list[int]:
    """The numbers of the lines from the first paragraph of the article to the last."""
    parts = _parts(lines)
    weight = [sum(len(x.text) for x in lines[p.start : p.stop] if x.prose) for p in parts]
    main = weight.index(max(weight))
    if not weight[main]:
        return []
    first = last = main
    while first and _continues(lines, parts[first]) and _has_paragraphs(lines, parts[first - 1]):
        first -= 1
    while last + 1 < len(parts) and _continues(lines, parts[last + 1], _signed(lines, parts[last])):
        last += 1
    kept = [
        n for p in parts[first : last + 1] for n in _kept(lines, p, inside=p is not parts[first])
    ]
    while kept and not lines[kept[0]].prose:
        kept.pop(0)
    return kept


def _kept(lines: list[DumpLine], part: _Part, *, inside: bool) -> list[int]:
    numbers = [n for n in range(part.start, part.stop) if not lines[n].dated_link]
    if not inside:
        return numbers
    at = next(i for i, n in enumerate(numbers) if lines[n].prose)
    heading = part.start - 1 if at == 0 and part.opener else None
    return ([] if heading is None else [heading]) + numbers[at:]


def _continues(lines: list[DumpLine], part: _Part, signed: bool = False) -> bool:
    """Whether the article goes on behind a box of links that stands within it."""
    if part.opener is None or signed or ends_article(part.opener):
        return False
    inner = lines[part.start : part.stop]
    at = next((i for i, line in enumerate(inner) if line.prose), None)
    if at is None or at > 8:
        return False
    rest = [line for line in inner[at:] if not is_caption(line)]
    prose = sum(line.prose for line in rest)
    return (
        prose >= 2 and rest[1].prose and prose >= 0.6 * sum(not x.sentence or x.prose for x in rest)
    )


def _has_paragraphs(lines: list[DumpLine], part: _Part) -> bool:
    inner = lines[part.start : part.stop]
    dated = any(date_of(line) for line in inner)
    prose = [i for i, line in enumerate(inner) if line.prose]
    return bool(prose) and (
        dated or len(prose) > len(inner) / 2 or prose[-1] - prose[0] == len(prose) - 1
    )


def _signed(lines: list[DumpLine], part: _Part) -> bool:
    """Whether the lines behind the last paragraph of a part hold a byline."""
    inner = lines[part.start : part.stop]
    last = max((i for i, line in enumerate(inner) if line.prose), default=len(inner))
    return any(byline_of(line) for line in inner[last + 1 :])


def short_body(lines: list[DumpLine], source: str) -> list[int]:
    """A dump without one long paragraph: all of it, unless it is a list of links."""
    if any(opens_other_articles(line) or line.dated_link for line in lines):
        raise NotAnArticle("a list of headlines, no paragraph", source=source)
    sentences = [n for n, line in enumerate(lines) if line.sentence]
    if not sentences and len(lines) > 3:
        raise NotAnArticle("short lines only, no sentence", source=source)
    return list(range(sentences[0] if sentences else len(lines) - 1, len(lines)))


def without_byline(lines: list[DumpLine], body: list[int]) -> tuple[list[int], str | None]:
    """The body without what stands behind its last sentence, and the writer named there."""
    last = max((i for i, n in enumerate(body) if lines[n].prose), default=len(body) - 1)
    for i in range(1, len(body)):
        found = byline_of(lines[body[i]])
        if found and (i > last or _only_teasers(lines, body[i + 1 :])):
            return _trimmed(lines, body[:i]), found.author
    return _trimmed(lines, body), None


def _only_teasers(lines: list[DumpLine], rest: list[int]) -> bool:
    """Whether headlines and paragraphs take turns, as where other articles are announced."""
    prose = [lines[n].prose for n in rest]
    return len(prose) > 1 and not prose[0] and sum(prose) <= len(prose) / 2


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
