"""What a file is by its first bytes, where it is not text."""

from __future__ import annotations

_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"RIFF", "a WebP image or other RIFF file"),
    (b"%PDF-", "a PDF"),
    (b"%!PS", "PostScript"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x1f\x9d", "compress data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ID3", "an MP3"),
    (b"OggS", "an Ogg file"),
    (b"fLaC", "a FLAC file"),
    (b"\x1aE\xdf\xa3", "a Matroska video"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
# Office, OpenDocument and EPUB files are zips too, by what stands in them.
DOCUMENTS = {
    "[Content_Types].xml": "an Office document",
    "META-INF/container.xml": "an EPUB book",
    "META-INF/manifest.xml": "an OpenDocument file",
}
# How browsers begin a page that they save with all that belongs to it (RFC 2557).
_MAIL = (b"From: <Saved by", b"MIME-Version:", b"Content-Type: multipart/")
# The shortest signatures are also plain letters; they count only beside a NUL.
_SHORT = (
    b"BM",
    b"MZ",
    b"ID3",
    b"RIFF",
    b"BZh",
    b"GIF8",
    b"PAR1",
    b"OggS",
    b"fLaC",
    b"wOFF",
    b"wOF2",
)


FOR_ARCHIVES = (
    "a ZIP archive",
    "a tar archive",
    "a Parquet file",
    "a WARC file",
    "zstd data",
    "bzip2 data",
    "xz data",
)
"""Those that ``open_archive`` reads."""

SAVE = "if an article is in it, save that as HTML or plain text"
"""What to do about a document that is not read."""


def binary_type(body: bytes) -> str | None:
    """``"a PDF"``, ``"a PNG image"``, …, or None where the bytes may be one text."""
    head = body[:1024]
    if head.lstrip()[:5] == b"%PDF-":
        return "a PDF"
    if head.startswith((b"WARC/0.", b"WARC/1.")):
        return "a WARC file"
    if head[257:262] == b"ustar":
        return "a tar archive"
    if head.lstrip().startswith(_MAIL) and b"multipart/related" in head.lower():
        return "a page with its pictures in one file (MHTML)"
    if head[4:8] == b"ftyp":
        return "a video or a HEIF image"
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (magic not in _SHORT or not _is_readable(head)):
            return _inside(body) or kind if magic == b"PK\x03\x04" else kind
    return None


def _inside(body: bytes) -> str | None:
    """What a zip is by the names in it, where it is more than an archive."""
    return next((kind for name, kind in DOCUMENTS.items() if name.encode() in body), None)


def _is_readable(sample: bytes) -> bool:
    odd = sum(b < 32 and b not in b"\t\n\r\f\x1b" for b in sample)
    return odd * 100 <= len(sample)
