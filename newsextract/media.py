"""Which members of an archive can be a page, as far as name, type and size tell."""

from __future__ import annotations

from newsextract.compression import ENDINGS
from newsextract.errors import ArchiveError, NotAPage, OversizedMember

MAX_PAGE = 10 << 20
"""Bytes of the largest member that is read; the page reader's own limit is lower."""

PAGE_TYPES = frozenset({"", "text/html", "application/xhtml+xml", "text/plain", "text/markdown"})
# Servers that do not know say one of these; the page reader then looks at the bytes.
UNKNOWN_TYPES = frozenset({"unknown", "application/octet-stream", "content/unknown", "*/*"})

# What a saved web site holds beside its pages (https://www.iana.org/assignments/media-types).
OTHER_ENDINGS = frozenset(
    ".jpg .jpeg .jpe .jfif .png .gif .webp .avif .bmp .ico .svg .tif .tiff .heic .psd "
    ".mp3 .mp4 .m4a .m4v .wav .ogg .webm .avi .mov .mkv .flv .swf .wmv .wma .3gp "
    ".css .js .mjs .map .json .woff .woff2 .ttf .otf .eot "
    ".pdf .doc .docx .xls .xlsx .ppt .pptx .odt .ods .odp .rtf .epub .csv .tsv "
    ".exe .dll .so .bin .iso .dmg .apk .msi .db .sqlite .sql .log .bak .tmp "
    ".zip .rar .7z .warc .tar .tgz .txz .tbz2 .wacz .cdx .cdxj .parquet .jsonl .ndjson .jl "
    ".mht .mhtml .eml .py .pyc".split()
)
_INSIDE = "an archive inside another is not opened: unpack it, and name what it holds"
SAVE = "if an article is in it, save that as HTML or plain text"
_ADVICE = {
    ".json": "give JSON lines: one object a line, in a file that ends in .jsonl",
    **dict.fromkeys((".csv", ".tsv"), "turn it into JSON lines or Parquet, a row a page"),
    **dict.fromkeys((".rar", ".7z"), "unpack it and give the folder"),
    **dict.fromkeys((".zip", ".wacz", ".tar", ".tgz", ".txz", ".tbz2"), _INSIDE),
    **dict.fromkeys((".warc", ".parquet", ".jsonl", ".ndjson", ".jl"), _INSIDE),
    **dict.fromkeys((".pdf", ".doc", ".docx", ".rtf", ".odt", ".epub"), SAVE),
    **dict.fromkeys((".mht", ".mhtml", ".eml"), SAVE),
}
# Matter that a system, an editor or a browser left behind, not what anyone put there to be read.
HIDDEN = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


def is_hidden(name: str) -> bool:
    """Whether a member lies at or under a hidden name (``.git/…``, ``__MACOSX/…``)."""
    parts = name.replace("\\", "/").split("/")
    return any(p.lower() in HIDDEN or (p[:1] == "." and p.strip(".")) for p in parts)


def ending_of(name: str) -> str:
    """The last ending of a name in lower case, below any compression: ``"a.HTML.gz"`` → .html."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1].lower()
    for packed in ENDINGS:
        base = base.removesuffix(packed)
    return base[base.rfind(".") :] if "." in base else ""


def shown(name: str) -> str:
    """A member's name as it can be printed: no control characters, whatever the archive says."""
    if name.isprintable():
        return name
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)


def refused_name(name: str, source: str) -> ArchiveError | None:
    """The error for a member whose name says that it is no page; None where it may be one."""
    ending = ending_of(name)
    if ending in OTHER_ENDINGS:
        return NotAPage(f"a {ending} file", source=source, advice=_ADVICE.get(ending))
    return None


def refused_type(content_type: str | None, source: str) -> ArchiveError | None:
    """The error for a Content-Type that is no page's; None where it may be one's."""
    media = (content_type or "").split(";")[0].strip().lower()
    if media in PAGE_TYPES or media in UNKNOWN_TYPES:
        return None
    return NotAPage(f"is of type {shown(media)}", source=source)


def oversized(size: int, source: str) -> OversizedMember:
    """The error for a member of ``size`` bytes; of one over the limit not all may be read."""
    known = f" ({size:,} bytes)" if size > MAX_PAGE + 1 else ""
    return OversizedMember(f"is over {MAX_PAGE >> 20} MB{known}", source=source)
