"""The letters of Vietnamese, blanks, and where words begin and end, as pieces of patterns."""

from __future__ import annotations

LETTER = "A-Za-zÀ-ÖØ-öø-ʯẠ-ỹ"
"""The letters of Vietnamese (NFC) and of most others in Latin, as the inside of a class."""
UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
"""The capital letters of Vietnamese, likewise."""
LOWER = "a-zß-öø-ýăđĩũơưŏĕŭčƀ" + "".join(map(chr, range(0x1EA1, 0x1EFB, 2)))
"""The small letters of Vietnamese and of the highland peoples' spellings, likewise."""

BLANK = r"[^\S\n]"
"""One blank that ends no line."""
BLANKS = rf"{BLANK}*+"
"""Any number of them, also none."""
GAP = rf"{BLANK}{{1,4}}+"
"""What stands between two words; bounded, so that a long run of blanks is not read again."""
START = r"(?<![^\W_])"
"""Where a word begins: no letter or figure stands before."""
END = r"(?![^\W_])"
"""Where a word ends, likewise."""

# "ı", "İ", "ſ" and the sign of Kelvin, which a pattern without case takes for these.
_ALIKE = str.maketrans("İıſ\N{KELVIN SIGN}", "iisk")


def lowered(text: str) -> str:
    """What a pattern without case matched, in lower case, to be looked up among the words of it."""
    return text.translate(_ALIKE).lower()
