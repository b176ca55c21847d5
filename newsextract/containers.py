"""Zip and WACZ → their members, one at a time and never onto the disk; and what a member holds."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from newsextract.compression import DAMAGE, MAX_RATIO, TRUSTED, Stream, unpacked
from newsextract.errors import (
    ArchiveEmpty,
    ArchiveError,
    BrokenMember,
    EncryptedMember,
    NotAPage,
    OversizedMember,
    TruncatedMember,
)
from newsextract.filetypes import DOCUMENTS, SAVE
from newsextract.media import MAX_PAGE, is_hidden, oversized, refused_name, shown
from newsextract.model import Raw
from newsextract.warc import read_warc
from newsextract.zipparts import zip_parts

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00")
"""How a zip begins: with a member, empty, or as one that was made to be split."""
ENCRYPTED = 0x1
"""The bit of a zip member's flags that says that it needs a password."""


def is_zip(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a zip."""
    return head.startswith(ZIP)


def read_zip(file: Stream, name: str) -> Iterator[Raw | ArchiveError]:
    """The pages of a zip; a WARC in it (that is what a WACZ is) is read as a WARC."""
    empty = True
    first: list[int] = []
    try:
        for part in zip_parts(file):
            with part:
                if kind := next((k for n, k in DOCUMENTS.items() if n in part.NameToInfo), None):
                    yield NotAPage(kind, source=name, advice=SAVE)
                    return
                members = part.infolist()
                first = sorted([m.header_offset for m in members] + first)[:1]
                for member in members:
                    if not member.is_dir() and not is_hidden(member.filename):
                        empty = False
                        yield from _told(part, member, f"{name}!{shown(member.filename)}")
    except (zipfile.BadZipFile, NotImplementedError, ValueError, *DAMAGE) as error:
        yield TruncatedMember(f"the zip's list of members cannot be read: {error}", source=name)
        return
    if empty:
        yield ArchiveEmpty("the zip has no members", source=name)
    elif first[0] and _begins_as_zip(file):
        what = f"before its first member stand {first[0]:,} bytes, as of another zip"
        yield BrokenMember(what, source=name, advice="they were not read: take the files apart")


def _begins_as_zip(file: Stream) -> bool:
    # A program that unpacks itself does not.
    file.seek(0)
    return is_zip(file.read(4))


def _told(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: str
) -> Iterator[Raw | ArchiveError]:
    try:
        yield from _zip_member(archive, member, source)
    except ArchiveError as error:
        yield error
    except NotImplementedError as error:
        yield BrokenMember(str(error), source=source, advice="unpack it and give the folder")
    except (zipfile.BadZipFile, RuntimeError, ValueError, *DAMAGE) as error:
        yield BrokenMember(str(error) or type(error).__name__, source=source)


def _zip_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: str
) -> Iterator[Raw | ArchiveError]:
    if member.flag_bits & ENCRYPTED:
        raise EncryptedMember("needs a password", source=source)
    if member.filename.lower().endswith((".warc", ".warc.gz", ".warc.zst", ".warc.lz4")):
        with archive.open(member) as stream:
            yield from read_warc(stream, source)
        return
    if (refused := refused_name(member.filename, source)) is not None:
        raise refused
    if member.file_size > max(TRUSTED, MAX_RATIO * member.compress_size):
        what = f"unpacks to {member.file_size:,} bytes from {member.compress_size:,}"
        raise OversizedMember(what, source=source)
    with archive.open(member) as stream:
        yield page_of(stream, source)


def page_of(file: Stream, source: str) -> Raw:
    """One page from a stream that may be compressed itself; raises ``ArchiveError``."""
    stream, _ = unpacked(file, source)
    body = stream.read(MAX_PAGE + 1)
    if len(body) > MAX_PAGE:
        raise oversized(len(body), source)
    return Raw(body, source=source)
