"""What goes through the house: Raw → Article → Fact, and Result for one input of many."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cached_property
from typing import Any, Generic, Literal, NamedTuple, SupportsIndex, TypeVar, get_args, overload

from newsextract.errors import NewsextractError
from newsextract.given import expect_each
from newsextract.raw import Raw as Raw
from newsextract.raw import brief, plain
from newsextract.wording import many

Role = Literal[
    "title", "lead", "heading", "paragraph", "list_item", "table_row", "quote", "caption"
]
BODY_ROLES: frozenset[Role] = frozenset({"heading", "paragraph", "list_item", "table_row", "quote"})
ROLES: tuple[Role, ...] = get_args(Role)
Qualifier = Literal["exact", "about", "nearly", "under", "over", "at_least", "at_most", "order"]
Number = int | Decimal

V = TypeVar("V", covariant=True)


def single_spaced(text: str) -> str:
    """``text`` with each run of white space as one space, and none at its ends."""
    # Printable text has no white space but spaces. So most lines are done without a split, which
    # makes an object of each word.
    text = text.strip()
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


class Span(NamedTuple):
    """A half-open range of characters, ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One line of ``Article.text``: ``text[start:end]``, its role, and where the page had it.

    ``path`` is the block's place in the page (``"html/body/div[2]/p[3]"``), or ``"line 7"`` in a
    plain-text dump.
    """

    role: Role
    start: int
    end: int
    path: str = ""


@dataclass(frozen=True)
class Article:
    """One article: its text, what the page says about it, and where it came from.

    ``text`` is NFC and holds title, lead, body and captions, one block a line; every offset in
    the library speaks of it. ``published`` is aware (+07:00) and is midnight where the page
    states only the day. ``author`` and ``published`` are None where the page does not state them.
    """

    text: str
    blocks: tuple[Block, ...]
    author: str | None = None
    published: dt.datetime | None = None
    url: str | None = None
    canonical_url: str | None = None
    source: str | None = None
    fetched: dt.datetime | None = None
    site: str | None = None
    province: str | None = None
    charset: str | None = None
    repairs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @classmethod
    def assemble(cls, lines: Iterable[tuple[Role, str, str]], **about: Any) -> Article:
        """Build the one text from ``(role, text, path)`` lines; ``about`` is the other fields.

        White space inside a line becomes one space, an empty line is left out, and the text is
        NFC. This is the only place where text is joined. ``ValueError`` for another role.
        """
        parts: list[str] = []
        blocks: list[Block] = []
        at = 0
        for role, line, path in lines:
            clean = single_spaced(unicodedata.normalize("NFC", line))
            if not clean:
                continue
            if role not in ROLES:
                raise ValueError(f"{role!r} is no role of a block; there are {', '.join(ROLES)}")
            blocks.append(Block(role, at, at + len(clean), path))
            parts.append(clean)
            at += len(clean) + 1
        return cls(text="\n".join(parts), blocks=tuple(blocks), **about)

    def _first(self, role: Role) -> str | None:
        return next((self.text[b.start : b.end] for b in self.blocks if b.role == role), None)

    @cached_property
    def title(self) -> str | None:
        """The headline as the page prints it, or None."""
        return self._first("title")

    @property
    def lead(self) -> str | None:
        """The sapo, the lead paragraph set apart under the title, or None."""
        return self._first("lead")

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The body's blocks in order: no title, lead, byline or caption."""
        return tuple(self.text[b.start : b.end] for b in self.blocks if b.role in BODY_ROLES)

    @cached_property
    def id(self) -> str:
        """32 hex digits that stay the same: of the canonical URL or URL, else of the text."""
        key = self.canonical_url or self.url or self.text
        return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences as spans of ``text``; no sentence crosses a block."""
        from newsextract.sentence import sentence_spans  # a view, made when asked for

        return sentence_spans(self.text)

    @cached_property
    def words(self) -> tuple[Span, ...]:
        """Words as spans of ``text``, with the bounds underthesea gives in each block.

        No word crosses a block.
        """
        from newsextract.text import word_spans  # reads underthesea's model, so only when asked

        return word_spans(self.text, [(block.start, block.end) for block in self.blocks])

    def __repr__(self) -> str:
        names = ("title", "published", "author", "url", "source")
        about = {name: getattr(self, name) for name in names}
        return brief("Article", many(len(self.text), "character"), about)

    def _repr_html_(self) -> str:
        from newsextract.render import article_html  # a view, made when a notebook asks

        return article_html(self)


def text_of(source: Article | str) -> str:
    """The text of an article, or the text itself; ``TypeError`` for anything else."""
    if isinstance(source, str):
        return source
    if isinstance(source, Article):
        return source.text
    instead = "newsextract.parse makes an Article of a page"
    if isinstance(source, Result):
        instead = "its .article is one, where it has no .error"
    elif isinstance(source, Facts):
        instead = "these are facts already"
    elif isinstance(source, list | tuple):
        instead = "one at a time"
    raise TypeError(f"give an Article or a str, not {type(source).__name__}: {instead}")


def facts_in(facts: Iterable[Fact[Any]]) -> tuple[Fact[Any], ...]:
    """``facts`` as a tuple; ``TypeError`` for what holds anything else."""
    expect_each("facts", facts, "facts")
    found = tuple(facts)
    for fact in found:
        if not isinstance(fact, Fact):
            instead = {
                "dict": ": newsextract.from_json reads them",
                "Verdict": ": its .fact is one",
            }
            name = type(fact).__name__
            raise TypeError(f"facts are what extract gives, not {name}{instead.get(name, '')}")
    return found


@dataclass(frozen=True, slots=True)
class Fact(Generic[V]):
    """One mention of one value: where it stands, in which words, and what it says.

    ``text[start:end]`` of the article is ``text``. ``value`` is the kind's own dataclass and holds
    no offsets, so equal values compare equal. ``rule`` names the rule that read it.
    """

    kind: str
    start: int
    end: int
    text: str
    value: V
    rule: str
    sentence: Span = field(default=Span(0, 0), compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The exchange form: numbers stay ``int`` or ``Decimal``, dates are ISO.

        ``docs/fact.schema.json`` describes it.
        """
        return {
            "kind": self.kind,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "rule": self.rule,
            "sentence": list(self.sentence),
            "value": {f.name: plain(getattr(self.value, f.name)) for f in fields(self.value)},  # type: ignore[arg-type]  # every value is a dataclass
        }

    def _repr_html_(self) -> str:
        from newsextract.render import fact_html  # a view, made when a notebook asks

        return fact_html(self)


class Facts(tuple[Fact[Any], ...]):
    """A tuple of facts in order of appearance, which a notebook shows as a table.

    A slice of it (``facts[:5]``) is shown so too.
    """

    __slots__ = ()

    @overload
    def __getitem__(self, index: SupportsIndex) -> Fact[Any]: ...
    @overload
    def __getitem__(self, index: slice) -> Facts: ...
    def __getitem__(self, index: SupportsIndex | slice) -> Fact[Any] | Facts:
        if isinstance(index, slice):
            return Facts(super().__getitem__(index))
        return super().__getitem__(index)

    def _repr_html_(self) -> str:
        from newsextract.render import facts_html  # a view, made when a notebook asks

        return facts_html(self)


@dataclass(frozen=True, slots=True)
class Result:
    """What one input of a batch gave: an article with its facts, or an error, never both.

    ``fingerprint`` is the input's ``Raw.fingerprint`` (empty where not even bytes were had);
    ``site`` is the host or site name that reports group by; ``sketch`` is what near-duplicates
    are told by (see ``newsextract.sketch``), empty where nobody asked; ``url`` is the address of
    the input, so that what failed can be fetched again.
    """

    source: str
    fingerprint: str = ""
    site: str | None = None
    article: Article | None = None
    facts: tuple[Fact[Any], ...] = ()
    error: NewsextractError | None = None
    sketch: str = ""
    url: str | None = None
