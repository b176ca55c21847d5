"""The commands: ``newsextract extract | explain | batch | fetch | report | load | search``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from newsextract.console import (
    STORE,
    columns_of,
    command,
    complain,
    contact_option,
    files_only,
    kind_option,
    leave,
    main,
    passed,
    policy_of,
    private_option,
    reading_options,
    to_option,
)
from newsextract.terminal import Screen

__all__ = ["main"]


@command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "jsonl", "csv", "html"]),
    default="table",
    show_default=True,
    help="What to print.",
)
@kind_option
@reading_options
def extract(sources: tuple[str, ...], form: str, kinds: tuple[str, ...], **web: Any) -> None:
    """Print the facts of pages.

    \b
    newsextract extract page.html
    newsextract extract pages/ --kind ratio --kind money
    newsextract extract https://… --format json
    cat page.html | newsextract extract - --format csv > facts.csv
    """
    from newsextract.output import WRITERS
    from newsextract.pipeline import read_result
    from newsextract.sources import Inputs

    failed: list[str] = []
    inputs = Inputs(sources, policy_of(web), columns=columns_of(web["columns"]))
    results = passed(map(read_result, inputs), kinds, failed)
    for piece in WRITERS[form](results, Screen.of(sys.stdout)):
        click.echo(piece)
    leave(failed)


@command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@kind_option
@reading_options
def explain(sources: tuple[str, ...], kinds: tuple[str, ...], **web: Any) -> None:
    """Show every reading of a page: which rule made it, which won, and over what.

    \b
    newsextract explain page.html
    echo "Đã xử lý 238/262 vụ việc" | newsextract explain -
    """
    from newsextract.facts import explain as verdicts
    from newsextract.output import explanation, heading
    from newsextract.pipeline import read_result
    from newsextract.sources import Inputs

    failed: list[str] = []
    screen = Screen.of(sys.stdout)
    inputs = Inputs(sources, policy_of(web), columns=columns_of(web["columns"]))
    for result in passed(map(read_result, inputs), (), failed):
        if result.article is not None:
            found = verdicts(result.article)
            shown = [v for v in found if not kinds or v.fact.kind in kinds]
            click.echo(heading(result.article, result.source, screen))
            click.echo(explanation(shown, screen))
    leave(failed)


@command()
@click.argument("archives", nargs=-1, required=True, metavar="ARCHIVE...")
@to_option
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 256),  # as ``batching.MOST_WORKERS``
    help="Processes that read pages.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Where the work runs; dask writes a folder of Parquet files.",
)
@click.option("--scheduler", metavar="ADDRESS", help="A running Dask scheduler (--engine dask).")
@click.option(
    "--show",
    default=20,
    show_default=True,
    type=click.IntRange(0),
    metavar="N",
    help="Print up to N facts of the database before the closing report.",
)
@reading_options
def batch(archives: tuple[str, ...], to: str, workers: int, **more: Any) -> None:
    """Read archives or web pages into a database: articles, facts, and what failed.

    The database remembers what is done: run the same command again after a crash, or when the
    archive has grown, and only the rest is read.

    \b
    newsextract batch pages/ 2019.zip crawl.warc.gz --to sqlite:///facts.db
    newsextract batch 'crawl-*.warc.gz' --to postgresql://user@host/news --workers 2
    newsextract batch https://… https://… --to facts.jsonl
    """
    from newsextract.batching import batch as run
    from newsextract.output import sample
    from newsextract.sources import Inputs
    from newsextract.stores import open_store

    columns = columns_of(more["columns"])
    if more["engine"] == "dask":
        from newsextract.engines import run_dask

        files_only(archives)
        where = {"workers": workers, "scheduler": more["scheduler"]}
        report = run_dask(archives, to=to, columns=columns, **where)
    else:
        if more["scheduler"]:
            raise click.UsageError("--scheduler is for --engine dask")
        inputs = Inputs(archives, policy_of(more), complain, columns)
        inputs.check()
        report = run(inputs, to=to, workers=workers)
    if more["show"]:
        with open_store(to) as store:
            if shown := sample(store, more["show"], Screen.of(sys.stdout)):
                click.echo(f"{shown}\n")
    click.echo(str(report))
    sys.exit(1 if report.failed else 0)


@command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option(
    "--to",
    "path",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="PAGES.warc.gz",
    help="The WARC file that is written, or continued.",
)
@click.option(
    "--discover",
    "limit",
    type=click.IntRange(1),
    metavar="N",
    help="Take each URL as a site or section and fetch up to N of its newest articles.",
)
@contact_option
@private_option
def fetch(urls: tuple[str, ...], path: Path, limit: int | None, **more: Any) -> None:
    """Fetch pages politely into a WARC file; pages it already holds are left out.

    \b
    newsextract fetch https://… https://… --to pages.warc.gz
    newsextract fetch baothaibinh.com.vn --discover 100 --to thaibinh.warc.gz
    """
    from newsextract.errors import FetchError
    from newsextract.fetcher import fetch_many
    from newsextract.sources import addresses
    from newsextract.warcwriter import WarcWriter

    policy = policy_of(more)
    failed: list[str] = []
    fetched = there = 0

    def fail(error: FetchError) -> None:
        failed.append(error.source or "")
        complain(error)

    def wanted() -> Iterator[str]:
        nonlocal there
        for url in urls:
            try:
                found = addresses(url, limit, policy)
            except FetchError as error:
                fail(error)
                continue
            new = [address for address in found if not warc.holds(address)]
            there += len(found) - len(new)
            yield from new

    with WarcWriter(path) as warc:
        for answer in fetch_many(wanted(), policy=policy, record=warc.add):
            if isinstance(answer, FetchError):
                fail(answer)
            else:
                fetched += 1
                click.echo(f"{len(answer.body):>9,} bytes  {answer.url}")
    click.echo(f"{fetched} fetched, {there} already there, {len(failed)} failed → {path}")
    leave(failed)


@command()
@click.argument("store", metavar="DB")
@click.option(
    "-o",
    "--output",
    default="report.html",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    help="The HTML file that is written, in place of an older report; - is standard output.",
)
def report(store: str, output: Path) -> None:
    """Write one self-contained HTML page over a whole database.

    \b
    newsextract report sqlite:///facts.db -o report.html
    """
    from newsextract.report import report_page, write_report

    if str(output) == "-":
        click.echo(report_page(store), nl=False)
        return
    size = write_report(store, output)
    click.echo(f"{output}: {size:,} bytes, open it in a browser")


@command()
@click.argument("files", nargs=-1, required=True, metavar="FACTS.jsonl...")
@to_option
def load(files: tuple[str, ...], to: str) -> None:
    """Load JSON lines that were written before (by extract or batch) into a database.

    They may be packed (.jsonl.gz, .jsonl.zst); - reads them from standard input. Lines of facts
    alone (extract --format jsonl) bring title, address, site, province and date of their article,
    but not its text; batch --to facts.jsonl keeps all.

    All files of one command belong together: the facts of an article may stand in any order and
    in several files, and a fact that comes twice is loaded once. What a later command loads of
    the same article takes the place of its facts, so give files that belong together at once. An
    article that batch has read from its page keeps its facts.

    \b
    newsextract load facts.jsonl --to postgresql://user@host/news
    newsextract load money.jsonl counts.jsonl --to facts.db
    newsextract extract pages/ --format jsonl | newsextract load - --to facts.db
    """
    from newsextract.loading import load_named
    from newsextract.output import loaded
    from newsextract.sources import standard_lines

    given = [standard_lines() if name == "-" else Path(name) for name in files]
    written, name = load_named(given, to=to)
    what = files[0] if len(files) == 1 else f"{len(files)} files"
    click.echo(f"{what}: {loaded(written)} → {name}")  # the URL may hold a password


@command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option("--in", "store", default=STORE, show_default=True, metavar="DB", help="The database.")
@click.option(
    "--limit",
    default=20,
    show_default=True,
    type=click.IntRange(1, 10_000),
    metavar="N",
    help="Articles at most, the best first.",
)
def search(words: tuple[str, ...], store: str, limit: int) -> None:
    """Find articles, with or without diacritics.

    \b
    newsextract search tinh uy thai binh
    newsextract search "nông thôn mới" --in postgresql://user@host/news
    """
    from newsextract.output import found_table
    from newsextract.stores import open_store

    with open_store(store, create=False) as opened:
        click.echo(found_table(opened.search(" ".join(words), limit=limit), Screen.of(sys.stdout)))
