"""Which mentions speak of the same document: "Thông tư 23", "Nghị quyết này"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from newsextract.facts.docnumber import pairs
from newsextract.facts.document import Document
from newsextract.folded import exact
from newsextract.letters import BLANK, LETTER
from newsextract.link import Context, Link
from newsextract.model import Fact
from newsextract.vocabulary import alternation, vocabulary

# Short signs of issuers that are not the first letters of their name.
_SIGN = {
    "thủ tướng chính phủ": "TTG",
    "thủ tướng": "TTG",
    "chính phủ": "CP",
    "quốc hội": "QH",
    "ủy ban thường vụ quốc hội": "UBTVQH",
    "bộ chính trị": "TW",
    "ban bí thư": "TW",
    "trung ương": "TW",
    "tỉnh ủy": "TU",
    "thành ủy": "TU",
    "huyện ủy": "HU",
    "văn phòng chính phủ": "VPCP",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one document from another; a part that a mention does not state is None."""

    type: str
    number: str
    year: int | None = None
    sign: str | None = None

    def fits(self, other: Identity) -> bool:
        """Whether both may be one document: nothing that both state differs."""
        return (
            (self.type, self.number) == (other.type, other.number)
            and (self.year is None or other.year is None or self.year == other.year)
            and (self.sign is None or other.sign is None or self.sign == other.sign)
        )

    def with_(self, other: Identity) -> Identity:
        """Both together."""
        return replace(self, year=self.year or other.year, sign=self.sign or other.sign)

    @property
    def known(self) -> int:
        """How many of the two parts that may be missing are known."""
        return (self.year is not None) + (self.sign is not None)

    @property
    def id(self) -> str:
        """``document:nghị định:67:2014:CP``, with ``-`` for what is not known."""
        return f"document:{self.type.lower()}:{self.number}:{self.year or '-'}:{self.sign or '-'}"


def identity(document: Document) -> Identity:
    """What a reference states of its document's identity."""
    number = (document.number or "").replace("–", "-").replace("Ð", "Đ")
    found = re.match(r"([0-9.]+[a-zđA-ZĐ]?)(?:[/-]((?:19|20)[0-9]{2}))?(.*)", number)
    if found is None:
        return Identity(document.type, number.upper())
    core = found[1].lstrip("0").lower() or "0"
    year = int(found[2]) if found[2] else (document.date.year if document.date else None)
    letters = [t for t in re.split(r"[/.-]+", found[3]) if t]
    bodies = [t.upper() for t in letters if t not in pairs("sign")]
    sign = "-".join(bodies) if bodies else _sign_of(document.issuer)
    return Identity(document.type, core, year, sign)


def _with_year(known: Identity, text: str) -> Identity:
    """The year from "Nghị định 86 năm 2014 của Chính phủ", which is in no field of the value."""
    said = re.search(rf"năm{BLANK}+([0-9]{{4}})", text) if known.year is None else None
    return replace(known, year=int(said[1])) if said else known


def _sign_of(issuer: str | None) -> str | None:
    if issuer is None:
        return None
    name = exact(" ".join(issuer.split()))
    for known, sign in sorted(_SIGN.items(), key=lambda pair: -len(pair[0])):
        if name.startswith(known) or (sign == "TW" and known in name):
            return sign
    if name.startswith(("ubnd", "ủy ban nhân dân", "chủ tịch ubnd", "chủ tịch ủy ban nhân dân")):
        return "UBND"
    if name.startswith(("hđnd", "hội đồng nhân dân")):
        return "HĐND"
    if re.search(r"(?:,| và) (?:bộ|tòa|viện|ủy ban|ngân hàng|kiểm toán) ", name):
        return None  # a joint document; its sign is written in more than one way
    body = re.sub(r"(?i)^(?:bộ trưởng|giám đốc) ", "", issuer)
    # "Bộ GD&ĐT" and "Bộ Giáo dục và Đào tạo" are both BGDĐT.
    words = (w for w in re.findall(r"[^\W\d_]+", body) if w != "và")
    return "".join(w if w.isupper() else w[0] for w in words).upper() or None


_MOST = 64  # documents of one number in one text; a list beyond that is no article


@dataclass(slots=True)
class _Group:
    """One document of the text, as far as its references tell."""

    identity: Identity


def group(documents: Sequence[Fact[Any]]) -> list[tuple[Fact[Any], Identity | None]]:
    """Each reference with its document's identity; None where two documents of the text fit it.

    The references that state most are taken first, so that "Nghị định 67" finds its document
    whether that is named in full before or after it.
    """
    own = [_with_year(identity(f.value), f.text) for f in documents]
    groups: dict[tuple[str, str], list[_Group]] = {}
    home: dict[int, _Group | None] = {}
    for i in sorted(range(len(own)), key=lambda i: (-own[i].known, i)):
        same = groups.setdefault((own[i].type, own[i].number), [])
        fits = [g for g in same if g.identity.fits(own[i])]
        if not fits and len(same) < _MOST:
            fits = [_Group(own[i])]
            same.extend(fits)
        elif len(fits) == 1:
            fits[0].identity = fits[0].identity.with_(own[i])
        home[i] = fits[0] if len(fits) == 1 else None
    known = (home[i] for i in range(len(own)))
    return [(f, g.identity if g else None) for f, g in zip(documents, known, strict=True)]


@cache
def _this() -> re.Pattern[str]:
    """The words that point back; they are looked for first, for they are rarer than the types."""
    # "quyết định trên cơ sở" points at nothing: "trên" alone ends its phrase.
    ends = (
        rf"(?={BLANK}*(?:[,.;:)”\"\n]|\Z)|{BLANK}+(?:đã|được|có|là|của|do|và|nêu|cũng|sẽ|vẫn|bị))"
    )
    blank = rf"{BLANK}+"
    said = rf"(?:này|đó|ấy|nói{blank}trên|nêu{blank}trên|vừa{blank}nêu|trên{ends})"
    return re.compile(rf"(?<={BLANK}){said}(?![{LETTER}])")


@cache
def _pointed_type() -> re.Pattern[str]:
    """A type of document that ends where the pointing word begins."""
    words = vocabulary("documents")
    types = alternation(t for part in ("noun", "verb", "strict") for t in words[part])
    return re.compile(
        rf"(?<![{LETTER}])(?<!ác )(?<!hững )(?<!ai )"  # các, những, hai: more than one
        rf"(?P<type>(?i:{types})){BLANK}+\Z"
    )


LONGEST_TYPE = 40
"""Characters before a pointing word in which a type must begin."""


def link_documents(facts: Sequence[Fact[Any]], context: Context) -> Iterator[Link]:
    """Every reference with its document's id, and "Quyết định này" with the one it points at."""
    documents = [f for f in facts if f.kind == "document" and f.value.number]
    grouped = group(documents)
    fullest: dict[str, Fact[Any]] = {}
    for fact, known in grouped:
        if known and _parts(fact) > _parts(fullest.get(known.id)):
            fullest[known.id] = fact
    for fact, known in grouped:
        if known:
            target = fullest[known.id]
            value = None if target.value == fact.value else _completed(fact.value, target.value)
            yield Link(fact.start, fact.end, "document.same", target, known.id, value)
    yield from _pointed(context.text, facts, grouped, fullest)


def _parts(fact: Fact[Any] | None) -> int:
    if fact is None:
        return -1
    value = fact.value
    return len(value.number) + 100 * (bool(value.date) + bool(value.issuer))


def _completed(value: Document, full: Document) -> Document:
    number = full.number if len(full.number or "") > len(value.number or "") else value.number
    return Document(value.type, number, value.date or full.date, value.issuer or full.issuer)


@dataclass(slots=True)
class _Heard:
    """The documents of one type that the text has named so far: ever, and in one sentence."""

    ever: set[str | None]
    near: set[str | None]
    sentence: int

    def only(self) -> str | None:
        """The id of the one document that "này" can mean: the only one, or the sentence's only."""
        chosen = self.ever if len(self.ever) == 1 else self.near
        return next(iter(chosen)) if len(chosen) == 1 else None


def _pointed(
    text: str,
    facts: Sequence[Fact[Any]],
    grouped: list[tuple[Fact[Any], Identity | None]],
    fullest: dict[str, Fact[Any]],
) -> Iterator[Link]:
    starts = [f.start for f in facts]
    heard: dict[str, _Heard] = {}
    at = 0
    for said in _this().finditer(text) if grouped else ():
        before = max(said.start() - LONGEST_TYPE, 0)
        found = _pointed_type().search(text, before, said.start())
        if found is None:
            continue
        while at < len(grouped) and grouped[at][0].start < found.start():
            _hear(heard, *grouped[at])
            at += 1
        place = bisect_left(starts, found.start() + 1) - 1
        inside = place >= 0 and facts[place].end > found.start()
        kind = " ".join(found["type"].split()).capitalize()
        key = heard[kind].only() if kind in heard and not inside else None
        if key is not None:
            target = fullest[key]
            yield Link(found.start(), said.end(), "document.this", target, key, target.value)


def _hear(heard: dict[str, _Heard], fact: Fact[Any], known: Identity | None) -> None:
    state = heard.setdefault(fact.value.type, _Heard(set(), set(), -1))
    if fact.sentence.start != state.sentence:
        state.near, state.sentence = set(), fact.sentence.start
    key = known.id if known else None
    state.ever.add(key)
    state.near.add(key)
