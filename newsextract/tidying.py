"""A page's UTF-8 made fit to be searched: garbled text mended, unseen characters out, NFC.

All is done in bytes, which the HTML parser takes as they are. Most pages need no repair, and for
those this is a few searches for single characters: a page is not copied, nor encoded again.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache, lru_cache

from newsextract.garbled import OLD_ENTITIES, is_garbled, repair_text

# Soft hyphen, zero-width and direction marks, a stray BOM: each cuts a word for every search.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_CONTROLS = (*range(9), 11, *range(14, 32), 127)
# Browsers read these controls as windows-1252, and so do the pages that hold them.
_C1 = {b: bytes([b]).decode("cp1252", "ignore") for b in range(0x80, 0xA0)}


_STRETCH = 1_024


def accented_part(utf8: bytes) -> bytes:
    """``utf8`` with a line break for each long stretch that is ASCII.

    It is strict UTF-8 where the whole is, and takes half the time to decode: half of most pages is
    scripts and styles.
    """
    parts = [utf8[at : at + _STRETCH] for at in range(0, len(utf8), _STRETCH)]
    return b"".join([b"\n" if part.isascii() else part for part in parts])


def tidied(utf8: bytes, accented: str, repairs: list[str]) -> bytes:
    """``utf8`` repaired; what was done is added to ``repairs``.

    ``accented`` is its text, or as much of it as is not ASCII.
    """
    # Single characters and bytes are looked for one by one: that is memchr, 40 times faster than
    # a class, which is searched from there on. CC opens all marks of decomposed letters, C2 all C1
    # controls.
    entities = _odd_entity().findall(utf8)  # of each, the name if it stands for nothing seen
    if is_garbled(accented, entities.count(b"")):
        accented, done = repair_text(utf8.decode())
        if done:
            repairs += done
            utf8 = encoded(accented)
    for char in _INVISIBLE:
        if char in accented:
            utf8 = utf8.replace(char.encode(), b"")
    if any(entities):
        utf8 = _invisible_entity().sub(b"", utf8)
    if any(code in utf8 for code in _CONTROLS) or _has(_c1_code(), b"\xc2", utf8):
        utf8 = encoded(utf8.decode().translate(dict.fromkeys(_CONTROLS) | _C1))
    if _has(_mark(), b"\xcc", utf8):
        repairs.append("decomposed letters composed (NFC)")
        utf8 = _composed(utf8)
    return utf8


def _has(pattern: re.Pattern[bytes], first: bytes, utf8: bytes) -> bool:
    """Whether ``pattern``, which opens with the byte ``first``, is met."""
    at = utf8.find(first)
    return at >= 0 and pattern.search(utf8, at) is not None


def encoded(text: str) -> bytes:
    """``text`` in UTF-8; a lone surrogate, which has none, becomes a question mark."""
    return text.encode("utf-8", "replace")


@cache
def _no_character() -> re.Pattern[str]:
    return re.compile(r"&#\d{9,};?")


def unescaped(text: str) -> str:
    """``text`` with its entities read; a number that is no character's becomes U+FFFD.

    Python reads no number of more than 4,300 digits.
    """
    return html.unescape(_no_character().sub("\ufffd", text) if "&#" in text else text)


_UNSEEN = "shy|#173|#8203|#x200b|#x200B|ZeroWidthSpace|#65279|#xFEFF"


@cache
def _invisible_entity() -> re.Pattern[bytes]:
    return re.compile(f"&(?:{_UNSEEN});".encode())


@cache
def _odd_entity() -> re.Pattern[bytes]:
    """Entities that call for a repair; most pages have none, and one search tells."""
    return re.compile(f"&(?:({_UNSEEN})|{OLD_ENTITIES});".encode())


@cache
def _c1_code() -> re.Pattern[bytes]:
    return re.compile(b"\xc2[\x80-\x9f]")


@cache
def _mark() -> re.Pattern[bytes]:
    """The five tones, and the circumflex, breve and horn of letters."""
    return re.compile(b"\xcc[\x80-\x83\x86\x89\x9b\xa3]")


def _composed(utf8: bytes) -> bytes:
    """NFC; only letters with a mark behind are looked at: to normalize all takes 10 times as long.

    A mark of two bytes opens with CC.
    """
    pieces: list[bytes] = []
    done = 0
    at = utf8.find(0xCC)
    while at >= 0:
        start, end = max(at - 1, done), at + 2
        while start > done and 0x80 <= utf8[start] < 0xC0:  # to the first byte of the letter
            start -= 1
        while utf8[end : end + 1] == b"\xcc":
            end += 2
        parts = utf8[start:end]
        pieces += utf8[done:start], _known_letter(parts) if end - start <= 8 else _letter(parts)
        done = end
        at = utf8.find(0xCC, end)
    return b"".join((*pieces, utf8[done:]))


def _letter(parts: bytes) -> bytes:
    """A letter with its marks; the tone may even have been written before the letter's own mark."""
    letter = unicodedata.normalize("NFC", parts.decode())
    return encoded(_late_mark().sub(_reordered, letter) if len(letter) > 1 else letter)


# Vietnamese has 134 letters with marks; what is longer than 8 bytes is none of them.
_known_letter = lru_cache(maxsize=4096)(_letter)


@cache
def _late_mark() -> re.Pattern[str]:
    return re.compile("([^\\W\\d_])([\u0302\u0306\u031b])")


def _reordered(match: re.Match[str]) -> str:
    letter = unicodedata.normalize("NFD", match[1])
    return unicodedata.normalize("NFC", letter[0] + match[2] + letter[1:])
