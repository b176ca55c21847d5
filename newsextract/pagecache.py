"""Fetched pages on disk, so that an unchanged page is asked for but not sent again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import os
import tempfile
from pathlib import Path

from newsextract.errors import FetchError
from newsextract.model import Raw

_LOG = logging.getLogger("newsextract")


class PageCache:
    """A folder with one file a URL: a line of JSON about the page, then its body.

    Files are written beside and renamed, so a reader never sees half of one; a file that cannot
    be read counts as absent, one that cannot be written is logged. A folder that cannot be made
    is a ``FetchError``.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FetchError(
                f"the cache cannot be made ({error.strerror})",
                source=str(folder),
                advice="name a folder that can be written in Policy(cache=…)",
            ) from error

    def _path(self, url: str) -> Path:
        name = hashlib.blake2b(url.encode(), digest_size=16).hexdigest()
        return self._folder / name[:2] / name

    def get(self, url: str) -> tuple[Raw, dict[str, str]] | None:
        """The page kept for ``url`` with the request headers that ask whether it changed."""
        try:
            head, _, body = self._path(url).read_bytes().partition(b"\n")
            kept = json.loads(head)
            if kept["size"] != len(body):  # the machine went down before it was all on the disk
                return None
            fetched = dt.datetime.fromisoformat(kept["fetched"])
            raw = Raw(body, kept["url"], kept["content_type"], kept["status"], fetched)
            return raw, dict(kept["validators"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, url: str, raw: Raw, *, etag: str | None, modified: str | None) -> None:
        """Keep ``raw`` under ``url`` if the server gave a way to ask for changes."""
        asks = {"If-None-Match": etag, "If-Modified-Since": modified}
        validators = {k: v for k, v in asks.items() if v}
        if not validators:
            return
        about = {
            "url": raw.url,
            "content_type": raw.content_type,
            "status": raw.status,
            "size": len(raw.body),
            "fetched": raw.fetched.isoformat() if raw.fetched else "",
            "validators": validators,
        }
        try:
            _write(self._path(url), json.dumps(about).encode() + b"\n" + raw.body)
        except OSError as error:  # the page itself was had
            _LOG.warning("%s is not kept in the cache: %s", url, error)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
