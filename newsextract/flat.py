"""An article and its facts as flat rows, and back: the one shape that every store keeps.

``ARTICLE`` and ``FACT`` name the columns of the two rows. A fact's columns are typed by what they
hold (``NUMBER``, ``DATE``, ``FLAG``, else text or a whole number); what its columns cannot hold
exactly stands in ``extra``, a dict, so nothing is ever lost:

- a number beyond 64 bits, or a fraction of more than 15 digits or 9 places (its column then has
  the nearest number it can hold; SQLite's own numbers end there);
- every field of a kind that is not newsextract's own.

Times are Vietnamese (+07:00) and stand without their zone, so that ``date(published)`` is the day
the page printed in every database, whatever the session's time zone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import fields, make_dataclass
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from newsextract.clock import VIETNAM
from newsextract.facts.count import Count
from newsextract.facts.date import Date
from newsextract.facts.document import Document
from newsextract.facts.measure import Measure
from newsextract.facts.money import Money
from newsextract.facts.official import Official
from newsextract.facts.percent import Percent
from newsextract.facts.ratio import Ratio
from newsextract.model import Article, Block, Fact, Result, Span

VALUES: dict[str, type[Any]] = {
    "ratio": Ratio,
    "count": Count,
    "percent": Percent,
    "money": Money,
    "measure": Measure,
    "official": Official,
    "document": Document,
    "date": Date,
}
"""The value class of each of newsextract's own kinds."""

ARTICLE = (
    *("id", "url", "canonical_url", "site", "province", "title", "lead", "author"),
    *("published", "fetched", "source", "text", "blocks", "charset", "repairs", "warnings"),
    *("chars", "text_hash", "fingerprint", "version"),
)
NUMBER = ("low", "high", "part", "whole")
DATE = ("issued", "date_start", "date_end")
FLAG = ("points",)
FACT = (
    *("article_id", "n", "kind", "span_start", "span_end", "text", "rule"),
    *("sentence_start", "sentence_end", *NUMBER, "unit", "qualifier", "currency", "per", *FLAG),
    *("name", "honorific", "type", "number", *DATE[:1], "issuer", *DATE[1:], "date_precision"),
    *("titles", "extra"),
)
"""``titles`` is a tuple of str (officials), ``extra`` a dict; each is None when empty."""

FIELD_COLUMN = {"date": "issued", "start": "date_start", "end": "date_end"}
FIELD_COLUMN |= {"precision": "date_precision"}
"""The columns of the fields of values that are not named like their column."""


def article_row(result: Result, version: str) -> list[Any]:
    """The ``ARTICLE`` row of a result that has one; ``version`` is the library's."""
    article = result.article
    assert article is not None  # noqa: S101  # callers hand over failures elsewhere
    text = text_key(article.text, article.id, article.title)
    return [
        *(article.id, article.url, article.canonical_url, article.site or result.site),
        *(article.province, article.title, article.lead, article.author),
        *(local_time(article.published), local_time(article.fetched)),
        *(
            article.source or result.source,
            article.text,
            list(map(_BLOCK, article.blocks)),
        ),
        *(article.charset, list(article.repairs), list(article.warnings)),
        *(
            len(article.text),
            text,
            result.fingerprint or text_hash(article.text or article.id),
            version,
        ),
    ]


def text_key(text: str, article_id: str, title: str | None) -> str:
    """The ``text_hash`` of an article's row.

    No text is not an equal text: it is then the id's and the title's, which a search reads.
    """
    return text_hash(text or f"{article_id}\n{title or ''}")


def text_hash(text: str) -> str:
    """32 hex digits of a text: equal texts are one article."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


_BLOCK = attrgetter("role", "start", "end", "path")


def local_time(moment: dt.datetime | None) -> dt.datetime | None:
    """An aware time as a Vietnamese one without its zone (as it is at the calendar's ends)."""
    if moment is None or moment.tzinfo is None:
        return moment
    with suppress(OverflowError):
        moment = moment.astimezone(VIETNAM)
    return moment.replace(tzinfo=None)


def _aware(moment: dt.datetime | None) -> dt.datetime | None:
    return moment.replace(tzinfo=VIETNAM) if moment and moment.tzinfo is None else moment


def article_of(row: dict[str, Any]) -> Article:
    """The article of an ``ARTICLE`` row; ``blocks``, ``repairs``, ``warnings`` are lists."""
    article = Article(
        text=row["text"],
        blocks=tuple(Block(*b) for b in row["blocks"] or ()),
        published=_aware(row["published"]),
        fetched=_aware(row["fetched"]),
        repairs=tuple(row["repairs"] or ()),
        warnings=tuple(row["warnings"] or ()),
        **{k: row[k] for k in _PLAIN},
    )
    article.__dict__["id"] = row["id"]  # as it was written, by whatever version
    if not row["text"]:
        article.__dict__["title"] = row["title"]  # facts that were loaded without their article
    return article


_PLAIN = ("author", "url", "canonical_url", "source", "site", "province", "charset")


def fact_of(row: dict[str, Any]) -> Fact[Any]:
    """The fact of a ``FACT`` row; numbers may come as any number a database gives back."""
    kind, extra = row["kind"], row["extra"] or {}
    cls: Any = VALUES.get(kind)
    if cls is None:
        value: Any = other_value(kind, extra)
    else:
        found = {name: row[FIELD_COLUMN.get(name, name)] for name, _ in _readers(cls)}
        value = build_value(cls, found | extra)
    sentence = Span(row["sentence_start"], row["sentence_end"])
    head = (kind, row["span_start"], row["span_end"], row["text"])
    return Fact(*head, value, row["rule"], sentence)


def build_value(cls: Any, found: dict[str, Any]) -> Any:
    """A value of a known kind from plain fields: numbers exact, dates and tuples as its own."""
    made = []
    for name, read in _readers(cls):
        value = found.get(name)
        made.append(value if value is None else read(value))
    return cls(*made)


@cache
def _readers(cls: Hashable) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """The fields of a class in its order, and what makes each of a plain value."""
    readers: dict[str, Callable[[Any], Any]] = {
        "Number": exact_number,
        "tuple": tuple,
        "date": _day,
        "bool": bool,
    }
    return tuple(
        (f.name, next((read for sign, read in readers.items() if sign in str(f.type)), _iso))
        for f in fields(cls)  # type: ignore[arg-type]  # a key of the cache, and a dataclass
    )


def _day(value: Any) -> Any:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def exact_number(value: Any) -> int | Decimal:
    """``value`` as ``int`` if it is whole, else as the ``Decimal`` of the digits it prints."""
    if isinstance(value, int):
        return int(value)
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if exact == exact.to_integral_value():
        return int(exact)
    return exact.normalize()


def other_value(kind: str, found: dict[str, Any]) -> Any:
    """A value of a kind that is not newsextract's own: a frozen dataclass of the fields found."""
    cls = _other(kind, tuple(found))
    return cls(**{k: tuple(v) if isinstance(v, list) else v for k, v in found.items()})


@cache
def _other(kind: str, names: tuple[str, ...]) -> type[Any]:
    return make_dataclass(kind.title() or "Value", names, frozen=True, slots=True)


def is_sound(text: str) -> bool:
    """Whether every store can hold ``text``: no NUL, and no half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def sound(row: list[Any]) -> list[Any]:
    """``row`` with ``U+FFFD`` for each character that a store cannot hold, so offsets stay."""
    if is_sound("".join([v for v in row if v.__class__ is str])):
        return row
    return [_UNSOUND.sub("\ufffd", v) if isinstance(v, str) and not is_sound(v) else v for v in row]


_UNSOUND = re.compile("[\0\ud800-\udfff]")
