"""``parse``: whatever holds one page → ``Article``."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from newsextract.decode import MAX_BYTES, decode, decode_text
from newsextract.errors import ArchiveError, ArchiveMissing, NotAnArticle
from newsextract.given import expect, expect_each
from newsextract.media import LINES, NO_PROSE, ending_of, refused_name
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
    if url is not None:
        expect("url", url, str, "a str or None")
    expect_each("repeated", repeated, "texts, as learn_site gives them")
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
        _refuse_code(raw)
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
        f"{_instead(source)}"
    )


def _instead(source: object) -> str:
    """What to do with a thing that is no page."""
    if isinstance(source, Article):
        return "it has been parsed: extract takes it"
    if hasattr(source, "read"):
        return "give what stands in the file: parse(file.read())"
    if isinstance(source, Iterable) and not isinstance(source, Mapping):
        return "it reads one page: [parse(page) for page in …], and batch many"
    return "open_archive reads folders and archives"


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)  # more than a page may have is refused, not read
    except FileNotFoundError:
        raise ArchiveMissing("there is no such file", source=str(path)) from None
    except IsADirectoryError:
        advice = "read it with newsextract.open_archive"
        raise ArchiveError("it is a folder, not a page", source=str(path), advice=advice) from None
    except (OSError, ValueError) as error:  # a ValueError for a NUL in the name
        what = getattr(error, "strerror", None) or str(error)
        advice = "check the file and its permissions"
        raise ArchiveError(what, source=repr(str(path))[1:-1], advice=advice) from None


def _refuse_address(text: str) -> None:
    """A URL or a file's name given as ``str`` is a slip, not a text."""
    if len(text) > 1000 or "\n" in text or "<" in text:
        return
    if re.fullmatch(r"\s*(?:https?://\S+|(?:[\w-]+\.)+(?:vn|com|net|org|info)(?:/\S*)?)\s*", text):
        advice = "fetch it first: newsextract.parse(newsextract.fetch(url))"
    elif re.fullmatch(
        r"\S.*\.(?:x?html?|txt|md|\w*json\w*|gz|xz|zst|bz2|xml|warc|zip|aspx|php)", text
    ):
        advice = "to read a file, give it as pathlib.Path"
    elif re.fullmatch(r"\S*[/\\]\S*", text):
        advice = "to read a file, give it as pathlib.Path; a folder is read by open_archive"
    else:
        return
    raise NotAnArticle("the text is an address, not a page", source=text.strip(), advice=advice)


def _refuse_code(raw: Raw) -> None:
    """A program or a table is no article, though it is text; names of other files may lie."""
    if ending_of(raw.source or "") in NO_PROSE and (error := refused_name(raw.name, raw.name)):
        raise error


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
        raise NotAnArticle(f"{what}, not a page of news", source=raw.name, advice=_use(what, utf8))


def _use(what: str, utf8: bytes) -> str | None:
    """What can be done with data."""
    if what == "JSON" and not _lines().match(utf8):
        return f"give the HTML or text that stands in it; of many pages {LINES}"
    return "read it with newsextract.open_archive" if what != "feed" else None


@cache
def _lines() -> re.Pattern[bytes]:
    # An object that ends in its line, and begins another in the next if there is one.
    return re.compile(rb"\s*+\{[^\n]*\}[ \t\r]*(?:\n\s*+(?:\{|\Z)|\Z)")
