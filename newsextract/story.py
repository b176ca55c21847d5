"""From the lines of the body to the article's own: lead, paragraphs with their roles, byline.

The body still has at its head what stands between title and text (date, section, lead) and at its
end who wrote it; pictures have their captions between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from newsextract.body import Body
from newsextract.byline import (
    Byline,
    is_signed,
    read_byline,
    read_dated,
    read_employer,
    read_full_name,
    read_house,
)
from newsextract.captions import Captions
from newsextract.clues import (
    AUTHOR,
    CAPTION,
    DATE,
    LEAD,
    fold,
    is_noise,
)
from newsextract.dates import header_date, is_date_alone
from newsextract.headline import Headline
from newsextract.layout import Line, is_event
from newsextract.looks import BOLD, HEADINGS, SLANTED, aligned, all_in, is_credit
from newsextract.model import Role
from newsextract.notices import is_address, is_contact, is_head_field, is_notice, is_stamp
from newsextract.photostory import as_photo_story, without_repeats
from newsextract.survey import Survey
from newsextract.tables import cells_of_rows, with_rows
from newsextract.writers import is_lone

_ASKED = re.compile(r"(?:Câu |Bạn đọc )?hỏi(?: \d+)?\s*:", re.IGNORECASE)
_NOTE = re.compile(r"\*|\(\*+\)")  # what is remarked below a signature
_BULK = 600  # characters of prose; an element with fewer may be a lead though little else is there


@dataclass(slots=True)
class Story:
    """The article's lines as ``(number, role)``, its lead's numbers, and the bylines met."""

    lead: list[int] = field(default_factory=list)
    lines: list[tuple[int, Role]] = field(default_factory=list)
    bylines: list[tuple[int, Byline]] = field(default_factory=list)


def tell(survey: Survey, body: Body, head: Headline) -> Story:
    """Give every line of the body its role, and leave out what is none of the text."""
    return _Teller(survey, body, head).story()


class _Teller:
    def __init__(self, survey: Survey, body: Body, head: Headline) -> None:
        self.survey = survey
        self.layout = survey.layout
        self.body = body
        self.head = head
        self._known_bits: dict[int, int] = {}  # of each line asked for
        self.bulk = max(_BULK, 0.6 * survey.mass[body.container])
        title = fold(head.text or "")
        lines = self.layout.lines
        self.kept = [i for i in body.lines if i > head.last and fold(lines[i].text) != title]

    def story(self) -> Story:
        story = Story()
        kept = set(self.kept)
        prose = [i for i in self.body.prose if i in kept and not self._is_about_writer(i)]
        if not prose:
            return story
        self.first = self._first_of_text(prose)
        self.last = prose[-1]
        self.captions = Captions(
            self.layout, self.body.home, self._bits, prose, apart=self.survey.apart
        )
        story.lead = self._lead(prose)
        self.cells = cells_of_rows(self.layout, self.body.home, self.kept)
        self._take_bylines(story)
        signed = {i for i, _ in story.bylines}
        for i in self.kept:
            if i not in signed and i not in story.lead and self._belongs(i):
                story.lines.append((i, self._role(i)))
        story.lines = without_repeats(self.layout, story.lead, story.lines, self.cells)
        story.lines = with_rows(self.layout, self.body.home, story.lines)
        story.lines = as_photo_story(self.layout, story.lines)
        return story

    # -- places ---------------------------------------------------------------------------------

    def _at_home(self, i: int) -> bool:
        """Whether a line stands where the paragraphs stand."""
        return self.layout.inside(self.layout.lines[i].block, self.body.home)

    def _first_of_text(self, prose: list[int]) -> int:
        at_home = [i for i in prose if self._at_home(i)]
        return at_home[0] if at_home else prose[0]

    def _bits(self, i: int) -> int:
        if i not in self._known_bits:
            self._known_bits[i] = self._bits_around(i)
        return self._known_bits[i]

    def _bits_around(self, i: int) -> int:
        line = self.layout.lines[i]
        bits = 0
        for element in (line.first, *self.layout.ancestors(line.block, self.body.container)):
            if element == self.body.home or self.survey.mass[element] > self.bulk:
                break  # what holds most of the text names no part of it
            bits |= self.survey.bits[element]
        return bits

    def _is_about_writer(self, i: int) -> bool:
        """Whether a line stands in a box of its own that is named for the author."""
        return bool(self._bits(i) & AUTHOR) and not self._at_home(i)

    def _belongs(self, i: int) -> bool:
        line = self.layout.lines[i]
        text = line.text
        if is_noise(text) or self._is_about_writer(i):
            return False
        if i in self.cells and i >= self.first:
            return True
        if not any(c.isalnum() for c in text):
            return False
        if i < self.first:
            return self._belongs_to_head(i, line)
        if i > self.last:
            return self._belongs_to_end(i, line)
        # The hour of one entry of many, as live reports print it, or the day of an answer.
        if len(text) > 40 or not (self._bits(i) & DATE or is_stamp(text)):
            return True
        return not is_date_alone(text)

    def _belongs_to_head(self, i: int, line: Line) -> bool:
        if self.survey.prose[i] or self.captions.has(i):
            return True
        if not self._at_home(i) or self._bits(i) & (DATE | AUTHOR):
            return False
        if is_event(self.layout, i):
            return True
        return sum(map(str.isalpha, line.text)) > 2 and not (
            header_date(line.text) or is_head_field(line.text)
        )

    def _belongs_to_end(self, i: int, line: Line) -> bool:
        if not self._at_home(i) or line.linked > 0.4 * len(line.text):
            return False
        if is_contact(line.text) or is_notice(line.text) or is_address(line.text):
            return False
        if len(line.text) <= 60 and is_head_field(line.text):
            return False
        return not (is_date_alone(line.text) or (len(line.text) <= 40 and header_date(line.text)))

    # -- lead -----------------------------------------------------------------------------------

    def _lead(self, prose: list[int]) -> list[int]:
        """The lines set apart as lead: named so, or apart from the paragraphs."""
        named = self._named_lead()
        if named:
            return named
        head = [i for i in prose if i <= self.first] or prose[:1]
        apart = [i for i in head if i < self.first and not self._at_home(i)]
        if (
            not apart
            and len(prose) > 1
            and all_in(self.layout, self.layout.lines[prose[0]], HEADINGS)
        ):
            return prose[:1]
        return [] if apart and _ASKED.match(self.layout.lines[apart[-1]].text) else apart[-1:]

    def _named_lead(self) -> list[int]:
        """Lines between title and text in an element named as lead, wherever it stands."""
        found: list[int] = []
        named = 0
        for i in range(self.head.last + 1, self.first + 1):
            line = self.layout.lines[i]
            if self.survey.closed[i] or self.survey.apart[line.block] or len(line.text) < 30:
                continue
            bits = self._bits(i)
            if line.linked >= 0.5 * len(line.text) or bits & CAPTION:
                continue
            alone = i < self.first and self.survey.prose[i] and not self._at_home(i)
            alone = alone and not _ASKED.match(line.text)
            if not (bits & LEAD or (alone and self.head.first >= 0 and not header_date(line.text))):
                continue
            if bits & LEAD and not named:
                found.clear()  # what a class calls the lead counts more than what stands apart
            named |= bits & LEAD
            if not found or (i < self.first and i == found[-1] + 1):
                found.append(i)
        return found

    # -- bylines --------------------------------------------------------------------------------

    def _take_bylines(self, story: Story) -> None:
        """The lines that sign the text: at its end, one behind the other, or named so anywhere."""
        lines = self.layout.lines
        ending = True
        office: list[tuple[int, Byline]] = []  # the line under a name that says whom he writes for
        above = dict(pairwise(reversed(self.kept)))
        for i in reversed(self.kept):
            text = lines[i].text
            if is_noise(text) or (i > self.last and is_contact(text)) or is_credit(self.layout, i):
                continue
            named = bool(self._bits(i) & AUTHOR)
            if not (ending or named or i < self.first or i > self.last) or len(text) > 120:
                ending = False
                continue
            byline = read_byline(text, bare=named or (ending and i >= self.last - 1))
            byline = byline or (read_dated(text) if ending and i > self.last else None)
            over = lines[above[i]].text if i in above else ""
            if byline and not named and not read_byline(text) and not self._may_sign(i, text, over):
                byline = None
            if byline and not (is_lone(byline.author) and not self._signs(i)):
                story.bylines.insert(0, (i, byline))
                story.bylines[1:1] = office if byline.author else []
                office = []
            elif ending and i > self.last and (employer := read_employer(text)):
                office = [(i, employer)]
            elif ending and i > self.last and (house := self._house(i)):
                story.bylines.insert(0, (i, house))
            elif (i <= self.last or self._belongs(i)) and not (ending and _NOTE.match(text)):
                ending = False
        story.bylines = self._without_listed(story.bylines, above)

    def _may_sign(self, i: int, text: str, over: str) -> bool:
        """Whether names without a label sign the text: no document, no keyword below its box."""
        if is_signed(over):
            return False
        if self._at_home(i) or self._signs(i):
            return True
        return bool(read_full_name(text, dated=True) or read_dated(text))

    def _house(self, i: int) -> Byline | None:
        """What a line states that is set as a signature and names an office."""
        right = aligned(self.layout, self.layout.lines[i], self.body.home) == "right"
        return read_house(self.layout.lines[i].text, right=right) if self._signs(i) else None

    def _without_listed(
        self, bylines: list[tuple[int, Byline]], above: dict[int, int]
    ) -> list[tuple[int, Byline]]:
        """``bylines`` without names that a line announces: ``"Danh sách khen thưởng:"``."""
        lines = self.layout.lines
        for i, _ in bylines:
            over = lines[above[i]].text if i in above else ""
            if is_noise(over):
                continue
            if over.endswith(":") and i > self.first and not read_byline(lines[i].text):
                return bylines if read_byline(f"{over} {lines[i].text}") else []
        return bylines

    def _signs(self, i: int) -> bool:
        """Whether a line is set as a signature: to the right, in bold or in italics."""
        line = self.layout.lines[i]
        return aligned(self.layout, line, self.body.home) == "right" or all_in(
            self.layout, self.layout.lines[i], BOLD | SLANTED
        )

    # -- roles ----------------------------------------------------------------------------------

    def _role(self, i: int) -> Role:
        line = self.layout.lines[i]
        if self.captions.has(i):
            return "caption"
        tags = [self.layout.tags[e] for e in self.layout.ancestors(line.first, self.body.home)]
        if "li" in tags:
            return "list_item"
        if "blockquote" in tags:
            return "quote"
        if any(t in HEADINGS for t in tags):
            return "heading"
        if (
            not self.survey.prose[i]
            and len(line.text) < 120
            and all_in(self.layout, self.layout.lines[i], BOLD)
        ):
            return "heading"
        return "paragraph"
