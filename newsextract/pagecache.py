"""Fetched pages on disk, so that an unchanged page is asked for but not sent again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import tempfile
from pathlib import Path

from newsextract.model import Raw


class PageCache:
    """A folder with one file a URL: a line of JSON about the page, then its body.

    Files are written beside and renamed, so a reader never sees half of one; a file that cannot
    be read counts as absent.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def _path(self, url: str) -> Path:
        name = hashlib.blake2b(url.encode(), digest_size=16).hexdigest()
        return self._folder / name[:2] / name

    def get(self, url: str) -> tuple[Raw, dict[str, str]] | None:
        """The page kept for ``url`` with the request headers that ask whether it changed."""
        try:
            head, _, body = self._path(url).read_bytes().partition(b"\n")
            kept = json.loads(head)
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
        path = self._path(url)
        path.parent.mkdir(exist_ok=True)
        about = {
            "url": raw.url,
            "content_type": raw.content_type,
            "status": raw.status,
            "fetched": raw.fetched.isoformat() if raw.fetched else "",
            "validators": validators,
        }
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(json.dumps(about).encode() + b"\n" + raw.body)
        Path(draft).replace(path)
