"""The exchange form: facts and results as JSON lines, out and in.

A JSON line is one of

- a *result*: ``{"source", "fingerprint", "site", "version", "article": {…}, "facts": [fact, …]}``,
  or with ``"url"`` and ``"failure": {"reason", "what", "advice"}`` in place of article and facts;
- a *fact*: the fact alone with the article it belongs to (``article_id``, ``source``, ``url``, …)
  and the ``fingerprint`` of the page it was read from.

A fact is what ``Fact.to_dict`` gives (``docs/fact.schema.json``). Numbers are plain JSON numbers
with all their digits and are read back as ``int`` or ``Decimal``, never through a float.
"""

from __future__ import annotations

import datetime as dt
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated, Any

import msgspec

from newsextract.errors import NewsextractError, StoreError
from newsextract.flat import VALUES, build_value, other_value
from newsextract.lineforms import ABOUT_FIELDS, ARTICLE_FIELDS, FactLine, ResultLine
from newsextract.model import Article, Block, Fact, Result, Span

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def encode(value: Any) -> str:
    """``value`` as JSON on one line: dataclasses, dates, tuples and ``Decimal`` included."""
    return encode_bytes(value).decode()


def encode_bytes(value: Any) -> bytes:
    """As ``encode``, in UTF-8; a lone surrogate (never in an ``Article``) becomes ``?``."""
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        return _ENCODER.encode(_scrubbed(msgspec.to_builtins(value, builtin_types=(Decimal,))))


def _scrubbed(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_scrubbed(k): _scrubbed(v) for k, v in value.items()}
    return [_scrubbed(v) for v in value] if isinstance(value, list | tuple) else value


def decode(line: bytes | str) -> Any:
    """JSON → plain Python; a number with a point becomes a ``Decimal`` of the same digits."""
    return msgspec.json.Decoder(float_hook=_decimal).decode(line)


def _decimal(digits: str) -> Decimal:
    number = Decimal(digits)
    if abs(number.adjusted()) > _MOST_DIGITS:  # written out as 1e999999999 it would fill the memory
        raise ValueError(f"no figure is as long as {digits}")
    return number


_MOST_DIGITS = 400
_INT32 = 1 << 31  # what a column of every database holds
_Place = Annotated[int, msgspec.Meta(ge=-_INT32, lt=_INT32)]


class _Fact(msgspec.Struct):
    kind: str
    start: _Place
    end: _Place
    text: str
    value: dict[str, Any]
    rule: str = ""
    sentence: tuple[_Place, _Place] = (0, 0)


class _Article(msgspec.Struct):
    text: str
    id: str = ""
    title: str | None = None
    blocks: list[tuple[str, int, int, str]] = []
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


class _Failure(msgspec.Struct):
    reason: str
    what: str
    advice: str = ""


class _Line(msgspec.Struct):
    """Any line; which fields stand says what it is. Lines of a store's own keeping pass by."""

    source: str | None = ""
    fingerprint: str | None = ""
    site: str | None = None
    version: str = ""
    article: _Article | None = None
    facts: list[_Fact] = []
    failure: _Failure | None = None
    article_id: str | None = None
    url: str | None = None
    province: str | None = None
    title: str | None = None
    published: dt.datetime | None = None
    kind: str | None = None


MALFORMED = (msgspec.MsgspecError, StoreError, TypeError, ValueError, ArithmeticError)
"""What may be raised for a line that is not in the form."""
_LINE = msgspec.json.Decoder(_Line, float_hook=_decimal)
_FACT = msgspec.json.Decoder(_Fact, float_hook=_decimal)


def read_lines(
    lines: Iterable[bytes | str], name: str = "<lines>"
) -> Iterator[ResultLine | FactLine]:
    """What JSON lines hold; the lines of a store's own keeping, and empty ones, are passed over.

    Any other line raises ``StoreError`` naming ``name`` and the line.
    """
    for number, given in enumerate(lines, 1):
        try:
            data = given.encode() if isinstance(given, str) else given
            if not isinstance(data, bytes):
                raise TypeError(f"a line is bytes or str, not {type(data).__name__}")
            if number == 1:
                data = data.removeprefix(BOM_UTF8)
            line = line_of(data) if data.strip() else None
        except MALFORMED as error:
            what = f"line {number} is not in the exchange form: {short(error)}"
            advice = "give what extract --format jsonl or batch --to NAME.jsonl has written"
            raise StoreError(what, source=name, advice=advice) from error
        if line is not None:
            yield line


def line_of(data: bytes) -> ResultLine | FactLine | None:
    """What one line holds; None for the keeping of a store. Raises one of ``MALFORMED``."""
    line = _LINE.decode(data)
    if line.article is not None or line.failure is not None:
        return ResultLine(line.version, _result(line, tuple(_fact(f) for f in line.facts)))
    if line.kind is not None and line.article_id:
        return _fact_line(line, data)
    if line.kind is not None:
        raise StoreError("a fact that does not name its article, by article_id")
    plain = decode(data)
    if not isinstance(plain, dict) or not _OWN & set(plain):
        raise StoreError("neither a result nor a fact of an article")
    return None


def fact_line(data: bytes) -> FactLine:
    """The fact line that ``read_lines`` gave as ``data``."""
    return _fact_line(_LINE.decode(data), data)


def _fact_line(line: _Line, data: bytes) -> FactLine:
    about = {name: getattr(line, name) for name in ABOUT_FIELDS}
    key = line.fingerprint or line.source or line.url or ""
    fact = read_fact(data)
    if not 0 <= fact.start <= fact.end:
        raise ValueError(f"a fact from {fact.start} to {fact.end} has no place in a text")
    return FactLine(line.article_id or "", key, about, fact, data)


_OWN = {"duplicate", "run"}


def short(error: Exception) -> str:
    """What one of ``MALFORMED`` says, without its advice."""
    if isinstance(error, ArithmeticError):
        return "what stands for a figure is no number"
    return error.what if isinstance(error, StoreError) else str(error)


def result_of(line: bytes, name: str) -> Result:
    """The result of one line of a store that ``name`` is the name of."""
    return next(found.result for found in read_lines([line], name) if isinstance(found, ResultLine))


def _result(line: _Line, facts: tuple[Fact[Any], ...]) -> Result:
    source, fingerprint = line.source or "", line.fingerprint or ""
    if line.failure is not None:
        error = error_of(line.failure.reason, line.failure.what, line.failure.advice)
        error.source = source
        return Result(source, fingerprint, line.site, error=error, url=line.url)
    found = line.article
    assert found is not None  # noqa: S101  # _read lets no other line through
    about = {name: getattr(found, name) for name in ARTICLE_FIELDS}
    blocks = tuple(Block(role, *rest) for role, *rest in found.blocks)  # type: ignore[arg-type]
    article = Article(text=found.text, blocks=blocks, **about)
    if found.id:
        article.__dict__["id"] = found.id
    if not found.text:
        article.__dict__["title"] = found.title
    return Result(source, fingerprint, line.site, article, facts)


def read_fact(line: bytes | str) -> Fact[Any]:
    """The fact of one JSON line in the exchange form, with its value class."""
    return _fact(_FACT.decode(line))


def _fact(found: _Fact) -> Fact[Any]:
    value = _value(found.kind, found.value)
    head = (found.kind, found.start, found.end, found.text)
    return Fact(*head, value, found.rule, Span(*found.sentence))


def _value(kind: str, given: dict[str, Any]) -> Any:
    cls = VALUES.get(kind)
    return build_value(cls, given) if cls else other_value(kind, given)


def error_of(reason: str, what: str, advice: str = "") -> NewsextractError:
    """The error that ``reason`` names, with its class; the base class for a name unknown."""
    known = {c.reason: c for c in _subclasses(NewsextractError)}
    return known.get(reason, NewsextractError)(what, advice=advice)


def _subclasses(cls: type[NewsextractError]) -> Iterator[type[NewsextractError]]:
    for sub in cls.__subclasses__():
        yield sub
        yield from _subclasses(sub)


class _PeekArticle(msgspec.Struct):
    id: str
    text: str
    title: str | None = None
    fetched: dt.datetime | None = None
    url: str | None = None
    source: str | None = None


class Peek(msgspec.Struct):
    """A line of a JSON lines store, as far as its keeping needs it."""

    source: str = ""
    fingerprint: str = ""
    version: str = ""
    article: _PeekArticle | None = None
    facts: list[msgspec.Raw] = []
    failure: _Failure | None = None
    duplicate: dict[str, Any] | None = None
    run: dict[str, Any] | None = None


def peek(line: bytes) -> Peek:
    """What kind of line it is. Raises ``StoreError`` for none that a store writes."""
    try:
        found = msgspec.json.decode(line, type=Peek)
    except msgspec.MsgspecError as error:
        raise StoreError(f"not a line newsextract wrote: {error}", advice=_FOREIGN) from error
    if not (found.article or found.failure or found.duplicate or found.run):
        what = "it has lines that are no results of newsextract"
        raise StoreError(what, advice=_FOREIGN)
    return found


_FOREIGN = (
    "choose another name; lines of facts alone (extract --format jsonl) newsextract load reads"
)
