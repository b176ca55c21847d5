"""The closing report of a batch: what was read, what was kept, what failed, where and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from newsextract.model import Result

SHOWN, PAIRS = 12, 3
"""Sites with failures, and pairs of near-duplicates, that the printed report names."""
UNKNOWN = "(no site)"


@dataclass(slots=True)
class Report:
    """What one batch did, all counts in inputs (pages) except the facts.

    ``pages`` were read from the archive; each of them is an article that was kept, a duplicate, a
    failure, or was done by an earlier batch (``done``). ``facts`` are those of the kept articles;
    ``kinds`` counts all that were read, by kind. ``failures`` counts by site, then reason.
    ``near_duplicates`` are articles that share nearly all their text with an earlier one (they are
    kept): a database's of any batch, in other stores of this one; ``near`` names some, each with
    the one it resembles.
    """

    pages: int = 0
    articles: int = 0
    facts: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    failures: dict[str, Counter[str]] = field(default_factory=dict)
    duplicates: int = 0
    near_duplicates: int = 0
    near: list[tuple[str, str]] = field(default_factory=list)
    done: int = 0
    seconds: float = 0.0
    workers: int = 1
    replaced: int = 0
    interrupted: bool = False

    @property
    def failed(self) -> int:
        """Inputs that failed, over all sites and reasons."""
        return sum(c.total() for c in self.failures.values())

    @property
    def rate(self) -> float:
        """Pages read for the first time, a second."""
        return (self.pages - self.done) / self.seconds if self.seconds else 0.0

    def add(self, result: Result) -> None:
        """Count the facts or the failure of one input."""
        if result.error is None:
            self.kinds.update(f.kind for f in result.facts)
        else:
            # A member of an archive that gave no page has no site, but its archive has a name.
            archive = result.source.split("!")[0] if "!" in result.source else UNKNOWN
            site = self.failures.setdefault(result.site or archive, Counter())
            site[result.error.reason] += 1

    def absorb(self, other: Report) -> None:
        """Add what another report counted, of a part of the same batch."""
        for name in ("pages", "articles", "facts", "duplicates", "near_duplicates", "done"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.replaced += other.replaced
        self.kinds.update(other.kinds)
        self.near += other.near
        for site, count in other.failures.items():
            self.failures.setdefault(site, Counter()).update(count)

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
            "duplicates": self.duplicates,
            "near_duplicates": self.near_duplicates,
            "near": [list(pair) for pair in self.near],
            "done": self.done,
            "seconds": round(self.seconds, 3),
            "workers": self.workers,
            "replaced": self.replaced,
            "interrupted": self.interrupted,
        }

    def __str__(self) -> str:
        state = "Interrupted after" if self.interrupted else "Done in"
        lines = [f"{state} {_clock(self.seconds)}: {self.pages:,} pages, {self.rate:,.0f} a second"]
        lines.append(f"  articles   {self.articles:>9,}   with {self.facts:,} facts")
        kinds = ", ".join(f"{n:,} {kind}" for kind, n in self.kinds.most_common())
        lines += [f"             {kinds}"] if kinds else []
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
            lines.append(f"    and {rest:,} at {len(sites) - SHOWN:,} other sites")
        return lines


def _clock(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
