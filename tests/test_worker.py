from __future__ import annotations

import datetime as dt
import pickle
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

import newsextract as nx
from newsextract.errors import EmptyPage, NewsextractError
from newsextract.model import Block, Result
from newsextract.worker import packed

TEXT = (
    "Sáng 9/6/2017, đồng chí Lê Văn Hòa, Phó Chủ tịch UBND tỉnh cho biết: 262/286 xã (91,6%) đạt"
    " chuẩn theo Quyết định số 06/QĐ-UBND; kinh phí hơn 1,25 tỷ đồng, diện tích 12,5ha."
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A value that is made of something else than it holds."""

    low: int
    high: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "high", self.high + 1)


@dataclass(frozen=True, slots=True)
class Named:
    low: int
    high: int = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Lone:
    low: int


@dataclass(frozen=True)
class Roomy:
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Reduced:
    """One of its fields is not what its call is given."""

    low: int
    high: int

    def __reduce__(self) -> tuple[Any, ...]:
        return _reduced, (self.low,)


def _reduced(low: int) -> Reduced:
    return Reduced(low, 2 * low)


@pytest.mark.parametrize(
    "value",
    [
        nx.extract(TEXT),
        [Block("title", 0, 3, "html/body/h1"), Block("paragraph", 4, 9)],
        nx.Raw(
            b"<p>tin</p>", "https://bao.example/1", fetched=dt.datetime(2019, 5, 7, tzinfo=dt.UTC)
        ),
        [Checked(1, 2), Named(1, high=2), Lone(1), Roomy(1, 2)],
        [Decimal("12.50"), dt.date(2017, 6, 9), {"a": (1, 2)}, frozenset({3}), None],
        re.compile(r"ngày \d+"),
        len,
        Block,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_packed_is_the_same_when_it_is_opened(value: Any) -> None:
    opened = pickle.loads(packed(value))
    assert opened == value
    assert type(opened) is type(value)


def test_a_class_that_says_how_it_travels_is_heard() -> None:
    assert pickle.loads(packed(Reduced(1, 5))) == Reduced(1, 2)


def test_errors_keep_what_they_say() -> None:
    error = EmptyPage("has no text", source="a.zip!b.html")
    opened = pickle.loads(
        packed(Result("a.zip!b.html", "f" * 32, "bao.example", error=error))
    ).error
    assert isinstance(opened, NewsextractError)
    assert (str(opened), opened.source, opened.advice) == (str(error), error.source, error.advice)


def test_facts_are_packed_small() -> None:
    facts = nx.extract(TEXT)
    assert len(facts) > 5
    assert len(packed(facts)) <= len(pickle.dumps(facts, pickle.HIGHEST_PROTOCOL))


def test_the_fingerprint_is_made_once_and_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = nx.Raw(b"<p>tin</p>", "https://bao.example/1")
    before = raw.fingerprint
    monkeypatch.setattr("newsextract.model.hashlib", None)  # whoever hashes again fails
    opened = pickle.loads(packed(raw))
    assert opened.fingerprint == before
    assert opened == nx.Raw(b"<p>tin</p>", "https://bao.example/1")
    assert "fingerprint" not in repr(opened)
