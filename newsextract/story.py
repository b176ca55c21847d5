"""From the lines of the body to the article's own: lead, paragraphs with their roles, byline.

The body still has at its head what stands between title and text (date, section, lead) and at its
end who wrote it; pictures have their captions between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newsextract.body import Body, is_caption
from newsextract.captions import Captions
from newsextract.clues import AUTHOR, DATE, LEAD, is_noise
from newsextract.dates import header_date, is_date_alone
from newsextract.extent import Extent
from newsextract.headline import Headline
from newsextract.layout import Line, is_event
from newsextract.looks import BOLD, HEADINGS, all_in
from newsextract.model import Role
from newsextract.notices import is_address, is_contact, is_head_field, is_notice, is_stamp
from newsextract.photostory import as_photo_story, without_repeats
from newsextract.signatures import Signed, signatures
from newsextract.survey import Survey
from newsextract.tables import cells_of_rows, with_rows

_ASKED = re.compile(r"(?:Câu |Bạn đọc )?hỏi(?: \d+)?\s*:", re.IGNORECASE)


@dataclass(slots=True)
class Story:
    """The article's lines as ``(number, role)``, its lead's numbers, and the bylines met."""

    lead: list[int] = field(default_factory=list)
    lines: list[tuple[int, Role]] = field(default_factory=list)
    bylines: Signed = field(default_factory=list)


def tell(survey: Survey, body: Body, head: Headline) -> Story:
    """Give every line of the body its role, and leave out what is none of the text."""
    extent = Extent(survey, body, head)
    return _Teller(extent, head).story() if extent.prose else Story()


class _Teller:
    def __init__(self, extent: Extent, head: Headline) -> None:
        self.extent = extent
        self.survey, self.layout = extent.survey, extent.layout
        self.first, self.last = extent.first, extent.last
        self.head = head
        self.captions = Captions(extent)
        self.cells = cells_of_rows(self.layout, extent.home, extent.kept)

    def story(self) -> Story:
        lead = self._lead()
        bylines = signatures(self.extent, self._belongs)
        taken = {*lead, *(i for i, _ in bylines)}
        own = (i for i in self.extent.kept if i not in taken and self._belongs(i))
        lines = [(i, self._role(i)) for i in own]
        lines = without_repeats(self.layout, lead, lines, self.cells)
        lines = with_rows(self.layout, self.extent.home, lines)
        return Story(lead, as_photo_story(self.layout, lines), bylines)

    # -- the text -------------------------------------------------------------------------------

    def _belongs(self, i: int) -> bool:
        """Whether a line is the text's, no button, date, field or address beside it."""
        line = self.layout.lines[i]
        text = line.text
        if is_noise(text) or self.extent.is_about_writer(i):
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
        if len(text) > 40 or not (self.extent.bits(i) & DATE or is_stamp(text)):
            return True
        return not is_date_alone(text)

    def _belongs_to_head(self, i: int, line: Line) -> bool:
        if self.survey.prose[i] or self.captions.has(i):
            return True
        if not self.extent.is_at_home(i) or self.extent.bits(i) & (DATE | AUTHOR):
            return False
        if is_event(self.layout, i):
            return True
        return sum(map(str.isalpha, line.text)) > 2 and not (
            header_date(line.text) or is_head_field(line.text)
        )

    def _belongs_to_end(self, i: int, line: Line) -> bool:
        if not self.extent.is_at_home(i) or line.linked > 0.4 * len(line.text):
            return False
        if is_contact(line.text) or is_notice(line.text) or is_address(line.text):
            return False
        if len(line.text) <= 60 and is_head_field(line.text):
            return False
        return not (is_date_alone(line.text) or (len(line.text) <= 40 and header_date(line.text)))

    # -- lead -----------------------------------------------------------------------------------

    def _lead(self) -> list[int]:
        """The lines set apart as lead: named so, or apart from the paragraphs."""
        named = self._named_lead()
        if named:
            return named
        prose = self.extent.prose
        over = (i for i in prose if i < self.first and not is_caption(self.survey, i))
        apart = [i for i in over if not self.extent.is_at_home(i)]
        if apart:
            return [] if _ASKED.match(self.extent.text(apart[-1])) else apart[-1:]
        heads = len(prose) > 1 and all_in(self.layout, self.layout.lines[prose[0]], HEADINGS)
        return prose[:1] if heads else []

    def _named_lead(self) -> list[int]:
        """Lines between title and text in an element named as lead, wherever it stands."""
        found: list[int] = []
        named = 0
        for i in range(self.head.last + 1, self.first + 1):
            line = self.layout.lines[i]
            if self.survey.is_aside(i) or len(line.text) < 30:
                continue
            bits = self.extent.bits(i)
            if line.linked >= 0.5 * len(line.text) or is_caption(self.survey, i):
                continue
            alone = i < self.first and self.survey.prose[i] and not self.extent.is_at_home(i)
            alone = alone and not _ASKED.match(line.text)
            if not (bits & LEAD or (alone and self.head.first >= 0 and not header_date(line.text))):
                continue
            if bits & LEAD and not named:
                found.clear()  # what a class calls the lead counts more than what stands apart
            named |= bits & LEAD
            if not found or (i < self.first and i == found[-1] + 1):
                found.append(i)
        return found

    # -- roles ----------------------------------------------------------------------------------

    def _role(self, i: int) -> Role:
        line = self.layout.lines[i]
        if self.captions.has(i):
            return "caption"
        tags = [self.layout.tags[e] for e in self.layout.ancestors(line.first, self.extent.home)]
        if "li" in tags:
            return "list_item"
        if "blockquote" in tags:
            return "quote"
        if any(t in HEADINGS for t in tags):
            return "heading"
        if not self.survey.prose[i] and len(line.text) < 120 and all_in(self.layout, line, BOLD):
            return "heading"
        return "paragraph"
