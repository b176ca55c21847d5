"""The names of bodies (organisations) in Vietnamese text, read word by word after a post.

The grammar stands over ``data/bodies.txt`` and ``places.txt``: levels with their places, heads of
bodies, the usual words inside their names, capitals. A body ends before a person's name, a mark, a
word of ``data/stops.txt`` or a lower-case word outside the grammar.
"""

from __future__ import annotations

import re

from newsextract.names import CAPITALISED, END, GAP, LOWER, NATIVE, STRONG_SURNAME, UPPER
from newsextract.phrases import (
    OWNER,
    PLACES,
    PROVINCIAL,
    SUPERIOR,
    UNIT,
    anyone,
    coordinated,
    foreigner,
    joint,
    next_phrase,
    opener,
    person,
    sections_of,
    sections_of_post,
)

_BODIES = frozenset({"named", "open", "body", "inner", "closed", "second"})
_POSTS = frozenset({"post", "with body"})
_NONE: frozenset[str] = frozenset()


_TWO = re.compile(rf"{GAP}{CAPITALISED}{GAP}{CAPITALISED}")
_THREE = re.compile(rf"{_TWO.pattern}{GAP}[{UPPER}]")
_STRONG = re.compile(GAP + STRONG_SURNAME)
_CAPITAL = re.compile(rf"{GAP}{CAPITALISED}")
_NATIVE = re.compile(rf"{GAP}{NATIVE}")
_NUMBER = re.compile(rf"{GAP}(?:\d{{1,4}}+(?![/.,]\d|%)[A-Z]?|[IVX]{{1,5}}+){END}")
_LABEL = re.compile(rf"{GAP}(?:năm{GAP}(?:19|20)\d\d(?:[-–](?:19|20)\d\d)?|số{GAP}\d{{1,3}}){END}")
_BRACKET = re.compile(rf"[^\S\n]?\([{UPPER}&.-]{{2,12}}+\)(?={GAP}[\w])")
_SHORT = re.compile(rf"(?:[^\S\n]?[-–&][^\S\n]?|\.)[{UPPER}]{{2,5}}+{END}")
_WORD = re.compile(rf"{GAP}[{LOWER}]")
_LOOSE = (" thuộc", " và", " tại")
_MANY, _FEW = 8, 3


class Body:
    """Reads the body of a post that ends at ``at``; ``lower`` is ``text`` in lower case.

    ``end`` is where the body ends, ``at`` if there is none. ``abroad`` says that the name of a
    foreigner may follow.
    """

    def __init__(self, text: str, lower: str, at: int, post: str) -> None:
        self.text, self.lower = text, lower
        self.end = self.post_end = at
        self.post_start = at - len(post)
        last, self.state = sections_of_post(post)
        self.president = post.endswith("chủ tịch")
        self.abroad = self.state  # a foreigner may stand here
        self.open = "open" in last
        self.topical = "topical" in last  # "về" and the field may follow
        self.free = _MANY * self.open  # lower-case words outside the grammar that may follow
        self.owned = bool(last & {"open", "named"})  # a body that may bear any name
        # Whether the next capitals are the body's own name.
        self.named = "named" in last and not self._person_at(at, long=True)
        self.capitals = 0
        self.placed = False  # the last word is a place: the body's name is at its end
        reading = "level" not in last or self._area(at)
        while reading and (self._goes_on() or self._superior()):
            pass
        if lower.endswith(" phụ trách", at, self.end) and _WORD.match(lower, self.end):
            self.end -= len(" phụ trách")
        elif lower.endswith(_LOOSE, at, self.end):
            self.end = at + len(text[at : self.end].rpartition(" ")[0].rstrip())

    def _superior(self) -> bool:
        """A mark and the body above a unit: "Vụ trưởng Vụ Pháp chế, Bộ Y tế"."""
        m = SUPERIOR.match(self.text, self.end)
        if m is None or not UNIT.search(self.lower, self.post_start, self.end):
            return False
        # "Theo ông An, Vụ trưởng Vụ Pháp chế, Bộ sẽ …": the body opens the main clause.
        theo = self.lower.rfind("theo", max(0, self.post_start - 70), self.post_start) >= 0
        before = self.end
        if not (theo and "," in m[0]) and self._take(m.end()) and self._goes_on():
            return True
        self.end = before
        return False

    def _goes_on(self) -> bool:
        before = self.end
        return self._next() and self.end > before

    def _next(self) -> bool:
        m = next_phrase().match(self.lower, self.end)
        if m is None:
            return self._marked()
        end, phrase = m.end(), m["step"]
        kinds = sections_of(phrase)
        capital = self.text[m.start("step")].isupper()
        if "proper" in kinds and not capital:
            kinds = _NONE
        if phrase in ("tại", "về", "kiêm") and self._leads(phrase):
            return self._abroad(end) if phrase == "tại" else self._topic(end)
        if kinds & _POSTS or ("stop" in kinds and not capital):
            return False
        if phrase == "và":
            return self._marked()
        if "level" in kinds:
            free = _MANY if "open" in kinds else 0 if capital else self.free
            return self._take(end, free) and self._area(end)
        if "place" in kinds and self._is_place(end):
            return self._place(end, kinds)
        if capital and self._is_person(kinds, " " in phrase):
            return False
        if kinds & _BODIES and (capital or not self.placed or kinds & {"body", "closed"}):
            return self._known(end, kinds, capital)
        return self._capital(end) if capital else self._lower(end)

    def _leads(self, phrase: str) -> bool:
        """Whether "tại", "về" or "kiêm" may go on with the name."""
        crimes = phrase == "về" and self.lower.endswith(" tội phạm", 0, self.end)
        return self.state if phrase == "tại" else self.topical or crimes

    def _take(self, end: int, free: int = 0) -> bool:
        self.end, self.free, self.named, self.capitals, self.abroad = end, free, False, 0, False
        self.placed = False
        return True

    def _is_person(self, kinds: frozenset[str], several: bool) -> bool:
        if not kinds and not self.named and self.abroad and self._is_foreigner():
            return True
        self.abroad = False
        if not kinds - {"stop"} and opener().match(self.text, self.end):
            return True
        named_so = "namesake" in kinds and self.owned and not self.placed  # a school, not its head
        kinds -= {"namesake", "proper", "state", "place", *PLACES}
        if self.named or named_so or (several and kinds):
            return False
        return self._person_at(self.end, bool(kinds) or self.owned)

    def _person_at(self, at: int, long: bool = False) -> bool:
        """Whether a name stands there; a ``long`` one where two words may be a place or a body."""
        if long and _THREE.match(self.text, at) is None:
            return False
        return person().match(self.text, at) is not None

    def _is_foreigner(self) -> bool:
        name = foreigner() if self.end == self.post_end else anyone()
        return name.match(self.text, self.end) is not None

    def _is_place(self, end: int) -> bool:
        """Whether the capitals end with the place, or a person or another body follows."""
        if _CAPITAL.match(self.text, end) is None or self._person_at(end):
            return True
        name = anyone() if self.state else foreigner()
        if name.match(self.text, end) or opener().match(self.text, end):
            return True
        m = next_phrase().match(self.lower, end)
        return m is not None and bool(sections_of(m["step"]) & {*_BODIES, "level", "post"})

    def _place(self, end: int, kinds: frozenset[str]) -> bool:
        # "Chủ tịch Hồ Chí Minh" is the person, "Bí thư Thành ủy Hồ Chí Minh" the city's.
        first = self.president and self.end == self.post_end
        if first and self.lower.endswith("hồ chí minh", 0, end):
            return False
        closed = self.open or self.named
        self._take(end)
        self.abroad, self.placed = "world" in kinds and not closed, True
        return True

    def _abroad(self, end: int) -> bool:
        """The country an envoy is posted to: "Đại sứ Việt Nam tại Pháp"."""
        m = next_phrase().match(self.lower, end)
        kinds = sections_of(m["step"]) if m else _NONE
        return m is not None and "place" in kinds and self._place(m.end(), kinds)

    def _topic(self, end: int) -> bool:
        """What a board works on ("về phòng, chống ma túy"), or the board it is besides."""
        m = next_phrase().match(self.lower, end)
        if m is None:
            return False
        kinds = sections_of(m["step"])
        if not kinds & _BODIES and (kinds or self.text[m.start("step")].islower()):
            return False
        self._take(end, _MANY)
        self.topical = False
        return True

    def _marked(self) -> bool:
        m = joint().match(self.lower, self.end)
        if m is None or (m["second"] and not self._second(m)):
            m = _BRACKET.match(self.text, self.end) or OWNER.match(self.text, self.end)
        if m is None and self.open and self.free:
            m = coordinated().match(self.text, self.end)
        if m is None and self.text[self.end - 2 : self.end].isupper():
            m = _SHORT.match(self.text, self.end)
            if m and sections_of(m[0].strip(" .-–&").lower()) & _POSTS:
                return False
        return m is not None and self._take(m.end(), self.free)

    def _second(self, m: re.Match[str]) -> bool:
        """Whether a word after a mark is the second part of the name, not a verb of the clause."""
        last = self.text[: self.end].rpartition(" ")[2] if "-" in m[0] or "–" in m[0] else ""
        if last.istitle() and self.text[m.start("second")].islower():
            return False  # "xã Ba Lế - thông tin"
        return self.free > 0 or "second" in sections_of(m["second"])

    def _area(self, end: int) -> bool:
        """The place or number of a level; False where a person stands instead."""
        m = _NUMBER.match(self.text, end)
        if m is not None:
            return self._take(m.end())
        if _CAPITAL.match(self.text, end) is None:
            return True
        known = next_phrase().match(self.lower, end)
        kinds = sections_of(known["step"]) if known else _NONE
        if known and kinds & {"namesake", "place"} and self._is_place(known.end()):
            self.placed = self._take(known.end())
            return True
        if kinds & {*_BODIES, "level", "post"}:
            return True
        if "place" in kinds and not _STRONG.match(self.text, end):
            return self._capitals(end)
        known_places = self.lower.endswith(PROVINCIAL, 0, end) and _STRONG.match(self.text, end)
        if self._person_at(end, not known_places) or opener().match(self.text, end):
            return False
        two = _TWO.match(self.text, end)  # "Chu Phan Nguyễn Văn An"
        if two and self._person_at(two.end(), long=True):
            return self._take(two.end())
        return self._capitals(end)

    def _capitals(self, end: int, long: bool = False) -> bool:
        """Capitalised words from ``end`` on; the first is never a person's, a later may be."""
        m, count = _CAPITAL.match(self.text, end), 0
        while m is not None:
            count += 1
            self._take(m.end(), _FEW * (count == 1 and long))
            m = None if self._ends_run(long) else _CAPITAL.match(self.text, self.end)
        number = None if long else _NUMBER.match(self.text, self.end)
        if number and not _WORD.match(self.lower, number.end()):
            self.end = number.end()  # "phường Tân Thuận 2"
        return count > 0

    def _ends_run(self, long: bool) -> bool:
        m = next_phrase().match(self.lower, self.end)
        if m is not None and "world" in sections_of(m["step"]):
            return False
        return self._person_at(self.end, long) or opener().match(self.text, self.end) is not None

    def _known(self, end: int, kinds: frozenset[str], capital: bool) -> bool:
        abbreviated = self.text[self.end : end].isupper()
        named = "named" in kinds or (self.named and ("inner" in kinds or abbreviated))
        self.open = self.open or "open" in kinds
        self.topical = self.topical or "topical" in kinds
        self.owned = self.owned or bool(kinds & {"open", "named"})
        free = _MANY if self.open else 0
        if not kinds & {"open", "body", "closed"}:
            free = (_MANY if self.open else _FEW) if capital else self.free
        self._take(end, free)
        self.named, self.abroad = named, self.state and not named
        return True

    def _capital(self, end: int) -> bool:
        if self.text[self.end : end].strip().isupper():
            named = self.named
            self._take(end)
            self.named = named
            return True
        if self.named:
            m = next_phrase().match(self.lower, self.end)
            if m is not None and "namesake" in sections_of(m["step"]):
                return self._take(m.end())
            return self._capitals(self.end, long=True)
        capitals, native = self.capitals + 1, _NATIVE.match(self.text, self.end)
        self._take(end, 0 if capitals > 1 or not native else _MANY if self.open else _FEW)
        self.capitals = capitals
        return True

    def _lower(self, end: int) -> bool:
        label = _LABEL.match(self.text, self.end)
        if label is not None:
            return self._take(label.end())
        return bool(self.free) and not self._counts(end) and self._take(end, self.free - 1)

    def _counts(self, end: int) -> bool:
        """Whether a figure stands there that counts something: "44/83 phiếu", "12 hộ"."""
        word = self.lower[self.end : end].lstrip()
        if not word[0].isdecimal():
            return False
        m = next_phrase().match(self.lower, end)
        return m is not None and self.text[m.start("step")].islower() and not sections_of(m["step"])
