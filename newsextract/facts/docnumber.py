"""How the number of a document is written, and what its parts say: "14/2015/TTLT-BNNPTNT-BNV"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from newsextract.letters import BLANK, END, UPPER
from newsextract.vocabulary import alternation, vocabulary


class Number(NamedTuple):
    """A document's number: where it ends, its text without spaces, and the type its sign tells.

    ``signed`` says that letters stand in it ("QĐ-TTg", "QH14"); ``sign`` is the type they name,
    None where they name only an issuer ("UBND-VX").
    """

    end: int
    text: str
    signed: bool
    sign: str | None


@cache
def pairs(section: str) -> Mapping[str, str]:
    """A section of ``data/documents.txt`` whose lines are ``short = type``."""
    return MappingProxyType(dict(line.split(" = ") for line in vocabulary("documents")[section]))


@cache
def _number() -> re.Pattern[str]:
    token = rf"(?:(?>[{UPPER}&](?:[{UPPER}&]|[a-zđ](?![a-zđ]))*+[0-9]{{0,3}}|Ttg|Tg|Ub|Ubnd){END})"
    sign = rf"(?:{alternation(pairs('sign'))}{END})"
    more = rf"(?:[ ]?[/–-][ ]?{token}|\.{token})"
    year = r"(?:19|20)[0-9]{2}(?![0-9])"
    said = rf"(?:ngày|của|về|do|ký|ban hành){END}"
    # Re-spaced text: "12/UBND - VP", but not "12/UBND - UBND tỉnh".
    small = alternation(s for s in (*pairs("sign"), "TTg") if not s.isupper())
    apart = r"(?:[ ][–-][ ]?|-[ ])"
    letters = rf"[{UPPER}&]{{2,8}}+{END}(?![ ](?!{said})(?:[a-zđ]|TP))"
    loose = rf"{apart}(?:{letters}|{small}{END})"
    tight = rf"(?:[/.–-]{token})"
    after_sign = rf"{more}?+(?:{tight}|{loose})*+"
    return re.compile(
        rf"(?P<core>[0-9]{{1,10}}+(?:\.[0-9]{{3}}(?![0-9]))?(?:[a-eđA-EĐ]{END})?)"
        rf"(?P<year>[ ]?/[ ]?{year}|-{year})?+"
        rf"(?P<letters>(?:[ ]?/[ ]?|[ ]?[–-][ ]?|[ ](?={sign}[/-])){sign}{after_sign}"
        rf"|(?:[ ]?/[ ]?|[–-][ ]?|[ ][–-][ ]?(?={token}/)){token}(?:{tight}|{loose})*+)?+"
        rf"(?:(?<=QH)(?:[ ]?/[ ]?|[ -])[0-9]{{1,2}})?+"
        rf"{END}"
    )


@cache
def _amount() -> re.Pattern[str]:
    return re.compile(rf"{BLANK}?%|[.,:][0-9]|{BLANK}?[/–-]{BLANK}?[0-9]")


_PLATE = 3  # figures that the number of a boat has more of


def read_number(text: str, at: int) -> Number | None:
    """The number written at ``at``; None where the figures are an amount (``9/6``, ``3,5``)."""
    found = _number().match(text, at)
    if found is None:
        return None
    letters = found["letters"] or ""
    if letters.strip(" /–-") == "TS" and len(found["core"]) > _PLATE:
        return None  # a fishing boat's: NĐ-92345-TS
    if not letters and _amount().match(text, found.end()):
        return None
    # The sign stands first: the second letters are those of who issues, "120/SVHTTDL-TTr".
    first = next((t for t in re.split(r"[ ./–-]+", letters) if t), "")
    sign = pairs("sign").get(first)
    return Number(found.end(), "".join(found.group().split()), bool(letters), sign)
