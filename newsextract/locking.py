"""Keeping a file to one program at a time."""

from __future__ import annotations

from typing import IO

try:
    import fcntl
except ImportError:  # Windows has no advisory locks of this kind
    fcntl = None  # type: ignore[assignment]


def locked(file: IO[bytes]) -> bool:
    """Whether ``file`` is ours alone now, until it is closed or the program ends; else another's.

    Raises ``OSError`` where the file's system has no locks.
    """
    if fcntl is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
