"""What a short line of a plain-text dump states: a date, a writer, a picture's caption."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, lru_cache

from newsextract.byline import Byline, read_byline
from newsextract.clues import is_noise
from newsextract.dates import around_date, header_date
from newsextract.dump import DumpLine
from newsextract.headdates import HeaderDate
from newsextract.letters import LOWER, UPPER
from newsextract.vocabulary import alternation, vocabulary, whole_words
from newsextract.writers import has_surname


@lru_cache(maxsize=2048)
def date_of(line: DumpLine, base: dt.datetime | None = None) -> HeaderDate | None:
    """The date of a line that holds nothing else but labels and perhaps the writer's name."""
    if len(line.text) > 200 or line.link:
        return None
    text = _parted(line.text)
    found = header_date(text, base=base)
    if not found or found.alone:
        return found
    if line.bullet or line.prose or line.sentence or is_caption(line):
        return None
    rest = [part for part in _pieces(text) if not header_date(part, base=base)]
    # Beside the date may stand the writer, or the section in a few words.
    room = 6 if "\t" in line.text else 4
    if rest and all(read_byline(part, bare=True) or _is_aside(part, room) for part in rest):
        return found
    return found if _is_stamp(text) else None


def _is_stamp(text: str) -> bool:
    """Whether beside a date stand only a name, a labelled field or a counter, with no mark between:
    ``"LÊ NA Chủ nhật, 15/08/2021 - 05:30"``; or a few words, where an hour is printed too.
    """
    parts = [part for part in around_date(text) or () if re.search(r"\w", part)]
    timed = bool(re.search(r"\d:\d\d", text))
    return bool(parts) and all(
        read_byline(part, bare=timed)
        or is_noise(part)
        or _field().match(part)
        or (timed and _is_aside(part, 4))
        for part in parts
    )


def _is_aside(text: str, room: int) -> bool:
    """Whether ``text`` may stand beside a date: a labelled field, a counter, or a few words."""
    label = _field().match(text)
    rest = text[label.end() :] if label else text
    return rest.count(" ") < (6 if label else room) and not rest.endswith(("!", "?", "…", "”"))


@cache
def _field() -> re.Pattern[str]:
    return re.compile(rf"{whole_words(vocabulary('plain')['field'])}\s*:?\s*", re.IGNORECASE)


def _parted(text: str) -> str:
    """A short line with marks between the parts that lost their space: ``"Kinh tế04/09/2024"``.

    Only dates are read from it; the text of the article stays as printed.
    """
    return _JOINTS.sub(" | ", text) if re.search(r"(?:19|20)?\d\d(?!\d)", text) else text


_JOINTS = re.compile(
    rf"\t+|\s{{3,}}|(?<=[{LOWER}])(?=[{UPPER}][{LOWER}])|"
    rf"(?<=[{LOWER}])(?=\d{{1,2}}[:/.-]\d)|"
    r"(?<=/(?:19|20)\d\d)(?=\d[\d.,]*\s(?:lượt|lần|view))|"
    rf"(?<=(?:19|20)\d\d)(?=[{UPPER}][{LOWER}])|(?<=:\d\d)(?=[{UPPER}][{LOWER}])|"
    r"(?<=\w)(?<!Ngày)(?<!Được)\s(?=(?:Ngày |Được )?(?:Đăng|Cập nhật|đăng|cập nhật)(?: lúc)?\s?:)|"
    r"(?<=\d)\s(?=by\s)|\s(?=(?:[Ll]eave a comment|A A(?:\s|$)))|"
    r"(?<=[\w)])\s(?=\d{1,2}/\d{1,2}/(?:19|20)\d\d\s*\|)"
)


def _pieces(text: str) -> list[str]:
    """``"Nguyễn Tùng - 11/03/2019 | 20:23"`` at its separators, hours left with their day."""
    parts = re.split(r"\s+[|•·–—-]\s+|\s*\|\s*", text)
    return [p.strip() for p in parts if p.strip() and not _CLOCK_ONLY.fullmatch(p)]


_CLOCK_ONLY = re.compile(r"[\d:hHAPMSC\s()+\[\]GT,]+")


@lru_cache(maxsize=2048)
def byline_of(line: DumpLine) -> Byline | None:
    """What a short line says about the writer or the source."""
    if len(line.text) > 120 or line.heading:
        return None
    if line.link:  # a writer's page; sections are linked too
        person = " " in line.text and not line.bullet and has_surname(line.text)
        found = read_byline(line.text, bare=True) if person else None
        return found if found and found.author and not _is_section(found.author) else None
    found = read_byline(line.text, bare=not line.bullet)
    if found:
        return None if found.author and _is_section(found.author) else found
    if date_of(line):
        text = _parted(line.text)
        parts = [p for p in re.split(r"\s*\|\s*", text) if not _CLOCK_ONLY.fullmatch(p)]
        parts += [*_pieces(text), *(around_date(line.text) or ())]
        undated = [part for part in parts if part and not (header_date(part) or is_noise(part))]
        named = (read_byline(part, bare=True) for part in undated)
        return next((b for b in named if b and not (b.author and _is_section(b.author))), None)
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
