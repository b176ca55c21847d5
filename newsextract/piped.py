"""An archive that comes through a pipe, which can be read once and only forwards."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Mapping
from shutil import copyfileobj
from typing import IO, cast

from newsextract.addresslist import Fetch
from newsextract.archive import Archive, unread
from newsextract.compression import Counted
from newsextract.containers import is_zip
from newsextract.errors import ArchiveError, NewsextractError
from newsextract.model import Raw
from newsextract.policy import Policy
from newsextract.records import Columns
from newsextract.warc import is_warc

LOOK = 1 << 16
"""Bytes that are looked at before anything is read."""
IN_MEMORY = 16 << 20
"""Bytes of a zip, Parquet or WARC file up to which it is held in memory, not on the disk."""


def read_piped(
    pipe: IO[bytes],
    name: str = "<stdin>",
    *,
    columns: Mapping[str, str] | None = None,
    fetch: Fetch | None = None,
    policy: Policy | None = None,
) -> Iterator[Raw | NewsextractError]:
    """The pages of what comes through ``pipe``, as ``open_archive`` gives those of a file.

    It may be of any form that ``open_archive`` reads, a single page too, and is told by its first
    bytes alone. A page, JSON lines, a tar and a list of addresses are read as they come, a page of
    no more than 10 MB. A zip, Parquet and WARC file must be read in another order, or again behind
    damage: it is taken in whole first, in memory up to 16 MB and beyond that in a temporary file
    (``TMPDIR``), which is gone at the end. ``name`` begins every ``source``; the other parameters
    are those of ``open_archive``, and so is the error for a wrong one.
    """
    archive = _Piped((name,), Columns(columns), fetch=fetch, policy=policy)
    return archive.piped(pipe)


class _Piped(Archive):
    def piped(self, raw_pipe: IO[bytes]) -> Iterator[Raw | NewsextractError]:
        (name,) = self.paths
        # One read of a pipe may give a single byte, by which nothing is told; this fills up.
        pipe = cast("io.BufferedReader", io.BufferedReader(Counted(raw_pipe), LOOK))
        try:
            head = pipe.peek(LOOK)
        except OSError as error:
            yield unread(error, name)
            return
        if not (is_zip(head) or is_warc(head) or head.startswith(b"PAR1")):
            yield from self._told(pipe, name)
            return
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as spool:
            try:
                copyfileobj(pipe, spool, 1 << 20)
                spool.seek(0)
            except OSError as error:
                what = f"{error.strerror or error} in {tempfile.gettempdir()}"
                advice = "name the file instead of piping it, or set TMPDIR to a larger disk"
                yield ArchiveError(what, source=name, advice=advice)
                return
            yield from self._told(io.BufferedReader(cast("io.RawIOBase", spool)), name)
