"""Places and proper names inside the name of a body: where they end and a person begins."""

from __future__ import annotations

import re

from newsextract.communes import COMMUNES, commune_ends, opens_name
from newsextract.families import (
    goes_on,
    has_middle,
    is_strong,
    opens_family,
    person_at,
    place_end,
)
from newsextract.joints import town_end, two_towns, zone_end
from newsextract.letters import BLANK, BLANKS, END, GAP, LOWER, UPPER
from newsextract.names import CAPITALISED
from newsextract.phrases import (
    BODIES,
    LEVEL,
    NAMESAKE,
    PLACE,
    POST,
    PROVINCIAL,
    STOP,
    WORLD,
    anyone,
    foreigner,
    next_phrase,
    opener,
    sections_at,
    westerner,
)

_TWO = re.compile(rf"{GAP}{CAPITALISED}{GAP}{CAPITALISED}")
_CAPITAL = re.compile(rf"{GAP}{CAPITALISED}")
_NUMBER = re.compile(rf"{GAP}(?:\d{{1,4}}+(?![/.,]\d|%)[A-Z]?|[IVX]{{1,5}}+){END}")
_DASH = re.compile(rf"{BLANK}?[–-]{BLANK}(?=[{UPPER}])")
_PLACE_ENDS = re.compile(rf"{BLANKS}(?:[,.;)\n]|\Z)|{GAP}[{LOWER}]")
_LETTERED = re.compile(rf"{GAP}[AYUEÔƠƯ]{GAP}{CAPITALISED}")
_COMMUNES = (" xã", " phường", " thị trấn", " huyện", " thị xã", " quận")
LOCAL = frozenset(
    ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "thị trấn", "xã", "phường", "đặc khu", "tp")
)
"""Levels of administration."""
_LOCAL = tuple(f" {level}" for level in LOCAL)
_TEAMS = (" đội", " tổ")
_VILLAGES = tuple(
    f" {level}" for level in "thôn bản ấp xóm buôn bon plei phum sóc làng khóm xã".split()
)
_HAMLETS = tuple(level for level in _VILLAGES if level != " xã")
_PART = re.compile(rf"{GAP}(?:Thượng|Trung|Hạ|Đông|Tây|Nam|Bắc|Nội|Ngoại|Trên|Dưới|Giữa){END}")
"""Parts into which a village is divided, which its name ends with."""
WORD = re.compile(rf"{GAP}[{LOWER}]")
"""A blank and a lower-case word."""
_COACHES = ("hlv", "hlv trưởng", "huấn luyện viên", "huấn luyện viên trưởng")
MANY, FEW = 8, 3
"""How many lower-case words outside the grammar may follow, in open names and in others."""


class Reach:
    """How far the name of a body reaches in ``text``; ``lower`` is ``text`` in lower case.

    ``end`` is where it ends so far. ``abroad`` says that the name of a foreigner may follow,
    ``named`` that the next capitals are the body's own name, ``placed`` that the last word is a
    place, with which a name is at its end, ``free`` how many unknown words may follow.
    """

    abroad = state = open = named = placed = False
    capitals = free = 0

    def __init__(self, text: str, lower: str, at: int, post: str) -> None:
        self.text, self.lower = text, lower
        self.end = self.post_end = at
        self.post_start = at - len(post)
        self.post = post

    def take(self, end: int, free: int = 0) -> bool:
        """The name reaches to ``end``; always True."""
        self.end, self.free, self.named, self.capitals, self.abroad = end, free, False, 0, False
        self.placed = False
        return True

    def person_at(self, at: int, long: bool = False) -> bool:
        """Whether a name stands there; a ``long`` one where two words may be a place or a body."""
        return person_at(self.text, at, long)

    def is_rare(self) -> bool:
        """Whether the capitals next do not begin with one of the common family names."""
        capital = _CAPITAL.match(self.text, self.end)
        return capital is not None and not is_strong(self.text, self.end)

    def is_foreigner(self) -> bool:
        """Whether a name that is no Vietnamese one stands next."""
        may_be = foreigner if self.end == self.post_end else anyone
        return may_be(self.text, self.end)

    def is_westerner(self) -> bool:
        """Whether a Western given name with its family name stands next."""
        return westerner(self.text, self.end)

    def is_place(self, end: int) -> bool:
        """Whether the capitals end with the place, or a person or another body follows."""
        if _CAPITAL.match(self.text, end) is None or self.person_at(end):
            return True
        may_be = anyone if self.state else foreigner
        if may_be(self.text, end) or opener(self.text, end):
            return True
        return bool(sections_at(self.lower, end) & (BODIES | LEVEL | POST))

    def take_place(self, end: int, kinds: int) -> bool:
        """The known place that ends at ``end``, of the sections ``kinds``."""
        # "Chủ tịch Hồ Chí Minh" is the person, "Bí thư Thành ủy Hồ Chí Minh" the city's.
        first = self.end == self.post_end and self.post.endswith("chủ tịch")
        if first and self.lower.endswith("hồ chí minh", 0, end):
            return False
        closed = self.open or self.named
        self.take(end)
        self.abroad = self.post.endswith(_COACHES) or bool(kinds & WORLD and not closed)
        self.placed = True
        return True

    def take_posting(self, end: int) -> bool:
        """The country an envoy is posted to: "Đại sứ Việt Nam tại Pháp"."""
        _, known, _, kinds = next_phrase(self.lower, end)
        if kinds & PLACE:
            return self.take_place(known, kinds)
        town = None if kinds else town_end(self.text, end)
        if town is None:
            return False
        self.take(town)
        self.abroad = self.placed = True
        return True

    def take_area(self, end: int) -> bool:
        """The place or number of a level; False where a person stands instead."""
        m = _NUMBER.match(self.text, end)
        if m is not None:
            self.take(m.end())
            return self._zone(end) or True
        if self.lower.endswith("khu vực", 0, end) and (
            two := two_towns(self.text, self.lower, end)
        ):
            return self.take(two)
        if self.lower.endswith(COMMUNES, 0, end) and self._commune(end):
            return self._numbered()
        one = _CAPITAL.match(self.text, end)
        if one is None:
            return self._lettered(end) or True
        _, known, _, kinds = next_phrase(self.lower, end)
        provincial = self.lower.endswith(PROVINCIAL, 0, end)
        listed = provincial or self.lower.endswith(" xã", 0, end)  # wards bear such names
        if self.lower.endswith(_HAMLETS, 0, end) and self.take_commune_before_person(end):
            return True
        named = PLACE if listed else NAMESAKE | PLACE
        if kinds & WORLD and self.lower.endswith(_COMMUNES, 0, end):
            kinds = 0  # "xã Mỹ Lý"
        if kinds & named and self.is_place(known):
            self.placed = self.take(known)
            self.abroad = bool(kinds & WORLD)
            return provincial or self._numbered()
        if kinds & (BODIES | LEVEL | POST):
            return True
        if kinds & PLACE and not is_strong(self.text, end):
            whole = has_middle(self.text, one.end()) and self.person_at(end, long=True)
            return not whole and self.take_capitals(end)  # "huyện Đồng Văn Thảnh": his name
        return self._unknown(end, provincial)

    def _commune(self, end: int) -> bool:
        """The longest known name of a commune behind which no other capitals go on."""
        ends = [e for e in commune_ends(self.text, end) if self.is_place(e)]
        # "xã Đông | Mai Văn Sơn", though there is a commune Đông Mai.
        whole = [e for e in ends if not has_middle(self.text, e)] or ends
        whole = [e for e in whole if not opens_name(self.text, end, e)]
        self.placed = whole != [] and self.take(whole[0])
        return self.placed

    def take_commune_before_person(self, end: int) -> bool:
        """A commune after which a school, a hamlet or a firm is named, and a person behind it."""
        _, place, _, kinds = next_phrase(self.lower, end)
        for known in commune_ends(self.text, end):
            if kinds & PLACE and known < place:
                break  # "Báo Lâm Đồng | Hồ Thị Lan", though there is a township Lâm
            part = _PART.match(self.text, known)  # "thôn Pả Vi Hạ | Sùng Mí Lùng"
            if part and self.person_at(part.end(), long=True):
                return self.take(part.end())
            if self.person_at(known, long=True) and not has_middle(self.text, known):
                return self.take(known)
        return False

    def _unknown(self, end: int, provincial: bool) -> bool:
        """A place of no list, where a person may stand instead; False where one does."""
        known_places = provincial and opens_family(self.text, end)
        parted = self._parted(end)
        hamlet = self.lower.endswith(_HAMLETS, 0, end)
        two = parted or (None if provincial else place_end(self.text, end, hamlet=hamlet))
        if two is not None:
            return self.take(two)
        if self.person_at(end, not known_places) or opener(self.text, end):
            return False
        behind = _TWO.match(self.text, end)  # "Chu Phan Nguyễn Văn An"
        if behind and self.person_at(behind.end(), long=True):
            return self.take(behind.end())
        taken = self.take_capitals(end)
        if taken and self.lower.endswith(_TEAMS, 0, end):
            _, verb, *_ = next_phrase(self.lower, end)
            if verb > self.end or self._is_task(end):  # "Đội Hướng dẫn giao thông"
                return self.take(max(verb, self.end), FEW)
        self.placed = taken and self.lower.endswith(_LOCAL, 0, end)
        return taken

    def _parted(self, end: int) -> int | None:
        """Where a village's part ends before a person: "Pả Vi Hạ Sùng Mí Lùng"."""
        two = _TWO.match(self.text, end)
        part = two and _PART.match(self.text, two.end())
        return part.end() if part and self.person_at(part.end(), long=True) else None

    def _is_task(self, end: int) -> bool:
        """Whether one capital and lower-case words tell what a team does: "Đội Quy tập mộ"."""
        one = _CAPITAL.match(self.text, end)
        if one is None or one.end() != self.end or WORD.match(self.text, self.end) is None:
            return False
        return not sections_at(self.lower, self.end) & (STOP | POST)

    def _lettered(self, end: int) -> bool:
        """A commune whose name begins with one letter, "xã A Tiêng"; a village's head may too."""
        m = _LETTERED.match(self.text, end)
        if m is None or not self.lower.endswith(_COMMUNES, 0, end):
            return False
        if _CAPITAL.match(self.text, m.end()) is None:
            return self.take(m.end())
        # "Y Ngông Niê Kđăm" is a man; his clan's name could be a person's.
        man = m[0].split()[0] == "Y" and not is_strong(self.text, m.end())
        return not man and self.person_at(m.end()) and self.take(m.end())

    def _zone(self, end: int) -> bool:
        """The province of a numbered zone: "Tòa án nhân dân khu vực 2 - Khánh Hòa"."""
        if not self.lower.endswith("khu vực", 0, end) and not self.text.endswith("KV", 0, end):
            return False
        zone = zone_end(self.text, self.lower, self.end)
        return zone is not None and self.take(zone)

    def take_province(self) -> bool:
        """A dash and the place at the end of a name: "chùa Ba Vàng - Quảng Ninh,"."""
        end = self.end
        for _ in range(2):  # "chùa Bồ Đề - Long Biên - Hà Nội"
            dash = _DASH.match(self.text, end)
            if dash is None:
                return False
            _, end, _, kinds = next_phrase(self.lower, dash.end() - 1)
            if not kinds & PLACE:
                return False
            if _PLACE_ENDS.match(self.text, end) or self.person_at(end, long=True):
                return self.take(end)
        return False

    def take_capitals(self, end: int, long: bool = False) -> bool:
        """Capitalised words from ``end`` on; the first is never a person's, a later may be."""
        m, count = _CAPITAL.match(self.text, end), 0
        while m is not None:
            count += 1
            self.take(m.end(), FEW * (count == 1 and long))
            first = count == 1 and (goes_on(self.text, self.end) or self._has_middle())
            ends = not first and self._ends_run(long)
            m = None if ends else _CAPITAL.match(self.text, self.end)
        return count > 0 and (long or self._numbered())

    def _numbered(self) -> bool:
        """With the number that tells a place from others of its name, "xã Bảo Lâm 2"; True."""
        number = _NUMBER.match(self.text, self.end)
        if number is not None:
            counts = WORD.match(self.text, number.end()) is not None
            if not counts or sections_at(self.lower, number.end()) & STOP:
                self.end = number.end()
        return True

    def _ends_run(self, long: bool) -> bool:
        start, end, phrase, kinds = next_phrase(self.lower, self.end)
        if kinds & WORLD or self._goes_with_village():
            return False
        if kinds & BODIES and " " in phrase and self.text[start:end].rpartition(" ")[2].islower():
            return True  # "Đại học Mở | Bán công"
        named = self.person_at(self.end, long) or self.is_westerner()
        return named or opener(self.text, self.end)

    def _has_middle(self) -> bool:
        """Whether the word read is the family name of a whole name: "Trường THPT Lê Văn Khánh"."""
        family = self.text.rfind(" ", 0, self.end)
        return has_middle(self.text, self.end) and is_strong(self.text, family)

    def _goes_with_village(self) -> bool:
        """Whether the next capitals are still the place's: "thôn Cán Chu Phìn", "xã Pả Vi Hạ"."""
        part = _PART.match(self.text, self.end)
        if part is not None and self.person_at(part.end(), long=True):
            return True
        two = _TWO.match(self.text, self.end)
        if two is None or _CAPITAL.match(self.text, two.end()) or is_strong(self.text, self.end):
            return False
        return self.lower[: self.end].rpartition(" ")[0].endswith(_VILLAGES)
