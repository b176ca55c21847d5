"""The lines of a plain-text dump: unwrapped, freed of markers, and what each of them looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice, pairwise

from newsextract.clues import is_noise, opens_list
from newsextract.dates import header_date
from newsextract.letters import LOWER, UPPER
from newsextract.notices import is_notice
from newsextract.tidying import unescaped
from newsextract.vocabulary import alternation, vocabulary


@dataclass(frozen=True)
class DumpLine:
    """One paragraph or line of a dump, its first line's number, and its marks.

    ``bullet`` is the list mark that stood before it (or empty), ``link`` whether it is nothing but
    a link in the dump's notation, ``heading`` whether the dump marks it as one.
    """

    text: str
    number: int
    bullet: str = ""
    link: bool = False
    heading: bool = False

    @cached_property
    def prose(self) -> bool:
        """Whether it reads like a paragraph: long, and ended like a sentence, or very long."""
        if self.link or self.heading or self.dated_link or self.ticker:
            return False
        size = len(self.text)
        if size >= 60 and re.search(r"[.:;…][”\"’')\]]*$", self.text[-8:]):
            return True
        return size >= 220 or (size >= 100 and bool(_SENTENCES.search(self.text)))

    @cached_property
    def ticker(self) -> bool:
        """Whether it is headlines in a row, as the bar above a page runs them: seams between them,
        or no punctuation over 220 characters, and no end like a sentence's.
        """
        text = self.text
        if len(text) < 100 or text[-1] in _ENDS:
            return False
        if len(text) >= 220 and not _STOPS.search(_TICKER_LABEL.sub("", text)):
            return True
        if _SENTENCES.search(text):
            return False
        return sum(1 for _ in islice(_SEAM.finditer(text), 3)) == 3

    @cached_property
    def vietnamese(self) -> bool:
        """Whether it has a letter that only Vietnamese writes."""
        return bool(re.search("[ăâđêôơưạ-ỹĂÂĐÊÔƠƯẠ-Ỹ]", self.text))

    @cached_property
    def sentence(self) -> bool:
        """Whether it ends like a sentence, however short."""
        return not self.link and bool(re.search(r"[.!?…:;][”\"’')\]]*$", self.text[-8:]))

    @cached_property
    def dated_link(self) -> bool:
        """A headline with its date behind or before it, as lists of other articles print them."""
        text = self.text
        if len(text) > 350 or not (match := _dated().search(text)):
            return False
        if not match.start() and text[-1] in ".!?…”":
            return False  # a paragraph may begin with its day
        before = text[: match.start()].rstrip(" (")
        if _DATE_IN_PROSE.search(before):
            return False
        rest = (before + text[match.end() :]).strip(" -–|()[],:•»>*.")
        return len(rest) >= 12 and header_date(match[0]) is not None

    @cached_property
    def headline(self) -> bool:
        """Whether it looks like an entry of a list of other articles."""
        return not self.prose and (
            bool(self.bullet) or self.link or self.dated_link or not self.sentence
        )


_ENDS = ".!?…;:”\"’')]"
_STOPS = re.compile(r"[.,;:!?…]")
_TICKER_LABEL = re.compile(r"^[^.,;:!?…]{3,30}:\s?")
# Letters of two headlines that touch, or a mark between two.
_SEAM = re.compile(rf"[{LOWER}”\"’?!](?=[{UPPER}][{LOWER}])|\s[•|·»*]\s+(?=\w)|\S\s{{2,}}(?=\w)")

# A second sentence, or somebody's words: a headline has neither.
_SENTENCES = re.compile(r"\.\s+[^\W\d_]|:\s*[“\"]")
_DATE_IN_PROSE = re.compile(
    r"\b(?:ngày|đến|tới|từ|trước|sau|hết|và|trong|vào|là|sáng|trưa|chiều|tối|đêm)$", re.IGNORECASE
)


@cache
def _dated() -> re.Pattern[str]:
    day = r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)?\d\d"
    clock = r"\d{1,2}[:hg]\d\d(?::\d\d)?(?:\s?(?:AM|PM|SA|CH))?"
    moment = rf"(?:{clock}[\s,|–-]*)?{day}(?:[\s,|–-]*{clock})?"
    return re.compile(
        rf"^[(\[]?{moment}[)\]]?(?=[\s:–-])|(?:\s|[(\[–-]){moment}[)\]]?\s*$", re.IGNORECASE
    )


def read_lines(text: str) -> list[DumpLine]:
    """The lines of ``text`` that hold anything, hard-wrapped paragraphs joined again."""
    text = _WIDTHLESS.sub("", text)
    rows = [(n, _plain(row)) for n, row in enumerate(text.splitlines(), 1)]
    width = _wrap_width([row for _, row in rows])
    joined = _unwrapped(rows, width) if width else rows
    return [line for number, row in joined for line in _line(number, row)]


def _plain(row: str) -> str:
    row = unescaped(row) if "&" in row and ";" in row else row
    return row.replace("\u00a0", " ").rstrip()


# A byte order mark and marks without width stand in front of a line and within.
_WIDTHLESS = re.compile("[\ufeff\u200b\u200e\u200f]")


def _wrap_width(rows: list[str]) -> int:
    """The column at which the dump breaks its lines, or 0 where every line is a paragraph."""
    # An address has no place to break, so it may be longer than any row.
    longest = 0
    for row in rows:
        if len(row) > longest and not re.search(r"\S{40}", row):
            longest = len(row)
            if longest > 140:
                return 0
    if longest < 50:
        return 0
    # Short rows are menus and headings, which say nothing of the width.
    followed = [
        len(a) for a, b in pairwise(rows) if len(a) >= 45 and b.strip() and not _BULLET.match(b)
    ]
    full = sum(size >= longest - 16 for size in followed)
    needed = 0.6 if len(followed) > 4 else 1
    return longest if len(followed) >= 3 and full >= needed * len(followed) else 0


def _unwrapped(rows: list[tuple[int, str]], width: int) -> Iterator[tuple[int, str]]:
    parts: list[str] = []
    start = 0
    for number, row in rows:
        body = row.strip()
        short = bool(parts) and len(parts[-1]) < width - 24
        starts = not body or short or (_BULLET.match(row) and not _goes_on(parts, body))
        if parts and starts:
            yield start, " ".join(parts)
            parts = []
        if body:
            start = start if parts else number
            parts.append(row if not parts else body)
    if parts:
        yield start, " ".join(parts)


def _goes_on(parts: list[str], row: str) -> bool:
    """Whether a dash at the start of a full row's next one is but a dash in the sentence."""
    return bool(parts) and row[0] in "-–—" and parts[-1][-1] not in '.;:!?…”"'


_BULLET = re.compile(r"\s*+(?:(?:[-–—*•●▪■♦+»›>→○·]|&gt;)++\s|[-–—•●»›>]+(?=\S))\s*+")
# A table's figure below zero opens no item.
_SIGNED = re.compile(r"[-–+]\s?\d[\d.,]*\s?%?")
_IMAGE = re.compile(r"!\[[^\]]{0,300}\]\([^()\s]{0,600}(?:\([^()]{0,60}\))?[^()]{0,60}\)")
_LINK = re.compile(
    r"\[([^\[\]]{0,400})\]\((?:[^()\s]|\([^()]{0,60}\)){0,600}(?:\s\"[^\"]{0,200}\")?\)"
)
_NUMBERED_LINK = re.compile(r"\[\d{1,4}\](?=\S)")


def _line(number: int, row: str) -> Iterator[DumpLine]:
    row = row.strip()
    heading = re.match(r"#{1,6}\s+(?=\S)", row)
    row = row[heading.end() :] if heading else row
    mark = None if _SIGNED.fullmatch(row) else _BULLET.match(row)
    body = row[mark.end() :].strip() if mark else row
    linked = 0
    if "](" in body:
        body = _IMAGE.sub("", body)
        linked = sum(len(m[1]) for m in _LINK.finditer(body))
        body = _LINK.sub(r"\1", body).strip()
    elif _NUMBERED_LINK.match(body):
        linked = len(body) if len(_NUMBERED_LINK.findall(body)) * 60 > len(body) else 0
        body = _NUMBERED_LINK.sub("", body)
    body = body.replace("**", "").strip()
    if re.search(r"\w", body):
        bullet = mark[0].strip() if mark else ""
        yield DumpLine(body, number, bullet, linked > 0.8 * len(body), bool(heading))


def is_furniture(line: DumpLine) -> bool:
    """Whether a line is a control, a counter or a legal notice."""
    if opens_other_articles(line):
        return False
    if len(line.text) > 250:
        return not line.vietnamese and bool(_CODE.search(line.text))
    return (
        is_noise(line.text)
        or is_notice(line.text)
        or bool(_PAGER.fullmatch(line.text))
        or bool(_CODE.search(line.text))
        or bool(_RELATED.match(f"{line.bullet} {line.text}".strip()))
    )


# The pages of a list: "Trang trước, [1], 2, 3, Trang sau".
_PAGER = re.compile(
    r"(?=.*(?:trang|next|prev|\[\d))(?:[\s,|«»<>\[\]]*(?:\d{1,3}|trang|trước|sau|đầu|cuối|tiếp|"
    r"next|prev(?:ious)?)(?!\w)){3,40}[\s,|«»<>\[\]….]*",
    re.IGNORECASE,
)
# What a crude tool leaves of scripts and styles.
_CODE = re.compile(
    r"</?(?:a|script|style|div|img|iframe|span)\b|document\.write|function\s?\(|"
    r"\{[^{}]{0,80}:[^{}]{1,80};|(?:^|[;\s])var \w+\s?=|//\s?[\]<]"
)
_RELATED = re.compile(r"(?:[>»›]+|(?:Xem|Đọc) thêm\s*:|Mời (?:bạn|quý|độc))", re.IGNORECASE)


def opens_other_articles(line: DumpLine) -> bool:
    """Whether a line is the heading of a list of other articles or of comments."""
    return not line.prose and opens_list(line.text)


@cache
def _final_openers() -> re.Pattern[str]:
    return re.compile(rf"{alternation(vocabulary('plain')['final openers'])}(?!\w)", re.IGNORECASE)


def ends_article(line: DumpLine) -> bool:
    """Whether an opener stands only behind an article: ``"Tin cùng chuyên mục"``."""
    return bool(_final_openers().match(line.text))


@cache
def _comment_openers() -> re.Pattern[str]:
    return re.compile(
        rf"{alternation(vocabulary('plain')['comment openers'])}(?!\w)", re.IGNORECASE
    )


def opens_comments(line: DumpLine) -> bool:
    """Whether what follows a heading was written by readers."""
    return bool(_comment_openers().match(line.text))
