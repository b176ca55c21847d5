"""Every error newsextract raises, in one tree.

Catch ``NewsextractError`` for all of them, or a branch: ``FetchError``, ``PageError``,
``ArchiveError``, ``StoreError``, ``MissingExtra``. In a batch an error is not raised but
stands in the store's ``failure`` table under its ``reason``.
"""

from __future__ import annotations

from functools import partial
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
        self.what, self.source = what, source
        if advice is not None:
            self.advice = advice  # type: ignore[misc]  # one input may know better than its class

    def __str__(self) -> str:
        where = f"{self.source}: " if self.source else ""
        then = f" — {self.advice}" if self.advice else ""
        return f"{where}{self.what}{then}"

    def __reduce__(self) -> tuple[object, ...]:
        # Worker processes send errors home by pickle; keyword-only arguments need the long form.
        make = partial(type(self), source=self.source, advice=self.advice)
        return make, (self.what,), self.__dict__


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


class TruncatedPage(PageError):
    """The page's compressed bytes end early: it is not whole, and no part of it is taken for it."""

    reason = "truncated"
    advice = "the copy or download was cut off: get the file again"


class NotAnArticle(PageError):
    """The page is readable but is a list, a search, a login, a video stub or an error page."""

    reason = "not-an-article"
    advice = "give the address of one article"


class NoBody(PageError):
    """The page looks like an article but no body text could be found."""

    reason = "no-body"
    advice = "report its address if a browser shows text; give mere text to newsextract.extract"


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
    advice = "please report it with the page"


class WorkerDied(PageError):
    """The worker process that read the page ended without an answer, twice."""

    reason = "worker-died"
    advice = "please report it with the page"


class ReadFailed(PageError):
    """A page made newsextract itself fail; nothing of it was kept."""

    reason = "internal"
    advice = "please report it with the page"


class FetchError(NewsextractError):
    """A URL that could not be fetched."""

    reason = "fetch"


class BadUrl(FetchError):
    """The address is not one that can be fetched: another scheme, no host, a broken form."""

    reason = "bad-url"
    advice = "give an http:// or https:// address"


class BlockedAddress(FetchError):
    """The host is, or leads to, a private, loopback or link-local address; nothing was sent."""

    reason = "blocked-address"
    advice = "name it in Policy(allow_private=…) or --allow-private if you mean it"


class RobotsDenied(FetchError):
    """The site's robots.txt does not allow this page, or could not be read (RFC 9309 §2.3.1)."""

    reason = "robots"
    advice = "ask the site, or fetch with Policy(robots=False) if you may"


class ConnectFailed(FetchError):
    """No connection: the name is unknown, the host refuses, or the line broke."""

    reason = "connect"
    advice = "try again later"


class TlsFailed(FetchError):
    """The host's certificate or TLS version is not accepted."""

    reason = "tls"
    advice = "name the host in Policy(broken_certificates=…) or Policy(old_tls=…) if you trust it"


class FetchTimeout(FetchError):
    """The host was silent too long, or the page was not complete by its deadline."""

    reason = "timeout"
    advice = "try again later, or raise Policy(timeout=…, deadline=…)"


class Redirected(FetchError):
    """The page redirects in a loop or too often."""

    reason = "redirect"
    advice = "open it in a browser and give the address it ends at"


class TooLarge(FetchError):
    """The page is over the size limit, on the wire or decoded."""

    reason = "too-large-to-fetch"
    advice = "raise Policy(max_wire=…, max_body=…) if the page is worth it"


class DecompressionBomb(FetchError):
    """The compressed page grows beyond any honest ratio; it was not decoded further."""

    reason = "bomb"
    advice = "raise Policy(max_ratio=…) if the page is worth it"


class BadEncoding(FetchError):
    """The page's content encoding is broken, or one that was not asked for."""

    reason = "encoding"
    advice = "try again later; the fault is the server's"


class WrongType(FetchError):
    """The answer is an image, a video or another type that holds no page."""

    reason = "content-type"
    advice = "give the address of a page, or name the type in Policy(content_types=…)"


class Truncated(FetchError):
    """The answer broke the protocol, mostly by ending before its stated length."""

    reason = "truncated"
    advice = "try again later"


class HttpStatus(FetchError):
    """The server answered ``status``; ``reason`` is ``http-404`` etc., ``retry_after`` seconds."""

    reason = "http-status"
    advice = "open it in a browser to see what the server wants"
    status: int = 0
    retry_after: float | None = None

    @classmethod
    def of(cls, status: int, url: str, retry_after: float | None = None) -> HttpStatus:
        """The error for ``status`` at ``url``."""
        wait = f"; it asks to wait {retry_after:.0f} s" if retry_after is not None else ""
        advice = "check the address: there is no such page" if status in (404, 410) else None
        advice = "try again later" if status == 429 or status >= 500 else advice
        error = cls(f"the server answered {status}{wait}", source=url, advice=advice)
        error.status, error.retry_after = status, retry_after
        error.reason = f"http-{status}"  # type: ignore[misc]  # reports group by the code
        return error


class ArchiveError(NewsextractError):
    """An archive, or one member of it, that could not be read."""

    reason = "archive"
    advice = "check that the file is whole, with the tool that made it"


class ArchiveMissing(ArchiveError):
    """There is no such file, or a pattern that no file matches."""

    reason = "missing"
    advice = "check the path"


class ArchiveEmpty(ArchiveError):
    """A folder, list or archive in which there is nothing to read."""

    reason = "empty-archive"
    advice = "check that the export or the copy was complete"


class BrokenMember(ArchiveError):
    """Bytes that do not keep to their format: a bad checksum, a bad record, a bad line."""

    reason = "broken"
    advice = "get it again if you can; what stands around it was read as far as could be"


class TruncatedMember(ArchiveError):
    """A file or record that ends before the length it announces."""

    reason = "truncated"
    advice = "the copy or download was cut off: get the file again"


class EncryptedMember(ArchiveError):
    """A member that only a password opens."""

    reason = "encrypted"
    advice = "decrypt the archive first"


class OversizedMember(ArchiveError):
    """A member that is, or would be when unpacked, too large to be a page."""

    reason = "oversized"
    advice = "a news page is rarely over 5 MB; check the source"


class NotAPage(ArchiveError):
    """A member that is no HTML or text: an image, a script, a document, a redirect."""

    reason = "not-a-page"
    advice = "nothing to do, unless an article was expected here"


class StoreError(NewsextractError):
    """A store that could not be opened, read or written."""

    reason = "store"
    advice = "check its address, and that newsextract wrote it"


class MissingExtra(NewsextractError):
    """A feature whose optional dependency is not installed."""

    reason = "missing-extra"
    advice = "pip install 'newsextract[all]'"

    @classmethod
    def of(cls, extra: str, package: str) -> MissingExtra:
        """The error for ``package``, which ``pip install 'newsextract[extra]'`` brings."""
        return cls(f"{package} is not installed", advice=f"pip install 'newsextract[{extra}]'")
