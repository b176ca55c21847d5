"""``to_json`` and ``from_json``: the exchange form of facts, articles and results, out and in."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import Any

from newsextract.errors import StoreError
from newsextract.exchange import (
    MALFORMED,
    decode,
    encode,
    encode_bytes,
    line_of,
    read_fact,
    short,
)
from newsextract.given import expect
from newsextract.lineforms import ResultLine, told
from newsextract.model import Article, Fact, Facts, Result


def to_json(value: Any) -> str:
    """Facts, values, articles, results or plain data as JSON on one line.

    ``json.dumps`` refuses ``Decimal``; here every number is a plain one with all its digits. A
    fact has the form of ``Fact.to_dict``, an article the form it has in a ``.jsonl`` store (its
    ``id``, ``title`` and ``lead`` too), and a ``Result`` is a line of one, which ``load`` reads.
    ``from_json`` is the way back.
    """
    try:
        return encode(told(value))
    except TypeError as error:
        what = f"{str(error).lower()}: give facts, values, articles, results or plain data"
        raise TypeError(what) from None


def from_json(text: str | bytes) -> Any:
    """What ``to_json`` was given: a ``Fact``, ``Article`` or ``Result``; of an array a tuple.

    An array of facts gives ``Facts``. Values have their classes and exact numbers again, and an
    article its id. A line of ``newsextract extract --format jsonl`` is a fact too; what it says of
    its article is left out. The links of a ``Resolution`` are not in the form. Raises
    ``StoreError`` for what is no JSON, or neither fact, article nor result.
    """
    expect("text", text, (str, bytes), "JSON as str or bytes")
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    try:
        plain = decode(data.removeprefix(BOM_UTF8))
        if not isinstance(plain, list):
            return _thing(plain)
        found = tuple(map(_thing, plain))
    except MALFORMED as error:
        what = f"it is not in the exchange form: {short(error)}"
        advice = "give one line, as to_json or extract --format jsonl has made it"
        raise StoreError(what, advice=advice) from error
    facts = [one for one in found if isinstance(one, Fact)]
    return Facts(facts) if len(facts) == len(found) else found


def _thing(plain: Any) -> Fact[Any] | Article | Result:
    """What one object says."""
    if isinstance(plain, dict):
        if "kind" in plain:
            return read_fact(encode_bytes(plain))
        line = line_of(encode_bytes({"article": plain} if "blocks" in plain else plain))
        if isinstance(line, ResultLine):
            return line.result.article if "blocks" in plain else line.result  # type: ignore[return-value]  # it has one
    raise StoreError("neither a fact, an article nor a result")
