"""Which of several inputs is kept when they are the same article, whatever order they come in.

**The rule.** Two inputs are the same article when they have the same canonical URL (the URL where
the page states none), or exactly the same text, or are each the same as a third. Of one article
one input is kept: that read by the newest version of the library; then that fetched last; then
that with the longest text; then that whose fingerprint sorts first. The others are *duplicates*:
counted, remembered as done, and their keys (URL and text) go on standing for the article. So what
is kept does not depend on the order of arrival, nor on how the arrivals were cut into writes.

Two limits. The very same bytes under two URLs are one fingerprint, and the URL written first
stays (a batch skips fingerprints that are done, so it writes in the order of its input). And keys
of duplicates hold within one version of the library: a new version reads everything anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Entry(NamedTuple):
    """One input that gave an article, as far as the rule needs it.

    ``article_id`` stands for the URL (``Article.id``), ``fetched`` is ISO or empty.
    """

    fingerprint: str
    article_id: str
    text_hash: str
    version: str
    fetched: str
    chars: int
    source: str
    url: str | None

    @property
    def rank(self) -> tuple[tuple[int, ...], str, int]:
        """The larger is kept."""
        return version_key(self.version), self.fetched, self.chars


class Duplicate(NamedTuple):
    """An input that was not kept, and the article that stands for it."""

    entry: Entry
    kept_id: str


def version_key(version: str) -> tuple[int, ...]:
    """``"0.10.1"`` as something that sorts: ``(0, 10, 1)``."""
    return tuple(int(n) for n in re.findall(r"\d+", version))


class Ledger:
    """The articles a store has, by key, as far as a write can touch them.

    Give it the kept entries and the duplicates of this version; then ``put`` each arrival.
    """

    def __init__(self, kept: Iterable[Entry] = (), duplicates: Iterable[Duplicate] = ()) -> None:
        self._group: dict[str, int] = {}  # key → group
        self._parent: list[int] = []
        self._best: dict[int, Entry] = {}  # group → its kept entry
        self._lost: dict[str, tuple[Entry, int]] = {}  # fingerprint → new duplicate
        self.known: dict[str, Entry] = {}  # article id → entry, as it was before
        self.arrived: dict[str, Entry] = {}  # fingerprint → entry, if put here
        for entry in kept:
            self.restore(entry)
        for entry, kept_id in duplicates:
            if (group := self._find("id " + kept_id)) is not None:
                self._bind(entry, group)

    def restore(self, entry: Entry) -> None:
        """Take over an entry that the store keeps already."""
        self.known[entry.article_id] = entry
        self._bind(entry, self._new(entry))

    def put(self, entry: Entry) -> bool:
        """Add an arrival; True if it is kept, for now. A later arrival may still displace it."""
        keys = self._keys(entry)
        groups = {g for k in keys if (g := self._find(k)) is not None}
        kept = [self._best[g] for g in groups]
        best = entry
        for rival in kept:
            if _stays(rival, best):
                best = rival
        group = self._new(best)
        for old in groups:
            self._parent[old] = group
            del self._best[old]
        self._bind(entry, group)
        self._lost.pop(entry.fingerprint, None)
        for loser in (*kept, entry):
            if loser is not best and loser.fingerprint != best.fingerprint:
                self._lost[loser.fingerprint] = loser, group
        self.arrived[entry.fingerprint] = entry
        return best is entry

    def entries(self) -> dict[str, Entry]:
        """Every article kept now, by its id."""
        return {e.article_id: e for e in self._best.values()}

    def written(self) -> dict[str, Entry]:
        """The arrivals that are kept, by the id of their article."""
        arrived = self.arrived
        return {k: e for k, e in self.entries().items() if arrived.get(e.fingerprint) is e}

    def displaced(self, version: str) -> list[str]:
        """The ids of articles of this version that another input took the place of."""
        kept = self.entries()
        return [
            key
            for key, entry in self.known.items()
            if key not in kept
            and entry.version == version
            and entry.fingerprint not in self.arrived
        ]

    def kept_id(self, article_id: str) -> str | None:
        """The id of the article that stands for ``article_id`` now."""
        group = self._find("id " + article_id)
        return None if group is None else self._best[group].article_id

    def duplicates(self) -> list[Duplicate]:
        """What became a duplicate through the arrivals, each with the article now kept."""
        return [Duplicate(e, self._best[self._root(g)].article_id) for e, g in self._lost.values()]

    @staticmethod
    def _keys(entry: Entry) -> tuple[str, str, str]:
        return "id " + entry.article_id, "text " + entry.text_hash, "input " + entry.fingerprint

    def _bind(self, entry: Entry, group: int) -> None:
        for key in self._keys(entry):
            self._group[key] = group

    def _new(self, best: Entry) -> int:
        group = len(self._parent)
        self._parent.append(group)
        self._best[group] = best
        return group

    def _find(self, key: str) -> int | None:
        group = self._group.get(key)
        return None if group is None else self._root(group)

    def _root(self, group: int) -> int:
        while self._parent[group] != group:
            self._parent[group] = self._parent[self._parent[group]]
            group = self._parent[group]
        return group


def _stays(old: Entry, new: Entry) -> bool:
    """Whether ``old`` is kept over ``new``; the same input written again replaces itself."""
    if old.rank != new.rank:
        return old.rank > new.rank
    if old.fingerprint == new.fingerprint:
        return old.article_id != new.article_id
    return old.fingerprint < new.fingerprint
