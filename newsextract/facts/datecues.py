"""What says of figures that they are a day: the word before them, or what they can else not be."""

from __future__ import annotations

import re
from functools import cache

from newsextract.facts.datechain import amount_after
from newsextract.letters import BLANK, BLANKS, LETTER
from newsextract.vocabulary import alternation, vocabulary

NEAR = 20  # characters before a figure in which what names it begins


@cache
def before_figure(sections: str) -> re.Pattern[str]:
    """A word of these sections of ``data/dates.txt`` at the end of what stands before a figure."""
    words = alternation(w for name in sections.split("+") for w in vocabulary("dates")[name])
    weekday = r"(?<=thứ ba|thứ tư)|(?<=thứ hai|thứ năm|thứ sáu|thứ bảy)|(?<=chủ nhật)"
    comma = rf"(?:(?:(?<=nay|qua|mai)|{weekday}),)?"  # "sáng nay, 6/9", "thứ Bảy, 6/9"
    return re.compile(rf"(?<![{LETTER}0-9])(?P<word>{words}){comma}{BLANKS}\(?\Z", re.IGNORECASE)


@cache
def cue_ends() -> frozenset[str]:
    """The words that may stand right before a bare "9/6" and make it a day."""
    words = vocabulary("dates")
    return frozenset(w.rsplit(" ", 1)[-1] for w in (*words["day cue"], *words["day cue two"]))


@cache
def _cues() -> frozenset[str]:
    """Those of one word that end no longer one."""
    words = vocabulary("dates")
    return frozenset(words["day cue"]) - {w.rsplit(" ", 1)[-1] for w in words["day cue two"]}


@cache
def _length() -> re.Pattern[str]:
    number = rf"(?:{alternation(vocabulary('dates')['length'])}|[0-9]+)"
    # "12 giờ 45 ngày 22/6" tells the minute, "số 15 ngày 22/6" the document's number.
    return re.compile(
        rf"(?<![{LETTER}0-9/])(?<!giờ )(?<!số ){number}{BLANK}+(?:ngày|tháng|quý|năm){BLANKS}\Z",
        re.IGNORECASE,
    )


def is_length(text: str, unit: int, at: int) -> bool:
    """Whether a number stands before the unit at ``unit``: "5 tháng 6" tells how long."""
    near = max(at - NEAR, 0)
    before = text[near:unit].rsplit(None, 1)
    if not before or not (before[-1][-1].isdigit() or before[-1].lower() in _length_ends()):
        return False
    return _length().search(text[near:at]) is not None


@cache
def _length_ends() -> frozenset[str]:
    return frozenset(w.rsplit(" ", 1)[-1] for w in vocabulary("dates")["length"])


def start_of(word: str, text: str, at: int) -> int | None:
    """Where ``word`` begins if it stands before ``at``, parted from it by one space alone."""
    start = at - 1 - len(word)
    if text[at - 1 : at] != " " or start < 0 or text[start : at - 1].lower() != word:
        return None
    return None if text[start - 1 : start].isalnum() else start


_TODAY = ("y, ", "a, ", "i, ", "ư, ", "m, ", "u, ", "t, ")
"""How nay, qua, mai and the days of the week end before the comma that parts them from the day."""


def day_cue(text: str, at: int, before: str) -> tuple[str, int, bool]:
    """The word that makes of the figure at ``at`` a day, where it begins, and if in brackets."""
    if before not in cue_ends() and (before or text[at - 3 : at] not in _TODAY):
        return "", at, False
    if before in _cues() and (start := start_of(before, text, at)) is not None:
        return before, start, False
    window = text[max(at - NEAR, 0) : at]
    cue = before_figure("day cue+day cue two").search(window)
    if cue is None or (cue.group().rstrip().endswith(",") and _shares().match(text, at)):
        return "", at, False
    return cue["word"].lower(), at - len(window) + cue.start(), "(" in cue.group()


@cache
def _shares() -> re.Pattern[str]:
    """A share behind a comma: "Thứ ba, 2/3 số hộ"."""
    return re.compile(rf"[0-9]{{1,2}}/[0-9]{{1,2}}{amount_after('shared').pattern}", re.IGNORECASE)


_BOUNDS = frozenset(("từ", "vào", "đến", "tới", "hết", "trước", "sau"))


def is_bound(text: str, at: int, before: str, end: int) -> bool:
    """Whether two figures behind such a word, up to ``end``, can be nothing but a day.

    So they are beyond twelve ("tính đến 30/6"), and from when something holds ("có hiệu lực từ
    1/7 tới"), or before a stop, as a share has what it is of behind it ("từ 1/7, phí tăng").
    """
    if before not in _BOUNDS:
        return False
    day, stroke, month = text[at : at + 5].partition("/")
    if stroke and day.isdecimal() and int(day) > 12 and month[:1].isdecimal():
        return True
    if before not in ("từ", "vào"):
        return False
    near = max(at - NEAR, 0)
    held = _held().search(text, near, at)
    open_ended = _since().match(text, end)
    if not stroke:
        return held is not None and open_ended is not None
    return held is not None or (open_ended is not None and not _less().search(text, near, at))


@cache
def _held() -> re.Pattern[str]:
    """What holds from a day on, before the day: có hiệu lực từ, áp dụng từ, kể từ."""
    words = alternation(vocabulary("dates")["holds"])
    return re.compile(rf"(?<![{LETTER}]){words}{BLANK}+từ{BLANK}+\Z", re.IGNORECASE)


@cache
def _less() -> re.Pattern[str]:
    """Before a share: giảm từ 1/5."""
    return re.compile(rf"(?<![{LETTER}])(?:giảm|hạ|chiếm){BLANK}+từ{BLANK}+\Z")


@cache
def _since() -> re.Pattern[str]:
    """What follows a day but no share: a stop, "tới", "đến nay"."""
    words = alternation(vocabulary("dates")["since"])
    return re.compile(rf"{BLANKS}(?:[.,;:!?…)](?!\d)|\Z|\n)|{BLANK}+{words}(?![{LETTER}])")


def is_bracketed(text: str, at: int, end: int) -> bool:
    """Whether a day alone in brackets tells when what stands before them is.

    "Ngày Thương binh liệt sĩ (27/7)", unlike the share in "đứng ở vị trí thấp (5/12)".
    """
    day, stroke, month = text[at:end].partition("/")
    if text[end : end + 1] != ")" or not stroke or not (day + month).isdecimal():
        return False
    return int(day) > 12 or _feast().search(text, max(at - _FAR, 0), at) is not None


_FAR = 60


@cache
def _feast() -> re.Pattern[str]:
    """A named day before its date in brackets."""
    return re.compile(rf"(?<![{LETTER}])[Nn]gày{BLANK}+[{LETTER}][^\n.;:()]*\(\Z")
