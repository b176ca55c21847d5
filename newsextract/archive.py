"""``open_archive``: whatever holds many pages → a stream of ``Raw``, each bad one an error."""

from __future__ import annotations

import glob
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

from newsextract.addresslist import Fetch, lists_addresses, pages_listed
from newsextract.compression import LZ4, Stream, unpacked
from newsextract.containers import is_zip, page_of, read_zip
from newsextract.errors import (
    ArchiveEmpty,
    ArchiveError,
    ArchiveMissing,
    BrokenMember,
    NewsextractError,
    NotAPage,
)
from newsextract.media import ending_of, is_hidden, refused_name
from newsextract.model import Raw
from newsextract.policy import Policy, policy_or_default
from newsextract.records import Columns, read_jsonl, read_parquet
from newsextract.tars import read_tar
from newsextract.warc import is_warc, read_warc

Where = str | os.PathLike[str]
HEAD = 1024
"""Bytes by which a file is told."""


class Archive:
    """Pages in files of any form; iterate it as often as you like.

    Each item is a ``Raw`` with its provenance in ``source`` (``"2019.zip!a/b.html"``), or the
    error that stands in its place. Files are read in order of their paths, as streams: memory
    does not grow with them and nothing is unpacked to the disk.
    """

    def __init__(
        self,
        paths: tuple[str, ...],
        columns: Columns,
        *,
        fetch: Fetch | None,
        policy: Policy | None,
    ) -> None:
        self.paths = paths
        self._columns = columns
        self._fetch = fetch
        self._policy = policy
        self._passed = 0
        self._file: io.BufferedReader | None = None

    def __iter__(self) -> Iterator[Raw | NewsextractError]:
        self._passed = 0
        for path in self.files():
            yield from self._read(path)

    def files(self) -> Iterator[str]:
        """The files of the archive in order, those of its folders among them."""
        for path in self.paths:
            yield from _walk(path) if Path(path).is_dir() else [path]

    @property
    def size(self) -> int:
        """Bytes of all files, packed as they are."""
        return sum(size_of(path) for path in self.files())

    @property
    def position(self) -> int:
        """About how many of these bytes the last iteration has passed."""
        try:
            return self._passed + (self._file.tell() if self._file else 0)
        except ValueError:  # the file was closed just now
            return self._passed

    def __repr__(self) -> str:
        return f"<Archive {', '.join(self.paths[:3])}{', …' * (len(self.paths) > 3)}>"

    def _read(self, path: str) -> Iterator[Raw | NewsextractError]:
        try:
            with Path(path).open("rb") as self._file:
                yield from self._told(self._file, path)
        except FileNotFoundError:
            yield ArchiveMissing("is gone", source=path)
        except OSError as error:
            yield unread(error, path)
        finally:
            self._file = None
            self._passed += size_of(path)

    def _told(self, file: io.BufferedReader, name: str) -> Iterator[Raw | NewsextractError]:
        """The pages of an open file; what ends the reading is the last item."""
        try:
            yield from self._members(file, name)
        except NewsextractError as error:
            error.source = error.source or name
            yield error
        except OSError as error:
            yield unread(error, name)

    def _members(self, file: io.BufferedReader, name: str) -> Iterator[Raw | NewsextractError]:
        """By the first bytes, for names lie; by the name only where the bytes say nothing."""
        if is_zip(file.peek(4)):
            yield from read_zip(cast("Stream", file), name)
        elif file.peek(4)[:4] == b"PAR1":
            yield from read_parquet(cast("Stream", file), name, self._columns)
        elif is_warc(file.peek(HEAD)) or ".warc" in name.lower()[-10:]:
            # The packed file, not an unpacked stream: only in it can reading go on after damage.
            yield from _some(read_warc(cast("Stream", file), name), name)
        elif file.peek(4)[:4] == LZ4:
            advice = "unpack it, or name it .warc.lz4 if it is a WARC file"
            yield NotAPage("is packed with lz4", source=name, advice=advice)
        else:
            yield from self._stream(file, name)

    def _stream(self, file: io.BufferedReader, name: str) -> Iterator[Raw | NewsextractError]:
        stream, was_packed = unpacked(cast("Stream", file), name)
        head = stream.peek(HEAD)[:HEAD]
        packed = cast("Stream", stream)
        if head.startswith(b"WARC/"):
            yield from _some(read_warc(packed, name), name)
        elif head[257:262] == b"ustar" or ending_of(name) in (".tar", ".tgz", ".txz", ".tbz2"):
            yield from read_tar(packed, name)
        elif ending_of(name) in (".jsonl", ".ndjson", ".jl") or _is_object(head):
            yield from read_jsonl(packed, name, self._columns)
        elif lists_addresses(head, cut=len(head) == HEAD):
            body = page_of(packed, name).body
            pages = pages_listed(body, name, fetch=self._fetch, policy=self._policy)
            yield from _some(pages, name)
        elif ending_of(name) in (".zip", ".wacz", ".parquet") and not was_packed:
            ending = ending_of(name)
            what = f"is no {ending} file, whatever its name says" if head else "the file is empty"
            yield (BrokenMember if head else ArchiveEmpty)(what, source=name)
        else:
            yield refused_name(name, name) or page_of(packed, name)


def _some(pages: Iterable[Raw | NewsextractError], name: str) -> Iterator[Raw | NewsextractError]:
    """``pages``, or the error for none."""
    none = True
    for page in pages:
        none = False
        yield page
    if none:
        yield ArchiveEmpty("it holds no page", source=name)


def open_archive(
    what: Where | Iterable[Where],
    *,
    columns: Mapping[str, str] | None = None,
    fetch: Fetch | None = None,
    policy: Policy | None = None,
) -> Archive:
    """The pages of files and folders: ``Raw`` items, and an ``ArchiveError`` for each bad member.

    ``what`` is a path, a glob pattern (``"crawl-*.warc.gz"``, ``**`` for any depth) or a list of
    them. Read are HTML and text files, folders of them (with all below), zip, tar, WARC, WACZ,
    JSON lines, Parquet, and sitemaps or lists of URLs, each compressed (gz, xz, zst, bz2) or not.
    ``columns`` tells JSON lines and Parquet what is called otherwise than usual:
    ``{"body": "raw_page", "url": "address"}``, and title, content_type, status, fetched.
    The pages that a sitemap lists are fetched under ``policy``, side by side and so in any order;
    ``fetch``, where it is given, gets them instead, one after the other.

    Raises ``ArchiveMissing`` for a path or pattern without a file, ``ArchiveEmpty`` for a folder
    or list with nothing in it. What is found bad later is an item, and the rest goes on.
    """
    policy_or_default(policy)
    if fetch is not None and not callable(fetch):
        raise TypeError(f"fetch is a function of an address, not {type(fetch).__name__}")
    wanted = [what] if isinstance(what, str | os.PathLike) else _listed(what)
    paths = tuple(path for one in wanted for path in _matches(os.fspath(one)))
    if not paths:
        raise ArchiveEmpty("no path was given")
    return Archive(paths, Columns(columns), fetch=fetch, policy=policy)


def _listed(what: object) -> list[Where]:
    """The paths of a list of them."""
    is_file = isinstance(what, bytes | bytearray | memoryview | io.IOBase)
    if is_file or isinstance(what, Raw) or not isinstance(what, Iterable):
        name = type(what).__name__
        raise TypeError(f"give a path or a list of paths, not {name}; parse reads one page")
    paths = list(what)
    for path in paths:
        if not isinstance(path, str | os.PathLike):
            raise TypeError(f"give a list of paths, without {type(path).__name__} in it")
    return paths


def _matches(path: str) -> list[str]:
    if not path:  # a variable that is not set; Path("") would be the folder one is in
        raise ArchiveMissing("the path is empty", advice="name a file or folder")
    if os.path.isdir(path):  # noqa: PTH112  # never raises, as Path's does for a text or a closed folder
        if next(_walk(path), None) is None:
            raise ArchiveEmpty("the folder holds no files", source=path)
        return [path]
    if os.path.exists(path):  # noqa: PTH110  # likewise
        return [path]
    # Folders that match are read like those a shell names; ** matches all that is in them too.
    wanted = os.path.isfile if "**" in path else os.path.exists
    names = [] if _is_text(path) else glob.glob(path, recursive=True)  # noqa: PTH207  # absolute patterns
    found = sorted(filter(wanted, names))
    if not found:
        raise _missing(path)
    return found


def _is_text(path: str) -> bool:
    """Whether this cannot be a path: it has lines or tags, or is longer than any is."""
    return len(path) > 4000 or any(sign in path for sign in "\0\n<>")


def _missing(path: str) -> ArchiveMissing:
    pattern = any(c in path for c in "*?[") and not path.lower().startswith(("http://", "https://"))
    what = "no file matches" if pattern and not _is_text(path) else "there is no such file"
    source = path if len(path) < 256 else f"{path[:60]}…"
    return ArchiveMissing(what, source=source, advice=_instead(path))


def _instead(path: str) -> str | None:
    """What to do with what names no file, by what it looks like."""
    if _is_text(path):
        return "the text of a page is read by newsextract.parse, and by the command as -"
    if path.lower().startswith(("http://", "https://")):
        return "it is an address: give it to newsextract.fetch"
    if re.match(r"(?:[\w-]+\.)+(?:vn|com|net|org|info)(?:[/:]|$)", path, re.IGNORECASE):
        return f"if it is an address, write https://{path}"
    if path.startswith("~"):
        return "write the whole path of the folder that ~ stands for"
    if len(path.split()) > 2 and not re.search(r"\.\w{1,7}$", path):
        return "a text is given to newsextract.extract, and to the command on standard input, as -"
    return None


def _walk(folder: str) -> Iterator[str]:
    """Every file under ``folder`` by path, but no hidden one, and none behind a linked folder.

    A folder that cannot be read stands for its files, and a link for what it leads to: who opens
    them learns why it is not there.
    """
    refused: list[str] = []
    for base, folders, files in os.walk(folder, onerror=lambda e: refused.append(e.filename)):
        folders[:] = sorted(f for f in folders if not is_hidden(f))
        for file in sorted(files):
            path = os.path.join(base, file)  # noqa: PTH118  # one of millions, and text all through
            if not is_hidden(file) and (os.path.isfile(path) or not os.path.exists(path)):  # noqa: PTH110, PTH113  # these never raise
                yield path
    yield from refused


def unread(error: OSError, path: str) -> ArchiveError:
    """The error for a file that the system does not let be read."""
    advice = "check its permissions" if isinstance(error, PermissionError) else None
    return ArchiveError(f"cannot be read: {error.strerror or error}", source=path, advice=advice)


def size_of(path: str) -> int:
    """Bytes of a file; 0 if it is gone, which its reader will tell."""
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def _is_object(head: bytes) -> bool:
    return re.match(rb'\s*\{[ \t]*"', head.removeprefix(b"\xef\xbb\xbf")) is not None
