"""Text that was garbled before it was saved as UTF-8, put right again.

Old font bytes and UTF-8 bytes that were once read as Latin-1 or windows-1252 leave signs that
Vietnamese text lacks. Text without those signs is let through after a few searches for single
characters; suspect text is judged line by line, as an old article may stand in a new frame.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import unescape

from newsextract.legacy import best_reading, plausibility

_ENOUGH = 3
_LONGEST = 3_000_000  # characters; no news page is longer, and judging lines takes time


def is_garbled(accented: str, entities: int) -> bool:
    """Whether a text may be garbled; ``accented`` is all of it, or the parts that are not ASCII.

    ``entities`` is how many of ``OLD_ENTITIES`` it holds.
    """
    return (
        entities >= _ENOUGH
        or any(_is_often(sign, accented) for sign in _OLD_SIGNS)
        or "Ð" in accented
        or "ð" in accented
        or _is_misread(accented)
    )


def repair_text(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` (with or without markup) made readable, and the names of what was done."""
    done: list[str] = []
    if len(text) > _LONGEST:
        return text, ()
    if _is_misread(text):
        mended = _LINE.sub(_mended_line, text)
        if mended != text:
            text = mended
            done.append("UTF-8 read as windows-1252")
    if _has_old_letters(text):
        text, name = _from_old_font(text)
        done += [name] if name else []
    if ("Ð" in text or "ð" in text) and _UNICODE_LETTER.search(text):
        text = text.replace("Ð", "Đ").replace("ð", "đ")
        done.append("eth read as đ")
    return text, tuple(done)


_LINE = re.compile(r"[^<>\n]+")
# Letters that neither old bytes nor misread UTF-8 can show.
_UNICODE_LETTER = re.compile("[ăđĩũơưĂĐĨŨƠƯạ-ỹẠ-Ỹ]")


@cache
def _cp1252_bytes() -> dict[str, int]:
    """Characters above 7F → their byte, read as windows-1252 or, for 80–9F, left as controls."""
    as_read = {bytes([b]).decode("cp1252", "ignore") or chr(b): b for b in range(0x80, 0x100)}
    return as_read | {chr(b): b for b in range(0x80, 0x100)}


@cache
def _misread() -> re.Pattern[str]:
    tail = f"[{''.join(re.escape(c) for c, b in _cp1252_bytes().items() if b < 0xC0)}]"
    # The second byte of "à" is a no-break space, often made a plain one; that of "Đ" is undefined
    # in windows-1252 and often lost.
    return re.compile(
        rf"(Ã )|(Ä)(?!{tail})|(?:[\xc2-\xdf]{tail}|[\xe0-\xef]{tail}{{2}}|[\xf0-\xf4]{tail}{{3}})"
    )


def _reread(match: re.Match[str]) -> str:
    if match[1] or match[2]:
        return "à" if match[1] else "Đ"
    table = _cp1252_bytes()
    try:
        return bytes(table[c] for c in match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _mended_line(match: re.Match[str]) -> str:
    old = line = match[0]
    if line.isascii() or _UNICODE_LETTER.search(line):
        return old
    for _ in range(3):  # some pages went through it twice
        line, changes = _misread().subn(_reread, line)
        if not changes:
            break
    return line if plausibility(line) > max(0.5, plausibility(old)) else old


def _is_often(sign: str, text: str) -> bool:
    at = -1
    for _ in range(_ENOUGH):  # to find one character is memchr, to count it is not
        at = text.find(sign, at + 1)
        if at < 0:
            return False
    return True


def _is_misread(text: str) -> bool:
    # "á»" opens a third of the accented letters in misread UTF-8, "Â»" where it happened twice.
    return _is_often("»", text) and text.count("á»") + text.count("Â»") >= _ENOUGH


_OLD_SIGNS = "®ñð"


def _has_old_letters(text: str) -> bool:
    """Whether a sign often stands for "đ", which is in every text: of TCVN3, VNI, or the others."""
    if any(_is_often(sign, text) for sign in _OLD_SIGNS):
        return True
    return len(re.findall(f"&(?:{OLD_ENTITIES});", text)) >= _ENOUGH


OLD_ENTITIES = "reg|#174|ntilde|#241|eth|#240"
"""The signs that old fonts have for "đ", as names of entities: a pattern."""
_ENTITY = re.compile(r"&(#1[2-9]\d|#2[0-5]\d|[A-Za-z]{3,6});")
_MARKUP = frozenset(("&lt;", "&gt;", "&amp;", "&quot;", "&apos;", "&nbsp;", "&#160;"))


def _letter(match: re.Match[str]) -> str:
    """An entity for a Latin-1 letter as that letter; all others stay."""
    char = unescape(match[0])
    return char if match[0] not in _MARKUP and char <= "\xff" else match[0]


def _from_old_font(text: str) -> tuple[str, str | None]:
    """``text`` out of the old encoding it is in, at least in part, and that encoding's name."""
    plain = _ENTITY.sub(_letter, text)
    accented = [m[0] for m in _LINE.finditer(plain) if not m[0].isascii()]
    suspect = [line for line in accented if not _UNICODE_LETTER.search(line)]
    sample = "\n".join(suspect)[:200_000]
    reading, score = best_reading(sample)
    if reading is None or score <= plausibility(sample) + 0.2:
        return text, None
    if len(suspect) == len(accented):
        return _with_capitals(reading.read(plain)), reading.name
    whole = len(suspect) > 0.8 * len(accented)

    def line(match: re.Match[str]) -> str:
        old = match[0]
        if old.isascii() or _UNICODE_LETTER.search(old):
            return old
        new = reading.read(old)
        return new if whole or plausibility(new) > plausibility(old) else old

    return _with_capitals(_LINE.sub(line, plain)), reading.name


def _with_capitals(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    return _CAPITAL_FONT.sub(lambda m: m[1] + m[2].upper(), text)


# In fonts such as .VnTimeH small letters look like capitals.
_CAPITAL_FONT = re.compile(r"(\.vn[a-z ]{1,40}h[\"';,][^<>]{0,500}>)([^<>]+)", re.IGNORECASE)
