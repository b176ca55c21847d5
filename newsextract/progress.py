"""The progress bar of a batch: the only module that imports tqdm."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from newsextract.tally import Report
from newsextract.wording import many

if TYPE_CHECKING:
    from tqdm import tqdm

EVERY = 0.25
"""Seconds between two drawings."""


class Progress:
    """How far a batch is, drawn on stderr where that is a terminal; otherwise nothing.

    An archive that knows its ``size`` and ``position`` in bytes gives a bar with the time left.
    """

    def __init__(self, pages: Iterable[Any]) -> None:
        self._pages = pages
        self._bar: tqdm[Any] | None = None
        self._drawn = 0.0

    def __enter__(self) -> Progress:
        if sys.stderr is not None and sys.stderr.isatty():
            from tqdm import tqdm  # only where someone looks

            total = getattr(self._pages, "size", None)
            ahead = "{percentage:3.0f} %|{bar}| " if total else ""
            left = " · {remaining} left" if total else ""
            form = f"{ahead}{{postfix}} · {{elapsed}}{left}"
            width = shutil.get_terminal_size().columns
            self._bar = tqdm(
                total=total, file=sys.stderr, bar_format=form, ncols=width, leave=False
            )
            self._bar.set_postfix_str("starting")
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, report: Report) -> None:
        """Draw the state of things, unless that was done just now."""
        now = time.monotonic()
        if self._bar is None or now - self._drawn < EVERY:
            return
        self._drawn = now
        self._bar.n = getattr(self._pages, "position", report.pages)
        failed = f" · {report.failed:,} failed" if report.failed else ""
        done = f" · {report.done:,} done before" if report.done else ""
        text = f"{many(report.pages, 'page')} · {report.rate:,.0f}/s{failed}{done}"
        self._bar.set_postfix_str(text, refresh=False)
        self._bar.refresh()
