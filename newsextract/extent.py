"""Where the text of an article stands on its page, and what the elements around a line say."""

from __future__ import annotations

from itertools import pairwise

from newsextract.body import Body
from newsextract.clues import AUTHOR, fold
from newsextract.headline import Headline
from newsextract.survey import Survey

_BULK = 600  # characters of prose; an element with fewer may be a lead though little else is there


class Extent:
    """The lines of a body behind its title, by number: ``kept`` of them all, and ``prose``.

    ``first`` is the first paragraph in the text's own box, ``last`` the last of all; -1 where no
    line is prose.
    """

    def __init__(self, survey: Survey, body: Body, head: Headline) -> None:
        self.survey = survey
        self.layout = survey.layout
        self.home, self.container = body.home, body.container
        self._known: dict[int, int] = {}  # the clues of each line asked for
        self._bulk = max(_BULK, 0.6 * survey.mass[body.container])
        title, lines = fold(head.text or ""), self.layout.lines
        self.kept = [i for i in body.lines if i > head.last and fold(lines[i].text) != title]
        self._above = dict(pairwise(reversed(self.kept)))
        kept = set(self.kept)
        self.prose = [i for i in body.prose if i in kept and not self.is_about_writer(i)]
        self.first = next(filter(self.is_at_home, self.prose), min(self.prose, default=-1))
        self.last = max(self.prose, default=-1)

    def text(self, i: int) -> str:
        """What line ``i`` says."""
        return self.layout.lines[i].text

    def above(self, i: int) -> str:
        """What the kept line before line ``i`` says; empty where there is none."""
        return self.text(self._above[i]) if i in self._above else ""

    def is_at_home(self, i: int) -> bool:
        """Whether a line stands where the paragraphs stand."""
        return self.layout.inside(self.layout.lines[i].block, self.home)

    def is_about_writer(self, i: int) -> bool:
        """Whether a line stands in a box of its own that is named for the author."""
        return bool(self.bits(i) & AUTHOR) and not self.is_at_home(i)

    def bits(self, i: int) -> int:
        """The clues of line ``i``: of its first piece, its block and what stands around it."""
        if i not in self._known:
            self._known[i] = self._bits_around(i)
        return self._known[i]

    def _bits_around(self, i: int) -> int:
        line = self.layout.lines[i]
        bits = 0
        for element in (line.first, *self.layout.ancestors(line.block, self.container)):
            if element == self.home or self.survey.mass[element] > self._bulk:
                break  # what holds most of the text names no part of it
            bits |= self.survey.bits[element]
        return bits
