"""Which members of an archive can be a page, as far as name, type and size tell."""

from __future__ import annotations

from newsextract.compression import ENDINGS
from newsextract.errors import ArchiveError, NotAPage, OversizedMember
from newsextract.filetypes import SAVE

MAX_PAGE = 10 << 20
"""Bytes of the largest member that is read; the page reader's own limit is lower."""

PAGE_TYPES = frozenset({"", "text/html", "application/xhtml+xml", "text/plain", "text/markdown"})
# Servers that do not know say one of these; the page reader then looks at the bytes.
UNKNOWN_TYPES = frozenset({"unknown", "application/octet-stream", "content/unknown", "*/*"})

# Text that no one wrote to be read: programs, settings, tables, notes to machines.
NO_PROSE = frozenset(
    ".css .js .mjs .map .json .geojson .jsonld .har .ipynb .csv .tsv .sql .svg .py .sh .bat .ps1 "
    ".ts .tsx .jsx .vue .yaml .yml .toml .ini .cfg .conf .m3u .m3u8 .ics .vcf .srt .vtt "
    ".mht .mhtml .eml".split()
)
# What a saved web site holds beside its pages (https://www.iana.org/assignments/media-types).
OTHER_ENDINGS = NO_PROSE | frozenset(
    ".jpg .jpeg .jpe .jfif .png .gif .webp .avif .bmp .ico .tif .tiff .heic .psd "
    ".mp3 .mp4 .m4a .m4v .wav .ogg .webm .avi .mov .mkv .flv .swf .wmv .wma .3gp "
    ".aac .amr .flac .mpg .mpeg .opus .woff .woff2 .ttf .otf .eot "
    ".pdf .doc .docx .docm .xls .xlsx .xlsm .ppt .pptx .odt .ods .odp .rtf .epub .mobi .msg "
    ".exe .dll .so .bin .iso .dmg .apk .jar .msi .db .sqlite .sqlite3 .duckdb .log .bak .tmp "
    ".pkl .npy .npz .h5 .feather .arrow .avro .orc .webarchive "
    ".zip .rar .7z .warc .tar .tgz .txz .tbz2 .wacz .cdx .cdxj .parquet .jsonl .ndjson .jl "
    ".pyc".split()
)
_INSIDE = "an archive inside another is not opened: unpack it, and name what it holds"
_STORE = "what newsextract wrote is read with newsextract.open_store, and by search and report"
LINES = "give JSON lines: one object a line, in a file that ends in .jsonl"
_ADVICE = {
    ".json": LINES,
    **dict.fromkeys((".csv", ".tsv"), "turn it into JSON lines or Parquet, a row a page"),
    **dict.fromkeys((".rar", ".7z"), "unpack it and give the folder"),
    **dict.fromkeys((".zip", ".wacz", ".tar", ".tgz", ".txz", ".tbz2"), _INSIDE),
    **dict.fromkeys((".warc", ".parquet", ".jsonl", ".ndjson", ".jl"), _INSIDE),
    **dict.fromkeys((".pdf", ".doc", ".docx", ".docm", ".rtf", ".odt", ".epub", ".mobi"), SAVE),
    **dict.fromkeys((".mht", ".mhtml", ".webarchive", ".eml", ".msg"), SAVE),
    **dict.fromkeys((".db", ".sqlite", ".sqlite3", ".duckdb"), _STORE),
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
