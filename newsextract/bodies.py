"""The names of bodies (organisations) in Vietnamese text, read word by word after a post.

The grammar stands over ``data/bodies.txt`` and ``places.txt``: levels with their places, heads of
bodies, the usual words inside their names, capitals. A body ends before a person's name, a mark, a
word of ``data/stops.txt`` or a lower-case word outside the grammar.
"""

from __future__ import annotations

import re

from newsextract.families import goes_on, is_doan_family, opens_family
from newsextract.fields import field_part, subjects
from newsextract.joints import (
    bracket,
    coordinated_end,
    further_end,
    last_word,
    last_words,
    route,
    second_part,
    short_form,
)
from newsextract.leads import LEADS, Led
from newsextract.letters import BLANKS, END, GAP, LOWER, UPPER
from newsextract.names import CAPITALISED, NATIVE, STRONG_SURNAME
from newsextract.phrases import (
    ABROAD,
    BODIES,
    BODY,
    CLOSED,
    FIELDED,
    HEADED,
    INNER,
    LEVEL,
    NAMED,
    NAMESAKE,
    OPEN,
    PLACE,
    POST,
    POSTS,
    PROPER,
    SECOND,
    STATE,
    STOP,
    TOPICAL,
    WORLD,
    next_phrase,
    opener,
    sections_at,
    sections_of_post,
)
from newsextract.reach import FEW, LOCAL, MANY
from newsextract.vocabulary import word_set

_NATIVE = re.compile(rf"{GAP}{NATIVE}")
_LABEL = re.compile(
    rf"{GAP}(?:năm(?:{GAP}học)?+{GAP}(?:19|20)\d\d(?:[-–](?:19|20)\d\d)?|số{GAP}\d{{1,3}}){END}"
)
_UNIT_NUMBER = re.compile(
    rf"{GAP}(?:\d{{1,3}}|(?<=CSB.)\d{{4}})(?={BLANKS}(?:[,;()\n]|\.(?!\d)|\Z))"
)
"""The number of a unit after its letters: "Phòng PA 88", "Ban QLDA 2"."""
_WHOLE_NAME = re.compile(
    rf"{GAP}{CAPITALISED}{GAP}(?:Văn|Thị)(?:{GAP}{CAPITALISED}){{1,3}}+(?!{GAP}[{UPPER}])"
)
_TWO_FAMILIES = re.compile(
    rf"(?:{GAP}{STRONG_SURNAME}){{2}}(?:{GAP}{CAPITALISED}){{2}}(?!{GAP}[{UPPER}])"
)
"""A name of four syllables with both parents' family names: "Lê Hoàng Phúc Thịnh"."""
_TROOPS = (" cảnh sát biển", " hải quân", " không quân", " bộ binh", " pháo binh", " công binh")
"""Branches of the forces of which a unit bears a number: "Vùng Cảnh sát biển 4"."""
_LOCAL = re.compile(
    rf"(?<!\w)(?:quận|huyện|thị xã|xã|phường|thị trấn)(?:{GAP}[{LOWER}\d]++){{1,3}}\Z"
)
_INITIALS = re.compile(rf"{GAP}[A-Z]\.[A-Z]\.{GAP}Việt Nam{END}")
"""A firm's letters before its country: "Công ty C.P. Việt Nam"."""
_SIGNS = frozenset("&–-,(.v")
"""What the joint to a further part of a name begins with: a mark, or "và"."""
_FURTHER, _LOOSE = (" và", ",", " ,"), (" thuộc", " và", " tại")


class Body(Led):
    """Reads the body of a post that ends at ``at``; ``lower`` is ``text`` in lower case.

    ``end`` is where the body ends, ``at`` if there is none. ``abroad`` says that the name of a
    foreigner may follow.
    """

    def __init__(self, text: str, lower: str, at: int, post: str) -> None:
        super().__init__(text, lower, at, post)
        last, self.state = sections_of_post(post)
        self.abroad = self.state  # a foreigner may stand here
        self.open = bool(last & OPEN)
        self.topical = bool(last & TOPICAL)  # "về" and the field may follow
        self.free = MANY * self.open  # lower-case words outside the grammar that may follow
        self.owned = bool(last & (OPEN | NAMED))  # a body that may bear any name
        self.fielded = bool(last & FIELDED)  # a field ends its name
        self.shouted = " " in post and text[self.post_start : at].isupper()  # all is in capitals
        # Whether the next capitals are the body's own name.
        self.named = bool(last & NAMED) and not self.person_at(at, long=True)
        reading = not last & LEVEL or self.take_area(at)
        while reading and (self._goes_on() or self._superior()):
            pass
        if lower.endswith(" phụ trách", at, self.end) and self._has_object():
            if not self.person_at(self.end, long=True):  # "Phó Cục trưởng phụ trách Lê Văn An"
                self.end -= len("phụ trách")
        elif text.endswith(_LOOSE, at, self.end):  # not of "xã Mường Và"
            self.end = at + len(text[at : self.end].rpartition(" ")[0])
        self.end = at + len(text[at : self.end].rstrip())

    def _goes_on(self) -> bool:
        before = self.end
        if self.named and self.take_commune_before_person(before):
            return True
        return self._next() and self.end > before

    def _is_affair(self) -> bool:
        """Whether "vụ" is none of the body: "nguyên Bí thư Tỉnh ủy Hòa Bình vụ Trịnh Văn An"."""
        halves = word_set("bodies", "before vụ")  # "và Dịch vụ Minh Phúc"
        return self.end > self.post_end and last_word(self.lower, self.end) not in halves

    def _next(self) -> bool:
        start, end, phrase, kinds = next_phrase(self.lower, self.end)
        if not phrase:
            return self._marked()
        capital = self.text[start].isupper() and not (kinds & STOP and self.shouted)
        if not capital and (kinds & PROPER or phrase.startswith("xã ") or phrase.endswith(" đoàn")):
            end, phrase, kinds = self._common(start, end, phrase, kinds)
        if phrase in LEADS and not capital and self._leads(phrase):
            return self._led(phrase, end)
        affair = phrase == "vụ" and not capital and self._is_affair()
        if phrase == "kiêm" or affair or self._stops(kinds, capital, end):
            return False
        if phrase == "và":
            return self._marked()
        if kinds & LEVEL:
            free = MANY if kinds & OPEN else 0 if capital else self.free
            return self.take(end, free) and self.take_area(end)
        if kinds & PLACE and self.is_place(end):
            return self.take_place(end, kinds)
        if capital and self._is_person(kinds, " " in phrase):
            return False
        if kinds & BODIES and (capital or not self.placed or kinds & (BODY | CLOSED)):
            return self._known(end, kinds, capital)
        return self._capital(end) if capital else self._lower(end)

    def _common(self, start: int, end: int, phrase: str, kinds: int) -> tuple[int, str, int]:
        """What a phrase in small letters is where it is no name, and no society in "xã Hội An"."""
        level, _, unit = phrase.rpartition(" ")
        if unit == "đoàn" and level in LOCAL:
            if is_doan_family(self.text, end - len(" đoàn")):
                return start + len(level), level, LEVEL
        elif phrase.startswith("xã ") and self.text[start + len("xã ")].isupper():
            return start + len("xã"), "xã", LEVEL
        return end, phrase, 0 if kinds & PROPER else kinds

    def _stops(self, kinds: int, capital: bool, end: int) -> bool:
        """Whether a verb or the next title stands there, no name such as "Chánh Dương"."""
        if not capital or not kinds & POSTS:
            own = kinds & INNER and self.open and self.end == self.post_end  # "phòng thông tin"
            return not (capital or own) and kinds & (STOP | POSTS) != 0
        heads = BODY | OPEN | INNER | POSTS
        return kinds & POST != 0 or sections_at(self.lower, end) & heads != 0

    def _is_person(self, kinds: int, several: bool) -> bool:
        if not kinds and not self.named and self.abroad and self.is_foreigner():
            return True
        self.abroad = (not self.named or self._is_lettered()) and self.is_westerner()
        if self.abroad:
            return True
        if not kinds & ~STOP and opener(self.text, self.end):
            return True
        named_so = kinds & NAMESAKE and self.owned and not self.placed  # a school, not its head
        kinds &= ~(NAMESAKE | PROPER | STATE | PLACE | WORLD)
        if self.named or named_so or (several and kinds):
            return _TWO_FAMILIES.match(self.text, self.end) is not None
        if self.capitals == 1 and goes_on(self.text, self.end):
            return False  # "Quỹ tín dụng Hoằng Kim Cao Minh Đạt"
        # "Chủ tịch UBND Ngọc Trạo": after letters alone a rare name of two syllables is a place.
        bare = self.end > self.post_end and self.text[self.end - 2 : self.end].isupper()
        return self.person_at(self.end, bool(kinds) or self.owned or (bare and self.is_rare()))

    def _marked(self) -> bool:
        sign = self.lower[self.end : self.end + 5].lstrip(" \t\xa0\r\f\v\u3000")[:1]
        if sign not in _SIGNS:  # most titles end at a mark after which no name goes on
            return False
        end = self._second_end()
        if end is None and sign == "(" and (end := bracket(self.text, self.end)):
            owned = " " in self.text[self.end + 1 : end]  # "Cục Trồng trọt (Bộ Y tế) thông tin"
            self.placed = self.take(end, 0 if owned else self.free) and owned
            return True
        if end is None and self.open and self.free:
            end = coordinated_end(self.text, self.end)
        goes_on = (self.open or self.owned or self.bodied) and not self.placed
        if end is None and goes_on and self.lower.startswith(_FURTHER, self.end):
            end = further_end(self.text, self.lower, self.end)
        end = end or short_form(self.text, self.end)
        if end is None and sign in "–-":
            end = subjects(self.text, self.lower, self.end)
            end = end or route(self.text, self.post_end, self.end)
            if end is None and self.open and not self.placed:
                end = field_part(self.text, self.end)
        if end is None and (self.owned or self._is_local()) and sign in "–-":
            return self.take_province()
        return end is not None and self.take(end, self.free)

    def _is_local(self) -> bool:
        """Whether a place below the province was read last: "UBND quận 5 | - TPHCM"."""
        return _LOCAL.search(self.lower, self.post_start, self.end) is not None

    def _second_end(self) -> int | None:
        """Where the second part of the name ends, if it is no verb of the clause."""
        second = second_part(self.lower, self.end)
        if second is None or second.comma:
            return second and second.end
        said = self.lower[self.end : second.end]
        last = last_word(self.text, self.end) if "-" in said or "–" in said else ""
        if last.istitle() and self.text[second.start].islower():
            return None  # "xã Ba Lế - thông tin"
        return second.end if self.free > 0 or second.kinds & SECOND else None

    def _known(self, end: int, kinds: int, capital: bool) -> bool:
        abbreviated = self.text[self.end : end].isupper()
        named = kinds & NAMED != 0 or (self.named and (kinds & INNER != 0 or abbreviated))
        if named and _WHOLE_NAME.match(self.text, end) and opens_family(self.text, end):
            named = not kinds & HEADED
        if kinds & (NAMED | INNER):
            named = named and not (self.fielded and kinds & INNER and not kinds & NAMED)
            self.fielded = kinds & FIELDED != 0 or (self.fielded and not kinds & NAMED)
        self.open = self.open or kinds & OPEN != 0
        self.bodied = self.bodied or kinds & (BODY | OPEN | NAMED) != 0
        self.topical = self.topical or kinds & TOPICAL != 0
        self.owned = self.owned or kinds & (OPEN | NAMED) != 0
        free = MANY if self.open else 0
        if not kinds & (OPEN | BODY | CLOSED):
            free = (MANY if self.open else FEW) if capital else self.free
        self.take(end, free)
        self.named = named
        self.abroad = kinds & ABROAD != 0 or (self.state and not named)
        return True

    def _capital(self, end: int) -> bool:
        if self.text[self.end : end].strip().isupper():
            if _INITIALS.match(self.text, self.end):
                end += 1
            named, number = self.named, _UNIT_NUMBER.match(self.text, end)
            self.take(number.end() if number else end)
            _, figures, *_ = next_phrase(self.lower, end)
            if not number and self._numbers_it(figures):
                self.take(figures)  # "Tổng giám đốc PMU 18 được điều động"
            self.named = named
            return True
        if self.named:
            _, known, _, kinds = next_phrase(self.lower, self.end)
            if kinds & NAMESAKE:
                return self.take(known)
            return self.take_capitals(self.end, long=True) or self.take(end)
        capitals, native = self.capitals + 1, _NATIVE.match(self.text, self.end)
        self.take(end, 0 if capitals > 1 or not native else MANY if self.open else FEW)
        self.capitals = capitals
        return True

    def _lower(self, end: int) -> bool:
        label = _LABEL.match(self.text, self.end)
        if label is not None:
            return self.take(label.end())
        if (self.owned and self._numbers_it(end)) or self._numbers_troops(end):
            return self.take(end)
        if not (self.free or self.placed) and (self.open or self.owned):
            return (last := last_words(self.text, self.end)) is not None and self.take(last)
        return bool(self.free) and not self._counts(end) and self.take(end, self.free - 1)

    def _numbers_troops(self, end: int) -> bool:
        """Whether the number of a unit stands there: "Vùng Cảnh sát biển 4"."""
        if not self.lower.endswith(_TROOPS, self.post_end, self.end):
            return False
        number = self.lower[self.end : end].strip().isdecimal()
        return number and (self._numbers_it(end) or self.person_at(end, long=True))

    def _numbers_it(self, end: int) -> bool:
        """Whether a figure that nothing is counted with ends the name: "Nhiệt điện Duyên Hải 3"."""
        if _UNIT_NUMBER.match(self.text, self.end):
            return True
        if not self.lower[self.end : end].strip().isdecimal() or end - self.end > len(" 12"):
            return False
        start, _, phrase, kinds = next_phrase(self.lower, end)
        if not phrase or phrase in word_set("stops", "counted"):
            return False
        if self.text[start].isupper():
            return self.person_at(end, long=True)
        return phrase == "và" or kinds & STOP != 0

    def _counts(self, end: int) -> bool:
        """Whether a figure stands there that counts something: "44/83 phiếu", "12 hộ"."""
        word = self.lower[self.end : end].lstrip()
        if not word[0].isdecimal():
            return False
        start, _, phrase, kinds = next_phrase(self.lower, end)
        return bool(phrase) and self.text[start].islower() and not kinds
