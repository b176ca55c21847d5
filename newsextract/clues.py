"""What class names and short lines say about a part of a page; the words are data.

``data/boilerplate.txt`` holds them all. A class name gives bits (``BODY``, ``RELATED``, …), never a
verdict: the readers weigh them with what stands in the element.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from newsextract.appeals import LISTENING, controls, is_appeal, read_so_far
from newsextract.vocabulary import alternation, vocabulary

BODY, TITLE, LEAD, DATE, AUTHOR, CAPTION, RELATED, CHROME = (1 << n for n in range(8))
_SECTIONS = (
    (BODY, "class body"),
    (TITLE, "class title"),
    (LEAD, "class lead"),
    (DATE, "class date"),
    (AUTHOR, "class author"),
    (CAPTION, "class caption"),
    (RELATED, "class related"),
    (CHROME, "class chrome"),
)
APART = RELATED | CHROME
"""The bits of a box that is none of the article."""


@cache
def _class_patterns() -> tuple[tuple[int, re.Pattern[str]], ...]:
    # Mobile pages set an m before the names they share with the whole page: "mtitle", "mauthor".
    words = vocabulary("boilerplate")
    return tuple(
        (bit, re.compile(rf"(?<![a-z])m?{alternation(words[section])}(?![a-z])"))
        for bit, section in _SECTIONS
    )


@cache
def _any_class() -> re.Pattern[str]:
    """What opens a word of any section: most names have none, and one search tells."""
    words = vocabulary("boilerplate")
    known = [word for _, section in _SECTIONS for word in words[section]]
    return re.compile(rf"(?<![a-z])m?{alternation(known)}")


@lru_cache(maxsize=8192)
def class_bits(name: str) -> int:
    """The bits of a class or id as written: ``"detailSapo"`` and ``"detail_sapo"`` alike."""
    if len(name) > 300:
        name = name[:300]
    if _CODED.search(name):
        name = _CODED.sub("", name)
    words = _PARTED.sub("-", name).lower()
    if not _any_class().search(words):
        return 0
    if "print-" in words or "control-" in words:
        words = _PRINTED.sub("", words)
    bits = 0
    for bit, pattern in _class_patterns():
        if pattern.search(words):
            bits |= bit
    return bits


# What a build tool makes up, in which a word stands by accident: "bbc-e4ad31", "styles_box__3xAd2";
# but "ad300x250" is a size.
_CODED = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z]*\d++(?!x\d)[A-Za-z]++\d)[A-Za-z0-9]{5,}|"
    r"(?<=__)(?=\w*(?:\d|[a-z][A-Z]))[\w-]{5}(?![\w-])"
)
_PARTED = re.compile(r"(?<=[a-z])(?=[A-Z])|_+")
# The parts of a print view, which are no button that prints, and the fields of SharePoint's pages.
_PRINTED = re.compile(
    r"(?<![a-z])print-(?=(?:title|headline|date|time|lead|sapo|author|source)\b)|control-wrapper"
)


def is_own_foot(name: str) -> bool:
    """Whether a class names the foot of one article, not of the site: ``"post-footer"``."""
    return bool(_own_foot().search(name))


@cache
def _own_foot() -> re.Pattern[str]:
    return re.compile(r"\b(?:post|entry|article)[_-]*foot(?:er)?(?![a-z])", re.IGNORECASE)


@cache
def _openers() -> re.Pattern[str]:
    words = vocabulary("boilerplate")
    like = alternation(fold(w) for w in words["list like"])
    made = rf"(?:các |những )?{alternation(fold(w) for w in words['list of'])} {like}(?: {like})?"
    said = (
        r"(?:(?:hiện )?(?:có|đã có)(?: tất cả)? |tổng (?:số|cộng) )?"
        r"\d+ (?:bình luận|nhận xét|phản hồi|ý kiến|trả lời|comments?)"
        r"(?: (?:cho|trong|của|về) (?:bài|tin|bài viết|bài báo|tin này)| viết bình luận)?(?: này)?"
    )
    said = f"{said}|{_spoken()}|{_suggested()}|{read_so_far()}"
    return re.compile(
        rf"(?:{alternation(fold(w) for w in words['end'])}|{made}|{said})"
        r"(?:(?: mới)? nhất| trong (?:ngày|tuần|tháng)| của bạn| về bài viết(?: này)?| \d+|"
        r" trên trang| theo thẻ)?"
    )


def _spoken() -> str:
    """What readers say, with who they are: ``"phản hồi của độc giả"``, ``"bạn đọc góp ý"``."""
    words = vocabulary("boilerplate")
    what = alternation(fold(w) for w in words["talk"])
    who = alternation(fold(w) for w in words["audience"])
    what = rf"(?:các |những )?{what}(?:(?:,| và)? {what})?"
    said = rf"{what} (?:(?:của|từ|bởi) )?(?:các |những )?{who}|{who} {what}"
    # "Các ý kiến phản hồi thuộc trách nhiệm người gửi"
    owned = rf"(?:mọi )?{what} (?:thuộc|do) trách nhiệm (?:của )?(?:người \w+|{who})"
    return rf"{said}|{what} mới nhất|{owned}"


def _suggested() -> str:
    """What a reader may like: ``"có thể quý vị quan tâm"``, ``"bạn đọc cũng thích"``."""
    who = alternation(fold(w) for w in vocabulary("boilerplate")["audience"])
    like = r"(?:quan tâm|thích|muốn (?:xem|đọc|biết)|chưa biết|chưa đọc|cần biết|bỏ lỡ)"
    return rf"(?:có thể |những bài )?(?:{who}|bạn)(?: có thể)?(?: sẽ| cũng| đã)? {like}(?: thêm)?"


@cache
def _whole_noise() -> re.Pattern[str]:
    control = alternation(fold(w) for w in vocabulary("boilerplate")["noise"])
    control = f"(?:{control}|{LISTENING})"
    return re.compile(rf"{control}(?: {control}){{0,5}}(?: \d+)?")


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"[\w©+]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A short line for comparing: lower case, words and digits only, one space between."""
    return " ".join(_words().findall(text.lower()))


def pairs(text: str) -> set[tuple[str, str]]:
    """The pairs of neighbouring words of ``text``, folded: lines of one matter share some."""
    return set(pairwise(_words().findall(text.lower())))


LONGEST_OPENER = 60
"""The most characters of a line that may open a list."""


@lru_cache(maxsize=8192)
def opens_list(text: str) -> bool:
    """Whether a short line heads other articles or comments: ``"Tin liên quan:"``."""
    if len(text) > LONGEST_OPENER or not (first := _words().search(text)):
        return False
    word = first[0].lower()  # most lines differ in it, and need not be folded
    if word not in _opening_words() and not word.isdecimal():
        return False
    return bool(_openers().fullmatch(fold(text)))


@cache
def _opening_words() -> frozenset[str]:
    """The first words of all that ``_openers`` match, but for a count."""
    words = vocabulary("boilerplate")
    entries = (
        *words["end"], *words["list of"], *words["talk"], *words["audience"],
        "các", "những", "có", "đã", "hiện", "tổng", "bạn", "nội", "bài", "tin", "chuyên", "dành",
    )  # fmt: skip
    return frozenset(fold(entry).split()[0] for entry in entries)


def opens_as(text: str, section: str) -> bool:
    """Whether ``text`` opens with an entry of ``section`` of the vocabulary."""
    return bool(_opening(section).match(fold(text[:80])))


@cache
def _opening(section: str) -> re.Pattern[str]:
    words = vocabulary("boilerplate")[section]
    return re.compile(rf"{alternation(fold(w) for w in words)}(?!\w)")


def is_talk(text: str) -> bool:
    """Whether a line that ``opens_list`` opens a box without links, as of what readers say."""
    return bool(_talk().search(fold(text)))


@cache
def _talk() -> re.Pattern[str]:
    talk = alternation(fold(w) for w in vocabulary("boilerplate")["talk"])
    return re.compile(rf"{talk}|hỏi đáp|tóm tắt|về tác giả|bản tin$")


def is_noise(text: str) -> bool:
    """Whether a short line is a control, a count or an appeal: ``"Chia sẻ"``, ``"Lượt xem: 3"``."""
    if text.startswith(">>"):
        return len(text) <= 250  # leads on to another page: ">>> Xem thêm: …"
    if len(text) > 80:
        return len(text) <= 250 and is_appeal(text)
    return _is_short_noise(text)


@lru_cache(maxsize=8192)
def _is_short_noise(text: str) -> bool:
    folded = fold(text)
    if _whole_noise().fullmatch(folded) or opens_as(text, "noise opening"):
        return True
    if is_appeal(text) or controls().fullmatch(folded) or _PLAYER.fullmatch(text):
        return True
    if any(mark in text for mark in "|[•·") and _is_row_of_noise(text):
        return True
    return text[-1:] not in ".!?…”" and len(text) <= 40 and opens_as(text, "way back")


_PLAYER = re.compile(r"0?0:00(?:\s*/\s*\d\d?:\d\d(?::\d\d)?)?|\dx|\d\.\dx")


def _is_row_of_noise(text: str) -> bool:
    """Whether controls stand in a row: ``"[ Bản in ] [ Gửi email ]"``."""
    parts = [folded for part in re.split(r"[|\[\]•·]", text) if (folded := fold(part))]
    return all(map(_whole_noise().fullmatch, parts))
