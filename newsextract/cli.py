"""The command line: ``newsextract extract | batch | fetch | report | explain | load | search``.

Exit codes: 0 done, 1 some inputs failed (each named on stderr and counted), 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import click

from newsextract import __version__
from newsextract.errors import NewsextractError
from newsextract.model import Result
from newsextract.terminal import Screen

KINDS = ("ratio", "count", "percent", "money", "measure", "official", "document", "date")
STORE = "sqlite:///facts.db"

kind_option = click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(KINDS),
    help="Only this kind of fact; may be given more than once.",
)
to_option = click.option(
    "--to",
    default=STORE,
    show_default=True,
    metavar="DEST",
    help="sqlite:///file, postgresql://…, duckdb:///file, mysql://…, a folder/ of Parquet files, "
    "or a .jsonl or .csv file.",
)
contact_option = click.option(
    "--contact", metavar="URL|MAIL", help="Named in the user agent, so that a site can reach you."
)
private_option = click.option(
    "--allow-private",
    multiple=True,
    metavar="HOST",
    help="A host, address or network that may be fetched although it is not public.",
)


def command(*names: str, **options: Any) -> Callable[[Callable[..., None]], click.Command]:
    """A command of ``main`` that ends a typed error as one line on stderr and exit code 1."""

    def register(run: Callable[..., None]) -> click.Command:
        @wraps(run)
        def guarded(*args: Any, **kwargs: Any) -> None:
            try:
                run(*args, **kwargs)
            except NewsextractError as error:
                complain(error)
                sys.exit(1)
            except KeyboardInterrupt as error:  # a batch tells here what it has done
                click.echo(str(error) or "newsextract: interrupted", err=True)
                sys.exit(130)
            except BrokenPipeError:
                # The reader of the pipe (head, less) has what it wanted. Python would complain
                # again when it flushes stdout at exit, so stdout goes where writing is safe.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                sys.exit(0)

        return main.command(*names, **options)(guarded)

    return register


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def main() -> None:
    """Read Vietnamese news pages and extract their facts.

    \b
    Look at one page         newsextract extract page.html
    See why                  newsextract explain page.html
    Read a whole archive     newsextract batch 2019.warc.gz --to sqlite:///facts.db
    Ask the database         newsextract search "tinh uy thai binh" --in sqlite:///facts.db
    Look at the whole        newsextract report sqlite:///facts.db -o report.html

    A SOURCE is a file, a folder, an archive (zip, tar, WARC, JSONL, Parquet), a URL, or - for
    standard input. Exit code 0: done; 1: some inputs failed (named on stderr); 2: wrong usage.
    """


def complain(error: NewsextractError) -> None:
    """One line on stderr that names the input, what is wrong, what to do, and the reason."""
    click.echo(f"newsextract: {error} [{error.reason}]", err=True)


def passed(
    results: Iterable[Result], kinds: tuple[str, ...], failed: list[str]
) -> Iterator[Result]:
    """The results that have an article, facts of other ``kinds`` left out; errors are told."""
    from dataclasses import replace

    for result in results:
        if result.error is not None:
            failed.append(result.source)
            complain(result.error)
        elif kinds:
            kept = tuple(f for f in result.facts if f.kind in kinds)
            yield replace(result, facts=kept)
        else:
            yield result


def leave(failed: list[str]) -> None:
    """Count what failed on stderr, with exit code 1 if anything did."""
    if failed:
        count = len(failed)
        click.echo(f"newsextract: {count} input{'s' * (count > 1)} failed", err=True)
        sys.exit(1)


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
def extract(sources: tuple[str, ...], form: str, kinds: tuple[str, ...]) -> None:
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
    results = passed(map(read_result, Inputs(sources)), kinds, failed)
    for piece in WRITERS[form](results, Screen.of(sys.stdout)):
        click.echo(piece)
    leave(failed)


@command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@kind_option
def explain(sources: tuple[str, ...], kinds: tuple[str, ...]) -> None:
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
    for result in passed(map(read_result, Inputs(sources)), (), failed):
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
    type=click.IntRange(1, 256),
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

    if more["engine"] == "dask":
        from newsextract.engines import run_dask

        report = run_dask(archives, to=to, workers=workers, scheduler=more["scheduler"])
    else:
        report = run(Inputs(archives), to=to, workers=workers)
        if more["show"]:
            with open_store(to) as store:
                click.echo(sample(store, more["show"], Screen.of(sys.stdout)) + "\n")
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
    from newsextract.policy import Policy
    from newsextract.sources import addresses
    from newsextract.warcwriter import WarcWriter

    policy = Policy(contact=more["contact"], allow_private=frozenset(more["allow_private"]))
    failed: list[str] = []
    fetched = 0
    with WarcWriter(path) as warc:
        wanted = addresses(urls, limit, policy, warc.urls)
        for answer in fetch_many(wanted, policy=policy, record=warc.add):
            if isinstance(answer, FetchError):
                failed.append(answer.source or "")
                complain(answer)
            else:
                fetched += 1
                click.echo(f"{len(answer.body):>9,} bytes  {answer.url}")
    click.echo(f"{fetched} fetched, {len(failed)} failed → {path}")
    leave(failed)


@command()
@click.argument("store", metavar="DB")
@click.option(
    "-o",
    "--output",
    default="report.html",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The HTML file that is written.",
)
def report(store: str, output: Path) -> None:
    """Write one self-contained HTML page over a whole database.

    \b
    newsextract report sqlite:///facts.db -o report.html
    """
    from newsextract.report import write_report

    size = write_report(store, output)
    click.echo(f"{output}: {size / 1e6:.1f} MB, open it in a browser")


@command()
@click.argument("files", nargs=-1, required=True, metavar="FACTS.jsonl...")
@to_option
def load(files: tuple[str, ...], to: str) -> None:
    """Load JSON lines that were written before (by extract or batch) into a database.

    \b
    newsextract load facts.jsonl --to postgresql://user@host/news
    """
    from newsextract.stores import load as load_lines

    for name in files:
        written = load_lines(name, to=to)
        click.echo(f"{name}: {written.articles:,} articles, {written.facts:,} facts → {to}")


@command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option("--in", "store", default=STORE, show_default=True, metavar="DB", help="The database.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 10_000))
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
