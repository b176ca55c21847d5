"""What class names and short lines say about a part of a page; the words are data.

``data/boilerplate.txt`` holds them all. A class name gives bits (``BODY``, ``RELATED``, …), never a
verdict: the readers weigh them with what stands in the element.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

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
    words = vocabulary("boilerplate")
    return tuple(
        (bit, re.compile(rf"(?<![a-z]){alternation(words[section])}(?![a-z])"))
        for bit, section in _SECTIONS
    )


@cache
def _any_class() -> re.Pattern[str]:
    """What opens a word of any section: most names have none, and one search tells."""
    words = vocabulary("boilerplate")
    known = [word for _, section in _SECTIONS for word in words[section]]
    return re.compile(rf"(?<![a-z]){alternation(known)}")


@lru_cache(maxsize=8192)
def class_bits(name: str) -> int:
    """The bits of a class or id as written: ``"detailSapo"`` and ``"detail_sapo"`` alike."""
    if len(name) > 300:
        name = name[:300]
    words = _PARTED.sub("-", name).lower()
    if not _any_class().search(words):
        return 0
    if "print-" in words:
        words = _PRINTED.sub("", words)
    bits = 0
    for bit, pattern in _class_patterns():
        if pattern.search(words):
            bits |= bit
    return bits


_PARTED = re.compile(r"(?<=[a-z])(?=[A-Z])|_+")
# The parts of a print view, which are no button that prints.
_PRINTED = re.compile(r"(?<![a-z])print-(?=(?:title|headline|date|time|lead|sapo|author|source)\b)")


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
    said = f"{said}|{_spoken()}"
    return re.compile(
        rf"(?:{alternation(fold(w) for w in words['end'])}|{made}|{said})"
        r"(?: nhất| trong (?:ngày|tuần|tháng)| của bạn| về bài viết(?: này)?| \d+| trên trang|"
        r" theo thẻ)?"
    )


def _spoken() -> str:
    """What readers say, with who they are: ``"phản hồi của độc giả"``, ``"bạn đọc góp ý"``."""
    words = vocabulary("boilerplate")
    what = alternation(fold(w) for w in words["talk"])
    who = alternation(fold(w) for w in words["audience"])
    what = rf"(?:các |những )?{what}(?:(?:,| và)? {what})?"
    return rf"{what} (?:(?:của|từ|bởi) )?(?:các |những )?{who}|{who} {what}"


@cache
def _whole_noise() -> re.Pattern[str]:
    control = alternation(fold(w) for w in vocabulary("boilerplate")["noise"])
    return re.compile(rf"{control}(?: {control}){{0,5}}(?: \d+)?")


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"[\w©+]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A short line for comparing: lower case, words and digits only, one space between."""
    return " ".join(_words().findall(text.lower()))


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
        "các", "những", "có", "đã", "hiện", "tổng",
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
    """Whether a line that ``opens_list`` opens what readers say, which holds no links."""
    return bool(_talk().search(fold(text)))


@cache
def _talk() -> re.Pattern[str]:
    return re.compile(
        r"bình luận|ý kiến|phản hồi|nhận xét|thảo luận|góp ý|hỏi đáp|cảm nhận|trao đổi"
    )


def is_noise(text: str) -> bool:
    """Whether a short line is a control, a count or an appeal: ``"Chia sẻ"``, ``"Lượt xem: 3"``."""
    if len(text) > 80:
        return len(text) <= 250 and bool(_appeal().match(text))
    return _is_short_noise(text)


@lru_cache(maxsize=8192)
def _is_short_noise(text: str) -> bool:
    folded = fold(text)
    if _whole_noise().fullmatch(folded) or opens_as(text, "noise opening"):
        return True
    if _appeal().match(text) or _controls().fullmatch(folded) or _PLAYER.fullmatch(text):
        return True
    if any(mark in text for mark in "|[•·") and _is_row_of_noise(text):
        return True
    return text[-1:] not in ".!?…”" and len(text) <= 40 and opens_as(text, "way back")


_SEND = (
    r"(?:mọi )?(?:thông tin|tin|bài|thư|ý kiến|phản hồi|thắc mắc|góp ý|phản ánh)[\w,. -]{0,60} "
    r"(?:xin|vui lòng|đề nghị) (?:được )?(?:gửi|liên hệ)(?: về| tới| đến| qua| với)? "
    r"(?:địa chỉ|hộp thư|hòm thư|e-?mail|t[oò][aà] soạn|toà soạn|ban biên tập|báo)"
)


@cache
def _appeal() -> re.Pattern[str]:
    words = vocabulary("boilerplate")
    invites = f"{alternation(words['invited'])} {alternation(words['invited to'])}"
    forms = (
        alternation(words["appeal"]),
        rf"(?:trân trọng |kính |xin )*mời {invites}",
        _SEND,
    )
    return re.compile(rf"\W*(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


@cache
def _controls() -> re.Pattern[str]:
    """Counts of readers, and buttons in a row: ``"1 203 lượt xem"``, ``"facebook twitter"``."""
    what = (
        r"(?:lượt (?:xem|đọc|thích|truy cập|bình chọn|chia sẻ)|bình luận|phản hồi|ý kiến|views?|"
        r"comments?|bầu chọn|đánh giá|phiếu bầu|lần đọc|lần xem)"
    )
    button = (
        r"(?:facebook|twitter|zalo|like|share|tweet|email|print|linkedin|pinterest|google|telegram|"
        r"messenger|copy|link|viber|skype|gmail|instagram|youtube|tiktok|in|x)"
    )
    return re.compile(
        rf"(?:trung bình )?\d+(?: \d+)* {what}|(?:xếp hạng|đã xem|đọc)(?: \d+)+(?: {what}| lần)?|"
        rf"theo dõi [\w ]{{2,40}} trên(?: {button}(?: news)?)?|"
        rf"{button}(?: {button}){{1,8}}(?: \d+)?|a(?: a){{1,4}}"
    )


_PLAYER = re.compile(r"0?0:00(?:\s*/\s*\d\d?:\d\d(?::\d\d)?)?|\dx|\d\.\dx")


def _is_row_of_noise(text: str) -> bool:
    """Whether controls stand in a row: ``"[ Bản in ] [ Gửi email ]"``."""
    parts = [folded for part in re.split(r"[|\[\]•·]", text) if (folded := fold(part))]
    return all(map(_whole_noise().fullmatch, parts))
