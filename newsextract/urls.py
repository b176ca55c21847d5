"""Web addresses: checked before they are fetched, and made canonical to compare them."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from w3lib.url import canonicalize_url, safe_url_string, url_query_cleaner

from newsextract.errors import BadUrl

MAX_URL = 8_000
"""Characters; servers refuse much shorter ones."""

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|zarsrc|_ga|_gl|igshid|mc_[ce]id|yclid|vero_id|ref_src",
    re.IGNORECASE,
)


def checked(url: str) -> str:
    """``url`` percent-encoded, its host in ASCII, without its fragment; raises ``BadUrl``."""
    if not isinstance(url, str):  # an empty cell of a table of addresses, which has others
        raise _no_text(url)
    url = url.strip()
    if len(url) > MAX_URL:
        raise BadUrl(f"the address has {len(url)} characters", source=url[:80] + "…")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname
    except ValueError as error:
        raise BadUrl(f"not a web address ({error})", source=url) from error
    if "://" not in url:
        raise _no_scheme(url)
    if parts.scheme.lower() not in ("http", "https"):
        raise BadUrl(f"the scheme {parts.scheme!r} is not fetched", source=url)
    if not host or port == 0:
        raise BadUrl("the address names no host", source=url)
    try:
        safe = safe_url_string(url).partition("#")[0]
        host = urlsplit(safe).hostname or ""
    except ValueError as error:
        raise BadUrl(f"not a web address ({error})", source=url) from error
    if not _HOST.fullmatch(host):
        raise BadUrl(f"{host!r} is no host name", source=url)
    return safe


def _no_text(url: object) -> BadUrl:
    what = f"the address is no str but {type(url).__name__}"
    several = isinstance(url, list | tuple | set)
    advice = "newsextract.fetch_many takes several addresses" if several else None
    return BadUrl(what, source=repr(url)[:80], advice=advice)


def _no_scheme(url: str) -> BadUrl:
    if not url:
        return BadUrl("the address is empty")
    advice = None
    if _FILE.search(url):
        advice = "a file is read by newsextract.parse(pathlib.Path(…)) and newsextract extract FILE"
    elif re.match(r"(?:[\w-]+\.)+[a-z]{2,}(?:[:/?#]|$)", url, re.IGNORECASE):
        advice = f"write https://{url}, or http:// if it has no other"
    return BadUrl("the address begins with no http:// or https://", source=url, advice=advice)


_FILE = re.compile(
    r"^(?:\.{0,2}/|[^/.]+/)*[^/]*\.(?:x?html?|txt|json\w*|gz|zip|warc)$", re.IGNORECASE
)
# Names as DNS has them, with the underscore that some sites use; or an IPv6 address.
_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_HOST = re.compile(rf"(?:{_LABEL}\.)*+{_LABEL}\.?|[0-9a-f:.]{{2,45}}")


def joined(base: str, target: str) -> str:
    """``target`` as a link on ``base``, checked."""
    try:
        return checked(urljoin(base, target.strip()))
    except ValueError as error:
        raise BadUrl(f"not a web address ({error})", source=target[:200]) from error


def canonical(url: str) -> str:
    """One form for addresses of one page: sorted query, no tracking parameters, no fragment.

    ``url`` is a checked one.
    """
    query = urlsplit(url).query
    names = {p.partition("=")[0] for p in query.split("&")}
    tracking = [n for n in names if _TRACKING.fullmatch(n)]
    if tracking:
        url = url_query_cleaner(url, tracking, remove=True, unique=False)
    return str(canonicalize_url(url))
