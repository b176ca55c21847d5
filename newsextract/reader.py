"""``parse``: whatever holds one page → ``Article``."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache
from pathlib import Path

from newsextract.decode import MAX_BYTES, decode, decode_text
from newsextract.errors import ArchiveError, ArchiveMissing, NotAnArticle
from newsextract.model import Article, Raw
from newsextract.plain import read_plain


def parse(
    source: Raw | bytes | str | os.PathLike[str],
    url: str | None = None,
    *,
    repeated: Collection[str] = frozenset(),
) -> Article:
    """The article of one page, of HTML or of a plain-text dump (decided by looking).

    ``source`` is a ``Raw``, the page's bytes, its text as ``str``, or a ``pathlib.Path`` to a
    file. ``url`` says where it was published; ``repeated`` is what ``learn_site`` found to stand
    on many pages of the site. Raises a ``PageError`` where there is no article, and an
    ``ArchiveError`` for a path that cannot be read.
    """
    if url is not None and not isinstance(url, str):
        raise TypeError(f"url is a str or None, not {type(url).__name__}")
    if isinstance(source, str):
        raw = Raw(b"", url=url)
        _refuse_address(source)
        page = decode_text(source, url)
    else:
        raw = _raw(source, url)
        if raw.status is not None and raw.status >= 400:
            raise NotAnArticle(f"an error page, HTTP status {raw.status}", source=raw.name)
        page = decode(raw)
    utf8, charset, repairs = page
    _refuse_data(utf8, raw)
    if not _markup().search(utf8, 0, 50_000):
        return read_plain(page.text, raw, charset=charset, repairs=repairs, repeated=repeated)
    from newsextract.page import read_page  # loads the HTML parser, which plain text can do without

    return read_page(utf8, raw, charset=charset, repairs=repairs, repeated=repeated)


def _raw(source: Raw | bytes | os.PathLike[str], url: str | None) -> Raw:
    if isinstance(source, Raw):
        return replace(source, url=url) if url else source
    if isinstance(source, os.PathLike):
        return Raw(_file(Path(source)), url=url, source=str(source))
    if isinstance(source, bytes | bytearray | memoryview):
        return Raw(bytes(source), url=url)
    raise TypeError(
        f"parse takes a Raw, bytes, str or pathlib.Path, not {type(source).__name__}; "
        "open_archive reads folders and archives"
    )


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)  # more than a page may have is refused, not read
    except FileNotFoundError:
        raise ArchiveMissing("there is no such file", source=str(path)) from None
    except IsADirectoryError:
        advice = "read it with newsextract.open_archive"
        raise ArchiveError("it is a folder, not a page", source=str(path), advice=advice) from None
    except OSError as error:
        advice = "check the file and its permissions"
        raise ArchiveError(str(error.strerror), source=str(path), advice=advice) from None


def _refuse_address(text: str) -> None:
    """A URL or a file's name given as ``str`` is a slip, not a text."""
    if len(text) > 1000 or "\n" in text or "<" in text:
        return
    if re.fullmatch(r"\s*https?://\S+\s*", text):
        advice = "fetch it first: newsextract.parse(newsextract.fetch(url))"
    elif re.fullmatch(r"[^\s].*\.(?:html?|txt|gz|xml|warc|zip|aspx|php)", text):
        advice = "to read a file, give it as pathlib.Path"
    else:
        return
    raise NotAnArticle("the text is an address, not a page", source=text.strip(), advice=advice)


@cache
def _markup() -> re.Pattern[bytes]:
    # Only names that markup has; "<" alone also stands in prose and figures.
    return re.compile(
        rb"<(?:!doctype|!--|html|head|body|meta|title|div|p|br|table|tr|td|span|article|section|main|"
        rb"font|center|h[1-6]|ul|ol|li|a|img|script|style|link|form|frame|frameset|b|i|strong|em)"
        rb"(?:[\s/][^<>]{0,2000})?>",
        re.IGNORECASE,
    )


@cache
def _data() -> re.Pattern[bytes]:
    prolog = rb"\s*+(?:<\?xml[^>]*>\s*+)?(?:<!--.{0,500}?-->\s*+)?"
    return re.compile(
        prolog + rb"<(?:(?P<feed>rss|feed|rdf:RDF)|(?P<sitemap>urlset|sitemapindex))[\s>]|"
        rb"\s*+(?P<JSON>\{\s*+[\"}]|\[\s*+[{\"\[\]])",
        re.DOTALL,
    )


def _refuse_data(utf8: bytes, raw: Raw) -> None:
    match = _data().match(utf8)
    if match:
        what = match.lastgroup or "data"
        advice = "read it with newsextract.open_archive" if what != "feed" else None
        raise NotAnArticle(f"{what}, not a page of news", source=raw.name, advice=advice)
