"""A list of files → pieces of work of about one size, for many machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsextract.archive import size_of
from newsextract.gunzip import MAGIC as GZIP

FILES = 2_000
"""Small files that one task reads at most."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one task reads: some whole files, or ``file[start:stop]`` of one."""

    paths: tuple[str, ...]
    size: int
    start: int = 0
    stop: int | None = None

    def __str__(self) -> str:
        more = f" and {len(self.paths) - 1} more" if len(self.paths) > 1 else ""
        return f"{self.paths[0]}{more}" + (f"!{self.start}" if self.stop else "")


def pieces(files: Iterable[str], size: int) -> Iterator[Piece]:
    """Small files together, large ones alone, those that can be cut in slices."""
    small: list[str] = []
    total = 0
    for path in files:
        length = size_of(path)
        if length <= size:
            small.append(path)
            total += length
            if total >= size or len(small) == FILES:
                yield Piece(tuple(small), total)
                small, total = [], 0
        elif _can_be_cut(path):
            for start in range(0, length, size):
                stop = min(start + size, length)
                yield Piece((path,), stop - start, start, stop)
        else:
            yield Piece((path,), length)
    if small:
        yield Piece(tuple(small), total)


def _can_be_cut(path: str) -> bool:
    with Path(path).open("rb") as file:
        return file.read(3) == GZIP and ".warc" in Path(path).name.lower()
