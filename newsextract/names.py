"""Person names in Vietnamese text, as patterns that other patterns are built from.

A name is a family name and one to four more syllables (``Nguyễn Văn An``), the same in capitals,
with the given name cut to an initial (``Nguyễn Văn Đ.``), a name of the highland peoples (``Y Biêr
Niê``, ``K'Thanh``, ``Mùa A Vảng``), a monk's (``Thích Thanh Nhiễu``) or a foreign one (``Shinzo
Abe``). Family names are a closed class, in ``data/surnames.txt``.
"""

from __future__ import annotations

from functools import cache

from newsextract.letters import BLANK, BLANKS, END, GAP, LOWER, UPPER
from newsextract.spelling import toned
from newsextract.vocabulary import alternation, vocabulary

CAPITALISED = rf"[{UPPER}][{LOWER}'’]++(?:[{UPPER}]{{1,2}}+[{LOWER}]++)?+(?:-[{LOWER}]++)*+{END}"
"""One capitalised word."""
LETTER_WORD = rf"[AYÔƠÊU](?={GAP}{CAPITALISED})"
"""A syllable that is one vowel, in the names of many peoples: "Giàng A Chu", "Rơ Ô Bhung"."""

STRONG_SURNAME = (
    "(?:Nguyễn|Trần|Lê|Phạm|Huỳnh|Hoàng|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trương|Lương"
    f"|Trịnh|Đoàn|Tôn){END}"
)
"""The family names of most people, which a place or a body seldom begins with."""


@cache
def _surnames() -> frozenset[str]:
    known = vocabulary("surnames")
    return frozenset(toned(n for s in known if s != "whole" for n in known[s]))


@cache
def name_pattern() -> str:
    """A person's name that opens with a known family name, and goes on to its last syllable."""
    syllable = rf"(?:(?!{_other()}){CAPITALISED}|{LETTER_WORD})"
    initial = rf"[{UPPER}](?:\.(?={BLANKS}[,;:)–-]|{GAP}[{LOWER}])|{END}(?!\.[{UPPER}]))"
    # "Chu Phan Nguyễn An": a rare name before a common one is that of a place.
    common = rf"(?!Lý|Hồ|Hoàng|Dương|Lương|Đoàn){STRONG_SURNAME}"
    place = (
        rf"(?:(?:{GAP}{CAPITALISED}){{0,2}}{GAP}{common}{GAP}{CAPITALISED}|{GAP}Việt{GAP}Nam{END})"
    )
    # So is a common one where further on a whole name begins: "xã Phan Thanh Hoàng Văn An".
    later = rf"(?:{GAP}{CAPITALISED}){{1,3}}{GAP}{STRONG_SURNAME}{GAP}(?:Văn|Thị){GAP}[{UPPER}]"
    strong = rf"{STRONG_SURNAME}(?!{later})"
    given = rf"(?:{GAP}{initial})?+"
    # "Văn" has a given name of one syllable or two after it; more is a lost full stop.
    plain = (
        rf"{STRONG_SURNAME}{GAP}Văn(?:{GAP}{syllable}){{1,2}}+{given}"
        rf"|{strong}(?:{GAP}{syllable}){{1,5}}+{given}"
        rf"|{alternation(_surnames())}{END}(?!{place})"
        rf"(?:(?:{GAP}{syllable}){{1,3}}+{given}|{GAP}{initial})"
    )
    upper = alternation(n.upper() for n in _surnames() if len(n) > 1)
    capitals = rf"{upper}{END}(?:{GAP}[{UPPER}]{{2,7}}+{END}){{1,4}}+"
    more = rf"{GAP}(?!{STRONG_SURNAME}{GAP}[{UPPER}]){CAPITALISED}"
    highland = rf"[KHYkh]['’ʼ]{BLANK}?[{UPPER}]{{0,2}}+[{LOWER}]++{END}(?:{more}){{0,3}}+"
    joined = (
        rf"[{UPPER}][{LOWER}]*+(?:-[{UPPER}]?[{LOWER}]++)++{END}"  # Lao: "Bun-nhăng Vo-la-chít"
    )
    whole = alternation(vocabulary("surnames")["whole"]) + END
    ong = rf"Ông{GAP}{CAPITALISED}{GAP}{syllable}"  # the honorific is a family name too
    # "Y Giang Gry Niê Knơng": the letter of a man or a woman, given names, the clan's.
    lettered = rf"[AHY](?:{GAP}(?!{_other()}|{STRONG_SURNAME}){CAPITALISED}){{4}}+"
    named = rf"{highland}|{lettered}|{plain}|{capitals}|{whole}|{joined}{GAP}{joined}"
    # Most places have no capital: there nothing of this need be tried.
    return rf"(?=[{UPPER}kh])(?:{ong}|(?!{_other()})(?:{named}))"


@cache
def person_pattern() -> str:
    """A name that runs to the end of the capitals."""
    return rf"{name_pattern()}(?!{GAP}(?!{_other()})[{UPPER}][{LOWER}])"


@cache
def _other() -> str:
    # A missing comma or full stop must not draw what follows into the name.
    day = rf"(?:Sáng|Chiều|Tối|Trưa){GAP}(?:nay|qua|ngày|hôm|cùng|\d)"
    # A photograph, not "Lê Quốc Ảnh, Bí thư".
    photo = rf"Ảnh(?:{BLANKS}:|{GAP}(?:[{UPPER}]|minh|chụp|tư|do|của|cắt|trên|dưới|bìa))"
    return rf"(?:(?:{alternation(vocabulary('name_ends')[''])}){END}|{photo}|{day})"


_ONSET = r"(?:b|ch?|d|đ|gi?|gh|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr?|v|x)?"
_RIME = (
    r"[aeiouyăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]{1,3}"
    r"(?:ch?|m|ng?h?|p|t)?"
)


SYLLABLE = rf"(?i:{_ONSET}{_RIME})"
"""The letters of one Vietnamese syllable."""
NATIVE = SYLLABLE + END
"""One Vietnamese syllable that ends a word."""


@cache
def opener_pattern() -> str:
    """A word that opens a sentence, where the full stop before it is missing."""
    return _other()


@cache
def foreign_pattern() -> str:
    """Two to four capitalised words of which one at least is no Vietnamese syllable."""
    word = rf"(?!{_other()})[{UPPER}][{LOWER}][{UPPER}{LOWER}'’-]*+{END}"
    strange = rf"(?!{NATIVE}(?!-)){word}"
    particle = rf"(?:{alternation(vocabulary('honorifics')['particle'])}){GAP}"
    run = rf"{word}(?:{GAP}(?:{particle})?{word}){{1,3}}+"
    return rf"(?=[{UPPER}])(?=(?:{word}{GAP}){{0,2}}{strange}){run}"


@cache
def loose_pattern() -> str:
    """Two to six capitalised words: a name only where an honorific says so."""
    word = rf"(?!{_other()}){CAPITALISED}"
    return rf"(?=[{UPPER}])(?:{word}|{LETTER_WORD})(?:{GAP}{word}){{1,5}}+"
