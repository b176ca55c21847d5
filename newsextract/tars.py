"""Tar → its members, front to back; where it ends is known, or told.

tarfile ends silently at a header that is damaged, at the end of a file that is cut off between two
members, and at the end of the first of two tars that were put into one file.
"""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator
from typing import IO, cast

from newsextract.compression import DAMAGE, Stream
from newsextract.containers import page_of
from newsextract.errors import ArchiveEmpty, ArchiveError, BrokenMember, TruncatedMember
from newsextract.media import MAX_PAGE, is_hidden, oversized, refused_name, shown
from newsextract.model import Raw

CUT = "end of data"
"""What tarfile says of a member that is cut off, and we of a tar."""


def read_tar(file: Stream, name: str) -> Iterator[Raw | ArchiveError]:
    """The pages of a tar, read front to back (``file`` is unpacked and need not be seekable).

    Links and devices are passed over: nothing outside the archive is ever read. A tar that stands
    behind the first is read too; anything else there, and a header that is damaged, is an error.
    """
    empty = True
    blocks = _Blocks(file)
    try:
        begin = 0
        while blocks.more():
            if empty is False and (blocks.at - begin) % tarfile.RECORDSIZE:
                what = f"zeros stand before byte {blocks.at:,}, where members may have stood"
                yield BrokenMember(what, source=name)
            begin = blocks.at
            for page in _members(blocks, name):
                empty = False
                yield page
    except ArchiveError as error:
        yield error
        return
    except (tarfile.TarError, ValueError, OverflowError, *DAMAGE) as error:
        kind = TruncatedMember if CUT in str(error) else BrokenMember
        yield kind(f"the tar cannot be read further: {error}", source=name)
        return
    if empty:
        yield ArchiveEmpty("the tar has no members", source=name)


def _members(blocks: _Blocks, name: str) -> Iterator[Raw | ArchiveError]:
    stream = cast("IO[bytes]", blocks)
    with tarfile.open(fileobj=stream, mode="r|", errorlevel=1, tarinfo=_Header) as archive:
        for member in archive:
            # tarfile remembers every member it has seen, which a stream has no use for.
            archive.members = []  # type: ignore[attr-defined]
            if member.isfile() and not is_hidden(member.name):
                yield _page(archive, member, f"{name}!{shown(member.name)}")
        # tarfile reads whole records, and so a little further than to the end.
        read = cast("IO[bytes]", archive.fileobj)
        blocks.give_back(read.read(-read.tell() % tarfile.RECORDSIZE))


def _page(archive: tarfile.TarFile, member: tarfile.TarInfo, source: str) -> Raw | ArchiveError:
    if (refused := refused_name(member.name, source)) is not None:
        return refused
    if member.size > MAX_PAGE:
        return oversized(member.size, source)
    stream = archive.extractfile(member)
    if stream is None:
        return BrokenMember("is no plain file", source=source)
    try:
        return page_of(stream, source)
    except ArchiveError as error:
        if error.source != source:
            raise  # of the tar itself, which cannot be read further
        return error
    except zlib.error as error:
        return BrokenMember(str(error), source=source)


class _Header(tarfile.TarInfo):
    """A header that tells its damage, which tarfile takes for the end."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> _Header:
        try:
            return super().fromtarfile(archive)
        except tarfile.HeaderError as error:
            if isinstance(error, tarfile.EOFHeaderError):  # type: ignore[attr-defined]
                raise  # the mark at the end
            if "empty" in str(error) or "truncated" in str(error):
                raise tarfile.ReadError(f"unexpected {CUT}, its end mark is not there") from error
            what = f"the header at byte {archive.offset:,} is damaged ({error})"
            raise tarfile.ReadError(what) from error


class _Blocks:
    """A stream to which what was read too far can be given back; ``at`` is where it stands."""

    def __init__(self, file: Stream) -> None:
        self._file = file
        self._back = b""
        self.at = 0

    def read(self, size: int) -> bytes:
        """``size`` bytes, fewer only at the end."""
        out, self._back = self._back[:size], self._back[size:]
        if len(out) < size:
            out += self._file.read(size - len(out))
        self.at += len(out)
        return out

    def give_back(self, data: bytes) -> None:
        """Let ``data``, which was read last, be read again."""
        self._back = data + self._back
        self.at -= len(data)

    def more(self) -> bool:
        """Whether anything but zeros follows; blocks of them are passed over."""
        while chunk := self.read(tarfile.RECORDSIZE):
            if rest := chunk.lstrip(b"\0"):
                at = len(chunk) - len(rest)
                self.give_back(chunk[at - at % tarfile.BLOCKSIZE :])
                return True
        return False
