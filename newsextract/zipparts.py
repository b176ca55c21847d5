"""A zip of any number of members, opened a thousand members at a time.

``zipfile`` reads the whole list of members at once, some 700 bytes of memory for each. Here it is
given the same file again and again with another part of that list at its end.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from typing import NamedTuple, cast

from newsextract.compression import Stream

MEMBERS = 1000
"""Members that stand in memory at once."""
_END = struct.Struct("<4s4H2LH")
_END_SIGN = b"PK\5\6"
_END64 = struct.Struct("<4sQ2H2L4Q")
_END64_SIGN = b"PK\6\6"
_LOCATOR = struct.Struct("<4sLQL")
_LOCATOR_SIGN = b"PK\6\7"
_ENTRY = struct.Struct("<4s24x3H12x")
_ENTRY_SIGN = b"PK\1\2"
_COMMENT = (1 << 16) - 1
_COUNTED = 1 << 16
_LARGE = (1 << 32) - 1


class _List(NamedTuple):
    """Where the list of members is: in the file, and by what the file says of itself."""

    at: int
    size: int
    said: int
    members: int


def zip_parts(file: Stream) -> Iterator[zipfile.ZipFile]:
    """The zip as zips of some of its members each, in order; all share ``file``.

    Raises what ``zipfile`` raises; what stood before a damaged place in the list is given first.
    """
    listed = _find_list(file)
    found = 0
    if listed is None or listed.members <= MEMBERS:
        whole = zipfile.ZipFile(file)  # which knows what is wrong with it
        yield whole
        found = len(whole.filelist)
    else:
        for entries, count in _parts(file, listed):
            tail = entries + _ending(count, len(entries), listed.said)
            patched = io.BufferedReader(_Patched(file, listed.at, tail), 1 << 16)
            yield zipfile.ZipFile(cast("Stream", patched))
            found += count
    # A damaged length makes one entry swallow others, which zipfile does not mind. Old writers
    # count to 65,535 and begin again.
    if listed is not None and (found - listed.members) % _COUNTED:
        raise zipfile.BadZipFile(f"it names {found:,} of {listed.members:,} members")


def _find_list(file: Stream) -> _List | None:
    """Where the list is; None where this is no zip as it should be."""
    length = file.seek(0, io.SEEK_END)
    start = max(0, length - _END.size - _COMMENT)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END_SIGN)
    if at < 0 or len(tail) - at < _END.size:
        return None
    _, _, _, _, count, size, said, _ = _END.unpack_from(tail, at)
    end = start + at
    file.seek(max(0, end - _LOCATOR.size - _END64.size))
    wide, locator = file.read(_END64.size), file.read(_LOCATOR.size)
    if locator[:4] == _LOCATOR_SIGN and wide[:4] == _END64_SIGN:
        *_, count, size, said = _END64.unpack(wide)
        end -= _LOCATOR.size + _END64.size
    # A file may have something before the zip, so ``said`` may be less than ``at``.
    return _List(end - size, size, said, count) if 0 <= said <= end - size else None


def _parts(file: Stream, listed: _List) -> Iterator[tuple[bytes, int]]:
    """The list in pieces of whole entries, each with their number."""
    done = 0
    while done < listed.size:
        piece = bytearray()
        count = 0
        while count < MEMBERS and done < listed.size:
            file.seek(listed.at + done)  # others have read from the file since
            head = file.read(_ENTRY.size)
            if len(head) < _ENTRY.size or head[:4] != _ENTRY_SIGN:
                break
            rest = sum(_ENTRY.unpack(head)[1:])
            piece += head + file.read(rest)
            done += _ENTRY.size + rest
            count += 1
        if count:
            yield bytes(piece), count
        if count < MEMBERS and done < listed.size:
            raise zipfile.BadZipFile("Bad magic number for central directory")


def _ending(count: int, size: int, said: int) -> bytes:
    """What follows the list of members at the end of a zip."""
    short = _END.pack(_END_SIGN, 0, 0, count, count, size, min(said, _LARGE), 0)
    if said < _LARGE:
        return short
    wide = _END64.pack(_END64_SIGN, _END64.size - 12, 45, 45, 0, 0, count, count, size, said)
    return wide + _LOCATOR.pack(_LOCATOR_SIGN, 0, said + size, 1) + short


class _Patched(io.RawIOBase):
    """A file up to ``cut``, and ``tail`` instead of what follows there."""

    def __init__(self, file: Stream, cut: int, tail: bytes) -> None:
        self._file = file
        self._cut = cut
        self._tail = tail
        self._at = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As of any file."""
        base = (0, self._at, self._cut + len(self._tail))[whence]
        if base + offset < 0:
            raise OSError("seek before the beginning")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: object) -> int:
        """Fill ``buffer`` as far as one read goes; 0 at the end."""
        view = memoryview(cast("bytearray", buffer))
        if self._at < self._cut:
            self._file.seek(self._at)
            data = self._file.read(min(len(view), self._cut - self._at))
        else:
            data = self._tail[self._at - self._cut :][: len(view)]
        view[: len(data)] = data
        self._at += len(data)
        return len(data)
