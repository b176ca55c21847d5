"""``newsextract report``: one self-contained HTML page over a whole store.

The page holds its data compressed and needs no network. Its script writes text only through
``textContent`` and makes links of web addresses only, so nothing in an article can act; a content
security policy forbids everything that does not stand in the file.
"""

from __future__ import annotations

import base64
import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from newsextract.errors import StoreError
from newsextract.exchange import encode_bytes
from newsextract.model import Article, Fact
from newsextract.recordfiles import rewritten
from newsextract.stores import open_store
from newsextract.storing import Store
from newsextract.wording import KINDS, number_text, value_text

MAX_FACTS = 200_000
"""Facts in a page, the newest articles first: about 15 MB and two seconds in a browser."""

AROUND = 300
"""Characters that are kept on either side of a fact in a longer sentence."""


@dataclass(slots=True)
class Health:
    """What pages of one site gave: where a number grows, a layout has changed."""

    articles: int = 0
    without: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)


class _Pack:
    """The page's data as it is gathered: rows of numbers that point into tables of strings.

    Only articles with a fact in the page have a row, so that it is bounded by ``MAX_FACTS``.
    """

    def __init__(self) -> None:
        self.sites: dict[tuple[str, str], int] = {}
        self.rules: dict[str, int] = {}
        self.articles: list[list[Any]] = []
        self.sentences: list[list[Any]] = []
        self.facts: list[list[Any]] = []
        self.health: dict[str, Health] = {}
        self.days: tuple[str, str] | None = None  # the first and the last
        self.left_out = 0

    def add(self, article: Article, facts: Iterable[Fact[Any]]) -> None:
        facts = list(facts)
        site = article.site or "(unknown site)"
        self._judge(self.health.setdefault(site, Health()), article, bool(facts))
        day = article.published.date().isoformat() if article.published else ""
        if day:
            first, last = self.days or (day, day)
            self.days = min(first, day), max(last, day)
        facts = [fact for fact in facts if fact.kind in KINDS]
        shown = facts[: MAX_FACTS - len(self.facts)]
        self.left_out += len(facts) - len(shown)
        if not shown:
            return
        place = self.sites.setdefault((site, article.province or ""), len(self.sites))
        self.articles.append([article.title or "(no title)", article.url or "", place, day])
        known: dict[tuple[int, int], int] = {}
        for fact in shown:
            self._add_fact(article, fact, known)

    def _judge(self, health: Health, article: Article, has_facts: bool) -> None:
        health.articles += 1
        stated = {
            "title": article.title,
            "date": article.published,
            "author": article.author,
            "body": article.paragraphs,
            "facts": has_facts,
        }
        health.without.update(name for name, value in stated.items() if not value)

    def _add_fact(
        self, article: Article, fact: Fact[Any], known: dict[tuple[int, int], int]
    ) -> None:
        start = max(min(fact.sentence.start, fact.start), fact.start - AROUND)
        end = min(max(fact.sentence.end, fact.end), fact.end + AROUND)
        if (start, end) not in known:
            known[start, end] = len(self.sentences)
            self.sentences.append([len(self.articles) - 1, article.text[start:end]])
        rule = self.rules.setdefault(fact.rule, len(self.rules))
        row = [KINDS.index(fact.kind), known[start, end], fact.start - start, fact.end - start]
        self.facts.append([*row, value_text(fact.value), rule, _detail(fact)])

    def payload(self) -> str:
        """The data for the script: JSON, gzipped, in base64."""
        data = {
            "kinds": KINDS,
            "sites": [list(s) for s in self.sites],
            "rules": list(self.rules),
            "articles": self.articles,
            "sentences": self.sentences,
            "facts": self.facts,
        }
        return base64.b64encode(gzip.compress(encode_bytes(data), 9, mtime=0)).decode()


def _detail(fact: Fact[Any]) -> list[Any] | int:
    """What the script groups a fact by; 0 where its value line is enough."""
    value = fact.value
    if fact.kind == "official":
        return [value.name, list(value.titles)]
    if fact.kind == "document":
        return [f"{value.type} {value.number or ''}".strip(), value.issuer or ""]
    if fact.kind == "ratio":
        return [value.part, value.whole, value.unit]
    return 0


def write_report(store: str, path: Path) -> int:
    """Write the page over ``store`` to ``path``; returns its size in bytes.

    Raises ``StoreError`` if the store is not there, is empty, or the page cannot be written; also
    where a file that is no report stands there, which is left as it is.
    """
    with _failing(path):
        _check(path)
        page = report_page(store)
        _write(path, page)
    return len(page)


def report_page(store: str) -> bytes:
    """The page over the store at a URL. ``StoreError`` if it is not there or empty."""
    with open_store(store, create=False) as opened:
        return report_html(opened).encode("utf-8", "replace")


_MARK = b"<title>newsextract report</title>"
_HEAD = 1024  # bytes in which a report has its mark


def _check(path: Path) -> None:
    """Only a report, or an empty file, is written over."""
    if path.is_file():
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if head and _MARK not in head:
            what = "a file that is no report of newsextract stands there; it is left as it is"
            raise StoreError(what, source=str(path), advice="give -o another name, or remove it")


@contextmanager
def _failing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"the report cannot be written ({error.strerror})"
        advice = "name a place in a folder that is there"
        raise StoreError(what, source=str(path), advice=advice) from error


def _write(path: Path, page: bytes) -> None:
    """Write the page whole or not at all."""
    if path.exists() and not path.is_file():  # a pipe or device is written, not replaced
        path.write_bytes(page)
        return
    with rewritten(path) as file:
        file.write(page)


def report_html(store: Store) -> str:
    """The page over an open store."""
    pack = _Pack()
    for article in store.newest():
        pack.add(article, store.facts(article.id))
    for failure in store.failures():
        site = failure["site"] or "(unknown site)"
        pack.health.setdefault(site, Health()).failures[failure["reason"]] += 1
    if not pack.health:
        advice = "fill it first: newsextract batch … --to …"
        raise StoreError("it holds no article and no failure", source=store.name, advice=advice)
    parts = {
        "STYLE": _data("article.css") + _data("report.css"),
        "SCRIPT": _data("report.js"),
        "PAYLOAD": pack.payload(),
        "NAME": escape(store.name),
        "SUMMARY": _summary(pack),
        "HEALTH": _health(pack.health),
    }
    # One pass over the template: what is put in is never looked at again.
    pieces = _data("report.html").split("{{")
    filled = (parts[name] + rest for name, _, rest in (p.partition("}}") for p in pieces[1:]))
    return pieces[0] + "".join(filled)


def _data(name: str) -> str:
    return files("newsextract").joinpath("data", name).read_text("utf-8")


def _summary(pack: _Pack) -> str:
    failed = sum(sum(h.failures.values()) for h in pack.health.values())
    first, last = pack.days or ("–", "–")
    sites = [h for h in pack.health.values() if h.articles]
    cards = [
        ("articles", number_text(sum(h.articles for h in sites))),
        ("facts", number_text(len(pack.facts) + pack.left_out)),
        ("sites", number_text(len(sites))),
        ("failures", number_text(failed)),
        ("from", first),
        ("to", last),
    ]
    items = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in cards)
    note = (
        f"<p class=about>{number_text(pack.left_out)} facts of the oldest articles are only in the "
        "database; the page holds the rest.</p>"
        if pack.left_out
        else ""
    )
    return f"<dl class=cards>{items}</dl>{note}"


def _health(health: dict[str, Health]) -> str:
    head = ("site", "articles", *(f"no {n}" for n in WITHOUT), "failed", "reasons")
    cells = "".join(f"<th scope=col>{h}</th>" for h in head)
    rows = "".join(_health_rows(health))
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>"


WITHOUT = ("title", "date", "author", "body", "facts")


def _health_rows(health: dict[str, Health]) -> Iterator[str]:
    for site, h in sorted(health.items(), key=lambda item: -item[1].articles):
        shares = "".join(_share(h.without[name], h.articles) for name in WITHOUT)
        failed = sum(h.failures.values())
        reasons = ", ".join(f"{escape(r)} {n}" for r, n in h.failures.most_common())
        yield (
            f"<tr><th scope=row>{escape(site)}</th><td class=n>{number_text(h.articles)}</td>"
            f"{shares}{_share(failed, failed + h.articles)}<td>{reasons}</td></tr>"
        )


def _share(count: int, whole: int) -> str:
    """A cell with a share, coloured by how much of the site it is."""
    if not count:
        return "<td class=n></td>"
    part = round(100 * count / whole)
    level = "bad" if part >= 50 else "warn" if part >= 10 else ""
    return f'<td class="n {level}" title="{count} of {whole}">{part}%</td>'
