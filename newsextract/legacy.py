"""Vietnamese written before Unicode: TCVN3 (ABC), VNI-Windows, VISCII, windows-1258, and mojibake.

Old archives hold the bytes of 8-bit fonts, often read as Latin-1 and saved as UTF-8 since. Each
reading here takes such characters (``U+0080``–``U+00FF``) to Unicode; which one is right is
settled by ``plausibility``: how many of the accented words become Vietnamese syllables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

# Rimes of Vietnamese without their tone: the closed list of the school primer.
_RIMES = frozenset(
    word
    for row in (
        "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây",
        "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu",
        "im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng",
        "oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp",
        "ơt u ua uây uân uâng uât uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uy",
        "uya uych uyên uyêt uynh uyp uyt uyu uơ uơn ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn",
        "ương ươp ươt ươu y yêm yên yêng yêt yêu ych ynh yt",
    )
    for word in row.split()
)
_ONSET = re.compile("(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_ACCENTED_WORD = re.compile(r"[^\W\d_]*[^\W\d_a-zA-Z\x00-\x7f][^\W\d_]*")


def _is_syllable(word: str) -> bool:
    bare = unicodedata.normalize("NFD", word.lower())
    toneless = unicodedata.normalize("NFC", bare.translate(_TONES))
    tones = sum(c in "\u0300\u0301\u0303\u0309\u0323" for c in bare)
    onset = _ONSET.match(toneless)
    rest = toneless[onset.end() :] if onset else toneless
    # "giếng" and "gì" share one i between onset and rime.
    shared = toneless.startswith("gi") and "i" + rest in _RIMES
    return tones <= 1 and (rest in _RIMES or shared)


def plausibility(text: str, words: int = 400) -> float:
    """The share (0 to 1) of the first ``words`` accented words of ``text`` that are Vietnamese."""
    found = good = 0
    for match in _ACCENTED_WORD.finditer(unicodedata.normalize("NFC", text)):
        found += 1
        good += _is_syllable(match.group())
        if found == words:
            break
    return good / found if found else 0.0


# TCVN 5712:1993 from byte A1 on; the capitals with a tone (VN1) are included. Checked with iconv.
_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọ"
    "ồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
# RFC 1456 from byte 80 on, and the six capitals it puts among the controls. Checked with iconv.
_VISCII_LETTERS = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_CONTROLS = dict(zip((2, 5, 6, 0x14, 0x19, 0x1E), "ẲẴẪỶỸỴ", strict=True))

# VNI-Windows: a base letter and, behind it, one character for its marks.
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ö": "ư", "ô": "ơ", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


@cache
def _tcvn3_tables() -> tuple[dict[int, str], dict[str, str]]:
    table: dict[int, str] = dict(enumerate(_TCVN3_LETTERS, 0xA1)) | {0x3BC: "à"}
    # B0–B4 are marks only behind a letter; elsewhere B0 is the degree sign.
    return table, {chr(code): table.pop(code) for code in range(0xB0, 0xB5)}


def _tcvn3(text: str) -> str:
    table, marks = _tcvn3_tables()
    text = re.sub(r"(?<=[A-Za-z\xa1-\xaf])[\xb0-\xb4]", lambda m: marks[m[0]], text)
    return text.translate(table)


@cache
def _viscii_table() -> dict[int, str]:
    return dict(enumerate(_VISCII_LETTERS, 0x80)) | _VISCII_CONTROLS


def _viscii(text: str) -> str:
    return text.translate(_viscii_table())


@cache
def _vni_pattern() -> re.Pattern[str]:
    marks = "".join(_VNI_MARKS)
    letters = "".join(_VNI_LETTERS)
    return re.compile(f"([aeouyöô])([{marks}])|([{letters}])", re.IGNORECASE)


def _vni_letter(match: re.Match[str]) -> str:
    base, mark, alone = match.groups()
    if alone:
        letter = _VNI_LETTERS[alone.lower()]
        return letter.upper() if alone.isupper() else letter
    letter = _VNI_LETTERS.get(base.lower(), base.lower())
    return (letter.upper() if base.isupper() else letter) + _VNI_MARKS[mark.lower()]


def _vni(text: str) -> str:
    return _vni_pattern().sub(_vni_letter, text)


def _cp1258(text: str) -> str:
    return text.encode("latin-1", "replace").decode("cp1258", "replace")


class Reading(NamedTuple):
    """One old encoding: its name as it stands in ``repairs``, and Latin-1 text → Unicode (NFC)."""

    name: str
    read: Callable[[str], str]


READINGS = (
    Reading("windows-1258", _cp1258),
    Reading("TCVN3", _tcvn3),
    Reading("VNI", _vni),
    Reading("VISCII", _viscii),
)


def best_reading(sample: str) -> tuple[Reading | None, float]:
    """The old encoding in which ``sample`` (bytes as Latin-1) is most Vietnamese, and how much.

    None where no reading makes at least six of ten accented words Vietnamese syllables.
    """
    scored = [(plausibility(r.read(sample)), -i, r) for i, r in enumerate(READINGS)]
    score, _, reading = max(scored, key=lambda s: s[:2])
    return (reading, score) if score >= 0.6 else (None, score)
