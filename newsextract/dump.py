"""The lines of a plain-text dump: unwrapped, freed of markers, and what each of them looks like."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from html import unescape
from itertools import pairwise

from newsextract.byline import Byline, read_byline
from newsextract.clues import is_noise, is_notice, opens_list
from newsextract.dates import HeaderDate, header_date
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
        if self.link or self.heading or self.dated_link:
            return False
        size = len(self.text)
        if size >= 60 and re.search(r"[.:;…][”\"’')\]]*$", self.text[-8:]):
            return True
        return size >= 220 or (size >= 100 and bool(_SENTENCES.search(self.text)))

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
    rows = [(n, _plain(row)) for n, row in enumerate(text.splitlines(), 1)]
    width = _wrap_width([row for _, row in rows])
    joined = _unwrapped(rows, width) if width else rows
    return [line for number, row in joined for line in _line(number, row)]


def _plain(row: str) -> str:
    row = unescape(row) if "&" in row and ";" in row else row
    return row.replace("\u00a0", " ").rstrip()


def _wrap_width(rows: list[str]) -> int:
    """The column at which the dump breaks its lines, or 0 where every line is a paragraph."""
    followed = [len(a) for a, b in pairwise(rows) if a.strip() and b.strip()]
    longest = max(map(len, rows), default=0)
    if len(followed) < 6 or not 50 <= longest <= 140:
        return 0
    full = sum(size >= longest - 16 for size in followed)
    return longest if full >= 0.5 * len(followed) else 0


def _unwrapped(rows: list[tuple[int, str]], width: int) -> Iterator[tuple[int, str]]:
    parts: list[str] = []
    start = 0
    for number, row in rows:
        body = row.strip()
        starts = not body or _BULLET.match(row) or (parts and len(parts[-1]) < width - 24)
        if parts and starts:
            yield start, " ".join(parts)
            parts = []
        if body:
            start = start if parts else number
            parts.append(row if not parts else body)
    if parts:
        yield start, " ".join(parts)


_BULLET = re.compile(r"\s*(?:([-–—*•●▪■♦+»›>→○·]|>>|&gt;)+\s+|([-–—•●»›>]+)(?=\S))")
_IMAGE = re.compile(r"!\[[^\]]{0,300}\]\([^()\s]{0,600}(?:\([^()]{0,60}\))?[^()]{0,60}\)")
_LINK = re.compile(
    r"\[([^\[\]]{0,400})\]\((?:[^()\s]|\([^()]{0,60}\)){0,600}(?:\s\"[^\"]{0,200}\")?\)"
)
_NUMBERED_LINK = re.compile(r"\[\d{1,4}\](?=\S)")


def _line(number: int, row: str) -> Iterator[DumpLine]:
    row = row.strip()
    heading = re.match(r"#{1,6}\s+(?=\S)", row)
    row = row[heading.end() :] if heading else row
    mark = _BULLET.match(row)
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
    if opens_other_articles(line) or len(line.text) > 250:
        return False
    return (
        is_noise(line.text)
        or is_notice(line.text)
        or bool(_RELATED.match(f"{line.bullet} {line.text}".strip()))
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


@lru_cache(maxsize=2048)
def date_of(line: DumpLine, base: dt.datetime | None = None) -> HeaderDate | None:
    """The date of a line that holds nothing else but labels and perhaps the writer's name."""
    if len(line.text) > 120 or line.link:
        return None
    found = header_date(line.text, base=base)
    if not found or found.alone:
        return found
    rest = [part for part in _pieces(line.text) if not header_date(part, base=base)]
    # Beside the date may stand the writer, or the section in a few words.
    named = all(read_byline(part, bare=True) or part.count(" ") < 4 for part in rest)
    return found if rest and named and not line.bullet else None


def _pieces(text: str) -> list[str]:
    """``"Nguyễn Tùng - 11/03/2019 | 20:23"`` at its separators, hours left with their day."""
    parts = re.split(r"\s+[|•·–—-]\s+|\s*\|\s*", text)
    return [p for p in parts if p and not re.fullmatch(r"[\d:hHAPMSC\s()+GT]+", p)]


@lru_cache(maxsize=2048)
def byline_of(line: DumpLine) -> Byline | None:
    """What a short line says about the writer or the source."""
    if len(line.text) > 120 or line.link or line.heading:
        return None
    found = read_byline(line.text, bare=not line.bullet)
    if found:
        return None if found.author and _is_section(found.author) else found
    if date_of(line):
        rest = (read_byline(p, bare=True) for p in _pieces(line.text) if not header_date(p))
        return next((b for b in rest if b), None)
    return None


def _is_section(name: str) -> bool:
    """Whether a would-be name is a button or a section in capitals: ``"MỚI"``, ``"SỰ KIỆN"``."""
    if name.isalpha() and name.isupper():
        return not re.fullmatch("[B-DF-HJ-NP-TV-XZĐ]{1,4}", name)  # initials, or a desk: "PV"
    sections = vocabulary("plain")["sections"]
    parts = re.split(r"\s*[-–,&/]\s*", name.lower())
    return any(f"{part} ".startswith(f"{section} ") for part in parts for section in sections)


@cache
def _caption() -> re.Pattern[str]:
    words = vocabulary("plain")
    opening = alternation(words["caption openings"])
    act = alternation(words["caption acts"])
    who = "(?:Đồng chí|Các đồng chí|Ông|Bà|Chủ tịch|Phó|Lãnh đạo|Bí thư)"
    # Figures belong to prose: a caption says who does what.
    return re.compile(rf"(?:{opening}(?!\w)|{who}\s[^.:;\d]{{3,120}}?\s{act}(?!\w))\D{{0,90}}$")


_CREDIT = re.compile(
    r"[(\s.|–-]\(?(?:Ảnh|Hình)(?:\s(?:minh h[ọo]a|tư liệu|internet))?\s*[:：]?[^:]{0,40}$|"
    r"^Ảnh\s?[:：]"
)


def is_caption(line: DumpLine) -> bool:
    """Whether a short line describes a picture: by its opening words or its photo credit."""
    text = line.text
    if len(text) > 250 or line.bullet or line.heading or re.search(r"\.\s+\w{4}", text):
        return False
    return bool(_CREDIT.search(text)) or (len(text.split()) <= 28 and bool(_caption().match(text)))
