"""Which of several inputs is kept when they are the same article, whatever order they come in.

**The rule.** Two inputs are the same article when they have the same canonical URL (the URL where
the page states none), or exactly the same text, or are each the same as a third. Of one article
one input is kept: one with a text rather than facts alone (``load``); then that read by the newest
version of the library; then that fetched last; then that with the longest text; then that whose
fingerprint sorts first. The others are *duplicates*:
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
    def rank(self) -> tuple[bool, tuple[int, ...], str, int]:
        """The larger is kept."""
        return self.chars > 0, version_key(self.version), self.fetched, self.chars


ENTRY = ("fingerprint", "id", "text_hash", "version", "fetched", "chars", "source", "url")
"""The columns of the article table that hold an ``Entry``, in its order."""


class Duplicate(NamedTuple):
    """An input that was not kept, and the article that stands for it."""

    entry: Entry
    kept_id: str


def version_key(version: str) -> tuple[int, ...]:
    """``"0.10.1"`` as something that sorts: ``(0, 10, 1)``."""
    return tuple(int(n) for n in re.findall(r"\d+", version))


class Ledger:
    """The articles a store has, by key, as far as a write can touch them.

    ``restore`` what the store has (``Duplicate`` after ``Entry``), then ``put`` each arrival; what
    they changed stands in ``written``, ``gone``, ``lost`` and ``arrived`` until ``begin``.
    """

    def __init__(self) -> None:
        self._group: dict[str, int] = {}  # key → group
        self._parent: list[int] = []
        self._best: dict[int, Entry] = {}  # group → its kept entry
        self.begin()

    def begin(self) -> None:
        """Start a new write: forget what changed in the last one."""
        self.arrived: dict[str, Entry] = {}  # fingerprint → arrival
        self.written: dict[str, Entry] = {}  # article id → arrival that is kept
        self.gone: dict[str, Entry] = {}  # article id → entry from before that is kept no more
        self._lost: dict[str, tuple[Entry, int]] = {}  # fingerprint → new duplicate

    def restore(self, known: Entry | Duplicate) -> None:
        """Take over what the store has. A duplicate whose article is not here is passed over."""
        if isinstance(known, Entry):
            self._bind(known, self._new(known))
        elif (group := self._find("id " + known.kept_id)) is not None:
            self._bind(known.entry, group)

    def join(self, known: Duplicate) -> None:
        """As ``restore``, where articles may be of parts that were written side by side.

        Those that share a key with the duplicate are one article.
        """
        groups = self._groups(*self._keys(known.entry), "id " + known.kept_id)
        if not groups:
            return
        kept = [self._best[g] for g in groups]
        best = _winner(kept[0], kept[1:])
        group = self._united(groups, best)
        self._bind(known.entry, group)
        for loser in kept:
            if loser is not best:
                self.gone[loser.article_id] = loser
                self._lost[loser.fingerprint] = loser, group

    def put(self, entry: Entry) -> None:
        """Add an arrival. A later arrival may still displace it."""
        groups = self._groups(*self._keys(entry))
        kept = [self._best[g] for g in groups]
        best = _winner(entry, kept)
        group = self._united(groups, best)
        self._bind(entry, group)
        self.arrived[entry.fingerprint] = entry
        self._lost.pop(entry.fingerprint, None)
        for loser in (*kept, entry):
            if loser is best:
                continue
            if self.written.get(loser.article_id) is loser:
                del self.written[loser.article_id]
            elif loser is not entry:
                self.gone[loser.article_id] = loser
            if loser.fingerprint != best.fingerprint:
                self._lost[loser.fingerprint] = loser, group
        if best is entry:
            self.written[entry.article_id] = entry

    def _groups(self, *keys: str) -> list[int]:
        return sorted({g for k in keys if (g := self._find(k)) is not None})

    def _united(self, groups: list[int], best: Entry) -> int:
        group = self._new(best)
        for old in groups:
            self._parent[old] = group
            del self._best[old]
        return group

    def forget(self, entry: Entry) -> None:
        """Drop an article: an older version read it from an input which now gives none."""
        group = self._find("id " + entry.article_id)
        if group is not None:
            del self._best[group]

    def kept_from(self, fingerprint: str) -> Entry | None:
        """The article kept that was read from an input, if it was."""
        group = self._find("input " + fingerprint)
        best = self._best[group] if group is not None else None
        return best if best is not None and best.fingerprint == fingerprint else None

    def entries(self) -> dict[str, Entry]:
        """Every article kept now, by its id."""
        return {e.article_id: e for e in self._best.values()}

    def kept_id(self, article_id: str) -> str | None:
        """The id of the article that stands for ``article_id`` now."""
        group = self._find("id " + article_id)
        return None if group is None else self._best[group].article_id

    def duplicates(self) -> list[Duplicate]:
        """What became a duplicate through the arrivals, each with the article now kept.

        Facts alone are none: the page they were read from is the input.
        """
        lost = [(e, self._best[self._root(g)]) for e, g in self._lost.values() if e.chars]
        found = [Duplicate(entry, kept.article_id) for entry, kept in lost]
        return sorted(found, key=lambda d: d.entry.fingerprint)

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
        root = None if group is None else self._root(group)
        return root if root in self._best else None

    def _root(self, group: int) -> int:
        while self._parent[group] != group:
            self._parent[group] = self._parent[self._parent[group]]
            group = self._parent[group]
        return group


def _winner(first: Entry, rivals: Iterable[Entry]) -> Entry:
    """That of them which is kept; ``first`` is the one that came last."""
    for rival in rivals:
        if _stays(rival, first):
            first = rival
    return first


def _stays(old: Entry, new: Entry) -> bool:
    """Whether ``old`` is kept over ``new``; the same input written again replaces itself."""
    if old.fingerprint == new.fingerprint and old.version == new.version:
        return old.article_id != new.article_id
    if old.rank != new.rank:
        return old.rank > new.rank
    return old.fingerprint < new.fingerprint
