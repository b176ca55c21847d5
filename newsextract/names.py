"""Person names in Vietnamese text: where one that begins at a place ends.

A name is a family name and one to four more syllables (``Nguyễn Văn An``), the same in capitals,
with the given name cut to an initial (``Nguyễn Văn Đ.``), a name of the highland peoples (``Y Biêr
Niê``, ``K'Thanh``, ``Mùa A Vảng``), a monk's (``Thích Thanh Nhiễu``) or a foreign one (``Shinzo
Abe``). Family names are a closed class, in ``data/surnames.txt``.
"""

from __future__ import annotations

import re
import sys
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


APART = ("whole", "before văn")
"""The sections of ``data/surnames.txt`` that are no family names by themselves."""


@cache
def _surnames() -> frozenset[str]:
    known = vocabulary("surnames")
    return frozenset(toned(n for s in known if s not in APART for n in known[s]))


def name_forms(text: str, at: int, stop: int = sys.maxsize) -> tuple[re.Pattern[str], ...]:
    """The forms of a name that may begin at ``at``, the likeliest first; ``stop``: where text ends.

    Where more than one fit, each may end elsewhere: whoever needs something behind the name takes
    the first form that has it.
    """
    if not (text[at : at + 1].isupper() or text.startswith(("k", "h"), at)):
        return ()  # most places have no capital: there nothing of this need be tried
    return _forms() if opener().match(text, at, stop) is None else _called_ong()


def name_end(text: str, at: int) -> int | None:
    """Where a person's name that begins at ``at`` ends, on its last syllable."""
    for form in name_forms(text, at):
        if m := form.match(text, at):
            return m.end()
    return None


def is_name(text: str, start: int, end: int) -> bool:
    """Whether all of ``text[start:end]`` is a person's name."""
    return any(form.fullmatch(text, start, end) for form in name_forms(text, start, end))


def person_end(text: str, at: int) -> int | None:
    """Where a name ends that begins at ``at`` and runs to the end of the capitals."""
    for form in name_forms(text, at):
        if m := form.match(text, at):
            further = _CAPITAL.match(text, m.end())
            if further is None or opener().match(text, further.end()):
                return m.end()
    return None


_CAPITAL = re.compile(rf"{GAP}(?=[{UPPER}][{LOWER}])")


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    given = rf"(?:{GAP}{_INITIAL})?+"
    # "Văn" has a given name of one syllable or two after it; more is a lost full stop.
    middle = rf"{STRONG_SURNAME}{GAP}Văn(?:{GAP}{_syllable()}){{1,2}}+{given}"
    # A common name where further on a whole one begins: "xã Phan Thanh Hoàng Văn An".
    later = rf"(?:{GAP}{CAPITALISED}){{1,3}}{GAP}{STRONG_SURNAME}{GAP}(?:Văn|Thị){GAP}[{UPPER}]"
    # A family name of no list, which "Thị" behind it shows, or a rare one.
    man = rf"{alternation(vocabulary('surnames')['before văn'])}{GAP}(?:Văn|Bá)"
    woman = rf"(?={CAPITALISED}{GAP}Thị)(?!{_before_thi()}){CAPITALISED}{GAP}Thị"
    rare = rf"(?:{man}|{woman})(?:{GAP}{_syllable()}){{1,2}}+{given}"
    strong = rf"{STRONG_SURNAME}(?!{later})(?:{GAP}{_syllable()}){{1,5}}+{given}"
    # So is a rare name before a common one that of a place: "Chu Phan Nguyễn An". Right before it
    # both may be a person's: "Mai Phan Tuấn Anh".
    common = rf"(?!Lý|Hồ|Hoàng|Dương|Lương|Đoàn){STRONG_SURNAME}"
    both = rf"(?!{GAP}{STRONG_SURNAME}(?:{GAP}(?!Văn|Thị){CAPITALISED}){{1,2}}+(?!{GAP}[{UPPER}]))"
    place = (
        rf"(?:{both}(?:{GAP}{CAPITALISED}){{0,2}}{GAP}{common}{GAP}{CAPITALISED}"
        rf"|{GAP}Việt{GAP}Nam{END})"
    )
    known = (
        rf"{alternation(_surnames())}{END}(?!{place})"
        rf"(?:(?:{GAP}{_syllable()}){{1,3}}+{given}|{GAP}{_INITIAL})"
    )
    whole = alternation(vocabulary("surnames")["whole"]) + END
    return tuple(map(re.compile, (f"{_peculiar()}|{middle}", strong, f"{known}|{whole}|{rare}")))


def _before_thi() -> str:
    """What else stands before a Khmer woman's "Thị": whoever she is, and where she is named."""
    words = {w for s in ("body", "level", "inner", "named") for w in vocabulary("bodies")[s]}
    words |= {*vocabulary("honorifics")["honorific"], *vocabulary("honorifics")["place before"]}
    one = alternation(w.capitalize() for w in toned(words) if w.isalpha())
    return rf"(?:{one}){END}|{_other()}"


def _peculiar() -> str:
    """Names in capitals, of the highlands and of Laos: none that fits is of another form too."""
    upper = alternation(n.upper() for n in _surnames() if len(n) > 1)
    capitals = rf"{upper}{END}(?:{GAP}[{UPPER}]{{2,7}}+{END}){{1,4}}+"
    more = rf"{GAP}(?!{STRONG_SURNAME}{GAP}[{UPPER}]){CAPITALISED}"
    highland = rf"[KHYkh]['’ʼ]{BLANK}?[{UPPER}]{{0,2}}+[{LOWER}]++{END}(?:{more}){{0,3}}+"
    joined = (
        rf"[{UPPER}][{LOWER}]*+(?:-[{UPPER}]?[{LOWER}]++)++{END}"  # Lao: "Bun-nhăng Vo-la-chít"
    )
    # "Y Giang Gry Niê Knơng": the letter of a man or a woman, given names, the clan's.
    lettered = rf"[AHY](?:{GAP}(?!{_other()}|{STRONG_SURNAME}){CAPITALISED}){{4}}+"
    return rf"{highland}|{lettered}|{capitals}|{joined}{GAP}{joined}"


_INITIAL = rf"[{UPPER}](?:\.(?={BLANKS}[,;:)–-]|{GAP}[{LOWER}])|{END}(?!\.[{UPPER}]))"
"""A given name cut to its first letter."""


def _syllable() -> str:
    return rf"(?:(?!{_other()}){CAPITALISED}|{LETTER_WORD})"


@cache
def _called_ong() -> tuple[re.Pattern[str]]:
    """A name with the family name Ông, which else is an honorific."""
    return (re.compile(rf"Ông{GAP}{CAPITALISED}{GAP}{_syllable()}"),)


@cache
def opener() -> re.Pattern[str]:
    """A word that opens a sentence or a title, where the mark before it is missing."""
    return re.compile(_other())


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
def foreign() -> re.Pattern[str]:
    """Two to four capitalised words of which one at least is no Vietnamese syllable.

    Or one such word and more behind initials: "J.D. Vance", "JD Vance".
    """
    letters = rf"[{UPPER}][{LOWER}][{UPPER}{LOWER}'’-]*+{END}"
    word = rf"(?!{_other()}){letters}"
    strange = rf"(?!{NATIVE}(?!-)){word}"
    particle = rf"(?:{alternation(vocabulary('honorifics')['particle'])}){GAP}"
    initial = rf"(?:{GAP}[{UPPER}]\.)?"  # "Marc E. Knapper"
    run = rf"{letters}{initial}(?:{GAP}(?:{particle})?{word}){{1,3}}+"
    first = rf"(?:{word}{GAP}(?:[{UPPER}]\.{GAP})?){{0,2}}"
    initials = rf"(?:(?:[{UPPER}]\.(?:{GAP})?){{1,3}}+|(?:J[A-Z]|[A-Z]J){GAP})"
    initialled = rf"{initials}{strange}(?:{GAP}{word}){{0,2}}+"
    return re.compile(rf"(?=[{UPPER}])(?:(?={first}{strange}){run}|{initialled})")


@cache
def loose() -> re.Pattern[str]:
    """Two to six capitalised words: a name only where an honorific says so."""
    word = rf"(?!{_other()}){CAPITALISED}"
    return re.compile(rf"(?=[{UPPER}])(?:{word}|{LETTER_WORD})(?:{GAP}{word}){{1,5}}+")
