"""Every error newsextract raises, in one tree.

Catch ``NewsextractError`` for all of them, or a branch: ``FetchError``, ``PageError``,
``ArchiveError``, ``StoreError``, ``MissingExtra``. In a batch an error is not raised but
stands in the store's ``failure`` table under its ``reason``.
"""

from __future__ import annotations

from typing import ClassVar


class NewsextractError(Exception):
    """What went wrong, on which input, and what to do about it.

    ``reason`` is the stable short name that stores and reports group by; ``source`` names
    the input (a URL, a file, a member of an archive) and ``advice`` says what to do next.
    """

    reason: ClassVar[str] = "error"
    advice: ClassVar[str] = ""

    def __init__(self, what: str, *, source: str | None = None, advice: str | None = None) -> None:
        super().__init__(what, source, advice)
        self.what = what
        self.source = source
        if advice is not None:
            self.advice = advice  # type: ignore[misc]  # one input may know better than its class

    def __str__(self) -> str:
        where = f"{self.source}: " if self.source else ""
        then = f" — {self.advice}" if self.advice else ""
        return f"{where}{self.what}{then}"

    def __reduce__(self) -> tuple[object, ...]:
        # Worker processes send errors home by pickle; keyword-only arguments need the long form.
        return _rebuild, (type(self), self.what, self.source, self.advice)


def _rebuild(
    kind: type[NewsextractError], what: str, source: str | None, advice: str
) -> NewsextractError:
    return kind(what, source=source, advice=advice)


class PageError(NewsextractError):
    """A page or text that gives no article."""

    reason = "page"


class EmptyPage(PageError):
    """There is nothing to read: no bytes, or only white space."""

    reason = "empty"
    advice = "check that the download or the export was complete"


class NotText(PageError):
    """The bytes are an image, a PDF, an archive or other binary matter."""

    reason = "not-text"
    advice = "give HTML or plain text"


class NotAnArticle(PageError):
    """The page is readable but is a list, a search, a login, a video stub or an error page."""

    reason = "not-an-article"
    advice = "give the address of one article"


class NoBody(PageError):
    """The page looks like an article but no body text could be found."""

    reason = "no-body"
    advice = "if the page shows text in a browser, report its address as a missing layout"


class PageTooLarge(PageError):
    """The page is over a limit of size, depth or attributes."""

    reason = "too-large"
    advice = "a news page is rarely over 5 MB; check the source"


class HostilePage(PageError):
    """The page is built so that parsing it would take unbounded time or memory."""

    reason = "hostile"
    advice = "it was not parsed; check the source"


class PageTimeout(PageError):
    """Reading the page took longer than the batch allows; its worker was replaced."""

    reason = "timeout"


class WorkerDied(PageError):
    """The worker process that read the page ended without an answer, twice."""

    reason = "worker-died"


class ReadFailed(PageError):
    """A page made newsextract itself fail; nothing of it was kept."""

    reason = "internal"
    advice = "please report it with the page"


class FetchError(NewsextractError):
    """A URL that could not be fetched."""

    reason = "fetch"


class ArchiveError(NewsextractError):
    """An archive, or one member of it, that could not be read."""

    reason = "archive"


class StoreError(NewsextractError):
    """A store that could not be opened, read or written."""

    reason = "store"


class MissingExtra(NewsextractError):
    """A feature whose optional dependency is not installed."""

    reason = "missing-extra"

    @classmethod
    def of(cls, extra: str, package: str) -> MissingExtra:
        """The error for ``package``, which ``pip install 'newsextract[extra]'`` brings."""
        return cls(f"{package} is not installed", advice=f"pip install 'newsextract[{extra}]'")
