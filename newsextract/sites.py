"""What is known of a site: its name, its province, and where its pages keep what.

The data is ``sites.toml``; it is read when first asked for. A page's own structure always counts
more: a selector that finds nothing is simply not used.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import urlsplit

from newsextract.decode import decode
from newsextract.errors import NewsextractError, PageError
from newsextract.given import expect, expect_each
from newsextract.model import Raw
from newsextract.tidying import unescaped

Kind = Literal["paper", "broadcaster", "portal", "national"]


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors that have held on a site, best first; each may be empty."""

    title: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """One site: its name, its kind, and its province.

    ``province`` is the name the site was made under; ``province_now`` the one since the mergers of
    1 July 2025. Both are None for a national site.
    """

    name: str
    kind: Kind
    domains: tuple[str, ...]
    province: str | None = None
    province_now: str | None = None

    @property
    def selectors(self) -> Selectors:
        """The CSS selectors that have held on the site's pages; most sites have none."""
        found = (_selectors().get(domain) for domain in self.domains)
        return next((s for s in found if s), Selectors())


def find_site(url: str | None) -> Site | None:
    """The site ``url`` belongs to, by the longest domain that ends its host, or None."""
    return _site_of(host_of(url)) if url else None


def host_of(url: str) -> str:
    """The host of ``url`` in lower case, without ``www.`` and port; empty where there is none."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


@cache
def _site_of(host: str) -> Site | None:
    labels = host.split(".")
    for start in range(len(labels) - 1):
        if site := _sites().get(".".join(labels[start:])):
            return site
    return _public_body(host, labels)


# Offices, parties and schools have addresses of their own that name their province.
_OFFICE = re.compile(
    r"(?:congan|tinhuy|tinhdoan|dangbo|hdnd|ubnd|ubmttq|mattran|mttq|dbnd|doandbqh|qhhdnd|vks|vksnd|"
    r"toaan|thuedientu|cucthue|cucthongke|thongke|hoinongdan|hoilhpn|ldld|congdoan|dulich|"
    r"khuyennong|baohiemxahoi|bhxh|so[a-z]{0,8}|snv|stc|syt|sgd|bql[a-z]{0,6})"
)
_PUBLIC = (".gov.vn", ".dcs.vn", ".edu.vn", ".org.vn")


def _public_body(host: str, labels: list[str]) -> Site | None:
    """A public body no row names: ``congan-hungyen.gov.vn``, ``tinhuybinhphuoc.gov.vn``."""
    if not host.endswith(_PUBLIC):
        return None
    for part in (part for label in labels[:-2] for part in label.split("-")):
        office = _OFFICE.match(part)
        code = part if f"{part}.gov.vn" in _sites() else part[office.end() :] if office else ""
        portal = _sites().get(f"{code}.gov.vn")
        if portal and portal.kind == "portal":
            return Site(host, "portal", (host,), portal.province, portal.province_now)
    return None


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("newsextract").joinpath(name).read_text("utf-8"))


@cache
def _sites() -> MappingProxyType[str, Site]:
    """Domain → site."""
    data = _table("sites.toml")
    sites = [s for p in data["province"] for s in _of_province(p)]
    sites += [Site(n["name"], "national", tuple(n["domains"])) for n in data["national"]]
    return MappingProxyType({domain: site for site in sites for domain in site.domains})


@cache
def _selectors() -> MappingProxyType[str, Selectors]:
    rows = _table("selectors.toml").items()
    return MappingProxyType(
        {domain: Selectors(**{k: tuple(v) for k, v in row.items()}) for domain, row in rows}
    )


def _of_province(row: dict[str, Any]) -> Iterable[Site]:
    name, now = row["name"], row.get("now", row["name"])
    for kind in ("paper", "broadcaster"):
        for entry in row.get(kind, ()):
            yield Site(entry["name"], kind, tuple(entry["domains"]), name, now)
    yield Site(f"Cổng thông tin điện tử {name}", "portal", tuple(row["portal"]), name, now)


_BLOCK_TAG = (
    r"</?(?:address|article|aside|blockquote|body|br|caption|center|d[dlt]|div|fig(?:ure|caption)|"
    r"footer|form|h[1-6r]|header|html|li|main|nav|[ou]l|option|p|pre|section|t(?:able|body|d|foot|"
    r"h|head|r)|title)\b[^<>]*>"
)


@cache
def _splitter() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    hidden = re.compile(r"<(script|style|noscript|!--)", re.IGNORECASE)
    return hidden, re.compile(_BLOCK_TAG, re.IGNORECASE), re.compile(r"<[^<>]*>")


def learn_site(pages: Iterable[Raw | bytes | NewsextractError]) -> frozenset[str]:
    """The texts of blocks that several of one site's ``pages`` (HTML) carry: its navigation.

    Give it to ``parse(…, repeated=…)``. A block counts where it stands on at least three pages and
    a fifth of all; pages that hold the same article (in two designs, say) count as one. Pages that
    cannot be decoded, and the errors that stand for them in an archive, are left out.
    """
    expect_each("pages", pages, "pages as Raw or bytes, or what open_archive gives")
    seen: dict[str, set[str]] = {}
    for page in pages:
        if isinstance(page, NewsextractError):
            continue
        expect("a page", page, (Raw, bytes), "a Raw or bytes (open_archive reads files)")
        try:
            blocks = _blocks(decode(page if isinstance(page, Raw) else Raw(page)).text)
        except PageError:
            continue
        if blocks:
            seen.setdefault(max(blocks, key=len), set()).update(blocks)
    counts = Counter(block for blocks in seen.values() for block in blocks)
    enough = max(3, len(seen) / 5)
    return frozenset(block for block, n in counts.items() if n >= enough)


def _blocks(html: str) -> set[str]:
    hidden, block, tag = _splitter()
    shown = _without_hidden(html, hidden)
    pieces = (tag.sub("", piece) for piece in block.split(shown))
    texts = (" ".join(unescaped(piece).split()) for piece in pieces)
    return {unicodedata.normalize("NFC", text) for text in texts if re.search(r"\w", text)}


def _without_hidden(html: str, hidden: re.Pattern[str]) -> str:
    """``html`` without scripts, styles and comments, in one pass."""
    parts, at = [], 0
    while match := hidden.search(html, at):
        parts.append(html[at : match.start()])
        name = match[1].lower()
        close = "-->" if name == "!--" else f"</{name}>"
        end = html.find(close, match.end())
        if end < 0 and name != "!--":
            end = html.find(close.upper(), match.end())
        at = len(html) if end < 0 else end + len(close)
    return "".join([*parts, html[at:]])
