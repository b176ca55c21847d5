"""Facts as lines of CSV that a spreadsheet can open without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from newsextract.exchange import encode
from newsextract.factrows import fact_row
from newsextract.flat import FACT
from newsextract.lineforms import about
from newsextract.model import Fact, Result

CSV_HEAD = ("source", "url", "site", "province", "title", "published", *FACT)
"""The columns of a CSV of facts: the article's first, then the fact's."""


def csv_cells(fact: Fact[Any], result: Result, n: int = 0) -> list[Any]:
    """A fact as the cells under ``CSV_HEAD``; ``n`` is its place among the article's facts."""
    context = about(result)
    row = fact_row(context["article_id"] or "", n, fact)
    return [context[name] for name in CSV_HEAD[: -len(FACT)]] + row


def csv_line(cells: Iterable[Any]) -> str:
    """Cells as one CSV line without its end; what a spreadsheet would run is made harmless.

    Text that begins as a formula does (``=``, ``+``, ``-``, ``@``, a tab, a line end, or their
    full-width forms) gets an apostrophe before it, as OWASP advises; numbers stay numbers.
    """
    line = io.StringIO()
    csv.writer(line).writerow([_cell(c) for c in cells])
    return line.getvalue().removesuffix("\r\n")


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dict):
        return encode(value)
    text = "; ".join(value) if isinstance(value, tuple) else value
    if isinstance(text, str) and text.lstrip(" ").startswith(_FORMULA):
        return "'" + text
    return text
