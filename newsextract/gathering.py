"""Facts on lines of their own, brought together by article in whatever order they come.

All lines of one load belong together. Lines of one article that were read from the same input (the
same bytes, or where a line does not say them the same source) are its facts together; the same
fact on several lines (same kind, place and value) is one. Where several inputs gave the same
article (two copies of a page), that with the most facts is kept, then that whose name sorts first.
So neither the order of the lines nor their division into files changes what is loaded.

They wait in a temporary file and are sorted there: memory holds one article at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from newsextract.errors import NewsextractError
from newsextract.exchange import encode_bytes, fact_line
from newsextract.lineforms import FactLine, ResultLine
from newsextract.model import Article, Fact, Result
from newsextract.scratch import Scratch

_SCHEMA = """
CREATE TABLE line (article TEXT, input TEXT, start INTEGER, stop INTEGER, kind TEXT, data BLOB);
"""
_ADD = "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)"
_SORTED = "SELECT article, input, data FROM line ORDER BY article, input, start, stop, kind, data"
_TOGETHER = 500  # lines added at a time
_CACHE = 8192  # KB


class Gathered:
    """The results of lines: whole ones as they come, then one of each article of fact lines.

    Iterate it once. If a line raises, no fact line is given: those to come may be of any article.
    ``left_out`` counts, in the end, the inputs of which another of the same article was kept.
    """

    def __init__(self, lines: Iterable[ResultLine | FactLine]) -> None:
        self._lines = lines
        self._waiting: list[FactLine] = []
        self._db: Scratch | None = None
        self.left_out = 0

    def __iter__(self) -> Iterator[ResultLine]:
        try:
            for line in self._lines:
                if isinstance(line, ResultLine):
                    yield line
                else:
                    self._add(line)
            self._flush()
            if self._db is not None:
                rows = self._db.execute(_SORTED, ())
                for article_id, found in groupby(rows, key=itemgetter(0)):
                    yield self._joined(article_id, found)
        except NewsextractError as error:
            if self._waiting or self._db is not None:
                error.what += " (so none of the facts on lines of their own is loaded)"
            raise
        finally:
            if self._db is not None:
                self._db.close()

    def _add(self, line: FactLine) -> None:
        self._waiting.append(line)
        if len(self._waiting) == _TOGETHER:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            self._db = self._db or Scratch(_SCHEMA, cache=_CACHE)
            self._db.executemany(_ADD, map(_row, self._waiting))
            self._waiting = []

    def _joined(self, article_id: str, rows: Iterable[tuple[str, str, bytes]]) -> ResultLine:
        """The one result of an article, from its rows in order."""
        best: list[FactLine] = []
        for n, (_, of_input) in enumerate(groupby(rows, key=itemgetter(1))):
            self.left_out += n > 0
            facts = {_mention(line.fact): line for line in (fact_line(r[2]) for r in of_input)}
            best = max(best, [*facts.values()], key=len)  # the first of equals
        return ResultLine("", _result(article_id, best))


def _row(line: FactLine) -> tuple[Any, ...]:
    fact = line.fact
    return line.article_id, line.input, fact.start, fact.end, fact.kind, line.data


def _mention(fact: Fact[Any]) -> tuple[Any, ...]:
    return fact.kind, fact.start, fact.end, encode_bytes(fact.value)


def _result(article_id: str, lines: list[FactLine]) -> Result:
    """An article without text: only what its lines say of it, whichever of them says it."""
    about: dict[str, Any] = {}
    for name in ("source", "url", "site", "province", "published", "title"):
        said = [value for line in lines if (value := line.about[name])]
        about[name] = min(said, key=str, default=None)
    title = about.pop("title")
    article = Article("", (), **about)
    # A text that is not here named it, and held its title.
    article.__dict__.update(id=article_id, title=title)
    facts = tuple(line.fact for line in lines)
    return Result(article.source or "", site=article.site, article=article, facts=facts)
