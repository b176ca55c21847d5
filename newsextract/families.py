"""Where a person's name begins in a run of capitals that a place or a body opens.

In "xã Hoàng Đan Hà Minh Tuấn" the first word is a family name too; but most communes and schools
have two syllables, and nobody's name has one syllable, or two and then a whole name.
"""

from __future__ import annotations

import re
from functools import cache

from newsextract.letters import END, GAP, LOWER, UPPER
from newsextract.names import APART, CAPITALISED, LETTER_WORD, STRONG_SURNAME
from newsextract.phrases import PLACE, next_phrase, person
from newsextract.vocabulary import alternation, vocabulary, word_set

_ONE = re.compile(GAP + CAPITALISED)
_THREE = re.compile(
    rf"{GAP}(?:{CAPITALISED}{GAP}(?:{CAPITALISED}|{LETTER_WORD})|[HY]{GAP}{CAPITALISED}){GAP}[{UPPER}]"
)
_STRONG = re.compile(GAP + STRONG_SURNAME)
_BOTH_STRONG = re.compile(rf"(?:{GAP}{STRONG_SURNAME}){{2}}")
_MIDDLE = re.compile(rf"{GAP}(?:Văn|Thị){GAP}{CAPITALISED}")
_FAMILY = re.compile(rf"{GAP}(?!(?:Văn|Thị){END})(?P<name>{CAPITALISED})")
_NEAR = 30  # characters that the longest name of a province takes
_PAIR = re.compile(rf"{GAP}{CAPITALISED}{GAP}{CAPITALISED}(?!{GAP}[{UPPER}])")


def person_at(text: str, at: int, long: bool = False) -> bool:
    """Whether a name stands at ``at``; a ``long`` one where two words may be a place or a body.

    A degree may stand before it: "Giám đốc Bệnh viện Bạch Mai | PGS.TS Đào Văn An".
    """
    degree = _degree().match(text, at)
    at = degree.end() if degree else at
    if long and _THREE.match(text, at) is None and not _is_whole_pair(text, at):
        return False
    return person(text, at)


@cache
def _degree() -> re.Pattern[str]:
    """An academic rank cut to letters, as nobody's name and no place is."""
    ranks = (
        r for r in vocabulary("ranks")["academic"] if r[:2].isupper() or "." in r or r == "ThS"
    )
    return re.compile(rf"{GAP}{alternation(ranks)}(?={GAP}[{UPPER}][{LOWER}])")


def _is_whole_pair(text: str, at: int) -> bool:
    """Whether two words stand there that can be nothing but a name: "Siu Hương"."""
    m = _FAMILY.match(text, at)
    return m is not None and m["name"] in word_set("surnames", "single")


def is_strong(text: str, at: int) -> bool:
    """Whether one of the common family names stands at ``at``."""
    return _STRONG.match(text, at) is not None


def opens_family(text: str, at: int) -> bool:
    """Whether a family name of any kind stands at ``at``."""
    m = _FAMILY.match(text, at)
    return m is not None and m["name"] in _families()


def has_middle(text: str, at: int) -> bool:
    """Whether "Văn" or "Thị" and a given name follow: what stands before is a family name."""
    return _MIDDLE.match(text, at) is not None


def place_end(text: str, at: int, *, hamlet: bool) -> int | None:
    """Where a place of two capitals from ``at`` on ends, if a whole name follows it.

    So of one in "thôn Đông Hoàng Thị Lan"; a ``hamlet`` has one syllable more often.
    """
    one = _ONE.match(text, at)
    two = one and _ONE.match(text, one.end())
    if one is None or two is None:
        return None
    if hamlet and _tells(text, one.end()) and person_at(text, one.end(), long=True):
        return one.end()  # "bản Lùng Hầu A Lềnh"
    if is_strong(text, one.end()):
        if has_middle(text, two.end()) and not is_strong(text, at):
            return one.end()
        if hamlet or is_strong(text, at):
            return None
    if has_middle(text, one.end()) or not _opens_name(text, two.end()):
        return None
    return two.end()


def _opens_name(text: str, at: int) -> bool:
    """Whether a family name opens a name of three words at ``at``, or one that tells of two."""
    m = _FAMILY.match(text, at)
    if m is not None and person_at(text, at, long=True) and m["name"] in _families():
        return True
    return _tells(text, at) and _PAIR.match(text, at) is not None


def _tells(text: str, at: int) -> bool:
    """Whether a family name stands at ``at`` that is neither a middle nor a given name."""
    m = _FAMILY.match(text, at)
    return m is not None and m["name"] in word_set("surnames", "telling")


def goes_on(text: str, at: int) -> bool:
    """Whether a whole name stands behind one more capital: "Công ty Minh Hoàng Lê Văn An".

    The body's own name then goes on with that capital; the one before ends at ``at``.
    """
    second = _ONE.match(text, at)
    if second is None or has_middle(text, at):
        return False
    if is_strong(text, second.end()):
        return person_at(text, second.end(), long=True)
    if is_strong(text, at) or is_strong(text, text.rfind(" ", 0, at)):
        return False
    return _opens_name(text, second.end())


@cache
def _families() -> frozenset[str]:
    """Every family name."""
    known = vocabulary("surnames")
    return frozenset(name for section in known if section not in APART for name in known[section])


def is_doan_family(text: str, at: int) -> bool:
    """Whether "Đoàn", at ``at`` behind a level, opens a name: "Chủ tịch UBND tỉnh | Đoàn Văn Bảy".

    It is the Youth Union in "Bí thư tỉnh Đoàn Trần Thị Hoa" and "Bí thư tỉnh Đoàn Cao Bằng".
    """
    behind = at + len(" đoàn")
    _, _, phrase, kinds = next_phrase(text[behind : behind + _NEAR].lower(), 0)
    if text[at + 1].islower() or (kinds & PLACE and " " in phrase):
        return False
    union = is_strong(text, behind) and person_at(text, behind, long=True)
    return not union and person_at(text, at, long=True)
