"""The body of a plain-text dump: the paragraphs that belong together, lists and byline cut off."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from newsextract.dump import DumpLine, ends_article, opens_comments, opens_other_articles
from newsextract.dumpmarks import byline_of, date_of, is_caption
from newsextract.errors import NotAnArticle
from newsextract.headdates import AGE


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
# A table's figure on a line of its own.
_CELL = re.compile(r"[-+]?\d+,\d+\s?%?|[-+]?\d+(?:[.,]\d+)?\s?(?:%|ha|kg|tấn|tỷ|triệu)")
_AGE = re.compile(AGE, re.IGNORECASE)


def _opens_run(lines: list[DumpLine], at: int) -> bool:
    """Whether other articles begin here: two dated links, one with its age ("17 giờ trước"), or
    six headlines without a paragraph between.
    """
    line = lines[at]
    if line.dated_link:
        after = lines[at + 1] if at + 1 < len(lines) else None
        return bool(after and after.dated_link) and not (at and lines[at - 1].dated_link)
    if not _is_headline(line):
        return False
    aged = next(
        (i for i in range(at + 1, min(at + 4, len(lines))) if _AGE.fullmatch(lines[i].text)), 0
    )
    if aged and not any(_is_headline(x) for x in lines[at + 1 : aged]):
        return True
    run = lines[at : at + _RUN]
    if len(run) < _RUN or (at and _is_headline(lines[at - 1])):
        return False
    if any(_CELL.fullmatch(x.text) for x in run):
        return False
    figures = sum(bool(re.search(r"\d", x.text)) and len(x.text) <= 45 for x in run)
    return all(_is_headline(x) for x in run) and figures <= 2


def _is_headline(line: DumpLine) -> bool:
    """An entry of a menu or of a list of articles."""
    return line.headline and not (is_caption(line) or byline_of(line))


def find_body(lines: list[DumpLine]) -> list[int]:
    """The numbers of the lines from the article's first paragraph to its last; may be empty."""
    parts = _parts(lines)
    weight = [_weight(lines, part) for part in parts]
    main = weight.index(max(weight))
    # Among menus and lists, one short line of prose is more likely a notice than an article.
    if weight[main] < (120 if len(lines) > 20 else 1):
        return []
    first = last = main
    while first and _goes_back(lines, parts, first):
        first -= 1
    while last + 1 < len(parts) and _continues(lines, parts[last + 1], _signed(lines, parts[last])):
        last += 1
    found = [
        n for p in parts[first : last + 1] for n in _kept(lines, p, inside=p is not parts[first])
    ]
    body = _above_stamps(lines, _below_slides(lines, _once(lines, found)))
    return body[next((i for i, n in enumerate(body) if lines[n].prose), len(body)) :]


def _below_slides(lines: list[DumpLine], body: list[int]) -> list[int]:
    """``body`` from its date on where other articles stand above it, each a headline and a
    paragraph, as slide shows at the top of a page leave them, or headlines in one long line.
    """
    start = next((i for i, n in enumerate(body) if lines[n].prose), 0)
    dates = (i for i, n in enumerate(body) if i > start and date_of(lines[n]))
    at = next(dates, 0)
    above = [lines[n].prose for n in body[:at]]
    apart = (
        not any(a and b for a, b in pairwise(above)) and sum(lines[n].prose for n in body[at:]) > 1
    )
    row = sum(above) == 1 and not lines[body[start]].sentence and at - start > 1
    return body[at:] if at and apart and (row or sum(above) > 1) else body


def _above_stamps(lines: list[DumpLine], body: list[int]) -> list[int]:
    """``body`` up to the hour or the name and day of a reader's word or of another article."""
    prose = 0
    for at, n in enumerate(body):
        if prose > 1 and _is_stamp(lines[n]):
            return body[: at - 1] if _is_headline(lines[n - 1]) else body[:at]
        prose += lines[n].prose
    return body


def _is_stamp(line: DumpLine) -> bool:
    """Whether a line is a date with its hour or a name, as no heading of a chronicle is."""
    found = date_of(line)
    return bool(found and not (found.alone and found.precision == "day"))


def _weight(lines: list[DumpLine], part: _Part) -> float:
    """Characters in the densest row of paragraphs, where the part is not what readers wrote.

    A menu may hold "Phản hồi" as well; then the article's date stands between it and the text.
    The bars that web archives and players add are in English.
    """
    inner = lines[part.start : part.stop]
    if part.opener and opens_comments(part.opener):
        first = next((i for i, line in enumerate(inner) if line.prose), 0)
        if not any(date_of(line) for line in inner[:first]):
            return 0
    best = run = 0.0
    for line in inner:
        if line.prose:
            doubt = (0.5 if line.bullet else 1) * (1 if line.sentence else 0.5)
            run += len(line.text) * doubt * (1 if line.vietnamese else 0.1)
        elif date_of(line):
            run = 0  # a date stands above its article, so what came before is another's
        elif line.headline:
            run = max(0.0, run - 60)
        best = max(best, run)
    return best


def _once(lines: list[DumpLine], numbers: list[int]) -> list[int]:
    """Long lines are kept once: slide shows and print views repeat them."""
    first: dict[str, int] = {}
    return [
        n for n in numbers if len(lines[n].text) < 60 or first.setdefault(lines[n].text, n) == n
    ]


def _kept(lines: list[DumpLine], part: _Part, *, inside: bool) -> list[int]:
    numbers = [n for n in range(part.start, part.stop) if not lines[n].dated_link]
    if not inside:
        return numbers
    at = next((i for i, n in enumerate(numbers) if lines[n].prose), len(numbers))
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
    inner = inner[: next((i for i, x in enumerate(inner) if i > at and _is_stamp(x)), len(inner))]
    last = max(i for i, line in enumerate(inner) if line.prose)
    rest = [line for line in inner[at : last + 1] if not is_caption(line)]
    prose = sum(line.prose for line in rest)
    if prose < 2 or prose < 0.6 * sum(not x.sentence or x.prose for x in rest):
        return False
    # One sub-heading may stand behind the first paragraph; announcements take turns all along.
    marked = at > 0 and all(x.bullet or x.link for x in inner[:at]) and not rest[0].bullet
    return rest[1].prose or all(x.prose for x in rest[2 : 3 if marked else 4])


def _goes_back(lines: list[DumpLine], parts: list[_Part], number: int) -> bool:
    """Whether the article began above the box of links that opens a part."""
    opener = parts[number].opener
    if opener is None or not opens_other_articles(opener) or not _continues(lines, parts[number]):
        return False
    above = parts[number - 1]
    prose = [n for n in range(above.start, above.stop) if lines[n].prose and lines[n].vietnamese]
    dated = any(date_of(line) for line in lines[above.start : above.stop])
    return len(prose) > (0 if dated else 1) and prose[-1] - prose[0] <= 2 * len(prose)


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
    if len(lines) > 3 and 2 * len(sentences) < len(lines):
        raise NotAnArticle("short lines only, no sentence", source=source)
    return list(range(sentences[0] if sentences else len(lines) - 1, len(lines)))
