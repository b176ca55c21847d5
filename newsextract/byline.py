"""Who wrote an article and whence it was taken, from the short line that says so.

A line is read only where all of it is names, labels and remarks: ``"Tin, ảnh: P.Y"``,
``"Hà Thu (tổng hợp)"``, ``"Theo Báo Nhân Dân"``. A name no label stands before (``bare``) needs a
reader who knows that the line stands where names stand. Words are data: ``data/bylines.txt``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from newsextract.vocabulary import alternation, vocabulary


class Byline(NamedTuple):
    """What one line states: the writers as printed, the medium it was taken from, or both."""

    author: str | None
    source: str | None = None


_UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_LETTER = "A-Za-zÀ-ÖØ-öø-ýĂăĐđĨĩŨũƠơƯưẠ-ỹ"
_INITIALS = rf"(?:[{_UPPER}]\.?[ -]?){{1,4}}[{_UPPER}]\.?"
_SYLLABLE = rf"[{_UPPER}](?:['’][{_UPPER}a-z])?[{_LETTER}]*+"
_NAME = (
    rf"(?:[{_UPPER}]\.\s?{_SYLLABLE}(?: {_SYLLABLE}){{0,2}}+|"
    rf"{_SYLLABLE}(?:[ -]{_SYLLABLE}){{0,4}}+(?: [{_UPPER}]\.)?|{_INITIALS}(?: {_SYLLABLE})?)"
)
_JOIN = r"(?:\s*[,;&/+]\s*|\s+[-–—]\s+|\s*[–—]\s*|\s+(?:và|VÀ|and)\s+)"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = vocabulary("bylines")
    part = {name: alternation(_cases(words[name])) for name in words}
    colon = r"\s*[:.]?\s*"
    name = rf"(?:{part['desk']}(?![{_LETTER}])|{_NAME})"
    names = rf"{name}(?:{_JOIN}{name}){{0,5}}"
    remark = rf"(?:\s*[-–(]\s*(?:{part['remark']})\s*\)?)?"
    photo = rf"(?:\s*[.,;/|(–-]?\s*{part['photo label']}\s*:[^|]*)?"
    return {
        "labelled": re.compile(
            rf"(?:{part['label']})(?![{_LETTER}]){colon}(?P<names>{names}){remark}{photo}"
        ),
        "bare": re.compile(rf"(?P<names>{names})(?P<remark>{remark}){photo}"),
        "with medium": re.compile(
            rf"(?P<names>{_NAME}(?:{_JOIN}{_NAME})*)\s*[/|(,–-]\s*(?P<medium>[^()]+?)\)?"
        ),
        "address": re.compile(r"\s*[(–-]?\s*(?:\S+@\S+\.\w+|(?<!\d)0\d[\d. ]{7,11}(?!\d))\s*\)?"),
        "source": re.compile(
            rf"(?:{part['source label']})(?![{_LETTER}]){colon}(?P<rest>\S.{{1,90}})"
        ),
        "office": re.compile(
            rf"(?:Tác giả|TÁC GIẢ)(?: bài viết)?\s*:\s*"
            rf"((?:{part['employer']})(?![{_LETTER}])[^.:;?!()]{{2,60}})"
        ),
        "house": re.compile(rf"(?:{part['house']})(?![{_LETTER}])", re.IGNORECASE),
        "photo": re.compile(rf"(?:{part['photo label']})\s*(?::|$)"),
        "employer": re.compile(rf"(?:{part['employer']})(?![{_LETTER}])", re.IGNORECASE),
        "institution": re.compile(rf"(?:{part['institution']})(?![{_LETTER}])", re.IGNORECASE),
        "desk": re.compile(rf"(?:{part['desk']})", re.IGNORECASE),
    }


def _cases(words: tuple[str, ...]) -> set[str]:
    return {form for w in words for form in (w, w.upper(), w[0].upper() + w[1:], w.lower())}


@cache
def _media() -> frozenset[str]:
    return frozenset(_key(word) for word in vocabulary("bylines")["medium"])


def _key(text: str) -> str:
    return re.sub(r"[^\w]+", "", text).casefold()


def read_byline(text: str, *, bare: bool = False) -> Byline | None:
    """What the line ``text`` (one line, NFC) states, or None where it is anything else.

    ``bare`` also reads names without a label; ask for it only where a byline is expected.
    """
    patterns = _patterns()
    if "@" in text or "0" in text:
        text = patterns["address"].sub("", text)
    line = text.strip(" \t()[]*-–—•|.,;:/\"'")
    if not 1 < len(line) <= 120 and not (bare and line):
        return None
    if patterns["photo"].match(line):
        return None
    if match := patterns["source"].fullmatch(line):
        return _read_source(match["rest"].strip(" :"))
    if (match := patterns["labelled"].fullmatch(line)) and _are_people(match["names"]):
        return Byline(match["names"].strip())
    if (match := patterns["office"].fullmatch(line)) and not patterns["house"].match(match[1]):
        return Byline(match[1].strip())
    if not bare:
        return None
    match = patterns["with medium"].fullmatch(line)
    if match and _is_employer(match["medium"]) and _are_people(match["names"], bare=True):
        return Byline(match["names"], match["medium"])
    if (match := patterns["bare"].fullmatch(line)) and _are_people(match["names"], bare=True):
        return Byline(match["names"].strip())
    return None


def read_employer(text: str) -> Byline | None:
    """What a line in brackets under a writer's name states: ``"(Chi cục Thú y)"``."""
    match = re.fullmatch(r"\s*\(([^()]{2,80})\)\s*", text)
    return Byline(None, match[1].strip()) if match and _is_employer(match[1].strip()) else None


def _is_employer(text: str) -> bool:
    """Whether what stands behind a name in brackets is a medium or an office: ``"(TTXVN)"``."""
    if re.search(r"\.(?:vn|com|net|org)$", text, re.IGNORECASE) or _key(text) in _media():
        return True
    return bool(_patterns()["employer"].match(text))


_MEDIUM_START = re.compile(
    rf"[{_UPPER}\d\"“]|https?:|www\.|[\w-]+\.(?:vn|com|net|org)|"
    rf"(?:báo|đài|tạp chí|trang|website|cổng|web)(?: điện tử)? [{_UPPER}]"
)


def _read_source(rest: str) -> Byline | None:
    """Behind "Theo": a medium, or a person with the medium in brackets or behind a dash."""
    if (
        not _MEDIUM_START.match(rest)
        or re.search(r"[.!?,]\s+[^\W\d_]", rest)
        or len(rest.split()) > 12
    ):
        return None
    person = re.fullmatch(rf"({_NAME}(?:{_JOIN}{_NAME})*?)\s*(?:[(/]\s*|\s[-–]\s)([^()]+)\)?", rest)
    if person and _are_people(person[1]):
        return Byline(person[1], person[2].strip())
    return Byline(None, rest)


def is_person(name: str) -> bool:
    """Whether ``name`` reads as the name of a writer, not of a paper, an office or an account."""
    name = name.strip()
    patterns = _patterns()
    if is_desk(name):
        return True
    if patterns["institution"].match(name) or _key(name) in _media():
        return False
    if name.isascii() and "'" not in name and not re.fullmatch(_INITIALS, name):
        words = re.split(r"[ '.-]+", name.strip("."))
        return all(len(w) == 1 or _syllable().fullmatch(w.lower()) for w in words)
    return bool(re.fullmatch(_NAME, name))


@cache
def _syllable() -> re.Pattern[str]:
    """A Vietnamese syllable without diacritics: a lone ASCII word that is none is an account."""
    return re.compile(
        r"(?:ngh?|nh|[kptc]h|tr|gi|gh|qu|[bcdghklmnprstvx])?"
        r"(?:oai|oay|uay|ieu|yeu|uoi|[aeiou][aeiouy]?|uy[ae]?|y)(?:ch|nh?|ng|[cmpt])?"
    )


def is_lone(name: str | None) -> bool:
    """Whether ``name`` is one plain syllable, which many a word is that is no name."""
    return name is not None and name.isalpha() and not is_desk(name)


def is_desk(name: str) -> bool:
    """Whether a newsroom's desk signs as one: ``"Nhóm PV"``."""
    return bool(_patterns()["desk"].fullmatch(name))


def _are_people(names: str, *, bare: bool = False) -> bool:
    parts = [name for name in re.split(_JOIN, names) if name]
    if bare and any(len(name.split()) > 2 and not has_surname(name) for name in parts):
        return False  # three capitals in a row may be a wish or a heading: "Chúc Mừng Năm Mới"
    return all(map(is_person, parts))


def read_full_name(text: str) -> str | None:
    """The writers where a line is nothing but their full names, or names with their medium.

    For a line that nothing else calls a byline: one syllable or a pen name could be anything.
    """
    byline = read_byline(text, bare=True)
    if byline is None or byline.author is None:
        return None
    parts = [name for name in re.split(_JOIN, byline.author) if name]
    if not _places().isdisjoint(map(_key, parts)):
        return None
    full = all(1 < len(name.split()) <= 5 and has_surname(name) for name in parts)
    return byline.author if full or (byline.source and not is_lone(byline.author)) else None


@cache
def _places() -> frozenset[str]:
    """Many a place is called like a person: ``"An Khê"``."""
    return frozenset(_key(name) for names in vocabulary("places").values() for name in names)


def has_surname(name: str) -> bool:
    """Whether ``name`` opens with a known family name, or is a desk's or a highlander's."""
    words = name.split()
    first = words[0].casefold()
    return (
        "'" in first
        or "’" in first
        or is_desk(name)
        or not _surnames().isdisjoint((first, " ".join(words[:2]).casefold()))
    )


@cache
def _surnames() -> frozenset[str]:
    return frozenset(n.casefold() for names in vocabulary("surnames").values() for n in names)


def read_author(text: str) -> str | None:
    """The author a field claims (``meta`` or an element named so), without label and remark."""
    line = " ".join(text.split())
    if not line or len(line) > 120 or re.search(r"https?:|www\.|@|\.(?:vn|com|net|org)\b", line):
        found = re.match(rf"(?:Theo\s+)?({_NAME})\s*\(", line)
        return found[1] if found and is_person(found[1]) else None
    byline = read_byline(line, bare=True)
    if byline and byline.source and not byline.author and line.lower().startswith("theo"):
        byline = read_byline(byline.source, bare=True)  # "Theo Hà Lê", where a writer is named
    if byline:
        return None if is_lone(byline.author) else byline.author
    match = _patterns()["bare"].fullmatch(line.strip(" .,;:-"))
    if match and _are_people(match["names"]) and not is_lone(match["names"]):
        return match["names"].strip()
    return None
