"""What leads on inside the name of a body: a word such as "của", or a mark and the body above."""

from __future__ import annotations

from newsextract.fields import field_end
from newsextract.joints import (
    APART,
    CAMPUS,
    CLOSES,
    LISTED,
    OPENS,
    SPEAKS,
    cell,
    is_of_institution,
    last_word,
    superior,
    unit,
)
from newsextract.phrases import (
    BODIES,
    BODY,
    NAMED,
    OPEN,
    PLACE,
    STOP,
    WORLD,
    next_phrase,
    sections_at,
    sections_of,
)
from newsextract.reach import LOCAL, MANY, WORD, Reach

LEADS = frozenset({"tại", "về", "kiêm", "phụ trách", "của"})
"""Words behind which the name of a body may go on."""
_MISSIONS = (
    *(" thương vụ", " phái đoàn", " đại sứ quán", " lãnh sự quán", " cơ quan đại diện"),
    *(" hội người việt", " hội doanh nhân việt nam", " hội sinh viên việt nam"),
    *(" hội phụ nữ việt nam", " hội doanh nghiệp việt nam", " cộng đồng người việt"),
)
_SQUADS = ("đội", "tổ")
"""Units that stand under an office: "Đội Cảnh sát giao thông số 1, Phòng Cảnh sát giao thông"."""
_OWNERS = 4
"""How many "của" are read one inside the other; each is a call deeper."""


class Led(Reach):
    """Reads on behind what leads on; ``bodied`` says that a body has been named already.

    ``topical`` says that "về" and the field may follow, ``owned`` that the body may bear any name,
    ``owners`` how many bodies after "của" are being read.
    """

    bodied = topical = owned = False
    owners = 0

    def _goes_on(self) -> bool:
        """Whether one more word was read."""
        raise NotImplementedError

    def _known(self, end: int, kinds: int, capital: bool) -> bool:
        """Read the known phrase that ends at ``end``, of the sections ``kinds``."""
        raise NotImplementedError

    def _superior(self) -> bool:
        """A mark and the body above a unit: "Vụ trưởng Vụ Pháp chế, Bộ Y tế"."""
        m = superior().match(self.text, self.end)
        if m is None:
            return False
        part = unit().search(self.lower, self.post_start, self.end)
        if m["party"]:
            part = part or cell().search(self.lower, self.post_start, self.end)
        if self.lower.startswith("phòng ", m.end() + 1) and not (part and part[0] in _SQUADS):
            return False  # "Trưởng Ban Dân vận, Phòng Nội vụ"
        if part and part[0].startswith("trường") and not CAMPUS.match(self.text, m.end()):
            part = None
        if not part and (m["party"] or self.bodied or not is_of_institution(self.post)):
            return False
        before = self.end
        if self.take(m.end()) and self._goes_on():
            while not part and self._goes_on():
                pass
            # "Theo ông An, Vụ trưởng Vụ Pháp chế, Bộ sẽ …": the body opens the main clause.
            opens = "," in m[0] and self._is_cited() and not self._stands_apart()
            if not opens and (self._ends_unlisted() if m["party"] else part or self._closes()):
                return True
        self.end = before
        return False

    def _is_cited(self) -> bool:
        """Whether "theo" stands before the post, in its line."""
        line = self.lower.rfind("\n", max(0, self.post_start - 70), self.post_start) + 1
        return self.lower.rfind("theo", max(line, self.post_start - 70), self.post_start) >= 0

    def _stands_apart(self) -> bool:
        """Whether the body ends before a mark that the main clause follows."""
        while self._goes_on():
            pass
        return APART.match(self.text, self.end) is not None

    def _closes(self) -> bool:
        """Whether a mark, or the verb of who opens the sentence, closes what is said of one."""
        if CLOSES.match(self.text, self.end) is not None:
            return True
        speaks = SPEAKS.match(self.text, self.end)
        return (
            speaks is not None
            and OPENS.search(self.text, max(0, self.post_start - 90), self.post_start) is not None
        )

    def _ends_unlisted(self) -> bool:
        """Whether the body ends and no further one follows, as in "Phòng A, Ban B, Hội C"."""
        while self._goes_on():
            pass
        listed = LISTED.match(self.text, self.end)
        if listed is None:
            return self.lower[self.end : self.end + 4].strip() != "và"
        return not sections_at(self.lower, listed.end() - 1) & (BODY | OPEN)

    def _leads(self, phrase: str) -> bool:
        """Whether "tại", "về", "kiêm", "phụ trách" or "của" may go on with the name."""
        if phrase == "của":  # "Giám đốc của Công ty Bình An", "khóa XV của tỉnh"
            may = not self.bodied or self._at_level(self.end + len(" của")) or self._is_state()
            return may and self.owners < _OWNERS
        if phrase in ("tại", "phụ trách"):
            free = (self.open or self.owned) and not self.placed  # "Nhà xuất bản Giáo dục tại …"
            return self._is_posting() or free or phrase != "tại"
        return self.topical or (phrase == "về" and self.lower.endswith(" tội phạm", 0, self.end))

    def _led(self, phrase: str, end: int) -> bool:
        if phrase == "tại":
            return self.take_posting(end) if self._is_posting() else self._seat(end)
        if phrase == "của":
            return self._owner(end)
        if phrase != "phụ trách":
            return self._topic(end, phrase)
        field = field_end(self.text, end)
        return self.take(field) if field else self._known(end, sections_of(phrase), capital=False)

    def _is_posting(self) -> bool:
        """Whether an envoy or a mission may be posted to what "tại" names."""
        said = self.lower[self.post_end : self.end]
        return self.state or any(mission in said for mission in _MISSIONS)

    def _seat(self, end: int) -> bool:
        """The known place where a body sits: "Giám đốc Công ty Bình An tại TP. Cần Thơ"."""
        start, seat, phrase, kinds = next_phrase(self.lower, end)
        if not phrase or self.text[start].islower():
            return False
        if phrase.startswith("tp"):
            return self.take(seat) and self.take_area(seat)
        return kinds & PLACE != 0 and self.is_place(seat) and self.take_place(seat, kinds)

    def _owner(self, end: int) -> bool:
        """The body after "của", where its name is whole: not "trưởng đoàn của đoàn khách"."""
        before = self.end
        if self._is_state():
            return self.take_posting(end)
        if not (self._at_level(end) or sections_at(self.lower, end) & (BODY | OPEN | NAMED)):
            return False
        self.take(end)
        self.owners += 1
        while self._goes_on():
            pass
        self.owners -= 1
        if self._has_object():
            self.end = before
        return self.end > before

    def _is_lettered(self) -> bool:
        """Whether the body's own name is letters that have been read: "Tập đoàn LG"."""
        last = last_word(self.text, self.end)
        return last.isupper() and not sections_of(last.lower())

    def _is_state(self) -> bool:
        """Whether the state comes next whose body it is: "Bộ Tư lệnh Trung tâm của Mỹ"."""
        return sections_at(self.lower, self.end + len(" của")) & WORLD != 0

    def _at_level(self, at: int) -> bool:
        """Whether a level of administration stands next, the place that a body is of."""
        return next_phrase(self.lower, at)[2] in LOCAL

    def _topic(self, end: int, lead: str) -> bool:
        """What a board works on ("về phòng, chống ma túy"), or the board it is besides."""
        start, _, phrase, kinds = next_phrase(self.lower, end)
        if not phrase:
            return False
        lower = self.text[start].islower()
        if not kinds & BODIES and (kinds or lower or lead == "kiêm"):
            return False
        self.take(end, MANY)
        self.topical = False
        return True

    def _has_object(self) -> bool:
        """Whether lower-case words follow that are no verb: what someone has charge of."""
        if WORD.match(self.lower, self.end) is None:
            return False
        return not sections_at(self.lower, self.end) & STOP
