"""The ground of the command line: the group, shared options, and how a command ends.

Exit codes: 0 done, 1 some inputs failed (each named on stderr and counted), 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import wraps
from io import TextIOWrapper
from typing import Any

import click

from newsextract import __version__
from newsextract.errors import NewsextractError
from newsextract.model import Result
from newsextract.policy import Policy
from newsextract.terminal import clean
from newsextract.wording import KINDS, many

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


column_option = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="ROLE=NAME",
    help="What a column of JSON lines or Parquet is called, as body=raw_page; roles are body, url, "
    "title, content_type, status, fetched. May be given more than once.",
)


def reading_options(run: Callable[..., None]) -> Callable[..., None]:
    """The options of a command that reads pages."""
    return column_option(contact_option(private_option(run)))


def command(*names: str, **options: Any) -> Callable[[Callable[..., None]], click.Command]:
    """A command of ``main`` that ends a typed error as one line on stderr and exit code 1.

    An address that names no kind of store is wrong usage: 2.
    """

    def register(run: Callable[..., None]) -> click.Command:
        @wraps(run)
        def guarded(*args: Any, **kwargs: Any) -> None:
            _print_any_letter()
            try:
                run(*args, **kwargs)
            except NewsextractError as error:
                complain(error)
                sys.exit(2 if error.reason == "bad-store-url" else 1)
            except KeyboardInterrupt as error:  # a batch tells here what it has done
                click.echo(str(error) or "newsextract: interrupted", err=True)
                sys.exit(130)
            except BrokenPipeError:  # the reader of the pipe (head, less) has what it wanted
                _drop_output()
                sys.exit(0)
            except OSError as error:  # a disk that is full under the output
                _drop_output()
                click.echo(f"newsextract: {clean(str(error))}", err=True)
                sys.exit(1)

        return main.command(*names, **options)(guarded)

    return register


def _print_any_letter() -> None:
    # A terminal or file in another encoding than UTF-8 gets \\u1ea1 for what it cannot hold.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors in ("strict", "surrogateescape"):
            stream.reconfigure(errors="backslashreplace")


def _drop_output() -> None:
    # Python would complain again when it flushes stdout at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
    standard input. Exit code 0: done; 1: some inputs failed (named on stderr, bad pages of a
    batch in its table failure); 2: wrong usage.
    """


def complain(error: NewsextractError) -> None:
    """One line on stderr that names the input, what is wrong, what to do, and the reason."""
    click.echo(f"newsextract: {clean(str(error))} [{error.reason}]", err=True)


def policy_of(options: Mapping[str, Any]) -> Policy:
    """How to fetch, from the options that a command took."""
    try:
        return Policy(contact=options["contact"], allow_private=frozenset(options["allow_private"]))
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def columns_of(given: Iterable[str]) -> dict[str, str]:
    """What ``--column`` said: role → name. Raises ``UsageError`` for what it cannot mean."""
    from newsextract.records import KNOWN, Columns  # only where asked for

    found: dict[str, str] = {}
    for one in given:
        role, mark, name = one.partition("=")
        if not mark or not name or role in found:
            raise click.UsageError(f"--column {one}: give ROLE=NAME, each role once")
        found[role] = name
    try:
        Columns(found)
    except NewsextractError as error:
        raise click.UsageError(f"--column: {error.what}; {', '.join(KNOWN)} are known") from error
    return found


def files_only(archives: Iterable[str]) -> None:
    """Raise ``UsageError`` for what the machines of a cluster cannot all read."""
    from newsextract.sources import is_web

    for name in archives:
        if name == "-" or is_web(name):
            raise click.UsageError(f"--engine dask reads files that all machines see, not {name}")


def passed(
    results: Iterable[Result], kinds: tuple[str, ...], failed: list[str]
) -> Iterator[Result]:
    """The results that have an article, facts of other ``kinds`` left out; errors are told."""
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
        click.echo(f"newsextract: {many(len(failed), 'input')} failed", err=True)
        sys.exit(1)
