"""The closing report of a batch: what was read, what was kept, what failed, where and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from newsextract.model import Result
from newsextract.seen import Net
from newsextract.wording import many

SHOWN, PAIRS, EXAMPLES = 12, 3, 6
"""Sites with failures, pairs of near-duplicates, and reasons with an example, that are printed."""
UNKNOWN = "(no site)"


@dataclass(slots=True)
class Report:
    """What one batch did, all counts in inputs (pages) except the facts.

    ``pages`` were read from the archive; each of them is an article that was kept, a duplicate, a
    failure, or was done by an earlier batch (``done``): these four sum to it. ``facts`` are those
    of the kept articles, and ``kinds`` counts the same by kind. ``superseded`` are articles of
    earlier batches whose place these took (a page that was changed since), so the store has grown
    by ``articles - superseded``. ``failures`` counts by site, then reason; ``examples`` has what
    the first failure of each reason says of itself, with its input and what to do.
    ``near_duplicates`` are articles that share nearly all their text with an earlier one (they are
    kept): a database's of any batch, in other stores of this one; ``near`` names some, each with
    the one it resembles.
    """

    pages: int = 0
    articles: int = 0
    facts: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    failures: dict[str, Counter[str]] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    duplicates: int = 0
    near_duplicates: int = 0
    near: list[tuple[str, str]] = field(default_factory=list)
    done: int = 0
    seconds: float = 0.0
    workers: int = 1
    replaced: int = 0
    interrupted: bool = False
    superseded: int = 0

    @property
    def failed(self) -> int:
        """Inputs that failed, over all sites and reasons."""
        return sum(c.total() for c in self.failures.values())

    @property
    def rate(self) -> float:
        """Pages read for the first time, a second."""
        return (self.pages - self.done) / self.seconds if self.seconds else 0.0

    def take(self, results: Sequence[Result], net: Net) -> None:
        """Count the results of one write, and what that made of them."""
        self.pages += len(results)
        for result in results:
            self.add(result)
        self.articles += net.written.articles
        self.duplicates += sum(r.error is None for r in results) - net.written.articles
        self.superseded += net.written.superseded
        self.count_facts(net.kinds)

    def count_facts(self, kinds: Mapping[str, int]) -> None:
        """Count facts by kind; a number below zero takes some back."""
        self.kinds.update(kinds)
        self.kinds = +self.kinds  # without those that came to nothing
        self.facts = self.kinds.total()

    def add(self, result: Result) -> None:
        """Count the failure of one input, if it is one."""
        if result.error is not None:
            # A member of an archive that gave no page has no site, but its archive has a name.
            archive = result.source.split("!")[0] if "!" in result.source else UNKNOWN
            site = self.failures.setdefault(result.site or archive, Counter())
            site[result.error.reason] += 1
            if result.error.reason not in self.examples:
                named = "" if result.error.source else f"{result.source}: "
                said = " ".join(f"{named}{result.error}".split())
                self.examples[result.error.reason] = said

    def absorb(self, other: Report) -> None:
        """Add what a task of the same batch read, and what failed; a store knows the rest."""
        for name in ("pages", "done", "replaced"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for site, count in other.failures.items():
            self.failures.setdefault(site, Counter()).update(count)
        self.examples = other.examples | self.examples

    def reasons(self) -> Counter[str]:
        """Failures by reason, over all sites."""
        return sum(self.failures.values(), Counter())

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, as a store keeps it."""
        return {
            "pages": self.pages,
            "articles": self.articles,
            "facts": self.facts,
            "kinds": dict(self.kinds),
            "failures": {site: dict(count) for site, count in self.failures.items()},
            "examples": dict(self.examples),
            "duplicates": self.duplicates,
            "near_duplicates": self.near_duplicates,
            "near": [list(pair) for pair in self.near],
            "done": self.done,
            "seconds": round(self.seconds, 3),
            "workers": self.workers,
            "replaced": self.replaced,
            "interrupted": self.interrupted,
            "superseded": self.superseded,
        }

    def __str__(self) -> str:
        state = "Interrupted after" if self.interrupted else "Done in"
        lines = [
            f"{state} {_clock(self.seconds)}: {many(self.pages, 'page')}, {self.rate:,.0f} a second"
        ]
        lines.append(f"  articles   {self.articles:>9,}   with {many(self.facts, 'fact')}")
        kinds = ", ".join(f"{n:,} {kind}" for kind, n in self.kinds.most_common())
        lines += [f"             {kinds}"] if kinds else []
        if self.superseded:
            lines.append(f"  in place of{self.superseded:>9,}   of earlier batches")
        for name, count in (
            ("duplicates", self.duplicates),
            ("near-dups", self.near_duplicates),
            ("done before", self.done),
            ("failures", self.failed),
        ):
            lines += [f"  {name:<11}{count:>9,}"] if count else []
        lines += list(self._failure_lines())
        lines += [f"  near-duplicate: {a} ~ {b}" for a, b in self.near[:PAIRS]]
        if self.replaced:
            lines.append(f"  workers replaced: {self.replaced}")
        if self.interrupted:
            lines.append("  run the same command again to read the rest")
        return "\n".join(lines)

    def _failure_lines(self) -> list[str]:
        sites = sorted(self.failures.items(), key=lambda s: (-s[1].total(), s[0]))
        lines = []
        for site, count in sites[:SHOWN]:
            reasons = ", ".join(f"{n:,} {reason}" for reason, n in count.most_common())
            lines.append(f"    {site}: {reasons}")
        if len(sites) > SHOWN:
            rest = sum(c.total() for _, c in sites[SHOWN:])
            lines.append(f"    and {rest:,} at {many(len(sites) - SHOWN, 'other site')}")
        often = [reason for reason, _ in self.reasons().most_common() if reason in self.examples]
        lines += [f"  {reason}: {self.examples[reason]}" for reason in often[:EXAMPLES]]
        return [_printable(line) for line in lines]


def _printable(line: str) -> str:
    # Names of members and addresses may hold what a terminal obeys.
    return "".join(c if c.isprintable() else "�" for c in line)


def _clock(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
