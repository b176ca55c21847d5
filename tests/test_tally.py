"""What a batch says it did, held against what the store then has."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from results import BODY, digest, failure, result
from storekinds import ALL

from newsextract.batching import _Run
from newsextract.errors import ArchiveError, HttpStatus
from newsextract.model import Result
from newsextract.pipeline import read_result
from newsextract.seen import Seen
from newsextract.stores import Store, open_store
from newsextract.tally import Report


def page(name: str, address: object, text: object, facts: int = 9) -> Result:
    """An input of its own name that is the same article as others of its address or its text."""
    made = result(name, url=f"https://b.example/{address}", body=f"{BODY} Bản {text}.", source=name)
    return replace(made, source=name, facts=made.facts[:facts])


def one_batch(store: Store, inputs: Iterable[Result], cut: int = 2) -> Report:
    """As ``batch`` writes what its workers give it."""
    given = list(inputs)
    with Seen() as seen:
        run = _Run(store, Report(), seen)
        done = store.done(r.fingerprint for r in given)
        fresh = []
        for one in given:
            if seen.saw(one.fingerprint):
                run.report.pages += 1
                run.report.duplicates += 1
            elif one.fingerprint in done:
                run.report.pages += 1
                run.report.done += 1
            else:
                fresh.append(one)
        for at in range(0, len(fresh), cut):
            run._write_all(fresh[at : at + cut])
    return run.report


A = page("A", 1, "một")
A2 = page("A2", 1, "hai")  # the page was changed
B = page("B", 2, "hai", 3)  # the text of the second under another address
BAD = failure("bad")

# batches of one store → of the last one: articles, superseded, duplicates, done, facts
SAID: tuple[tuple[list[list[Result]], tuple[int, int, int, int, int]], ...] = (
    ([[A]], (1, 0, 0, 0, 9)),
    ([[A], [A]], (0, 0, 0, 1, 0)),
    ([[A], [A, A]], (0, 0, 1, 1, 0)),
    ([[A], [A2]], (1, 1, 0, 0, 9)),
    ([[A, A2]], (1, 0, 1, 0, 9)),
    ([[B], [A2, A]], (1, 1, 1, 0, 9)),
    ([[A, B], [A2]], (1, 2, 0, 0, 9)),
    ([[A], [BAD]], (0, 0, 0, 0, 0)),
)


def ranked(inputs: list[Result]) -> list[Result]:
    """The later, the better: each is fetched a day after the one before."""
    names = ["BAD", "B", "A", "A2"]
    made = []
    for one in inputs:
        if one.article is not None and one.article.fetched is not None:
            day = 1 + names.index(str(one.article.source))
            fetched = one.article.fetched.replace(day=day)
            one = replace(one, article=replace(one.article, fetched=fetched))
        made.append(one)
    return made


@pytest.mark.parametrize(("batches", "said"), SAID)
@pytest.mark.parametrize("cut", [1, 3])
@pytest.mark.parametrize("kind", ["sqlite", "jsonl"])
def test_what_a_batch_says(batches, said, cut, kind, url_of):
    with open_store(url_of(kind)) as store:
        for inputs in batches:
            report = one_batch(store, ranked(inputs), cut)
    found = (report.articles, report.superseded, report.duplicates, report.done, report.facts)
    assert found == said
    assert ("in place of" in str(report)) == bool(report.superseded)
    assert report.kinds.total() == report.facts


@pytest.mark.parametrize("kind", ALL)
def test_the_sums_hold_whatever_comes_in_whatever_order(kind, url_of):
    chance = random.Random(kind)

    def any_input(number: int) -> Result:
        if chance.random() < 0.15:
            return failure(f"bad {chance.randrange(4)}")
        name = f"{number}" if chance.random() < 0.8 else f"{chance.randrange(number + 1)}"
        # What an input gives depends on its bytes alone.
        own = random.Random(digest(name))
        made = page(name, own.randrange(5), own.randrange(5), own.randrange(10))
        assert made.article is not None
        assert made.article.fetched is not None
        fetched = made.article.fetched.replace(day=1 + own.randrange(3))
        return replace(made, article=replace(made.article, fetched=fetched))

    with open_store(url_of(kind)) as store:
        for number in range(24):
            store.version = "99.0" if number >= 16 else store.version
            inputs = [any_input(4 * number + n) for n in range(chance.randrange(1, 6))]
            before = store.counts()
            report = one_batch(store, inputs, chance.randrange(1, 4))
            check(store, inputs, report)
            after = store.counts()
            assert after.articles == before.articles + report.articles - report.superseded


def check(store: Store, inputs: list[Result], report: Report) -> None:
    numbers: dict[str, Any] = {k: v for k, v in report.to_dict().items() if isinstance(v, int)}
    assert min(numbers.values()) >= 0
    parts = (report.articles, report.duplicates, report.failed, report.done)
    assert sum(parts) == report.pages == len(inputs)
    # Of what the store holds, what came in this batch and was not there before.
    mine = {r.source for r in inputs}
    kinds: Counter[str] = Counter()
    kept = 0
    for article in store.articles():
        if article.source in mine:
            kept += 1
            kinds.update(f.kind for f in store.facts(article.id))
    assert report.articles <= kept
    if not report.done:
        assert report.articles == kept
        assert report.kinds == kinds
    assert report.kinds.total() == report.facts


def test_an_address_that_could_not_be_fetched_has_its_site():
    error = HttpStatus.of(404, "https://bao.example/tin.html")
    made = read_result(error)
    assert (made.site, made.url) == ("bao.example", "https://bao.example/tin.html")
    report = Report()
    report.add(made)
    assert report.failures == {"bao.example": {"http-404": 1}}
    assert read_result(ArchiveError("x", source="a.zip!b")).url is None


def test_the_first_failure_of_each_reason_says_what_it_was_and_what_to_do():
    report, task = Report(), Report()
    for name in ("a.zip!1\x1b[2J", "a.zip!2"):
        report.add(Result(name, error=ArchiveError("is\nodd", source=name, advice="look")))
    task.add(Result("b", error=ArchiveError("is other", source="b")))
    task.add(Result("c", error=HttpStatus.of(404, "https://c.example/")))
    report.absorb(task)
    said = str(report)
    assert "  archive: a.zip!1�[2J: is odd — look" in said.splitlines()
    assert "  http-404: https://c.example/: the server answered 404" in said
    assert "a.zip!2" not in said
    assert report.to_dict()["examples"] == report.examples


def test_many_reasons_have_few_examples():
    report = Report()
    for status in range(400, 420):
        report.add(Result(f"{status}", error=HttpStatus.of(status, f"https://c.example/{status}")))
    assert str(report).count("the server answered") == 6
