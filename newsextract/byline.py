"""Who wrote an article and whence it was taken, from the short line that says so.

A line is read only where all of it is names, labels and remarks: ``"Tin, ảnh: P.Y"``,
``"Hà Thu (tổng hợp)"``, ``"Theo Báo Nhân Dân"``. A name no label stands before (``bare``) needs a
reader who knows that the line stands where names stand. Words are data: ``data/bylines.txt``.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, product
from typing import NamedTuple

from newsextract.dates import around_date
from newsextract.spelling import in_each_case
from newsextract.vocabulary import alternation, vocabulary
from newsextract.writers import (
    CAPITAL,
    JOIN,
    LETTERS,
    NAME,
    PRESS,
    are_full_names,
    are_given_names,
    are_people,
    are_written_out,
    has_place,
    has_surname,
    is_acronym,
    is_lone,
    is_medium,
    is_person,
    parted,
    pattern,
    stands_before,
    without_initials,
)


class Byline(NamedTuple):
    """What one line states: the writers as printed, the medium it was taken from, or both.

    Neither, where the line names those who edited, translated or designed.
    """

    author: str | None
    source: str | None = None


_PARTING = re.compile(rf"\s*[/|(,–]\s*|\s*-\s+|\s+-|\s+(?={PRESS}\b)")
_ADDRESS = re.compile(r"\s*[(–-]?\s*(?:\S+@\S+\.\w+|(?<!\d)0\d[\d. ]{7,11}(?!\d))\s*\)?")
_OPEN_END = re.compile(r"(?: (?:vào|lúc|ngày|hồi|on|at|in)){1,3}$")  # the hour has its own line
_SPOKEN = re.compile(r"(Tác giả|TÁC GIẢ|Người viết),\s+(?=\S)")  # as read aloud for the blind
_CLOCK_BEHIND = re.compile(r"\s+(?:vào\s)?(?:lúc|at)\s+\d\d?[:h]\d\d$", re.IGNORECASE)
# Labels that open no heading: "TIN NÓNG" is none, "PV HỒNG HẠNH" a byline.
_CLEAR = re.compile(r"ảnh|bởi|by|author|phóng viên|của|PV|P\.V|P/V|CTV", re.IGNORECASE)
_JOINTS = ("-", "/", " / ", "+", " + ", " & ", ", ", " - ", " và ")  # of a label of both


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = dict(vocabulary("bylines"))
    made = product(words["text label"], _JOINTS, words["picture label"])
    words["label"] += tuple(map("".join, made))
    part = {name: alternation(in_each_case(words[name])) for name in words}
    colon = r"\s*[:.]?\s*"
    name = rf"(?:{part['desk']}(?![{LETTERS}])|{NAME})"
    names = rf"{name}(?:{JOIN}{name}){{0,5}}"
    role = rf"(?:{part['photo label']}|{part['credit label']})"
    photo = rf"(?:\s*[.,;/|(–-]?\s*{role}\s*:[^|]*)?"
    from_ = rf"(?:\s+(?:từ|theo)\s+(?P<from>{CAPITAL}[^()]{{1,50}}))?"
    remark = (
        rf"(?:\s*[-–(]\s*(?:{part['remark']}){from_}\s*\)?|"
        rf"\s+(?:{part['action']})(?![{LETTERS}]))?"
    )
    return {
        "labelled": re.compile(
            rf"(?:{part['label']})(?![{LETTERS}]){colon}(?P<names>{names}){remark}{photo}"
        ),
        "bare": re.compile(rf"(?P<names>{names})(?P<remark>{remark}){photo}"),
        "names": re.compile(names),
        "aside": re.compile(rf"(?P<names>{names})\s*\([^()]{{2,60}}\)"),
        "degrees": re.compile(rf"(?:(?:{part['degree']})(?![{LETTERS}])[.,:]?\s?)++(?={CAPITAL})"),
        "titled": re.compile(rf"(?:{part['degree']})(?![{LETTERS}])[.,:]?\s?(?={CAPITAL})"),
        "label": re.compile(rf"(?:{part['label']})(?![{LETTERS}]){colon}"),
        "source": re.compile(
            rf"(?:{part['source label']})(?![{LETTERS}]){colon}(?P<rest>\S.{{1,90}})"
        ),
        "behind": re.compile(rf"\s*[-–|;,.(]?\s*(?={part['source label']})"),
        "office": re.compile(
            rf"(?:Tác giả|TÁC GIẢ|Người viết|Bài viết)(?: (?:bài(?: viết)?|tin))?\s*:\s*"
            rf"((?:{part['employer']})(?![{LETTERS}])[^.:;?!()]{{2,60}})"
        ),
        "photo": re.compile(rf"(?:{part['photo label']})\s*(?::|$)"),
        "credit": re.compile(rf"(?:{part['credit label']})\s*:\s*{names}{photo}"),
    }


def read_byline(text: str, *, bare: bool = False) -> Byline | None:
    """What the line ``text`` (one line, NFC) states, or None where it is anything else.

    ``bare`` also reads names without a label; ask for it only where a byline is expected.
    """
    patterns = _patterns()
    if "@" in text or "0" in text:
        text = _ADDRESS.sub("", text)
    line = text.strip(" \t()[]*-–—•|.,;:/\"'")
    if ":" in line and line[-1:].isdigit():
        line = _CLOCK_BEHIND.sub("", line)
    if not 1 < len(line) <= 120 and not (bare and line):
        return None
    line = _SPOKEN.sub(r"\1: ", _OPEN_END.sub("", line))
    if patterns["credit"].fullmatch(line):
        return Byline(None)
    if patterns["photo"].match(line):
        return None
    if match := patterns["source"].fullmatch(line):
        return _read_source(match["rest"].strip(" :"))
    if (label := patterns["label"].match(line)) and (found := _labelled(line, label.end())):
        clear = ":" in label[0] or _CLEAR.search(label[0])
        return found if clear or not found.author or _are_named(found.author) else None
    return _bare(_without_degrees(line)) if bare else None


def _labelled(line: str, start: int) -> Byline | None:
    """What stands behind a label that ends at ``start``: people, with their office or source."""
    patterns = _patterns()
    named = line[:start] + _without_degrees(line[start:])
    if (match := patterns["labelled"].fullmatch(named)) and are_people(match["names"]):
        return Byline(match["names"].strip(), match["from"])
    match = patterns["office"].fullmatch(line)
    if match and not pattern("house").match(match[1]):
        return Byline(match[1].strip())
    rest = named[start:]
    for cut in patterns["behind"].finditer(rest):
        source = patterns["source"].fullmatch(rest.rstrip(" )"), cut.end())
        names = rest[: cut.start()].strip()
        if source and patterns["names"].fullmatch(names) and are_people(names):
            found = _read_source(source["rest"])
            return Byline(names, found.source if found else None)
    if found := _with_office(rest):
        return found
    match = patterns["aside"].fullmatch(f"{rest})" if rest.count("(") > rest.count(")") else rest)
    return Byline(match["names"]) if match and are_people(match["names"]) else None


def _are_named(names: str) -> bool:
    return "." in names or all(map(has_surname, parted(names)))


def _bare(line: str) -> Byline | None:
    """What a line says that opens with a name."""
    patterns = _patterns()
    if found := _with_office(line):
        return found
    match = patterns["bare"].fullmatch(line)
    if match and are_people(match["names"], bare=True):
        return Byline(match["names"].strip(), match["from"])
    return None


def _with_office(line: str) -> Byline | None:
    """Names with the medium or office they write for: ``"Hải Yến/VOV.VN"``, ``"Lê Na (CTV)"``."""
    patterns = _patterns()
    for cut in islice(_PARTING.finditer(line), 8):
        names, office = line[: cut.start()], line[cut.end() :].rstrip(" )")
        dashed = cut[0].strip() in ("-", "–")
        if dashed and stands_before(names) and are_written_out(office) and not has_place(office):
            return Byline(office)  # "Tổ Truyền thông - Ngọc Diễm", "Cần Thơ - Hữu Tín"
        if not patterns["names"].fullmatch(names) or re.search(r"[()]", office):
            continue
        source = patterns["source"].fullmatch(office)
        if source and ("(" in cut[0] or _is_employer(source["rest"])):
            return Byline(names, source["rest"]) if are_people(names, bare=True) else None
        if _is_employer(office, certain="(" in cut[0]) and are_people(names, bare=True):
            return Byline(names, office)
    return None


def _without_degrees(line: str) -> str:
    """A name without the degree or rank before it: ``"ThS. Lê Na"``."""
    match = _patterns()["degrees"].match(line)
    return line[match.end() :] if match else line


def has_degree(text: str) -> bool:
    """Whether a line opens with a degree or rank: ``"ThS. Lê Na"``, ``"TS, Viện Sử học"``."""
    return bool(_patterns()["titled"].match(text.strip()))


def signs(text: str) -> bool:
    """Whether a line under a text says who wrote it, took its pictures or laid it out."""
    return bool(read_byline(text, bare=True) or _patterns()["photo"].match(text.strip(" ()-*")))


def read_employer(text: str) -> Byline | None:
    """What a line in brackets under a writer's name states: ``"(Chi cục Thú y)"``, ``"(ghi)"``."""
    match = re.fullmatch(r"\s*\(([^()]{2,80})\)\s*", text)
    if match and pattern("remark").fullmatch(match[1].strip()):
        return Byline(None)
    if match and _is_employer(match[1].strip(), certain=True):
        return Byline(None, match[1].strip())
    return None


_DATELINE = re.compile(r"[^,]{2,40}, ngày \d", re.IGNORECASE)  # place and day of a document


def read_dated(text: str) -> Byline | None:
    """What a signature states that a date follows: ``"Lê Na - 12/03/2020 09:15"``."""
    parts = None if _DATELINE.match(text) else around_date(text)
    if parts is None or not parts[0] or parts[1]:
        return None
    return read_byline(parts[0], bare=True)


def is_signed(above: str) -> bool:
    """Whether ``above`` a name stands what makes it a document's signature: ``"CHỦ TỊCH"``."""
    line = above.strip(" ()*")
    return len(line) <= 60 and bool(pattern("signing").match(line)) and line[-1:] not in ".:;"


def read_house(text: str, *, right: bool = False) -> Byline | None:
    """What a line states that is set as a signature and names a paper or an office's site.

    ``right``: it is set to the right, where any office signs.
    """
    line = text.strip(" ()-–*")
    if len(line) > 60 or len(line.split()) > 8 or re.search(r"[.:;?!]", line):
        return None
    known = is_medium(line) or pattern("house").match(line)
    return Byline(None, line) if known or (right and pattern("employer").match(line)) else None


def _is_employer(text: str, *, certain: bool = False) -> bool:
    """Whether what stands behind a name is a medium, an office or a post: ``"(TTXVN)"``.

    ``certain``: it stands in brackets, where letters in capitals are no second writer's.
    """
    if re.search(r"\.(?:vn|com|net|org)$", text, re.IGNORECASE) or is_medium(text):
        return True
    if pattern("employer").match(text):
        return True
    first = re.split(r"[ /.]", text)[0]
    return is_acronym(first) and (certain or len(first) > 4 or " " in text)


_MEDIUM_START = re.compile(
    rf"{CAPITAL}|[\d\"“]|https?:|www\.|(?:[\w-]+\.)+(?:vn|com|net|org)|"
    rf"(?:báo|đài|tạp chí|trang|website|cổng|web)(?: điện tử)? {CAPITAL}"
)


def _read_source(rest: str) -> Byline | None:
    """Behind "Theo": a medium, or a person with the medium in brackets or behind a dash."""
    if not _MEDIUM_START.match(rest) or len(rest.split()) > 12:
        return None
    person = re.fullmatch(
        rf"({NAME}(?:{JOIN}{NAME})*?)\s*(?:[(/|]\s*|\s[-–]\s|,\s)([^()]+)\)?", rest
    )
    if person and are_people(person[1]):
        medium = person[2].strip()
        if "," not in rest or _is_employer(medium):
            return Byline(person[1], medium)
    if re.search(r"[.!?,]\s+[^\W\d_]", rest):
        return None
    return Byline(None, rest)


def read_full_name(text: str, *, dated: bool = False) -> str | None:
    """The writers where a line is nothing but their full names, or names with their medium.

    For a line that nothing else calls a byline: one syllable or a pen name could be anything.
    ``dated``: a date stands beside it, as beside a pen name of given names.
    """
    byline = read_byline(text, bare=True)
    if byline is None or byline.author is None or has_place(byline.author):
        return None
    names = without_initials(byline.author)
    if are_full_names(names) or (dated and are_given_names(names)):
        return byline.author
    return byline.author if byline.source and not is_lone(byline.author) else None


def read_author(text: str) -> str | None:
    """The author a field claims (``meta`` or an element named so), without label and remark."""
    line = " ".join(text.split())
    if not line or len(line) > 120 or re.search(r"https?:|www\.|@|\.(?:vn|com|net|org)\b", line):
        found = re.match(rf"(?:Theo\s+)?({NAME})\s*\(", line)
        return found[1] if found and is_person(found[1]) else None
    byline = read_byline(line, bare=True)
    if byline and byline.source and not byline.author and line.lower().startswith("theo"):
        byline = read_byline(byline.source, bare=True)  # "Theo Hà Lê", where a writer is named
    if byline:
        return None if is_lone(byline.author) else byline.author
    match = _patterns()["bare"].fullmatch(_without_degrees(line.strip(" .,;:-")))
    if match and are_people(match["names"]) and not is_lone(match["names"]):
        return match["names"].strip()
    return None
