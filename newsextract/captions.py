"""Which lines of a body are the words under a picture."""

from __future__ import annotations

import re
from functools import cached_property

from newsextract.clues import CAPTION, is_noise
from newsextract.extent import Extent
from newsextract.layout import Line
from newsextract.looks import BOLD, SLANTED, aligned, all_in, is_credit

_STOPS = (".", "!", "?", "…", ":", ";", ",", "”", '"')
_PHOTO = re.compile(
    r"\(?(?:Ảnh|ẢNH)(?: minh họa| minh hoạ| tư liệu| internet| CTV| TL)?\s*(?:[:.)]|$)"
)
_USUAL = 200  # characters that the words under a picture seldom exceed
_MOST = 300
_SENTENCE = 80  # characters from which words in bold are no caption's
_BOXES = frozenset(("div", "td", "center", "table", "figure", "dl"))


class Captions:
    """Judges the lines of a text by the pictures around them."""

    def __init__(self, extent: Extent) -> None:
        self._extent = extent
        self.layout = extent.layout
        self.home = extent.home
        self._pictures = dict(extent.layout.images)

    def has(self, i: int) -> bool:
        """Whether line ``i`` is a caption."""
        line = self.layout.lines[i]
        tags = {self.layout.tags[e] for e in self.layout.ancestors(line.block, self.home)}
        if "figcaption" in tags or "caption" in tags or self._extent.bits(i) & CAPTION:
            return True
        if is_credit(self.layout, i):
            return True
        if len(line.text) < 120 and _PHOTO.match(line.text):
            return True
        if len(line.text) > _MOST or i not in self._pictures or self._is_other(i):
            return False
        if "li" in tags and not self._shows(i, line):
            return False  # a list below a picture
        if len(line.text) <= _USUAL and self._shares_box(i, line):
            return True
        if "td" in tags and "table" in tags:
            return True
        bold = all_in(self.layout, line, BOLD)
        if not self._styled and self._is_styled(i):
            # A long sentence in bold letters is the lead, though it stands in the middle.
            return not (bold and len(line.text) >= _SENTENCE and line.text.endswith("."))
        return self._stands_under(i, line) and not bold

    def _is_other(self, i: int) -> bool:
        """Whether the picture above line ``i`` is none of the text's, as an advertisement."""
        picture, layout = self._pictures[i], self.layout
        if self._extent.survey.apart[picture]:
            return True
        above = layout.lines[i - 1]
        box = layout.parents[above.block]
        box = box if box > self.home else above.block
        return i > 0 and layout.inside(picture, box) and is_noise(above.text)

    def _shows(self, i: int, line: Line) -> bool:
        """Whether the item of a list that holds a line shows its picture too."""
        item = next(e for e in self.layout.ancestors(line.block) if self.layout.tags[e] == "li")
        return self.layout.inside(self._pictures[i], item)

    def _shares_box(self, i: int, line: Line) -> bool:
        """Whether a picture and this line alone stand in a box of their own."""
        layout, picture = self.layout, self._pictures[i]
        box = next(e for e in layout.ancestors(line.block) if layout.inside(picture, e))
        if layout.tags[box] not in _BOXES or layout.inside(self.home, box):
            return False
        around = (j for j in (i - 1, i + 1) if 0 <= j < len(layout.lines))
        return not any(layout.inside(layout.lines[j].block, box) for j in around)

    def _stands_under(self, i: int, line: Line) -> bool:
        """Whether a short line that is no sentence follows a picture in the flow of the text."""
        if len(line.text) >= 150 or line.text.endswith(_STOPS):
            return False
        around = self.layout.ancestors(self._pictures[i], self.home)
        return all(self.layout.tags[e] != "td" for e in around)

    @cached_property
    def _styled(self) -> bool:
        """Whether most paragraphs are set as captions are: then it is no sign of one."""
        prose = self._extent.prose
        return 2 * sum(map(self._is_styled, prose)) >= len(prose)

    def _is_styled(self, i: int) -> bool:
        """Whether a line is in italics or in the middle."""
        line = self.layout.lines[i]
        return (
            all_in(self.layout, line, SLANTED) or aligned(self.layout, line, self.home) == "center"
        )
