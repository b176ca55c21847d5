"""Plain-text dumps → Article: what archives and other tools leave of a page, lists and all.

Paragraphs are found first; the headline is the line above them whose words they repeat; what
stands behind the byline or under the heading of other articles is cut.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from newsextract.dump import DumpLine, is_furniture, read_lines
from newsextract.dumpbody import find_body, short_body
from newsextract.dumpends import may_sign, without_byline
from newsextract.dumphead import Head, author_of, find_head, published_of
from newsextract.dumpmarks import byline_of, date_of, is_caption
from newsextract.errors import NoBody
from newsextract.model import Article, Raw, Role
from newsextract.sites import find_site

Row = tuple[Role, str, str]


def read_plain(
    text: str,
    raw: Raw | None = None,
    *,
    charset: str | None = None,
    repairs: tuple[str, ...] = (),
    repeated: Collection[str] = frozenset(),
) -> Article:
    """The article of a plain-text dump; ``repeated`` are lines its site repeats everywhere.

    Raises ``NotAnArticle`` for a dump that is nothing but headlines, and ``NoBody`` where nothing
    is left once menus and controls are off.
    """
    raw = raw or Raw(b"")
    lines = _titled(_shown(read_lines(text), repeated))
    if not lines:
        raise NoBody("nothing but menus and controls", source=raw.name)
    body, writer = without_byline(lines, find_body(lines) or short_body(lines, raw.name))
    head = find_head(lines, body)
    site = find_site(raw.url)
    return Article.assemble(
        [*_head_rows(head), *_body_rows(lines, body)],
        author=writer or author_of(lines, head),
        published=published_of(lines, head, body, raw.fetched),
        url=raw.url,
        source=raw.source,
        fetched=raw.fetched,
        site=site.name if site else None,
        province=site.province if site else None,
        charset=charset or None,
        repairs=repairs,
    )


def _shown(lines: list[DumpLine], repeated: Collection[str]) -> list[DumpLine]:
    """The lines that are no furniture and do not stand all over the site.

    Other pages list an article's headline too, so one right above a date or a paragraph stays;
    and on a day many articles are published.
    """
    shown = []
    for at, line in enumerate(lines):
        below = lines[at + 1 : at + 3]
        heads = line.text.count(" ") >= 4 and any(
            date_of(x) or (x.prose and x.text not in repeated) for x in below
        )
        kept = heads or date_of(line) or line.text not in repeated
        if kept and not is_furniture(line):
            shown.append(line)
    return shown


def _titled(lines: list[DumpLine]) -> list[DumpLine]:
    """``lines`` with the page's own title, which opens a dump, known as a heading where it comes
    again, however long it is.
    """
    title = lines[0].text if lines else ""
    if not 60 <= len(title) <= 220 or title[-1] in ".;:" or sum(x.text == title for x in lines) < 2:
        return lines
    return [replace(x, heading=True) if x.text == title else x for x in lines]


_SUMMARY = re.compile(r"(?:tóm tắt|sapo|mô tả|trích yếu)\s*:\s*(?=\S)", re.IGNORECASE)
_BODY_LABEL = re.compile(r"^(?:nội dung(?: bài)?|content)\s*:\s*(?=\S)", re.IGNORECASE)


def _head_rows(head: Head) -> Iterator[Row]:
    """The headline, and of the lines under it captions, a labelled summary and sentences."""
    if head.line is None:
        return
    yield "title", head.title, f"line {head.line.number}"
    for line in head.below:
        place = f"line {line.number}"
        if is_caption(line):
            yield "caption", line.text, place
        elif label := _SUMMARY.match(line.text):
            yield "lead", line.text[label.end() :], place
        elif line.sentence and not (line.bullet or byline_of(line) or date_of(line)):
            yield "paragraph", line.text, place


def _body_rows(lines: list[DumpLine], body: list[int]) -> Iterator[Row]:
    for at, number in enumerate(body):
        line = lines[number]
        row = _body_row(line, first=at == 0)
        if at and row and row[0] == "heading":
            byline = byline_of(line)
            row = None if byline and may_sign(lines, number, byline) else row
        if row:
            yield row[0], row[1], f"line {line.number}"


def _body_row(line: DumpLine, *, first: bool) -> tuple[Role, str] | None:
    if "\t" in line.text or line.text.count("|") >= 2:
        return "table_row", " | ".join(
            filter(None, (c.strip() for c in re.split(r"[|\t]", line.text)))
        )
    if first and (label := _SUMMARY.match(line.text)):
        return "lead", line.text[label.end() :]
    if is_caption(line):
        return "caption", line.text
    if line.bullet in _ROUND or (line.bullet and not line.prose):
        return "list_item", line.text
    if line.prose or line.sentence:
        return "paragraph", _BODY_LABEL.sub("", f"{line.bullet} {line.text}".strip(), count=1)
    if not first and (date_of(line) or line.link):
        return None
    return "heading", line.text


# A dash may open speech or a numbered thought; these marks only ever open an item.
_ROUND = frozenset("*•●▪■♦○·+→")
